"""What a browser finds on one page: axe's rules, sideways scrolling, layout shifts, and what Tab reaches.

A page is loaded once in a language; then it is turned dark in its place, and axe asks all of its rules again: colours
are most of what it looks at, so that asking nothing else in dark would save no more than a tenth.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.browser import chrome
from tests.browser.addresses import addresses
from tests.browser.desks import Open, make_empty, opened, visiting
from tests.browser.moments import MOMENTS, Moment, at

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 AA, and what axe holds for good practice."""
WIDTHS = (360, 768, 1440)
HEIGHT = 900
MOST_SHIFT = 0.01
SETTLED = 150
"""Milliseconds after loading in which what shifts would shift."""
LATE = 0.05
"""Seconds that each script of a page is held back, so that the page is painted without it first, as on a slow day."""
MOST_TABS = 300
AT_ONCE = 2
"""Browsers; each takes a core."""
SHIFTS = """
window.__shift = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.__shift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
RUN_AXE = """
async (tags) => {
  const options = {runOnly: {type: "tag", values: tags}, rules: {"target-size": {enabled: true}}};
  const {violations} = await axe.run(document, {resultTypes: ["violations"], ...options});
  const why = (node) => node.any.concat(node.all, node.none)[0]?.message ?? "";
  return violations.map((one) => `${one.id}: ` + one.nodes.slice(0, 3).map(
    (node) => `${node.target.join(" ")} (${why(node)})`
  ).join(" | ") + (one.nodes.length > 3 ? ` and ${one.nodes.length - 3} more` : ""));
}
"""
WIDER = """
() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return "";
  const inside = (one) => {
    for (let at = one.parentElement; at && at !== document.documentElement; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > document.documentElement.clientWidth + 1 || box.left < -1) && !inside(one);
  });
  const name = (one) => [one.tagName.toLowerCase() + (one.id ? `#${one.id}` : ""), ...one.classList].join(".");
  return `${over} px: ${wide.slice(-3).map(name).join(", ")}`;
}
"""
WATCH_FOCUS = """
() => {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const shown = (one) => one.getClientRects().length && one.checkVisibility({visibilityProperty: true});
  const usable = (one) => one.tabIndex >= 0 && !one.disabled && shown(one);
  const wanted = [...document.querySelectorAll(controls)].filter(usable);
  const words = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 30);
  const name = (one) => `${one.tagName.toLowerCase()} ${one.id} ${one.name ?? ""} ${words(one)}`;
  const group = (one) => one.type === "radio" ? `radio ${one.name} ${one.form?.action ?? ""}` : one;
  const stroke = (one) => ((style) => style.stroke + style.strokeWidth)(getComputedStyle(one));
  const before = new Map([...document.querySelectorAll("*")].map((one) => [one, stroke(one)]));
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const part = "::-webkit-slider-thumb";
  const thumb = (one) => one.type === "range" && rules.some(({selectorText: to, style}) => to?.includes(":focus")
    && to.endsWith(part) && one.matches(to.replace(part, ""))
    && /outline: (?!none)/.test(style.cssText));
  const reached = new Set(), unseen = new Set();
  document.addEventListener("focusin", ({target}) => {
    reached.add(group(target));
    const style = getComputedStyle(target);
    const lined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const drawn = lined || style.boxShadow !== "none" || stroke(target) !== before.get(target) || thumb(target);
    if (!drawn || !shown(target)) unseen.add(name(target));
  });
  window.__focus = () => ({
    wanted: wanted.length, reached: reached.size, unseen: [...unseen],
    missed: wanted.filter((one) => one.isConnected && !reached.has(group(one))).map(name),
  });
}
"""


@dataclass
class Look:
    """What one page does in one language."""

    address: str
    status: int
    whole: bool
    """Whether it is a page, and not a file or a part of one."""
    expected: int = 200
    axe: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    shift: float = 0.0
    missed: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)


Desks = Mapping[str, Open]
"""By name: "decided", which nobody decides at; "own", at which moments do; "empty"."""
Seen = Mapping[tuple[str, str], list[Look] | Exception]


@contextmanager
def all_desks(decided: Open, case: Path, folder: Path) -> Iterator[Desks]:
    """The desk that is there, one on a copy of its case, and one on a case of nothing."""
    shutil.copytree(case, folder / "own")
    with opened(folder / "own") as own, opened(make_empty(folder / "empty")) as empty:
        yield {"decided": decided, "own": own, "empty": empty}


def look_at_all(desks: Desks, asked: Sequence[tuple[str, str]]) -> Seen:
    """The looks of each route or moment and language, by several browsers at once: axe works as long as everything
    else.
    """
    shares = [asked[at::AT_ONCE] for at in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = pool.map(lambda share: _share(desks, share), shares)
        return {key: seen for share in told for key, seen in share}


def _share(desks: Desks, asked: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], Any]]:
    path = chrome.found()
    assert path is not None
    with chrome.started(path) as browser:
        return [(key, _looked(browser, desks, *key)) for key in asked]


def _looked(browser: Browser, desks: Desks, name: str, language: str) -> list[Look] | Exception:
    """What goes wrong is kept for the test of this route; the others go on."""
    try:
        if moment := MOMENTS.get(name):
            return [look(browser, desks[moment.desk], name, moment, language)]
        found = addresses(name, desks["decided"])
        return [look(browser, desks["decided"], one, Moment(at(one)), language) for one in found]
    except Exception as failed:
        return failed


def look(browser: Browser, open_: Open, name: str, moment: Moment, language: str) -> Look:
    """English is looked at wide, Arabic as on a telephone; then each in the other light and at other widths."""
    width = 1440 if language == "en" else 360
    with visiting(browser, open_, language=language, width=width, height=HEIGHT) as (context, noticed):
        context.add_init_script(SHIFTS)
        context.route("**/static/*.js", _late)
        page = context.new_page()
        noticed.expected += [f"status of {moment.status} "] if moment.status != 200 else []
        answer = moment.lead(page, open_)
        assert answer is not None, name
        whole = page.evaluate("() => !!document.doctype && !!document.querySelector('main')")
        found = Look(name, answer.status, whole, moment.status, noticed=noticed.lines)
        if not whole:
            return found
        page.wait_for_timeout(SETTLED)
        found.shift = page.evaluate("() => window.__shift")
        found.axe = [f"light: {line}" for line in axe(page)]
        page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
        found.axe += [f"dark: {line}" for line in axe(page)]
        found.wide = wide(page)
        if language == "en" and not moment.modal:
            page.evaluate("() => { document.documentElement.dataset.theme = 'light' }")
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found.missed, found.unseen = tabbed(page)
        found.noticed = noticed.unexpected()
        return found


def _late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()


def axe(page: Page) -> list[str]:
    """Each rule that is broken, with the first places where it is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, TAGS)
    return found


def wide(page: Page) -> list[str]:
    """The widths at which the page scrolls sideways, and what sticks out."""
    out = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        told = page.evaluate(WIDER)
        out += [f"at {width}: {told}"] if told else []
    return out


def tabbed(page: Page) -> tuple[list[str], list[str]]:
    """What Tab does not reach, and what it reaches without showing that it did."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0) }")
    page.evaluate(WATCH_FOCUS)
    told: dict[str, Any] = {"wanted": 1, "missed": [""]}
    presses, before = 0, -1
    while told["missed"] and presses < MOST_TABS:
        for _ in range(20):
            page.keyboard.press("Tab")
        presses += 20
        told = page.evaluate("() => window.__focus()")
        if told["reached"] == before:
            break
        before = told["reached"]
    missed = told["missed"] if presses < MOST_TABS else []
    return missed, told["unseen"]
