"""What families, parties and readers ask for: a correction, an objection, a withdrawal; and what the team answers.

Both are decisions in the journal. Who asked is protected whatever else is decided, and how to reach them stands in the
payload alone, so that forgetting destroys it: with the report that the request is about, or by the request's own id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.decided import standing
from cenotaph.vocabulary import Decision

__all__ = [
    "ANSWERS",
    "ASKERS",
    "KINDS",
    "Request",
    "Response",
    "own_names",
    "requests",
    "with_requests",
    "wrong_answer",
    "wrong_request",
]

KINDS = ("correction", "objection", "withdrawal")
ASKERS = ("family", "party", "reader")
ANSWERS = ("granted", "refused", "partly")
_LONGEST = 20_000
"""Letters of what is asked or answered."""


@dataclass(frozen=True, slots=True)
class Response:
    """What the team answered: `decision` is granted, refused or partly; `words` are those that went to who asked."""

    made: Decision

    @property
    def decision(self) -> str:
        return str(self.made.details["decision"])

    @property
    def words(self) -> str:
        return str(self.made.details["answer"])


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was written down, with the last answer that stands; None while it waits for one."""

    made: Decision
    response: Response | None = None

    @property
    def id(self) -> str:
        return self.made.id

    @property
    def kind(self) -> str:
        return str(self.made.details["kind"])

    @property
    def by(self) -> str:
        """Who asks; never to be shown but to those who ask for protected names on purpose."""
        return str(self.made.details["by"])

    @property
    def asker(self) -> str:
        """family, party or reader."""
        return str(self.made.details["from"])

    @property
    def asked(self) -> str:
        return str(self.made.details["asked"])

    @property
    def contact(self) -> str:
        """How to reach them, as protected as `by`."""
        return str(self.made.details.get("contact", ""))


def requests(history: Sequence[Decision]) -> list[Request]:
    """The requests that stand, in the order in which they were written down; `history` are all decisions.

    >>> import datetime as dt
    >>> when, asked = dt.datetime(2025, 4, 1, tzinfo=dt.UTC), {"kind": "objection", "by": "A Son", "from": "family"}
    >>> asked["asked"] = "he was no fighter"
    >>> one = Decision("A Reader", when, "request", "incident:1", "by letter", details=asked)
    >>> told = {"decision": "granted", "answer": "it is corrected"}
    >>> other = Decision("A Reader", when, "answer a request", one.id, "the list says so", details=told)
    >>> [(found.kind, found.response and found.response.decision) for found in requests([one, other])]
    [('objection', 'granted')]
    """
    stand = standing(history)
    answers = {one.about: Response(one) for one in stand if one.verb == "answer a request"}
    return [Request(one, answers.get(one.id)) for one in stand if one.verb == "request"]


def with_requests(stand: Sequence[Decision], history: Sequence[Decision]) -> list[Decision]:
    """The decisions that stand, and every request that was taken back: who asked stays protected."""
    known = {id(one) for one in stand}
    return [*(one for one in history if one.verb == "request" and id(one) not in known), *stand]


def own_names(verb: str, about: str, details: Mapping[str, Any], masked: Callable[[str], str]) -> list[str]:
    """Whom a decision itself tells of who must not be named, whether it stands or not: who made a request, and as whom
    somebody knows a voice that is hidden.
    """
    if verb == "request":
        return [name for name in (str(details.get("by", "")),) if name]
    hidden = verb == "alias" and masked(about) != about
    return [name for name in (str(details.get("canonical", "")),) if hidden and name]


def wrong_request(about: str, details: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a request before it is written."""
    yield from _wrong_choice(details, "kind", KINDS)
    yield from _wrong_choice(details, "from", ASKERS)
    if not about.strip():
        yield "it says what it is about: an id, or a few words"
    yield from _wrong_words(details, "by", "it says who asks; where they give no name, how they call themselves")
    yield from _wrong_words(details, "asked", "it says what is asked, in their words or yours")
    if not isinstance(details.get("contact", ""), str):
        yield f"contact is {details['contact']!r}; give words"


def wrong_answer(details: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with an answer before it is written."""
    yield from _wrong_choice(details, "decision", ANSWERS)
    yield from _wrong_words(details, "answer", "it says what is answered, in words that can be sent")


def _wrong_choice(details: Mapping[str, Any], name: str, known: Sequence[str]) -> Iterator[str]:
    if details.get(name) not in known:
        yield f"{name} is {details.get(name)!r}; there are: {', '.join(known)}"


def _wrong_words(details: Mapping[str, Any], name: str, why: str) -> Iterator[str]:
    found = details.get(name)
    if not isinstance(found, str) or not found.strip():
        yield why
    elif len(found) > _LONGEST:
        yield f"{name} has {len(found)} letters; it may have {_LONGEST}"
