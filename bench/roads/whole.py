"""Reading without a first pass: every sentence of every report in full. What it must give is what `read` gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.adapter import SHARED, day
from cenotaph.read import STEPS, VERSION, open_page, read
from cenotaph.read.answers import answers
from cenotaph.read.claims import claims_of
from cenotaph.read.owed import owed
from cenotaph.read.page import Draft
from cenotaph.vocabulary import Answer, Claim, Coder, Problem, Report, World

Found = tuple[list[Claim], list[Answer], list[Problem]]


def in_full(report: Report, world: World) -> Found:
    """Claims, answers and problems with everything recognised in every sentence first, and every step taken."""
    page = open_page(report, world)
    for scene in page.scenes:
        assert scene.amounts is not None and scene.chunks is not None and scene.days(page.today) is not None
    drafts: list[Draft] = []
    for step in STEPS:
        drafts = step(page, drafts)
    coder = Coder("rules", "cenotaph", VERSION)
    claims = claims_of(page, drafts, coder)
    said_back = answers(page, drafts, [claim.id for claim in claims], coder)
    return claims, said_back, owed(page, claims, said_back)


def lost(report: Report, world: World) -> list[str]:
    """What reading with a first pass has not, or has otherwise, than reading in full; a line each."""
    quick, full = read(report, world), in_full(report, world)
    names = ("claim", "answer", "problem")
    pairs = zip(names, quick, full, strict=True)
    return [f"{name}: {one}" for name, mine, theirs in pairs for one in _differing(mine, theirs)]


def _differing(mine: Any, theirs: Any) -> list[Any]:
    if mine == theirs:
        return []
    return [one for one in (*mine, *theirs) if one not in mine or one not in theirs] or [("order", mine)]


# --- the texts of the sets ---

FILES = (
    *("muc4/docs.jsonl", "hrdsattack/dev.jsonl", "wikievents/dev.jsonl", "polnear/dev.jsonl", "re3d/dev.jsonl"),
    *("geoparse/dev.jsonl", "case2021_types/dev.jsonl", "airwars_syria/docs.jsonl", "ucdp_syria/headlines.jsonl"),
    "gva_counts/incidents.jsonl",
)
DAYS = ("date", "published", "source_date")


def texts(file: Path, every: int) -> Iterator[Report]:
    """Every so many-th text of a file of a set as a report, from the first on."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    told = [one for row in rows for one in row.get("docs", [row])]
    for row in told[::every]:
        text = row.get("text") or row.get("headline") or row.get("sentence") or ""
        if text:
            arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text) > len(text) / 4
            language = "ar" if arabic else "en"
            yield Report.of_text(text, language=language, published=_day(row))


def _day(row: dict[str, Any]) -> Any:
    told = next((row[name] for name in DAYS if row.get(name)), None)
    return day(str(told)[:10]) if told and len(str(told)) >= 10 and str(told)[:4].isdigit() else None


def files() -> list[Path]:
    """The files of texts that are on this machine."""
    return [SHARED / name for name in FILES if (SHARED / name).is_file()]
