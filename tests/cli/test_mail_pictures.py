"""A picture in a mail lies beside its report: backed up, verified and forgotten with it."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from cenotaph.case import Case
from tests.cli.running import ended, run

PICTURE, OTHER = b"\xff\xd8\xff a picture of the street", b"\xff\xd8\xff a picture of the mill"


def mail(path: Path, words: str, *pictures: bytes) -> None:
    found = EmailMessage()
    found["Date"], found["Subject"] = "Sat, 08 Mar 2025 12:00:00 +0000", "Update"
    found.set_content(words)
    for number, one in enumerate(pictures):
        found.add_attachment(one, maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    path.write_bytes(bytes(found))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "mails").mkdir()
    mail(tmp_path / "mails" / "1.eml", "Three people were killed at the gate.", PICTURE, OTHER)
    mail(tmp_path / "mails" / "2.eml", "Four people were killed at the mill.", OTHER)
    ended("init", tmp_path / "case")
    ended("add", tmp_path / "case", tmp_path / "mails", "--who", "Observer")
    return tmp_path / "case"


def held(folder: Path) -> list[bytes]:
    archive = Case(folder).archive
    return [archive.get(one) for report in Case(folder).reports() for one in report.attachments]


def test_it_is_kept_by_its_hash_and_comes_back_from_a_back_up(case: Path, tmp_path: Path) -> None:
    assert held(case) == [PICTURE, OTHER, OTHER]
    ended("verify", case)
    ended("backup", case, tmp_path / "kept.zip", "--who", "Observer")
    ended("restore", tmp_path / "kept.zip", tmp_path / "back")
    assert held(tmp_path / "back") == [PICTURE, OTHER, OTHER]
    ended("verify", tmp_path / "back")


def test_one_that_was_changed_is_named(case: Path) -> None:
    (found,) = {Case(case).archive.path(one) for one in Case(case).reports()[1].attachments}
    found.chmod(0o600)
    found.write_bytes(b"another street")
    assert run("verify", case).exit_code == 1


def test_it_is_forgotten_with_its_mail_but_not_one_that_another_mail_has(case: Path) -> None:
    first = Case(case).reports()[0]
    ended("forget", case, first.id, "--who", "Editor", "--why", "asked by the family")
    assert held(case) == [OTHER]
    everything = b"".join(path.read_bytes() for path in case.rglob("*") if path.is_file())
    assert PICTURE not in everything and base64.b64encode(PICTURE) not in everything
    ended("verify", case)
