"""The pages of roots: who repeats whom, and whether two can be counted as two."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cenotaph.desk import Desk, tables
from cenotaph.desk.roots import graph, named_by, root, roots, tethers
from tests.web.conftest import entered

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
    assert "each of one report alone" in reader.get("/roots?kind=unnamed").text


def test_the_picture_has_a_line_for_each_root_and_outlet_and_a_table_that_says_the_same(
    reader: TestClient, looking: Desk
) -> None:
    found = graph(looking)
    counted = {(row["root"], row["outlet"]): row["claims"] for row in looking.rows(sa.select(tables.carriers))}
    drawn = {(line.root_name, line.outlet): line.claims for line in found.lines if line.named and line.outlet}
    assert drawn and all(counted[pair] == count for pair, count in drawn.items())
    assert sum(line.claims for line in found.lines) == sum(counted.values())
    page = reader.get("/roots").text
    assert page.count("<path d=") == len(found.lines) and page.count('<td class="number">') >= len(found.lines)
    assert 'style="' not in page


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
