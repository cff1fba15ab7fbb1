"""What the pages of the review desk show, drawn from the store a page at a time.

A case can be larger than memory, so nothing here loads it whole: lists come from tables that `fill` keeps level with
what was built, and one report, incident or problem is a `Part` of the case. What is shown is masked; who asks for the
words themselves says so (`unmasked`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case import tables as built
from cenotaph.case.deciding import Sight
from cenotaph.case.part import Across, Part
from cenotaph.case.veiled import Veiled, veiled
from cenotaph.case.worked import Waiting, left
from cenotaph.desk import at_once, filling, persons, tables
from cenotaph.desk.hiding import Hiding
from cenotaph.desk.history import History, of
from cenotaph.desk.looking import look_again, mask_word, once
from cenotaph.desk.outlines import embedded
from cenotaph.publish.masking import PROTECTED
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision

__all__ = ["Desk"]

SMALL = 20_000
"""Claims up to which a case is built again at once after a decision; a larger one is built beside, and pages say so."""

Query = sa.Select[Any] | sa.CompoundSelect[Any]
_STAMPS = sa.select(tables.meta).where(tables.meta.c.key.in_(tables.STAMPS))


class Desk:
    """One case as pages see it. Safe to share between threads: each question opens its own connection."""

    def __init__(self, case: Case | Path | str) -> None:
        self.case = case if isinstance(case, Case) else Case(case)
        self._hiding = Hiding(self.case)
        self._across: tuple[str, Across] | None = None

    def reopen(self) -> None:
        """The case again, after case.toml was changed."""
        self.case = Case(self.case.folder)
        self._hiding = Hiding(self.case)

    def fill(self, on_step: filling.Step | None = None) -> None:
        """Brings the tables level with what was built."""
        filling.fill(self.case, on_step=on_step)
        look_again()

    def level(self) -> None:
        """Brings what needs no build level with the journal."""
        filling.level(self.case)
        look_again()

    def work_out(self) -> None:
        """Works out at once what was decided, in the groups that it touches; see `waits` for what is left."""
        before = self.across
        now = at_once.work_out(self.case, self.history, before)
        look_again()
        self._across = self.summed, now

    @property
    def captures(self) -> int:
        """How often something was taken in: by this one sees that there is something to read."""
        query = sa.select(sa.func.count()).select_from(built.journal).where(built.journal.c.kind == "capture")
        with self.case.told(), self.case.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    @property
    def waits(self) -> Sequence[Waiting]:
        """The decisions of which the next whole build brings more, or all."""
        with self.case.told(), self.case.engine.connect() as connection:
            return left(connection)

    def warm(self) -> None:
        """Loads what every page asks for: the words and codes of the reader, the veil, what stands across groups, what
        is known of decisions.
        """
        _ = self.case.rules, self.veil.hidden.mask, self.across, embedded()
        known = self.history
        _ = known.newest(""), known.readers, known.triage, known.of_reports(()), known.of_verbs()

    # --- what is remembered between two questions ------------------------------------------------------------------

    @property
    def history(self) -> History:
        """All decisions; those that came since are loaded when they are asked for."""
        return of(self.case)

    @property
    def veil(self) -> Veil:
        """What hides protected people, by all that was built and decided, in the language of what is shown."""
        return self._veil_by(mask_word())

    @property
    def plain_veil(self) -> Veil:
        """The same for what goes out as a file, which is one in every language."""
        return self._veil_by(PROTECTED)

    def _veil_by(self, word: str) -> Veil:
        lists = self.summed if self.case.settings.sheets else ""
        return self._hiding.veil(f"{lists} {self._stamp_of(tables.HIDDEN)}", self.history, word)

    @property
    def across(self) -> Across:
        """What was built across groups."""
        now = self.summed
        if self._across is None or self._across[0] != now:
            self._across = now, Across.of(self.case)
        return self._across[1]

    @property
    def stamp(self) -> str:
        """Changes whenever the tables did."""
        return self._stamp_of(tables.STAMP)

    @property
    def summed(self) -> str:
        """Changes whenever claims, roots or tolls were summed up again."""
        return self._stamp_of(tables.SUMMED)

    @property
    def said(self) -> str:
        """Changes whenever a claim came, went or says something else: not where somebody read one."""
        return self._stamp_of(tables.SAID)

    def _stamp_of(self, key: str) -> str:
        return once("stamps", lambda: {str(row["key"]): str(row["value"]) for row in self.rows(_STAMPS)}).get(key, "0")

    # --- parts ------------------------------------------------------------------------------------------------------

    def part(self, *, reports: Sequence[str] = (), groups: Sequence[str] = ()) -> Part:
        """These reports, and those whose claims the groups hold."""
        found = list(dict.fromkeys([*reports, *self._holding(groups)]))
        return Part(self.case, found, groups, self.history.of_reports(found), self.across)

    def _holding(self, groups: Sequence[str]) -> list[str]:
        if not groups:
            return []
        query = sa.select(tables.claims.c.report).where(tables.claims.c.group.in_(groups)).distinct()
        return sorted(self.rows(query, scalars=True))

    def shown(self, part: Part) -> Veiled:
        """A part as it may be shown: nobody who is protected is named."""
        return veiled(part.state(), self.veil)

    def groups_of(self, report: str) -> list[str]:
        """The groups in which a report's claims are counted."""
        query = sa.select(tables.claims.c.group).where(tables.claims.c.report == report).distinct()
        return sorted(self.rows(query, scalars=True))

    def rows(self, query: Query, slots: Mapping[str, Any] | None = None, *, scalars: bool = False) -> list[Any]:
        """`slots` fill the bound parameters of a query that is made once: to make one costs as much as to ask it."""
        with self.case.told(), self.case.engine.connect() as connection:
            found = connection.execute(query, slots)
            return list(found.scalars().all()) if scalars else list(found.mappings().all())

    # --- deciding ---------------------------------------------------------------------------------------------------

    def decide(
        self, decisions: Sequence[Decision], *, part: Part, seen: Mapping[str, str] | None = None
    ) -> list[Decision]:
        """Writes decisions as `Case.decide_all`, checked on a part of the case that holds what they are about.

        `seen` gives for what is decided on the newest decision about it that the person knew of, "" for none. Raises
        Moved where somebody decided on it since; nothing is written then.
        """
        try:
            return self.case.decide_all(decisions, sight=lambda: Sight(persons.with_rows(part, decisions)), seen=seen)
        finally:
            look_again()

    @property
    def small(self) -> bool:
        """Whether building takes no longer than a person waits."""
        with self.case.told(), self.case.engine.connect() as connection:
            some = sa.select(built.rooted.c.id).limit(SMALL + 1).subquery()
            return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()) <= SMALL
