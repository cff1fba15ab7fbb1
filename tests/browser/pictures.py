"""Pictures of every page, to be looked at one by one, and those of docs/review.md.

    python -m tests.browser.pictures FOLDER     every page at 360, 768 and 1440 pixels, in English and in Arabic
    python -m tests.browser.pictures --docs     docs/pictures/review-*.png

Needs Chromium; the case is the shipped example, whose bulletins are ours.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chrome
from tests.browser.addresses import addresses, routes
from tests.browser.desks import Open, make_example, opened, visiting
from tests.browser.looks import HEIGHT, WIDTHS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 120_000
"""Bytes of one picture in the docs."""
TALLEST = 6_000
"""Pixels of a page that a picture shows; what is below is more of the same."""
SETTLED = 400
"""Milliseconds after loading."""

MAKERS: dict[str, Callable[[Page, Open], None]] = {}


def main(arguments: Sequence[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__.splitlines()[0])
    asked.add_argument("folder", nargs="?", type=Path, help="where pictures of every page go")
    asked.add_argument("--docs", action="store_true", help="make those of the docs again")
    told = asked.parse_args(arguments)
    if told.docs == bool(told.folder):
        asked.error("name a folder, or --docs")
    path = chrome.found()
    if path is None:
        print(chrome.MISSING, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as here, chrome.started(path) as browser:
        with opened(make_example(Path(here) / "coast-2025", decided=True)) as desk:
            for language in ("en", "ar"):
                with visiting(browser, desk, language=language) as (context, noticed):
                    every_page(context.new_page(), desk, told.folder / language)
    return 0


def every_page(page: Page, desk: Open, folder: Path) -> None:
    """One file for each page and width, named by its address."""
    folder.mkdir(parents=True, exist_ok=True)
    for address in [one for route in routes() for one in addresses(route, desk)]:
        page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
        page.goto(address)
        page.wait_for_timeout(SETTLED)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            tall = min(TALLEST, page.evaluate("() => document.documentElement.scrollHeight"))
            clip = {"x": 0, "y": 0, "width": width, "height": tall}
            name = f"{re.sub(r'[^a-z0-9]+', '-', address.casefold()).strip('-')[:60] or 'case'}-{width}.png"
            page.screenshot(path=folder / name, clip=clip, full_page=True)  # type: ignore[arg-type]
            print(folder / name)


if __name__ == "__main__":
    sys.exit(main())
