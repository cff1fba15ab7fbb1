"""`python -m bench.pages`: measures the figures of goals.toml and writes them into docs/reading.md, between its marks.

With names of sets only these are measured and the other lines stay as they are, each with the day of its measurement.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.adapter import ROOT, BenchError, Figure, MissingDataError, Outcome, Run
from bench.reading import readings
from bench.sets import adapters
from bench.table import number

PAGE = ROOT / "docs" / "reading.md"
GOALS = Path(__file__).with_name("goals.toml")
BEGIN, END = "<!-- figures: begin, written by python -m bench.pages -->", "<!-- figures: end -->"
HEAD = ("what", "set", "ours", "trivial floor", "best known", "needed", "measured")
NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the page: what is measured, and what it is held against, in percent; None where nobody has said."""

    set: str
    figure: str
    words: str
    only: str = ""
    best: float | None = None
    of: str = ""
    must: float | None = None
    aim: float | None = None

    @property
    def needed(self) -> str:
        return number(self.must) if self.aim is None else f"aim {number(self.aim)}"

    @property
    def known(self) -> str:
        return f"{number(self.best)} ({self.of})" if self.of else number(self.best)

    @property
    def documents(self) -> str:
        return f"{self.set} {self.only.strip('^')}*" if self.only else self.set


@dataclass(frozen=True, slots=True)
class Line:
    """A goal with the figure that was measured for it and the day; both as words, since a page may hold none yet."""

    goal: Goal
    ours: str = "-"
    measured: str = NOT_YET

    def cells(self) -> tuple[str, ...]:
        goal, floor = self.goal, number(figure_of(self.goal).floor)
        return goal.words, goal.documents, self.ours, floor, goal.known, goal.needed, self.measured


def goals() -> list[Goal]:
    """The lines of goals.toml in their order."""
    return [Goal(**one) for one in tomllib.loads(GOALS.read_text(encoding="utf-8"))["figure"]]


def figure_of(goal: Goal) -> Figure:
    """The adapter's figure of a goal. BenchError when its set shows no such figure."""
    found = [one for one in adapters()[goal.set].figures if one.name == goal.figure]
    if not found:
        raise BenchError(f"goals.toml: {goal.set} shows no figure {goal.figure!r}")
    return found[0]


# --- measuring ---


def measured(lines: Sequence[Line], sets: Sequence[str], today: dt.date, jobs: int) -> list[Line]:
    """The lines of these sets measured anew; a set without data keeps its lines, and is told on stderr."""
    done: dict[tuple[str, str], Outcome | None] = {}
    out = []
    for line in lines:
        key = (line.goal.set, line.goal.only)
        if key[0] in sets and key not in done:
            done[key] = _outcome(*key, jobs)
        outcome = done.get(key)
        out.append(line if outcome is None else _found(line, outcome, today))
    return out


def _outcome(name: str, only: str, jobs: int) -> Outcome | None:
    adapter = adapters()[name]
    print(f"{name} {only}:", file=sys.stderr)
    try:
        adapter.check(adapter.data)
        return adapter.run(adapter.data, Run(reader=readings, only=only, jobs=jobs))
    except MissingDataError as missing:
        print(f"left as it is: {missing}", file=sys.stderr)
        return None


def _found(line: Line, outcome: Outcome, today: dt.date) -> Line:
    return replace(line, ours=number(figure_of(line.goal).found(outcome.report)), measured=today.isoformat())


# --- the page ---


def table(lines: Iterable[Line]) -> str:
    """The table in markdown, as it stands between the marks."""
    rows = [HEAD, tuple("---:" if 2 <= at <= 3 else "---" for at in range(len(HEAD))), *(one.cells() for one in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def held(page: str) -> list[Line]:
    """The lines of goals.toml with what the page holds for each; a line that the page has not is not yet measured."""
    known = {(row[0], row[1]): row for row in _rows(between(page))}
    out = []
    for goal in goals():
        row = known.get((goal.words, goal.documents))
        out.append(Line(goal, row[2], row[6]) if row and len(row) == len(HEAD) else Line(goal))
    return out


def _rows(words: str) -> list[list[str]]:
    lines = [line for line in words.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def between(page: str) -> str:
    """What stands between the marks. BenchError when they are not there, once and in order."""
    parts = re.split(f"{re.escape(BEGIN)}|{re.escape(END)}", page)
    if len(parts) != 3 or page.find(BEGIN) > page.find(END):
        raise BenchError(f"expected one {BEGIN!r} and behind it one {END!r} in the page")
    return parts[1].strip("\n")


def written(page: str, lines: Iterable[Line]) -> str:
    """The page with these lines between its marks."""
    between(page)  # that there is a place for them
    head, tail = page.split(BEGIN)[0], page.split(END)[1]
    return f"{head}{BEGIN}\n\n{table(lines)}\n\n{END}{tail}"


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        page = asked.page.read_text(encoding="utf-8")
        lines = measured(held(page), asked.sets or [*adapters()], asked.today, asked.jobs)
        asked.page.write_text(written(page, lines), encoding="utf-8")
    except (BenchError, OSError) as failed:
        print(failed, file=sys.stderr)
        return 1
    print(table(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description="measure, and write the table of a page")
    names = [*adapters()]
    parser.add_argument("sets", nargs="*", metavar="SET", type=_one_of(names), help=f"only these: {', '.join(names)}")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="docs/reading.md")
    parser.add_argument("--jobs", type=int, choices=range(1, 65), default=1, metavar="N", help="processes (1)")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.datetime.now(dt.UTC).date(), metavar="DAY")
    return parser


def _one_of(names: Sequence[str]) -> Any:
    def known(word: str) -> str:
        if word not in names:
            raise argparse.ArgumentTypeError(f"no set {word!r}; there are: {', '.join(names)}")
        return word

    return known


if __name__ == "__main__":
    sys.exit(main())
