"""Lists of other news beside a report are not what it tells: nothing is claimed from them, and that is said."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from cenotaph.read import read
from cenotaph.vocabulary import Claim, Problem, Report
from cenotaph.world import load

BODY = (
    "Three people were killed in Jableh on Saturday when a shell fell on the road to the harbour, neighbours said. "
    "Two more were wounded. The road was closed for hours, and nobody could say when it would open again."
)
NEWS = (
    "Ten killed in a fire in a mill in Hama",
    "Council of Tartus talks about the price of bread",
    "Four wounded in a crash on the road to Homs",
    "Farmers of Masyaf wait for rain this spring",
    "Twelve killed by a wall that fell in Idlib",
    "School of Safita opens its new library today",
    "Boat with nine people missing off Latakia found",
)


def told(text: str, language: str = "en") -> tuple[list[Claim], list[Problem]]:
    claims, _, problems = read(Report.of_text(text, language=language), load(countries=("SY",)))
    return claims, [one for one in problems if one.kind == "other news"]


def figures(claims: list[Claim]) -> list[int]:
    return sorted(claim.quantity.base or 0 for claim in claims)


@pytest.mark.parametrize("head", ["Related news", "Read also:", "Most read", "You may also like"])
def test_headlines_under_a_line_that_opens_a_list_of_others_are_not_read(head: str) -> None:
    text = "\n\n".join([BODY, head, *NEWS[:3]])
    claims, (problem,) = told(text)
    assert figures(claims) == [2, 3]
    assert problem.quote == text[problem.start : problem.end]
    assert problem.quote.startswith(NEWS[0]) and problem.quote.endswith(NEWS[2])


def test_a_headline_on_the_line_that_opens_it_is_not_read_and_what_follows_is() -> None:
    claims, (problem,) = told(f"RELATED: {NEWS[0]}\n\n{BODY}")
    assert figures(claims) == [2, 3]
    assert problem.quote == f"RELATED: {NEWS[0]}"


def test_arabic_lists_are_known_by_their_words() -> None:
    text = "قتل ثلاثة أشخاص في جبلة يوم السبت.\n\nاقرأ أيضا\n\nمقتل 10 أشخاص بحريق في حماة\n\nإصابة 4 أشخاص في حمص"
    claims, (problem,) = told(text, "ar")
    assert figures(claims) == [3]
    assert problem.quote.startswith("مقتل 10")


@pytest.mark.parametrize("place", ["above", "below"])
def test_many_headlines_at_an_end_of_a_text_are_a_menu_without_any_word_for_it(place: str) -> None:
    own = "Shell kills three in Jableh on Saturday afternoon"
    lines = [*NEWS, own, "By our own correspondent", BODY] if place == "above" else [own, BODY, *NEWS]
    claims, (problem,) = told("\n\n".join(lines))
    assert figures([one for one in claims if one.relation is None]) == [2, 3]
    assert own not in problem.quote


def test_a_menu_that_tells_of_no_harm_is_no_problem() -> None:
    _, problems = told(f"{BODY}\n\nRelated news\n\n{NEWS[1]}\n\n{NEWS[3]}")
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(NEWS),  # a digest has no body: its lines are the report
        f"{BODY}\n\n" + "\n\n".join(NEWS[:4]),  # a few headlines may be its own
        f"{BODY}\n\n" + "\n\n".join(f"- {line}" for line in NEWS),  # a list of its own
        f"{BODY}\n\n" + "\n\n".join(f"{line} #Syria" for line in NEWS),  # posts
        f"{BODY}\n\nRelated killings were reported in Homs: ten people died.",
        f"{BODY}\n\nRead more than one list: ten people were killed in Homs.",
    ],
    ids=["digest", "few", "marked", "tags", "a word of the text", "another word of the text"],
)
def test_what_may_be_the_reports_own_is_read(text: str) -> None:
    claims, problems = told(text)
    assert problems == []
    assert len(claims) > 2


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
def test_each_language_has_words_for_such_lists(language: str) -> None:
    words = tomllib.loads(files("cenotaph").joinpath(f"read/languages/{language}.toml").read_text("utf-8"))
    assert len(words["menus"]["heads"]) >= 5
