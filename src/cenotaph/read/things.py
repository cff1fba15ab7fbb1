"""Houses looted, services cut: the things that a harm word takes instead of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cenotaph.read.constructions import is_passive
from cenotaph.read.language import HarmWord
from cenotaph.read.page import Draft, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Group, Quantity


def things(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Houses looted, services cut: the object nearest to the word, as its voice of the verb asks."""
    takes = trigger.word.takes
    if takes in ("act", "without", "name") or (takes == "undergo" and not is_passive(scene, trigger)):
        found = _thing_right(scene, trigger)
        if found or takes != "undergo":
            return found
    return _thing_left(scene, trigger)


def _thing_right(scene: Scene, trigger: Trigger) -> list[Chunk]:
    at = trigger.last + (1 if trigger.last < len(scene.tokens) and scene.tokens[trigger.last].norm == "of" else 0)
    for noun in range(at, min(at + 6, len(scene.tokens))):
        if scene.tokens[noun].norm in trigger.word.objects:
            return _tied_things(scene, trigger, at, noun)
        if (
            scene.language.stops.has(scene.tokens[noun])
            and not scene.language.words("people_words", "determiners").has(scene.tokens[noun])
            and not any(one.first <= noun < one.last for one in scene.amounts)
        ):
            break
    return []


def _thing_left(scene: Scene, trigger: Trigger) -> list[Chunk]:
    for noun in range(trigger.first - 1, max(-1, trigger.first - 12), -1):
        if scene.tokens[noun].norm in trigger.word.objects:
            return _tied_things(scene, trigger, _thing_start(scene, noun, trigger), noun)
        if scene.tokens[noun].text in ";." or scene.language.says.of(scene.tokens[noun]):
            break
    return []


def _thing_start(scene: Scene, noun: int, trigger: Trigger) -> int:
    at = noun
    while at > 0 and _part_of_thing(scene, at - 1, trigger):
        at -= 1
    return at


def _part_of_thing(scene: Scene, at: int, trigger: Trigger) -> bool:
    token = scene.tokens[at]
    if any(one.first <= at < one.last for one in scene.amounts) or token.norm in trigger.word.objects:
        return True
    if token.norm in ("and", "of", "the", "a", "their") and at > 0:
        return scene.tokens[at - 1].norm in trigger.word.objects or any(one.last == at for one in scene.amounts)
    return scene.language.words("people_words", "modifiers").has(token) or token.norm == "drinking"


def _tied_things(scene: Scene, trigger: Trigger, first: int, noun: int) -> list[Chunk]:
    last = noun + 1
    while (
        last + 1 < len(scene.tokens)
        and scene.tokens[last].norm in ("and", "or", ",")
        and scene.tokens[last + 1].norm in trigger.word.objects
    ):
        last += 2
    amount = next((one for one in scene.amounts if first <= one.first and one.last <= noun), None)
    start = amount.last if amount else first
    unit = scene.sentence.words(max(start, _unit_start(scene, start, noun, trigger)), last)
    quantity = replace(amount.quantity, unit=unit) if amount else Quantity(unit=unit)
    number = (amount.first, amount.last) if amount else None
    return [Chunk(amount.first if amount else start, last, last, noun, quantity, Group(), number)]


def _unit_start(scene: Scene, first: int, noun: int, trigger: Trigger) -> int:
    while first < noun and scene.language.stops.has(scene.tokens[first]):
        first += 1
    return first


def around(scene: Scene) -> Iterator[Draft]:
    """Verbs that close around their object: "set them on fire"."""
    norms = [token.norm for token in scene.tokens]
    for code, _first, opening, closing, objects in scene.language.brackets:
        for at in [at for at, norm in enumerate(norms) if norm == opening] if opening in norms else ():
            for end in range(at + 2, min(at + 8, len(scene.tokens))):
                found = closing.match(scene.tokens, end)
                if found and any(scene.tokens[noun].norm in objects for noun in range(at + 1, end)):
                    word = HarmWord(code, "act", objects)
                    trigger = Trigger(at, at + 1, word)
                    for chunk in _thing_right(scene, trigger):
                        yield Draft.begin(scene.number, replace(trigger, last=end + found[1]), chunk, True)
