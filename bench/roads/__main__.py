"""`python -m bench.roads`: figures on stdout, talk on stderr; 0 done, 1 something lost or raised, 2 misuse, no data."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bench.adapter import MissingDataError, shown
from bench.reading import world_of
from bench.roads import edits, whole
from bench.roads.languages import SET, paced
from bench.roads.measuring import ASKED, Measured, measured, without
from bench.roads.speed import raced

ROADS = ("cascade", "parse", "mix")


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the parser's threads would be counted as the reader's seconds
    asked = _parser().parse_args(arguments)
    try:
        if asked.speed:
            return _speed()
        if asked.first_pass:
            return _first_pass(asked.every)
        return _edits(asked.edits, asked.language) if asked.edits else _roads(asked)
    except MissingDataError as missing:
        print(missing, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.roads", description="two roads to whom a harm befell, and their mix"
    )
    parser.add_argument("--set", choices=[one.name for one in ASKED], help="only this set")
    parser.add_argument(
        "--only", default="", metavar="REGEX", help="documents whose id it matches, instead of the usual"
    )
    parser.add_argument("--speed", action="store_true", help="the whole reader against a plain spaCy pipeline")
    parser.add_argument("--first-pass", action="store_true", help="every text with and without the first pass")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="with --first-pass: only every N-th text (1)")
    parser.add_argument("--edits", type=int, default=0, metavar="N", help="so many random edits of real reports")
    parser.add_argument("--language", default="", metavar="CODE", help="with --edits: only of reports in this language")
    return parser


# --- the roads ---


def _roads(asked: argparse.Namespace) -> int:
    chosen = [one for one in ASKED if asked.set in (None, one.name)]
    chosen = [without(one, asked.only) for one in chosen] if asked.only else chosen
    done = {one.name: [measured(road, one) for road in ROADS] for one in chosen}
    print(drawn(list(done.values())))
    return 0


def drawn(done: Sequence[Sequence[Measured]]) -> str:
    """Figure by road, each with its standard error, and which road wins by more than one of them."""
    rows: list[tuple[str, ...]] = [("set", "figure", *ROADS, "wins")]
    for roads in done:
        for name in roads[0].figures:
            found = [one.figures[name] for one in roads]
            rows.append(
                (roads[0].name, name, *(f"{share:.1f} +-{error:.1f}" for share, error in found), _winner(found))
            )
        rows.append((roads[0].name, "documents a second", *(f"{one.documents / one.seconds:.1f}" for one in roads), ""))
        rows.append((roads[0].name, "memory, MB", *(f"{one.megabytes:.0f}" for one in roads), ""))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _winner(found: Sequence[tuple[float, float]]) -> str:
    """The best road where it leads the cascade by more than one standard error; else the cascade stands.

    >>> _winner([(50.0, 2.0), (40.0, 2.0), (51.0, 2.0)]), _winner([(50.0, 2.0), (40.0, 2.0), (53.0, 2.0)])
    ('cascade (none better by one error)', 'mix')
    """
    best = max(range(len(found)), key=lambda at: found[at][0])
    lead = found[best][0] - found[0][0]
    if best == 0:
        return "cascade"
    return ROADS[best] if lead > found[0][1] else "cascade (none better by one error)"


# --- speed, first pass, edits ---


def _speed() -> int:
    english, arabic = paced() if SET.is_file() else (None, None)
    if english is not None and arabic is not None:
        print(
            f"Arabic beside English, {arabic.documents} documents of like length each: {arabic.a_second:.1f} and"
            f" {english.a_second:.1f} a second, {arabic.a_second / english.a_second:.2f} x"
        )
    reader, pipeline = raced()
    for one in (reader, pipeline):
        print(
            f"{one.name:22}{one.documents:6} documents  {one.a_second:8.1f} a second"
            f"  {one.words / one.seconds:10.0f} words a second  {one.megabytes:6.0f} MB"
        )
    print(f"the whole reader reads {reader.a_second / pipeline.a_second:.1f} x the documents ({reader.claims} claims)")
    return 0


def _first_pass(every: int) -> int:
    files = whole.files()
    if not files:
        raise MissingDataError("no texts of sets beside this checkout: nothing to compare")
    world, bad = world_of(()), 0
    for file in files:
        reports = list(whole.texts(file, every))
        found = [line for report in reports for line in whole.lost(report, world)]
        print(f"{shown(file)}: {len(reports)} texts, {len(found)} differences")
        for line in found[:5]:
            print(f"  {line[:300]}")
        bad += len(found)
    return 1 if bad else 0


def _edits(number: int, language: str) -> int:
    originals, bad = edits.originals(language), 0
    if not originals:
        raise MissingDataError(f"no reports in {language!r} to edit")
    for name, report in edits.edited(originals, number):
        try:
            found = edits.faults(report, world_of(("SY",)))
        except Exception as raised:  # whatever it is, it is what is looked for here, and is told
            found = [f"raised {type(raised).__name__}: {raised}"]
        for line in found:
            print(f"{name}: {line}")
        bad += bool(found)
    print(f"{number} edits, {bad} of them with a fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
