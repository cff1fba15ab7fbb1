"""The verb that lets claims out of the house."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli.opening import case_argument, many, open_case, veil_for
from cenotaph.cli.terminal import talk

if TYPE_CHECKING:
    from cenotaph.publish import Row


@click.command()
@case_argument
@click.option("--format", "form", type=click.Choice(["csv", "json", "jsonl"]), required=True, help="How it is written.")
def export(folder: Path, form: str) -> None:
    """Write the claims for others, protected people left out.

    One row a claim, in UTF-8. Names of protected people have no field and are masked in the quoted words. In CSV, text
    that begins like a formula gets a leading apostrophe.
    """
    from cenotaph.cli.writing import as_json, as_lines
    from cenotaph.publish import csv, rows

    case = open_case(folder)
    reports = {report.id: report for report in case.reports()}
    out = rows(case.claims(), reports, case.rules, veil_for(case).hidden)
    if form == "csv":
        sys.stdout.writelines(csv.lines(out))
    elif form == "jsonl":
        as_lines(_plain(row) for row in out)
    else:
        as_json({"claims": [_plain(row) for row in out]})
    _say_what_is_missing(out)


def _plain(row: Row) -> dict[str, Any]:
    from cenotaph.plain import dump

    plain: dict[str, Any] = dump(row)
    return plain


def _say_what_is_missing(out: list[Row]) -> None:
    masked, machine = sum(row.masked for row in out), sum(row.reading == "machine" for row in out)
    talk().print(
        f"{many(len(out), 'claim')}, {machine:,} of them read by a machine only; {many(masked, 'quote')} masked for"
        " protected people. Not in this form: answers of accused parties, problems, the names of the harmed."
    )
