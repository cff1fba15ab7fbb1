"""A case brings its own list of places, and what people decide about a place is known from then on."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from cenotaph.case import Case, CaseError, Settings
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.settings import read_settings, write_settings
from cenotaph.vocabulary import Decision, Place
from cenotaph.world import load
from tests.case.simple import captured

NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
CSV = "name,name_ar,admin1,lat,lon\nTall Zaytun village,تل زيتون,Idlib,35.5,36.5\n"
TEXT = "Twelve people were killed in Tall Zaytun on Monday."


def case_with(folder: Path, content: str | bytes = CSV, *, name: str = "places.csv") -> Case:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return Case.create(folder, settings=Settings(countries=("SY",), gazetteer=name))


def taken_in(case: Case, *texts: str) -> Case:
    list(case.add([captured(text, name=f"note {number}") for number, text in enumerate(texts)], who="A Reader"))
    case.build()
    return case


def where(case: Case) -> list[Place | None]:
    return [claim.place for claim in case.claims()]


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for number, row in enumerate(rows):
            (book.worksheets()[:1] or [book.add_worksheet("points")])[0].write_row(number, 0, row)
    return content.getvalue()


def place(case: Case, about: str, **details: Any) -> Decision:
    return case.decide(Decision("A Reader", NOW, "place", about, "the map of the team", details=details))


# --- its list ---------------------------------------------------------------------------------------------------------


def test_a_report_is_read_with_the_places_of_the_case(tmp_path: Path) -> None:
    (found,) = where(taken_in(case_with(tmp_path / "case"), TEXT))
    assert found is not None
    assert (found.path, found.lat, found.lon, found.precision) == (("Syria", "Idlib", "Tall Zaytun"), 35.5, 36.5, 1)


def test_so_is_one_in_arabic(tmp_path: Path) -> None:
    (found,) = where(taken_in(case_with(tmp_path / "case"), "قتل 12 مدنيا في قصف على بلدة تل زيتون يوم الاثنين."))
    assert found is not None and (found.words, found.name) == ("تل زيتون", "Tall Zaytun")


def test_a_list_that_changes_is_read_again(tmp_path: Path) -> None:
    taken_in(case_with(tmp_path / "case"), TEXT)
    (tmp_path / "case" / "places.csv").write_text(CSV.replace("35.5", "35.7"), encoding="utf-8")
    case = Case(tmp_path / "case")
    assert case.build().read == 1
    assert [one and one.lat for one in where(case)] == [35.7]
    assert case.build().read == 0


def test_the_setting_is_kept_with_the_others(tmp_path: Path) -> None:
    for store in ("", "postgresql://user@host/name"):
        known = Settings(title="T", countries=("SY",), store=store, gazetteer='a "list".csv')
        write_settings(tmp_path, known)
        assert read_settings(tmp_path) == known


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "can't be read: No such file"),
        ("", "it is empty"),
        ("what,lat,lon\nTall Zaytun,35.5,36.5\n", "no column for the name; found: what, lat, lon"),
        ("name,lat,lon\nTall Zaytun,136.5,36.5\n", "row 2: lat 136.5 is not between -90 and 90"),
        ("name,lat,lon,country\nTall Zaytun,35.5,36.5,Zaytunia\n", "no country 'Zaytunia'"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_list_that_cannot_be_used_stops_the_case_in_one_line(
    tmp_path: Path, content: str | bytes | None, says: str
) -> None:
    case = case_with(tmp_path / "case", content or b"")
    if content is None:
        (tmp_path / "case" / "places.csv").unlink()
    with pytest.raises(CaseError) as refused:
        case.build()
    assert says in str(refused.value) and "\n" not in str(refused.value)


def test_a_spreadsheet_and_a_dump_do_as_well(tmp_path: Path) -> None:
    rows = [("name", "admin1", "lat", "lon"), ("Tall Zaytun", "Idlib", 35.5, 36.5)]
    dump = "\t".join(
        [
            "900001",
            "Tall Zaytun",
            "Tall Zaytun",
            "",
            "35.5",
            "36.5",
            "P",
            "PPL",
            "SY",
            "",
            "12",
            *[""] * 7,
            "2020-01-01",
        ]
    )
    tabbed = "\n".join("\t".join(map(str, row)) for row in rows)
    for name, content in (("places.tsv", tabbed), ("SY.txt", dump), ("places.xlsx", as_xlsx(rows))):
        case = case_with(tmp_path / name, content, name=name)
        assert [one.lat for one in case.own_places.places().find("Tall Zaytun")] == [35.5]


def test_what_a_process_needs_to_know_can_be_sent_to_it(tmp_path: Path) -> None:
    case = case_with(tmp_path / "case")
    own = pickle.loads(pickle.dumps(case.own_places))
    assert own.world().digest == case.own_places.world().digest
    assert isinstance(own, OwnPlaces)


# --- decisions --------------------------------------------------------------------------------------------------------


def test_what_was_decided_about_a_name_holds_for_old_reports_and_new_ones(tmp_path: Path) -> None:
    text = "Twelve people were killed in Khan Zaytun on Monday."
    case = taken_in(case_with(tmp_path / "case"), text)
    place(case, "Khan Zaytun", lat=35.25, lon=36.25, inside="admin1:SY.12")
    case.build()
    assert [one and (one.lat, one.precision) for one in where(case)] == [(35.25, 1)]
    later = taken_in(Case(tmp_path / "case"), text, text.replace("Twelve", "Nine"))
    assert [one and one.lat for one in where(later)] == [35.25, 35.25]


def test_a_decision_on_a_name_reads_again_only_the_reports_that_may_hold_it(tmp_path: Path) -> None:
    other = "Nine people were killed in Saraqib on Monday."
    case = taken_in(case_with(tmp_path / "case"), TEXT, other)
    place(case, "Tall Zaytun", place="Sarmin")
    assert case.build().read == 1
    assert sorted(one.name for one in where(case) if one) == ["Saraqib", "Sarmin"]
    assert Case(tmp_path / "case").build().read == 0


def test_a_decision_undone_holds_no_more(tmp_path: Path) -> None:
    case = taken_in(case_with(tmp_path / "case"), TEXT)
    made = place(case, "Tall Zaytun", place="Saraqib")
    case.build()
    assert [one and one.name for one in where(case)] == ["Saraqib"]
    case.decide(Decision("A Reader", NOW, "undo", made.id, "it was the other one"))
    case.build()
    assert [one and one.name for one in where(case)] == ["Tall Zaytun"]


def test_the_later_of_two_decisions_on_a_name_holds(tmp_path: Path) -> None:
    case = taken_in(case_with(tmp_path / "case"), TEXT)
    place(case, "Tall Zaytun", place="Saraqib")
    place(case, "Tall Zaytun", place="Sarmin")
    case.build()
    assert [one and one.name for one in where(case)] == ["Sarmin"]


def test_a_decision_outlives_the_list_that_it_named_a_place_of(tmp_path: Path) -> None:
    case = taken_in(case_with(tmp_path / "case"), TEXT.replace("Tall Zaytun", "Zaytun Heights"))
    place(case, "Zaytun Heights", place="Tall Zaytun")
    (tmp_path / "case" / "places.csv").write_text("name,lat,lon\nKhan Zaytun,35.1,36.1\n", encoding="utf-8")
    later = Case(tmp_path / "case")
    later.build()
    assert [one and one.lat for one in where(later)] == [35.5]


@pytest.mark.parametrize(
    ("about", "details", "says"),
    [
        ("Tall Zaytun", {}, "it says which place the name means"),
        ("Tall Zaytun", {"place": "Umm Zaytunat"}, "no place 'Umm Zaytunat' is known"),
        ("Tall Zaytun", {"lat": 135.5, "lon": 36.5}, "lat is 135.5"),
        ("12", {"place": "Saraqib"}, "it is about a name"),
        ("Syria", {"place": "Saraqib"}, "that is a country's name"),
        ("", {"place": "Saraqib"}, "it is about a name"),
        ("claim:0123", {"place": "Saraqib"}, "nothing in this case has that id"),
    ],
)
def test_a_decision_that_places_nothing_is_not_written(
    tmp_path: Path, about: str, details: dict[str, Any], says: str
) -> None:
    case = case_with(tmp_path / "case")
    with pytest.raises(CaseError, match=says):
        place(case, about, **details)
    assert case.decisions() == []


def test_a_case_without_places_of_its_own_reads_with_the_world_alone() -> None:
    assert OwnPlaces(("SY",)).world() is load(countries=("SY",))
