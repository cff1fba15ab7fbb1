"""Files whose names, kinds or places are hostile. Each builder makes them in a folder of their own."""

from __future__ import annotations

import os
import socket
from pathlib import Path

WORDS = "Five people were killed at the bridge."


def named(folder: Path, name: str) -> None:
    (folder / name).write_text(WORDS, encoding="utf-8")


def named_in_bytes(folder: Path, digits: str) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/" + bytes.fromhex(digits) + b".txt")).write_text(WORDS, encoding="utf-8")


def link(folder: Path, to: str) -> None:
    (folder / "a.txt").symlink_to(to)


def link_round(folder: Path) -> None:
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "b.txt").symlink_to("a.txt")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")


def door(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # a path to a socket may have only some hundred letters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("a.txt")
    finally:
        os.chdir(here)


def deep(folder: Path, depth: int) -> None:
    here = folder
    for _ in range(depth):
        here /= "d"
    here.mkdir(parents=True)
    (here / "a.txt").write_text(WORDS, encoding="utf-8")


def sparse(folder: Path, name: str, gigabytes: int) -> None:
    with open(folder / name, "wb") as made:
        made.truncate(gigabytes * 1_000_000_000)
