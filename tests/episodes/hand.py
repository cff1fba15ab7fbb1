"""The bulletins of an episode with the claims that a person typed from their words: reports/*.md and claims/*.toml.

The form is that of the example's expected/*.toml. Added here: `id`, by which `part_of`, `among`, `on_top_of`,
`replaces` and `restates` name another claim of the file; `at`, a longer stretch of the text where `words` alone stand
there twice; `as`, the voice as it is written, `speaker` and `spokesperson`, through whom it speaks, `via` and
`passed_on_by`, the outlets and bodies that carry it, `informants`, from whom it has the figure; `day`, `when` and
`clock` of a period; `assumed`, what the rest of the report says and not the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.coast.expected import Amount
from cenotaph.cli.incoming import Given, one_report
from cenotaph.vocabulary import (
    Answer,
    Claim,
    Coder,
    Group,
    Harm,
    Means,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Span,
    Tie,
    Voice,
)

HERE = Path(__file__).parent
CODER = Coder("person", "typed by hand")
TIES = {
    "part_of": "part",
    "among": "overlay",
    "on_top_of": "increment",
    "replaces": "replaces",
    "restates": "restates",
}
FACETS = ("status", "affiliation", "identity", "sex", "age")
PLAIN = ("said", "as_of", "reach", "stance", "level")
NUMBERS = ("exact", "at_least", "more_than", "about", "nearly", "up_to", "less_than", "between", "vague")
KNOWN = {
    *TIES, *FACETS, *PLAIN, *NUMBERS, "id", "harm", "words", "at", "magnitude", "group", "voice", "as", "kind",
    "anonymous", "speaker", "spokesperson", "via", "passed_on_by", "informants", "day", "since", "until", "when",
    "clock", "precision", "place", "place_of", "by", "how", "means", "excludes", "assumed",
}  # fmt: skip

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Episode:
    """An episode as it was typed. `answers` is answers.toml, `replies` are what accused parties say back."""

    name: str
    answers: Table
    reports: Mapping[str, Report]
    claims: tuple[Claim, ...]
    replies: tuple[Answer, ...]


def episode(name: str) -> Episode:
    """Raises ValueError, with file and claim, for words that do not stand in the bulletin once, or a key unknown."""
    folder = HERE / name
    reports: dict[str, Report] = {}
    claims: list[Claim] = []
    replies: list[Answer] = []
    for path in sorted((folder / "reports").glob("*.md")):
        report = one_report(str(path), Given())
        table = read(folder / "claims" / f"{path.stem}.toml")
        reports[report.id] = report
        claims += _claims(report, table.get("claim", []))
        replies += _replies(report, table)
    return Episode(name, read(folder / "answers.toml"), reports, tuple(claims), tuple(replies))


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text("utf-8"))


def _claims(report: Report, tables: list[Table]) -> Iterator[Claim]:
    """The claims of a bulletin; one that names another by its `id` may stand above it."""
    ids = _ids(report, tables)
    for table in tables:
        unknown = table.keys() - KNOWN
        if unknown:
            raise ValueError(f"{report.name}: a claim has no {', '.join(sorted(unknown))}; there are: {sorted(KNOWN)}")
        yield _claim(report, table, ids)


def _ids(report: Report, tables: list[Table]) -> dict[str, str]:
    return {one["id"]: _claim(report, one).id for one in tables if "id" in one}


def _claim(report: Report, table: Table, ids: Mapping[str, str] | None = None) -> Claim:
    anchor = located(report, table["words"], table.get("at", ""))
    plain = {key: table[key] for key in PLAIN if key in table}
    return Claim.read_as(
        report, sentence(report.text, anchor), anchor=anchor, trigger=anchor, coder=CODER,
        harm=Harm.parse(table["harm"]), quantity=_quantity(table), group=_group(table), place=_place(table),
        period=_period(table), voices=tuple(_voices(report, table)), means=_means(table),
        parties=(Party(table["by"], table["by"]),) if "by" in table else (),
        exclusions=tuple(Group(words) for words in table.get("excludes", ())), relation=_tie(table, ids or {}),
        assumed=tuple((name, "from the report") for name in table.get("assumed", ())), **plain,
    )  # fmt: skip


# --- where it stands --------------------------------------------------------------------------------------------------


def located(report: Report, words: str, at: str = "") -> Span:
    """The span of the words, within a longer stretch where one is given."""
    around = at or words
    inside = around.index(words)
    whole = rf"(?<![^\Wو]){re.escape(around)}(?!\w)"  # Arabic writes "and" as one letter with the next word
    found = [one.start() + inside for one in re.finditer(whole, report.text)]
    if len(found) != 1:
        raise ValueError(f"{report.name}: {around!r} stands there {len(found)} times; give `at`, words that do once")
    return Span(found[0], found[0] + len(words))


def sentence(text: str, anchor: Span) -> Span:
    """The sentence around an anchor; a headline or a line is one."""
    ends = [0, *(one.end() for one in re.finditer(r"(?<=[.!?؟])\s+|\n+", text)), len(text)]
    start = max(end for end in ends if end <= anchor.start)
    return Span(start, start + len(text[start : min(end for end in ends if end >= anchor.end)].rstrip()))


# --- what is said -----------------------------------------------------------------------------------------------------


def _quantity(table: Table) -> Quantity:
    amount = Amount.of({key: table[key] for key in NUMBERS if key in table})
    base = table.get("magnitude") if amount.comparator == "plural" else amount.base
    return Quantity(table["words"], amount.comparator, base, amount.upper)


def _group(table: Table) -> Group:
    return Group(table.get("group", ""), **{key: table[key] for key in FACETS if key in table})


def _means(table: Table) -> Means | None:
    return Means(table.get("how", ""), table["means"]) if "means" in table else None


def _place(table: Table) -> Place | None:
    """A place of places.toml by its name there."""
    if "place" not in table:
        return None
    known = read(HERE / "places.toml")[table["place"]]
    covers = tuple(tuple(path) for path in known.get("covers", ()))
    return Place(
        table["place"], table["place"], path=tuple(known["path"]), precision=known["precision"],
        of=table.get("place_of", "happened"), covers=covers,
    )  # fmt: skip


def _period(table: Table) -> Period | None:
    known = {"words": table.get("when", ""), "of": table.get("clock", "happened")}
    if "day" in table:
        return Period(start=table["day"], end=table["day"], precision=1, **known)
    if "since" in table or "until" in table:
        return Period(start=table.get("since"), end=table.get("until"), precision=table.get("precision", 1), **known)
    return None


def _voices(report: Report, table: Table) -> Iterator[Voice]:
    """From the outlet inwards. A part that names nobody is said by the voice of its whole."""
    if "voice" not in table:
        return
    alone = table["voice"] == "outlet"
    yield Voice(report.outlet, report.outlet, "outlet", root=alone)
    if alone:
        return
    yield from (Voice(name, name, "outlet") for name in table.get("via", ()))
    yield from (Voice(name, name, "organisation") for name in table.get("passed_on_by", ()))
    for key, anonymous in (("speaker", True), ("spokesperson", False)):
        if key in table:
            yield Voice(table[key], kind="official", anonymous=anonymous)
    anonymous = table.get("anonymous", False)
    known = "" if anonymous else table["voice"]
    kind = table.get("kind", "organisation")
    yield Voice(table.get("as", table["voice"]), known, kind, anonymous=anonymous, root=True)
    yield from (Voice(name, name, "organisation") for name in table.get("informants", ()))


def _tie(table: Table, ids: Mapping[str, str]) -> Tie | None:
    return next((Tie(ids[table[key]], kind) for key, kind in TIES.items() if key in table and ids), None)  # type: ignore[arg-type]


def _replies(report: Report, table: Table) -> Iterator[Answer]:
    """What accused parties say back; `to` names the claims of the file that it answers."""
    ids = _ids(report, table.get("claim", []))
    for one in table.get("answer", ()):
        trigger = located(report, one["words"])
        yield Answer.read_as(
            report, sentence(report.text, trigger), trigger=trigger, kind=one["kind"], words=one["words"],
            party=Party(one["by"], one["by"]), coder=CODER, to=tuple(ids[name] for name in one.get("to", ())),
            blames=(Party(one["blames"], one["blames"]),) if "blames" in one else (),
        )  # fmt: skip
