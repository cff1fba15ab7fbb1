"""Words in a picture: what strangers wrote made harmless, measured, cut and wrapped; days and numbers as English.

Sizes are in user units of the picture. Widths are estimates, on the wide side: a picture carries no font.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from cenotaph.vocabulary import Interval

__all__ = [
    "WORDS", "counted", "cut", "day", "from_the_right", "isolated", "number", "pieces", "plain", "safe", "short_day",
    "width_of", "wrapped",
]  # fmt: skip

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate and its end: ours alone, since `safe` takes out all others
_PIECES = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_HARD = "\u00a0"
_MARKS = 3  # signs above or below one letter; Arabic and Vietnamese need two, more would paint over other lines
_EM = 0.57  # of a letter's height, for the widest of the usual sans-serif letters
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

WORDS = {
    "note": "Each line is what one root had counted so far. Steps are growth of its record, not deaths of those"
    " days. Roots are never added.",
    "people": "people",
    "empty": "There is no toll to draw.",
    "root": "Root: {root}.",
    "undated": "day not known",
    "no days": "no day is known for any of these figures",
    "left out": "The {drawn} largest of {all} lines are drawn; {rest} are left out of the picture and listed in its"
    " description.",
    "unplaced": "Not drawn, since their days are not known here: {many} of an older figure after the root had a"
    " larger one.",
    "drawn on": "Drawn on {day}.",
    "table": "Every line, oldest figure first:",
    "not drawn": "not drawn",
    "nobody": "nobody named",
    "no group": "not said who",
    "by machine": "read by a machine only",
    "by some": "people read {share:.0%} of its claims",
    "by people": "people read all its claims",
    "some": "people read some of its claims",
    "own": "the root’s own day",
    "relayed": "only the day of a relay is known",
    "behind": "off the line: relayed when the root had a newer figure",
    "range": "what words like “about” or “dozens” allow; no confidence interval",
    "open": "that many or more",
    "unexplained drop": "drop not explained",
    "revision": "revision",
}
"""The words of the picture itself, in English. What reports say stays in their own words."""


def safe(text: str) -> str:
    """One line that can do nothing: controls and broken letters shown as �, marks of direction and unseen signs left
    out, no more than three signs piled on one letter.

    >>> safe("12 \\x1b[2J\\u202ekilled\\n today")
    '12 �[2Jkilled today'
    """
    shown = _UNSEEN.sub("", _CONTROLS.sub("�", text))
    kept: list[str] = []
    piled = 0
    for sign in shown:
        piled = piled + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if piled <= _MARKS:
            kept.append(sign)
    return " ".join("".join(kept).split())


def from_the_right(text: str) -> bool:
    """Whether its first letter belongs to a script that runs from right to left.

    >>> from_the_right("12 قتيلا"), from_the_right("SOHR (المرصد)")
    (True, False)
    """
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"


def isolated(text: str) -> str:
    """Safe words of one voice, marked off if any letter runs from the right, so that what stands beside keeps its place
    (Unicode Bidirectional Algorithm). The marks are for `pieces` and never leave the picture's making.
    """
    shown = safe(text)
    ways = {unicodedata.bidirectional(sign) for sign in shown}
    return f"{_OPEN}{shown}{_CLOSE}" if ways & {"R", "AL"} else shown


def pieces(text: str) -> list[tuple[str, bool]]:
    """The parts of a line in order, and whether each is marked off.

    >>> pieces("killed · " + isolated("مدنيا"))
    [('killed · ', False), ('مدنيا', True)]
    """
    found = (part for part in _PIECES.split(text) if part)
    return [(part.strip(_OPEN + _CLOSE), part[0] == _OPEN) for part in found]


def plain(text: str) -> str:
    """The same as text by itself, as it stands in a title or a description."""
    return text.replace(_OPEN, "").replace(_CLOSE, "").replace(_HARD, " ")


def width_of(text: str, size: float) -> float:
    """About how wide it is at this letter height.

    >>> round(width_of("745", 10), 1)
    17.1
    """
    return sum(_ems(sign) for sign in text) * size


def _ems(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in ("W", "F") or unicodedata.category(sign) == "So":
        return 1.05
    if sign in " \u00a0.,:;'’|()[]-il":
        return 0.36
    return 0.85 if sign in "mwMW—%@…" else _EM + 0.1 * sign.isupper()


def cut(text: str, room: float, size: float) -> str:
    """As much as fits, with an ellipsis where something is missing.

    >>> cut("Observatory", 40, 10)
    'Obser…'
    """
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, room: float, size: float, lines: int) -> list[str]:
    """In at most so many lines; the last one is cut where it must be, and so is a word too long for a line.

    >>> wrapped("Syrian Observatory for Human Rights", 100, 10, 2)
    ['Syrian', 'Observatory for…']
    """
    words = text.split(" ")
    found: list[str] = []
    while words and len(found) < lines - 1:
        taken = 1
        while taken < len(words) and width_of(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        found.append(cut(" ".join(words[:taken]), room, size))
        words = words[taken:]
    return _closed([*found, cut(" ".join(words), room, size)] if words else found)


def _closed(lines: list[str]) -> list[str]:
    """What is marked off ends with its line and begins again on the next."""
    found: list[str] = []
    is_open = False
    for line in lines:
        start = _OPEN if is_open else ""
        is_open = (start + line).rfind(_OPEN) > (start + line).rfind(_CLOSE)
        found.append(start + line + _CLOSE * is_open)
    return found


def number(count: int) -> str:
    """
    >>> number(1383), number(10**15)
    ('1,383', '1.00E+15')
    """
    return f"{count:,}" if abs(count) < 10**12 else f"{Decimal(count):.2E}"


def counted(words: str, interval: Interval) -> str:
    """The figure as said, and what it allows where the words hold no number that a reader of English can read.

    >>> counted("dozens", Interval(24, None, 99, "plain")), counted("at least 745", Interval(745, 745, None, "plain"))
    ('dozens (24–99)', 'at least 745')
    """
    shown = isolated(words)
    if re.search("[0-9]", shown):
        return shown
    low, high = number(interval.low), interval.high
    allowed = f"{low} or more" if high is None else low if high == interval.low else f"{low}–{number(high)}"
    return f"{shown} ({allowed})" if shown else allowed


def day(when: dt.date) -> str:
    """With spaces at which no line breaks.

    >>> plain(day(dt.date(2025, 3, 8)))
    '8 Mar 2025'
    """
    return f"{when.day}{_HARD}{_MONTHS[when.month - 1]}{_HARD}{when.year}"


def short_day(when: dt.date) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]}"
