"""Whose harm, where a phrase stands between: "fifteen were victims of a massacre", "the killing by police of a man"."""

from __future__ import annotations

from cenotaph.read.counts import among
from cenotaph.read.neighbours import adjacent_left, list_left, list_right, starting
from cenotaph.read.page import Scene, Trigger
from cenotaph.read.people import Chunk, describe
from cenotaph.vocabulary import Group, Quantity

_DOER = 8  # tokens that who did it may take between a noun of harm and its people


def victims_of(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "Fifteen farmers were the victims of a massacre": those who are said to be its victims, before the verb."""
    determiners = scene.language.words("people_words", "determiners")
    for first, last in scene.says("harm_words", "victims_of", 0, trigger.first):
        if not all(determiners.has(token) for token in scene.tokens[last : trigger.first]):
            continue
        at = first
        while at > 0 and determiners.has(scene.tokens[at - 1]):
            at -= 1
        verb = at
        while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
            at -= 1
        chunk = adjacent_left(scene, at) if at < verb else None
        return list_left(scene, chunk) if chunk and not chunk.pronoun else []
    return []


def behind_doer(scene: Scene, at: int) -> int | None:
    """ "the killing by police of a man": where the people begin behind who did it, one person or a number of them."""
    if at >= len(scene.tokens) or not scene.language.words("parties", "by").has(scene.tokens[at]):
        return None
    for here in range(at + 1, min(at + 1 + _DOER, len(scene.tokens) - 1)):
        token = scene.tokens[here]
        if not token.is_word or scene.language.harms.of(token) or scene.language.says.of(token):
            return None
        told = scene.language.words("harm_words", "of_behind_doer").has(token) and here > at + 1
        chunk = starting(scene, here + 1) if told else None
        counted = any(one.last == here for one in scene.amounts)  # "by one of two guards"
        if chunk and chunk.first == here + 1 and not counted and not chunk.pronoun:
            one_of_many = chunk.single and token.norm != "for"
            if chunk.number or (one_of_many and not chunk.group.names):
                return here + 1
    return None


def caused(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "The blast left casualties": a plural behind a verb of causing or leaving: some, how many is not told."""
    at, words = trigger.first - 1, scene.language.words
    verb = at >= 0 and (
        words("harm_words", "causes").has(scene.tokens[at]) or words("harm_words", "leaves").has(scene.tokens[at])
    )
    plural = scene.tokens[trigger.last - 1].norm.endswith("s")
    if not (verb or _in_headline(scene, trigger)) or not plural or scene.language.table.get("verb_first"):
        return []
    own = scene.sentence.words(trigger.first, trigger.last)
    group = among(scene, trigger) or Group()
    return [Chunk(trigger.first, trigger.last, trigger.last, trigger.first, Quantity(own, "plural"), group)]


def _in_headline(scene: Scene, trigger: Trigger) -> bool:
    """ "Casualties in clashes near Homs": a headline leaves out that there were some."""
    opens = trigger.first == 0 or scene.tokens[trigger.first - 1].norm == "and"
    goes_on = trigger.last < len(scene.tokens) and scene.tokens[trigger.last].norm in ("in", "among", "as", "and")
    return scene.sentence.headline and opens and goes_on and trigger.word.code == "killed or injured"


def with_companion(scene: Scene, trigger: Trigger, found: list[Chunk]) -> list[Chunk]:
    """ "assassinated a priest with his brother": whoever was with somebody killed, and is his or hers."""
    if trigger.word.code != "killed" or trigger.word.reads or len(found) != 1 or not found[0].single:
        return found
    own = range(found[0].core, found[0].last)
    return found + next((one for at in (trigger.last, *own) if (one := _companion(scene, at))), [])


def _companion(scene: Scene, at: int) -> list[Chunk]:
    tokens, words = scene.tokens, scene.language.words
    if at + 2 >= len(tokens) or not words("harm_words", "in_company").has(tokens[at]):
        return []
    noun = (
        scene.language.people.match(tokens, at + 2) if words("people_words", "his_or_her").has(tokens[at + 1]) else None
    )
    if noun is None or noun[0].many or noun[0].collective:
        return []
    first, last = at + 1, at + 2 + noun[1]
    quantity = Quantity(scene.sentence.words(first, last), "exact", 1)
    group = describe(scene.sentence, first, last, noun[0], scene.language)
    return [Chunk(first, last, last, at + 2, quantity, group, single=True)]


def another(scene: Scene, at: int) -> list[Chunk]:
    """ "shot a guard and killed another": somebody else, of whom no more is said."""
    if at >= len(scene.tokens) or not scene.language.words("people_words", "somebody_else").has(scene.tokens[at]):
        return []
    following = scene.tokens[at + 1] if at + 1 < len(scene.tokens) else None
    if following is not None and following.is_word and not scene.language.stops.has(following):
        return []
    words = scene.sentence.words(at, at + 1)
    return [Chunk(at, at + 1, at + 1, at, Quantity(words, "exact", 1), Group(), single=True)]


def owners(scene: Scene, trigger: Trigger) -> tuple[int, list[Chunk]] | None:
    """ "the number of farmers (who were) killed": where "number" stands, and the uncounted people it is of."""
    if trigger.word.takes not in ("undergo", "befall"):
        return None
    for first, last in scene.says("harm_words", "number_of", 0, trigger.first):
        chunk = starting(scene, last)
        if chunk is None or chunk.number or chunk.pronoun:
            continue
        people = list_right(scene, chunk)
        end = max(one.core for one in people)
        between = scene.tokens[end : trigger.first] if end <= trigger.first else None
        auxiliaries, relative = scene.language.words("harm_words", "auxiliaries"), ("who", "that")
        if between is not None and all(one.norm in relative or auxiliaries.has(one) for one in between):
            return first, people
    return None


def risen(scene: Scene, trigger: Trigger) -> Chunk | None:
    """ "raising to 31 the number of farmers who were killed": a toll whose figure stands before it."""
    found = owners(scene, trigger)
    if found is None:
        return None
    at, people = found
    while at > 0 and scene.language.words("people_words", "determiners").has(scene.tokens[at - 1]):
        at -= 1
    to = next((one for one in scene.amounts if one.last == at and one.first), None)
    if to is None or scene.tokens[to.first - 1].norm != "to":
        return None
    group = describe(scene.sentence, people[0].first, people[-1].core, None, scene.language)
    number = to.first, to.last
    return Chunk(to.first, to.last, to.last, to.number, to.quantity, group, number, elliptic=True)
