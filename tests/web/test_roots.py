"""The pages of roots: who repeats whom, and whether two can be counted as two."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, tables
from cenotaph.desk.copies import Copied, by_root, of_report
from cenotaph.desk.root_graph import NARROW, graph
from cenotaph.desk.roots import named_by, root, roots, tethers
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision
from tests.web.conftest import entered
from tests.web.small import captured

SOHR = "Syrian Observatory for Human Rights"
SNHR = "Syrian Network for Human Rights"


def test_each_root_stands_with_its_claims_and_those_who_carry_it(reader: TestClient, looking: Desk) -> None:
    found = roots(looking)
    counts = [line.claims for line in found.lines]
    assert counts == sorted(counts, reverse=True) and found.total == len(counts)
    first = found.lines[0]
    assert first.name == SOHR and first.outlets > len(first.carriers) > 1
    assert sum(each.claims for each in first.carriers) <= first.claims
    page = reader.get("/roots").text
    assert SOHR in page and f"/roots/{SOHR.replace(' ', '%20')}" in page


def test_voices_that_nobody_named_stand_apart(reader: TestClient, looking: Desk) -> None:
    found = roots(looking, named=False)
    assert found.total == found.unnamed == len(found.lines) and not any(line.named for line in found.lines)
    assert "speaks for its report alone" in reader.get("/roots?kind=unnamed").text


def test_the_picture_has_a_line_for_each_root_and_outlet_and_a_table_that_says_the_same(
    reader: TestClient, looking: Desk
) -> None:
    found = graph(looking)
    counted = {(row["root"], row["outlet"]): row["claims"] for row in looking.rows(sa.select(tables.carriers))}
    drawn = {(line.root_name, line.outlet): line.claims for line in found.lines if line.named and line.outlet}
    assert drawn and all(counted[pair] == count for pair, count in drawn.items())
    assert sum(line.claims for line in found.lines) == sum(counted.values())
    page = reader.get("/roots").text
    assert page.count("<path d=") == 2 * len(found.lines) and page.count('<td class="number">') >= len(found.lines)
    assert 'style="' not in page


def test_a_narrow_picture_says_the_same_in_less_room_and_leaves_none_empty(looking: Desk) -> None:
    wide, narrow = graph(looking), graph(looking, NARROW)
    assert [(line.root_name, line.outlet, line.claims) for line in narrow.lines] == [
        (line.root_name, line.outlet, line.claims) for line in wide.lines
    ]  # fmt: skip
    for found, most in ((wide, 44), (narrow, 18)):
        for side in (found.roots, found.outlets):
            assert (side[0].y, side[-1].y) == (16, found.height - 16)
            assert all(len(line) <= most for node in side for line in node.short)
    assert narrow.width <= 336 and max(len(node.short) for node in narrow.roots) == 2


def test_the_picture_is_turned_for_those_who_read_from_the_right(looking: Desk) -> None:
    straight, turned = graph(looking), graph(looking, mirrored=True)
    assert straight.roots[0].x < straight.outlets[0].x and turned.roots[0].x > turned.outlets[0].x


def test_a_root_shows_its_claims_newest_first_and_its_series(reader: TestClient, looking: Desk) -> None:
    found = root(looking, SOHR)
    assert found is not None
    days = [claim["published"] for claim in found.claims]
    assert days == sorted(days, reverse=True) and len(found.claims) == 25
    assert all(toll.root == SOHR for toll, _ in found.series) and len(found.series[0][0].series) >= 1
    assert any(len(toll.series) > 1 for toll, _ in found.series)
    page = reader.get(f"/roots/{SOHR}")
    assert page.status_code == 200 and "newest first" in page.text
    assert reader.get(f"/roots/{SOHR}?from=25").status_code == 200


def test_what_is_decided_of_two_roots_is_told_of_both(client: TestClient, desk: Desk) -> None:
    data = {"one": SOHR, "other": SNHR, "independence": "shown", "why": "each has its own people there"}
    assert client.post("/roots/relate", data=data).status_code == 200
    for name in (SOHR, SNHR):
        (one,) = tethers(desk, name)
        assert (one.independence, one.why, one.by) == ("shown", "each has its own people there", "A Reader")
    page = client.get("/roots").text
    assert "shown to be independent" in page and "each has its own people there" in page


@pytest.mark.parametrize(
    "wrong",
    [{"other": "Nobody"}, {"one": ""}, {"other": SOHR}, {"independence": "maybe"}, {"independence": ""}, {"why": " "}],
)
def test_two_roots_are_related_by_their_names_a_word_and_a_reason(
    client: TestClient, desk: Desk, wrong: dict[str, str]
) -> None:
    data = {"one": SOHR, "other": SNHR, "independence": "shown", "why": "by their own words", **wrong}
    assert client.post("/roots/relate", data=data).status_code == 422
    assert desk.case.decisions() == []


def test_two_windows_that_relate_one_pair_do_not_overwrite_each_other(desk: Desk) -> None:
    data = {"one": SOHR, "other": SNHR, "independence": "shown", "why": "own people", "seen": ""}
    with entered(desk) as one_window, entered(desk) as other:
        assert one_window.post("/roots/relate", data=data).status_code == 200
        late = other.post("/roots/relate", data={**data, "independence": "dependent", "why": "one copies"})
        assert late.status_code == 409 and "one copies" in late.text
    assert [one.details["independence"] for one in desk.case.decisions()] == ["shown"]


def test_an_alias_is_shown_before_it_is_decided_and_moves_the_claims(client: TestClient, desk: Desk) -> None:
    before = {line.name: line.claims for line in roots(desk).lines}
    page = client.get("/roots/alias", params={"name": SNHR, "canonical": SOHR}).text
    assert f"{before[SNHR]} claims" in page and f"{before[SOHR]} claims" in page
    assert desk.case.decisions() == []
    data = {"name": SNHR, "canonical": SOHR, "why": "a test", "seen": ""}
    assert client.post("/roots/alias", data=data).status_code == 200
    after = {line.name: line.claims for line in roots(desk).lines}
    assert SNHR not in after and after[SOHR] == before[SOHR] + before[SNHR]


def test_nobody_is_called_by_no_name(client: TestClient, desk: Desk) -> None:
    for data in ({"name": "Nobody", "canonical": SOHR, "why": "x"}, {"name": SNHR, "canonical": " ", "why": "x"},
                 {"name": SNHR, "canonical": SOHR, "why": ""}):  # fmt: skip
        assert client.post("/roots/alias", data=data).status_code == 422
    assert client.get("/roots/alias?name=Nobody").status_code == 422
    assert desk.case.decisions() == []


def test_what_is_no_root_is_not_found(reader: TestClient) -> None:
    for path in ("/roots/Nobody", "/roots/~0000", "/roots/%3Cscript%3E", "/roots/a%2Fb"):
        assert reader.get(path).status_code == 404
    assert reader.get("/roots?from=900").status_code == 200 and reader.get("/roots?kind=x&from=-9").status_code == 200


def test_a_protected_root_is_reached_by_a_handle_and_named_nowhere(client: TestClient, desk: Desk) -> None:
    client.post("/people/protect", data={"name": "Mustafa Kneifati", "why": "asked for it"})
    line = next(line for line in roots(desk).lines if "[protected]" in line.name)
    assert line.address.startswith("~") and named_by(desk, line.address) == "Mustafa Kneifati"
    for path in ("/roots", f"/roots/{line.address}", f"/roots/alias?name={line.address}"):
        page = client.get(path)
        assert page.status_code == 200 and "Kneifati" not in page.text


def test_each_claim_of_a_root_says_where_it_has_a_place(reader: TestClient, looking: Desk) -> None:
    found = root(looking, SOHR)
    assert found is not None
    placed = [bool(claim["where"]) for claim in found.claims]
    assert placed == [bool(claim["place"]) for claim in found.claims] and True in placed and False in placed
    table = tables.places.c
    names = {row["place"]: row["name"] for row in looking.rows(sa.select(table.place, table.name))}
    lines = reader.get(f"/roots/{SOHR}").text.split('<li class="root__claim"')[1:]
    for claim, line in zip(found.claims, lines, strict=True):
        head = line.partition('<span class="small">')[0]
        if claim["where"]:
            assert names[claim["place"]] in head
        else:
            assert head.count(" · ") == (claim["stance"] != "asserts")


def test_a_place_that_is_called_like_somebody_protected_is_masked(
    looking: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ = root(looking, SOHR, unmasked=True)
    assert open_ is not None
    at, claim = next((at, claim) for at, claim in enumerate(open_.claims) if claim["where"])
    name = claim["where"].name
    monkeypatch.setattr(Desk, "veil", Veil(Hidden(frozenset({name}))))
    found = root(looking, SOHR)
    assert found is not None and found.claims[at]["claim"] == claim["claim"]
    where = found.claims[at]["where"]
    assert name and not any(name in words for words in (where.name, where.words, *where.path))


def test_an_unnamed_root_of_several_reports_says_that_it_may_be_several_voices(told_twice: Desk) -> None:
    lines = {line.called: line for line in roots(told_twice, named=False).lines}
    assert {name: line.reports for name, line in lines.items()} == {"a monitoring group": 2, "a local council": 1}
    with entered(told_twice) as client:
        several = "it may be several voices"
        assert several in client.get(f"/roots/{quote(lines['a monitoring group'].address, safe='')}").text
        assert several not in client.get(f"/roots/{quote(lines['a local council'].address, safe='')}").text
        assert "may be several voices" in client.get("/roots?kind=unnamed").text


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two reports of one outlet and day, each with a monitoring group of its own, and one with a council."""
    folder = tmp_path_factory.mktemp("twice") / "coast"
    case = Case.create(folder, settings=Settings(title="Twice", countries=("SY",)))
    told = [
        "Five people were killed in Jableh on Friday, a monitoring group said.\n",
        "Nine people were wounded near Baniyas on Thursday, a monitoring group said.\n",
        "Two people were killed in Tartus on Friday, a local council said.\n",
    ]
    list(case.add(
        [captured(text, "Example Wire", "2025-03-08", f"{n}.txt") for n, text in enumerate(told)], who="A Reader"
    ))  # fmt: skip
    case.build()
    found = Desk(case)
    found.fill()
    return found


# --- who copies whom --------------------------------------------------------------------------------------------------

WORDS = (
    "Shelling killed 14 civilians in the market of Baniyas on 7 March 2025 while people were shopping for the evening"
)


@pytest.fixture(scope="module")
def copying(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One report that names its source, two with its words that name none, and one in words of its own."""
    case = Case.create(
        tmp_path_factory.mktemp("copies") / "coast", settings=Settings(title="Copies", countries=("SY",))
    )
    told = [
        ("Example Wire", "2025-03-08", f"{WORDS}, the {SNHR} said.\n"), ("Example Copy", "2025-03-09", f"{WORDS}.\n"),
        ("Example Mirror", "2025-03-10", f"{WORDS}.\n"),
        ("Example Post", "2025-03-09", f"The {SNHR} counted 14 dead after the market of Baniyas was hit.\n"),
    ]  # fmt: skip
    list(case.add([captured(text, outlet, day, f"{outlet}.txt") for outlet, day, text in told], who="A Reader"))
    case.build()
    found = Desk(case)
    found.fill()
    return found


def report_of(desk: Desk, outlet: str) -> str:
    table = tables.reports.c
    return str(desk.rows(sa.select(table.report).where(table.outlet == outlet), scalars=True)[0])


def test_a_report_shows_who_has_its_words_and_whose_it_has(copying: Desk) -> None:
    first, copy, own = (report_of(copying, one) for one in ("Example Wire", "Example Copy", "Example Post"))
    assert [(one.outlet, one.claims) for one in of_report(copying, first).by] == [
        ("Example Copy", 1), ("Example Mirror", 1),
    ]  # fmt: skip
    assert [one.outlet for one in of_report(copying, copy).of] == ["Example Wire"]
    assert of_report(copying, own) == Copied([], []) == of_report(copying, "report:0000")


def test_a_root_shows_the_outlets_that_copy_it_and_not_those_that_name_it(copying: Desk) -> None:
    found, more = by_root(copying, SNHR)
    assert ([one.outlet for one in found], more) == (["Example Copy", "Example Mirror"], 0)
    with entered(copying) as client:
        page = client.get(f"/roots/{SNHR}").text
        part = page.partition('id="copied"')[2].partition("<h2")[0]
        assert "Example Mirror" in part and "Example Post" not in part
        assert by_root(copying, "Nobody") == ([], 0)


def test_the_page_of_copies_leads_to_the_words_and_a_part_of_it_stands_beside_the_report(copying: Desk) -> None:
    first = report_of(copying, "Example Wire")
    with entered(copying) as client:
        beside = client.get(f"/report/{first}").text
        assert "2 reports have its words" in beside and f"/report/{quote(first, safe='')}/copies" in beside
        page = client.get(f"/report/{first}/copies").text
        assert "Example Mirror" in page and "1 claim in the same words" in page and "<html" in page
        assert f'href="/report/{first}"' in page.replace("%3A", ":")
        listed = client.get(f"/report/{first}?state=nothing+new").text
        assert "/copies?state=nothing%20new" in listed
        back = client.get(f"/report/{first}/copies?state=nothing%20new").text.replace("%3A", ":")
        assert f'href="/report/{first}?state=nothing+new"' in back
        own = report_of(copying, "Example Post")
        assert "No report that is held has its words" in client.get(f"/report/{own}/copies").text
        assert client.get("/report/report:0000/copies").status_code == 404


def test_the_index_of_copies_forgets_what_is_not_so_any_more(copying: Desk) -> None:
    claims = copying.rows(sa.select(tables.claims.c.claim, tables.claims.c.outlet))
    gone = next(str(row["claim"]) for row in claims if row["outlet"] == "Example Copy")
    when = dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    made = copying.case.decide(Decision("A Reader", when, "reject", gone, "no figure"))
    copying.case.build()
    copying.fill()
    assert [one.outlet for one in by_root(copying, SNHR)[0]] == ["Example Mirror"]
    copying.case.decide(Decision("A Reader", when, "undo", made.id, "it is one"))
    copying.case.build()
    copying.fill()
    assert [one.outlet for one in by_root(copying, SNHR)[0]] == ["Example Copy", "Example Mirror"]


def test_a_root_is_not_called_by_its_own_name_once_more(client: TestClient, desk: Desk) -> None:
    named = {"name": SNHR, "canonical": f" {SNHR} "}
    page = client.get("/roots/alias", params=named).text
    assert "Nothing would change." in page and 'method="post" action="/roots/alias"' not in page
    assert client.post("/roots/alias", data={**named, "why": "a slip", "seen": ""}).status_code == 422
    assert desk.case.decisions() == []
