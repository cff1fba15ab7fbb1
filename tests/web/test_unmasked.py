"""Unmasked means unmasked, for one browser and on pages alone; masked means masked, in the language of the page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from lxml import html
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, private_roots, tables
from cenotaph.desk.looking import hiding_by
from cenotaph.desk.people import voices
from cenotaph.desk.report import opened
from cenotaph.publish.masking import PROTECTED
from cenotaph.web import said
from cenotaph.web.texts import LANGUAGES, texts
from tests.web.small import captured, windows

ARABIC = texts("ar")("voice.protected")
NAMES = ("Salim Example", "Rima Sample", "Ward Beispiel")
GUARD = "Tarek Muster"
BODY = "Syrian Network for Human Rights"
WIRE, POST = "Coastal Wire", "Harbour Post"
TEXTS = (
    (WIRE, "2025-03-08",
     "Salim Example, a resident, said 12 civilians were killed in Baniyas on Friday.\n"
     "Rima Sample, a resident, said 9 civilians were killed in Baniyas on Friday.\n"
     "On a wall somebody wrote [protected] in red.\n"),
    (POST, "2025-03-09",
     "Ward Beispiel, a resident, said 5 people were killed in Jableh on Saturday.\n"
     "Tarek Muster, spokesman of the Syrian Network for Human Rights, said 18 civilians were killed in Baniyas.\n"),
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three residents, two of them in one outlet on one day, and somebody whom people protect."""
    folder = tmp_path_factory.mktemp("unmasked") / "case"
    case = Case.create(folder, settings=Settings(title="Coast", countries=("SY",)))
    title = "What Salim Example and Tarek Muster saw"
    list(case.add([captured(text, one, day, f"{one}.txt", title=title) for one, day, text in TEXTS], who="A Reader"))
    case.build()
    desk = Desk(case)
    desk.fill()
    (window,) = windows(desk, "A Reader")
    for name in (GUARD, BODY):
        assert window.post("/people/protect", data={"name": name, "why": "asked for it"}).status_code == 303
    case.engine.dispose()
    return folder


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "case")
    return Desk(tmp_path / "case")


@pytest.fixture(scope="module")
def looking(built: Path) -> Desk:
    """The same, for tests that decide nothing but to look."""
    return Desk(built)


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    (found,) = windows(desk, "A Reader", follow=True)
    with found:
        yield found


def unmask(browser: TestClient) -> TestClient:
    browser.post("/people/unmask", data={"why": "to write to the families"})
    return browser


def arabic(browser: TestClient) -> TestClient:
    browser.post("/you", data={"who": "A Reader", "language": "ar", "theme": "auto"})
    return browser


def report_of(desk: Desk, outlet: str) -> str:
    return str(desk.rows(sa.select(tables.reports.c.report).where(tables.reports.c.outlet == outlet), scalars=True)[0])


def addresses(desk: Desk) -> list[str]:
    """Pages that show people, their words or their figures."""
    claims = desk.rows(sa.select(tables.claims).order_by(tables.claims.c.outlet.desc(), tables.claims.c.start))
    tolls = desk.rows(sa.select(tables.tolls.c.toll, tables.tolls.c.incident).order_by(tables.tolls.c.root))
    incident, report = claims[0]["incident"], claims[0]["report"]
    roots = [str(one) for one in desk.rows(sa.select(tables.roots.c.root), scalars=True)]
    return [
        "/", "/inbox", "/incidents", "/roots", "/roots?kind=unnamed", "/problems", "/people?kind=protected",
        "/people/victims", "/journal", "/search?kind=claims", "/search?q=civilians", "/search?view=map",
        "/search?q=saw", "/search?q=civilians&view=map", "/map/places?q=civilians",
        f"/search?root={quote(BODY)}&view=map",
        "/map/places", *(f"/people/voice/{one.handle}" for one in voices(desk, unmasked=True).lines[2:5]),
        *(f"/roots/{quote(one, safe='')}" for one in roots if private_roots.is_private(one)),
        *(f"/report/{report_of(desk, one)}" for one in (WIRE, POST)),
        *(f"/report/{report}/{one}" for one in ("copies", "custody", "versions", f"correct/{claims[0]['claim']}")),
        *(f"/incidents/{incident}{after}" for after in ("", "/accused", "/link", "/assess?draft=1")),
        *(f"/incidents/{row['incident']}/why/{row['toll']}" for row in tolls[:3]),
        *(f"/problems/{one}" for one in desk.rows(sa.select(tables.problems.c.problem), scalars=True)),
    ]  # fmt: skip


def told(page: str) -> str:
    """What a page says, but for the sentences that are made to leave the house, for what is typed, and for the words on
    the wall.
    """
    if not page.startswith("<!"):
        return page
    found = html.fromstring(page)
    for one in found.xpath("//textarea | //select | //script | //*[@id='sentence'] | //aside"):
        one.drop_tree()
    return str(found.text_content()).replace("wrote [protected]", "")


def pages(browser: TestClient, of: list[str]) -> dict[str, str]:
    out = {}
    for one in of:
        answer = browser.get(one)
        assert answer.status_code == 200, one
        out[one] = answer.text
    return out


# --- unmasked ---------------------------------------------------------------------------------------------------------


def test_no_page_of_who_unmasked_hides_anybody(browser: TestClient, desk: Desk) -> None:
    unmask(browser)
    for address, page in pages(browser, addresses(desk)).items():
        whole = told(page)
        assert "[protected]" not in whole and "a private person" not in whole, address


def test_a_list_names_the_private_people_whose_figures_are_in_it(browser: TestClient, desk: Desk) -> None:
    lists = ["/roots?kind=unnamed", "/search?kind=claims", "/inbox", "/people?kind=protected"]
    for address, page in pages(browser, lists).items():
        assert not any(name in page for name in NAMES), address
    for address, page in pages(unmask(browser), lists).items():
        assert all(name in told(page) for name in NAMES), address


def test_the_chain_of_voices_names_a_witness(browser: TestClient, desk: Desk) -> None:
    address = f"/report/{report_of(desk, WIRE)}"

    def chains() -> list[str]:
        page = html.fromstring(browser.get(address).text)
        return [str(one.text_content()) for one in page.xpath("//dt[.='said by']/following-sibling::dd[1]")]

    assert chains() and all("[protected]" in one for one in chains())
    unmask(browser)
    assert any(NAMES[0] in one for one in chains()) and any(NAMES[1] in one for one in chains())
    browser.post("/people/mask")
    assert all("[protected]" in one for one in chains())


def test_two_people_of_one_outlet_and_day_keep_their_own_figures(browser: TestClient, desk: Desk) -> None:
    claims = desk.rows(sa.select(tables.claims).where(tables.claims.c.outlet == WIRE))
    (incident,) = {row["incident"] for row in claims}
    unmask(browser)
    page = html.fromstring(browser.get(f"/incidents/{incident}").text)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tr[.//th[@scope='row']]")]
    assert any(NAMES[0] in row and "12" in row and NAMES[1] not in row for row in rows)
    assert any(NAMES[1] in row and "9" in row and NAMES[0] not in row for row in rows)


def test_the_page_of_such_a_root_names_all_who_share_it(browser: TestClient, desk: Desk) -> None:
    root = next(str(one) for one in desk.rows(sa.select(tables.roots.c.root), scalars=True) if WIRE in str(one))
    address = f"/roots/{quote(root, safe='')}"
    assert "a private person" in told(browser.get(address).text)
    page = html.fromstring(unmask(browser).get(address).text)
    assert all(name in page.xpath("string(//h1)") for name in NAMES[:2])


def test_a_sentence_to_be_pasted_names_nobody_and_the_words_below_it_do(browser: TestClient, desk: Desk) -> None:
    rows = desk.rows(sa.select(tables.tolls).where(tables.tolls.c.root.contains(POST)))
    unmask(browser)
    page = html.fromstring(browser.get(f"/incidents/{rows[0]['incident']}/why/{rows[0]['toll']}").text)
    sentence = page.xpath("string(//*[@id='sentence'])")
    assert "a protected person" in sentence and NAMES[2] not in sentence
    assert NAMES[2] in page.xpath("string(//main)")


def test_the_band_says_what_stays_hidden(browser: TestClient) -> None:
    unmask(browser)
    assert "They stay unnamed in exports" in browser.get("/roots").text
    assert "تبقى أسماؤهم مخفية" in arabic(browser).get("/roots").text


# --- for one browser, and for pages alone -----------------------------------------------------------------------------


def test_what_was_kept_for_one_browser_is_never_shown_to_another(desk: Desk) -> None:
    """Whoever looks first: masked and unmasked, in both languages, at one desk that keeps what it worked out."""
    browsers = windows(desk, "A Reader", "B Reader", "C Reader", "D Reader", follow=True)
    for one in browsers[1::2]:
        unmask(one)
    for one in browsers[2:]:
        arabic(one)
    some = addresses(desk)
    first = [pages(one, some) for one in browsers]
    browsers[0].app.state.desk = Desk(desk.case.folder)  # type: ignore[attr-defined]  # nothing is kept there
    again = [pages(one, some) for one in reversed(browsers)][::-1]
    assert first == again
    for masked in (first[0], first[2]):
        for address, page in masked.items():
            assert not any(part in page for name in (*NAMES, GUARD) for part in name.split()), address
            assert BODY not in page.replace(f'name="root" value="{BODY}"', ""), address
    for open_ in (first[1], first[3]):
        assert all(any(name in page for page in open_.values()) for name in (*NAMES, GUARD, BODY))
    english, in_arabic = first[0], first[2]
    assert not [at for at, page in in_arabic.items() if PROTECTED in told(page)]
    assert not [at for at, page in english.items() if ARABIC in page]
    assert any(ARABIC in page for page in in_arabic.values()) and any(
        PROTECTED in told(one) for one in english.values()
    )


FILES = ("/journal.csv", "/journal.jsonl", "/search?view=csv", "/search?view=csv&q=Salim+Example",
         "/api/v1/search?form=csv&kind=claims")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_names_nobody_whoever_asks_for_it(desk: Desk, language: str) -> None:
    one, other = windows(desk, "A Reader", "B Reader", follow=True)
    unmask(one)
    if language == "ar":
        arabic(one)
    for path in FILES:
        mine, theirs = one.get(path), other.get(path)
        assert mine.status_code == 200 and mine.text == theirs.text, path
        assert not any(part in mine.text for name in (*NAMES, GUARD) for part in name.split() if part != "Example")
        assert ARABIC not in mine.text
    assert PROTECTED in one.get("/journal.csv").text
    assert json.loads(one.get("/journal.jsonl").text.splitlines()[-1])["about"] == PROTECTED


def test_a_program_with_the_key_sees_nobody_while_a_browser_does(desk: Desk) -> None:
    (one,) = windows(desk, "A Reader", follow=True)
    unmask(one)
    with TestClient(one.app, headers={"authorization": f"Bearer {one.app.state.keys.program}"}) as program:  # type: ignore[attr-defined]
        for path in (
            "voices",
            "roots?named=false",
            "search?kind=claims",
            f"reports/{report_of(desk, WIRE)}",
            "journal",
        ):
            answer = program.get(f"/api/v1/{path}")
            assert answer.status_code == 200, path
            assert not any(name in answer.text for name in (*NAMES, GUARD)), path


# --- masked, in Arabic ------------------------------------------------------------------------------------------------


def test_the_word_for_a_hidden_name_is_one_in_files_and_on_english_pages() -> None:
    assert texts("en")("voice.protected") == PROTECTED != ARABIC


def test_a_hidden_name_is_told_in_arabic_and_the_same_word_of_a_report_stays_as_it_is(looking: Desk) -> None:
    (browser,) = windows(looking, "A Reader", follow=True)
    arabic(browser)
    page = html.fromstring(browser.get(f"/report/{report_of(looking, WIRE)}").text)
    lines = ["".join(line.xpath(".//span[@data-start]/text()")) for line in page.xpath("//p[@data-line]")]
    assert lines[0].startswith(f"{ARABIC}, a resident, said 12") and lines[2].endswith("wrote [protected] in red.")
    assert "wrote [protected] in red" in html.fromstring(browser.get("/search?q=wall").text).text_content()


def test_pieces_of_a_text_stand_at_the_same_places_in_every_language(looking: Desk) -> None:
    english = opened(looking, report_of(looking, POST))
    with hiding_by(ARABIC, PROTECTED):
        in_arabic = opened(looking, report_of(looking, POST))
    assert english is not None and in_arabic is not None

    def pieces(found: object) -> list[tuple[int, int, str, bool]]:
        return [(one.start, one.end, "" if one.hidden else one.text, one.hidden)
                for line in found.paragraphs for one in line.pieces]  # type: ignore[attr-defined]  # fmt: skip

    assert pieces(english) == pieces(in_arabic)
    assert sum(one.hidden for line in in_arabic.paragraphs for one in line.pieces) >= 2
    assert {one.text for line in in_arabic.paragraphs for one in line.pieces if one.hidden} <= {ARABIC, ""}
    with hiding_by(ARABIC):
        literal = opened(looking, report_of(looking, WIRE))
    assert literal is not None
    assert "[protected]" in literal.paragraphs[2].text and not any(one.hidden for one in literal.paragraphs[2].pieces)


def test_a_private_person_is_called_so_in_arabic_where_a_figure_is_theirs(looking: Desk) -> None:
    (browser,) = windows(looking, "A Reader", follow=True)
    arabic(browser)
    for address, page in pages(browser, addresses(looking)).items():
        whole = re.sub(r"\s+", " ", told(page))
        assert "a private person" not in whole and "unnamed voice" not in whole, address
    (incident,) = {row["incident"] for row in looking.rows(sa.select(tables.claims)) if row["outlet"] == WIRE}
    assert "شخص عادي" in told(browser.get(f"/incidents/{incident}").text)


@pytest.mark.parametrize(("who", "arabic_"), [
    ("a private person", "شخص عادي"), ("an unnamed voice", "صوت لم يسم"), ("no voice named", "لم يسم صوت"),
    ("a private person (Wire, 2025-03-08)", "شخص عادي (\u2068Wire\u2069، 8 مارس 2025)"),
    ("a private persons' union", "\u2068a private persons' union\u2069"), ("[protected]", "\u2068[protected]\u2069"),
])  # fmt: skip
def test_who_is_not_named_is_told_in_arabic_within_a_sentence_and_names_stay(who: str, arabic_: str) -> None:
    line = said.in_words(texts("ar"), f"{who} says no number was read, SOHR documented 12")
    assert line is not None and f" {arabic_}: " in line and f"\u2068{who[:20]}" not in line.replace(arabic_, "")


def form_of(browser: TestClient, address: str) -> dict[str, str]:
    """What a form holds before anybody types."""
    page = html.fromstring(browser.get(address).text)
    (form,) = [one for one in page.forms if "correct" in str(one.action)]
    return {str(name): str(value) for name, value in form.form_values()}


def test_a_form_that_was_shown_in_arabic_changes_nothing_when_it_comes_back(browser: TestClient, desk: Desk) -> None:
    (claim,) = [row for row in desk.rows(sa.select(tables.claims)) if row["words"] == "12"]
    address = f"/report/{claim['report']}/correct/{claim['claim']}"
    filled = form_of(arabic(browser), address)
    assert ARABIC in filled.values() and PROTECTED not in filled.values()
    answer = browser.post(address, data={**filled, "why": "سبب"})
    assert answer.status_code == 422 and len(desk.case.decisions()) == 2
    browser.post(address, data={**filled, "why": "سبب", "group": "civilians and others"})
    browser.post(address, data={**filled, "why": "سبب", "base": "13"})
    (made,) = [one for one in desk.case.decisions() if one.verb == "correct"]
    assert made.details["claim"]["voices"][-1]["name"] == NAMES[0] and made.details["claim"]["quantity"]["base"] == 13


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", [ARABIC, PROTECTED])
def test_our_word_for_a_hidden_name_is_never_taken_for_what_was_typed(
    browser: TestClient, desk: Desk, word: str, language: str
) -> None:
    """A form may come back after somebody chose another language."""
    (claim,) = [row for row in desk.rows(sa.select(tables.claims)) if row["words"] == "12"]
    address = f"/report/{claim['report']}/correct/{claim['claim']}"
    if language == "ar":
        arabic(browser)
    filled = form_of(browser, address)
    answer = browser.post(address, data={**filled, "why": "reason", "affiliation": f"{word} and others"})
    assert answer.status_code == 422 and len(desk.case.decisions()) == 2


def test_a_sheet_that_waits_says_what_stands_in_it_to_who_unmasked(browser: TestClient) -> None:
    sheet = f"Date,Place,Killed,Remarks\n2025-03-07,Baniyas,12,{NAMES[0]}\n"
    files = {"file": (f"{NAMES[1]}.csv", sheet.encode(), "text/csv")}
    shown = browser.post("/inbox/add", files=files)
    assert shown.status_code == 200 and "[protected]" in told(shown.text)
    assert not any(name in shown.text for name in NAMES)
    again = unmask(browser).get(shown.url.path)
    assert again.status_code == 200 and all(name in told(again.text) for name in NAMES[:2])
