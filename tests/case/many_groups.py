"""A case of many groups for tests: reports of several places, days and roots, and decisions on them by chance."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cenotaph.case import Case
from cenotaph.decided import standing
from cenotaph.intake import Captured
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Quantity, Span, content_id
from tests.builders import PLACES
from tests.case.tabled import assessed, captured, decision

START = dt.date(2025, 1, 3)
HERE = ("Harbour", "East", "West", "South", "North")
ROOTS = ("Monitor", "Network", "Ministry")
Table = dict[str, Any]


def reports(seed: int, count: int = 24) -> list[Captured]:
    chance = random.Random(seed)
    days = [START + dt.timedelta(days=17 * one) for one in range(12)]
    return [_report(chance, chance.choice(days), number) for number in range(count)]


def _report(chance: random.Random, day: dt.date, number: int) -> Captured:
    place, root = chance.choice(HERE), chance.choice(ROOTS)
    lines: list[Table] = [{"exact": chance.randint(2, 60), "root": root, "place": place, "day": day}]
    if chance.random() < 0.5:
        lines.append({"exact": chance.randint(1, 9), "root": root, "part_of": "1", "group": "women", "sex": "female"})
    if chance.random() < 0.3:
        since = dt.date(2025, 3, 6) if day >= dt.date(2025, 3, 6) else START
        wide = "coast" if chance.random() < 0.5 else "desert"
        lines.append({"exact": chance.randint(70, 900), "root": root, "total": True, "place": wide, "since": since})
    if chance.random() < 0.4:
        lines.append(
            {"exact": chance.randint(2, 60), "root": chance.choice(ROOTS), "place": chance.choice(HERE), "day": day}
        )
    if chance.random() < 0.3:
        lines.append({"exact": chance.randint(2, 40), "root": f"a voice {number}", "unnamed": True, "harm": "injured"})
    published = day + dt.timedelta(days=chance.randint(0, 3))
    return captured(*lines, published=published, name=f"note {number}", outlet=chance.choice(("Wire", "Post", "Daily")))


# --- decisions by chance --------------------------------------------------------------------------------------------


def decided_by_chance(case: Case, chance: random.Random, count: int) -> Iterator[Decision]:
    """Writes one decision after the other, each on the case as it then is."""
    for _ in range(count):
        state = case.state()
        claims = [one for key, one in sorted(state.claims.items())]
        verb = chance.choice(list(KINDS))
        one = KINDS[verb](chance, case, claims, list(state.linked.incidents))
        if one is not None:
            yield case.decide(one)


def _some(chance: random.Random, claims: list[Claim]) -> Claim:
    return chance.choice(claims)


def _correct(chance: random.Random, case: Case, claims: list[Claim], _: Any) -> Decision:
    one = _some(chance, claims)
    base = chance.randint(1, 90)
    made = replace(one, quantity=Quantity(str(base), "exact", base))
    if chance.random() < 0.3:
        place = PLACES[chance.choice(HERE)]
        made = replace(made, place=place if one.place else None)
    return decision("correct", one.id, claim=dump(made))


def _add(chance: random.Random, case: Case, claims: list[Claim], _: Any) -> Decision:
    like = _some(chance, claims)
    base = chance.randint(1, 90)
    at = Span(like.start, like.start + 2)
    made = replace(
        like,
        id=content_id("claim", like.id, base, "added"),
        anchor=at,
        trigger=at,
        relation=None,
        quantity=Quantity(str(base), "exact", base),
        harm=replace(like.harm, codes=("missing",)),
    )
    return decision("add", made.id, claim=dump(made))


def _link(verb: str, **more: Any) -> Any:
    def made(chance: random.Random, case: Case, claims: list[Claim], incidents: Any) -> Decision | None:
        one, other = chance.sample(claims, 2)
        if verb == "cannot-link":
            home = [one for one in incidents if len(one.claims) > 1]
            if not home:
                return None
            first, second = chance.sample(list(chance.choice(home).claims), 2)
            return decision(verb, first, **{"with": second}, **more)
        return decision(verb, one.id, **{"with": other.id}, **more)

    return made


def _undo(chance: random.Random, case: Case, claims: Any, _: Any) -> Decision | None:
    told = case.decisions()
    stand = standing(told)
    undos = [
        one for one in told if one.verb == "undo" and one.id not in {each.about for each in told if each.verb == "undo"}
    ]
    some = [*stand, *undos]
    return decision("undo", chance.choice(some).id) if some else None


def _assess(chance: random.Random, case: Case, claims: list[Claim], incidents: Any) -> Decision | None:
    one = chance.choice(incidents)
    return assessed(one.id, [chance.choice(list(one.claims))]) if one.claims else None


def _grade(chance: random.Random, case: Case, claims: Any, incidents: Any) -> Decision:
    return decision("grade", chance.choice(incidents).id, word="fair")


def _settle(chance: random.Random, case: Case, claims: Any, _: Any) -> Decision | None:
    found = case.problems()
    return decision("settle", chance.choice(found).id) if found else None


def _on_claim(verb: str) -> Any:
    return lambda chance, case, claims, _: decision(verb, _some(chance, claims).id)


KINDS: Mapping[str, Any] = {
    "accept": _on_claim("accept"), "correct": _correct, "correct again": _correct, "reject": _on_claim("reject"),
    "add": _add, "must-link": _link("must-link"), "one series": _link("must-link", **{"as": "one series"}),
    "cannot-link": _link("cannot-link"), "undo": _undo, "assess": _assess, "grade": _grade, "settle": _settle,
    "relate": lambda *_: decision("relate", "Monitor", **{"with": "Network"}, independence="assumed"),
    "protect": lambda *_: decision("protect", "Salma Example"),
}  # fmt: skip
