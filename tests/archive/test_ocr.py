"""Words in pictures: recognised where tesseract is installed and marked so; else one line says what would help."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from cenotaph.archive import doubts, extract, ocr, report_from
from cenotaph.intake import Unreadable
from cenotaph.vocabulary import Report
from tests.archive.captures import ENGLISH, captured, extracted
from tests.archive.test_pdf_and_word import written

needs_tesseract = pytest.mark.skipif(not ocr.ready(), reason="tesseract is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler's pdftoppm is not installed")
DRAWN = {"png": "-png", "jpg": "-jpeg", "tiff": "-tiff"}
SHORT = "At least 12 people were killed in the shelling."


def drawn(kind: str, words: str = SHORT) -> bytes:
    """The picture of a page with these words."""
    with tempfile.TemporaryDirectory() as here:  # pdftoppm writes TIFF into files alone
        command = ["pdftoppm", "-r", "150", "-gray", "-singlefile", DRAWN[kind], "-", f"{here}/page"]
        subprocess.run(command, input=written(words), check=True)
        (made,) = Path(here).iterdir()
        return made.read_bytes()


def scanned(*pages: str) -> bytes:
    """A PDF whose pages are pictures of these words; words after = stand in it as words."""
    writer, out = PdfWriter(), io.BytesIO()
    for page in pages:
        source = written(page[1:]) if page[:1] == "=" else _picture_page(page)
        writer.append(PdfReader(io.BytesIO(source)))
    writer.write(out)
    return out.getvalue()


def _picture_page(words: str) -> bytes:
    """One page with a JPEG on it, by hand."""
    picture = drawn("jpg", words) if words else drawn("jpg", " ")
    height, width = _size(picture)
    drawing = b"q 612 0 0 792 0 0 cm /I Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(picture), picture),
    ]  # fmt: skip
    out, begins = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        begins.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in begins)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % begin
    return bytes(out)


def _size(jpeg: bytes) -> tuple[int, int]:
    found = re.search(rb"\xff[\xc0\xc2]..\x08(..)(..)", jpeg, re.DOTALL)
    assert found
    return int.from_bytes(found[1], "big"), int.from_bytes(found[2], "big")


# --- recognised ---------------------------------------------------------------------------------------------------


@needs_tesseract
@needs_poppler
@pytest.mark.parametrize("kind", DRAWN)
def test_the_words_of_a_picture_are_recognised_and_marked(kind: str) -> None:
    item = captured(drawn(kind), kind)
    report = report_from(item, extract(item), "")
    assert SHORT in report.text and report.extractor.startswith("tesseract ")
    (found,) = doubts(report)
    assert found.kind == "machine transcript" and "a digit may be wrong" in found.what and found.settle


@needs_tesseract
@pytest.mark.skipif(shutil.which("text2image") is None, reason="no program here that draws Arabic (text2image)")
def test_arabic_in_a_picture_is_recognised(tmp_path: Path) -> None:
    if "ara" not in ocr._languages():
        pytest.skip("tesseract has no Arabic here (apt install tesseract-ocr-ara)")
    (tmp_path / "words.txt").write_text("قتل 12 شخصا في قصف استهدف أطراف المدينة", encoding="utf-8")
    command = ["text2image", "--text", "words.txt", "--outputbase", "words", "--font", "DejaVu Sans", "--ptsize", "14"]
    fonts = ["--fonts_dir", "/usr/share/fonts", "--fontconfig_tmpdir", str(tmp_path)]
    if subprocess.run([*command, *fonts], cwd=tmp_path, capture_output=True, check=False).returncode:
        pytest.skip("no font here that draws Arabic (DejaVu Sans)")
    found = extracted((tmp_path / "words.tif").read_bytes(), "tiff")
    assert "قتل 12 شخصا" in found.text and found.language == "ar" and "ara" in found.version


@needs_tesseract
@needs_poppler
def test_a_scanned_document_is_recognised_page_by_page() -> None:
    found = extracted(scanned("Ten people were killed.", "Nine people were killed."), "pdf")
    assert found.text.split("\f") == ["Ten people were killed.", "Nine people were killed."]
    assert found.tool == "tesseract" and "pages" not in found.version


@needs_tesseract
@needs_poppler
def test_of_a_document_with_words_only_the_pictures_are_recognised() -> None:
    item = captured(scanned(f"={ENGLISH}", "Nine people were killed.", ""), "pdf")
    report = report_from(item, extract(item), "")
    assert report.text.split("\f") == [ENGLISH, "Nine people were killed.", ""]
    assert report.extractor.endswith(", pages 2")
    assert [one.kind for one in doubts(report)] == ["machine transcript", "page without words"]
    assert "no words on page 3" in doubts(report)[1].what


# --- not recognised -----------------------------------------------------------------------------------------------


def refused(content: bytes, kind: str) -> str:
    with pytest.raises(Unreadable) as error:
        extracted(content, kind)
    return str(error.value)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ready", lambda: False)


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"MM\x00*"])
def test_without_tesseract_a_picture_says_what_would_help(start: bytes) -> None:
    line = refused(start + b"killed", "png")
    assert "tesseract is installed" in line and "tesseract-ocr-ara" in line and "--about FILE" in line


@needs_poppler
@pytest.mark.usefixtures("without")
def test_without_tesseract_a_scanned_document_says_that_it_needs_recognition() -> None:
    line = refused(scanned("Ten people were killed.", "Nine."), "pdf")
    assert "2 pages without words" in line and "OCR" in line and "install tesseract" in line


@needs_poppler
@pytest.mark.usefixtures("without")
def test_without_tesseract_a_page_without_words_stands_as_a_doubt() -> None:
    item = captured(scanned(f"={ENGLISH}", "Nine people were killed."), "pdf")
    (found,) = doubts(report_from(item, extract(item), ""))
    assert found.kind == "page without words" and "page 2" in found.what


def test_pages_without_words_are_named_and_not_all_of_many() -> None:
    (found,) = doubts(Report.of_text("Ten." + "\f" * 20, extractor="pypdf 6.1"))
    assert "pages 2, 3, 4" in found.what and "13 and 8 more" in found.what


@pytest.mark.parametrize("tool", ["cenotaph-text 1", "trafilatura 2.0", "cenotaph-sheet 1", ""])
def test_a_form_feed_in_other_texts_is_no_page(tool: str) -> None:
    assert doubts(Report.of_text("Ten people were killed.\f\f", extractor=tool)) == []


@needs_tesseract
@needs_poppler
def test_a_picture_without_words_says_so() -> None:
    assert "no words were recognised" in refused(drawn("png", " "), "png")


@needs_tesseract
@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\nkilled", b"\xff\xd8\xff" + b"\0" * 50, b"II*\x00" + b"\xff" * 50,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\0\0\0\0\0\0\0\0",
    ],
    ids=["head", "words", "empty jpeg", "wild tiff", "as large as a country"],
)  # fmt: skip
def test_a_picture_that_is_broken_or_swells_is_one_line(content: bytes) -> None:
    line = refused(content, "png")
    assert "can't be recognised" in line or "no words were recognised" in line


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"killed", b"%PDF-1.4"])
def test_what_is_called_a_picture_and_is_none_is_refused(content: bytes) -> None:
    assert "neither PNG, JPEG nor TIFF" in refused(content, "png")


@needs_tesseract
@needs_poppler
def test_of_more_scanned_pages_than_are_recognised_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MOST_PAGES", 1)
    assert "at most 1 are recognised" in refused(scanned("Ten people were killed.", "Nine."), "pdf")
