"""Which decisions bring two incidents together, move claims from one to another, or split claims off.

All of it is must-link and cannot-link between claims, as linking follows them one after the other: an incident moves
as a whole with its earliest claim, any other claim with its parts alone, and a claim that is kept apart from another
leaves the incident with its parts. So a plan names its claims in an order in which each step does what is meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.case.deciding import touched
from cenotaph.desk.history import History
from cenotaph.desk.one_incident import One
from cenotaph.vocabulary import Claim, Decision, content_id

__all__ = [
    "DOES",
    "Plan",
    "Wrong",
    "decided_on",
    "held",
    "merged",
    "moved",
    "reached",
    "since",
    "split",
    "tied",
    "with_parts",
]

DOES = ("merge", "move", "split", "tie")
"""What can be done on the page; to tie is to link two claims as one series, day or account."""


class Wrong(ValueError):
    """What was chosen makes no sense; `key` names the text that says so, `slots` what stands in it."""

    def __init__(self, key: str, **slots: str) -> None:
        super().__init__(key)
        self.key, self.slots = key, slots


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps that are decided together: (verb, the claim it is about, the other, as what); `moves` are all the claims
    that they take along, in the order of their incident. `whole` tells whether a claim takes its incident along, so
    that it does, or does not, also when an earlier report comes; None: as linking finds it then.
    """

    steps: Sequence[tuple[str, str, str, str]]
    moves: Sequence[str] = ()
    whole: bool | None = None

    def decisions(self, who: str, why: str, when: dt.datetime) -> list[Decision]:
        """All of one moment, by which they are known to be one thing, and taken back together."""
        return [
            Decision(who, when, verb, about, why, details={"with": other, "as": kind, **self._along(verb)})
            for verb, about, other, kind in self.steps
        ]

    def _along(self, verb: str) -> dict[str, bool]:
        return {} if self.whole is None or verb == "cannot-link" else {"whole": self.whole}

    @property
    def claims(self) -> list[str]:
        """What is decided on."""
        return list(dict.fromkeys(claim for _, about, other, _ in self.steps for claim in (about, other)))


def merged(one: One, other: One, *, here: bool = False) -> Plan:
    """Both become one incident: the claims of the first go to the other, or the other's come `here`.

    Raises Wrong for an incident and itself, and for one and the episode that holds it.
    """
    if one.id == other.id:
        raise Wrong("itself")
    if other.row["parent"] == one.id or one.row["parent"] == other.id:
        raise Wrong("holds_it")
    source, target = (other, one) if here else (one, other)
    return Plan([_join(_earliest(source), _earliest(target))], source.raw_incident.claims, whole=True)


def moved(one: One, claims: Collection[str], other: One) -> Plan:
    """These claims, with their parts, go to the other incident; where none would stay, all of it does."""
    if one.id == other.id:
        raise Wrong("itself")
    chosen, stays, gone = _chosen(one, claims)
    if not stays:
        return merged(one, other)
    return Plan([*_leaving(one, chosen, stays), *(_join(each, _earliest(other)) for each in chosen)], gone, whole=False)


def split(one: One, claims: Collection[str]) -> Plan:
    """These claims, with their parts, become an incident of their own."""
    chosen, stays, gone = _chosen(one, claims)
    if not stays:
        raise Wrong("none_stays")
    base, *others = chosen
    leaving = _leaving(one, others, stays)
    steps = [("cannot-link", base, stays, "incident"), *leaving, *(_join(each, base) for each in others)]
    return Plan(steps, gone, whole=False)


def tied(verb: str, claim: str, other: str, kind: str) -> Plan:
    """Two claims as they are named."""
    if not claim or not other or claim == other:
        raise Wrong("same")
    return Plan([(verb, claim, other, kind)])


def _join(claim: str, other: str) -> tuple[str, str, str, str]:
    return "must-link", claim, other, "incident"


def _earliest(one: One) -> str:
    return one.raw_incident.claims[0]


def _leaving(one: One, chosen: Collection[str], stays: str) -> list[tuple[str, str, str, str]]:
    """The earliest claim would take its whole incident with it: it is kept apart from what stays, and goes then."""
    first = _earliest(one)
    return [("cannot-link", first, stays, "incident")] if first in chosen else []


def _chosen(one: One, claims: Collection[str]) -> tuple[list[str], str, list[str]]:
    """The claims to be moved, the latest first, without those that come along as parts; one that stays, or ""; and all
    that go.
    """
    mine = one.raw_incident.claims
    if not claims:
        raise Wrong("no_claim")
    strangers = [each for each in claims if each not in mine]
    if strangers:
        raise Wrong("unknown", name=strangers[0])
    held = one.raw_claims(mine)
    along = {each: with_parts(held, each) for each in claims}
    tops = [each for each in claims if not any(each in some for top, some in along.items() if top != each)]
    tops = tops or [next(each for each in mine if each in claims)]  # claims in a ring: the first takes all
    gone = {part for each in tops for part in along[each]}
    stays = next((each for each in mine if each not in gone), "")
    return sorted(tops, key=mine.index, reverse=True), stays, [each for each in mine if each in gone]


def with_parts(held: Mapping[str, Claim], claim: str) -> set[str]:
    """A claim with all that is a part of it, counted within or said again, as far as it stands among these."""
    found = {claim}
    more = True
    while more:
        tied_to = {key for key, each in held.items() if each.relation and each.relation.to in found}
        more = not tied_to <= found
        found |= tied_to
    return found


# --- what was decided before ------------------------------------------------------------------------------------------


def decided_on(one: One) -> list[list[Decision]]:
    """The links that stand on claims of this incident, the newest first; those of one moment are one."""
    mine = set(one.raw_incident.claims)
    found: dict[tuple[str, dt.datetime], list[Decision]] = {}
    for each in one.history.of_verbs("must-link", "cannot-link"):
        if (each.about in mine or each.details.get("with") in mine) and each.details.get("as") != "same person":
            found.setdefault((each.who, each.when), []).append(each)
    return list(reversed(found.values()))


def reached(one: One) -> str:
    """The newest decision of all: what a page remembers, to see whether others decided since."""
    return one.history.all[-1].id if one.history.all else ""


def held(ones: Iterable[One]) -> str:
    """The claims of these incidents in one word: another one where any came, or went, since a page was made. Of more
    than MANY it does not tell which they are.
    """
    claims = sorted({claim for one in ones for claim in one.raw_incident.claims})
    return " ".join(claims) if len(claims) <= MANY else content_id("held", *claims)


MANY = 300
"""Claims that a form carries, so that it is known what was decided on those that went."""
MOVING = ("must-link", "cannot-link", "correct", "reject", "withdraw", "undo")
"""Verbs that change what stands in an incident, or what its claims say."""


def since(history: History, known: str, claims: Collection[str], named: Collection[str]) -> list[tuple[str, Decision]]:
    """The decisions that came after the one a page knew of, each with what of these it touches: any on a claim that is
    `named`, and those on the other claims that change what stands with them. To take one back touches them too.
    """
    ids = [each.id for each in history.all]
    after = len(ids) - ids[::-1].index(known) if known in ids else 0
    before = {each.id for each in history.all if not {*touched(each)}.isdisjoint({*claims, *named})}
    found = []
    for each in history.all[after:]:
        on = [
            name for name in touched(each)
            if name in named or (each.verb in MOVING and (name in claims or name in before))
        ]  # fmt: skip
        found += [(on[0], each)] if on else []
    return found
