"""The group beside a word, the list that it belongs to, and names that no noun introduces."""

from __future__ import annotations

from cenotaph.read.grammar import is_finite
from cenotaph.read.joint import under_one_number
from cenotaph.read.page import Scene
from cenotaph.read.people import Chunk
from cenotaph.read.persons import named
from cenotaph.read.selves import reflexive
from cenotaph.read.tied_names import name_from, name_to


def starting(scene: Scene, at: int) -> Chunk | None:
    """The chunk that begins here, or with the small words before here; the widest one."""
    small = scene.language.words("people_words", "before")
    first = at
    while first > 0 and small.has(scene.tokens[first - 1]):
        first -= 1
    found = [chunk for chunk in scene.chunks if first <= chunk.first <= at < chunk.last]
    return max(found, key=lambda chunk: (chunk.last, not chunk.elliptic)) if found else None


def adjacent_left(scene: Scene, at: int) -> Chunk | None:
    found = [chunk for chunk in scene.chunks if at in (chunk.last, chunk.core)]
    return min(found, key=lambda chunk: chunk.first) if found else None


def hangs(scene: Scene, chunk: Chunk) -> bool:
    """Whether a preposition stands before a chunk, so that it is no subject ("by gunmen", "of the army")."""
    if chunk.first == 0:
        return False
    following = scene.tokens[chunk.last] if chunk.last < len(scene.tokens) else None
    if following and scene.language.words("harm_words", "be").has(following) and not acted_upon(scene, chunk):
        return False  # "told of people being shot"
    return scene.language.words("harm_words", "hangs").has(scene.tokens[chunk.first - 1])


def acted_upon(scene: Scene, chunk: Chunk) -> bool:
    """ "the men who fought against the army were shot": what stands behind this word is never the subject."""
    return chunk.first > 0 and scene.language.words("harm_words", "never_subject").has(scene.tokens[chunk.first - 1])


def list_right(scene: Scene, chunk: Chunk) -> list[Chunk]:
    """ "12 soldiers, 3 civilians and a child": each group that a comma or an "and" ties on."""
    out = [chunk]
    at = chunk.last
    while True:
        at = _over_aside(scene, out[-1], max(at, out[-1].last))
        tie = _tie(scene, at)
        following = starting(scene, _over_of(scene, at + max(tie, 0))) or reflexive(scene, at + tie) if tie else None
        following = following or (name_from(scene, at) if out[-1].group.names else None)
        if not following or following.pronoun or _is_subject(scene, following) or following.last <= at:
            return under_one_number(scene, out)
        out.append(following)


def _over_of(scene: Scene, at: int) -> int:
    """ "the murder of Ana Ruiz and of her son": past the "of" that a list says again."""
    again = at + 1 < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[at])
    return at + 1 if again else at


def _over_aside(scene: Scene, named: Chunk, at: int) -> int:
    """Past what a comma tells of a named person ("Ana Ruiz, director of a paper, ..."): no further person."""
    if not (named.single and named.group.names) or at >= len(scene.tokens) or scene.tokens[at].text != ",":
        return at
    told = starting(scene, at + 1)
    if told is None or not told.single or told.number or told.group.names or told.pronoun:
        return at
    return told.last


def _tie(scene: Scene, at: int) -> int:
    if (
        at < len(scene.tokens)
        and scene.tokens[at].text.startswith("و")
        and len(scene.tokens[at].text) > 1
        and starting(scene, at)
    ):
        return -1  # the "and" is written onto the next word
    length = 0
    while at + length < len(scene.tokens):
        found = scene.language.words("harm_words", "ties").match(scene.tokens, at + length)
        if not found:
            break
        length += found[1]
    return length


def _is_subject(scene: Scene, chunk: Chunk) -> bool:
    """Whether a group that seems tied on begins a clause of its own ("and 40 were wounded", "and 12 wounded")."""
    at = chunk.last
    if at >= len(scene.tokens):
        return False
    comma = chunk.first > 0 and scene.tokens[chunk.first - 1].text == ","
    if comma and chunk.weak is False and not chunk.number and not chunk.single and is_finite(scene, at):
        return True  # "the murder of Ana Ruiz, farmers waited"
    if scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at]) and scene.tokens[at].norm not in (
        "all",
        "both",
    ):
        return True
    if scene.tokens[at].text.startswith("و") and len(scene.tokens[at].forms) > 1:
        return False  # "قتلت طفلة وامرأة وأصيب عشرة": the "and" written onto the verb parts it from what stands before
    return any(
        one.first == at and one.word.takes in ("undergo", "befall", "counted", "state") for one in scene.triggers
    )


def list_left(scene: Scene, chunk: Chunk) -> list[Chunk]:
    out = [chunk]
    while True:
        before = [one for one in scene.chunks if one.first < out[0].first and _ties_to(scene, one, out[0])]
        before = [one for one in before if not one.pronoun and not _taken_by_verb(scene, one)]
        name = None if before or not out[0].group.names else name_to(scene, out[0].first, len(out) > 1)
        before = before or ([name] if name else [])
        if not before:
            return under_one_number(scene, out)
        out.insert(0, min(before, key=lambda one: one.first))


def _ties_to(scene: Scene, one: Chunk, following: Chunk) -> bool:
    tie = _tie(scene, one.last)
    return tie != 0 and following.first in (one.last + max(tie, 0), _over_of(scene, one.last + max(tie, 0)))


def _taken_by_verb(scene: Scene, chunk: Chunk) -> bool:
    """Whether a verb right before a chunk has it as its object already, or a harm noun before holds it."""
    return any(one.last == chunk.first for one in scene.triggers) or hangs(scene, chunk)


def name_left(scene: Scene, at: int) -> list[Chunk]:
    """A name or title without a known noun, back to the clause's edge ("Hector Perez was shot dead")."""
    if at > 0 and scene.tokens[at - 1].text == ",":
        at -= 1
        aged = at > 1 and scene.tokens[at - 1].text.isdecimal() and scene.tokens[at - 2].text == ","
        at -= 2 if aged else 0
    first = at
    while first > 0 and _may_name(scene, first - 1):
        first -= 1
    chunk = named(scene.sentence, first, at, scene.language) if first < at else None
    return list_left(scene, chunk) if chunk else []


def name_right(scene: Scene, at: int) -> list[Chunk]:
    last = at
    while last < len(scene.tokens) and _may_name(scene, last):
        last += 1
    chunk = named(scene.sentence, at, last, scene.language) if last > at else None
    return list_right(scene, chunk) if chunk else []


def _may_name(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if not token.is_word or scene.language.says.of(token) or scene.language.harms.of(token):
        return False
    if scene.language.months.of(token) or scene.language.weekdays.of(token) is not None:
        return False
    return not scene.language.stops.has(token) and scene.language.means.of(token) is None
