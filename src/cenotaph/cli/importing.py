"""The verb by which sheets come in: what would be decided, or what columns would mean, is shown first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, many, name_of, open_case, progress, veil_for, who_option
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.returned import Asked, Returned
    from cenotaph.publish.veil import Veil


@click.command("import")
@case_argument
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "taken", is_flag=True, help="Take it; without it everything is only shown.")
@click.option("--why", "reason", default="", help="Of an export: the reason of every row that gives none.")
@click.option("--owner", default="", metavar="NAME", help="Of a sheet of others: who keeps it and answers for it.")
@click.option(
    "--map", "mapped", multiple=True, metavar="HEADING=FIELD",
    help="Of a sheet of others: what a column means; may be given again. HEADING=- leaves it unread.",
)  # fmt: skip
@click.option("--sheet", "only", default="", metavar="NAME", help="Of a workbook of others: this sheet alone.")
@who_option
def import_(
    folder: Path, file: Path, taken: bool, reason: str, owner: str, mapped: tuple[str, ...], only: str,
    who: str | None,
) -> None:  # fmt: skip
    """Take a sheet in: a changed export, or one that others keep.

    Of an export that people changed, the changed cells become decisions; each line shows one, the row that asks for it,
    and each cell as it was and as it is. Of any other .xlsx or .csv each line shows a column, what it is taken for, and
    one of its cells; --map changes that, and --apply takes the sheet as evidence whose rows are claims of its --owner.
    Nothing is taken before you add --apply --who NAME. A cell that can't be placed is told with sheet, row and column,
    and its row is not taken. Formulas are never worked out.
    """
    from cenotaph.case.foreign import is_ours
    from cenotaph.cli.sheets_in import take_sheets

    if taken and not (who and who.strip()):
        fail("say who decides: --apply --who 'your name'")
    case, content = open_case(folder), file.read_bytes()
    if is_ours(content, file.name):
        if owner or mapped or only:
            fail(f"{file.name} is an export of a case; --owner, --map and --sheet are for sheets of others")
        _take_export(case, content, file.name, taken, reason, name_of(who))
    else:
        take_sheets(case, content, file.name, owner=owner, mapped=mapped, only=only, taken=taken, who=name_of(who))


def _take_export(case: Case, content: bytes, name: str, taken: bool, reason: str, who: str) -> None:
    from cenotaph.case.returned import returned

    found = returned(case, content, name, who=who, when=dt.datetime.now(dt.UTC))
    asked = [_with_reason(one, reason) for one in found.asked]
    veil = veil_for(case)
    for one in asked:
        click.echo("\t".join(_line(one, veil)))
    if taken:
        _take(case, asked)
    _tell(found, veil, len(asked), taken)


def _with_reason(asked: Asked, reason: str) -> Asked:
    why = asked.decision.why or reason.strip()
    return replace(asked, decision=replace(asked.decision, why=why))


def _line(asked: Asked, veil: Veil) -> Iterator[str]:
    """The verb, what it is about, the row, and what is changed."""
    decision, row = asked.decision, asked.row
    yield decision.verb
    yield decision.about
    yield f"{row.sheet}, row {row.line}"
    changes = [f"{one.column} ({one.at}): {_shown(one.old)} → {_shown(one.new)}" for one in row.changes.values()]
    yield safe(veil.words("; ".join([*([f"decide: {row.decide}"] if row.decide else []), *changes])))
    yield safe(veil.words(decision.why)) or "(no reason yet)"


def _shown(cell: object) -> str:
    return "(empty)" if cell is None or cell == "" else str(cell)


def _take(case: Case, asked: Sequence[Asked]) -> None:
    """All of them, or none where one can't stand."""
    from cenotaph.case import Refused

    silent = [one.row for one in asked if not one.decision.why]
    if silent:
        fail(
            f"{many(len(silent), 'decision')} without a reason, the first in {silent[0].sheet}, row {silent[0].line};"
            " write it under why, or give one for all with --why. Nothing was taken"
        )
    try:
        case.decide_all(one.decision for one in asked)
    except Refused as error:
        row = asked[error.at].row
        fail(f"{row.sheet}, row {row.line}: {error}. Nothing was taken")
    if asked:
        with progress("adding up") as step:
            case.build(on_step=step)


def _tell(found: Returned, veil: Veil, count: int, taken: bool) -> None:
    """What a person must know, and 1 where a cell could not be placed."""
    console = talk()
    for note in found.notes:
        console.print(safe(note), soft_wrap=True)
    for problem in found.problems:
        said = f" [it says: {problem.quote}]" if problem.quote else ""
        console.print(safe(veil.words(f"not taken: {problem.what}{said}")), soft_wrap=True)
    done = (
        "in the journal" if taken else "would be taken; add --apply --who NAME to take them" if count else "asked for"
    )
    refused = f"; {many(len(found.problems), 'place')} not understood" if found.problems else ""
    console.print(f"{many(count, 'decision')} {done}{refused}", soft_wrap=True)
    if found.problems:
        click.get_current_context().exit(1)
