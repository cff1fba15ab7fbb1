"""What a story says in all that tells of one event: the largest set of people that it speaks of, nobody counted twice.

For texts of which it is known that they tell of one event: a local paper on a shooting. The dead are those of the
largest sentence, or as many single persons as must be different; the hurt are those who were hit and did not die.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cenotaph.reconcile.hearing import Ear, Heard, together, top
from cenotaph.reconcile.told import SPOKEN
from cenotaph.vocabulary import Claim, Count

__all__ = ["largest"]

NONE = Count(0, 0)
NOT_OWN = ("part", "overlay", "restates")
_AGE = re.compile(r"(\d{1,2})-(?:year|month)", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:an)?other\b|(?:a|the) (?:second|third) ", re.IGNORECASE)


def largest(claims: Sequence[Claim], harm: str, group: str, ear: Ear) -> Heard | None:
    """The killed or the injured of a story; none of a harm that it does not speak of, if it speaks of the other.

    People said to be killed or injured ("six were shot") are injured as far as no deaths are told for them. Of groups
    nothing is heard, nor of a story that speaks of no harm: None.

    >>> largest([], "killed", "people", None) is None
    True
    """
    spoken = [one for one in claims if _spoken(one) and set(one.harm.codes) <= _codes(ear)] if claims else []
    if group != "people" or not any(_own(one) for one in spoken):
        return None
    dead = [one for one in spoken if one.harm.codes[0] in ear.by.heard_as("killed") and len(one.harm.codes) == 1]
    count, rests = _killed(dead, ear)
    if harm != "killed":
        count, rests = _hurt(spoken, dead, count, ear)
    return Heard(count, tuple(rests or spoken), min(ear.weigh(spoken), ear.by.most))


def _codes(ear: Ear) -> set[str]:
    return {code for harm in ear.by.harms for code in ear.by.heard_as(harm)}


def _spoken(claim: Claim) -> bool:
    told = claim.stance in SPOKEN and claim.reach != "background" and claim.level != "forecast"
    return told and claim.quantity.fraction is None


def _own(claim: Claim) -> bool:
    """Whether it counts people by itself, and not among or again those of another claim."""
    return claim.relation is None or claim.relation.kind not in NOT_OWN


def _killed(dead: Sequence[Claim], ear: Ear) -> tuple[Count, Sequence[Claim]]:
    """The dead, told as killed or as found; the two are the same people."""
    told = [_figure([one for one in dead if one.harm.codes == (code,)], ear) for code in ear.by.heard_as("killed")]
    return max(told, key=lambda one: top(one[0]))


def _hurt(spoken: Iterable[Claim], dead: Sequence[Claim], killed: Count, ear: Ear) -> tuple[Count, Sequence[Claim]]:
    injured = _of_event([one for one in spoken if one.harm.codes == ("injured",)])
    count, rests = _figure(injured, ear)
    if top(count) == 1 and top(killed) and all(_died(one, _of_event(dead)) for one in injured):
        count, rests = NONE, []
    either, told = _figure([one for one in spoken if len(one.harm.codes) > 1], ear)
    return max((count, rests), (either - killed, told), key=lambda one: top(one[0]))


def _figure(claims: Sequence[Claim], ear: Ear) -> tuple[Count, Sequence[Claim]]:
    """The largest figure of a sentence, and what it rests on; where none is above one, as many as are told apart."""
    event = _of_event(claims)
    sentences: dict[int, list[Claim]] = {}
    for claim in filter(_own, event):
        sentences.setdefault(claim.start, []).append(claim)
    told = [(together(one, ear), one) for one in sentences.values()]
    count, rests = max(told, key=lambda one: top(one[0]), default=(NONE, []))
    if top(count) > 1:
        return count, rests
    single = _persons(event)
    return (Count(len(single), len(single)), single) if len(single) > top(count) else (count, rests)


def _of_event(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Without totals that began on some day, where the event's own figures are told ("40 since January")."""
    return [one for one in claims if not _runs(one)] or claims


def _runs(claim: Claim) -> bool:
    return claim.reach == "running total" and claim.period is not None and claim.period.end is None


# --- one person or two --------------------------------------------------------------------------------------------


def _persons(claims: Iterable[Claim]) -> list[Claim]:
    """Claims of single persons who must be different: by name, age or sex, or told in one breath."""
    known: list[tuple[Claim, _Traits]] = []
    for claim in claims:
        if claim.quantity.comparator == "exact" and claim.quantity.base == 1:
            mine = _traits(claim)
            if all(_differ(claim, mine, *one) for one in known):
                known.append((claim, mine))
    return [claim for claim, _ in known]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What tells one person from another: words of the name, years, sex, and whether the words say "another"."""

    names: frozenset[str]
    years: str
    sex: str
    another: bool


def _traits(claim: Claim) -> _Traits:
    words = claim.group.words or claim.quantity.words
    names = frozenset(part.casefold() for name in claim.group.names for part in name.split() if len(part) > 2)
    aged = _AGE.search(words) or next(filter(None, (_behind(name, claim.quote) for name in claim.group.names)), None)
    sex = claim.group.sex or {"he": "male", "she": "female"}.get(words.casefold(), "")
    return _Traits(names, aged.group(1) if aged else "", sex, bool(_ANOTHER.match(words)))


def _behind(name: str, quote: str) -> re.Match[str] | None:
    """The age behind a name: ", 24," or " (24)"."""
    return re.search(re.escape(name) + r",? \(?(\d{1,2})\b", quote)


def _differ(one: Claim, mine: _Traits, other: Claim, theirs: _Traits) -> bool:
    listed = one.start == other.start and one.trigger == other.trigger
    unlike = any(a and b and a != b for a, b in ((mine.years, theirs.years), (mine.sex, theirs.sex)))
    named = bool(mine.names and theirs.names and not mine.names & theirs.names)
    return listed or unlike or named or (mine.another and one.start == other.start)


def _died(hurt: Claim, dead: Sequence[Claim]) -> bool:
    """Whether somebody wounded may be one of the dead: nothing tells the two apart."""
    mine = _traits(hurt)
    beside = [
        one for one in dead if one.start == hurt.start and one.evidence != hurt.evidence and one.group != hurt.group
    ]
    return not beside and not all(_differ(hurt, mine, one, _traits(one)) for one in dead)
