"""Reports through the public `read`, one after another or in a pool, with progress on stderr."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence

from bench.adapter import Reading
from cenotaph.vocabulary import Report, World

STEP = 25
_worlds: dict[tuple[str, ...], World] = {}


def readings(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterable[Reading]:
    """Each report with its claims and answers, in the order given."""
    if jobs == 1:
        return _told((_read(report, countries) for report in reports), len(reports))
    return _told(_pooled(reports, countries, jobs), len(reports))


def _pooled(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterator[Reading]:
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(_apart, [(report, countries) for report in reports], chunksize=8)


def _apart(work: tuple[Report, tuple[str, ...]]) -> Reading:
    return _read(*work)


def _read(report: Report, countries: tuple[str, ...]) -> Reading:
    # Imported here: `python -m bench --help` and a missing folder should not wait for a language model.
    from cenotaph import world
    from cenotaph.read import read

    if countries not in _worlds:
        _worlds[countries] = world.load(countries=countries)
    claims, answers, _ = read(report, _worlds[countries])
    return report, claims, answers


def _told(done: Iterable[Reading], total: int) -> Iterator[Reading]:
    for number, reading in enumerate(done, 1):
        if number % STEP == 0 or number == total:
            print(f"\rread {number} of {total}", end="\n" if number == total else "", file=sys.stderr, flush=True)
        yield reading
