"""Nobody who is protected is named by any verb in any form, in Latin or Arabic letters, unless that is asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, HARBOUR, assessed, captured, claim, decide, decision, filled, reader
from tests.cli.running import run

WITNESS = ("Sami", "Placeholder", "Samir", "Moustaar", "سامي", "مثالي", "مستعار")
ALIASED = ("Karam", "Probename", "كرم")
HURT = ("Rana", "Beispiel", "رنا", "بايشبيل")
DEAD = ("Nabil", "Ejemplo", "نبيل", "إخمبلو")
ACCUSED = ("Karim", "Esempio", "Farid", "Exemplo", "كريم", "إسمبيو", "فريد", "إكسمبلو")
NAMES = (*WITNESS, *ALIASED, *HURT, *DEAD, *ACCUSED)

DAY, LATE = dt.date(2025, 3, 8), dt.date(2025, 3, 14)
SAID = {"exact": 12, "resident": "Sami Placeholder", "known": "Samir Moustaar", "place": "Harbour", "day": DAY}
ELSEWHERE = SAID | {"exact": 7, "place": "East", "resident": "سامي مثالي", "known": "سمير مستعار"}
TOTAL = {"resident": "Sami Placeholder", "known": "Samir Moustaar", "place": "coast", "total": True}
HURT_ONE = HARBOUR | {
    "exact": 3, "harm": "injured", "group": "Rana Beispiel and two others", "names": ["Rana Beispiel"],
}  # fmt: skip
HURT_AR = HARBOUR | {
    "exact": 2,
    "harm": "injured",
    "group": "رنا بايشبيل وآخر",
    "names": ["رنا بايشبيل"],
    "root": "المرصد",
}
KILLED = HARBOUR | {"exact": 1, "group": "Nabil Ejemplo", "names": ["Nabil Ejemplo"], "by": "gunmen"}
KILLED_AR = HARBOUR | {"exact": 4, "group": "نبيل إخمبلو وثلاثة", "names": ["نبيل إخمبلو"], "root": "المرصد"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A witness, somebody hurt, somebody killed and people accused: in figures, words, addresses and names of files."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case",
        captured(COAST | {"by": "Colonel Karim Esempio"}, name="first", outlet="Early Wire"),
        captured(
            COAST | {"exact": 830, "root": "Network", "by": "Farid Exemplo", "heard": "Sami Placeholder"},
            published=LATE, name="second", outlet="Late Wire",
        ),
        captured(
            COAST | {"exact": 831, "root": "المرصد", "by": "العقيد كريم إسمبيو"}, published=LATE, outlet="صحيفة مثال",
        ),
        captured(COAST | {"exact": 832, "root": "Office", "by": "فريد إكسمبلو"}, published=LATE, outlet="Other Wire"),
        captured(SAID, name="sami-placeholder-tells.txt", url="https://wire.example/2025/sami_placeholder-tells"),
        captured(ELSEWHERE, SAID | {"exact": 12, "day": LATE}, outlet="Late Wire", published=LATE),
        captured(TOTAL | {"exact": 300, "said": DAY}, TOTAL | {"exact": 200, "as_of": LATE}, outlet="Late Wire"),
        captured(HURT_ONE, KILLED, name="third", outlet="Late Wire"), captured(HURT_AR, KILLED_AR, outlet="صحيفة مثال"),
        captured({"exact": 5, "resident": "Sami Placeholder"}, published=dt.date(2024, 1, 1), outlet="Lone Wire"),
    )  # fmt: skip
    one = next(one.id for one in case.linked().incidents if claim(case, 3) in one.claims)
    decide(
        case,
        decision("protect", "Nabil Ejemplo", why="the family of Nabil Ejemplo asked", also=["نبيل إخمبلو"]),
        decision("protect", "فريد إكسمبلو", why="not tried", also=["Farid Exemplo"]),
        decision("alias", "Sami Placeholder", canonical="Karam Probename", why="Sami Placeholder is Karam Probename"),
        decision("alias", "سامي مثالي", canonical="كرم", why="the same man"),
        assessed(one, [claim(case, 3)], why="Rana Beispiel told us", harm="injured"),
        assessed(one, [claim(case, 1)], why="the list names Nabil Ejemplo"),
    )
    made = case.state().assessments()[0]
    decide(case, decision("withdraw", made[0].id, why="Rana Beispiel asked us to"))
    decide(case, decision("sign off", made[1].id, why="read again with Sami Placeholder"))
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


DRAFT = (
    '{"exact": 745, "root": "Sami Placeholder", "total": true, "place": "coast", "by": "Karim Esempio"}',
    '{"exact": 12, "resident": "سامي مثالي", "place": "Harbour"}',
    '{"exact": 3, "harm": "injured", "group": "Rana Beispiel"}',
    '{"exact": 831, "root": "المرصد", "place": "East", "by": "كريم إسمبيو"}',
    '{"exact": 4321, "group": "Nabil Ejemplo"}',
)


def outputs(folder: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """What each verb prints in each of its forms, and what it writes into files."""
    draft, picture = tmp_path / "draft.txt", tmp_path / "chart.svg"
    draft.write_text("A draft.\n" + "\n".join(DRAFT), encoding="utf-8")
    case = opened(folder)
    verbs: list[tuple[str, ...]] = [
        ("why",),
        ("decide", "--list"),
        ("toll", "--chart"),
        ("toll", "--chart", str(picture)),
    ]
    verbs += [("toll", *more) for more in (("--as-of", "2025-03-14"), ("--without", "Monitor"), ("--scope", "Harbour"))]
    verbs += [(verb, "--format", form) for verb in ("toll", "roots", "incidents") for form in ("table", "json", "csv")]
    verbs += [("toll", "--rules", "plain", "--format", form) for form in ("json", "csv")]
    verbs += [("problems", "--format", form) for form in ("table", "json", "jsonl")]
    verbs += [("victims", "--format", form) for form in ("table", "json", "csv")]
    verbs += [("versions", "--format", form) for form in ("table", "json")]
    verbs += [("export", "--sheet", name, "--format", "csv") for name in ("victims", "problems", "assessments")]
    verbs += [("export", "--format", form) for form in ("json", "jsonl", "csv")]
    verbs += [("check", str(draft), "--format", form) for form in ("table", "json", "csv")]
    verbs += [("why", one) for one in (*(toll.id for toll in case.tolls()), *(one.id for one in case.claims()))]
    verbs += [("incidents", one.id) for one in case.linked().incidents]
    for verb, *words in verbs:
        found = run(verb, folder, *words)
        assert found.exit_code in (0, int(verb == "check")), found.output
        yield f"{verb} {' '.join(words)}", found.output
    yield "chart.svg", picture.read_text("utf-8")


def named_in(text: str) -> list[str]:
    return [name for name in NAMES if name.casefold() in text.casefold()]


def test_no_verb_names_anybody_who_is_protected(folder: Path, tmp_path: Path) -> None:
    found = dict(outputs(folder, tmp_path))
    assert {what: named_in(text) for what, text in found.items() if named_in(text)} == {}
    assert sum("[protected]" in text for text in found.values()) > 10, "or there was nothing to hide"


@pytest.mark.parametrize(
    "words",
    [
        ("why", "12"), ("problems",), ("toll",), ("toll", "--format", "json"), ("check", "DRAFT", "--format", "json"),
        ("decide", "--list"), ("incidents", "--format", "json"), ("roots",),
    ],
)  # fmt: skip
def test_those_who_work_on_the_case_may_ask_for_the_names(folder: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("A draft.\n" + "\n".join(DRAFT), encoding="utf-8")
    shown = run(words[0], folder, *(str(draft) if word == "DRAFT" else word for word in words[1:]), "--unmasked")
    if words[0] != "incidents":
        assert named_in(shown.stdout) != []
    assert "must not leave the house" in shown.stderr
    assert "[protected]" not in shown.stdout


def test_an_export_cannot_be_unmasked(folder: Path) -> None:
    shown = run("export", folder, "--format", "csv", "--unmasked")
    assert (shown.exit_code, shown.stdout) == (2, "")


def test_a_picture_in_a_file_names_nobody_even_when_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "chart.svg"
    assert run("toll", folder, "--unmasked", "--chart", picture).exit_code == 0
    assert named_in(picture.read_text("utf-8")) == []


def test_nobody_is_found_by_a_protected_name(folder: Path) -> None:
    for verb, word in (("why", "Sami Placeholder/killed"), ("why", "Samir Moustaar"), ("toll", "Probename/killed")):
        shown = run(verb, folder, *(("--scope", word) if verb == "toll" else (word,)))
        assert (shown.exit_code, shown.stdout) == (2, ""), word
    assert run("why", folder, "Sami Placeholder/killed", "--unmasked").exit_code == 0


@pytest.mark.parametrize("name", ["Karam Probename", "karam probenam", "Samir Moustaar", "Nabil Ejemplo"])
def test_nobody_protected_can_be_left_out_by_name_nor_is_near(folder: Path, name: str) -> None:
    shown = run("toll", folder, "--without", name)
    assert shown.exit_code == 2
    assert "there is:" not in shown.stderr


# --- roots ----------------------------------------------------------------------------------------------------------


def rows(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("roots", folder, "--format", "json").stdout)["roots"]
    return found


def test_a_private_voice_whose_full_name_is_known_is_no_named_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case", captured(SAID), captured(SAID | {"exact": 9}, outlet="Other Wire"), captured(COAST)
    )
    assert [(row["root"], row["named"]) for row in rows(case.folder)] == [
        ("Monitor", True),
        ("a private person (Example Wire, 2025-03-09)", False),
        ("a private person (Other Wire, 2025-03-09)", False),
    ]
    assert "1 named root" in run("roots", case.folder).stderr
    assert "Samir" not in " ".join(toll.root for toll in case.tolls())


def test_a_private_voice_that_people_gave_a_name_is_counted_as_no_named_root(folder: Path) -> None:
    assert [row["root"] for row in rows(folder) if row["named"]] == ["Monitor", "المرصد", "Network", "Office"]
    assert any(row["root"] == "a private person" and not row["named"] for row in rows(folder))


# --- what must not be hidden ----------------------------------------------------------------------------------------


def test_bodies_places_and_figures_stay(folder: Path) -> None:
    told = run("toll", folder).stdout
    for word in ("Monitor", "Network", "المرصد", "Harbour", "745", "gunmen"):
        assert word in told, word


def test_problems_keep_their_ids_though_their_words_are_masked(folder: Path) -> None:
    told = json.loads(run("problems", folder, "--format", "json").stdout)["problems"]
    assert {one["id"] for one in told} == {one.id for one in opened(folder).problems()}
    masked = next(one["id"] for one in told if "[protected]" in one["quote"])
    assert run("decide", folder, "settle", masked, "--why", "a test", "--who", "A Reader").exit_code == 0


def test_a_masked_toll_keeps_its_id_its_figures_and_its_claims(folder: Path) -> None:
    told = {one["id"]: one for one in json.loads(run("toll", folder, "--format", "json").stdout)["tolls"]}
    for one in opened(folder).tolls():
        assert told[one.id]["claims"] == list(one.claims)
        assert told[one.id]["figure"]["low"] == one.figure.low
        assert told[one.id]["scope"]["group"]["names"] == []


# --- deciding -------------------------------------------------------------------------------------------------------

WHY = ("--why", "a test", "--who", "A Reader")


def test_a_name_is_protected_from_the_command_line_and_the_line_that_is_printed_does_not_tell_it(folder: Path) -> None:
    assert "Monitor" in run("roots", folder).stdout
    shown = run("decide", folder, "protect", "Monitor", "--also", "The Monitoring Office", *WHY)
    assert shown.exit_code == 0 and "Monitor" not in shown.stdout
    assert "Monitor" not in run("roots", folder).stdout


def test_who_consents_to_be_published_is_named_and_consent_can_be_taken_back(folder: Path) -> None:
    assert "Rana Beispiel" not in run("toll", folder).stdout
    shown = run("decide", folder, "protect", "Rana Beispiel", "--consent", "publish", *WHY)
    assert "Rana Beispiel" in run("toll", folder).stdout
    assert "Rana Beispiel" in run("export", folder, "--format", "csv").stdout
    assert run("decide", folder, "undo", shown.stdout.split("\t")[0], *WHY).exit_code == 0
    assert "Rana Beispiel" not in run("toll", folder).stdout


def test_consent_to_something_else_names_nobody(folder: Path) -> None:
    assert (
        run("decide", folder, "protect", "Rana Beispiel", "--consent", "court", "--consent", "keep", *WHY).exit_code
        == 0
    )
    assert named_in(run("toll", folder).stdout) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("protect", "Somebody", "--consent", "everything"), "there are: keep, publish, share, court"),
        (("protect", "claim:0123456789abcdef"), "nothing in this case has that id"),
        (("protect",), "protect what?"),
        (("protect", "Somebody", "--also", " "), "give a list of words"),
    ],
)
def test_what_protects_nobody_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    before = opened(folder).decisions()
    shown = run("decide", folder, *words, *WHY)
    assert (shown.exit_code, shown.stdout) == (2, "") and said in shown.stderr
    assert opened(folder).decisions() == before


def test_what_a_rejected_claim_told_of_people_stays_hidden(folder: Path) -> None:
    decide(opened(folder), *(decision("reject", claim(opened(folder), figure)) for figure in (2, 3)))
    for words in (("problems", "--format", "json"), ("toll", "--format", "json"), ("decide", "--list")):
        assert named_in(run(words[0], folder, *words[1:]).output) == []


def test_the_cells_of_a_masked_export_read_back(folder: Path) -> None:
    told = list(csv.DictReader(io.StringIO(run("export", folder, "--format", "csv").stdout, newline="")))
    assert len(told) == len(opened(folder).claims())
    assert {row["party_names"] for row in told} == {""}
    assert "Colonel [protected]" in {row["parties"] for row in told}
