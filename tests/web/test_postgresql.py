"""The desk of a team's case, which lies in PostgreSQL: every page, a search in both languages, a decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cenotaph.case import Case
from cenotaph.case.settings import read_settings
from cenotaph.cli.demo import example
from cenotaph.cli.incoming import Given, incoming
from cenotaph.desk import Desk
from tests.postgres import postgres
from tests.web.conftest import entered


def test_pages_search_and_decisions_are_the_same_on_postgresql(tmp_path: Path, looking: Desk) -> None:
    with postgres() as store:
        case = Case.create(tmp_path / "coast", settings=replace(read_settings(example()), store=store))
        list(case.add(incoming(str(example() / "reports"), Given()), who="A Reader"))
        case.build()
        desk = Desk(case)
        desk.fill()
        with entered(desk) as here, entered(looking) as there:
            for path in ("/", "/inbox", "/incidents", "/roots", "/problems", "/people", "/journal"):
                assert here.get(path).status_code == 200, path
            for words in ("civilians", "Baniyas", "المرصد", "مدنيين"):
                mine, theirs = (one.get(f"/search?q={words}").text.count("<mark>") for one in (here, there))
                assert mine == theirs, words
            claim = case.claims()[0]
            data = {"verb": "accept", "about": claim.id, "why": "read", "back": f"/report/{claim.report}"}
            assert here.post("/decide", data=data).status_code == 200
            assert here.get(f"/report/{claim.report}").status_code == 200
        assert [one.about for one in case.decisions()] == [claim.id]
        case.engine.dispose()
