"""Why somebody was harmed: a killing that is only the ground of another ("shot a man on charges of killing two")."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.page import Draft, Page, Scene

_FAR = 8  # tokens between the words for a ground and the harm that they name


def grounded(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Killings told as a charge or a grievance beside one that is news: background, not by its doer."""
    return [_as_ground(page.scenes[draft.sentence], draft, drafts) for draft in drafts]


def _as_ground(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    told = _ground(scene, draft)
    if told is None or draft.reach != "event":
        return draft
    news = [one for one in drafts if one.sentence == draft.sentence and one.code == draft.code and one != draft]
    if not any(one.trigger.last <= told[0] for one in news if _ground(scene, one) is None):
        return draft
    draft = draft.having("reach", "background", scene.sentence.cut(*told))
    return draft.having("parties", ()) if draft.parties and draft.active else draft


def _ground(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    """The words that make a harm a ground, close before it and with no sign of a new clause between."""
    for first, last in scene.says("harm_words", "grounds", 0, draft.trigger.first + 1):
        between = scene.tokens[last : draft.trigger.first]
        if draft.trigger.first - last <= _FAR and not any(token.text in ".,;:…" for token in between):
            return first, last
    return None
