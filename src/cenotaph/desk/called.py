"""What an id stands for, so that a line can call a thing by its name and lead to it; the id stays beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case.sheets import shown_name
from cenotaph.case.victims import Victim
from cenotaph.desk import Desk, tables
from cenotaph.desk.incidents import titled, with_places
from cenotaph.desk.persons import listed, persons, rows_of
from cenotaph.desk.told_apart import Facts
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Problem

__all__ = ["KINDS", "Called", "called", "ids_in"]

KINDS = ("report", "claim", "incident", "episode", "problem", "decision", "victim", "listed")
"""What an id may begin with."""
_ID = re.compile(rf"(?:{'|'.join(KINDS)}):\S+")
MOST = 400
"""Ids that are looked up for one page: what a decision rests on may be long, and the rest goes by its id."""


@dataclass(frozen=True, slots=True)
class Called:
    """One thing as it may be shown. `words` are its head, title, figure, sentence or name; `people` and `harm` are a
    claim's, `verb` a decision's, `who` is who says or decided it, `at` the day or the moment; `leads` is its page;
    `apart` tells the place of an incident from others of its name.
    """

    id: str
    kind: str
    words: str = ""
    leads: str = ""
    people: str = ""
    harm: str = ""
    verb: str = ""
    who: str = ""
    at: str = ""
    apart: Facts = ()


def ids_in(value: Any) -> list[str]:
    """The ids that a detail of a decision consists of; none where it holds anything else.

    >>> ids_in("claim:00ff"), ids_in(["claim:1", "claim:2"]), ids_in("see claim:1"), ids_in(3)
    (['claim:00ff'], ['claim:1', 'claim:2'], [], [])
    """
    some = value if isinstance(value, (list, tuple)) else [value]
    found = [one for one in some if isinstance(one, str) and _ID.fullmatch(one)]
    return found if len(found) == len(some) else []


def called(desk: Desk, ids: Iterable[str], veil: Veil | None) -> Mapping[str, Called]:
    """By id what a case holds of them; who was forgotten, settled or built away is not among it."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in list(dict.fromkeys(ids))[:MOST]:
        by_kind[one.partition(":")[0]].append(one)
    found: dict[str, Called] = {}
    for kind, look in _LOOKS.items():
        if by_kind[kind]:
            found |= {one.id: one for one in look(desk, by_kind[kind], veil)}
    return found


def _reports(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    table = tables.reports.c
    query = sa.select(table.report, table.title, table.outlet, table.name, table.published)
    for row in desk.rows(query.where(table.report.in_(ids))):
        key = str(row["report"])
        words = head(row["title"], row["outlet"], row["name"], key)
        yield Called(key, "report", _shown(words, key, veil), f"/report/{key}", at=row["published"])


def _claims(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    table = tables.claims.c
    columns = (table.claim, table.report, table.words, table.low, table.people, table.harm, table.root, table.outlet)
    query = sa.select(*columns, table.named, table.published).where(table.claim.in_(ids))
    for row in desk.rows(query):
        key, report = str(row["claim"]), str(row["report"])
        teller = row["root"] if row["named"] else row["outlet"]
        words, people, who = (_shown(str(one), report, veil) for one in (row["words"], row["people"], teller))
        yield Called(
            key, "claim", words or str(row["low"]), f"/report/{report}?at={key}", people, row["harm"], who=who,
            at=row["published"],
        )  # fmt: skip


def _incidents(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    for row in with_places(desk, tables.incidents.c.incident.in_(ids)):
        key = str(row["incident"])
        told = titled(row, veil)
        yield Called(key, row["kind"], told["title"], f"/incidents/{key}", apart=told.get("apart", ()))


def _problems(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    table = tables.problems.c
    for row in desk.rows(sa.select(table.problem, table.data).where(table.problem.in_(ids))):
        one, key = cache.unpacked(Problem, row["data"]), str(row["problem"])
        yield Called(key, "problem", (one if veil is None else veil(one)).what, f"/problems/{key}")


def _decisions(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    table = tables.decisions.c
    query = sa.select(table.decision, table.verb, table.who, table.at).where(table.decision.in_(ids))
    for row in desk.rows(query):
        key = str(row["decision"])
        yield Called(key, "decision", leads=f"/journal?about={key}", verb=row["verb"], who=row["who"], at=row["at"])


def _persons(desk: Desk, ids: list[str], veil: Veil | None) -> Iterator[Called]:
    """Victims by their own id, and by that of one row of a list."""
    rows = [(str(row["victim"]), row["victim"], row["data"]) for row in desk.rows(
        sa.select(persons.c.victim, persons.c.data).where(persons.c.victim.in_(ids))
    )]  # fmt: skip
    query = sa.select(rows_of.c.row, persons.c.victim, persons.c.data)
    query = query.join(persons, persons.c.victim == rows_of.c.victim).where(rows_of.c.row.in_(ids))
    rows += [(str(row["row"]), row["victim"], row["data"]) for row in desk.rows(query)]
    for key, victim, data in rows:
        one = Victim(listed(data))
        name = one.name if veil is None else shown_name(one, veil)
        yield Called(key, "victim", name, f"/people/victims/{victim}")


_LOOKS = {
    "report": _reports, "claim": _claims, "incident": _incidents, "episode": _incidents, "problem": _problems,
    "decision": _decisions, "victim": _persons, "listed": _persons,
}  # fmt: skip


def _shown(words: str, report: str, veil: Veil | None) -> str:
    return words if veil is None else veil.words(words, report)
