"""A sheet that comes back is compared by parts as with the whole case: row by row, and in what it decides."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.deciding import Sight
from cenotaph.case.returned import Returned, Whole, compared_with, ids_in, sheets_in
from cenotaph.case.sheets import as_workbook
from cenotaph.desk import Desk
from cenotaph.desk.incoming import Ours, look
from cenotaph.desk.looking import hiding_by
from cenotaph.desk.returning import Parts
from cenotaph.desk.taking import take
from cenotaph.intake import Captured
from cenotaph.plain import dump
from cenotaph.publish.sheets import csv_lines
from cenotaph.vocabulary import Group
from tests.case.tabled import COAST, DESERT, HARBOUR, again, assessed, captured, claim, decide, decision, filled, reader
from tests.cli.sheeted import saved

NOON = dt.datetime(2025, 5, 1, 12, tzinfo=dt.UTC)
WHO = "A Reader"
SHEETS = ("claims", "incidents", "assessments", "problems", "victims")

# --- a case made up by chance, with people who are protected in every way -----------------------------------------

PLACES = ("Harbour", "East", "coast")
FIRST, LAST = ("Sami", "Rana", "Nabil", "Karim", "سمير"), ("Placeholder", "Beispiel", "Ejemplo", "Esempio", "مثالي")


def _person(rng: random.Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def _table(rng: random.Random, figure: int) -> dict[str, Any]:
    day = dt.date(2025, 3, 6) + dt.timedelta(days=rng.randrange(4))
    made: dict[str, Any] = {"exact": figure, "place": rng.choice(PLACES), "day": day}
    made |= rng.choice((
        {"root": "Monitor"}, {"root": "Network"}, {"root": "a monitor", "unnamed": True}, {"root": "المرصد"},
        {"resident": _person(rng), "known": _person(rng)}, {"resident": _person(rng)},
        {"root": "Office", "heard": _person(rng)},
    ))  # fmt: skip
    name = _person(rng)
    made |= rng.choice((
        {}, {"harm": "injured", "group": f"{name} and two others", "names": [name]}, {"group": name, "names": [name]},
        {"by": f"Colonel {name}"}, {"by": "gunmen"}, {"note": f"as {name} told us", "status": "civilian"},
        {"harm": "detained", "group": name, "names": [name], "age": "child"},
    ))  # fmt: skip
    return made


def _reports(seed: int) -> list[Captured]:
    rng = random.Random(seed)
    figures = iter(rng.sample(range(10, 900), 60))
    return [
        captured(
            *(_table(rng, next(figures)) for _ in range(rng.randint(1, 4))), outlet=f"Wire {number % 4}",
            published=dt.date(2025, 3, 8) + dt.timedelta(days=number), name=f"r{number} {_person(rng)}",
        )
        for number in range(12)
    ]  # fmt: skip


def _decided(case: Case, seed: int) -> None:
    """Every kind of decision that a sheet shows or asks about."""
    rng = random.Random(seed)
    decide(case, decision("protect", _person(rng), also=[_person(rng)]), decision("protect", "the baker of Harbour"))
    consenting = sorted(case.state().hidden().names)
    decide(case, *(decision("protect", name, consent=["publish"]) for name in consenting[:1]))
    some = rng.sample(case.claims(), 8)
    decide(case, *(decision("reject", one.id) for one in some[:2]))
    decide(case, *(decision("accept", one.id, who=who) for one, who in zip(some[2:5], (WHO, "B", WHO), strict=True)))
    for one in some[5:7]:
        right = replace(one, quantity=replace(one.quantity, base=(one.quantity.base or 0) + 1))
        decide(case, decision("correct", one.id, claim=dump(right)))
    incidents = [one for one in case.linked().incidents if one.kind == "incident"]
    decide(case, *(decision("grade", one.id, word="weak", source="B") for one in incidents[:2]))
    for each in incidents[:3]:
        relied = list(each.claims)[:2]
        decide(case, assessed(each.id, relied, 2000, 3000, harm=str(each.scope.harm), why=f"{_person(rng)} told us"))
    held, _ = case.state().assessments()
    decide(case, decision("withdraw", held[0].id))
    if len(held) > 1:
        decide(case, decision("sign off", held[1].id, who="B"))
    left = case.state().by_weight()
    decide(case, *(decision("settle", one.id) for one in left[1::4]))


@pytest.fixture(scope="module", params=[1, 2])
def chance(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("chance") / "case"
    case = filled(folder, *_reports(request.param))
    _decided(case, request.param)
    return desk_of(folder)


def desk_of(folder: Path) -> Desk:
    desk = Desk(Case(folder, reader=reader()))
    desk.fill()
    return desk


def _copy(desk: Desk, folder: Path) -> Desk:
    desk.case.engine.dispose()
    shutil.copytree(desk.case.folder, folder)
    return desk_of(folder)


@cache
def whole_of(desk: Desk, who: str = WHO) -> Whole:
    """Of a case as it is when this is first asked."""
    return Whole(desk.case, who)


def _rows(held: Whole | Parts, ids: Iterable[str]) -> dict[str, dict[str, list[Any]]]:
    wanted = set(ids)
    return {
        one.name: {str(row[0]): list(row) for row in one.rows if str(row[0]) in wanted} for one in held.sheets()
    }  # fmt: skip


def _ids(held: Whole) -> list[str]:
    return sorted(str(row[0]) for one in held.sheets() for row in one.rows)


def seen_by(desk: Desk, content: bytes) -> Ours:
    found = look(desk, content, "back.xlsx", who=WHO)
    assert isinstance(found, Ours)
    return found


# --- the same rows ----------------------------------------------------------------------------------------------------


def test_each_row_is_the_row_of_the_whole_case_masked_as_there(chance: Desk) -> None:
    whole = whole_of(chance)
    every = _ids(whole)
    assert any("[protected]" in str(row) for rows in _rows(whole, every).values() for row in rows.values())
    for seed in (1, 2):
        some = random.Random(seed).sample(every, len(every) // 3)
        parts = Parts(chance, [*some, "claim:0000000000000000", "no id", ""], WHO)
        assert _rows(parts, some) == _rows(whole, some)
        assert sum(len(one.rows) for one in parts.sheets()) == len(some), "and no others"
    assert _rows(Parts(chance, every, WHO), every) == _rows(whole, every)


def _same_rows(desk: Desk) -> None:
    whole = Whole(desk.case, WHO)
    told = {one.about for one in desk.case.decisions()} | {one.about for one in desk.history.all}
    parts = Parts(desk, every := [*_ids(whole), *told], WHO)
    assert _rows(parts, every) == _rows(whole, every)
    assert {name: parts.rows(name) for name in SHEETS} == {name: whole.rows(name) for name in SHEETS}
    known = {key: set(verbs) for key, verbs in whole.decided().items() if key in every}
    assert {key: set(verbs) for key, verbs in parts.decided().items() if key in every} == known


def test_so_it_is_where_a_reader_gives_every_claim_another_id(tmp_path: Path) -> None:
    reports = [captured(HARBOUR, HARBOUR | {"exact": 9, "place": "East"}, name="first"), captured(COAST, DESERT)]
    case = filled(tmp_path / "case", *reports)
    about = next(one.id for one in case.linked().incidents if claim(case, 31) in one.claims)
    right = next(one for one in case.claims() if one.quantity.base == 745)
    decide(case, decision("grade", about, word="weak"), assessed(about, [claim(case, 31)], 90, 95))
    decide(case, decision("accept", claim(case, 31), who=WHO), decision("withdraw", claim(case, 120)))
    decide(case, decision("correct", right.id, claim=dump(replace(right, group=Group("men", status="civilian")))))
    before = claim(case, 31), claim(case, 9)
    desk = Desk(again(case))
    desk.fill()
    assert claim(desk.case, 31) == before[0] and claim(desk.case, 9) != before[1]
    _same_rows(desk)


def test_so_it_is_of_reports_that_came_in_a_newer_version(tmp_path: Path) -> None:
    page = "https://wire.example/a"
    case = filled(tmp_path / "case", captured(HARBOUR, COAST, url=page), captured(COAST, name="second"))
    one = next(one for one in case.claims() if one.quantity.base == 745 and one.report == case.reports()[0].id)
    right = replace(one, quantity=replace(one.quantity, base=740))
    decide(case, decision("accept", claim(case, 31), who=WHO), decision("correct", one.id, claim=dump(right)))
    list(case.add([captured(HARBOUR, COAST, HARBOUR | {"exact": 5}, url=page)], who="Observer"))
    case.build()
    desk = desk_of(case.folder)
    assert any(one.details.get("carried") for one in desk.history.all), "decisions go on to the newer version"
    _same_rows(desk)


def test_as_many_rows_are_left_out_as_the_whole_case_has_beside(chance: Desk) -> None:
    whole, parts = whole_of(chance), Parts(chance, [], WHO)
    assert {name: parts.rows(name) for name in SHEETS} == {name: whole.rows(name) for name in SHEETS}
    assert all(whole.rows(name) for name in SHEETS), "every sheet of the case has rows"


def test_what_is_decided_already_is_known_of_what_stands_in_the_file(chance: Desk) -> None:
    for who in (WHO, "B", "Another"):
        whole = whole_of(chance, who)
        gone = [one.about for one in chance.case.decisions() if one.verb in ("reject", "settle")]
        some = {*_ids(whole), *gone}
        known = {key: set(verbs) for key, verbs in whole.decided().items() if key in some}
        assert known == {key: set(verbs) for key, verbs in Parts(chance, some, who).decided().items()}


def test_the_veil_hides_whom_the_whole_case_hides(chance: Desk) -> None:
    whole, shown = chance.case.state().hidden(), chance.plain_veil.hidden
    assert shown.names == whole.names and shown.phrases == whole.phrases and shown.consented == whole.consented
    described = [{key: set(words) for key, words in one.described.items() if words} for one in (whole, shown)]
    assert described[0] == described[1]
    assert whole.names


def test_on_a_page_in_another_language_a_masked_cell_is_no_change(chance: Desk) -> None:
    with hiding_by("[محمي]", "[protected]"):
        found = seen_by(chance, exported(chance))
    assert not found.asked and not found.problems


# --- the same decisions -----------------------------------------------------------------------------------------------

CELLS: Mapping[str, Sequence[tuple[str, Any]]] = {
    "claims": (("base", 7), ("harm", "injured"), ("decide", "accept"), ("decide", "reject"), ("sex", "male"),
               ("base", "about 30"), ("quote", "other words"), ("relation", "part"), ("place_name", "Jableh"),
               ("group", "[protected] and three"), ("low", 3), ("base", "{=1+1}"), ("why", "a reason alone")),
    "incidents": (("grade_source", "C"), ("grade_word", ""), ("grade_information", 2), ("title", "mine")),
    "assessments": (("decide", "sign off"), ("decide", "withdraw"), ("low", 4)),
    "problems": (("decide", "settle"), ("decide", "agree"), ("decide", "refuse"), ("decide", "perhaps")),
    "victims": (("name", "mine"),),
}  # fmt: skip


def exported(desk: Desk) -> bytes:
    return as_workbook(whole_of(desk).sheets(), "A test", made=NOON)


def _edits(desk: Desk, seed: int) -> dict[tuple[str, str, str], Any]:
    rng, made = random.Random(seed), {}
    for one in whole_of(desk).sheets():
        for row in rng.sample(list(one.rows), min(len(one.rows), 14)):
            column, value = rng.choice(CELLS[one.name])
            made[one.name, str(row[0]), column] = value
    return made


def _by_both(desk: Desk, content: bytes, name: str = "back.xlsx", who: str = WHO) -> tuple[Returned, Returned]:
    sheets = sheets_in(content, name)
    parts = Parts(desk, ids_in(sheets), who)
    told = [compared_with(held, sheets, name, who=who, when=NOON) for held in (whole_of(desk, who), parts)]
    return told[0], told[1]


def test_an_edited_workbook_asks_for_the_same_decisions(chance: Desk) -> None:
    content = exported(chance)
    asked = set()
    for seed in range(3):
        whole, parts = _by_both(chance, saved(content, _edits(chance, seed)))
        assert parts == whole
        asked |= {one.decision.verb for one in whole.asked}
        assert whole.problems
    assert {"accept", "correct", "reject", "grade", "settle"} <= asked


def test_so_does_one_of_which_rows_are_taken_out_and_ids_are_of_nothing(chance: Desk) -> None:
    def fewer(name: str, found: list[list[Any]]) -> list[list[Any]]:
        if name not in SHEETS:
            return found
        kind = found[1][0].partition(":")[0] if len(found) > 1 else name
        strange = [[f"{kind}:0123456789abcdef", *row[1:]] for row in found[1:2]]
        return [found[0], *found[1 : 1 + len(found) // 2], *strange]

    whole, parts = _by_both(chance, saved(exported(chance), change=fewer))
    assert parts == whole
    assert [one for one in whole.notes if "of its rows are not in the file" in one]
    assert [one.what for one in whole.problems if "nothing in this case has that id" in one.what]


def test_so_does_each_sheet_as_csv_even_without_a_row_or_marks(chance: Desk) -> None:
    for one in whole_of(chance).sheets():
        lines = list(csv_lines(one))
        for content in (lines, lines[:1], lines[:3]):
            whole, parts = _by_both(chance, "".join(content).encode(), "back.csv")
            assert parts == whole and not whole.asked
    few = f"id,base,decide\r\n{chance.case.claims()[0].id},33,\r\n{chance.case.claims()[1].id},,reject\r\n"
    whole, parts = _by_both(chance, few.encode(), "back.csv")
    assert parts == whole and [note for note in whole.notes if "compared with the case as it is now" in note]


def test_a_heading_that_stands_twice_is_refused_and_nothing_else_is_told(chance: Desk) -> None:
    content = f"id,base,base,as_written\r\n{chance.case.claims()[0].id},1,1,x\r\n".encode()
    whole, parts = _by_both(chance, content, "back.csv")
    assert parts == whole and len(whole.problems) == 1 and not whole.notes


def test_a_file_without_a_sheet_of_ours_is_refused_by_both(chance: Desk) -> None:
    sheets = sheets_in(b"id,base\r\nclaim:0123456789abcdef,3\r\n", "back.csv")
    for held in (whole_of(chance), Parts(chance, ids_in(sheets), WHO)):
        found = compared_with(held, sheets, "back.csv", who=WHO, when=NOON)
        assert not found.asked and "nothing in this case has that id" in found.problems[0].what
    nothing = sheets_in(b"a,b\r\n1,2\r\n", "back.csv")
    for held in (whole_of(chance), Parts(chance, ids_in(nothing), WHO)):
        with pytest.raises(CaseError, match="holds no sheet of an export"):
            compared_with(held, nothing, "back.csv", who=WHO, when=NOON)


# --- and the same lines in the journal --------------------------------------------------------------------------------


def test_what_is_written_is_what_the_whole_case_would_write(chance: Desk, tmp_path: Path) -> None:
    desk = _copy(chance, tmp_path / "case")
    content = saved(exported(desk), _edits(desk, 5))
    whole, _ = _by_both(desk, content)
    assert len(whole.asked) > 8
    asked = [replace(one.decision, why=one.decision.why or "a test") for one in whole.asked]
    seen, sheets = Sight(desk.case), sheets_in(content, "back.xlsx")
    wanted = []
    for one in asked:
        wanted.append(seen.checked(one))
        seen.take(wanted[-1])
    before = desk.case.decisions()
    held = Parts(desk, ids_in(sheets), WHO)
    compared_with(held, sheets, "back.xlsx", who=WHO, when=NOON)
    written = take(desk, asked, held)
    assert [dump(one) for one in written] == [dump(one) for one in wanted]
    assert desk.case.decisions()[: len(before)] == before
    assert [one.id for one in desk.case.decisions()[len(before) :]] == [one.id for one in written]
    assert desk.case.verify() == []
