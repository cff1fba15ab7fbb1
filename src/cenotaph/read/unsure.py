"""Words that alone do not settle a harm ("shot"): read by what the report says of deaths and of wounds around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.people import near_identity


def settled(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Each draft of an unsure word with the harm that its surroundings tell, or with both harms where they don't."""
    dead = Counter[int]()
    for draft in drafts:
        if draft.code == "killed" and not draft.trigger.word.reads:
            dead[draft.sentence] += draft.quantity.base or 0
    return [_owned(page.scenes[draft.sentence], _settled(page, draft, dead)) for draft in drafts]


def _settled(page: Page, draft: Draft, dead: Mapping[int, int]) -> Draft:
    """The sentence and the one behind it are asked first, then the whole report; where both harms are told, or fewer
    deaths than there are people, neither is chosen.
    """
    word = draft.trigger.word
    if not word.reads:
        return draft
    near = page.scenes[draft.sentence : draft.sentence + 2]
    for scenes in (near[:1], near, page.scenes):
        died, alive = any(map(_tells_death, scenes)), any(map(_tells_wounds, scenes))
        most = max(dead.get(scene.number, 0) for scene in scenes)
        if died and not alive and not 0 < most < (draft.quantity.base or 0):
            return replace(draft, assumed=(*draft.assumed, ("harm", word.reads)))
        if alive and not died and word.survived:
            return replace(draft, code="injured", assumed=(*draft.assumed, ("harm", word.survived)))
        if died:
            break
    return replace(draft, code=word.otherwise)


def _tells_death(scene: Scene) -> bool:
    return any(one.word.code == "killed" and not one.word.reads for one in scene.triggers)


def _tells_wounds(scene: Scene) -> bool:
    wounded = any(one.word.code == "injured" for one in scene.triggers)
    return wounded or any(True for _ in scene.says("harm_words", "alive"))


def _owned(scene: Scene, draft: Draft) -> Draft:
    """ "their people" are people of the group named before in the sentence."""
    first = draft.chunk.first
    if draft.group.identity or not scene.language.words("voices", "its").has(scene.tokens[first]):
        return draft
    before = [who for who in (near_identity(scene.tokens, at, scene.language) for at in range(first)) if who]
    group = replace(draft.group, identity=before[-1]) if before else draft.group
    return draft.having("group", group, rule="people of the group named before") if before else draft
