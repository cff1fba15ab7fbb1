"""The hostile files of hostile.toml, each in a folder of its own, with a good file after each."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["CASES", "OUTSIDE", "folder_of", "make", "placed"]

OUTSIDE = tempfile.gettempdir()

CASES: Sequence[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8"))[
    "case"
]


def folder_of(number: int) -> str:
    return f"case-{number:03}-bad"


def make(here: Path, numbers: Sequence[int]) -> None:
    """Each case in its folder, then a file that must be taken in whatever came before it."""
    for number in numbers:
        case, folder = CASES[number], here / folder_of(number)
        folder.mkdir(parents=True)
        _made(case, folder)
        good = f"{number + 1} people were killed on the road behind case {number}."
        (here / f"case-{number:03}-good.txt").write_text(good, encoding="utf-8")


def placed(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a builder is given, with the folder outside of the case where one is named."""
    return {key: one.replace("OUTSIDE", OUTSIDE) if isinstance(one, str) else one for key, one in given.items()}


def _made(case: dict[str, Any], folder: Path) -> None:
    build = getattr(import_module(f"tests.hostile.{case['from']}"), case["builder"])
    known = placed(case.get("with", {}))
    if "long" in case:
        known["name"] = known["name"].replace("LONG", "x" * case["long"])
    if "file" not in case:
        build(folder, **known)
        return
    lines = known.pop("lines", ())
    (folder / case["file"]).write_bytes(build(*lines, **known))
