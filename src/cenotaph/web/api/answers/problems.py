"""What is unclear, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.vocabulary import Problem
from cenotaph.web.api.answers.claims import ClaimLine


@dataclass(frozen=True, slots=True)
class OneProblem:
    """A problem by its id; `stake` are people in the largest figure that hangs on it."""

    id: str
    problem: Problem
    stake: int
    seen: str


@dataclass(frozen=True, slots=True)
class Problems:
    """What is open, first that on which most hangs."""

    items: tuple[OneProblem, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class WholeProblem:
    """A problem with the words that it is about, those before and after them, and what its claims say."""

    id: str
    problem: Problem
    stake: int
    seen: str
    before: str
    quote: str
    after: str
    claims: tuple[ClaimLine, ...]
