"""`python -m cenotaph.desk CASE [--pages]`: builds a case and brings its pages level, or the pages alone.

It runs beside the server: what that needs of memory goes with the process.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cenotaph.case.at_once import work_out
from cenotaph.desk import Desk


def main(arguments: Sequence[str]) -> None:
    folder, *asked = arguments
    desk = Desk(folder)
    if "--pages" not in asked:
        desk.case.build()
        work_out(desk.case, desk.history)  # what was decided while it was being built
    desk.fill(_told if sys.stderr.isatty() else None)


def _told(what: str, done: int, of: int) -> None:
    print(f"\r\x1b[K{what} {done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
