"""The drafts of a case: what a machine would write down of each incident that nobody has assessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from cenotaph.case.state import State
from cenotaph.case.veiled import Veiled
from cenotaph.reconcile.offering import offers
from cenotaph.reconcile.weighing import Weights
from cenotaph.vocabulary import Problem

__all__ = ["drafts", "drafts_of"]


def drafts(state: State, incidents: Sequence[str] = ()) -> list[Problem]:
    """An offer for each incident and harm, of these incidents or of all; a person agrees, refuses, or assesses.

    They are no problems of the case: nothing is unclear, and nothing is held until somebody agrees. `state` is one that
    nobody has masked, since ids follow from the words.
    """
    held, _ = state.assessments()
    whole = tuple(one for one in state.linked.incidents if all(claim in state.claims for claim in one.claims))
    found = offers(  # of a part of a case, those incidents alone that it holds whole
        replace(state.linked, incidents=whole),
        state.claims,
        state.reports,
        weights(),
        state.rules,
        decisions=state.decisions,
        held=held,
    )
    return [one for one in found if not incidents or (one.proposes and one.proposes.about in incidents)]


def drafts_of(state: State, incident: str) -> list[tuple[str, Problem]]:
    """The drafts of one incident with their ids, which do not follow from words that are masked."""
    if isinstance(state, Veiled) and state.whole is not None and state.veil is not None:
        return [(key, state.veil(one)) for key, one in drafts_of(state.whole, incident)]
    return [(one.id, one) for one in drafts(state, [incident])]


@cache
def weights() -> Weights:
    """How much a claim counts towards a draft: the tables of codes/recording.toml."""
    from cenotaph.world import load  # places and words are loaded when they are needed

    return Weights.of(load().codes("recording"))
