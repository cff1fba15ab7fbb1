"""What a good reconciliation of the shipped example shows, line by line, on the case as it is built.

The lines are those of `expected` in facts.yaml (../shared/data/coast2025), each by its verdict: *derived* without any
decision, *decision* as a proposal and then after the decisions that the example ships, *sum* marked as ours, *differs*
side by side. Where that file is present, a test holds its lines to the functions here.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from cenotaph.case import Case, State
from cenotaph.case.settings import read_settings
from cenotaph.case.shipped import decisions_of
from cenotaph.cli.incoming import Given, incoming
from cenotaph.publish.chart_lines import lines
from cenotaph.vocabulary import Account, Check, Claim, Problem, Toll

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "coast-2025"
FACTS = ROOT.parent / "shared" / "data" / "coast2025" / "facts.yaml"
SOHR, SNHR = "Syrian Observatory for Human Rights", "Syrian Network for Human Rights"
EPISODE_STARTS = dt.date(2025, 3, 6)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = Case.create(tmp_path_factory.mktemp("coast") / "case", settings=read_settings(EXAMPLE))
    list(made.add(incoming(str(EXAMPLE / "reports"), Given()), who="a test"))
    made.build()
    return made


@pytest.fixture(scope="module")
def read(case: Case) -> State:
    """As read and linked, nothing decided."""
    return case.state()


@pytest.fixture(scope="module")
def decided(case: Case, read: State) -> State:
    """After the decisions that the example ships."""
    for one in decisions_of(EXAMPLE / "decisions.toml", case.claims(), case.reports(), case.linked().incidents):
        case.decide(one)
    case.build()
    return case.state()


# --- how a line is asked ----------------------------------------------------------------------------------------------


def report(state: State, claim: str) -> str:
    return state.reports[state.claims[claim].report].name.removesuffix(".md")


def figures(toll: Toll) -> list[int]:
    return [vintage.interval.low for vintage in toll.series]


def tolls(state: State, root: str, *, status: str | None = None, holding: int | None = None) -> list[Toll]:
    found = [one for one in state.tolls.values() if one.root == root and str(one.scope.harm) == "killed"]
    if status is not None:
        found = [one for one in found if one.scope.group.status == status]
    return [one for one in found if holding is None or holding in figures(one)]


def claims(state: State, name: str, figure: int) -> list[Claim]:
    return [one for one in state.claims.values() if report(state, one.id) == name and one.quantity.base == figure]


def the_toll(state: State, name: str, figure: int) -> Toll:
    """The one toll in which the figure of that report stands."""
    wanted = {one.id for one in claims(state, name, figure)}
    (found,) = [one for one in state.tolls.values() if wanted & set(one.claims)]
    return found


def proposals(state: State, name: str) -> list[Problem]:
    return [one for one in state.problems if one.kind == "proposal" and _name(state, one) == name]


def _name(state: State, problem: Problem) -> str:
    return state.reports[problem.report].name.removesuffix(".md") if problem.report in state.reports else ""


def checks(state: State, verdict: str) -> list[Check]:
    return [check for toll in state.tolls.values() for check in toll.checks if check.verdict == verdict]


def killed(state: State) -> Account:
    """The account of the killed in the episode."""
    episode = the_episode(state)
    (found,) = [one for one in state.accounts() if one.incident == episode and str(one.harm) == "killed"]
    return found


def the_episode(state: State) -> str:
    (found,) = {
        one.id for one in state.linked.incidents
        if one.kind == "episode" and one.scope.period and one.scope.period.start == EPISODE_STARTS
    }  # fmt: skip
    return found


def stand_in_the_episode(state: State) -> set[str]:
    top = the_episode(state)
    return {claim for one in state.linked.incidents if top in (one.id, one.parent) for claim in one.claims}


# --- the lines --------------------------------------------------------------------------------------------------------


def one_episode_holds_three_incidents(read: State, decided: State) -> None:
    for state in (read, decided):
        top = state.incidents[the_episode(state)]
        assert {area[-1] for area in top.areas} == {"Latakia", "Tartus", "Hama", "Homs"}
        inside = {one.title: one for one in state.linked.incidents if one.parent == top.id}
        (jableh,) = [one for title, one in inside.items() if "Jableh" in title]
        assert jableh.scope.period and jableh.scope.period.start == EPISODE_STARTS
        held = {(report(state, claim), state.claims[claim].quantity.base) for claim in jableh.claims}
        assert {("r01", 48), ("r01", 16), ("r01", 28), ("r01", 4), ("r15", 13)} <= held
        (baniyas,) = [one for title, one in inside.items() if "Baniyas" in title]
        assert ("r04", 60) in {(report(state, claim), state.claims[claim].quantity.base) for claim in baniyas.claims}
        (tuwaimah,) = [one for title, one in inside.items() if "Tuwaimah" in title]
        assert {state.claims[claim].quantity.base for claim in tuwaimah.claims} == {31, 9}


def the_civilian_series_is_one_growing_record(read: State, decided: State) -> None:
    (series,) = tolls(read, SOHR, status="civilian", holding=1383)
    assert figures(series) == [745, 830, 973, 1068, 1225, 1383, 1476, 1500]
    assert series.figure.low == 1500 and series.figure.high is None
    assert [check.verdict for check in series.checks if check.rule == "one root, one set, later figures"] == ["growth"]
    assumed = dict(series.scope.assumed)
    assert "period" in assumed or series.scope.period is not None
    assert "not a range and not deaths of those days" in checks(read, "growth")[0].what


def three_figures_join_the_series_by_decision(read: State, decided: State) -> None:
    (residents,) = [one for one in proposals(read, "r04") if one.proposes and one.proposes.verb == "must-link"]
    assert "340" in residents.what and "745" in residents.what
    assert [one.proposes.details["canonical"] for one in proposals(read, "r23") if one.proposes] == [SOHR]
    assert [one.proposes.details["canonical"] for one in proposals(read, "r09") if one.proposes] == [SOHR]
    assert the_toll(read, "r23", 532).root != SOHR != the_toll(read, "r09", 973).root
    (series,) = tolls(decided, SOHR, status="civilian", holding=1383)
    assert figures(series) == [340, 532, 745, 830, 973, 1068, 1225, 1383, 1476, 1500]
    assert {"r04", "r09", "r23"} <= {report(decided, claim) for claim in series.claims}


def the_sum_of_four_governorates_is_ours(read: State, decided: State) -> None:
    (found,) = [one for one in set(checks(read, "sum")) if "1614" in one.what]
    assert "836 + 503 + 262 + 13 = 1614" in found.what and "our sum" in found.what
    assert "said by nobody" in found.what
    assert not [one for one in read.tolls.values() if 1614 in figures(one)]


def one_root_carried_by_many(read: State, decided: State) -> None:
    whole = ["r04", "r08", "r11", "r14", "r16", "r17", "r18", "r24", "r25", "r26", "r30"]
    for name in whole:
        mine = [claim for claim in read.claims if report(read, claim) == name]
        assert mine and {str(read.linked.roots[claim].root) for claim in mine} == {SOHR}, name
    roots = {one.quantity.base: str(read.linked.roots[one.id].root) for one in read.claims.values()
             if report(read, one.id) in ("r01", "r05", "r06", "r07") and one.quantity.base}  # fmt: skip
    assert {roots[figure] for figure in (70, 48, 1018, 213, 93, 745, 125, 148)} == {SOHR}
    assert roots[120] != SOHR
    (office,) = [one for one in read.problems if one.kind == "office"]
    assert _name(read, office) == "r30"


def two_voices_repeat_the_observatory_by_decision(read: State, decided: State) -> None:
    (media,) = proposals(read, "r02")
    assert media.proposes and media.proposes.details["canonical"] == SOHR and "the same figures" in media.what
    (group,) = proposals(read, "r15")
    assert group.proposes and group.proposes.details["canonical"] == SOHR
    assert the_toll(decided, "r02", 70).root == SOHR == the_toll(decided, "r15", 1200).root
    (stale,) = [one for one in decided.problems if one.kind == "stale relay" and _name(decided, one) == "r15"]
    assert "1,383" in stale.what
    assert not [one for one in read.problems if one.kind == "stale relay"]


def the_roots_of_the_tolls_and_nothing_on_their_independence(read: State, decided: State) -> None:
    named = {
        SOHR, SNHR, "UN Human Rights Office", "Syria Civil Defence (White Helmets)", "Reuters",
        "National Committee for Investigation and Fact-Finding", "UN Commission of Inquiry on Syria",
    }  # fmt: skip
    mine = {one.root for one in read.tolls.values()}
    assert named <= mine
    assert the_toll(read, "r20", 200).root.casefold().find("government") >= 0
    assert not [one for one in read.linked.tethers if {one.one, one.other} <= named]
    assert "independence unknown" in killed(read).support


def six_last_figures_and_no_common_range(read: State, decided: State) -> None:
    account = killed(decided)
    held = {(one.root, one.figure.low): one for one in (decided.tolls[key] for key in account.tolls)}
    last = [
        (SNHR, 1334),
        ("National Committee for Investigation and Fact-Finding", 1426),
        ("Reuters", 1479),
        (SOHR, 2146),
    ]
    assert set(last) <= set(held)
    (about,) = [one for (root, _), one in held.items() if root.startswith("UN Commission")]
    assert about.figure.best == 1400
    assert the_toll(decided, "r19", 445).scope.parties
    pairs = [one.what for one in account.differences if one.verdict == "differs"]
    assert any(SNHR in what and SOHR in what and "1334" in what and "2146" in what for what in pairs)
    assert all(one.verdict == "differs" for one in account.differences)


def two_unfinished_records_are_no_contradiction(read: State, decided: State) -> None:
    for state in (read, decided):
        apart = [one for one in killed(state).differences if "803" in one.what or "830" in one.what]
        assert all(one.verdict == "differs" for one in apart)
        assert not [one for one in state.problems if {SNHR, SOHR} <= {root_of(state, claim) for claim in one.claims}
                    and one.kind == "contradiction"]  # fmt: skip


def root_of(state: State, claim: str) -> str:
    return str(state.linked.roots[claim].root)


def who_killed_stands_side_by_side(read: State, decided: State) -> None:
    for state in (read, decided):
        check = state.accused()[the_episode(state)]
        assert check.verdict == "differs"
        assert f"{SNHR} accuses" in check.what and f"{SOHR} accuses" in check.what
        assert all(figure in check.what for figure in ("889", "445", "745"))


def the_war_and_the_country_are_kept_out(read: State, decided: State) -> None:
    for state in (read, decided):
        inside = stand_in_the_episode(state)
        for name, figure in (("r15", 600000), ("r28", 1562), ("r28", 227)):
            (claim,) = claims(state, name, figure)
            assert claim.id not in inside, figure
        assert claims(state, "r28", 1334)[0].id in inside


def equal_figures_are_not_equal_claims(read: State, decided: State) -> None:
    for state in (read, decided):
        assert the_toll(state, "r06", 745).id != the_toll(state, "r23", 745).id
    both = the_toll(decided, "r23", 745)
    assert both.root == SOHR and both.scope.group.status == ""


def mixed_days_and_a_slip_are_flagged(read: State, decided: State) -> None:
    (mixed,) = [one for one in read.problems if one.kind == "mixed vintages" and _name(read, one) == "r24"]
    assert all(figure in mixed.what for figure in ("973", "125", "148"))
    (slip,) = [one for one in read.problems if one.kind == "arithmetic"]
    assert _name(read, slip) == "r28" and "1561" in slip.what and "1562" in slip.what


def an_earlier_vintage_by_decision(read: State, decided: State) -> None:
    (offer,) = [one for one in proposals(read, "r05") if one.proposes]
    assert "93 and 120" in offer.what and "1,018" in offer.what
    assert not checks(read, "earlier vintage")
    (told,) = set(checks(decided, "earlier vintage"))
    assert "213" in told.what and "745" in told.what


def who_is_left_out_stays_in_the_scope(read: State, decided: State) -> None:
    (toll,) = [one for one in read.tolls.values() if one.scope.exclusions]
    assert toll.root == SNHR and toll.figure.low == 803
    assert "non-state armed groups" in toll.scope.exclusions[0].words


def one_account_at_third_hand(read: State, decided: State) -> None:
    (offer,) = [one for one in proposals(read, "r29") if one.proposes]
    assert "one account" in str(offer.proposes and offer.proposes.details["as"]) and "nobody's record" in offer.what
    assert the_toll(read, "r07", 4000).id != the_toll(read, "r29", 4000).id
    toll = the_toll(decided, "r07", 4000)
    assert toll.id == the_toll(decided, "r29", 4000).id and len(toll.carriers) == 2
    assert toll.bounds is None and toll.root in decided.unnamed


def growth_of_a_record_is_no_deaths_of_days(read: State, decided: State) -> None:
    (series,) = tolls(read, SOHR, status="civilian", holding=1383)
    assert not [one for one in read.tolls.values() if 323 in figures(one)]
    assert not [one for one in (*checks(read, "sum"), *checks(read, "holds")) if "323" in one.what]
    (line,) = lines([series])
    assert [point.at for _, point in line.steps][:2] == [745, 830]


LINES: dict[str, Callable[[State, State], None]] = {
    "one episode (from 6 March 2025": one_episode_holds_three_incidents,
    "SOHR's civilian series 745": the_civilian_series_is_one_growing_record,
    "340 Alawite residents": three_figures_join_the_series_by_decision,
    "1614 = 836": the_sum_of_four_governorates_is_ours,
    "one root, SOHR": one_root_carried_by_many,
    "r02's media reports": two_voices_repeat_the_observatory_by_decision,
    "roots of the tolls": the_roots_of_the_tolls_and_nothing_on_their_independence,
    "the last figures": six_last_figures_and_no_common_range,
    "SNHR's 803 dead": two_unfinished_records_are_no_contradiction,
    "SNHR and SOHR on who killed": who_killed_stands_side_by_side,
    "kept out: 600,000": the_war_and_the_country_are_kept_out,
    "745 civilians (r06)": equal_figures_are_not_equal_claims,
    "r24 flagged": mixed_days_and_a_slip_are_flagged,
    "r05's 213 fighters": an_earlier_vintage_by_decision,
    "r27's exclusion": who_is_left_out_stays_in_the_scope,
    "the >4000 of r07": one_account_at_third_hand,
    "323 between": growth_of_a_record_is_no_deaths_of_days,
}


@pytest.mark.parametrize("line", LINES)
def test_the_line_holds(line: str, read: State, decided: State) -> None:
    LINES[line](read, decided)


@pytest.mark.skipif(not FACTS.exists(), reason="../shared/data is not here")
def test_every_expected_line_is_asked() -> None:
    expected = [one["what"] for one in yaml.safe_load(FACTS.read_text("utf-8"))["expected"]]
    assert [line for line in expected if not any(line.startswith(begin) for begin in LINES)] == []
    assert len(expected) == len(LINES)


def test_no_name_figure_or_report_of_the_example_is_in_the_code() -> None:
    """Examples in docstrings may show figures that were really said; rules may not lean on them."""
    source = "".join(_rules(path.read_text("utf-8")) for path in _code())
    for word in ("Abdul Rahman", "Kneifati", "Tuwaimah", "1383", "1,383", "r23", "Azernews", "Alawite living"):
        assert word not in source, word


def _rules(source: str) -> str:
    """The code without its docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in list(body) if isinstance(body, list) else ():
            if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str):
                one.value.value = ""
    return ast.unparse(tree)


def _code() -> Iterator[Path]:
    for stage in ("link", "reconcile", "calculus", "case"):
        yield from (ROOT / "src" / "cenotaph" / stage).rglob("*.py")
