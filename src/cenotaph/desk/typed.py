"""The line of a search taken apart: words and phrases, OR and -without, and filters as harm:killed or after:2025-03.

What can't be understood is `left`, said on the page, and stays in the line; it is never an error.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.spelling import tokens

__all__ = ["READ", "Item", "Line", "typed"]

READ = ("machine", "once", "twice")
LONGEST = 2_000
"""Letters of a line that are read."""

_QUOTES = '"“”„«»'
_QUOTED = f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]"
_PIECE = re.compile(rf"(-?)(?:([^\W\d_]+):(?=[^\s/]))?(?:{_QUOTED}|([^\s{_QUOTES}]+))")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or a phrase that stands as it is. `either` this or the one before it; `without` it."""

    words: str
    exact: bool = False
    either: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`fields` are filters by their name in Asked; `rest` is the line without them; `left` what was not understood."""

    items: Sequence[Item] = ()
    fields: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tables:
    operators: Mapping[str, str]
    fields: Mapping[str, str]
    codes: Mapping[str, frozenset[str]]


@cache
def _tables() -> _Tables:
    def table(name: str) -> dict[str, Any]:
        found = tomllib.loads(files("cenotaph").joinpath("codes", f"{name}.toml").read_text("utf-8"))
        return found

    words = table("search_words")
    operators, fields = (
        {word: name for name, listed in words[kind].items() if name != "source" for word in listed}
        for kind in ("operators", "fields")
    )
    codes = {
        "harm": frozenset(one["code"] for one in table("harms")["harm"]),
        "status": frozenset(one["code"] for one in table("statuses")["status"]),
        "state": frozenset(STATES), "read": frozenset(READ),
    }  # fmt: skip
    return _Tables(operators, fields, codes)


@lru_cache(maxsize=200)
def typed(line: str, given: tuple[tuple[str, str], ...] = ()) -> Line:
    """What a line says; `given` are filters that stand already, which it does not change.

    >>> typed('killed OR wounded -"car bomb" harm:killed after:2025-03').items
    (Item(words='killed', exact=False, either=False, without=False), Item(words='wounded', exact=False, either=True, \
without=False), Item(words='car bomb', exact=True, either=False, without=True))
    >>> typed("shelling harm:killed harm:dead"), typed("12:30 https://example.org").left
    (Line(items=(Item(words='shelling', exact=False, either=False, without=False),), fields=(('harm', 'killed'),), \
rest='shelling harm:dead', left=('harm:dead',)), ())
    """
    found = list(_PIECE.finditer(line[:LONGEST]))
    if not any(_is_word(one) for one in found):
        found_items = [Item(one[4]) for one in found if one[4] and tokens(one[4])]
        return Line(tuple(found_items), rest=line.strip())
    return _Reading(given).of(found)


def _is_word(one: re.Match[str]) -> bool:
    """Whether it is anything but an operator."""
    return one[4] not in _tables().operators


class _Reading:
    """One line, while it is read."""

    def __init__(self, given: tuple[tuple[str, str], ...]) -> None:
        self.items: list[Item] = []
        self.fields = dict(given)
        self.given = frozenset(self.fields)
        self.rest: list[str] = []
        self.left: list[str] = []
        self.waits = ""  # an operator that waits for what it is about
        self.after_word = False

    def of(self, found: Sequence[re.Match[str]]) -> Line:
        for one in found:
            self._take(one)
        self._drop_waiting()
        fresh = tuple((name, value) for name, value in self.fields.items() if name not in self.given)
        return Line(tuple(self.items), fresh, " ".join(self.rest), tuple(self.left))

    def _take(self, one: re.Match[str]) -> None:
        minus, name, phrase, word = one.groups()
        known = _tables()
        field = known.fields.get((name or "").casefold())
        if field:
            self._take_field(one[0], field, phrase if phrase is not None else word, minus)
            return
        if word in known.operators and not minus:
            self._take_operator(word)
            return
        said = phrase if phrase is not None else f"{name}:{word}" if name else word
        if not tokens(said):
            self.rest.append(one[0])
            return
        kind = known.operators.get(self.waits, "")
        self.items.append(Item(said, phrase is not None, kind == "either", bool(minus) or kind == "without"))
        self.rest += [*([self.waits] if self.waits else []), one[0]]
        self.waits, self.after_word = "", not self.items[-1].without

    def _take_operator(self, word: str) -> None:
        self._drop_waiting()
        if _tables().operators[word] == "without" or self.after_word:
            self.waits = word
        else:
            self._leave(word)

    def _drop_waiting(self) -> None:
        if self.waits:
            self._leave(self.waits)
            self.waits = ""

    def _take_field(self, said: str, field: str, value: str, minus: str) -> None:
        self._drop_waiting()
        told = "" if minus else _value(field, value.strip())
        if told and self.fields.get(field, told) == told:
            self.fields[field] = told
        else:
            self._leave(said)
        self.after_word = False

    def _leave(self, said: str) -> None:
        self.left.append(said)
        self.rest.append(said)


# --- values of fields -------------------------------------------------------------------------------------------------


def _value(field: str, said: str) -> str:
    """The value as a filter has it; "" for what is none."""
    return _READERS[field](said) if field in _READERS else said[:300]


def _code(field: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        plain = re.sub(r"[-_\s]+", " ", said.casefold())
        return plain if plain in _tables().codes[field] else ""

    return read


def _bound(*, last: bool) -> Callable[[str], str]:
    def read(said: str) -> str:
        """A day, or of a month or a year the first or the last day."""
        found = _DAY.fullmatch(said)
        if found is None:
            return ""
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            if day:
                return dt.date(year, month, day).isoformat()
            if not last:
                return dt.date(year, month or 1, 1).isoformat()
            return dt.date(year, month or 12, monthrange(year, month or 12)[1]).isoformat()
        except ValueError:
            return ""

    return read


def _language(said: str) -> str:
    return said.casefold() if re.fullmatch(r"[A-Za-z]{2,3}", said) else ""


_READERS: Mapping[str, Callable[[str], str]] = {
    "harm": _code("harm"), "status": _code("status"), "state": _code("state"), "read": _code("read"),
    "first": _bound(last=False), "last": _bound(last=True), "language": _language,
}  # fmt: skip
