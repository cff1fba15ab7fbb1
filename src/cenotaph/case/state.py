"""What a case holds at one moment, or would hold on a day, without a voice, or under other rules for figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from cenotaph.case.anchors import Settled
from cenotaph.case.codes import coded
from cenotaph.case.decisions import out_of_scope
from cenotaph.case.hiding import hidden, linked_apart
from cenotaph.case.past import Past
from cenotaph.case.requests import with_requests
from cenotaph.plain import intervals
from cenotaph.publish.hidden import Hidden
from cenotaph.reconcile import reconcile
from cenotaph.reconcile.accounts import accounts
from cenotaph.reconcile.accused import accused
from cenotaph.reconcile.assessments import assessments
from cenotaph.reconcile.grades import graded, proposed_grade
from cenotaph.reconcile.ledger import ledger, unfit
from cenotaph.vocabulary import (
    Account,
    Answer,
    Assessment,
    Check,
    Claim,
    Decision,
    Grade,
    Incident,
    Interval,
    Ledger,
    Linked,
    NumberRules,
    Problem,
    Report,
    Toll,
)

__all__ = ["State", "as_known_on", "supposed", "without_voice"]


@dataclass(frozen=True, slots=True)
class State:
    """Everything that verbs and pages show, by id. `decisions` are those that stand, on the claims as read now;
    `history` are all, since an undone one gave its code too. `listed` are names in claims of whom a list of persons
    tells that they are children or may be alive; `past` is what earlier versions of an address said.
    """

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    linked: Linked
    tolls: Mapping[str, Toll]
    problems: Sequence[Problem]
    answers: Sequence[Answer]
    decisions: Sequence[Decision]
    rules: NumberRules
    notes: tuple[str, ...] = ()
    figures: Mapping[str, Interval] = field(default_factory=dict)
    history: Sequence[Decision] = ()
    listed: frozenset[str] = frozenset()
    past: Past = field(default_factory=Past)

    @property
    def incidents(self) -> dict[str, Incident]:
        return {one.id: one for one in self.linked.incidents}

    def hidden(self) -> Hidden:
        """Who must not be named in what is shown: by all that the case holds, and by what earlier versions said."""
        told = [*self.claims.values(), *self.past.claims]
        return hidden(
            told, [*self.answers, *self.past.answers], with_requests(self.decisions, self.history), self.listed
        )

    @property
    def unnamed(self) -> frozenset[str]:
        """The roots, as tolls show them, that nobody named."""
        return frozenset(str(one.root) for one in self.linked.roots.values() if not one.root.named)

    def with_open(self, problems: Iterable[Problem]) -> State:
        """With what is open of these and of what the team itself holds: all that nobody settled."""
        ours = [one for ledger in self.ledgers() for one in unfit(ledger)]
        aside = out_of_scope(self.decisions)
        found = [*(one for one in problems if one.report not in aside), *self.assessments()[1], *ours]
        return replace(self, problems=Settled.by(self.decisions).open(found, self.claims))

    def at_stake(self, problem: Problem) -> int:
        """People in the largest figure that settling a problem may change; 0 where no figure hangs on it."""
        return max((self.figures[one].low for one in problem.claims if one in self.figures), default=0)

    def by_weight(self) -> list[Problem]:
        """The open problems, first those on which most hangs."""
        return [one for _, one in self.weighed()]

    def weighed(self) -> list[tuple[str, Problem]]:
        """The open problems with their ids, in the same order: an id does not follow from words that are masked."""
        found = sorted(self.problems, key=lambda one: (-self.at_stake(one), -len(one.claims), one.kind, one.id))
        return [(one.id, one) for one in found]

    def accounts(self) -> list[Account]:
        return accounts(self.tolls.values(), self.linked.incidents, self.linked.tethers, unnamed=self.unnamed)

    def accused(self) -> dict[str, Check]:
        """Whom the roots of each episode accuse, side by side."""
        return accused(self.claims.values(), self.linked)

    def assessments(self) -> tuple[list[Assessment], list[Problem]]:
        """What the team itself holds, and what of it a person must look at."""
        counts = {key: one.count for key, one in self.figures.items()}
        held, problems = assessments(self.decisions, self.linked.incidents, figures=counts)
        return held, Settled.by(self.decisions).open(problems, self.claims)

    def ledgers(self) -> list[Ledger]:
        held, _ = self.assessments()
        harms = {str(one.harm): one.harm for one in held}
        return [one for _, harm in sorted(harms.items()) for one in ledger(held, self.linked.incidents, harm)]

    def grades(self) -> list[Grade]:
        """What people graded, and what the figures of each incident would bear until they do."""
        by_incident: dict[str, list[Toll]] = {}
        for toll in self.tolls.values():
            if toll.incident.startswith("incident:"):  # an episode is many; its figures are graded one by one
                by_incident.setdefault(toll.incident, []).append(toll)
        proposals = [
            proposed_grade(
                tolls, self.linked.tethers, self.answers, {check for toll in tolls for check in toll.checks},
                unnamed=self.unnamed,
            )
            for _, tolls in sorted(by_incident.items())
        ]  # fmt: skip
        return graded(proposals, self.decisions, self.linked.incidents)[0]


# --- what if --------------------------------------------------------------------------------------------------------


def as_known_on(state: State, day: dt.date) -> State:
    """What could be known on that day: reports published by then, and what was said by then.

    A report without a day is left out, and a note says so.
    """
    undated = [one for one in state.reports.values() if one.published is None and one.updated is None]
    known = {key for key, one in state.reports.items() if (when := one.published or one.updated) and when <= day}
    kept = [one for one in state.claims.values() if one.report in known and not (one.said and one.said > day)]
    answers = [one for one in state.answers if one.report in known and not (one.said and one.said > day)]
    some = "1 report without a day is" if len(undated) == 1 else f"{len(undated)} reports without a day are"
    notes = [f"{some} left out"] if undated else []
    later = sum(one.when.date() > day for one in state.decisions)
    notes += [f"decisions made since then are applied: {later}"] if later else []
    return supposed(replace(state, answers=answers), kept, f"as known on {day}", *notes)


def without_voice(state: State, voice: str) -> State:
    """The case as if that outlet, root or informant had not been heard. Raises LookupError if nobody is called so.

    A protected person goes by no name here, neither to be left out nor to be shown as near.
    """
    veil = state.hidden()
    names = {claim.id: _names(state, claim, veil) for claim in state.claims.values()}
    wanted = voice.casefold().strip()
    kept = [claim for claim in state.claims.values() if wanted not in names[claim.id]]
    if len(kept) == len(state.claims):
        known = {key: name for mine in names.values() for key, name in sorted(mine.items())}
        near = [known[key] for key in get_close_matches(wanted, sorted(known), n=3, cutoff=0.5)]
        raise LookupError(f"nobody is called {voice!r} here" + (f"; there is: {', '.join(near)}" if near else ""))
    gone = len(state.claims) - len(kept)
    return supposed(state, kept, f"without {voice}: {gone} {'claim' if gone == 1 else 'claims'} set aside")


def _names(state: State, claim: Claim, veil: Hidden) -> dict[str, str]:
    """Those who can be left out of a claim, by their names in small letters."""
    root = state.linked.roots[claim.id].root
    private = {name for one in claim.voices if one.protected for name in (one.name, one.canonical)}
    names = {state.reports[claim.report].outlet} | ({root.name} - private if not root.private else set())
    names |= {name for one in claim.voices if not one.protected for name in (one.name, one.canonical)}
    return {name.casefold(): name for name in names if name and not veil.knows(name)}


def supposed(state: State, claims: Iterable[Claim], *notes: str, rules: NumberRules | None = None) -> State:
    """The same case with these claims alone, or under other rules: worked out anew, and nothing is stored."""
    kept = list(claims)
    known = rules or state.rules
    linked = linked_apart(kept, state.reports, state.decisions)
    linked = replace(linked, incidents=coded(linked.incidents, state.history))
    tolls, problems = reconcile(kept, state.reports, linked, state.decisions, known)
    return replace(
        state,
        claims={one.id: one for one in kept},
        linked=linked,
        tolls={one.id: one for one in tolls},
        rules=known,
        notes=(*state.notes, *notes),
        figures=intervals(kept, known),
    ).with_open((*linked.problems, *problems))
