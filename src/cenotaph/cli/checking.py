"""The verb that lays one's own draft beside what a case holds, before it goes out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli.incoming import Given, given_options, one_report
from cenotaph.cli.opening import case_argument, format_option, many, open_case, unmasked_option, veil_for, warn_unmasked
from cenotaph.cli.terminal import talk, to_stdout, written

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.publish.veil import Veil
    from cenotaph.reconcile.drafts import Finding
    from cenotaph.vocabulary import Claim, Report, Span

COLUMNS = ("figure", "line", "verdict", "what", "do", "start", "end", "toll", "rests")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The case's claims and reports by id, and what hides its protected people; None where they are to be named."""

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    veil: Veil | None

    def words(self, text: str, report: str = "") -> str:
        return self.veil.words(text, report) if self.veil else text


@click.command()
@case_argument
@click.argument("draft", metavar="DRAFT|-")
@given_options
@format_option("table", "json", "csv")
@unmasked_option
def check(folder: Path, draft: str, given: Given, form: str, unmasked: bool) -> int:
    """Check a draft of your own: each figure in it beside what the case holds.

    DRAFT is a text, markdown or a saved page; - is standard input. It is read like a report and kept nowhere. Exit code
    1 if a figure is not held as it stands there, or nobody has read the words it rests on.
    """
    case = open_case(folder)
    text = one_report(draft, given)
    shelf = _shelf(case, unmasked)
    found = [_masked(one, shelf) for one in _checked(case, text, shelf)]
    if form == "table":
        _show(found, text, shelf)
    else:
        _write(form, [_plain(one, text, shelf) for one in found])
    _summary(found)
    return int(any(one.verdict != "held" for one in found))


def _shelf(case: Case, unmasked: bool) -> Shelf:
    if unmasked:
        warn_unmasked(case)
    claims, reports = {one.id: one for one in case.claims()}, {one.id: one for one in case.reports()}
    return Shelf(claims, reports, None if unmasked else veil_for(case))


def _masked(one: Finding, shelf: Shelf) -> Finding:
    """What is said of a figure, nobody named who is protected: neither by the case nor by the draft."""
    return replace(one, figure=shelf.words(one.figure), what=shelf.words(one.what), do=shelf.words(one.do))


def _checked(case: Case, text: Report, shelf: Shelf) -> list[Finding]:
    from cenotaph.decided import standing
    from cenotaph.plain import intervals
    from cenotaph.reconcile.drafts import checked
    from cenotaph.world import load

    claims, _, problems = case.reader.read(text)
    known = intervals([*shelf.claims.values(), *claims], case.rules)
    read = {one.about for one in standing(case.decisions()) if one.verb in ("accept", "correct", "add")}
    return checked(
        claims, case.tolls(), shelf.claims, shelf.reports, known,
        text=text, numbers=_numbers(case, text), problems=problems, read=read, words=load().codes("drafts"),
    )  # fmt: skip


def _numbers(case: Case, text: Report) -> list[Span]:
    """The numbers that stand near a word of harm: in its sentence, or in the next one of its paragraph."""
    from cenotaph import world
    from cenotaph.read import open_page

    page = open_page(text, world.load(countries=case.settings.countries, rules=case.settings.rules))
    near: list[Span] = []
    paragraph = -1
    for scene in page.scenes:
        if scene.triggers or scene.sentence.paragraph == paragraph:
            near += [scene.sentence.cut(one.first, one.last) for one in scene.amounts if one.quantity.base is not None]
        paragraph = scene.sentence.paragraph if scene.triggers else -1
    return near


# --- shown ----------------------------------------------------------------------------------------------------------


def _show(found: Sequence[Finding], text: Report, shelf: Shelf) -> None:
    from cenotaph.cli import tables

    if not found:
        return
    figures: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        figures.setdefault((one.where, one.claim.id if one.claim else ""), []).append(one)
    rows = [_row(together, text, shelf) for together in figures.values()]
    headings = ("figure", "where", "verdict", "what", "rests on", "to do")
    tables.show(to_stdout(), tables.Listing(headings, rows, widths={"what": 4, "rests on": 5}))


def _row(together: Sequence[Finding], text: Report, shelf: Shelf) -> tuple[str, ...]:
    """All there is to say on one figure."""
    first = together[0]
    return (
        written(first.figure),
        f"line {_line(first, text)}",
        ", ".join(dict.fromkeys(one.verdict for one in together)),
        "\n".join(written(one.what) for one in together),
        "\n".join(dict.fromkeys(words for one in together for words in _words(one, shelf))),
        "; ".join(dict.fromkeys(written(one.do) for one in together if one.do)),
    )


def _line(one: Finding, text: Report) -> int:
    return text.text.count("\n", 0, one.where.start) + 1


def _words(one: Finding, shelf: Shelf) -> Iterator[str]:
    """The first words it rests on, with their report and its day, protected people masked; how many more there are."""
    from cenotaph.cli import phrases

    held = [shelf.claims[key] for key in one.rests if key in shelf.claims]
    if held:
        first = held[0]
        words = phrases.excerpt(first, lambda text: shelf.words(text, first.report))
        more = f"; and {many(len(held) - 1, 'more claim')}" if len(held) > 1 else ""
        yield f"{shelf.words(_named(shelf.reports.get(first.report)))}: {words}{more}"


def _named(report: Report | None) -> str:
    from cenotaph.cli import phrases

    if report is None:
        return "a report no longer held"
    parts = (written(report.outlet or report.name or report.id), phrases.day(report.published))
    return ", ".join(part for part in parts if part)


def _summary(found: Sequence[Finding]) -> None:
    if not found:
        talk().print("no figure of harm to people was read in this draft: nothing was compared")
        return
    figures = len({one.where for one in found})
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in Counter(one.verdict for one in found).items())
    talk().print(f"{many(figures, 'figure')} in this draft: {verdicts}. A machine compared; you decide.")


# --- written --------------------------------------------------------------------------------------------------------


def _plain(one: Finding, text: Report, shelf: Shelf) -> dict[str, Any]:
    """A finding as plain values, the words it rests on with their report and day."""
    rests = [_rest(shelf.claims[key], shelf) for key in one.rests if key in shelf.claims]
    return {
        "figure": one.figure, "line": _line(one, text), "verdict": one.verdict, "what": one.what, "do": one.do,
        "start": one.where.start, "end": one.where.end, "toll": one.toll, "rests": rests,
    }  # fmt: skip


def _rest(claim: Claim, shelf: Shelf) -> dict[str, Any]:
    report = shelf.reports.get(claim.report)
    published = report.published.isoformat() if report and report.published else ""
    return {
        "claim": claim.id, "report": claim.report, "outlet": shelf.words(report.outlet) if report else "",
        "published": published, "quote": shelf.words(claim.quote, claim.report),
    }  # fmt: skip


def _write(form: str, rows: Sequence[dict[str, Any]]) -> None:
    from cenotaph.cli.writing import as_json
    from cenotaph.publish import csv

    if form == "json":
        as_json({"findings": rows})
        return
    flat = [{**row, "rests": "; ".join(one["claim"] for one in row["rests"])} for row in rows]
    sys.stdout.writelines(csv.table(COLUMNS, ([row[name] for name in COLUMNS] for row in flat)))
