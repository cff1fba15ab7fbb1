"""One road over one set: its figures, documents a second and memory, each in a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from bench.adapter import Adapter, Reading, Run
from bench.sets import adapters
from cenotaph.vocabulary import Report


@dataclass(frozen=True, slots=True)
class Asked:
    """A set, the documents of it that are measured, and the figures, each with the count it is a share of."""

    name: str
    only: str
    figures: tuple[tuple[str, tuple[str, ...]], ...]


ASKED = (
    Asked(
        "muc4",
        "^TST",
        (
            ("harm+count F1.rel", ("harm_count", "gold")),
            ("harm+count recall", ("harm_count", "gold")),
            ("harm+count precision.rel", ("harm_count", "gold")),
            ("harm+count+victim F1.rel", ("harm_count", "gold")),
            ("total killed exact", ("total_killed", "documents")),
        ),
    ),
    Asked(
        "gva_counts",
        "",
        (
            ("killed exact", ("killed", "n")),
            ("both exact", ("killed", "n")),
            ("killed exact where >= 2", ("killed_gold>=2", "n")),
        ),
    ),
    Asked("ucdp_syria", "", (("clean: best exact", ("clean", "n")),)),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one road did on one set: each figure in percent with its standard error, and what it took."""

    road: str
    name: str
    figures: dict[str, tuple[float, float]]
    documents: int
    seconds: float
    megabytes: float


def measured(road: str, asked: Asked) -> Measured:
    """Measured in a fresh process, so that memory is this road's alone."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (road, asked))


def _measured(road: str, asked: Asked) -> Measured:
    from bench.roads.readers import reader

    adapter, clock = adapters()[asked.name], _Clock(reader(road))
    adapter.check(adapter.data)
    outcome = adapter.run(adapter.data, Run(reader=clock.readings, only=asked.only))
    figures = dict(_figures(adapter, asked, json.loads(outcome.json)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(road, asked.name, figures, clock.documents, clock.seconds, peak)


def _figures(adapter: Adapter, asked: Asked, report: dict[str, Any]) -> Iterable[tuple[str, tuple[float, float]]]:
    known = {figure.name: figure for figure in adapter.figures}
    for name, path in asked.figures:
        share, count = known[name].found(report) or 0.0, _at(report, path)
        yield name, (share, error(share, count))


def _at(report: dict[str, Any], path: Sequence[str]) -> int:
    value: Any = report
    for step in path:
        value = value[step]
    return int(value)


def error(share: float, count: int) -> float:
    """The standard error of a share in percent, as of a binomial; for an F1 that is a rough one, by required facts.

    >>> round(error(50.0, 100), 1)
    5.0
    """
    return sqrt(max(share * (100 - share), 0.0) / count) if count else 0.0


class _Clock:
    """A reader that counts documents and the processor's seconds, the first document (loading) left out."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.documents, self.seconds = 0, 0.0

    def readings(self, reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterable[Reading]:
        begun = 0.0
        for number, reading in enumerate(self._reader(reports, countries, jobs)):
            if number == 0:
                begun = time.process_time()
            self.documents, self.seconds = number, time.process_time() - begun
            yield reading


def without(asked: Asked, only: str) -> Asked:
    """The same of other documents."""
    return replace(asked, only=only)
