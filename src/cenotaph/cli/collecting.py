"""The verbs that bring reports into a case and read them: init, add, build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.incoming import Given, given_options, incoming, visits_of
from cenotaph.cli.opening import case_argument, many, name_of, open_case, progress, who_option
from cenotaph.cli.summing import summary as what_came
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Added, Built, Case
    from cenotaph.intake import Captured
    from cenotaph.sources import Visits
    from cenotaph.vocabulary import Problem


LONGEST_LINE = 500
"""Letters of a line about one thing; what is cut off is the name that somebody gave a file."""

MOST_TOLD = 5_000
"""Things added at once up to which they are compared with each other: above it memory would grow with their number."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the case is about.")
@click.option("--country", "countries", multiple=True, help="A country it covers; may be given again.")
@click.option("--rules", default="plain", show_default=True, help="How words such as 'dozens' become figures.")
@click.option("--store", default="", metavar="ADDRESS", help="postgresql://... for a team.")
def init(folder: Path, title: str, countries: tuple[str, ...], rules: str, store: str) -> None:
    """Make a folder for a case."""
    from sqlalchemy.exc import SQLAlchemyError

    from cenotaph.case import Case
    from cenotaph.world import load

    load(countries=countries, rules=rules)  # an unknown country or rule set is told before anything is made
    if store and not store.startswith("postgresql://"):
        fail("--store is the address of a PostgreSQL database, such as postgresql://user@host/name")
    try:
        Case.create(folder, title=title, countries=countries, rules=rules, store=store)
    except ImportError:
        fail("PostgreSQL needs psycopg, which is not installed; add it with: pip install 'psycopg[binary]'")
    except SQLAlchemyError as error:
        fail(f"no case can be made in that database: {str(getattr(error, 'orig', error)).splitlines()[0]}")
    talk().print(f"{folder}: an empty case. Next: cenotaph add {folder} FILE, FOLDER or ADDRESS", soft_wrap=True)


@click.command()
@case_argument
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@given_options
@who_option
def add(folder: Path, sources: tuple[str, ...], who: str | None, given: Given) -> int:
    """Take reports into a case, byte for byte.

    SOURCE is a file, a folder, an address (of a page or a feed), a file that lists addresses, or - for pasted text. A
    feed that was read before is asked for what is new. For each report one line is printed: its id, what became of it
    (new, same bytes, same text, new version, as before) and its name.
    """
    case = open_case(folder)
    visits = visits_of(case)
    found = (item for source in sources for item in incoming(source, given, visits=visits))
    kept: list[Added] = []
    counts = take_in(case, found, name_of(who), kept=kept)
    tell_unchanged(visits)
    taken = counts.total() - counts["problem"]
    kinds = ", ".join(f"{count:,} {status}" for status, count in counts.items() if status != "problem")
    talk().print(many(taken, "report") + (f": {kinds}" if kinds else "") + _next(folder, counts), soft_wrap=True)
    for line in what_came(case, kept) if len(kept) <= MOST_TOLD else ():
        talk().print(line, soft_wrap=True)
    return 0 if not counts["problem"] else 1 if taken or visits.unchanged else 2


def tell_unchanged(visits: Visits) -> None:
    if visits.unchanged:
        talk().print(f"{many(len(visits.unchanged), 'feed')} with nothing new since the last look")


def take_in(
    case: Case, found: Iterable[Captured | Problem], who: str, *, quietly: bool = False, kept: list[Added] | None = None
) -> Counter[str]:
    """Adds one by one, so that Ctrl-C loses nothing; how many came out how. What became of each goes into `kept`."""
    counts: Counter[str] = Counter()
    with progress("adding") as step:
        for added in case.add(found, who=who):
            counts[added.status] += 1
            if kept is not None and len(kept) <= MOST_TOLD:
                kept.append(added)
            step(counts.total(), 0, added.name)
            if added.problem:
                talk().print(_in_one_line(f"not added: {added.problem.what}"), soft_wrap=True)
            elif not quietly:
                click.echo(f"{added.report_id}\t{added.status}\t{_in_one_line(added.name)}")
    return counts


def _in_one_line(words: str) -> str:
    """The name of a file may hold an end of a line, and what stands behind it would look like a line of ours; or it
    may be as long as a book.
    """
    line = safe(" ".join(words.split()))
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def _next(folder: Path, counts: Counter[str]) -> str:
    return f". Next: cenotaph build {folder}" if any(counts[one] for one in ("new", "new version", "as before")) else ""


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
