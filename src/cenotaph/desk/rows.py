"""The rows of one group of claims: what lists, searches and summaries need to know of each, and no more."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.case.hiding import hidden
from cenotaph.case.part import Part
from cenotaph.case.state import State
from cenotaph.desk import tables, toll_rows
from cenotaph.desk.history import History
from cenotaph.desk.shared import Shared
from cenotaph.publish.hidden import Hidden
from cenotaph.vocabulary import Answer, Claim, Incident, Place, Problem, Report

__all__ = ["answers_alone", "hidden_in", "hidden_of", "hidden_row", "of_group", "place_key", "problems_apart"]

Rows = dict[str, Any]


def of_group(group: str, part: Part, ids: Collection[str], decided: History) -> Mapping[Table, list[Rows]]:
    """By table. `ids` are the claims of the group; the part's reports may hold others."""
    state = part.state()
    claims = [one for one in state.claims.values() if one.id in ids]
    incidents = [one for one in state.linked.incidents if (one.parent or one.id) == group]
    home = {claim: one.id for one in incidents for claim in one.claims}
    again = _again(claims, state)
    told = [_claim(one, group, home.get(one.id, ""), state, one.id not in again, decided, part) for one in claims]
    return {
        tables.claims: told,
        tables.places: [_place(one.place) for one in claims if one.place],
        tables.incidents: [_incident(one, group, incidents, state, told) for one in incidents],
        tables.tolls: [toll_rows.row(one, group) for one in state.tolls.values()],
        tables.problems: [problem(one, group, state) for one in state.problems if _mine(one, ids, group)],
        tables.hidden: [hidden_row(group, claims, state)],
        tables.voices: list(_voices(group, claims)),
    }


def _mine(problem: Problem, ids: Collection[str], group: str) -> bool:
    """Whether a problem is of this group: it names a claim of it, or, without claims, an incident or a report of it."""
    return any(one in ids for one in problem.claims)


# --- what another report said before ----------------------------------------------------------------------------------


def _again(claims: Sequence[Claim], state: State) -> set[str]:
    """The claims that say what another report, by the same root, had said: the same figure of one series, or the same
    words of the same set where no series holds them.
    """
    order = {one.id: _turn(state.reports[one.report]) for one in claims}
    found: set[str] = set()
    placed: set[str] = set()
    for toll in state.tolls.values():
        for vintage in toll.series:
            held = [one for one in vintage.claims if one in order]
            placed |= set(held)
            found |= set(sorted(held, key=lambda one: order[one])[1:])
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for one in claims:
        if one.id not in placed:
            alike[_said(one, state)].append(one.id)
    for same in alike.values():
        found |= set(sorted(same, key=lambda one: order[one])[1:])
    return found


def _turn(report: Report) -> tuple[bool, str, str, str]:
    return report.published is None, str(report.published or ""), str(report.captured or ""), report.id


def _said(claim: Claim, state: State) -> tuple[object, ...]:
    place = claim.place.path if claim.place else ()
    rooted = state.linked.roots.get(claim.id)
    root = str(rooted.root) if rooted else ""
    return root, str(claim.harm), claim.quantity.words, claim.group.words.casefold(), place, claim.stance


# --- rows -------------------------------------------------------------------------------------------------------------


def _claim(one: Claim, group: str, incident: str, state: State, fresh: bool, decided: History, part: Part) -> Rows:
    report, interval = state.reports[one.report], state.figures[one.id]
    root = state.linked.roots[one.id].root
    by_hand = {one.coder.name} if one.coder.kind == "person" else set[str]()
    return {
        "claim": one.id, "report": one.report, "group": group, "incident": incident, "start": one.anchor.start,
        "harm": str(one.harm), "status": one.group.status, "people": one.group.words, "root": str(root),
        "named": int(root.named), "low": interval.low, "high": interval.high, "words": one.quantity.words,
        "place": place_key(one.place), "first": _day(one.period and one.period.start),
        "last": _day(one.period and one.period.end), "said": _day(one.said), "stance": one.stance, "reach": one.reach,
        "reads": len(decided.readers.get(one.id, frozenset()) | by_hand), "fresh": int(fresh),
        "published": _day(report.published), "outlet": report.outlet,
        "data": cache.packed(one) if one.id not in part.read_ids or one.id in decided.made else None,
    }  # fmt: skip


def _day(day: object) -> str:
    return str(day) if day else ""


def place_key(place: Place | None) -> str:
    """What a place goes by in the tables: its id, else its path and name; "" for none."""
    if place is None:
        return ""
    return place.id or " > ".join((*place.path, place.name or place.words))


def _place(place: Place) -> Rows:
    return {
        "place": place_key(place), "name": place.name or place.words, "path": " > ".join(place.path), "lat": place.lat,
        "lon": place.lon, "precision": place.precision, "data": cache.packed(place),
    }  # fmt: skip


def _incident(one: Incident, group: str, incidents: Sequence[Incident], state: State, told: Sequence[Rows]) -> Rows:
    below = [other.id for other in incidents if other.parent == one.id]
    mine = [row for row in told if row["incident"] == one.id or row["incident"] in below]
    period = one.scope.period
    return {
        "incident": one.id, "group": group, "kind": one.kind, "parent": one.parent, "title": one.title,
        "code": one.code, "once": " ".join(one.once), "claims": len(mine), "within": len(below),
        "reports": len({row["report"] for row in mine}), "roots": len({row["root"] for row in mine if row["named"]}),
        "read": sum(row["reads"] > 0 for row in mine), "largest": max((row["low"] for row in mine), default=0),
        "first": _day(period and period.start), "last": _day(period and period.end),
        "place": place_key(one.scope.place),
    }  # fmt: skip


def problem(one: Problem, group: str, state: State | None) -> Rows:
    return {
        "problem": one.id, "group": group, "report": one.report, "kind": one.kind,
        "stake": state.at_stake(one) if state else 0, "claims": len(one.claims),
        "proposes": one.proposes.verb if one.proposes else "", "data": cache.packed(one),
    }  # fmt: skip


def problems_apart(connection: Connection, current: Iterable[str]) -> dict[str, Rows]:
    """The problems of no group, by id."""
    unread = cache.of_reports(connection, built.unread, Problem, current)
    across = [one for _, one in cache.values(connection, built.undecided, Problem)]
    return {one.id: problem(one, "", None) for one in (*across, *unread)}


def _voices(group: str, claims: Iterable[Claim]) -> Iterator[Rows]:
    count: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[Any, str]] = {}
    for claim in claims:
        for voice in claim.voices:
            key = (voice.name, voice.canonical)
            count[key] += 1
            first.setdefault(key, (voice, claim.report))
    for (name, canonical), (voice, report) in first.items():
        yield {
            "group": group, "name": name, "canonical": canonical, "kind": voice.kind, "connection": voice.connection,
            "protected": int(voice.protected), "anonymous": int(voice.anonymous), "claims": count[name, canonical],
            "report": report,
        }  # fmt: skip


# --- who must not be named ----------------------------------------------------------------------------------------


ON_PERSONS = ("protect", "request", "answer a request")


def hidden_row(group: str, claims: Sequence[Claim], state: State) -> Rows:
    """Whom the claims of one group protect. The union over groups hides no less than the whole case would.

    What people decided on somebody is no part of it: the row stays when they decide otherwise.
    """
    found = hidden(claims, state.answers, [one for one in state.decisions if one.verb not in ON_PERSONS])
    named = sorted({name for one in claims for name in one.group.names})
    return {"group": group, "data": _hidden_data(found, named)}


def answers_alone(connection: Connection) -> list[Answer]:
    """The answers in reports whose claims no group holds."""
    holding = sa.select(tables.claims.c.report)
    query = sa.select(built.answers.c.data).where(built.answers.c.report.not_in(holding))
    return [cache.unpacked(Answer, one) for one in connection.execute(query).scalars()]


def hidden_in(group: str, claims: Sequence[Claim], answers: Sequence[Answer]) -> Rows:
    """Whom claims and answers protect that no group counts."""
    return {"group": group, "data": _hidden_data(hidden(claims, answers, []), [])}


def _hidden_data(found: Hidden, named: Sequence[str]) -> str:
    described = {key: sorted(words) for key, words in found.described.items()}
    told = {
        "names": sorted(found.names), "described": described, "consented": sorted(found.consented),
        "phrases": sorted(found.phrases), "named": list(named),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=True)


def hidden_of(found: Iterable[str]) -> tuple[Hidden, set[str]]:
    """All rows as one; and the names of the harmed that stand in claims."""
    names, described, words_of = set[str](), dict[str, frozenset[str]](), Shared()
    consented, phrases, named = set[str](), set[str](), set[str]()
    for one in found:
        told = json.loads(one)
        names |= set(told["names"])
        for report, words in told["described"].items():
            if words:
                described[report] = words_of(frozenset(words) | described.get(report, frozenset()))
        consented |= set(told["consented"])
        phrases |= set(told["phrases"])
        named |= set(told["named"])
    shown = frozenset(name for name in names if name.casefold() not in consented)
    return Hidden(shown, described, frozenset(consented), frozenset(phrases)), named
