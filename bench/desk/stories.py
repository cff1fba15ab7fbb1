"""What is told: episodes with their incidents over a year, and for each report which of it, by whom and when.

A plan holds a row a report; a draft is told from its row and the seed alone, so that a case is written in batches and
the same report can be told again when its claims are wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Literal

from bench.desk.land import Area, Province, bodies, official, outlets, person, provinces, words
from bench.desk.telling import Draft, Said
from cenotaph.vocabulary import Comparator, Voice

__all__ = ["Episode", "Incident", "Plan", "Row"]

START = dt.date(2023, 1, 1)
DAYS = 365

CLAIMS_OF_EPISODE = 417
"""On average, so that 1,000,000 claims are of some 2,400 episodes; these hold one to eight incidents, some 10,000."""

ARABIC, REPEATED, NEWER = 0.2, 0.1, 0.03
"""Shares of reports: in Arabic, in another's words exactly, and new versions of an earlier one."""

UNREAD, ANSWERED, HEDGED, WRONG = 0.04, 0.05, 0.06, 0.02
"""Shares: reports with a harm that has no figure, reports with a denial, sentences hedged, parts that do not add up."""

UNSURE = 0.06
"""Share of officials told by their office alone: whose they are is then asked of a person."""

MEANS = ("", "shelling", "airstrike", "shooting", "landmine", "drone strike")
OTHER = ("detained", "abducted", "missing", "displaced", "tortured", "body recovered")
COMPARATORS: Sequence[Comparator] = ("exact",) * 10 + ("at least", "at least", "more than", "about", "plural")


@dataclass(frozen=True, slots=True)
class Incident:
    """What is said to have happened in one town on one day; never told as such: each body has a figure of its own."""

    town: Area
    day: dt.date
    killed: int
    injured: int
    means: str
    party: int
    other: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Episode:
    number: int
    province: Province
    first: dt.date
    incidents: tuple[Incident, ...]
    bodies: tuple[int, ...]
    weight: float

    @classmethod
    def made(cls, seed: int, number: int, taken: set[tuple[int, int]]) -> Episode:
        """Another province or another first day than any before it: those of one province and day would be one."""
        random = Random(f"{seed} episode {number}")
        known = provinces()
        while True:
            province, day = random.choice(known), random.randrange(DAYS - 20)
            if (province.number, day) not in taken:
                break
        taken.add((province.number, day))
        first, count = START + dt.timedelta(days=day), min(random.randint(1, 8), len(province.towns))
        towns = random.sample(province.towns, count)
        told = tuple(_incident(random, town, first + dt.timedelta(days=2 * at)) for at, town in enumerate(towns))
        heard = tuple(sorted(random.sample(range(bodies()), random.randint(3, 6))))
        return cls(number, province, first, told, heard, random.lognormvariate(0, 0.7))

    def total(self, body: int, day: dt.date) -> int:
        """What a body has on record of the whole episode on a day; now and then it lost some."""
        known = sum(one.killed + (one.killed + body) % 3 for one in self.incidents if one.day <= day)
        late = (day - self.first).days
        return known + late * (1 + body % 4) - (5 if (late * 31 + body + self.number) % 23 == 0 else 0) + 9


def _incident(random: Random, town: Area, day: dt.date) -> Incident:
    other = (random.choice(OTHER), random.randint(2, 40))
    killed = min(240, 1 + int(random.expovariate(1 / 9)))
    return Incident(town, day, killed, random.randint(2, 60), random.choice(MEANS), random.randrange(5), other)


@dataclass(frozen=True, slots=True)
class Row:
    """A report to come: `at` is its number within its episode, `base` that of the one it repeats or renews."""

    day: int
    episode: int
    at: int
    kind: Literal["own", "repeats", "newer"]
    base: int


@dataclass(frozen=True)
class Plan:
    """So many reports with so many claims on average; a figure more or less where a sentence holds two."""

    reports: int
    claims: int
    seed: int = 1

    @cached_property
    def episodes(self) -> Sequence[Episode]:
        taken: set[tuple[int, int]] = set()
        count = max(2, round(self.claims / CLAIMS_OF_EPISODE))
        return [Episode.made(self.seed, number, taken) for number in range(count)]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """In the order of their days, so that what is repeated or renewed came before."""
        random = Random(f"{self.seed} rows")
        weights = [one.weight for one in self.episodes]
        of = [0] * len(self.episodes)
        for number in random.choices(range(len(self.episodes)), weights, k=self.reports):
            of[number] += 1
        return sorted(
            (row for number, count in enumerate(of) for row in _rows(random, self.episodes[number], count)),
            key=lambda one: (one.day, one.episode, one.at),
        )

    @cached_property
    def _serials(self) -> dict[tuple[int, int], int]:
        return {(row.episode, row.at): serial for serial, row in enumerate(self.rows)}

    def drafts(self, start: int = 0) -> Iterator[Draft]:
        return (self.draft(serial) for serial in range(start, len(self.rows)))

    def draft(self, serial: int) -> Draft:
        """The report of a row. One that repeats has another outlet, one that is newer the address and other figures."""
        row = self.rows[serial]
        base = serial if row.kind == "own" else self._serials[row.episode, row.base]
        own = self._own(base, self.rows[base])
        if row.kind == "own":
            return own
        random = Random(f"{self.seed} again {serial}")
        day = _day(row.day)
        captured = _moment(random, day)
        if row.kind == "repeats":
            outlet = random.choice([one for one in outlets() if one != own.outlet])
            return Draft(serial, outlet, _url(outlet, serial), own.language, day, captured, own.said)
        later = replace(own.said[0], form=own.said[0].form + 1)  # one of which nothing else was raised is newer too
        said = (*map(_raised, own.said), later)
        return Draft(serial, own.outlet, own.url, own.language, own.published, captured, said, updated=day)

    def _own(self, serial: int, row: Row) -> Draft:
        random, day = Random(f"{self.seed} report {serial}"), _day(row.day)
        outlet = random.choice(outlets())
        language = "ar" if random.random() < ARABIC else "en"
        teller = _Teller(random, self.episodes[row.episode], day, language)
        mean = self.claims / self.reports
        said = teller.report(max(1, round(random.uniform(0.5, 1.5) * mean)))
        return Draft(serial, outlet, _url(outlet, serial), language, day, _moment(random, day), tuple(said))


def _rows(random: Random, episode: Episode, count: int) -> Iterator[Row]:
    """Most reports come soon; from the third on some repeat or renew an earlier one."""
    first = (episode.first - START).days
    days = sorted(min(DAYS - 1, first + int(random.expovariate(1 / 6))) for _ in range(count))
    own: list[int] = []
    renewed: set[int] = set()
    for at, day in enumerate(days):
        drawn, base = random.random(), random.choice(own[-8:]) if own else at
        if own and drawn < REPEATED:
            yield Row(day, episode.number, at, "repeats", base)
        elif own and drawn < REPEATED + NEWER and base not in renewed:
            renewed.add(base)
            yield Row(day, episode.number, at, "newer", base)
        else:
            own.append(at)
            yield Row(day, episode.number, at, "own", at)


def _day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def _moment(random: Random, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, random.randrange(24), random.randrange(60), tzinfo=dt.UTC)


def _url(outlet: str, serial: int) -> str:
    return f"https://{outlet.lower().replace(' ', '-')}.example/{serial:06}"


def _raised(said: Said) -> Said:
    """As a newer version has it: events grew by one, all else is as it was."""
    return replace(said, number=said.number + 1) if said.kind == "event" and said.comparator != "plural" else said


@dataclass(frozen=True, slots=True)
class _Teller:
    """What one report says of an episode, sentence by sentence."""

    random: Random
    episode: Episode
    day: dt.date
    language: str

    def report(self, claims: int) -> list[Said]:
        random, said = self.random, [self._filler()]
        left, told = claims, set[object]()
        while left > 0:
            block = self._block(told)
            kept = _within(block, left)
            left -= sum(one.claims for one in kept)
            said += kept
        if random.random() < UNREAD:
            said.append(Said("unread", self._incident().town))
        if random.random() < ANSWERED:
            said.append(Said("answer", self._incident().town, party=self._incident().party))
        return [*said, self._filler()]

    def _block(self, told: set[object]) -> list[Said]:
        """Sentences on one figure; not what the same voice told already, as long as there is something else."""
        for _ in range(4):
            drawn = self.random.random()
            block = self._total() if drawn < 0.25 else self._other() if drawn < 0.4 else self._event()
            one = block[0]
            key = (one.kind, one.harm, one.day if one.kind == "total" else one.town.place.id, one.voices)
            if key not in told:
                break
        told.add(key)
        return block

    def _incident(self) -> Incident:
        known = [one for one in self.episode.incidents if one.day <= self.day]
        return self.random.choice(known or self.episode.incidents[:1])

    def _filler(self) -> Said:
        return Said("filler", self._incident().town, form=self.random.randrange(1000))

    def _event(self) -> list[Said]:
        """The dead of one incident; then those of each status, or whom it takes in; or the wounded in one sentence."""
        random, one = self.random, self._incident()
        body, voices = self._heard()
        killed = one.killed + (one.killed + body) % 3 + min(2, (self.day - one.day).days // 3)
        event = self._of(one, "event", killed, voices)
        drawn = random.random()
        if drawn < 0.2:
            return [replace(event, kind="both", second=("injured", one.injured + body % 5), hedge=None, party=None)]
        if drawn < 0.55 and killed >= 4 and event.comparator == "exact":
            fighters = killed // 3
            wrong = 2 if random.random() < WRONG else 0
            event = replace(event, group="")
            return [event, self._part("part", event, killed - fighters + wrong, "civilian", 1),
                    self._part("part", event, fighters, random.choice(("armed group", "armed forces")), 2)]  # fmt: skip
        if drawn < 0.75 and killed >= 3:
            return [event, self._part("overlay", event, 1 + killed // 4, random.choice(("child", "female")), 1)]
        if drawn < 0.82 and killed <= 3 and event.comparator == "exact":
            return [replace(event, names=tuple(person(random, self.language) for _ in range(killed)))]
        return [event]

    def _of(self, one: Incident, kind: Literal["event"], number: int, voices: tuple[Voice, ...]) -> Said:
        random, drawn = self.random, self.random.random()
        area = None if drawn < 0.05 else self.episode.province.area if drawn < 0.08 else one.town
        return Said(
            kind, one.town, number, area=area, day=None if random.random() < 0.06 else one.day, voices=voices,
            group=random.choice(("", "", "civilian", "security forces")), comparator=random.choice(COMPARATORS),
            means=one.means if random.random() < 0.5 else "", party=one.party if random.random() < 0.12 else None,
            hedge=random.randrange(2) if random.random() < HEDGED else None, form=random.randrange(2) if voices else 0,
        )  # fmt: skip

    def _part(self, kind: Literal["part", "overlay"], whole: Said, number: int, group: str, of: int) -> Said:
        return Said(kind, whole.town, number, harm=whole.harm, group=group, of=of, form=self.random.randrange(2))

    def _other(self) -> list[Said]:
        one = self._incident()
        body, voices = self._heard()
        harm, number = one.other
        return [replace(self._of(one, "event", number + body % 3, voices), harm=harm, means="", comparator="exact")]

    def _total(self) -> list[Said]:
        """What a body counted since the first day; with its parts now and then."""
        random, episode = self.random, self.episode
        body = random.choice(episode.bodies)
        number = episode.total(body, self.day)
        whole = Said(
            "total", self._incident().town, number, area=episode.province.area, day=episode.first,
            voices=(episode.province.body(body, self.language),), form=random.randrange(2),
            comparator="exact" if random.random() < 0.8 else "at least",
        )  # fmt: skip
        if random.random() < 0.6 or whole.comparator != "exact":
            return [whole]
        fighters = number // 4
        wrong = 3 if random.random() < WRONG else 0
        return [whole, self._part("part", whole, number - fighters + wrong, "civilian", 1),
                self._part("part", whole, fighters, "armed group", 2)]  # fmt: skip

    def _heard(self) -> tuple[int, tuple[Voice, ...]]:
        """Whose figure it is, by its number, and the voices: a body, its official, nobody named, a resident, none."""
        random, told = self.random, words()[self.language]
        body, drawn = random.choice(self.episode.bodies), random.random()
        if drawn < 0.55:
            return body, (self.episode.province.body(body, self.language),)
        if drawn < 0.65:
            answers = self.episode.province.body(body, self.language)
            known = official(answers.canonical, self.language)
            name = random.choice(told["officials"]["words"]) if random.random() < UNSURE else known
            return body, (Voice(name, kind="official"), answers)
        if drawn < 0.77:
            name = random.choice(told["unnamed"]["words"])
            return 0, (Voice(name, anonymous=True, connection="third party relaying", root=True),)
        if drawn < 0.81:
            name = str(random.choice(told["private"]["words"])).format(person(random, self.language))
            return 1, (Voice(name, kind="person", connection="witness", protected=True, root=True),)
        return 2, ()


def _within(block: Sequence[Said], left: int) -> Sequence[Said]:
    """As much of a block as there is room for; a sentence is told whole."""
    kept: list[Said] = []
    for one in block:
        if sum(each.claims for each in kept) < left:
            kept.append(one)
    return kept
