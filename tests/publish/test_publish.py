"""What leaves the house: rows without protected people, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import fields
from typing import Any

import pytest

from cenotaph.publish import PROTECTED, Row, rows
from cenotaph.publish.csv import FORMULA, lines, table
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Group,
    Harm,
    Means,
    NumberRules,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Span,
    Voice,
)

RULES = NumberRules("plain", {"at least": (1, 1, None), "exact": (1, 1, 1)}, {"": (2, None, None)})
OUTLET = Voice("Example Wire", kind="outlet")


def a_report(text: str, **known: Any) -> Report:
    return Report.of_text(text, outlet="Example Wire", published=dt.date(2025, 3, 9), **known)


def a_claim(report: Report, **fields_known: Any) -> Claim:
    known: dict[str, Any] = {
        "anchor": Span(0, 5), "trigger": Span(0, 5), "harm": Harm(("killed",)), "coder": Coder("rules", "example"),
        "quantity": Quantity("at least 12", "at least", 12), "voices": (OUTLET,),
    }  # fmt: skip
    return Claim.read_as(report, Span(0, len(report.text)), **(known | fields_known))


def out(*claims: Claim, reports: tuple[Report, ...] = ()) -> list[Row]:
    return rows(claims, {report.id: report for report in reports}, RULES)


def all_text(row: Row) -> str:
    return "\n".join(str(getattr(row, column.name)) for column in fields(Row))


# --- protected people ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sami", "Sami said that at least 12 were shot."),
        ("Sami Placeholder", "At least 12 were shot, Sami Placeholder said. Placeholder fled."),
        ("Sami Placeholder", "SAMI PLACEHOLDER: AT LEAST 12 SHOT"),
        ("Sami Placeholder-Haddad", "At least 12 were shot, said Haddad."),
        ("سامي مثال", "وقال سامي مثال إن 12 قتلوا، وسامي نجا."),
    ],
)
def test_a_protected_name_is_nowhere_in_its_row(name: str, text: str) -> None:
    report = a_report(text, url="https://wire.example/2025/sami-placeholder-speaks", title=text)
    voice = Voice(name, kind="person", protected=True)
    (row,) = out(a_claim(report, voices=(OUTLET, voice)), reports=(report,))
    for word in name.replace("-", " ").split():
        assert word.casefold() not in all_text(row).casefold()
    assert row.masked
    assert row.voices == f"Example Wire > {PROTECTED}"


def test_the_row_has_no_field_for_the_names_of_the_harmed() -> None:
    report = a_report("Two were injured: Sami Placeholder and another.")
    group = Group("Sami Placeholder and another", names=("Sami Placeholder",))
    (row,) = out(a_claim(report, harm=Harm(("injured",)), group=group))
    assert "Sami" not in all_text(row)
    assert row.group == f"{PROTECTED} and another"


def test_a_name_protected_in_one_report_is_hidden_in_the_others() -> None:
    first, second = a_report("Sami said so."), a_report("At least 12 died; Sami saw it.")
    witness = Voice("Sami", kind="person", protected=True)
    assert "Sami" not in all_text(out(a_claim(first, voices=(witness,)), a_claim(second))[1])


def test_a_description_of_a_witness_is_hidden_with_the_words_that_give_it() -> None:
    report = a_report("At least 12 were shot, a resident of the second street said.")
    voice = Voice("a resident of the second street", anonymous=True, protected=True)
    (row,) = out(a_claim(report, voices=(voice,)))
    assert "second street" not in all_text(row)


def test_one_plain_word_for_a_witness_does_not_blot_out_the_harmed() -> None:
    report = a_report("At least 12 residents were shot, residents said.")
    (row,) = out(a_claim(report, voices=(Voice("residents", anonymous=True, protected=True),)))
    assert row.quote == report.text


def test_a_name_inside_another_word_is_no_name() -> None:
    report = a_report("At least 12 died in Aleppo, Ale said.")
    (row,) = out(a_claim(report, voices=(Voice("Ale", protected=True),)))
    assert row.quote == f"At least 12 died in Aleppo, {PROTECTED} said."


def test_a_protected_root_is_not_named_as_root() -> None:
    report = a_report("At least 12 died.")
    (row,) = out(a_claim(report, voices=(OUTLET, Voice("Sami", protected=True, root=True))))
    assert row.root == PROTECTED


def test_the_reader_of_the_words_is_not_named() -> None:
    report = a_report("At least 12 died.")
    (row,) = out(a_claim(report, coder=Coder("person", "Sami Placeholder")))
    assert "Sami" not in all_text(row)
    assert row.reading == "read once"


def test_an_open_voice_keeps_its_name_and_its_words() -> None:
    report = a_report("At least 12 died, SOHR said.", url="https://wire.example/a")
    sohr = Voice("SOHR", canonical="Syrian Observatory for Human Rights", kind="organisation", root=True)
    (row,) = out(a_claim(report, voices=(OUTLET, sohr)), reports=(report,))
    assert (row.root, row.quote, row.masked) == ("Syrian Observatory for Human Rights", report.text, False)
    assert row.url == "https://wire.example/a"


# --- what a row says ----------------------------------------------------------------------------------------------


def test_a_row_says_where_its_words_are_and_what_they_amount_to() -> None:
    report = a_report("At least 12 died.")
    (row,) = out(a_claim(report), reports=(report,))
    assert (row.low, row.best, row.high, row.rules) == (12, 12, None, "plain")
    assert report.text[row.start : row.end] == row.quote
    assert (row.outlet, row.published, row.reading) == ("Example Wire", dt.date(2025, 3, 9), "machine")


def test_what_was_not_said_is_empty_and_not_unknown() -> None:
    (row,) = out(a_claim(a_report("At least 12 died.")))
    assert (row.place, row.lat, row.period, row.means, row.direct, row.status) == ("", None, "", "", None, "")


def test_every_part_of_a_full_claim_has_its_cell() -> None:
    claim = a_claim(
        a_report("At least 12 died."),
        place=Place("Homs", "Homs", id="geo:1", path=("Syria", "Homs"), lat=34.7, lon=36.7, precision=2, near=True),
        period=Period("Friday", dt.date(2025, 3, 7), dt.date(2025, 3, 7), 1),
        means=Means("shelling", "shelling", "heavy weapons and explosive munitions", True),
        parties=(Party("gunmen"), Party("the army", "Army", "ordered", "suspected")),
        exclusions=(Group("fighters"),), assumed=(("place", "from the report"),),
    )  # fmt: skip
    (row,) = out(claim)
    assert (row.path, row.place_near, row.start_day) == ("Syria > Homs", True, dt.date(2025, 3, 7))
    assert (row.parties, row.party_names, row.certainties) == ("gunmen; the army", "; Army", "; suspected")
    assert (row.exclusions, row.assumed, row.means_code) == ("fighters", "place: from the report", "shelling")


# --- the file -----------------------------------------------------------------------------------------------------


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_has_one_line_a_claim_and_reads_back() -> None:
    report = a_report('At least "12", they said;\nسقط 12 قتيلا')
    (line,) = read_back("".join(lines(out(a_claim(report), reports=(report,)))))
    assert line["quote"] == report.text
    assert list(line) == [column.name for column in fields(Row)]


def test_no_claims_make_a_file_with_a_header() -> None:
    assert next(iter(lines([]))).startswith("id,report,outlet")


@pytest.mark.parametrize("start", FORMULA)
def test_a_cell_that_begins_like_a_formula_is_text(start: str) -> None:
    (line,) = read_back("".join(table(["quote"], [[f'{start}HYPERLINK("x")']])))
    assert line["quote"].startswith("'")


@pytest.mark.parametrize("quote", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1 killed", "-12 died"])
def test_the_words_of_a_stranger_cannot_run_in_the_export(quote: str) -> None:
    (line,) = read_back("".join(lines(out(a_claim(a_report(quote))))))
    assert line["quote"] == f"'{quote}"


def test_a_number_below_zero_stays_a_number() -> None:
    assert "".join(table(["lon"], [[-1.5]])) == "lon\r\n-1.5\r\n"
