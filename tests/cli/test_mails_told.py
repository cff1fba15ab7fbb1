"""The summary calls a mail by its subject, hides whom the case must not name, and changes nothing that is kept."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from cenotaph.case import Case
from tests.cli.running import ended

TOLD = (
    "Ten people were killed at the old gate on Friday morning. The road was closed until the evening.\n\n"
    "Nobody has said who fired, and the town's hospital asked for blood of every kind that it lacks."
)
WITNESS = "Sami Placeholder, a resident who saw it, said nine people were killed in the shelling of the market."


def mail(words: str, subject: str, **headers: str) -> EmailMessage:
    found = EmailMessage()
    found["Date"], found["From"] = "Sat, 08 Mar 2025 12:00:00 +0000", "Somebody <someone@example.org>"
    if subject:
        found["Subject"] = subject
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    found.set_content(words)
    return found


def added(tmp_path: Path, *mails: EmailMessage, copy: str = TOLD) -> str:
    """What is said of a mailbox to whose first mail another outlet's copy is added."""
    box = mailbox.mbox(tmp_path / "folder.mbox")
    for one in mails:
        box.add(one)
    box.flush()
    (tmp_path / "copy.md").write_text(f"---\noutlet: Relay\n---\n{copy}", "utf-8")
    if not (tmp_path / "case").exists():
        ended("init", tmp_path / "case")
    return ended("add", tmp_path / "case", tmp_path / "folder.mbox", tmp_path / "copy.md", "--who", "x").stderr


@pytest.mark.parametrize(
    "subject, headers, named",
    [
        ("News of the gate", {}, "mail “News of the gate” (2025-03-08) is repeated"),
        (
            "News of the gate",
            {"List_Id": "Example Digest <digest.example.org>"},
            "mail “News of the gate” (Example Digest, 2025-03-08) is repeated",
        ),
        ("", {}, "mail folder-1 (2025-03-08) is repeated"),
        ("", {"List_Id": "Example Digest <d.example.org>"}, "mail folder-1 (Example Digest, 2025-03-08) is repeated"),
        ("word " * 40, {}, "mail “" + "word " * 15 + "word…” (2025-03-08) is repeated"),
        ("Gate\x1b[2J", {}, "mail “Gate␛[2J” (2025-03-08) is repeated"),
    ],
)
def test_a_mail_is_called_by_its_subject_and_never_by_its_sender(
    tmp_path: Path, subject: str, headers: dict[str, str], named: str
) -> None:
    told = added(tmp_path, mail(TOLD, subject, **headers), mail("Nothing to report.", "Quiet"))
    assert named in told and "omebody" not in told and "someone" not in told


def test_one_that_says_more_is_called_so_too(tmp_path: Path) -> None:
    told = added(
        tmp_path,
        mail(TOLD, "News of the gate"),
        mail(f"{TOLD} Two more people were killed there by noon.", "More of the gate"),
    )
    assert "mail “More of the gate” (2025-03-08) has the words of mail “News of the gate” (2025-03-08)" in told


def test_names_and_ids_that_are_kept_are_what_they_were(tmp_path: Path) -> None:
    added(tmp_path, mail(TOLD, "News of the gate"))
    assert [one.name for one in Case(tmp_path / "case").reports()] == ["folder-1", "copy"]


@pytest.mark.parametrize("subject", ["Sami Placeholder on the market", "What Sami Placeholder saw", "From Placeholder"])
def test_whom_the_mail_itself_protects_is_not_named_by_its_subject(tmp_path: Path, subject: str) -> None:
    told = added(tmp_path, mail(f"{WITNESS}\n\n{TOLD}", subject), copy=f"{WITNESS}\n\n{TOLD}")
    assert "[protected]" in told and "Placeholder" not in told


def test_whom_the_case_protects_is_not_named_either(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(WITNESS, "utf-8")
    ended("init", tmp_path / "case")
    ended("add", tmp_path / "case", tmp_path / "note.txt", "--who", "x")
    ended("build", tmp_path / "case")
    told = added(tmp_path, mail(TOLD, "Sami Placeholder asks"))
    assert "mail “[protected] asks” (2025-03-08) is repeated" in told and "Placeholder" not in told


def test_the_subject_of_a_mail_that_can_not_be_read_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("cenotaph.read.read", broken)
    told = added(tmp_path, mail(TOLD, "Sami Placeholder asks"))
    assert "mail folder-1 (2025-03-08) is repeated" in told and "Placeholder" not in told


def test_where_no_mail_is_told_nothing_is_read_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_at(_: Case) -> None:
        raise AssertionError("the whole case was loaded")

    monkeypatch.setattr(Case, "state", looked_at)
    told = added(tmp_path, mail("Nothing to report.", "Quiet"))
    assert "of 2 things: 2 new" in told
