"""What a decision `assess` may say: its form, its words, its numbers. Refused early, so that none is lost later."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from cenotaph.vocabulary import Harm, Level

__all__ = ["KINDS", "check_assessment", "kind_of"]

KINDS = {
    "status": ("civilian", "armed forces", "security forces", "armed group", "protected person"),
    "sex": ("male", "female"),
    "age": ("child", "adult", "elderly"),
    "cause": (
        "heavy weapons and explosive munitions",
        "planted explosives and unexploded ordnance",
        "small arms and light weapons",
        "incendiary",
        "chemical, biological, radiological or nuclear",
        "electromagnetic weapons",
        "less lethal weapons",
        "denial of or damage to what people need to survive",
        "accidents related to conflict",
        "other objects and means",
    ),
}
"""What a cell can be broken down by: the codes of codes/statuses.toml and codes/means.toml, which a test compares.
"unknown" is taken too and kept as "", so that what is not known is one cell and not two."""

KEYS = ("harm", "cells", "relied", "set_aside", "residual", "overlaps", "level", "standing")
KEPT = ("seen", "anchors", "code", "digest")
"""What a case writes beside: the claims that the incident held, where the words of each claim stand, its code, and the
digest of what the person gave."""
GIVEN = ("pending", "provisional")


def check_assessment(
    details: Mapping[str, Any], *, held: Collection[str] | None = None, harms: Collection[str] = ()
) -> list[str]:
    """What is wrong with the details of a decision `assess`, each in one sentence; nothing where they can stand.

    `held` are the ids of the claims that the case holds and `harms` the codes it knows; without them neither is asked.

    >>> check_assessment({"harm": "killed", "cells": [{"low": 4, "high": 6}], "relied": ["claim:1"]})
    []
    >>> check_assessment({"harm": "killed", "cells": [{"low": 6, "high": 4}], "relied": ["claim:1"]})
    ['cell 1: high is 4, below its low of 6; give high as the same number or more, or null where it is open']
    """
    unknown = sorted(set(details) - {*KEYS, *KEPT})
    found = [f"{key!r} is no part of an assessment; there are: {', '.join(KEYS)}" for key in unknown]
    found += [*_harm(details, harms), *_words(details), *_cells(details), *_claims(details, held)]
    return found + list(_overlaps(details))


def _harm(details: Mapping[str, Any], harms: Collection[str]) -> Iterator[str]:
    words = details.get("harm")
    if not isinstance(words, str) or not words.strip():
        yield f"harm is {words!r}; give the code of one harm, such as killed"
        return
    for code in Harm.parse(words).codes:
        if not code or (harms and code not in harms):
            yield f"harm {code!r} is not known; there are: {', '.join(sorted(harms)) or 'the codes of the house'}"


def _words(details: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(details.get("residual", False), bool):
        yield f"residual is {details['residual']!r}; give true or false"
    if details.get("level", "reported") not in get_args(Level):
        yield f"level is {details['level']!r}; there are: {', '.join(get_args(Level))}"
    if details.get("standing", "provisional") not in GIVEN:
        how = "confirmed comes from another person's sign off, withdrawn from a decision to withdraw"
        yield f"standing is {details['standing']!r}; give one of {', '.join(GIVEN)}: {how}"


def _cells(details: Mapping[str, Any]) -> Iterator[str]:
    cells = details.get("cells")
    if not _listed(cells, Mapping) or not cells:
        yield f"cells is {cells!r}; give at least one, each with low and high"
        return
    for number, cell in enumerate(cells, 1):
        yield from (f"cell {number}: {said}" for said in (*_range(cell), *_kind(cell)))
    kinds = [tuple(str(word) for word in kind_of(cell).values()) for cell in cells]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        named = " ".join(word for word in kind if word) or "people of whom nothing more is known"
        yield f"two cells count {named}; put them together, or say what parts them"


def _range(found: Mapping[str, Any]) -> Iterator[str]:
    low, high = found.get("low"), found.get("high")
    if not _whole(low):
        yield f"low is {low!r}; give a whole number from 0"
    if "high" not in found:
        yield "high is missing; give the same number as low, a higher one, or null where it is open"
    elif high is not None and not _whole(high):
        yield f"high is {high!r}; give a whole number from 0, or null where it is open"
    elif high is not None and _whole(low) and high < low:
        yield f"high is {high}, below its low of {low}; give high as the same number or more, or null where it is open"


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _kind(cell: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(set(cell) - {"low", "high", *KINDS}):
        yield f"{key!r} is no part of a cell; there are: low, high, {', '.join(KINDS)}"
    for name, word in kind_of(cell).items():
        codes = KINDS[name]
        if word not in ("", *codes):
            yield f"{name} is {word!r}; there are: {', '.join(codes)}, or nothing where it is unknown"


def kind_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    """What kind of people a cell counts, in the order of KINDS; what is unknown is ""."""
    found = {name: cell.get(name) for name in KINDS}
    return {name: "" if word in (None, "unknown") else word for name, word in found.items()}


def _claims(details: Mapping[str, Any], held: Collection[str] | None) -> Iterator[str]:
    for key in ("relied", "set_aside", "seen"):
        if not _listed(details.get(key, []), str):
            yield f"{key} is {details[key]!r}; give a list of ids of claims"
            return
    relied, aside = (dict.fromkeys(details.get(key, [])) for key in ("relied", "set_aside"))
    if not relied:
        yield "no claim is relied on; name those that the figure rests on under relied"
    for claim in (one for one in relied if one in aside):
        yield f"{claim} is both relied on and set aside; leave it in one of the two"
    for claim in (*relied, *aside):
        if held is not None and claim not in held:
            yield f"{claim} is not held; take the id from the claims of this case"


def _listed(value: object, kind: type) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, kind) for one in value)


def _overlaps(details: Mapping[str, Any]) -> Iterator[str]:
    overlaps = details.get("overlaps", [])
    if not _listed(overlaps, Mapping):
        yield f"overlaps is {overlaps!r}; give a list, each with other, low, high and why"
        return
    for number, one in enumerate(overlaps, 1):
        yield from (f"overlap {number}: {said}" for said in _range(one))
        for key in ("other", "why"):
            if not isinstance(one.get(key), str) or not one[key].strip():
                yield f"overlap {number}: {key} is {one.get(key)!r}; say {_WANTED[key]}"


_WANTED = {
    "other": "which incident or assessment counts the same people",
    "why": "how it is known that both count them",
}
