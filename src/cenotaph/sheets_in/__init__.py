"""Sheets that other people keep -> claims and persons: what their columns mean, what each row says, what is unclear.

Values in, values out: a table of cells becomes a text in which each row is a line; the lines are read by the columns
that somebody mapped. A row is its owner's claim, never a fact.
"""

from __future__ import annotations

from cenotaph.sheets_in.grid import Grid, grid
from cenotaph.sheets_in.headings import Headings
from cenotaph.sheets_in.persons import Fate, Listed, persons
from cenotaph.sheets_in.rows import claims
from cenotaph.sheets_in.texts import Line, Lines, lines_of, text_of

__all__ = [
    "Fate", "Grid", "Headings", "Line", "Lines", "Listed", "claims", "grid", "lines_of", "persons", "text_of",
]  # fmt: skip
