"""Whom a voice accuses in its own words: "holds the army responsible for the killing of 420"."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.ties import id_of
from cenotaph.vocabulary import Party

_LONGEST = 14  # tokens between the two halves of an accusation ("holds ... responsible for")


def accused(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each figure that an accusation governs its accused party, and so the parts of such a figure."""
    out: list[Draft] = []
    for draft in drafts:
        out.append(_accused(page.scenes[draft.sentence], draft, out))
    return out


def _accused(scene: Scene, draft: Draft, earlier: Sequence[Draft]) -> Draft:
    found = _party(scene, draft.trigger.first)
    if found:
        where = scene.sentence.cut(*found)
        sides = (options[0].canonical for options, _, _ in scene.language.sides.all(scene.tokens, *found) if options)
        return draft.having("parties", (Party(where.of(scene.sentence.source), next(sides, "")),), where)
    whole = next((one for one in earlier if draft.whole is not None and id_of(one) == draft.whole), None)
    rests = whole.where("parties") if whole else None
    if whole is None or rests is None:
        return draft
    return draft.having("parties", whole.parties, rests, "accused of the whole it is part of")


def _party(scene: Scene, harm: int) -> tuple[int, int] | None:
    """The words between the two halves of an accusation that stands before a harm."""
    for first, last in scene.says("parties", "accuses", 0, harm):
        closings = [one for one in scene.says("parties", "accused_of", last, harm) if one[0] - last <= _LONGEST]
        if closings and closings[0][0] > last and _can_answer(scene, last, closings[0][0]):
            parted = any(token.text in ".;:" for token in scene.tokens[closings[0][1] : harm])
            if not parted and not _is_refused(scene, first):
                return last, closings[0][0]
    return None


def _can_answer(scene: Scene, first: int, last: int) -> bool:
    """Whether the words name a side, a body or armed people, and not a thing ("held the meeting responsible")."""
    actors, parties = scene.language.words("parties", "actors"), scene.language.words("answers", "parties")
    known = any(actors.has(token) or parties.has(token) for token in scene.tokens[first:last])
    return known or any(True for _ in scene.language.sides.all(scene.tokens, first, last))


def _is_refused(scene: Scene, at: int) -> bool:
    """ "did not hold the army responsible"."""
    negation = scene.language.words("harm_words", "negation")
    return any(negation.has(token) for token in scene.tokens[max(0, at - 3) : at])
