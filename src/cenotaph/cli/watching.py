"""The verb that looks again and again: a folder where reports arrive, feeds, lists of addresses."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.collecting import take_in, tell_unchanged
from cenotaph.cli.incoming import Given, incoming, visits_of
from cenotaph.cli.opening import case_argument, many, name_of, open_case, who_option
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.intake import Captured
    from cenotaph.sources import Visits, Watched
    from cenotaph.vocabulary import Problem

FOLDER, WIRE = 5.0, 900.0
"""Seconds between two looks at a folder, and at the least between two questions to an address."""


@click.command()
@case_argument
@click.argument("sources", metavar="FOLDER|LIST|FEED...", nargs=-1, required=True)
@click.option("--once", is_flag=True, help="Look once and end, as for a timer of the machine (cron, systemd).")
@click.option(
    "--every", type=click.FloatRange(min=1), metavar="SECONDS",
    help=f"Between two looks; {FOLDER:.0f} for folders and {WIRE:.0f} for addresses unless given.",
)  # fmt: skip
@click.option("--outlet", default="", metavar="NAME", help="Who published it.")
@click.option("--allow-private", is_flag=True, help="Also read addresses of this machine and its own network.")
@who_option
def watch(
    folder: Path, sources: tuple[str, ...], once: bool, every: float | None, outlet: str, allow_private: bool,
    who: str | None,
) -> int:  # fmt: skip
    """Take in what arrives in a folder, in feeds, at addresses.

    A file is taken in when nobody has changed it for two seconds; one that was taken in is looked at again when it
    changes. Feeds are asked for what is new. It goes on until it is stopped (Ctrl-C), unless --once is given.
    """
    from cenotaph.sources import Watched

    case, name = open_case(folder), name_of(who)
    _refuse_itself(case, sources)
    given = Given(outlet=outlet, allow_private=allow_private)
    watched = Watched(case.folder / "watched.json")
    pause = every or (FOLDER if any(Path(one).is_dir() for one in sources) else WIRE)
    asked: dict[str, float] = {}
    while True:
        visits = visits_of(case)
        due = [one for one in sources if Path(one).is_dir() or _due(one, asked, every or WIRE)]
        counts = take_in(case, _fresh(due, given, visits, watched), name)
        watched.remember()
        _tell(counts, visits)
        if once:
            return 1 if counts["problem"] else 0
        time.sleep(pause)


def _refuse_itself(case: Case, sources: tuple[str, ...]) -> None:
    for one in sources:
        if Path(one).is_dir() and case.folder.resolve().is_relative_to(Path(one).resolve()):
            fail(f"the case lies in {safe(one)}, and would take in itself; watch another folder")


def _due(source: str, asked: dict[str, float], pause: float) -> bool:
    """Whether the addresses of a source may be asked again."""
    now = time.monotonic()
    if now - asked.get(source, -pause) < pause:
        return False
    asked[source] = now
    return True


def _fresh(due: list[str], given: Given, visits: Visits, watched: Watched) -> Iterator[Captured | Problem]:
    from cenotaph.sources import Known

    for one in due:
        if Path(one).is_dir():
            yield from watched.fresh(Path(one), Known(outlet=given.outlet))
        else:
            yield from incoming(one, given, visits=visits)


def _tell(counts: Counter[str], visits: Visits) -> None:
    kinds = ", ".join(f"{count:,} {status}" for status, count in counts.items() if status != "problem")
    if counts:
        talk().print(f"{many(counts.total() - counts['problem'], 'report')}{': ' if kinds else ''}{kinds}")
    tell_unchanged(visits)
