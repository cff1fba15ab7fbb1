"""The text of a report in pieces: nothing is lost, nothing that is hidden is shown, nothing in it steers a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.desk.report_text import gaps, paragraphs, safe_signs, words_at
from cenotaph.publish.masking import PROTECTED, Mask
from cenotaph.vocabulary import Span

SIGNS = st.text("ab د1\n.\u202e𝟘", max_size=60)


@given(SIGNS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_pieces_joined_are_the_text_and_each_knows_where_it_stands(text: str, given: list[tuple[int, int]]) -> None:
    marks = [(f"c{n}", Span(min(one), max(one))) for n, one in enumerate(given)]
    for line in paragraphs(text, marks):
        assert line.text == safe_signs(text[line.start : line.end])
        assert [one.start for one in line.pieces[1:]] == [one.end for one in line.pieces[:-1]]
        assert all(len(one.text) == one.end - one.start for one in line.pieces)


@given(SIGNS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_every_mark_covers_its_words_and_closes_once_a_line_at_most(text: str, given: list[tuple[int, int]]) -> None:
    marks = {f"c{n}": Span(min(one), max(one)) for n, one in enumerate(given) if max(one) <= len(text)}
    lines = paragraphs(text, list(marks.items()))
    for name, span in marks.items():
        covered = [one for line in lines for one in line.pieces if name in one.marks]
        assert all(span.start <= one.start and one.end <= span.end for one in covered)
        assert sum(name in one.closes for one in covered) <= 1


def test_two_marks_that_cross_share_the_words_in_between() -> None:
    (line,) = paragraphs("abcdef", [("c1", Span(0, 4)), ("c2", Span(2, 6))])
    assert [(one.text, one.marks, one.closes) for one in line.pieces] == [
        ("ab", ("c1",), ()), ("cd", ("c1", "c2"), ("c1",)), ("ef", ("c2",), ("c2",)),
    ]  # fmt: skip


def test_a_mark_that_ends_within_a_hidden_name_covers_all_of_it_and_shows_none_of_it() -> None:
    text = "Salim Example saw nine bodies."
    (line,) = paragraphs(text, [("c1", Span(6, 22))], gaps(text, Mask.of(["Salim Example"])))
    assert [(one.text, one.start, one.end) for one in line.pieces if "c1" in one.marks] == [
        (PROTECTED, 0, 13), (" saw nine", 13, 22),
    ]  # fmt: skip
    assert "Example" not in line.text and "Salim" not in line.text


def test_marks_behind_a_hidden_name_stay_on_their_words() -> None:
    text = "Salim Example, Rima Example and 9 others were hurt."
    (line,) = paragraphs(text, [("c1", Span(32, 33))], gaps(text, Mask.of(["Salim Example", "Rima Example"])))
    assert [one.text for one in line.pieces if one.marks] == ["9"]


def test_a_name_that_goes_over_a_line_end_is_shown_on_neither_line() -> None:
    text = "It was Salim\nExample who saw it."
    lines = paragraphs(text, [], gaps(text, Mask.of(["Salim Example"])))
    assert [one.text for one in lines] == ["It was [protected]", " who saw it."]


def test_a_description_is_hidden_though_a_mark_begins_inside_it() -> None:
    text = "the baker of Old Street counted 9"
    hidden = gaps(text, Mask.of((), ["the baker of Old Street"]))
    (line,) = paragraphs(text, [("c1", Span(10, 12))], hidden)
    assert line.text == "[protected] counted 9"
    assert words_at(text, Span(4, 31), hidden) == "[protected] counted"
    assert words_at(text, Span(24, 33), hidden) == "counted 9"


@given(st.lists(st.sampled_from(["Salim", "Example", "[protected]", "9", "and", "other", "Salim Example"]), max_size=9))
def test_what_is_shown_is_always_what_the_mask_leaves(words: list[str]) -> None:
    text, mask = " ".join(words), Mask.of(["Salim Example"])
    hidden = gaps(text, mask)
    assert "".join(line.text for line in paragraphs(text, [], hidden)).strip() == mask(text).strip()
    assert words_at(text, Span(0, len(text)), hidden) == mask(text)
    assert all(span.end > span.start for span in hidden)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x00", "\x9b"])
def test_no_sign_that_steers_or_turns_is_shown_and_every_place_is_kept(sign: str) -> None:
    shown = safe_signs(f"12{sign} killed")
    assert sign not in shown and len(shown) == 10
