"""Claims -> files for others: one door out (rows), and one module a format behind it."""

from cenotaph.publish.rows import PROTECTED, Row, rows

__all__ = ["PROTECTED", "Row", "rows"]
