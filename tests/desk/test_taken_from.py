"""Custody tells where a file was taken from and nothing of whose machine that was."""

from __future__ import annotations

import pytest

from cenotaph.desk.report_versions import taken_from


@pytest.mark.parametrize(
    ("original", "name", "told"),
    [("/home/anna/list.csv", "list.csv", "list.csv"), ("/Users/anna/list.csv", "list.csv", "list.csv"),
     ("/home/anna/case/list.csv", "list.csv", "case/list.csv"), ("/root/list.csv", "list.csv", "list.csv"),
     (r"C:\Users\anna\list.csv", "list.csv", "list.csv"), (r"C:\list.csv", "list.csv", "list.csv"),
     (r"C:\Users\anna\coast\r\list.csv", "r/list.csv", "coast/r/list.csv"),
     (r"\\anna-pc\share\a.txt", "a.txt", "share/a.txt"),
     ("~anna/list.csv", "list.csv", "list.csv"), ("~/list.csv", "list.csv", "list.csv"),
     ("../../home/anna/list.csv", "list.csv", "list.csv"), ("/home/anna/pack.zip/in/a.txt", "other", "in/a.txt"),
     ("/home/anna/pack.zip/in/a.txt", "pack.zip/in/a.txt", "pack.zip/in/a.txt"), ("/list.csv", "list.csv", "list.csv"),
     ("/", "", ""), ("reports/a.txt", "a.txt", "reports/a.txt"), ("-", "pasted", "-"), ("", "", ""),
     ("https://example.org/home/anna/a", "a", "https://example.org/home/anna/a")],
)  # fmt: skip
def test_the_file_and_its_folder_are_told_and_no_more(original: str, name: str, told: str) -> None:
    assert taken_from(original, name) == told
    assert "anna/" not in told or "://" in told
