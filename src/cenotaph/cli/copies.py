"""The verbs for copies of a case: backup, restore, merge."""

from __future__ import annotations

from pathlib import Path

import click

from cenotaph.cli.opening import case_argument, many, name_of, open_case, progress, who_option
from cenotaph.cli.terminal import safe, talk


@click.command()
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@who_option
def backup(folder: Path, file: Path, who: str | None) -> None:
    """Write a case into one file, every byte checked.

    Evidence, decisions and case.toml go in; what is built is built again. Others may go on working meanwhile. The hash
    of the file is printed: kept elsewhere, it tells whether the file is still the one that was written. FILE holds
    everything that the case holds, protected people too: keep it as you keep the case.
    """
    from cenotaph.case.backups import backup as write

    made = write(open_case(folder), file, who=name_of(who))
    click.echo(f"{made.hash}  {made.file}")
    talk().print(
        f"{many(made.reports, 'report')}, {many(made.files, 'file')} of the archive and every decision in {made.file}."
        f" Back: cenotaph restore {made.file} FOLDER",
        soft_wrap=True,
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
def restore(file: Path, folder: Path) -> None:
    """Make a case of a back-up, in a new folder.

    Every byte is checked against its hash, and the journal link by link, before the folder is there at all. The copy
    can be worked on and merged with the case that it was taken from.
    """
    from cenotaph.case.backups import restore as make

    make(file, folder)
    case = open_case(folder)
    talk().print(
        f"{many(len(case.reports()), 'report')} and {many(len(case.decisions()), 'decision')} in {folder},"
        f" all as written. Next: cenotaph build {folder}",
        soft_wrap=True,
    )


@click.command()
@case_argument
@click.argument("other", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--anyway", is_flag=True, help="Merge two cases that are no copies of one.")
@who_option
def merge(folder: Path, other: Path, anyway: bool, who: str | None) -> int:
    """Take what another copy of a case received and decided.

    OTHER is left as it is; merge the other way round as well, and both hold the same. What either copy forgot is
    forgotten. Where both decided otherwise on the same thing the later decision counts, and a problem shows both. Exit
    code 1 if there is one.
    """
    from cenotaph.case.merging import merge as take

    case = open_case(folder)
    before = {one.id for one in case.problems()}
    done = take(case, open_case(other), who=name_of(who), anyway=anyway)
    case = open_case(folder)  # what sheets mean may be new
    with progress("adding up") as step:
        case.build(on_step=step)
    found = [one for one in case.problems() if one.kind == "two copies" and one.id not in before]
    console = talk()
    for line in (*done.notes, *(one.what for one in found)):
        console.print(safe(line), soft_wrap=True)
    gone = f", {many(done.forgotten, 'report')} forgotten" if done.forgotten else ""
    apart = f"; {many(len(found), 'thing')} decided otherwise in both: cenotaph problems" if found else ""
    console.print(
        f"{many(done.reports, 'capture')} and {many(done.decisions, 'decision')} came from {other}{gone}{apart}",
        soft_wrap=True,
    )
    return 1 if found else 0
