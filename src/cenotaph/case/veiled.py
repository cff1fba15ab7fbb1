"""A case as it is shown: all that is worked out rests on what the reports say, and nobody who is protected is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from cenotaph.case.state import State
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Account, Assessment, Check, Grade, Ledger, Problem

__all__ = ["Veiled", "veil_of", "veiled"]

T = TypeVar("T")


def veil_of(state: State) -> Veil:
    """What hides the protected people of a case. Made of all it holds: what is left out of a look may name them too."""
    return Veil(state.hidden())


@dataclass(frozen=True, slots=True)
class Veiled(State):
    """A state whose every text is masked. What it tells of roots, grades and ledgers was worked out on the words
    themselves, since two people who are both hidden are still two.
    """

    whole: State | None = None
    veil: Veil | None = None

    def _told(self) -> tuple[State, Veil]:
        assert self.whole is not None and self.veil is not None, "made by veiled() alone"
        return self.whole, self.veil

    def accounts(self) -> list[Account]:
        whole, veil = self._told()
        return veil(whole.accounts())

    def accused(self) -> dict[str, Check]:
        whole, veil = self._told()
        return veil(whole.accused())

    def assessments(self) -> tuple[list[Assessment], list[Problem]]:
        whole, veil = self._told()
        return veil(whole.assessments())

    def ledgers(self) -> list[Ledger]:
        whole, veil = self._told()
        return veil(whole.ledgers())

    def grades(self) -> list[Grade]:
        whole, veil = self._told()
        return veil(whole.grades())

    def weighed(self) -> list[tuple[str, Problem]]:
        whole, veil = self._told()
        return [(key, veil(one)) for key, one in whole.weighed()]


def veiled(state: State, veil: Veil) -> Veiled:
    """The state as it may be shown."""
    linked = replace(
        state.linked, roots=_Each(state.linked.roots, veil), incidents=veil(state.linked.incidents),
        tethers=veil(state.linked.tethers), problems=veil(state.linked.problems),
    )  # fmt: skip
    return Veiled(
        _Each(state.claims, veil), _Each(state.reports, veil), linked, _Each(state.tolls, veil),
        veil(list(state.problems)), veil(list(state.answers)),
        veil(list(state.decisions)), state.rules, veil(state.notes), state.figures, (), whole=state, veil=veil,
    )  # fmt: skip


class _Each(Mapping[str, T]):
    """Values that are masked when somebody looks at them: a page shows a few of many."""

    def __init__(self, values: Mapping[str, T], veil: Veil) -> None:
        self._values, self._veil = values, veil
        self._shown: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._shown:
            self._shown[key] = self._veil(self._values[key])
        return self._shown[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values
