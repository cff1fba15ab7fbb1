"""Cues of saying ("said", "according to", "told"): who is the source, through whom, and where the cue stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.grammar import is_a
from cenotaph.read.page import Page, Scene
from cenotaph.read.phrases import (
    closes,
    descriptions,
    in_description,
    in_hearsay,
    in_relative,
    is_noun,
    noun_end,
    noun_start,
)
from cenotaph.read.saying import Saying
from cenotaph.read.sayings import sayings
from cenotaph.read.speakers import Speaker, named_speakers, organisations, speaker_of
from cenotaph.read.subjects import subject_before
from cenotaph.read.verb_first import before_colon, over_document, relayed, subject_first
from cenotaph.read.verb_groups import groups
from cenotaph.vocabulary import Span, Voice

_BEARING = ("says", "claims", "shows")  # what a figure can rest on; not what somebody fears, wants or is against


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue of saying in a sentence: its tokens, who is the source, through whom, where its content lies.

    Without content it holds for its sentence, and may be carried on to the next; with content for nothing else.
    """

    scene: int
    first: int
    last: int
    speaker: Speaker
    via: Speaker | None
    source: Span
    alleges: bool = False
    content: tuple[Span, ...] = ()

    def governs(self, at: int) -> bool:
        """Whether a figure at this place of the text is in the content; a cue without one leaves it to who asks."""
        return not self.content or any(part.start <= at < part.end for part in self.content)

    def voices(self, outlet: Voice) -> tuple[Voice, ...]:
        """Outlet first, then carriers, then the spokesperson, the root, and its informants."""
        chain = [replace(outlet, root=False)]
        for voice in (*(self.via.voices if self.via else ()), *self.speaker.voices):
            if voice.known_as.casefold() != chain[-1].known_as.casefold() or voice.root:
                chain.append(voice)
        return tuple(chain)


def attributions(page: Page) -> list[list[Attribution]]:
    """The attributions of each scene in order; pronouns and "the monitor" resolve to who spoke before."""
    out: list[list[Attribution]] = []
    spoken: list[Speaker] = []
    said = sayings(page)
    by_scene = [named_speakers(page, scene) for scene in page.scenes]
    ahead = [speaker for line in reversed(by_scene) for speaker in reversed(line)]
    for scene in page.scenes:
        named = ahead if scene.sentence.headline else by_scene[scene.number]
        known = [*spoken, *named]
        found = _quoted(page, scene, known) or _in_order(page, scene, known) or _of_subject(page, scene, known)
        found = _through_officers(scene, _with_sayings(page, scene, known, found, said[scene.number]))
        spoken += [one.speaker for one in found]
        out.append(found)
    return out


def _in_order(page: Page, scene: Scene, known: list[Speaker]) -> list[Attribution]:
    found = [*_according(page, scene, known), *_saying(page, scene, known), *_before_colon(page, scene, known)]
    found.sort(key=lambda one: one.first)
    out: list[Attribution] = []
    for one in _with_informants(scene, found):
        if not out or one.source != out[-1].source:
            out.append(one)
    return out


def _before_colon(page: Page, scene: Scene, known: list[Speaker]) -> Iterator[Attribution]:
    found = before_colon(page, scene, known) if scene.language.table.get("verb_first") else None
    if found:
        speaker, start, end = found
        yield Attribution(scene.number, start, end + 1, speaker, None, scene.sentence.cut(start, end))


def _with_sayings(
    page: Page, scene: Scene, known: list[Speaker], found: list[Attribution], said: Sequence[Saying]
) -> list[Attribution]:
    """With those sayings that the cues left out ("has since said", "is reporting"), where somebody is named."""
    out = list(found)
    for one in said:
        if not _bears(page, scene, one) or any(_touches(scene, one, other) for other in out):
            continue
        part = _told_of(scene, one)
        speaker = speaker_of(page, scene, *part, known) if part else None
        named = speaker is not None and (speaker.kind != "person" or one.kind != "shows")
        if part and speaker and named:
            first, source = min(one.first, part[0]), scene.sentence.cut(*part)
            alleges = one.kind == "claims"
            out.append(Attribution(scene.number, first, one.last, speaker, None, source, alleges, one.content))
    return sorted(out, key=lambda one: one.first)


def _through_officers(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """ "The office has documented ..., its spokesperson N. said": a body speaks through the person named at the end."""
    out = []
    for one in found:
        closing = next((other for other in found if _speaks_for(scene, other, one)), None)
        out.append(replace(one, speaker=closing.speaker, via=one.via or closing.via) if closing else one)
    return out


def _speaks_for(scene: Scene, officer: Attribution, body: Attribution) -> bool:
    """Whether a later cue behind a comma has a person of the same body."""
    mine, own = officer.speaker.voices, body.speaker.voices
    same = len(mine) > len(own) == 1 and mine[-1].known_as == own[0].known_as
    return same and officer.first > body.last and scene.tokens[officer.first - 1].text == ","


def _takes_lives(scene: Scene, first: int, last: int) -> bool:
    """ "The mine claimed the lives of two": a word of saying inside a phrase of harm says nothing."""
    told = [one for one in scene.triggers if one.first < last and first < one.last]
    lives = scene.language.words("people_words", "lives")
    return any(one.last - one.first > 2 or any(map(lives.has, scene.tokens[one.last : one.last + 3])) for one in told)


def _bears(page: Page, scene: Scene, one: Saying) -> bool:
    """Whether a figure can rest on a saying: words of saying outside a quotation, and not "it" or "the evidence" inside
    what another says ("the army said it had confirmed"), nor a word before a colon that names no body ("Photo: ...").
    """
    if one.kind not in _BEARING or one.noun or one.topic or one.quoted or not one.content or one.speaker is None:
        return False
    if _takes_lives(scene, one.first, one.last):
        return False
    if one.colon and one.speaker[1] - one.speaker[0] == 1 and not organisations(page, scene, *one.speaker):
        return False
    again = one.kind == "shows" or scene.language.words("voices", "pronouns").has(scene.tokens[one.speaker[0]])
    return one.within is None or not again


def _told_of(scene: Scene, one: Saying) -> tuple[int, int] | None:
    """The tokens that name the source, without a clause that tells more of it; for "who" and "which" those before."""
    if one.speaker is None:
        return None
    first, last = one.speaker
    if is_a(scene, first, "relatives"):
        return subject_before(scene, first - (scene.tokens[first - 1].text == ",")) if first else None
    described = next((n for n in range(first + 1, last) if scene.tokens[n].norm == "which"), None)
    return (first, described - (scene.tokens[described - 1].text == ",")) if described else (first, last)


def _touches(scene: Scene, one: Saying, other: Attribution) -> bool:
    """Whether a cue and a saying stand on the same words, or have the same source."""
    cue = scene.sentence.cut(other.first, other.last)
    spans = (cue, other.source)
    return any(
        span.start < mine.end and mine.start < span.end for span in spans for mine in (one.cue, one.source) if mine
    )


def _with_informants(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """ "The monitor, citing local doctors, said": those cited informed the speaker, who answers for the figure."""
    citing = {first for first, _ in scene.says("voices", "citing")}
    citing |= {one.first for one in found if in_description(scene, one.first)}
    cited = [one for one in found if one.first in citing]
    out = [one for one in found if one.first not in citing]
    for one in cited:
        index = next(
            (n for n, other in enumerate(out) if other.first < one.first and other.speaker != one.speaker), None
        )
        if index is None:
            out.append(one)
        else:
            told = (*out[index].speaker.voices, *one.speaker.carrying().voices)
            out[index] = replace(out[index], speaker=replace(out[index].speaker, voices=told))
    return sorted(out, key=lambda one: one.first)


def _of_subject(page: Page, scene: Scene, known: list[Speaker]) -> list[Attribution]:
    """A sentence that begins with a body which counts ("The monitor's list has ...", "It also has ...") is told by
    it.
    """
    first = scene.tokens[0]
    if scene.sentence.headline or not scene.triggers:
        return []
    end = 1 if scene.language.words("voices", "pronouns").has(first) and first.norm not in ("he", "she") else 4
    speaker = speaker_of(page, scene, 0, min(end, len(scene.tokens)), known)
    if speaker is None or speaker.kind not in ("monitor", "un", "ngo", "commission", "committee", "rescue"):
        return []
    return [Attribution(scene.number, 0, end, speaker, None, scene.sentence.cut(0, min(end, len(scene.tokens))))]


def _according(page: Page, scene: Scene, known: list[Speaker]) -> Iterator[Attribution]:
    for _, first, last in scene.language.words("voices", "according").all(scene.tokens):
        end = noun_end(scene, last)
        speaker = speaker_of(page, scene, last, end, known, introduced=True)
        if speaker:
            via, source = _through(page, scene, end, known), scene.sentence.cut(last, end)
            yield Attribution(scene.number, first, end, speaker, via, source)
    yield from _by_count(page, scene, known)
    yield from _own_figure(page, scene)


def _by_count(page: Page, scene: Scene, known: list[Speaker]) -> Iterator[Attribution]:
    """ "By a war monitor's count, ...": the owner of the count."""
    for at, token in enumerate(scene.tokens):
        if not scene.language.words("voices", "counts").has(token) or at < 2:
            continue
        owner = next(
            (n for n in range(at - 1, max(-1, at - 8), -1) if scene.tokens[n].text.endswith(("'s", "’s"))), None
        )
        start = next((n + 1 for n in range(at - 1, max(-1, at - 10), -1) if scene.tokens[n].norm == "by"), None)
        comma = start is not None and any(scene.tokens[n].text in ",;" for n in range(start, at))
        if owner is not None and start is not None and start <= owner and not comma:
            speaker = speaker_of(page, scene, start, owner + 1, known, introduced=True)
            if speaker:
                yield Attribution(scene.number, start, at + 1, speaker, None, scene.sentence.cut(start, owner + 1))


def _own_figure(page: Page, scene: Scene) -> Iterator[Attribution]:
    """ "SOHR's figure of 1476": a body that owns a count."""
    for found, start, end in organisations(page, scene, 0, len(scene.tokens)):
        owned = scene.tokens[end - 1].text.endswith(("'s", "’s"))
        counts = any(scene.language.words("voices", "counts").has(token) for token in scene.tokens[end : end + 3])
        if owned and counts:
            speaker = Speaker(
                (Voice(scene.sentence.words(start, end), found.canonical, "organisation", root=True),), found.kind
            )
            yield Attribution(scene.number, start, end, speaker, None, scene.sentence.cut(start, end))


def _quoted(page: Page, scene: Scene, known: list[Speaker]) -> list[Attribution]:
    """ "a resident was quoted by Sky News", "told Sky News": the root left of the cue, the carrier right of it."""
    out = []
    for _, first, last in scene.language.words("voices", "quoted_by").all(scene.tokens):
        carrier = speaker_of(page, scene, last, noun_end(scene, last), known, introduced=True)
        start = noun_start(scene, first)
        speaker = speaker_of(page, scene, start, first, known)
        if carrier and speaker:
            out.append(
                Attribution(scene.number, first, last, speaker, carrier.carrying(), scene.sentence.cut(start, first))
            )
    return out


def _saying(page: Page, scene: Scene, known: list[Speaker]) -> Iterator[Attribution]:
    said = list(scene.language.says.all(scene.tokens))
    passive = {group.at for group in groups(scene) if group.be and group.form == "participle"} if said else set()
    for _, first, last in said:
        if in_hearsay(scene, first) or in_relative(scene, first) or is_noun(scene, first) or first in passive:
            continue
        if in_description(scene, first) or _takes_lives(scene, first, last):
            continue
        passed = relayed(page, scene, first, last, known)
        found = passed[0] if passed else _speaker_before(page, scene, first, known)
        found = found or _speaker_after(page, scene, first, last, known)
        if not found and scene.language.table.get("verb_first"):
            found = subject_first(page, scene, first, known)
        if found:
            speaker, start, end = found
            via = (passed[1] if passed else None) or _told_to(page, scene, last, known)
            known = [*known, speaker]
            alleging = scene.language.words("voices", "alleges").has(scene.tokens[first])
            yield Attribution(
                scene.number, min(first, start), last, speaker, via, scene.sentence.cut(start, end), alleging
            )


def _speaker_before(page: Page, scene: Scene, at: int, known: list[Speaker]) -> tuple[Speaker, int, int] | None:
    if scene.language.table.get("verb_first"):
        return _had_said(page, scene, at, known)
    end = at
    while end > 0 and scene.language.words("voices", "adverbs").has(scene.tokens[end - 1]):
        end -= 1
    end = _over_day(page, scene, end)
    end = _over_insertion(scene, end)
    start = noun_start(scene, end)
    if start >= end:
        return None
    speaker = speaker_of(page, scene, start, end, known)
    return (speaker, start, end) if speaker else None


def _had_said(page: Page, scene: Scene, at: int, known: list[Speaker]) -> tuple[Speaker, int, int] | None:
    """ "وكانت الوزارة قد أعلنت": the speaker between the two verbs of a pluperfect."""
    particle = at > 1 and scene.language.words("harm_words", "may").has(scene.tokens[at - 1])
    was = scene.language.words("voices", "was")
    opened = [n + 1 for n in range(max(0, at - 9), at - 1) if was.has(scene.tokens[n])] if particle else []
    speaker = speaker_of(page, scene, opened[-1], at - 1, known) if opened else None
    return (speaker, opened[-1], at - 1) if speaker else None


def _over_insertion(scene: Scene, end: int) -> int:
    """Back over the comma that ends an apposition, and over ", meanwhile,"."""
    described = next((one for one in descriptions(scene) if one[1] == end), None)
    if described:
        return described[0]
    inserted = end > 2 and scene.tokens[end - 1].text == "," and scene.tokens[end - 3].text == ","
    if inserted and scene.language.words("voices", "joiners").has(scene.tokens[end - 2]):
        return end - 3
    if end > 1 and scene.tokens[end - 1].text == "," and closes(scene, end - 1):
        return end - 1
    if end > 4 and scene.tokens[end - 1].text == ",":
        opening = next((n for n in range(end - 2, end - 6, -1) if scene.tokens[n].text == ","), None)
        if opening and not any(one.first in range(opening, end) for one in scene.triggers):
            return opening
    return end


def _over_day(page: Page, scene: Scene, end: int) -> int:
    """ "The monitor on Tuesday said": the day between a speaker and the verb is stepped over."""
    for day in scene.days(page.today):
        if day.last == end:
            first = day.first
            while first > 0 and scene.tokens[first - 1].norm in ("on", "late", "early"):
                first -= 1
            return first
    return end


def _speaker_after(
    page: Page, scene: Scene, first: int, at: int, known: list[Speaker]
) -> tuple[Speaker, int, int] | None:
    """ ", said X", and in verb-first languages "قال X إن"."""
    verb_first = scene.language.table.get("verb_first")
    if not verb_first and (first < 1 or scene.language.words("voices", "tells").has(scene.tokens[at - 1])):
        return None
    after = scene.language.table.get("subjects_after", False)  # ", a déclaré X"
    while after and first > 1 and scene.language.words("harm_words", "have").has(scene.tokens[first - 1]):
        first -= 1
    if not verb_first and scene.tokens[first - 1].text not in ",”\"’'»“":
        return None
    at = over_document(scene, at) if verb_first else at
    end = noun_end(scene, at)
    if end <= at:
        return None
    speaker = speaker_of(page, scene, at, end, known)
    return (speaker, at, end) if speaker else None


def _told_to(page: Page, scene: Scene, at: int, known: list[Speaker]) -> Speaker | None:
    """ "told AFP": the medium that carries a voice."""
    if at == 0 or not scene.language.words("voices", "tells").has(scene.tokens[at - 1]):
        return _through(page, scene, at, known)
    carrier = speaker_of(page, scene, at, noun_end(scene, at), known, introduced=True)
    return carrier.carrying() if carrier and carrier.is_medium else None


def _through(page: Page, scene: Scene, at: int, known: list[Speaker]) -> Speaker | None:
    for _, first, last in scene.language.words("voices", "through").all(scene.tokens, at):
        if first - at <= 8:
            end = noun_end(scene, last)
            carrier = speaker_of(page, scene, last, end, known, introduced=True)
            if not (carrier and carrier.is_medium) and scene.language.table.get("verb_first"):
                carrier = speaker_of(page, scene, first, end, known)  # the word is part of the name ("وكالة سانا")
            return carrier.carrying() if carrier and carrier.is_medium else None
    return None
