"""Who is named as harmed, and what kind of event words tell of: the cases of names.toml and kinds.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.read import open_page, read
from cenotaph.read.kinds import kinds
from cenotaph.vocabulary import Report
from cenotaph.world import Known, load

HERE = Path(__file__).parent
CODES = HERE.parents[1] / "src/cenotaph/codes"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in found]


@pytest.fixture(scope="module")
def world() -> Known:
    return load(countries=("SY",))


@pytest.mark.parametrize("case", cases("names"))
def test_who_is_named(case: dict[str, Any], world: Known) -> None:
    claims, _, _ = read(Report.of_text(case["text"], language="en"), world)
    named: dict[str, set[str]] = {}
    for claim in claims:
        for name in claim.group.names:
            named.setdefault(name, set()).update(claim.harm.codes)
    assert named == ({} if case.get("nobody") else {name: set(codes) for name, codes in case["named"].items()})


@pytest.mark.parametrize("case", cases("kinds"))
def test_what_kind_of_event_is_told_of(case: dict[str, Any], world: Known) -> None:
    report = Report.of_text(case["text"], language="en")
    told = kinds(open_page(report, world))
    assert (told[0].code if told else "") == case["kind"]
    assert all(one.where.of(report.text) for one in told)


def test_every_kind_that_words_lead_to_is_a_code(world: Known) -> None:
    known = {one["code"] for one in tomllib.loads((CODES / "events.toml").read_text("utf-8"))["event"]}
    assert {one["code"] for one in world.words("en")["event"]} == known


def test_an_arabic_text_names_nobody_by_capitals(world: Known) -> None:
    report = Report.of_text("اعتقلت الشرطة ثلاثة صحفيين في حماة.", language="ar")
    assert all(not claim.group.names for claim in read(report, world)[0])
    assert kinds(open_page(report, world)) == []
