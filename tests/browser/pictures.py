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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from cenotaph.desk import tables
from tests.browser import chrome
from tests.browser.addresses import SAMPLES, addresses, one, routes
from tests.browser.desks import Open, make_example, opened, visiting
from tests.browser.looks import HEIGHT, WIDTHS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 120_000
"""Bytes of one picture in the docs."""
WIDE, TALL = 1000, 640
"""Pixels of one."""
TALLEST = 6_000
"""Pixels of a page that a picture shows; what is below is more of the same."""
SETTLED = 400
"""Milliseconds after loading."""


def main(arguments: Sequence[str] | None = None) -> int:
    asked = argparse.ArgumentParser(
        prog="python -m tests.browser.pictures", description=(__doc__ or "").splitlines()[0]
    )
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
        case = make_example(Path(here) / "coast-2025", decided=True)
        with opened(case) as desk:
            if told.docs:
                for_docs(browser, desk)
            else:
                for language in ("en", "ar"):
                    with visiting(browser, desk, language=language) as (context, _):
                        every_page(context.new_page(), desk, told.folder / language)
    return 0


def every_page(page: Page, desk: Open, folder: Path) -> None:
    """One file for each page and width, named by its address."""
    folder.mkdir(parents=True, exist_ok=True)
    for address in [found for route in routes() for found in addresses(route, desk)]:
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


# --- the docs ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """One picture of the docs: what is done at the desk before it is taken, in which language, how tall it is."""

    do: Callable[[Page, Open], None]
    language: str = "en"
    tall: int = TALL


def for_docs(browser: Browser, desk: Open) -> None:
    """Raises ValueError for a picture that is too large."""
    for name, shown in MAKERS.items():
        with visiting(browser, desk, language=shown.language, width=WIDE, height=shown.tall) as (context, noticed):
            page = context.new_page()
            shown.do(page, desk)
            page.wait_for_timeout(SETTLED)
            made = page.screenshot()
            assert noticed.unexpected() == [], name
        if len(made) > LARGEST:
            raise ValueError(f"{name}: {len(made):,} bytes; a picture has at most {LARGEST:,}")
        (DOCS / f"{name}.png").write_bytes(made)
        print(f"{name}.png\t{len(made):,} bytes")


def inbox(page: Page, desk: Open) -> None:
    page.goto("/inbox")
    _press(page, "j", "j", "x")


def report(page: Page, desk: Open) -> None:
    """The second claim is looked at, and what it rests on."""
    page.goto(SAMPLES["/report/{report}"](desk)[0])
    _press(page, "j", "j", "o")
    page.evaluate("() => window.scrollTo(0, 215)")


def arabic(page: Page, desk: Open) -> None:
    """Words are selected by keys, in Arabic."""
    page.goto(SAMPLES["/report/{report}"](desk)[1])
    _press(page, "s", "ArrowDown", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft")


def incident(page: Page, desk: Open) -> None:
    page.goto(_jableh(desk))
    page.locator("#toll").scroll_into_view_if_needed()
    page.evaluate("() => document.getElementById('toll').scrollIntoView()")


def link(page: Page, desk: Open) -> None:
    """What would change is shown first."""
    page.goto(f"{_jableh(desk)}/link")
    _press(page, "j", "x")
    page.fill("#l-incident", _called(desk, "Hmeimim"))
    page.locator("#l-incident").press("Enter")
    page.locator("#changes").wait_for()
    page.evaluate("() => document.getElementById('changes').scrollIntoView()")


def map_(page: Page, desk: Open) -> None:
    page.goto("/search?view=map")
    page.locator(".leaflet-interactive").first.wait_for()
    page.evaluate("() => document.querySelector('main h2').scrollIntoView()")
    page.wait_for_timeout(3 * SETTLED)


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _called(desk: Open, words: str) -> str:
    of = tables.incidents.c
    return one(desk, sa.select(of.incident).where(of.title.contains(words), of.kind == "incident"))


def _jableh(desk: Open) -> str:
    return f"/incidents/{_called(desk, 'Jableh')}"


MAKERS: Mapping[str, Shown] = {
    "review-inbox": Shown(inbox), "review-report": Shown(report, tall=560),
    "review-arabic": Shown(arabic, "ar", tall=600), "review-incident": Shown(incident), "review-link": Shown(link),
    "review-map": Shown(map_),
}  # fmt: skip
"""The pictures of docs/review.md, by their names."""


if __name__ == "__main__":
    sys.exit(main())
