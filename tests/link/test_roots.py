"""Whose figure a claim is: the cases of roots.toml, laws that hold for any claims, and the words they rest on."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.link.roots import rooted
from cenotaph.link.spelling import GENERIC, words
from cenotaph.link.tethers import independence
from cenotaph.vocabulary import Claim, Decision, Problem, Report, Rooted, Span, Tether, Voice
from tests.builders import claim_of, decision_of

CASES = tomllib.loads((Path(__file__).parent / "roots.toml").read_text("utf-8"))["case"]
LANGUAGES = Path(__file__).parents[2] / "src" / "cenotaph" / "read" / "languages"

Found = tuple[dict[str, Rooted], list[Tether], list[Problem]]


class Held:
    """The reports, claims and decisions of one case; a claim goes by "report.claim", both counted from 1."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: dict[str, Claim] = {}
        for number, table in enumerate(case["reports"], 1):
            self._read(number, table)
        self.decisions: list[Decision] = []
        for table in case.get("decisions", ()):
            self.decisions.append(self._decision(table))

    def _read(self, number: int, table: dict[str, Any]) -> None:
        lines = [one.get("text") or f"{at}. {one}" for at, one in enumerate(table["claims"])]
        report = Report.of_text(
            "\n".join(lines), outlet=table.get("outlet", f"Wire {number}"), published=table.get("published")
        )
        self.reports[report.id] = report
        ids: dict[str, str] = {}
        start = 0
        for at, (one, line) in enumerate(zip(table["claims"], lines, strict=True), 1):
            claim = claim_of(report, Span(start, start + len(line)), one, ids)
            self.claims[f"{number}.{at}"] = voiced(claim, one, report)
            ids[str(at)] = claim.id
            start += len(line) + 1

    def _decision(self, table: dict[str, Any]) -> Decision:
        """An undo is of the decision before it; a claim's name stands for its id, a report's number for its own."""
        known = {name: claim.id for name, claim in self.claims.items()}
        details = {key: known.get(str(value), value) for key, value in table.items() if key not in ("verb", "about")}
        if "report" in table:
            details["report"] = self.claims[f"{table['report']}.1"].report
        about = self.decisions[-1].id if table["verb"] == "undo" else known.get(table["about"], table["about"])
        return decision_of(table["verb"], about, **details)

    def rooted(self) -> Found:
        return rooted(list(self.claims.values()), self.reports, self.decisions)


def voiced(claim: Claim, table: dict[str, Any], report: Report) -> Claim:
    """The claim with the chain that its table gives; the head of roots.toml says what each word means."""
    chain = [Voice(report.outlet, report.outlet, "outlet", root=bool(table.get("alone")))]
    chain += [Voice(name, name, "outlet") for name in table.get("through", ())]
    if "speaker" in table:
        chain.append(Voice(table["speaker"], kind="official", root="by" not in table))
    if "by" in table:
        chain.append(Voice(table.get("written", table["by"]), table["by"], "organisation", root=True))
    if "unnamed" in table:
        chain.append(Voice(table["unnamed"], kind=table.get("kind", "unknown"), anonymous=True, root=True))
    if "resident" in table:
        known = table.get("known_as", "")
        chain.append(Voice(table["resident"], known, "person", anonymous=not known, protected=True, root=True))
    chain += [Voice(name, name, "organisation") for name in table.get("below", ())]
    heard = len(chain) > 1 or table.get("alone")
    at = report.text.find(table["office"]) if "office" in table else -1
    evidence = (("voices", Span(at, at + len(table["office"]))),) if at >= 0 else ()
    return replace(claim, voices=tuple(chain) if heard else (), evidence=evidence)


# --- the cases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_roots_of(case: dict[str, Any]) -> None:
    held = Held(case)
    roots, tethers, problems = held.rooted()
    assert set(roots) == {claim.id for claim in held.claims.values()}
    for name, expected in case.get("roots", {}).items():
        found = roots[held.claims[name].id]
        assert [found.root.name if found.root.named else "", found.rule] == expected, name
    assert sorted(proposed(held, problems)) == sorted(map(tuple, case.get("proposes", [])))
    assert sorted(one.kind for one in problems if one.proposes is None) == sorted(case.get("problems", []))
    said = " | ".join(problem.what for problem in problems)
    assert [words for words in case.get("says", ()) if words not in said] == [], said
    assert [[one.one, one.other, one.independence] for one in tethers] == case.get("tethers", [])


def proposed(held: Held, problems: list[Problem]) -> list[tuple[str, str, str]]:
    names = {claim.id: name for name, claim in held.claims.items()}
    return [
        (one.proposes.verb, names.get(one.proposes.about, one.proposes.about), names.get(to, to))
        for one in problems
        if one.proposes is not None
        for to in [str(one.proposes.details.get("with") or one.proposes.details.get("canonical"))]
    ]


def test_more_is_refused_than_accepted() -> None:
    accepted = [case for case in CASES if case.get("proposes") or case.get("accepts")]
    assert len(CASES) - len(accepted) > len(accepted)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_claims_changes_nothing_in(case: dict[str, Any]) -> None:
    held = Held(case)
    backwards = dict(reversed(held.reports.items()))
    assert rooted(list(reversed(held.claims.values())), backwards, held.decisions) == held.rooted()


@pytest.mark.parametrize("case", [case for case in CASES if case.get("proposes")], ids=lambda case: str(case["name"]))
def test_what_is_proposed_is_gone_once_it_is_decided_or_its_problem_settled(case: dict[str, Any]) -> None:
    held = Held(case)
    for problem in [one for one in held.rooted()[2] if one.proposes is not None]:
        offer = problem.proposes
        assert offer is not None
        taken = decision_of(offer.verb, offer.about, report=offer.report, **offer.details)
        settled = decision_of("settle", problem.id)
        parted = {"with": offer.about}
        refused = [decision_of("cannot-link", str(other), **parted) for other in [offer.details.get("with")] if other]
        for decision in (taken, settled, *refused):
            left = rooted(list(held.claims.values()), held.reports, [*held.decisions, decision])[2]
            assert problem.id not in {one.id for one in left}
            undone = [*held.decisions, decision, decision_of("undo", decision.id)]
            assert problem.id in {one.id for one in rooted(list(held.claims.values()), held.reports, undone)[2]}


@pytest.mark.parametrize("case", [case for case in CASES if case.get("proposes")], ids=lambda case: str(case["name"]))
def test_an_alias_that_was_proposed_makes_its_claims_the_roots_own(case: dict[str, Any]) -> None:
    held = Held(case)
    for problem in held.rooted()[2]:
        offer = problem.proposes
        if offer is not None and offer.verb == "alias":
            decision = decision_of("alias", offer.about, report=offer.report, **offer.details)
            roots, _, _ = rooted(list(held.claims.values()), held.reports, [*held.decisions, decision])
            assert {str(roots[claim].root) for claim in problem.claims} == {offer.details["canonical"]}


# --- laws -----------------------------------------------------------------------------------------------------------

DAYS = some.dates(dt.date(2024, 5, 1), dt.date(2024, 5, 8))
VOICES: tuple[dict[str, Any], ...] = (
    {"by": "Hill Monitor"},
    {"by": "Plain Network"},
    {"unnamed": "a monitor"},
    {"unnamed": "the group"},
    {"alone": True},
    {},
    {"resident": "a resident", "through": ["Third Wire"]},
    {"speaker": "Salim Abdel Karim", "by": "Hill Monitor"},
    {"speaker": "Salim Abdul Karim"},
)
TEXTS = ("", "In the course of the week {} people were killed in the villages along the northern road, the body said.")


@some.composite
def claims(draw: Any) -> dict[str, Any]:
    number = draw(some.sampled_from([3, 16, 70, 300, 638, 700, 2400, 2438]))
    table: dict[str, Any] = {draw(some.sampled_from(["exact", "more than", "at least"])): number}
    voice = draw(some.sampled_from(VOICES))
    extra = draw(some.sampled_from([{}, {"status": "civilian"}, {"identity": "Hill people"}, {"total": True}]))
    text = draw(some.sampled_from(TEXTS))
    known: dict[str, Any] = table | voice | extra
    return known | ({"text": text.format(number)} if text else {})


@some.composite
def cases(draw: Any) -> dict[str, Any]:
    reports = []
    for number in range(draw(some.integers(1, 5))):
        told = draw(some.lists(claims(), min_size=1, max_size=4))
        for at in range(1, len(told)):
            if draw(some.booleans()):
                told[at][draw(some.sampled_from(["part_of", "among", "on_top_of"]))] = str(draw(some.integers(1, at)))
        reports.append({"outlet": f"Wire {number}", "published": draw(some.none() | DAYS), "claims": told})
    return {"reports": reports}


@given(cases(), some.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150)
def test_no_order_of_claims_or_reports_matters(case: dict[str, Any], random: Any) -> None:
    held = Held(case)
    told = list(held.claims.values())
    reports = dict(random.sample(list(held.reports.items()), len(held.reports)))
    assert rooted(random.sample(told, len(told)), reports, []) == rooted(told, held.reports, [])


@given(cases())
@settings(deadline=None, max_examples=150)
def test_an_unnamed_voice_is_of_its_report_alone_and_a_problem_leads_to_claims_that_are_held(
    case: dict[str, Any],
) -> None:
    held = Held(case)
    roots, _, problems = held.rooted()
    by_id = {claim.id: claim for claim in held.claims.values()}
    for claim, found in roots.items():
        assert found.root.named or found.root.report == by_id[claim].report
        assert found.rule != "copied text" or by_id[found.source].report != by_id[claim].report
    for problem in problems:
        assert problem.claims and set(problem.claims) <= set(by_id)
        assert held.reports[problem.report].text[problem.start : problem.end] == problem.quote
    assert len({problem.id for problem in problems}) == len(problems)


@given(cases())
@settings(deadline=None, max_examples=100)
def test_a_root_that_is_proposed_is_not_named_by_the_report_and_counts_for_nothing(case: dict[str, Any]) -> None:
    held = Held(case)
    roots, _, problems = held.rooted()
    for problem in problems:
        if problem.proposes is not None and problem.proposes.verb == "alias":
            root = problem.proposes.details["canonical"]
            beside = [claim for claim in held.claims.values() if claim.report == problem.report]
            assert all(voice.known_as != root for claim in beside for voice in claim.voices)
            assert all(roots[claim].root.name != root for claim in problem.claims)


# --- words and tethers ----------------------------------------------------------------------------------------------


def test_the_words_for_any_body_are_those_of_the_language_files() -> None:
    known: set[str] = set()
    for path in sorted(LANGUAGES.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8")).get("voices", {})
        known |= {word for name in table.get("generic_bodies", ()) for word in words(name)}
    assert known >= GENERIC


def test_independence_is_unknown_unless_something_tells() -> None:
    tether = Tether("A", "B", "assumed", "decided")
    assert independence("B", "A", [tether]) == tether
    assert independence("A", "C", [tether]).independence == "unknown"
    assert independence("A", "C", [tether]).why


def test_a_root_is_not_compared_with_itself() -> None:
    with pytest.raises(ValueError, match="'A' twice"):
        independence("A", "A", [])


def test_a_claim_of_a_report_that_is_not_held_is_refused() -> None:
    held = Held({"reports": [{"claims": [{"exact": 3}]}]})
    with pytest.raises(KeyError):
        rooted(list(held.claims.values()), {}, [])
