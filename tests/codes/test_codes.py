"""The codes as data: each with its source, none twice, and all that point to each other meet."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from cenotaph.numbers import rules_from
from cenotaph.vocabulary import Comparator, Harm, Quantity

FOLDER = Path(__file__).resolve().parents[2] / "src/cenotaph/codes"
OURS = ("comparators", "events", "grades", "harms", "involvement", "means", "numbers", "organisations", "precision",
        "statuses")  # fmt: skip


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def entries(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, found in table(name).items():
        yield from ((kind, entry) for entry in found)


LISTED = [name for name in OURS if name != "numbers"]
ORGANISATIONS = table("organisations")
RULES = rules_from(table("numbers"))
COMPARED = [word for word in get_args(Comparator) if word not in ("plural", "none")]


@pytest.mark.parametrize("name", LISTED)
def test_every_entry_says_where_it_comes_from(name: str) -> None:
    assert [entry for _, entry in entries(name) if not str(entry.get("source", "")).strip()] == []


@pytest.mark.parametrize("name", [name for name in LISTED if name != "organisations"])
def test_no_code_stands_twice_in_its_list(name: str) -> None:
    codes = Counter((kind, entry["code"]) for kind, entry in entries(name))
    assert [code for code, times in codes.items() if times > 1] == []


# --- harms, means -----------------------------------------------------------------------------------------------------


def test_every_harm_hangs_on_a_branch_and_is_of_a_kind_that_can_be_counted() -> None:
    harms = table("harms")
    branches = {branch["code"] for branch in harms["branch"]}
    for harm in harms["harm"]:
        assert harm["parent"] in branches
        assert harm["counts"] in ("cumulative", "stock")
        assert harm["object"] in ("people", "property", "service")
        assert str(Harm.parse(harm["code"])) == harm["code"]


def test_a_harm_without_a_code_in_a_standard_says_so_with_an_empty_string() -> None:
    for harm in table("harms")["harm"]:
        assert {"huridocs", "acled", "ucdp", "plover", "hxl"} <= set(harm), harm["code"]
        assert harm["huridocs"] == "" or (harm["huridocs"].isdigit() and len(harm["huridocs"]) % 2 == 0)


def test_every_means_has_a_cause_of_the_indicator_or_none() -> None:
    means = table("means")
    causes = {cause["code"] for cause in means["cause"]} | {""}
    assert {entry["cause"] for entry in means["means"]} <= causes


@pytest.mark.parametrize("language", sorted(path.stem for path in (FOLDER.parent / "read/languages").glob("*.toml")))
def test_the_words_of_a_language_lead_to_codes_that_exist(language: str) -> None:
    words = tomllib.loads((FOLDER.parent / f"read/languages/{language}.toml").read_text("utf-8"))
    harms = {harm["code"] for harm in table("harms")["harm"]}
    assert set(words.get("means", {})) <= {entry["code"] for entry in table("means")["means"]}
    assert {code for harm in words.get("harm", ()) for code in Harm.parse(harm["code"]).codes} <= harms
    statuses = {entry["code"] for entry in table("statuses")["status"]}
    assert {group["status"] for group in words.get("people", ()) if "status" in group} <= statuses


# --- organisations ----------------------------------------------------------------------------------------------------


def test_a_name_leads_to_one_organisation() -> None:
    everywhere = Counter(name for one in ORGANISATIONS["organisation"] for name in _names(one))
    assert [name for name, times in everywhere.items() if times > 1] == []


def test_a_local_name_leads_to_one_organisation_of_its_country_and_to_none_elsewhere() -> None:
    local = Counter((one["country"], name) for one in ORGANISATIONS["organisation"] for name in one.get("local", ()))
    assert [name for name, times in local.items() if times > 1] == []
    everywhere = {name for one in ORGANISATIONS["organisation"] for name in _names(one)}
    clash = {name for _, name in local if name in everywhere}
    assert clash == {"RSF"}, "RSF names journalists' defenders everywhere, a force in Sudan: its entry says so"


def test_no_description_that_names_nobody_is_an_alias() -> None:
    generic = {word for entry in ORGANISATIONS["generic"] for word in entry["words"]}
    assert generic & {name for one in ORGANISATIONS["organisation"] for name in _names(one)} == set()


def test_nobody_speaks_for_two_organisations() -> None:
    people = Counter(name for one in ORGANISATIONS["organisation"] for name in one.get("spokespeople", ()))
    assert [name for name, times in people.items() if times > 1] == []


def test_names_are_written_without_stray_spaces_and_none_is_empty() -> None:
    for one in ORGANISATIONS["organisation"]:
        for name in (*_names(one), *one.get("local", ()), *one.get("spokespeople", ())):
            assert name and name == " ".join(name.split()), one["canonical"]


def _names(organisation: dict[str, Any]) -> list[str]:
    return [organisation["canonical"], *organisation["aliases"]]


# --- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_set_knows_every_comparator_and_the_same_magnitudes(name: str) -> None:
    assert set(RULES[name].spreads) == set(COMPARED)
    assert set(RULES[name].plurals) == set(RULES["plain"].plurals)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_interval_of_a_rule_set_rises(name: str) -> None:
    for said in [Quantity("n", word, 746, 800) for word in COMPARED] + [
        Quantity("n", "plural", int(size) if size else None) for size in RULES[name].plurals
    ]:
        interval = said.interval(RULES[name])
        ends = [end for end in (interval.low, interval.best, interval.high) if end is not None]
        assert ends == sorted(ends), said


def test_every_line_of_a_rule_set_has_its_source() -> None:
    for lines in table("numbers").values():
        assert lines["source"] and lines["beyond_source"] and lines["label"]
        assert all(line["source"] for kind in ("spreads", "plurals") for line in lines[kind].values())


LINE = {"low": 1, "best": 1, "high": 1, "source": "a source"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"low": 1, "best": 1, "high": 1}, "needs low, best, high and source"),
        (LINE | {"low": 2}, "rise from 0"),
        (LINE | {"best": 3}, "rise from 0"),
        (LINE | {"low": -1}, "rise from 0"),
        (LINE | {"high": "none"}, "high is a number or 'open'"),
        (LINE | {"best": "open"}, "best is a number or 'none'"),
        (LINE | {"low": "open"}, "low is a number"),
        (LINE | {"high": True}, "high is a number or 'open'"),
    ],
)
def test_a_line_that_says_less_or_runs_backwards_is_refused(line: dict[str, Any], says: str) -> None:
    broken = {"plain": {"source": "ours", "beyond": 0, "spreads": {"exact": line}, "plurals": {}}}
    with pytest.raises(ValueError, match=says):
        rules_from(broken)


@pytest.mark.parametrize("missing", ["source", "beyond", "spreads", "plurals"])
def test_a_rule_set_that_lacks_a_part_is_refused_with_its_name(missing: str) -> None:
    whole = {"source": "ours", "beyond": 0, "spreads": {}, "plurals": {}}
    with pytest.raises(ValueError, match=f"'plain' lacks {missing}"):
        rules_from({"plain": {key: value for key, value in whole.items() if key != missing}})
