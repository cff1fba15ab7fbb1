"""What the stages say in English, in the language of the interface: every sentence that the sources can make."""

from __future__ import annotations

import ast
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import cache as stored
from cenotaph.desk import Desk, tables
from cenotaph.vocabulary import Problem
from cenotaph.web import said
from cenotaph.web.texts import LANGUAGES, texts

HERE = Path(__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
SOURCES = resources.files("cenotaph")
AR, EN = texts("ar"), texts("en")
SAMPLES = {
    "": "A. Example", "n": "1,200", "count": "at least 12", "day": "8 March 2025", "sum": "5 + 7 = 12",
    "said": "no number was read", "rest": "", "quoted": "'odd'", "names": "one, two",
    "listed": "A. Example, one text stands under both names",
    "begins": "12 dead of 8 March 2025", "reasons": "one text stands under both names", "commas": "2025-03-08",
    "semis": "day not known", "ands": "two", "ors": "A. Example", "besides": "12 (A. Example) beside 15 (B. Example)",
    "steps": "12 -> 15", "slashes": "two roots", "harm": "killed or injured", "dims": "place and period",
    "level": "reported", "standing": "pending", "verb": "grade", "answer": "denies", "small": "three",
    "independence": "unknown", "relation": "overlaps",
    "counted": "civilians killed (shelling, since 6 March 2025)", "share": "40%", "clock": "died",
}  # fmt: skip
"""What may stand in a slot of each kind."""
SPARE = {"n"}
"""Slots that a language may leave out: the number is in the noun, as in a dual."""


@cache
def known() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "said.toml").read_text(encoding="utf-8"))


# --- every sentence in the sources ------------------------------------------------------------------------------------


@cache
def made_in(file: str, code: str) -> tuple[tuple[int, str], ...]:
    """The texts of a module; of the desk's own only what it raises: the others are keys and questions to a store."""
    tree = ast.parse(code)
    if not file.startswith("desk/"):
        return tuple(made(tree))
    return tuple(one for node in ast.walk(tree) if isinstance(node, ast.Raise) for one in made(node))


def made(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a module, documentation left out, with `{}` for each value that is put in."""
    told = {
        id(one.value)
        for node in ast.walk(tree)
        for one in (getattr(node, "body", None) or () if isinstance(getattr(node, "body", None), list) else ())
        if isinstance(one, ast.Expr)
    }
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(one) for one in node.values if isinstance(one, ast.Constant)}
            inside |= {id(one) for value in node.values if isinstance(value, ast.FormattedValue) and value.format_spec
                       for one in (value.format_spec, *ast.walk(value.format_spec))}  # fmt: skip
            if id(node) not in inside | told:
                parts = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
                yield node.lineno, even("".join(parts))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | told:
            yield node.lineno, node.value


def even(shape: str) -> str:
    """Slots that touch are one: a sentence may have a tail or none."""
    return re.sub(r"(?:\{\})+", "{}", shape)


def is_sentence(text: str) -> bool:
    return bool(re.search(r"[a-z]{2,}", text) and re.search(r"\s", text.strip()))


@cache
def wholes(language: str) -> tuple[str, ...]:
    return tuple(even(re.sub(r"\{\w+(?::\w+)?\}", "{}", one.key)) for one in said.shapes(language))


def has(language: str, text: str) -> bool:
    """Whether it is a sentence that is known, or whole words within one."""
    words = text.strip()
    within = [one for one in wholes(language) if words in one]
    some = re.compile(rf"(?<![\w{{]){re.escape(words)}(?![\w}}])") if len(words) > 5 else None
    return any(words == one or (some and some.search(one)) for one in within)


@cache
def codes() -> frozenset[str]:
    """Codes of two or more words that the pages tell by a text of their own."""
    found: set[str] = set()

    def walk(table: Mapping[str, Any]) -> None:
        for name, one in table.items():
            found.add(name.replace("_", " "))
            if isinstance(one, Mapping):
                walk(one)

    walk(AR.known)
    return frozenset(found)


def unsaid(file: str, code: str, language: str) -> list[str]:
    """The sentences of a module that a language lacks."""
    listed = known()
    if any(file in one.get("files", ()) and not one.get("texts") for one in listed["apart"]):
        return []
    apart = {text for one in listed["apart"] for text in one.get("texts", ())} | codes()
    programs = tuple(listed["programs"])
    return [
        f"{file}:{line}: {text!r}"
        for line, text in made_in(file, code)
        if is_sentence(text) and text.strip() not in apart and "\\" not in text
        and not text.lstrip().startswith(programs) and not has(language, text)
    ]  # fmt: skip


@cache
def modules() -> list[tuple[str, str]]:
    return list(read_modules())


def read_modules() -> Iterator[tuple[str, str]]:
    root = Path(str(SOURCES))
    for one in known()["sources"]:
        place = root / one
        for file in [place] if place.suffix else sorted(place.rglob("*.py")):
            yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_that_the_sources_can_make_is_there_in_each_language(language: str) -> None:
    lacking = [line for file, code in modules() for line in unsaid(file, code, language)]
    assert not lacking, (
        f"add to web/languages/said/{language}.toml, or say in tests/web/said.toml why not:\n" + "\n".join(lacking)
    )


@pytest.mark.parametrize("code", [
    'raise CaseError("a sentence that nobody has told in another language")',
    'what = f"{one} was seen beside {other}, and it is new"',
    'Problem("kind", "no number was read, or it was", settle=f"read {page} again")',
])  # fmt: skip
def test_a_sentence_that_has_no_other_language_is_found(code: str) -> None:
    assert unsaid("reconcile/order.py", code, "ar")


@pytest.mark.parametrize("code", [
    '"""A sentence about a module."""', 'def f():\n    """Says what a function does."""', 'x = "no number was read"',
    'x = "SELECT report FROM reports"', 'x = "running total"', 'x = f"{a} is below {b}"',
])  # fmt: skip
def test_documentation_codes_and_what_programs_read_are_no_sentences(code: str) -> None:
    assert not unsaid("reconcile/order.py", code, "ar")


def test_what_is_set_apart_is_still_in_the_sources() -> None:
    """A list of exceptions that nobody mends would hide what comes later."""
    there = {text.strip() for file, code in modules() for _, text in made_in(file, code)}
    files = {file for file, _ in modules()}
    for one in known()["apart"]:
        assert not set(one.get("files", ())) - files
        gone = [text for text in one.get("texts", ()) if text.strip() not in there]
        assert not gone, gone


# --- shapes -----------------------------------------------------------------------------------------------------------


def forms(text: str | Mapping[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


@pytest.mark.parametrize("language", OTHERS)
def test_each_shape_has_the_slots_of_the_english_one_and_every_plural_that_a_number_can_take(language: str) -> None:
    for shape in said.shapes(language):
        for one in forms(shape.text):
            slots = {name for name, _ in said.slots_of(one)}
            assert slots <= set(shape.slots), shape.key
            assert set(shape.slots) - slots <= SPARE, shape.key
        if not isinstance(shape.text, str):
            assert "n" in shape.slots and "other" in shape.text, shape.key


@pytest.mark.parametrize("language", OTHERS)
def test_a_line_of_each_shape_is_told_by_that_shape_or_one_that_says_more(language: str) -> None:
    words = texts(language)
    for shape in said.shapes(language):
        line = re.sub(r"\{\w+(?::(\w+))?\}", lambda found: SAMPLES[found[1] or ""], shape.key)
        own = shape.told(words, line)
        assert own is not None, f"{shape.key!r} does not know a line of its own: {line!r}"
        told = said.in_words(words, line)
        assert told is not None
        outside = re.sub("[\u2066\u2068][^\u2069]*\u2069", "", told)
        assert not re.search("Example|no number|dead|stands under", outside), (line, told)


@pytest.mark.parametrize("language", OTHERS)
def test_no_shape_fits_a_line_that_nobody_knows(language: str) -> None:
    for line in (
        "",
        " ",
        "words of somebody else",
        "Ein Satz: noch einer; und mehr",
        "a: b",
        "x (y)",
        "one; two",
        "12 apples and 3 pears",
        "قال المرصد",
        "<b>no number was read</b>",
        "no number was read.",
        "\n" * 50,
    ):
        assert said.in_words(texts(language), line) is None, line


@pytest.mark.parametrize(("line", "told"), [
    ("three roots, two of them dependent, independence otherwise unknown",
     "3 أصول، منها 2 يستقي بعضها من بعض؛ وفيما عدا ذلك: غير معروف"),
    ("one root; beside it two unnamed voices", "أصل واحد؛ وإلى جانب ذلك صوتان لم يسميا"),
    ("one root; beside it eleven unnamed voices", "أصل واحد؛ وإلى جانب ذلك 11 صوتا لم تسم"),
    ("if both mean the same place, period and group: 700 is below 745",
     "إن كان المقصود في الحالتين واحدا من حيث المكان والمدة والمجموعة: 700 أقل من 745"),
    ("what we hold, killed, verified: killed, a town: overlaps with itself; name the other one",
     "ما نعتمده، قتلى، متحقق منه: قتلى، \u2068a town\u2069: تتداخل مع نفسها؛ سم الأخرى"),
    ("parts add up to 1561, the whole says 1562", "مجموع الأجزاء 1,561، والكل يقول 1,562"),
    ("12, relayed 2025-03-10, when the root had 15 (as of 2025-03-09)",
     "\u206812\u2069، نقل في 10 مارس 2025 بينما كان المسجل لدى الأصل \u206815\u2069 (حتى 9 مارس 2025)"),
])  # fmt: skip
def test_numbers_days_and_codes_are_told_as_that_language_tells_them(line: str, told: str) -> None:
    assert said.in_words(AR, line) == told


# --- in English -------------------------------------------------------------------------------------------------------


OWN = {**SAMPLES, "n": "1200", "count": "at least 1200", "day": "2025-03-08", "sum": "500 + 700 = 1200",
       "steps": "1200 -> 1300", "besides": "1200 (A. Example) beside 1300 (B. Example)"}  # fmt: skip


def test_english_tells_days_and_figures_of_every_shape_and_nothing_else_otherwise() -> None:
    for shape in said.shapes("en"):
        line = re.sub(r"\{\w+(?::(\w+))?\}", lambda found: OWN[found[1] or ""], shape.key)
        told = said.plain(EN, line)
        back = told.replace("1,200", "1200").replace("1,300", "1300")
        assert re.sub(r"(?<!\d)8 March 2025", "2025-03-08", back) == re.sub(r"(?<!\d)8 March 2025", "2025-03-08", line)
        kinds = set(shape.slots.values())
        assert "day" not in kinds or not re.search(r"\d{4}-\d\d-\d\d", told), (line, told)
        assert not kinds & {"n", "count", "sum"} or "1200" not in told, (line, told)


@pytest.mark.parametrize(("line", "told"), [
    ("parts add up to 1561, the whole says at least 1562", "parts add up to 1,561, the whole says at least 1,562"),
    ("683 + 433 + 267 = 1383, the whole says 1400: 17 not broken down",
     "683 + 433 + 267 = 1,383, the whole says 1,400: 17 not broken down"),
    ("if both mean the same place, period and group: 700 is below 1745",
     "if both mean the same place, period and group: 700 is below 1,745"),
    ("A. Example 1260 to 1541 people (to 31 March 2025, said 14 August 2025) beside B. Example 1426 people "
     "(to 15 March 2025, said 22 July 2025): two unfinished records of two sets; nothing follows",
     "A. Example 1,260 to 1,541 people (to 31 March 2025, said 14 August 2025) beside B. Example 1,426 people "
     "(to 15 March 2025, said 22 July 2025): two unfinished records of two sets; nothing follows"),
    ("as_of assumed (a running total counts up to the day it was said)",
     "day counted up to assumed (a running total counts up to the day it was said)"),
])  # fmt: skip
def test_days_and_figures_are_told_as_english_tells_them(line: str, told: str) -> None:
    assert said.in_words(EN, line) == told


@pytest.mark.parametrize(("line", "told"), [
    ("12, relayed 2025-03-10, when the root had 1500 (as of 2025-03-09)",
     "12, relayed 10 March 2025, when the root had 1500 (as of 9 March 2025)"),
    ("no report 'report:2025-03-10' in this case", "no report 'report:2025-03-10' in this case"),
    ("note 2025-03-10.txt: 12345 bytes; a report has at most 1000 characters: split it",
     "note 2025-03-10.txt: 12,345 bytes; a report has at most 1,000 characters: split it"),
    ("state: found '2025-03-10', expected one of new, read", "state: found '2025-03-10', expected one of new, read"),
    ("'2025-13-40 ' is no day; write it as 2025-03-08", "'2025-13-40 ' is no day; write it as 2025-03-08"),
    ("at least 1200 (relayed 2025-03-07) -> ٢١٤٦ (as of 2025-03-09): growth of a record, not a range and not deaths "
     "of those days",
     "at least 1200 (relayed 7 March 2025) -> \u2068٢١٤٦\u2069 (as of 9 March 2025): growth of a record, not a range "
     "and not deaths of those days"),
])  # fmt: skip
def test_words_of_others_ids_and_names_of_files_stay_as_they_stand_in_english_too(line: str, told: str) -> None:
    assert said.plain(EN, line) == told


@pytest.mark.parametrize("line", [
    "it was 2025-03-10 when 1500 said so", "1200 apples and 3 pears", "report:1234567 of 2025-03-08 and more", "x_y",
    "https://example.org/2025-03-08/1234", "2025-02-30", "8 March 2025 to 10 March 2025",
])  # fmt: skip
def test_a_line_that_is_none_of_ours_is_left_alone_in_english(line: str) -> None:
    assert said.plain(EN, line) == line
    assert str(said.marked(EN, line)) == f"<bdi>{line}</bdi>"


@pytest.mark.parametrize(("title", "told"), [
    ("killed, a town, 2025-03-08", "killed, a town, 8 March 2025"), ("963000000", "<bdi>963000000</bdi>"),
    ("no voice named (Example Wire, 2025-03-08)", "no voice named (Example Wire, 8 March 2025)"),
    ("<b>, 2025-03-08", "&lt;b&gt;, 8 March 2025"), ("Example 2000", "<bdi>Example 2000</bdi>"),
])  # fmt: skip
def test_a_title_tells_its_days_and_a_number_that_is_a_name_stays(title: str, told: str) -> None:
    assert str(said.titled(EN, title)) == told


def test_the_sentence_of_a_figure_tells_its_days_too() -> None:
    line = "28: people killed (9 March 2025) that Reports (Example Wire, 2025-03-09) had reported (day not known)."
    assert str(said.parted(EN, line)) == line.replace("2025-03-09", "9 March 2025")
    other = "28 were seen there on 2025-03-09."
    assert str(said.parted(EN, other)) == f"<bdi>{other}</bdi>"


# --- words of others --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "<script>alert(1)</script>", "\u202eevil", "a\u2069\u2069b\u2067c", "{0} {name} {", "%s", "x: killed", "a; b",
    "&lt;", "x\ny", "a of 8 March 2025",
])  # fmt: skip
def test_words_of_others_stay_as_they_are_and_turn_no_line(name: str) -> None:
    html = str(said.marked(AR, f"the toll of {name}: killed"))
    assert "<script" not in html and html.count("<bdi") == html.count("</bdi>") >= 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert html.startswith("حصيلة") and html.endswith("قتلى")


def test_a_line_of_no_known_shape_is_shown_as_it_is_and_marked_english() -> None:
    assert str(said.marked(AR, "it <fell>")) == '<bdi lang="en" dir="ltr">it &lt;fell&gt;</bdi>'
    assert said.in_words(AR, "no number was read" * 1_000) is None
    assert str(said.marked(texts("en"), "it <fell>")) == "<bdi>it &lt;fell&gt;</bdi>"


def test_a_long_hostile_line_is_looked_at_quickly() -> None:
    draw = random.Random(3)
    parts = [": ", "; ", ", ", " and ", " (", ") ", "killed", " may be ", " of ", "12", " beside ", " -> "]
    for _ in range(20):
        assert isinstance(str(said.marked(AR, "".join(draw.choices(parts, k=400)))), str)


def test_every_problem_of_the_example_is_told_and_none_of_its_ids_has_changed(looking: Desk) -> None:
    rows = looking.rows(tables.problems.select())
    assert rows
    for row in rows:
        one = stored.unpacked(Problem, row["data"])
        assert one.id == row["problem"]
        for line in (one.what, one.settle, one.changes):
            assert not line or said.in_words(AR, line), line
