"""The verb that shows persons: whom lists and reports name, and what became of each, as each voice says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, format_option, many, open_case, unmasked_option, warn_unmasked
from cenotaph.cli.terminal import around, safe, talk, to_stdout, written

if TYPE_CHECKING:
    from cenotaph.case import State
    from cenotaph.case.victims import Victim
    from cenotaph.publish.sheets import Record
    from cenotaph.vocabulary import Incident


@click.command()
@case_argument
@click.option("--incident", "about", default="", metavar="ID", help="Say of each whether this incident counts them.")
@format_option("table", "json", "csv")
@unmasked_option
def victims(folder: Path, about: str, form: str, unmasked: bool) -> None:
    """Show the persons whom lists and reports name, and what became of them.

    A person is one row of one list until somebody decides that two rows are of one; which may be, cenotaph problems
    shows. With --incident each is inside it, outside it, or unknown: nothing held tells. Children and whoever may be
    alive are not named unless --unmasked asks for it.
    """
    from cenotaph.case.sheets import victim_records
    from cenotaph.case.veiled import veil_of
    from cenotaph.publish.hidden import Hidden
    from cenotaph.publish.veil import Veil

    case = open_case(folder)
    state = case.state()
    people = case.victims()
    if unmasked:
        warn_unmasked(case)
    incident = _incident(state, about) if about else None
    veil = Veil(Hidden()) if unmasked else veil_of(state)
    records = list(victim_records(people, state.reports, veil))
    rows = [dict(_whole(record, one, incident, unmasked)) for record, one in zip(records, people, strict=True)]
    _write(rows, form, incident)
    _tell(people)


def _incident(state: State, about: str) -> Incident:
    found = [one for one in state.linked.incidents if about in (one.id, one.code, *one.once)]
    if not found:
        fail(f"no incident is called '{safe(about)}'; cenotaph incidents CASE shows their ids")
    return found[0]


def _whole(record: Record, one: Victim, incident: Incident | None, unmasked: bool) -> Iterator[tuple[str, Any]]:
    from cenotaph.case.victims import standing_to

    yield from record.items()
    if unmasked:
        yield from (("name", one.name), ("other_names", "; ".join(one.other_names)))
    if incident is not None:
        yield "standing", standing_to(one, incident)


def _write(rows: Sequence[dict[str, Any]], form: str, incident: Incident | None) -> None:
    import sys

    from cenotaph.cli.writing import as_json
    from cenotaph.publish import csv
    from cenotaph.publish.columns import AS_WRITTEN, columns

    names = [name for name in columns("victims") if name != AS_WRITTEN] + (["standing"] if incident else [])
    if form == "json":
        as_json({"victims": [{name: _plain(row.get(name)) for name in names} for row in rows]})
    elif form == "csv":
        sys.stdout.writelines(csv.table(names, ([row.get(name) for name in names] for row in rows)))
    elif rows:
        _show(rows, incident)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _show(rows: Sequence[dict[str, Any]], incident: Incident | None) -> None:
    from cenotaph.cli import tables

    more = ["to the incident"] if incident else []
    lines = [
        (
            written(row["name"]) or "(nobody named)",
            ", ".join(part for part in (row["sex"], row["age"] or row["age_group"]) if part),
            around(row["fates"]), written(row["place_name"]), around(row["lists"]), row["id"],
            *([row["standing"]] if incident else []),
        )
        for row in rows
    ]  # fmt: skip
    heads = ("name", "sex, age", "what became of them", "where", "rows", "id", *more)
    tables.show(to_stdout(), tables.Listing(heads, lines, title=0, widths={"what became of them": 3}))


def _tell(people: Sequence[Victim]) -> None:
    last = Counter(one.fates[-1].what if one.fates else "no fate told" for one in people)
    kinds = ", ".join(f"{what} {count:,}" for what, count in last.most_common())
    unnamed = sum(not one.name for one in people)
    rows = sum(len(one.rows) for one in people)
    talk().print(
        f"{many(len(people), 'person', 'persons')} in {many(rows, 'row')}{f' ({kinds})' if kinds else ''},"
        f" {unnamed:,} of them unnamed. Rows of several lists may be one person: cenotaph problems proposes which.",
        soft_wrap=True,
    )
