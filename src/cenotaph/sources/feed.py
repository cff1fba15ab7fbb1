"""RSS and Atom feeds: each entry is a report, with the address, day and title that the feed gives it."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from cenotaph.intake import Captured
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["entries", "fits"]

LARGEST = 10_000_000
"""Bytes of a feed. Real ones have some hundred thousand."""

MOST_ENTRIES = 5_000
_SHOWN = 5  # entries that are named; more are counted
MOST_TAGS = 400_000

OLDEST = 1990
"""A year before there was a web is that of a clock that was never set (1970, 1), not of an entry."""

_FEED = re.compile(rb"<(?:[\w-]+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_OWN_ENTITIES = re.compile("<!ENTITY", re.IGNORECASE)
_DECLARED = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


def fits(content: bytes) -> bool:
    """Whether it opens as a feed does.

    >>> fits(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'), fits(b"<html><p>killed</p></html>")
    (True, False)
    """
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _FEED.search(start) is not None


def entries(
    content: bytes, known: Known, *, name: str, original: str, base: str = "", encoding: str = ""
) -> Iterator[Captured | Problem]:
    """Each entry of a feed, the newest first as feeds have them; what can't be read is a Problem.

    `base` is the address from which links go on, where the feed names none; `encoding` what a server said of it. A feed
    that defines entities of its own is refused: nested ones swell without end when they are put in.
    """
    text = _characters(content, encoding) if len(content) <= LARGEST else ""
    if text is None:
        what = f"{name}: no encoding that it names fits its bytes"
        yield Problem("not readable", what, name, settle="add the pages it lists by their addresses")
        return
    if len(content) > LARGEST or _OWN_ENTITIES.search(text) or text.count("<") > MOST_TAGS:
        found = f"{len(content):,} bytes" if len(content) > LARGEST else "entities of its own or too many tags"
        what = f"{name}: a feed with {found}; at most {LARGEST // 1_000_000} MB and no such entities are read"
        yield Problem("not readable", what, name, settle="add the pages it lists by their addresses")
        return
    found = _parsed(text, base)
    if not found.entries:
        why = " ".join(str(found.get("bozo_exception", "")).split())[:120]
        what = f"{name}: no entry in this feed" + (f" ({why})" if why else "")
        yield Problem("empty", what, name, settle="check the address; a feed lists its articles as item or entry")
    faults: dict[str, list[int]] = {}
    for number, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        row = _row(entry, _line(found.feed.get("title")), base or _address(found.feed.get("link", "")))
        fault = _fault(row)
        if fault:
            faults.setdefault(fault, []).append(number)
            continue
        content_of = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield known.captured(
            content_of, "json", f"{name}-{number}", how="feed", original=original, url=row.get("url", "")
        )
    for fault, numbers in faults.items():
        more = f" and {len(numbers) - _SHOWN:,} more" if len(numbers) > _SHOWN else ""
        what = f"{name}: entry {', '.join(map(str, numbers[:_SHOWN]))}{more}: {fault}"
        yield Problem("empty", what, name, settle="add the page itself by its address")


def _parsed(text: str, base: str) -> Any:
    import feedparser  # most of a tenth of a second to import, and only feeds need it

    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": base} if base else {})
    return feedparser.parse(text.encode("utf-8", "surrogatepass"), response_headers=headers)


def _fault(row: Mapping[str, str]) -> str:
    if not row["text"]:
        return "no words"
    return "broken letters, its encoding is not the one it names" if "\ufffd" in "".join(row.values()) else ""


def _characters(content: bytes, said: str) -> str | None:
    """The feed without its declaration: by its mark, as UTF-8, as the server or the feed itself says; else UTF-8 with
    U+FFFD where it is broken, as long as most of it is whole. None where nothing fits.
    """
    opening = content[:400].replace(b"\0", b"").decode("ascii", "replace")
    declared = _DECLARED.search(opening)
    marked = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    bare = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(content[:2])
    named = [*marked, *([bare] if bare else ["utf-8-sig"]), said, declared.group(1) if declared else ""]
    for name in filter(None, named):
        text = _decoded(content, name)
        if text is not None:
            return _DECLARATION.sub("", text, count=1)
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return _DECLARATION.sub("", text, count=1) if broken < sum(char > "\x7f" for char in text) - broken else None


def _decoded(content: bytes, name: str) -> str | None:
    try:
        text = str(content, name)
    except (UnicodeError, LookupError):  # not in it, no such encoding, or one that is none of text
        return None
    return None if "\0" in text else text


def _row(entry: dict[str, Any], outlet: str, base: str) -> dict[str, str]:
    """The entry as a report's fields. Its words are the longest form that the feed holds, never the page behind it.

    Fields of time are asked of the plain dict: feedparser's own answers one that is missing with the other, and warns.
    """
    from cenotaph.plain.markup import words_of

    forms = [one.get("value", "") for one in entry.get("content", ())] + [entry.get("summary", "")]
    words = max((words_of(form) for form in forms if form), key=len, default="")
    title = _line(words_of(entry.get("title", "")))
    row = {
        "text": "\n\n".join(filter(None, (title if not words.startswith(title) else "", words))),
        "title": title,
        "outlet": outlet,
        "url": _address(_joined(base, entry.get("link", ""))),
        "published": _day(entry, "published") or _day(entry, "updated"),
        "updated": _day(entry, "updated"),
    }
    return {key: value for key, value in row.items() if value or key == "text"}


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:  # brackets where a host should be
        return ""


def _line(words: object) -> str:
    return " ".join(str(words or "").split())


def _address(words: str) -> str:
    return words if words.lower().startswith(("http://", "https://")) else ""


def _day(entry: dict[str, Any], field: str) -> str:
    """The day on the outlet's own clock, as the stamp is written; "" for a stamp that is none, or of no day there is.

    feedparser reads more forms of stamps, but keeps of each the moment in universal time alone.
    """
    stamp = dict.get(entry, f"{field}_parsed")
    if not stamp:
        return ""
    try:
        day = dt.datetime.fromtimestamp(calendar.timegm(stamp), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return ""
    own = _own_day(str(dict.get(entry, field) or "").strip())
    if day.year < OLDEST:
        return ""
    return (own if own and abs((own - day).days) <= 1 else day).isoformat()


def _own_day(stamp: str) -> dt.date | None:
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(stamp).date()
        except (ValueError, OverflowError):
            continue
    return None
