"""Values to plain JSON and back, and the JSON Schema of what `read` gives, all made from the types themselves.

Nothing is listed twice: a field added to the vocabulary is written, read back and described from then on. What differs
from the obvious form: a Harm is its words ("injured or killed"), a Span is [start, end], days and instants are ISO
strings, pairs of (name, value) are an object (a list of pairs where a name repeats, so that nothing is lost).

`python -m cenotaph.plain` prints the schema; docs/schema.json is its committed copy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from cenotaph.plain.forms import SHOWN, Json, Misfit, an_object, as_json, form, has_form
from cenotaph.vocabulary import Answer, Claim, Interval, NumberRules, Problem

__all__ = ["Json", "Misfit", "canonical", "dump", "intervals", "load", "reading", "schema", "shown"]

T = TypeVar("T")


def dump(value: Any) -> Any:
    """A vocabulary value (or a list of them, or plain JSON) as plain JSON values.

    Raises ValueError for a field that holds what its type does not allow.

    >>> from cenotaph.vocabulary import Quantity, Span
    >>> dump(Span(3, 6)), dump(Quantity("dozens", "plural", 12))["comparator"]
    ([3, 6], 'plural')
    """
    kind: Any = type(value)
    if has_form(kind):
        return form(kind).dump(value)
    if isinstance(value, (list, tuple)):
        return [dump(item) for item in value]
    return as_json(value)


def load(cls: type[T], data: Any) -> T:
    """The exact inverse of dump. Raises ValueError, unknown and missing keys included, saying what was expected.

    >>> from cenotaph.vocabulary import Span
    >>> load(Span, [3, 6])
    Span(start=3, end=6)
    """
    kind: Any = cls
    loaded: T = form(kind).load(data)
    return loaded


def canonical(value: Any) -> str:
    """One spelling of a value for hashing: sorted keys, no spaces, nothing escaped but what UTF-8 can't hold.

    >>> canonical({"b": 1, "a": "قتل"})
    '{"a":"قتل","b":1}'
    """
    text = json.dumps(dump(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", text)


def intervals(claims: Iterable[Claim], rules: NumberRules) -> dict[str, Interval]:
    """Low, best and high of each claim by its id; a share is taken of the claim it names, where that one is held."""
    by_id = {claim.id: claim for claim in claims}
    found: dict[str, Interval] = {}
    for claim in by_id.values():
        whole = by_id.get(claim.quantity.of)
        found[claim.id] = claim.quantity.interval(rules, whole.quantity.interval(rules) if whole else None)
    return found


def shown(value: Claim | Answer, rules: NumberRules, interval: Interval | None = None) -> Json:
    """A claim or answer as the output of a reading: with low, best and high, and the rules that gave them.

    `interval` is given where it rests on another claim ("nearly half" of them); see `intervals`.
    """
    plain: Json = dump(value)
    if value.quantity is not None:
        known = interval or value.quantity.interval(rules)
        plain["quantity"] |= {name: getattr(known, name) for name in SHOWN}
    return plain


def reading(
    claims: Sequence[Claim], answers: Sequence[Answer], problems: Sequence[Problem], rules: NumberRules
) -> Json:
    """The whole output of a reading, as schema() describes it."""
    known = intervals(claims, rules)
    return {
        "claims": [shown(claim, rules, known[claim.id]) for claim in claims],
        "answers": [shown(answer, rules) for answer in answers],
        "problems": [dump(problem) for problem in problems],
    }


def schema() -> Json:
    """JSON Schema (2020-12) of {"claims": [...], "answers": [...], "problems": [...]}."""
    kinds = {"claims": form(Claim), "answers": form(Answer), "problems": form(Problem)}
    named = {name: made for kind in kinds.values() for name, made in kind.named.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A reading: who says that what was done to how many, and what is unclear",
        "description": "Made from the types by `python -m cenotaph.plain`; not edited by hand.",
        **an_object({name: {"type": "array", "items": kind.schema} for name, kind in kinds.items()}),
        "$defs": dict(sorted(named.items())),
    }
