"""What a chart is drawn with: elements, words in either direction, the marks of a figure. No script, no style sheet."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement

from cenotaph.publish.chart_text import cut, from_the_right, pieces, plain, wrapped

__all__ = ["ACCENT", "BOLD", "COLOURS", "DASHES", "GREY", "INK", "PAPER", "arrow", "mark", "node", "paragraph", "words"]

INK, GREY, FAINT, PAPER, ACCENT = "#1a1a1a", "#595959", "#d9d9d9", "#ffffff", "#b3261e"
COLOURS = ("#1b4f72", "#b35c00", "#1e7d5a", "#7a4b94", "#4d4d4d", "#0b84a5", "#8a6d00", "#a83a6b")
"""One for each root, after Okabe and Ito's palette for all kinds of sight, darker so that each stands on white."""

DASHES = {"by machine": "7 4", "by some": "18 4", "by people": ""}
SHAPES = ((0, 0), (4, 45), (3, -90), (4, 0), (3, 90), (6, 0), (5, -90), (8, 0))
"""One for each line: corners and the direction of the first in degrees; no corners is a circle."""

BOLD = 1.12
"""How much wider strong letters run."""

SANS = "Helvetica, Arial, 'Noto Sans', 'Noto Sans Arabic', sans-serif"
SERIF = "Georgia, 'Times New Roman', 'Noto Serif', 'Noto Naskh Arabic', serif"


def node(parent: Element, tag: str, **given: str | float) -> Element:
    """A child; names with _ for -, a trailing one dropped; lengths to a tenth."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    return SubElement(parent, tag, {name: _plain(value) for name, value in named.items()})


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def words(parent: Element, text: str, x: float, y: float, size: float, **given: str | float) -> Element:
    """One line of text, which must be safe; what is marked off keeps its own direction and its place in the line."""
    styled: dict[str, str | float] = {"fill": INK, "font_family": SANS, **given}
    line = node(parent, "text", x=x, y=y, font_size=size, **styled)
    last = None
    for piece, is_apart in pieces(text):
        if is_apart:
            direction = "rtl" if from_the_right(piece) else "ltr"
            last = node(line, "tspan", direction=direction, unicode_bidi="isolate")
            last.text = piece
        elif last is None:
            line.text = (line.text or "") + piece
        else:
            last.tail = piece
    return line


def paragraph(
    parent: Element, text: str, x: float, y: float, *, size: float, room: float, lines: int, **given: str | float
) -> float:
    """Several lines from the baseline y; gives the baseline after the last. What had to be cut stands whole in a
    title.
    """
    found = wrapped(text, room, size * (BOLD if "font_weight" in given else 1), lines)
    group = node(parent, "g")
    if plain(" ".join(found)) != plain(text):
        node(group, "title").text = plain(text)
    for line in found:
        words(group, line, x, y, size, **given)
        y += round(size * 1.28)
    return y


def label(parent: Element, text: str, x: float, y: float, size: float, room: float) -> None:
    """One short line in the middle of x."""
    words(parent, cut(text, room, size), x, y, size, text_anchor="middle", fill=GREY)


def mark(
    parent: Element, shape: int, x: float, y: float, colour: str, *, filled: bool, radius: float = 6.5, kind: str = ""
) -> Element:
    """The mark of a figure: filled, or hollow with the paper shining through nothing of its line."""
    look: dict[str, str | float] = {
        "fill": colour if filled else PAPER, "stroke": colour, "stroke_width": 2 if radius > 5 else 1.4,
        "class_": kind,
    }  # fmt: skip
    corners, turned = SHAPES[shape % len(SHAPES)]
    if not corners:
        return node(parent, "circle", cx=x, cy=y, r=radius, **look)
    star = corners == 8
    points = []
    for corner in range(corners):
        reach = radius * (0.55 if star and corner % 2 else 1.25)
        angle = math.radians(turned + 360 * corner / corners)
        points.append(f"{x + reach * math.cos(angle):.1f},{y + reach * math.sin(angle):.1f}")
    return node(parent, "polygon", points=" ".join(points), stroke_linejoin="round", **look)


def arrow(parent: Element, x: float, y: float, colour: str) -> Element:
    """Upwards from a mark: that many or more."""
    path = f"M{x:.1f} {y - 8:.1f}V{y - 22:.1f}M{x - 4:.1f} {y - 17:.1f}L{x:.1f} {y - 22:.1f}L{x + 4:.1f} {y - 17:.1f}"
    return node(parent, "path", d=path, fill="none", stroke=colour, stroke_width=1.6, class_="open")


def bar(parent: Element, x: float, low: float, high: float, colour: str) -> Element:
    """What the words of one figure allow: a bar at its day, without the ends that would make it an interval."""
    return node(
        parent, "line", x1=x, x2=x, y1=low, y2=high, stroke=colour, stroke_width=5, stroke_opacity=0.35, class_="range"
    )
