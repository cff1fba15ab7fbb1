"""Names in capitals that only their list shows to be names: "JUDGE ANA RUIZ AND RAMI AZIZ", "A RUIZ AND R AZIZ WERE
SHOT". Where every word is in capitals, two unknown words are a person only beside somebody who is surely one.
"""

from __future__ import annotations

from dataclasses import replace

from cenotaph.read.capitals import may_name
from cenotaph.read.grammar import is_a
from cenotaph.read.page import Scene
from cenotaph.read.people import Chunk
from cenotaph.read.persons import named

_LONGEST = 4  # words of a name in a list, small ones among them


def name_from(scene: Scene, at: int) -> Chunk | None:
    """The further name of a list whose last name ends here: behind "and", or behind a comma where the list goes on."""
    if not scene.sentence.capitals:
        return None
    at = _over_age(scene, at)
    first, joined = at, False
    while first < len(scene.tokens) and _joins(scene, first):
        joined = joined or scene.tokens[first].norm == "and"
        first += 1
    if first == at:
        return None
    if first < len(scene.tokens) and scene.language.is_age(scene.tokens[first]):
        first += 1  # "30-YEAR-OLD RAMI AZIZ"
    chunk = name_at(scene, first)
    goes_on = chunk is not None and chunk.last < len(scene.tokens) and _joins(scene, chunk.last)
    return chunk if joined or goes_on else None


def name_at(scene: Scene, first: int) -> Chunk | None:
    """The name that begins at a token and ends at a sign, a word of grammar or of harm; None in mixed letters."""
    if not scene.sentence.capitals:
        return None
    last = first
    while last < len(scene.tokens) and last - first <= _LONGEST and may_name(scene.tokens[last], scene.language):
        last += 1
    return _person(scene, first, last) if _ends(scene, last) else None


def name_to(scene: Scene, at: int, listed: bool) -> Chunk | None:
    """The earlier name of a list whose next name begins here; `listed`: an "and" stands further on in the list."""
    if not scene.sentence.capitals:
        return None
    last, joined = at, listed
    while last > 0 and _joins(scene, last - 1):
        joined = joined or scene.tokens[last - 1].norm == "and"
        last -= 1
    if last == at or not joined:
        return None
    aged = last > 1 and scene.tokens[last - 1].text.isdecimal() and scene.tokens[last - 2].text == ","
    last -= 2 if aged else 0
    return _back_from(scene, last)


def told_of(scene: Scene, chunk: Chunk) -> list[Chunk]:
    """ "ANA RUIZ, DIRECTOR OF THE INSTITUTE, WAS KILLED", "A RUIZ AND R AZIZ, MEMBERS OF A UNION, WERE SHOT": those
    named before the comma, of whom the group behind it tells; nobody where it tells of none.
    """
    at = chunk.first - 1
    bare = not chunk.number and not chunk.group.names and not chunk.pronoun
    if not scene.sentence.capitals or not bare or at < 2 or scene.tokens[at].text != ",":
        return []
    person = _back_from(scene, at)
    if person is None:
        return []
    found = [person]
    while not chunk.single and (before := name_to(scene, found[0].first, len(found) > 1)):
        found.insert(0, before)
    if len(found) == 1 and not chunk.single:
        return []
    own = [replace(one, group=replace(chunk.group, words=one.group.words, names=one.group.names)) for one in found]
    return [*own[:-1], replace(own[-1], last=chunk.last)]


def _back_from(scene: Scene, last: int) -> Chunk | None:
    first = last
    while first > 0 and last - first <= _LONGEST and may_name(scene.tokens[first - 1], scene.language):
        first -= 1
    return _person(scene, first, last) if _opens(scene, first) else None


def _joins(scene: Scene, at: int) -> bool:
    return scene.tokens[at].text in ",;&" or scene.tokens[at].norm == "and"


def _over_age(scene: Scene, at: int) -> int:
    aged = at + 1 < len(scene.tokens) and scene.tokens[at].text == "," and scene.tokens[at + 1].text.isdecimal()
    return at + 2 if aged else at


def _opens(scene: Scene, first: int) -> bool:
    """Whether a name may begin here: behind a sign or a word of grammar, but none that a place stands behind."""
    if first == 0 or not scene.tokens[first - 1].is_word:
        return True
    return scene.language.stops.has(scene.tokens[first - 1]) and not is_a(scene, first - 1, "prepositions")


def _ends(scene: Scene, at: int) -> bool:
    if at >= len(scene.tokens) or not scene.tokens[at].is_word or scene.language.stops.has(scene.tokens[at]):
        return True
    return scene.language.harms.of(scene.tokens[at]) is not None


def _person(scene: Scene, first: int, last: int) -> Chunk | None:
    if not 2 <= last - first <= _LONGEST or scene.language.countries.match(scene.tokens, first):
        return None
    return named(scene.sentence, first, last, scene.language)
