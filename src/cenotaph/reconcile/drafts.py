"""The adding machine over one's own draft: each figure in it beside what the case holds, before it goes out.

Nothing is decided here. A figure is compared with every vintage of every toll; what differs is said in a sentence, with
the claims it rests on and what to do. `held` lists what there is, `unlike` compares sets, `adding` looks for sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.calculus.inheritance import Wholes
from cenotaph.reconcile.breakdown import parts_that_miss
from cenotaph.reconcile.comparing import Said, Verdict, compared
from cenotaph.reconcile.held import Held, all_held, figure_of
from cenotaph.reconcile.meant import Bench, Meant, meant
from cenotaph.reconcile.wording import Wording
from cenotaph.vocabulary import Claim, Interval, Problem, Report, Span, Toll

__all__ = ["Finding", "Verdict", "checked"]

DO: dict[Verdict, str] = {
    "held": "",
    "older vintage": "take the newest, or say of which day this is",
    "another set": "name the set as the words do, or take the figure of yours",
    "another root": "name the root whose figure it is",
    "no root named": "name the root beside the figure",
    "more certain than the words": "keep the words of the root",
    "sum": "leave it out, or show the parts and say whose sum it is",
    "stale": "take the newest, or say of which day this is",
    "nobody has read": "read the words it rests on, and decide",
    "not held": "take it out, or add the report that says so",
    "not checked": "check it by hand: it was compared with nothing",
}
"""What to do about each verdict."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found on one figure of a draft. A figure may have several.

    `where` is its place in the draft and `figure` its words there; `claim` is None for a number that was read as no
    claim. `toll` is the id of the toll and `rests` the ids of the case's claims it was compared with, those
    in the draft's language first.

    >>> Finding("77", Span(0, 2), "not held", "nothing in the case says so").rests
    ()
    """

    figure: str
    where: Span
    verdict: Verdict
    what: str
    do: str = ""
    claim: Claim | None = None
    toll: str = ""
    rests: tuple[str, ...] = ()


def checked(
    draft: Sequence[Claim],
    tolls: Sequence[Toll],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    known: Mapping[str, Interval],
    *,
    text: Report,
    numbers: Sequence[Span] = (),
    problems: Sequence[Problem] = (),
    read: Collection[str] = (),
    words: Mapping[str, Any],
) -> list[Finding]:
    """What there is to say on each figure of a draft, in the order of its words.

    `draft` and `problems` are the reading of `text`; `claims` and `reports` are the case's; `known` are the intervals
    of all claims, the draft's among them. `numbers` are the numbers near a word of harm: those that no claim rests on
    are "not checked". `read` are claims that people read, for those in no toll. `words` are the tables of
    codes/drafts.toml. Words that name no number ("many") are compared with nothing. Raises KeyError if a claim of the
    draft has no interval.
    """
    wholes = Wholes({claim.id: claim for claim in draft}, {text.id: text})
    full = [wholes.full(claim) for claim in draft if _names_a_number(claim)]
    bench = Bench(all_held(tolls, claims, known), known, frozenset(read), Wording.of(words))
    foreign = _foreign(text, claims, reports)
    likely = {claim.id: meant(claim, bench) for claim in full}
    findings = [
        _finding(claim, said, foreign)
        for claim in full
        for said in compared(claim, likely[claim.id], _stated(claim, full, likely), bench)
    ]
    findings += _sums(full, findings, known)
    findings += _unread(text, draft, findings, numbers, problems)
    return sorted(findings, key=lambda one: (one.where, one.claim.id if one.claim else ""))


def _names_a_number(claim: Claim) -> bool:
    return figure_of(claim.quantity) != () and not (
        claim.quantity.comparator == "plural" and claim.quantity.base is None
    )


def _stated(claim: Claim, draft: Sequence[Claim], likely: Mapping[str, Sequence[Meant]]) -> list[Held]:
    """The held figures that the rest of the draft gives, each number once."""
    others = [one for one in draft if one.harm.within(claim.harm) and one.quantity.base != claim.quantity.base]
    found = [likely[one.id][0] for one in others if likely[one.id]]
    return list({one.held.number: one.held for one in found if one.equal}.values())


def _finding(claim: Claim, said: Said, order: Mapping[str, bool]) -> Finding:
    """With the claims it rests on: those in the draft's language first, among them the one nearest to the root."""
    found = dict.fromkeys(one for held in said.held for one in held.vintage.claims)
    rests = tuple(sorted(found, key=lambda key: order.get(key, True)))
    toll = next((held.toll.id for held in said.held if held.toll), "")
    return Finding(claim.quantity.words, claim.anchor, said.verdict, said.what, DO[said.verdict], claim, toll, rests)


def _foreign(text: Report, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> dict[str, bool]:
    """For each claim whether its report is in another language than the draft."""
    languages = {key: report.language for key, report in reports.items()}
    return {key: languages.get(claim.report) != text.language for key, claim in claims.items()}


def _sums(draft: Sequence[Claim], found: Sequence[Finding], known: Mapping[str, Interval]) -> Iterator[Finding]:
    """Parts that do not come to their whole. A remainder is none of our business where each figure is held."""
    held = {one.claim.id for one in found if one.claim and one.verdict == "held"}
    for missed in parts_that_miss(draft, known):
        ids = {missed.whole.id, *(part.id for part in missed.parts)}
        if missed.over or not ids <= held:
            whole = missed.whole
            yield Finding(whole.quantity.words, whole.anchor, "sum", missed.what, "mend what is wrong in it", whole)


# --- what was not read ----------------------------------------------------------------------------------------------


def _unread(
    text: Report, draft: Sequence[Claim], found: Sequence[Finding], numbers: Sequence[Span], problems: Sequence[Problem]
) -> list[Finding]:
    """Numbers near a word of harm that no claim rests on, and what the reader says it could not read."""
    used = [span for claim in draft for span in (claim.anchor, *(where for _, where in claim.evidence))]
    open_ones = [span for span in numbers if not any(_meet(span, one) for one in used)]
    what = "a number near a word of harm, and no claim was read of it"
    out = [Finding(span.of(text.text), span, "not checked", what, DO["not checked"]) for span in open_ones]
    told = [one.where for one in (*found, *out)]
    for problem in problems:
        span = Span(problem.start, problem.end)
        if problem.kind == "not read" or (_has_digit(problem.quote) and not any(span.covers(one) for one in told)):
            out.append(Finding(problem.quote, span, "not checked", problem.what, problem.settle or DO["not checked"]))
    return out


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _has_digit(words: str) -> bool:
    return any(sign.isdecimal() for sign in words)
