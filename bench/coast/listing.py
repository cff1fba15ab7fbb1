"""Each error on its own line, with the sentence it happened in, grouped by its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bench.coast.expected import Amount, Expected, Reply
from bench.coast.scoring import Judged, Match
from cenotaph.vocabulary import Answer, Claim

STATED = (
    *("group", "status", "affiliation", "identity", "sex", "age", "voice", "via", "person"),
    *("said", "since", "until", "date", "recorded", "date_unclear", "place", "by", "part_of"),
)


def errors(judged: Sequence[Judged]) -> Iterator[str]:
    """Missed first, then what was read where nothing was expected, then wrong fields, field by field."""
    for one in judged:
        yield from (f"missed     {one.report.name}  {stated(miss)}{_said(one, miss)}" for miss in one.missed)
    for one in judged:
        yield from (f"spurious   {one.report.name}  {read(claim)} | {_line(claim.quote)}" for claim in one.spurious)
    yield from sorted(_wrong(judged))
    yield from _replies(judged)


def _wrong(judged: Iterable[Judged]) -> Iterator[str]:
    for one in judged:
        for match in one.matches:
            for name, verdict in match.verdicts.items():
                if verdict is False:
                    yield f"{name:10} {one.report.name}  {_both(name, match)} | {_line(match.claim.quote)}"


def _both(name: str, match: Match) -> str:
    return f"expected {stated(match.expected)}; read {name} {_field(name, match.claim)}"


def _field(name: str, claim: Claim) -> str:
    group, period, place, tie = claim.group, claim.period, claim.place, claim.relation
    return {
        "group": f"{group.words!r} {'/'.join(facet or '-' for facet in group.facets)}",
        "voice": repr(claim.root.known_as) if claim.root else "nobody",
        "day": f"said {claim.said}, {f'{period.of} {period.start} to {period.end}' if period else 'no period'}",
        "place": f"{place.words!r} {place.name}" if place else "nowhere",
        "relation": f"{tie.kind} {tie.to}" if tie else "none",
        "parties": "; ".join(party.words for party in claim.parties) or "nobody",
        "exclusions": "; ".join(group.words for group in claim.exclusions) or "none",
        "chain": " < ".join(voice.known_as for voice in claim.voices) or "nobody",
        "stance": claim.stance,
        "reach": claim.reach,
    }[name]


def _replies(judged: Iterable[Judged]) -> Iterator[str]:
    for one in judged:
        yield from (f"unanswered {one.report.name}  {_reply(reply)}" for reply in one.unanswered)
        yield from (f"answer?    {one.report.name}  {_answered(answer)}" for answer in one.strange)


def _reply(reply: Reply) -> str:
    return f"{reply.kind} by {reply.by or 'anyone'}: {reply.words}"


def _answered(answer: Answer) -> str:
    return f"{answer.kind} by {answer.party.words} | {_line(answer.quote)}"


def stated(expected: Expected) -> str:
    said = ((name, getattr(expected, name)) for name in STATED)
    told = ", ".join(f"{name}={one}" for name, one in said if one is not None)
    return f"{expected.harm} {amount(expected.amount)} ({told})"


def amount(one: Amount) -> str:
    """The expected figure in a few words.

    >>> amount(Amount("at least", 745)), amount(Amount("between", 2300, 2400)), amount(Amount("plural", vague="dozens"))
    ('at least 745', 'between 2300 and 2400', '"dozens"')
    """
    if one.vague or one.fraction:
        return f'"{one.vague or one.fraction}"'
    upper = "" if one.upper is None else f" and {one.upper}"
    return "no figure" if one.base is None else f"{one.comparator} {one.base}{upper}"


def read(claim: Claim) -> str:
    quantity = claim.quantity
    number = quantity.base if quantity.base is not None else quantity.words or "no figure"
    return f"{claim.harm} {quantity.comparator} {number} {claim.group.words}"


def _said(one: Judged, miss: Expected) -> str:
    """The sentence of a missed claim, where its words or its number lead to one."""
    for words in filter(None, (miss.words, miss.amount.vague, *_spelled(miss.amount.base))):
        for sentence in re.split(r"(?<=[.!?؟])\s+|\n+", one.report.text):
            if words.casefold() in sentence.casefold():
                return f" | {_line(sentence)}"
    return ""


def _spelled(number: int | None) -> tuple[str, ...]:
    return () if number is None else (f"{number:,}", str(number), f"{number:,}".replace(",", " "))


def _line(words: str) -> str:
    return " ".join(words.split())
