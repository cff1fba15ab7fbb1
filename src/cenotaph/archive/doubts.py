"""What is unsure about a report's text before anybody reads it: words that a machine recognised, pages without any."""

from __future__ import annotations

from cenotaph.archive import ocr, pdf
from cenotaph.vocabulary import Problem, Report

__all__ = ["doubts"]

_SHOWN = 12  # pages that are named; more are counted


def doubts(report: Report) -> list[Problem]:
    """Problems of how the text was made.

    >>> doubts(Report.of_text("Ten people were killed.", extractor="cenotaph-text 1"))
    []
    >>> [one.kind for one in doubts(Report.of_text("Ten people were killed.", extractor="tesseract 5.3.0 (eng)"))]
    ['machine transcript']
    """
    tool, _, version = report.extractor.partition(" ")
    out: list[Problem] = []
    if tool == ocr.TOOL:
        what = f"a machine recognised the words of this report ({tool} {version}); a digit may be wrong"
        settle = "compare each figure with the picture, or write a transcript and add it with --about"
        out.append(Problem("machine transcript", what, report.id, settle=settle, changes="its figures"))
    empty = [n for n, page in enumerate(report.text.split(pdf.PAGE), 1) if not any(map(str.isalnum, page))]
    if tool in (ocr.TOOL, *pdf.TOOLS) and empty:
        what = f"no words on {_pages(empty)}: blank, or a picture that needs text recognition (OCR)"
        settle = "look at the document; ocrmypdf -l eng+ara IN.pdf OUT.pdf recognises what is a picture"
        out.append(Problem("page without words", what, report.id, settle=settle, changes="what stands there"))
    return out


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN])) + (f" and {len(numbers) - _SHOWN} more" * (len(numbers) > _SHOWN))
    return f"page{'s' * (len(numbers) > 1)} {shown}"
