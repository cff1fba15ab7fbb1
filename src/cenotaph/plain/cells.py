"""A value of a spreadsheet's cell as the letters that a person sees there."""

from __future__ import annotations

from typing import Any

__all__ = ["plain_letters"]


def plain_letters(cell: Any) -> str | None:
    """Of an empty cell, a truth or a number; None for what has letters or a calendar of its own.

    A spreadsheet keeps every number as a fraction: 12.0 is read as 12.

    >>> [plain_letters(cell) for cell in (None, True, 12.0, 0.1, "12")]
    ['', 'true', '12', '0.1', None]
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    return None
