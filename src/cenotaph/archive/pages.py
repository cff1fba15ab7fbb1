"""The article of a web page: its text, and what the page says of itself. Its scripts are never run."""

from __future__ import annotations

import datetime as dt
import logging
import re
from importlib.metadata import version
from typing import Any

from cenotaph.archive.decoding import decoded
from cenotaph.archive.language import language_of, primary
from cenotaph.intake import Captured, Extracted, Unreadable

LARGEST = 9_900_000
"""Bytes of a page in UTF-8. Above 10,000,000 in one attribute (a picture inside) lxml drops the rest without a word."""

MOST_TAGS = 60_000
"""A long live page has some ten thousand; the time to find the article grows with the square."""

DEEPEST = 500
"""Parts within each other; a real page has some thirty, and who looks for the article walks down again and again."""

MOST_ATTRIBUTES = 2_000
"""Of one tag. A real one has some ten; the parser looks for each name among all before it."""

_LONG_TAG = re.compile(r"<[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*'){2000,}", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SAID = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_UPDATED = "//meta[@property='article:modified_time' or @property='og:updated_time' or @itemprop='dateModified']"
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,7}|[0-9]{1,8});?", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Only what a page states as its date: a search through its words takes an anniversary for the day of publication.
_DATES = {"original_date": True, "extensive_search": False}

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # what they warn of becomes our one line of refusal


def page(captured: Captured) -> Extracted:
    """The article of a page, by trafilatura. Raises Unreadable where there is none."""
    from trafilatura import bare_extraction, load_html  # most of a second to import, and only pages need it
    from trafilatura.settings import Document

    tree = load_html(_markup(captured))
    if tree is None:
        raise _none(captured)
    if _too_deep(tree):
        raise Unreadable(f"{captured.name}: more than {DEEPEST} parts within each other; save its article as text")
    language, updated = primary(tree.get("lang") or ""), _updated(tree)
    found = bare_extraction(
        tree, url=captured.url or None, with_metadata=True, include_comments=False, include_tables=True,
        date_extraction_params=_DATES,
    )  # fmt: skip
    text = found.text if isinstance(found, Document) else None
    if not isinstance(found, Document) or not text:
        raise _none(captured)
    if "\ufffd" in text and "\ufffd".encode() not in captured.content:  # not one that the page has itself
        raise Unreadable(
            f"{captured.name}: broken letters in the article (its UTF-8 is not valid); paste its text instead"
        )
    return Extracted(
        text, "trafilatura", version("trafilatura"), title=_line(found.title), outlet=_line(found.sitename),
        url=_address(found.url), language=language_of(text, otherwise=language or "en"),
        published=_day(found.date), updated=updated,
    )  # fmt: skip


def _markup(captured: Captured) -> str:
    said = _SAID.search(captured.content[:4096])
    text = decoded(captured, said=captured.encoding or (said.group(1).decode() if said else ""), lenient=True)
    size, tags = len(text.encode()), text.count("<")
    if size > LARGEST or tags > MOST_TAGS:
        found = f"a page of {size:,} bytes and {tags:,} tags; at most {LARGEST:,} and {MOST_TAGS:,} are read"
        raise Unreadable(f"{captured.name}: {found}: save its article as text")
    if any(len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise Unreadable(
            f"{captured.name}: a tag of more than {MOST_ATTRIBUTES:,} attributes: save its article as text"
        )
    return _NO_XML.sub(" ", _REFERENCE.sub(_allowed, text))


def _too_deep(tree: Any) -> bool:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def _allowed(reference: re.Match[str]) -> str:
    """A character reference, or a space for one to a character that XML has no place for: it would lose the page."""
    digits = reference.group(1).lower()
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return " " if code > 0x10FFFF or _NO_XML.match(chr(code)) else reference.group(0)


def _none(captured: Captured) -> Unreadable:
    return Unreadable(
        f"{captured.name}: no article was found in this page; paste its text instead (cenotaph add CASE -)"
    )


def _line(words: str | None) -> str:
    return " ".join((words or "").split())


def _address(words: str | None) -> str:
    return words if words and words.lower().startswith(("http://", "https://")) else ""


def _updated(tree: Any) -> dt.date | None:
    """The day a page says it was changed. Taken out of the page, where it would stand in for the day of publication."""
    days = []
    for meta in tree.xpath(_UPDATED):
        days.append(_day(meta.get("content")))
        meta.getparent().remove(meta)
    return next((day for day in days if day), None)


def _day(words: object) -> dt.date | None:
    """The day of a page's own stamp; a stamp in another form says nothing, for a page is not ours to mend."""
    try:
        return dt.date.fromisoformat(str(words).strip()[:10])
    except ValueError:
        return None
