"""Merging two incidents, moving claims to another, splitting some off: what it would change, then deciding it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Annotated, Any, NoReturn
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from fastapi import Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError, Moved
from cenotaph.desk import Desk, linking, tables
from cenotaph.desk.candidates import Looked, candidates
from cenotaph.desk.incident_page import day_of
from cenotaph.desk.incidents import find
from cenotaph.desk.linking import DOES, Plan, Wrong
from cenotaph.desk.one_incident import One
from cenotaph.desk.supposing import KINDS, VERBS, Moving, Supposed, preview
from cenotaph.desk.told_apart import Facts
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.pages.incidents import one_of, path_of
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
From = Annotated[int, Query(alias="from", ge=0, le=10**9)]
CHOICES = 50
"""Claims of one incident on a page to choose from."""
SHOWN = 20
"""Claims that are quoted of those which would move."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a form says: what is to be done with which claims, and with which other incident by its id or code.

    `listed` is what was looked for when the page was made: where it is another now, that is looked for first.
    """

    do: str = "merge"
    claims: tuple[str, ...] = ()
    incident: str = ""
    here: bool = False
    other: str = ""
    verb: str = ""
    kind: str = "incident"
    looked: Looked = field(default_factory=Looked)
    listed: str = ""
    look: bool = False

    @property
    def whole(self) -> bool:
        """Whether enough is said to tell what would change."""
        asked = {
            "merge": self.incident, "move": self.incident and self.claims, "split": self.claims,
            "tie": self.claims and self.verb and (self.other or self.incident),
        }  # fmt: skip
        return bool(asked[self.do])

    @property
    def looks_anew(self) -> bool:
        return self.listed != _line(self.looked)

    def query(self, **more: str) -> str:
        """As an address, for whoever comes back to it."""
        told = {
            "do": self.do, "incident": self.incident, "here": "1" if self.here else "", "other": self.other,
            "verb": self.verb, "as": self.kind if self.do == "tie" else "", **more,
        }  # fmt: skip
        pairs = [(key, value) for key, value in told.items() if value]
        return urlencode([*pairs, *(("claims", each) for each in self.claims)])


def _line(looked: Looked) -> str:
    return " | ".join((looked.words, looked.place, looked.day)) if looked.any else ""


@routes.get("/incidents/{name}/link", READ)
def link(
    request: Request, name: str, do: str = "merge", claims: Annotated[list[str] | None, Query()] = None,
    incident: str = "", named: str = "", here: str = "", other: str = "", verb: str = "",
    kind: Annotated[str, Query(alias="as")] = "incident", q: str = "", place: str = "", day: str = "",
    listed: str | None = None, look: str = "", why: str = "", first: From = 0,
    with_: Annotated[str, Query(alias="with")] = "",
) -> Response:  # fmt: skip
    """What can be chosen; and what it would change, once enough is."""
    one = one_of(request, name)
    looked = Looked(q.strip()[:200], place.strip()[:200], day if day_of(day) else "")
    as_listed = _line(looked) if listed is None or named.strip() else listed
    chosen = Chosen(
        do, tuple(dict.fromkeys(claims or ())), named.strip() or incident.strip(), bool(here),
        with_.strip() or other.strip(), verb, kind, looked, as_listed, bool(look),
    )  # fmt: skip
    _refuse_unknown(chosen)
    supposed = _supposed(request, one, chosen)
    ids = one.told()
    known = {
        "path": path_of(one), "title": one.incident.title, "apart": one.apart, "chosen": chosen, "does": DOES,
        "verbs": VERBS, "kinds": KINDS[1:], "claims": one.quoted(ids[first : first + CHOICES]), "first": first,
        "total": len(ids), "many": CHOICES, "listed": _line(looked),
        "found": candidates(one, looked) if do in ("merge", "move") else (),
        "decided": _decided(one), "why": why.strip(), "supposed": None, **supposed,
    }  # fmt: skip
    return rendering.page(request, "incident_link.html", known)


def _decided(one: One) -> list[Mapping[str, Any]]:
    """The links that stand here, masked, with the ids by which they are taken back."""
    return [
        {
            "ids": [each.id for each in steps], "verbs": list(dict.fromkeys(each.verb for each in steps)),
            "kind": str(steps[0].details.get("as", "incident")), "who": steps[0].who, "when": steps[0].when,
            "why": one.words(steps[0].why),
        }
        for steps in linking.decided_on(one)[:SHOWN]
    ]  # fmt: skip


def _refuse_unknown(chosen: Chosen) -> None:
    for name, value, there in (("do", chosen.do, DOES), ("as", chosen.kind, KINDS)):
        if value not in there:
            raise CaseError(f"`{name}` is {value!r}; there are: {', '.join(there)}")
    if chosen.verb and chosen.verb not in VERBS:
        raise CaseError(f"no link {chosen.verb!r}; there are: {', '.join(VERBS)}")


def _supposed(request: Request, one: One, chosen: Chosen) -> Mapping[str, Any]:
    """What would change, with what a decision on it has to bring back; nothing while something is still looked for."""
    if chosen.looks_anew or not (chosen.whole or (chosen.look and not chosen.looked.any)):
        return {}
    second, plan = _planned(request, one, chosen)
    found = preview(one, second, plan)
    moving = [each.claim for each in found.moving[:SHOWN]]
    hidden = [
        ("seen", linking.reached(one)), ("seen_held", linking.held([one, second])), ("do", chosen.do),
        ("anchor", one.raw_incident.claims[0]), ("into", second.raw_incident.claims[0]),
        ("incident", second.id if second.id != one.id else ""), ("here", "1" if chosen.here else ""),
        ("other", chosen.other), ("verb", chosen.verb), ("as", chosen.kind),
        *(("claims", each) for each in chosen.claims),
    ]  # fmt: skip
    return {
        "supposed": found, "moving": _by_way(found), "quotes": one.quoted(moving), "hidden": hidden,
        "second": (second.incident.title, second.apart) if second.id != one.id else (),
    }  # fmt: skip


def _by_way(found: Supposed) -> list[tuple[str, Facts, str, Facts, list[str]]]:
    """The claims that move, by where from and where to."""

    def way(each: Moving) -> tuple[str, Facts, str, Facts]:
        return each.before, tuple(each.before_apart), each.after, tuple(each.after_apart)

    by = groupby(sorted(found.moving, key=way), key=way)
    return [(*ways, [each.claim for each in some]) for ways, some in by]


# --- what is meant ----------------------------------------------------------------------------------------------------


def _planned(request: Request, one: One, chosen: Chosen) -> tuple[One, Plan]:
    """The other incident, or the same where there is none, and the decisions. Raises CaseError for what can not be."""
    try:
        return _plan(one, chosen)
    except Wrong as wrong:
        raise CaseError(rendering.texts_of(request)(f"link.{wrong.key}", **wrong.slots)) from wrong


def _plan(one: One, chosen: Chosen) -> tuple[One, Plan]:
    if chosen.do == "split":
        return one, linking.split(one, chosen.claims)
    if chosen.do == "tie":
        return _tied(one, chosen)
    if not chosen.incident:
        raise Wrong("no_other")
    second = _named(one, chosen.incident)
    if chosen.do == "move":
        return second, linking.moved(one, chosen.claims, second)
    return second, linking.merged(one, second, here=chosen.here)


def _tied(one: One, chosen: Chosen) -> tuple[One, Plan]:
    """Two claims; of another incident its earliest is meant where only the incident is named."""
    claim = chosen.claims[0] if chosen.claims else ""
    other, second = chosen.other, one
    if not other and chosen.incident:
        second = _named(one, chosen.incident)
        other = next((each for each in second.raw_incident.claims if each != claim), "")
    plan = linking.tied(chosen.verb if chosen.verb else VERBS[0], claim, other, chosen.kind)
    known = one.facts([claim, other])
    for each in (claim, other):
        if each not in known:
            raise Wrong("unknown", name=each)
    home = str(known[other]["incident"])
    if home and home not in (one.id, second.id) and (row := find(one.desk, home)) is not None:
        second = One(one.desk, row, one.unmasked)
    return second, plan


def _named(one: One, name: str) -> One:
    row = find(one.desk, name)
    if row is None:
        raise Wrong("unknown", name=name)
    return One(one.desk, row, one.unmasked)


# --- deciding ---------------------------------------------------------------------------------------------------------


@routes.post("/incidents/{name}/link", WRITE)
def linked(
    request: Request, name: str, do: Annotated[str, Form()] = "merge",
    claims: Annotated[list[str] | None, Form()] = None, incident: Annotated[str, Form()] = "",
    here: Annotated[str, Form()] = "", other: Annotated[str, Form()] = "", verb: Annotated[str, Form()] = "",
    kind: Annotated[str, Form(alias="as")] = "incident", anchor: Annotated[str, Form()] = "",
    into: Annotated[str, Form()] = "", why: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "",
    seen_held: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Decides it, unless somebody decided on any of these claims since it was looked at."""
    desk = deciding.desk_of(request)
    chosen = Chosen(do, tuple(dict.fromkeys(claims or ())), incident.strip(), bool(here), other.strip(), verb, kind)
    _refuse_unknown(chosen)
    if not why.strip():
        raise CaseError(rendering.texts_of(request)("link.no_why"))
    one = _now(request, desk, name, anchor)
    still = replace(chosen, incident=_now(request, desk, chosen.incident, into).id) if into and incident else chosen
    gone = find(desk, name) is None or (into and incident and find(desk, chosen.incident) is None)
    second, plan = _planned(request, one, still) if not gone else (one, Plan([]))
    steps = plan.decisions(deciding.who_of(request), why.strip(), dt.datetime.now(dt.UTC))
    mine = {*one.raw_incident.claims, *second.raw_incident.claims, *seen_held.split()}
    _refuse_overtaken(one, mine, seen, steps or [_meant(request, anchor, into, why)])
    if gone or (seen_held and seen_held != linking.held([one, second])):  # it would change something else now
        return RedirectResponse(f"{path_of(one)}/link?{still.query(why=why.strip())}", status_code=303)
    expected = {each: deciding.newest(desk, each) for each in plan.claims}
    deciding.written(request, steps, seen=expected, part=one.alone(second))
    return _to_where(desk, plan.claims[0])


def _now(request: Request, desk: Desk, name: str, anchor: str) -> One:
    """The incident of that name; where it went into another, the one that holds its earliest claim now."""
    row = find(desk, name)
    if row is None and anchor:
        row = find(desk, _home(desk, anchor))
    if row is None:
        raise HTTPException(404)
    return One(desk, row, bool(request.session.get("unmasked")))


def _refuse_overtaken(one: One, mine: Collection[str], seen: str, asked: Sequence[Decision]) -> None:
    """Raises Overtaken with the decisions that came since on claims of either incident, or on those that are linked."""
    named = [claim for each in asked for claim in (each.about, str(each.details.get("with", "")))]
    came = linking.since(one.history, seen, mine, named)
    if came:
        about = came[-1][0]
        raise deciding.Overtaken(Moved(about, [each for _, each in came]), asked, {about: seen})


def _meant(request: Request, anchor: str, into: str, why: str) -> Decision:
    """What was about to be decided, where it can not be any more."""
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    return Decision(who, when, "must-link", anchor, why.strip(), details={"with": into, "as": "incident"})


@routes.post("/incidents/{name}/unlink", WRITE)
def unlinked(
    request: Request, name: str, undo: Annotated[list[str] | None, Form()] = None, why: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Takes back what was linked or kept apart in one step; the claims stand as before."""
    one = one_of(request, name)
    if not why.strip():
        raise CaseError(rendering.texts_of(request)("link.no_why"))
    asked = set(undo or ())
    steps = next((some for some in linking.decided_on(one) if {each.id for each in some} == asked), None)
    if steps is None:
        _refuse_undone(one, undo or ())
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    deciding.written(
        request, [Decision(who, when, "undo", each.id, why.strip()) for each in reversed(steps)],
        seen={each.id: deciding.newest(one.desk, each.id) for each in steps},
    )  # fmt: skip
    return _to_where(one.desk, steps[0].about)


def _refuse_undone(one: One, undo: Sequence[str]) -> NoReturn:
    """Somebody took it back already, or it is no link of this incident."""
    back = [each for each in one.history.all if each.verb == "undo" and each.about in undo]
    if back:
        raise deciding.Overtaken(Moved(back[-1].about, back), back[-1:], {})
    raise CaseError("this is no link that stands on claims of this incident; the page lists those")


def _home(desk: Desk, claim: str) -> str:
    found = desk.rows(sa.select(tables.claims.c.incident).where(tables.claims.c.claim == claim), scalars=True)
    return str(found[0]) if found else ""


def _to_where(desk: Desk, claim: str) -> Response:
    """To the incident that holds a claim now."""
    home = _home(desk, claim)
    return RedirectResponse(f"/incidents/{quote(home)}" if home else "/incidents", status_code=303)
