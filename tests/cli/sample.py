"""A small case in our own words, English and Arabic, for every test that looks at what is shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cenotaph.vocabulary import (
    Answer,
    Check,
    Claim,
    Coder,
    Group,
    Harm,
    Interval,
    Means,
    NumberRules,
    Party,
    Period,
    Place,
    Problem,
    Quantity,
    Report,
    Scope,
    Span,
    Tie,
    Toll,
    Vintage,
    Voice,
)

RULES = NumberRules(
    "plain",
    {"exact": (1, 1, 1), "at least": (1, 1, None), "about": (0.9, 1, 1.1)},
    {"12": (24, None, None), "": (3, None, None)},
)
CODER = Coder("rules", "cenotaph", "0.1")
WIRE = Voice("Example Wire", kind="outlet")
SOHR = Voice("SOHR", canonical="Syrian Observatory for Human Rights", kind="organisation", root=True)
THURSDAY, SATURDAY, SUNDAY = dt.date(2025, 3, 6), dt.date(2025, 3, 8), dt.date(2025, 3, 9)
COAST = Place("the coast", "Syrian coast", path=("Syria",), precision=5)
BANIYAS = Place("Baniyasin", "Baniyas", path=("Syria", "Tartus", "Baniyas"), precision=2, near=True)

TEXT = (
    "The Observatory, known as SOHR, reportedly put the number of civilians killed on the coast at 745 by Saturday,"
    " most of them shot at close range, and said that around 60 of them were killed in the town of Baniyasin. A"
    " resident said dozens had been taken from their homes. The interim government said that it was only responding to"
    " attacks. There were deaths in the villages as well."
)
ARABIC = "قال المرصد السوري إن 12 مدنيا قتلوا في بانياس يوم السبت، بينهم أربعة أطفال، وإن عشرات المنازل أحرقت."

english = Report.of_text(
    TEXT,
    outlet="Example Wire",
    published=SUNDAY,
    url="https://wire.example/2025/coast",
    name="wire-1.txt",
    bytes_hash="ab" * 32,
)
arabic = Report.of_text(ARABIC, outlet="صحيفة مثال", published=SUNDAY, language="ar", name="mithal-1.txt")


def at(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def sentence(report: Report, anchor: Span) -> Span:
    end = report.text.find(".", anchor.end)
    start = report.text.rfind(". ", 0, anchor.start)
    return Span(start + 2 if start >= 0 else 0, end + 1)


def claim(report: Report, figure: str, harm: str, **known: Any) -> Claim:
    anchor = at(report, figure)
    fields: dict[str, Any] = {"anchor": anchor, "trigger": anchor, "harm": Harm.parse(harm), "coder": CODER}
    return Claim.read_as(report, sentence(report, anchor), **(fields | known))


whole = claim(
    english,
    "745",
    "killed",
    quantity=Quantity("745", "exact", 745),
    group=Group("civilians", status="civilian"),
    means=Means("shot at close range", "shooting"),
    place=COAST,
    period=Period("by Saturday", THURSDAY, None),
    parties=(Party("gunmen loyal to the interim government", "Syrian transitional government", certainty="suspected"),),
    voices=(WIRE, SOHR),
    said=SATURDAY,
    as_of=SATURDAY,
    stance="hedges",
    reach="running total",
)
part = claim(
    english,
    "around 60 of them",
    "killed",
    quantity=Quantity("around 60", "about", 60),
    group=Group("of them"),
    place=BANIYAS,
    voices=(WIRE, SOHR),
    said=SATURDAY,
    relation=Tie(whole.id, "part"),
    period=Period("Friday", dt.date(2025, 3, 7), dt.date(2025, 3, 7), 1),
    assumed=(("period", "from the report"),),
)
taken = claim(
    english,
    "dozens",
    "abducted",
    quantity=Quantity("dozens", "plural", 12),
    place=BANIYAS,
    voices=(WIRE, Voice("A resident", kind="person", anonymous=True, protected=True, root=True)),
)
dead = claim(
    arabic,
    "12 مدنيا",
    "killed",
    quantity=Quantity("12", "exact", 12),
    group=Group("مدنيا", status="civilian"),
    place=Place("بانياس", "Baniyas", path=("Syria", "Tartus", "Baniyas"), precision=1),
    period=Period("يوم السبت", SATURDAY, SATURDAY, 1),
    voices=(
        Voice("صحيفة مثال", kind="outlet"),
        Voice("المرصد السوري", canonical="Syrian Observatory for Human Rights", root=True),
    ),
)
children = claim(
    arabic,
    "أربعة",
    "killed",
    quantity=Quantity("أربعة", "exact", 4),
    group=Group("أطفال", age="child"),
    relation=Tie(dead.id, "overlay"),
    voices=dead.voices,
)
houses = claim(arabic, "عشرات", "arson", quantity=Quantity("عشرات", "plural", 12, unit="houses"), voices=dead.voices)

answer = Answer.read_as(
    english,
    sentence(english, at(english, "responding")),
    trigger=at(english, "responding to attacks"),
    kind="justifies",
    party=Party("The interim government", "Syrian transitional government"),
    coder=CODER,
    voices=(WIRE,),
)
DEATHS = at(english, "deaths")
open_end = Problem(
    "no figure",
    "no number was read",
    english.id,
    DEATHS.start,
    DEATHS.end,
    "There were deaths",
    settle="a person reads the sentence",
    changes="no toll",
)

CLAIMS = [whole, part, taken]
ARABIC_CLAIMS = [dead, children, houses]
REPORTS = {report.id: report for report in (english, arabic)}


def vintage(day: dt.date, count: int, *claims: str) -> Vintage:
    return Vintage(day, "as of", Interval(count, count, count, "plain"), f"{count:,}", claims)


toll = Toll(
    "toll:0123456789abcdef",
    "Syrian Observatory for Human Rights",
    Scope(Harm(("killed",)), Group("civilians", status="civilian"), place=COAST, period=Period("", THURSDAY, None)),
    Interval(973, 973, 973, "plain"),
    series=(
        vintage(SATURDAY, 745, whole.id),
        vintage(SUNDAY, 830, "claim:forgotten0000000"),
        vintage(dt.date(2025, 3, 10), 973),
    ),
    checks=(Check("a killed person stays killed", "growth", "745 → 830 → 973 rises", ()),),
    claims=(whole.id, "claim:forgotten0000000"),
    carriers=("Example Wire", "صحيفة مثال"),
)
