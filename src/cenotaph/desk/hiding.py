"""Who must not be named on any page: the union of what each group of claims protects, and of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.hiding import persons
from cenotaph.case.requests import with_requests
from cenotaph.case.victims import protected_names
from cenotaph.desk import tables
from cenotaph.desk.earlier import renamed
from cenotaph.desk.history import History
from cenotaph.desk.rows import hidden_of
from cenotaph.plain import load
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import PROTECTED
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Claim, Decision

__all__ = ["Hiding"]


class Hiding:
    """Makes the veil of a case, and makes it again only where something in it changed.

    It hides no less than State.hidden(): a name that one group of claims protects is hidden in all.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = Lock()
        self._built: tuple[str, Hidden, frozenset[str]] | None = None
        self._rejected: dict[str, Claim] = {}
        self._found: tuple[tuple[str, int], Hidden] | None = None
        self._veils: dict[str, Veil] = {}

    def veil(self, stamp: str, decided: History, word: str = PROTECTED) -> Veil:
        """`stamp` changes whenever the rows did that tell whom claims protect; `word` stands for a name."""
        with self._lock:
            now = stamp, id(decided)
            if self._found is None or self._found[0] != now:
                found = self._hidden(stamp, decided)
                if self._found is None or self._found[1] != found:
                    self._veils = {}
                else:
                    found = self._found[1]
                self._found = now, found
                self._kept = decided  # an id is of one history as long as that one is held
            if word not in self._veils:
                self._veils[word] = Veil(self._found[1].saying(word))
            return self._veils[word]

    def _hidden(self, stamp: str, decided: History) -> Hidden:
        if self._built is None or self._built[0] != stamp:
            self._built = stamp, *self._of_tables()
        _, built, listed = self._built
        claims = [*renamed(self._case, decided), *self._rejected_by(decided.standing)]
        told = Hidden.of(claims, (), with_requests(decided.standing, decided.all), persons=persons())
        described = {key: [*built.described.get(key, ()), *words] for key, words in told.described.items()}
        names = built.names | told.names | {name for name in listed if name.casefold() not in told.consented}
        return replace(
            told, names=frozenset(name for name in names if name.casefold() not in told.consented),
            described={**built.described, **described}, phrases=built.phrases | told.phrases,
        )  # fmt: skip

    def _of_tables(self) -> tuple[Hidden, frozenset[str]]:
        with self._case.told(), self._case.engine.connect() as connection:
            found, named = hidden_of(connection.execute(sa.select(tables.hidden.c.data)).scalars())
        return found, _listed(self._case, named)

    def _rejected_by(self, standing: Sequence[Decision]) -> list[Claim]:
        """Whom a rejected claim named stays hidden."""
        told = {one.id: one for one in standing if one.verb == "reject" and "seen" in one.details}
        for key in told.keys() - self._rejected.keys():
            self._rejected[key] = load(Claim, told[key].details["seen"])
        return [self._rejected[key] for key in told]


def _listed(case: Case, named: set[str]) -> frozenset[str]:
    """The names in claims of those whom a list says to be children, or does not say to be dead."""
    if not named or not case.settings.sheets:
        return frozenset()
    return protected_names(case.listed()) & frozenset(named)
