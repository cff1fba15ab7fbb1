"""Made-up affairs: a province, its towns and weeks, what happened there, and the reports that tell of it.

An affair is the unit of growth: a larger case has more of them, in more provinces and years, and none is any larger.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.scale.land import BODIES, OUTLETS, START, TOWNS, WORLD, Land, name, words
from bench.scale.sheets import Saying, Sheet
from cenotaph.vocabulary import Claim, Comparator, Place, Report, Voice

__all__ = ["Made", "made", "sheets"]

ARABIC = 0.3
"""Share of reports in Arabic."""


@dataclass(frozen=True, slots=True)
class Made:
    """Claims with their reports."""

    claims: list[Claim]
    reports: dict[str, Report]


def made(claims: int, seed: int = 1) -> Made:
    """So many claims or, as no report is cut, up to seven more.

    >>> len(made(100).claims) - 100 in range(8)
    True
    """
    found = Made([], {})
    for sheet in sheets(claims, seed):
        report = sheet.report()
        found.reports[report.id] = report
        found.claims.extend(sheet.claims(report))
    return found


def sheets(claims: int, seed: int = 1) -> Iterator[Sheet]:
    """Reports until they hold so many claims."""
    land, count, number = Land.of(claims), 0, 0
    while count < claims:
        for sheet in _Affair.made(land, Random(f"{seed} {number}"), number).sheets():
            if count < claims:
                count += len(sheet.sayings)
                yield sheet
        number += 1


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened in one town on one day, and what is told of it beside the figures."""

    town: Place
    day: dt.date
    killed: int
    injured: int
    detail: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Affair:
    random: Random
    land: Land
    number: int
    province: int
    first: dt.date
    events: tuple[_Event, ...]

    @classmethod
    def made(cls, land: Land, random: Random, number: int) -> _Affair:
        province, first = random.randrange(land.provinces), START + dt.timedelta(days=random.randrange(land.days))
        towns = random.sample(range(TOWNS), 4)
        events = tuple(_event(random, land.town(province, town), first, at * 2) for at, town in enumerate(towns))
        return cls(random, land, number, province, first, events)

    def sheets(self) -> Iterator[Sheet]:
        """First what happened, day by day, then totals, and how others relay them."""
        for number, sheet in enumerate((*self._of_events(), *self._of_totals()), 1):
            yield replace(sheet, name=f"report {self.number}-{number}")

    def _sheet(self, day: dt.date, said: Sequence[Saying], language: str = "en") -> Sheet:
        outlet = self.land.outlet(self.province, self.random.randrange(OUTLETS + 4))
        return Sheet("", outlet, day, tuple(said), language)

    def _language(self) -> str:
        return "ar" if self.random.random() < ARABIC else "en"

    # --- what happened ------------------------------------------------------------------------------------------------

    def _of_events(self) -> Iterator[Sheet]:
        for event in self.events:
            for later in (0, 1, self.random.randrange(3)):
                language = self._language()
                yield self._sheet(
                    event.day + dt.timedelta(days=later), self._told(event, self._voice(language)), language
                )

    def _told(self, event: _Event, voice: Voice | None, before: int = 0) -> list[Saying]:
        """One to three figures of one event, some of it left open: where, when, or who says it."""
        random, detail = self.random, self._detail(event)
        place = None if random.random() < 0.08 else replace(event.town)
        day = None if random.random() < 0.08 else event.day
        told = event.killed + random.choice((0, 0, 0, 1, 2))
        floor: Comparator = "at least" if random.random() < 0.2 else "exact"
        home = self.land.body(self.province, BODIES[0])
        often = 0.6 if voice == home else 0.03 if voice and voice.canonical else 0
        speaker = self._speaker() if random.random() < often else None
        first = Saying("event", told, "killed", "", place, day, voice, speaker, floor, detail)
        said = [first]
        if random.random() < 0.6:
            said.append(replace(first, number=event.injured, harm="injured", comparator="exact"))
        if told > 4 and random.random() < 0.35:
            said.append(Saying("overlay", told // 3, "killed", random.choice(("child", "female")), of=before))
        return said

    def _detail(self, event: _Event) -> tuple[int, ...]:
        """Every second report tells it in words of its own."""
        return event.detail if self.random.random() < 0.5 else _details(self.random)

    def _voice(self, language: str) -> Voice | None:
        """A body with a name, somebody without, an official of the province, or nobody."""
        random = self.random
        drawn = random.random()
        if drawn < 0.45:
            return self.land.body(self.province, random.choice((*BODIES, *BODIES, *WORLD)))
        if drawn < 0.65:
            return Voice(random.choice(words()[language]["unnamed"]), kind="organisation", anonymous=True, root=True)
        if drawn < 0.8:
            return Voice(random.choice(words()[language]["people"]), kind="person", anonymous=True, root=True)
        return replace(self._speaker(), root=True) if drawn < 0.9 else None

    def _speaker(self) -> Voice:
        return Voice(f"Doctor {name(self.province, 3)}", kind="official")

    # --- totals -------------------------------------------------------------------------------------------------------

    def _of_totals(self) -> Iterator[Sheet]:
        """Two bodies count since the first day, one of them twice; each figure is relayed, once without its name."""
        killed = sum(event.killed for event in self.events) + self.random.randrange(20)
        bodies = self.random.sample((*BODIES, self.random.choice(WORLD)), 2)
        for body, days in zip(bodies, ((8, 11), (8,)), strict=True):
            for later in days:
                killed += self.random.randrange(1, 30)
                day = self.first + dt.timedelta(days=later)
                yield from self._published(killed, self.land.body(self.province, body), day)

    def _published(self, killed: int, body: Voice, day: dt.date) -> Iterator[Sheet]:
        """A body's newest total, its words copied by one, the bare figure taken up by others, one with a round-up."""
        language, said = self._language(), self._counted(killed, body)
        yield self._sheet(day, said, language)
        unnamed = replace(body, name=words()[language]["unnamed"][0], canonical="", anonymous=True)
        copied = [replace(one, voice=unnamed if one.voice else None) for one in said]
        yield self._sheet(day + dt.timedelta(days=1), copied, language)
        yield self._sheet(day + dt.timedelta(days=2), [self._relayed(killed, body)], self._language())
        if self.random.random() < 0.6:
            events = self._told(self.events[0], body)
            events += self._told(self.events[1], body, len(events))
            yield self._sheet(day + dt.timedelta(days=1), [*events, self._relayed(killed, body)], self._language())

    def _counted(self, killed: int, body: Voice) -> list[Saying]:
        """A total with its two parts, and sometimes a town's share of it."""
        fighters = killed // 4
        whole = Saying("total", killed, place=self._area(), day=self.first, voice=body, detail=_details(self.random))
        said = [
            whole,
            Saying("part", killed - fighters, group="civilian", of=0),
            Saying("part", fighters, group="armed group", of=0),
        ]
        event = self.random.choice(self.events)
        if self.random.random() < 0.3:
            said.append(Saying("event", event.killed, place=replace(event.town), day=event.day, voice=body))
        return said

    def _relayed(self, killed: int, body: Voice) -> Saying:
        """The bare figure, without a first day or a place now and then."""
        day = None if self.random.random() < 0.2 else self.first
        place = None if self.random.random() < 0.1 else self._area()
        return Saying("total", killed, place=place, day=day, voice=body, detail=_details(self.random))

    def _area(self) -> Place:
        return self.land.province(self.province)


def _event(random: Random, town: Place, first: dt.date, later: int) -> _Event:
    day = first + dt.timedelta(days=later)
    return _Event(town, day, random.randrange(1, 25), random.randrange(1, 60), _details(random))


def _details(random: Random) -> tuple[int, ...]:
    return tuple(random.randrange(10_000) for _ in range(12))
