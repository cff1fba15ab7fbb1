"""How fast Arabic is read beside English: documents of like length of one set, in one process and in turns."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench.adapter import SHARED
from bench.reading import world_of
from bench.roads.speed import DAY, Pace
from bench.roads.whole import texts
from cenotaph.read import read
from cenotaph.vocabulary import Report

SET = SHARED / "airwars_syria" / "docs.jsonl"
LETTERS = range(400, 3000)  # of a document: posts of a line and pages with the news of a month are left out
MOST = 150  # documents of each language


def documents(language: str) -> list[Report]:
    """Documents of the set in one language, of such lengths; none where the set is not on this machine."""
    found = texts(SET, 1) if SET.is_file() else ()
    own = [one for one in found if one.language == language and len(one.text) in LETTERS]
    return [Report.of_text(one.text, published=one.published or DAY, language=language) for one in own][:MOST]


def paced(languages: Sequence[str] = ("en", "ar")) -> list[Pace]:
    """The pace of each language, their documents taken in turns so that whatever else runs slows all alike."""
    world = world_of(("SY",))
    sets = {language: documents(language) for language in languages}
    size = min(map(len, sets.values()))
    seconds, claims = dict.fromkeys(languages, 0.0), dict.fromkeys(languages, 0)
    for report in (one for some in sets.values() for one in some[:size]):
        read(report, world)  # words and places are looked up once in a process, and not at the cost of one language
    for at in range(size):
        for language in languages:
            begun = time.process_time()
            claims[language] += len(read(sets[language][at], world)[0])
            seconds[language] += time.process_time() - begun
    return [_pace(language, sets[language][:size], seconds[language], claims[language]) for language in languages]


def _pace(language: str, reports: Sequence[Report], seconds: float, claims: int) -> Pace:
    words = sum(len(report.text.split()) for report in reports)
    return Pace(language, len(reports), words, seconds, 0, claims)
