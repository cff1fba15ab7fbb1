"""Reports on their way in: what a person says of them on the command line, and where they are taken from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli import fail

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.intake import Captured
    from cenotaph.sources import Visits
    from cenotaph.vocabulary import Problem, Report


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a report; it wins over what the report says of itself."""

    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""
    allow_private: bool = False
    about: str = ""


def given_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that make a Given; the verb gets them as one argument, `given`."""

    @click.option("--published", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The outlet's day, 2025-03-08.")
    @click.option("--outlet", default="", metavar="NAME", help="Who published it.")
    @click.option("--url", default="", metavar="ADDRESS", help="Where it stood, for a file or pasted text.")
    @click.option("--language", default="", metavar="CODE", help="en, ar, ...; told from the text unless given.")
    @click.option(
        "--about", default="", metavar="ID|FILE",
        help="What a note, transcript or translation speaks of: a report, or a picture or recording, kept beside it.",
    )  # fmt: skip
    @click.option("--allow-private", is_flag=True, help="Also read addresses of this machine and its own network.")
    @wraps(function)
    def verb(
        published: dt.datetime | None, outlet: str, url: str, language: str, about: str, allow_private: bool,
        **rest: Any,
    ) -> Any:  # fmt: skip
        day = published.date() if published else None
        return function(given=Given(day, outlet, url, language, allow_private, about), **rest)

    return verb


def incoming(source: str, given: Given, *, visits: Visits | None = None) -> Iterator[Captured | Problem]:
    """What a source gives, one by one; a thing that can't be had is a Problem in its place."""
    from cenotaph.sources import gather

    yield from gather(
        source, published=given.published, outlet=given.outlet, url=given.url, language=given.language,
        about=given.about, allow_private=given.allow_private, visits=visits,
    )  # fmt: skip


def visits_of(case: Case) -> Visits:
    """What is remembered in a case's folder of the addresses that it asks."""
    from cenotaph.sources import Visits

    return Visits(case.folder / "visits.json")


def one_report(source: str, given: Given) -> Report:
    """The one report of a source, kept nowhere. Raises Unreadable; where there are many, none is picked."""
    from cenotaph.archive import Archive, extract, report_from
    from cenotaph.intake import Captured, Unreadable

    if source != "-" and Path(source).is_dir():
        fail(f"{source} is a folder, and read takes one report. For many: cenotaph add CASE {source}")
    found = list(incoming(source, given))
    for item in found:
        if not isinstance(item, Captured):
            raise Unreadable(item.what)
    if len(found) != 1:
        fail(f"{source} holds {len(found)} reports, and read takes one. For many: cenotaph add CASE {source}")
    (captured,) = (item for item in found if isinstance(item, Captured))
    return report_from(captured, extract(captured), Archive.hash(captured.content))
