"""A file or a folder gives its reports in order; what can't be read is named and stops nothing else."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from cenotaph.intake import KINDS, Captured
from cenotaph.sources.folder import LARGEST
from cenotaph.vocabulary import Problem
from tests.sources.given import ENGLISH, captures, given, problem


def write(path: Path, content: bytes | str = ENGLISH) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, kind",
    [
        ("a.txt", "txt"), ("a.TEXT", "txt"), ("a.md", "md"), ("a.markdown", "md"), ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.xhtml", "html"), ("a.json", "json"), ("a.jsonl", "json"),
    ],
)  # fmt: skip
def test_a_file_is_read_by_its_ending(tmp_path: Path, name: str, kind: str) -> None:
    (item,) = captures(write(tmp_path / name, b'{"text": "Twelve people were killed."}'))
    assert (item.kind, item.name, item.how, item.original) == (kind, "a", "folder", str(tmp_path / name))
    assert item.content == b'{"text": "Twelve people were killed."}'


@pytest.mark.parametrize(
    "content, kind",
    [
        (b"<!DOCTYPE html><p>killed", "html"), (b"\n <html><p>killed", "html"), (b"<!-- saved --><html>", "html"),
        (b"<?xml version='1.0'?><html>", "html"), (b'{"text": "killed"}', "json"), (b'[{"text": "killed"}]', "json"),
        (b"---\noutlet: x\n---\nkilled", "md"), (ENGLISH, "md"), (b"[12] people were killed", "md"),
        (b"<12 killed", "md"),
    ],
)  # fmt: skip
def test_a_file_without_an_ending_is_looked_into_so_that_an_archive_can_be_added(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    (item,) = captures(write(tmp_path / "0a1b2c", content))
    assert item.kind == kind


def test_bytes_come_as_they_are(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + bytes(range(256)) + b"\r\n\r"
    (item,) = captures(write(tmp_path / "a.txt", content))
    assert item.content == content


def test_what_a_person_says_goes_with_the_report(tmp_path: Path) -> None:
    day = dt.date(2025, 3, 8)
    path = write(tmp_path / "a.txt")
    (item,) = captures(path, published=day, outlet="Example Wire", url="https://example.org/a", language="ar")
    assert (item.published, item.outlet, item.url, item.language) == (
        day,
        "Example Wire",
        "https://example.org/a",
        "ar",
    )
    assert item.captured.tzinfo is not None


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.gif", "a.rar", "a.exe", "a.html.bak", "a.v2"])
def test_another_kind_of_file_is_refused_with_those_that_can_be_read(tmp_path: Path, name: str) -> None:
    found = problem(write(tmp_path / name))
    assert name in found.what and all(kind in found.what for kind in KINDS) and found.settle


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "A.XLSX", "a.ods"])
def test_a_sheet_is_refused_with_the_verb_that_takes_it(tmp_path: Path, name: str) -> None:
    found = problem(write(tmp_path / name))
    assert name in found.what and "cenotaph import" in found.what and found.settle


@pytest.mark.parametrize("name", ["missing.txt", "missing", "no/such/folder/a.txt", "x" * 5_000, "a\0b.txt"])
def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    assert problem(f"{tmp_path}/{name}").kind == "not found"


@pytest.mark.parametrize("argument", ["Twelve people were killed.\nNine were hurt.\n" * 200, "www.example.org/a"])
def test_words_that_are_no_file_are_a_problem_that_says_where_text_goes(argument: str) -> None:
    (found,) = given(argument)
    assert isinstance(found, Problem) and "standard input" in found.settle


@pytest.mark.parametrize("argument", ["", " "])
def test_no_name_at_all_is_not_the_folder_one_stands_in(
    tmp_path: Path, argument: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert problem(argument).kind == "not found"


def test_a_file_above_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with open(path, "wb") as file:
        file.truncate(LARGEST + 1)
    assert "more than 50 MB" in problem(path).what
    os.truncate(path, LARGEST)
    assert len(captures(path)[0].content) == LARGEST


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert problem(tmp_path / "a.txt").kind == "not a file"
    assert problem(tmp_path).kind == "not a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_or_folder_without_permission_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path / "a.txt").chmod(0)
    write(tmp_path / "closed" / "b.txt")
    (tmp_path / "closed").chmod(0)
    found = given(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert [item.kind for item in found if isinstance(item, Problem)] == ["not readable", "not readable"]


def test_a_file_that_fails_to_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt")

    def broken(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", broken)
    found = given(path)
    monkeypatch.undo()
    assert isinstance(found[0], Problem) and found[0].what == "a.txt can't be opened: Permission denied"


# --- folders ------------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_files_in_the_order_of_names_with_those_of_its_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", "c.txt", "10.txt", "ا.txt"):
        write(tmp_path / name)
    assert [item.name for item in captures(tmp_path)] == ["10", "c", "z", "b", "c", "ا"]


def test_hidden_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "a/.cache/b.md", "seen.txt"):
        write(tmp_path / name)
    assert [item.name for item in captures(tmp_path)] == ["seen"]


def test_one_file_that_can_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("1.txt", "2.gif", "3.json", "4.txt"):
        write(tmp_path / name)
    assert [type(item) for item in given(tmp_path)] == [Captured, Problem, Problem, Captured]


def test_an_empty_folder_is_a_problem_and_not_silence(tmp_path: Path) -> None:
    assert problem(tmp_path).kind == "empty folder"
    write(tmp_path / ".hidden.txt")
    assert problem(tmp_path).kind == "empty folder"


def test_a_folder_named_like_a_file_is_still_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "reports.txt" / "a.txt")
    assert [item.name for item in captures(tmp_path / "reports.txt")] == ["a"]
    assert [item.name for item in captures(tmp_path)] == ["a"]


def test_one_address_is_not_given_to_all_reports_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    assert problem(tmp_path, url="https://example.org/a").kind == "one address for many"


def test_one_address_is_not_given_to_all_reports_of_a_list(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[{"text": "a"}, {"text": "b"}]')
    assert problem(path, url="https://example.org/a").kind == "one address for many"
    (item,) = captures(write(path, '[{"text": "a"}]'), url="https://example.org/a")
    assert item.url == "https://example.org/a"


# --- links --------------------------------------------------------------------------------------------------------


def test_a_link_out_of_the_folder_is_not_followed_and_said_so(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "a.txt")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "file.txt").symlink_to(tmp_path / "secret" / "a.txt")
    (folder / "folder").symlink_to(tmp_path / "secret")
    (folder / "up.txt").symlink_to("../secret/a.txt")
    found = given(folder)
    assert [(type(item), getattr(item, "kind", "")) for item in found] == [(Problem, "link")] * 3


def test_a_folder_whose_name_begins_alike_is_outside_too(tmp_path: Path) -> None:
    write(tmp_path / "reports-secret" / "a.txt")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").symlink_to("../reports-secret/a.txt")
    assert problem(tmp_path / "reports").kind == "link"


def test_links_that_lead_round_and_round_end(tmp_path: Path) -> None:
    write(tmp_path / "reports" / "a.txt")
    (tmp_path / "reports" / "round").symlink_to(tmp_path / "reports")
    (tmp_path / "reports" / "self.txt").symlink_to("self.txt")
    found = given(tmp_path / "reports")
    assert [item.name for item in found if isinstance(item, Captured)] == ["a"]
    assert len([item for item in found if isinstance(item, Problem)]) == 1


def test_a_link_that_a_person_names_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "reports" / "a.txt")
    (tmp_path / "today").symlink_to(tmp_path / "reports")
    (tmp_path / "one.txt").symlink_to(tmp_path / "reports" / "a.txt")
    assert [item.name for item in captures(tmp_path / "today")] == ["a"]
    assert [item.name for item in captures(tmp_path / "one.txt")] == ["one"]


# --- JSON ---------------------------------------------------------------------------------------------------------

ROWS = [{"text": "قتل 12 شخصا", "published": "2025-03-08"}, {"text": "Nine were hurt."}]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
def test_json_lines_are_one_report_each_with_the_bytes_of_their_line(tmp_path: Path, name: str, mark: str) -> None:
    lines = ['{"text" :"قتل 12 شخصا"}', "", '  {"text": "Nine were hurt." }\r']
    found = captures(write(tmp_path / name, mark + "\n".join(lines)))
    assert [(item.name, item.content.decode()) for item in found] == [("a-1", lines[0]), ("a-3", lines[2].strip())]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_one_report_each(tmp_path: Path, indent: int | None) -> None:
    found = captures(write(tmp_path / "a.json", json.dumps(ROWS, indent=indent)))
    assert [(item.name, json.loads(item.content)) for item in found] == [("a-1", ROWS[0]), ("a-2", ROWS[1])]
    assert "قتل" in found[0].content.decode()


def test_a_list_of_one_and_a_single_object_are_one_report_under_the_files_name(tmp_path: Path) -> None:
    for content in (json.dumps(ROWS[:1]), json.dumps(ROWS[0], indent=1), json.dumps(ROWS[0]) + "\n\n"):
        (item,) = captures(write(tmp_path / "a.json", content))
        assert (item.name, json.loads(item.content)) == ("a", ROWS[0])


def test_one_broken_line_does_not_stop_the_others_and_is_named(tmp_path: Path) -> None:
    found = given(write(tmp_path / "a.jsonl", '{"text": "a"}\n{"text": \n{"text": "c"}\n'))
    assert [type(item) for item in found] == [Captured, Problem, Captured]
    assert isinstance(found[1], Problem) and "a.jsonl line 2: not valid JSON" in found[1].what


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b'{"text": ', b"[1, 2", b"not json", b"not\njson", b"{'text': 'x'}", b'{"text": "\xff"}',
        b"[" * 100_000, b'{"a":' * 100_000, b'{"text": ' + b"9" * 5_000 + b"}", b"\xff\xfe{", b"\x00",
    ],
    ids=lambda content: repr(content[:12]),
)  # fmt: skip
def test_a_file_that_is_no_json_is_one_problem(tmp_path: Path, content: bytes) -> None:
    assert "a.json" in problem(write(tmp_path / "a.json", content)).what


def test_an_empty_file_of_lines_is_a_problem(tmp_path: Path) -> None:
    assert problem(write(tmp_path / "a.jsonl", "\n\n")).kind == "empty"


def test_half_a_pair_of_a_character_in_a_list_stops_nothing(tmp_path: Path) -> None:
    found = captures(write(tmp_path / "a.json", r'[{"text": "\ud83d"}, {"text": "Nine were hurt."}]'))
    assert [item.content for item in found] == [rb'{"text": "\ud83d"}', b'{"text": "Nine were hurt."}']
