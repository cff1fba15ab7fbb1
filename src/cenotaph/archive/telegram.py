"""One message of a Telegram export, as JSON or as markup, made into text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.archive.decoding import even_lines
from cenotaph.intake import Captured, Extracted, Unreadable

__all__ = ["message"]

TOOL = ("cenotaph-telegram", "1")

_STAMP = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")  # the pages write days so in every language


def message(captured: Captured) -> Extracted:
    """The words of a message, its day, and the day of its last change. Raises Unreadable, in one line."""
    return _marked_up(captured) if captured.content.lstrip().startswith(b"<") else _object(captured)


# --- JSON -----------------------------------------------------------------------------------------------------------


def _object(captured: Captured) -> Extracted:
    name = captured.name
    try:
        found = json.loads(captured.content)
        text, published = words(found["text"]), _day(found["date"])
        updated = _day(found["edited"]) if found.get("edited") else None
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        raise Unreadable(f"{name}: not a message as Telegram exports it: {str(error)[:100]}") from error
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        raise Unreadable(f"{name}: its text holds a broken character (a zero byte or half a pair); export it again")
    return Extracted(even_lines(text).strip("\n"), *TOOL, published=published, updated=updated)


def words(text: str | Sequence[str | Mapping[str, Any]]) -> str:
    """The text of a message, which is in pieces where some of it is marked: bold, a link, a hashtag.

    >>> words(["Ten ", {"type": "bold", "text": "civilians"}, " were killed"])
    'Ten civilians were killed'
    """
    if isinstance(text, str):
        return text
    return "".join(piece if isinstance(piece, str) else str(piece["text"]) for piece in text)


def _day(stamp: str) -> dt.date:
    """The day by the clock of the computer that exported: the export names no zone beside it."""
    return dt.datetime.fromisoformat(stamp).date()


# --- markup ---------------------------------------------------------------------------------------------------------


def _marked_up(captured: Captured) -> Extracted:
    from lxml import etree
    from lxml import html as markup

    from cenotaph.plain.markup import words_of

    tree = markup.fromstring(captured.content, parser=markup.HTMLParser(encoding="utf-8"))
    found = tree.xpath(".//div[contains(concat(' ', @class, ' '), ' text ')]")
    text = "\n".join(words_of(etree.tostring(one, encoding="utf-8", method="html", with_tail=False)) for one in found)
    stamps = (one.get("title", "") for one in tree.xpath(".//div[contains(concat(' ', @class, ' '), ' date ')]"))
    return Extracted(text, *TOOL, published=next((day for day in map(_written, stamps) if day), None))


def _written(stamp: str) -> dt.date | None:
    """ "08.03.2025 14:05:11 UTC+03:00" is 8 March; anything else says no day."""
    found = _STAMP.match(stamp)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
