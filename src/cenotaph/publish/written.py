"""Words of strangers inside a line of ours: as they are written, unable to steer a terminal or to turn a line."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["CONTROLS", "END", "ISOLATES", "around", "pictured", "safe", "written"]

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
ISOLATES = re.compile(r"[\u2066-\u2069]")
_FROM_THE_RIGHT, _FROM_THE_LEFT, END = "\u2067", "\u2066", "\u2069"


def safe(text: str) -> str:
    """The text without what a terminal obeys: control characters stand as ␛, ␀, ...; marks of direction are left out.

    >>> safe("12 killed\\x1b[2J")
    '12 killed␛[2J'
    """
    return _DIRECTIONS.sub("", CONTROLS.sub(pictured, text))


def pictured(control: re.Match[str]) -> str:
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
    return (_FROM_THE_LEFT if from_the_left else _FROM_THE_RIGHT) + shown + END


def around(text: str) -> str:
    """Our own line with words of others in it, safe: it runs from the left, however many letters do not.

    >>> around("killed (12 \u0642\u062a\u064a\u0644\u0627)").startswith("\u2066"), around("killed (a list)")
    (True, 'killed (a list)')
    """
    shown = safe(text)
    mixed = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in shown)
    return _FROM_THE_LEFT + shown + END if mixed else shown
