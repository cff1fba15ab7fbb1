"""bytes -> Report: kept under their hash, never edited, and every read of them checked."""

from __future__ import annotations

from cenotaph.archive.documents import extract, report_from
from cenotaph.archive.doubts import doubts
from cenotaph.archive.keeping import Archive

__all__ = ["Archive", "doubts", "extract", "report_from"]
