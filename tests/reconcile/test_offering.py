"""Drafts of assessments as they are offered: proposals that count nowhere until a person takes them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cenotaph.link import link
from cenotaph.reconcile.assessing import check_assessment
from cenotaph.reconcile.assessments import assessments
from cenotaph.reconcile.ledger import ledger
from cenotaph.reconcile.offering import offers
from cenotaph.reconcile.weighing import Weights
from cenotaph.vocabulary import Claim, Decision, Harm, Linked, Problem, Report, Voice
from tests.builders import PLAIN, claims_of, decision_of, report_of

HERE = Path(__file__).parent
WEIGHTS = Weights.of(tomllib.loads((HERE.parents[1] / "src/cenotaph/codes/recording.toml").read_text("utf-8")))
FRIDAY = dt.date(2025, 3, 7)
HARBOUR = {"place": "Harbour", "day": FRIDAY}
THREE = ({"outlet": "Wire", "exact": 4}, {"outlet": "Post", "exact": 4}, {"outlet": "Echo", "exact": 6})


class Told:
    """Reports of one claim or several each, linked; what is offered of them under some decisions."""

    def __init__(self, *tables: Mapping[str, Any]) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: dict[str, Claim] = {}
        for table in tables:
            claims = [{**HARBOUR, **one} for one in table.get("claims", [table])]
            report = report_of({"outlet": table["outlet"], "published": FRIDAY, "claims": claims})
            self.reports[report.id] = report
            self.claims |= {one.id: one for one in claims_of(report, claims).values()}
        self.linked: Linked = link([*self.claims.values()], self.reports)

    def offers(self, *decisions: Decision, held: Sequence[Any] = ()) -> list[Problem]:
        return offers(self.linked, self.claims, self.reports, WEIGHTS, PLAIN, decisions=decisions, held=held)

    def saying(self, number: int) -> list[str]:
        return [key for key, one in self.claims.items() if one.quantity.base == number]


def agreed(offer: Problem, who: str = "A Reader") -> Decision:
    """As a case makes a decision of a proposal that somebody agrees to."""
    assert offer.proposes is not None
    when = dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    return Decision(who, when, offer.proposes.verb, offer.proposes.about, "read", details=dict(offer.proposes.details))


def test_a_draft_says_that_it_is_a_machines_and_what_carries_each_end() -> None:
    (offer,) = Told({"outlet": "Wire", "exact": 4}, {"outlet": "Echo", "exact": 6}).offers()
    assert offer.kind == "draft"
    ends = "4: no voice named (Wire, 2025-03-07); 6: no voice named (Echo, 2025-03-07)"
    assert offer.what == f"a machine's draft, killed: 4 to 6 people ({ends})"


def test_a_draft_tells_what_it_leaves_aside() -> None:
    told = Told(*THREE[:2], {"outlet": "News", "exact": 4}, {"outlet": "Late", "exact": 9})
    (offer,) = told.offers()
    assert offer.what.endswith("left aside: 9")
    assert offer.proposes is not None
    assert offer.proposes.details["set_aside"] == told.saying(9)
    assert set(offer.proposes.details["relied"]) == set(told.saying(4)) == set(offer.claims)


def test_what_is_offered_is_a_whole_assessment_that_could_stand() -> None:
    told = Told(*THREE, {"outlet": "Rescue", "claims": [{"exact": 2, "harm": "injured"}]})
    found = told.offers()
    assert [one.proposes.details["harm"] for one in found if one.proposes] == ["killed", "injured"]
    for one in found:
        assert one.proposes is not None
        assert check_assessment(one.proposes.details, held=told.claims, harms=("killed", "injured")) == []


def test_agreeing_makes_a_pending_assessment_that_no_ledger_counts() -> None:
    told = Told(*THREE)
    decision = agreed(told.offers()[0])
    (held,), problems = assessments([decision], told.linked.incidents)
    assert (held.standing, held.by, problems) == ("pending", "A Reader", [])
    (found,) = ledger([held], told.linked.incidents, Harm(("killed",)))
    assert found.total.low == 0


def test_what_people_assessed_is_offered_no_more() -> None:
    told = Told(*THREE)
    decision = agreed(told.offers()[0])
    held, _ = assessments([decision], told.linked.incidents)
    assert told.offers(decision, held=held) == []


def test_an_assessment_that_was_withdrawn_leaves_room_for_a_draft() -> None:
    told = Told(*THREE)
    (held,), _ = assessments([agreed(told.offers()[0])], told.linked.incidents)
    assert len(told.offers(held=[replace(held, standing="withdrawn")])) == 1


def test_an_assessment_of_one_harm_leaves_the_drafts_of_another() -> None:
    told = Told(*THREE, {"outlet": "Rescue", "claims": [{"exact": 2, "harm": "injured"}]})
    killed, injured = told.offers()
    held, _ = assessments([agreed(killed)], told.linked.incidents)
    assert told.offers(held=held) == [injured]


def test_a_draft_that_somebody_refused_stays_away_until_it_changes() -> None:
    told = Told(*THREE)
    (offer,) = told.offers()
    refused = decision_of("settle", offer.id)
    assert told.offers(refused) == []
    assert len(Told(*THREE, {"outlet": "News", "exact": 5}).offers(refused)) == 1


def test_a_refusal_that_was_undone_brings_the_draft_back() -> None:
    told = Told(*THREE)
    (offer,) = told.offers()
    refused = decision_of("settle", offer.id)
    assert told.offers(refused, decision_of("undo", refused.id)) == [offer]


def test_outlets_that_repeat_one_root_are_shown_as_that_root() -> None:
    (offer,) = Told(*({"outlet": name, "exact": 4, "root": "Monitor"} for name in ("Wire", "Echo", "News"))).offers()
    assert offer.what == "a machine's draft, killed: 4 people (4: Monitor, in 3 reports)"


def test_a_rejected_claim_is_not_heard() -> None:
    told = Told({"outlet": "Wire", "exact": 4}, {"outlet": "Echo", "exact": 6})
    (offer,) = told.offers(decision_of("reject", told.saying(6)[0]))
    assert offer.what == "a machine's draft, killed: 4 people (4: no voice named (Wire, 2025-03-07))"


def test_where_every_claim_was_rejected_nothing_is_offered() -> None:
    told = Told({"outlet": "Wire", "exact": 4})
    assert told.offers(decision_of("withdraw", told.saying(4)[0])) == []


def test_of_an_episode_no_draft_is_made() -> None:
    told = Told(*THREE)
    episodes = tuple(replace(one, kind="episode") for one in told.linked.incidents)
    told.linked = replace(told.linked, incidents=episodes)
    assert told.offers() == []


def test_fighters_are_a_cell_of_their_own_and_people_are_civilians_only_if_every_voice_says_so() -> None:
    civilian, soldier = {"exact": 4, "status": "civilian"}, {"exact": 3, "status": "armed forces"}
    (offer,) = Told(
        {"outlet": "Wire", "claims": [civilian, soldier]}, {"outlet": "Echo", "claims": [civilian]}
    ).offers()
    assert offer.proposes is not None
    assert offer.proposes.details["cells"] == [
        {"low": 4, "high": 4, "status": "civilian"},
        {"low": 3, "high": 3, "status": "armed forces"},
    ]
    (open_one,) = Told({"outlet": "Wire", "claims": [civilian]}, {"outlet": "Echo", "exact": 4}).offers()
    assert open_one.proposes is not None
    assert open_one.proposes.details["cells"] == [{"low": 4, "high": 4, "status": ""}]


def test_a_range_that_the_words_leave_open_is_offered_open() -> None:
    (offer,) = Told({"outlet": "Wire", "at least": 4}).offers()
    assert offer.proposes is not None
    assert offer.proposes.details["cells"] == [{"low": 4, "high": None, "status": ""}]


def test_a_draft_names_outlets_and_never_who_told_them() -> None:
    told = Told({"outlet": "Wire", "exact": 4})
    (claim,) = told.claims.values()
    neighbour = Voice("Rami Aziz", kind="person", protected=True, root=True)
    told.claims = {claim.id: replace(claim, voices=(Voice("Wire", kind="outlet"), neighbour))}
    told.linked = link([*told.claims.values()], told.reports)
    (offer,) = told.offers()
    assert "Rami" not in f"{offer.what} {offer.settle} {offer.proposes}"


def test_people_of_whom_all_are_called_fighters_are_no_civilians() -> None:
    whole = [{"id": "all", "exact": 5}, {"exact": 5, "status": "armed group", "part_of": "all"}]
    (offer,) = Told({"outlet": "Wire", "claims": whole}).offers()
    assert offer.proposes is not None
    assert offer.proposes.details["cells"] == [
        {"low": 0, "high": 0, "status": ""},
        {"low": 5, "high": 5, "status": "armed group"},
    ]


def test_of_no_claims_nothing_is_offered() -> None:
    assert Told().offers() == []
