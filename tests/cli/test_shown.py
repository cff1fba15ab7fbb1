"""What a person sees on a terminal: legible at any width, exact in its words, safe whoever wrote them."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cenotaph.cli import marked, phrases, tables, tracing
from cenotaph.cli.terminal import Cell, safe, written
from cenotaph.plain import intervals
from cenotaph.publish import saying
from cenotaph.vocabulary import Check, Group, Interval, Quantity, Span, Toll, Voice
from cenotaph.web import said
from cenotaph.web.texts import texts
from tests.cli import sample

KNOWN = intervals([*sample.CLAIMS, *sample.ARABIC_CLAIMS], sample.RULES)
HELD = tracing.Holdings(
    {sample.toll.id: sample.toll},
    {claim.id: claim for claim in sample.CLAIMS + sample.ARABIC_CLAIMS},
    sample.REPORTS,
    KNOWN,
)
WIDTHS = (80, 100, 160)


def drawn(what: Any, width: int, *, terminal: bool = False) -> str:
    shell = {"TERM": "xterm"}  # the width that a test asks for, whatever terminal the suite runs in
    out = Console(
        width=width,
        file=io.StringIO(),
        force_terminal=terminal,
        no_color=True,
        record=True,
        highlight=False,
        _environ=shell,
    )
    if isinstance(what, tables.Listing):
        tables.show(out, what)
    else:
        out.print(what)
    return out.export_text()


def words_of(text: str) -> str:
    """Without the lines and gaps of the drawing, so that wrapped words stand together again."""
    return " ".join("".join(" " if sign in "│─├└" else sign for sign in text).split())


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    for listing in (tables.claims(sample.CLAIMS + sample.ARABIC_CLAIMS, KNOWN), tables.tolls([sample.toll])):
        lines = drawn(listing, width).splitlines()
        assert max(len(line) for line in lines) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_a_claim_is_lost_at_any_width(width: int) -> None:
    shown = drawn(tables.claims(sample.CLAIMS, KNOWN), width)
    for word in ("745", "civilians", "Observatory", "[root]", "hedged,", "suspected)", "Baniyasin”)", "unnamed,", "24"):
        assert word in words_of(shown).split() or word in shown


@pytest.mark.parametrize("width", (80, 100))
def test_a_narrow_terminal_gets_blocks_with_the_figure_first(width: int) -> None:
    shown = drawn(tables.claims(sample.CLAIMS, KNOWN), width)
    assert "1  745 · civilians · killed (shot at close range)" in shown.splitlines()
    assert "how meant  hedged, running total" in words_of(shown).replace("meant hedged", "meant  hedged")


def test_a_wide_terminal_gets_a_table_with_headings() -> None:
    shown = drawn(tables.claims(sample.CLAIMS, KNOWN), 160)
    assert [word in shown.splitlines()[1] for word in ("figure", "who", "harm", "says who", "words")] == [True] * 5


def test_what_was_not_said_is_not_made_up() -> None:
    shown = drawn(tables.claims([sample.taken], KNOWN), 80)
    assert "dozens (24 or more) · not said who · abducted" in shown
    assert "by whom" not in shown


def test_a_protected_voice_is_marked_as_such() -> None:
    assert "A resident [root, unnamed, protected]" in drawn(tables.claims([sample.taken], KNOWN), 80)


def test_a_toll_shows_its_growth_its_carriers_and_who_read_it() -> None:
    shown = drawn(tables.tolls([sample.toll]), 80)
    assert "745 → 830 → 973" in shown
    assert "2: Example Wire, صحيفة مثال" in shown
    assert "Syrian Observatory for Human Rights · machine" in words_of(shown)


def test_a_toll_without_series_or_root_can_be_shown() -> None:
    bare = Toll("toll:1", "", sample.toll.scope, Interval(0, None, None, "plain"))
    assert "0 or more · civilians · killed · Syrian coast, Syria (“the coast”) · nobody named" in drawn(
        tables.tolls([bare]), 100
    )


def test_figures_show_what_their_words_allow_where_that_is_not_the_number() -> None:
    said = [phrases.figure(claim.quantity, KNOWN[claim.id]) for claim in (sample.whole, sample.part, sample.taken)]
    assert said == ["745", "around 60 (54–66)", "dozens (24 or more)"]
    assert phrases.figure(Quantity("1,383", "exact", 1383), Interval(1383, 1383, 1383, "plain")) == "1,383"
    assert phrases.figure(Quantity("sixteen", "exact", 16), Interval(16, 16, 16, "plain")) == "sixteen (16)"
    assert phrases.figure(Quantity(), Interval(0, None, None, "plain")) == "not said"


def test_a_quote_is_shortened_around_its_figure_and_never_altered() -> None:
    for claim in (*sample.CLAIMS, *sample.ARABIC_CLAIMS):
        short = phrases.excerpt(claim)
        inside = safe(short).strip("“”").removeprefix("… ").removesuffix(" …")
        assert inside in claim.quote
        assert sample.REPORTS[claim.report].text[claim.anchor.start : claim.anchor.end] in inside


def test_a_figure_outside_its_quote_does_not_break_the_list() -> None:
    astray = replace(sample.whole, anchor=Span(5000, 5003))
    assert phrases.excerpt(astray).startswith("“The Observatory")


# --- why a figure -------------------------------------------------------------------------------------------------


def unnamed() -> Toll:
    """A toll of nobody who is named, two of whose fields a rule filled."""
    check = Check(
        "stale relay", "stale relay", "12, relayed 2025-03-10, when the root had 1500 (as of 2025-03-09)", (),
        assumed=(("as_of", "a running total counts up to the day it was said"),),
    )  # fmt: skip
    scope = replace(
        sample.toll.scope,
        assumed=(("as_of", "a running total counts up to the day it was said"), ("said", "from its whole")),
    )
    return replace(sample.toll, root="Reports (Example Wire, 2025-03-09)", scope=scope, checks=(check,))


def test_why_names_fields_and_days_as_the_pages_do() -> None:
    told = tracing.sentence(HELD, unnamed())
    assert "that Reports (Example Wire, 9 March 2025) had" in told
    assert "day counted up to assumed (a running total counts up to the day it was said)" in told
    assert "day of saying assumed (from its whole)" in told
    assert not re.search(r"as_of|\d{4}-\d\d", told)


def test_the_checks_of_a_figure_are_in_the_words_of_its_page() -> None:
    shown = words_of(drawn(tracing.tree(HELD, unnamed()), 400))
    assert (
        "check: relay of an old figure: 12, relayed 10 March 2025, when the root had 1500 (as of 9 March 2025);"
        " if day counted up to is as assumed (a running total counts up to the day it was said)"
    ) in shown
    assert "nobody named" not in shown and "Reports (Example Wire, 9 March 2025)" in shown


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_verdict_and_what_it_is_on_do_not_begin_with_the_same_words(language: str) -> None:
    words = texts(language)
    what = said.plain(words, "our sum: 836 + 503 = 1339; said by nobody as a total")
    assert not what.startswith(words.code("toll.verdict", "sum"))


@pytest.mark.parametrize("name", ["Reports (Example Wire, 9 March 2025)", "Reports (Example Wire, 2025-03-09)"])
def test_a_root_is_found_by_what_it_is_called_and_by_what_the_data_has(name: str) -> None:
    toll = unnamed()
    held = replace(HELD, tolls={toll.id: toll})
    assert tracing.selected(held, f"{name}/killed") == [toll]
    assert tracing.selected(held, f"{name} of another day/killed") == []


def test_ids_and_quotes_keep_their_letters() -> None:
    shown = words_of(drawn(tracing.tree(HELD, unnamed()), 400))
    dated = replace(sample.whole, quote="On 2025-03-07 as_of noon 745 were killed")
    assert f"“{dated.quote}”" in words_of(drawn(tracing.tree(HELD, dated), 400))
    assert all(claim in shown for claim in unnamed().claims) and unnamed().id in shown


@pytest.mark.parametrize("name", list(texts("en").known["said_of"]))
def test_a_field_has_one_name_in_a_sentence_and_on_a_page(name: str) -> None:
    assert saying.field(name) == texts("en").code("said_of", name)


# --- words of strangers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["\x1b[2J", "\x1b]0;title\x07", "12\r13", "a\x08b", "\x9b31m", "\u202e745", "\u2067open", "\x00"]
)
def test_words_cannot_steer_the_terminal(words: str) -> None:
    claim = replace(sample.whole, group=Group(words), quote=words, start=0, end=len(words), voices=(Voice(words),))
    shown = drawn(tables.claims([claim], {claim.id: KNOWN[sample.whole.id]}), 80, terminal=True)
    plain = shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert not set(plain) & set("\x1b\x07\x08\x00\x9b\u202e\r")
    assert plain.count("\u2067") <= plain.count("\u2069")


@pytest.mark.parametrize("words", ["[bold]12[/bold] killed", ":smile:", "[link=https://x.example]12[/link]"])
def test_words_are_no_markup(words: str) -> None:
    assert words in drawn(Cell(written(words)), 80)


def test_arabic_is_isolated_on_each_line_of_a_terminal() -> None:
    shown = drawn(Cell(phrases.quoted(sample.ARABIC)), 40, terminal=True)
    lines = [line for line in shown.splitlines() if line.strip()]
    assert len(lines) > 2
    for line in lines:
        assert line.strip().startswith("\u2067")
        assert line.strip().endswith("\u2069")


def test_arabic_in_a_pipe_is_the_exact_text() -> None:
    shown = drawn(Cell(phrases.quoted(sample.ARABIC)), 400)
    assert shown.strip() == f"“{sample.ARABIC}”"


def test_an_english_name_with_arabic_in_it_runs_from_the_left() -> None:
    assert written("Example صحيفة").startswith("\u2066")


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("… (Jableh)، وأصيب 14 آخرون في قصف على بانياس", "\u2067"),
        ("قال: at least thirty people were killed in Jableh", "\u2066"),
        ("قتل 3", "\u2067"),
    ],
)
def test_words_in_two_scripts_run_as_most_of_their_letters_do(words: str, opens: str) -> None:
    assert written(words) == f"{opens}{words}\u2069"


# --- the marked text ----------------------------------------------------------------------------------------------


def test_the_marked_text_shows_each_claim_in_its_place() -> None:
    items = marked.ordered(sample.CLAIMS, [sample.answer], [sample.open_end])
    page = marked.page(sample.english, items, KNOWN)
    notes = "\n".join(" ".join(note) for note in page.notes)
    for mark in ("at ⟦745⟧¹ by", "⟦around 60 of them⟧² were", "⟦dozens⟧³", "⟦responding to attacks⟧⁴", "⟦deaths⟧⁵"):
        assert mark in page.text
    assert "¹ 745 · civilians · killed" in notes
    assert "⁴ answer: The interim government" in notes
    assert "⁵ problem: no number was read" in notes


def test_the_exact_text_comes_back() -> None:
    items = marked.ordered(sample.ARABIC_CLAIMS, [], [])
    text = marked.page(sample.arabic, items, KNOWN).text
    assert text != sample.ARABIC
    assert marked.unmarked(text, marked.SIGNS[0]) == sample.ARABIC


@given(
    st.text(st.sampled_from("a ق⟦⟧¹²\n"), max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_the_exact_text_comes_back_whatever_is_marked(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(*pair, len(text)), min(max(pair), len(text))) for pair in ends]
    signs = marked.signs_for(text)
    assert marked.unmarked(marked.marked(text, spans, signs), signs) == text


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), max_size=5))
def test_every_mark_that_opens_is_closed(ends: list[tuple[int, int]]) -> None:
    text = marked.marked("0123456789", [Span(*pair) for pair in ends], marked.SIGNS[0])
    depth = 0
    for sign in text:
        depth += {"⟦": 1, "⟧": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_marks_that_cross_are_numbered_at_both_ends() -> None:
    assert marked.marked("abcdef", [Span(0, 3), Span(2, 5)], marked.SIGNS[0]) == "¹⟦ab²⟦c⟧¹de⟧²f"


def test_a_text_full_of_signs_is_refused_in_one_line() -> None:
    with pytest.raises(ValueError, match="without --marked"):
        marked.signs_for("⟦⟪⦃")


# --- from a figure to its words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "selector",
    [
        "745", "973", "830", "973x", "SOHR", "sohr/killed/civilian", "SOHR/killed", "/killed/civilians",
        "Syrian Observatory", sample.toll.id, sample.toll.id[:12], "0123456",
    ],
)  # fmt: skip
def test_a_toll_is_found_by_figure_id_or_path(selector: str) -> None:
    found = tracing.selected(HELD, selector)
    assert (sample.toll in found) == (not selector.endswith("x"))


@pytest.mark.parametrize(
    ("selector", "claim"),
    [("dozens", sample.taken), ("12", sample.dead), (sample.dead.id, sample.dead), ("60", sample.part)],
)
def test_a_claim_that_stands_in_no_toll_is_found_too(selector: str, claim: Any) -> None:
    assert claim in tracing.selected(HELD, selector)


def test_a_report_selects_its_claims() -> None:
    assert {one.id for one in tracing.selected(HELD, sample.arabic.id)} == {claim.id for claim in sample.ARABIC_CLAIMS}


@pytest.mark.parametrize("selector", ["7", "claim:", "0", "/injured", "SOHR/killed/foreigner", "Nobody", "١٢٣", "²"])
def test_a_selector_that_means_nothing_here_selects_nothing(selector: str) -> None:
    assert tracing.selected(HELD, selector) == []


def test_the_sentence_can_be_pasted_into_a_letter() -> None:
    assert tracing.sentence(HELD, sample.toll) == (
        "973: civilians killed (Syrian coast, Syria, since 6 March 2025) that Syrian Observatory for Human Rights had"
        " reported (as of 10 March 2025); carried by two outlets, one root; read by a machine, not checked by us."
    )


def test_a_sentence_speaks_of_the_figure_that_was_asked_for() -> None:
    assert tracing.sentence(HELD, sample.toll, "745") == (
        "745: civilians killed (Syrian coast, Syria, since 6 March 2025) that Syrian Observatory for Human Rights had"
        " reported (as of 8 March 2025); its newest figure is 973 (as of 10 March 2025); "
        "carried by one outlet, one root;"
        " read by a machine, not checked by us."
    )


def test_a_toll_of_a_protected_root_is_told_without_a_name() -> None:
    named = replace(sample.whole, voices=(Voice("Sami Placeholder", protected=True, root=True),))
    held = replace(HELD, claims={named.id: named})
    assert "Sami" not in tracing.sentence(held, replace(sample.toll, root="Sami Placeholder"))


def test_a_sentence_names_nobody_who_is_protected() -> None:
    named = replace(sample.taken, voices=(Voice("Sami Placeholder", kind="person", protected=True, root=True),))
    said = tracing.sentence(HELD, named)
    assert "Sami" not in said
    assert "said by a protected person" in said


def test_a_sentence_carries_no_marks_of_direction() -> None:
    assert not set(tracing.sentence(HELD, sample.dead)) & set("\u2066\u2067\u2068\u2069")


def test_the_tree_ends_at_the_exact_words_and_where_they_stand() -> None:
    shown = words_of(drawn(tracing.tree(HELD, sample.toll), 400))
    assert sample.whole.quote in shown
    for part in (
        sample.english.id,
        "Example Wire",
        "9 March 2025",
        "https://wire.example/2025/coast",
        sample.english.text_hash,
    ):
        assert part in shown
    assert f"characters {sample.whole.start}–{sample.whole.end}" in shown


def test_the_tree_shows_vintages_in_order_and_what_is_no_longer_held() -> None:
    shown = drawn(tracing.tree(HELD, sample.toll), 200)
    days = [shown.index(f"as of {day} March 2025: ") for day in (8, 9, 10)]
    assert days == sorted(days)
    assert "claim:forgotten0000000  no longer held" in shown


def test_a_claim_whose_report_is_gone_says_so() -> None:
    held = replace(HELD, reports={})
    assert "no longer held" in drawn(tracing.tree(held, sample.dead), 200)
    assert "in a report no longer held" in tracing.sentence(held, sample.dead)


def test_days_are_written_out() -> None:
    assert (phrases.day(dt.date(2025, 3, 8)), phrases.day(None)) == ("8 March 2025", "")


@pytest.mark.parametrize(
    ("line", "strong"),
    [
        ("ونفت الوزارة ذلك. ⟦At least 30⟧⁶ people were killed.", "\u200e"),
        ("The page wrote ⟦ثلاثة مدنيين⟧¹⁺² today.", "\u200f"),
        ("قتل ⟦745⟧¹ مدنيا.", ""),
        ("قتل مدنيون.", ""),
    ],
)
def test_a_mark_stays_with_its_words_between_two_scripts(line: str, strong: str) -> None:
    shown = marked.turned(line, marked.SIGNS[0])
    assert shown.replace("\u200e", "").replace("\u200f", "") == line
    assert shown.count(strong) == 2 if strong else shown == line
    if strong:
        assert f"{strong}⟦" in shown and shown[shown.index("⟧") :].lstrip("⟧⁶¹⁺²").startswith(strong)
