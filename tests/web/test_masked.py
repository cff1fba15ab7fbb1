"""Who is protected shows on no page, in no header, file or answer of a reader who did not ask for the names; nor does
asking by a name tell that it is there.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, people, tables
from cenotaph.intake import Captured
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys
from tests.cli.running import run
from tests.web.small import OURS, WHEN
from tests.web.visiting import addresses

TOLD = tomllib.loads((Path(__file__).parent / "masked.toml").read_text("utf-8"))
NOBODY = ("Zzyzx Nobodyatall", "ظظظظظ غغغغغ")
"""Names that no report has: what asking for them tells is all that asking for a hidden name may tell."""
SHEET = "Date,Place,Killed,Name,Remarks\n2025-03-07,Baniyas,1,Tamrin Oxblood,{}Quillon Varnhagen said so\n"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2069]|-\\s*\\n\\s*")


def captured(one: dict[str, Any]) -> Captured:
    attached = (one["attachment"].encode(),) if "attachment" in one else ()
    day = tomllib.loads(f"day = {one['day']}")["day"]
    return Captured(
        one["text"].encode(), "txt", one["file"], "folder", f"/home/quillon_varnhagen/{one['file']}", WHEN,
        url=one["url"], outlet=one["outlet"], title=one["title"], published=day, attachments=attached,
    )  # fmt: skip


def entered(desk: Desk, language: str = "en") -> TestClient:
    keys = Keys()
    client = TestClient(make_app(desk, who="A Reader", keys=keys), headers=OURS)
    client.get(f"/enter?key={keys.link}")
    client.post("/you", data={"language": language})
    return client


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The reports, with people protected by decisions, a request, an alias that was taken back, names in reasons."""
    case = Case.create(tmp_path_factory.mktemp("masked") / "case", settings=Settings(title="Masked", countries=("SY",)))
    list(case.add([captured(one) for one in TOLD["report"]], who="A Reader"))
    case.build()
    desk = Desk(case)
    desk.fill()
    client = entered(desk)

    def post(path: str, **data: str) -> None:
        assert client.post(path, data=data, follow_redirects=False).status_code == 303, path

    for one in TOLD["protect"]:
        post("/people/protect", **one, seen="any")
    told = {"from": "family", "by": "Umm Grayrobe", "about": "the list of Quillon Varnhagen", "contact": "the Hayloft"}
    post("/people/requests", kind="correction", asked="he is no Grayrobe", why="a letter of Umm Grayrobe", **told)
    handle = people.voices(desk, words="Quillon", unmasked=True).lines[0].handle
    post("/people/alias", handle=handle, canonical="Bartleby Knockwurst", why="Varnhagen is Knockwurst", seen="")
    made = next(one for one in reversed(desk.case.decisions()) if one.verb == "alias")
    post("/journal/undo", decision=made.id, why="Quillon_Varnhagen is somebody else", seen="")
    claim = desk.rows(sa.select(tables.claims.c.claim, tables.claims.c.report).order_by(tables.claims.c.low))[0]
    why = "as #Quillon_Varnhagen told us"
    post(f"/report/{claim['report']}/decide", verb="accept", claim=claim["claim"], why=why, seen="")
    return desk


@pytest.fixture(scope="module")
def client(whole: Desk) -> Iterator[TestClient]:
    with entered(whole) as found:
        yield found


def secrets_in(told: str) -> list[str]:
    """The secret words that somebody can make out: through entities, addresses and JSON, and signs that nobody sees."""
    ways = {told, html.unescape(told), unquote(told), unquote(html.unescape(told))}
    ways.add(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), told))
    plain = [UNSEEN.sub("", unicodedata.normalize("NFKC", way).casefold()) for way in ways]
    return [word for word in TOLD["secret"] if any(word in way for way in plain)]


def everywhere(desk: Desk) -> list[str]:
    """Each page and answer with ids of the case; those that a name leads to are asked for in tests of their own."""
    found = [one for one in addresses(desk, 20) if "%20" not in one]
    claims = desk.rows(sa.select(tables.claims.c.claim, tables.claims.c.report).limit(8))
    found += [f"/report/{one['report']}/correct/{one['claim']}" for one in claims]
    found += [f"/report/{one['report']}/add?start=0&end=80" for one in claims[:2]]
    for name in desk.rows(sa.select(tables.incidents.c.incident), scalars=True):
        found += [f"/incidents/{name}/link?do={do}" for do in ("merge", "move", "split", "tie")]
        found += [f"/incidents/{name}{part}" for part in ("", "/assess", "/accused", "/ladder")]
    for toll, name in ((row["toll"], row["incident"]) for row in desk.rows(sa.select(tables.tolls))):
        found.append(f"/incidents/{name}/why/{toll}")
    for line in people.voices(desk).lines:
        found += [f"/people/voice/{line.handle}", f"/roots/~{line.handle}"]
    for name in desk.rows(sa.select(tables.roots.c.root), scalars=True):
        shown = desk.veil.words(name) == name
        found += [f"/roots/{quote(name, safe='')}"] if shown else []
    return [*found, "/search?q=killed&kind=claims", "/search?view=map", "/search?view=csv", "/journal?kind=all"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nobody_who_is_protected_shows_anywhere(whole: Desk, language: str) -> None:
    client, wrong, hidden = entered(whole, language), {}, 0
    for address in everywhere(whole):
        if language != "en" and address.startswith("/api/"):
            continue  # the same in every language
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code < 500, address
        told = f"{answer.text}\n{json.dumps(dict(answer.headers))}"
        hidden += whole.veil.words("Quillon") in told or "محمي" in told
        if found := secrets_in(told):
            wrong[address] = found
    assert wrong == {}
    assert hidden > 40, "or there was nothing to hide"


def test_those_who_asked_for_the_names_see_them(whole: Desk, tmp_path: Path) -> None:
    shutil.copytree(whole.case.folder, tmp_path / "case")
    desk = Desk(tmp_path / "case")
    with entered(desk) as mine, entered(desk) as other:
        mine.post("/people/unmask", data={"why": "Quillon Varnhagen asks"})
        seen = {word for address in ("/people", "/inbox", "/journal") for word in secrets_in(mine.get(address).text)}
        assert {"quillon", "varnhagen", "زعفران", "tamrin"} <= seen
        for address in ("/people", "/inbox", "/journal", "/journal.csv"):
            assert secrets_in(other.get(address).text) == [], "another window has its own mask"
        assert "[protected] asks" in other.get("/journal").text
        mine.post("/people/mask")
        assert secrets_in(mine.get("/people").text) == secrets_in(mine.get("/journal").text) == []


@pytest.mark.parametrize("name", ["Quillon Varnhagen", "زعفران كهرماني", TOLD["protect"][1]["name"], "Umm Grayrobe"])
@pytest.mark.parametrize(
    "path",
    [
        "/roots/{}", "/api/v1/roots/{}", "/roots/alias?name={}", "/journal?about={}", "/journal.csv?about={}",
        "/journal.jsonl?about={}", "/people/protect?name={}", "/people?q={}", "/people/victims?q={}", "/search?q={}",
        "/search?kind=claims&root={}", "/map/places?q={}", "/map/table?q={}", "/map/table?root={}",
    ],
)  # fmt: skip
def test_who_asks_by_a_hidden_name_learns_no_more_than_by_one_that_nobody_bears(
    client: TestClient, path: str, name: str
) -> None:
    def told(asked: str) -> tuple[int, str]:
        """What is answered, without what was typed."""
        answer = client.get(path.format(quote(asked, safe="")))
        found = answer.text
        for way in (quote(asked, safe=""), quote(asked).replace("%20", "+"), asked):
            found = found.replace(way, "…")
        return answer.status_code, found

    assert told(name) == told(NOBODY[name > "ء"])


def test_what_is_hidden_as_a_whole_is_counted_on_no_map_by_a_word_of_it(client: TestClient) -> None:
    assert client.get("/map/table?q=grey").text == client.get("/map/table?q=zzyzxq").text.replace("zzyzxq", "grey")
    without, all_of_them = (client.get(f"/map/places?q=baniyas{more}").text for more in ("+-grey", ""))
    assert without.replace("+-grey", "") == all_of_them and "baniyas" in all_of_them


@pytest.mark.parametrize("before", ["", "x" * 62 + " "], ids=["whole", "cut"])
def test_a_sheet_that_was_dropped_is_shown_masked(client: TestClient, before: str) -> None:
    waiting = client.app.state.waiting  # type: ignore[attr-defined]
    for name in ("Quillon_Varnhagen.csv", "incidents.csv"):
        handle = waiting.keep(SHEET.format(before).encode(), name)
        page, told = client.get(f"/inbox/sheet/{handle}"), client.get(f"/api/v1/sheets/{handle}")
        assert page.status_code == told.status_code == 200
        assert secrets_in(page.text) == secrets_in(told.text) == []
        waiting.drop(handle)


def test_the_list_of_decisions_in_the_terminal_names_nobody(whole: Desk) -> None:
    found = run("decide", whole.case.folder, "--list")
    assert found.exit_code == 0 and "[protected] is [protected]" in found.output
    assert secrets_in(found.output) == []
