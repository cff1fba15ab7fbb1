"""Sheets of a whole case as files. `python -m cenotaph.desk.exporting CASE SHEET FORM FILE` makes one.

A sheet is made of all that the case holds. Of a large case that is more than a server should hold in memory, so it is
made by a process of its own, whose memory goes with it; the server sends the file.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from cenotaph.case import Case
from cenotaph.case.sheets import as_workbook, sheet_of, sheets_of
from cenotaph.desk import Desk
from cenotaph.desk.letters import sayable
from cenotaph.publish.sheets import Sheet, csv_lines

__all__ = ["FORMS", "Busy", "Failed", "exported", "write"]

FORMS = ("json", "csv", "xlsx")
_ONE_AT_A_TIME = threading.Lock()


class Busy(Exception):
    """Another large export is being made."""


class Failed(Exception):
    """The process that makes a file ended without one."""


def exported(desk: Desk, sheet: str, form: str) -> Path:
    """A file with a sheet, in a folder of its own that whoever asked for it removes. `form` is one of FORMS; a workbook
    holds every sheet. Raises Busy, Failed.
    """
    folder = Path(tempfile.mkdtemp(prefix="cenotaph-export-"))
    file = folder / f"export.{form}"
    try:
        if desk.small:
            write(desk.case, sheet, form, file)
        else:
            _beside(desk, sheet, form, file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return file


def _beside(desk: Desk, sheet: str, form: str, file: Path) -> None:
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise Busy("another export of this case is being made, which takes minutes; ask again when it is done")
    try:
        command = [sys.executable, "-m", "cenotaph.desk.exporting", str(desk.case.folder), sheet, form, str(file)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    finally:
        _ONE_AT_A_TIME.release()
    if done.returncode:
        raise Failed(f"the export ended with {done.returncode}; the terminal in which the desk runs says more")


# --- in that process --------------------------------------------------------------------------------------------------


def write(case: Case, sheet: str, form: str, file: Path) -> None:
    """Raises LookupError for a sheet that there is not."""
    state = case.state()
    if form == "xlsx":
        sheets = sheets_of(state, case.victims())
        file.write_bytes(as_workbook(sheets, case.settings.title, made=dt.datetime.now(dt.UTC)))
        return
    one = sheet_of(state, sheet, case.victims() if sheet == "victims" else ())
    lines = csv_lines(one) if form == "csv" else _json_lines(one)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(sayable(line) for line in lines)


def _json_lines(one: Sheet) -> Iterator[str]:
    """An object with the name of the sheet, its columns and its rows; a row a line."""
    columns = json.dumps(list(one.columns), ensure_ascii=False)
    yield f'{{"sheet": {json.dumps(one.name)}, "columns": {columns}, "rows": ['
    for at, row in enumerate(one.rows):
        cells = [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row]
        yield ("," if at else "") + "\n" + json.dumps(cells, ensure_ascii=False)
    yield "\n]}\n"


def main(arguments: Sequence[str]) -> None:
    folder, sheet, form, file = arguments
    write(Case(folder), sheet, form, Path(file))


if __name__ == "__main__":
    main(sys.argv[1:])
