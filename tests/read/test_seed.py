"""A real report, kept outside the project, must always come out right; without it these tests are skipped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cenotaph import world
from cenotaph.read import read
from cenotaph.vocabulary import Answer, Claim, Report

ARTICLE = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "article.txt"
SOHR = "Syrian Observatory for Human Rights"
SATURDAY, THURSDAY = dt.date(2025, 3, 8), dt.date(2025, 3, 6)


CAPTURED = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
KNOWN = [{"published": dt.date(2025, 3, 9)}, {"captured": CAPTURED}]


@pytest.fixture(scope="module", params=KNOWN, ids=["day known", "day unknown"])
def reading(request: pytest.FixtureRequest) -> tuple[str, list[Claim], list[Answer]]:
    if not ARTICLE.exists():
        pytest.skip(f"the report {ARTICLE.name} is not beside this checkout")
    text = ARTICLE.read_text(encoding="utf-8")
    claims, answers, _ = read(Report.of_text(text, **request.param), world.load(countries=("SY",)))
    return text, claims, answers


Reading = tuple[str, list[Claim], list[Answer]]


def one(reading: Reading, **wanted: object) -> Claim:
    """The claim with this harm and these values of its group or figure; the only one unless `among`."""
    found = [claim for claim in reading[1] if all(_value(claim, name) == value for name, value in wanted.items())]
    assert found, f"no claim with {wanted}"
    return found[-1]


def _value(claim: Claim, name: str) -> object:
    if name == "harm":
        return str(claim.harm)
    return getattr(claim.quantity, name, None) if name in ("base", "unit") else getattr(claim.group, name)


def test_every_quote_is_the_text(reading: Reading) -> None:
    assert all(claim.quote == reading[0][claim.start : claim.end] for claim in reading[1])


@pytest.mark.parametrize(("figure", "status"), [(745, "civilian"), (125, "security forces"), (148, "armed group")])
def test_the_three_figures_are_the_observatorys_hedged_and_running(reading: Reading, figure: int, status: str) -> None:
    claim = one(reading, harm="killed", base=figure)
    assert claim.root is not None and claim.root.canonical == SOHR
    assert (claim.group.status, claim.stance, claim.reach, claim.said) == (status, "hedges", "running total", SATURDAY)
    assert claim.period is not None and claim.period.start == THURSDAY and claim.period.end is None


def test_a_year_that_only_weekday_and_date_tell_is_marked_assumed() -> None:
    text = "On Saturday (8th March) three people were killed in Jableh."
    (claim,), _, _ = read(Report.of_text(text, captured=CAPTURED), world.load(countries=("SY",)))
    assert claim.period is not None and claim.period.start == SATURDAY
    assert dict(claim.assumed)["period"] == "latest year in which weekday and date agree"


def test_without_any_day_to_count_from_days_stay_open() -> None:
    text = "On Saturday (8th March) three people were killed in Jableh."
    (claim,), _, _ = read(Report.of_text(text), world.load(countries=("SY",)))
    assert claim.period is None


def test_the_sum_is_the_outlets(reading: Reading) -> None:
    claim = one(reading, harm="killed", base=1000)
    assert claim.quantity.comparator == "about"
    assert claim.root is not None and claim.root.kind == "outlet"
    assert claim.place is not None and claim.place.path == ("Syria",)
    assert claim.period is not None and claim.period.start == THURSDAY


def test_services_are_cut_in_latakia_says_the_observatory(reading: Reading) -> None:
    claim = one(reading, harm="services cut")
    assert claim.root is not None and claim.root.canonical == SOHR
    assert claim.place is not None and "Latakia" in claim.place.path


def test_a_misspelt_identity_and_place_cost_nothing(reading: Reading) -> None:
    assert one(reading, harm="degrading treatment", identity="Alawite").group.sex == "female"
    assert one(reading, harm="killed", identity="Alawite", sex="female").stance == "hedges"
    shot = next(claim for claim in reading[1] if claim.group.words == "their people")
    assert shot.group.identity == "Alawite" and dict(shot.assumed)["harm"].startswith("shot read as killed")


def test_misspelt_places_resolve_nearby_and_say_so(reading: Reading) -> None:
    near = {claim.place.name: claim for claim in reading[1] if claim.place and claim.place.near}
    assert set(near) == {"Baniyas", "Lebanon"}
    for claim in near.values():
        assert "nearest spelling" in dict(claim.assumed)["place"] and claim.place and claim.place.precision > 1


def test_houses_are_looted_and_set_on_fire_say_reports(reading: Reading) -> None:
    for harm in ("looting", "arson"):
        claim = one(reading, harm=harm, unit="houses")
        assert claim.quantity.comparator == "plural" and claim.root is not None and claim.root.name == "reports"


def test_a_resident_speaks_through_a_broadcaster_and_is_protected(reading: Reading) -> None:
    chains = [[voice.known_as for voice in claim.voices] for claim in reading[1] if len(claim.voices) == 3]
    assert any("Sky News" in chain for chain in chains)
    resident = next(claim.root for claim in reading[1] if claim.root and claim.root.name.startswith("a resident"))
    assert resident.protected and resident.anonymous and resident.connection == "witness"


def test_who_is_not_introduced_is_protected(reading: Reading) -> None:
    dismissed = one(reading, harm="dismissed")
    assert dismissed.root is not None and dismissed.root.protected and dismissed.group.identity == "Alawite"
    assert one(reading, harm="killed", status="armed forces").root == dismissed.root


def test_a_boy_is_coerced_and_people_flee(reading: Reading) -> None:
    boy = one(reading, harm="coerced", sex="male", age="child")
    assert boy.quantity.base == 1
    assert one(reading, harm="displaced", base=1000).stance == "hedges"


def test_the_government_justifies_and_blames_others(reading: Reading) -> None:
    assert {answer.kind for answer in reading[2]} == {"justifies", "blames others"}
    assert {answer.party.canonical for answer in reading[2]} == {"Syrian transitional government"}
