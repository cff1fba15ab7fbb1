"""Words that a person typed or selected, as they stand in a report: where, and in the report's own letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.desk.looking import hides_somebody
from cenotaph.desk.report_text import words_at
from cenotaph.publish.cells import Unfit
from cenotaph.vocabulary import Span

__all__ = ["AT", "chosen", "even", "lines_up", "stands", "trimmed"]

AT = "at:"
"""Before the name of a field: where the words stand that were selected for it, "12-20"."""
UNSEEN = "\u200e\u200f\u061c\u2060"
"""Marks that only hint at a direction, and the sign that stands for one on a page: nobody sees or types them."""
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn what stands around them."""
_ANY = f"[{UNSEEN}\u202a-\u202e\u2066-\u2069]*"
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_ENDS = " \t\r\n.,;:!?،؛؟…\"'“”‘’«»()[]"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")


def even(text: str) -> str:
    """Blanks as one, marks that nobody sees left out.

    >>> even(" the\\u200f  mayor\\u2060 ")
    'the mayor'
    """
    return " ".join(text.translate(dict.fromkeys(map(ord, UNSEEN))).split())


def lines_up(text: str) -> str:
    """A number or a day with the digits that a program counts with.

    >>> lines_up("١٬٣٨٣"), lines_up("٢٠٢٥-٠٣-٠٨")
    ('1,383', '2025-03-08')
    """
    return text.translate(_DIGITS)


def trimmed(text: str, span: Span) -> Span | None:
    """Without blanks and stops at its ends; None where nothing else is in it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_ENDS))
    return Span(start, start + len(words.strip(_ENDS))) if words.strip(_ENDS) else None


def stands(text: str, words: str, near: int) -> Span | None:
    """Where words stand, nearest to a place; case, blanks and marks of direction are no difference.

    >>> stands("The mayor said so. The\\u200f Mayor left.", "the mayor", 30)
    Span(start=19, end=29)
    """
    told = [_ANY.join(map(re.escape, word)) for word in even(words).split()]
    pattern = rf"{_ANY}\s+{_ANY}".join(told)
    found = [Span(*one.span()) for one in re.finditer(pattern, text, re.IGNORECASE)] if told else []
    return min(found, key=lambda one: abs(one.start - near), default=None)


def chosen(
    typed: Mapping[str, Any], name: str, text: str, near: int, hidden: Sequence[Span] = ()
) -> tuple[str, Span]:  # fmt: skip
    """The words of a field in the letters of the report, and where they stand: where they were selected, else nearest.

    Selected words may be hidden: by their places they are known all the same. Raises Unfit with the key of a text.
    """
    said, given = even(str(typed.get(name, ""))), str(typed.get(AT + name, ""))
    if given:
        span = _span(given, text)
        if even(words_at(text, span, hidden)) == said and (found := trimmed(text, span)):
            return _own(text, found), found
    if hides_somebody(said):
        raise Unfit("correct.hidden")
    at = stands(text, said, near)
    if at is None:
        raise Unfit("correct.not_there")
    return _own(text, at), at


def _span(given: str, text: str) -> Span:
    found = _SPAN.fullmatch(given)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 <= start < end <= len(text):
        raise Unfit("correct.outside")
    return Span(start, end)


def _own(text: str, span: Span) -> str:
    return even(TURNS.sub("", span.of(text)))
