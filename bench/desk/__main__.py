"""`python -m bench.desk make FOLDER`: figures on stdout, talk on stderr; 0 made, 1 not, 2 misuse."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bench.adapter import BenchError
from bench.desk.deciding import on_incidents, on_words
from bench.desk.made import opened, take_in
from bench.desk.stories import Plan
from bench.scale.measured import TO_BYTES
from cenotaph.case import Case, CaseError, tables

T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        print(
            json.dumps(make(asked.folder, Plan(asked.reports, asked.claims, asked.seed), asked.share_decided), indent=1)
        )
    except (BenchError, CaseError) as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description="a large case for the review desk")
    verbs = parser.add_subparsers(required=True, metavar="make")
    verb = verbs.add_parser("make", help="a case folder, made up; what is there is skipped")
    verb.add_argument("folder", type=Path)
    verb.add_argument("--reports", type=_whole, default=100_000, metavar="N", help="(100000)")
    verb.add_argument("--claims", type=_whole, default=1_000_000, metavar="N", help="in all reports (1000000)")
    verb.add_argument("--seed", type=int, default=1, metavar="N", help="of what is made up (1)")
    verb.add_argument("--share-decided", type=_share, default=0.01, metavar="X", help="of the claims (0.01)")
    return parser


def _whole(words: str) -> int:
    if not words.isdigit() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on; found {words!r}")
    return int(words)


def _share(words: str) -> float:
    try:
        found = float(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"a share from 0 to 1; found {words!r}") from error
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"a share from 0 to 1; found {words!r}")
    return found


def make(folder: Path, plan: Plan, share: float) -> dict[str, object]:
    """Makes the case, or what is missing of it; gives what then stands, and the seconds of each step."""
    steps = _Steps()
    case = opened(folder)
    steps.done("taken in", lambda: take_in(case, plan, steps.talk))
    made = Counter(one.verb for one in case.decisions())
    if share and not made["accept"]:
        steps.done("decided on words", lambda: on_words(case, share, plan.seed))
    built = steps.done("built", lambda: case.build(on_step=lambda *one: steps.talk(f"reads {one[2]}")))
    if share and not made["assess"]:
        steps.done("decided on incidents", lambda: on_incidents(case, share, plan.seed))
        built = steps.done("built again", lambda: case.build())
    case.engine.dispose()
    return {
        "reports": built.read + built.reused, "read": built.read, **_held(Case(folder)), "groups": built.groups,
        "worked": built.worked, "seconds": steps.seconds, "MB": _most() // 1_000_000,
    }  # fmt: skip


@dataclass(slots=True)
class _Steps:
    """Tells on stderr what is done, and how long it took."""

    seconds: dict[str, float] = field(default_factory=dict)
    start: float = field(default_factory=time.monotonic)

    def talk(self, line: str) -> None:
        print(
            f"{time.monotonic() - self.start:6.0f} s  {_most() // 1_000_000:6} MB  {line}", file=sys.stderr, flush=True
        )

    def done(self, name: str, work: Callable[[], T]) -> T:
        start = time.monotonic()
        found = work()
        self.seconds[name] = round(time.monotonic() - start, 1)
        self.talk(name)
        return found


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * TO_BYTES


def _held(case: Case) -> dict[str, object]:
    """What stands in the tables, counted there."""
    counted = {
        "claims": tables.claims, "answers": tables.answers, "incidents and episodes": tables.incidents,
        "tolls": tables.tolls, "problems of readings": tables.unread, "problems of groups": tables.unclear,
        "problems across": tables.undecided,
    }  # fmt: skip
    with case.engine.connect() as connection:
        found = {name: connection.execute(_count(table)).scalar_one() for name, table in counted.items()}
        found["incidents"] = connection.execute(
            _count(tables.incidents).where(tables.incidents.c.data.contains('"kind":"incident"'))
        ).scalar_one()
    decided = Counter(one.verb for one in case.decisions())
    case.engine.dispose()
    return {**found, "decisions": dict(decided.most_common())}


def _count(table: sa.Table) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(table)


if __name__ == "__main__":
    sys.exit(main())
