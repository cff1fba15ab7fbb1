"""`python -m cenotaph.desk CASE`: builds a case and brings its pages level, beside the server that shows them."""

from __future__ import annotations

import sys

from cenotaph.desk import Desk


def main(folder: str) -> None:
    desk = Desk(folder)
    desk.case.build()
    desk.fill()


if __name__ == "__main__":
    main(sys.argv[1])
