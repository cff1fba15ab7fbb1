"""What claims are about: the cases of incidents.toml, and laws that hold for any claims in any order."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cenotaph.link import link
from cenotaph.vocabulary import Claim, Decision, Incident, Linked, Place, Report, Span
from tests.builders import claim_of, decision_of

TOLD = tomllib.loads((Path(__file__).parent / "incidents.toml").read_text("utf-8"))
CASES: list[dict[str, Any]] = TOLD["case"]
COUNTED = {"published": dt.date(2025, 3, 10)}


def place_of(name: str, of: str = "happened") -> Place:
    """A place of the table at the head of incidents.toml; any other name is that of a village in no list."""
    known = TOLD["places"].get(name, {})
    covers = tuple(tuple(path) for path in known.get("covers", ()))
    return Place(
        name, name if known else "", path=tuple(known.get("path", ())), precision=known.get("precision", 6),
        of=of, covers=covers,  # type: ignore[arg-type]
    )  # fmt: skip


class Held:
    """The reports, claims and decisions of one case; a claim goes by "report.claim", both counted from 1."""

    def __init__(self, reports: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]] = ()) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: dict[str, Claim] = {}
        for number, table in enumerate(reports, 1):
            self._read(number, table)
        self.names = {claim.id: name for name, claim in self.claims.items()}
        self.decisions: list[Decision] = []
        for table in decisions:
            self.decisions.append(self._decision(table))

    def _read(self, number: int, table: Mapping[str, Any]) -> None:
        lines = [f"{at}. {one}" for at, one in enumerate(table["claims"])]
        report = Report.of_text("\n".join(lines), outlet=f"Wire {number}", published=table.get("published"))
        self.reports[report.id] = report
        ids: dict[str, str] = {}
        start = 0
        for at, (one, line) in enumerate(zip(table["claims"], lines, strict=True), 1):
            claim = _placed(claim_of(report, Span(start, start + len(line)), _without_place(one), ids), one)
            self.claims[f"{number}.{at}"] = claim
            ids[str(at)] = claim.id
            start += len(line) + 1

    def _decision(self, table: Mapping[str, Any]) -> Decision:
        """An undo is of the decision before it, or of the one with that number; a claim's name stands for its id."""
        known = {name: claim.id for name, claim in self.claims.items()}
        details = {key: known.get(str(value), value) for key, value in table.items() if key not in ("verb", "about")}
        if table["verb"] == "undo":
            return decision_of("undo", self.decisions[table.get("about", 0) - 1].id)
        return decision_of(table["verb"], known[table["about"]], **details)

    def linked(self) -> Linked:
        return link(list(self.claims.values()), self.reports, self.decisions)

    def held(self, incident: Incident) -> list[str]:
        return sorted(self.names[claim] for claim in incident.claims)


def _without_place(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != "place"}


def _placed(claim: Claim, table: Mapping[str, Any]) -> Claim:
    where = place_of(table["place"], table.get("place_of", "happened")) if "place" in table else None
    if where is not None and "point" in table:
        where = replace(where, lat=table["point"][0], lon=table["point"][1])
    return replace(claim, place=where, group=replace(claim.group, names=tuple(table.get("names", ()))))


# --- the cases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_incidents_of(case: dict[str, Any]) -> None:
    held = Held(case["reports"], case.get("decisions", ()))
    found = held.linked()
    shown = [told(held, found, one) for one in found.incidents]
    assert sorted(shown, key=str) == sorted((wanted(one) for one in case["incidents"]), key=str)
    inside = {claim for one in found.incidents for claim in one.claims}
    none = sorted(name for name, claim in held.claims.items() if claim.id not in inside)
    assert none == sorted([*case.get("alone", ()), *case.get("out", ())])
    asked = [held.names[one] for problem in found.problems if problem.kind == "no incident" for one in problem.claims]
    assert sorted(asked) == sorted(case.get("alone", ()))
    links = {held.names[one.claim]: one for incident in found.incidents for one in incident.links}
    for name, words in case.get("why", {}).items():
        assert any(words in reason for reason in links[name].reasons), links[name]
    if "assumed" in case:
        assert sorted(name for name, one in links.items() if one.assumed) == sorted(case["assumed"])


def told(held: Held, found: Linked, one: Incident) -> tuple[Any, ...]:
    """Kind, place, first day, claims, and the claims of the episode that it is in."""
    parents = {other.id: other for other in found.incidents}
    day = one.scope.period.start if one.scope.period else None
    where = one.scope.place.words or one.scope.place.name if one.scope.place else ""
    return (one.kind, where, day, held.held(one), held.held(parents[one.parent]) if one.parent else [])


def wanted(expected: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        expected["kind"], expected.get("place", ""), expected.get("day"), sorted(expected["holds"]),
        sorted(expected.get("in", [])),
    )  # fmt: skip


def test_more_stay_apart_than_come_together() -> None:
    """What must not be joined counts as much as what must."""
    joined = [case for case in CASES if case.get("joins")]
    assert len(CASES) - len(joined) > len(joined) > 10


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_claims_and_reports_changes_nothing_in(case: dict[str, Any]) -> None:
    held = Held(case["reports"], case.get("decisions", ()))
    backwards = dict(reversed(held.reports.items()))
    assert link(list(reversed(held.claims.values())), backwards, held.decisions).incidents == held.linked().incidents


# --- laws -----------------------------------------------------------------------------------------------------------

DAYS = some.dates(dt.date(2025, 3, 1), dt.date(2025, 4, 20))
PLACES = sorted(TOLD["places"])


@some.composite
def claims(draw: Any) -> dict[str, Any]:
    optional = {
        "root": some.sampled_from(["Monitor", "Network"]),
        "place": some.sampled_from([*PLACES, "Stone Village"]),
        "place_of": some.sampled_from(["found", "buried"]),
        "said": DAYS,
        "since": some.sampled_from([dt.date(2025, 3, 1), dt.date(2025, 3, 2), dt.date(2025, 3, 6)]),
        "until": some.sampled_from([dt.date(2025, 3, 6), dt.date(2025, 3, 31)]),
        "precision": some.sampled_from([1, 2, 4]),
        "means": some.sampled_from(["shooting", "shelling"]),
        "harm": some.sampled_from(["injured", "displaced"]),
        "total": some.booleans(),
        "reach": some.sampled_from(["background"]),
    }
    chosen = draw(some.sets(some.sampled_from(sorted(optional)), max_size=6))
    table = {"exact": draw(some.sampled_from([3, 40, 150, 745]))}
    return table | {key: draw(optional[key]) for key in sorted(chosen)}


@some.composite
def reports(draw: Any) -> dict[str, Any]:
    found = draw(some.lists(claims(), min_size=1, max_size=4))
    for index in range(1, len(found)):
        tie = draw(some.sampled_from(["", "", "part_of", "among", "replaces"]))
        if tie:
            found[index][tie] = str(draw(some.integers(1, index)))
    published = draw(some.one_of(some.none(), DAYS))
    return {"claims": found} | ({"published": published} if published else {})


QUIETLY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@given(some.lists(reports(), max_size=5), some.randoms(use_true_random=False))
@QUIETLY
def test_the_same_incidents_come_out_whatever_order_claims_and_reports_come_in(found: Any, random: Any) -> None:
    held = Held(found)
    mixed = random.sample(list(held.claims.values()), len(held.claims))
    placed = dict(random.sample(list(held.reports.items()), len(held.reports)))
    assert link(mixed, placed).incidents == held.linked().incidents


@given(some.lists(reports(), max_size=5))
@QUIETLY
def test_a_claim_is_in_one_incident_at_most_and_each_link_has_a_reason(found: Any) -> None:
    held = Held(found)
    made = held.linked().incidents
    inside = [claim for one in made for claim in one.claims]
    assert len(inside) == len(set(inside)) and set(inside) <= set(held.names)
    assert all(link.reasons and all(link.reasons) for one in made for link in one.links)
    assert len({one.id for one in made}) == len(made)
    assert all(one.claims for one in made)


@given(some.lists(reports(), max_size=5))
@QUIETLY
def test_a_parent_is_an_episode_that_is_there_and_has_none_itself(found: Any) -> None:
    made = {one.id: one for one in Held(found).linked().incidents}
    for one in made.values():
        if one.parent:
            assert (made[one.parent].kind, made[one.parent].parent, one.kind) == ("episode", "", "incident")


@given(some.lists(reports(), max_size=4))
@QUIETLY
def test_reports_of_another_country_and_decade_change_no_incident_that_was_there(found: Any) -> None:
    before = Held(found)
    far = [
        {
            "published": dt.date(2011, 5, 3),
            "claims": [
                {"exact": 900, "root": "Far Monitor", "total": True, "place": "Far Hill", "since": dt.date(2011, 5, 1)},
                {"exact": 12, "place": "Far Town", "day": dt.date(2011, 5, 2)},
            ],
        }
    ]
    after = Held([*found, *far])
    there = {one.id: one for one in after.linked().incidents}
    assert [there[one.id] for one in before.linked().incidents] == list(before.linked().incidents)


# --- long episodes --------------------------------------------------------------------------------------------------


def monthly(months: int) -> list[dict[str, Any]]:
    """A report a month in which one root brings its total of one area up to date, from the same first day on."""
    first = dt.date(2023, 1, 5)
    return [
        {
            "published": first + dt.timedelta(days=28 * month),
            "claims": [
                {"exact": 500 + 10 * month, "root": "Monitor", "total": True, "place": "coast", "since": first},
            ],
        }
        for month in range(months)
    ]


@pytest.mark.parametrize("months", [2, 24, 26, 40, 80])
@pytest.mark.parametrize(
    "late",
    [
        {"exact": 12, "place": "Harbour"},
        {"exact": 12, "root": "Monitor"},
        {"exact": 12},
        {"exact": 12, "place": "Harbour", "on": 0},
        {"exact": 900, "root": "Network", "total": True, "place": "West"},
    ],
    ids=["a place", "its root", "neither", "a place and a day", "a total of a part"],
)
def test_an_episode_holds_what_is_said_in_its_last_month_however_long_it_went_on(
    months: int, late: dict[str, Any]
) -> None:
    told = monthly(months)
    day = told[-1]["published"]
    claim = {key: value for key, value in late.items() if key != "on"} | ({"day": day} if "on" in late else {})
    held = Held([*told, {"published": day, "claims": [claim]}])
    found = held.linked()
    (episode,) = [one for one in found.incidents if one.kind == "episode"]
    mine = [one for one in found.incidents if held.claims[f"{months + 1}.1"].id in one.claims]
    assert [one.parent or one.id for one in mine] == [episode.id]


def test_an_episode_that_nobody_brings_up_to_date_is_over() -> None:
    told = monthly(24)
    held = Held([*told, {"published": dt.date(2025, 6, 1), "claims": [{"exact": 12}]}])
    assert held.claims["25.1"].id not in {claim for one in held.linked().incidents for claim in one.claims}


def test_the_same_area_counted_from_the_same_day_is_one_episode_over_years() -> None:
    held = Held(monthly(60))
    assert [len(one.claims) for one in held.linked().incidents] == [60]
