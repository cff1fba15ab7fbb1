"""The case as a whole: its counts, what waits, what roots say side by side, what can be chosen from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cenotaph.vocabulary import Ledger, Toll
from cenotaph.web.api.answers.decided import MadeDecision
from cenotaph.web.api.answers.problems import OneProblem


@dataclass(frozen=True, slots=True)
class CaseNow:
    """What a case holds. `states` counts its reports; `working` tells that tolls are being worked out again."""

    title: str
    who: str
    reports: int
    states: Mapping[str, int]
    claims: int
    read_once: int
    read_twice: int
    incidents: int
    episodes: int
    roots: int
    problems: int
    decisions: int
    working: bool


@dataclass(frozen=True, slots=True)
class HarmSaid:
    """One harm in one episode: of each root the newest figure of its largest set, never added; `more` are left out."""

    harm: str
    tolls: tuple[Toll, ...]
    more: int


@dataclass(frozen=True, slots=True)
class EpisodeNow:
    """An episode with what its roots say side by side."""

    incident: str
    title: str
    claims: int
    reports: int
    harms: tuple[HarmSaid, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """The case at a glance: the problems on which most hangs, the episodes that most claims speak of, the totals of our
    own (`ledgers`), and what was decided last. `elsewhere` counts assessments of incidents too large to be added up
    here: no total is complete then, and none is given.
    """

    waiting: tuple[OneProblem, ...]
    episodes: tuple[EpisodeNow, ...]
    ledgers: tuple[Ledger, ...]
    elsewhere: int
    decided: tuple[MadeDecision, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """By what a search can be narrowed: what there is in this case, the most frequent first; nobody who is hidden."""

    harms: tuple[str, ...]
    statuses: tuple[str, ...]
    roots: tuple[str, ...]
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    languages: tuple[str, ...]
    states: tuple[str, ...]
    reads: tuple[str, ...]
