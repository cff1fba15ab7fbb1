"""A packed folder is read as a folder is, in memory; what would swell, hide or lead elsewhere is a line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cenotaph.intake import Captured
from cenotaph.sources import packed
from cenotaph.vocabulary import Problem
from tests.sources.given import ENGLISH, captures, given, problem


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def kept(tmp_path: Path, content: bytes, name: str = "a.zip") -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def test_each_file_in_it_is_a_report_in_the_order_of_names(tmp_path: Path) -> None:
    items = captures(kept(tmp_path, zipped({"b.txt": b"Two were killed.", "a/c.md": ENGLISH})))
    assert [(one.name, one.content) for one in items] == [("c", ENGLISH), ("b", b"Two were killed.")]
    assert items[0].original == f"{tmp_path}/a.zip/a/c.md"


def test_pictures_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    files = {"a.jpg": b"\xff\xd8", ".hidden.txt": ENGLISH, "__MACOSX/._a.txt": b"\0", "a.txt": ENGLISH}
    assert len(captures(kept(tmp_path, zipped(files)))) == 1


def test_a_chat_that_a_phone_packed_is_a_chat(tmp_path: Path) -> None:
    chat = b"[13/03/2025, 14:06:00] Somebody: Twelve people were killed.\n"
    (item,) = captures(kept(tmp_path, zipped({"_chat.txt": chat, "0001-PHOTO.jpg": b"\xff\xd8"})))
    assert item.how == "whatsapp"


def test_a_picture_of_a_packed_export_comes_with_its_message(tmp_path: Path) -> None:
    export = (
        b'{"name": "x", "type": "public_channel", "id": 1, "messages": [{"id": 1, "type": "message",'
        b' "date": "2025-03-08T23:30:00", "text": "Ten were killed.", "photo": "photos/1.jpg"}]}'
    )
    (item,) = captures(kept(tmp_path, zipped({"e/result.json": export, "e/photos/1.jpg": b"\xff\xd8"})))
    assert item.attachments == (b"\xff\xd8",)


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt"])
def test_a_name_that_leads_elsewhere_leads_nowhere(tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.parent.iterdir())
    (item,) = captures(kept(tmp_path, zipped({name: ENGLISH})))
    assert item.content == ENGLISH and sorted(tmp_path.parent.iterdir()) == before


def test_a_file_that_swells_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = given(kept(tmp_path, zipped({"a.txt": b"\0" * 60_000_000, "b.txt": ENGLISH})))
    assert isinstance(found[0], Problem) and found[0].kind == "too large" and isinstance(found[1], Captured)


def test_packed_within_packed_is_opened_once(tmp_path: Path) -> None:
    once = zipped({"a.txt": ENGLISH})
    assert len(captures(kept(tmp_path, zipped({"once.zip": once})))) == 1
    assert problem(kept(tmp_path, zipped({"x.zip": zipped({"once.zip": once})}))).kind == "too deep"


def test_all_files_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "IN_ALL", 150)
    found = given(kept(tmp_path, zipped({f"{n}.txt": ENGLISH for n in range(3)})))
    assert [type(one) for one in found] == [Captured, Problem, Problem]


def test_more_files_than_a_folder_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_FILES", 2)
    assert problem(kept(tmp_path, zipped({f"{n}.txt": ENGLISH for n in range(3)}))).kind == "too large"


def test_a_locked_file_is_said_to_be_locked(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": ENGLISH}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    assert problem(kept(tmp_path, bytes(content))).kind == "locked"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, b"no zip", zipped({"a": b"x"})[:40]],
    ids=["empty", "its mark alone", "its end alone", "words", "cut off"],
)
def test_what_is_no_zip_is_one_line(tmp_path: Path, content: bytes) -> None:
    assert problem(kept(tmp_path, content)).kind == "not readable"


def test_a_file_that_is_broken_inside_is_named(tmp_path: Path) -> None:
    content = zipped({"a.txt": ENGLISH * 50})
    at = content.index(b"a.txt") + 20
    assert problem(kept(tmp_path, content[:at] + b"\xff\xff\xff" + content[at + 3 :])).kind == "not readable"


def test_a_packed_folder_of_which_nothing_can_be_unpacked_is_given_up_and_the_rest_counted(tmp_path: Path) -> None:
    content = zipped({f"{number:02}.txt": ENGLISH for number in range(60)})
    (tmp_path / "a.zip").write_bytes(content.replace(b"PK\x03\x04", b"PK\x03\x05"))
    found = given(tmp_path / "a.zip")
    assert len(found) == packed.MOST_FAULTS + 1
    assert isinstance(found[-1], Problem) and "the 40 after them are left" in found[-1].what


@pytest.mark.parametrize("names", [[], ["a/"], ["a.png", "b.jpg"], [".hidden.txt"], ["__MACOSX/a.txt"]])
def test_a_packed_folder_with_nothing_to_read_says_so(tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(names, b"")))
    assert "no file in it that can be read" in problem(tmp_path / "a.zip").what


def test_a_link_in_a_packed_folder_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    assert problem(tmp_path / "a.zip").kind == "link"
