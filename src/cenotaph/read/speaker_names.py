"""The name of a speaker among the words of a noun phrase: a person's, or a body's that no list knows."""

from __future__ import annotations

from cenotaph.read.grammar import contraction, is_adverb, is_finite, is_owner
from cenotaph.read.page import Scene


def name_in(scene: Scene, first: int, last: int) -> str:
    """The longest run of two or more capitalised words that are no office, place or function word."""
    best: tuple[int, int] = (0, 0)
    at = first
    while at < last:
        end = at
        while end < last and _is_name_word(scene, end) and not (end > at and is_owner(scene, end - 1)):
            end += 1
        owns = end > at and end < last and is_owner(scene, end - 1)
        if end - at >= 2 and end - at > best[1] - best[0] and not owns and not _named_body(scene, at, end):
            best = (at, end)
        at = max(end, at + 1)
    return scene.sentence.words(*best) if best[1] else ""


def _is_name_word(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if not (token.is_word and token.capital) or scene.language.stops.has(token) or contraction(scene, at):
        return False
    if scene.sentence.capitals and (is_adverb(scene, at) or is_finite(scene, at)):
        return False
    office = scene.language.words("voices", "persons").has(token) or scene.language.words("people_words", "titles").has(
        token
    )
    return not office and not any(one.first <= at < one.last for one in scene.mentions)


def apposed_name(scene: Scene, at: int) -> str:
    """The name that stands in commas behind a description, before a word of saying: "a survivor, N. N., said"."""
    tokens = scene.tokens
    end = next((n for n in range(at + 1, min(len(tokens) - 1, at + 7)) if tokens[n].text == ","), None)
    if end is None or tokens[at].text != "," or not scene.language.words("voices", "says").has(tokens[end + 1]):
        return ""
    return name_in(scene, at + 1, end)


def single_name(scene: Scene, first: int, last: int) -> str:
    """One capitalised word alone before a word of saying, when it is nothing else that is known."""
    words = [at for at in range(first, last) if scene.tokens[at].is_word]
    if len(words) != 1 or not _is_name_word(scene, words[0]) or scene.sentence.capitals:
        return ""
    token = scene.tokens[words[0]]
    language = scene.language
    known = (
        language.people.of(token)
        or language.identities.of(token)
        or language.months.of(token)
        or language.numbers.of(token)
    )
    return "" if known or language.weekdays.of(token) is not None or language.adjectives.of(token) else token.text


def _named_body(scene: Scene, first: int, last: int) -> bool:
    """Whether capitalised words are a body's name by one of its nouns: "Coastal Relief Network"."""
    nouns = scene.language.words("voices", "body_nouns")
    return not scene.sentence.capitals and any(nouns.has(one) and one.capital for one in scene.tokens[first:last])


def body_name(scene: Scene, first: int, last: int) -> tuple[int, int] | None:
    """Capitalised words around a noun for bodies, or behind an article that no person's name takes, with "of", "for"
    and "and" between them.
    """
    nouns = scene.language.words("voices", "body_nouns")
    at = next((n for n in range(first, last) if nouns.has(scene.tokens[n]) and scene.tokens[n].capital), None)
    if at is None:
        at = _behind_article(scene, first, last)
    if at is None:
        return None
    start, end = at, at + 1
    while start > first and scene.tokens[start - 1].capital and not scene.language.stops.has(scene.tokens[start - 1]):
        start -= 1
    while end < last and (scene.tokens[end].capital or (end + 1 < last and _links(scene, end))):
        end += 1
    return (start, end) if end - start > 1 else None


def _behind_article(scene: Scene, first: int, last: int) -> int | None:
    """Where a name of two words or more begins, as in "the Coastal Record House"; None where a word of it says that
    people are meant: an office, a title, kin ("the Example Family"), where somebody comes from ("the Syrian A. B.").
    """
    words, tokens = scene.language.words, scene.tokens
    articles, kin = words("voices", "article"), ("relatives", "victims", "witnesses", "persons", "officials")
    people = (*(words("voices", key) for key in kin), words("people_words", "titles"))
    told = (one.has(token) for one in people for token in tokens[first:last])
    if scene.sentence.capitals or any(told) or any(scene.language.people.of(one) for one in tokens[first:last]):
        return None
    for at in range(first + 1, last - 1):
        if articles.has(tokens[at - 1]) and tokens[at].capital and tokens[at + 1].capital:
            origin = scene.language.identities.of(tokens[at]) or scene.language.adjectives.of(tokens[at])
            return None if origin else at
    return None


def _links(scene: Scene, at: int) -> bool:
    return scene.tokens[at].norm in ("of", "for", "and", "on") and scene.tokens[at + 1].capital
