"""Claims made by hand, for adapters that are tested without a reader."""

from __future__ import annotations

from typing import Any

from cenotaph.vocabulary import Claim, Coder, Harm, Quantity, Report, Span


def report(text: str, **known: Any) -> Report:
    return Report.of_text(text, **({"name": "x-1"} | known))


def where(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def claim(told: Report, words: str, harm: str, **fields: Any) -> Claim:
    """A claim that stands on some words of a report: a number among them is its figure, else one person."""
    number = next((int(word) for word in words.split() if word.isdigit()), 1)
    span = where(told.text, words)
    usual: dict[str, Any] = {"harm": Harm.parse(harm), "quantity": Quantity(words, "exact", number)}
    usual |= {"anchor": span, "trigger": span, "coder": Coder("rules", "made")}
    return Claim.read_as(told, fields.pop("quote", Span(0, len(told.text))), **(usual | fields))
