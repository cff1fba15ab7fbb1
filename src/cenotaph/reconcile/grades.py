"""How far an account is supported, and how far a source and a piece of information are trusted.

Computed is one thing only: how many roots stand behind figures, and how far they are known to be independent.
Everything else is a person's judgement. Source and information are graded apart, by the letters and digits of the
Admiralty code (NATO STANAG 2511): a reliable source can be wrong and a bad one right. The words for an account of harm
(confirmed, fair, weak, contested, discounted) are those of Airwars' grading of civilian harm; here a word is a
proposal with its reason until a decision `grade` stands. What each code means is told by codes/grades.toml.

What an accused party answers never lowers a grade. A denial, a justification or blame laid elsewhere is told beside
the proposal; an acknowledgement raises it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from cenotaph.decided import standing
from cenotaph.vocabulary import Answer, Check, Decision, Grade, Independence, Problem, Tether, Toll

__all__ = ["INFORMATION", "SOURCES", "WORDS", "check_grade", "graded", "proposed_grade", "support"]

SOURCES = ("A", "B", "C", "D", "E", "F")
INFORMATION = ("1", "2", "3", "4", "5", "6")
WORDS = ("confirmed", "fair", "weak", "contested", "discounted")
"""The codes of codes/grades.toml, which a test compares. Its letter G is no part of the NATO code and not taken."""

CAREFUL: tuple[Independence, ...] = ("dependent", "unknown", "assumed", "shown")
FIGHTERS = ("armed forces", "armed group")
MISFITS = ("contradiction", "arithmetic problem", "unexplained drop", "mixed vintages")


# --- how many roots -----------------------------------------------------------------------------------------------


def support(tolls: Toll | Sequence[Toll], tethers: Iterable[Tether], *, unnamed: Collection[str] = ()) -> str:
    """How many roots, and how far their independence is known; of several pairs the least known is told.

    `unnamed` are the roots (as tolls show them) whose names nobody gave: each may be one of the others, so they are
    told beside the roots and never counted as one more.

    >>> from cenotaph.vocabulary import Harm, Interval, Scope
    >>> tolls = [Toll(f"toll:{name}", name, Scope(Harm(("killed",))), Interval(9, 9, 9, "plain")) for name in "ABC"]
    >>> support(tolls[0], []), support(tolls[:2], [])
    ('one root', 'two roots, independence unknown')
    >>> support(tolls, [Tether("A", "B", "dependent", "one relays the other")])
    'three roots, two of them dependent, independence otherwise unknown'
    """
    names = sorted({one.root for one in ((tolls,) if isinstance(tolls, Toll) else tolls)})
    nameless = [name for name in names if name in unnamed]
    roots = [name for name in names if name not in unnamed]
    said = _roots(roots, _known(roots, tethers))
    if not nameless:
        return said
    return f"{said}; beside it {_number(len(nameless))} unnamed {'voice' if len(nameless) == 1 else 'voices'}"


def _known(roots: Sequence[str], tethers: Iterable[Tether]) -> dict[tuple[str, str], Independence]:
    """For each pair what is known: what people decided before what words show; of two, the more careful."""
    found: dict[tuple[str, str], list[Tether]] = {}
    for one in tethers:
        found.setdefault((min(one.one, one.other), max(one.one, one.other)), []).append(one)
    return {pair: _of_one(found.get(pair, ())) for pair in combinations(roots, 2)}


def _of_one(tethers: Sequence[Tether]) -> Independence:
    decided = [one for one in tethers if one.decision] or tethers
    return min((one.independence for one in decided), key=CAREFUL.index, default="unknown")


def _roots(roots: Sequence[str], known: Mapping[tuple[str, str], Independence]) -> str:
    if len(roots) < 2:
        return "one root" if roots else "no named root"
    said = f"{_number(len(roots))} roots"
    records = _records(roots, known)
    if len(records) == 1:
        return f"{said}, {'all ' * (len(roots) > 2)}dependent"
    rest = min((found for found in known.values() if found != "dependent"), key=CAREFUL.index)
    tied = " and ".join(_number(len(one)) for one in sorted(records, key=len, reverse=True) if len(one) > 1)
    return (
        f"{said}, {tied} of them dependent, independence otherwise {rest}" if tied else f"{said}, independence {rest}"
    )


def _records(roots: Iterable[str], known: Mapping[tuple[str, str], Independence]) -> list[set[str]]:
    """Roots that hang together, directly or through another one, are one record."""
    records = [{name} for name in roots]
    for pair, found in known.items():
        if found == "dependent":
            joined = [one for one in records if one & set(pair)]
            records = [one for one in records if not one & set(pair)] + [set().union(*joined)]
    return records


def _number(count: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return names[count] if count < len(names) else str(count)


# --- what a machine may propose -----------------------------------------------------------------------------------


def proposed_grade(
    tolls: Sequence[Toll],
    tethers: Iterable[Tether],
    answers: Iterable[Answer] = (),
    checks: Iterable[Check] = (),
    *,
    unnamed: Collection[str] = (),
) -> Grade:
    """The word that the figures of one incident would bear, with its reason; "" where none of the words fits.

    Of the answers those count that speak to claims of these tolls and were not taken back. Figures of a root that do
    not fit each other are told, and lower nothing. Neither source nor information is graded: no words show how far a
    voice can be trusted. Raises ValueError for no tolls, or for tolls of several incidents.

    >>> from cenotaph.vocabulary import Harm, Interval, Scope
    >>> toll = Toll("toll:1", "SOHR", Scope(Harm(("killed",))), Interval(9, 9, 9, "plain"), incident="incident:1")
    >>> grade = proposed_grade([toll], [])
    >>> grade.about, grade.word, grade.why, grade.decision
    ('incident:1', 'weak', 'one root', '')
    """
    incidents = sorted({one.incident for one in tolls})
    if len(incidents) != 1:
        found = ", ".join(incidents) or "no tolls"
        raise ValueError(f"a grade is of one incident; found {found}; give the tolls of one at a time")
    told = _answering(tolls, answers)
    word, why = _word(tolls, list(tethers), told, unnamed)
    return Grade(incidents[0], word=word, why="; ".join([why, *_beside(told, checks)]))


def _answering(tolls: Iterable[Toll], answers: Iterable[Answer]) -> list[Answer]:
    held = list(answers)
    gone = {one.replaces for one in held if one.replaces}
    claims = {claim for toll in tolls for claim in toll.claims}
    return [one for one in held if one.id not in gone and claims & set(one.to)]


def _word(
    tolls: Sequence[Toll], tethers: Sequence[Tether], told: Iterable[Answer], unnamed: Collection[str]
) -> tuple[str, str]:
    said = support(tolls, tethers, unnamed=unnamed)
    roots = sorted({one.root for one in tolls if one.root not in unnamed})
    accused = _accused(tolls)
    owned = [one for one in told if one.kind in ("acknowledges", "concedes")]
    if _only_fighters(tolls, accused):
        return "discounted", f"those counted are said to be fighters, and not by an accused party alone; {said}"
    if owned:
        return "confirmed", f"{_named(owned)} {owned[0].kind} it; {said}"
    if _rivals(tolls):
        return "contested", f"roots accuse different parties: {' / '.join(sorted(accused))}; {said}"
    if len(_records(roots, _known(roots, tethers))) < 2:
        return "weak", said
    if not accused:
        return "", f"{said}; no party is accused, so none of the words fits"
    return "fair", f"{said}; whether they are credible, and a party acted there, a person must judge"


def _named(answers: Iterable[Answer]) -> str:
    return ", ".join(dict.fromkeys(one.party.canonical or one.party.words for one in answers))


def _parties(toll: Toll) -> set[str]:
    return {party.canonical or party.words for party in toll.scope.parties}


def _accused(tolls: Iterable[Toll]) -> set[str]:
    return {name for toll in tolls for name in _parties(toll)}


def _only_fighters(tolls: Sequence[Toll], accused: Collection[str]) -> bool:
    """All that is counted, and somebody else than the accused says so: the status a party gives is its own claim."""
    return all(one.scope.group.status in FIGHTERS for one in tolls) and any(one.root not in accused for one in tolls)


def _rivals(tolls: Iterable[Toll]) -> bool:
    """Two roots with no accused party in common. One root that tells two parties' shares apart contests nothing."""
    accused: dict[str, set[str]] = {}
    for toll in tolls:
        accused.setdefault(toll.root, set()).update(_parties(toll))
    return any(one and other and not one & other for one, other in combinations(accused.values(), 2))


def _beside(told: Sequence[Answer], checks: Iterable[Check]) -> Iterator[str]:
    for kind in ("denies", "justifies", "blames others"):
        saying = [one for one in told if one.kind == kind]
        if saying:
            yield f"beside it: {_named(saying)} {kind}{' it' * (kind != 'blames others')}, which lowers nothing"
    unfit = list(dict.fromkeys(check.what for check in checks if check.verdict in MISFITS))
    if unfit:
        yield f"figures of one root that do not fit: {' / '.join(unfit)}"


# --- what people decide -------------------------------------------------------------------------------------------


def check_grade(details: Mapping[str, Any]) -> list[str]:
    """What is wrong with the details of a decision `grade`, each in one sentence; nothing where they can stand.

    >>> check_grade({"source": "B", "information": "2"})
    []
    >>> check_grade({"word": "true"})
    ["word is 'true'; there are: confirmed, fair, weak, contested, discounted"]
    """
    asked = {"source": SOURCES, "information": INFORMATION, "word": WORDS}
    found = [
        f"{key!r} is no part of a grade; there are: {', '.join(asked)}" for key in sorted(set(details) - set(asked))
    ]
    given = [key for key in asked if details.get(key) not in (None, "")]
    for key in given:
        if str(details[key]) not in asked[key]:
            found.append(f"{key} is {details[key]!r}; there are: {', '.join(asked[key])}")
    return found if given else [*found, "nothing is graded; give source, information or word"]


def graded(proposals: Iterable[Grade], decisions: Sequence[Decision]) -> tuple[list[Grade], list[Problem]]:
    """What people graded, and the proposals that nobody has decided on yet.

    The latest standing decision on one claim, root or incident counts, whole. It takes the place of a proposed word
    if it gives a word; without one the word stays a proposal beside it.

    >>> import datetime as dt
    >>> made = Decision("A Reader", dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "grade", "incident:1", "seen on video",
    ...     details={"word": "fair"})
    >>> (grade,), problems = graded([Grade("incident:1", word="weak", why="one root")], [made])
    >>> grade.word, grade.why, grade.decision == made.id, problems
    ('fair', 'seen on video', True, [])
    """
    ordered = standing(sorted(decisions, key=lambda one: (one.when, one.id)))
    settled = {one.about for one in ordered if one.verb == "settle"}
    decided: dict[str, Grade] = {}
    problems: list[Problem] = []
    for one in (one for one in ordered if one.verb == "grade"):
        wrong = check_grade(one.details)
        if wrong:
            problems.append(_unusable(one, wrong))
        else:
            decided[one.about] = _grade(one)
    found = [one for one in proposals if one.about not in decided or not decided[one.about].word]
    grades = sorted((*decided.values(), *found), key=lambda one: (one.about, not one.decision))
    return grades, [one for one in problems if one.id not in settled]


def _grade(decision: Decision) -> Grade:
    source, information, word = (str(decision.details.get(key) or "") for key in ("source", "information", "word"))
    return Grade(decision.about, source, information, word, decision.why, decision.id)


def _unusable(decision: Decision, wrong: Sequence[str]) -> Problem:
    whose = f"{decision.verb} {decision.about} ({decision.who}, {decision.when:%Y-%m-%d})"
    what = f"{whose}: it cannot be used: {'; '.join(wrong)}"
    return Problem(
        "grade", what, settle="grade it again with what is said here put right", changes="how far it is trusted"
    )
