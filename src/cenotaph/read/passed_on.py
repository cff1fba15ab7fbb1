"""Figures that a body passes on: "it takes its figures for the north from the governor's office"; who informed whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.cues import Attribution
from cenotaph.read.page import Draft, Mention, Page, Scene
from cenotaph.read.phrases import noun_end
from cenotaph.read.speakers import Speaker, speaker_of
from cenotaph.read.ties import id_of
from cenotaph.vocabulary import Entry, Span, Voice

PASSED_ON = "who passes on the figures of whom, as the report says"


@dataclass(frozen=True, slots=True)
class _Relay:
    """`carrier` gives the figures of `root`, all of them or those of one area; `where` are the words that say it."""

    carrier: str
    root: Voice
    area: Entry | None
    where: Span


def passed_on(page: Page, drafts: Sequence[Draft], by_scene: Sequence[Sequence[Attribution]]) -> list[Draft]:
    """Gives figures that their voice only passes on to the body whose they are; the voice then carries them."""
    relays = [one for scene in page.scenes for one in _relays(page, scene, by_scene)]
    out = [_of_its_root(draft, relays) for draft in drafts]
    relayed = {one.whole: one for one in out if PASSED_ON in dict(one.assumed).values() and one.whole is not None}
    out = [_of_parts(draft, relayed[id_of(draft)]) if id_of(draft) in relayed else draft for draft in out]
    return [_informed(page, draft) for draft in out]


def _of_parts(whole: Draft, part: Draft) -> Draft:
    """A whole of which a part is only passed on: the one that the part is of informed its root."""
    informant = next(replace(voice, root=False) for voice in part.voices if voice.root)
    if any(voice.known_as == informant.known_as for voice in whole.voices):
        return whole
    return whole.having(
        "voices", (*whole.voices, informant), whole.where("voices"), dict(whole.assumed).get("voices", "")
    )


def _of_its_root(draft: Draft, relays: Sequence[_Relay]) -> Draft:
    root = next((voice for voice in draft.voices if voice.root), None)
    for one in relays:
        if root is not None and root.known_as == one.carrier and _in_area(draft, one.area):
            before = [replace(voice, root=False) for voice in draft.voices[: draft.voices.index(root) + 1]]
            return draft.having("voices", (*before, one.root), one.where, PASSED_ON)
    return draft


def _in_area(draft: Draft, area: Entry | None) -> bool:
    if area is None:
        return True
    return draft.place is not None and draft.place.path[: len(area.path)] == area.path


def _relays(page: Page, scene: Scene, by_scene: Sequence[Sequence[Attribution]]) -> Iterator[_Relay]:
    known = [one.speaker for line in by_scene[: scene.number + 1] for one in line]
    for first, last in scene.says("voices", "passes_on"):
        split = next((at for at, _ in scene.says("voices", "passed_from", last)), None)
        counts = next((at for at in range(last, split or last) if _counts(scene, at)), None)
        if split is None or counts is None:
            continue
        verb_first = scene.language.table.get("verb_first", False)
        named = (last, counts) if verb_first else (_start(scene, first), first)
        carrier = _root(speaker_of(page, scene, *named, known))
        root = _root(speaker_of(page, scene, split + 1, noun_end(scene, split + 1), known, introduced=True))
        if carrier and root and carrier.known_as != root.known_as:
            area = _area(page, scene, counts + 1, split)
            yield _Relay(carrier.known_as, root, area, scene.sentence.cut(first, noun_end(scene, split + 1)))


def _counts(scene: Scene, at: int) -> bool:
    return scene.language.words("voices", "passed").has(scene.tokens[at])


def _start(scene: Scene, at: int) -> int:
    return next((n + 1 for n in range(at - 1, -1, -1) if scene.tokens[n].text in ",;:"), 0)


def _root(speaker: Speaker | None) -> Voice | None:
    return next((voice for voice in speaker.voices if voice.root), None) if speaker else None


def _area(page: Page, scene: Scene, first: int, last: int) -> Entry | None:
    """The area whose figures they are: named, or by a word of its name ("the Strip" of "Tal Strip")."""
    here = next((one for one in scene.mentions if first <= one.first < last and one.entry), None)
    if here is not None:
        return here.entry
    said = {form for token in scene.tokens[first:last] for form in token.forms if len(form) > 3}
    named = (one for other in page.scenes for one in other.mentions if one.entry and _words(other, one) & said)
    return next((one.entry for one in named), None)


def _words(scene: Scene, mention: Mention) -> set[str]:
    return {form for token in scene.tokens[mention.first : mention.last] for form in token.forms if len(form) > 3}


# --- who informed them ------------------------------------------------------------------------------------------------


def _informed(page: Page, draft: Draft) -> Draft:
    """ "... the registers of the hospitals, Razi's among them": one of those who inform the root, by name."""
    at = next((n for n, voice in enumerate(draft.voices) if voice.root), len(draft.voices))
    if at + 1 >= len(draft.voices):
        return draft
    scene = page.scenes[draft.sentence]
    for first, _ in scene.says("voices", "among_them"):
        start = first
        while start > 0 and scene.tokens[start - 1].capital:
            start -= 1
        name = scene.sentence.words(start, first).removesuffix("'s").removesuffix("’s") if start < first else ""
        if name and start > 0 and scene.tokens[start - 1].text == ",":
            return replace(draft, voices=(*draft.voices, Voice(name, kind="organisation")))
    return draft
