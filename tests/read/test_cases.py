"""What is read out of a sentence, and what must not be: the cases of each language, here in a file of its code."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cenotaph.read import read
from cenotaph.vocabulary import Answer, Claim, Harm, Party, Report
from cenotaph.world import Known, load

WORDS = Path(str(files("cenotaph"))) / "read" / "languages"
LANGUAGES = tuple(sorted(path.stem for path in WORDS.glob("*.toml")))  # a language without cases fails
FEWEST = 40
PUBLISHED = dt.date(2025, 3, 9)
CASE_KEYS = {"why", "text", "published", "outlet", "claims", "answers", "problem", "nothing", "more", "hard"}
ANSWER_KEYS = {"kind", "party"}
MOST_THAT_MAY_BE_HARD = 0.15

Case = dict[str, Any]


def cases(language: str) -> list[Case]:
    path = Path(__file__).parent / f"{language}.toml"
    return list(tomllib.loads(path.read_text("utf-8"))["case"])


def parameters() -> list[Any]:
    return [
        pytest.param(
            language,
            case,
            id=f"{language}-{number:03}-{case['why']}",
            marks=pytest.mark.xfail(strict=False, reason="right, but hard") if case.get("hard") else (),
        )
        for language in LANGUAGES
        for number, case in enumerate(cases(language), 1)
    ]


@pytest.fixture(scope="module")
def world() -> Known:
    return load(countries=("SY",))


@pytest.mark.parametrize(("language", "case"), parameters())
def test_what_is_read_out_of(language: str, case: Case, world: Known) -> None:
    report = Report.of_text(
        case["text"],
        language=language,
        outlet=case.get("outlet", "Example Wire"),
        published=case.get("published", PUBLISHED),
    )
    claims, answers, problems = read(report, world)
    if "claims" in case or "nothing" in case:
        expect(case.get("claims", ()), claims, fitting(claims), told, bool(case.get("more")))
    if "answers" in case or "nothing" in case:
        expect(case.get("answers", ()), answers, answered, told_back, bool(case.get("more")))
    if "problem" in case:
        said = [problem.what for problem in problems]
        assert any(case["problem"] in what for what in said), f"no problem says {case['problem']!r}; said: {said}"


# --- each line of a case with a reading of its own -----------------------------------------------------------------


def expect(
    lines: Sequence[Mapping[str, Any]],
    readings: Sequence[Any],
    fit: Callable[[Mapping[str, Any], Any], bool],
    tell: Callable[[Any], str],
    more: bool,
) -> None:
    """Every line finds a reading of its own, and no reading is left over unless more may come."""
    came = "\n  ".join(["came out:", *map(tell, readings)]) if readings else "nothing came out"
    assert more or len(readings) == len(lines), f"{len(lines)} expected, {len(readings)} read; {came}"
    for line in lines:
        assert any(fit(line, one) for one in readings), f"nothing is like {dict(line)}; {came}"
    assert paired(lines, readings, fit), f"two lines fit only the same reading; {came}"


def paired(lines: Sequence[Any], readings: Sequence[Any], fit: Callable[[Any, Any], bool]) -> bool:
    if not lines:
        return True
    first, rest = lines[0], lines[1:]
    return any(
        fit(first, one) and paired(rest, [*readings[:at], *readings[at + 1 :]], fit) for at, one in enumerate(readings)
    )


def fitting(claims: Sequence[Claim]) -> Callable[[Mapping[str, Any], Claim], bool]:
    """Whether a claim is as a line wants it; `part_of` names the figure of the claim that it is tied to."""
    figures = {claim.id: claim.quantity.base for claim in claims}

    def fit(line: Mapping[str, Any], claim: Claim) -> bool:
        tied = figures.get(claim.relation.to) if claim.relation else None
        plain = {key: wanted for key, wanted in line.items() if key != "part_of"}
        return ("part_of" not in line or tied == line["part_of"]) and fits(plain, claim)

    return fit


def fits(line: Mapping[str, Any], claim: Claim) -> bool:
    return all(COMPARED[key](claim, wanted) for key, wanted in line.items())


def answered(line: Mapping[str, Any], answer: Answer) -> bool:
    kind = line.get("kind", answer.kind) == answer.kind
    return kind and ("party" not in line or named(answer.party, line["party"]))


# --- how each key is compared ---------------------------------------------------------------------------------------


def part(whole: str, wanted: str) -> bool:
    return wanted.casefold() in whole.casefold()


def named(party: Party, wanted: str) -> bool:
    return part(party.words, wanted) or part(party.canonical, wanted)


def bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def by(claim: Claim, wanted: str) -> bool:
    return any(named(party, wanted) for party in claim.parties) if wanted else not claim.parties


def placed(claim: Claim, wanted: str) -> bool:
    return claim.place is not None and wanted in claim.place.path if wanted else claim.place is None


def rooted(claim: Claim, wanted: str) -> bool:
    root = claim.root
    if root is None or not wanted:
        return root is None and not wanted
    return bare(wanted) in (bare(root.canonical), bare(root.name))


def in_order(claim: Claim, wanted: Sequence[str]) -> bool:
    names = iter([(bare(voice.canonical), bare(voice.name)) for voice in claim.voices])
    return all(any(bare(one) in pair for pair in names) for one in wanted)


def day(end: str) -> Callable[[Claim, object], bool]:
    def same(claim: Claim, wanted: object) -> bool:
        return claim.period is not None and getattr(claim.period, end) == (None if wanted == "open" else wanted)

    return same


def field(of: str, name: str) -> Callable[[Claim, object], bool]:
    """The field of a claim's quantity, group, place, ... is what is wanted; what is not there has "" for a code."""

    def same(claim: Claim, wanted: object) -> bool:
        return bool(getattr(getattr(claim, of), name, "") == wanted)

    return same


def own(name: str) -> Callable[[Claim, object], bool]:
    return lambda claim, wanted: bool(getattr(claim, name) == wanted)


COMPARED: dict[str, Callable[[Claim, Any], bool]] = {
    "harm": lambda claim, wanted: claim.harm == Harm.parse(wanted),
    "words": lambda claim, wanted: part(claim.quantity.words, wanted),
    **{name: field("quantity", name) for name in ("comparator", "base", "upper", "fraction")},
    "group": lambda claim, wanted: part(claim.group.words, wanted),
    **{name: field("group", name) for name in ("status", "sex", "age", "identity", "affiliation")},
    "place": placed,
    "place_of": field("place", "of"),
    "start": day("start"),
    "end": day("end"),
    "period_of": field("period", "of"),
    **{name: own(name) for name in ("said", "as_of", "stance", "reach", "level")},
    "who": rooted,
    "voices": in_order,
    "protected": lambda claim, wanted: any(voice.protected for voice in claim.voices) == wanted,
    "anonymous": lambda claim, wanted: any(voice.anonymous for voice in claim.voices) == wanted,
    "relation": field("relation", "kind"),
    "by": by,
    "means": field("means", "code"),
    "excludes": lambda claim, wanted: any(part(group.words, wanted) for group in claim.exclusions),
}


# --- what is shown when a case fails --------------------------------------------------------------------------------


def told(claim: Claim) -> str:
    """A claim in the words of a case, with only what it says."""
    quantity, group, period = claim.quantity, claim.group, claim.period
    facts: dict[str, object] = {
        "harm": str(claim.harm),
        "words": quantity.words,
        "comparator": quantity.comparator,
        "base": quantity.base,
        "upper": quantity.upper,
        "fraction": quantity.fraction,
        "group": group.words,
        "facets": [facet for facet in (*group.facets,) if facet],
        "place": claim.place and "/".join(claim.place.path),
        "period": period and f"{period.start}..{period.end} {period.of}",
        "said": claim.said and str(claim.said),
        "voices": [voice.known_as + "*" * voice.root + " (protected)" * voice.protected for voice in claim.voices],
        "stance": claim.stance,
        "reach": claim.reach,
        "relation": claim.relation and claim.relation.kind,
        "by": [party.canonical or party.words for party in claim.parties],
        "means": claim.means and claim.means.code,
        "excludes": [group.words for group in claim.exclusions],
    }
    return ", ".join(f"{name}={fact!r}" for name, fact in facts.items() if fact not in (None, "", []))


def told_back(answer: Answer) -> str:
    return f"kind={answer.kind!r}, party={answer.party.words!r}, quote={answer.quote!r}"


# --- the cases themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_says_why_and_what_must_come_out_and_misspells_no_key(language: str) -> None:
    for case in cases(language):
        unknown = set(case) - CASE_KEYS
        unknown |= {key for line in case.get("claims", ()) for key in line if key not in (*COMPARED, "part_of")}
        unknown |= {key for line in case.get("answers", ()) for key in line if key not in ANSWER_KEYS}
        assert not unknown, f"{case['text']!r} has keys that nobody compares: {sorted(unknown)}"
        assert case["why"].strip() and case["text"].strip()
        wants = "claims" in case or "answers" in case or "problem" in case
        assert wants != case.get("nothing", False), f"{case['text']!r} must want something or nothing, not both"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_is_read_has_its_cases_and_among_them_what_must_not_be_read(language: str) -> None:
    found = cases(language)
    assert len(found) >= FEWEST
    assert sum(bool(case.get("nothing")) for case in found) >= len(found) / 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice_and_few_are_excused_as_hard(language: str) -> None:
    texts = [case["text"] for case in cases(language)]
    assert len(set(texts)) == len(texts)
    hard = sum(bool(case.get("hard")) for case in cases(language))
    assert hard <= MOST_THAT_MAY_BE_HARD * len(texts)


def test_a_line_that_asks_for_another_figure_does_not_fit(world: Known) -> None:
    report = Report.of_text("Three people were killed in Jableh.", outlet="Example Wire", published=PUBLISHED)
    claims, _, _ = read(report, world)
    assert fits({"harm": "killed", "base": 3}, claims[0])
    for wrong in ({"base": 4}, {"harm": "injured"}, {"place": "Homs"}, {"stance": "denies"}, {"by": "gunmen"}):
        assert not fits(wrong, claims[0])
    with pytest.raises(AssertionError, match="1 expected, 2 read"):
        expect([{"base": 3}], [claims[0], claims[0]], fits, told, more=False)
    with pytest.raises(AssertionError, match="fit only the same"):
        expect([{"base": 3}, {"harm": "killed"}], claims[:1], fits, told, more=True)
