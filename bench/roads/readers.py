"""Three readers that differ in one step: whose harm a harm word tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from bench.adapter import Reading
from bench.reading import each
from bench.roads.parse import Tree, people_of, trees
from cenotaph.read import STEPS, VERSION
from cenotaph.read.answers import answers
from cenotaph.read.claims import claims_of
from cenotaph.read.first_pass import first_look, may_tell_harm, with_people, with_places
from cenotaph.read.harms import harmed
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Coder, Report, World

Step = Callable[[Page, list[Draft]], list[Draft]]
FAR = 3  # tokens between a harm word and its people from which on the cascade counts as unsure


def cascade(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The first road: the reader's own step."""
    return harmed(page, drafts)


def parse(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The second road: every sentence with a harm word is parsed. Things (houses, services) stay the cascade's."""
    candidates = [scene.number for scene in page.scenes if any(not one.word.objects for one in scene.triggers)]
    parsed = trees(page, candidates)
    theirs = [one for one in harmed(page, drafts) if one.trigger.word.objects]
    found = [one for number in candidates for one in _of_sentence(page.scenes[number], parsed[number])]
    return sorted([*theirs, *found], key=lambda one: (one.sentence, one.trigger.first))


def _of_sentence(scene: Scene, tree: Tree) -> list[Draft]:
    out: list[Draft] = []
    for trigger in scene.triggers:
        found = [] if trigger.word.objects else people_of(tree, trigger)
        out += [one for one in _drafts(scene, trigger, found) if not any(_same(one, other) for other in out)]
    return out


def mix(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The cascade proposes; a sentence is parsed only where it found nobody for a harm word, or is unsure of whom."""
    proposed = harmed(page, drafts)
    asked = [
        (
            scene,
            trigger,
            [one for one in proposed if one.sentence == scene.number and one.trigger.first == trigger.first],
        )
        for scene in page.scenes
        for trigger in scene.triggers
        if not trigger.word.objects
    ]
    asked = [(scene, trigger, own) for scene, trigger, own in asked if not own or any(map(_unsure, own))]
    parsed = trees(page, sorted({scene.number for scene, _, _ in asked}))
    out = list(proposed)
    for scene, trigger, own in asked:
        found = _drafts(scene, trigger, people_of(parsed[scene.number], trigger))
        others = [one for one in out if one.sentence == scene.number and one not in own]
        found = [one for one in found if not any(_same(one, other) for other in others)]
        if found:
            out = [*(one for one in out if one not in own), *found]
    return sorted(out, key=lambda one: (one.sentence, one.trigger.first))


def _unsure(draft: Draft) -> bool:
    """Whether the cascade's people stand far off, or are nobody in particular."""
    chunk, trigger = draft.chunk, draft.trigger
    gap = trigger.first - chunk.last if chunk.last <= trigger.first else chunk.first - trigger.last
    return gap >= FAR or chunk.pronoun or (chunk.weak and not chunk.group.names)


def _drafts(scene: Scene, trigger: Trigger, found: Sequence[Chunk]) -> list[Draft]:
    acts = trigger.word.takes not in ("total", "counted", "counted_two", "state", "befall")
    active = trigger.word.takes == "act" or (acts and any(chunk.first >= trigger.last for chunk in found))
    return [Draft.begin(scene.number, trigger, chunk, active) for chunk in found]


def _same(one: Draft, other: Draft) -> bool:
    if one.code != other.code:
        return False
    numbered = one.chunk.number and one.chunk.number == other.chunk.number
    return bool(numbered) or (one.chunk.first, one.chunk.last) == (other.chunk.first, other.chunk.last)


ROADS: dict[str, Step] = {"cascade": cascade, "parse": parse, "mix": mix}


def reading(step: Step, report: Report, world: World) -> Reading:
    """What `cenotaph.read.read` does, with another first step."""
    drafts: list[Draft] = []
    page = first_look(report, world)
    if may_tell_harm(page):
        page = with_people(page)
        drafts = step(page, [])
    if drafts:
        page = with_places(page)
        for later in STEPS[1:]:
            drafts = later(page, drafts)
    coder = Coder("rules", "roads", VERSION)
    claims = claims_of(page, drafts, coder)
    return report, claims, answers(page, drafts, [claim.id for claim in claims], coder)


def reader(road: str) -> Callable[[Sequence[Report], tuple[str, ...], int], Iterable[Reading]]:
    """A reader for the adapters, by the name of its road."""

    def readings(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterable[Reading]:
        return each(partial(reading, ROADS[road]), reports, countries, jobs)

    return readings
