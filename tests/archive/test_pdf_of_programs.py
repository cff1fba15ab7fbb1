"""PDFs as programs write them, with Arabic: the words come out in their order, and figures beside their people."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.archive.captures import extracted

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
WORDS = "قال مركز محلي إن 12 مدنياً قتلوا في قرية الصنوبر، بينهم 3 أطفال"
FOUND = ["12", "مدني", "قتلوا", "قرية", "الصنوبر", "بينهم", "3", "أطفال"]
PAGE = f'<html lang="ar" dir="rtl"><meta charset="utf-8"><h1>بيان</h1><p>{WORDS}.</p><p>Two more died on 8 March.</p>'


def in_their_order(text: str) -> bool:
    """Whether the words follow each other; a letter's marks and the spaces around a number may have moved."""
    places = [text.find(word) for word in FOUND]
    return -1 not in places and places == sorted(places)


@POPPLER
@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_a_page_that_a_browser_printed_keeps_the_order_of_arabic_and_of_english(tmp_path: Path) -> None:
    assert BROWSER is not None
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    made = tmp_path / "page.pdf"
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={made}", (tmp_path / "page.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = extracted(made.read_bytes(), "pdf").text
    assert in_their_order(text) and "Two more died on 8 March" in text


@POPPLER
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_a_sheet_that_libreoffice_printed_keeps_the_order_of_arabic(tmp_path: Path) -> None:
    assert OFFICE is not None
    (tmp_path / "sheet.csv").write_text(f"البيان\n{WORDS.replace('،', '')}\n", encoding="utf-8")
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--infilter=CSV:44,34,76,1",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "sheet.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert in_their_order(extracted((tmp_path / "sheet.pdf").read_bytes(), "pdf").text)


def test_words_out_of_their_order_are_seen() -> None:
    assert in_their_order(WORDS) and not in_their_order(" ".join(reversed(WORDS.split()))) and not in_their_order("")
