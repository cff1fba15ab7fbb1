"""Bytes made into text: text, notes with front matter, pages, JSON, mail, posts, PDF, Word; hostile until read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from cenotaph.archive import ocr, pdf, telegram, word
from cenotaph.archive.decoding import decoded, even_lines
from cenotaph.archive.front_matter import known_fields, parted
from cenotaph.archive.language import language_of, primary
from cenotaph.archive.mail import mail
from cenotaph.archive.pages import page
from cenotaph.intake import Captured, Extracted, Unreadable
from cenotaph.plain.chat import chat_words
from cenotaph.vocabulary import Report

LONGEST = 5_000_000
"""Code points of text that one report may have: far above any article, far below what would stop the reader."""

_MOST_BYTES = 4 * LONGEST + 4  # above this no encoding could keep within LONGEST
# Pictures, fonts and attachments lie beside their words.
_WITH_MORE_THAN_TEXT = ("pdf", "docx", "eml", "png", "jpg", "tiff")
_TEXT = ("cenotaph-text", "1")
_JSON = ("cenotaph-json", "1")
_CHAT = ("cenotaph-whatsapp", "1")


def extract(captured: Captured) -> Extracted:
    """The text of what was captured, and what the document says of itself. Raises Unreadable, in one line."""
    name, size = captured.name, len(captured.content)
    if not captured.content.strip():
        raise Unreadable(f"{name}: the file is empty; a report needs text")
    maker = _MAKERS.get(captured.kind)
    if maker is None:
        raise Unreadable(f"{name}: no way to read {captured.kind!r}; there are: {', '.join(_MAKERS)}")
    if size > _MOST_BYTES and captured.kind not in _WITH_MORE_THAN_TEXT:
        raise Unreadable(f"{name}: {size:,} bytes; a report has at most {LONGEST:,} characters: split it")
    made = _made(maker, captured)
    if not any(map(str.isalnum, made.text)):
        raise Unreadable(f"{name}: no text was found in it; a report needs text")
    if len(made.text) > LONGEST:
        raise Unreadable(f"{name}: {len(made.text):,} characters; a report has at most {LONGEST:,}: split it")
    return made if made.language else replace(made, language=language_of(made.text))


def _made(maker: Callable[[Captured], Extracted], captured: Captured) -> Extracted:
    try:
        return maker(captured)
    except Unreadable:
        raise
    except Exception as error:  # a file made to break a library breaks it in ways that nobody can list
        why = f"{type(error).__name__} {error}".strip()[:120]
        raise Unreadable(
            f"{captured.name}: the program that reads {captured.kind} broke on it ({why}); save its text alone"
        ) from error


def report_from(captured: Captured, extracted: Extracted, bytes_hash: str, *, version_of: str = "") -> Report:
    """The Report of a capture; what the person said of it wins over what the document says of itself."""
    return Report.of_text(
        extracted.text,
        name=extracted.name or captured.name,
        outlet=captured.outlet or extracted.outlet,
        url=captured.url or extracted.url,
        title=captured.title or extracted.title,
        language=primary(captured.language) or captured.language or extracted.language or language_of(extracted.text),
        captured=captured.captured,
        published=captured.published or extracted.published,
        updated=captured.updated or extracted.updated,
        extractor=f"{extracted.tool} {extracted.version}",
        bytes_hash=bytes_hash,
        version_of=version_of,
        about=captured.about or extracted.about,
    )


def _plain(captured: Captured) -> Extracted:
    return Extracted(decoded(captured).strip("\n"), *_TEXT)


def _note(captured: Captured) -> Extracted:
    """Text with a head of known fields (front matter)."""
    head, body = parted(decoded(captured), captured.name)
    return Extracted(body.strip("\n"), *_TEXT, **known_fields(head, captured.name))


def _object(captured: Captured) -> Extracted:
    """One report as a JSON object: text (or body), and the fields of front matter."""
    name = captured.name
    try:
        row = json.loads(decoded(captured))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name}: not valid JSON: {error}") from error
    if not isinstance(row, Mapping):
        raise Unreadable(f"{name}: a report is a JSON object with a field text; found {type(row).__name__}")
    text = row.get("text", row.get("body"))
    if not isinstance(text, str):
        found = ", ".join(map(str, row))[:100] or "no fields"
        raise Unreadable(f"{name}: the object has no text; expected a field text or body, found {found}")
    _refuse_broken(text, name)
    rest = {key: value for key, value in row.items() if key not in ("text", "body")}
    return Extracted(even_lines(text).strip("\n"), *_JSON, **known_fields(rest, name))


def _chat_message(captured: Captured) -> Extracted:
    return Extracted(even_lines(chat_words(decoded(captured))).strip("\n"), *_CHAT)


def _refuse_broken(text: str, name: str) -> None:
    r"""Refuses halves of a pair (\ud83d) and zero bytes, which JSON can spell and no store can hold."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Unreadable(f"{name}: its text holds a broken character (a zero byte or half a pair); export it again")


_MAKERS: dict[str, Callable[[Captured], Extracted]] = {
    "txt": _plain, "md": _note, "html": page, "json": _object, "eml": mail, "pdf": pdf.document, "docx": word.document,
    "telegram": telegram.message, "whatsapp": _chat_message,
    "png": ocr.picture, "jpg": ocr.picture, "tiff": ocr.picture,
}  # fmt: skip
