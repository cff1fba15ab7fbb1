"""Whatever is changed behind the case's back is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from tests.case.simple import READER, captured, filled
from tests.case.test_case import decision

GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def made(tmp_path: Path) -> Case:
    case = filled(tmp_path / "case", "3 killed at the port.", "4 killed at the gate.", "5 injured.")
    case.decide(decision("accept", case.claims()[0].id))
    case.engine.dispose()
    return case


def behind(case: Case, change: Callable[[sqlite3.Connection], object]) -> list[str]:
    """Changes the database with its guards taken off and put back, as somebody with the file could."""
    case.engine.dispose()
    with sqlite3.connect(case.folder / "case.db") as base:
        guards = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            base.execute(f"DROP TRIGGER {name}")
        change(base)
        for _, statement in guards:
            base.execute(statement)
    base.close()
    return Case(case.folder, reader=READER).verify()


def test_a_whole_case_verifies(tmp_path: Path) -> None:
    assert made(tmp_path).verify() == []


def test_one_flipped_byte_in_any_archive_file_is_named(tmp_path: Path) -> None:
    case = made(tmp_path)
    files = [path for path in (case.folder / "archive").rglob("*") if path.is_file()]
    assert len(files) == 3
    for path in files:
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        assert any(path.name[:16] in line for line in case.verify())
        path.write_bytes(content)
    assert case.verify() == []


def test_a_missing_and_a_foreign_archive_file_are_named(tmp_path: Path) -> None:
    case = made(tmp_path)
    path = next(one for one in (case.folder / "archive").rglob("*") if one.is_file())
    path.rename(path.with_name("notes.txt"))
    found = "\n".join(case.verify())
    assert "missing" in found and "notes.txt" in found


@pytest.mark.parametrize("column", ["hash", "chain", "seq", "prev", "kind", "version", "at", "who", "payload"])
def test_a_change_in_any_column_of_any_journal_row_is_named(tmp_path: Path, column: str) -> None:
    for number in (1, 2, 3, 4):
        case = made(tmp_path / str(number))

        def change(base: sqlite3.Connection, number: int = number) -> None:
            value = "seq + 100" if column == "seq" else "2" if column == "version" else f"{column} || 'x'"
            base.execute(f"UPDATE journal SET {column} = {value} WHERE seq = {number}")

        assert any(line.startswith("journal") for line in behind(case, change)), (column, number)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_dropped_journal_row_is_named(tmp_path: Path, number: int) -> None:
    case = made(tmp_path)
    found = behind(case, lambda base: base.execute("DELETE FROM journal WHERE seq = ?", (number,)))
    assert any(line.startswith("journal") for line in found)


def test_a_cut_tail_is_named_and_nothing_more_is_written(tmp_path: Path) -> None:
    case = made(tmp_path)
    found = behind(case, lambda base: base.execute("DELETE FROM journal WHERE seq >= 3"))
    assert any("its tail is cut" in line for line in found)
    with pytest.raises(CaseError, match="tail is cut"):
        list(Case(case.folder, reader=READER).add([captured("9 killed.")], who="Observer"))


def hashes(case: Case) -> list[str]:
    case.engine.dispose()
    with sqlite3.connect(case.folder / "case.db") as base:
        found = [row[0] for row in base.execute("SELECT hash FROM payloads ORDER BY rowid")]
    base.close()
    return found


@pytest.mark.parametrize("statement", ["UPDATE payloads SET content = content || ' '", "DELETE FROM payloads"])
@pytest.mark.parametrize("number", range(7))  # three texts, three captures, one decision
def test_every_changed_or_dropped_payload_is_named(tmp_path: Path, statement: str, number: int) -> None:
    case = made(tmp_path)
    held = hashes(case)
    assert len(held) == 7
    assert behind(case, lambda base: base.execute(f"{statement} WHERE hash = ?", (held[number],)))


def test_guards_that_were_removed_are_named(tmp_path: Path) -> None:
    case = made(tmp_path)
    with sqlite3.connect(case.folder / "case.db") as base:
        base.execute("DROP TRIGGER journal_kept")
    base.close()
    assert any("journal_kept" in line for line in case.verify())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'nobody'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal LIMIT 1",
        "UPDATE payloads SET content = ''",
        "DELETE FROM payloads",
        "INSERT OR REPLACE INTO payloads SELECT hash, 'other' FROM payloads LIMIT 1",
        "UPDATE about SET value = '9'",
        "DELETE FROM about",
    ],
)
def test_evidence_can_only_grow(tmp_path: Path, statement: str) -> None:
    case = made(tmp_path)
    with sqlite3.connect(case.folder / "case.db") as base, pytest.raises(sqlite3.IntegrityError, match="can only grow"):
        base.execute(statement)
    base.close()
    assert case.verify() == []


@pytest.mark.parametrize("damage", ["header", "cut"])
def test_a_damaged_database_gets_one_line_that_says_how_to_rescue_what_is_whole(tmp_path: Path, damage: str) -> None:
    case = made(tmp_path)
    path = case.folder / "case.db"
    for beside in case.folder.glob("case.db-*"):
        beside.unlink()
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:] if damage == "header" else path.read_bytes()[:5000])
    with pytest.raises(CaseError) as raised:
        Case(case.folder, reader=READER).reports()
    assert "archive/" in str(raised.value) and "\n" not in str(raised.value)


def test_what_lies_in_the_archive_can_be_given_to_a_new_case(tmp_path: Path) -> None:
    from cenotaph.case import Added
    from cenotaph.sources import gather

    old = made(tmp_path)
    (old.folder / "case.db").unlink()
    new = Case.create(tmp_path / "new", reader=READER)
    added: list[Added] = list(new.add(gather(str(old.folder / "archive")), who="Observer"))
    new.build()
    assert [one.status for one in added] == ["new"] * 3
    assert sorted(claim.quantity.base or 0 for claim in new.claims()) == [3, 4, 5]


def test_a_case_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    case = made(tmp_path)
    behind(case, lambda base: None)
    with sqlite3.connect(case.folder / "case.db") as base:
        base.execute("DROP TRIGGER about_kept")
        base.execute("UPDATE about SET value = '99' WHERE key = 'version'")
    base.close()
    with pytest.raises(CaseError, match="version 99"):
        Case(case.folder, reader=READER)
