"""`python -m bench`: figures on stdout, talk on stderr; 0 measured, 1 the scorer failed, 2 misuse or no data."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import table
from bench.adapter import Adapter, BenchError, MissingDataError, Outcome, Run
from bench.reading import readings
from bench.sets import adapters


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        return _one(asked) if asked.set else _all(asked)
    except MissingDataError as missing:
        print(missing, file=sys.stderr)
        return 2
    except BenchError as failed:
        print(failed, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="measure the reader on sets that others made")
    parser.add_argument("set", nargs="?", choices=[*adapters()], metavar="SET", help=f"one of: {', '.join(adapters())}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of the same form as the set's own")
    parser.add_argument("--json", action="store_true", help="the scorer's JSON as it is")
    parser.add_argument("--errors", action="store_true", help="what was missed, read wrong, or read where nothing is")
    parser.add_argument("--only", type=_expression, default="", metavar="REGEX", help="documents whose id it matches")
    parser.add_argument("--jobs", type=int, choices=range(1, 65), default=1, metavar="N", help="processes (1)")
    return parser


def _expression(words: str) -> str:
    try:
        re.compile(words)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{words!r} is no regular expression: {error}") from error
    return words


def _one(asked: argparse.Namespace) -> int:
    adapter = adapters()[asked.set]
    outcome = _run(adapter, asked)
    print(outcome.json.rstrip() if asked.json else table.drawn(table.lines(adapter, outcome)))
    for line in outcome.errors:
        print(line, file=sys.stderr if asked.json else sys.stdout)
    return 0


def _all(asked: argparse.Namespace) -> int:
    needless = [name for name in ("data", "json", "errors", "only") if getattr(asked, name)]
    if needless:
        print(f"--{needless[0]} needs the name of a set; there are: {', '.join(adapters())}", file=sys.stderr)
        return 2
    drawn: list[table.Line] = []
    for adapter in adapters().values():
        try:
            drawn += table.lines(adapter, _run(adapter, asked))
        except MissingDataError as missing:
            print(f"left out: {missing}", file=sys.stderr)
    print(table.drawn(drawn))
    return 0


def _run(adapter: Adapter, asked: argparse.Namespace) -> Outcome:
    data = asked.data or adapter.data
    adapter.check(data)
    print(f"{adapter.name}:", file=sys.stderr)
    return adapter.run(data, Run(reader=readings, only=asked.only, jobs=asked.jobs, errors=asked.errors))


if __name__ == "__main__":
    sys.exit(main())
