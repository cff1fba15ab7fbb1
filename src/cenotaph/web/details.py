"""What a decision says besides its verb and its reason, in words: codes, ranges, places and ids of its details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.publish.masking import PROTECTED
from cenotaph.web.speech import Speech
from cenotaph.web.texts import Texts

__all__ = ["beside", "label", "told", "value"]

CODES: Mapping[str, str] = {
    "as": "link_as", "independence": "independence", "decision": "request_answer", "kind": "request_kind",
    "from": "asker", "level": "level", "consent": "purpose", "standing": "assess.standing_of", "word": "toll.word",
    "status": "status", "sex": "sex", "age": "age", "cause": "assess.cause_of", "field": "said_of", "stance": "stance",
    "reach": "reach", "comparator": "comparator", "degree": "degree", "certainty": "certainty", "verb": "verb",
}  # fmt: skip
"""Where the word for a code stands in the texts, by the name of the detail that holds it."""
NAMES = ("detail", "field", "column", "add")
"""Groups of texts that name details, and the fields of forms."""
POINT = ("lat", "lon")
"""Degrees, which are never rounded."""


def told(say: Speech, verb: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each detail that says anything, its name and its value in words.

    >>> from cenotaph.web.texts import texts
    >>> told(Speech(texts("en")), "assess", {"harm": "killed", "cells": [{"low": 1200, "high": 1300, "sex": "male"}]})
    [('harm', 'killed'), ('figures', '1,200–1,300 male')]
    """
    return [(name, words) for name, _, words in beside(say, verb, details)]


def beside(say: Speech, verb: str, details: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """The same, each with the value as it lies in the decision between its name and its words."""
    shown = ((name, one) for name, one in details.items() if one not in ("", None, False, [], {}))
    return [(label(say.texts, name), one, value(say, name, one, verb)) for name, one in shown]


def label(words: Texts, name: str) -> str:
    """What a detail, or a field of a form, is called."""
    known = next((key for key in (f"{group}.{name}" for group in NAMES) if words.has(key)), "")
    return words(known) if known else name.replace("_", " ")


def value(say: Speech, name: str, one: Any, verb: str = "") -> str:
    """One value in words; words of others stay as they are."""
    if one == PROTECTED:  # as a program or a file has it
        return say.texts("voice.protected")
    if isinstance(one, Mapping):
        return _of_several(say, one)
    if isinstance(one, (list, tuple)):
        return " · ".join(value(say, name, each, verb) for each in one)
    if isinstance(one, bool):
        return say.texts(f"yes.{str(one).lower()}")
    if name == "precision":
        return say.texts.code("precision", f"p{one}")
    if isinstance(one, (int, float)):
        return str(one) if name in POINT else say.texts.number(one)
    if name == "harm":
        return say.harm(str(one))
    if name == "source" and say.texts.has(f"people.source_{one}"):
        return f"{say.texts(f'people.source_{one}')} ({one})"
    kind = "state" if verb == "triage" and name == "as" else CODES.get(name)
    return say.texts.code(kind, str(one)) if kind else str(one)


def _of_several(say: Speech, one: Mapping[str, Any]) -> str:
    """A cell of counts, a place, or anything else that has parts."""
    path = one.get("path")
    if isinstance(path, Sequence) and not isinstance(path, str):
        return say.names(dict.fromkeys((str(one.get("name") or ""), *map(str, reversed(path)))))
    parts = {key: each for key, each in one.items() if each not in ("", None, [], {})}
    count = ""
    if isinstance(low := one.get("low"), int):
        high = one.get("high")
        count = say.span(low, high if isinstance(high, int) else None)
    rest = [value(say, key, each) for key, each in parts.items() if not (count and key in ("low", "high"))]
    if count:
        return " ".join(part for part in (count, say.texts("list.comma").join(rest)) if part)
    named = [f"{label(say.texts, key)}: {each}" for key, each in zip(parts, rest, strict=True)]
    return say.texts("list.semicolon").join(named)
