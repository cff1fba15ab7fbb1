"""What the API tells of incidents: some, one with its figures, its ladder, why a figure, what a link would change.

An episode can hold many thousand claims: of one, only what its figures rest on is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.desk import tables
from cenotaph.desk.assessing import drafts_for
from cenotaph.desk.beside import Compared
from cenotaph.desk.incident_page import opened, page, told_why
from cenotaph.desk.incidents import Asked, apart, find, meant, titled
from cenotaph.desk.one_incident import One
from cenotaph.desk.part_tree import Node
from cenotaph.vocabulary import Problem
from cenotaph.web.api import answers as told
from cenotaph.web.api.as_told import as_told
from cenotaph.web.api.asking import MOST, Looking

__all__ = ["incident", "incident_line", "incidents", "ladders", "one_of", "why"]


def incidents(
    look: Looking, first: int, most: int, asked: Asked, *, kind: str = "", parent: str = ""
) -> told.Incidents:  # fmt: skip
    """Those with most claims first."""
    table, places = tables.incidents, tables.places.c
    where = meant(asked)
    where += [table.c.kind == kind] if kind else []
    where += [table.c.parent == parent] if parent else []
    order = (table.c.claims.desc(), table.c.incident)
    name = sa.select(places.name).where(places.place == table.c.place).correlate(table).scalar_subquery()
    query = sa.select(table, name.label("place_name")).where(*where).order_by(*order)
    rows = apart(look.desk, look.desk.rows(query.limit(most).offset(first)))
    items = tuple(incident_line(titled(row, look.veil)) for row in rows)
    return told.Incidents(items, first, look.total(table, where))


def incident_line(row: Mapping[str, Any]) -> told.IncidentLine:
    """A row that is masked already."""
    return as_told(told.IncidentLine, row, id=str(row["incident"]), place=row["place_name"] or "")


def one_of(look: Looking, name: str) -> One | None:
    """By its id, its code, or a code that leads to it."""
    row = find(look.desk, name)
    return None if row is None else One(look.desk, row, look.unmasked)


def incident(look: Looking, one: One) -> told.OneIncident:
    found = opened(one)
    tolls, held = list(one.raw_tolls.values()), found.held
    accused = (
        told.Accused(each.root, each.party, tuple(rung.toll for rung in each.figures)) for each in found.accused
    )  # fmt: skip
    return told.OneIncident(
        found.incident, look.seen(one.id), tuple(one.shown(each) for each in tolls),
        tuple(_side_by_side(each) for each in found.compared), tuple(accused),
        tuple(one.shown(each) for each in one.answers(tolls)),
        tuple(part for tree in found.trees for part in _parts(tree, 0)), tuple(held.assessments), tuple(held.ledgers),
        found.grade, tuple(_drafts(look, one)), tuple(_problems(look, one)), tuple(found.days),
    )  # fmt: skip


def _side_by_side(found: Compared) -> told.SideBySide:
    pairs = tuple(told.TwoRoots(one.rung.toll, other.rung.toll, check) for one, other, check in found.pairs)
    return told.SideBySide(found.harm, found.support, found.roots, found.total, pairs)


def _parts(node: Node, depth: int) -> Iterator[told.PartOf]:
    """A tree laid flat: each figure before what is below it."""
    lists = tuple(as_told(told.PartsList, one) for one, _ in node.sums)
    below = [each for _, parts in node.sums for each in parts]
    overlays, loose = (tuple(each.claim.id for each in some) for some in (node.overlays, node.loose))
    yield told.PartOf(depth, node.claim, node.count, node.reads, lists, overlays, loose)
    for each in (*below, *node.overlays, *node.loose):
        yield from _parts(each, depth + 1)


def _drafts(look: Looking, one: One) -> Iterator[told.OneProblem]:
    for key, each in drafts_for(one):
        offer = each.proposes.details if each.proposes else {}
        stake = max((int(cell.get("high") or cell.get("low") or 0) for cell in offer.get("cells", ())), default=0)
        yield told.OneProblem(key, each, stake, look.seen(key))


def _problems(look: Looking, one: One) -> list[told.OneProblem]:
    """What is open on the claims that are told of here."""
    problems, claims = tables.problems.c, tables.claims.c
    order = (problems.stake.desc(), problems.claims.desc(), problems.problem)
    rows = look.desk.rows(sa.select(tables.problems).where(problems.group == one.group).order_by(*order))
    held = [(row, cache.unpacked(Problem, row["data"])) for row in rows]
    if one.row["kind"] != "episode":
        named = sa.select(claims.claim).where(claims.incident == one.id)
        mine = set(look.desk.rows(named, scalars=True))
        held = [(row, each) for row, each in held if mine & set(each.claims)]
    return [look.problem_line(row, each) for row, each in held[:MOST]]


def ladders(one: One, harm: str, start: int, day: str) -> told.Ladders:
    """As it could be known on a day; of one harm from a rung on, or of all."""
    found, later, when = page(one, harm, start, day)
    return told.Ladders(tuple(as_told(told.Ladder, each) for each in found), when, later)


def why(one: One, toll: str) -> told.Why | None:
    found = told_why(one, toll)
    if found is None:
        return None
    quotes = tuple(as_told(told.QuotedClaim, each) for each in found.quotes.values())
    return told.Why(found.toll, found.sentence, quotes)
