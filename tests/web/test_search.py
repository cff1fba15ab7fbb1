"""Search: lists, maps and sheets of what was found, and nothing of whom the desk hides."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from starlette.testclient import TestClient

from cenotaph.case import CaseError
from cenotaph.desk import Desk
from cenotaph.desk.search import search
from cenotaph.desk.search_asked import Asked, asked
from cenotaph.desk.search_rows import COLUMNS
from cenotaph.vocabulary import Decision
from cenotaph.web.app import make_app


def hits(page: str) -> int:
    return page.count('class="hit"')


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# --- what is found ----------------------------------------------------------------------------------------------------


def test_reports_are_found_across_languages_with_the_words_marked(reader: TestClient) -> None:
    page = reader.get("/search?q=Baniyas").text
    assert hits(page) == 4
    assert "<mark>بانياس</mark>" in page


def test_the_page_says_which_other_words_were_looked_for(reader: TestClient) -> None:
    assert '<bdi class="variants__one">بانياس</bdi>' in reader.get("/search?q=Baniyas").text


def test_claims_are_found_by_what_they_say_without_a_word(looking: Desk) -> None:
    found = search(looking, asked(kind="claims", harm="injured"))
    assert found.total
    assert all("injured" in hit.about["harm"].split(" or ") for hit in found.hits)


def test_a_place_means_all_that_lies_in_it(looking: Desk) -> None:
    outer, inner = (
        search(looking, asked(kind="claims", place=place)) for place in ("Syria > Tartus", "Syria > Tartus > Baniyas")
    )
    assert 0 < inner.total < outer.total
    assert all(hit.about["place_path"].startswith("Syria > Tartus") for hit in outer.hits)


def test_days_bound_the_first_day_of_a_claim(looking: Desk) -> None:
    found = search(looking, asked(kind="claims", first="2025-03-07", last="2025-03-08"))
    assert found.total
    assert all("2025-03-07" <= hit.about["first"] <= "2025-03-08" for hit in found.hits)


def test_reports_are_narrowed_by_what_their_claims_say_and_by_what_they_are(looking: Desk) -> None:
    everything = search(looking, asked()).total
    for one in (asked(harm="injured"), asked(read="machine", place="Syria > Tartus"), asked(language="ar")):
        assert 0 < search(looking, one).total < everything
    assert search(looking, asked(state="read twice")).total == 0


def test_pages_of_fifty_do_not_overlap_and_together_are_all(looking: Desk) -> None:
    whole = search(looking, asked(kind="claims")).total
    seen = [hit.about["claim"] for at in range(0, whole, 50) for hit in search(looking, asked(kind="claims"), at).hits]
    assert len(seen) == len(set(seen)) == whole


def test_the_best_hit_comes_first_or_the_newest(looking: Desk) -> None:
    by_day = [hit.about["published"] for hit in search(looking, asked(q="killed", order="day")).hits]
    assert by_day == sorted(by_day, reverse=True)
    assert by_day != [hit.about["published"] for hit in search(looking, asked(q="killed")).hits]


def test_an_operator_is_a_word(reader: TestClient) -> None:
    for query in (
        '"',
        "*",
        "NEAR(",
        "a OR",
        "words:killed",
        "-killed",
        "^killed",
        "(",
        "'",
        "\\",
        "%",
        "\0",
        "killed AND",
    ):
        assert reader.get("/search", params={"q": query}).status_code == 200
        assert reader.get("/search", params={"q": query, "kind": "claims"}).status_code == 200


def test_nothing_found_says_so(reader: TestClient) -> None:
    for query in ("q=zebra", "harm=nonsense", "place=Nowhere", "outlet=Nobody", "root=Nobody", "language=xx", "q=***"):
        assert "Nothing was found" in reader.get(f"/search?{query}").text


# --- wrong questions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["2025-13-01", "yesterday", "8.3.2025", "2025-03-08; DROP TABLE claims"])
def test_a_day_that_is_none_is_told(reader: TestClient, said: str) -> None:
    with pytest.raises(CaseError, match="is no day"):
        asked(first=said)
    assert reader.get("/search", params={"from": said}).status_code == 422


def test_kinds_orders_views_and_pages_that_are_none_fall_back(reader: TestClient) -> None:
    page = reader.get("/search?kind=people&order=random&view=globe&at=-5").text
    assert hits(page) == 30
    assert reader.get("/search?at=99999").status_code == 200
    assert reader.get("/search?at=many").status_code == 422


def test_what_was_typed_comes_back_as_text(reader: TestClient) -> None:
    page = reader.get(
        "/search", params={"q": "<script>alert(1)</script>", "outlet": '"><img src=x>', "harm": "<b>x"}
    ).text
    assert "<script>alert" not in page and "<img src=x" not in page and "<b>x" not in page


# --- as a sheet -------------------------------------------------------------------------------------------------------


def test_a_sheet_has_every_claim_with_its_words(reader: TestClient, looking: Desk) -> None:
    answer = reader.get("/search?view=csv&harm=killed&kind=claims")
    rows = sheet(answer.text)
    assert answer.headers["content-type"].startswith("text/csv")
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == search(looking, asked(kind="claims", harm="killed")).total
    assert all(row["quote"] for row in rows)


def test_a_sheet_of_a_search_for_words_holds_claims_of_the_reports_found(reader: TestClient, looking: Desk) -> None:
    rows = sheet(reader.get("/search?view=csv&q=Baniyas").text)
    ids = {hit.about["report"] for hit in search(looking, asked(q="Baniyas")).hits}
    assert rows
    assert {row["report"] for row in rows} <= ids


def test_a_cell_that_begins_like_a_formula_is_none(reader: TestClient) -> None:
    for row in csv.reader(io.StringIO(reader.get("/search?view=csv").text)):
        assert not any(re.match(r"[=+@\t\r-]\D", cell) for cell in row)


# --- whom the desk hides ----------------------------------------------------------------------------------------------

PROTECTED = "Thameen"  # somebody whom a bulletin of the example names


def protect(client: TestClient, desk: Desk, name: str) -> None:
    """A decision as a person takes it."""
    desk.case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), "protect", name, "asked not to be named"))
    desk.case.build()
    desk.fill()


def test_a_protected_name_finds_nothing_unless_unmasked(client: TestClient, desk: Desk) -> None:
    assert search(desk, asked(q=PROTECTED)).total == 1
    protect(client, desk, PROTECTED)
    for query in (PROTECTED, PROTECTED.lower(), f'"{PROTECTED}"', "Thamin", "Thameens", f"killing {PROTECTED}", "ثمين"):
        found = search(desk, asked(q=query))
        assert (found.total, found.more, len(found.hits)) == (0, False, 0), query
        assert not any(one == PROTECTED.casefold() for part in found.wanted.parts for one in part.forms)
    assert search(desk, asked(q=PROTECTED), unmasked=True).total == 1


def test_a_page_on_a_hidden_name_is_the_page_on_a_word_that_nobody_wrote(client: TestClient, desk: Desk) -> None:
    protect(client, desk, PROTECTED)
    for path in ("/search?q={}", "/search?q={}&kind=claims", "/search?q={}&view=map", "/search?q={}&view=csv"):
        hidden, nobody = (
            client.get(path.format(name)).text.replace(name, "NAME") for name in (PROTECTED, "Zebrathing")
        )
        assert hidden == nobody
    hidden, nobody = (client.get(f"/map/places?q={name}").json() for name in (PROTECTED, "Zebrathing"))
    assert hidden == nobody


def test_no_excerpt_and_no_cell_names_somebody_who_is_hidden(client: TestClient, desk: Desk) -> None:
    assert PROTECTED in client.get("/search?q=spokesperson").text
    protect(client, desk, PROTECTED)
    for path in ("/search?q=spokesperson", "/search", "/search?kind=claims", "/search?view=csv", "/"):
        assert PROTECTED not in client.get(path).text


def test_a_hidden_root_or_outlet_is_no_filter(client: TestClient, desk: Desk) -> None:
    root = search(desk, asked(kind="claims")).hits[0].about["root"]
    assert search(desk, Asked(kind="claims", root=root)).total
    protect(client, desk, root)
    assert search(desk, Asked(kind="claims", root=root)).total == 0
    assert root not in client.get("/search").text
    assert search(desk, Asked(kind="claims", root=root), unmasked=True).total


def test_nobody_searches_who_did_not_come_in(desk: Desk) -> None:
    with TestClient(make_app(desk, who="A Reader")) as stranger:
        for path in ("/search?q=killed", "/search?view=csv", "/map/places", "/map/table", "/map/land?box=0,0,1,1", "/"):
            assert stranger.get(path).status_code == 401


# --- what stands in the line besides words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("harm:injured", {"harm": "injured"}),
        ("HARM:Injured", {"harm": "injured"}),
        ('place:"Syria > Tartus"', {"place": "Syria > Tartus"}),
        ("after:2025-03-07 before:2025-03-08", {"first": "2025-03-07", "last": "2025-03-08"}),
        ("after:2025-03 before:2025-03", {"first": "2025-03-01", "last": "2025-03-31"}),
        ("before:2024-02", {"last": "2024-02-29"}),
        ("before:2025", {"last": "2025-12-31"}),
        ("status:armed-group read:twice state:nothing-new", {"status": "armed group", "read": "twice",
                                                             "state": "nothing new"}),
        ("مكان:طرطوس بعد:2025-03-07", {"place": "طرطوس", "first": "2025-03-07"}),
    ],
)  # fmt: skip
def test_a_filter_in_the_line_is_the_filter_of_the_form(line: str, fields: dict[str, str]) -> None:
    one = asked(q=f"{line} killed")
    assert one == asked(q="killed", **fields)
    assert one.q == "killed"


@pytest.mark.parametrize(
    "said", ["harm:dead", "after:yesterday", "before:2025-13", "before:2025-02-30", "read:thrice", "state:maybe",
             "language:english", "-place:Tartus", "harm:killed harm:injured", "OR", "NOT", "killed OR harm:injured"],
)  # fmt: skip
def test_what_is_not_understood_is_said_and_stays_in_the_line(reader: TestClient, said: str) -> None:
    page = reader.get("/search", params={"q": f"convoy {said}"}).text
    left = (
        said.split()[-1] if "harm:injured" not in said else {"killed OR harm:injured": "OR"}.get(said, said.split()[-1])
    )
    assert "Not understood" in page
    assert f'<bdi class="variants__one">{left}</bdi>' in page
    assert left in re.findall(r'name="q"[^>]*value="([^"]*)"', page)[0].split()


@pytest.mark.parametrize(
    "said", ["killed", "12:30", "https://example.org/killed", "al-Bab", "words:killed", "a -b", "killed OR wounded",
             '"killed in" OR "wounded in"', "or and not", "harm : killed", "AND OR NOT", "-", "|"],
)  # fmt: skip
def test_what_is_understood_is_not_said_to_be_left_out(reader: TestClient, said: str) -> None:
    assert "Not understood" not in reader.get("/search", params={"q": said}).text


def test_either_word_finds_what_each_finds_and_without_the_rest(looking: Desk) -> None:
    def ids(line: str) -> set[str]:
        return {hit.about["report"] for hit in search(looking, asked(q=line)).hits}

    assert ids("Baniyas OR Latakia") == ids("Baniyas") | ids("Latakia") != ids("Baniyas")
    assert ids("Baniyas -Latakia") == ids("Baniyas") - ids("Latakia")
    assert ids("-Baniyas") == ids("") - ids("Baniyas") != set()


def test_a_place_is_known_by_its_name_in_either_language(looking: Desk) -> None:
    by_path = search(looking, asked(kind="claims", place="Syria > Tartus > Baniyas")).total
    assert by_path
    for name in ("Baniyas", "baniyas", "بانياس"):
        assert search(looking, asked(kind="claims", place=name)).total == by_path
    assert search(looking, asked(kind="claims", place="Ban")).total == 0


def test_a_root_and_an_outlet_are_known_without_their_capitals(looking: Desk) -> None:
    about = search(looking, asked(kind="claims")).hits[0].about
    for name in ("root", "outlet"):
        exact = search(looking, asked(kind="claims", **{name: about[name]})).total
        assert 0 < exact == search(looking, asked(kind="claims", **{name: about[name].upper()})).total
        assert search(looking, asked(kind="claims", **{name: about[name][:-1]})).total == 0


@pytest.mark.parametrize("query", [
    "q=Baniyas", "q=killed+-Latakia", "q=harm:injured", "harm=killed&q=civilians", "place=Tartus",
    "q=Baniyas+OR+Latakia&from=2025-03-07", "language=ar", "q=zebra",
])  # fmt: skip
def test_list_map_and_sheet_count_the_same_claims(reader: TestClient, looking: Desk, query: str) -> None:
    def said(page: str) -> str:
        return str(re.findall(r'role="status">\s*([\d,]+|no) claims?', page)[0])

    listed, mapped = (reader.get(f"/search?kind=claims&{query}{more}").text for more in ("", "&view=map"))
    rows = sheet(reader.get(f"/search?view=csv&{query}").text)
    assert said(listed) == said(mapped)
    assert said(listed) == ("no" if not rows and said(listed) == "no" else f"{len(rows):,}")
    assert all(row["claim"] and row["report"] and row["quote"] for row in rows)


def test_leaving_out_a_hidden_name_leaves_nobody_out(client: TestClient, desk: Desk) -> None:
    assert search(desk, asked(q=f"-{PROTECTED}")).total < search(desk, asked()).total
    protect(client, desk, PROTECTED)
    for line in ("", "killed", "Baniyas OR Latakia"):
        with_it, without = (search(desk, asked(q=f"{line} {more}")).total for more in ("", f"-{PROTECTED}"))
        assert with_it == without


def test_a_filter_of_the_form_is_not_changed_by_the_line_unseen(reader: TestClient) -> None:
    one = asked(q="convoy harm:killed", harm="injured")
    assert (one.q, one.harm) == ("convoy harm:killed", "injured")
    page = reader.get("/search", params={"q": "convoy harm:killed", "harm": "injured"}).text
    assert '<bdi class="variants__one">harm:killed</bdi>' in page
    assert asked(q="convoy harm:injured", harm="injured").q == "convoy"
