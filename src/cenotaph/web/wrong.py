"""Why something can't be as it was typed or sent, in the language of the interface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cenotaph.web import said
from cenotaph.web.texts import Texts

__all__ = ["in_words", "misfit"]

EXPECTED: Mapping[str, tuple[str, ...]] = {
    "needed": ("missing",),
    "whole": ("int_parsing", "int_parsing_size", "int_type", "int_from_float"),
    "number": ("float_parsing", "float_type", "finite_number"),
    "words": ("string_type", "string_unicode"),
    "yes_or_no": ("bool_parsing", "bool_type"),
    "day": ("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    "moment": ("datetime_parsing", "datetime_type", "datetime_from_date_parsing", "timezone_aware"),
    "several": ("list_type", "tuple_type", "set_type"),
    "one_of": ("enum", "literal_error"),
    "at_most": ("less_than_equal",),
    "at_least": ("greater_than_equal",),
    "below": ("less_than",),
    "above": ("greater_than",),
    "letters_most": ("string_too_long",),
    "letters_least": ("string_too_short",),
    "most": ("too_long",),
    "least": ("too_short",),
}
"""What was expected, by the kinds of error that Pydantic knows (its documentation lists them: usage/validation_errors);
of any other kind we say that it does not fit."""
_KIND = {kind: name for name, kinds in EXPECTED.items() for kind in kinds}
_BOUNDS = ("le", "ge", "lt", "gt", "max_length", "min_length")


def in_words(line: str, words: Texts, n: int = 0) -> tuple[str, str]:
    """The line in that language, and the language that it is in. It is the key of a text, or a sentence of a stage.

    >>> from cenotaph.web.texts import texts
    >>> in_words("a point has both, lat and lon", texts("ar"))
    ('للنقطة درجتان، شمال وشرق', 'ar')
    >>> in_words("nobody translated this", texts("ar"))
    ('nobody translated this', 'en')
    """
    if words.has(line):
        return words(line, n=n), words.language
    found = said.in_words(words, line)
    return (line, "en") if found is None else (found, words.language)


def misfit(one: Mapping[str, Any], words: Texts, *, named: bool = True) -> str:
    """Which field, and what was expected; never what was given, which may be anything.

    `one` is an error as Pydantic tells it. A field is `named` in words for people, by its name for programs.

    >>> from cenotaph.web.texts import texts
    >>> misfit({"type": "int_parsing", "loc": ("query", "from"), "msg": "Input should be"}, texts("en"))
    'the first line to show: a whole number is expected'
    """
    where = ".".join(str(part) for part in one["loc"] if part not in ("body", "query", "path"))
    if named and words.has(f"misfit.field.{where}"):
        where = words(f"misfit.field.{where}")
    what = _expected(one, words)
    return words("misfit.line", field=where, what=what) if where else what


def _expected(one: Mapping[str, Any], words: Texts) -> str:
    kind, known = str(one["type"]), one.get("ctx") or {}
    if kind == "value_error" and "error" in known:  # a check of ours says why
        return said.plain(words, str(known["error"]))
    codes = ", ".join(re.findall(r"'([^']*)'", str(known.get("expected", ""))))
    bound = next((known[name] for name in _BOUNDS if name in known), 0)
    return words(f"misfit.{_KIND.get(kind, 'other')}", n=bound, codes=codes)
