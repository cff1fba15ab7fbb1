"""Who says it: the chain from the outlet to the root of a figure and its informants, the day of saying, the stance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.accusations import accused
from cenotaph.read.cues import Attribution, attributions
from cenotaph.read.days import Day
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.passed_on import passed_on
from cenotaph.read.periods import of_statement
from cenotaph.read.revisions import day_of_older
from cenotaph.read.ties import id_of
from cenotaph.vocabulary import Span, Stance, Voice


def told(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each draft its voices, the day of the statement, the stance that the words of saying carry, and whom they
    accuse.
    """
    by_scene = attributions(page) if drafts else []
    outlet = outlet_of(page)
    out: list[Draft] = []
    for draft in drafts:
        scene = page.scenes[draft.sentence]
        if any(_speaks(scene, draft, one) for one in by_scene[draft.sentence]):
            continue
        found = _nearest(by_scene[draft.sentence], draft, _place(scene, draft))
        out.append(_told(page, scene, draft, found, outlet, out, by_scene))
    return passed_on(page, accused(page, _of_own_root(out)), by_scene)


def _of_own_root(drafts: list[Draft]) -> list[Draft]:
    """A figure replaces only what its own root had said; another's is a figure beside it."""
    roots = {id_of(one): next((_bare(v.known_as) for v in one.voices if v.root), "") for one in drafts}
    old = {id_of(one) for one in drafts if one.old}  # told in the very words that replace it ("up from 80")
    out = []
    for one in drafts:
        theirs = (
            roots.get(one.whole) if one.tie == "replaces" and one.whole is not None and one.whole not in old else None
        )
        others = theirs is not None and theirs != roots[id_of(one)]
        out.append(replace(one, tie="", whole=None) if others else one)
    return out


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _speaks(scene: Scene, draft: Draft, found: Attribution) -> bool:
    """Whether the one taken for harmed is the speaker: "... the killing of 11, its director N. said"."""
    harmed = scene.sentence.cut(draft.chunk.first, draft.chunk.last)
    harm = scene.tokens[draft.trigger.first].start
    within = found.source.start <= harmed.start and harmed.end <= found.source.end
    return within and found.scene == scene.number and harm < found.source.start and draft.chunk.single


def outlet_of(page: Page) -> Voice:
    return Voice(page.report.outlet or "the outlet", canonical=page.report.outlet, kind="outlet", root=True)


def _told(
    page: Page,
    scene: Scene,
    draft: Draft,
    found: Attribution | None,
    outlet: Voice,
    earlier: Sequence[Draft],
    by_scene: Sequence[Sequence[Attribution]],
) -> Draft:
    rule = ""
    if found is None:
        found, rule = _carried(page, scene, draft, earlier, by_scene)
    before = _mate(page, scene, draft, earlier, by_scene) if found is None else None
    if before is not None:
        draft = draft.having("voices", before.voices, rule="voice of the sentence before")
        if before.said and id_of(before) == draft.whole:
            draft = draft.having("said", before.said, rule="voice of the whole it is part of")
        return draft.having("stance", _stance(scene, draft, None))
    if found is None:
        draft = draft.having("voices", (outlet,))
        return draft.having("stance", _stance(scene, draft, None))
    draft = draft.having("voices", found.voices(outlet), found.source, rule)
    said = _said_before(page, scene, draft) if draft.old else _said(page, page.scenes[found.scene], found)
    if said:
        draft = draft.having("said", said[0], said[1], rule or page.day_rule)
    elif not draft.old and (ahead := _spoken_on(page, scene, found, by_scene)):
        draft = draft.having("said", *ahead, rule="day of the statement that it goes on with")
    return draft.having("stance", _stance(page.scenes[draft.sentence], draft, found))


def _nearest(found: Sequence[Attribution], draft: Draft, where: int) -> Attribution | None:
    """The cue that governs a figure: the last one before it, else the first one after it."""
    at = draft.chunk.first
    found = [one for one in found if one.governs(where)]
    before = [one for one in found if one.first <= at]
    return before[-1] if before else found[0] if found else None


def _place(scene: Scene, draft: Draft) -> int:
    """Where in the text a figure stands."""
    return scene.tokens[draft.chunk.first].start


def _carried(
    page: Page, scene: Scene, draft: Draft, earlier: Sequence[Draft], by_scene: Sequence[Sequence[Attribution]]
) -> tuple[Attribution | None, str]:
    """A sentence without a cue goes on with the voice of the one before when it is a part of its figure or the same
    speech.
    """
    at = _place(scene, draft)
    quoting = next((one for line in by_scene for one in line if one.content and one.governs(at)), None)
    if quoting:
        return quoting, "voice of the quotation it stands in"
    held = next((one for one in earlier if draft.whole is not None and id_of(one) == draft.whole), None)
    own = _nearest(by_scene[held.sentence], held, _place(page.scenes[held.sentence], held)) if held else None
    if own is not None and not own.content:
        return own, "voice of the whole it is part of"
    whole = _lasting(by_scene, draft.whole // 10_000) if draft.whole is not None else []
    if whole:
        return whole[-1], "voice of the whole it is part of"
    back = draft.sentence - 1
    if back < 0 or page.scenes[back].sentence.headline:
        return None, ""
    same = page.scenes[back].sentence.paragraph == scene.sentence.paragraph
    quoted = _in_quotation(scene)
    before, following = _lasting(by_scene, back), _lasting(by_scene, draft.sentence + 1)
    if before and (same or quoted):
        return before[-1], "voice of the sentence before"
    return (following[0], "voice of the quotation it stands in") if quoted and following else (None, "")


def _lasting(by_scene: Sequence[Sequence[Attribution]], number: int) -> list[Attribution]:
    """The cues of a sentence that may hold for the next one too."""
    return [one for one in by_scene[number] if not one.content] if number < len(by_scene) else []


def _mate(
    page: Page, scene: Scene, draft: Draft, earlier: Sequence[Draft], by_scene: Sequence[Sequence[Attribution]]
) -> Draft | None:
    """The draft before this one in its paragraph, or the whole it is part of, whose voice it goes on with; not one that
    stands in a content, which ends where that does.
    """
    if draft.whole is not None:
        return next((one for one in reversed(earlier) if id_of(one) == draft.whole), None)
    bound = {one.source for line in by_scene for one in line if one.content}
    near = [one for one in earlier if 0 < scene.number - one.sentence <= 3 and one.where("voices") not in bound]
    goes_on = scene.language.words("parts", "goes_on").match(scene.tokens, 0) is not None
    if not goes_on:
        near = [one for one in near if page.scenes[one.sentence].sentence.paragraph == scene.sentence.paragraph]
    return near[-1] if near and len(near[-1].voices) > 1 else None


def _in_quotation(scene: Scene) -> bool:
    return any(token.text in '“”«»"' for token in scene.tokens)


def _said(page: Page, scene: Scene, found: Attribution) -> tuple[dt.date, Span] | None:
    stated = [
        day
        for day in scene.days(page.today)
        if of_statement(scene, day) and day.precision == 1 and not day_of_older(scene, None, day.first, day.last)
    ]
    if not stated:
        return None
    day: Day = min(stated, key=lambda one: abs(one.first - found.first))
    return day.start, scene.sentence.cut(day.first, day.last)


def _said_before(page: Page, scene: Scene, draft: Draft) -> tuple[dt.date, Span] | None:
    """The day on which a figure was given that a newer one replaces, where the words name it."""
    for day in scene.days(page.today):
        if day.precision == 1 and day_of_older(scene, draft.chunk.number, day.first, day.last):
            return day.start, scene.sentence.cut(day.first, day.last)
    return None


def _spoken_on(
    page: Page, scene: Scene, found: Attribution, by_scene: Sequence[Sequence[Attribution]]
) -> tuple[dt.date, Span] | None:
    """ "It also has ...", "He added ...": the day on which the same voice spoke in the sentence before."""
    before = page.scenes[scene.number - 1] if scene.number else None
    if before is None or before.sentence.paragraph != scene.sentence.paragraph or found.scene != scene.number:
        return None
    goes_on = scene.language.words("voices", "pronouns").has(scene.tokens[0])
    ahead = by_scene[before.number][-1:] if goes_on else ()
    return next((_said(page, before, one) for one in ahead if one.speaker == found.speaker), None)


def _presumed(scene: Scene, draft: Draft) -> bool:
    """ "denied any part in the murder of six priests": that they were murdered is what both sides know."""
    noun = draft.trigger.word.takes in ("name", "event")
    return noun and any(last == draft.trigger.first for _, last in scene.says("voices", "presumes"))


def _stance(scene: Scene, draft: Draft, found: Attribution | None) -> Stance:
    """Denied, expected, hedged or alleged by the words around the harm and the cue; otherwise asserted."""
    at = draft.trigger.first
    before = range(max(0, at - 4), at)
    if (
        any(scene.language.words("harm_words", "negation").has(scene.tokens[n]) for n in before)
        and draft.quantity.base != 0
    ):
        return "denies"
    if any(first <= at and at - last <= 3 for first, last in scene.says("harm_words", "expects") if at - last >= 0):
        return "expects"
    if _may_be(scene, at):
        return "expects"
    if any(last <= at for _, last in scene.says("voices", "denies")) and not _presumed(scene, draft):
        return "denies"
    hedged = [(first, last) for first, last in scene.says("voices", "impersonal")]
    if any(_governs(scene, first, draft) for first, _ in hedged):
        return "hedges"
    charged = any(last <= max(at, draft.chunk.first) for _, last in scene.says("voices", "charged"))
    return "alleges" if charged or (found and found.alleges and found.scene == scene.number) else "asserts"


def _may_be(scene: Scene, at: int) -> bool:
    """ "قد ينزحون": the particle makes an imperfect verb possible, and a perfect one ("قد أودت") certain."""
    particle = at > 0 and scene.language.words("harm_words", "may").has(scene.tokens[at - 1])
    return particle and scene.tokens[at].text.startswith(("ي", "ت", "ن"))


def _governs(scene: Scene, at: int, draft: Draft) -> bool:
    """A hedge governs what follows it in its sentence, and the figure that it stands between and its harm word."""
    return at <= max(draft.trigger.first, draft.chunk.first)
