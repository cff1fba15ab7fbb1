"""Of whom a noun of harm tells: behind its "of", over what stands between, and before it ("Rivero's murder").

"The murder and abduction of five teachers", "the killing on Friday of a judge", "the death of a noted, tireless
lawyer", "the murder of [the late minister] Ana Ruiz": one "of" for several nouns, and words that describe or date.
"""

from __future__ import annotations

from cenotaph.read.capitals import may_name
from cenotaph.read.neighbours import adjacent_left, name_left, starting
from cenotaph.read.page import Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.persons import tells
from cenotaph.read.told_by import behind_doer
from cenotaph.vocabulary import Group, Quantity

_BETWEEN = 7  # tokens of a day or a place between a noun and its "of"
_DESCRIBING = 5  # tokens that may describe somebody before the noun for him
_BRACKET = 12  # tokens inside brackets that an editor put in
_NOUNS = ("name", "event", "act")


def behind_of(scene: Scene, trigger: Trigger) -> int | None:
    """Where the people of a noun of harm begin: behind its "of", or the "of" that it shares with the noun after it."""
    at = trigger.last
    if _of(scene, at):
        return at + 1
    if at + 1 < len(scene.tokens) and scene.tokens[at].text in "[(" and _of(scene, at + 1):
        return at + 2
    return _shared_of(scene, trigger) or _dated_of(scene, at) or behind_doer(scene, at)


def _of(scene: Scene, at: int) -> bool:
    return at < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[at])


def _shared_of(scene: Scene, trigger: Trigger) -> int | None:
    """ "the murder and abduction of five teachers"."""
    at = trigger.last
    if at >= len(scene.tokens) or scene.tokens[at].norm not in ("and", "or", "&"):
        return None
    mates = [one for one in scene.triggers if one.first == at + 1 and one.word.takes in _NOUNS]
    return mates[0].last + 1 if mates and _of(scene, mates[0].last) else None


def _dated_of(scene: Scene, at: int) -> int | None:
    """ "the killing on Friday of a judge", "the murder in Homs of a judge": only a day or a bare place between."""
    if at >= len(scene.tokens) or not scene.language.words("names", "dated").has(scene.tokens[at]):
        return None
    for here in range(at + 1, min(at + _BETWEEN, len(scene.tokens))):
        if _of(scene, here):
            return here + 1 if here > at + 1 else None
        if not _dates(scene, here):
            return None
    return None


def _dates(scene: Scene, at: int) -> bool:
    token, words = scene.tokens[at], scene.language.words
    timed = scene.language.weekdays.of(token) is not None or scene.language.months.of(token) is not None
    place = token.is_word and token.capital and not scene.sentence.capitals
    return (
        timed
        or place
        or token.text.isdecimal()
        or words("not_counts", "units").has(token)
        or words("names", "last").has(token)
    )


def described(scene: Scene, at: int) -> Chunk | None:
    """Somebody behind words that only describe: adjectives, commas between them, an editor's brackets."""
    at = over_brackets(scene, at)
    for here in range(at, min(at + _DESCRIBING + 1, len(scene.tokens))):
        chunk = starting(scene, here)
        if chunk is not None and chunk.first == here:
            owner = scene.tokens[chunk.core - 1].text.endswith(("'s", "’s", "'S", "'", "’"))
            article = scene.language.words("people_words", "determiners").has(scene.tokens[here])
            anew = here > at and (bool(chunk.number) or article)
            return None if owner or chunk.pronoun or anew else chunk
        if not _describes(scene, here, at):
            return None
    return None


def _describes(scene: Scene, here: int, first: int) -> bool:
    token, language = scene.tokens[here], scene.language
    if token.text == ",":
        return here > first
    if here == first and language.words("people_words", "determiners").has(token):
        return True
    plain = token.is_word and not language.stops.has(token) and language.says.of(token) is None
    plain = plain and not language.words("not_counts", "units").has(token)
    return plain and language.harms.of(token) is None and not token.text.endswith(("'s", "’s", "'S"))


def over_brackets(scene: Scene, at: int) -> int:
    if at >= len(scene.tokens) or scene.tokens[at].text != "[":
        return at
    ahead = range(at, min(at + _BRACKET, len(scene.tokens)))
    return next((n + 1 for n in ahead if scene.tokens[n].text == "]"), at)


def surname(scene: Scene, trigger: Trigger, at: int, sure: bool = False) -> Chunk | None:
    """ "THE MURDER OF RIVERO", "WHO MURDERED RIVERO": in capitals one unknown word, where only a person can stand.

    `sure`: who did it stands before the verb, so that its object follows.
    """
    sure = sure or scene.language.words("harm_words", "of_persons").has(scene.tokens[trigger.first])
    if not scene.sentence.capitals or not sure or at >= len(scene.tokens):
        return None
    closed = (
        at + 1 >= len(scene.tokens)
        or not scene.tokens[at + 1].is_word
        or scene.language.stops.has(scene.tokens[at + 1])
    )
    plural = scene.tokens[at].norm.endswith("s")
    return _single(scene, at) if closed and not plural else None


def owner(scene: Scene, trigger: Trigger) -> Chunk | None:
    """ "the priest's murder", "the farmers' deaths", "Rivero's death"; a body or a day owns no murder of its own."""
    at = trigger.first
    if not at or not scene.tokens[at - 1].text.casefold().endswith(("'s", "’s", "s'", "s’", "z'", "z’")):
        return None
    known = adjacent_left(scene, at)
    if known:
        return known
    first = at
    while first > 0 and _named(scene, first - 1):
        first -= 1
    named = name_left(scene, at) if at - first > 1 and (first == 0 or not _named(scene, first - 1)) else []
    named = [one for one in named if one.first >= first]
    alone = scene.language.words("harm_words", "own").has(scene.tokens[trigger.first])
    return named[0] if named else _single(scene, at - 1) if alone and at - first <= 1 else None


def _named(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    return token.is_word and token.capital and not scene.language.stops.has(token) and may_name(token, scene.language)


def _single(scene: Scene, at: int) -> Chunk | None:
    token = scene.tokens[at]
    dated = scene.language.words("not_counts", "units").has(token) or scene.language.days_back.match(scene.tokens, at)
    if (
        not _named(scene, at)
        or dated
        or not tells(token, scene.language, scene.sentence.capitals)
        or len(token.text) < 4
    ):
        return None
    name = token.text.rstrip("'’").removesuffix("'s").removesuffix("’s").removesuffix("'S").removesuffix("’S")
    return Chunk(at, at + 1, at + 1, at, Quantity(name, "exact", 1), Group(name, names=(name,)), single=True)


def adjectival(scene: Scene, trigger: Trigger) -> Chunk | None:
    """ "a wounded soldier", "nine wounded soldiers": the participle stands inside the group that it tells of."""
    for chunk in scene.chunks:
        inside = chunk.first <= trigger.first and trigger.last <= chunk.head
        if inside and not chunk.elliptic and (chunk.number or chunk.single):
            return chunk
    return None


def acts_on(scene: Scene, at: int, left: Chunk | None) -> bool:
    """Whether somebody armed, or "who", stands right before a verb as the one who did it ("gunmen killed Rivero").

    In capitals anybody is: there a name behind a verb of harm is two words at least, and no town of a headline.
    """
    if scene.sentence.headline:
        return False
    who = at > 0 and scene.tokens[at - 1].norm == "who"
    armed = ("armed group", "armed forces", "security forces")
    if scene.sentence.capitals and left is not None and not left.number:
        return True
    return who or (left is not None and not left.number and not left.group.names and left.group.status in armed)
