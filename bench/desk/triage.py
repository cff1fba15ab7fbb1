"""`python -m bench.desk.triage`: how many keys three hundred things of one morning take at the desk.

The three hundred of the tests (70 new, 220 that repeat, 10 for a person) are added to a case; then a browser sets aside
what repeats, takes the sheets, and opens what is new and reads it claim by claim, by keyboard alone. Not all claims are
accepted: some are corrected or rejected, some are missing and are added (tests/browser/triaging.py says how many).

After each decision the case is built again before the next page is shown: the run takes as long as some three hundred
builds, and `--reports 5` a minute or two. Needs Chromium and the checkout.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.browser import chrome
from tests.browser.desks import opened, visiting
from tests.browser.triaging import make_morning, triage
from tests.cli.mixed import three_hundred

GOAL_A_REPEAT, GOAL_A_CLAIM = 2, 15
"""Keys: for one thing that repeats another, and for one claim of a new report."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk.triage", description="keys that a morning takes")
    parser.add_argument("--reports", type=int, default=1_000_000, metavar="N", help="new reports to open (all)")
    asked = parser.parse_args(arguments)
    path = chrome.found()
    if path is None:
        print(chrome.MISSING, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as here, chrome.started(path) as browser:
        three_hundred(Path(here) / "morning")
        held = make_morning(Path(here) / "case", Path(here) / "morning")
        start = time.monotonic()
        with opened(Path(here) / "case") as desk, visiting(browser, desk) as (context, noticed):
            sheets = sorted((Path(here) / "morning" / "sheets").iterdir())
            effort = triage(context.new_page(), held, asked.reports, sheets, lambda line: print(line, file=sys.stderr))
            decided = Counter(one.verb for one in desk.desk.case.decisions())
        taken = time.monotonic() - start
    told = {
        **vars(effort), "keys_a_repeat": round(effort.a_repeat, 3), "keys_a_claim": round(effort.a_claim, 2),
        "keys_of_each": {kind: round(keys, 1) for kind, keys in effort.of_each().items()}, "decided": decided,
        "errors": noticed.unexpected(), "seconds": round(taken),
    }  # fmt: skip
    print(json.dumps(told, indent=1))
    good = effort.a_repeat < GOAL_A_REPEAT and effort.a_claim < GOAL_A_CLAIM and not told["errors"]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
