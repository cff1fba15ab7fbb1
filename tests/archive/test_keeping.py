"""What was received stays as it was received, once, whole or not at all; and the archive tells what is not."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cenotaph.archive import Archive

BYTES = "قتل 12 شخصا".encode("cp1256")
HASH = hashlib.sha256(BYTES).hexdigest()
NEVER = hashlib.sha256(b"never kept").hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def the_files(archive: Archive) -> list[str]:
    return sorted(str(path.relative_to(archive.folder)) for path in archive.folder.rglob("*") if path.is_file())


# --- keeping and getting ------------------------------------------------------------------------------------------


def test_bytes_lie_under_their_hash_and_come_back_as_they_were(archive: Archive) -> None:
    assert archive.keep(BYTES) == HASH == Archive.hash(BYTES)
    assert the_files(archive) == [f"{HASH[:2]}/{HASH}"]
    assert archive.get(HASH) == BYTES and archive.hashes() == {HASH}


@pytest.mark.parametrize("content", [b"", b"\x00" * 100_000, bytes(range(256))], ids=["empty", "zeros", "every byte"])
def test_any_bytes_can_be_kept(archive: Archive, content: bytes) -> None:
    assert archive.get(archive.keep(content)) == content


def test_the_same_bytes_are_never_written_twice(archive: Archive) -> None:
    archive.keep(BYTES)
    before = archive.path(HASH).stat()
    archive.keep(BYTES)
    after = archive.path(HASH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_bytes_that_come_again_mend_a_file_that_was_changed(archive: Archive) -> None:
    archive.keep(BYTES)
    archive.path(HASH).write_bytes(BYTES[::-1])
    archive.keep(BYTES)
    assert archive.get(HASH) == BYTES and archive.check([HASH]) == []


def test_a_write_that_fails_leaves_nothing_behind(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    archive.keep(b"another")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        archive.keep(BYTES)
    monkeypatch.undo()
    assert archive.hashes() == {Archive.hash(b"another")} and len(the_files(archive)) == 1


def test_a_file_has_its_name_only_once_its_bytes_are_on_the_disk(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: steps.append("to the disk") or sync(file))  # type: ignore[func-returns-value]
    monkeypatch.setattr(os, "replace", lambda *paths: steps.append("its name") or rename(*paths))  # type: ignore[func-returns-value]
    archive.keep(BYTES)
    assert steps[-3:] == ["to the disk", "its name", "to the disk"]  # the last for the folder's list of names


def test_another_programs_write_that_goes_on_is_left_alone_and_an_old_leftover_is_swept(archive: Archive) -> None:
    folder = archive.path(HASH).parent
    folder.mkdir(parents=True)
    young, old = folder / f"{HASH}.1234.part", folder / f"{HASH}.5678.part"
    for path in (young, old):
        path.write_bytes(BYTES[:3])
    os.utime(old, (0, 0))
    archive.keep(BYTES)
    assert young.exists() and not old.exists()


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/hosts", HASH[:63], HASH + "0", HASH + "\n", HASH.upper(), "/" + HASH]
)
def test_a_name_that_is_no_hash_leads_nowhere(archive: Archive, name: str) -> None:
    archive.keep(BYTES)
    for use in (archive.get, archive.remove, archive.path):
        with pytest.raises(ValueError, match="named by a SHA-256 in hex"):
            use(name)


def test_what_was_never_kept_is_not_there(archive: Archive) -> None:
    assert archive.hashes() == set() and archive.check([]) == []
    with pytest.raises(FileNotFoundError):
        archive.get(HASH)


# --- checking -----------------------------------------------------------------------------------------------------


def test_a_whole_archive_has_nothing_to_say(archive: Archive) -> None:
    assert archive.check([archive.keep(BYTES), archive.keep(b"another"), HASH]) == []


@pytest.mark.parametrize("at", range(len(BYTES)))
def test_one_turned_bit_is_found(archive: Archive, at: int) -> None:
    archive.keep(BYTES)
    changed = bytearray(BYTES)
    changed[at] ^= 1
    archive.path(HASH).write_bytes(changed)
    assert archive.check([HASH]) == [f"archive {HASH[:16]}: its bytes are not those that were kept"]
    with pytest.raises(ValueError, match="not the bytes that were kept"):
        archive.get(HASH)


@pytest.mark.parametrize("content", [b"", BYTES[:-1], BYTES + b"\n"], ids=["emptied", "cut", "longer"])
def test_a_file_of_another_length_is_found(archive: Archive, content: bytes) -> None:
    archive.keep(BYTES)
    archive.path(HASH).write_bytes(content)
    assert len(archive.check([HASH])) == 1


def test_a_missing_file_is_named(archive: Archive) -> None:
    archive.keep(BYTES)
    archive.path(HASH).unlink()
    assert archive.check([HASH, NEVER]) == [f"archive {one[:16]}: the file is missing" for one in sorted((HASH, NEVER))]


@pytest.mark.parametrize("name", ["note.txt", f"{HASH[:2]}/.hidden", f"{HASH[:2]}/{NEVER}", f"zz/{HASH}", HASH])
def test_a_foreign_file_is_named_even_where_it_looks_like_one_of_ours(archive: Archive, name: str) -> None:
    archive.keep(BYTES)
    (archive.folder / name).parent.mkdir(exist_ok=True)
    (archive.folder / name).write_bytes(b"never kept")
    assert archive.check([HASH]) == [f"archive {name}: no report names this file"]


def test_a_file_that_no_report_names_any_more_is_foreign(archive: Archive) -> None:
    archive.keep(BYTES)
    assert archive.check([]) == [f"archive {HASH[:2]}/{HASH}: no report names this file"]


def test_a_file_in_another_folder_than_its_own_is_both_missing_and_foreign(archive: Archive) -> None:
    archive.keep(BYTES)
    (archive.folder / "zz").mkdir()
    archive.path(HASH).rename(archive.folder / "zz" / HASH)
    assert archive.hashes() == set() and len(archive.check([HASH])) == 2


def test_a_link_is_no_evidence(archive: Archive, tmp_path: Path) -> None:
    archive.keep(BYTES)
    elsewhere = tmp_path / "elsewhere"
    archive.path(HASH).rename(elsewhere)
    archive.path(HASH).symlink_to(elsewhere)
    assert archive.hashes() == set() and len(archive.check([HASH])) == 2


# --- forgetting ---------------------------------------------------------------------------------------------------


def test_what_is_forgotten_is_overwritten_before_it_goes(archive: Archive, tmp_path: Path) -> None:
    archive.keep(BYTES)
    os.link(archive.path(HASH), tmp_path / "the same disk blocks")
    archive.remove(HASH)
    assert archive.hashes() == set() and the_files(archive) == []
    assert (tmp_path / "the same disk blocks").read_bytes() == bytes(len(BYTES))


def test_what_a_crash_left_of_it_is_forgotten_too(archive: Archive) -> None:
    archive.keep(BYTES)
    archive.path(HASH).with_name(f"{HASH}.1234.part").write_bytes(BYTES[:5])
    archive.remove(HASH)
    assert the_files(archive) == []


def test_forgetting_touches_nothing_else(archive: Archive) -> None:
    archive.keep(BYTES)
    other = archive.keep(b"another")
    archive.remove(HASH)
    archive.remove(HASH)
    archive.remove(NEVER)
    assert archive.check([other]) == []


def test_forgetting_a_link_does_not_destroy_what_it_leads_to(archive: Archive, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"somebody's file")
    archive.path(HASH).parent.mkdir(parents=True)
    archive.path(HASH).symlink_to(elsewhere)
    archive.remove(HASH)
    assert elsewhere.read_bytes() == b"somebody's file" and not archive.path(HASH).is_symlink()


# --- many at once -------------------------------------------------------------------------------------------------


def test_many_are_kept_at_once_each_under_its_hash_and_none_twice(archive: Archive) -> None:
    contents = [b"%d killed" % (number % 70) for number in range(100)]
    assert archive.keep_all(contents) == [Archive.hash(one) for one in contents]
    assert archive.hashes() == {Archive.hash(one) for one in contents}
    assert archive.check(archive.hashes()) == [] and not list(archive.folder.rglob("*.part"))


def test_of_many_one_that_can_not_be_written_leaves_nothing_half_written(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.archive import keeping

    whole = keeping._write

    def full(given: tuple[Path, bytes]) -> None:
        if given[1] == b"7 killed":
            raise OSError(28, "No space left on device")
        whole(given)

    monkeypatch.setattr(keeping, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        archive.keep_all([b"%d killed" % number for number in range(20)])
    assert archive.hashes() == set() and not list(archive.folder.rglob("*.part"))


def test_nothing_to_keep_is_kept(archive: Archive) -> None:
    assert archive.keep_all([]) == [] and not archive.folder.exists()
