"""Words in the one spelling, and what a typed word finds: cases in test_words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cenotaph.desk import tables
from cenotaph.desk.families import family
from cenotaph.desk.search_asked import in_words
from cenotaph.desk.wanted import spelled, wanted
from cenotaph.desk.words import bare, drop, store, tokens
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Report

FILE = tomllib.loads(Path(__file__).with_name("test_words.toml").read_text(encoding="utf-8"))
CASES: list[Mapping[str, Any]] = FILE["case"]
REPORTS = {name: Report.of_text(text) for name, text in FILE["texts"].items()}


@pytest.fixture(scope="module")
def index() -> Iterator[sa.Connection]:
    """The texts, each a report, in tables of their own."""
    with sa.create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE claims (id TEXT)")  # which the desk's tables put an index on
        connection.exec_driver_sql("CREATE TABLE group_roots (id TEXT)")
        connection.exec_driver_sql("CREATE TABLE journal (at TEXT)")
        tables.make(connection)
        blank = {column.name: "" if isinstance(column.type, sa.Text) else 0 for column in tables.reports.c}
        rows = [{**blank, "report": one.id, "position": at, "newest": 1} for at, one in enumerate(REPORTS.values(), 1)]
        connection.execute(sa.insert(tables.reports), rows)
        store(connection, list(REPORTS.values()))
        yield connection


def found(index: sa.Connection, query: str, veil: Veil | None = None) -> set[str]:
    """The names of the texts that a search finds."""
    asked = wanted(index, query, veil)
    if asked.nothing:
        return set()
    ids = set(index.execute(sa.select(tables.reports.c.report).where(*in_words(index, asked, veil))).scalars())
    return {name for name, one in REPORTS.items() if one.id in ids}


@pytest.mark.parametrize("case", CASES, ids=[f"{at} {one['query']}" for at, one in enumerate(CASES)])
def test_a_search_finds_what_it_must_and_nothing_that_it_must_not(
    index: sa.Connection, case: Mapping[str, Any]
) -> None:
    names = found(index, case["query"])
    assert set(case.get("finds", ())) <= names
    assert not set(case.get("misses", ())) & names


@pytest.mark.parametrize("case", CASES, ids=[f"{at} {one['query']}" for at, one in enumerate(CASES)])
def test_what_the_index_finds_the_text_itself_holds_and_marks(index: sa.Connection, case: Mapping[str, Any]) -> None:
    asked = wanted(index, case["query"], None)
    for name in found(index, case["query"]):
        text = REPORTS[name].text
        assert asked.holds(text)
        assert list(asked.marks(text))
    for name in case.get("misses", ()):
        assert not asked.holds(REPORTS[name].text)


def test_what_else_is_looked_for_is_told_in_the_letters_that_were_typed(index: sa.Connection) -> None:
    told = spelled(wanted(index, "والقتلى", None))
    assert "قتلى" in told["والقتلى"] and not [one for one in told["والقتلى"] if one.endswith("لي")]
    assert list(told) == ["والقتلى"]


def test_words_beyond_the_twentieth_are_told_to_be_left_out(index: sa.Connection) -> None:
    asked = wanted(index, "killed " * 30, None)
    assert (len(asked.parts), asked.left_out) == (20, 10)


def test_a_hidden_name_leads_nowhere_in_any_spelling(index: sa.Connection) -> None:
    veil = Veil(Hidden(frozenset({"Banias"})))
    assert "banias_en" in found(index, "Banias")
    for query in ("Banias", "banias", '"Banias"', '"port of Banias"', "BANIAS", "بانياس", "Baniyas", "Banyas"):
        assert "banias_en" not in found(index, query, veil)


def test_what_stands_beside_a_hidden_name_is_still_found(index: sa.Connection) -> None:
    veil = Veil(Hidden(frozenset({"Banias"})))
    assert "banias_en" in found(index, "shelling port", veil)
    assert "banyas_ar" in found(index, "بانياس", veil)


def test_no_word_of_a_text_keeps_a_capital_a_mark_or_a_sign() -> None:
    for text in FILE["texts"].values():
        for word in tokens(text):
            assert word == bare(word) and word.isalnum()


def test_a_report_that_is_gone_is_found_no_more() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE claims (id TEXT)")
        connection.exec_driver_sql("CREATE TABLE group_roots (id TEXT)")
        connection.exec_driver_sql("CREATE TABLE journal (at TEXT)")
        tables.make(connection)
        one = REPORTS["german"]
        blank = {column.name: "" if isinstance(column.type, sa.Text) else 0 for column in tables.reports.c}
        connection.execute(sa.insert(tables.reports), {**blank, "report": one.id, "position": 1, "newest": 1})
        store(connection, [one])
        assert found(connection, "Mann") == {"german"}
        drop(connection, [one.id])
        assert found(connection, "Mann") == set()


def test_a_word_that_stands_only_in_what_is_hidden_leaves_no_report_out(index: sa.Connection) -> None:
    one = REPORTS["banias_en"]
    veil = Veil(Hidden(described={one.id: ["the port of Banias"]}))
    shown = veil.words(one.text, one.id)
    assert "banias_en" not in found(index, "shelling -port") and "banias_en" in found(index, "shelling -port", veil)
    assert wanted(index, "shelling -port", veil).holds(shown) and not wanted(index, "shelling port", veil).holds(shown)
    assert not wanted(index, "shelling -days", veil).holds(shown)


@pytest.mark.parametrize("name", ["شهيد", "قتيل", "جريح", "طفل", "امرأة", "مدني", "منزل", "قتل", "أصيب"])
def test_every_form_of_a_family_leads_back_to_it(name: str) -> None:
    forms = family(bare(name))
    assert len(forms) > 20
    for form in forms:
        assert bare(name) in family(form) or bare(name) not in forms, form


@pytest.mark.parametrize("word", ["", "zebra", "وزارة", "بالغ", "فجر", "كتبوا", "بال", "ول", "12", "kill", "sever7"])
def test_a_word_that_is_not_listed_has_no_family(word: str) -> None:
    assert not family(bare(word))


@pytest.mark.parametrize("name", ["word_forms", "search_words"])
def test_every_list_of_words_says_where_it_comes_from(name: str) -> None:
    table = tomllib.loads(files("cenotaph").joinpath("codes", f"{name}.toml").read_text("utf-8"))
    lists = [one for some in table.values() for one in (some.values() if "source" not in some else [some])]
    assert len(lists) > 1
    assert all(str(one["source"]).strip() for one in lists)
