"""The verbs that bring reports into a case and read them: init, add, build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.incoming import Given, given_options, incoming
from cenotaph.cli.opening import case_argument, many, name_of, open_case, progress, who_option
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Built, Case
    from cenotaph.intake import Captured
    from cenotaph.vocabulary import Problem


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the case is about.")
@click.option("--country", "countries", multiple=True, help="A country it covers; may be given again.")
@click.option("--rules", default="plain", show_default=True, help="How words such as 'dozens' become figures.")
def init(folder: Path, title: str, countries: tuple[str, ...], rules: str) -> None:
    """Make a folder for a case."""
    from cenotaph.case import Case
    from cenotaph.world import load

    load(countries=countries, rules=rules)  # an unknown country or rule set is told before anything is made
    Case.create(folder, title=title, countries=countries, rules=rules)
    talk().print(f"{folder}: an empty case. Next: cenotaph add {folder} FILE, FOLDER or ADDRESS", soft_wrap=True)


@click.command()
@case_argument
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@given_options
@who_option
def add(folder: Path, sources: tuple[str, ...], who: str | None, given: Given) -> int:
    """Take reports into a case, byte for byte.

    SOURCE is a file, a folder, an address, a file that lists addresses, or - for pasted text. For each report one line
    is printed: its id, what became of it (new, same bytes, new version) and its name.
    """
    case = open_case(folder)
    found = (item for source in sources for item in incoming(source, given))
    counts = take_in(case, found, name_of(who))
    taken = counts.total() - counts["problem"]
    kinds = ", ".join(f"{count:,} {status}" for status, count in counts.items() if status != "problem")
    talk().print(many(taken, "report") + (f": {kinds}" if kinds else "") + _next(folder, counts), soft_wrap=True)
    return 0 if not counts["problem"] else 1 if taken else 2


def take_in(case: Case, found: Iterable[Captured | Problem], who: str, *, quietly: bool = False) -> Counter[str]:
    """Adds one by one, so that Ctrl-C loses nothing; how many came out how."""
    counts: Counter[str] = Counter()
    with progress("adding") as step:
        for added in case.add(found, who=who):
            counts[added.status] += 1
            step(counts.total(), 0, added.name)
            if added.problem:
                talk().print(safe(f"not added: {added.problem.what}"), soft_wrap=True)
            elif not quietly:
                click.echo(f"{added.report_id}\t{added.status}\t{safe(added.name)}")
    return counts


def _next(folder: Path, counts: Counter[str]) -> str:
    return f". Next: cenotaph build {folder}" if counts["new"] or counts["new version"] else ""


@click.command()
@case_argument
@click.option("--strict", is_flag=True, help="Exit 1 if a problem has no decision yet.")
def build(folder: Path, strict: bool) -> int:
    """Read what is new and work out the tolls."""
    built = work_out(open_case(folder))
    talk().print(summary(built), soft_wrap=True)
    return 1 if strict and built.problems else 0


def work_out(case: Case) -> Built:
    with progress("reading") as step:
        return case.build(on_step=step)


def summary(built: Built) -> str:
    return (
        f"read {many(built.read, 'report')}, {built.reused:,} as read before: {many(built.claims, 'claim')},"
        f" {many(built.answers, 'answer')}, {many(built.problems, 'problem')}. Machine reading; read by nobody yet."
    )
