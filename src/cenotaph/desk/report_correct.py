"""A claim as cells that a person may change, and the claim as it is with what they changed: see case/corrected.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.case.sheets import choices
from cenotaph.desk import Desk
from cenotaph.desk.report_text import safe_signs
from cenotaph.publish import rows
from cenotaph.publish.cells import Unfit, plain, value
from cenotaph.publish.columns import DECIDE, WHY, Column, columns
from cenotaph.publish.csv import Cell
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import PROTECTED
from cenotaph.vocabulary import Claim, Entry, Report

__all__ = ["OPEN", "Ask", "Wrong", "ask_of", "codes", "fit", "places_called"]

OPEN = tuple(name for name, one in columns("claims").items() if one.open and name not in (DECIDE, WHY))
"""The columns that a person may change, in their order."""
MOST_PLACES = 8


class Wrong(ValueError):
    """Columns that can't be as they were typed, each with why: a text of the interface by its key, or our own words."""

    def __init__(self, why: Mapping[str, str], nothing: str = "") -> None:
        super().__init__("; ".join([*why.values(), nothing]))
        self.why, self.nothing = dict(why), nothing


@dataclass(frozen=True)
class Ask:
    """One claim of a report that is to be corrected; `shown` are its cells as they may be shown."""

    report: Report
    claim: Claim
    beside: Mapping[str, Claim]
    around: Around
    hidden: Hidden | None
    desk: Desk = field(repr=False)

    @cached_property
    def shown(self) -> dict[str, str]:
        made = rows([self.claim], {self.report.id: self.report}, self.desk.case.rules, self.hidden or Hidden())[0]
        return {name: safe_signs(plain(getattr(made, name), columns("claims")[name].kind)) for name in OPEN}

    def changed(self, typed: Mapping[str, str]) -> dict[str, Cell]:
        """The cells that differ from what was shown, as values. Raises Wrong."""
        now = {name: _even(typed[name]) for name in OPEN if name in typed}
        edited = {name: one for name, one in now.items() if one != _even(self.shown[name])}
        return fit(edited)

    def corrected(self, typed: Mapping[str, str], who: str) -> Claim:
        """The claim as that person reads it. Raises Wrong, which names each column that can't be so."""
        new = self.changed(typed)
        if not new:
            raise Wrong({}, "correct.nothing")
        try:
            return corrected(self.claim, new, self.around, who)
        except Misfit as error:
            raise Wrong({error.column: str(error)}) from error


def ask_of(desk: Desk, report: str, claim: str, *, unmasked: bool = False) -> Ask | None:
    """None where the case has no such claim in that report."""
    part = desk.part(reports=[report])
    found, held = part.reports(), {one.id: one for one in part.claims()}
    if not found or claim not in held:
        return None
    world = desk.case.own_places.world()
    around = Around(found[0].text, held, world.places, world.countries)
    hidden = None if unmasked else desk.veil.hidden
    return Ask(found[0], held[claim], held, around, hidden, desk)


def fit(typed: Mapping[str, str]) -> dict[str, Cell]:
    """What was typed as values of the columns of claims. Raises Wrong with all that are none."""
    out: dict[str, Cell] = {}
    wrong: dict[str, str] = {}
    known = columns("claims")
    for name, said in typed.items():
        try:
            out[name] = _fit(said, known[name])
        except Unfit as why:
            wrong[name] = str(why)
    if wrong:
        raise Wrong(wrong)
    return out


def _fit(said: str, column: Column) -> Cell:
    new = value(said, column.kind)
    if isinstance(new, str) and PROTECTED in new:
        raise Unfit("correct.hidden")
    if not column.codes or new == "":
        return new
    known = {str(one).casefold(): one for one in codes(column.name)}
    parts = [one.strip().casefold() for one in str(new).split(" or ")] if column.kind == "codes" else [str(new)]
    unknown = [one for one in parts if one.casefold() not in known]
    if unknown:
        raise Unfit(f"{unknown[0]!r} is no code; there are: {', '.join(map(str, known))}")
    found = [known[one.casefold()] for one in parts]
    return found[0] if column.kind == "code" else " or ".join(sorted({str(one) for one in found}))


def codes(name: str) -> Sequence[str | int]:
    """What the cells of a coded column may hold; () for one that is not coded."""
    listed = columns("claims")[name].codes
    return [one.code for one in choices()[listed]] if listed else ()


def places_called(desk: Desk, name: str) -> list[Entry]:
    """The places of that name, likeliest first, as the case knows them."""
    world = desk.case.own_places.world()
    return list(world.places.find(name, countries=world.countries))[:MOST_PLACES] if name.strip() else []


def _even(text: str) -> str:
    return " ".join(text.split())
