"""Rule sets for figures, made from codes/numbers.toml: what "about" and "dozens" allow, by a named rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cenotaph.vocabulary import NumberRules

__all__ = ["rules_from"]


def rules_from(table: Mapping[str, Any]) -> dict[str, NumberRules]:
    """Each set of the table by its name. Raises ValueError for a line that is incomplete or runs the wrong way.

    >>> lines = {"exact": {"low": 1, "best": 1, "high": 1, "source": "the number said"}}
    >>> dozens = {"low": 24, "best": "none", "high": "open", "source": "two dozen"}
    >>> sets = rules_from({"plain": {"source": "ours", "beyond": 0, "spreads": lines, "plurals": {"12": dozens}}})
    >>> sets["plain"].plurals["12"], sets["plain"].spreads["exact"]
    ((24, None, None), (1, 1, 1))
    """
    return {name: _rules(name, lines) for name, lines in table.items()}


def _rules(name: str, lines: Mapping[str, Any]) -> NumberRules:
    missing = {"spreads", "plurals", "beyond", "source"} - set(lines)
    if missing:
        raise ValueError(f"rule set {name!r} lacks {', '.join(sorted(missing))}; see the head of codes/numbers.toml")
    return NumberRules(
        name,
        spreads={word: _ends(f"{name}.spreads.{word}", line) for word, line in lines["spreads"].items()},
        plurals={size: _ends(f"{name}.plurals.{size}", line) for size, line in lines["plurals"].items()},
        beyond=lines["beyond"],
        source=lines["source"],
    )


def _ends(where: str, line: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """Low, best and high of one line, None for "none" (no best) and "open" (no upper end)."""
    if {"low", "best", "high", "source"} - set(line):
        raise ValueError(f"{where}: a line needs low, best, high and source; found {', '.join(sorted(line))}")
    low = _end(where, "low", None, line["low"])
    best = _end(where, "best", "none", line["best"])
    high = _end(where, "high", "open", line["high"])
    known = [end for end in (low, best, high) if end is not None]
    if known != sorted(known) or known[0] < 0:
        raise ValueError(f"{where}: low, best and high rise from 0; found {low}, {line['best']}, {line['high']}")
    return low, best, high


def _end(where: str, key: str, unsaid: str | None, value: Any) -> float | None:
    if unsaid is not None and value == unsaid:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        allowed = f"a number or {unsaid!r}" if unsaid else "a number"
        raise ValueError(f"{where}: {key} is {allowed}; found {value!r}")
    return value
