"""A case goes into one file and comes back whole; what is no whole back-up makes no case; nothing is written over."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.backups import backed_up, backup, restore
from cenotaph.plain import dump
from tests.case.simple import READER, captured, filled
from tests.case.test_case import decision
from tests.case.test_forget import SECRET, holds, with_secret
from tests.case.test_postgresql import server  # noqa: F401  (a fixture)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = filled(tmp_path / "case", "3 killed at the gate.", "4 killed. 5 injured.")
    list(case.add([captured("6 killed.", name="with a picture", attachments=(b"a picture",))], who="Observer"))
    case.decide(decision("reject", case.claims()[0].id))
    case.build()
    return case


def restored(file: Path, folder: Path) -> Case:
    restore(file, folder)
    return Case(folder, reader=READER)


def test_what_comes_back_is_what_went_in(case: Case, tmp_path: Path) -> None:
    made = backup(case, tmp_path / "kept.zip", who="Observer")
    again = restored(tmp_path / "kept.zip", tmp_path / "back")
    again.build()
    assert (made.reports, made.files) == (3, 4)
    assert again.verify() == [] and again.archive.hashes() == case.archive.hashes()
    for look in (Case.reports, Case.decisions, Case.claims, Case.tolls, Case.problems):
        assert dump(look(again)) == dump(look(case))
    assert again.settings == case.settings


def test_that_a_back_up_was_made_stands_in_the_journal(case: Case, tmp_path: Path) -> None:
    backup(case, tmp_path / "kept.zip", who="Observer")
    assert [name for _, name in backed_up(case)] == ["kept.zip"]
    assert case.history()[-1][2:] == ("backup", "kept.zip") and case.verify() == []


def test_nothing_is_written_over(case: Case, tmp_path: Path) -> None:
    (tmp_path / "kept.zip").write_bytes(b"mine")
    with pytest.raises(CaseError, match="never writes over"):
        backup(case, tmp_path / "kept.zip", who="Observer")
    assert (tmp_path / "kept.zip").read_bytes() == b"mine"
    backup(case, tmp_path / "other.zip", who="Observer")
    with pytest.raises(CaseError, match="new or empty folder"):
        restore(tmp_path / "other.zip", case.folder)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case", "kept.zip", "other.zip"]


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_knows_no_links_is_written_to_all_the_same(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    def refused(beside: Path, file: Path) -> None:
        if there:
            Path(file).write_bytes(b"mine")
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", refused)
    if there:
        with pytest.raises(CaseError, match="is there already"):
            backup(case, tmp_path / "kept.zip", who="Observer")
        assert (tmp_path / "kept.zip").read_bytes() == b"mine"
    else:
        backup(case, tmp_path / "kept.zip", who="Observer")
        assert restored(tmp_path / "kept.zip", tmp_path / "back").verify() == []


def test_a_damaged_archive_makes_no_back_up(case: Case, tmp_path: Path) -> None:
    one = next(path for path in (case.folder / "archive").rglob("*") if path.is_file())
    one.write_bytes(b"changed")
    with pytest.raises(CaseError, match="run cenotaph verify"):
        backup(case, tmp_path / "kept.zip", who="Observer")
    assert [path.name for path in tmp_path.iterdir()] == ["case"] and backed_up(case) == []


def test_it_is_consistent_while_others_write(case: Case, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        other = Case(case.folder, reader=READER)
        number = 0
        while not done.is_set():
            number += 1
            list(other.add([captured(f"{number} killed in street {number}.")], who="Another"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(case, tmp_path / f"kept-{number}.zip", who="Observer")
    finally:
        done.set()
        writer.join()
    for number in range(3):
        assert restored(tmp_path / f"kept-{number}.zip", tmp_path / f"back-{number}").verify() == []
    assert case.verify() == []


def test_what_was_forgotten_is_in_no_later_back_up(tmp_path: Path) -> None:
    case, report = with_secret(tmp_path)
    case.forget(report, who="Editor", why="asked by the witness")
    backup(case, tmp_path / "kept.zip", who="Observer")
    again = restored(tmp_path / "kept.zip", tmp_path / "back")
    assert holds(again.folder, SECRET) == [] and again.verify() == []
    (added,) = again.add([captured(f"{SECRET} saw 3 killed.")], who="Observer")
    assert added.status == "problem"


def test_a_team_case_comes_back_as_a_case_of_its_own(server: str, tmp_path: Path) -> None:  # noqa: F811
    case = Case.create(tmp_path / "case", store=server, reader=READER)
    list(case.add([captured("3 killed."), captured("4 killed.")], who="Observer"))
    case.build()
    backup(case, tmp_path / "kept.zip", who="Observer")
    again = restored(tmp_path / "kept.zip", tmp_path / "back")
    again.build()
    assert again.settings.store == "" and again.verify() == []
    assert dump(again.claims()) == dump(case.claims())


# --- what is no whole back-up -----------------------------------------------------------------------------------------

Parts = dict[str, bytes]


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {key: content for key, content in parts.items() if not key.startswith(name)}


def listed(parts: Parts, change: Callable[[dict[str, object]], None]) -> Parts:
    told = json.loads(parts["what.json"])
    change(told)
    return parts | {"what.json": json.dumps(told).encode()}


def led_out(parts: Parts) -> Parts:
    content = b"out"
    import hashlib

    def add(told: dict[str, object]) -> None:
        told["files"]["../out.txt"] = [hashlib.sha256(content).hexdigest(), 3]  # type: ignore[index]

    return listed(parts | {"../out.txt": content}, add)


def cut_store(parts: Parts) -> Parts:
    """A journal from which somebody took a row, listed with its new hash."""
    import hashlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        path.write_bytes(parts["case.db"])
        store = sqlite3.connect(path)
        for guard in ("stays", "kept", "once"):
            store.execute(f"DROP TRIGGER journal_{guard}")
        store.execute("DELETE FROM journal WHERE seq = 1")
        store.commit()
        store.close()
        content = path.read_bytes()

    def told(known: dict[str, object]) -> None:
        known["files"]["case.db"] = [hashlib.sha256(content).hexdigest(), len(content)]  # type: ignore[index]

    return listed(parts | {"case.db": content}, told)


BROKEN: dict[str, Callable[[Parts], Parts]] = {
    "no list": without("what.json"),
    "a list that is none": lambda parts: parts | {"what.json": b"[1]"},
    "a newer form": lambda parts: listed(parts, lambda told: told.update(form=99)),
    "a missing file of the archive": without("archive/"),
    "a file that is not listed": lambda parts: parts | {"archive/zz": b"more"},
    "another case.toml": lambda parts: parts | {"case.toml": b'title = "another"'},
    "no store": without("case.db"),
    "a store that is none": lambda parts: parts | {"case.db": b"no database"},
    "a file that leads out": led_out,
    "a journal that was cut": cut_store,
    "nothing": lambda parts: {},
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_back_up_that_was_changed_makes_no_case(case: Case, tmp_path: Path, kind: str) -> None:
    backup(case, tmp_path / "kept.zip", who="Observer")
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name, content in BROKEN[kind](parts).items():
            changed.writestr(name, content)
    (tmp_path / "bad.zip").write_bytes(out.getvalue())
    with pytest.raises(CaseError):
        restore(tmp_path / "bad.zip", tmp_path / "back")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.zip", "case", "kept.zip"]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + b"\x00" * 40])
def test_another_file_is_no_back_up(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(CaseError, match="no whole back-up"):
        restore(tmp_path / "bad.zip", tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_back_up_that_was_cut_short_makes_no_case(case: Case, tmp_path: Path, share: float) -> None:
    backup(case, tmp_path / "kept.zip", who="Observer")
    content = (tmp_path / "kept.zip").read_bytes()
    (tmp_path / "bad.zip").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CaseError, match="no whole back-up"):
        restore(tmp_path / "bad.zip", tmp_path / "back")
