"""Pictures and other files that came with a report are kept by their hash, verified, and forgotten with it."""

from __future__ import annotations

from pathlib import Path

from cenotaph.case import Case
from tests.case.simple import captured, new_case

PICTURE, OTHER = b"\xff\xd8 a picture of the street", b"\x89PNG another picture"


def case_with(tmp_path: Path, *files: tuple[str, tuple[bytes, ...]]) -> Case:
    case = new_case(tmp_path / "case")
    list(case.add([captured(words, attachments=held) for words, held in files], who="Observer"))
    return case


def test_a_picture_is_kept_once_and_the_report_knows_its_hash(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("3 killed.", (PICTURE, PICTURE)), ("4 killed.", (PICTURE, OTHER)))
    first, second = case.reports()
    assert len(first.attachments) == 1 and first.attachments[0] == second.attachments[0]
    assert [case.archive.get(one) for one in second.attachments] == [PICTURE, OTHER]
    assert case.verify() == []


def test_a_picture_that_is_gone_or_changed_is_named(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("3 killed.", (PICTURE,)))
    path = case.archive.path(case.reports()[0].attachments[0])
    path.chmod(0o600)
    path.write_bytes(b"another street")
    assert any("not those that were kept" in line for line in case.verify())
    path.unlink()
    assert any("missing" in line for line in case.verify())


def test_forgetting_a_report_destroys_its_pictures_but_those_that_another_report_has(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("3 killed.", (PICTURE, OTHER)), ("4 killed.", (PICTURE,)))
    case.forget(case.reports()[0].id, who="Editor", why="asked by the family")
    (left,) = case.reports()
    held = [path.read_bytes() for path in case.folder.rglob("*") if path.is_file()]
    assert not any(OTHER in content for content in held)
    assert case.archive.get(left.attachments[0]) == PICTURE and case.verify() == []


def test_a_picture_that_was_forgotten_does_not_come_back_with_another_report(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("3 killed.", (OTHER,)))
    case.forget(case.reports()[0].id, who="Editor", why="asked by the family")
    (added,) = case.add([captured("5 killed.", attachments=(OTHER, PICTURE))], who="Observer")
    assert added.status == "new"
    assert [case.archive.get(one) for one in case.reports()[0].attachments] == [PICTURE]
    assert case.verify() == []
