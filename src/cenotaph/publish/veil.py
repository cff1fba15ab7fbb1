"""Values as they may be shown: every text masked, protected voices and the names of the harmed left out.

A field that is new in the vocabulary is masked until somebody lists it here as one of our own words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import PROTECTED, Mask
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


class Veil:
    """Hides protected people in any value of the vocabulary; ids stay, and so do places in texts.

    >>> from cenotaph.vocabulary import Scope
    >>> veil = Veil(Hidden(frozenset({"Sami Example"})))
    >>> veil(Scope(Harm(("injured",)), Group("Sami Example and another", names=("Sami Example",)))).group
    Group(words='[protected] and another', status='', affiliation='', identity='', sex='', age='', names=())
    """

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self._seen: dict[tuple[int, str], str] = {}

    def __call__(self, value: T) -> T:
        shown: T = self._of(value, self.hidden.mask)
        return shown

    def words(self, text: str, report: str = "") -> str:
        return self._text(text, self.hidden.mask_of(report) if report else self.hidden.mask)

    def _of(self, value: Any, mask: Mask) -> Any:
        kind = type(value)
        if kind in _WORDLESS:
            return value
        if kind is str:
            return self._text(value, mask)
        if isinstance(value, WHOLE):
            return value
        if isinstance(value, str):
            return self._text(value, mask)
        if isinstance(value, (list, tuple)):
            found = [self._of(one, mask) for one in value]
            changed = any(new is not old for new, old in zip(found, value, strict=True))
            return type(value)(found) if changed else value
        if isinstance(value, Mapping):
            return {key: self._of(one, mask) for key, one in value.items()}
        return self._record(value, mask) if is_dataclass(value) else value

    def _text(self, text: str, mask: Mask) -> str:
        if not mask.hides or not text or _ID.fullmatch(text):
            return text
        if len(text) > _SHORT:
            return mask(text)
        key = (id(mask), text)
        if key not in self._seen:
            self._seen[key] = mask(text)
        return self._seen[key]

    def _record(self, value: Any, mask: Mask) -> Any:
        if isinstance(value, Report):
            return self._report(value)
        if isinstance(value, Root):
            return self._root(value, mask)
        if isinstance(value, Voice) and value.protected and not self._open(value):
            return replace(value, name=PROTECTED, canonical="")
        if isinstance(value, OF_A_REPORT):
            mask = self.hidden.mask_of(value.report)
        shown = {name: self._of(getattr(value, name), mask) for name in _masked(cast(Hashable, type(value)))}
        if isinstance(value, Group):
            shown["names"] = ()
        if isinstance(value, Incident) and value.scope.place and value.scope.place.name:
            shown["title"] = self._title(value.title, value.scope.place, mask)
        if isinstance(value, Toll) and shown["root"] != value.root:
            shown["root"] = PERSON
        changed = {name: one for name, one in shown.items() if one is not getattr(value, name)}
        return replace(value, **changed) if changed else value

    def _open(self, voice: Voice) -> bool:
        """Whether a protected voice is one whose name people decided to show."""
        return voice.name.casefold() in self.hidden.consented and not self.hidden.knows(voice.canonical)

    def _report(self, report: Report) -> Report:
        mask = self.hidden.mask_of(report.id)
        return replace(
            report, text="", name=mask.address(report.name), url=mask.address(report.url), title=mask(report.title),
            outlet=mask(report.outlet),
        )  # fmt: skip

    def _root(self, root: Root, mask: Mask) -> Root:
        if root.private or mask(root.name) != root.name:
            return replace(root, name=PROTECTED, told=mask(root.told), private=True)
        return replace(root, told=mask(root.told))

    def _title(self, title: str, place: Place, mask: Mask) -> str:
        """The name of a place in the gazetteer is nobody's, even where a witness is called so."""
        return place.name.join(mask(part) for part in title.split(place.name))


@cache
def _masked(kind: Any) -> tuple[str, ...]:
    """The fields of a type that can hold words of others."""
    ours = OURS | ({"name", "id", "path", "covers"} if kind is Place else frozenset())
    return tuple(one.name for one in fields(kind) if one.name not in ours)
