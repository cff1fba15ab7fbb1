"""What the signs of a chart mean, in words: only those that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from cenotaph.publish import chart_draw as draw
from cenotaph.publish.chart_lines import Line
from cenotaph.publish.chart_text import WORDS, wrapped

__all__ = ["legend", "signs"]

_SIZE, _LEADING = 15, 20
_SIGN = 52  # room for the sign before its words


def signs(lines: Sequence[Line]) -> list[str]:
    """The keys of WORDS for the signs that these lines need."""
    points = [point for line in lines for point in line.points]
    needed = {
        "own": any(point.own and point.where != "behind" for point in points),
        "relayed": any(not point.own and point.day and point.where != "behind" for point in points),
        "behind": any(point.where == "behind" for point in points),
        "range": any(not point.open and point.interval.low != point.interval.high for point in points),
        "open": any(point.open for point in points),
        "by machine": any(line.read_by == "by machine" for line in lines),
        "by some": any(line.read_by == "by some" for line in lines),
        "by people": any(line.read_by == "by people" for line in lines),
    }
    return [sign for sign, is_needed in needed.items() if is_needed]


def legend(parent: Element, lines: Sequence[Line], top: float, width: float, margin: float) -> float:
    """Draws it in two columns under `top` and gives the baseline after it."""
    group = draw.node(parent, "g", class_="legend")
    column = (width - 2 * margin) / 2
    found = signs(lines)
    ends = []
    for keys, left in ((found[: (len(found) + 1) // 2], margin), (found[(len(found) + 1) // 2 :], margin + column)):
        y = top + _LEADING
        for key in keys:
            _sign(group, key, left, y - 5)
            for line in wrapped(_meaning(key), column - _SIGN - 16, _SIZE, 3):
                draw.words(group, line, left + _SIGN, y, _SIZE, fill=draw.GREY)
                y += _LEADING
        ends.append(y)
    return max(ends)


def _meaning(key: str) -> str:
    return WORDS["some" if key == "by some" else key]


def _sign(group: Element, key: str, left: float, y: float) -> None:
    x = left + 20
    if key in draw.DASHES:
        draw.node(
            group, "line", x1=left, x2=left + 42, y1=y, y2=y, stroke=draw.GREY, stroke_width=2.2,
            stroke_dasharray=draw.DASHES[key] or "none",
        )  # fmt: skip
    elif key == "range":
        draw.bar(group, x, y - 8, y + 8, draw.GREY)
    elif key == "open":
        draw.arrow(group, x, y + 15, draw.GREY)
    else:
        draw.mark(group, 0, x, y, draw.GREY, filled=key == "own", radius=4 if key == "behind" else 6.5)
