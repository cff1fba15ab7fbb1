"""Values as they may be shown: every text masked, protected voices and the names of the harmed left out.

A field that is new in the vocabulary is masked until somebody lists it here as one of our own words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar

from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import Mask
from cenotaph.vocabulary import (
    Answer,
    Claim,
    Coder,
    Decision,
    Group,
    Harm,
    Incident,
    Interval,
    Place,
    Problem,
    Report,
    Root,
    Span,
    Toll,
    Voice,
)

__all__ = ["Veil"]

T = TypeVar("T")

OURS = frozenset({
    "id", "kind", "harm", "unit", "comparator", "status", "sex", "age", "code", "cause", "degree", "certainty",
    "connection", "level", "rule", "rules", "verdict", "dated", "stance", "reach", "relation", "standing", "of",
    "independence", "assumed", "verb", "by", "second", "who", "language", "text_hash", "bytes_hash", "extractor",
})  # fmt: skip
"""Fields that hold codes, names of rules, or those who work on the case."""
WHOLE = (Span, Harm, Coder, Interval, dt.date, int, float)
"""Values that hold no words of others."""
OF_A_REPORT = (Claim, Answer, Problem, Decision)
"""Values whose words are those of one report."""
_WORDLESS = frozenset({type(None), bool, int, float, dt.date, dt.datetime, Span, Harm, Coder, Interval})
"""The same by their very type, which is looked up in no time: most of what a page holds is of these."""
PERSON = "a private person"

_ID = re.compile(r"[a-z]+:[0-9a-f]{16}")
_SHORT = 200
"""Letters up to which a text is likely to come again."""
_REMEMBERED = 50_000
"""Short texts whose outcome is remembered for one mask; then all are looked at again."""
_REPORTS = 2_000
"""Reports with words of their own to hide, of which so much is remembered at once."""
_UNSEEN = ""
"""What no text becomes: an empty one is never looked at."""
_APART = (Report, Root, Voice, Group, Incident, Toll)
"""Types of which more is hidden than words."""


class _Masker:
    """One mask with what it made of short texts: a page asks for the same few a thousand times.

    What it leaves as it is stays the very same text, so that a value all of whose texts are so is none that changed.
    """

    __slots__ = ("hides", "mask", "seen")

    def __init__(self, mask: Mask) -> None:
        self.mask, self.hides = mask, mask.hides
        self.seen: dict[str, str | None] = {}

    def __call__(self, text: str) -> str:
        if not self.hides or not text:
            return text
        found = self.seen.get(text, _UNSEEN)
        if found is _UNSEEN:
            return self._looked_at(text)
        return text if found is None else found

    def _looked_at(self, text: str) -> str:
        if _ID.fullmatch(text):
            return text
        shown = self.mask(text)
        if len(text) <= _SHORT:
            if len(self.seen) >= _REMEMBERED:
                self.seen = {}
            self.seen[text] = None if shown == text else shown
        return text if shown == text else shown


class Veil:
    """Hides protected people in any value of the vocabulary; ids stay, and so do places in texts.

    >>> from cenotaph.vocabulary import Scope
    >>> veil = Veil(Hidden(frozenset({"Sami Example"})))
    >>> veil(Scope(Harm(("injured",)), Group("Sami Example and another", names=("Sami Example",)))).group
    Group(words='[protected] and another', status='', affiliation='', identity='', sex='', age='', names=())
    """

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self._maskers: dict[str, _Masker] = {}

    @cached_property
    def _any(self) -> _Masker:
        """For words of any report."""
        return _Masker(self.hidden.mask)

    def __call__(self, value: T) -> T:
        shown: T = self._of(value, self._any)
        return shown

    def words(self, text: str, report: str = "") -> str:
        return (self._masker(report) if report else self._any)(text)

    def address(self, url: str) -> str:
        """An address or the name of a file, or the word where it spells a protected name."""
        return self.hidden.mask.address(url)

    @property
    def word(self) -> str:
        """What stands for a name."""
        return self.hidden.word

    def _masker(self, report: str) -> _Masker:
        if not self.hidden.described.get(report):
            return self._any
        found = self._maskers.get(report)
        if found is None:
            if len(self._maskers) >= _REPORTS:
                self._maskers = {}
            found = self._maskers[report] = _Masker(self.hidden.mask_of(report))
        return found

    def _of(self, value: Any, mask: _Masker) -> Any:
        kind: Any = type(value)
        if kind is str:
            return mask(value)
        if kind in _WORDLESS:
            return value
        way = _way(kind)
        if way is _RECORD:
            return self._record(value, mask)
        if way is _ROW:
            return self._row(value, mask)
        if way is _MAPPING:
            return {key: self._of(one, mask) for key, one in value.items()}
        return mask(value) if way is _TEXT else value

    def _row(self, value: Any, mask: _Masker) -> Any:
        found = [self._of(one, mask) for one in value]
        changed = any(new is not old for new, old in zip(found, value, strict=True))
        return type(value)(found) if changed else value

    def _record(self, value: Any, mask: _Masker) -> Any:
        kind: Any = type(value)
        plan = _plan(kind)
        if plan.apart is Report:
            return self._report(value)
        if plan.apart is Root:
            return self._root(value, mask)
        if plan.apart is Voice and value.protected and not self._open(value):
            return replace(value, name=self.word, canonical="")
        if plan.of_a_report:
            mask = self._masker(value.report)
        changed = dict[str, Any]()
        for name, old in zip(plan.names, plan.values(value), strict=True):
            new = mask(old) if type(old) is str else old if type(old) in _WORDLESS else self._of(old, mask)
            if new is not old:
                changed[name] = new
        if plan.apart in (Group, Incident, Toll):
            self._more(value, mask, changed)
        return replace(value, **changed) if changed else value

    def _more(self, value: Group | Incident | Toll, mask: _Masker, changed: dict[str, Any]) -> None:
        """What of these is hidden or kept besides the words in them."""
        if isinstance(value, Group):
            changed.pop("names", None)
            if value.names != ():
                changed["names"] = ()
        elif isinstance(value, Incident):
            if value.scope.place and value.scope.place.name:
                changed.pop("title", None)
                title = self._title(value.title, value.scope.place, mask)
                changed |= {"title": title} if title != value.title else {}
        elif "root" in changed:
            changed["root"] = PERSON

    def _open(self, voice: Voice) -> bool:
        """Whether a protected voice is one whose name people decided to show."""
        return voice.name.casefold() in self.hidden.consented and not self.hidden.knows(voice.canonical)

    def _report(self, report: Report) -> Report:
        mask = self.hidden.mask_of(report.id)
        return replace(
            report, text="", name=mask.address(report.name), url=mask.address(report.url), title=mask(report.title),
            outlet=mask(report.outlet),
        )  # fmt: skip

    def _root(self, root: Root, mask: _Masker) -> Root:
        if root.private or mask(root.name) != root.name:
            return replace(root, name=self.word, told=mask(root.told), private=True)
        return replace(root, told=mask(root.told))

    def _title(self, title: str, place: Place, mask: _Masker) -> str:
        """The name of a place in the gazetteer is nobody's, even where a witness is called so."""
        return place.name.join(mask(part) for part in title.split(place.name))


# --- what is known of a type ------------------------------------------------------------------------------------------

_RECORD, _ROW, _MAPPING, _TEXT, _WHOLE = "record", "row", "mapping", "text", "whole"


@cache
def _way(kind: Any) -> str:
    """How values of a type are looked through; what is of no known type holds nothing."""
    if issubclass(kind, WHOLE):
        return _WHOLE
    if issubclass(kind, str):
        return _TEXT
    if issubclass(kind, (list, tuple)):
        return _ROW
    if issubclass(kind, Mapping):
        return _MAPPING
    return _RECORD if is_dataclass(kind) else _WHOLE


@dataclass(frozen=True, slots=True)
class _Plan:
    """The fields of a type that can hold words of others, and how their values are had all at once."""

    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    of_a_report: bool
    apart: type[Any] | None


@cache
def _plan(kind: Any) -> _Plan:
    ours = OURS | ({"name", "id", "path", "covers"} if kind is Place else frozenset())
    names = tuple(one.name for one in fields(kind) if one.name not in ours)
    of_a_report = issubclass(kind, OF_A_REPORT)
    return _Plan(names, _values(names), of_a_report, next((one for one in _APART if issubclass(kind, one)), None))


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)
