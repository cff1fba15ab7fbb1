"""A mail made into text: its plain words, else those of its markup; its day; never who sent it."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

from cenotaph.archive.decoding import even_lines
from cenotaph.intake import Captured, Extracted, Unreadable
from cenotaph.plain.letter import BROKEN, parsed, parts
from cenotaph.plain.markup import words_of

__all__ = ["mail"]

TOOL = ("cenotaph-mail", "1")

_HEADERS = ("date", "subject", "list-id", "received", "from", "message-id")


def mail(captured: Captured) -> Extracted:
    """The words of a mail, its subject as title, the day on which it was sent. Raises Unreadable, in one line.

    The outlet is the name of a mailing list or newsletter where the mail says one (List-Id). Who sent it stays in the
    archive alone: it may be somebody who must not be found.
    """
    name = captured.name
    try:
        found = parsed(captured.content)
        if not any(found.get(header) for header in _HEADERS):
            raise Unreadable(f"{name}: not a mail: no line such as 'Date:' or 'Subject:' stands at its head")
        return Extracted(_text(found), *TOOL, title=_line(found["subject"]), outlet=_list(found), published=_day(found))
    except BROKEN as error:
        raise Unreadable(f"{name}: a mail that is broken: {type(error).__name__}: {str(error)[:100]}") from error


def _text(found: EmailMessage) -> str:
    plain: list[str] = []
    marked: list[str] = []
    for part in parts(found):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            continue
        words = _words(part)
        if words.strip():
            (plain if kind == "text/plain" else marked).append(words)
    return even_lines("\n\n".join(plain or [words_of(one) for one in marked])).strip("\n")


def _words(part: EmailMessage) -> str:
    """The part's text in the encoding that it names; where it names none that there is, as UTF-8."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _line(words: str | None) -> str:
    return " ".join(str(words or "").split())


def _list(found: EmailMessage) -> str:
    """ "Example Monitor <news.example.org>" is Example Monitor; a list without a name is none."""
    return _line(_line(found["list-id"]).partition("<")[0].strip(' "'))


def _day(found: EmailMessage) -> dt.date | None:
    """The day on the sender's own clock, which is the day where the words were written."""
    date = getattr(found["date"], "datetime", None)
    return date.date() if date else None
