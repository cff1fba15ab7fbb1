"""Links: what an incident may be merged with, the links that stand, and what another would change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cenotaph.vocabulary import Check, Incident, Problem, Toll
from cenotaph.web.api.answers.decided import Asked, MadeDecision
from cenotaph.web.api.answers.incidents import Apart, IncidentLine
from cenotaph.web.api.answers.people import SeriesOf


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident that another may be the same as, and what they have in common (`alike`). `holds`: one of the two is
    the episode of the other, so that they can't be merged.
    """

    incident: IncidentLine
    alike: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link that stands on claims of an incident: decisions of one moment, taken back by an undo of each."""

    decisions: tuple[str, ...]
    verbs: tuple[str, ...]
    kind: str
    who: str
    when: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an incident may be merged with, the likeliest first; and the links that stand on its claims."""

    items: tuple[Candidate, ...]
    links: tuple[LinkMade, ...]


@dataclass(frozen=True, slots=True)
class TollIn:
    """A toll, and whether it stands only there and not on the other side."""

    toll: Toll
    only: bool


@dataclass(frozen=True, slots=True)
class IncidentThen:
    """An incident that stands only before, or only after, with its first figures; `more` are left out."""

    incident: Incident
    tolls: tuple[TollIn, ...]
    more: int
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class RootChanged:
    """One root's figures of one harm that count something else, as they would stand before and after; each with the
    title of what it counts.
    """

    root: str
    harm: str
    before: tuple[SeriesOf, ...]
    after: tuple[SeriesOf, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """A claim that would stand elsewhere: the title of what it is in now ("" for nothing), and would be in then."""

    claim: str
    before: str
    after: str
    before_apart: tuple[Apart, ...] = ()
    after_apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class CodesThen:
    """Codes that would lead to an incident: its own, and those that it takes over."""

    title: str
    code: str
    once: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What a link would change, only what differs, worked out on `claims` claims: nothing of it is stored. To take it,
    send `steps` as decisions, each with a reason.

    `appear` and `vanish` are comparisons that do not fit, `decisions` those that stand on the incidents which change,
    `asked` what a person would be asked about their assessments.
    """

    steps: tuple[Asked, ...]
    claims: int
    before: tuple[IncidentThen, ...]
    after: tuple[IncidentThen, ...]
    tolls: tuple[RootChanged, ...]
    moving: tuple[Moving, ...]
    appear: tuple[Check, ...]
    vanish: tuple[Check, ...]
    codes: tuple[CodesThen, ...]
    decisions: tuple[MadeDecision, ...]
    asked: tuple[Problem, ...]
