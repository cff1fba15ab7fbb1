"""Who must not be named on any page: the union of what each group of claims protects, and of what was decided."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from cenotaph.case import Case, cache
from cenotaph.case import tables as built
from cenotaph.case.hiding import hidden
from cenotaph.case.past import past
from cenotaph.case.victims import protected_names
from cenotaph.desk import tables
from cenotaph.desk.history import History
from cenotaph.desk.rows import hidden_of
from cenotaph.publish.hidden import Hidden
from cenotaph.vocabulary import Answer

__all__ = ["hidden_now"]


def hidden_now(case: Case, decided: History) -> Hidden:
    """It hides no less than State.hidden(): a name that one group protects is hidden in all."""
    with case.told(), case.engine.connect() as connection:
        by_group = list(connection.execute(sa.select(tables.hidden.c.data)).scalars())
        answers = [one for _, one in _answers(connection)]
    found, named = hidden_of(by_group)
    before = past(case.engine, decided.all)
    told = hidden(before.claims, [*answers, *before.answers], decided.standing, _listed(case, named))
    described = {key: [*found.described.get(key, ()), *words] for key, words in told.described.items()}
    consented = told.consented
    names = frozenset(name for name in found.names | told.names if name.casefold() not in consented)
    return replace(told, names=names, described={**found.described, **described}, phrases=found.phrases | told.phrases)


def _answers(connection: sa.Connection) -> list[tuple[str, Answer]]:
    query = sa.select(built.answers.c.id, built.answers.c.data)
    return [(row.id, cache.unpacked(Answer, row.data)) for row in connection.execute(query)]


def _listed(case: Case, named: set[str]) -> frozenset[str]:
    """The names in claims of those whom a list says to be children, or does not say to be dead."""
    if not named or not case.settings.sheets:
        return frozenset()
    return protected_names(case.listed()) & frozenset(named)
