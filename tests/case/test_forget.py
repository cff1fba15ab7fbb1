"""Forgetting destroys the words and leaves who did it and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from tests.case.simple import READER, captured, filled
from tests.case.test_case import decision

SECRET = "Zubaydah of the third floor"


def holds(folder: Path, words: str) -> list[str]:
    """The files of a case in which words stand, in any encoding that a program here writes."""
    spelled = [words.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in spelled)]


def with_secret(tmp_path: Path) -> tuple[Case, str]:
    case = filled(tmp_path / "case", f"{SECRET} saw 3 killed.", "4 killed at the gate.")
    claim = next(one for one in case.claims() if one.quantity.base == 3)
    case.decide(decision("accept", claim.id, note=f"{SECRET} is right"))
    case.build()
    return case, claim.report


def test_nothing_of_the_words_is_left_in_any_file_and_the_chain_verifies(tmp_path: Path) -> None:
    case, report = with_secret(tmp_path)
    assert holds(case.folder, SECRET)
    case.forget(report, who="Editor", why="asked by the witness")
    assert holds(case.folder, SECRET) == []
    assert case.verify() == []
    assert [claim.quantity.base for claim in case.claims()] == [4]


def test_a_tombstone_says_who_and_why(tmp_path: Path) -> None:
    case, report = with_secret(tmp_path)
    case.forget(report, who="Editor", why="asked by the witness")
    assert [(who, kind) for _, who, kind, _ in case.history()] == [("Observer", "capture"), ("Editor", "forget")]


def test_what_was_forgotten_stays_forgotten_when_it_is_built_and_added_again(tmp_path: Path) -> None:
    case, report = with_secret(tmp_path)
    case.forget(report, who="Editor", why="asked by the witness")
    (added,) = case.add([captured(f"{SECRET} saw 3 killed.")], who="Observer")
    case.build()
    assert added.status == "problem" and "on purpose" in (added.problem.what if added.problem else "")
    assert holds(case.folder, SECRET) == [] and case.verify() == []


def test_another_report_of_the_same_words_goes_too(tmp_path: Path) -> None:
    case, report = with_secret(tmp_path)
    list(case.add([captured(f"{SECRET} saw 3 killed.", outlet="Other Wire")], who="Observer"))
    assert len(case.forget(report, who="Editor", why="asked by the witness")) == 2
    assert holds(case.folder, SECRET) == []


@pytest.mark.parametrize(("who", "why"), [("", "a reason"), ("Editor", " ")])
def test_nobody_forgets_without_a_name_and_a_reason(tmp_path: Path, who: str, why: str) -> None:
    case, report = with_secret(tmp_path)
    with pytest.raises(CaseError, match="who decides it and why"):
        case.forget(report, who=who, why=why)
    assert holds(case.folder, SECRET)


def test_a_forgetting_that_was_cut_short_is_finished_when_the_case_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, report = with_secret(tmp_path)
    monkeypatch.setattr("cenotaph.case.forgetting.finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        case.forget(report, who="Editor", why="asked by the witness")
    case.engine.dispose()
    monkeypatch.undo()
    assert holds(case.folder, SECRET)
    assert Case(case.folder, reader=READER).verify() == []
    assert holds(case.folder, SECRET) == []


def test_an_unknown_report_is_said_to_be_unknown(tmp_path: Path) -> None:
    case, _ = with_secret(tmp_path)
    with pytest.raises(CaseError, match="no report"):
        case.forget("report:none", who="Editor", why="a reason")


def test_a_destroyed_payload_without_a_tombstone_is_named(tmp_path: Path) -> None:
    import sqlite3

    case, _ = with_secret(tmp_path)
    case.engine.dispose()
    with sqlite3.connect(case.folder / "case.db") as base:
        one = base.execute("SELECT hash FROM payloads LIMIT 1").fetchone()[0]
        base.execute("INSERT INTO shredded VALUES (?, 'nobody')", (one,))
        base.execute("DELETE FROM payloads WHERE hash = ?", (one,))
    base.close()
    assert any("no journal row says by whom" in line for line in Case(case.folder, reader=READER).verify())
