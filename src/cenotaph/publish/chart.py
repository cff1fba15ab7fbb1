"""Tolls -> a picture: what each root had counted so far, as steps over time (SVG, complete in itself).

It can be put on a page, printed or read aloud: no script, no style sheet, no font or file from elsewhere; every figure
stands as text in its description. It never shows deaths of a day: no bars for days, no slopes, nothing added up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

from cenotaph.publish import chart_draw as draw
from cenotaph.publish.chart_legend import legend
from cenotaph.publish.chart_lines import Line, lines, listed
from cenotaph.publish.chart_plot import LABEL, SMALL, plot
from cenotaph.publish.chart_text import WORDS, day, isolated, plain, safe
from cenotaph.publish.masking import Mask
from cenotaph.vocabulary import Toll, content_id

__all__ = ["MOST", "steps_svg"]

MOST = 8
"""Lines that a reader can still tell apart in one picture."""

WIDTH, MARGIN = 960, 24
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOTHING: Mapping[str, dt.date] = {}
_NO_MASK = Mask(None)
_ROOM = WIDTH - 2 * MARGIN


def steps_svg(
    tolls: Sequence[Toll],
    *,
    title: str,
    today: dt.date | None = None,
    lang: str = "en",
    counted: str = "",
    relayed: Mapping[str, dt.date] = _NOTHING,
    mask: Mask = _NO_MASK,
) -> str:
    """An SVG picture of the tolls, one line for each; of more than `MOST` the largest, with a sentence about the rest.

    `today` is the day it is drawn on, `lang` the language of its own words, `counted` what the upright axis counts
    ("people" unless told otherwise), `relayed` the day of the report of each claim, by which relays of an old figure
    find their place. `mask` hides protected names. Raises LookupError for a language that has no words.

    >>> steps_svg([], title="Killed on the coast").startswith("<svg ")
    True
    """
    if lang != "en":
        raise LookupError(f"no words for a chart in {lang!r}; there are: en. To add it, translate chart_text.WORDS")
    found = lines(tolls, relayed=relayed, mask=mask)
    drawn, heading = found[:MOST], isolated(mask(title))
    picture = _picture(found, heading, lang)
    y = _heading(picture, heading, found)
    if drawn:
        y = plot(picture, drawn, y, WIDTH, MARGIN, safe(counted) or WORDS["people"])
        y = legend(picture, drawn, y + 8, WIDTH, MARGIN)
    else:
        y = draw.paragraph(picture, WORDS["empty"], MARGIN, y + 30, size=LABEL + 2, room=_ROOM, lines=2)
    y = _footnotes(picture, found, today, y)
    _sized(picture, y)
    return tostring(picture, encoding="unicode")


def _picture(found: Sequence[Line], heading: str, lang: str) -> Element:
    """The root element, its name and its description: everything that is drawn, and what is not, as text."""
    name = content_id("chart", heading, found).replace(":", "-")
    picture = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", _XML_LANG: lang, "role": "img"})
    picture.set("aria-labelledby", f"{name}-title")
    picture.set("aria-describedby", f"{name}-table")
    draw.node(picture, "title", id=f"{name}-title").text = plain(heading)
    draw.node(picture, "desc", id=f"{name}-table").text = _table(found)
    return picture


def _table(found: Sequence[Line]) -> str:
    """Each line as a line of text. Reports can't add any: their words hold no line break."""
    if not found:
        return WORDS["empty"]
    rest = [f"({WORDS['not drawn']}) {listed(line)}" for line in found[MOST:]]
    return "\n".join([WORDS["note"], WORDS["table"], *map(listed, found[:MOST]), *rest])


def _heading(picture: Element, heading: str, found: Sequence[Line]) -> float:
    y = draw.paragraph(
        picture, heading, MARGIN, 46, size=26, room=_ROOM, lines=3, font_family=draw.SERIF, font_weight="bold"
    )
    notes = [WORDS["note"]] if found else []
    roots = {line.root for line in found[:MOST]}
    notes += [WORDS["root"].format(root=root) for root in roots if len(roots) == 1]
    if len(found) > MOST:
        notes.append(WORDS["left out"].format(drawn=MOST, all=f"{len(found):,}", rest=f"{len(found) - MOST:,}"))
    for note in notes:
        y = draw.paragraph(picture, note, MARGIN, y, size=LABEL, room=_ROOM, lines=3, fill=draw.GREY)
    return y


def _footnotes(picture: Element, found: Sequence[Line], today: dt.date | None, y: float) -> float:
    unplaced = sum(line.unplaced for line in found)
    relays = f"{unplaced:,} relay{'s' * (unplaced != 1)}"
    notes = [WORDS["unplaced"].format(many=relays)] if unplaced else []
    if today is not None:
        notes.append(WORDS["drawn on"].format(day=day(today)))
    for note in notes:
        y = draw.paragraph(picture, note, MARGIN, y + 8, size=SMALL, room=_ROOM, lines=2, fill=draw.GREY)
    return y


def _sized(picture: Element, bottom: float) -> None:
    """As wide as its page and at most WIDTH; the paper is drawn too, so that it can be read on a dark one."""
    height = f"{round(bottom)}"
    picture.set("viewBox", f"0 0 {WIDTH} {height}")
    picture.set("width", f"{WIDTH}")
    picture.set("height", height)
    paper = Element("rect", {"width": f"{WIDTH}", "height": height, "fill": draw.PAPER})
    picture.insert(2, paper)
