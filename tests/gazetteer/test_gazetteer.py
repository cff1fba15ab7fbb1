"""Names come to the places that a reader of news would think of, and what is no name comes to nothing."""

from __future__ import annotations

import sqlite3
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Entry, Gazetteer
from cenotaph.gazetteer.store import Store

HERE = Path(__file__).parent
CODES = HERE.parents[1] / "src/cenotaph/codes"
GAZETTEER = Gazetteer.embedded()


def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def each_name(file: str, kind: str) -> list[Any]:
    cases = table(HERE / file)[kind]
    return [pytest.param(name, case, id=ascii(name)[:40]) for case in cases for name in case["names"]]


def paths(entries: tuple[Entry, ...]) -> list[list[str]]:
    return [list(entry.path) for entry in entries]


# --- find -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "case"), each_name("find.toml", "case"))
def test_a_name_is_found_with_the_likeliest_place_first(name: str, case: dict[str, Any]) -> None:
    found = paths(GAZETTEER.find(name, countries=case.get("in", ())))
    assert found[:1] == [case["first"]]
    assert case.get("also", case["first"]) in found
    assert case.get("not") not in found


@pytest.mark.parametrize(("name", "case"), each_name("find.toml", "nothing"))
def test_what_is_no_name_is_not_found(name: str, case: dict[str, Any]) -> None:
    assert paths(GAZETTEER.find(name, countries=("SY",))) == [], case["why"]


def test_a_very_long_name_is_no_name() -> None:
    for name in ("Latakia" * 100_000, "a " * 100_000, "Latakia" + " " * 100_000):
        assert GAZETTEER.find(name) == GAZETTEER.near(name, countries=("SY",)) == ()
        assert GAZETTEER.starts([name]) == 0


def test_a_country_that_is_not_known_changes_nothing() -> None:
    assert GAZETTEER.find("Homs", countries=("XX", "", "Syria")) == GAZETTEER.find("Homs")


def test_places_of_the_case_come_first_in_the_order_of_its_countries() -> None:
    found = GAZETTEER.find("San Miguel", countries=("PE", "SV"))
    homes = [entry.country for entry in found if entry.country in ("PE", "SV")]
    assert homes == sorted(homes) and {"PE", "SV"} <= set(homes)
    assert [entry.country for entry in found[: len(homes)]] == homes


def test_no_entry_stands_twice_in_an_answer() -> None:
    for name in ("Deir Ezzor", "Banyas", "Damascus", "Gaza Strip", "Jabla"):
        found = GAZETTEER.find(name, countries=("SY",))
        assert len({entry.id for entry in found}) == len(found)


# --- near -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "case"), each_name("near.toml", "case"))
def test_a_slip_of_the_pen_comes_to_the_name_that_was_meant(name: str, case: dict[str, Any]) -> None:
    assert paths(GAZETTEER.near(name, countries=case["in"]))[:1] == [case["path"]]


@pytest.mark.parametrize(("name", "case"), each_name("near.toml", "nothing"))
def test_a_bad_guess_is_not_made(name: str, case: dict[str, Any]) -> None:
    assert paths(GAZETTEER.near(name, countries=case["in"])) == [], case["why"]


def test_without_countries_only_the_names_of_countries_are_guessed_at() -> None:
    assert paths(GAZETTEER.near("Lebonan", countries=())) == [["Lebanon"]]
    assert GAZETTEER.near("Damascas", countries=()) == ()


def test_near_gives_places_of_the_countries_alone() -> None:
    for entry in GAZETTEER.near("Lattakya", countries=("SY", "XX")):
        assert entry.country == "SY"


# --- starts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", table(HERE / "starts.toml")["case"], ids=lambda case: ascii(" ".join(case["words"])))
def test_the_longest_name_at_the_head_of_a_text_is_measured(case: dict[str, Any]) -> None:
    assert GAZETTEER.starts(case["words"]) == case["length"]


# --- entries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "level", "precision"),
    [("Syria", "country", 6), ("Syrian coast", "region", 5), ("Idlib", "admin1", 4), ("Masyaf", "place", 1)],
)
def test_precision_is_what_the_level_allows(name: str, level: str, precision: int) -> None:
    first = GAZETTEER.find(name, countries=("SY",))[0]
    assert (first.level, first.precision) == (level, precision)


def test_a_base_known_by_a_point_nearby_is_a_place_of_precision_two() -> None:
    (base,) = GAZETTEER.find("Hmeimim", countries=("SY",))
    assert (base.level, base.precision, base.lat, base.lon) == ("place", 2, 35.40, 35.95)


def test_a_country_has_no_point() -> None:
    assert (GAZETTEER.find("Syria")[0].lat, GAZETTEER.find("Syria")[0].lon) == (None, None)


@pytest.mark.parametrize(("name", "level"), [("Syria", "country"), ("Asia", "region")])
def test_what_has_no_point_has_a_middle_for_comparing_distances(name: str, level: str) -> None:
    entry = GAZETTEER.find(name)[0]
    assert (entry.level, entry.precision, entry.lat, entry.lon) == (level, 6, None, None)
    assert entry.middle is not None


def test_a_state_is_put_at_its_middle_and_not_in_its_largest_town() -> None:
    state = GAZETTEER.find("Texas")[0]
    assert (state.lat, state.lon) == state.middle
    assert state.lat == pytest.approx(31.4, abs=0.5) and state.lon == pytest.approx(-98.5, abs=1)


def test_an_area_that_may_be_its_town_is_put_there_and_knows_its_middle() -> None:
    area = GAZETTEER.find("Aleppo", countries=("SY",))[0]
    assert area.level == "admin1"
    assert area.lat == pytest.approx(36.2, abs=0.05) and area.lon == pytest.approx(37.16, abs=0.05)
    assert area.middle is not None and area.middle != (area.lat, area.lon)


def test_a_town_knows_its_county() -> None:
    county = next(one for one in GAZETTEER.find("Scott County") if one.path[1] == "Indiana")
    town = next(one for one in GAZETTEER.find("Austin") if one.path[1] == "Indiana")
    assert (county.level, county.precision, town.below) == ("admin2", 3, county.id)


def test_an_area_of_mostly_empty_land_has_the_middle_that_people_typed() -> None:
    assert GAZETTEER.find("British Columbia")[0].middle == (54, -125)


def test_each_first_level_area_of_a_country_has_a_name_of_its_own_in_the_united_states() -> None:
    rows = GAZETTEER.store.rows("SELECT name FROM entry WHERE country = 'US' AND level = 'admin1'")
    assert len(rows) == len(set(rows)) == 51


def test_a_coast_covers_its_governorates_whole() -> None:
    coast = GAZETTEER.find("Syria's coast")[0]
    assert coast.covers == (("Syria", "Latakia"), ("Syria", "Tartus"))
    for path in coast.covers:
        assert path in [entry.path for entry in GAZETTEER.find(path[-1], countries=("SY",))]


def test_a_place_lies_where_it_is() -> None:
    jableh = GAZETTEER.find("Jableh", countries=("SY",))[0]
    assert jableh.lat == pytest.approx(35.36, abs=0.05) and jableh.lon == pytest.approx(35.93, abs=0.05)


def test_threads_get_the_same_answers() -> None:
    names = ["Latakia", "Homs", "حماة", "San Salvador", "nowhere at all", "Lebonan"] * 20
    fresh = Gazetteer(GAZETTEER.store, GAZETTEER.typed)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: (fresh.find(name), fresh.near(name, countries=("SY",))), names))
    assert found == [(GAZETTEER.find(name), GAZETTEER.near(name, countries=("SY",))) for name in names]


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_embedded_file_is_the_pinned_one() -> None:
    assert GAZETTEER.digest == (HERE.parents[1] / "tools/gazetteer.digest").read_text(encoding="ascii").strip()


def test_it_can_be_read_and_not_written() -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        GAZETTEER.store.rows("DELETE FROM name")


def test_a_gazetteer_that_was_never_built_is_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"build it with: python tools/build_gazetteer\.py"):
        Store(tmp_path / "world.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 200])
def test_a_damaged_gazetteer_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "world.sqlite"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="can't be read"):
        Store(file)


def test_a_gazetteer_of_another_spelling_rule_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "world.sqlite"
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    base.execute("INSERT INTO meta VALUES ('rule', '0')")
    base.commit()
    base.close()
    with pytest.raises(ValueError, match="built by spelling rule 0, expected"):
        Store(file)
