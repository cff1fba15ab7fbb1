"""Whether decisions can stand: checked one after the other on one look at the case, as if each were taken at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cenotaph.case.anchors import steady_id
from cenotaph.case.codes import code_for
from cenotaph.case.decisions import LINKING, Held, brought_forward, decided, decisions, for_good, seen
from cenotaph.case.drafting import drafts
from cenotaph.case.errors import Moved
from cenotaph.case.own_places import place_decided
from cenotaph.case.victims import SAME_PERSON
from cenotaph.decided import standing
from cenotaph.vocabulary import Claim, Decision, Incident, Problem

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.part import Part

__all__ = ["Sight", "touched", "unmoved"]

ASSESSING = ("assess", "sign off", "withdraw")


class Sight:
    """What a case holds, loaded when it is needed and brought forward by each decision that is taken on it.

    A thousand decisions cost one loading. What only a build changes (incidents, roots, tolls) stays as it was built.
    """

    def __init__(self, case: Case | Part) -> None:
        self.case = case
        self.history = case.decisions()
        self._read = case.read_claims()
        self.claims = self._claims()
        self.reports = {one.id: one for one in case.reports()}
        self._open: dict[str, Problem] | None = None

    def _claims(self) -> dict[str, Claim]:
        history = self.case.carried(self.history, self._read).decisions
        return {one.id: one for one in decided(self._read, history).claims}

    @cached_property
    def _incidents(self) -> Mapping[str, Incident]:
        """By id, and by each code that leads to it."""
        found: dict[str, Incident] = {}
        for one in self.case.linked().incidents:
            for name in (one.id, one.code, *one.once):
                found.setdefault(name, one)
        return found

    @cached_property
    def _drafts(self) -> set[str]:
        """The drafts that somebody may refuse."""
        return {one.id for one in drafts(self.case.state_of(self.claims.values(), self.history))}

    @property
    def _requests(self) -> list[Decision]:
        """The requests that stand."""
        return [one for one in standing(self.history) if one.verb == "request"]

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        """The rows of lists, and of claims that name somebody, each with its report."""
        return {row.id: row.report for one in self.case.victims() for row in one.rows}

    # --- one decision -------------------------------------------------------------------------------------------------

    def checked(self, decision: Decision) -> Decision:
        """The decision as it would be written. Raises CaseError for what can't stand."""
        persons = decision.verb in LINKING and decision.details.get("as") == SAME_PERSON
        held = Held(self.claims, self.reports, self._persons if persons else self._ids(decision.verb))
        found = seen(self._with_rows(decision) if persons else self._with_sight(decision), held)
        return for_good(decision, place_decided(found, self.case.own_places) if decision.verb == "place" else found)

    def _with_rows(self, decision: Decision) -> Decision:
        """A decision on two rows remembers in which reports they stand, so that it is forgotten with either."""
        named = (decision.about, str(decision.details.get("with", "")))
        rows = {one: self._persons[one] for one in named if one in self._persons}
        return replace(decision, details={**decision.details, "rows": rows})

    def _ids(self, verb: str) -> set[str]:
        """What a decision can be about by its id, apart from claims where any verb may be about these."""
        if verb == "undo":
            return {one.id for one in self.history}
        if verb == "settle":
            return {*self._problems(), *self._drafts}
        if verb == "triage":
            return set(self.reports)
        if verb == "request":
            return {*self.reports, *(one.id for one in self._incidents.values()), *self._incidents}
        if verb == "answer a request":
            return {one.id for one in self._requests}
        if verb in ("sign off", "withdraw"):
            claims = set(self.claims) if verb == "withdraw" else set()
            return claims | {one.id for one in self.case.state_of(self.claims.values(), self.history).assessments()[0]}
        return {one.id for one in self._incidents.values()}

    def _with_sight(self, decision: Decision) -> Decision:
        """A decision about an incident remembers its code, and which claims the person saw in it; one about a problem
        what names it on another reading.
        """
        if decision.verb == "settle":
            found = self._problems().get(decision.about)
            steady = {"steady": steady_id(found, self.claims)} if found else {}
            return replace(decision, details={**decision.details, **steady}) if found else decision
        if decision.verb == "request" and decision.about in self.reports:
            return replace(decision, report=decision.about)  # forgotten with it
        if decision.verb == "answer a request":
            asked = next((one.report for one in self._requests if one.id == decision.about), "")
            return replace(decision, report=asked)
        incident = self._incidents.get(decision.about) if decision.about else None
        if incident is None:
            return decision
        code = code_for(incident, self.history)
        details = {**decision.details, "seen": list(incident.claims), "code": code}
        return replace(decision, about=incident.id, details=details)

    def _problems(self) -> dict[str, Problem]:
        if self._open is None:
            self._open = {one.id: one for one in self.case.open_after(self.claims.values(), self.history)}
        return self._open

    # --- and the next -------------------------------------------------------------------------------------------------

    def take(self, decision: Decision) -> None:
        """What the next decision sees after this one, which was checked here."""
        self.history.append(decision)
        if decision.verb in ("undo", "triage"):
            self.claims = self._claims()
        else:
            brought_forward(self.claims, decision)
        if decision.verb == "settle" and self._open is not None:
            steady = decision.details.get("steady")
            self._open = {
                key: one for key, one in self._open.items()
                if key != decision.about and steady_id(one, self.claims) != steady
            }  # fmt: skip
        elif decision.verb in (*ASSESSING, "undo"):
            self._open = None


# --- two people at once -------------------------------------------------------------------------------------------


def unmoved(connection: Connection, seen: Mapping[str, str]) -> None:
    """Raises Moved where the newest decision about something is another than the person knew of ("" for none)."""
    if not seen:
        return
    history = decisions(connection)
    for about, known in seen.items():
        told = [one for one in history if about in touched(one)]
        after = [one.id for one in told].index(known) + 1 if known in [one.id for one in told] else 0
        if told[after:]:
            raise Moved(about, told[after:])


def touched(decision: Decision) -> Iterator[str]:
    """What a decision is about, or made: a corrected claim goes by another id than the one before."""
    claim = decision.details.get("claim")
    made = claim.get("id") if isinstance(claim, Mapping) else ""
    for one in (decision.about, decision.details.get("with"), made):
        if isinstance(one, str) and one:
            yield one
