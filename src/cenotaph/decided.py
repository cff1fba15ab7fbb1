"""What people decided, as the stages need it: which decisions stand, who is whose, what belongs together or apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Claim, Decision

__all__ = ["Aliases", "apart", "standing", "together"]


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that no later decision undoes; an undo can be undone."""
    undone: set[str] = set()
    for one in reversed(decisions):
        if one.verb == "undo" and one.id not in undone:
            undone.add(one.about)
    if not undone:  # an id costs more than all else here
        return [one for one in decisions if one.verb != "undo"]
    return [one for one in decisions if one.verb != "undo" and one.id not in undone]


def together(decisions: Iterable[Decision]) -> list[Decision]:
    """Must-link: about one claim, its details naming the other as `with`."""
    return [one for one in decisions if one.verb == "must-link" and "with" in one.details]


def apart(decisions: Iterable[Decision]) -> list[Decision]:
    """Cannot-link: about one claim, its details naming the other as `with`."""
    return [one for one in decisions if one.verb == "cannot-link" and "with" in one.details]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Whose voice people decided a claim's root to be: by claim, by name in one report, or by name everywhere.

    A decision `alias` is about the id of a claim or the name of a voice; its details name the `canonical` root. One
    that names a report holds for that report only.
    """

    known: Mapping[tuple[str, str], Decision]

    @classmethod
    def decided(cls, decisions: Iterable[Decision]) -> Aliases:
        found = [one for one in decisions if one.verb == "alias" and one.details.get("canonical")]
        return cls({(one.about, one.report): one for one in found})

    def of(self, claim: Claim, name: str) -> Decision | None:
        for key in ((claim.id, claim.report), (claim.id, ""), (name, claim.report), (name, "")):
            if key in self.known:
                return self.known[key]
        return None
