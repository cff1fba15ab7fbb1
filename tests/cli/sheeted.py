"""Workbooks as other programs write them: with cells changed, as LibreOffice saves them, or made to do harm."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

OFFICE = shutil.which("soffice")

Edits = Mapping[tuple[str, str, str], Any]
Change = Callable[[str, list[list[Any]]], list[list[Any]]]


def rows(content: bytes, sheet: str = "claims") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def cell(content: bytes, key: str, column: str, sheet: str = "claims") -> Any:
    found = rows(content, sheet)
    return next(row[found[0].index(column)] for row in found if row[0] == key)


def saved(
    content: bytes,
    edits: Edits | None = None,
    *,
    change: Callable[[str, list[list[Any]]], list[list[Any]]] | None = None,
) -> bytes:
    """The workbook as another program saves it, with cells changed by (sheet, id, column), or its rows by `change`."""
    book, out = CalamineWorkbook.from_filelike(io.BytesIO(content)), io.BytesIO()
    new = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy", "strings_to_urls": False})
    for name in book.sheet_names:
        found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for (sheet, key, column), value in (edits or {}).items():
            for row in found[1:] if sheet == name else ():
                if row[0] == key:
                    row[found[0].index(column)] = value
        page = new.add_worksheet(name)
        for line, row in enumerate(change(name, found) if change else found):
            for at, value in enumerate(row):
                if isinstance(value, str) and not value.startswith("{="):
                    page.write_string(line, at, value)
                elif isinstance(value, str):
                    page.write_formula(line, at, value.strip("{}"), None, 12)
                else:
                    page.write(line, at, value)
    new.close()
    return out.getvalue()


def by_libreoffice(content: bytes, folder: Path) -> bytes:
    """As LibreOffice saves it."""
    assert OFFICE
    (folder / "in").mkdir()
    (folder / "in" / "book.xlsx").write_bytes(content)
    ours = f"-env:UserInstallation=file://{folder}/profile"
    form = "xlsx:Calc MS Excel 2007 XML"
    words = [OFFICE, ours, "--headless", "--convert-to", form, "--outdir", str(folder / "out"), "book.xlsx"]
    subprocess.run(words, cwd=folder / "in", check=True, capture_output=True, timeout=120)
    return (folder / "out" / "book.xlsx").read_bytes()


def altered(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()
