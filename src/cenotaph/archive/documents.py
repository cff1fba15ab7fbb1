"""Bytes made into text: plain text, notes with front matter, pages, JSON; hostile until read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from cenotaph.archive.front_matter import known_fields, parted
from cenotaph.intake import Captured, Extracted, Unreadable
from cenotaph.vocabulary import Report

LONGEST = 5_000_000
"""Code points of text that one report may have: far above any article, far below what would stop the reader."""

TEXT_TOOL = ("cenotaph-text", "1")
_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS = {chr(n) for n in range(32)} - {"\n", "\r", "\t", "\f", "\v", "\x1b"}


def extract(captured: Captured) -> Extracted:
    """The text of what was captured, and what the document says of itself. Raises Unreadable, in one line."""
    if not captured.content.strip():
        raise Unreadable(f"{captured.name}: the file is empty; a report needs text")
    maker = _MAKERS.get(captured.kind)
    if maker is None:
        raise Unreadable(f"{captured.name}: no way to read {captured.kind!r}; there are: {', '.join(_MAKERS)}")
    made = maker(captured)
    if not made.text.strip():
        raise Unreadable(f"{captured.name}: no text was found in it; a report needs text")
    if len(made.text) > LONGEST:
        raise Unreadable(f"{captured.name}: {len(made.text):,} characters of text; a report has at most {LONGEST:,}: split it")
    return made


def report_from(captured: Captured, extracted: Extracted, bytes_hash: str, *, version_of: str = "") -> Report:
    """The Report of a capture; what the person said of it wins over what the document says of itself."""
    return Report.of_text(
        extracted.text,
        name=extracted.name or captured.name,
        outlet=captured.outlet or extracted.outlet,
        url=captured.url or extracted.url,
        title=captured.title or extracted.title,
        language=captured.language or extracted.language or language_of(extracted.text),
        captured=captured.captured,
        published=captured.published or extracted.published,
        updated=captured.updated or extracted.updated,
        extractor=f"{extracted.tool} {extracted.version}",
        bytes_hash=bytes_hash,
        version_of=version_of,
    )


def language_of(text: str) -> str:
    """Arabic when most letters are; English otherwise.

    >>> language_of("قتل ثلاثة (3) مدنيين"), language_of("Three killed in قتل")
    ('ar', 'en')
    """
    sample = text[:20_000]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in sample)
    letters = sum(char.isalpha() for char in sample)
    return "ar" if letters and arabic > 0.5 * letters else "en"


# --- bytes to characters ------------------------------------------------------------------------------------------


def decoded(captured: Captured) -> str:
    """Characters of bytes: by a mark at the start, as UTF-8, else by what the letters look like. Line ends become \\n."""
    content = captured.content
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _lines(_by(captured, encoding))
    if b"\x00" in content[:4096]:
        raise Unreadable(f"{captured.name}: this is no text (it holds zero bytes); export it as text, HTML or JSON first")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(captured)
    controls = sum(char in _CONTROLS for char in text[:20_000])
    if controls > 0.02 * min(len(text), 20_000):
        raise Unreadable(f"{captured.name}: this is no text (control characters all through); export it as text first")
    return _lines(text)


def _by(captured: Captured, encoding: str) -> str:
    try:
        return captured.content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{captured.name}: it says it is {encoding} and is not ({error.reason} at byte {error.start}); save it as UTF-8") from error


def _guessed(captured: Captured) -> str:
    from charset_normalizer import from_bytes  # only for files that are not UTF-8

    best = from_bytes(captured.content[:200_000]).best()
    if best is None:
        raise Unreadable(f"{captured.name}: no known encoding fits its bytes; save it as UTF-8")
    return _by(captured, best.encoding)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- kinds --------------------------------------------------------------------------------------------------------


def _plain(captured: Captured) -> Extracted:
    return Extracted(decoded(captured).strip("\n"), *TEXT_TOOL)


def _note(captured: Captured) -> Extracted:
    """Text with a head of known fields (front matter)."""
    head, body = parted(decoded(captured), captured.name)
    return Extracted(body.strip("\n"), *TEXT_TOOL, **known_fields(head, captured.name))


def _page(captured: Captured) -> Extracted:
    """The article of a web page, by trafilatura; its scripts are never run."""
    from trafilatura import bare_extraction  # a second to import, and only pages need it

    text = decoded(captured)
    if len(text) > 4 * LONGEST:
        raise Unreadable(f"{captured.name}: a page of {len(text):,} characters; save its article as text")
    found = bare_extraction(text, url=captured.url or None, with_metadata=True, include_comments=False, include_tables=True)
    if found is None or not (getattr(found, "text", None) or "").strip():
        raise Unreadable(f"{captured.name}: no article was found in this page; paste its text instead (cenotaph add CASE -)")
    return Extracted(
        found.text, "trafilatura", version("trafilatura"), title=found.title or "", outlet=found.sitename or "",
        url=found.url or "", language=(found.language or "")[:2], published=_day(found.date),
    )  # fmt: skip


def _day(words: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def _object(captured: Captured) -> Extracted:
    """One report as a JSON object: text (or body), and the fields of front matter."""
    try:
        row = json.loads(decoded(captured))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{captured.name}: not valid JSON: {error}") from error
    if not isinstance(row, Mapping):
        raise Unreadable(f"{captured.name}: a report is a JSON object with a text; found {type(row).__name__}")
    text = row.get("text", row.get("body"))
    if not isinstance(text, str):
        raise Unreadable(f"{captured.name}: the object has no text; expected a field text or body, found {', '.join(map(str, row))[:100]}")
    rest = {key: value for key, value in row.items() if key not in ("text", "body")}
    return Extracted(_lines(text).strip("\n"), "cenotaph-json", "1", **known_fields(rest, captured.name, strict=False))


_MAKERS: dict[str, Callable[[Captured], Extracted]] = {"txt": _plain, "md": _note, "html": _page, "json": _object}
