"""One thing is called the same on every page, and two things are not: heads of reports, places of one name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, told_apart
from cenotaph.desk.incidents import incidents
from cenotaph.desk.mapping import lines
from cenotaph.desk.search_asked import Asked
from tests.web.conftest import entered
from tests.web.small import captured

TEXTS = (
    ("Example Wire", "2025-03-08", "Twelve civilians were killed in Duma, Syria, on 7 March 2025, the mayor said.\n"),
    ("Example Post", "2025-03-08", "Five civilians were killed in Duma, Palestine, on 7 March 2025, a doctor said.\n"),
    ("Example Daily", "2025-03-09", "Six people were killed in Jableh on 8 March 2025, the mayor of Jableh said.\n"),
    ("", "2025-03-09", "Nine people were injured in the city of Aleppo on 8 March 2025, a nurse said.\n"),
    ("Example Hour", "2025-03-09", "Seven people were injured in the province of Aleppo on 8 March 2025, he said.\n"),
    ("Example Copy", "2025-03-10", "Six people were killed in Jableh on 8 March 2025, the mayor of Jableh said.\n"),
)  # fmt: skip


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two villages called Duma, a city and its province called Aleppo; one report has a title, one no outlet."""
    case = Case.create(tmp_path_factory.mktemp("alike") / "case", settings=Settings(countries=("SY", "PS")))
    titles = ("", "Five dead in Duma")
    given = [
        captured(text, outlet, day, f"{at}.txt", title=titles[at] if at < len(titles) else "")
        for at, (outlet, day, text) in enumerate(TEXTS)
    ]
    list(case.add(given, who="A Reader"))
    case.build()
    desk = Desk(case)
    desk.fill()
    return desk


@pytest.fixture
def browser(alike: Desk) -> Iterator[TestClient]:
    with entered(alike) as found:
        yield found


def read(page: str) -> str:
    """What stands on a page."""
    return " ".join(html.unescape(re.sub(r"[\u2066-\u2069]", "", re.sub(r"<[^>]+>", "", page))).split())


# --- heads of reports -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "head"), [(0, "Example Wire"), (1, "Five dead in Duma"), (3, "3.txt")])
def test_a_report_has_one_head_on_every_page_and_in_the_api(
    browser: TestClient, alike: Desk, at: int, head: str
) -> None:
    one = next(each for each in alike.case.reports() if each.name == f"{at}.txt")
    link = re.compile(rf'<a[^>]*href="/report/{one.id}["?#][^>]*>(.*?)</a>', re.DOTALL)
    for path in ("/inbox", "/search?q=March", "/search?kind=claims"):
        heads = {read(each) for each in link.findall(browser.get(path).text)}
        assert heads == {head}, path
    for path in (f"/report/{one.id}", f"/report/{one.id}/custody"):
        assert re.search(rf"<h1>(?:[^<]*: )?<bdi>{re.escape(head)}</bdi></h1>", browser.get(path).text), path
    assert head in read(browser.get(f"/report/{one.id}/copies").text)
    assert browser.get(f"/api/v1/reports/{one.id}").status_code == 200
    listed = {each["id"]: each["head"] for each in browser.get("/api/v1/reports").json()["items"]}
    assert listed[one.id] == head


def test_a_copy_is_called_after_what_it_copies_in_the_inbox_and_on_its_page(browser: TestClient, alike: Desk) -> None:
    one = next(each for each in alike.case.reports() if each.outlet == "Example Copy")
    assert "has the words of Example Daily" in read(browser.get(f"/report/{one.id}").text)
    assert "has the words of Example Daily" in read(browser.get("/inbox").text)


# --- places -----------------------------------------------------------------------------------------------------------


def test_places_of_one_name_are_told_apart_in_the_table_of_the_map(browser: TestClient, alike: Desk) -> None:
    told = read(browser.get("/map/table").text)
    assert "Aleppo, Syria (the first-level area)" in told and "Aleppo, Syria (the place itself)" in told
    assert "Duma, West Bank, Palestine" in told and "Palestine (" not in told and "Jableh, Latakia, Syria (" not in told
    named = [one["name"] for area in browser.get("/map/places").json()["spots"] for one in area["named"]]
    assert "Aleppo, Syria (the place itself)" in named and "Jableh, Latakia, Syria" in named


def test_a_title_says_which_place_of_that_name_is_meant_and_only_then(browser: TestClient, alike: Desk) -> None:
    titles = {str(one["place"]): str(one["title"]) for one in incidents(alike).lines}
    assert len(set(titles.values())) < len(titles)
    heads = [read(each) for each in re.findall(r"<h[23] class=.told__title.*?</h[23]>", browser.get("/incidents").text)]
    assert len(set(heads)) == len(heads) == len(titles)
    assert "killed, Duma, 7 March 2025 (Rif Dimashq, Syria)" in heads
    assert "killed, Duma, 7 March 2025 (West Bank, Palestine)" in heads
    assert "killed, Jableh, 8 March 2025" in heads
    for one in incidents(alike).lines:
        shown = read(browser.get(f"/incidents/{one['incident']}").text)
        assert shown.count("(West Bank, Palestine)") == ("284013" in one["place"]) * 2  # its title and its heading
    duma, other, *_ = (str(one["incident"]) for one in incidents(alike).lines if "Duma" in one["title"])
    asked = {"do": "merge", "incident": other, "look": "1"}
    preview = read(browser.get(f"/incidents/{duma}/link", params=asked).text)
    assert "(West Bank, Palestine)" in preview and "(Rif Dimashq, Syria)" in preview


def test_the_api_has_what_tells_places_apart_in_a_field(browser: TestClient) -> None:
    found = {one["key"]: one for one in browser.get("/api/v1/places").json()["items"]}
    assert found["geonames:170063"]["apart"] == [{"kind": "precision", "value": "1"}]
    assert found["geonames:284013"]["apart"] == []
    items = browser.get("/api/v1/incidents").json()["items"]
    told = {each["value"] for one in items for each in one["apart"] if one["place"] == "Duma"}
    assert told == {"Rif Dimashq > Syria", "West Bank > Palestine"}
    assert all(one["apart"] == [] for one in items if one["place"] == "Jableh")


def test_a_filter_by_one_place_says_which_one_and_offers_those_of_one_name(browser: TestClient) -> None:
    page = browser.get("/search", params={"kind": "claims", "place": "geonames:170063"}).text
    assert "The place is Aleppo, Syria (the place itself)." in read(page)
    assert '<option value="geonames:170063" label="Aleppo, Syria (the place itself)">' in page
    assert "Aleppo, Syria (the place itself)" in read("".join(re.findall(r"<p class=.hit__about.*?</p>", page)))
    assert "The place is" not in read(browser.get("/search", params={"kind": "claims", "place": "Syria"}).text)


def test_both_languages_say_it(browser: TestClient) -> None:
    browser.post("/you", data={"language": "ar", "who": "A Reader"})
    assert "Aleppo, Syria (المكان نفسه)" in read(browser.get("/map/table").text)
    assert "(Rif Dimashq, Syria)" in read(browser.get("/incidents").text)


def test_a_place_that_a_report_names_after_somebody_protected_is_masked_on_the_map(
    alike: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(iter(told_apart.apart(alike)))
    fact = told_apart.Fact("reported", "the house of Zubaydah Example")
    monkeypatch.setattr(told_apart, "apart", lambda _: {key: [fact]})
    asked = Asked(kind="claims", harm="injured")
    veil = alike.veil
    hidden = type(veil).words
    monkeypatch.setattr(
        type(veil), "words", lambda self, text, *more: hidden(self, text, *more).replace("Zubaydah Example", "[hidden]")
    )
    some = {line.key: line for line in lines(alike, asked)[0]}
    assert some[key].apart == [("reported", "the house of [hidden]")]
    assert {line.key: line for line in lines(alike, asked, unmasked=True)[0]}[key].apart == [fact]
