"""The verb that shows what changed where an address was captured more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, format_option, many, open_case, unmasked_option, veil_for, warn_unmasked
from cenotaph.cli.terminal import Cell, safe, talk, to_stdout, written

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.publish.veil import Veil
    from cenotaph.vocabulary import Claim, Report

SIGNS = {"added": "+", "taken out": "-"}


@click.command()
@case_argument
@click.argument("report", metavar="[ADDRESS|ID]", default="")
@format_option("table", "json")
@unmasked_option
def versions(folder: Path, report: str, form: str, unmasked: bool) -> None:
    """Show what changed where an address was captured again.

    Of each version the sentences that were added (+) or taken out (-), one put otherwise in both forms, and how many
    claims stand in them: only these have to be looked at again. What stands unchanged is not shown, and what was
    decided on it holds on. A page that went back to an earlier version is marked "as before".
    """
    from cenotaph.cli.writing import as_json

    case = open_case(folder)
    veil = None if unmasked else veil_for(case)
    if unmasked:
        warn_unmasked(case)
    found = _rows(case, report, veil)
    unread = sum(not row["read"] for row in found)
    if unread:
        talk().print(f"{many(unread, 'version')} not read yet: whom the words protect shows after cenotaph build")
    if form == "json":
        as_json({"versions": found})
    elif not found:
        talk().print("no address was captured with other words than before")
    for row in found if form == "table" else ():
        _show(row)


def _rows(case: Case, wanted: str, veil: Veil | None) -> list[dict[str, Any]]:
    """Each time an address showed other words, in the order in which that was captured.

    What was not read yet shows no words: nobody knows yet whom it protects.
    """
    from cenotaph.case import cache, evidence

    reports = {one.id: one for one in case.reports()}
    named = _named(reports, wanted) if wanted else set(reports)
    with case.told(), case.engine.connect() as connection:
        steps, newest = evidence.steps(connection), evidence.newest(connection)
        read = set(cache.keys(connection))
    claims, over = case.claims(), case.carried(case.decisions())
    out, seen = [], set[str]()
    for before, now in steps:
        seen.add(before)
        if now["id"] not in named:
            continue
        known = veil is None or {before, now["id"]} <= read
        row = _row(claims, reports[before], reports[now["id"]], veil, known)
        row["captured"][1] = str(now["captured"] or "")
        row["status"] = "as before" if now["id"] in seen else "new version"
        row["carried"] = sum("carried" in one.details and one.report == now["id"] for one in over.decisions)
        row["asked"] = sum(newest.get(one.report) == now["id"] for one in over.problems)
        out.append(row)
    return out


def _named(reports: Mapping[str, Report], wanted: str) -> set[str]:
    """The ids of all versions of an address, given by it or by the id of any of them."""
    addresses = {one.url for one in reports.values() if wanted in (one.id, one.url)} - {""}
    if not addresses:
        fail(f"no address or report '{safe(wanted)}' in this case; cenotaph versions CASE shows all that changed")
    return {one.id for one in reports.values() if one.url in addresses}


def _row(
    claims: Sequence[Claim], before: Report, after: Report, veil: Veil | None, known: bool
) -> dict[str, Any]:  # fmt: skip
    from cenotaph.plain.changed import changes

    found = [asdict(one) for one in changes(before.text, after.text)] if known else []
    mine = [one for one in claims if one.report == after.id]
    for one in found:
        one["claims"] = [claim.id for claim in mine if _in(claim, str(one["after"]))]
        if veil:
            one |= {"before": veil.words(one["before"], before.id), "after": veil.words(one["after"], after.id)}
    return {
        "address": veil(after).url if veil else after.url, "before": before.id, "after": after.id,
        "captured": [str(one.captured or "") for one in (before, after)], "read": known, "changes": found,
        "claims": len(mine), "to_look_at": len({claim for one in found for claim in one["claims"]}),
    }  # fmt: skip


def _in(claim: Claim, sentence: str) -> bool:
    words = " ".join(claim.quote.split())
    return bool(sentence) and (words in sentence or sentence in words)


def _show(row: Mapping[str, Any]) -> None:
    out = to_stdout()
    back = " (as before)" if row["status"] == "as before" else ""
    out.print(Cell(f"{written(row['address'])}  {row['before']} -> {row['after']}{back}", "bold"))
    if not row["read"]:
        out.print(Cell("not read yet: build the case, then look again", label="  "))
        return
    if not row["changes"]:
        out.print(Cell("the words are the same; what is known of it changed", label="  "))
    for one in row["changes"]:
        for sign, words in _lines(one):
            out.print(Cell(written(words), label=f"  {sign} "))
    out.print(Cell(_summary(row["changes"], row), label="  "))
    if row["carried"] or row["asked"]:
        decisions = many(row["carried"], "decision")
        told = f"{decisions} of earlier versions hold here; {row['asked']:,} to be made again (cenotaph problems)"
        out.print(Cell(told, label="  "))


def _lines(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if one["kind"] == "changed":
        yield from (("-", one["before"]), ("+", one["after"]))
    else:
        yield SIGNS[one["kind"]], one["before"] or one["after"]


def _summary(changes: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> str:
    return f"{many(len(changes), 'sentence')} changed; {row['to_look_at']:,} of {many(row['claims'], 'claim')} in them"
