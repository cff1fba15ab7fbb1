"""What several verbs need: the case they were given, who is at work, and progress for a person who waits."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cenotaph.cli import fail
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case, State
    from cenotaph.publish.veil import Veil

F = TypeVar("F", bound=Callable[..., Any])

case_argument = click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))


def who_option(function: F) -> F:
    return click.option("--who", help="Who does this; your name on this machine unless given.")(function)


def format_option(*names: str) -> Callable[[F], F]:
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How it is written."
    )


def open_case(folder: Path) -> Case:
    from cenotaph.case import Case

    return Case(folder)


def unmasked_option(function: F) -> F:
    return click.option(
        "--unmasked", is_flag=True,
        help="Name protected people too: for those who work on the case, and nobody else. The journal notes it.",
    )(function)  # fmt: skip


def shown(case: Case, unmasked: bool) -> State:
    """The case as it may be shown: nobody who is protected is named unless that is asked for."""
    from cenotaph.case.veiled import veil_of, veiled

    state = case.state()
    if unmasked:
        warn_unmasked(case)
        return state
    return veiled(state, veil_of(state))


def warn_unmasked(case: Case) -> None:
    """Says that names are shown, after the journal noted who asked for them, when and by which verb, as the desk does.

    Nothing is shown where that can't be noted.
    """
    from cenotaph.case.deciding import Sight
    from cenotaph.case.part import Part
    from cenotaph.vocabulary import Decision

    asked = click.get_current_context()
    who, when = name_of(asked.params.get("who")), dt.datetime.now(dt.UTC)
    note = Decision(who, when, "unmask", "the case", f"asked for on the command line: {asked.info_name} --unmasked")
    case.decide_all([note], sight=lambda: Sight(Part(case, ())))  # nothing of the case is looked at for it
    talk().print("unmasked: protected people are named in this; it must not leave the house")
    talk().print(f"the journal notes that {safe(who)} asked for it")


def veil_for(case: Case) -> Veil:
    """What hides the protected people of a case."""
    from cenotaph.case.veiled import veil_of

    return veil_of(case.state())


def name_of(who: str | None) -> str:
    """The person at work. No verb changes evidence without saying who."""
    if who and who.strip():
        return who.strip()
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        fail("this machine does not say who you are; add --who 'your name'")


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal, silence elsewhere. What it yields is told (done, of how many or 0, which one)."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = talk()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[item]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(doing, total=None, item="")

        def step(done: int, total: int, item: str) -> None:
            bar.update(task, completed=done, total=total or None, item=item)

        yield step


def many(count: int, one: str, more: str = "") -> str:
    """
    >>> many(1, "claim"), many(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"
