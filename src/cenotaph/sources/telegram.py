"""What Telegram's desktop program exports of a channel or a chat: result.json, or pages messages.html.

One message is one report, kept as the export has it. The name of a channel is that of an outlet; who wrote in a group
is not, for a name there may be that of somebody who must not be found.

The forms are those of the program's own export (telegramdesktop/tdesktop, export/output), as of 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import msgspec

from cenotaph.intake import Captured
from cenotaph.sources.known import Beside, Known
from cenotaph.vocabulary import Problem

__all__ = ["Post", "fits", "messages"]

_CHANNELS = ("public_channel", "private_channel")


@dataclass(frozen=True, slots=True)
class Post(Captured):
    """A post of a channel; `missing` are the addresses between it and the post before it that the export lacks.

    Numbers in a channel follow each other, so each was a post that is gone or was never one of words.
    """

    missing: tuple[str, ...] = ()


WIDEST = 10_000
"""Numbers that may be missing between two posts; more of them are taken for another count, not for deleted posts."""


class _Head(msgspec.Struct):
    """What a message says of itself that is needed here; the rest is left as bytes."""

    id: int = 0
    type: str = ""
    text: msgspec.Raw = msgspec.Raw(b'""')
    photo: str = ""
    file: str = ""


class _Chat(msgspec.Struct):
    """A chat with its messages left as bytes, so that a large export is not held twice."""

    messages: list[msgspec.Raw]
    name: str | None = None
    type: str = ""
    id: object = 0


class _Chats(msgspec.Struct):
    held: list[_Chat] = msgspec.field(name="list")


class _Account(msgspec.Struct):
    """The export of a whole account, which holds many chats."""

    chats: _Chats


def fits(content: bytes) -> bool:
    """Whether it looks like an export: a chat's name, type and messages, an account, or a page of messages.

    >>> fits(b'{"name": "Example", "type": "public_channel", "id": 1, "messages": []}')
    True
    >>> fits(b'{"text": "Ten people were killed."}')
    False
    """
    start = content[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return b'class="page_wrap' in start and b'class="page_header' in start
    chat = all(key in start for key in (b'"name"', b'"type"', b'"messages"'))
    account = b'"chats"' in start or b'"personal_information"' in start
    return start.startswith(b"{") and (chat or account)


def messages(
    content: bytes, known: Known, *, name: str, original: str, beside: Beside = lambda _: None
) -> Iterator[Captured | Problem]:
    """Each message with words, in the order of the export, with the picture or file that it has beside it.

    What can't be read becomes a Problem.
    """
    if content[:2000].lstrip().startswith(b"<"):
        from cenotaph.sources.telegram_pages import parted  # lxml takes a while to import

        outlet, found = parted(content)
        for number, part in found:
            yield _captured(part, known, name=f"{name}-{number}", original=original, outlet=outlet)
        return
    try:
        chats = _chats(content)
    except (msgspec.MsgspecError, RecursionError) as error:
        what = f"{name}: not a whole export of Telegram: {' '.join(str(error).split())[:200]}"
        yield Problem("not readable", what, name, settle="export it again as machine-readable JSON")
        return
    for chat in chats:
        yield from _of_chat(chat, known, name=name, original=original, beside=beside)


def _chats(content: bytes) -> list[_Chat]:
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return [msgspec.json.decode(content, type=_Chat)]
    except msgspec.ValidationError:  # no messages at the top: an account, or nothing of Telegram's
        return msgspec.json.decode(content, type=_Account).chats.held


def _of_chat(chat: _Chat, known: Known, *, name: str, original: str, beside: Beside) -> Iterator[Captured | Problem]:
    outlet = (chat.name or "") if chat.type in _CHANNELS else ""
    last, missing = 0, list[str]()
    for number, raw in enumerate(chat.messages, 1):
        part = bytes(raw)
        try:
            head = msgspec.json.decode(part, type=_Head)
        except (msgspec.MsgspecError, RecursionError) as error:
            what = f"{name}: message {number} is not readable: {' '.join(str(error).split())[:100]}"
            yield Problem("not readable", what, name, settle="export it again")
            last = 0  # it may be any of those that seem to be missing
            continue
        if 0 < last < head.id <= last + WIDEST:
            missing += filter(None, (_address(chat, one) for one in range(last + 1, head.id)))
        last = head.id
        if head.type == "message" and bytes(head.text).strip() not in (b'""', b"[]"):
            files = tuple(found for found in (beside(one) for one in (head.photo, head.file) if one) if found)
            found = _captured(part, known, name=f"{name}-{head.id}", original=original, outlet=outlet)
            address = found.url or _address(chat, head.id)
            whole = replace(found, url=address, attachments=(*found.attachments, *files))
            yield _post(whole, missing) if missing else whole
            missing = []


def _post(captured: Captured, missing: Iterable[str]) -> Post:
    known = {one.name: getattr(captured, one.name) for one in fields(captured)}
    return Post(**known, missing=tuple(missing))


def _address(chat: _Chat, post: int) -> str:
    """Where a post of a channel stands, in the form that Telegram gives its readers: an edited post is a new version.

    A chat and a group have none: their numbers may lead to people who must not be found.
    """
    known = chat.type in _CHANNELS and isinstance(chat.id, int) and chat.id > 0 and post > 0
    return f"https://t.me/c/{chat.id}/{post}" if known else ""


def _captured(part: bytes, known: Known, *, name: str, original: str, outlet: str) -> Captured:
    found = known.captured(part, "telegram", name, how="telegram", original=original)
    return found if found.outlet else replace(found, outlet=" ".join(outlet.split()))
