"""Which mentions of one person are of the same person: by name, age, sex and kinship, and by who was spoken of last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.vocabulary import Place

_NEAR = 6  # sentences over which a pronoun or a bare noun may speak of somebody


@dataclass
class Person:
    """What a report has said of one person so far, and where it spoke of them."""

    names: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    sex: str = ""
    age: str = ""
    years: str = ""
    spoken: list[tuple[int, int]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Mention:
    """One mention of one person: what it says, and how it points ("name", "pronoun", "the", "a")."""

    draft: Draft
    points: str
    names: frozenset[str]
    head: str
    sex: str
    age: str
    years: str
    place: str


def persons(page: Page, drafts: Sequence[Draft]) -> dict[int, int]:
    """A number for each draft (by its position) that is of one person: equal numbers are one person."""
    known: list[Person] = []
    out: dict[int, int] = {}
    order = sorted(range(len(drafts)), key=lambda n: (page.scenes[drafts[n].sentence].sentence.headline, n))
    for n in order:
        draft = drafts[n]
        if not draft.chunk.single or draft.trigger.word.objects:
            continue
        mention = _mention(page, draft)
        number = _whose(mention, known)
        if number is None:
            number = len(known)
            known.append(Person())
        _learn(known[number], mention)
        out[n] = number
    return out


def of_whom(drafts: Sequence[Draft], who: Mapping[int, int]) -> list[Draft]:
    """Drafts of a pronoun ("he was killed") with the group by which the same person was told of last."""
    out: list[Draft] = []
    for n, draft in enumerate(drafts):
        told = [one for m, one in enumerate(drafts[:n]) if who.get(m, -1) == who.get(n) and one.group.words]
        near = bool(told) and draft.sentence - told[-1].sentence <= _NEAR
        if near and draft.chunk.pronoun and not draft.group.words:
            draft = draft.having("group", told[-1].group, rule="who was spoken of before")
        out.append(draft)
    return out


def _mention(page: Page, draft: Draft) -> _Mention:
    scene, chunk = page.scenes[draft.sentence], draft.chunk
    token = scene.tokens[min(chunk.first, len(scene.tokens) - 1)]
    names = frozenset(word.casefold() for name in draft.group.names for word in name.split() if len(word) > 2)
    head = scene.tokens[chunk.head].norm if not names and chunk.head < len(scene.tokens) else ""
    words = scene.language.words
    sex = draft.group.sex or next(
        (one for one in ("female", "male") if words("people_words", f"{one}_pronouns").has(token)), ""
    )
    years = _years(scene, draft)
    age = draft.group.age or ("adult" if words("people_words", "grown").has(scene.tokens[chunk.head]) else "")
    if years:  # codes/statuses.toml: a child is under eighteen
        age = "child" if len(years) < 3 and int(years) < 18 else "adult"
    return _Mention(draft, _points(scene, draft), names, head, sex, age, years, _place(draft.place, draft))


def _points(scene: Scene, draft: Draft) -> str:
    words, chunk = scene.language.words, draft.chunk
    if chunk.pronoun:
        return "pronoun"
    if draft.group.names:
        return "name"
    inside = scene.tokens[chunk.first : chunk.head + 1]
    if any(words("people_words", "anew").has(token) for token in inside):
        return "another"
    first = scene.tokens[chunk.first]
    told = words("people_words", "definite").has(first) or words("people_words", "whose").has(first)
    possessed = any(token.text.endswith(("'s", "’s")) for token in inside[:-1])
    if told or possessed or scene.sentence.headline:
        return "the"
    return "a"


def _years(scene: Scene, draft: Draft) -> str:
    """The age in figures: in the group's words or before its name ("19-year-old"), or behind it (", 19,")."""
    chunk = draft.chunk
    before = scene.tokens[max(0, chunk.first - 1) : chunk.core]
    found = [token.norm.replace(" ", "-").split("-")[0] for token in before if scene.language.is_age(token)]
    behind = scene.tokens[chunk.core : chunk.core + 2]
    if not found and len(behind) == 2 and behind[0].text == "," and behind[1].text.isdecimal():
        found = [behind[1].text] if len(behind[1].text) < 3 else []
    return found[-1] if found and found[-1].isdecimal() else ""


def _place(place: Place | None, draft: Draft) -> str:
    """Where it happened, if the sentence itself says so."""
    assumed = any(name == "place" for name, _ in draft.assumed)
    return "" if place is None or assumed or place.of != "happened" else place.id or place.name


def _whose(mention: _Mention, known: Sequence[Person]) -> int | None:
    """The person of an earlier mention that this one can be; the last spoken of, where several can."""
    if mention.points == "another":
        return None
    able = [n for n, person in enumerate(known) if _can_be(mention, person)]
    if mention.points == "name":
        named = [n for n in able if known[n].names]
        return named[-1] if named else _last(mention, able, known)
    if mention.points == "pronoun":
        able = [n for n in able if _gap(mention, known[n]) <= _NEAR]
    alike = [n for n in able if mention.head and mention.head in known[n].heads]
    return _last(mention, alike or able, known)


def _last(mention: _Mention, able: Sequence[int], known: Sequence[Person]) -> int | None:
    return min(able, key=lambda n: _gap(mention, known[n]), default=None)


def _gap(mention: _Mention, person: Person) -> int:
    return min(abs(mention.draft.sentence - sentence) for sentence, _ in person.spoken)


def _can_be(mention: _Mention, person: Person) -> bool:
    if _clash(mention.sex, person.sex) or _clash(mention.years, person.years) or _clash(mention.age, person.age):
        return False
    if mention.names and person.names and not mention.names & person.names:
        return False
    here = (mention.draft.sentence, mention.draft.chunk.first)
    if here in person.spoken:
        return True
    same_sentence = any(sentence == here[0] for sentence, _ in person.spoken)
    if mention.points == "pronoun":
        return True
    if mention.points == "name" and mention.names & person.names:
        return True
    if same_sentence:
        return mention.points == "the" and bool(mention.head) and mention.head in person.heads
    if mention.points == "a":
        elsewhere = bool(mention.place and person.places and mention.place not in person.places)
        return not elsewhere and mention.draft.code in person.codes
    return True


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _learn(person: Person, mention: _Mention) -> None:
    person.names |= mention.names
    person.heads |= {mention.head} - {""}
    person.sex = person.sex or mention.sex
    person.age = mention.age or person.age
    person.years = person.years or mention.years
    person.spoken.append((mention.draft.sentence, mention.draft.chunk.first))
    person.codes.add(mention.draft.code)
    person.places |= {mention.place} - {""}
