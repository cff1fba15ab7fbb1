"""The picture of growing records: what it must show, what it must never suggest, and what strangers can't do to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publish.chart import MOST, steps_svg
from cenotaph.publish.masking import PROTECTED, Mask
from cenotaph.vocabulary import Check, Group, Harm, Interval, Period, Place, Scope, Toll, Vintage

SVG = "{http://www.w3.org/2000/svg}"
NOTE = "Each line is what one root had counted so far. Steps are growth of its record, not deaths of those days."
CIVILIANS = Scope(Harm(("killed",)), Group("civilians", status="civilian"))


def march(day: int) -> dt.date:
    return dt.date(2025, 3, day)


def figure(
    day: dt.date | None, low: int, words: str = "", *, dated: Any = "as of", high: int | None = -1, claim: str = ""
) -> Vintage:
    top = low if high == -1 else high
    best = low if top in (low, None) else (low + (top or 0)) // 2
    return Vintage(day, dated, Interval(low, best, top, "plain"), words or f"{low:,}", (claim or f"claim:{low}",))


def toll(*series: Vintage, root: str = "Example Monitor", scope: Scope = CIVILIANS, **known: Any) -> Toll:
    claims = tuple(claim for one in series for claim in one.claims)
    last = series[-1].interval if series else Interval(5, 5, 5, "plain")
    return Toll(f"toll:{root}", root, scope, last, series=series, claims=claims, **known)


GROWN = toll(
    figure(march(8), 745), figure(march(10), 973, dated="relayed"), figure(march(12), 1383), figure(march(14), 1500)
)


def picture(*tolls: Toll, title: str = "Killed", **known: Any) -> Element:
    return fromstring(steps_svg(tolls, title=title, **known))


def of(drawn: Element, kind: str, tag: str = "*") -> list[Element]:
    return [one for one in drawn.iter() if one.get("class") == kind and tag in ("*", one.tag.removeprefix(SVG))]


def texts(drawn: Element) -> list[str]:
    return ["".join(one.itertext()) for one in drawn.iter(f"{SVG}text")]


def table(drawn: Element) -> list[str]:
    return str(drawn.findtext(f"{SVG}desc")).splitlines()


def at(circle: Element) -> tuple[float, float]:
    return float(circle.get("cx", "nan")), float(circle.get("cy", "nan"))


def corners(steps: Element) -> list[tuple[str, float]]:
    return [(letter, float(length)) for letter, length in re.findall(r"([A-Z])([\d.]+)", steps.get("d", ""))]


# --- steps --------------------------------------------------------------------------------------------------------


def test_a_record_of_four_figures_rises_in_three_steps() -> None:
    (steps,) = of(picture(GROWN), "steps")
    assert [letter for letter, _ in corners(steps)] == ["M", "H", "V", "H", "V", "H", "V", "H"]
    heights = [y for letter, y in corners(steps) if letter == "V"]
    assert heights == sorted(heights, reverse=True)


def test_there_is_never_a_slope_and_never_a_bar_for_a_day() -> None:
    drawn = picture(GROWN, toll(figure(march(9), 420), root="Second Monitor"))
    for steps in of(drawn, "steps"):
        assert not set(re.sub(r"[\d. ]", "", steps.get("d", ""))) - set("MHV")
    assert len(list(drawn.iter(f"{SVG}rect"))) == 1  # the paper


def test_the_note_stands_in_the_picture_and_in_the_description() -> None:
    drawn = picture(GROWN)
    assert NOTE in " ".join(texts(drawn))
    assert table(drawn)[0].startswith(NOTE)


def test_heights_begin_at_zero() -> None:
    drawn = picture(toll(figure(march(8), 1400), figure(march(9), 1500)))
    ((first_x, first), (_, last)) = (at(one) for one in of(drawn, "own"))
    (zero,) = [float(one.get("y1", 0)) for one in drawn.iter(f"{SVG}line") if one.get("stroke") == "#1a1a1a"
               and one.get("x1") != one.get("x2")]  # fmt: skip
    assert (zero - last) / (zero - first) == pytest.approx(1500 / 1400, rel=0.01)
    assert first_x > 0


def test_roots_stand_side_by_side_and_no_sum_of_them_appears() -> None:
    drawn = picture(GROWN, toll(figure(march(14), 803), root="Second Monitor"))
    assert len(of(drawn, "steps")) == len(of(drawn, "label")) == 2
    assert not any("2,303" in text or "2303" in text for text in texts(drawn))


def test_lines_differ_in_more_than_colour() -> None:
    drawn = picture(*(toll(figure(march(8), 100 * n), root=f"Monitor {n}") for n in range(1, 9)))
    shapes = {one.tag + str(len(one.get("points", "").split())) + _turn(one) for one in of(drawn, "swatch")}
    assert len(of(drawn, "swatch")) == len(shapes) == 8
    assert len({one.get("stroke") for one in of(drawn, "swatch")}) == 8


def _turn(one: Element) -> str:
    """How its first corner lies to its middle, since a square and a diamond have four each."""
    points = [tuple(map(float, point.split(","))) for point in one.get("points", "").split()]
    if not points:
        return ""
    middle = [sum(point[axis] for point in points) / len(points) for axis in (0, 1)]
    return str([round(points[0][axis] - middle[axis]) for axis in (0, 1)])


# --- days ---------------------------------------------------------------------------------------------------------


def test_the_day_of_a_root_is_filled_and_that_of_a_relay_hollow() -> None:
    drawn = picture(GROWN)
    assert [one.get("fill") for one in of(drawn, "relayed")] == ["#ffffff"]
    assert len(of(drawn, "own")) == 3
    assert "#ffffff" not in {one.get("fill") for one in of(drawn, "own")}


def test_a_figure_relayed_after_a_newer_one_stands_off_the_line() -> None:
    late = toll(figure(march(12), 25, dated="relayed"), figure(march(11), 658), figure(march(12), 683))
    drawn = picture(late)
    (behind,) = of(drawn, "behind")
    assert float(behind.get("r", 99)) < float(of(drawn, "own")[0].get("r", 0))
    (steps,) = of(drawn, "steps")
    assert f"{at(behind)[1]:g}" not in re.findall(r"[\d.]+", steps.get("d", ""))
    assert "off the line: relayed when the root had a newer figure" in " ".join(texts(drawn))


STALE = replace(
    toll(replace(figure(march(8), 745), claims=("claim:745", "claim:late")), figure(march(10), 973)),
    checks=(Check("a relay is no newer than its root", "stale relay", "745", ("claim:late", "claim:973")),),
)


def test_a_stale_relay_is_drawn_on_its_own_day() -> None:
    drawn = picture(STALE, relayed={"claim:late": march(13)})
    (behind,), own = of(drawn, "behind"), of(drawn, "own")
    assert at(behind)[1] == at(own[0])[1]
    assert at(behind)[0] > at(own[1])[0]


def test_a_stale_relay_whose_day_is_not_known_is_told_in_words() -> None:
    assert any(text.startswith("Not drawn") and "1 relay " in text for text in texts(picture(STALE)))


def test_a_figure_without_a_day_has_a_column_of_its_own() -> None:
    drawn = picture(toll(figure(None, 400, dated="unknown"), figure(march(9), 1000)))
    (undated,), (own,) = of(drawn, "undated"), of(drawn, "own")
    assert at(undated)[0] < at(own)[0]
    assert [text for text in texts(drawn) if text in ("day not", "known")] == ["day not", "known"]


def test_without_any_day_there_is_no_line_and_no_time_axis() -> None:
    drawn = picture(toll(figure(None, 745, dated="unknown"), figure(None, 800, dated="unknown")))
    assert of(drawn, "steps") == of(drawn, "leader") == []
    assert len(of(drawn, "undated")) == 2
    assert "no day is known for any of these figures" in texts(drawn)
    assert not any("2025" in text for text in texts(drawn))


def test_one_figure_holds_to_the_edge_of_the_picture() -> None:
    (steps,) = of(picture(toll(figure(march(8), 745))), "steps")
    assert [letter for letter, _ in corners(steps)] == ["M", "H"]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max, dt.date(2024, 2, 29)])
def test_any_day_of_the_calendar_can_be_drawn(day: dt.date) -> None:
    assert len(of(picture(toll(figure(day, 1))), "own")) == 1


def test_the_newest_figure_is_never_one_that_was_behind() -> None:
    drawn = picture(STALE, relayed={"claim:late": march(13)})
    assert "973, as of 10\u00a0Mar\u00a02025" in texts(drawn)


# --- what words allow ---------------------------------------------------------------------------------------------


def test_an_open_figure_has_an_arrow_and_no_range() -> None:
    drawn = picture(toll(figure(march(8), 1500, "at least 1,500", high=None)))
    (line,) = of(drawn, "line")
    assert len(of(line, "open")) == 1
    assert of(drawn, "range") == []
    assert "that many or more" in texts(drawn)


def test_about_is_a_bar_at_its_day_and_never_a_band() -> None:
    drawn = picture(toll(figure(march(8), 900, "around 1,000", high=1100), figure(march(12), 1200)))
    (line,) = of(drawn, "line")
    (bar,) = of(line, "range")
    assert bar.get("x1") == bar.get("x2")
    assert float(bar.get("stroke-width", 99)) <= 6
    assert "no confidence interval" in " ".join(texts(drawn))
    assert not list(drawn.iter(f"{SVG}linearGradient"))


def test_an_exact_figure_has_neither() -> None:
    drawn = picture(GROWN)
    assert of(drawn, "open") == of(drawn, "range") == []
    assert "that many or more" not in texts(drawn)


@pytest.mark.parametrize(
    ("words", "low", "high", "label"),
    [
        ("dozens", 24, 99, "dozens (24–99)"),
        ("several", 2, None, "several (2 or more)"),
        ("none", 0, 0, "none (0)"),
        ("at least 745", 745, None, "at least 745"),
        ("١٣٣٤", 1334, 1334, "١٣٣٤ (1,334)"),
        ("\x00", 7, 7, "� (7)"),
    ],
)
def test_the_newest_figure_is_labelled_with_its_words(words: str, low: int, high: int | None, label: str) -> None:
    drawn = picture(toll(figure(march(8), low, words, high=high)))
    assert f"{label}, as of 8 Mar 2025" in " ".join(texts(drawn)).replace("\u00a0", " ")


@pytest.mark.parametrize("many", [0, 1, 10**9, 10**40, 10**400])
def test_no_figure_is_too_small_or_too_large(many: int) -> None:
    drawn = picture(toll(figure(march(8), many, "said")), toll(figure(march(9), 3), root="Second Monitor"))
    assert len(of(drawn, "own")) == 2
    for x, y in map(at, of(drawn, "own", "circle")):
        assert 0 < x < 960
        assert y > 0


# --- revisions and drops ------------------------------------------------------------------------------------------


def revised(verdict: str) -> Toll:
    return replace(
        toll(figure(march(8), 1562), figure(march(20), 1334)),
        checks=(Check("a rule", verdict, "", ("claim:1562", "claim:1334")),),
    )


@pytest.mark.parametrize(("verdict", "word"), [("revision", "revision"), ("unexplained drop", "drop not explained")])
def test_a_figure_that_was_taken_back_is_marked_with_the_word(verdict: str, word: str) -> None:
    drawn = picture(revised(verdict))
    assert ["".join(one.itertext()) for one in of(drawn, "verdict")] == [word]
    assert any(f"1,334, as of 20 Mar 2025 ({word})" in line for line in table(drawn))


@pytest.mark.parametrize("verdict", ["holds", "growth", "mixed vintages", "sum"])
def test_other_arithmetic_is_no_mark_on_a_line(verdict: str) -> None:
    assert of(picture(revised(verdict)), "verdict") == []


def test_a_check_without_claims_or_about_others_marks_nothing() -> None:
    checks = (Check("a rule", "revision", "", ()), Check("a rule", "revision", "", ("claim:1562", "claim:elsewhere")))
    assert of(picture(replace(revised("holds"), checks=checks)), "verdict") == []


def test_words_of_verdicts_do_not_lie_on_each_other() -> None:
    tolls = [replace(revised("revision"), root=f"Monitor {n}", id=f"toll:{n}") for n in range(4)]
    places = [(one.get("x"), one.get("y")) for one in of(picture(*tolls), "verdict")]
    assert len(set(places)) == 4


# --- who read it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "solid", "words"),
    [
        (0.0, False, "read by a machine only"),
        (0.999, False, "people read some of its claims"),
        (1.0, True, "people read all its claims"),
    ],
)
def test_a_machine_reading_looks_like_one(read: float, solid: bool, words: str) -> None:
    drawn = picture(replace(GROWN, read=read))
    (steps,) = of(drawn, "steps")
    assert (steps.get("stroke-dasharray") == "none") == solid
    assert words in texts(drawn)


def test_a_part_is_never_rounded_to_all_or_to_nothing() -> None:
    assert "people read 99% of its claims" in texts(picture(replace(GROWN, read=0.9999)))
    assert "people read 1% of its claims" in texts(picture(replace(GROWN, read=0.0001)))


# --- nothing left out silently ------------------------------------------------------------------------------------


def test_of_many_lines_the_largest_are_drawn_and_the_rest_is_told() -> None:
    tolls = [toll(figure(march(8), n), root=f"Monitor {n}") for n in range(1, MOST + 4)]
    drawn = picture(*tolls)
    assert len(of(drawn, "line")) == MOST
    assert any(f"The {MOST} largest of {MOST + 3} lines are drawn; 3 are left out" in text for text in texts(drawn))
    for one in tolls:
        assert any(f"{one.root}; killed" in line for line in table(drawn))
    assert sum(line.startswith("(not drawn)") for line in table(drawn)) == 3


def test_as_many_as_can_be_drawn_need_no_such_sentence() -> None:
    drawn = picture(*(toll(figure(march(8), n), root=f"Monitor {n}") for n in range(MOST)))
    assert not any("left out" in text for text in texts(drawn))


def test_every_figure_stands_in_the_description() -> None:
    (line,) = [line for line in table(picture(GROWN)) if "Example Monitor" in line]
    for words in ("745, as of 8 Mar 2025", "973, relayed 10 Mar 2025", "1,383,", "1,500, as of 14 Mar 2025"):
        assert words in line


def test_no_toll_makes_a_small_picture_that_says_so() -> None:
    drawn = picture(title="Nothing yet")
    assert "There is no toll to draw." in texts(drawn)
    assert table(drawn) == ["There is no toll to draw."]
    assert int(drawn.get("height", 999)) < 200


def test_a_toll_without_a_series_shows_its_figure() -> None:
    drawn = picture(toll())
    assert "5, day not known" in texts(drawn)


def test_a_toll_that_nobody_is_named_for_says_so() -> None:
    assert "Root: nobody named." in texts(picture(replace(GROWN, root="")))


def test_sets_of_one_root_are_told_apart() -> None:
    place, period = Place("the coast", "Syrian coast"), Period("on Sunday", march(9), march(9))
    scopes = [
        replace(CIVILIANS, place=place),
        replace(CIVILIANS, group=Group()),
        CIVILIANS,
        replace(CIVILIANS, period=period),
        replace(CIVILIANS, level="estimated"),
        replace(CIVILIANS, exclusions=(Group("fighters"),)),
    ]
    drawn = picture(*(toll(figure(march(8), 9), scope=scope) for scope in scopes))
    sets = {"killed · civilians · Syrian coast", "killed · not said who", "killed · civilians",
            "killed · civilians · 9 Mar 2025", "killed · civilians · estimated",
            "killed · civilians · without fighters"}  # fmt: skip
    assert sets <= {text.replace("\u00a0", " ") for text in texts(drawn)}
    assert "Root: Example Monitor." in texts(drawn)


# --- words of strangers -------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</desc><image href='https://x.example/a.png' onload='alert(1)'/>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp; ]]> <!-- -->",
    "\x1b[2J\x00\x9b31m",
    "\u202eevil\u202c \u2067open",
    "a\nSecond Monitor; killed: 9999",
    "\ud800 \ufffe",
    "a" + "\u0301" * 200,
    "\U000e0041\u200b\ufeff",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_strangers_are_words_and_nothing_else(words: str) -> None:
    scope = replace(CIVILIANS, group=Group(words, status=words), place=Place(words), period=Period(words, None, None))
    hostile = toll(figure(march(8), 7, words), root=words, scope=scope)
    drawn = picture(hostile, replace(hostile, id="toll:2"), title=words)
    plain = picture(GROWN, GROWN)
    assert {one.tag for one in drawn.iter()} <= {one.tag for one in plain.iter()} | {f"{SVG}tspan"}
    assert {name for one in drawn.iter() for name in one.attrib} <= ALLOWED
    shown = "".join(drawn.itertext())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert len(table(drawn)) == 4
    steps_svg([hostile], title=words).encode()


ALLOWED = set(
    """id role aria-labelledby aria-describedby viewBox width height class x y x1 x2 y1 y2 cx cy r d points fill stroke
    stroke-width stroke-dasharray stroke-dashoffset stroke-opacity stroke-linejoin paint-order font-size font-family
    font-weight text-anchor direction unicode-bidi {http://www.w3.org/XML/1998/namespace}lang""".split()  # noqa: SIM905
)


@given(st.text(max_size=40), st.text(max_size=20), st.integers(0, 10**30))
def test_whatever_they_write_the_picture_can_be_read(root: str, words: str, many: int) -> None:
    drawn = picture(toll(figure(march(8), many, words), root=root), title=root)
    assert len(of(drawn, "own")) == 1


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs() -> None:
    svg = steps_svg([GROWN], title="Killed")
    assert re.findall(r"https?:[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    for word in ("script", "href", "url(", "@import", "style=", "<style", "foreignObject", "onload"):
        assert word not in svg


def test_a_long_name_is_cut_and_stands_whole_in_the_title() -> None:
    name = "Observatory " * 30
    drawn = picture(replace(GROWN, root=name), toll(figure(march(8), 1), root="Second Monitor"))
    assert any(text.endswith("…") for text in texts(drawn))
    assert any(name.strip() in "".join(one.itertext()) for one in drawn.iter(f"{SVG}title"))
    assert any(name.strip() in line for line in table(drawn))


def test_arabic_runs_from_the_right_and_is_never_turned_around() -> None:
    name = "مرصد مثال"
    drawn = picture(replace(GROWN, root=name, scope=replace(CIVILIANS, group=Group("مدنيا", status="civilian"))))
    spans = {one.text: (one.get("direction"), one.get("unicode-bidi")) for one in drawn.iter(f"{SVG}tspan")}
    assert spans[name] == spans["مدنيا"] == ("rtl", "isolate")
    assert "killed · مدنيا (civilian)" in texts(drawn)


def test_protected_names_are_hidden() -> None:
    scope = replace(CIVILIANS, group=Group("Sami Example and his sons"))
    svg = steps_svg([toll(figure(march(8), 3), scope=scope)], title="Sami Example", mask=Mask.of(["Sami Example"]))
    assert "Sami" not in svg
    assert PROTECTED in svg


@pytest.mark.parametrize(
    ("harm", "age", "hidden"), [("injured", "", True), ("killed", "child", True), ("killed", "", False)]
)
def test_the_living_and_children_are_not_named(harm: str, age: str, hidden: bool) -> None:
    scope = Scope(Harm((harm,)), Group("Sami Example", age=age, names=("Sami Example",)))
    assert ("Sami" not in steps_svg([toll(figure(march(8), 1), scope=scope)], title="One")) == hidden


# --- the frame ----------------------------------------------------------------------------------------------------


def test_it_has_a_name_and_a_description_for_those_who_cannot_see_it() -> None:
    drawn = picture(GROWN, title="Killed in March")
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{SVG}title") == "Killed in March"
    ids = {one.get("id") for one in drawn.iter() if one.get("id")}
    assert {drawn.get("aria-labelledby"), drawn.get("aria-describedby")} == ids


def test_two_pictures_on_one_page_do_not_share_ids() -> None:
    assert picture(GROWN).get("aria-labelledby") != picture(STALE).get("aria-labelledby")


def test_labels_do_not_overlap() -> None:
    drawn = picture(*(toll(figure(march(8), 745), root=f"Monitor {n}") for n in range(MOST)))
    ends: list[float] = []
    for label in of(drawn, "label"):
        lines = [float(one.get("y", 0)) for one in label.iter(f"{SVG}text")]
        assert not ends or min(lines) >= ends[-1] + 16
        ends.append(max(lines))
    assert ends[-1] < float(drawn.get("height", 0))


def test_an_unknown_language_is_refused_with_what_there_is() -> None:
    with pytest.raises(LookupError, match="no words for a chart in 'ku'; there are: en"):
        steps_svg([GROWN], title="Killed", lang="ku")


def test_the_day_it_was_drawn_and_what_is_counted_can_be_told() -> None:
    drawn = picture(GROWN, today=dt.date(2025, 9, 1), counted="houses")
    assert {"Drawn on 1\u00a0Sep\u00a02025.", "houses"} <= set(texts(drawn))
    assert "people" not in texts(drawn)


def test_the_same_tolls_make_the_same_picture_in_any_order() -> None:
    other = toll(figure(march(8), 3), root="Second Monitor")
    assert steps_svg([GROWN, other], title="x") == steps_svg([other, GROWN], title="x")
