"""What kind of event a text tells of: battle, shelling, protest, arrest ..., as codes/events.toml lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.read.language import Language
from cenotaph.read.lexicon import Phrases, listed
from cenotaph.read.page import Page, Scene
from cenotaph.vocabulary import Span

_FAR = 14  # words between who acts and what he does ("rebels, who had ..., seized")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event that words tell of: its code and the words."""

    code: str
    where: Span


@dataclass(frozen=True, slots=True)
class _Rule:
    """Words of one kind; others that must, or must not, stand in the same sentence; who must be acting."""

    code: str
    words: Phrases[bool]
    together: Phrases[bool] | None
    apart: Phrases[bool] | None
    by: str


def kinds(page: Page) -> list[Kind]:
    """The kinds of event that a text tells of, the narrowest first: the order in which the language lists them.

    Words alone, whoever was harmed; what only threatens or is denied is not told apart.
    """
    return [
        found
        for language in page.languages
        for rule in _rules(language)
        for scene in page.scenes
        if scene.language is language
        for found in _told(scene, rule)
    ]


def _rules(language: Language) -> Sequence[_Rule]:
    known = _compiled.get(id(language.table))
    if known is None:
        known = _compiled[id(language.table)] = tuple(map(_rule, language.table.get("event", ())))
    return known


_compiled: dict[int, tuple[_Rule, ...]] = {}


def _rule(table: Mapping[str, Any]) -> _Rule:
    together, apart = (Phrases(listed(table[key], True)) if key in table else None for key in ("with", "without"))
    return _Rule(table["code"], Phrases(listed(table["words"], True)), together, apart, table.get("by", ""))


def _told(scene: Scene, rule: _Rule) -> Iterator[Kind]:
    for _, first, last in rule.words.longest(scene.tokens):
        if rule.together and not any(True for _ in rule.together.all(scene.tokens)):
            return
        if rule.apart and any(True for _ in rule.apart.all(scene.tokens)):
            return
        if not rule.by or _acts(scene, first, last, rule.by):
            yield Kind(rule.code, scene.sentence.cut(first, last))
            return


def _acts(scene: Scene, first: int, last: int, side: str) -> bool:
    """Whether the nearest party before a verb, or behind its "by", is of a side: "state" or "armed group"."""
    by = next((at for at in range(last, min(last + _FAR, len(scene.tokens))) if scene.tokens[at].norm == "by"), None)
    if by is not None:
        ahead = list(_parties(scene, by, min(by + _FAR, len(scene.tokens))))
        if ahead:
            return ahead[0] == side
    before = list(_parties(scene, max(0, first - 3 * _FAR), first))
    return before[-1:] == [side]


def _parties(scene: Scene, first: int, last: int) -> Iterator[str]:
    """The sides of those who stand between two tokens, in their order."""
    state, armed = (scene.language.words("sides", key) for key in ("state", "armed"))
    for at in range(first, last):
        if armed.match(scene.tokens, at):
            yield "armed group"
        elif state.match(scene.tokens, at):
            yield "state"
