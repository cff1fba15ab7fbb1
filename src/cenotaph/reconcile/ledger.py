"""Totals of our own, line by line: assessments and residuals of one harm on one level, their overlaps taken out.

What is documented and what is estimated never meet in one total. A line adds what it counts less the people that
lines above it count too; of these only what a person stated is known. An incident inside an episode that was assessed
as a whole is listed under it and adds nothing. The aim is that of casualty recorders (Every Casualty, Standards for
Casualty Recording, 2016): aggregates kept apart from incidents, nobody counted twice, each total open to audit.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.overlaps import Pair, added, between, doubts, moved, stated
from cenotaph.vocabulary import Assessment, Cell, Count, Harm, Incident, Ledger, Level, Line, Overlap, Problem

__all__ = ["breakdown", "ledger", "unfit"]

NONE = Count(0, 0)
COUNTING = ("provisional", "confirmed")
LEFT_OUT = "not counted: "
"""How the sentence about an assessment begins that people left out themselves: pending or withdrawn."""
Kind = tuple[str, str, str, str]


def ledger(
    assessments: Sequence[Assessment], incidents: Sequence[Incident], harm: Harm, level: Level | None = None
) -> list[Ledger]:
    """One ledger for each level on which something of this harm is assessed, or for one `level`; never across levels.

    Lines stand in the order of their days, an episode's incidents under it and its residual last. Lows are lessened by
    the most that may be counted twice, highs by the least. `problems` are sentences: what does not count and why, and
    what does not fit. Raises ValueError if one incident has two assessments of this harm and level.

    >>> one = Assessment("assessment:1", "incident:1", Harm(("killed",)), (Cell(4, 6),))
    >>> other = Assessment("assessment:2", "incident:2", Harm(("killed",)), (Cell(10, 10),), overlaps=(
    ...     Overlap("incident:1", 1, 2, "names that stand on both lists"),))
    >>> (found,) = ledger([other, one], [], Harm(("killed",)))
    >>> [line.adds for line in found.lines], found.total
    ([Count(low=4, high=6), Count(low=8, high=9)], Count(low=12, high=15))
    """
    mine = [one for one in assessments if one.harm == harm]
    levels: list[Level] = [each for each in get_args(Level) if level in (None, each)]
    told = ((each, [one for one in mine if one.level == each]) for each in levels)
    return [_ledger(_Book.of(found, incidents), harm, each) for each, found in told if found]


def _ledger(book: _Book, harm: Harm, level: Level) -> Ledger:
    said = stated(book.counted, book.find)
    pairs = {pair: between(found, *(book.lines[name].count for name in pair)) for pair, found in said.items()}
    lines = tuple(_lines(book, moved(pairs, book.covers, book.lines)))
    unfit = [f"{' and '.join(book.title(book.lines[name]) for name in pair)}: {what}"
             for pair, what in doubts(said, book.lines)]  # fmt: skip
    problems = (*book.left_out(), *book.astray(), *unfit, *_outgrown(book, pairs), *book.not_assessed(harm))
    return Ledger(harm, level, lines, sum((line.adds for line in lines), NONE), problems)


def _lines(book: _Book, pairs: Mapping[Pair, Overlap]) -> Iterator[Line]:
    standing = [one for one in book.counted if one.id not in book.covers]
    adds = {one.id: (count, overlaps) for one, count, overlaps in added(standing, pairs)}
    for one in book.counted:
        cover = book.covers.get(one.id)
        title = book.title(one) + (f", counted in {book.title(book.lines[cover])}" if cover else "")
        count, overlaps = adds.get(one.id, (NONE, ()))
        yield Line(one.id, title, one.count, count, one.reading, overlaps)


def _outgrown(book: _Book, pairs: Mapping[Pair, Overlap]) -> Iterator[str]:
    """Episodes assessed as a whole at less than what lies inside them."""
    inside: dict[str, list[Assessment]] = {}
    for one in book.counted:
        if one.id in book.covers:
            inside.setdefault(book.covers[one.id], []).append(one)
    for name, parts in inside.items():
        whole, least = book.lines[name], sum(count.low for _, count, _ in added(parts, pairs))
        if whole.count.high is not None and least > whole.count.high:
            what = f"assessed at {shown(whole.count)} as a whole, and what lies inside it comes to at least {least}"
            yield f"{book.title(whole)}: {what}; assess the whole again, or its incidents"


def unfit(found: Ledger) -> list[Problem]:
    """What does not fit in a ledger, as problems to settle. What people left out themselves is none of them.

    >>> said = ("not counted: killed, a town, 4, withdrawn", "killed, a town: overlaps with itself; name the other one")
    >>> [one.what for one in unfit(Ledger(Harm(("killed",)), "verified", (), NONE, said))]
    ['what we hold, killed, verified: killed, a town: overlaps with itself; name the other one']
    """
    head = f"what we hold, {found.harm}, {found.level}"
    settle = "assess again what does not fit, or settle this"
    said = [f"{head}: {one}" for one in found.problems if not one.startswith(LEFT_OUT)]
    return [Problem("ledger", one, settle=settle, changes="our own total") for one in said]


# --- which lines there are ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Book:
    """The assessments of one harm and level that count, in the order of their lines, and what they are about.

    `covers` leads from an incident or residual that adds nothing to the whole that counts it.
    """

    counted: Sequence[Assessment]
    others: Sequence[Assessment]
    lines: Mapping[str, Assessment]
    whole: Mapping[str, Assessment]
    covers: Mapping[str, str]
    incidents: Mapping[str, Incident]

    @classmethod
    def of(cls, found: Sequence[Assessment], incidents: Sequence[Incident]) -> _Book:
        named = {name: one for one in incidents for name in (one.id, one.code, *one.once) if name}
        counted = [one for one in found if one.standing in COUNTING]
        twice = [key for key, times in Counter((one.about, one.residual) for one in counted).items() if times > 1]
        if twice:
            raise ValueError(
                f"found two assessments of {twice[0][0]} where one can count; take what assessments() gives"
            )
        ordered = sorted(counted, key=lambda one: _order(one, named))
        whole = {one.about: one for one in ordered if not one.residual}
        homes = {one.id: whole.get(_home(one, named)) for one in ordered}
        covers = {name: home.id for name, home in homes.items() if home is not None and home.id != name}
        others = [one for one in found if one.standing not in COUNTING]
        return cls(ordered, others, {one.id: one for one in ordered}, whole, covers, named)

    def find(self, name: str) -> Assessment | None:
        """The line that is meant: by its own id, or by an id or code of its incident; the whole before the residual."""
        about = self.incidents[name].id if name in self.incidents else name
        return self.lines.get(name) or self.whole.get(about) or self.residuals.get(about)

    @property
    def residuals(self) -> dict[str, Assessment]:
        return {one.about: one for one in self.counted if one.residual}

    def title(self, one: Assessment) -> str:
        known = self.incidents.get(one.about)
        return (known.title if known else one.about) + (", beyond its incidents" if one.residual else "")

    def left_out(self) -> Iterator[str]:
        for one in sorted(self.others, key=lambda one: _order(one, self.incidents)):
            reason = f": {one.reason}" if one.reason else ""
            yield f"{LEFT_OUT}{self.title(one)}, {shown(one.count)}, {one.standing}{reason}"

    def astray(self) -> Iterator[str]:
        """Lines and overlaps about what is not held."""
        aside = {one.id for one in self.others}
        for one in self.counted:
            if self.incidents and one.about not in self.incidents:
                yield f"{one.about} is no incident that is held; its line stands as it was assessed"
            for overlap in one.overlaps:
                other = self.find(overlap.other)
                if other is None and overlap.other not in self.incidents and overlap.other not in aside:
                    yield f"{self.title(one)}: overlaps with {overlap.other}, no line here; nothing is taken out"
                if other is one:
                    yield f"{self.title(one)}: overlaps with itself; name the other one"

    def not_assessed(self, harm: Harm) -> Iterator[str]:
        """A residual is what lies beyond the incidents: those that nobody assessed are then counted nowhere."""
        held: dict[str, dict[str, Incident]] = {}
        for each in self.incidents.values():
            held.setdefault(each.parent, {})[each.id] = each
        for one in (one for one in self.residuals.values() if one.id not in self.covers):
            inside = [each for each in held.get(one.about, {}).values() if harm.within(each.scope.harm)]
            missing = sorted(each.title for each in inside if each.id not in self.whole)
            if missing:
                yield f"{self.title(one)}: not assessed, and so counted nowhere: {'; '.join(missing)}"


def _home(one: Assessment, named: Mapping[str, Incident]) -> str:
    """The episode that an assessment lies in: its incident's, or for a residual its own."""
    incident = named.get(one.about)
    return one.about if one.residual or incident is None or not incident.parent else incident.parent


def _order(one: Assessment, named: Mapping[str, Incident]) -> tuple[object, ...]:
    home = _home(one, named)
    rank = 2 if one.residual else int(home != one.about)
    return (*_day(home, named), rank, *_day(one.about, named), one.id)


def _day(about: str, named: Mapping[str, Incident]) -> tuple[dt.date, str, str]:
    incident = named.get(about)
    if incident is None:
        return dt.date.max, "", about
    period = incident.scope.period
    return (period and period.start) or dt.date.max, incident.title, about


# --- who they were ------------------------------------------------------------------------------------------------


def breakdown(ledger: Ledger, assessments: Sequence[Assessment]) -> tuple[Cell, ...]:
    """The total by status, sex, age and cause; the cells add up to it, "" is unknown and a cell of its own.

    Where an overlap was taken out of a line, nobody knows of which kind those people are: of each kind only so many
    are kept as are left in any case, and the rest of the line stands under unknown. Raises KeyError for a line whose
    assessment is not given.

    >>> cells = (Cell(60, 60, status="civilian"), Cell(40, 40, status="armed group"))
    >>> held = Assessment("assessment:1", "incident:1", Harm(("killed",)), cells)
    >>> line = Line("assessment:1", "killed, a town", held.count, Count(95, 100), "read once")
    >>> for cell in breakdown(Ledger(held.harm, "reported", (line,), line.adds), [held]): print(cell.status, cell.count)
     Count(low=5, high=10)
    armed group Count(low=35, high=35)
    civilian Count(low=55, high=55)
    """
    held = {one.id: one for one in assessments}
    total: dict[Kind, Count] = {}
    for line in ledger.lines:
        for kind, count in _left(line, held[line.assessment]):
            total[kind] = total.get(kind, NONE) + count
    found = ((kind, count) for kind, count in sorted(total.items()) if count != NONE)
    return tuple(Cell(count.low, count.high, *kind) for kind, count in found)


def _left(line: Line, held: Assessment) -> Iterator[tuple[Kind, Count]]:
    cells = [((cell.status, cell.sex, cell.age, cell.cause), cell.count) for cell in held.cells]
    if line.adds == line.count:
        yield from cells
        return
    lost, sure = line.count.low - line.adds.low, 0
    for kind, count in cells:
        least = max(0, count.low - lost)
        sure += least
        yield kind, Count(least, least)
    yield ("", "", "", ""), Count(line.adds.low - sure, None if line.adds.high is None else line.adds.high - sure)
