"""What came of many things that were added at once: what is new, what repeats whom, what needs a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cenotaph.cli.opening import many
from cenotaph.cli.terminal import written

if TYPE_CHECKING:
    from cenotaph.case import Added, Case
    from cenotaph.case.cache import Reading
    from cenotaph.case.repeats import Repeat
    from cenotaph.publish.veil import Veil
    from cenotaph.vocabulary import Report

MOST_HELD = 20_000
"""Reports up to which all texts are compared; above it adding would cost more the more there is."""
FEWEST = 2
SHOWN = 10
"""Reports whose repeats are told one by one; the rest are counted."""
NAMED = 4
"""Outlets that are named of those that repeat a report."""
LONGEST_SUBJECT = 80
"""Letters of a mail's subject that are told."""
MAIL = "cenotaph-mail"
"""The tool that makes the text of a mail, whose name is a number: that of its file, or its place in its mailbox."""


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
    whole, mostly = ([one for one in found if one.whole is so] for so in (True, False))
    reports = {one.id: one for one in held}
    ordered = _most_repeated(whole, reports)
    told = [of for of, _ in ordered[:SHOWN]] + [key for one in mostly[:SHOWN] for key in (one.report, one.of)]
    names = _names(case, [reports[key] for key in dict.fromkeys(told)])
    known = sum(one.status in ("same bytes", "same text") for one in added)
    again = len(whole) + known
    yield f"of {many(len(added), 'thing')}: {len(new) - len(found):,} new, {again:,} with nothing new here"
    if not few:
        yield f"  not compared: the case holds more than {MOST_HELD:,} reports, and new is what has bytes of its own"
    yield from _repeated(ordered, names)
    if back:
        yield f"  back at an earlier text: {many(back, 'page')}"
    if known:
        yield f"  held already, byte for byte or word for word: {known:,}"
    yield from _for_a_person(case, added, mostly, names)


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


def _most_repeated(whole: Sequence[Repeat], held: Mapping[str, Report]) -> list[tuple[str, list[str]]]:
    """The reports whose words are repeated, with the outlets that repeat them; the most repeated first."""
    by: dict[str, list[str]] = defaultdict(list)
    for one in whole:
        by[one.of].append(held[one.report].outlet or "no outlet named")
    return sorted(by.items(), key=lambda item: (-len(item[1]), item[0]))


def _repeated(ordered: Sequence[tuple[str, list[str]]], names: Mapping[str, str]) -> Iterator[str]:
    """Whose words are repeated how often, and by whom."""
    for of, outlets in ordered[:SHOWN]:
        yield f"  {names[of]} is repeated {many(len(outlets), 'time')}: {_by_whom(outlets)}"
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
    case: Case, added: Sequence[Added], mostly: Sequence[Repeat], names: Mapping[str, str]
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
        yield f"  {names[one.report]} has the words of {names[one.of]}, and {own} of its own"
    if len(mostly) > SHOWN:
        yield f"  {len(mostly) - SHOWN:,} more are like these"
    if versions:
        yield f"  {many(len(versions), 'new version')} of what is held: cenotaph build shows what it changes"
    if sheets:
        listed = ", ".join(written(one.name) for one in sheets[:3]) + (", ..." if len(sheets) > 3 else "")
        yield f"  {many(len(sheets), 'sheet')} that nobody has mapped ({listed})"
        yield f"    cenotaph import {case.folder} FILE   shows what the columns may mean"
    if len(bad) > len(sheets):
        yield f"  {many(len(bad) - len(sheets), 'thing')} that can't be read; why stands above"


# --- how a report is called -------------------------------------------------------------------------------------------


def _names(case: Case, reports: Sequence[Report]) -> dict[str, str]:
    """Each report by what somebody knows it by: a mail by its subject, all else by the name of its file."""
    mails = [one for one in reports if one.extractor.startswith(MAIL) and one.title]
    subjects = _subjects(case, mails) if mails else {}
    return {one.id: _called(one, subjects.get(one.id, "")) for one in reports}


def _called(report: Report, subject: str) -> str:
    mail = report.extractor.startswith(MAIL)
    name = f"“{written(subject)}”" if subject else written(report.name or report.id)
    day = str(report.published or "")
    whence = [part for part in (written(report.outlet), day) if part] if report.outlet or mail else []
    return ("mail " if mail else "") + name + (f" ({', '.join(whence)})" if whence else "")


def _subjects(case: Case, mails: Sequence[Report]) -> dict[str, str]:
    """The subjects of mails by id, without those whom they must not name; none of a mail that can't be read.

    What comes in now is not built yet, so that these mails are read for it, each with its subject.
    """
    from cenotaph.case.reading import read_report

    found = {
        one.id: read_report(case.reader, case.sheet_reader, replace(one, text=f"{one.title}\n\n{one.text}"))
        for one in mails
    }  # fmt: skip
    veil = _veil(case, found.values())
    clear = [one for one in mails if not any(problem.kind == "not read" for problem in found[one.id][2])]
    return {one.id: _cut(veil(one).title) for one in clear}


def _veil(case: Case, readings: Iterable[Reading]) -> Veil:
    """What hides whom the case protects, and whom these readings do."""
    from cenotaph.case.hiding import hidden
    from cenotaph.publish.veil import Veil

    state = case.state()
    claims, answers = [*state.claims.values(), *state.past.claims], [*state.answers, *state.past.answers]
    for more in readings:
        claims += more[0]
        answers += more[1]
    return Veil(hidden(claims, answers, state.decisions, state.listed))


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"
