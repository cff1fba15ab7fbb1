"""Villages and quarters that no gazetteer lists, where the words say what they are and what they lie in or near.

"the village of Kafr X, west of Homs": what is known is that it is near Homs. Such a place is kept by its words, and
what is named beside it says where it is, never more precisely than that allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.read.language import Language
from cenotaph.read.page import Mention, Scene
from cenotaph.read.text import Token
from cenotaph.vocabulary import Entry, Place

Near = Callable[[str], Sequence[Entry]]

LONGEST_GAP = 6  # tokens between a place and what it is said to lie in ("in the northern countryside of")
_LONGEST = 4  # words of a name
_NEAR, _DISTRICT, _AREA = 2, 3, 4  # UCDP where_prec: near a known place, in its district, in a first-level area


@dataclass(frozen=True)
class PlaceWords:
    """What codes/place_words.toml gives to reading: `heads`, words that only begin a name ("كفر", "تل") in all their
    spellings, and `districts`, words for an area that is called after its town.
    """

    heads: frozenset[str]
    districts: frozenset[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> PlaceWords:
        tells = {*table["qualifiers"]["words"], "source"}
        heads = (word for head, spelled in table["families"].items() if head not in tells for word in spelled)
        return cls(frozenset(heads), frozenset((*table["kinds"]["district"], *table["kinds"]["below"])))


def with_unlisted(scene: Scene, words: PlaceWords, near: Near) -> Scene:
    """The scene with such places among those that it names, each only where a known place follows, which it is tied to
    or would be taken for; `near` gives the entries of the nearest spelling, for a name in a script without capitals.
    """
    found = [one for one in _unlisted(scene, words, near) if not any(_meet(one, other) for other in _named(scene))]
    if not found:
        return scene
    return replace(scene, mentions=tuple(sorted((*scene.mentions, *found), key=lambda one: one.first)))


def _named(scene: Scene) -> Sequence[Mention]:
    return (*scene.mentions, *scene.asides)


def _meet(one: Mention, other: Mention) -> bool:
    return one.first < other.last and other.first < one.last


def _unlisted(scene: Scene, words: PlaceWords, near: Near) -> Iterator[Mention]:
    kinds = scene.language.words("places", "place_kinds")
    cased = scene.language.table.get("script") == "Latin"
    for at, token in enumerate(scene.tokens):
        if kinds.has(token):
            first, last = _name_at(scene, at, words)
            name = scene.sentence.words(first, last) if last > first else ""
            known = tuple(near(name)) if name and not cased else ()
            if known:
                yield Mention(first, last, known[0], name, True, near=True, options=known)
                continue
            outer = next((one for one in scene.mentions if one.first >= last), None)
            told = cased and last > first and scene.tokens[first - 1].norm == "of"  # not in what is named after it
            if outer is not None and name and outer.entry is not None and (told or leads(scene, last, outer.first)):
                yield Mention(first, last, None, name, True)


def _name_at(scene: Scene, kind: int, words: PlaceWords) -> tuple[int, int]:
    """Where the name that a kind belongs to begins and ends; an empty stretch for none."""
    tokens, language = scene.tokens, scene.language
    if language.table.get("script") == "Latin":
        here = kind + 2 if kind + 1 < len(tokens) and tokens[kind + 1].norm == "of" else kind + 1
        return here, _end(tokens, here, lambda token: _capital(token, language))
    here = last = kind + 1
    while last < len(tokens) and last - here < _LONGEST and _may_name(tokens[last], language):
        last += 1
        if tokens[last - 1].text not in words.heads:
            break
    return here, last


def _end(tokens: Sequence[Token], first: int, belongs: Any) -> int:
    last = first
    while last < len(tokens) and last - first < _LONGEST and belongs(tokens[last]):
        last += 1
    return last


def _capital(token: Token, language: Language) -> bool:
    dated = language.months.of(token) or language.weekdays.of(token) is not None
    return token.is_word and token.capital and not language.stops.has(token) and not dated


def _may_name(token: Token, language: Language) -> bool:
    """Whether an Arabic word may be a name: no kind, direction or number, none that says or describes."""
    tables = [language.words("places", key) for key in ("kinds", "prepositions", "joins", "adjectives", "wider")]
    plain = language.stops.has(token) or language.says.of(token) or any(one.has(token) for one in tables)
    return token.is_word and not plain and not token.text.isdigit()


def leads(scene: Scene, first: int, last: int) -> bool:
    """Whether nothing but small words, directions and kinds stands between a place and what it lies in or near."""
    keys = ("kinds", "joins", "prepositions", "directions", "adjectives", "wider")
    tables = [scene.language.words("places", key) for key in keys]
    gap = scene.tokens[first:last]
    lists = any(token.norm in ("and", "و") for token in gap)  # another place of a list is no container
    return len(gap) <= LONGEST_GAP and not lists and all(
        token.text in ",،(#" or any(one.has(token) for one in tables) for token in gap
    )  # fmt: skip


def in_what_is_around(scene: Scene, place: Place, around: Mention, words: PlaceWords) -> Place:
    """The place of what nobody lists, from that of what is named beside it: under no name of its own, no more precise.

    A point is kept, as the known place that it is near; a district's town is not where its villages are.
    """
    beside = scene.tokens[max(0, around.first - 1) : around.first] + scene.tokens[around.last : around.last + 1]
    if any(token.norm in words.districts or token.text in words.districts for token in beside):
        least = _DISTRICT
    else:
        least = _AREA if around.entry is not None and around.entry.level == "admin1" else _NEAR
    return replace(place, name="", id="", near=False, precision=max(place.precision, least))
