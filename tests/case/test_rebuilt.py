"""After any sequence of adds and decisions, what was built step by step equals what is built anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cenotaph.case import Case
from cenotaph.case.tables import CACHE
from tests.case.simple import READER, captured, new_case
from tests.case.test_case import decision

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 9), st.sampled_from(["", "https://wire.example/a", "https://wire.example/b"])),
        st.tuples(st.sampled_from(["accept", "reject", "undo", "forget"]), st.integers(0, 5), st.just("")),
        st.tuples(st.just("build"), st.just(0), st.just("")),
    ),
    max_size=12,
)  # fmt: skip


def taken(case: Case, verb: str, number: int, url: str) -> None:
    claims, reports, decided = case.claims(), case.reports(), case.decisions()
    if verb == "add":
        list(case.add([captured(f"{number} killed, {number} injured.", url=url)], who="Observer"))
    elif verb == "build":
        case.build()
    elif verb == "forget" and reports:
        case.forget(reports[number % len(reports)].id, who="Editor", why="a reason")
    elif verb == "undo" and decided:
        case.decide(decision("undo", decided[number % len(decided)].id))
    elif verb in ("accept", "reject") and claims:
        case.decide(decision(verb, claims[number % len(claims)].id))


def rows(case: Case) -> dict[str, list[tuple[object, ...]]]:
    with case.engine.connect() as connection:
        return {table.name: sorted(map(tuple, connection.execute(sa.select(table)))) for table in CACHE}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_step_by_step_equals_anew_row_for_row(steps: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = new_case(Path(folder) / "case")
        for step in steps:
            taken(case, *step)
        case.build()
        built = rows(case)
        with case.engine.begin() as connection:
            for table in CACHE:
                connection.execute(sa.delete(table))
        Case(case.folder, reader=READER).build()
        assert rows(case) == built
        assert case.verify() == []
        case.engine.dispose()
