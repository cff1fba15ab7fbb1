"""The verb for a first look: the shipped example from reports to tolls."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

import cenotaph
from cenotaph.cli import fail
from cenotaph.cli.collecting import summary, take_in, work_out
from cenotaph.cli.incoming import Given, incoming
from cenotaph.cli.opening import many, shown
from cenotaph.cli.terminal import to_stdout
from cenotaph.cli.tolling import show_tolls

if TYPE_CHECKING:
    from cenotaph.case import Case

EXAMPLE = Path("examples") / "coast-2025"
MANY, FEW = 12, 5


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> None:
    """Make a case of the shipped example and show what comes out.

    Thirty short reports that restate published figures. FOLDER is where the case is made; a temporary folder if left
    out.
    """
    from cenotaph.case import Case
    from cenotaph.case.settings import read_settings

    given = example()
    place = folder or Path(tempfile.mkdtemp(prefix="cenotaph-")) / "coast-2025"
    case = Case.create(place, settings=read_settings(given))
    out = to_stdout()
    came = take_in(case, incoming(str(given / "reports"), Given()), "cenotaph demo", quietly=True)
    out.print(f"{many(came.total() - came['problem'], 'report')} taken into {place}", soft_wrap=True)
    out.print(summary(work_out(case)), soft_wrap=True)
    out.print(_decided(case, given / "decisions.toml"), soft_wrap=True)
    out.print(_harms(case), soft_wrap=True)
    _show_tolls(case)
    _show_open(case)
    _show_next(place)


def example() -> Path:
    """The example's folder: inside the package when installed, at the root of a checkout otherwise."""
    package = Path(cenotaph.__file__).parent
    for folder in (package / EXAMPLE, package.parents[1] / EXAMPLE):
        if folder.is_dir():
            return folder
    fail(f"the example is missing: no folder {EXAMPLE} in the package or the checkout; install cenotaph again")


def _decided(case: Case, shipped: Path) -> str:
    """The decisions that the example ships, taken into the journal of the new case."""
    from cenotaph.case.shipped import decisions_of

    taken = list(decisions_of(shipped, case.claims(), case.reports(), case.linked().incidents))
    for one in taken:
        case.decide(one)
    work_out(case)
    return f"{many(len(taken), 'decision')} of the example's makers in the journal (cenotaph decide CASE --list)"


def _harms(case: Case) -> str:
    counts = Counter(str(claim.harm) for claim in case.claims())
    return "claims by harm: " + ", ".join(f"{harm} {count}" for harm, count in counts.most_common())


def _show_tolls(case: Case) -> None:
    """Those that grew or that most reports carry first; a first look is not the place for all."""
    state = shown(case, unmasked=False)
    found = sorted(state.tolls.values(), key=lambda toll: (len(toll.series), len(toll.claims)), reverse=True)
    out = to_stdout()
    out.print(f"\nWhat each root had counted: {many(len(found), 'toll')}\n", style="bold")
    show_tolls(found[:MANY], state.incidents)
    if len(found) > MANY:
        out.print(f"and {len(found) - MANY:,} more\n")


def _show_open(case: Case) -> None:
    from cenotaph.cli import tables

    state = shown(case, unmasked=False)
    found = state.weighed()
    out = to_stdout()
    out.print(f"What stays open: {many(len(found), 'problem')}\n", style="bold")
    if found:
        tables.show(out, tables.open_ones(found[:FEW], state))
    if len(found) > FEW:
        out.print(f"and {len(found) - FEW:,} more")


def _show_next(place: Path) -> None:
    verbs = (
        "toll {}",
        "incidents {}",
        "roots {}",
        "toll {} --scope SOHR/killed/civilian --chart",
        "why {} 745",
        "why {} SOHR/killed/civilian",
        "problems {}",
        "export {} --format csv",
        "verify {}",
    )
    lines = ["Next:", *(f"  cenotaph {verb.format(place)}" for verb in verbs)]
    to_stdout().print("\n".join(lines), soft_wrap=True)
