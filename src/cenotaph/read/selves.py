"""Those who did it to themselves: "killed his wife and himself", "shot two people before killing himself"."""

from __future__ import annotations

from cenotaph.read.page import Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Group, Quantity

_SEX = {"himself": "male", "herself": "female"}


def reflexive(scene: Scene, at: int) -> Chunk | None:
    """ "himself" as one of the harmed, with "then" before it ("a woman, then herself")."""
    language = scene.language
    while at < len(scene.tokens) and language.words("harm_words", "then").has(scene.tokens[at]):
        at += 1
    if at >= len(scene.tokens) or not language.words("people_words", "reflexive").has(scene.tokens[at]):
        return None
    if at + 1 < len(scene.tokens) and scene.tokens[at + 1].text in "-‐":
        return None  # "self-defence"
    return _chunk(scene, at, at + 1)


def by_own_hand(scene: Scene, trigger: Trigger) -> list[Chunk] | None:
    """Whom a word with a reflexive befell ("killed himself"): the nearest group on its left whose sex fits and that no
    other harm word has taken; else only "himself". None for words without one.
    """
    last = trigger.last - 1
    if not scene.language.words("people_words", "reflexive").has(scene.tokens[last]):
        return None
    sex = _SEX.get(scene.tokens[last].norm, "")
    found = [
        one
        for one in scene.chunks
        if one.last <= trigger.first
        and one.single
        and not one.pronoun
        and one.group.sex in ("", sex)
        and not any(other.last <= one.first <= other.last + 2 for other in scene.triggers if other != trigger)
    ]
    others = [one for one in scene.triggers if one.last <= trigger.first]
    free = [one for one in found if not others or one.last <= others[0].first]
    return [free[-1] if free else _chunk(scene, last, trigger.last)]


def _chunk(scene: Scene, first: int, last: int) -> Chunk:
    words = scene.sentence.words(first, last)
    group = Group(words, sex=_SEX.get(scene.tokens[last - 1].norm, ""))
    return Chunk(first, last, last, last - 1, Quantity(words, "exact", 1), group, single=True)
