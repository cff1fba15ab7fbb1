"""The toll as a ladder: which rungs, in which order, and what of them was known on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cenotaph.desk.ladder import known_on, ladder, ranked
from cenotaph.publish.chart_rungs import HEIGHT, axis, steps
from cenotaph.vocabulary import Group, Harm, Interval, Scope, Toll, Vintage

FIRST, LATER = dt.date(2025, 3, 8), dt.date(2025, 3, 12)


def a_toll(root: str, *figures: tuple[dt.date | None, int, tuple[str, ...]], harm: str = "killed") -> Toll:
    series = tuple(Vintage(day, "said", Interval(n, n, n, "plain"), str(n), claims) for day, n, claims in figures)
    claims = tuple(claim for one in series for claim in one.claims)
    newest = series[-1].interval
    return Toll(f"toll:{root}", root, Scope(Harm((harm,)), Group("people")), newest, series, claims=claims)


GROWN = a_toll("Example Monitor", (FIRST, 12, ("claim:1", "claim:2")), (LATER, 40, ("claim:3",)))


def fact(published: str, said: str = "", reads: int = 0, outlet: str = "Example Wire") -> dict[str, Any]:
    return {"published": published, "said": said, "reads": reads, "outlet": outlet}


FACTS = {"claim:1": fact("2025-03-08", reads=1), "claim:2": fact("2025-03-11", outlet="Example Post"),
         "claim:3": fact("2025-03-12", "2025-03-12")}  # fmt: skip


def test_named_roots_stand_before_unnamed_ones_each_with_its_largest_figure_first() -> None:
    tolls = [a_toll("a resident (Example Wire)", (FIRST, 900, ("claim:9",))), GROWN, a_toll("B", (FIRST, 70, ("c",)))]
    order = ranked(tolls, {"a resident (Example Wire)"})["killed"]
    assert [one.root for one in order] == ["B", "Example Monitor", "a resident (Example Wire)"]


def test_the_figures_of_two_roots_are_never_added() -> None:
    found = ladder("killed", [GROWN, a_toll("B", (FIRST, 70, ("c",)))], set())
    assert [one.count.low for one in found.rungs] == [40, 70]
    assert found.most == 70 and found.roots == 2


def test_the_root_of_several_sets_is_marked_once() -> None:
    other = a_toll("Example Monitor", (FIRST, 3, ("claim:5",)))
    assert [one.first for one in ladder("killed", [GROWN, other], set()).rungs] == [True, False]


def test_a_figure_is_not_known_before_its_report_is_out() -> None:
    assert known_on(GROWN, FACTS, dt.date(2025, 3, 7)) is None


def test_on_a_day_between_the_older_figure_stands_with_those_who_carried_it_by_then() -> None:
    early = known_on(GROWN, FACTS, FIRST)
    assert early is not None
    assert (early.figure.low, early.carriers, early.read) == (12, ("Example Wire",), 1.0)
    later = known_on(GROWN, FACTS, dt.date(2025, 3, 11))
    assert later is not None and later.carriers == ("Example Post", "Example Wire") and later.read == 0.5


def test_when_all_is_known_the_toll_is_as_it_is() -> None:
    assert known_on(GROWN, FACTS, LATER) is GROWN


def test_what_was_said_later_than_its_report_is_dated_was_not_known() -> None:
    facts = {**FACTS, "claim:3": fact("2025-03-08", "2025-03-12")}
    found = known_on(GROWN, facts, FIRST)
    assert found is not None and found.figure.low == 12


def test_a_report_without_a_day_is_known_on_no_day() -> None:
    undated = {key: fact("") for key in FACTS}
    assert known_on(GROWN, undated, dt.date(2030, 1, 1)) is None


def test_a_line_of_steps_goes_along_and_up_and_never_slopes() -> None:
    along = axis([FIRST, LATER], 40)
    assert along is not None
    drawn = steps([(FIRST, 12), (LATER, 40), (None, 7)], along)
    assert "L" not in drawn.path and drawn.undated == 1 and len(drawn.points) == 2
    assert drawn.points[1][1] < drawn.points[0][1] < HEIGHT


def test_without_a_day_there_is_no_axis() -> None:
    assert axis([None], 5) is None
