"""Text of strangers on a terminal: shown as it is written, unable to steer the terminal or to turn the line around."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

__all__ = ["Cell", "safe", "talk", "to_stdout", "written"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ISOLATES = re.compile(r"[\u2066-\u2069]")
_FROM_THE_RIGHT, _FROM_THE_LEFT, _END = "\u2067", "\u2066", "\u2069"


def safe(text: str) -> str:
    """The text without what a terminal obeys: control characters stand as ␛, ␀, ...; marks of direction are left out.

    >>> safe("12 killed\\x1b[2J")
    '12 killed␛[2J'
    """
    return _DIRECTIONS.sub("", _CONTROLS.sub(_pictured, text))


def _pictured(control: re.Match[str]) -> str:
    code = ord(control[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def written(text: str) -> str:
    """Words as somebody wrote them, safe, and isolated if any letter runs from right to left: what stands beside keeps
    its place (Unicode Bidirectional Algorithm, isolates). They run as most of their letters do: an excerpt may begin
    in the middle of a sentence, with a name in other letters.

    >>> written("12 killed"), written("12 قتيلا") == "\\u206712 قتيلا\\u2069"
    ('12 killed', True)
    """
    shown = safe(text)
    directions = [way for way in map(unicodedata.bidirectional, shown) if way in ("L", "R", "AL")]
    if not {"R", "AL"} & set(directions):
        return shown
    from_the_left = 2 * directions.count("L") > len(directions)
    return (_FROM_THE_LEFT if from_the_left else _FROM_THE_RIGHT) + shown + _END


def around(text: str) -> str:
    """Our own line with words of others in it, safe: it runs from the left, however many letters do not.

    >>> around("killed (12 \u0642\u062a\u064a\u0644\u0627)").startswith("\u2066"), around("killed (a list)")
    (True, 'killed (a list)')
    """
    shown = safe(text)
    mixed = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in shown)
    return _FROM_THE_LEFT + shown + _END if mixed else shown


class Cell:
    """Text that wraps, its later lines under the first; `label` stands before that one.

    An isolate ends where a line ends, so one that is open is opened again on the next line. Isolates are for
    terminals: in a file or a pipe the text stands as it is.
    """

    def __init__(self, text: str, style: str = "", *, label: str = "") -> None:
        self.text = Text(_CONTROLS.sub(_pictured, text), style=style)
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
        for mark in _ISOLATES.findall(line):
            opened = opened[:-1] if mark == _END else [*opened, mark]
        yield start + line + _END * len(opened)


class _Data(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # the verbs end quietly; a console by itself would exit as if something were wrong


def to_stdout() -> Console:
    """The console for data; without colour when it is no terminal or the person wants none (NO_COLOR)."""
    return _Data(file=sys.stdout, highlight=False, markup=False, emoji=False)


def talk() -> Console:
    """The console for everything that is said to a person and is no data."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)
