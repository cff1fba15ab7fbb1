"""A reader small enough for a thousand builds: "N killed at P" is a claim. And texts, as captured things."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from cenotaph.case import Case
from cenotaph.case.cache import Reading
from cenotaph.case.reading import Reader
from cenotaph.intake import Captured
from cenotaph.vocabulary import Claim, Coder, Harm, NumberRules, Quantity, Report, Span, Voice

_SAID = re.compile(r"(\d+) (killed|injured)")
NOON = dt.datetime(2025, 3, 9, 12, tzinfo=dt.UTC)
RULES = NumberRules("plain", {}, {"": (2, None, None)})


def read(report: Report) -> Reading:
    return list(_claims(report)), [], []


def _claims(report: Report) -> Iterator[Claim]:
    for found in _SAID.finditer(report.text):
        yield Claim.read_as(
            report, Span(*found.span()), anchor=Span(*found.span(1)), trigger=Span(*found.span(2)),
            harm=Harm((found[2],)),
            quantity=Quantity(found[1], "exact", int(found[1])), coder=Coder("rules", "simple"),
            voices=(Voice("Monitor", canonical="Monitor", kind="organisation", root=True),),
        )  # fmt: skip


READER = Reader(read, "simple", RULES)


def captured(
    text: str, *, url: str = "", outlet: str = "Example Wire", name: str = "note", attachments: tuple[bytes, ...] = ()
) -> Captured:
    return Captured(
        text.encode(), "txt", name, "paste", "-", NOON, url=url, outlet=outlet, published=NOON.date(),
        attachments=attachments,
    )  # fmt: skip


def new_case(folder: Path) -> Case:
    return Case.create(folder, title="A test", reader=READER)


def filled(folder: Path, *texts: str) -> Case:
    """A case with these texts, built."""
    case = new_case(folder)
    for number, text in enumerate(texts):
        list(case.add([captured(text, name=f"note {number}")], who="Observer"))
    case.build()
    return case
