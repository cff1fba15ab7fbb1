"""PDF and Word: words in their order, or one line that says why there are none; nothing of them is ever run."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from cenotaph.archive import bounded, pdf, word
from cenotaph.intake import Unreadable
from tests.archive.captures import ARABIC, ENGLISH, extracted

POPPLER = shutil.which("pdftotext") is not None
ROADS = [
    pytest.param(True, marks=pytest.mark.skipif(not POPPLER, reason="poppler's pdftotext is not installed")),
    False,
]


def page(words: str) -> bytes:
    """The drawing of one page."""
    return f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")


def written(*pages: str) -> bytes:
    """A PDF of these pages, by hand: five kinds of objects, then where each begins."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        drawn = page(words)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out, begins = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        begins.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, out.rindex(b"xref\n0"))
    return bytes(out)


def locked(content: bytes) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(content)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setattr(shutil, "which", lambda _: None)
    return bool(request.param)


# --- PDF ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("road", ROADS, indirect=True)
def test_the_pages_of_a_pdf_follow_each_other_with_a_mark_between(road: bool) -> None:
    made = extracted(written(ENGLISH[:60], "Two more died."), "pdf")
    assert made.text.split(pdf.PAGE) == [ENGLISH[:60], "Two more died."]
    assert made.tool == ("pdftotext" if road else "pypdf") and made.version[:1].isdigit()


@pytest.mark.parametrize("road", ROADS, indirect=True)
@pytest.mark.parametrize(
    "why, content",
    [
        ("locked", locked(written(ENGLISH[:60]))),
        ("no words", written("", "")),
        ("cut off", written(ENGLISH[:60])[:150]),
        ("its head alone", b"%PDF-1.4\n"),
        ("no PDF", ENGLISH.encode()),
        ("a PDF that is late", b" " * 5_000 + written(ENGLISH[:60])),
        ("a ring of pages", written("x").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")),
        ("zero bytes", b"%PDF-1.4\n" + b"\0" * 100_000),
    ],
)
def test_a_pdf_without_words_for_us_is_refused_in_one_line(road: bool, why: str, content: bytes) -> None:
    with pytest.raises(Unreadable) as found:
        extracted(content, "pdf")
    assert "\n" not in str(found.value) and len(str(found.value)) < 400, why


def test_a_picture_of_a_text_says_that_it_must_be_recognised_first() -> None:
    with pytest.raises(Unreadable, match="OCR"):
        extracted(written("", "", ""), "pdf")


def test_arabic_is_refused_where_only_the_second_program_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "run", lambda *_: bounded.Done(ARABIC.encode(), ""))
    with pytest.raises(Unreadable, match="pdftotext"):
        extracted(written("x"), "pdf")


def test_a_pdf_of_more_pages_than_a_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(Unreadable, match="more than 2 pages"):
        extracted(written("a", "b", "c"), "pdf")


# --- limits ---------------------------------------------------------------------------------------------------------


def test_a_program_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)
    assert bounded.run(["sh", "-c", "sleep 30"], b"").failed == "not done within 1 seconds"


def test_a_program_that_takes_too_much_memory_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MEMORY", 200_000_000)
    done = bounded.run(["python3", "-c", "x = bytes(2_000_000_000)"], b"")
    assert done.failed


def test_a_program_that_writes_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "OUTPUT", 10_000)
    done = bounded.run(["sh", "-c", "yes"], b"")
    assert done.failed and len(done.output) <= 10_000


# --- Word -----------------------------------------------------------------------------------------------------------


def document(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    made, out = Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    if table:
        drawn = made.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(drawn.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    made.add_paragraph("The end.")
    made.core_properties.title = "Update"
    made.save(out)
    return out.getvalue()


def repacked(content: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if change.get(name, b"-"):
                new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return out.getvalue()


def test_paragraphs_and_tables_of_a_document_stand_in_their_order() -> None:
    made = extracted(document(ENGLISH, ARABIC, table=(("Homs", "4"), ("Hama", "6"))), "docx")
    assert made.text == f"{ENGLISH}\n{ARABIC}\nHoms\t4\nHama\t6\nThe end."
    assert (made.title, made.tool) == ("Update", "python-docx")


GOOD = document(ENGLISH)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document xmlns:w='
    b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p>'
    b"</w:body></w:document>"
)


@pytest.mark.parametrize(
    "why, content",
    [
        ("no zip", ENGLISH.encode()),
        ("cut off", GOOD[: len(GOOD) // 2]),
        ("an old document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_000),
        ("a part is missing", repacked(GOOD, {"word/document.xml": b""})),
        ("a part is no XML", repacked(GOOD, {"word/document.xml": b"killed"})),
        ("the list of parts is missing", repacked(GOOD, {"[Content_Types].xml": b""})),
        ("another file of parts", repacked(GOOD, {"[Content_Types].xml": b"<Types/>"})),
        ("an entity of a file", repacked(GOOD, {"word/document.xml": XXE})),
    ],
)
def test_a_document_that_is_none_is_refused_in_one_line(why: str, content: bytes) -> None:
    with pytest.raises(Unreadable) as found:
        made = extracted(content, "docx")
        raise AssertionError((why, made.text))
    assert "\n" not in str(found.value) and len(str(found.value)) < 400, why


def test_a_document_that_swells_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST", 1_000_000)
    with pytest.raises(Unreadable, match="unpacked"):
        extracted(repacked(GOOD, {"word/media/a.bin": b"\0" * 2_000_000}), "docx")


def test_a_document_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_FILES", 5)
    with pytest.raises(Unreadable, match="parts"):
        extracted(GOOD, "docx")
