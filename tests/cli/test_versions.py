"""An address that was captured again: what changed is shown; an advertisement that changed is no change."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.vocabulary import Decision
from tests.cli.running import run, shown
from tests.sources.server import Server, whole

pytestmark = pytest.mark.usefixtures("no_proxy")

PAGE = """<html><head><title>Shelling at the market</title></head><body><nav><a href="/">Home</a></nav>
<aside class="advert"><p>{advert}</p></aside><article><h1>Shelling at the market</h1>
<p>At least {killed} people were killed in the shelling of the market on Friday, a doctor in the town said.</p>
<p>The streets around the market were closed for hours, and the hospital asked people to give blood.</p></article>
<footer>{advert}</footer></body></html>"""


def capture(case: Path, server: Server, killed: int, advert: str) -> str:
    """What becomes of the page as it is now."""
    address = server.at(whole(PAGE.format(killed=killed, advert=advert).encode()))
    found = run("add", case, address, "--allow-private", "--published", "2025-03-08", "--who", "x")
    assert found.exit_code == 0, found.output
    return str(found.stdout.split("\t")[1])


def test_what_changed_is_shown_and_an_advertisement_is_not(tmp_path: Path, server: Server) -> None:
    case = tmp_path / "case"
    run("init", case)
    assert capture(case, server, 12, "Buy shoes today.") == "new"
    assert capture(case, server, 12, "Fly to the sea for little money.") == "same text"
    assert "captured with other words" in run("versions", case).stderr
    assert capture(case, server, 15, "Buy hats tomorrow.") == "new version"
    run("build", case)
    said = shown("versions", case)
    assert "- At least 12 people were killed" in said and "+ At least 15 people were killed" in said
    assert "hospital" not in said and "hats" not in said and "1 sentence changed; 1 of 1 claim in them" in said


def test_a_page_whose_advertisement_changed_still_counts(tmp_path: Path, server: Server) -> None:
    case = tmp_path / "case"
    run("init", case)
    for advert in ("Buy shoes today.", "Fly to the sea for little money."):
        capture(case, server, 12, advert)
    run("build", case)
    assert "12" in shown("toll", case)


def test_as_json_each_version_has_its_changes(tmp_path: Path, server: Server) -> None:
    case = tmp_path / "case"
    run("init", case)
    for killed in (12, 15, 16):
        capture(case, server, killed, "Buy shoes today.")
    run("build", case)
    found = json.loads(run("versions", case, server.address(), "--format", "json").stdout)["versions"]
    assert [[one["kind"] for one in version["changes"]] for version in found] == [["changed"], ["changed"]]
    assert found[0]["after"] == found[1]["before"]


def test_an_address_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    run("init", tmp_path / "case")
    found = run("versions", tmp_path / "case", "https://wire.example/none")
    assert found.exit_code == 2 and "no address or report" in found.stderr


def test_a_case_without_versions_says_so(tmp_path: Path) -> None:
    run("init", tmp_path / "case")
    found = run("versions", tmp_path / "case")
    assert found.exit_code == 0 and found.stdout == "" and "no address was captured with other words" in found.stderr


def test_a_page_that_went_back_is_shown_as_before_and_counts_again(tmp_path: Path, server: Server) -> None:
    case = tmp_path / "case"
    run("init", case)
    came = [capture(case, server, killed, "Buy shoes today.") for killed in (12, 15, 12)]
    assert came == ["new", "new version", "as before"]
    found = json.loads(run("versions", case, "--format", "json").stdout)["versions"]
    assert [one["status"] for one in found] == ["new version", "as before"]
    assert (found[0]["before"], found[0]["after"]) == (found[1]["after"], found[1]["before"])
    assert found[0]["captured"][0] < found[1]["captured"][1]
    run("build", case)
    said = shown("versions", case)
    assert "(as before)" in said and said.index("+ At least 15") < said.index("+ At least 12")
    toll = shown("toll", case)
    assert "At least 12" in toll and "At least 15" not in toll


@pytest.mark.parametrize("killed, told", [(12, "1 decision of earlier versions"), (15, "1 to be made again")])
def test_what_was_decided_holds_where_the_words_stand_and_asks_where_not(
    tmp_path: Path, server: Server, killed: int, told: str
) -> None:
    case = tmp_path / "case"
    run("init", case)
    capture(case, server, 12, "Buy shoes today.")
    run("build", case)
    (claim,) = Case(case).claims()
    Case(case).decide(Decision("Observer", dt.datetime.now(dt.UTC), "accept", claim.id, why="heard the doctor"))
    changed = PAGE.replace("closed for hours", "closed until the evening").format(killed=killed, advert="")
    server.at(whole(changed.encode()))
    run("add", case, server.address(), "--allow-private", "--published", "2025-03-08", "--who", "x")
    run("build", case)
    assert told in shown("versions", case)


WITNESS = "<p>Sami Placeholder, a resident who saw it, said nine people were killed in the shelling of the market.</p>"
UNNAMED = "<p>A resident who saw it said nine people were killed in the shelling of the market.</p>"


def capture_saying(case: Path, server: Server, told: str) -> None:
    words = PAGE.replace("<p>The streets", f"{told}<p>The streets").format(killed=12, advert="")
    server.at(whole(words.encode()))
    run("add", case, server.address(), "--allow-private", "--published", "2025-03-08", "--who", "x")


def with_witness(tmp_path: Path, server: Server) -> Path:
    """A page that named somebody who saw it, and then named them no more."""
    case = tmp_path / "case"
    run("init", case)
    capture_saying(case, server, WITNESS)
    capture_saying(case, server, UNNAMED)
    return case


def test_whom_an_earlier_version_named_stays_hidden(tmp_path: Path, server: Server) -> None:
    case = with_witness(tmp_path, server)
    run("build", case)
    for form in ("table", "json"):
        said = run("versions", case, "--format", form).output
        assert "Placeholder" not in said and "[protected]" in said, form
    assert "Placeholder" in run("versions", case, "--unmasked").stdout


def test_a_decision_on_words_that_named_them_asks_again_without_naming_them(tmp_path: Path, server: Server) -> None:
    case = tmp_path / "case"
    run("init", case)
    capture_saying(case, server, WITNESS)
    run("build", case)
    nine = next(one for one in Case(case).claims() if one.quantity.base == 9)
    assert "Placeholder" in nine.quote
    run("decide", case, "accept", nine.id, "--why", "Sami Placeholder told us", "--who", "x")
    capture_saying(case, server, UNNAMED)
    run("build", case)
    for words in (("problems", case), ("problems", case, "--format", "json"), ("decide", case, "--list")):
        said = run(*words).output
        assert "Placeholder" not in said and "[protected]" in said, words


def test_what_nobody_has_read_yet_shows_no_words(tmp_path: Path, server: Server) -> None:
    said = run("versions", with_witness(tmp_path, server))
    assert "not read yet" in said.stdout and "1 version not read yet" in said.stderr
    assert "Placeholder" not in said.output and "market" not in said.stdout
