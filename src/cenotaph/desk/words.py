"""Full text: words of reports in one spelling, so that a search finds their forms, in English and in Arabic."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.desk.tables import FULL_TEXT
from cenotaph.sheets_in.folding import digits, folded
from cenotaph.vocabulary import Report

__all__ = ["drop", "forms", "store"]


def forms(text: str) -> str:
    """The words of a text as they are looked up.

    >>> forms("Baniyas: 12 killed")
    'baniyas 12 killed'
    """
    return folded(digits(text))


def store(connection: Connection, found: Sequence[Report]) -> None:
    rows = [{"report": one.id, "words": forms(f"{one.title} {one.outlet} {one.name} {one.text}")} for one in found]
    value = ":words" if connection.dialect.name == "sqlite" else "to_tsvector('simple', :words)"
    connection.execute(sa.text(f"INSERT INTO {FULL_TEXT} (report, words) VALUES (:report, {value})"), rows)


def drop(connection: Connection, ids: Collection[str]) -> None:
    rows = [{"report": one} for one in ids]
    if rows:
        connection.execute(sa.text(f"DELETE FROM {FULL_TEXT} WHERE report = :report"), rows)
