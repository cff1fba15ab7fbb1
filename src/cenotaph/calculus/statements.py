"""What the table judges: a figure that a root gave of a set as of a day; two of them as a pair; and the judgement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cenotaph.calculus.relation import Comparison
from cenotaph.calculus.scopes import relate
from cenotaph.vocabulary import Assumed, Count, Scope

__all__ = ["Found", "Judgement", "Pair", "Statement", "Verdict", "shown"]

Verdict = Literal[
    "agree", "contradiction", "growth", "revision", "stale relay", "unexplained drop", "next vintage", "part fits",
    "difference", "nothing",
]  # fmt: skip

Found = tuple[Verdict, str] | None
"""What a row of the table answers: the verdict and its reason; None when it is not about such a pair."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A root's figure of a set: people, as the words allow under a rule set, after inheritance.

    `root` is a key that is the same for one root and no other, "" when nobody is known to answer for the figure.
    `as_of` is the day it counts up to; `own_day` is False when that is only the day of a relay, before which the root
    said it. `told` names the statement of the root that it stands in: two of one day in one statement cannot both be
    true, in two they are vintages. `stock`: it may fall (missing, displaced). `replaces`: the root says that it takes
    the place of an earlier figure. `complete`: the root says that these are all.

    >>> from cenotaph.vocabulary import Harm
    >>> Statement("army", Scope(Harm(("killed",))), Count(0, 0)).claims_all      # "nobody was killed"
    True
    """

    root: str
    scope: Scope
    count: Count
    as_of: dt.date | None = None
    own_day: bool = True
    told: str = ""
    stock: bool = False
    replaces: bool = False
    complete: bool = False

    @property
    def claims_all(self) -> bool:
        """Whether it caps what anybody could have counted: all told, or none at all.

        A record that holds none yet ("documented", "verified") says only what it holds.
        """
        return self.complete or (self.count == Count(0, 0) and self.scope.level == "reported")

    def by(self, other: Statement) -> bool:
        """Whether this is known to be no later than the other; never known where the other's day is a relay's.

        A relay may be any number of days behind its root, so its day is the last on which the root can have said it.
        """
        if self.as_of is None or other.as_of is None:
            return False
        return other.own_day and self.as_of <= other.as_of

    def before(self, other: Statement) -> bool:
        """Whether this is known to be of an earlier day than the other."""
        return self.by(other) and self.as_of != other.as_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two statements say to each other, why, and the assumptions without which they say nothing.

    >>> Judgement("nothing", "levels are never mixed").assumed
    ()
    """

    verdict: Verdict
    why: str
    assumed: Assumed = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements and how their sets lie; which is given first makes no difference to any verdict."""

    a: Statement
    b: Statement
    sets: Comparison

    @classmethod
    def of(cls, a: Statement, b: Statement) -> Pair:
        return cls(a, b, relate(a.scope, b.scope, same_root=bool(a.root) and a.root == b.root))

    @property
    def one_root(self) -> bool:
        return self.a.root == self.b.root

    @property
    def meet(self) -> bool:
        return self.a.count.admits(self.b.count)

    @property
    def low(self) -> Statement:
        """The one with the smaller figure; of two that meet, the one that allows fewer."""
        return min(self.a, self.b, key=_size)

    @property
    def high(self) -> Statement:
        return self.b if self.low is self.a else self.a

    @property
    def one_statement(self) -> bool:
        """Both as of one day in one statement; with no day, only if the statement is named."""
        days = self.a.as_of == self.b.as_of and self.a.own_day and self.b.own_day
        return days and self.a.told == self.b.told and bool(self.a.as_of or self.a.told)


def shown(count: Count) -> str:
    """A count in words.

    >>> shown(Count(1018, 1018)), shown(Count(1225, None)), shown(Count(900, 1100))
    ('1018', 'at least 1225', '900 to 1100')
    """
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def _size(one: Statement) -> tuple[int, int, str]:
    high = one.count.high
    return one.count.low, -1 if high is None else high, str(one.as_of or "")
