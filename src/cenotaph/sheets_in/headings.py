"""What the columns of a sheet may mean: a field of ours for each heading that is known, from codes/headings.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cenotaph.sheets_in.folding import folded
from cenotaph.vocabulary import Group

__all__ = ["Figure", "Headings", "Proposal"]

BOUNDS = ("low", "high", "best")
ORDERS = ("dmy", "mdy")
"""How a column of days like 8/3/2024 is meant."""

_EVERYBODY = Group()


@dataclass(frozen=True, slots=True)
class Figure:
    """A column that counts: so many of whom were harmed how; `bound` is low, high, or "" for the figure itself."""

    harm: str
    group: Group = _EVERYBODY
    bound: str = ""

    @property
    def whole(self) -> bool:
        return self.group == Group()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a heading is taken for: "" where nothing is known of it; `why` it is left, `tie` of a part to its whole."""

    heading: str
    field: str = ""
    why: str = ""
    tie: str = ""


@dataclass
class Headings:
    """The names of columns, of harms and groups in them, and the words of cells; `table` is codes/headings.toml.

    >>> known = Headings({"field": [{"name": "day"}], "heading": [{"field": "day", "names": ["date"]}], "word": [
    ...     {"part": "harm", "is": "killed", "words": ["deaths"]},
    ...     {"part": "group", "is": "children", "age": "child", "words": ["children"]}]})
    >>> [one.field for one in known.proposed(["Date", "Deaths / Children", "Colour"])]
    ['day', 'killed children', '']
    """

    table: Mapping[str, Any]
    _figures: dict[str, Figure | None] = field(default_factory=dict)

    # --- fields -------------------------------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, str]]:
        return {one["name"]: one for one in self.table.get("field", ())}

    @cached_property
    def scales(self) -> Mapping[str, Mapping[str, int]]:
        return {one["name"]: one["codes"] for one in self.table.get("scale", ())}

    def kind(self, name: str) -> str:
        """How the cells of a field are read: text, day, number, precision, or count."""
        base = self.base(name)
        return self.fields[base].get("kind", "text") if base in self.fields else "count"

    def base(self, name: str) -> str:
        """The field without what says how its cells are written: 'day' of 'day dmy'."""
        if name in self.scales:
            return name.rpartition(" ")[0]
        first, _, last = name.rpartition(" ")
        return first if last in ORDERS and first in self.fields else name

    def field(self, words: str) -> str:
        """The field that these words name, spelled as we do. Raises LookupError with those that there are."""
        name = folded(words)
        if self.base(name) in self.fields:
            return name
        figure = self.figure(name)
        if figure is None:
            there = ", ".join(one for one in self.fields)
            raise LookupError(
                f"no field {words!r}; there are: {there}; and counts, as in 'killed', 'injured children', 'killed low'"
            )
        return spelled(figure)

    # --- headings -----------------------------------------------------------------------------------------------------

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        found: dict[str, list[Mapping[str, str]]] = {}
        for one in self.table.get("heading", ()):
            for name in one["names"]:
                found.setdefault(folded(name), []).append(one)
        return found

    def knows(self, heading: str) -> bool:
        """Whether anything is known of a heading alone; for finding the row of headings."""
        return folded(heading) in self._named or self.figure(heading) is not None

    def proposed(self, headings: Sequence[str]) -> list[Proposal]:
        """One for each heading; of two that seem to be the same, the first."""
        there = {folded(part) for one in headings for part in (one, *one.split(" / "))}
        out: list[Proposal] = []
        taken: set[str] = set()
        for heading in headings:
            one = self._proposal(heading, there)
            if one.field and one.field != "leave" and one.field in taken:
                one = Proposal(heading, "", f"another column is taken for {one.field}")
            taken.add(one.field)
            out.append(one)
        return out

    def _proposal(self, heading: str, there: set[str]) -> Proposal:
        upper, _, lower = heading.rpartition(" / ")
        for name in dict.fromkeys((heading, lower, upper)):
            if not name or (name == upper and self.figure(lower)):
                continue
            for one in self._named.get(folded(name), ()):
                if "beside" not in one or folded(one["beside"]) in there:
                    return Proposal(heading, one["field"], one.get("why", ""), one.get("tie", ""))
            figure = self.figure(name)
            if figure is not None:
                return Proposal(heading, spelled(figure))
        return Proposal(heading)

    # --- counts, word by word -----------------------------------------------------------------------------------------

    @cached_property
    def _words(self) -> Mapping[tuple[str, ...], Mapping[str, str]]:
        found = {
            tuple(folded(words).split()): one for one in self.table.get("word", ()) for words in one["words"]
        }  # fmt: skip
        harms = {str(one["is"]): one for one in self.table.get("word", ()) if one["part"] == "harm"}
        return {tuple(name.split()): one for name, one in harms.items()} | found

    def figure(self, heading: str) -> Figure | None:
        """The harm, group and bound that a heading is made of; None where a word of it says something else."""
        name = folded(heading)
        if name not in self._figures:
            self._figures[name] = self._read_figure(name.split())
        return self._figures[name]

    def _read_figure(self, tokens: Sequence[str]) -> Figure | None:
        harm, bound, facets, words = "", "", dict[str, Any](), list[str]()
        at = 0
        while at < len(tokens):
            length = next(
                (n for n in range(min(3, len(tokens) - at), 0, -1) if tuple(tokens[at : at + n]) in self._words), 0
            )
            if not length:
                return None
            one = self._words[tuple(tokens[at : at + length])]
            at += length
            if one["part"] == "harm":
                if harm not in ("", one["is"]):
                    return None
                harm = one["is"]
            elif one["part"] == "bound":
                bound = "" if one["is"] == "best" else one["is"]
            elif one["part"] == "group":
                told = {key: one[key] for key in FACETS if key in one}
                if any(facets.get(key, value) != value for key, value in told.items()):
                    return None
                facets |= told
                words += [one["is"]] if one["is"] not in words else []
        return Figure(harm, Group(" ".join(words), **facets), bound) if harm else None

    # --- cells --------------------------------------------------------------------------------------------------------

    @cached_property
    def nothing(self) -> frozenset[str]:
        return self._cells("nothing")

    @cached_property
    def sums(self) -> frozenset[str]:
        return self._cells("sum")

    def _cells(self, kind: str) -> frozenset[str]:
        return frozenset(
            folded(word) for one in self.table.get("cell", ()) if one["is"] == kind for word in one["words"]
        )

    @cached_property
    def bounds(self) -> Sequence[tuple[str, str]]:
        """Words before a number and the comparator they mean, longest first."""
        skipped = ("nothing", "sum")
        found = [
            (word, one["is"]) for one in self.table.get("cell", ()) if one["is"] not in skipped for word in one["words"]
        ]
        return sorted(found, key=lambda one: -len(one[0]))

    @cached_property
    def months(self) -> Mapping[str, int]:
        return {folded(word): one["number"] for one in self.table.get("month", ()) for word in one["words"]}

    @cached_property
    def around(self) -> frozenset[str]:
        return frozenset(folded(word) for one in self.table.get("around", ()) for word in one["words"])

    @cached_property
    def fates(self) -> Mapping[str, Mapping[str, Any]]:
        return {folded(word): one for one in self.table.get("fate", ()) for word in (one["is"], *one["words"])}

    @cached_property
    def harms(self) -> Mapping[str, str]:
        """Words of a cell -> the harm."""
        found = {" ".join(words): one["is"] for words, one in self._words.items() if one["part"] == "harm"}
        return found | {
            folded(one["is"]): one["is"] for one in self.table.get("fate", ()) if one["is"] in found.values()
        }

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, str]]:
        """Words of a cell -> the facets of a group."""
        return {" ".join(words): one for words, one in self._words.items() if one["part"] == "group"}


FACETS = ("status", "sex", "age", "affiliation")


def spelled(figure: Figure) -> str:
    """
    >>> spelled(Figure("killed", Group("children", age="child"), "low"))
    'killed children low'
    """
    return " ".join(part for part in (figure.harm, figure.group.words, figure.bound) if part)
