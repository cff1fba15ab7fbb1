"""Packed files that swell, lie or lead elsewhere: zip, gzip, and the documents that are zips inside."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib

GOOD = b"Three people were killed at the well."
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/{part}" ContentType="{kind}"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{to}"{mode}/>'
    "</Relationships>"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'killed '>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'killed ' * 10_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
DOCTYPES = {
    "laughs": (LAUGHS, "&a9;"), "quadratic": (QUADRATIC, "&a;" * 10_000), "outside": (OUTSIDE, "&a;"),
    "served": ("<!DOCTYPE x [<!ENTITY a SYSTEM 'http://127.0.0.1:9/a'>]>", "&a;"),
    "parameter": ("<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/a.dtd'> %a;]>", "killed"),
}  # fmt: skip


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name) if name.endswith("/") else name, content)
    return out.getvalue()


# --- zip ----------------------------------------------------------------------------------------------------------


def zip_bomb(megabytes: int) -> bytes:
    return zipped({"a.txt": bytes(megabytes * 1_000_000)})


def zip_of(name: str, words: str = "") -> bytes:
    """A zip with one good text under a name that leads elsewhere or steers a terminal."""
    return zipped({name: words.encode("utf-8", "surrogatepass") or GOOD})


def zip_of_many(files: int) -> bytes:
    return zipped({f"{n}.txt": b"" for n in range(files)}, zipfile.ZIP_STORED)


def zip_of_pictures() -> bytes:
    return zipped({"a.png": b"\x89PNG", "b.jpg": b"\xff\xd8", ".hidden.txt": GOOD})


def zip_in_zip(depth: int) -> bytes:
    content = zipped({"a.txt": GOOD})
    for n in range(depth):
        content = zipped({f"{n}.zip": content})
    return content


def zip_link(to: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, to)
    return out.getvalue()


def zip_changed(at: str, value: int, width: int = 2) -> bytes:
    """A zip whose directory says something else of its file: `flags`, `method`, `size`, `packed` or `offset`."""
    content = bytearray(zipped({"a.txt": GOOD * 200}))
    begin = content.index(b"PK\x01\x02")
    where = begin + {"flags": 8, "method": 10, "packed": 20, "size": 24, "offset": 42}[at]
    content[where : where + width] = value.to_bytes(width, "little")
    if at in ("flags", "method"):
        content[6 if at == "flags" else 8] = value & 0xFF
    return bytes(content)


def zip_overlapping(files: int) -> bytes:
    """Many names in the directory for one packed megabyte of zeros (Fifield 2019)."""
    content = zipped({"a.txt": bytes(900_000)})
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[begin:end]
    entries = b"".join(entry[:46] + b"%05d" % n + entry[51:] for n in range(files))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, files, files, len(entries), begin, 0)
    return content[:begin] + entries + tail


def zip_cut(share: float) -> bytes:
    content = zipped({"a.txt": bytes(range(256)) * 400})
    return content[: int(len(content) * share)]


def zip_garbled() -> bytes:
    content = bytearray(zipped({"a.txt": GOOD * 100}))
    content[60:90] = b"\xff" * 30
    return bytes(content)


def zip_empty() -> bytes:
    return zipped({})


def zip_folders() -> bytes:
    return zipped({"a/": b"", "a/b/": b""})


def zip_after(start: str) -> bytes:
    """A polyglot: something else, and a zip behind it."""
    return start.encode() + zipped({"a.txt": GOOD})


# --- gzip ---------------------------------------------------------------------------------------------------------


def gzip_bomb(megabytes: int, start: str = "") -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    parts = [packing.compress(start.encode())]
    parts += [packing.compress(bytes(1_000_000)) for _ in range(megabytes)]
    return b"".join(parts) + packing.flush()


def gzip_of(words: str, cut: int = 0) -> bytes:
    content = gzip.compress(words.encode())
    return content[: len(content) - cut]


def gzip_in_gzip(depth: int) -> bytes:
    content = GOOD
    for _ in range(depth):
        content = gzip.compress(content)
    return content


# --- documents ----------------------------------------------------------------------------------------------------


def document(body: str, extra: dict[str, str] | None = None, head: str = "") -> bytes:
    parts = {
        "[Content_Types].xml": CONTENT_TYPES.format(part="word/document.xml", kind=WORD),
        "_rels/.rels": RELATIONS.format(kind="officeDocument", to="word/document.xml", mode=""),
        "word/document.xml": head + BODY.format(body),
    } | (extra or {})
    return zipped({name: words.encode("utf-8", "surrogatepass") for name, words in parts.items()})


def docx_doctype(which: str) -> bytes:
    head, reference = DOCTYPES[which]
    return document(PARAGRAPH.format(reference), head=head.replace("DOCTYPE x", "DOCTYPE w:document"))


def docx_outside(kind: str, to: str) -> bytes:
    related = RELATIONS.format(kind=kind, to=to, mode=' TargetMode="External"')
    return document(PARAGRAPH.format(GOOD.decode()), {"word/_rels/document.xml.rels": related})


def docx_bomb(megabytes: int) -> bytes:
    return document(" " * megabytes * 1_000_000)


def docx_deep(depth: int) -> bytes:
    return document("<w:p>" * depth + "</w:p>" * depth)


def docx_of_cells(rows: int) -> bytes:
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 50 + "</w:tr>"
    return document(f"<w:tbl>{row * rows}</w:tbl>")


def docx_lacking(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document(PARAGRAPH.format("x")))) as whole, zipfile.ZipFile(out, "w") as left:
        for one in whole.namelist():
            if one != part:
                left.writestr(one, whole.read(one))
    return out.getvalue()


def docx_of_parts(parts: int) -> bytes:
    return document(PARAGRAPH.format("x"), {f"word/media/{n}.bin": "" for n in range(parts)})


def old_document() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)


def workbook(sheet: str, extra: dict[str, str] | None = None, name: str = "S", head: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    named = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    listed = f'<sheet name="{name}" sheetId="1" r:id="r1"/>'
    parts = {
        "[Content_Types].xml": CONTENT_TYPES.format(part="xl/workbook.xml", kind=SHEET),
        "_rels/.rels": RELATIONS.format(kind="officeDocument", to="xl/workbook.xml", mode=""),
        "xl/workbook.xml": f"<workbook {space} {named}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", to="worksheets/sheet1.xml", mode=""),
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {space}>{sheet}</worksheet>",
    } | (extra or {})
    return zipped({one: words.encode() for one, words in parts.items()})


def xlsx_of(cell: str, at: str = "A1") -> bytes:
    return workbook(f'<sheetData><row r="1"><c r="{at}" t="str"><f>{cell}</f><v>{cell}</v></c></row></sheetData>')


def xlsx_doctype(which: str) -> bytes:
    head, reference = DOCTYPES[which]
    cell = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{reference}</t></is></c></row></sheetData>'
    return workbook(cell, head=head.replace("DOCTYPE x", "DOCTYPE worksheet"))


def xlsx_vast() -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>')


def xlsx_outside() -> bytes:
    link = RELATIONS.format(kind="externalLinkPath", to="http://127.0.0.1:9/a.xlsx", mode=' TargetMode="External"')
    return workbook("<sheetData/>", {"xl/externalLinks/_rels/externalLink1.xml.rels": link})


def xlsx_named(name: str) -> bytes:
    return workbook("<sheetData/>", name=name)


def xlsx_bomb(megabytes: int) -> bytes:
    return workbook(" " * megabytes * 1_000_000)
