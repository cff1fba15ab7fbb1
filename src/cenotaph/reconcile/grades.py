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
from cenotaph.reconcile.assessing import KEPT
from cenotaph.reconcile.homes import Homes
from cenotaph.reconcile.independence import known, records, support
from cenotaph.vocabulary import Answer, Check, Decision, Grade, Incident, Problem, Tether, Toll

__all__ = ["INFORMATION", "SOURCES", "WORDS", "check_grade", "graded", "proposed_grade", "support"]

SOURCES = ("A", "B", "C", "D", "E", "F")
INFORMATION = ("1", "2", "3", "4", "5", "6")
WORDS = ("confirmed", "fair", "weak", "contested", "discounted")
"""The codes of codes/grades.toml, which a test compares. Its letter G is no part of the NATO code and not taken."""

FIGHTERS = ("armed forces", "armed group")
MISFITS = ("contradiction", "arithmetic problem", "unexplained drop", "mixed vintages")


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
    return sorted((one for one in held if one.id not in gone and claims & set(one.to)), key=lambda one: one.id)


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
    if _rivals(one for one in tolls if one.root in roots):
        return "contested", f"roots accuse different parties: {' / '.join(sorted(accused))}; {said}"
    if len(records(roots, known(roots, tethers))) < 2:
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
    unknown = sorted(set(details) - {*asked, *KEPT})
    found = [f"{key!r} is no part of a grade; there are: {', '.join(asked)}" for key in unknown]
    given = [key for key in asked if details.get(key) not in (None, "")]
    for key in given:
        if str(details[key]) not in asked[key]:
            found.append(f"{key} is {details[key]!r}; there are: {', '.join(asked[key])}")
    return found if given else [*found, "nothing is graded; give source, information or word"]


def graded(
    proposals: Iterable[Grade], decisions: Sequence[Decision], incidents: Iterable[Incident] = ()
) -> tuple[list[Grade], list[Problem]]:
    """What people graded, and the proposals that nobody has decided on yet.

    The latest standing decision on one claim, root or incident counts, whole. It takes the place of a proposed word
    if it gives a word; without one the word stays a proposal beside it. With `incidents`, the grade of one whose id
    has changed is found again by the claims that were seen of it.

    >>> import datetime as dt
    >>> made = Decision("A Reader", dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "grade", "incident:1", "seen on video",
    ...     details={"word": "fair"})
    >>> (grade,), problems = graded([Grade("incident:1", word="weak", why="one root")], [made])
    >>> grade.word, grade.why, grade.decision == made.id, problems
    ('fair', 'seen on video', True, [])
    """
    ordered = standing(sorted(decisions, key=lambda one: (one.when, one.id)))
    homes, decided = Homes.of(incidents), dict[str, Grade]()
    problems: list[Problem] = []
    for one in (one for one in ordered if one.verb == "grade"):
        about, wrong = _about(one, homes), check_grade(one.details)
        if wrong or not about:
            problems.append(_unusable(one, wrong))
        else:
            decided[about] = _grade(one, about)
    found = [one for one in proposals if one.about not in decided or not decided[one.about].word]
    grades = sorted((*decided.values(), *found), key=lambda one: (one.about, not one.decision))
    settled = {one.about for one in ordered if one.verb == "settle"}
    return grades, [one for one in problems if one.id not in settled]


def _about(decision: Decision, homes: Homes) -> str:
    """What a grade is of now; "" for an incident whose claims no longer stand in one."""
    seen = decision.details.get("seen")
    if decision.about in homes.named:
        return homes.named[decision.about].id
    if not homes.named or not seen:
        return decision.about
    found = homes.of_claims(homes.held(seen), decision.about)
    return found[0].id if len(found) == 1 else ""


def _grade(decision: Decision, about: str) -> Grade:
    source, information, word = (str(decision.details.get(key) or "") for key in ("source", "information", "word"))
    return Grade(about, source, information, word, decision.why, decision.id)


def _unusable(decision: Decision, wrong: Sequence[str]) -> Problem:
    whose = f"{decision.verb} {decision.about} ({decision.who}, {decision.when:%Y-%m-%d})"
    why = "; ".join(wrong) or "the claims that were seen no longer stand in one incident"
    settle = "grade it again with what is said here put right"
    return Problem("grade", f"{whose}: it cannot be used: {why}", settle=settle, changes="how far it is trusted")
