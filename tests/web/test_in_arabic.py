"""The pages for somebody who reads Arabic alone: no sentence of ours is left in English, and no line is turned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk, tables
from cenotaph.vocabulary import Interval, Quantity, Voice
from cenotaph.web import said
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys
from cenotaph.web.speech import Speech
from cenotaph.web.texts import texts
from tests.web.conftest import OURS

AR = texts("ar")
SAY = Speech(AR)
THEIRS = {"bdi", "q", "blockquote", "mark", "code", "script", "option", "select"}
"""Elements that hold words of others, or codes."""
PLACES = ("title", "aria-label", "placeholder", "data-says", "alt")


@pytest.fixture(scope="module")
def arabic(looking: Desk) -> Iterator[TestClient]:
    """A browser that asks for Arabic, on the example itself."""
    keys = Keys()
    headers = {**OURS, "accept-language": "ar"}
    with TestClient(make_app(looking, who="قارئة", keys=keys), headers=headers) as client:
        client.get(f"/enter?key={keys.link}")
        yield client


def addresses(desk: Desk) -> list[str]:
    """A page of each kind, on what the example has most of."""
    of, incidents, problems = tables.reports.c, tables.incidents.c, tables.problems.c
    report, unclear = (
        str(desk.rows(sa.select(of.report).order_by(by.desc()), scalars=True)[0]) for by in (of.claims, of.unclear)
    )
    claims = sa.select(tables.claims.c.claim).where(tables.claims.c.report == report)
    claim = str(desk.rows(claims, scalars=True)[0])
    some = [
        str(one) for one in desk.rows(sa.select(incidents.incident).order_by(incidents.claims.desc()), scalars=True)
    ]
    toll = str(desk.rows(sa.select(tables.tolls.c.toll).where(tables.tolls.c.incident == some[0]), scalars=True)[0])
    one = f"/incidents/{quote(some[0])}"
    return [
        "/", "/inbox", "/incidents", "/roots", "/problems", "/people", "/people/victims", "/people/pairs", "/you",
        "/people/requests", "/journal", "/search?q=baniyas", "/search?q=baniyas&kind=claims",
        *(f"/report/{name}" for name in (report, unclear)), f"/report/{report}/custody", f"/report/{report}/add",
        f"/report/{report}/correct/{claim}", *(f"/incidents/{quote(name)}" for name in some),
        *(f"/incidents/{quote(name)}/assess?draft=1" for name in some[:3]), f"{one}/link", f"{one}/why/{quote(toll)}",
        *(f"/problems/{name}" for name in desk.rows(sa.select(problems.problem), scalars=True)[:5]),
    ]  # fmt: skip


def ours_in_english(page: str) -> Iterator[str]:
    """Sentences that stages make which stand in a page as they were made."""

    def walk(element: html.HtmlElement, theirs: bool) -> Iterator[str]:
        if not isinstance(element.tag, str):
            return
        theirs = theirs or element.tag in THEIRS or "text" in str(element.get("class") or "").split()
        theirs = theirs or element.get("dir") in ("auto", "ltr")
        yield from (str(element.get(name)) for name in PLACES if element.get(name))
        if not theirs and element.text:
            yield element.text
        for child in element:
            yield from walk(child, theirs)
            if not theirs and child.tail:
                yield child.tail

    for line in map(str.strip, walk(html.fromstring(page), False)):
        if re.match(r"[A-Za-z0-9]", line) and re.search(r"[a-z]{3} [a-z]", line) and said.in_words(AR, line):
            yield line


def test_no_page_shows_a_sentence_of_ours_in_english(arabic: TestClient, looking: Desk) -> None:
    found: dict[str, list[str]] = {}
    for address in addresses(looking):
        answer = arabic.get(address)
        assert answer.status_code == 200, address
        assert '<html lang="ar" dir="rtl"' in answer.text
        lines = list(ours_in_english(answer.text))
        english = [one.text_content()[:80] for one in html.fromstring(answer.text).xpath("//bdi[@lang='en']")]
        found |= {address: lines + english} if lines or english else {}
    assert not found


def test_such_a_sentence_would_be_found() -> None:
    page = "<html><body><p>no number was read</p><p title='two sets'>نص</p><bdi>no number was read</bdi></body></html>"
    assert list(ours_in_english(page)) == ["no number was read", "two sets"]


@pytest.mark.parametrize(("address", "form", "told"), [
    ("/problems/answer", {"back": "/problems"}, "لم تعلم أي مسألة"),
    ("/problems/answer", {"settle": "problem:0", "why": " "}, "لكل قرار سبب"),
    ("/problems/answer", {"settle": "problem:0", "why": "سبب"}, "لم تعد مفتوحة"),
    ("/people/protect", {"name": " ", "why": "سبب"}, "أعط الاسم كما كتب"),
    ("/roots/relate", {"one": "x", "other": "y", "independence": "unknown", "why": "سبب"}, "لا أصل بهذا الاسم"),
])  # fmt: skip
def test_a_refusal_says_why_in_arabic(arabic: TestClient, address: str, form: dict[str, str], told: str) -> None:
    answer = arabic.post(address, data=form)
    assert answer.status_code == 422
    assert told in answer.text and 'lang="en"' not in answer.text


def test_an_address_that_asks_for_what_is_no_number_says_so_in_arabic(arabic: TestClient) -> None:
    answer = arabic.get("/problems?from=many")
    assert answer.status_code == 422 and "المطلوب عدد صحيح" in answer.text


def test_who_relays_whom_is_read_from_right_to_left() -> None:
    """The outlet comes first in the line: in a line that ran the other way it would be the root."""
    outlet, root = Voice("Example Wire", kind="outlet"), Voice("a monitor", kind="organisation", root=True)
    line = SAY.chain([outlet, root])
    assert line.startswith("\u200f") and line.index("Example Wire") < line.index("عن") < line.index("a monitor")
    assert str(SAY.voices([outlet, root])) == "<bdi>Example Wire</bdi> عن <bdi>a monitor</bdi> (الأصل)"
    assert Speech(texts("en")).chain([outlet, root]) == "Example Wire ← a monitor (root)"


def written() -> Iterator[str]:
    """Every Arabic text of ours: of the pages, and of what the stages say."""
    said_file = resources.files("cenotaph.web") / "languages" / "said" / "ar.toml"
    for table in (AR.known, tomllib.loads(said_file.read_text(encoding="utf-8"))):
        yield from _leaves(table)


def _leaves(table: Mapping[str, Any]) -> Iterator[str]:
    for one in table.values():
        yield from _leaves(one) if isinstance(one, Mapping) else [str(one)]


TURNED = re.compile(r"[0-9}]-[0-9{]|(?<![\w}])-[0-9{]|[0-9}]\+")
"""What runs the other way after an Arabic letter, where it is not set apart: 2025-03-08, 4-6, -90, 3+."""


def test_no_day_and_no_range_is_turned_around() -> None:
    apart = re.compile("\u2066[^\u2069]*\u2069")
    by_word = AR("search.operators").split()  # the page sets each apart
    found = [one for one in written() if TURNED.search(apart.sub("", one)) and one.split() != by_word]
    assert found == []
    assert all(map(TURNED.search, ("كما في 2025-03-08", "بين -{limit} و{most}", "{year}-{month}", "3+")))


VERBS = "قرر|قرأ|قال|كتب|طلب|نقل|يقول|يقرر|وثق|أبلغ|تراجع"
GENDERED = re.compile(rf"(?<!\w)و?(?:{VERBS})ه?(?: عنه)? (?:<bdi>)?\{{(?:who|by|voice|root|carrier|outlet)\}}")
"""A verb of a man before a name that may be a woman's or a network's."""


def test_no_verb_before_a_name_needs_to_know_whose_it_is() -> None:
    assert [one for one in written() if GENDERED.search(one)] == []
    assert all(map(GENDERED.search, ("قرره {who}، {when}", "وهو ما أبلغ عنه {root}", "تراجع عنه <bdi>{who}</bdi>")))


def test_a_refused_day_shows_how_one_is_written(arabic: TestClient) -> None:
    answer = arabic.get("/journal?since=x")
    assert answer.status_code == 422 and '<bdi dir="ltr">2025-03-08</bdi>' in answer.text


def test_a_name_in_a_chain_acts_on_nothing() -> None:
    hostile = Voice("<b>\u202e x", kind="organisation", root=True)
    assert "<b>" not in SAY.voices([hostile]) and "&lt;b&gt;" in SAY.voices([hostile])
    assert "\u202e" not in SAY.chain([hostile])


@pytest.mark.parametrize(("names", "en", "ar"), [
    (["Baniyas", "Tartus"], "Baniyas, Tartus", "\u2068Baniyas, Tartus\u2069"),
    (["بانياس", "طرطوس"], "\u2068بانياس، طرطوس\u2069", "بانياس، طرطوس"),
    (["بانياس", "Tartus", "Syria"], "\u2068بانياس\u2069, Tartus, Syria", "بانياس، \u2068Tartus, Syria\u2069"),
    (["12"], "12", "12"), ([], "", ""),
    (["<b>\u202eTartus", "Syria"], "<b>\u202eTartus, Syria", "\u2068<b>Tartus, Syria\u2069"),
])  # fmt: skip
def test_names_of_places_have_the_comma_of_their_own_script(names: list[str], en: str, ar: str) -> None:
    assert (Speech(texts("en")).names(names), SAY.names(names)) == (en, ar)


def test_a_problem_is_marked_by_a_control_that_says_in_arabic_what_is_marked(arabic: TestClient) -> None:
    page = html.fromstring(arabic.get("/problems").text)
    names = [str(one) for one in page.xpath("//input[@name='problem']/@aria-label")]
    ours = [re.sub("\u2068[^\u2069]*\u2069", "", one) for one in names]
    assert names and not [one for one in ours if re.search("[a-z]{3} [a-z]", one)]


def test_figures_ranges_days_and_lists_are_told_the_arabic_way() -> None:
    assert SAY.span(900, 1100) == "900 إلى 1,100"
    assert SAY.figure(Quantity("dozens", "plural", 12), Interval(24, 50, 99, "plain")) == (
        "\u200f\u2068dozens\u2069 (24 إلى 99)"
    )
    assert AR.day("2025-03-08") == "8 مارس 2025" and AR.number(1383) == "1,383"
    assert AR.moment("2025-03-08T09:30:00+00:00") == "8 مارس 2025، 09:30 بتوقيت غرينتش"


def test_no_text_of_the_interface_has_latin_punctuation_between_arabic_words() -> None:
    def walk(table: object) -> Iterator[str]:
        if isinstance(table, dict):
            for one in table.values():
                yield from walk(one)
        elif isinstance(table, str):
            yield table

    wrong = [one for one in walk(dict(AR.known)) if re.search(r"[\u0621-\u064a][,;?]", one)]
    told = (one for shape in said.shapes("ar") for one in walk(shape.text))
    wrong += [one for one in told if re.search(r"[\u0621-\u064a] ?[,;?]", one)]
    assert not wrong
