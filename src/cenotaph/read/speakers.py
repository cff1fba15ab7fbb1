"""A speaker's words as voices: organisations and their spokespeople, officials, private people, reports that name
nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.read.bodies import state_body
from cenotaph.read.grammar import is_a, is_adverb, is_finite, stands_alone
from cenotaph.read.language import Organisation
from cenotaph.read.page import Page, Scene
from cenotaph.read.speaker_names import apposed_name, body_name, name_in, single_name
from cenotaph.read.text import forms, tokens
from cenotaph.vocabulary import Voice, VoiceKind

_MEDIA = ("media", "agency")
_KINDS: dict[str, VoiceKind] = {"media": "outlet", "agency": "outlet"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """The voices that a noun phrase names, outside in; the last of them marked root unless it only carries."""

    voices: tuple[Voice, ...]
    kind: str = ""

    @property
    def is_medium(self) -> bool:
        return self.kind in _MEDIA

    def carrying(self) -> Speaker:
        return replace(self, voices=tuple(replace(voice, root=False) for voice in self.voices))


def speaker_of(
    page: Page, scene: Scene, first: int, last: int, known: Sequence[Speaker], *, introduced: bool = False
) -> Speaker | None:
    """Who the tokens first to last name; None when they name nobody who could speak.

    `known` are the speakers so far, for pronouns and "the observatory"; `introduced` when a cue such as "according to"
    leaves no doubt that the words name a source.
    """
    if first >= last:
        return None
    first, last = _phrase(scene, first, _whole_name(scene, first, last))
    return (
        _pronoun(scene, first, last, known)
        or _of_its_body(page, scene, first, last, known)
        or _organisation(page, scene, first, last)
        or _of_state(page, scene, first, last)
        or _spoke_before(scene, first, last, known)
        or _of_kind_before(scene, first, last, known)
        or _nameless(scene, first, last, introduced, known)
        or _body(scene, first, last)
        or _unlisted(scene, first, last)
        or _person(page, scene, first, last, known)
        or (_unknown(scene, first, last) if introduced else None)
    )


def _phrase(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """Without what only says when or how often: "A day earlier the army", "the army repeatedly"."""
    while last - 1 > first and is_adverb(scene, last - 1) and not stands_alone(scene, last - 1):
        last -= 1
    dated = last - first > 2 and scene.language.weekdays.of(scene.tokens[first + 1]) is not None
    if dated and is_a(scene, first, "prepositions"):
        first += 2  # "By Saturday the army"
    opens = (n for n in range(first + 1, last) if is_a(scene, n, "determiners") and is_adverb(scene, n - 1))
    at = next(opens, first)
    told = any(is_a(scene, n, "relatives") or is_finite(scene, n) for n in range(first, at))
    return first if told else at, last


def _whole_name(scene: Scene, first: int, last: int) -> int:
    """ "the Ministry of Health" ends only where its name does: "... in Homs"."""
    found = scene.language.organisations.longest(scene.tokens, first)
    return max([last, *(end for _, start, end in found if start < last)])


def named_speakers(page: Page, scene: Scene) -> list[Speaker]:
    """Organisations that a scene names, so that "the observatory" can stand for them later."""
    out = []
    for found, _, _ in organisations(page, scene, 0, len(scene.tokens)):
        if not found.spokesperson and found.kind not in ("government", "armed force", "armed group", *_MEDIA):
            out.append(_of_organisation(found, found.alias))
    return out


def organisations(page: Page, scene: Scene, first: int, last: int) -> list[tuple[Organisation, int, int]]:
    """Known organisations between two tokens; "the health ministry" only in a case of its country."""
    out = []
    for found, start, end in scene.language.organisations.longest(scene.tokens, first, last):
        fit = [one for one in found if not one.country_only or one.country in page.country_names]
        if fit and _cased(scene, start, end, fit[0]):
            out.append((fit[0], start, end))
    return out


def _cased(scene: Scene, start: int, end: int, found: Organisation) -> bool:
    """A one-word name that is a common word in small letters ("who") is no organisation."""
    if scene.sentence.capitals and end - start == 1:
        return not scene.language.stops.has(scene.tokens[start]) and not is_a(scene, start, "relatives")
    if end - start > 1 or scene.language.table.get("script") != "Latin":
        return True
    return scene.tokens[start].capital and (not found.alias.isupper() or scene.tokens[start].text.isupper())


def _pronoun(scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    words = [token for token in scene.tokens[first:last] if token.is_word]
    same = scene.language.words("voices", "same_voice").match(scene.tokens, first)
    if same and first + same[1] >= last:
        return known[-1] if known else None
    if len(words) != 1 or not scene.language.words("voices", "pronouns").has(words[0]):
        return None
    person = words[0].norm in ("he", "she")
    fit = [one for one in known if not person or _is_person(one)] or ([] if person else list(known))
    return fit[-1] if fit else None


def _is_person(speaker: Speaker) -> bool:
    return any(voice.kind in ("person", "official") for voice in speaker.voices)


def _of_its_body(page: Page, scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    """ "its spokesperson N. said": the body named before in the sentence answers."""
    if not scene.language.words("voices", "its").has(scene.tokens[first]):
        return None
    before = organisations(page, scene, 0, first)
    before = [one for one in before if one[0].kind not in _MEDIA] or before
    if not before:
        return _of_its_site(scene, first, last) or _of_last_body(scene, first, last, known)
    body, start, end = before[0]
    name = name_in(scene, first, last) or scene.sentence.words(first, last)
    return Speaker((Voice(name, kind="official"), _voice(body, scene.sentence.words(start, end))), body.kind)


def _of_last_body(scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    """ "Its spokesman N. said": of the body that spoke in the sentence before."""
    spoken_for = any(scene.language.words("voices", "spoken_for").has(token) for token in scene.tokens[first:last])
    bodies = [voice for voice in known[-1].voices if voice.kind == "organisation" and voice.root] if known else []
    if not spoken_for or not bodies:
        return None
    name = name_in(scene, first, last) or scene.sentence.words(first, last)
    return Speaker((Voice(name, kind="official"), bodies[-1]), known[-1].kind)


def _of_its_site(scene: Scene, first: int, last: int) -> Speaker | None:
    """ "... to Razi, the city's largest clinic, its director said": the named site before, whoever speaks for it."""
    office = any(scene.language.words("voices", "officials").has(token) for token in scene.tokens[first:last])
    commas = [at for at in range(max(0, first - 12), first) if scene.tokens[at].text == ","]
    if not office or not commas or commas[-1] != first - 1:
        return None
    opening = commas[-2] if len(commas) > 1 else commas[-1]
    sited = any(scene.language.words("voices", "sites").has(token) for token in scene.tokens[opening - 2 : first])
    start = opening
    while start > 0 and scene.tokens[start - 1].is_word and scene.tokens[start - 1].capital:
        start -= 1
    if not sited or start == opening:
        return None
    words = scene.sentence.words(first, last)
    body = Voice(scene.sentence.words(start, opening), kind="organisation", root=True)
    return Speaker((Voice(words, kind="official", anonymous=True), body), "site")


def _organisation(page: Page, scene: Scene, first: int, last: int) -> Speaker | None:
    found = organisations(page, scene, first, last)
    if not found:
        return None
    spoken = next((one for one in found if one[0].spokesperson), None)
    if spoken:
        person = Voice(scene.sentence.words(spoken[1], spoken[2]), kind="official")
        return Speaker((person, _voice(spoken[0], spoken[0].canonical)), spoken[0].kind)
    others = [one for one in found if one[0].canonical != page.report.outlet]
    organisation, start, end = (others or found)[0]
    words = scene.sentence.words(first, last)
    if _is_private(scene, first, start):
        return None
    officer = _officer(scene, first, last, start, end)
    root = _voice(organisation, scene.sentence.words(start, end))
    return Speaker((*officer, root), organisation.kind) if words else None


def _of_state(page: Page, scene: Scene, first: int, last: int) -> Speaker | None:
    """A ministry, an army or the police of a country, and the official through whom it speaks."""
    found = state_body(page, scene, first, last)
    if found is None or _is_private(scene, first, found.first):
        return None
    officer = _officer(scene, first, last, found.first, found.last)
    name = scene.sentence.words(found.first, found.last)
    return Speaker((*officer, Voice(name, found.canonical, "organisation", root=True)), "government")


def _is_private(scene: Scene, first: int, start: int) -> bool:
    """ "a resident near the X hospital": the phrase opens with a private person, not with the organisation's own."""
    opening = scene.tokens[first:start]
    people = scene.language.words("voices", "witnesses")
    return any(people.has(token) for token in opening) and not any(
        scene.language.words("voices", "officials").has(token) for token in opening
    )


def _officer(scene: Scene, first: int, last: int, start: int, end: int) -> tuple[Voice, ...]:
    """The official through whom an organisation speaks: a capitalised name beside it, else an office."""
    name = name_in(scene, first, start) or name_in(scene, end, last)
    office = any(scene.language.words("voices", "officials").has(token) for token in scene.tokens[first:last])
    if name:
        return (Voice(name, kind="official"),)
    if office and start - first > 1:
        return (Voice(scene.sentence.words(first, last), kind="official", anonymous=True),)
    return ()


def _of_organisation(found: Organisation, words: str) -> Speaker:
    return Speaker((_voice(found, words),), found.kind)


def _voice(found: Organisation, words: str) -> Voice:
    return Voice(words, canonical=found.canonical, kind=_KINDS.get(found.kind, "organisation"), root=True)


def _spoke_before(scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    """ "the observatory", "the network": the organisation named before whose name holds that word."""
    tokens = [token for token in scene.tokens[first:last] if token.is_word]
    the = [n for n, token in enumerate(tokens) if token.norm in ("the", "its", "this")]
    tokens = tokens[the[-1] :] if the else tokens
    definite = bool(tokens) and (
        tokens[0].norm in ("the", "its", "this") or tokens[0].text.startswith("ال") or len(tokens) == 1
    )
    nouns = [token for token in tokens if scene.language.words("voices", "monitors").has(token)]
    if not definite or not nouns or len(tokens) > 5:
        return None
    bodies = [one for one in known if any(voice.kind == "organisation" for voice in one.voices)]
    holding = [one for one in bodies if any(set(token.forms) & _words(one) for token in nouns)]
    united = any(scene.language.words("voices", "un_bodies").has(token) for token in nouns)
    kinds = ("monitor", "ngo", "commission", "committee", *(("un",) if united else ()))
    chosen = holding or ([one for one in bodies if one.kind in kinds] if _is_generic(scene, nouns) else [])
    return chosen[-1] if chosen else None


def _of_kind_before(scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    """ "the army", "Military spokesman N.", "Spokesman N.": the body of that kind, or the last body, that spoke."""
    kinds = {kind for kind, _, _ in scene.language.state_bodies.longest(scene.tokens, first, last)}
    spoken_for = any(scene.language.words("voices", "spoken_for").has(token) for token in scene.tokens[first:last])
    bodies = [one for one in known if any(voice.kind == "organisation" and voice.canonical for voice in one.voices)]
    another = any(scene.language.words("voices", "bodies").has(token) for token in scene.tokens[first:last])
    fit = [one for one in bodies if kinds & _kinds(scene, one)] if kinds else [] if another else bodies
    definite = scene.tokens[first].norm in ("the", "its") or spoken_for
    if not fit or not definite or not (kinds or (spoken_for and name_in(scene, first, last))):
        return None
    name = name_in(scene, first, last)
    officer = (Voice(name, kind="official"),) if name else ()
    roots = tuple(voice for voice in fit[-1].voices if voice.kind == "organisation")
    return Speaker((*officer, *roots), fit[-1].kind)


def _kinds(scene: Scene, speaker: Speaker) -> set[str]:
    """The kinds of state body that a speaker's names hold ("Israeli military": army)."""
    names = ((voice.name, voice.canonical) for voice in speaker.voices if voice.kind == "organisation")
    words = [tokens(name, 0, len(name)) for pair in names for name in pair]
    return {kind for one in words if one for kind, _, _ in scene.language.state_bodies.all(one)}


def _words(speaker: Speaker) -> set[str]:
    """The words of a body's names, as written and as the codes know it."""
    names = " ".join(f"{voice.name} {voice.canonical}" for voice in speaker.voices)
    return {form for word in names.split() for form in forms(word)}


def _is_generic(scene: Scene, nouns: Sequence[object]) -> bool:
    generic = scene.language.words("voices", "generic_bodies")
    return any(generic.has(noun) for noun in nouns)  # type: ignore[arg-type]


def _says_again(words: str, speaker: Speaker) -> bool:
    """ "the reports" are the "Reports" of before."""
    again = words.casefold().removeprefix("the ")
    return again != words.casefold() and any(voice.name.casefold() == again for voice in speaker.voices)


def _nameless(scene: Scene, first: int, last: int, introduced: bool, known: Sequence[Speaker]) -> Speaker | None:
    """Reports, sources, residents: a voice that is kept as worded, anonymous, and protected where it is a private
    person.
    """
    tokens = scene.tokens[first:last]
    people = any(scene.language.words("voices", "persons").has(token) for token in tokens)
    hearsay = any(True for _ in scene.says("voices", "hearsay", first, last))
    if not (people or hearsay) or name_in(scene, first, last):
        return None
    office = any(scene.language.words("voices", "officials").has(token) for token in tokens)
    if people and not (hearsay or introduced or office or _indefinite(scene, first, last)):
        return None
    last = _before_adverb(scene, first, last)
    words = scene.sentence.words(first, last)
    again = [one for one in known if one.kind == "nameless" and _says_again(words, one)]
    if again:
        return again[-1]
    connection = _connection(scene, first, last)
    private = connection in ("witness", "relative", "victim")
    official = any(scene.language.words("voices", "officials").has(token) for token in tokens)
    kind: VoiceKind = "official" if official else "person" if people or private else "unknown"
    protected = private or (kind == "person" and not official)
    name = apposed_name(scene, last) if protected else ""  # it hides the name wherever the text has it
    voice = Voice(words, name, kind, anonymous=True, connection=connection, protected=protected, root=True)
    return Speaker((voice,), "nameless")


def _body(scene: Scene, first: int, last: int) -> Speaker | None:
    """ "The ministry", "the army": a body that the words name by its kind only; kept as worded, never merged."""
    words = [at for at in range(first, last) if scene.tokens[at].is_word]
    land = _of_land(scene, first, last)
    if not words or len(words) > (8 if land else 5) or (name_in(scene, first, last) and not land):
        return None
    if not any(scene.language.words("voices", "bodies").has(scene.tokens[at]) for at in words):
        return None
    name = scene.sentence.words(words[0], words[-1] + 1)
    return Speaker((Voice(name, kind="organisation", anonymous=True, root=True),), "body")


def _of_land(scene: Scene, first: int, last: int) -> bool:
    """ "the health ministry of North Tal": the capitals behind "of" are a land's, where a body stands before it."""
    seat = scene.language.words("voices", "seat")
    for at in range(first + 1, last - 1):
        if scene.tokens[at].norm == "of" or seat.has(scene.tokens[at]):
            body = any(scene.language.words("voices", "bodies").has(token) for token in scene.tokens[first:at])
            return body and all(token.capital for token in scene.tokens[at + 1 : last])
    return False


def _unlisted(scene: Scene, first: int, last: int) -> Speaker | None:
    """A body that no list knows, by its capitalised name, and the person through whom it speaks ("N., head of the
    Coastal Relief Network").
    """
    if scene.sentence.capitals:
        name = name_in(scene, first, last)
        nouns = scene.language.words("voices", "body_nouns")
        body = any(nouns.has(token) for token in tokens(name, 0, len(name)))
        return Speaker((Voice(name, kind="organisation", root=True),), "organisation") if body else None
    found = body_name(scene, first, last)
    if found is None:
        return None
    officer = _officer(scene, first, last, *found)
    return Speaker((*officer, Voice(scene.sentence.words(*found), kind="organisation", root=True)), "organisation")


def _before_adverb(scene: Scene, first: int, last: int) -> int:
    """Without a trailing ", meanwhile,"."""
    while last - 1 > first and (
        not scene.tokens[last - 1].is_word or scene.language.words("voices", "joiners").has(scene.tokens[last - 1])
    ):
        last -= 1
    return last


def _indefinite(scene: Scene, first: int, last: int) -> bool:
    words = scene.language.words("voices", "anonymous")
    plural = scene.tokens[last - 1].norm.endswith("s")
    return words.has(scene.tokens[first]) or plural or scene.language.table.get("verb_first", False)


def _connection(scene: Scene, first: int, last: int) -> str:
    for key, connection in (("relatives", "relative"), ("victims", "victim"), ("witnesses", "witness")):
        if any(scene.language.words("voices", key).has(token) for token in scene.tokens[first:last]):
            return connection
    return "third party relaying" if any(True for _ in scene.says("voices", "hearsay", first, last)) else ""


def _person(page: Page, scene: Scene, first: int, last: int, known: Sequence[Speaker]) -> Speaker | None:
    """A named person: an official where an office introduces the name, else private and protected."""
    name = name_in(scene, first, last) or single_name(scene, first, last)
    if not name:
        return None
    for one in reversed(known):
        if any(name.split()[-1] in voice.name.split() for voice in one.voices):
            return one
    tokens = scene.tokens[first:last]
    office = any(
        scene.language.words("voices", "officials").has(token)
        or scene.language.words("people_words", "titles").has(token)
        for token in tokens
    )
    connection = _connection(scene, first, last)
    kind: VoiceKind = "official" if office else "person"
    return Speaker((Voice(name, kind=kind, connection=connection, protected=not office, root=True),), "person")


def _unknown(scene: Scene, first: int, last: int) -> Speaker | None:
    """A source that a cue names but no list knows: kept as worded."""
    words = scene.sentence.words(first, last)
    named = any(token.capital for token in scene.tokens[first:last]) and not scene.sentence.capitals
    kind: VoiceKind = "organisation" if named else "unknown"
    return Speaker((Voice(words, kind=kind, anonymous=not named, root=True),), "unknown")
