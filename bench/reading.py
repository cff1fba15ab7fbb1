"""Reports through the public `read`, one after another or in a pool, with progress on stderr."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from bench.adapter import Reading
from cenotaph.vocabulary import Report, World

STEP = 25
T = TypeVar("T")
_worlds: dict[tuple[str, ...], World] = {}


def readings(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterable[Reading]:
    """Each report with its claims and answers, in the order given."""
    return each(_read, reports, countries, jobs)


def each(
    task: Callable[[Report, World], T], reports: Sequence[Report], countries: tuple[str, ...], jobs: int
) -> Iterable[T]:
    """What a task makes of each report, in the order given. The task is a function of a module: processes share it."""
    work = partial(_done, task, countries)
    done = map(work, reports) if jobs == 1 else _pooled(work, reports, jobs)
    return _told(done, len(reports))


def _pooled(work: Callable[[Report], T], reports: Sequence[Report], jobs: int) -> Iterator[T]:
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(work, reports, chunksize=8)


def _done(task: Callable[[Report, World], T], countries: tuple[str, ...], report: Report) -> T:
    return task(report, world_of(countries))


def world_of(countries: tuple[str, ...]) -> World:
    """The world of cases about these countries, loaded once in a process."""
    # Imported here: `python -m bench --help` and a missing folder should not wait for a language model.
    from cenotaph import world

    if countries not in _worlds:
        _worlds[countries] = world.load(countries=countries)
    return _worlds[countries]


def _read(report: Report, known: World) -> Reading:
    from cenotaph.read import read

    claims, answers, _ = read(report, known)
    return report, claims, answers


def _told(done: Iterable[T], total: int) -> Iterator[T]:
    for number, made in enumerate(done, 1):
        if number % STEP == 0 or number == total:
            print(f"\rread {number} of {total}", end="\n" if number == total else "", file=sys.stderr, flush=True)
        yield made
