"""Reports and claims for tests, from short tables: what a field expert would write, not how a claim is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cenotaph.link import link
from cenotaph.reconcile import reconcile
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Decision,
    Group,
    Harm,
    Means,
    NumberRules,
    Party,
    Period,
    Place,
    Problem,
    Quantity,
    Report,
    Span,
    Tie,
    Toll,
    Voice,
)


def worked(
    claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Decision] = ()
) -> tuple[list[Toll], list[Problem]]:
    """Claims linked and reconciled, as a case does it; the problems are those of reconciling."""
    return reconcile(claims, reports, link(claims, reports, decisions), decisions, PLAIN)


CODER = Coder("rules", "by hand", "1")

PLAIN = NumberRules(
    "plain",
    {
        "at least": (1, 1, None),
        "more than": (1, 1, None),
        "about": (0.9, 1, 1.1),
        "nearly": (0.9, 1, 1),
        "up to": (0, None, 1),
    },
    {"": (2, None, None), "12": (24, None, 99)},
)

PLACES = {
    "coast": Place(
        "the coast", "coast", path=("Land", "coast"), precision=5, covers=(("Land", "West"), ("Land", "North"))
    ),
    "desert": Place(
        "the desert", "desert", path=("Land", "desert"), precision=5, covers=(("Land", "East"), ("Land", "South"))
    ),
    "Land": Place("Land", "Land", path=("Land",)),
    "West": Place("West", "West", path=("Land", "West"), precision=4),
    "North": Place("North", "North", path=("Land", "North"), precision=4),
    "East": Place("East", "East", path=("Land", "East"), precision=4),
    "South": Place("South", "South", path=("Land", "South"), precision=4),
    "Harbour": Place("Harbour", "Harbour", path=("Land", "West", "Harbour"), precision=1),
}

COMPARATORS = ("exact", "at least", "more than", "about", "nearly", "up to", "between", "plural")


def report_of(table: Mapping[str, Any]) -> Report:
    """One line of text for each claim of the table, so that every claim has words of its own to rest on."""
    lines = [f"{index}. {_words(claim)} {claim.get('harm', 'killed')}." for index, claim in enumerate(table["claims"])]
    return Report.of_text(
        "\n".join(lines), outlet=table.get("outlet", "Example Wire"), published=table.get("published")
    )


def claims_of(report: Report, tables: Iterable[Mapping[str, Any]]) -> dict[str, Claim]:
    """The claims of a report by the names that the table gives them; `part_of` and its like lead to such a name."""
    found: dict[str, Claim] = {}
    start = 0
    for index, (table, line) in enumerate(zip(tables, report.text.splitlines(), strict=True)):
        span = Span(start, start + len(line))
        found[table.get("id", str(index))] = claim_of(
            report, span, table, {name: one.id for name, one in found.items()}
        )
        start = span.end + 1
    return found


def claim_of(report: Report, span: Span, table: Mapping[str, Any], ids: Mapping[str, str] | None = None) -> Claim:
    anchor = Span(span.start, span.start + 1)
    plain: dict[str, Any] = {key: table[key] for key in ("stance", "level", "said", "as_of") if key in table}
    if "means" in table:
        plain["means"] = Means(table["means"], table["means"])
    return Claim.read_as(
        report, span, anchor=anchor, trigger=anchor, coder=table.get("coder", CODER),
        harm=Harm.parse(table.get("harm", "killed")), quantity=quantity_of(table), group=_group(table),
        place=PLACES[table["place"]] if "place" in table else None, period=period_of(table),
        parties=(Party(table["by"]),) if "by" in table else (), voices=_voices(table, report),
        exclusions=tuple(Group(words) for words in table.get("excludes", ())),
        reach="running total" if table.get("total") else table.get("reach", "event"),
        relation=_tie(table, ids or {}), assumed=tuple((name, "from the report") for name in table.get("assumed", ())),
        **plain,
    )  # fmt: skip


def quantity_of(table: Mapping[str, Any]) -> Quantity:
    """`exact = 745`, `"at least" = 745`, `between = [4, 6]`, `plural = "dozens"` (and `magnitude = 12`), or nothing."""
    for comparator in COMPARATORS:
        if comparator not in table:
            continue
        said = table[comparator]
        if comparator == "between":
            return Quantity(_words(table), "between", said[0], said[1])
        if comparator == "plural":
            return Quantity(said, "plural", table.get("magnitude"))
        return Quantity(_words(table), comparator, said)  # type: ignore[arg-type]
    return Quantity()


def _words(table: Mapping[str, Any]) -> str:
    said = next(((name, table[name]) for name in COMPARATORS if name in table), ("", ""))
    return f"{said[1]}" if said[0] in ("exact", "plural", "") else f"{said[0]} {said[1]}"


def _group(table: Mapping[str, Any]) -> Group:
    words = table.get("group", "")
    known = {key: table[key] for key in ("status", "affiliation", "identity", "sex", "age") if key in table}
    return Group(words or " ".join(known.values()), **known)


def period_of(table: Mapping[str, Any]) -> Period | None:
    if "day" in table:
        return Period(str(table["day"]), table["day"], table["day"], 1)
    if "since" in table or "until" in table:
        precision = table.get("precision", 1)
        return Period("since", table.get("since"), table.get("until"), precision, table.get("of", "happened"))
    return None


def _voices(table: Mapping[str, Any], report: Report) -> tuple[Voice, ...]:
    if "root" not in table:
        return ()
    known = "" if table.get("unnamed") else table["root"]
    root = Voice(table["root"], known, "organisation", anonymous=bool(table.get("unnamed")), root=True)
    return (Voice(report.outlet, kind="outlet"), root)


def _tie(table: Mapping[str, Any], ids: Mapping[str, str]) -> Tie | None:
    for key, kind in (("part_of", "part"), ("among", "overlay"), ("replaces", "replaces"), ("on_top_of", "increment")):
        if key in table:
            return Tie(ids.get(table[key], table[key]), kind)  # type: ignore[arg-type]
    return None


def decision_of(verb: str, about: str, **details: Any) -> Decision:
    report = details.pop("report", "")
    return Decision("Reader", dt.datetime(2025, 4, 1, tzinfo=dt.UTC), verb, about, report=report, details=details)
