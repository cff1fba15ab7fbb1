"""Pictures of every page, to be looked at one by one, and those of docs/review.md.

    python -m tests.browser.pictures FOLDER     every page at 360, 768 and 1440 pixels, English and Arabic, and in dark
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
from tests.browser.looks import HEIGHT, WIDTHS, Desks, all_desks
from tests.browser.moments import MOMENTS, Moment, at

DOCS = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 120_000
"""Bytes of one picture in the docs."""
WIDE, TALL = 1000, 640
"""Pixels of one."""
TALLEST = 6_000
"""Pixels of a page that a picture shows; what is below is more of the same."""
SETTLED = 400
"""Milliseconds after loading."""
PATIENCE = 60_000
"""Milliseconds that a picture of the longest page may take on a machine that others use too."""


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
                with all_desks(desk, case, Path(here)) as desks:
                    for language in ("en", "ar"):
                        every_page(browser, desks, language, told.folder)
    return 0


def every_page(browser: Browser, desks: Desks, language: str, folder: Path) -> None:
    """One file for each page and width, named by its address or moment; and one in dark, as wide as it goes."""
    (folder / language).mkdir(parents=True, exist_ok=True)
    for name in routes():
        with visiting(browser, desks["decided"], language=language) as (context, _):
            for address in addresses(name, desks["decided"]):
                _taken(context.new_page(), desks["decided"], address, Moment(at(address)), folder / language)
    for name, moment in MOMENTS.items():
        with visiting(browser, desks[moment.desk], language=language) as (context, _):
            _taken(context.new_page(), desks[moment.desk], name, moment, folder / language)


def _taken(page: Page, desk: Open, name: str, moment: Moment, folder: Path) -> None:
    page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    moment.lead(page, desk)
    page.wait_for_timeout(SETTLED)
    begins = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "case"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if page.locator(".map").count():
            page.wait_for_timeout(3 * SETTLED)  # it is drawn again
        _shot(page, width, folder / f"{begins}-{width}.png")
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
    _shot(page, WIDTHS[-1], folder / f"{begins}-{WIDTHS[-1]}-dark.png")
    page.close()


def _shot(page: Page, width: int, path: Path) -> None:
    tall = min(TALLEST, page.evaluate("() => document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    page.screenshot(path=path, clip=clip, full_page=True, timeout=PATIENCE)  # type: ignore[arg-type]
    print(path, flush=True)


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
    page.evaluate("() => document.querySelectorAll('main details[open]').forEach((one) => (one.open = false))")
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
    "review-inbox": Shown(inbox), "review-report": Shown(report, tall=490),
    "review-arabic": Shown(arabic, "ar", tall=600), "review-incident": Shown(incident), "review-link": Shown(link),
    "review-map": Shown(map_),
}  # fmt: skip
"""The pictures of docs/review.md, by their names."""


if __name__ == "__main__":
    sys.exit(main())
