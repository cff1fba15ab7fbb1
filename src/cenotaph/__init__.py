"""Cenotaph: who says that what was done to how many, by whom, where and when.

    import cenotaph

    for toll in cenotaph.Case("coast-2025").tolls():
        print(toll.root, toll.scope.harm, toll.figure)

The words of the field and `Case` are here; a stage is a module: `cenotaph.read.read(report, cenotaph.world.load())`.
Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cenotaph import read, reconcile, world
    from cenotaph.case import Case
    from cenotaph.vocabulary import Answer, Claim, Decision, Group, Harm, Problem, Quantity, Report, Toll, Voice

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Case",
    "Claim",
    "Decision",
    "Group",
    "Harm",
    "Problem",
    "Quantity",
    "Report",
    "Toll",
    "Voice",
    "read",
    "reconcile",
    "world",
]

_STAGES = ("read", "reconcile", "world")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'cenotaph' has no {name!r}; it has: {', '.join(__all__)}")
    if name in _STAGES:
        return import_module(f"cenotaph.{name}")
    return getattr(import_module("cenotaph.case" if name == "Case" else "cenotaph.vocabulary"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
