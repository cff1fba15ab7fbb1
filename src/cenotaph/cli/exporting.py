"""The verb that lets what a case holds out of the house: for programs, for spreadsheets, and back from them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, many, open_case
from cenotaph.cli.terminal import talk

if TYPE_CHECKING:
    from cenotaph.case import Case, State
    from cenotaph.publish import Row
    from cenotaph.publish.sheets import Sheet

SHEETS = ("claims", "incidents", "assessments", "problems", "victims")


@click.command()
@case_argument
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json", "jsonl"]), required=True, help="How it is written."
)
@click.option(
    "--sheet", "named", type=click.Choice(SHEETS), default="claims", show_default=True, help="Of csv: which sheet."
)
def export(folder: Path, form: str, named: str) -> None:
    """Write the claims for others, protected people left out.

    One row a claim, in UTF-8; xlsx holds sheets of incidents, assessments and problems as well, csv any one of them.
    Names of protected people have no field and are masked in the quoted words. In CSV, text that begins like a formula
    gets a leading apostrophe; in xlsx every text is written as text. Cells may be changed and given back: cenotaph
    import.
    """
    if named != "claims" and form != "csv":
        fail(f"--sheet is for csv; {form} holds {'every sheet' if form == 'xlsx' else 'claims alone'}")
    if form == "xlsx" and sys.stdout.isatty():
        fail("a workbook is no text for a terminal; write it into a file: cenotaph export CASE --format xlsx > FILE")
    case = open_case(folder)
    state = case.state()
    if form == "xlsx":
        _workbook(case, state)
    elif form == "csv":
        _csv(case, state, named)
    else:
        _json(state, form)


def _workbook(case: Case, state: State) -> None:
    from cenotaph.case.sheets import as_workbook, sheets_of

    sheets = sheets_of(state, case.victims())
    sys.stdout.buffer.write(as_workbook(sheets, case.settings.title, made=dt.datetime.now(dt.UTC)))
    told = ", ".join(many(len(one.rows), one.name.removesuffix("s")) for one in sheets[1:])
    _say_what_is_missing(_told(sheets[0]), f", with {told}{_cut(sheets)}")


def _csv(case: Case, state: State, named: str) -> None:
    from cenotaph.case.sheets import sheet_of
    from cenotaph.publish.sheets import csv_lines

    one = sheet_of(state, named, case.victims() if named == "victims" else ())
    sys.stdout.writelines(csv_lines(one))
    if named == "claims":
        _say_what_is_missing(_told(one), _cut([one]))
    else:
        talk().print(
            f"{many(len(one.rows), named.removesuffix('s'))}{_cut([one])}. Not in this form: the other sheets."
        )


def _json(state: State, form: str) -> None:
    from cenotaph.case.sheets import rows_of
    from cenotaph.cli.writing import as_json, as_lines

    out = rows_of(state)
    if form == "jsonl":
        as_lines(_plain(row) for row in out)
    else:
        as_json({"claims": [_plain(row) for row in out]})
    _say_what_is_missing([(row.masked, row.reading) for row in out])


def _plain(row: Row) -> dict[str, Any]:
    from cenotaph.plain import dump

    plain: dict[str, Any] = dump(row)
    return plain


def _say_what_is_missing(told: Sequence[tuple[bool, str]], more: str = "") -> None:
    """`told` of each claim: whether its quote is masked, and who read it."""
    masked, machine = sum(one for one, _ in told), sum(reading == "machine" for _, reading in told)
    whole = more.startswith(", with")
    left = "the names of the protected" if whole else "problems, the names of the harmed"
    talk().print(
        f"{many(len(told), 'claim')}, {machine:,} of them read by a machine only; {many(masked, 'quote')} masked for"
        f" protected people{more}. Not in this form: answers of accused parties, {left}."
    )


def _told(claims: Sheet) -> list[tuple[bool, str]]:
    names = list(claims.columns)
    masked, reading = names.index("masked"), names.index("reading")
    return [(bool(row[masked]), str(row[reading])) for row in claims.rows]


def _cut(sheets: Sequence[Sheet]) -> str:
    cut = sum(one.cut for one in sheets)
    return f"; {many(cut, 'text')} too long for a cell, cut" if cut else ""
