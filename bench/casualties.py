"""How many one text says were harmed, where and when: its claims brought to the one value that a set's coder wrote.

No toll of the house is made here. What several reports of one incident come to is the program's own draft
(reconcile/recording.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cenotaph.vocabulary import Claim, Period, Place

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
