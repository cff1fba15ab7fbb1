"""Captures as a source would give them, for tests that make documents of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cenotaph.archive import extract
from cenotaph.intake import Captured, Extracted

ENGLISH = "At least 12 people were killed in the shelling of the town on Friday, a medical source said."
ARABIC = "قتل 12 شخصا على الأقل في قصف استهدف أطراف المدينة يوم الجمعة, بحسب مصدر طبي. وأصيب عشرات آخرون بجروح."


def captured(content: bytes | str, kind: str = "txt", **known: Any) -> Captured:
    bytes_ = content.encode() if isinstance(content, str) else content
    return Captured(bytes_, kind, "the-report", "folder", "here", dt.datetime(2025, 3, 9, tzinfo=dt.UTC), **known)


def extracted(content: bytes | str, kind: str = "txt", **known: Any) -> Extracted:
    return extract(captured(content, kind, **known))
