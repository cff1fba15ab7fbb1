"""A report of one site: figures that name no place are of it, unless their words are of something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.read.page import Draft, Mention, Page, Scene
from cenotaph.read.periods import of_statement
from cenotaph.vocabulary import Place, Span

ONE_SITE = "the one site that its report tells of"
_BACK = 6  # tokens between "before" and the place of what was before it


def at_the_one_site(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Figures without a place and without days of their own that follow on the one site of their report.

    Not parts, which have what their whole has, nor running totals, nor what a sentence says was elsewhere.
    """
    told = list(_told(page))
    if len({one.site.name for _, one in told if one.site}) != 1:
        return list(drafts)
    scene, first = told[0]
    place = first.site
    assert place is not None, "only sites are told of"
    where = scene.sentence.cut(first.first, first.last)
    return [_there(page, draft, scene.number, place, where) for draft in drafts]


def _told(page: Page) -> Iterator[tuple[Scene, Mention]]:
    for scene in page.scenes:
        yield from ((scene, one) for one in scene.mentions if one.site and one.located)


def _there(page: Page, draft: Draft, number: int, place: Place, where: Span) -> Draft:
    scene = page.scenes[draft.sentence]
    if draft.place is not None or draft.tie in ("part", "overlay") or draft.sentence <= number:
        return draft
    if any(scene.says("sites", "elsewhere")) or any(one.located for one in scene.mentions if one.entry or one.site):
        return draft
    if any(scene.says("days", "own_war")) or not all(of_statement(scene, day) for day in scene.days(page.today)):
        return draft
    return draft.having("place", place, where, ONE_SITE) if draft.chunk.number else draft


def of_another_event(scene: Scene, mention: Mention) -> bool:
    """ "killed before the explosion at ...": the place of what happened otherwise."""
    return any(0 <= mention.first - last <= _BACK for _, last in scene.says("sites", "before", 0, mention.first))


def is_there(scene: Scene, draft: Draft) -> bool:
    """ "471 killed in it", "six killed there": at what was just named."""
    last = max(draft.trigger.last, draft.chunk.last)
    return any(first == last for first, _ in scene.says("sites", "there", last))
