"""Where things stand in a chart: round numbers, sensible days, labels that make room."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publish.chart_scales import People, Time, apart
from cenotaph.publish.chart_text import cut, isolated, pieces, plain, safe, width_of, wrapped

TEXT = st.text(st.sampled_from("ab قتل3 .…()‏\u2067\n中"), max_size=60)


@given(st.integers(0, 10**25))
def test_people_are_counted_from_zero_in_few_round_steps(most: int) -> None:
    scale = People.holding(most, top=0, bottom=100)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] >= most
    assert 2 <= len(scale.ticks) <= 6
    assert str(scale.step).rstrip("0") in ("1", "2", "5")
    assert scale(0) == 100
    assert 0 <= scale(most) <= 100


@given(st.lists(st.dates(), min_size=1, max_size=5), st.integers(2, 12))
def test_days_keep_their_order_inside_the_frame_and_have_few_ticks(days: list[dt.date], most: int) -> None:
    scale = Time.holding(days, left=10, right=500)
    places = [scale(day) for day in sorted(days)]
    assert places == sorted(places)
    assert min(places) > 10
    assert max(places) < 500
    ticks = scale.ticks(most)
    assert len(ticks) <= most
    assert all(10 <= scale(tick) <= 500 for tick in ticks)


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ((2025, 3, 8), (2025, 3, 10), ["2025-03-07", "2025-03-08", "2025-03-09", "2025-03-10", "2025-03-11"]),
        ((2025, 3, 7), (2025, 3, 21), ["2025-03-07", "2025-03-14", "2025-03-21"]),
        ((2025, 3, 7), (2025, 8, 14), [f"2025-{month:02}-01" for month in range(4, 9)]),
        ((2011, 3, 15), (2024, 12, 8), ["2015-01-01", "2020-01-01", "2025-01-01"]),
    ],
)
def test_ticks_stand_on_days_that_people_know(
    first: tuple[int, int, int], last: tuple[int, int, int], ticks: list[str]
) -> None:
    scale = Time.holding([dt.date(*first), dt.date(*last)], left=0, right=100)
    assert [str(tick) for tick in scale.ticks(7)] == ticks


def test_a_time_axis_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="a time axis needs a day; found none"):
        Time.holding([], left=0, right=1)


@given(st.lists(st.tuples(st.floats(-50, 900), st.floats(5, 60)), max_size=8))
def test_boxes_never_overlap_and_stay_in_the_frame(wanted: list[tuple[float, float]]) -> None:
    wanted = sorted(wanted)
    tops = apart(wanted, 0, 600)
    end = -1e-6
    for top, (_, height) in zip(tops, wanted, strict=True):
        assert top >= end - 1e-6
        end = top + height
    assert end <= 600 + 1e-6


def test_boxes_with_room_stay_where_they_want() -> None:
    assert apart([(10, 20), (50, 20), (90, 20)], 0, 200) == [10, 50, 90]


# --- words --------------------------------------------------------------------------------------------------------


@given(TEXT, st.integers(20, 300), st.integers(1, 4))
def test_wrapped_words_fit_and_what_is_cut_says_so(text: str, room: int, lines: int) -> None:
    whole = isolated(text)
    found = wrapped(whole, room, 10, lines)
    assert len(found) <= lines
    assert all(width_of(line, 10) <= room for line in found)
    shown = plain(" ".join(found))
    assert shown == plain(whole) or "…" in shown


@given(TEXT)
def test_what_is_marked_off_is_marked_off_on_each_line(text: str) -> None:
    for line in wrapped(f"killed · {isolated(text)} · coast", 60, 10, 4):
        assert line.count("\u2068") == line.count("\u2069") <= 2
        assert "".join(piece for piece, _ in pieces(line)) == plain(line).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12\r\nkilled\t today ", "12 killed today"),
        ("\x1b[31m", "�[31m"),
        ("\u202e547\u202c", "547"),
        ("\ud800", "�"),
        ("x\U000e0001\u200b\ufeff", "x"),
        ("می‌روند", "می‌روند"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 3),
        ("قُتِّلَ", "قُتِّلَ"),
    ],
)
def test_what_strangers_write_is_shown_and_can_do_nothing(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_cut_is_never_longer_than_its_room() -> None:
    assert cut("W" * 100, 5, 10) == "…"
    assert cut("745", 100, 10) == "745"
