"""PDFs and pictures that swell, go round in circles, or are something else as well."""

from __future__ import annotations

import struct
import zlib

WORDS = "Three people were killed at the well."
SHOWN = "BT /F1 12 Tf 72 720 Td ({}) Tj ET"


def pdf(*objects: bytes, root: int = 1, tail: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, begins = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        begins.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in begins)
    out += b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, tail, begin)
    return bytes(out)


def stream(content: bytes, known: bytes = b"", length: int | None = None) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content) if length is None else length, known, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
RESOURCES = b"/MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>"
PAGE = b"<< /Type /Page /Parent 2 0 R " + RESOURCES + b" /Contents 4 0 R >>"


def pdf_of(content: bytes, known: bytes = b"", length: int | None = None) -> bytes:
    return pdf(CATALOG, PAGES, PAGE, stream(content, known, length), FONT)


def pdf_good(extra: str = "") -> bytes:
    """A good page in a catalogue that also asks for something else: a script, a program, a form."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R " + extra.encode() + b" >>"
    return pdf(catalog, PAGES, PAGE, stream(SHOWN.format(WORDS).encode()), FONT)


def pdf_bomb(megabytes: int, filters: int = 1) -> bytes:
    packing = zlib.compressobj(9)
    content = b"".join(packing.compress(b" " * 1_000_000) for _ in range(megabytes)) + packing.flush()
    for _ in range(filters - 1):
        content = zlib.compress(content, 9)
    names = " ".join(["/FlateDecode"] * filters)
    return pdf_of(content, f"/Filter [{names}]".encode())


def pdf_words(times: int) -> bytes:
    return pdf_of(zlib.compress(SHOWN.format(WORDS * 20).encode() * times, 9), b"/Filter /FlateDecode")


def pdf_pages(number: int) -> bytes:
    kids = b"<< /Type /Pages /Kids [" + b"3 0 R " * number + b"] /Count %d >>" % number
    return pdf(CATALOG, kids, PAGE, stream(SHOWN.format(WORDS).encode()), FONT)


def pdf_round(what: str) -> bytes:
    """Something that leads to itself: the pages, a form within itself, the table of objects."""
    if what == "pages":
        return pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
    if what == "parent":
        return pdf(
            CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>", PAGE.replace(b"4 0 R", b"3 0 R")
        )
    if what == "form":
        form = stream(
            b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"
        )
        page = b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>"
        return pdf(CATALOG, PAGES, page, form, stream(b"/X Do"))
    if what == "length":
        return pdf(CATALOG, PAGES, PAGE, b"<< /Length 4 0 R >>\nstream\nx\nendstream", FONT)
    content = pdf_good()
    return content.replace(b"trailer <<", b"trailer << /Prev %d" % content.rindex(b"xref\n0"))


def pdf_lying(length: int) -> bytes:
    return pdf_of(SHOWN.format(WORDS).encode(), length=length)


def pdf_cut(share: float) -> bytes:
    content = pdf_good()
    return content[: int(len(content) * share)]


def pdf_nested(depth: int) -> bytes:
    return pdf(b"[" * depth + b"]" * depth, PAGES)


def pdf_picture(width: int, height: int) -> bytes:
    known = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = stream(zlib.compress(bytes(1_000_000), 9), known % (width, height) + b" /Filter /FlateDecode")
    shown = b"/MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R " + shown + b" >>"
    return pdf(CATALOG, PAGES, page, stream(b"q 612 0 0 792 0 0 cm /I Do Q"), picture)


def pdf_vast(points: int) -> bytes:
    """An empty page as large as a country: whoever draws it needs all the memory there is."""
    return pdf(CATALOG, PAGES, PAGE.replace(b"612 792", b"%d %d" % (points, points)), stream(b""), FONT)


def pdf_and(start: str, end: str = "") -> bytes:
    return start.encode() + pdf_good() + end.encode()


def pdf_zip() -> bytes:
    from tests.hostile.packed import zipped

    return pdf_good() + zipped({"a.txt": b"Nine people were killed."})


# --- pictures -----------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def png(width: int, height: int, megabytes: int = 0, text: int = 0) -> bytes:
    """A grey picture that says it has this size; its rows are zeros, of so many megabytes."""
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    packing = zlib.compressobj(9)
    rows = b"".join(packing.compress(bytes(1_000_000)) for _ in range(megabytes)) + packing.flush()
    words = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(text * 1_000_000), 9)) if text else b""
    return b"\x89PNG\r\n\x1a\n" + head + words + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def tiff_round() -> bytes:
    """A list of pictures whose first names itself as the next."""
    entry = struct.pack("<HHLHH", 256, 3, 1, 65_535, 0) + struct.pack("<HHLHH", 257, 3, 1, 65_535, 0)
    return b"II*\x00" + struct.pack("<L", 8) + struct.pack("<H", 2) + entry + struct.pack("<L", 8)


def jpeg(size: int) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, size, size, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00" * 100 + b"\xff\xd9"


def picture_after(start: str) -> bytes:
    return start.encode("latin-1") + b"<html><script>alert(1)</script><p>Three were killed.</p></html>"
