"""The verbs that show how claims hang together: incidents, roots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail, phrases
from cenotaph.cli.opening import case_argument, format_option, many, open_case, shown, unmasked_option
from cenotaph.cli.terminal import Cell, safe, talk, to_stdout, written
from cenotaph.vocabulary import Interval

if TYPE_CHECKING:
    from rich.tree import Tree

    from cenotaph.case import State
    from cenotaph.vocabulary import Claim, Incident, Link


@click.command()
@case_argument
@click.argument("incident", default="")
@format_option("table", "json", "csv")
@unmasked_option
def incidents(folder: Path, incident: str, form: str, unmasked: bool) -> None:
    """Show what claims are about: incidents, and the episodes that hold them.

    With an INCIDENT (its code, its id or the beginning of it) every claim in it is shown with the reasons that put it
    there. Episodes hold running totals and what they leave open; an incident has a place of its own.
    """
    from cenotaph.cli.writing import as_csv, as_json
    from cenotaph.plain import dump
    from cenotaph.vocabulary import Incident

    state = shown(open_case(folder), unmasked)
    found = _named(state, incident) if incident else list(state.linked.incidents)
    if form == "json":
        as_json({"incidents": dump(found)})
    elif form == "csv":
        as_csv(Incident, dump(found))
    elif not found:
        talk().print("no incident yet: no claim has been read. Next: cenotaph add, then cenotaph build")
    elif incident:
        for one in found:
            to_stdout().print(_whole(state, one))
    else:
        _show(state)


def _named(state: State, wanted: str) -> list[Incident]:
    digits = wanted.rpartition(":")[2].casefold()
    found = [
        one
        for one in state.linked.incidents
        if wanted in (one.id, one.code, *one.once)
        or (len(digits) >= 4 and one.id.partition(":")[2].startswith(digits))
        or wanted.casefold() in one.title.casefold()
    ]
    if not found:
        fail(f"no incident is called '{safe(wanted)}'; cenotaph incidents CASE shows their ids and titles")
    return found


def _show(state: State) -> None:
    out = to_stdout()
    inside: dict[str, list[Incident]] = defaultdict(list)
    for one in state.linked.incidents:
        inside[one.parent].append(one)
    for top in sorted(inside[""], key=lambda one: (-len(one.claims), one.id)):
        out.print(_tree(state, top, inside[top.id]))
    out_of_all = len(state.claims) - sum(len(one.claims) for one in state.linked.incidents)
    talk().print(f"{many(out_of_all, 'claim')} in no incident: background figures and what nothing holds")


def _tree(state: State, top: Incident, inside: Sequence[Incident]) -> Tree:
    from rich.tree import Tree

    tree = Tree(Cell(_line(state, top), "bold"))
    for one in sorted(inside, key=lambda one: (-len(one.claims), one.id)):
        tree.add(Cell(_line(state, one)))
    return tree


def _line(state: State, one: Incident) -> str:
    claims = [state.claims[key] for key in one.claims if key in state.claims]
    reports = len({claim.report for claim in claims})
    found = (state.linked.roots[claim.id].root for claim in claims)
    roots = len({str(root) for root in found if root.named and not root.private})
    name = f"{one.code} " if one.code else ""
    counts = f"{many(len(claims), 'claim')} in {many(reports, 'report')}, {many(roots, 'named root')}"
    return f"{name}{written(one.title)}  [{one.kind}]  {one.id} · {counts}"


def _whole(state: State, one: Incident) -> Tree:
    from rich.tree import Tree

    tree = Tree(Cell(_line(state, one), "bold"))
    if one.parent:
        tree.add(Cell(f"in {written(state.incidents[one.parent].title)}  {one.parent}"))
    for line in _known(state, one):
        tree.add(Cell(line))
    for link in one.links:
        claim = state.claims.get(link.claim)
        if claim is not None:
            tree.add(Cell(_link(state, claim, link)))
    for other in state.linked.incidents:
        if other.parent == one.id:
            tree.add(Cell(f"holds {_line(state, other)}"))
    return tree


def _known(state: State, one: Incident) -> Iterator[str]:
    """How far it is supported, what the team holds of it, and how it is graded: proposed until somebody decides."""
    from cenotaph.case.drafting import drafts_of
    from cenotaph.reconcile.assessments import concerns

    for account in state.accounts():
        if account.incident == one.id:
            yield f"{account.harm}: {account.support}"
    held, problems = state.assessments()
    for assessment in held:
        if assessment.about == one.id:
            count = assessment.count
            span = phrases.span_of(Interval(count.low, None, count.high, ""))
            yield f"we hold: {assessment.harm} {span} · {assessment.reading} · {assessment.standing} · {assessment.id}"
            yield from (f"to look at: {written(problem.what)}" for problem in problems if concerns(problem, assessment))
    yield from (f"{written(draft.what)} · agree, refuse: {key}" for key, draft in drafts_of(state, one.id))
    for grade in state.grades():
        if grade.about == one.id and (grade.word or grade.source or grade.information):
            word = " ".join(part for part in (grade.source + grade.information, grade.word) if part)
            yield f"{'graded' if grade.decision else 'proposed grade'}: {word} ({written(grade.why)})"


def _link(state: State, claim: Claim, link: Link) -> str:
    report = state.reports[claim.report]
    why = "; ".join(link.reasons) + (" (assumed)" if link.assumed else "")
    said = phrases.figure(claim.quantity, state.figures[claim.id])
    who = phrases.harmed(claim.group, claim.quantity.unit)
    return f"{claim.id}  {said} {who} {claim.harm} · {written(report.name or report.outlet)} · {why}"


# --- roots ----------------------------------------------------------------------------------------------------------


@click.command()
@case_argument
@format_option("table", "json", "csv")
@unmasked_option
def roots(folder: Path, form: str, unmasked: bool) -> None:
    """Show who repeats whom, and which roots are known to be independent.

    A root is the voice that compiled a figure and answers for it; outlets that carry it are no further source. Unnamed
    voices stay voices of their report until somebody decides whose they are.
    """
    from cenotaph.cli.writing import as_json
    from cenotaph.plain import dump

    state = shown(open_case(folder), unmasked)
    rows = list(_roots(state))
    if form == "json":
        as_json({"roots": rows, "tethers": dump(state.linked.tethers)})
    elif form == "csv":
        _as_csv(rows)
    elif not rows:
        talk().print("no root yet: no claim has been read. Next: cenotaph add, then cenotaph build")
    else:
        _show_roots(state, rows)


def _roots(state: State) -> Iterator[dict[str, Any]]:
    """A row for each root: who carries it, how that is known, how many claims."""
    claims: dict[tuple[bool, str], list[Claim]] = defaultdict(list)
    for key, claim in state.claims.items():
        root = state.linked.roots[key].root
        claims[(not root.named or root.private, str(root))].append(claim)
    ordered = sorted(claims.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    grades = [one for one in state.grades() if one.decision]
    for (unnamed, name), mine in ordered:
        outlets = Counter(_outlet(state, claim) for claim in mine)
        rules = Counter(state.linked.roots[claim.id].rule for claim in mine)
        yield {
            "root": name,
            "named": not unnamed,
            "claims": len(mine),
            "carried_by": [outlet for outlet, _ in sorted(outlets.items())],
            "known": dict(sorted(rules.items())),
            "may_be": _proposed(state, {claim.id for claim in mine}) if unnamed else [],
            "graded": [f"{one.source}{one.information} {one.word}".strip() for one in grades if one.about == name],
        }


def _outlet(state: State, claim: Claim) -> str:
    report = state.reports[claim.report]
    return report.outlet or report.name


def _proposed(state: State, claims: set[str]) -> list[dict[str, str]]:
    return [
        {"root": str(one.proposes.details.get("canonical", "")), "why": one.what, "problem": key}
        for key, one in state.weighed()
        if one.proposes and one.proposes.verb == "alias" and claims & set(one.claims)
    ]


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    import sys

    from cenotaph.publish import csv

    names = ["root", "named", "claims", "carried_by", "known", "may_be"]
    lines = (
        [row["root"], "yes" if row["named"] else "no", row["claims"], "; ".join(row["carried_by"]),
         "; ".join(row["known"]), "; ".join(one["root"] for one in row["may_be"])]
        for row in rows
    )  # fmt: skip
    sys.stdout.writelines(csv.table(names, lines))


def _graded(row: Mapping[str, Any]) -> str:
    return f"  [{', '.join(row['graded'])}]" if row["graded"] else ""


def _show_roots(state: State, rows: Sequence[Mapping[str, Any]]) -> None:
    from cenotaph.cli import tables

    listing = tables.Listing(
        ("root", "carried by", "known", "may be"),
        [
            (
                written(row["root"]) + ("" if row["named"] else "  (nobody named)") + _graded(row),
                f"{len(row['carried_by'])}: " + ", ".join(map(written, row["carried_by"])),
                ", ".join(f"{rule} {count}" for rule, count in row["known"].items()),
                "; ".join(f"{written(one['why'])} ({one['problem']})" for one in row["may_be"]),
            )
            for row in rows
        ],
        title=1, widths={"carried by": 3, "may be": 3},
    )  # fmt: skip
    tables.show(to_stdout(), listing)
    named = [row["root"] for row in rows if row["named"]]
    for one in state.linked.tethers:
        to_stdout().print(Cell(f"{written(one.one)} and {written(one.other)}: {one.independence} ({written(one.why)})"))
    pairs = len(named) * (len(named) - 1) // 2 - len(state.linked.tethers)
    unknown = f"; of {many(pairs, 'pair')} nothing tells whether they are independent" if pairs > 0 else ""
    talk().print(f"{many(len(named), 'named root')}{unknown}")
