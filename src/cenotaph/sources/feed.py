"""RSS and Atom feeds: each entry is a report, with the address, day and title that the feed gives it."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from cenotaph.intake import Captured
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["entries", "fits"]

LARGEST = 10_000_000
"""Bytes of a feed. Real ones have some hundred thousand."""

MOST_ENTRIES = 5_000

_FEED = re.compile(rb"<(?:[\w-]+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_OWN_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def fits(content: bytes) -> bool:
    """Whether it opens as a feed does.

    >>> fits(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'), fits(b"<html><p>killed</p></html>")
    (True, False)
    """
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _FEED.search(start) is not None


def entries(content: bytes, known: Known, *, name: str, original: str) -> Iterator[Captured | Problem]:
    """Each entry of a feed, the newest first as feeds have them; what can't be read is a Problem.

    A feed that defines entities of its own is refused: nested ones swell without end when they are put in.
    """
    if len(content) > LARGEST or _OWN_ENTITIES.search(content):
        found = f"{len(content):,} bytes" if len(content) > LARGEST else "entities of its own"
        what = f"{name}: a feed with {found}; at most {LARGEST // 1_000_000} MB and no such entities are read"
        yield Problem("not readable", what, name, settle="add the pages it lists by their addresses")
        return
    import feedparser  # most of a tenth of a second to import, and only feeds need it

    found = feedparser.parse(content)
    if not found.entries:
        why = " ".join(str(found.get("bozo_exception", "")).split())[:120]
        what = f"{name}: no entry in this feed" + (f" ({why})" if why else "")
        yield Problem("empty", what, name, settle="check the address; a feed lists its articles as item or entry")
    outlet = _line(found.feed.get("title"))
    for number, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        row = _row(entry, outlet)
        if not row["text"]:
            what = f"{name}: entry {number} has no words"
            yield Problem("empty", what, name, settle="add the page itself by its address")
            continue
        content_of = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield known.captured(
            content_of, "json", f"{name}-{number}", how="feed", original=original, url=row.get("url", "")
        )


def _row(entry: dict[str, Any], outlet: str) -> dict[str, str]:
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
        "url": _address(entry.get("link", "")),
        "published": _day(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")),
        "updated": _day(dict.get(entry, "updated_parsed")),
    }
    return {key: value for key, value in row.items() if value or key == "text"}


def _line(words: object) -> str:
    return " ".join(str(words or "").split())


def _address(words: str) -> str:
    return words if words.lower().startswith(("http://", "https://")) else ""


def _day(stamp: Any) -> str:
    """The day in universal time, which is all that feedparser keeps of a stamp."""
    return dt.datetime.fromtimestamp(calendar.timegm(stamp), dt.UTC).date().isoformat() if stamp else ""
