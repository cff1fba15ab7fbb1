"""The plot of a chart: axes, one line of steps for each root and set, its marks, and its label beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cenotaph.publish import chart_draw as draw
from cenotaph.publish.chart_lines import Line, Point
from cenotaph.publish.chart_scales import People, Time, apart
from cenotaph.publish.chart_text import WORDS, number, plain, short_day, width_of, wrapped

__all__ = ["LABEL", "Plot", "plot"]

LABEL, SMALL, LEADING, GAP = 16, 15, 20, 12
_COLUMN, _LEADER, _UNDATED = 336, 40, 104
_LEAST = 380
_HEADROOM = 30  # above the highest figure, for the arrow of an open one

Part = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Plot:
    """The frame: scales, the middle of the column for figures without a day (None without one), and its edges."""

    people: People
    time: Time | None
    undated: float | None
    left: float
    right: float
    bottom: float

    def x(self, point: Point) -> float:
        if point.day is not None and self.time is not None:
            return self.time(point.day)
        return self.left if self.undated is None else self.undated

    def y(self, point: Point) -> float:
        return self.people(point.at)


def plot(parent: Element, lines: Sequence[Line], top: float, width: float, margin: float, counted: str) -> float:
    """Draws the lines under `top` and gives where the plot ends, its axis included."""
    several = len({line.root for line in lines}) > 1
    labels = [_label(line, several) for line in lines]
    height = max(_LEAST, sum(len(one) * LEADING + GAP for one in labels))
    frame = _frame(lines, top + 16, top + 16 + height, width - margin - _COLUMN - _LEADER, margin)
    _axes(parent, frame, margin, counted)
    colours = dict(zip(dict.fromkeys(line.root for line in lines), draw.COLOURS, strict=False))
    taken: list[tuple[float, float]] = []
    for shape, line in reversed(list(enumerate(lines))):
        _line(parent, frame, line, shape, colours[line.root], taken)
    tops = apart(
        [(_end(frame, line) - LEADING / 2, len(one) * LEADING + GAP) for line, one in zip(lines, labels, strict=True)],
        top + 4,
        frame.bottom + GAP,
    )
    for shape, (line, one, at) in enumerate(zip(lines, labels, tops, strict=True)):
        _labelled(parent, frame, line, one, at, shape, colours[line.root])
    return frame.bottom + 54


def _frame(lines: Sequence[Line], top: float, bottom: float, right: float, margin: float) -> Plot:
    points = [point for line in lines for point in line.points]
    most = max(max(point.at, point.interval.low, point.interval.high or 0) for point in points)
    people = People.holding(most, top=top + _HEADROOM, bottom=bottom)
    left = margin + max(width_of(number(tick), SMALL) for tick in people.ticks) + 10
    days = [day for line in lines for day in line.days]
    if not days:
        return Plot(people, None, (left + right) / 2, left, right, bottom)
    without = any(point.day is None for point in points)
    time = Time.holding(days, left=left + _UNDATED * without, right=right)
    return Plot(people, time, left + _UNDATED / 2 if without else None, left, right, bottom)


# --- axes ---------------------------------------------------------------------------------------------------------


def _axes(parent: Element, frame: Plot, margin: float, counted: str) -> None:
    group = draw.node(parent, "g", class_="axes")
    for tick in frame.people.ticks:
        y = frame.people(tick)
        colour = draw.INK if tick == 0 else draw.FAINT
        draw.node(group, "line", x1=frame.left, x2=frame.right, y1=y, y2=y, stroke=colour, stroke_width=1)
        draw.words(group, number(tick), frame.left - 8, y + 5, SMALL, text_anchor="end", fill=draw.GREY)
    draw.words(group, counted, margin, frame.people.top - 26, SMALL, fill=draw.GREY)
    if frame.time:
        _days(group, frame, frame.time)
    if frame.undated is not None:
        _undated(group, frame, frame.undated)


def _days(group: Element, frame: Plot, time: Time) -> None:
    ticks = time.ticks(max(2, int((time.right - time.left) / 70)))
    years_only = len(ticks) > 1 and all((tick.month, tick.day) == (1, 1) for tick in ticks)
    year = 0
    for tick in ticks:
        x = time(tick)
        draw.node(group, "line", x1=x, x2=x, y1=frame.bottom, y2=frame.bottom + 6, stroke=draw.INK, stroke_width=1)
        draw.label(group, str(tick.year) if years_only else short_day(tick), x, frame.bottom + 23, SMALL, 90)
        if tick.year != year and not years_only:
            year = tick.year
            draw.label(group, str(year), x, frame.bottom + 41, SMALL, 90)


def _undated(group: Element, frame: Plot, middle: float) -> None:
    text = WORDS["undated" if frame.time else "no days"]
    edge = frame.time.left if frame.time else frame.right
    if frame.time:
        draw.node(group, "line", x1=edge, x2=edge, y1=frame.people.top - 10, y2=frame.bottom, stroke=draw.FAINT)
    for at, line in enumerate(wrapped(text, edge - frame.left, SMALL, 3)):
        draw.label(group, line, middle, frame.bottom + 23 + 18 * at, SMALL, edge - frame.left)


# --- one line -----------------------------------------------------------------------------------------------------


def _line(parent: Element, frame: Plot, line: Line, shape: int, colour: str, taken: list[tuple[float, float]]) -> None:
    group = draw.node(parent, "g", class_="line", fill="none")
    if line.steps:
        draw.node(
            group, "path", d=_steps(frame, line), stroke=colour, stroke_width=2.2, class_="steps",
            stroke_dasharray=draw.DASHES[line.read_by] or "none", stroke_dashoffset=3 * shape,
        )  # fmt: skip
    for point in line.points:
        _point(group, frame, point, shape, colour)
    for point in line.points:
        if point.mark:
            _verdict(group, frame, point, taken)


def _steps(frame: Plot, line: Line) -> str:
    """A figure holds until the next one stands: only level and upright strokes, never a slope."""
    (_, first), *rest = line.steps
    path = f"M{frame.x(first):.1f} {frame.y(first):.1f}"
    return path + "".join(f"H{frame.x(one):.1f}V{frame.y(one):.1f}" for _, one in rest) + f"H{frame.right:.1f}"


def _point(parent: Element, frame: Plot, point: Point, shape: int, colour: str) -> None:
    x, y = frame.x(point), frame.y(point)
    group = draw.node(parent, "g", class_="figure")
    draw.node(group, "title").text = plain(point.said)
    if point.open:
        draw.arrow(group, x, y, colour)
    elif point.interval.low != point.interval.high:
        draw.bar(group, x, frame.people(point.interval.low), frame.people(point.interval.high or 0), colour)
    kind = "own" if point.own else "behind" if point.where == "behind" else "relayed" if point.day else "undated"
    draw.mark(group, shape, x, y, colour, filled=point.own, radius=4 if kind == "behind" else 6.5, kind=kind)


def _verdict(group: Element, frame: Plot, point: Point, taken: list[tuple[float, float]]) -> None:
    """A stroke through the step and the word, below what is written there already."""
    word = WORDS[point.mark]
    x, y = frame.x(point), frame.y(point)
    draw.node(group, "line", x1=x - 9, x2=x + 9, y1=y + 11, y2=y + 11, stroke=draw.ACCENT, stroke_width=2)
    x = min(x, frame.right - width_of(word, SMALL) / 2)
    down = y + 27
    while any(abs(down - other) < 17 and abs(x - beside) < 150 for beside, other in taken):
        down += 17
    taken.append((x, down))
    draw.words(
        group, word, x, down, SMALL, fill=draw.ACCENT, text_anchor="middle", class_="verdict",
        stroke=draw.PAPER, stroke_width=4, paint_order="stroke",
    )  # fmt: skip


# --- its label ----------------------------------------------------------------------------------------------------


def _label(line: Line, several: bool) -> list[Part]:
    """Lines of words and whether each is strong: the newest figure, its root if there are several, its set, who read
    it in part.
    """
    said = wrapped(line.newest.said, _COLUMN - 24, LABEL * draw.BOLD, 2)
    part = [line.reading] if line.read_by == "by some" else []
    quiet = [
        words for text in (*[line.root] * several, line.set, *part) for words in wrapped(text, _COLUMN - 24, LABEL, 2)
    ]
    return [(words, True) for words in said] + [(words, False) for words in quiet]


def _end(frame: Plot, line: Line) -> float:
    """The height of the line where it leaves the plot; of a line without days, that of its newest figure."""
    return frame.y(line.steps[-1][1] if line.steps else line.newest)


def _labelled(
    parent: Element, frame: Plot, line: Line, parts: Iterable[Part], top: float, shape: int, colour: str
) -> None:
    group = draw.node(parent, "g", class_="label")
    draw.node(group, "title").text = plain(f"{line.newest.said}. {line.root}. {line.set}. {line.reading}")
    x, y, end = frame.right + _LEADER, top + LEADING / 2, _end(frame, line)
    if line.steps:
        leader = f"M{frame.right:.1f} {end:.1f}L{x - 10:.1f} {y:.1f}"
        draw.node(group, "path", d=leader, fill="none", stroke=colour, stroke_width=0.8, class_="leader")
    draw.mark(group, shape, x, y, colour, filled=line.newest.own, kind="swatch")
    for at, (words, strong) in enumerate(parts):
        weight = {"font_weight": "bold"} if strong else {}
        draw.words(group, words, x + 16, y + 6 + at * LEADING, LABEL, fill=draw.INK, **weight)
