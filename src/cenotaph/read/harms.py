"""What harm, and whose: each harm word of a sentence with the people (or things) that its construction takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.constructions import people_of
from cenotaph.read.counts import among
from cenotaph.read.language import HarmWord, Language
from cenotaph.read.neighbours import adjacent_left
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.text import Sentence
from cenotaph.read.things import around, things
from cenotaph.read.told_by import owners, risen
from cenotaph.read.wounds import completed, spanned


def triggers(sentence: Sentence, language: Language) -> tuple[Trigger, ...]:
    """The harm words of a sentence; phrases that only look like harm ("claimed responsibility") hide what they hold."""
    hidden = {
        at
        for _, first, last in language.words("harm_words", "not_harm").all(sentence.tokens)
        for at in range(first, last)
    }
    found, at = [], 0
    while at < len(sentence.tokens):
        match = spanned(sentence, at, language) or completed(sentence, at, language)
        plain = None if at in hidden else language.harms.match(sentence.tokens, at)
        match = plain if plain and (match is None or plain[1] > match[1]) else match
        said = match and not _not_by_violence(sentence, at, match[0], language) and not _is_noun(sentence, at, language)
        found += [Trigger(at, at + match[1], match[0])] if match and said else []
        at += match[1] if match else 1
    return tuple(found)


def _is_noun(sentence: Sentence, at: int, language: Language) -> bool:
    """ "deux cents détenus": a participle that is a noun as well, unless an auxiliary or its people stand before it."""
    if not language.words("harm_words", "nouns_too").has(sentence.tokens[at]):
        return False
    before = sentence.tokens[at - 1] if at else None
    verb = before is not None and (
        language.words("harm_words", "auxiliaries").has(before) or language.people.of(before) is not None
    )
    return not verb and not (before is not None and language.words("harm_words", "shares").has(before))


def _not_by_violence(sentence: Sentence, at: int, word: HarmWord, language: Language) -> bool:
    """ "أصيب ... بالإنفلونزا": the verb for being wounded, said of an illness or a disappointment."""
    illness, idle = (language.words("harm_words", key) for key in ("illness", "kills_no_one"))
    if word.code == "killed" and idle.table:  # "يقتل الشبان الوقت"
        return any(idle.has(token) for token in sentence.tokens[at : at + 4])
    return word.code == "injured" and any(illness.has(token) for token in sentence.tokens[at : at + 9])


def harmed(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Each trigger with its people; of two triggers on the same people and harm, one."""
    for scene in page.scenes:
        here: list[Draft] = []
        for trigger in scene.triggers:
            here += [draft for draft in _of_trigger(scene, trigger, here) if not any(_same(draft, one) for one in here)]
        here = [one for one in here if not _only_named(scene, one, here) and not _counted_so(one, here)]
        drafts += [*here, *around(scene)]
    return [_of_pronoun(page, draft, drafts) for draft in drafts]


def _only_named(scene: Scene, draft: Draft, here: Sequence[Draft]) -> bool:
    """ "Two men died in a double homicide": the act only named, in a sentence that tells of its victims."""
    return _act(scene, draft) and any(_shares(draft.code, one.code) and not _act(scene, one) for one in here)


def _counted_so(draft: Draft, here: Sequence[Draft]) -> bool:
    """ "The toll rose to 80 dead and wounded": the words behind the number say of what the toll is."""
    if draft.trigger.word.takes != "total" or not draft.chunk.number:
        return False
    return any(one.chunk.number == draft.chunk.number and one.trigger.first > draft.trigger.first for one in here)


def _act(scene: Scene, draft: Draft) -> bool:
    first = scene.tokens[draft.chunk.first]
    counted = scene.language.multiples.of(first) is not None and draft.chunk.first < draft.trigger.first
    return counted or draft.trigger.word.takes == "act_of_two"


def _shares(one: str, other: str) -> bool:
    return bool(set(one.split(" or ")) & set(other.split(" or ")))


def _of_pronoun(page: Page, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Things that are only "them" are those of the harm before ("looted several houses and set them on fire")."""
    if not draft.trigger.word.objects or draft.quantity.unit not in ("it", "them"):
        return draft
    before = [
        one
        for one in drafts
        if one.sentence == draft.sentence and one.trigger.first < draft.trigger.first and one.trigger.word.objects
    ]
    if not before:
        return draft
    return draft.having(
        "quantity",
        before[-1].quantity,
        page.scenes[draft.sentence].sentence.cut(draft.chunk.first, draft.chunk.last),
        "things of the harm before",
    )


def _same(a: Draft, b: Draft) -> bool:
    if a.chunk.number and a.chunk.number == b.chunk.number:
        return a.code == b.code
    return a.code == b.code and a.chunk.first == b.chunk.first and a.chunk.last == b.chunk.last


def _of_trigger(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Draft]:
    """The claims of one harm word: things where its list names objects, people otherwise."""
    if trigger.word.takes == "undergo" and scene.language.table.get("verb_first") and _has_article(scene, trigger):
        trigger = replace(trigger, word=replace(trigger.word, takes="name"))  # "القتل": no verb has an article
    raised = risen(scene, trigger)
    if raised or _is_number_of(scene, trigger):
        trigger = replace(trigger, word=replace(trigger.word, takes="total"))
    elif _is_owned(scene, trigger):
        trigger = replace(trigger, word=replace(trigger.word, takes="name"))
    word = trigger.word
    found = things(scene, trigger) if word.objects else [raised] if raised else people_of(scene, trigger, earlier)
    found = [_with_ranks(scene, trigger, chunk) for chunk in found]
    acts = word.takes not in ("total", "counted", "counted_two", "state", "befall")
    active = word.takes == "act" or (acts and any(chunk.first >= trigger.last for chunk in found))
    return [Draft.begin(scene.number, trigger, chunk, active) for chunk in found]


def _has_article(scene: Scene, trigger: Trigger) -> bool:
    return scene.tokens[trigger.first].norm.lstrip("وفبك").startswith("ال")


def _is_owned(scene: Scene, trigger: Trigger) -> bool:
    """ "Ana Ruiz's arrest", "the killing": a word that is noun and verb is a noun behind an owner or an article."""
    owner = scene.tokens[trigger.first - 1] if trigger.first else None
    owned = owner is not None and owner.is_word and owner.text.endswith(("'s", "’s", "s'", "s’"))
    article = owner is not None and scene.language.words("people_words", "definite").has(owner)
    article = article and not _is_relative(scene, trigger.first - 1)
    many = owned and trigger.word.takes == "counted"  # "the farmers' deaths"
    return ((owned or article) and trigger.word.takes == "act" and not trigger.word.objects) or many


def _is_relative(scene: Scene, at: int) -> bool:
    """ "a bomb that kills a guard": "that" behind a noun is no article."""
    tokens = scene.tokens
    noun = at > 0 and tokens[at - 1].is_word and not scene.language.stops.has(tokens[at - 1])
    return noun and tokens[at].norm == "that" and scene.language.says.of(tokens[at - 1]) is None


def _is_number_of(scene: Scene, trigger: Trigger) -> bool:
    """ "the number of farmers killed in Homs": a toll, whose figure follows."""
    owner = adjacent_left(scene, trigger.first) if trigger.word.takes == "undergo" else None
    if owner is None or owner.number:
        return owners(scene, trigger) is not None
    return any(0 <= owner.first - last <= 1 for _, last in scene.says("harm_words", "number_of", 0, owner.first))


def _with_ranks(scene: Scene, trigger: Trigger, chunk: Chunk) -> Chunk:
    """ "90 killed from the ranks of the army": the group of a bare number may follow the harm word."""
    if chunk.group.words or not chunk.elliptic:
        return chunk
    group = among(scene, trigger)
    return replace(chunk, group=group) if group else chunk
