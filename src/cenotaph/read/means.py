"""How the harm was done: the words of means beside it, and of two the one that says more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.vocabulary import Means

_FAR = 14  # tokens between a harm and the words that say how
_BESIDE = 4  # tokens between an explosion and the word for what exploded


def by_what_means(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The nearest words of means: in the harm word itself, else in the sentence around it."""
    codes = {entry["code"]: entry for entry in page.world.codes("means").get("means", ())}
    return [_with_means(page.scenes[draft.sentence], draft, codes) for draft in drafts]


def _with_means(scene: Scene, draft: Draft, codes: Mapping[str, Mapping[str, Any]]) -> Draft:
    if draft.code not in ("killed", "injured", "injured or killed", "killed or injured", "body recovered"):
        return draft
    found = list(scene.language.means.all(scene.tokens))
    if draft.code == "body recovered":
        found = [one for one in found if _behind_finding(scene, draft, one[1])]
    near = [one for one in found if -_FAR <= one[1] - draft.trigger.last <= _FAR]
    if not near:
        return draft
    nearest = min(near, key=lambda one: (_gap(one, draft), one[1]))
    code, first, last = _narrower(scene, nearest, found, codes.get(nearest[0], {}))
    where = scene.sentence.cut(first, last)
    return draft.having("means", Means(where.of(scene.sentence.source), code, codes[code].get("cause", "")), where)


def _behind_finding(scene: Scene, draft: Draft, at: int) -> bool:
    """ "the bodies were found after air strikes": how they died, where it is said right behind that they were found."""
    near = range(max(draft.trigger.last, at - 2), at)
    return any(scene.language.words("harm_words", "found_after").has(scene.tokens[n]) for n in near)


def _narrower(
    scene: Scene, told: tuple[str, int, int], found: Sequence[tuple[str, int, int]], code: Mapping[str, Any]
) -> tuple[str, int, int]:
    """ "the explosion of a landmine": the word beside an unspecific one that says what it was."""
    reach = _FAR if code.get("kind") == "event" else _BESIDE
    beside = [one for one in found if one[0] in code.get("narrower", ()) and _beside(scene, one, told, reach)]
    return min(beside, key=lambda one: abs(one[1] - told[1]), default=told)


def _beside(scene: Scene, one: tuple[str, int, int], other: tuple[str, int, int], reach: int) -> bool:
    """Whether no sign and only a few words stand between two words of means."""
    first, last = min(one[2], other[2]), max(one[1], other[1])
    return last - first <= reach and all(token.is_word for token in scene.tokens[first:last])


def _gap(found: tuple[str, int, int], draft: Draft) -> int:
    _, first, last = found
    if first < draft.trigger.last and last > draft.trigger.first:
        return 0
    return first - draft.trigger.last + 1 if first >= draft.trigger.last else draft.trigger.first - last + 3
