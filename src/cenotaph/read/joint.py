"""One number over two nouns: "57 fighters and members of the police" are fifty-seven, not fifty-seven and some more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from cenotaph.read.page import Scene
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Group


def under_one_number(scene: Scene, found: Sequence[Chunk]) -> list[Chunk]:
    """A list of groups in which a bare plural right behind the "and" of a counted one is counted with it."""
    out: list[Chunk] = []
    for chunk in found:
        if out and _shares_number(scene, out[-1], chunk):
            out[-1] = _joined(scene, out[-1], chunk)
        else:
            out.append(chunk)
    return out


def _shares_number(scene: Scene, counted: Chunk, chunk: Chunk) -> bool:
    """Whether "and" alone stands between, and the second noun is a plural without number or article of its own."""
    many = counted.number is not None and not counted.single and counted.quantity.base not in (0, 1)
    nouns = many and not counted.elliptic and counted.quantity.comparator != "plural" and not counted.group.names
    bare = chunk.quantity.comparator == "plural" and not (chunk.number or chunk.elliptic or chunk.group.names)
    noun = scene.language.people.of(scene.tokens[chunk.head])
    bare = bare and not (noun is not None and noun.collective)  # "107 passengers and crew" may leave the crew out
    if not (nouns and bare) or chunk.first - counted.last != 1:
        return False
    words, own = scene.language.words, scene.tokens[chunk.first : chunk.last]
    article = words("people_words", "determiners").has(own[0])
    of_those = any(words("people_words", "pronouns").has(one) or words("people_words", "whose").has(one) for one in own)
    return scene.tokens[counted.last].norm == "and" and not article and not of_those  # "gunmen loyal to them"


def _joined(scene: Scene, counted: Chunk, chunk: Chunk) -> Chunk:
    group = _both(counted.group, chunk.group)
    words = scene.sentence.words(counted.head, chunk.last) if counted.head < chunk.last else group.words
    return replace(counted, core=chunk.core, last=chunk.last, group=replace(group, words=words))


def _both(one: Group, other: Group) -> Group:
    """What holds for either group: a facet that they do not share is left unsaid."""
    same = {
        each.name: getattr(one, each.name)
        for each in fields(Group)
        if isinstance(getattr(one, each.name), str) and getattr(one, each.name) == getattr(other, each.name)
    }
    return Group(**same)
