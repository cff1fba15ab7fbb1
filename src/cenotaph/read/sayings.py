"""Who says, thinks, asks, judges or shows what: cue, source and content of each such statement in a page.

Direct and indirect speech, mental states, "according to", passives, inversion, nouns ("the claim that"), and hedges
that nobody answers for. The three roles are those of attribution corpora (Pareti 2012; Newell and others 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.contents import with_contents
from cenotaph.read.cue_words import Kind, cue_words
from cenotaph.read.grammar import contraction, is_a, is_adverb, is_auxiliary, is_finite, is_owner, is_weekday
from cenotaph.read.page import Page, Scene
from cenotaph.read.saying import Saying
from cenotaph.read.subjects import Part, noun_phrase_after, subject_before, subject_of_clause
from cenotaph.read.verb_groups import Group, groups
from cenotaph.vocabulary import Span


def sayings(page: Page) -> list[list[Saying]]:
    """The sayings of each scene, in order of their cues; none in a language without `[[cue]]` tables."""
    if not any(cue_words(language).verbs for language in page.languages):
        return [[] for _ in page.scenes]
    quoted = quotations(page)
    found = [_sayings(scene, quoted[scene.number]) if cue_words(scene.language).verbs else [] for scene in page.scenes]
    return with_contents(page.scenes, found, quoted)


def _sayings(scene: Scene, quoted: Sequence[bool]) -> list[Saying]:
    found = [*_according(scene), *_by_verb(scene), *_by_adjective(scene), *_by_noun(scene), *_by_colon(scene)]
    found.sort(key=lambda one: (one.first, -one.last))
    out: list[Saying] = []
    for one in found:
        if not out or one.first >= out[-1].last:
            out.append(replace(one, quoted=quoted[one.first]))
    return out


def quotations(page: Page) -> list[list[bool]]:
    """For each token of each scene whether it stands inside a quotation; one left open ends with its paragraph."""
    out: list[list[bool]] = []
    paragraph: list[Scene] = []
    for scene in page.scenes:
        if paragraph and scene.sentence.paragraph != paragraph[-1].sentence.paragraph:
            out += _inside(paragraph)
            paragraph = []
        paragraph.append(scene)
    return out + _inside(paragraph)


def _inside(paragraph: Sequence[Scene]) -> list[list[bool]]:
    straight = sum(token.text == '"' for scene in paragraph for token in scene.tokens)
    inside, out = False, []
    for scene in paragraph:
        line = []
        for token in scene.tokens:
            if token.text in "“«":
                inside = True
            elif token.text in "”»":
                inside = False
            elif token.text == '"':
                # An odd mark opens nothing that closes: it stands before each paragraph of a longer quotation.
                inside = not inside and straight > 1
                straight -= 1
            line.append(inside)
        out.append(line)
    return out


# --- verbs ----------------------------------------------------------------------------------------------------------


def _by_verb(scene: Scene) -> list[Saying]:
    """The sayings of verbs; of two that share words the longer chain ("went on to say") stands for both."""
    out: list[Saying] = []
    for group in groups(scene):
        shared = bool(out) and group.first < out[-1].last
        if shared and group.first > out[-1].first:
            continue
        found = _of_group(scene, group, out[-1] if out and not shared else None)
        if found is not None:
            out[-1:] = [found] if shared else [*out[-1:], found]
    return out


def _of_group(scene: Scene, group: Group, earlier: Saying | None) -> Saying | None:
    agent = _agent(scene, group.last)
    passive = group.form == "participle" and group.be
    reduced = group.form == "past" and agent is not None and group.first == group.at
    if passive or reduced:
        return _passive(scene, group, agent)
    if group.verb.kind == "seems":
        return _saying(scene, group, None)
    if group.form == "ing" and not group.be:
        speaker = _of_participle(scene, group, earlier)
        return _saying(scene, group, speaker) if speaker else None
    speaker = _subject(scene, group) or _joined(scene, group, earlier)
    return _saying(scene, group, speaker) if speaker else None


def _subject(scene: Scene, group: Group) -> Part | None:
    """Behind a quotation the subject may follow the verb; behind a comma only where none ends there ("X, a doctor,
    said").
    """
    before, after = subject_before(scene, group.first), _inverted(scene, group)
    described = before is not None and group.first > 0 and scene.tokens[group.first - 1].text == ","
    return before if described or after is None else after


def _agent(scene: Scene, at: int) -> Part | None:
    """ "by X" behind a passive; not "by doing so"."""
    if at + 1 >= len(scene.tokens) or scene.tokens[at].norm != "by" or scene.tokens[at + 1].norm.endswith("ing"):
        return None
    return noun_phrase_after(scene, at + 1)


def _passive(scene: Scene, group: Group, agent: Part | None) -> Saying | None:
    """ "was accused by X" has a source; "is expected to", "it was reported that" have none."""
    if agent is not None:
        return replace(_saying(scene, group, agent), last=group.last + 1)
    ahead = scene.tokens[group.last].norm if group.last < len(scene.tokens) else ""
    hearsay = ahead in ("to", "that") and group.verb.kind in ("says", "claims", "thinks")
    return _saying(scene, group, None) if hearsay else None


def _of_participle(scene: Scene, group: Group, earlier: Saying | None) -> Part | None:
    """ ", saying": the subject of the clause; "ads saying": the noun before it."""
    at = group.first
    if at > 0 and scene.tokens[at - 1].is_word and not is_a(scene, at - 1, "prepositions"):
        if is_a(scene, at - 1, "coordinators"):
            return earlier.speaker if earlier else None
        return subject_before(scene, at)
    return _joined(scene, group, earlier)


def _joined(scene: Scene, group: Group, earlier: Saying | None) -> Part | None:
    """The subject of the verb before it, where this one has none of its own ("... and said")."""
    if earlier is not None and earlier.speaker and earlier.speaker[1] <= group.first:
        return earlier.speaker
    return subject_of_clause(scene, group.first)


def _inverted(scene: Scene, group: Group) -> Part | None:
    """ "...," said X: a verb behind a comma or quotation mark, with its subject behind it."""
    if group.verb.kind not in ("says", "asks", "claims") or group.form not in ("past", "third"):
        return None
    if group.first == 0 or scene.tokens[group.first - 1].text not in ",”\"“?!’'":
        return None
    at = group.last
    if at >= len(scene.tokens) or not scene.tokens[at].is_word or is_weekday(scene, at):
        return None
    if any(is_a(scene, at, key) for key in ("objects", "prepositions", "subordinators", "quotes")):
        return None
    found = noun_phrase_after(scene, group.last)
    return None if found and found[1] < len(scene.tokens) and is_finite(scene, found[1]) else found


def _saying(scene: Scene, group: Group, speaker: Part | None) -> Saying:
    made = _make(scene, group.verb.kind, group.first, group.last, speaker)
    return replace(made, topic=group.verb.topic or _is_passive(group))


def _is_passive(group: Group) -> bool:
    return group.form == "participle" and group.be


def _make(scene: Scene, kind: Kind, first: int, last: int, speaker: Part | None) -> Saying:
    cue = scene.sentence.cut(first, last)
    source = scene.sentence.cut(*speaker) if speaker else None
    if speaker and speaker[1] - speaker[0] == 1 and source:
        parts = contraction(scene, speaker[0])
        if parts:
            source = Span(source.start, source.start + len(parts[0]))
            cue = Span(source.end, cue.end) if first == speaker[1] else cue
    joined = speaker is not None and speaker[1] <= first and _far(scene, speaker[1], first)
    return Saying(scene.number, kind, first, last, cue, speaker, source, joined=joined)


def _far(scene: Scene, first: int, last: int) -> bool:
    """Whether another verb stands between a subject and a cue."""
    return any(is_finite(scene, n) for n in range(first, last))


# --- other cues -----------------------------------------------------------------------------------------------------


def _according(scene: Scene) -> Iterator[Saying]:
    citing = {first for first, _ in scene.says("voices", "citing")}
    for _, first, last in scene.language.words("voices", "according").all(scene.tokens):
        if first in citing:
            continue
        speaker = noun_phrase_after(scene, last) if last < len(scene.tokens) else None
        if speaker:
            yield _make(scene, "says", first, last, speaker)
    for first, last in scene.says("voices", "hedging"):
        yield _make(scene, "seems", first, last, None)


def _by_adjective(scene: Scene) -> Iterator[Saying]:
    """ "is convinced that": a state of mind behind a form of "be"."""
    words = cue_words(scene.language)
    for at, token in enumerate(scene.tokens):
        kind = words.adjectives.get(token.norm)
        if kind is None:
            continue
        first = at
        while first > 0 and (is_adverb(scene, first - 1) or is_auxiliary(scene, first - 1)):
            first -= 1
        helper = contraction(scene, first - 1) if first > 0 else None
        if helper or any(is_a(scene, n, "be") for n in range(first, at)):
            speaker = subject_before(scene, first)
            if speaker:
                yield _make(scene, kind, first, at + 1, speaker)


def _by_noun(scene: Scene) -> Iterator[Saying]:
    """ "his claim that", "the ministry's statement": a noun whose owner says it."""
    words = cue_words(scene.language)
    for at, token in enumerate(scene.tokens):
        kind = words.nouns.get(token.norm)
        if kind is None or at == 0 or not _has_object(scene, at + 1):
            continue
        owner = _owner(scene, at)
        if owner is not None:
            yield replace(_make(scene, kind, at, at + 1, owner), noun=True)


def _has_object(scene: Scene, at: int) -> bool:
    """ "that ...", "of ...", "to do", or a quotation: what a noun of saying says."""
    if at >= len(scene.tokens):
        return False
    return scene.tokens[at].norm in ("that", ":") or is_a(scene, at, "quotes") or is_a(scene, at, "prepositions")


def _owner(scene: Scene, at: int) -> Part | None:
    """The possessive before a noun, over up to two words that describe it."""
    for n in range(at - 1, max(-1, at - 4), -1):
        token = scene.tokens[n]
        if is_a(scene, n, "possessives"):
            return n, n + 1
        if is_owner(scene, n):
            return subject_before(scene, n + 1)
        closed = is_a(scene, n, "prepositions") or is_a(scene, n, "determiners") or is_auxiliary(scene, n)
        if closed or not token.is_word:
            return None
    return None


def _by_colon(scene: Scene) -> Iterator[Saying]:
    """ "WALLACE: ..." in a transcript, "Monitor: ten dead" in a headline: who speaks stands before a colon."""
    tokens = scene.tokens
    first = next((n for n, token in enumerate(tokens) if token.is_word), len(tokens))
    colon = next((n for n in range(first, min(first + 7, len(tokens))) if tokens[n].text == ":"), None)
    if colon is None or colon == first or colon + 1 >= len(tokens) or scene.sentence.capitals:
        return
    named = all(token.capital or not token.is_word or scene.language.stops.has(token) for token in tokens[first:colon])
    if named and not any(tokens[n].text in ',"“”' for n in range(first, colon)):
        yield replace(_make(scene, "says", colon, colon + 1, (first, colon)), colon=True)
