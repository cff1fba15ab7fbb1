"""How a sheet that others keep is shown before it is taken: its columns, what its rows say, what is not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import many, open_case, progress
from cenotaph.cli.terminal import safe, talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.foreign import Sighted

SHOWN = 20
"""Problems and headings that are shown one by one; the rest are counted, and stand in the case with the sheet."""


def take_sheets(
    case: Case, content: bytes, name: str, *, owner: str, mapped: Sequence[str], only: str, taken: bool, who: str
) -> None:
    """Shows each sheet of a file, and takes those that say something where that is asked for."""
    from cenotaph.case.foreign import sighted

    found = sighted(case, content, name, owner=owner, changes=_changes(mapped), only=only)
    for one in found:
        for line in _columns(one):
            click.echo(safe("\t".join(line)))
    speaking = [one for one in found if one.says_something]
    for one in found:
        _tell(one)
    if not speaking:
        fail("no column counts people, names a person or says a harm; say which does: --map 'Heading=killed'")
    if taken:
        _take(case, speaking, content, name, who)
    else:
        talk().print(_next(speaking), soft_wrap=True)
    if any(one.problems for one in speaking):
        click.get_current_context().exit(1)


def _changes(mapped: Sequence[str]) -> Mapping[str, str]:
    """A heading may hold = itself, a field never does."""
    out = {}
    for one in mapped:
        heading, equals, field = one.rpartition("=")
        if not equals or not heading.strip():
            fail(f"--map takes HEADING=FIELD; found {one!r}")
        out[heading.strip()] = field.strip()
    return out


def _columns(one: Sighted) -> Iterator[tuple[str, ...]]:
    """The sheet, a heading, its field, and the first cell under it."""
    for at, (heading, field, why) in enumerate(one.fields):
        example = next((row[at] for _, row in one.sheet.rows if row[at]), "")
        shown = field if field != "leave" else f"(left: {why or 'kept as evidence'})"
        if example or field:
            yield one.sheet.name, heading, shown or f"(not understood{f': {why}' if why else ''})", example[:60]


def _tell(one: Sighted) -> None:
    console = talk()
    name = one.sheet.name
    if not one.says_something:
        console.print(
            safe(f"{name}: nothing in it counts people, names a person or says a harm; left out"), soft_wrap=True
        )
        return
    for problem in one.problems[:SHOWN]:
        said = f" [it says: {problem.quote}]" if problem.quote else ""
        console.print(safe(f"not read: {problem.what}{said}"), soft_wrap=True)
    if len(one.problems) > SHOWN:
        console.print(f"and {many(len(one.problems) - SHOWN, 'more', 'more')} like these")
    kinds = ", ".join(f"{harm} {count:,}" for harm, count in one.harms.most_common())
    what = (
        many(len(one.persons), "person", "persons")
        if one.persons
        else f"{many(len(one.claims), 'claim')} ({kinds or 'none'})"
    )
    quiet = f", {many(one.silent, 'row')} that claim nobody" if one.silent else ""
    bad = f", {many(len(one.problems), 'cell or row', 'cells or rows')} not read" if one.problems else ""
    unknown = [heading for heading, field, _ in one.fields if not field]
    more = f" and {len(unknown) - SHOWN:,} more" if len(unknown) > SHOWN else ""
    left = f"; not understood: {', '.join(unknown[:SHOWN])}{more}" if unknown else ""
    whose = f" of {one.mapped.owner}" if one.mapped.owner else ""
    console.print(safe(f"{name}{whose}: {many(len(one.sheet.rows), 'row')}, {what}{quiet}{bad}{left}"), soft_wrap=True)


def _next(found: Sequence[Sighted]) -> str:
    owned = all(one.mapped.owner for one in found)
    known = all(one.remembered for one in found)
    about = "as mapped before" if known else "change a column with --map 'Heading=field'"
    return f"nothing is taken yet: {about}; take it with --apply --who NAME{'' if owned else ' --owner NAME'}"


def _take(case: Case, found: Sequence[Sighted], content: bytes, name: str, who: str) -> None:
    from cenotaph.case.foreign import taken

    captured = taken(case, found, content, name)
    case = open_case(case.folder)  # with what its columns mean
    added = list(case.add(captured, who=who))
    for one in added:
        click.echo(f"{one.report_id}\t{one.status}\t{safe(one.name)}", err=True)
    with progress("adding up") as step:
        case.build(on_step=step)
    new = sum(one.status in ("new", "new version") for one in added)
    again = f"; {many(len(added) - new, 'sheet')} held already" if new < len(added) else ""
    talk().print(
        f"{many(new, 'sheet')} taken as evidence{again}; what the columns mean stands in case.toml", soft_wrap=True
    )
