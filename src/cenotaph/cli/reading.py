"""The verb that reads one report and needs no case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli.incoming import Given, given_options, one_report
from cenotaph.cli.opening import format_option, many
from cenotaph.cli.terminal import talk, to_stdout, written

if TYPE_CHECKING:
    from rich.console import Console

    from cenotaph.vocabulary import Answer, Claim, NumberRules, Problem, Report
    from cenotaph.world import Known

    Reading = tuple[list[Claim], list[Answer], list[Problem]]


@click.command()
@click.argument("source", metavar="FILE|-|URL")
@given_options
@click.option("--country", "countries", multiple=True, help="A country it is about; may be given again.")
@click.option("--gazetteer", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A list of places of your own, as case.toml may name one.")  # fmt: skip
@click.option("--rules", default="plain", show_default=True, help="How words such as 'dozens' become figures.")
@click.option("--marked", is_flag=True, help="The text itself with its claims marked in it.")
@format_option("table", "json", "jsonl", "csv")
def read(
    source: str, given: Given, countries: tuple[str, ...], gazetteer: Path | None, rules: str, marked: bool, form: str
) -> None:
    """Read one report without a case: who says that what was done to how many.

    FILE is a text, markdown with front matter, a saved page or JSON; - is pasted text; URL an address. Without
    --published days of the week are taken from the latest year they fit, and are marked as assumed.
    """
    from cenotaph.read import read as read_report

    if marked and form != "table":
        raise click.UsageError(f"--marked is text to read; it can't be written as {form}")
    world = _world(countries, gazetteer, rules)
    report = one_report(source, given)
    found = read_report(report, world)
    if form != "table":
        _write(form, found, world.rules)
    elif marked:
        _show_marked(report, found, world.rules)
    else:
        _show(found, world.rules)


def _world(countries: tuple[str, ...], gazetteer: Path | None, rules: str) -> Known:
    from cenotaph.case.own_places import OwnPlaces
    from cenotaph.case.settings import Settings
    from cenotaph.world import load

    if gazetteer is None:
        return load(countries=countries, rules=rules)
    return OwnPlaces.of(Settings(countries=countries, gazetteer=str(gazetteer)), Path()).world(rules)


def _write(form: str, found: Reading, rules: NumberRules) -> None:
    from cenotaph.cli.writing import as_csv, as_json, as_lines
    from cenotaph.plain import reading
    from cenotaph.vocabulary import Claim

    plain = reading(*found, rules)
    if form == "json":
        as_json(plain)
    elif form == "jsonl":
        as_lines({kind: one} for kind, many_of in plain.items() for one in many_of)
    else:
        as_csv(Claim, plain["claims"])


def _show(found: Reading, rules: NumberRules) -> None:
    from cenotaph.cli import tables
    from cenotaph.plain import intervals

    claims, answers, problems = found
    out = to_stdout()
    if claims:
        tables.show(out, tables.claims(claims, intervals(claims, rules)))
    else:
        out.print("no harm to people or property was read in this text")
    if answers:
        _heading(out, "what the accused answer")
        tables.show(out, tables.answers(answers))
    if problems:
        _heading(out, "what is unclear")
        tables.show(out, tables.problems(problems))
    _say_by_whom(found)


def _heading(out: Console, words: str) -> None:
    out.print(f"{words}\n", style="bold")


def _say_by_whom(found: Reading) -> None:
    claims, answers, problems = found
    counts = f"{many(len(claims), 'claim')}, {many(len(answers), 'answer')}, {many(len(problems), 'problem')}"
    talk().print(f"{counts}: machine reading; read by nobody yet")


def _show_marked(report: Report, found: Reading, rules: NumberRules) -> None:
    """In a pipe the exact text and its marks; on a terminal each line so that it can't steer it."""
    from cenotaph.cli.marked import ordered, page, signs_for, turned
    from cenotaph.cli.tables import show_notes
    from cenotaph.plain import intervals

    out = to_stdout()
    shown = page(report, ordered(*found), intervals(found[0], rules))
    signs = signs_for(report.text)
    lines = (turned(written(line), signs) for line in shown.text.split("\n"))
    click.echo("\n".join(lines) if out.is_terminal else shown.text)
    out.print(f"\n{shown.legend}\n")
    show_notes(out, shown.notes)
    _say_by_whom(found)
