"""Areas that news writes short after a town ("Fresno, Calif.", "Rep. Hill, D-W.Va.")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cenotaph.read.page import Mention
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Entry, Places

_TOKENS = 5  # tokens of the longest short form, its points counted


@dataclass(frozen=True)
class Short:
    """The short forms of codes/regions.toml, exactly as they are written, with the area that each stands for."""

    table: Mapping[str, tuple[str, str, str]]  # short form -> country, level, name
    first: frozenset[str]  # first words of the forms

    @classmethod
    def of(cls, also: Iterable[Mapping[str, Any]]) -> Short:
        table = {
            short: (one["country"], one["level"], one.get("name", one["entry"]))
            for one in also
            for short in one.get("short", ())
        }
        return cls(table, frozenset(short.partition(".")[0].partition(" ")[0] for short in table))

    def at(self, sentence: Sentence, at: int, places: Places) -> Mention | None:
        """The area that a short form from this token stands for, if it stands where a short form does."""
        tokens = sentence.tokens
        tied = tokens[at].text.partition("-")[2] if tokens[at].text[1:2] == "-" else ""  # "D-Ohio", "R-Fla."
        if (tied or tokens[at].text).partition(".")[0] not in self.first:
            return None
        start = tokens[at].end - len(tied) if tied else tokens[at].start
        for last in range(min(len(tokens), at + _TOKENS), at, -1):
            written = sentence.source[start : tokens[last - 1].end]
            entry = _entry(places, *self.table[written]) if written in self.table else None
            if entry is not None and (tied or _may_stand(tokens, at, written)):
                return Mention(at, last, entry, written, False, whole=True, aside=bool(tied), options=(entry,))
        return None


def _may_stand(tokens: tuple[Token, ...], at: int, written: str) -> bool:
    """Two capitals, or one word with a point, need the town before them: "Ill." and "OK" are words too."""
    if written.count(".") > 1:
        return at == 0 or not tokens[at - 1].text.isdigit()  # "100 B.C."
    if written.isupper() and len(written) > 2 and "." not in written:
        return True  # NSW
    before = tokens[at - 1].text if at else ""
    town = tokens[at - 2] if at > 1 else None
    after_comma = before == "," and town is not None and (town.capital or town.text == ".")
    spelled = "." in written and before[:1].isupper() and at > 1
    return after_comma or spelled or (before == "(" and town is not None and town.capital)


def _entry(places: Places, country: str, level: str, name: str) -> Entry | None:
    found = places.find(name, countries=(country,))
    return next((one for one in found if (one.country, one.level, one.name) == (country, level, name)), None)
