"""Small files as a monitor's years of notes would be: a folder for each thousand, every text another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["made"]

_PLACES = ("the harbour", "the northern road", "the old market", "the river crossing", "the eastern camp", "the mill")
_WORDS = ("shelling", "an air strike", "gunfire", "a landmine", "a car bomb")
_IN_A_FOLDER = 1_000
_REPEATED = 50
"""One file in so many holds the same bytes as the one before it."""


def made(folder: Path, files: int, seed: int = 1) -> int:
    """Writes so many files and gives their bytes in all."""
    chance = random.Random(seed)
    size, text = 0, ""
    for number in range(files):
        here = folder / f"{number // _IN_A_FOLDER:04}"
        if not number % _IN_A_FOLDER:
            here.mkdir(parents=True)
        if number % _REPEATED != _REPEATED - 1:
            text = "\n".join(_lines(number, chance))
        size += (here / f"note-{number:06}.txt").write_bytes(text.encode())
    return size


def _lines(number: int, chance: random.Random) -> Iterator[str]:
    yield f"Note {number} of a monitor that is made up."
    for _ in range(chance.randint(1, 12)):
        killed, place, means = chance.randint(1, 40), chance.choice(_PLACES), chance.choice(_WORDS)
        yield f"At least {killed} people were killed by {means} near {place}, a resident said."
