"""bytes -> Report: kept under their hash, never edited, and every read of them checked."""

from __future__ import annotations

from cenotaph.archive.documents import extract, report_from
from cenotaph.archive.keeping import Archive

__all__ = ["Archive", "extract", "report_from"]
