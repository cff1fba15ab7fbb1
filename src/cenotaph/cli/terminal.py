"""Text of strangers on a terminal: shown as it is written, unable to steer the terminal or to turn the line around."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from cenotaph.publish.written import CONTROLS, END, ISOLATES, around, pictured, safe, written

__all__ = ["Cell", "around", "safe", "talk", "to_stdout", "written"]


class Cell:
    """Text that wraps, its later lines under the first; `label` stands before that one.

    An isolate ends where a line ends, so one that is open is opened again on the next line. Isolates are for
    terminals: in a file or a pipe the text stands as it is.
    """

    def __init__(self, text: str, style: str = "", *, label: str = "") -> None:
        self.text = Text(CONTROLS.sub(pictured, text), style=style)
        self.label = label

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        margin = cell_len(self.label)
        wrapped = self.text.wrap(console, max(1, options.max_width - margin))
        lines = [line.plain.rstrip() for line in wrapped]
        start = self.label
        for line in _closed(lines) if console.is_terminal else map(safe, lines):
            yield Text.assemble(start, (line, self.text.style))
            start = " " * margin

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)


def _closed(lines: list[str]) -> Iterator[str]:
    """
    >>> [ascii(line) for line in _closed(["a \\u2067b", "c\\u2069 d"])]
    ["'a \\\\u2067b\\\\u2069'", "'\\\\u2067c\\\\u2069 d'"]
    """
    opened: list[str] = []
    for line in lines:
        start = "".join(opened)
        for mark in ISOLATES.findall(line):
            opened = opened[:-1] if mark == END else [*opened, mark]
        yield start + line + END * len(opened)


class _Data(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # the verbs end quietly; a console by itself would exit as if something were wrong


def to_stdout() -> Console:
    """The console for data; without colour when it is no terminal or the person wants none (NO_COLOR)."""
    return _Data(file=sys.stdout, highlight=False, markup=False, emoji=False)


def talk() -> Console:
    """The console for everything that is said to a person and is no data."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)
