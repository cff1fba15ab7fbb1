"""A claim as cells that a person may change, and the claim as it is with what they changed: see case/corrected.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.case.sheets import choices
from cenotaph.desk import Desk
from cenotaph.desk.looking import hides_somebody
from cenotaph.desk.report_text import gaps, safe_signs
from cenotaph.desk.report_who import Rows, Who, party_rows, voice_rows, with_who
from cenotaph.desk.report_words import AT, TURNS, chosen, even, lines_up
from cenotaph.publish import rows
from cenotaph.publish.cells import Unfit, plain, value
from cenotaph.publish.columns import DECIDE, WHY, Column, columns
from cenotaph.publish.csv import Cell
from cenotaph.publish.hidden import Hidden
from cenotaph.vocabulary import Claim, Entry, Report, Span, World

__all__ = ["MOST_PEOPLE", "OPEN", "RESTING", "Ask", "Wrong", "ask_of", "codes", "fit", "places_called"]

OPEN = tuple(name for name, one in columns("claims").items() if one.open and name not in (DECIDE, WHY))
"""The columns that a person may change, in their order."""
MOST_PLACES = 8
MOST_PEOPLE = 10**10
"""More than there are; a figure above it is a slip."""


_COUNTED = ("whole", "number", "day")


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
    world: World
    desk: Desk = field(repr=False)

    @cached_property
    def shown(self) -> dict[str, str]:
        made = rows([self.claim], {self.report.id: self.report}, self.desk.case.rules, self.hidden or Hidden())[0]
        return {name: safe_signs(plain(getattr(made, name), columns("claims")[name].kind)) for name in OPEN}

    @cached_property
    def shown_claim(self) -> Claim:
        return self.claim if self.hidden is None else self.desk.veil(self.claim)

    @property
    def parties(self) -> Rows:
        return party_rows(self.shown_claim.parties)

    @property
    def voices(self) -> Rows:
        return voice_rows(self.shown_claim.voices)

    @property
    def roots(self) -> Sequence[bool]:
        """Of each voice, whether it answers for the figure."""
        return [one.root for one in self.claim.voices]

    @cached_property
    def _gaps(self) -> Sequence[Span]:
        hidden = self.hidden
        return [] if hidden is None else gaps(self.report.text, hidden.mask_of(self.report.id))

    def changed(self, typed: Mapping[str, str]) -> dict[str, Cell]:
        """The cells that differ from what was shown, as values. Raises Wrong."""
        now = {name: even(typed[name]) for name in OPEN if name in typed}
        edited = {name: one for name, one in now.items() if one != even(self.shown[name])}
        return fit(edited | self._in_the_report(typed, edited))

    def _in_the_report(self, typed: Mapping[str, str], edited: Mapping[str, str]) -> dict[str, str]:
        """Words that were changed, in the report's own letters; those that do not stand in it stay as they are."""
        found: dict[str, str] = {}
        for name in RESTING:
            if edited.get(name):
                with suppress(Unfit):
                    found[name] = self._chosen(typed, name)[0]
        return found

    def _chosen(self, typed: Mapping[str, str], name: str) -> tuple[str, Span]:
        gaps_ = self._gaps if typed.get(AT + name) else ()
        return chosen(typed, name, self.report.text, self.claim.anchor.start, gaps_)

    def corrected(self, typed: Mapping[str, str], who: str) -> Claim:
        """The claim as that person reads it. Raises Wrong, which names each column that can't be so."""
        wrong: dict[str, str] = {}
        new: dict[str, Cell] = {}
        try:
            new = self.changed(typed)
        except Wrong as error:
            wrong |= error.why
        people = self._who(typed)
        told = with_who(self.claim, people)
        wrong |= people.wrong
        if wrong:
            raise Wrong(wrong)
        if not new and told is None:
            raise Wrong({}, "correct.nothing")
        try:
            made = corrected(told or self.claim, new, self.around, who)
        except Misfit as error:
            raise Wrong({error.column: str(error)}) from error
        return self._on_chosen(made, typed, new)

    def _who(self, typed: Mapping[str, str]) -> Who:
        claim, shown = self.claim, self.shown_claim
        heard = [voice for one in self.beside.values() for voice in one.voices]
        return Who(
            typed, self.report, self.world, claim.anchor.start, claim.parties, claim.voices,
            (shown.parties, shown.voices), claim.evidence, self._gaps if _selected(typed) else (), heard,
            self.hidden is None,
        )  # fmt: skip

    def _on_chosen(self, made: Claim, typed: Mapping[str, str], new: Mapping[str, Cell]) -> Claim:
        """Of words that stand in several places, those that were selected are the ones."""
        spans = {
            RESTING[name]: self._chosen(typed, name)[1] for name in RESTING if new.get(name) and typed.get(AT + name)
        }
        return replace(made, evidence=tuple((name, spans.get(name, span)) for name, span in made.evidence))


RESTING = {"group": "group", "means": "means", "place": "place", "period": "period"}
"""Columns that hold words of any place of the report, and the field that rests on them."""


def _selected(typed: Mapping[str, str]) -> bool:
    return any(name.startswith(AT) and one for name, one in typed.items())


def ask_of(desk: Desk, report: str, claim: str, *, unmasked: bool = False) -> Ask | None:
    """None where the case has no such claim in that report."""
    part = desk.part(reports=[report])
    found, held = part.reports(), {one.id: one for one in part.claims()}
    if not found or claim not in held:
        return None
    world = desk.case.own_places.world()
    around = Around(found[0].text, held, world.places, world.countries)
    hidden = None if unmasked else desk.veil.hidden
    return Ask(found[0], held[claim], held, around, hidden, world, desk)


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
    if TURNS.search(said):
        raise Unfit("correct.turns")
    new = value(lines_up(said) if column.kind in _COUNTED else said, column.kind)
    if isinstance(new, int) and abs(new) > MOST_PEOPLE:
        raise Unfit("correct.too_many")
    if isinstance(new, str) and hides_somebody(new):
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
