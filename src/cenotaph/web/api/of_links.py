"""What the API tells of links: what an incident may be merged with, and what that would change, before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.case import CaseError
from cenotaph.desk import linking
from cenotaph.desk.accused import accused
from cenotaph.desk.candidates import Looked
from cenotaph.desk.candidates import candidates as near
from cenotaph.desk.linking import Plan, Wrong
from cenotaph.desk.one_incident import One
from cenotaph.desk.supposing import Stand, preview
from cenotaph.vocabulary import Toll
from cenotaph.web.api import answers as told
from cenotaph.web.api.as_told import as_told
from cenotaph.web.api.asking import Looking
from cenotaph.web.api.of_incidents import incident_line, one_of
from cenotaph.web.texts import texts

__all__ = ["Chosen", "blamed", "candidates", "link"]


def blamed(one: One) -> told.AccusedParties:
    parties = (
        told.AccusedParty(each.party, tuple(each.words), tuple(
            as_told(told.AccusedBy, voice, sure=tuple(told.Sure(*how) for how in voice.sure)) for voice in each.voices
        ))
        for each in accused(one)
    )  # fmt: skip
    return told.AccusedParties(tuple(parties))


def candidates(one: One, looked: Looked) -> told.Candidates:
    found = (told.Candidate(incident_line(each.row), tuple(each.alike), each.holds) for each in near(one, looked))
    made = (
        told.LinkMade(
            tuple(each.id for each in steps), tuple(dict.fromkeys(each.verb for each in steps)),
            str(steps[0].details.get("as", "incident")), steps[0].who, steps[0].when, one.words(steps[0].why),
        )
        for steps in linking.decided_on(one)
    )  # fmt: skip
    return told.Candidates(tuple(found), tuple(made))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be done: see desk/linking. `into` is the other incident, by its id or its code."""

    do: str
    claims: tuple[str, ...] = ()
    into: str = ""
    here: bool = False
    other: str = ""
    verb: str = "must-link"
    kind: str = "incident"


def link(look: Looking, one: One, chosen: Chosen) -> told.LinkPreview:
    """Raises CaseError for what can not be."""
    try:
        second, plan = _plan(look, one, chosen)
    except Wrong as wrong:
        raise CaseError(texts("en")(f"link.{wrong.key}", **wrong.slots)) from wrong
    found = preview(one, second, plan)
    asked = tuple(
        told.Asked(each.verb, each.about, "", details=dict(each.details), seen=look.seen(each.about))
        for each in plan.decisions("", "", dt.datetime.now(dt.UTC))
    )
    made = tuple(told.MadeDecision(each.id, look.decision(each)) for each in found.decisions)
    return as_told(
        told.LinkPreview, found, steps=asked, before=_then(found.before), after=_then(found.after), decisions=made,
        tolls=tuple(told.RootChanged(each.root, each.harm, _titled(each.before), _titled(each.after))
                    for each in found.tolls),
    )  # fmt: skip


def _then(found: Sequence[Stand]) -> tuple[told.IncidentThen, ...]:
    return tuple(
        as_told(
            told.IncidentThen,
            each,
            incident=replace(each.incident, links=()),
            tolls=tuple(told.TollIn(toll, only) for toll, _, only in each.tolls),
        )
        for each in found
    )


def _titled(found: Sequence[tuple[Toll, str]]) -> tuple[told.SeriesOf, ...]:
    return tuple(told.SeriesOf(title, toll) for toll, title in found)


def _plan(look: Looking, one: One, chosen: Chosen) -> tuple[One, Plan]:
    """The other incident, or the same where there is none, and the decisions. Raises Wrong."""
    if chosen.do == "split":
        return one, linking.split(one, chosen.claims)
    if chosen.do == "tie":
        return _tied(look, one, chosen)
    if not chosen.into:
        raise Wrong("no_other")
    second = _named(look, chosen.into)
    if chosen.do == "move":
        return second, linking.moved(one, chosen.claims, second)
    return second, linking.merged(one, second, here=chosen.here)


def _tied(look: Looking, one: One, chosen: Chosen) -> tuple[One, Plan]:
    """Two claims, as they are named."""
    claim = next(iter(chosen.claims), "")
    plan = linking.tied(chosen.verb, claim, chosen.other, chosen.kind)
    known = one.facts([claim, chosen.other])
    for each in (claim, chosen.other):
        if each not in known:
            raise Wrong("unknown", name=each)
    home = str(known[chosen.other]["incident"])
    return (_named(look, home) if home not in ("", one.id) else one), plan


def _named(look: Looking, name: str) -> One:
    found = one_of(look, name)
    if found is None:
        raise Wrong("unknown", name=name)
    return found
