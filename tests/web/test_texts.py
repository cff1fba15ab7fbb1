"""The texts of the interface: every language says the same things, with the same slots and all its plurals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import pytest
from babel import Locale

from cenotaph.web.texts import LANGUAGES, texts

OTHERS = [language for language in LANGUAGES if language != "en"]
CATEGORIES = {"zero", "one", "two", "few", "many", "other"}


def flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Each text by its whole name; the plurals of one text are one."""
    for name, one in table.items():
        if isinstance(one, Mapping) and not set(one) <= CATEGORIES:
            yield from flat(one, f"{before}{name}.")
        else:
            yield f"{before}{name}", one


def forms(text: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"other": text} if isinstance(text, str) else text


def slots(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts(language: str) -> None:
    assert {name for name, _ in flat(texts(language).known)} == {name for name, _ in flat(texts("en").known)}


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_slots_of_the_english_one(language: str) -> None:
    """The number itself may be in the noun, as in a dual, and of nothing there is nothing to say."""
    theirs = dict(flat(texts(language).known))
    for name, english in flat(texts("en").known):
        wanted = {slot for one in forms(english).values() for slot in slots(one)}
        for category, one in forms(theirs[name]).items():
            assert slots(one) <= wanted, name
            spare = wanted if category == "zero" else {"n"} if category in ("one", "two") else set[str]()
            assert wanted - slots(one) <= spare, (name, category)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_a_plural_has_every_one_of_its_language(language: str) -> None:
    wanted = set(Locale(language).plural_form.tags) | {"other"}
    for name, one in flat(texts(language).known):
        assert isinstance(one, str) or set(one) == wanted, name


def ways_in() -> set[str]:
    """How a report can have come in, as the sources call it."""
    package = resources.files("cenotaph")
    files = [*package.joinpath("sources").iterdir(), package.joinpath("desk", "incoming.py")]
    code = "".join(one.read_text("utf-8") for one in files if one.name.endswith(".py"))
    return set(re.findall(r'how(?:: str )?=\s?"([^"]+)"', code))


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_report_came_in_is_told_in_words(language: str) -> None:
    assert {"web", "folder", "dropped on the desk"} <= ways_in()
    assert [one for one in ways_in() if not texts(language).has(f"captured_by.{one.replace(' ', '_')}")] == []
