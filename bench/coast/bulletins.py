"""reports/*.md -> Reports: front matter between two lines of dashes, then the text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bench.adapter import BenchError, shown
from cenotaph.vocabulary import Report

FENCE = "---"


def reports(folder: Path) -> list[Report]:
    """Every bulletin of a folder, in the order of their names; a report's name is its file's, without the ending."""
    return [report(file) for file in sorted(folder.glob("*.md"))]


def report(file: Path) -> Report:
    head, text = parted(file.read_text(encoding="utf-8"), shown(file))
    day = head.get("published", "")
    return Report.of_text(
        text,
        name=file.stem,
        outlet=head.get("outlet", ""),
        url=head.get("url", ""),
        title=head.get("title", ""),
        language=head.get("language", "en"),
        published=dt.date.fromisoformat(day) if day else None,
    )


def parted(whole: str, name: str) -> tuple[dict[str, str], str]:
    r"""Front matter and text. BenchError when there is none: a bulletin without outlet and day can't be judged.

    >>> parted("---\noutlet: Example Wire\n---\nThree died.\n", "r01.md")
    ({'outlet': 'Example Wire'}, 'Three died.\n')
    """
    lines = whole.splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        raise BenchError(f"{name}: expected front matter between two lines of {FENCE}, found {lines[:1]}")
    pairs = (line.partition(":") for line in lines[1 : fences[1]] if line.strip())
    head = {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
    return head, "".join(lines[fences[1] + 1 :]).lstrip("\n")
