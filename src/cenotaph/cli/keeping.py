"""The verbs that look after the evidence of a case: verify, forget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.opening import case_argument, many, name_of, open_case, who_option
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case


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
    """Destroy a report's words, or a request's, for good; a tombstone stays.

    The text and what was read of it are gone from every file of the case, and so is any report of the same words. The
    id of a request takes who asked, what, and what they were answered. Who destroyed it, when and why stays. Copies
    elsewhere are not reached; back-ups that were made of this case, and other captures of the same address, are named.
    """
    case = open_case(folder)
    addresses = {one.id: one.url for one in case.reports() if one.url}
    gone = case.forget(report, who=name_of(who), why=reason)
    for one in gone:
        click.echo(one)
    talk().print(f"{_told(gone)}: the words are gone from every file of {folder}; the tombstone stays.")
    for line in _elsewhere(case, gone, addresses):
        talk().print(safe(line), soft_wrap=True)


def _told(gone: Sequence[str]) -> str:
    """What went, by its ids: reports, or a request with what was decided on it.

    >>> _told(["report:1"]), _told(["decision:1"]), _told(["decision:1", "decision:2", "decision:3"])
    ('1 report', '1 request', '1 request and 2 decisions on it')
    """
    if not all(one.startswith("decision:") for one in gone):
        return many(len(gone), "report")
    return f"1 request and {many(len(gone) - 1, 'decision')} on it" if len(gone) > 1 else "1 request"


def _elsewhere(case: Case, gone: Sequence[str], addresses: Mapping[str, str]) -> Iterator[str]:
    """Where the same words may still stand: other captures of the address, and back-ups that were made."""
    from cenotaph.case.backups import backed_up

    urls = {addresses[one] for one in gone if one in addresses}
    for one in case.reports():
        if one.url in urls:
            yield f"another capture of the same address stays, and may say the same: {one.id}"
    for when, name in backed_up(case):
        yield f"the back-up {name} of {when:%Y-%m-%d %H:%M} UTC still holds what was in the case then: destroy it too"
