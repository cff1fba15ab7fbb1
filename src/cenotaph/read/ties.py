"""How drafts of one report hang together: the number that names each, and the figure it is part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cenotaph.read.page import Draft
from cenotaph.vocabulary import Group


def id_of(draft: Draft) -> int:
    """A number that names a draft among those of its report: where its figure stands."""
    return draft.sentence * 10_000 + draft.chunk.first


def whole_of(draft: Draft, known: Mapping[int, Draft]) -> Draft | None:
    """The figure that a draft is part of or says again, among drafts by their numbers."""
    tied = draft.tie in ("part", "overlay", "restates") and draft.whole is not None
    return known.get(draft.whole) if tied and draft.whole is not None else None


def inherited(group: Group) -> Group:
    return replace(group, names=())


def precedes(one: Draft, draft: Draft) -> bool:
    return (one.sentence, one.chunk.first) < (draft.sentence, draft.chunk.first)
