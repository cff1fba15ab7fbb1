"""Hands on a keyboard: every key is counted, and there is no mouse."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STEPS = 120
"""Presses of Tab or of a walking key after which what is looked for is not to be reached."""
TOLD = """
() => {
  const one = document.activeElement;
  return `${one.tagName} ${one.id} ${one.name ?? ""} ${one.textContent.trim().slice(0, 60)}`;
}
"""


class OutOfReach(AssertionError):
    """A key never came to what was looked for."""


@dataclass
class Hands:
    """A person at the keyboard of one page.

    `keys` counts presses: a capital is one, and so is each letter that is typed.
    """

    page: Page
    keys: int = 0

    def press(self, *names: str) -> None:
        for name in names:
            self.keys += 1
            self.page.keyboard.press(name)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)

    def write_over(self, text: str) -> None:
        """In a field: what stands there goes, and the text stands there instead."""
        self.press("ControlOrMeta+a")
        self.type(text)

    def go(self, *names: str) -> None:
        """Keys that lead to another page; it is waited for."""
        *before, last = names
        self.press(*before)
        with self.page.expect_navigation(wait_until="load"):
            self.press(last)

    def walk_to(self, selector: str, *, key: str = "Tab") -> None:
        """Presses a key until the focus is on what the selector names, or inside it. Raises OutOfReach."""
        for _ in range(MOST_STEPS):
            self.press(key)
            if self.is_at(selector):
                return
        raise OutOfReach(f"{MOST_STEPS} times {key}, and never at {selector!r}; now at {self.where()}")

    def is_at(self, selector: str) -> bool:
        inside = "(all) => all.some((one) => one.contains(document.activeElement))"
        at: bool = self.page.locator(selector).evaluate_all(inside)
        return at

    def where(self) -> str:
        told: str = self.page.evaluate(TOLD)
        return told
