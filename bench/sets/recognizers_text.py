"""recognizers_text: numbers, number ranges, ordinals, days and spans of days in English and Arabic, with their values.

What the reader sees in a sentence before any claim is made: its numbers, whatever they count, with what bounds them,
and its days.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.bounds import bounds
from cenotaph.read.days import Day, days
from cenotaph.read.numbers import numbers, ordinals
from cenotaph.read.page import Scene
from cenotaph.vocabulary import Report, Span, World

LANGUAGES = {"English": "en", "Arabic": "ar"}
"""The set has five more, which the reader has no words for."""

Result = dict[str, Any]


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    kept = rows.rows(file, keep=("id", "lang", "input", "reference"), only=how.only)
    reports = [_report(row) for row in kept if row["lang"] in LANGUAGES]
    found = {report.name: line for report, line in zip(reports, each(results, reports, (), how.jobs), strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        pred, part = Path(folder) / "pred.jsonl", Path(folder) / "gold.jsonl"
        rows.write(pred, ({"id": name, "results": line} for name, line in found.items()))
        rows.write(part, _gold(file, how.only))
        printed = rows.scored("recognizers_text", part, pred)
    return Outcome(
        rows.whole(printed, ADAPTER.figures), tuple(by_kind(_errors(file, how.only, found))) if how.errors else ()
    )


def _gold(file: Path, only: str) -> Iterator[dict[str, Any]]:
    return (row for row in rows.gold(file, only=only) if row["lang"] in LANGUAGES)


def _report(row: Mapping[str, Any]) -> Report:
    told = dt.date.fromisoformat(row["reference"][:10]) if row["reference"] else None
    return Report.of_text(row["input"], name=row["id"], published=told, language=LANGUAGES[row["lang"]])


# --- what was seen -> results -------------------------------------------------------------------------------------


def results(report: Report, world: World) -> list[Result]:
    page = open_page(report, world)
    return [one for scene in page.scenes for one in _of_scene(scene, page.today)]


def _of_scene(scene: Scene, today: dt.date | None) -> Iterator[Result]:
    tokens, language = scene.tokens, scene.language
    for one in numbers(tokens, language):
        yield _result(scene.sentence.cut(one.first, one.last), "number", one.value)
    for one in ordinals(tokens, language):
        yield _result(scene.sentence.cut(one.first, one.last), "ordinal", one.value)
    for bound in bounds(tokens, language):
        yield _result(scene.sentence.cut(bound.first, bound.last), "numberrange", [bound.low, bound.high])
    for day in days(scene.sentence, language, today):
        yield _of_day(scene, day)


def _of_day(scene: Scene, day: Day) -> Result:
    """A day, or a span of days: the set gives the first day after a stretch ("last week") as its end, and where two
    ends are named, the second itself.
    """
    span = scene.sentence.cut(day.first, day.last)
    if day.role == "since":
        return _result(span, "daterange", [day.start.isoformat(), None])
    if day.role == "until":
        return _result(span, "daterange", [None, (day.named or day.end).isoformat()])
    if day.counted and day.named:
        return _result(span, "date", day.named.isoformat())
    if day.start == day.end and day.unit == "day":
        return _result(span, "date", day.start.isoformat())
    end = day.named or day.end + dt.timedelta(days=1)
    return _result(span, "daterange", [day.start.isoformat(), end.isoformat()])


def _result(span: Span, kind: str, value: Any) -> Result:
    return {"start": span.start, "end": span.end, "type": kind, "value": value}


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, Sequence[Result]]) -> Iterator[tuple[str, str]]:
    for row in _gold(file, only):
        for true in row["results"]:
            wrong, ours = verdict(true, found[row["id"]])
            if wrong:
                said = f"{true['text']!r} is {true['values'][:1]}, read {ours}"
                yield f"{row['lang']} {row['model']} {wrong}", f"{row['id']} {said} | {row['input']}"


def verdict(true: Mapping[str, Any], ours: Sequence[Result]) -> tuple[str, Any]:
    """What sort of miss a result is, with the value that was read; "" where it was found with a value that may be."""
    if true["start"] is None:
        return "", None
    met = [one for one in ours if one["start"] < true["end"] and true["start"] < one["end"]]
    same = [one for one in met if one["type"] == true["type"]]
    if not same:
        return ("taken for another kind", met[0]["type"]) if met else ("not seen", None)
    values = [_plain(one) for one in true["values"]]
    right = not values or any(_plain(one["value"]) in values for one in same)
    return ("", None) if right else ("another value", same[0]["value"])


def _plain(value: Any) -> Any:
    """Values as they can be compared: "4.0", "4" and 4 are one number."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


ADAPTER = Adapter(
    name="recognizers_text",
    data=SHARED / "recognizers_text",
    needs=("dev.jsonl",),
    figures=(
        Figure("English: value F1, all", ("English/ALL", "value_f1"), floor=6, goal=60),
        Figure("English: numbers", ("English/NumberModel", "value_f1"), floor=23),
        Figure("English: number ranges", ("English/NumberRangeModel", "value_f1")),
        Figure("English: days", ("English/DateParser", "value_f1"), floor=0),
        Figure("English: spans of days", ("English/DatePeriodParser", "value_f1"), floor=0),
        Figure("English: days and spans in sentences", ("English/DateTimeModel", "value_f1"), floor=0.6),
        Figure("Arabic: value F1, all", ("Arabic/ALL", "value_f1")),
        Figure("Arabic: numbers", ("Arabic/NumberModel", "value_f1")),
        Figure("Arabic: number ranges", ("Arabic/NumberRangeModel", "value_f1")),
        Figure("Arabic: days", ("Arabic/DateParser", "value_f1")),
        Figure("Arabic: spans of days", ("Arabic/DatePeriodParser", "value_f1")),
    ),
    run=run,
)
