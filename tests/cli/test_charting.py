"""Growth of records on a terminal: one axis for all rows, legible at any width and without colour, safe words."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from cenotaph.cli.charting import BEHIND, LEVELS, OWN, RELAYED, SEVERAL, steps_text
from cenotaph.vocabulary import Check, Group, Harm, Interval, Scope, Toll, Vintage

WIDTHS = (80, 100, 160)
CIVILIANS = Scope(Harm(("killed",)), Group("civilians", status="civilian"))


def march(day: int) -> dt.date:
    return dt.date(2025, 3, day)


def figure(day: dt.date | None, low: int, *, dated: Any = "as of", words: str = "") -> Vintage:
    return Vintage(day, dated, Interval(low, low, low, "plain"), words or f"{low:,}", (f"claim:{low}",))


def toll(*series: Vintage, root: str = "Example Monitor", **known: Any) -> Toll:
    claims = tuple(claim for one in series for claim in one.claims)
    return Toll(f"toll:{root}", root, CIVILIANS, series[-1].interval, series=series, claims=claims, **known)


GROWN = toll(
    figure(march(8), 370), figure(march(10), 745), figure(march(14), 1100, dated="relayed"), figure(march(20), 1500)
)
SECOND = toll(figure(march(8), 420, dated="relayed"), root="Second Monitor")


def drawn(*tolls: Toll, width: int = 80, terminal: bool = False, **known: Any) -> list[str]:
    out = Console(
        width=width, file=io.StringIO(), force_terminal=terminal, no_color=True, record=True, highlight=False,
        markup=False, _environ={"TERM": "xterm"},
    )  # fmt: skip
    out.print(steps_text(tolls, width, **known))
    return out.export_text().splitlines()


def row(lines: list[str], root: str = "Example Monitor") -> str:
    """The row under the name of a root."""
    at = next(at for at, line in enumerate(lines) if line.startswith(root))
    return next(line for line in lines[at:] if set(line) & set(OWN + RELAYED + SEVERAL + BEHIND))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, drawn(GROWN, SECOND, width=width))) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_stand_over_one_time_axis(width: int) -> None:
    lines = drawn(GROWN, SECOND, width=width)
    first = row(lines).index(OWN)
    assert row(lines, "Second Monitor").index(RELAYED) == first
    assert lines[0].index("8 Mar 2025") == lines[1].index("┬") == first


@pytest.mark.parametrize("width", WIDTHS)
def test_steps_rise_with_the_record(width: int) -> None:
    levels = [sign for sign in row(drawn(replace(GROWN, read=1), width=width)) if sign in LEVELS]
    assert list(dict.fromkeys(levels)) == list(LEVELS)
    assert levels == sorted(levels, key=LEVELS.index)


def test_own_days_and_days_of_relays_have_marks_of_their_own() -> None:
    shown = row(drawn(GROWN))
    assert [sign for sign in shown if sign in OWN + RELAYED] == [OWN, OWN, RELAYED, OWN]


def test_the_first_and_newest_figure_stand_with_their_days() -> None:
    assert "   370, as of 8 March 2025 → 2 more → 1,500, as of 20 March 2025" in drawn(GROWN)


@pytest.mark.parametrize(("read", "gaps"), [(0.0, True), (0.5, True), (1.0, False)])
def test_a_machine_reading_has_gaps_and_is_named(read: float, gaps: bool) -> None:
    lines = drawn(replace(GROWN, read=read))
    assert (" " in row(lines).strip()) == gaps
    assert any("read by a machine only" in line for line in lines) == (read == 0)
    assert ("rows with gaps" in " ".join(lines)) == gaps


def test_several_figures_in_one_column_are_not_one() -> None:
    lines = drawn(toll(figure(march(8), 1), figure(march(8), 2), figure(march(9), 3)))
    assert [sign for sign in row(lines) if sign in OWN + RELAYED + SEVERAL] == [SEVERAL, OWN]
    assert "◆ several figures" in " ".join(lines)
    assert "◆" not in " ".join(drawn(GROWN))


def test_days_not_known_stand_under_a_question_mark() -> None:
    lines = drawn(toll(figure(None, 400, dated="unknown"), figure(march(9), 500)))
    assert lines[0].index("?") == row(lines).index(RELAYED) == 3
    assert "   400, day not known → 500, as of 9 March 2025" in lines


def test_without_any_day_there_is_no_axis_and_no_step() -> None:
    lines = drawn(toll(figure(None, 400, dated="unknown"), figure(None, 500, dated="unknown")))
    assert row(lines).strip() == SEVERAL
    assert not any("─" in line for line in lines)


def test_a_stale_relay_stands_off_the_line_and_is_told() -> None:
    late = replace(figure(march(8), 745), claims=("claim:745", "claim:late"))
    stale = Check("a rule", "stale relay", "", ("claim:late", "claim:973"))
    one = toll(late, figure(march(10), 973), checks=(stale,))
    assert BEHIND in row(drawn(one, relayed={"claim:late": march(14)}))
    assert "1 off the line" in " ".join(drawn(one, relayed={"claim:late": march(14)}))
    assert BEHIND not in row(drawn(one))
    assert "1 repeated by a relay later, on a day not known here" in " ".join(" ".join(drawn(one)).split())


def test_a_revision_is_told_in_words() -> None:
    checks = (Check("a rule", "revision", "", ("claim:1562", "claim:1334")),)
    lines = drawn(toll(figure(march(8), 1562), figure(march(20), 1334), checks=checks))
    assert "revision to 1,334" in " ".join(" ".join(lines).split())


def test_no_toll_is_said_and_not_drawn() -> None:
    assert drawn() == ["There is no toll to draw."]


@pytest.mark.parametrize("many", [0, 1, 10**30])
@pytest.mark.parametrize("width", [1, 20, 27, 80])
def test_any_figure_fits_any_width(many: int, width: int) -> None:
    assert OWN in row(drawn(toll(figure(march(8), many)), width=max(width, 27)))
    steps_text([toll(figure(march(8), many))], width)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_any_day_of_the_calendar_fits(day: dt.date) -> None:
    assert OWN in row(drawn(toll(figure(day, 1))))


@pytest.mark.parametrize("words", ["\x1b[2J", "\x9b31m", "\u202eevil", "\u2067open", "\x00", "a\nb", "[bold]x[/bold]"])
def test_words_cannot_steer_the_terminal(words: str) -> None:
    shown = "\n".join(drawn(toll(figure(march(8), 7, words=words), root=words), terminal=True))
    assert not set(shown) & set("\x1b\x07\x08\x00\x9b\u202e\r\u2067")
    if "[bold]" in words:
        assert words in shown


def test_arabic_is_isolated_on_a_terminal_and_exact_in_a_pipe() -> None:
    arabic = toll(figure(march(8), 12, words="اثنا عشر"), root="مرصد مثال")
    assert any("\u2068مرصد مثال\u2069" in line for line in drawn(arabic, terminal=True))
    piped = drawn(arabic)
    assert any(line.startswith("مرصد مثال: killed") for line in piped)
    assert not set("".join(piped)) & set("\u2066\u2067\u2068\u2069\u00a0")


def test_the_note_stands_under_the_rows() -> None:
    assert "not deaths of those days. Roots are never added." in " ".join(" ".join(drawn(GROWN)).split())
