"""Who says it: the chain from the outlet to the root of a figure and its informants, the day of saying, the stance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.days import Day, days
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.parts import day_of_older, id_of
from cenotaph.read.periods import of_statement
from cenotaph.read.speakers import Speaker, named_speakers, organisations, speaker_of
from cenotaph.vocabulary import Span, Stance, Voice

_LONGEST = 28  # tokens that a speaker with title and apposition may run to


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue of saying in a sentence: its tokens, who is the source, through whom, where its content lies."""

    scene: int
    first: int
    last: int
    speaker: Speaker
    via: Speaker | None
    source: Span
    alleges: bool = False

    def voices(self, outlet: Voice) -> tuple[Voice, ...]:
        """Outlet first, then carriers, then the spokesperson, the root, and its informants."""
        chain = [replace(outlet, root=False)]
        for voice in (*(self.via.voices if self.via else ()), *self.speaker.voices):
            if voice.known_as.casefold() != chain[-1].known_as.casefold() or voice.root:
                chain.append(voice)
        return tuple(chain)


def told(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each draft its voices, the day of the statement, and the stance that the words of saying carry."""
    by_scene = attributions(page)
    outlet = outlet_of(page)
    out: list[Draft] = []
    for draft in drafts:
        scene = page.scenes[draft.sentence]
        found = _nearest(by_scene[draft.sentence], draft)
        out.append(_told(page, scene, draft, found, outlet, out, by_scene))
    return out


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
    before = _mate(page, scene, draft, earlier) if found is None else None
    if before is not None:
        draft = draft.having("voices", before.voices, rule="voice of the sentence before")
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


def _nearest(found: Sequence[Attribution], draft: Draft) -> Attribution | None:
    """The cue that governs a figure: the last one before it, else the first one after it."""
    at = draft.chunk.first
    before = [one for one in found if one.first <= at]
    return before[-1] if before else found[0] if found else None


def _carried(
    page: Page, scene: Scene, draft: Draft, earlier: Sequence[Draft], by_scene: Sequence[Sequence[Attribution]]
) -> tuple[Attribution | None, str]:
    """A sentence without a cue goes on with the voice of the one before when it is a part of its figure or the same
    speech.
    """
    if draft.whole is not None:
        number = draft.whole // 10_000
        if by_scene[number]:
            return by_scene[number][-1], "voice of the whole it is part of"
    back = draft.sentence - 1
    if back < 0 or page.scenes[back].sentence.headline:
        return None, ""
    same = page.scenes[back].sentence.paragraph == scene.sentence.paragraph
    quoted = _in_quotation(scene)
    if by_scene[back] and (same or quoted):
        return by_scene[back][-1], "voice of the sentence before"
    following = draft.sentence + 1
    if quoted and following < len(by_scene) and by_scene[following]:
        return by_scene[following][0], "voice of the quotation it stands in"
    return None, ""


def _mate(page: Page, scene: Scene, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The draft before this one in its paragraph, or the whole it is part of, whose voice it goes on with."""
    if draft.whole is not None:
        return next((one for one in reversed(earlier) if id_of(one) == draft.whole), None)
    near = [one for one in earlier if 0 < scene.number - one.sentence <= 3]
    goes_on = scene.language.words("parts", "goes_on").match(scene.tokens, 0) is not None
    if not goes_on:
        near = [one for one in near if page.scenes[one.sentence].sentence.paragraph == scene.sentence.paragraph]
    return near[-1] if near and len(near[-1].voices) > 1 else None


def _in_quotation(scene: Scene) -> bool:
    return any(token.text in '“”«»"' for token in scene.tokens)


def _said(page: Page, scene: Scene, found: Attribution) -> tuple[dt.date, Span] | None:
    stated = [
        day
        for day in days(scene.sentence, page.language, page.today)
        if of_statement(scene, day) and day.precision == 1 and not day_of_older(scene, None, day.first, day.last)
    ]
    if not stated:
        return None
    day: Day = min(stated, key=lambda one: abs(one.first - found.first))
    return day.start, scene.sentence.cut(day.first, day.last)


def _said_before(page: Page, scene: Scene, draft: Draft) -> tuple[dt.date, Span] | None:
    """The day on which a figure was given that a newer one replaces, where the words name it."""
    for day in days(scene.sentence, page.language, page.today):
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
    if any(last <= at for _, last in scene.says("voices", "denies")):
        return "denies"
    hedged = [(first, last) for first, last in scene.says("voices", "impersonal")]
    if any(_governs(scene, first, draft) for first, _ in hedged):
        return "hedges"
    return "alleges" if found and found.alleges and found.scene == scene.number else "asserts"


def _may_be(scene: Scene, at: int) -> bool:
    """ "قد ينزحون": the particle makes an imperfect verb possible, and a perfect one ("قد أودت") certain."""
    particle = at > 0 and scene.language.words("harm_words", "may").has(scene.tokens[at - 1])
    return particle and scene.tokens[at].text.startswith(("ي", "ت", "ن"))


def _governs(scene: Scene, at: int, draft: Draft) -> bool:
    """A hedge governs what follows it in its sentence, and the figure that it stands between and its harm word."""
    return at <= max(draft.trigger.first, draft.chunk.first)


# --- cues ---------------------------------------------------------------------------------------------------------


def attributions(page: Page) -> list[list[Attribution]]:
    """The attributions of each scene in order; pronouns and "the monitor" resolve to who spoke before."""
    out: list[list[Attribution]] = []
    spoken: list[Speaker] = []
    ahead = [speaker for scene in reversed(page.scenes) for speaker in reversed(named_speakers(page, scene))]
    for scene in page.scenes:
        named = ahead if scene.sentence.headline else named_speakers(page, scene)
        known = [*spoken, *named]
        found = _quoted(page, scene, known) or _in_order(page, scene, known) or _of_subject(page, scene, known)
        spoken += [one.speaker for one in found]
        out.append(found)
    return out


def _in_order(page: Page, scene: Scene, known: list[Speaker]) -> list[Attribution]:
    found = [*_according(page, scene, known), *_saying(page, scene, known)]
    found.sort(key=lambda one: one.first)
    out: list[Attribution] = []
    for one in _with_informants(scene, found):
        if not out or one.source != out[-1].source:
            out.append(one)
    return out


def _with_informants(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """ "The monitor, citing local doctors, said": those cited informed the speaker, who answers for the figure."""
    citing = {first for first, _ in scene.says("voices", "citing")}
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
        end = _noun_end(scene, last)
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
        carrier = speaker_of(page, scene, last, _noun_end(scene, last), known, introduced=True)
        start = _noun_start(scene, first)
        speaker = speaker_of(page, scene, start, first, known)
        if carrier and speaker:
            out.append(
                Attribution(scene.number, first, last, speaker, carrier.carrying(), scene.sentence.cut(start, first))
            )
    return out


def _saying(page: Page, scene: Scene, known: list[Speaker]) -> Iterator[Attribution]:
    for _, first, last in scene.language.says.all(scene.tokens):
        if _in_hearsay(scene, first) or _in_relative(scene, first):
            continue
        found = _speaker_before(page, scene, first, known) or _speaker_after(page, scene, last, known)
        if found:
            speaker, start, end = found
            via = _told_to(page, scene, last, known)
            alleging = scene.language.words("voices", "alleges").has(scene.tokens[first])
            yield Attribution(
                scene.number, min(first, start), last, speaker, via, scene.sentence.cut(start, end), alleging
            )


def _speaker_before(page: Page, scene: Scene, at: int, known: list[Speaker]) -> tuple[Speaker, int, int] | None:
    if scene.language.table.get("verb_first"):
        return None
    end = at
    while end > 0 and scene.language.words("voices", "adverbs").has(scene.tokens[end - 1]):
        end -= 1
    end = _over_day(page, scene, end)
    end = _over_insertion(scene, end)
    start = _noun_start(scene, end)
    if start >= end:
        return None
    speaker = speaker_of(page, scene, start, end, known)
    return (speaker, start, end) if speaker else None


def _over_insertion(scene: Scene, end: int) -> int:
    """Back over the comma that ends an apposition, and over ", meanwhile,"."""
    inserted = end > 2 and scene.tokens[end - 1].text == "," and scene.tokens[end - 3].text == ","
    if inserted and scene.language.words("voices", "joiners").has(scene.tokens[end - 2]):
        return end - 3
    if end > 1 and scene.tokens[end - 1].text == "," and _closes(scene, end - 1):
        return end - 1
    if end > 4 and scene.tokens[end - 1].text == ",":
        opening = next((n for n in range(end - 2, end - 6, -1) if scene.tokens[n].text == ","), None)
        if opening and not any(one.first in range(opening, end) for one in scene.triggers):
            return opening
    return end


def _over_day(page: Page, scene: Scene, end: int) -> int:
    """ "The monitor on Tuesday said": the day between a speaker and the verb is stepped over."""
    for day in days(scene.sentence, page.language, page.today):
        if day.last == end:
            first = day.first
            while first > 0 and scene.tokens[first - 1].norm in ("on", "late", "early"):
                first -= 1
            return first
    return end


def _speaker_after(page: Page, scene: Scene, at: int, known: list[Speaker]) -> tuple[Speaker, int, int] | None:
    """ ", said X", and in verb-first languages "قال X إن"."""
    verb_first = scene.language.table.get("verb_first")
    if not verb_first and (at < 2 or scene.language.words("voices", "tells").has(scene.tokens[at - 1])):
        return None
    if not verb_first and scene.tokens[at - 2].text not in ",”\"’'»“":
        return None
    end = _noun_end(scene, at)
    if end <= at:
        return None
    speaker = speaker_of(page, scene, at, end, known)
    return (speaker, at, end) if speaker else None


def _told_to(page: Page, scene: Scene, at: int, known: list[Speaker]) -> Speaker | None:
    """ "told AFP": the medium that carries a voice."""
    if at == 0 or not scene.language.words("voices", "tells").has(scene.tokens[at - 1]):
        return _through(page, scene, at, known)
    carrier = speaker_of(page, scene, at, _noun_end(scene, at), known, introduced=True)
    return carrier.carrying() if carrier and carrier.is_medium else None


def _through(page: Page, scene: Scene, at: int, known: list[Speaker]) -> Speaker | None:
    for _, first, last in scene.language.words("voices", "through").all(scene.tokens, at):
        if first - at <= 8:
            carrier = speaker_of(page, scene, last, _noun_end(scene, last), known, introduced=True)
            return carrier.carrying() if carrier and carrier.is_medium else None
    return None


def _noun_start(scene: Scene, end: int) -> int:
    """Where the noun phrase of a speaker begins that ends here: back to the clause's edge, over appositions."""
    start = end
    while start > 0 and end - start < _LONGEST and not _edge(scene, start - 1):
        start -= 1
    segments = _segments(scene, start, end)
    return segments


def _segments(scene: Scene, start: int, end: int) -> int:
    """Of "In Baniyas, Rami A., the director, said" the speaker's own part: from the first segment that opens like a
    name.
    """
    opening = scene.language.words("voices", "adjunct")
    at = start
    while at < end and opening.has(scene.tokens[at]):
        comma = next((n for n in range(at, end) if scene.tokens[n].text == ","), None)
        if comma is None:
            break
        at = comma + 1
    while at < end and (
        scene.tokens[at].text in "-–—•*" or scene.language.words("voices", "joiners").has(scene.tokens[at])
    ):
        at += 1
    return at


def _edge(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.text in ';:“”"«»?!-–—؛/' or (token.text in ",،" and not _apposed(scene, at) and not _closes(scene, at)):
        return True
    if _in_hearsay(scene, at) or _in_relative(scene, at):
        return False
    if token.text == "," and at + 1 < len(scene.tokens) and at > 0 and scene.tokens[at - 1].text in '”"':
        return True
    if scene.language.says.of(token) or any(
        one.first <= at < one.last and one.word.takes in ("undergo", "befall", "act") for one in scene.triggers
    ):
        return True
    return scene.language.words("voices", "edges").has(token)


def _in_clause(scene: Scene, at: int) -> bool:
    """Whether a verb stands shortly before a comma, so that what follows opens a clause and no apposition."""
    before = range(max(0, at - 7), at)
    harm = any(one.first in before and one.word.takes not in ("name", "event") for one in scene.triggers)
    return harm or any(scene.language.words("harm_words", "be").has(scene.tokens[n]) for n in before)


def _closes(scene: Scene, at: int) -> bool:
    """The comma that ends an apposition: "Rami A., the director, said"."""
    opening = next((n for n in range(at - 1, max(-1, at - 14), -1) if scene.tokens[n].text == ","), None)
    return opening is not None and _apposed(scene, opening)


def _in_hearsay(scene: Scene, at: int) -> bool:
    """ "media reports": the noun looks like a verb of saying and is none."""
    return any(
        first <= at < last and (last - first > 1 or first == 0 or not scene.tokens[first - 1].is_word)
        for first, last in scene.says("voices", "hearsay")
    )


def _in_relative(scene: Scene, at: int) -> bool:
    """ "a man who gave only his first name": a verb that describes the speaker is no cue."""
    return (
        at > 0
        and scene.tokens[at - 1].norm == "who"
        and any(scene.language.says.of(token) for token in scene.tokens[at + 1 :])
    )


def _noun_end(scene: Scene, start: int) -> int:
    """Where the noun phrase of a speaker ends that begins here."""
    end, depth = start, 0
    numbers = {amount.first for amount in scene.amounts if amount.quantity.base}
    while end < len(scene.tokens) and end - start < _LONGEST:
        token = scene.tokens[end]
        depth += token.text == "("
        if (
            not depth
            and ((end > start and _edge(scene, end)) or (end in numbers and end > start) or token.text in ",.—–")
            and not _apposed(scene, end)
        ):
            break
        if not depth and scene.language.words("voices", "ends").has(token) and end > start:
            break
        depth -= token.text == ")"
        end += 1
    return end


def _apposed(scene: Scene, at: int) -> bool:
    """A comma before "the director of ..." or "a resident of ..." goes on with the same speaker."""
    if scene.tokens[at].text != "," or at + 1 >= len(scene.tokens):
        return False
    ahead = scene.tokens[at + 1 : at + 5]
    if ahead[0].norm in ("who", "which", "whose"):
        return True
    if _in_clause(scene, at):
        return False
    opener = ahead[0].norm in ("the", "a", "an", "its", "their") or scene.language.words("voices", "persons").has(
        ahead[0]
    )
    return opener and any(scene.language.words("voices", "persons").has(token) for token in ahead)
