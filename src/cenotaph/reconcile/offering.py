"""Drafts of assessments, offered to people: what a machine would write down of an incident, and on which words.

The house never assesses by itself. A draft is a problem that proposes a decision `assess`, pending; it counts nowhere
till a person agrees to it, and whoever agrees has signed it. Where people have assessed a harm, no draft is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cenotaph.decided import standing
from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.hearing import Ear
from cenotaph.reconcile.recording import Carried, Draft, drafted
from cenotaph.reconcile.scene import Read, Scene
from cenotaph.reconcile.weighing import Weights
from cenotaph.vocabulary import (
    Assessment,
    Claim,
    Decision,
    Incident,
    Linked,
    NumberRules,
    Problem,
    Proposed,
    Report,
    Root,
)

__all__ = ["offered", "offers"]

KIND = "draft"
COUNTED = ("people", "fighters")
"""The groups that together are all; children, women and men are among them."""


def offers(
    linked: Linked, claims: Mapping[str, Claim], reports: Mapping[str, Report], by: Weights, rules: NumberRules, *,
    decisions: Sequence[Decision] = (), held: Iterable[Assessment] = (), home: Sequence[str] = (),
) -> list[Problem]:  # fmt: skip
    """A draft for each incident and harm that people have not assessed, in the order of the incidents.

    Of episodes none is made: their figures are of many incidents. Claims that people rejected are not heard, nor a
    draft that somebody refused (settled). Raises KeyError for a claim or report that is not given.
    """
    stand = standing(decisions)
    out = {one.about for one in stand if one.verb in ("reject", "withdraw", "settle")}
    known = {(one.about, str(one.harm)) for one in held if one.standing != "withdrawn"}
    roots = {key: one.root for key, one in linked.roots.items()}
    found: list[Problem] = []
    for incident in (one for one in linked.incidents if one.kind == "incident"):
        read = _read(incident, claims, reports, out)
        drafts = drafted(read, roots, Ear(Scene.of(incident, home), by, rules))
        found += offered([one for one in drafts if (incident.id, one.harm) not in known], incident.id, roots)
    return [one for one in found if one.id not in out]


def _read(incident: Incident, claims: Mapping[str, Claim], reports: Mapping[str, Report], out: set[str]) -> Read:
    told: dict[str, list[Claim]] = {}
    for claim in (claims[key] for key in incident.claims if key not in out):
        told.setdefault(claim.report, []).append(claim)
    return [(reports[key], sorted(found, key=lambda one: (one.start, one.id))) for key, found in told.items()]


def offered(drafts: Iterable[Draft], incident: str, roots: Mapping[str, Root]) -> list[Problem]:
    """Each harm's drafts as one assessment that a person may agree to, refuse, or make otherwise. `roots` are whose
    figure each claim is: whoever only repeats it is counted among the reports, and named nowhere.

    People and fighters are cells of their own. Children, women and men among them are told and are no cells: what is
    known of them leaves open who the others were.

    >>> from cenotaph.vocabulary import Count
    >>> draft = Draft("killed", "people", (Carried(Count(3, 3), 2.0, ("claim:1",), ("report:1",)),))
    >>> (offer,) = offered([draft], "incident:1", {"claim:1": Root("Example Monitor")})
    >>> offer.what, offer.proposes.details["cells"]
    ("a machine's draft, killed: 3 people (3: Example Monitor)", [{'low': 3, 'high': 3, 'status': ''}])
    """
    harms: dict[str, list[Draft]] = {}
    for one in drafts:
        harms.setdefault(one.harm, []).append(one)
    return [_offer(harm, each, incident, roots) for harm, each in harms.items()]


def _offer(harm: str, drafts: Sequence[Draft], incident: str, roots: Mapping[str, Root]) -> Problem:
    counted = [one for one in drafts if one.group in COUNTED]
    relied = dict.fromkeys(claim for one in counted for end in one.ends for claim in end.claims)
    aside = dict.fromkeys(claim for one in counted for end in one.aside for claim in end.claims if claim not in relied)
    cells = [{"low": one.count.low, "high": one.count.high, "status": _status(one)} for one in counted]
    details = {"harm": harm, "cells": cells, "relied": [*relied], "set_aside": [*aside], "standing": "pending"}
    told = "; ".join(_told(one, roots) for one in drafts)
    settle = "read the words it rests on; agree, refuse, or assess it yourself"
    return Problem(
        KIND, f"a machine's draft, {harm}: {told}", settle=settle, changes="what the ledger adds up",
        claims=tuple(relied), proposes=Proposed("assess", incident, details=details),
    )  # fmt: skip


def _status(draft: Draft) -> str:
    """The status that all claims give; of fighters the one that is given most."""
    given = sorted((name for name in draft.statuses if name), key=lambda name: (-draft.statuses[name], name))
    if draft.group == "fighters":
        return given[0] if given else "armed group"
    return given[0] if len(draft.statuses) == len(given) == 1 else ""


def _told(draft: Draft, roots: Mapping[str, Root]) -> str:
    """The range, whose figure each end is, in how many reports where in several, and what was left aside."""
    said = f"{shown(draft.count)} {draft.group} ({'; '.join(_carried(draft.ends, roots))})"
    aside = ", ".join(shown(one.count) for one in draft.aside)
    return f"{said}, left aside: {aside}" if aside else said


def _carried(figures: Iterable[Carried], roots: Mapping[str, Root]) -> Iterator[str]:
    for one in figures:
        whose = dict.fromkeys(str(roots[key]) for key in one.claims)
        many = f", in {len(one.reports):,} reports" if len(one.reports) > 1 else ""
        yield f"{shown(one.count)}: {', '.join(whose)}{many}"
