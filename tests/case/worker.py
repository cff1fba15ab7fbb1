"""Adds forty texts to a case one by one and builds it, for a test that kills it on the way: worker.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from cenotaph.case import Case
from tests.case.simple import READER, captured

TEXTS = [f"{number} killed at place {number}." for number in range(10, 50)]


def main(folder: str) -> None:
    case = Case(Path(folder), reader=READER)
    print("open", flush=True)
    for text in TEXTS:
        list(case.add([captured(text)], who="Observer"))
    case.build()


if __name__ == "__main__":
    main(sys.argv[1])
