"""What a person answers to a problem -> the decision that is meant."""

from __future__ import annotations

import datetime as dt

from cenotaph.case.errors import CaseError
from cenotaph.vocabulary import Decision, Problem

__all__ = ["on_problem"]


def on_problem(found: Problem, verb: str, who: str, when: dt.datetime, reason: str) -> Decision:
    """Agreeing takes what is proposed; refusing a link is a cannot-link, refusing anything else settles the problem.

    Raises CaseError for agreeing to a problem that proposes nothing.
    """
    offer = found.proposes
    if verb == "agree":
        if offer is None:
            raise CaseError(f"{found.id} proposes nothing; decide what would settle it: {found.settle}")
        return Decision(who, when, offer.verb, offer.about, reason, offer.report, details=dict(offer.details))
    if verb == "refuse" and offer is not None and offer.verb == "must-link":
        return Decision(who, when, "cannot-link", offer.about, reason, offer.report, details=dict(offer.details))
    return Decision(who, when, "settle", found.id, reason, found.report, quote=found.quote)
