"""Names of small places that are rather somebody's here: kept where the report puts something there, else dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum

from cenotaph.read.language import Language
from cenotaph.read.page import Mention, Scene
from cenotaph.read.text import Token

_LARGE = 100_000  # people: a place that is named without more ado


class Sign(Enum):
    """What the words around a name say of it."""

    PLACE = "something is there, or it lies somewhere"
    OPEN = "nothing either way"
    PERSON = "it speaks or acts as people do"
    PART = "it is the end of a longer name"


def without_doubtful(scenes: Sequence[Scene], language: Language, home: Sequence[str]) -> tuple[Scene, ...]:
    """The scenes without names that are rather those of people, bodies and things.

    Only one-word names of places and districts are doubted, none that lies in a country of the case (`home`) or has
    many people, and only in writing with capitals.
    """
    if language.table.get("script") != "Latin":
        return tuple(scenes)
    signs = {(scene.number, one.first): _sign(scene, one, language) for scene, one in _doubted(scenes, home)}
    of_name: dict[str, set[Sign]] = defaultdict(set)
    for scene, one in _doubted(scenes, home):
        of_name[_name(one)].add(signs[scene.number, one.first])
    dropped = {
        key for key, sign in signs.items() if sign is Sign.PART
    } | {
        (scene.number, one.first)
        for scene, one in _doubted(scenes, home)
        if Sign.PLACE not in of_name[_name(one)] and not {Sign.PERSON, Sign.PART}.isdisjoint(of_name[_name(one)])
    }  # fmt: skip
    return tuple(_without(scene, dropped) for scene in scenes)


def _without(scene: Scene, dropped: set[tuple[int, int]]) -> Scene:
    return replace(scene, mentions=tuple(one for one in scene.mentions if (scene.number, one.first) not in dropped))


def _doubted(scenes: Sequence[Scene], home: Sequence[str]) -> Iterable[tuple[Scene, Mention]]:
    for scene in scenes:
        for one in scene.mentions:
            entry = one.entry
            small = entry is not None and entry.level in ("place", "admin2") and entry.population < _LARGE
            if small and entry is not None and entry.country not in home and one.last - one.first == 1:
                yield scene, one


def _name(mention: Mention) -> str:
    return mention.name.removesuffix("'s").removesuffix("’s").casefold()


def _sign(scene: Scene, one: Mention, language: Language) -> Sign:
    tokens = scene.tokens
    before = tokens[one.first - 1] if one.first else None
    after = tokens[one.last] if one.last < len(tokens) else None
    if one.sure or (before is not None and language.words("names", "located").has(before)):
        return Sign.PLACE
    if before is not None and _ends_a_name(scene, one, before, language):
        return Sign.PART
    if after is not None and _is_place_word(after, language):
        return Sign.PLACE
    if (after is not None and language.says.of(after)) or (before is not None and language.says.of(before)):
        return Sign.PERSON
    begins = before is None or not before.is_word
    if begins and after is not None and language.stops.has(after) and after.text.islower():
        return Sign.PERSON  # "X has", "X was"
    return Sign.OPEN


def _is_place_word(token: Token, language: Language) -> bool:
    """ "police", "County", "Council": what a town has."""
    kinds, bodies = language.words("places", "kinds"), language.words("names", "bodies")
    return kinds.has(token) or bodies.has(token)


def _ends_a_name(scene: Scene, one: Mention, before: Token, language: Language) -> bool:
    """ "Andrew | Trapani", "Mr. | Sanford": a word with a capital right before, which is no direction and no kind."""
    if before.text == "." and one.first > 1:
        titled = scene.tokens[one.first - 2]
        initial = len(titled.text) == 1 and titled.capital
        return before.start == titled.end and (initial or language.words("names", "address").has(titled))
    if not (before.is_word and before.capital) or before.text.endswith(("'s", "’s")):
        return False
    plain = language.stops.has(before) or language.words("places", "directions").has(before)
    plain = plain or language.words("places", "adjectives").has(before) or language.words("places", "kinds").has(before)
    return not plain and not before.text.isupper()
