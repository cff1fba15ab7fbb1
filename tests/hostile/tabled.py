"""Spreadsheets made to harm whoever opens them: they swell, say they are vast, hold programs, lead elsewhere."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile

from tests.hostile.packed import DOCTYPES, RELATIONS, SHEET, workbook, zipped

HEADS = ("Date", "Place", "Killed")
ROW = ("2025-03-08", "Baniyas", "3")
CELL = '<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"{said}>{items}</sst>'
SPREAD = "application/vnd.oasis.opendocument.spreadsheet"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def row(line: int, cells: tuple[str, ...] = ROW) -> str:
    told = "".join(CELL.format(at=f"{'ABCDEFGH'[at]}{line}", words=words) for at, words in enumerate(cells))
    return f'<row r="{line}">{told}</row>'


def page(*rows: str, head: str = "", tail: str = "") -> str:
    return f"{head}<sheetData>{row(1, HEADS)}{''.join(rows or (row(2),))}</sheetData>{tail}"


# --- .xlsx ------------------------------------------------------------------------------------------------------------


def xlsx(cell: str = "Baniyas", heading: str = "Place", name: str = "List") -> bytes:
    """A good sheet but for a text in it."""
    heads = row(1, ("Date", heading, "Killed"))
    return workbook(f"<sheetData>{heads}{row(2, ('2025-03-08', cell, '3'))}</sheetData>", name=name)


def xlsx_saying(dimension: str, at: str = "") -> bytes:
    """What it says of its size, and one cell far away."""
    far = f'<row r="{"".join(filter(str.isdigit, at))}"><c r="{at}"><v>2</v></c></row>' if at else ""
    return workbook(page(row(2), far, head=f'<dimension ref="{dimension}"/>'))


def xlsx_empty_rows(rows: int) -> bytes:
    return workbook(page(row(2), *(f'<row r="{line}"/>' for line in range(3, rows))))


def xlsx_columns(columns: int) -> bytes:
    from cenotaph.publish.cells import letters

    cells = "".join(f'<c r="{letters(at)}1"><v>{at}</v></c>' for at in range(columns))
    return workbook(f'<sheetData><row r="1">{cells}</row></sheetData>')


def xlsx_unplaced(cells: int) -> bytes:
    """Cells that say no place: a reader counts them itself."""
    return workbook(f"<sheetData><row>{'<c><v>1</v></c>' * cells}</row></sheetData>")


def xlsx_doctype(which: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    head, reference = DOCTYPES[which]
    content = workbook(page(row(2, ("2025-03-08", reference, "3"))))
    return _with(content, part, lambda old: head.encode() + old)


def xlsx_strings(texts: int, letters: int, uses: int) -> bytes:
    """A list of texts that cells share: a long one may stand in a million cells."""
    items = f"<si><t>{'x' * letters}</t></si>" * texts
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>{at % texts}</v></c></row>' for at in range(2, uses + 2))
    return workbook(page(cells), {"xl/sharedStrings.xml": STRINGS.format(said="", items=items)})


def xlsx_strings_saying(count: int) -> bytes:
    said = f' count="{count}" uniqueCount="{count}"'
    cell = '<row r="2"><c r="A2" t="s"><v>4000000000</v></c></row>'
    items = "<si><t>x</t></si>"
    return workbook(page(cell), {"xl/sharedStrings.xml": STRINGS.format(said=said, items=items)})


def xlsx_bomb(megabytes: int, part: str) -> bytes:
    return _with(workbook(page()), part, lambda old: b" " * megabytes * 1_000_000 + old)


def xlsx_slow(megabytes: int) -> bytes:
    """What packs to a hundredth only, so that its ratio says nothing."""
    noise = "".join(f'<row r="{at}"><c r="A{at}"><v>{at * 7919}</v></c></row>' for at in range(2, megabytes * 23_000))
    return workbook(page(noise))


def xlsx_sheets(sheets: int) -> bytes:
    """Thousands of sheets that are all one part."""
    listed = "".join(f'<sheet name="{at}" sheetId="{at + 1}" r:id="r1"/>' for at in range(sheets))
    many = row(2) + "".join(row(at) for at in range(3, 2_000))
    content = workbook(page(many), name="S")
    return _with(content, "xl/workbook.xml", lambda old: old.replace(b"</sheets>", listed.encode() + b"</sheets>"))


def xlsx_leading(to: str, mode: str = "") -> bytes:
    """A workbook whose only sheet lies elsewhere."""
    related = RELATIONS.format(kind="worksheet", to=to, mode=mode)
    return _with(workbook(page()), "xl/_rels/workbook.xml.rels", lambda _: related.encode())


def xlsx_two_faced(other: str) -> bytes:
    """A harmless sheet where one reader looks, a vast one where another may."""
    vast = page(row(2), '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    inner = zipfile.ZipFile(io.BytesIO(workbook(vast))).read("xl/worksheets/sheet1.xml")
    out = io.BytesIO(workbook(page()))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "a") as packed:  # that a name stands twice
        packed.writestr(other, inner)
    content = out.getvalue()
    if other.startswith("xl/xl/"):
        good = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
        content = _with(content, other, lambda _: good)
        content = _with(content, "xl/worksheets/sheet1.xml", lambda _: inner)
        related = RELATIONS.format(kind="worksheet", to="xl/worksheets/sheet1.xml", mode="")
        content = _with(content, "xl/_rels/workbook.xml.rels", lambda _: related.encode())
    return content


def xlsx_beside(name: str, words: str = "evil") -> bytes:
    """A good workbook with one more part under a name that leads elsewhere."""
    return workbook(page(), {name: words})


def xlsx_linked(to: str) -> bytes:
    related = RELATIONS.format(kind="externalLinkPath", to=to, mode=' TargetMode="External"')
    link = '<hyperlinks><hyperlink ref="B2" r:id="r1" xmlns:r="x"/></hyperlinks>'
    parts = {
        "xl/externalLinks/_rels/externalLink1.xml.rels": related,
        "xl/worksheets/_rels/sheet1.xml.rels": RELATIONS.format(kind="hyperlink", to=to, mode=' TargetMode="External"'),
    }
    return workbook(page(tail=link), parts)


def xlsx_formula(words: str, value: str = "3", kind: str = "") -> bytes:
    """The number of dead is a formula; beside it a row that is none."""
    cells = CELL.format(at="A2", words="2025-03-08") + CELL.format(at="B2", words="Baniyas")
    planted = f'<row r="2">{cells}<c r="C2"{kind}><f>{words}</f><v>{value}</v></c></row>'
    return workbook(page(planted, row(3)))


def xlsx_macros(named: str = "xlsm") -> bytes:
    """A workbook with a program in it, which it runs when it is opened."""
    extra = {"xl/vbaProject.bin": "\u00d0\u00cf\u0011\u00e0 Auto_Open Shell calc.exe", "customUI/customUI.xml": "<x/>"}
    content = workbook(page(), extra)
    if named == "xlsx":
        return content
    return _with(content, "[Content_Types].xml", lambda old: old.replace(SHEET.encode(), MACROS.encode()))


def xlsx_renamed(form: str) -> bytes:
    """A spreadsheet of another form under a name that is not its own."""
    if form == "xls":
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)
    if form == "ods":
        return zipped({"mimetype": SPREAD.encode(), "content.xml": b"<office:document-content/>"})
    if form == "html":
        return b"<html><table><tr><td>Killed</td></tr><tr><td>3</td></tr></table></html>"
    if form == "xlsb":
        return zipped({"xl/workbook.bin": b"\x83\x01\x00", "xl/_rels/workbook.bin.rels": b"<x/>"})
    return b"%PDF-1.4\n"


def xlsx_cut(share: float) -> bytes:
    content = workbook(page())
    return content[: int(len(content) * share)]


def xlsx_as_other(encoding: str) -> bytes:
    """A page in an encoding in which a look for its cells finds none."""
    return _with(workbook(page()), "xl/worksheets/sheet1.xml", lambda old: old.decode().encode(encoding))


def _with(content: bytes, part: str, change) -> bytes:  # type: ignore[no-untyped-def]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    return zipped(parts | {part: change(parts.get(part, b""))})


# --- .csv -------------------------------------------------------------------------------------------------------------


def table(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode("utf-8", "surrogatepass")


def csv_of(cell: str = "Baniyas", heading: str = "Place") -> bytes:
    return table(("2025-03-08", cell, "3"), heads=("Date", heading, "Killed"))


def csv_times(what: str, millions: float, start: str = "Date,Place,Killed\n2025-03-08,Baniyas,3\n") -> bytes:
    """Something small, millions of times: bytes of `what` come to so many."""
    return start.encode() + what.encode("utf-8", "surrogatepass") * int(millions * 1_000_000 / len(what.encode()))


def csv_wide(rows: int, columns: int) -> bytes:
    """One row as wide as may be, and as many short ones as may be: filled up they are vast."""
    return b"Date,Place,Killed" + b"," * (columns - 3) + b"\n" + b"2025-03-08,Baniyas,3\n" * rows


def csv_full(rows: int, columns: int) -> bytes:
    """Cells that all differ."""
    names = ",".join(["Date", "Place", "Killed", *(f"c{at}" for at in range(columns - 3))])
    told = (f"2025-03-08,Baniyas,3,{','.join(str(10**9 + line * columns + at) for at in range(columns - 3))}"
            for line in range(rows))  # fmt: skip
    return "\n".join([names, *told]).encode()


def csv_claiming(rows: int) -> bytes:
    """Every cell of every row counts somebody; under headings of its own, that no mapping holds for it."""
    harms = ("Killed", "Injured", "Missing", "Detained", "Abducted", "Displaced")
    names = [*harms, *(f"{one} children" for one in harms), *(f"{one} women" for one in harms)]
    line = ",".join(str(at + 40) for at in range(len(names)))
    told = (f"{at},2025-03-08,Baniyas,{line}" for at in range(rows))
    return "\n".join([",".join(["Ref", "Day", "Town", *names]), *told]).encode()


def csv_in(encoding: str, words: str = "بانياس", start: str = "") -> bytes:
    return bytes.fromhex(start) + table(("2025-03-08", words, "3")).decode().encode(encoding)


def csv_bytes(given: str) -> bytes:
    """Bytes among good rows."""
    return table(ROW) + bytes.fromhex(given) + table(ROW)
