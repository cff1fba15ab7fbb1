"""Lists of claims, answers, problems and tolls: a table where there is room, else one block for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from cenotaph.cli import phrases
from cenotaph.cli.terminal import Cell, written
from cenotaph.vocabulary import Answer, Claim, Interval, Problem, Toll

if TYPE_CHECKING:
    from cenotaph.case import State

ROOM = 140
"""Columns below which eight cells side by side can't be read any more."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of cells under headings; in a block the first `title` cells make its first line, the rest have labels."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    title: int = 3
    widths: Mapping[str, int] | None = None


def show(console: Console, listing: Listing, *, first: int = 1) -> None:
    """A table from ROOM columns on, below it a block for each row; both are numbered from `first`."""
    draw = _table if console.width >= ROOM else _blocks
    draw(console, listing, first)


def _table(console: Console, listing: Listing, first: int) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, expand=True)
    table.add_column("", justify="right", no_wrap=True)
    for index, heading in enumerate(listing.headings):
        ratio = (listing.widths or {}).get(heading, 2)
        table.add_column(heading, ratio=ratio, style="bold" if index == 0 else "")
    for count, row in enumerate(listing.rows, first):
        table.add_row(str(count), *(Cell(cell or "–") for cell in row))
    console.print(table)


def _blocks(console: Console, listing: Listing, first: int) -> None:
    labels = max(len(heading) for heading in listing.headings[listing.title :])
    numbers = len(str(first + len(listing.rows)))
    for count, row in enumerate(listing.rows, first):
        title = " · ".join(cell for cell in row[: listing.title] if cell)
        console.print(Cell(title, "bold", label=f"{count:>{numbers}}  "))
        for heading, cell in zip(listing.headings[listing.title :], row[listing.title :], strict=True):
            if cell:
                console.print(Cell(cell, label=f"{' ' * numbers}  {heading:<{labels}}  "))
        console.print()


def show_notes(console: Console, numbered: Sequence[tuple[str, str]]) -> None:
    """Notes under a text, each beside its number."""
    widest = max((len(number) for number, _ in numbered), default=0)
    for number, words in numbered:
        console.print(Cell(words, label=f"{number:>{widest}} "))


# --- what is listed -----------------------------------------------------------------------------------------------


def claims(found: Sequence[Claim], known: Mapping[str, Interval]) -> Listing:
    headings = ("figure", "who", "harm", "where", "when", "by whom", "says who", "how meant", "words")
    return Listing(headings, [_claim(claim, known[claim.id]) for claim in found], widths={"words": 4, "says who": 3})


def _claim(claim: Claim, interval: Interval) -> tuple[str, ...]:
    day = phrases.said(claim)
    return (
        phrases.figure(claim.quantity, interval),
        phrases.harmed(claim.group, claim.quantity.unit),
        phrases.done(claim),
        phrases.where(claim.place),
        phrases.when(claim.period),
        phrases.parties(claim.parties),
        phrases.chain(claim.voices) + (f", {day}" if day else ""),
        phrases.marks(claim),
        phrases.excerpt(claim),
    )


def answers(found: Sequence[Answer]) -> Listing:
    rows = [
        (
            phrases.parties([one.party]),
            phrases.answer(one),
            phrases.chain(one.voices),
            phrases.day(one.said),
            phrases.quoted(one.quote),
        )
        for one in found
    ]
    return Listing(("accused", "answer", "says who", "when", "words"), rows, title=2, widths={"words": 5})


def problems(found: Sequence[Problem]) -> Listing:
    """Those of one reading, which nobody can decide on."""
    return Listing(("unclear", "words", "settled by", "would change"), [_problem(one) for one in found], title=1)


def open_ones(found: Sequence[tuple[str, Problem]], state: State) -> Listing:
    """Those of a case with their ids, the figure that hangs on each, and where it stands."""
    names = {key: report.name or report.outlet or key for key, report in state.reports.items()}
    rows = [
        (*_problem(one, state.at_stake(one)), written(names.get(one.report, one.report)), key) for key, one in found
    ]
    headings = ("unclear", "words", "settled by", "would change", "report", "id")
    return Listing(headings, rows, title=1, widths={"unclear": 3, "words": 3, "report": 1})


def _problem(one: Problem, stake: int = 0) -> tuple[str, ...]:
    words = phrases.quoted(one.quote) if one.quote else ""
    return written(one.what), words, written(one.settle), written(one.changes) + _stake(stake)


def _stake(people: int) -> str:
    return f" (a figure of {phrases.number(people)})" if people > 1 else ""


def tolls(found: Sequence[Toll]) -> Listing:
    headings = ("figure", "who", "harm", "where", "says", "read by", "day", "series", "carried by", "checks")
    return Listing(headings, [_toll(toll) for toll in found], title=6, widths={"series": 3, "checks": 3, "says": 3})


def _toll(toll: Toll) -> tuple[str, ...]:
    return (
        phrases.newest(toll),
        phrases.harmed(toll.scope.group),
        str(toll.scope.harm),
        phrases.where(toll.scope.place),
        written(toll.root) or "nobody named",
        phrases.read_by(toll),
        phrases.dated(toll),
        phrases.series(toll) if len(toll.series) > 1 else "",
        _carriers(toll),
        phrases.checks(toll),
    )


def _carriers(toll: Toll) -> str:
    names = [written(name) for name in toll.carriers]
    return f"{len(names)}: {', '.join(names)}" if len(names) > 1 else "".join(names)
