"""The case folder: its captures and their readings, in batches; what is there already is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from bench.adapter import BenchError
from bench.desk.land import COUNTRIES
from bench.desk.stories import Plan
from bench.desk.telling import Draft
from cenotaph.case import Case, cache, tables
from cenotaph.case.journal import contents, reached
from cenotaph.intake import Captured
from cenotaph.plain import load
from cenotaph.vocabulary import Report

__all__ = ["opened", "take_in"]

TITLE = "Made up for the bench: nobody here was harmed"
WHO = "Bench"

AT_ONCE = 500
"""Reports in memory at a time."""

Talk = Callable[[str], None]


def opened(folder: Path) -> Case:
    """The case in a folder, made if there is none. Raises BenchError for a case that is not the bench's own."""
    if not (folder / "case.toml").exists():
        return Case.create(folder, title=TITLE, countries=COUNTRIES)
    case = Case(folder)
    if case.settings.title != TITLE:
        raise BenchError(f"{folder} holds another case, {case.settings.title!r}; give a folder of its own")
    return case


def take_in(case: Case, plan: Plan, talk: Talk) -> None:
    """Captures what is not held yet and keeps its reading; readings of an earlier reader go by the present key.

    Raises BenchError where the case was made of another plan.
    """
    held = case.reports()
    if len(held) > plan.reports:
        raise BenchError(f"{case.folder} holds {len(held)} reports, more than {plan.reports}; give another folder")
    _kept(case, plan, held, talk)
    for drafts in _batches(plan.drafts(len(held))):
        told = {draft.name: draft for draft in drafts}
        _store(case, told, _captured(case, drafts))
        talk(f"{drafts[-1].serial + 1} of {plan.reports} reports are taken in and read")


def _batches(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while some := list(islice(drafts, AT_ONCE)):
        yield some


def _captured(case: Case, drafts: Sequence[Draft]) -> list[Report]:
    """The reports as the journal has them after these were added."""
    with case.engine.connect() as connection:
        before = {chain: seq for chain, (seq, *_) in reached(connection).items()}
    for added in case.add(map(_capture, drafts), who=WHO):
        if added.status not in ("new", "new version"):
            raise BenchError(f"{added.name} was made up to be new; found {added}")
    texts = {draft.name: draft.text for draft in drafts}
    with case.engine.connect() as connection:
        fresh = [payload["report"] for _, payload in contents(connection, "capture", after=before)]
    return [load(Report, {**one, "text": texts[one["name"]]}) for one in fresh]


def _capture(draft: Draft) -> Captured:
    return Captured(
        draft.text.encode(), "txt", draft.name, "folder", f"made-up/{draft.name}.txt", draft.captured, url=draft.url,
        outlet=draft.outlet, published=draft.published, updated=draft.updated, language=draft.language,
        title=draft.title,
    )  # fmt: skip


def _kept(case: Case, plan: Plan, held: Sequence[Report], talk: Talk) -> None:
    """Of reports that are held: readings that were not stored, and keys that a reader of today would not know."""
    with case.engine.connect() as connection:
        known = cache.keys(connection)
    unread = [one for one in held if one.id not in known]
    for start in range(0, len(unread), AT_ONCE):
        some = unread[start : start + AT_ONCE]
        _store(case, _told(plan, some), some)
    keys = {one.id: _key(case, one) for one in held if one.id in known}
    stale = [{"one": report, "now": key} for report, key in keys.items() if known[report] != key]
    if stale:
        talk(f"{len(stale)} readings were kept under the key of an earlier reader, and go by the present one now")
        query = sa.update(tables.readings).where(tables.readings.c.report == sa.bindparam("one"))
        with tables.writing(case.engine) as connection:
            connection.execute(query.values(key=sa.bindparam("now")), stale)


def _told(plan: Plan, reports: Iterable[Report]) -> dict[str, Draft]:
    return {one.name: plan.draft(int(one.name.rpartition(" ")[2])) for one in reports}


def _store(case: Case, told: dict[str, Draft], reports: Iterable[Report]) -> None:
    with tables.writing(case.engine) as connection:
        for report in reports:
            cache.store(connection, report, _key(case, report), told[report.name].reading(report))


def _key(case: Case, report: Report) -> str:
    return cache.key_of(report, case.reader.digest_of(report))
