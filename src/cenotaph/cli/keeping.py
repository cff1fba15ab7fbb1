"""The verbs that look after the evidence of a case: verify, forget."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.opening import case_argument, many, name_of, open_case, who_option
from cenotaph.cli.terminal import safe, talk


@click.command()
@case_argument
def verify(folder: Path) -> int:
    """Check every byte and every chain of a case.

    Each broken link is named on a line of its own. Exit code 1 if there is one.
    """
    broken = open_case(folder).verify()
    for line in broken:
        click.echo(safe(line))
    if not broken:
        talk().print("whole: every byte, every row and every chain is as it was written")
    return 1 if broken else 0


@click.command()
@case_argument
@click.argument("report")
@who_option
@click.option("--why", "reason", required=True, help="Why; kept for good beside the tombstone.")
def forget(folder: Path, report: str, who: str | None, reason: str) -> None:
    """Destroy a report's words for good; a tombstone stays.

    The text and what was read of it are gone from every file of the case, and so is any report of the same words. Who
    destroyed it, when and why stays. Copies elsewhere, back-ups among them, are not reached.
    """
    gone = open_case(folder).forget(report, who=name_of(who), why=reason)
    for one in gone:
        click.echo(one)
    talk().print(f"{many(len(gone), 'report')}: the words are gone from every file of {folder}; the tombstone stays.")
