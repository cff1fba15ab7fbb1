"""The tables by which names of places are compared: every word in one list only, each list with its source."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer.asked import Part, parts, place_words
from cenotaph.plain.romanised import words

CODES = Path(__file__).parents[2] / "src/cenotaph/codes"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CODES / f"{name}.toml").read_text(encoding="utf-8"))


PLACES, SOUNDS, COLUMNS = table("place_words"), table("romanisation"), table("gazetteer_columns")


def test_no_spelling_belongs_to_two_families() -> None:
    spelled = Counter(
        part
        for head, spellings in PLACES["families"].items()
        if head != "source"
        for part in {part for spelling in spellings for part in words(spelling)}
    )
    assert [word for word, times in spelled.items() if times > 1] == []


def test_no_word_says_two_kinds_of_place() -> None:
    kinds = Counter(
        part for kind in PLACES["kinds"].values() for part in {part for word in kind for part in words(word)}
    )
    assert [word for word, times in kinds.items() if times > 1] == []


def test_no_heading_means_two_columns() -> None:
    headings = Counter(one for key, listed in COLUMNS["columns"].items() if key != "source" for one in set(listed))
    assert [one for one, times in headings.items() if times > 1] == []


def test_what_tells_namesakes_apart_is_a_family_each() -> None:
    assert set(PLACES["qualifiers"]["words"]) <= set(PLACES["families"])


@pytest.mark.parametrize(
    ("name", "part"),
    [(name, key) for name, known in (("romanisation", SOUNDS), ("gazetteer_columns", COLUMNS)) for key in known],
)
def test_every_table_says_where_it_comes_from(name: str, part: str) -> None:
    known = table(name)[part]
    if part != "latin":
        assert str(known["source"]).strip()
    else:
        assert str(known["source"]).strip() and str(known["endings"]["source"]).strip()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("", []),
        ("!?", []),
        ("the village of", []),
        ("east", []),
        ("near", [("near", False)]),
        ("a mill in Kafr Tal, Idlib", [("kafr tal", False), ("idlib", False)]),
        ("between Homs and Hama", [("homs", True), ("hama", False)]),
        ("Kafr Tal (Tell Kafr)", [("kafr tal", False), ("tell kafr", False)]),
        ("مدرسة في بلدة كفر تل", [("كفر تل", False)]),
    ],
)
def test_a_phrase_is_taken_apart_into_the_names_in_it(phrase: str, expected: list[tuple[str, bool]]) -> None:
    found: tuple[Part, ...] = parts(phrase, place_words())
    assert [(" ".join(part.names[-1]), part.beside) for part in found] == expected
    assert [part.first for part in found] == [at == 0 for at in range(len(found))]
