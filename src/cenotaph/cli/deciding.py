"""The verb by which people decide: on a claim, a voice, an incident, a problem; from the command line or a file."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import (
    case_argument,
    many,
    name_of,
    open_case,
    progress,
    unmasked_option,
    veil_for,
    warn_unmasked,
    who_option,
)
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.vocabulary import Decision, Problem

ON_PROBLEMS = ("agree", "refuse", "settle")
OTHER = ("accept", "reject", "correct", "add", "alias", "relate", "must-link", "cannot-link", "assess", "sign off",
         "grade", "protect", "place", "triage", "withdraw", "request", "answer a request", "undo")  # fmt: skip

HIDING = ("protect", "request")
"""Verbs after which somebody is hidden who was not before."""


@click.command()
@case_argument
@click.argument("verb", type=click.Choice([*ON_PROBLEMS, *OTHER]), required=False)
@click.argument("about", default="")
@click.option("--why", "reason", default="", help="The reason; kept for good.")
@click.option("--with", "other", default="", help="The other claim (must-link, cannot-link) or root (relate).")
@click.option(
    "--as", "kind", default="",
    help="What a must-link makes: one series, one day, one account, incident, same person. triage: relevant, out of"
    " scope, nothing new, read. request: correction, objection, withdrawal. answer a request: granted, refused,"
    " partly.",
)  # fmt: skip
@click.option("--canonical", default="", help="alias: whose voice it is.")
@click.option("--report", default="", help="alias: in this report only.")
@click.option("--independence", default="", help="relate: shown, assumed or dependent.")
@click.option("--harm", default="", help="assess: killed, injured, ...")
@click.option("--cell", "cells", multiple=True, help="assess: 4-6 status=civilian sex=female; may be given again.")
@click.option("--relied", multiple=True, help="assess: a claim it rests on; may be given again.")
@click.option("--set-aside", multiple=True, help="assess: a claim that was set aside.")
@click.option("--level", default="", help="assess: reported, documented, identified, verified, estimated.")
@click.option("--residual", is_flag=True, help="assess: those of an episode that none of its incidents counts.")
@click.option("--source", default="", help="grade: A to F.")
@click.option("--information", default="", help="grade: 1 to 6.")
@click.option("--word", default="", help="grade: confirmed, fair, weak, contested, discounted.")
@click.option("--also", multiple=True, help="protect: another name or spelling of that person; may be given again.")
@click.option("--consent", multiple=True, help="protect: they agree to keep, publish, share or court.")
@click.option("--place", default="", help="place: the place that the name means, by its id or another name of it.")
@click.option("--point", default="", metavar="LAT,LON", help="place: its point in degrees, where nothing lists it.")
@click.option("--inside", default="", help="place: the area that a point lies in, by its id or name.")
@click.option("--precision", type=click.IntRange(1, 6), help="place: how exact a point is, 1 exact to 6 a country.")
@click.option("--from", "asker", default="", help="request: who asks is of the family, a party or a reader.")
@click.option("--by", default="", help="request: who asks, as they call themselves; protected wherever it is shown.")
@click.option("--asked", default="", help="request: what they ask for, in their words or yours.")
@click.option("--contact", default="", help="request: how to reach them; protected as they are.")
@click.option("--answer", default="", help="answer a request: what they are answered, in words that can be sent.")
@click.option("--claim", "claim_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="correct, add: the claim as JSON.")  # fmt: skip
@click.option("--file", "shipped", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Decisions in a TOML file instead.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="Show what was decided, newest last.")
@who_option
@unmasked_option
def decide(
    folder: Path, verb: str | None, about: str, shipped: Path | None, listed: bool, unmasked: bool, **given: Any
) -> None:
    """Decide on a claim, a voice, an incident or a problem.

    agree, refuse and settle take the id of a problem (cenotaph problems): agree takes the decision that it proposes,
    refuse keeps apart what it would join, settle lets things stand as they are. The other verbs take the id of a claim,
    an incident or its code, an assessment, a decision (undo), or the name of a voice (alias, relate), of a person
    (protect: named nowhere in what is shown or written) or of a place (place: what the name means from now on). A
    request of a family, a party or a reader is about an id or a few words; "answer a request" takes the id that the
    request was given. The beginning of an id will do. Who, when and why go into the journal; every decision can be
    undone by another.
    """
    case = open_case(folder)
    if listed:
        _show(case, unmasked)
    elif shipped:
        _take_file(case, shipped)
    elif verb:
        _take(case, [_decision(case, verb, about, given)])
    else:
        fail("say what is decided: cenotaph decide CASE VERB ABOUT --why REASON, or --file, or --list")


def _take(case: Case, decisions: Iterable[Decision]) -> None:
    taken, veil = 0, None
    for one in decisions:
        kept = case.decide(one)
        if veil is None or kept.verb in HIDING:
            veil = veil_for(case)
        click.echo(f"{kept.id}\t{kept.verb}\t{safe(veil.words(kept.about))}")
        taken += 1
    with progress("adding up") as step:
        built = case.build(on_step=step)
    worked = many(built.worked, "group of claims", "groups of claims")
    talk().print(f"{many(taken, 'decision')} in the journal; {worked} worked out again, {built.groups:,} in all")


def _take_file(case: Case, path: Path) -> None:
    from cenotaph.case import CaseError
    from cenotaph.case.shipped import decisions_of

    found = list(decisions_of(path, case.claims(), case.reports(), case.linked().incidents))
    for number, one in enumerate(found, 1):
        try:
            case.checked(one)
        except CaseError as error:
            fail(f"{path}, decision {number}: {error}; none of the file was taken")
    _take(case, found)


# --- what was meant -------------------------------------------------------------------------------------------------


def _decision(case: Case, verb: str, about: str, given: Mapping[str, Any]) -> Decision:
    from cenotaph.case.offers import on_problem
    from cenotaph.vocabulary import Decision

    reason = str(given["reason"]).strip()
    if not reason:
        fail("every decision has a reason: --why REASON")
    if not about and verb != "add":
        fail(f"{verb} what? give the id or the name that it is about")
    who, when = name_of(given["who"]), dt.datetime.now(dt.UTC)
    if verb in ON_PROBLEMS:
        return on_problem(_problem(case, about), verb, who, when, reason)
    known = _ids(case)
    details = {key: value for key, value in _details(verb, given, known).items() if value not in ("", [], None)}
    report = _report(case, str(given["report"]), known) if given["report"] else ""
    return Decision(who, when, verb, _full(about, known), reason, report, details=details)


def _problem(case: Case, about: str) -> Problem:
    from cenotaph.case.drafting import drafts

    digits = about.rpartition(":")[2]
    problems = [*case.problems(), *drafts(case.state())]
    found = [one for one in problems if one.id == about or (len(digits) >= 4 and one.id.endswith(digits))]
    found += [one for one in problems if len(digits) >= 4 and one.id.partition(":")[2].startswith(digits)]
    unique = {one.id: one for one in found}
    if len(unique) != 1:
        fail(f"{len(unique)} problems are called '{safe(about)}'; cenotaph problems {case.folder} shows their ids")
    return next(iter(unique.values()))


def _ids(case: Case) -> set[str]:
    linked = case.linked()
    known = {one.id for one in case.claims()} | {one.id for one in linked.incidents}
    known |= {one.id for one in case.reports()} | {one.id for one in case.decisions()}
    return known | {one.id for one in case.state().assessments()[0]}


def _report(case: Case, given: str, known: set[str]) -> str:
    """A report by its id, the beginning of it, or its name if only one goes by it."""
    found = [one.id for one in case.reports() if given in (one.name, one.name.rpartition(".")[0])]
    if len(found) == 1:
        return found[0]
    report = _full(given, known)
    if report not in known:
        fail(f"{len(found)} reports are called '{safe(given)}'; give the id of one")
    return report


def _full(given: str, known: set[str]) -> str:
    """The id that begins so, if there is one; else the words themselves: the name of a voice, an incident's code."""
    digits = given.rpartition(":")[2]
    if given in known or not re.fullmatch(r"[0-9a-f]{6,16}", digits):
        return given
    found = [one for one in known if one.partition(":")[2].startswith(digits)]
    if len(found) > 1:
        fail(f"{len(found)} things have an id that begins with '{given}': {', '.join(sorted(found)[:4])}")
    return found[0] if found else given


def _details(verb: str, given: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    if verb in ("must-link", "cannot-link"):
        return {"with": _full(given["other"], known), "as": given["kind"]}
    if verb == "alias":
        return {"canonical": given["canonical"]}
    if verb == "relate":
        return {"with": given["other"], "independence": given["independence"]}
    if verb == "grade":
        return {key: given[key] for key in ("source", "information", "word")}
    if verb in ("correct", "add"):
        return {"claim": _claim(given["claim_file"], verb)}
    if verb == "place":
        return {"place": given["place"], "inside": given["inside"], "precision": given["precision"]} | _point(given)
    if verb == "protect":
        return {key: list(given[key]) for key in ("also", "consent")}
    if verb == "triage":
        return {"as": given["kind"]}
    if verb == "request":
        asked = {key: given[key].strip() for key in ("by", "asked", "contact")}
        return {"kind": given["kind"], "from": given["asker"], **asked}
    if verb == "answer a request":
        return {"decision": given["kind"], "answer": given["answer"].strip()}
    return _assessed(given, known) if verb == "assess" else {}


def _point(given: Mapping[str, Any]) -> dict[str, float]:
    if not given["point"]:
        return {}
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*", given["point"])
    if not found:
        fail(f"--point is LAT,LON in degrees (35.5,36.25); found '{safe(given['point'])}'")
    return {"lat": float(found[1]), "lon": float(found[2])}


def _claim(path: Path | None, verb: str) -> Any:
    from cenotaph.plain import dump, load
    from cenotaph.vocabulary import Claim

    if path is None:
        fail(f"{verb} needs the claim as JSON: --claim FILE (cenotaph export writes claims in that form)")
    try:
        return dump(load(Claim, json.loads(path.read_text(encoding="utf-8"))))
    except ValueError as error:
        fail(f"{path} holds no claim: {error}")


def _assessed(given: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {
        "harm": given["harm"] or "killed",
        "cells": [_cell(one) for one in given["cells"]],
        "relied": [_full(one, known) for one in given["relied"]],
        "set_aside": [_full(one, known) for one in given["set_aside"]],
        "residual": bool(given["residual"]),
        "level": given["level"] or "reported",
    }


def _cell(words: str) -> dict[str, Any]:
    """
    >>> _cell("4-6 status=civilian sex=female")
    {'low': 4, 'high': 6, 'status': 'civilian', 'sex': 'female'}
    >>> _cell("12 age=child"), _cell("3+")
    ({'low': 12, 'high': 12, 'age': 'child'}, {'low': 3, 'high': None})
    """
    number, _, rest = words.strip().partition(" ")
    found = re.fullmatch(r"(\d+)(?:(\+)|[-–](\d+))?", number)
    if not found:
        fail(f"a cell begins with a number, a range or a floor (12, 4-6, 3+); found '{safe(words)}'")
    low = int(found[1])
    high = None if found[2] else int(found[3] or low)
    facets = dict(re.findall(r"(\w+)=(\"[^\"]*\"|\S+(?: (?!\w+=)\S+)*)", rest))
    return {"low": low, "high": high, **{key: value.strip("\"'") for key, value in facets.items()}}


def _show(case: Case, unmasked: bool) -> None:
    from cenotaph.case.requests import own_names
    from cenotaph.decided import standing
    from cenotaph.publish.masking import Mask

    decisions = case.decisions()
    words = str if unmasked else veil_for(case).words
    if unmasked:
        warn_unmasked(case)
    stand = {one.id for one in standing(decisions)}
    for one in decisions:
        mark = "" if one.id in stand or one.verb == "undo" else "  (undone)"
        when = one.when.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M")
        own = [] if unmasked else own_names(one.verb, one.about, one.details, words)
        about, why = (safe(Mask.of(own)(words(said))) for said in (one.about, one.why))
        click.echo(f"{one.id}\t{when}\t{safe(one.who)}\t{one.verb}\t{about}\t{why}{mark}")
    if not decisions:
        talk().print("nothing was decided yet")
