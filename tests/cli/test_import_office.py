"""Out of the case, edited in LibreOffice, and in again: exactly the edited cells become decisions."""

from __future__ import annotations

import copy
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from cenotaph.plain import dump
from cenotaph.vocabulary import Decision
from tests.case.tabled import HARBOUR, captured, filled, reader
from tests.cli.running import run
from tests.cli.sheeted import OFFICE

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELL = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PLANTED = '=HYPERLINK("http://a.example","7")'
COUNT, EDITED = 40, 12


def converted(source: Path, form: str) -> Path:
    """The file as LibreOffice writes it in another form."""
    assert OFFICE
    out = source.parent / form.partition(":")[0]
    ours = f"-env:UserInstallation=file://{source.parent}/profile"
    words = [OFFICE, ours, "--headless", "--convert-to", form, "--outdir", str(out), source.name]
    subprocess.run(words, cwd=source.parent, check=True, capture_output=True, timeout=120)
    return out / f"{source.stem}.{form.partition(':')[0]}"


def edited(document: Path, edits: Mapping[tuple[str, str], Any]) -> Path:
    """LibreOffice's own flat document with cells of the sheet of claims changed, by (id, column)."""
    tree = etree.parse(document, etree.XMLParser(huge_tree=True))
    (page,) = [one for one in tree.iter(f"{TABLE}table") if one.get(f"{TABLE}name") == "claims"]
    rows = list(page.iter(f"{TABLE}table-row"))
    headings = [said(cell) for cell in singly(rows[0])]
    for row in rows[1:]:
        cells = singly(row)
        key = said(cells[0]) if cells else ""
        for (about, column), value in edits.items():
            if about == key:
                write(cells[headings.index(column)], value)
    tree.write(document, encoding="utf-8", xml_declaration=True)
    return document


def said(cell: Any) -> str:
    return "".join(cell.itertext()).strip()


def singly(row: Any) -> list[Any]:
    """The cells of a row, each by itself: LibreOffice writes equal neighbours once, with their number."""
    for cell in list(row):
        often = int(cell.attrib.pop(f"{TABLE}number-columns-repeated", "1"))
        for _ in range(min(often, 200) - 1):
            cell.addnext(copy.deepcopy(cell))
    return list(row)


def write(cell: Any, value: Any) -> None:
    for name in [name for name in cell.attrib if name.endswith("}value-type") or name.startswith(CELL)]:
        del cell.attrib[name]
    for child in list(cell):
        cell.remove(child)
    kind = "float" if isinstance(value, int) else "string"
    cell.set(f"{CELL}value-type", kind)
    if kind == "float":
        cell.set(f"{CELL}value", str(value))
    etree.SubElement(cell, f"{TEXT}p").text = str(value)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *known: reader()))
    tables = [HARBOUR | {"exact": number, "group": PLANTED if number == 7 else "men"} for number in range(3, 3 + COUNT)]
    return filled(tmp_path / "case", *(captured(one, name=f"note {at}") for at, one in enumerate(tables))).folder


def round_trip(folder: Path, edits: Mapping[tuple[str, str], Any]) -> Path:
    """The export, opened and edited in LibreOffice and saved as .xlsx again."""
    book = folder.parent / "book.xlsx"
    book.write_bytes(run("export", folder, "--format", "xlsx").stdout_bytes)
    document = edited(converted(book, "fods"), edits)
    return converted(document, "xlsx:Calc MS Excel 2007 XML")


def test_exactly_the_edited_cells_become_decisions(folder: Path) -> None:
    case = Case(folder, reader=reader())
    chosen = random.Random(7).sample(sorted(case.claims(), key=lambda one: one.id), EDITED)
    columns = [("sex", "male"), ("base", 99), ("stance", "hedges")]
    edits = {(one.id, columns[at % 3][0]): columns[at % 3][1] for at, one in enumerate(chosen)}
    before = {one.id: dump(one) for one in case.claims()}
    back = round_trip(folder, edits)
    shown = run("import", folder, back, "--apply", "--who", "A Reader", "--why", "a test")
    assert shown.exit_code == 0, shown.output
    lines = [line.split("\t") for line in shown.stdout.splitlines()]
    assert sorted((one[1], one[3].partition(" (")[0]) for one in lines) == sorted(edits)
    decisions: list[Decision] = Case(folder, reader=reader()).decisions()
    assert {one.about for one in decisions} == {key for key, _ in edits} and len(decisions) == EDITED
    after = {one.id: dump(one) for one in Case(folder, reader=reader()).claims()}
    assert {key for key in after if after[key] != before[key]} == {key for key, _ in edits}
    assert run("import", folder, back).stdout == ""


def test_a_formula_that_is_written_in_libreoffice_is_refused_and_a_planted_one_stays_text(folder: Path) -> None:
    case = Case(folder, reader=reader())
    claim = next(one for one in case.claims() if one.quantity.base == 9)
    back = round_trip(folder, {(claim.id, "base"): "=1+1"})
    shown = run("import", folder, back)
    assert shown.exit_code == 1 and shown.stdout == ""
    assert "column base" in shown.stderr and "HYPERLINK" not in shown.stderr
