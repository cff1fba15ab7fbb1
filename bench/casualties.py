"""How many one report says were harmed: the claims of one text, brought to the one figure that a set's coder wrote.

No toll of the house is made here: sets that hold one number for a text need the largest set of people that the text
speaks of, parts and repetitions not added to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Claim, Period, Place

_AGE = re.compile(r"(\d{1,2})-(?:year|month)", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:an)?other\b|(?:a|the) (?:second|third) ", re.IGNORECASE)
SILENT = ("denies", "expects")
NOT_OWN = ("part", "overlay", "restates")


def counted(claims: Iterable[Claim], harm: str) -> list[Claim]:
    """The claims that put people of the text's own event among the harmed; those of any of several harms come in only
    where no claim is of this harm alone ("5 casualties").
    """
    fit = [claim for claim in claims if harm in claim.harm.codes and _speaks_of_event(claim)]
    return [claim for claim in fit if claim.harm.codes == (harm,)] or fit


def _speaks_of_event(claim: Claim) -> bool:
    again = claim.relation is not None and claim.relation.kind in NOT_OWN
    return claim.stance not in SILENT and claim.reach != "background" and not again


def people(claim: Claim) -> int | None:
    """How many people one claim is about, as one number; None where its words give none.

    Of a range the upper end, since the sets take "three or four" for four; of a plural the fewest it can mean.
    """
    quantity = claim.quantity
    if quantity.fraction is not None:
        return None
    if quantity.comparator == "plural":
        return 2 * (quantity.base or 1)
    if quantity.comparator == "none" or quantity.base is None:
        return len(claim.group.names) or None
    return quantity.upper or quantity.base


def total(claims: Sequence[Claim], harm: str) -> int:
    """The figure of a text for one harm: the largest that a sentence gives, or as many as it names one by one.

    Figures of one sentence add up ("12 soldiers and 3 civilians"); those of several sentences are taken to speak of the
    same people. 0 where nothing is said.
    """
    told: dict[int, list[Claim]] = defaultdict(list)
    names: set[str] = set()
    for claim in counted(claims, harm):
        told[claim.start].append(claim)
        names.update(claim.group.names)
    return max([_distinct(names), *map(together, told.values())])


def _distinct(names: Iterable[str]) -> int:
    """How many people names are of: those with a word in common may be one.

    >>> _distinct(["Ali Saleh", "Saleh", "Rami Aziz"])
    2
    """
    known: list[set[str]] = []
    for name in sorted(names, key=len, reverse=True):
        words = {part.casefold() for part in name.split() if len(part) > 2}
        if not any(words & one for one in known):
            known.append(words)
    return len(known)


def persons(claims: Iterable[Claim]) -> int:
    """How many single persons the claims are of that must be different: by name, age or sex, or told in one breath."""
    known: list[tuple[Claim, _Traits]] = []
    for claim in claims:
        if claim.quantity.comparator == "exact" and claim.quantity.base == 1:
            mine = _traits(claim)
            if all(_differ(claim, mine, *one) for one in known):
                known.append((claim, mine))
    return len(known)


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


def toll(claims: Sequence[Claim]) -> tuple[int, int]:
    """Killed and injured of one text. People said to be killed or injured are injured as far as no deaths are told for
    them ("six were shot, one died": five).
    """
    dead = _of_event([one for one in claims if one.harm.codes in (("killed",), ("body recovered",))])
    hurt = _of_event([one for one in claims if one.harm.codes == ("injured",)])
    either = _of_event([one for one in claims if set(one.harm.codes) == {"killed", "injured"}])
    killed = max(
        _figure([one for one in dead if one.harm.codes == (code,)], code) for code in ("killed", "body recovered")
    )
    injured = _figure(hurt, "injured")
    if injured == 1 and killed and all(_died(one, dead) for one in hurt):
        injured = 0
    return killed, max(injured, _figure(either, "injured") - killed)


def _of_event(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Without running totals that began on some day, where the event's own figures are told ("40 since January")."""
    return [one for one in claims if not _runs(one)] or claims


def _runs(claim: Claim) -> bool:
    return claim.reach == "running total" and claim.period is not None and claim.period.end is None


def _died(hurt: Claim, dead: Sequence[Claim]) -> bool:
    """Whether somebody wounded may be one of the dead: nothing tells the two apart."""
    mine = _traits(hurt)
    apart = [
        one for one in dead if one.start == hurt.start and one.evidence != hurt.evidence and one.group != hurt.group
    ]
    return not apart and not all(_differ(hurt, mine, one, _traits(one)) for one in dead)


def _figure(claims: Sequence[Claim], harm: str) -> int:
    """The largest figure of a sentence; where none is above one, as many persons as are told apart."""
    figure = total(claims, harm)
    return figure if figure > 1 else max(figure, persons(_told(claims)))


def _told(claims: Iterable[Claim]) -> list[Claim]:
    return [one for one in claims if one.stance not in SILENT and one.reach != "background"]


def together(claims: Sequence[Claim]) -> int:
    """The figures of one sentence added up; words that give none ("and members of ...") count only by themselves."""
    vague = [claim for claim in claims if claim.quantity.comparator == "plural" and claim.quantity.base is None]
    figured = [claim for claim in claims if claim not in vague]
    return sum(people(claim) or 1 for claim in figured or vague)


def likeliest_place(claims: Iterable[Claim]) -> Place | None:
    """Where most of the claims lie; of two places named as often the more exact one."""
    found = [claim.place for claim in claims if claim.place is not None and claim.reach != "background"]
    if not found:
        return None
    often = Counter((place.id, place.name) for place in found)
    return max(found, key=lambda place: (often[place.id, place.name], -place.precision))


def likeliest_period(claims: Iterable[Claim]) -> Period | None:
    """The days that most of the claims give for what happened; of two the more exact one."""
    periods = (claim.period for claim in claims if claim.reach != "background")
    found = [one for one in periods if one is not None and one.of in ("happened", "died") and one.start]
    if not found:
        return None
    often = Counter((one.start, one.end) for one in found)
    return max(found, key=lambda one: (often[one.start, one.end], -one.precision))
