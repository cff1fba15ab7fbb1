"""Who speaks for whom, over all reports: one person in two spellings, and an office that a report gets wrong.

A relay's mistake about who somebody is does not move a figure to another root: the name decides, and the office that
the report gives is shown as a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.link.spelling import near, sound, words
from cenotaph.link.telling import Telling
from cenotaph.vocabulary import Problem, Root, Rooted, Voice

__all__ = ["Offices", "misnamed"]

FOREIGN = 3
"""So many capitalised words beside a name, most of them not of its organisation, are another office: fewer may be a
town or a title. Our convention.
"""

_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*")


@dataclass(frozen=True)
class Offices:
    """For each person who speaks for an organisation: in which reports for which, under which spellings.

    `known` counts the reports in which the codes knew the person: the root is there without being named in the words.
    """

    spoken: Mapping[str, Mapping[str, set[str]]]
    known: Mapping[str, Mapping[str, set[str]]]
    names: Mapping[str, tuple[str, ...]]
    _homes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def among(cls, tellings: Iterable[Telling]) -> Offices:
        spoken: dict[str, dict[str, set[str]]] = {}
        known: dict[str, dict[str, set[str]]] = {}
        for telling in tellings:
            person, body = speaker(telling), telling.voice
            if person is None or body is None or person is body:
                continue
            spoken.setdefault(person.name, {}).setdefault(body.known_as, set()).add(telling.report.id)
            if body.name == body.canonical and body.canonical not in spoken_of(telling):
                known.setdefault(person.name, {}).setdefault(body.known_as, set()).add(telling.report.id)
        names: dict[str, list[str]] = {}
        for name in sorted(spoken):
            names.setdefault(sound(name), []).append(name)
        return cls(spoken, known, {key: tuple(found) for key, found in names.items()})

    def home(self, name: str) -> tuple[str, str]:
        """The organisation a person speaks for, and the spelling by which that is known; empty when it is not clear."""
        if name not in self._homes:
            self._homes[name] = self._home(name)
        return self._homes[name]

    def _home(self, name: str) -> tuple[str, str]:
        spellings = self._spellings(name)
        bodies = {body for one in spellings for body in self.spoken[one]}
        weights = sorted(((self._weight(spellings, body), body) for body in bodies), reverse=True)
        if not weights or (len(weights) > 1 and weights[0][0] == weights[1][0]):
            return "", ""
        best = weights[0][1]
        return best, max(spellings, key=lambda one: (one != name, *self._weight([one], best), one))

    def _spellings(self, name: str) -> list[str]:
        return [one for one in self.names.get(sound(name), ()) if near(one, name)]

    def _weight(self, spellings: Sequence[str], body: str) -> tuple[int, int]:
        by_codes = {report for one in spellings for report in self.known.get(one, {}).get(body, ())}
        all_told = {report for one in spellings for report in self.spoken[one].get(body, ())}
        return len(by_codes), len(all_told)

    def rooted(self, telling: Telling) -> Rooted | None:
        """The organisation of the name, where the words give another one or none. Never for a protected person."""
        person, body = speaker(telling), telling.voice
        if person is None or body is None or person.protected:
            return None
        home, _ = self.home(person.name)
        return Rooted(Root(home), "near name") if home and home != body.known_as else None


def speaker(telling: Telling) -> Voice | None:
    """The named person through whom a root speaks, or who is the root."""
    people = (voice for voice in telling.claim.voices if voice.kind in ("official", "person") and not voice.anonymous)
    return next(people, None)


def spoken_of(telling: Telling) -> str:
    """The words of the report in which the voice is named, with title and office."""
    span = dict(telling.claim.evidence).get("voices")
    return span.of(telling.report.text) if span is not None else ""


def misnamed(tellings: Sequence[Telling], offices: Offices) -> list[Problem]:
    """A problem for each report that gives somebody another office than that of the organisation of the name."""
    bodies = _bodies(tellings)
    found: dict[tuple[str, str, str], list[Telling]] = {}
    for telling in tellings:
        person = speaker(telling)
        if person is None or person.protected or telling.rooted.rule not in ("named", "near name"):
            continue
        office = _office(telling, person, bodies)
        if office:
            found.setdefault((telling.report.id, person.name, office), []).append(telling)
    return [_problem(group, name, office, offices) for (_, name, office), group in sorted(found.items())]


def _bodies(tellings: Iterable[Telling]) -> dict[str, set[str]]:
    """Each organisation with all the words it is named by."""
    names = {(voice.canonical, voice.name) for one in tellings for voice in one.claim.voices if _is_body(voice)}
    found: dict[str, set[str]] = {}
    for canonical, name in names:
        found.setdefault(canonical, set(words(canonical))).update(words(name))
    return found


def _is_body(voice: Voice) -> bool:
    return bool(voice.canonical) and voice.kind == "organisation"


def _office(telling: Telling, person: Voice, bodies: Mapping[str, set[str]]) -> str:
    """The office that the words give, "" where none is given or it is that of the root."""
    body, home = telling.voice, telling.rooted.root.name
    if body is None or body is person:
        return ""
    said = " ".join(spoken_of(telling).replace(person.name, " ").split()).strip(" ,-–—")
    if body.known_as != home:
        return said or body.known_as
    given = set(words(said)) - set(words(person.name))
    if not given or set(words(home)) <= given or _initials(home) in given:
        return ""
    own = bodies.get(home, set()) | set(words(home)) | {_initials(home)}
    return said if _another(given, home, bodies) or _foreign(said, own) else ""


def _another(given: set[str], home: str, bodies: Mapping[str, set[str]]) -> bool:
    return any(set(words(body)) <= given for body in bodies if body != home and len(words(body)) > 1)


def _foreign(said: str, own: set[str]) -> bool:
    acronyms = {found.casefold() for found in _ACRONYM.findall(said)}
    capitalised = [word for found in _CAPITALISED.findall(said) for word in words(found)]
    strange = [word for word in capitalised if word not in own]
    return bool(acronyms - own) or (len(strange) >= FOREIGN and 2 * len(strange) > len(capitalised))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper()).casefold()


def _problem(group: Sequence[Telling], name: str, office: str, offices: Offices) -> Problem:
    first = group[0]
    home = first.rooted.root.name
    _, known = offices.home(name)
    spelled = f", elsewhere written {known}," if known and known != name else ""
    what = f"{name}{spelled} speaks for {home}; this report calls the speaker {office!r}. The figure stays with {home}"
    claims = tuple(one.id for one in group)
    return Problem(
        "office", what, first.report.id, first.claim.start, first.claim.end, first.claim.quote,
        f"say whose figure it is: alias about {name}", "whose figure it is", claims,
    )  # fmt: skip
