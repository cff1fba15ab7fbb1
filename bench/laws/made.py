"""Made-up scopes, figures and statements, seeded, and near enough to each other to have relations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any, get_args

from cenotaph.calculus import Comparison, Statement, relate
from cenotaph.vocabulary import (
    Comparator,
    Count,
    Group,
    Harm,
    Level,
    Means,
    Party,
    Period,
    Place,
    PlaceOf,
    Quantity,
    Scope,
)

__all__ = ["DAYS", "FACETS", "KINDS", "PARTIES", "PLACES", "WAYS", "Three", "count", "quantity", "scope", "statements"]

DAYS = tuple(dt.date(2025, 3, day) for day in range(1, 10))
WEST, NORTH, EAST = ("Land", "West"), ("Land", "North"), ("Land", "East")

PLACES = (
    Place("Land", "Land", path=("Land",)),
    Place("West", "West", path=WEST, precision=4),
    Place("the West", "West", path=WEST, precision=4),
    Place("North", "North", path=NORTH, precision=4),
    Place("East", "East", path=EAST, precision=4),
    Place("Harbour", "Harbour", path=(*WEST, "Harbour"), precision=1),
    Place("Ford", "Ford", path=(*EAST, "Ford"), precision=1),
    Place("the coast", "coast", path=("Land", "coast"), precision=5, covers=(WEST, NORTH)),
    Place("the north-west", "north-west", path=("Land", "north-west"), precision=5, covers=(NORTH, WEST)),
    Place("the marshes", "marshes", path=(*EAST, "marshes"), precision=5, covers=((*EAST, "Ford"),)),
    Place("the valley", "valley", path=("Land", "valley"), precision=5),
    Place("West and East", "West, East", path=("Land",), precision=5, covers=(WEST, EAST)),
    Place("countryside of West", "West", path=WEST, precision=5),
    Place("near Harbour", "Harbour", path=(*WEST, "Harbour"), precision=2),
    Place("Harbor", "Harbour", path=(*WEST, "Harbour"), precision=2, near=True),
    Place("the mill", path=("Land",)),
    Place("the old mill", path=("Land",)),
    Place("a hamlet by the Harbour road", path=("Land",), covers=(WEST,)),
    Place("the village"),
    Place("Town", "Town", path=("Other", "Town"), precision=1),
)
FACETS = {
    "status": ("civilian", "armed group", "armed forces", "security forces", "protected person", "unknown"),
    "affiliation": ("government", "brigade"),
    "identity": ("one community", "another community"),
    "sex": ("female", "male"),
    "age": ("child", "adult", "elderly"),
}
KINDS = ("fighters", "guards")
WAYS = (
    Means("shelling", "shelling", direct=True),
    Means("shelled", "shelling", direct=True),
    Means("shelling", "shelling"),
    Means("shot", "shooting"),
    Means("knives"),
    Means("fire"),
)
PARTIES = (Party("one side"), Party("other side"), Party("one side", degree="ordered"))
Ends = tuple[dt.date | None, dt.date | None]
RULES = ("days of the sentence before", "from the report")


@dataclass(frozen=True)
class Three:
    """Three scopes, whether one root gave them, and which of the ways to draw unfixed borders is taken."""

    a: Scope
    b: Scope
    c: Scope
    same_root: bool
    drawn: int

    @cached_property
    def ab(self) -> Comparison:
        return self.related(self.a, self.b)

    @cached_property
    def bc(self) -> Comparison:
        return self.related(self.b, self.c)

    @cached_property
    def ac(self) -> Comparison:
        return self.related(self.a, self.c)

    def related(self, one: Scope, other: Scope) -> Comparison:
        return relate(one, other, same_root=self.same_root)

    @classmethod
    def made(cls, random: Random) -> Three:
        first = scope(random)
        second = near(random, first)
        if random.random() < 0.2:
            second, third = _split(random, second)
            three = [near(random, second), second, third]
        else:
            three = [first, second, near(random, random.choice((first, second)))]
            random.shuffle(three)
        a, b, c = three
        return cls(a, b, c, same_root=random.random() < 0.7, drawn=random.randrange(4))


def _split(random: Random, one: Scope) -> tuple[Scope, Scope]:
    """The scope twice, set apart in one dimension."""
    west, east, coast = PLACES[1], PLACES[4], PLACES[7]
    early, late = Period("then", DAYS[0], DAYS[random.randrange(5)]), Period("later", DAYS[random.randrange(5, 9)])
    women, men = (replace(one.group, words="some", sex=sex) for sex in FACETS["sex"])
    parted: tuple[tuple[str, Any, Any], ...] = (
        ("place", west, east), ("place", west, PLACES[-1]), ("place", coast, PLACES[-1]),
        ("period", early, late), ("group", women, men),
    )  # fmt: skip
    name, mine, other = random.choice(parted)
    return replace(one, **{name: mine}), replace(one, **{name: other})


def scope(random: Random) -> Scope:
    """A scope in which anything may be open, vague or assumed."""
    made = Scope(Harm(("killed",)))
    for dimension in MAKERS:
        if random.random() < 0.6:
            made = _with(random, made, dimension)
    assumed = tuple((name, random.choice(RULES)) for name in ("place", "period", "group") if random.random() < 0.1)
    return replace(made, assumed=assumed)


def near(random: Random, one: Scope) -> Scope:
    """The same scope but for up to two dimensions, or another one altogether."""
    if random.random() < 0.1:
        return scope(random)
    for _ in range(random.randrange(3)):
        one = _with(random, one, random.choice(list(MAKERS)))
    return one


def _with(random: Random, one: Scope, dimension: str) -> Scope:
    return replace(one, **{dimension: MAKERS[dimension](random, one)})


def _harm(random: Random, one: Scope) -> Harm:
    return Harm.parse(random.choice(("killed", "injured", "killed or injured", "injured or missing")))


def _group(random: Random, one: Scope) -> Group:
    pick = random.random()
    if pick < 0.15:
        return random.choice((Group(), Group("people"), Group("teachers"), Group("A. B.", names=("A. B.",))))
    known = {name: getattr(one.group, name) for name in FACETS}
    for name in random.sample(list(FACETS), random.randint(1, 2)):
        known[name] = random.choice(("", *FACETS[name]))
    return Group(" ".join(filter(None, known.values())) or "people", **known)


def _place(random: Random, one: Scope) -> Place | None:
    of = random.choice(("happened", "happened", "happened", *get_args(PlaceOf)))
    return None if random.random() < 0.1 else replace(random.choice(PLACES), of=of)


def _period(random: Random, one: Scope) -> Period | None:
    start, end = sorted(random.choices(DAYS, k=2))
    of: Any = random.choice(("happened", "happened", "happened", "died", "recorded", "unclear"))
    ends: Ends = random.choice(((start, end), (start, end), (start, start), (start, None), (None, end), (None, None)))
    return None if random.random() < 0.1 else Period("then", ends[0], ends[1], of=of)


def _means(random: Random, one: Scope) -> Means | None:
    return random.choice((None, *WAYS))


def _parties(random: Random, one: Scope) -> tuple[Party, ...]:
    return tuple(random.sample(PARTIES, random.choice((0, 1, 1, 2))))


def _exclusions(random: Random, one: Scope) -> tuple[Group, ...]:
    left_out = (*map(Group, KINDS), Group("armed groups", status="armed group"), Group("women", sex="female"))
    return tuple(random.sample(left_out, random.choice((0, 1, 1, 2))))


def _level(random: Random, one: Scope) -> Level:
    return random.choice(("reported", "reported", "reported", "documented", "verified"))


MAKERS: dict[str, Callable[[Random, Scope], Any]] = {
    "harm": _harm,
    "group": _group,
    "means": _means,
    "place": _place,
    "period": _period,
    "parties": _parties,
    "exclusions": _exclusions,
    "level": _level,
}


def count(random: Random, most: int = 3000) -> Count:
    low = random.choice((0, 1, random.randint(0, 40), random.randint(0, most)))
    return Count(low, random.choice((low, low, None, low + random.randint(0, most))))


def quantity(random: Random) -> Quantity:
    """Any comparator with any number, a share of a whole, or no number at all."""
    base = random.choice((None, random.randint(0, 40), random.randint(0, 5000)))
    upper = None if base is None or random.random() < 0.5 else base + random.randint(0, 500)
    share = random.choice((0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0)) if random.random() < 0.1 else None
    return Quantity("so many", random.choice(get_args(Comparator)), base, upper, share)


def statements(random: Random) -> tuple[Statement, Statement]:
    """Two statements of sets that lie near to each other, most often by one root."""
    first = scope(random)
    made = [_statement(random, one) for one in (first, first if random.random() < 0.5 else near(random, first))]
    return made[0], made[1]


def _statement(random: Random, one: Scope) -> Statement:
    day = random.choice((None, *DAYS, *DAYS))
    return Statement(
        random.choice(("a monitor", "a monitor", "a monitor", "a network", "")), one, count(random), day,
        own_day=random.random() < 0.7, told=random.choice(("", "morning", "evening")), stock=random.random() < 0.2,
        replaces=random.random() < 0.2, complete=random.random() < 0.2,
    )  # fmt: skip
