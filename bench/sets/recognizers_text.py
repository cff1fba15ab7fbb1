"""recognizers_text: numbers, number ranges, ordinals, days and spans of days in English and Arabic, with their values.

What the reader sees of numbers and days before any claim is made: the amounts of a sentence, and its days.
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
from cenotaph.read.days import Day, days
from cenotaph.read.page import Scene
from cenotaph.read.quantities import Amount
from cenotaph.vocabulary import Report, Span, World

LANGUAGES = {"English": "en", "Arabic": "ar"}
"""The set has five more, which the reader has no words for."""

OPEN_ABOVE, OPEN_BELOW = ("at least", "more than"), ("up to", "less than")
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
    for amount in scene.amounts:
        yield from _of_amount(scene, amount)
    for day in days(scene.sentence, scene.language, today):
        yield _of_day(scene, day)
    for number, first, last in scene.language.ordinals.all(scene.tokens):
        yield _result(scene.sentence.cut(first, last), "ordinal", number)


def _of_amount(scene: Scene, amount: Amount) -> Iterator[Result]:
    """A number by itself, and with its comparator a range: the scorer asks for one or the other."""
    quantity, span = amount.quantity, scene.sentence.cut(amount.first, amount.last)
    value = quantity.base if quantity.fraction is None else quantity.fraction
    if value is None or quantity.comparator == "plural":
        return
    if quantity.comparator == "between":
        yield _result(span, "numberrange", [value, quantity.upper])
    else:
        yield _result(scene.sentence.cut(amount.number, amount.last), "number", value)
    if quantity.comparator in OPEN_ABOVE:
        yield _result(span, "numberrange", [value, None])
    if quantity.comparator in OPEN_BELOW:
        yield _result(span, "numberrange", [None, value])


def _of_day(scene: Scene, day: Day) -> Result:
    """A day, or a span of days: of one stretch ("last week") the set gives the first day after it as its end."""
    span = scene.sentence.cut(day.first, day.last)
    if day.role == "since":
        return _result(span, "daterange", [day.start.isoformat(), None])
    if day.role == "until":
        return _result(span, "daterange", [None, day.end.isoformat()])
    if day.start == day.end:
        return _result(span, "date", day.start.isoformat())
    end = named_end(day) if _joined(scene, day) else day.end + dt.timedelta(days=1)
    return _result(span, "daterange", [day.start.isoformat(), end.isoformat()])


def _joined(scene: Scene, day: Day) -> bool:
    """Whether two ends are named ("from 6 to 10 March"), and not one stretch ("last week")."""
    words = (scene.language.words("ranges", "joins"), scene.language.words("days", "until"))
    inner = scene.tokens[day.first + 1 : day.last - 1]
    return any(table.has(token) for token in inner for table in words)


def named_end(day: Day) -> dt.date:
    """The end that the set gives where two are named: the second itself, or the first day of a month or year.

    >>> named_end(Day(0, 4, dt.date(2020, 5, 1), dt.date(2020, 10, 31), 5))
    datetime.date(2020, 10, 1)
    """
    after = day.end + dt.timedelta(days=1)
    if (day.start.day, after.day) != (1, 1):
        return day.end
    years = (day.start.month, after.month) == (1, 1)
    return day.end.replace(month=1 if years else day.end.month, day=1)


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
