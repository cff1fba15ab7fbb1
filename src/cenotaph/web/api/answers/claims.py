"""Claims: one, some, and the cells in which a person corrects or adds one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cenotaph.vocabulary import Claim, Interval


@dataclass(frozen=True, slots=True)
class OneClaim:
    """A claim, what its words allow, whose figure it is and how that is known, who read it (`reads`: how many people),
    and `seen`: the newest decision about it, which a decision brings back so that nobody decides unseen.
    """

    claim: Claim
    interval: Interval
    root: str
    named: bool
    rule: str
    incident: str
    reads: int
    seen: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of a list; `high` is null where the words are open upwards."""

    id: str
    report: str
    incident: str
    harm: str
    status: str
    people: str
    words: str
    low: int
    high: int | None
    root: str
    named: bool
    place: str
    first: str
    last: str
    said: str
    stance: str
    reach: str
    reads: int
    fresh: bool
    published: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Some claims, from `first` on, of how many; `more` tells that there are more than `total`."""

    items: tuple[ClaimLine, ...]
    first: int
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class ClaimCells:
    """A claim as cells that a person may change, by the columns of the sheet of claims; who is accused and who says it
    as rows of cells (`parties:1:words`, `voices:2:name`; `voices:root` is the row that answers for the figure). `codes`
    are what a coded cell may hold. A name that is hidden stands in them as `[protected]`; sent back so, it stays.
    """

    report: str
    claim: str
    cells: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]]
    seen: str


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """What words propose for a new claim: `start` and `end` of the figure, the sentence around it, `cells` as a person
    would fill them in (see ClaimCells); `like` is the claim of the same sentence from which place, days, voices and
    parties are taken over.
    """

    report: str
    start: int
    end: int
    words: str
    quote: str
    cells: Mapping[str, str]
    like: str
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CellsChanged:
    """The cells of a claim that are read otherwise, and why; what is left out stays as it is. Where words stand that
    occur more than once is told under `at:` and the name of the cell, as `12-20`.
    """

    cells: Mapping[str, str]
    why: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim on words of a report: where its figure stands (`start` to `end`, code points), its cells and why. `harm`
    is needed; who says it is the outlet, or who says the claim beside, unless rows of voices tell otherwise.
    """

    start: int
    end: int
    cells: Mapping[str, str]
    why: str
