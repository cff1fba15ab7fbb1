"""`python -m bench.scale`: figures on stdout, talk on stderr; 0 as it should be, 1 a bar is missed, 2 misuse."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise

from bench.adapter import BenchError
from bench.scale.growing import Grown, grown
from bench.scale.measured import Measured, apart
from bench.sizes import rising

GROWTH = 1.3
"""Times linear growth, from one size to the next, that is still called linear."""

HEAD = ("claims", "incidents", "link s", "reconcile s", "claims/s", "MB", "bytes/claim", "sort s", "x sort", "growth")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        if asked.case:
            return _case(asked)
        return _sizes(asked)
    except BenchError as failed:
        print(failed, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="how linking and reconciling grow")
    parser.add_argument("--claims", type=rising(100, "claims"), metavar="N[,N...]", help="sizes (10000,100000,1000000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the made-up claims (1)")
    parser.add_argument("--case", action="store_true", help="add one report to a case of so many claims (100000)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    return parser


# --- sizes ----------------------------------------------------------------------------------------------------------


def _sizes(asked: argparse.Namespace) -> int:
    done: list[Measured] = []
    for claims in asked.claims or [10_000, 100_000, 1_000_000]:
        print(f"{claims} claims:", file=sys.stderr)
        done.append(apart(claims, asked.seed))
    growths = [larger.growth(smaller) for smaller, larger in pairwise(done)]
    if done[0].sort is None:
        print("no sort beside it: DuckDB is not installed (pip install duckdb)", file=sys.stderr)
    print(_json(done, growths) if asked.json else "\n".join(_table(_lines(done, growths))))
    if max(growths, default=0) > GROWTH:
        print(f"grows {max(growths):.2f} times as fast as the claims; the bar is {GROWTH}", file=sys.stderr)
        return 1
    return 0


def _json(done: Sequence[Measured], growths: Sequence[float]) -> str:
    pairs = zip(done, [None, *growths], strict=True)
    sizes = [asdict(one) | {"rate": one.rate, "growth": growth} for one, growth in pairs]
    return json.dumps({"sizes": sizes, "bar": GROWTH}, indent=1)


def _lines(done: Sequence[Measured], growths: Sequence[float]) -> Iterator[tuple[str, ...]]:
    yield HEAD
    for one, growth in zip(done, ["-", *(f"{growth:.2f}" for growth in growths)], strict=True):
        sort = ("-", "-") if one.sort is None else (f"{one.sort:.2f}", f"{one.seconds / max(one.sort, 0.001):.0f}")
        yield (
            str(one.claims), str(one.incidents), f"{one.link:.1f}", f"{one.reconcile:.1f}", f"{one.rate:.0f}",
            f"{one.memory / 1e6:.0f}", f"{one.memory / one.claims:.0f}", *sort, growth,
        )  # fmt: skip


def _table(lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    whole = list(lines)
    widths = [max(len(line[column]) for line in whole) for column in range(len(whole[0]))]
    for line in whole:
        yield "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))


# --- a case ---------------------------------------------------------------------------------------------------------


def _case(asked: argparse.Namespace) -> int:
    """Every bar of a case that gets one more report: nothing worked out again in vain, nothing that differs."""
    done = [grown(claims, asked.seed) for claims in asked.claims or [100_000]]
    print(json.dumps([asdict(one) for one in done], indent=1) if asked.json else "\n".join(map(_told, done)))
    missed = [what for one in done for what in _missed(one)]
    for what in missed:
        print(what, file=sys.stderr)
    return 1 if missed else 0


def _told(one: Grown) -> str:
    steps = "\n".join(f"    {name}: {seconds:.2f} s" for name, seconds in one.steps.items())
    return (
        f"{one.claims} claims in {one.reports} reports, {one.groups} groups\n"
        f"  taken in: {one.added:.1f} s; first build: {one.first:.1f} s, {one.worked_first} groups worked out\n"
        f"  one report more: {one.again:.1f} s, {one.worked} of {one.groups} groups worked out; of that\n{steps}\n"
        f"  a build from nothing: {one.anew:.1f} s; {one.differing or 'no'} rows differ"
    )


def _missed(one: Grown) -> Iterator[str]:
    if one.differing:
        yield f"{one.claims} claims: {one.differing} rows differ from those of a build from nothing"
    if one.worked > one.touched:
        yield f"{one.claims} claims: {one.worked} groups worked out again, {one.touched} hold claims of the new report"


if __name__ == "__main__":
    sys.exit(main())
