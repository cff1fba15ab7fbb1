"""What came of many things that were added at once: what is new, what repeats whom, what needs a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cenotaph.cli.opening import many
from cenotaph.cli.terminal import written

if TYPE_CHECKING:
    from cenotaph.case import Added, Case
    from cenotaph.case.repeats import Repeat
    from cenotaph.vocabulary import Report

MOST_HELD = 20_000
"""Reports up to which all texts are compared; above it adding would cost more the more there is."""
FEWEST = 2
SHOWN = 10
"""Reports whose repeats are told one by one; the rest are counted."""
NAMED = 4
"""Outlets that are named of those that repeat a report."""


def summary(case: Case, added: Sequence[Added]) -> Iterator[str]:
    """The lines; none where nothing was compared."""
    from cenotaph.case.repeats import repeats

    new = [one.report_id for one in added if one.status in ("new", "new version")]
    back = sum(one.status == "as before" for one in added)
    if len(added) < FEWEST:
        return
    few = not new or _count(case) <= MOST_HELD
    held = case.reports() if new and few else []
    found = repeats(new, held, _says(case)) if held else []
    whole = [one for one in found if one.whole]
    known = sum(one.status in ("same bytes", "same text") for one in added)
    again = len(whole) + known
    yield f"of {many(len(added), 'thing')}: {len(new) - len(found):,} new, {again:,} with nothing new here"
    if not few:
        yield f"  not compared: the case holds more than {MOST_HELD:,} reports, and new is what has bytes of its own"
    yield from _repeated(whole, {one.id: one for one in held})
    if back:
        yield f"  back at an earlier text: {many(back, 'page')}"
    if known:
        yield f"  held already, byte for byte or word for word: {known:,}"
    yield from _for_a_person(case, added, [one for one in found if not one.whole], {one.id: one for one in held})


def _count(case: Case) -> int:
    """How many reports are held; no text is loaded for it."""
    from cenotaph.case.evidence import current_ids

    with case.engine.connect() as connection:
        return len(current_ids(connection))


def _says(case: Case) -> Callable[[Report, str], bool]:
    """Whether the reader finds a claim in words, or one that it owes."""

    def says(report: Report, words: str) -> bool:
        claims, _, problems = case.reader.read(replace(report, text=words))
        return bool(claims or problems)

    return says


def _repeated(whole: Sequence[Repeat], held: dict[str, Report]) -> Iterator[str]:
    """Whose words are repeated how often, and by whom."""
    by: dict[str, list[str]] = defaultdict(list)
    for one in whole:
        by[one.of].append(held[one.report].outlet or "no outlet named")
    ordered = sorted(by.items(), key=lambda item: (-len(item[1]), item[0]))
    for of, outlets in ordered[:SHOWN]:
        yield f"  {_told(held[of])} is repeated {many(len(outlets), 'time')}: {_by_whom(outlets)}"
    if len(ordered) > SHOWN:
        rest = sum(len(outlets) for _, outlets in ordered[SHOWN:])
        yield f"  {many(len(ordered) - SHOWN, 'other report')} are repeated {many(rest, 'time')}"


def _by_whom(outlets: Sequence[str]) -> str:
    """The most frequent first; how often is said where it is more than once."""
    often = Counter(outlets).most_common()
    told = [f"{written(name)} ({count:,})" if count > 1 else written(name) for name, count in often[:NAMED]]
    rest = sum(count for _, count in often[NAMED:])
    return ", ".join([*told, *([f"{rest:,} more"] if rest else [])])


def _for_a_person(
    case: Case, added: Sequence[Added], mostly: Sequence[Repeat], held: dict[str, Report]
) -> Iterator[str]:
    """What somebody must look at, each with what to do."""
    from cenotaph.sources.opening import SHEETS

    bad = [one for one in added if one.problem]
    sheets = [one for one in bad if one.name.lower().endswith(SHEETS)]
    versions = [one for one in added if one.status == "new version"]
    count = len(bad) + len(mostly) + len(versions)
    if not count:
        return
    yield f"{count:,} for a person:"
    for one in mostly[:SHOWN]:
        own = many(one.own, "word")
        yield f"  {_told(held[one.report])} has the words of {_told(held[one.of])}, and {own} of its own"
    if len(mostly) > SHOWN:
        yield f"  {len(mostly) - SHOWN:,} more are like these"
    if versions:
        yield f"  {many(len(versions), 'new version')} of what is held: cenotaph build shows what it changes"
    if sheets:
        names = ", ".join(written(one.name) for one in sheets[:3]) + (", ..." if len(sheets) > 3 else "")
        yield f"  {many(len(sheets), 'sheet')} that nobody has mapped ({names})"
        yield f"    cenotaph import {case.folder} FILE   shows what the columns may mean"
    if len(bad) > len(sheets):
        yield f"  {many(len(bad) - len(sheets), 'thing')} that can't be read; why stands above"


def _told(report: Report) -> str:
    day = f", {report.published}" if report.published else ""
    outlet = f" ({written(report.outlet)}{day})" if report.outlet else ""
    return f"{written(report.name or report.id)}{outlet}"
