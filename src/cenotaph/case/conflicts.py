"""What two copies of a case decided otherwise on the same thing while they worked apart.

A decision has seen another if it stands later in the same chain, or after its chain took that one in. Of two that have
not seen each other the later counts, as everywhere, and a Problem says that somebody should look at both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from sqlalchemy import Connection

from cenotaph.case.decisions import as_written
from cenotaph.case.journal import contents, rows
from cenotaph.decided import standing
from cenotaph.plain import canonical, load
from cenotaph.vocabulary import Decision, Problem

__all__ = ["conflicts"]

OURS = ("seen", "code", "digest", "anchors", "steady", "rows")
"""Details that the program wrote beside what was decided."""
ON_A_CLAIM = ("accept", "correct", "reject")
LINKS = ("must-link", "cannot-link")
ON_ONE_THING = ("alias", "relate", "grade", "assess", "protect", "place", "assume")
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    decision: Decision
    chain: str
    seq: int


@dataclass
class _Clocks:
    """How far each chain had taken in the others, row by row."""

    merges: Mapping[str, Sequence[tuple[int, Mapping[str, Sequence[Any]]]]]
    at: Mapping[str, tuple[str, int]]
    _known: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)

    def saw(self, later: _Made, earlier: _Made) -> bool:
        if later.chain == earlier.chain:
            return earlier.seq < later.seq
        return self._of(later.chain, later.seq).get(earlier.chain, 0) >= earlier.seq

    def _of(self, chain: str, seq: int) -> dict[str, int]:
        """The last row of each other chain that was known in this one at that row."""
        before = [(at, tails) for at, tails in self.merges.get(chain, ()) if at <= seq]
        if not before:
            return {}
        key = (chain, before[-1][0])
        if key not in self._known:
            self._known[key] = found = dict[str, int]()
            for _, tails in before:
                for _, _, payload in tails.values():
                    home, at = self.at.get(str(payload), (chain, 0))
                    if home == chain:  # its own past, or rows that are not in this copy
                        continue
                    for other, reached in {home: at, **self._of(home, at)}.items():
                        found[other] = max(found.get(other, 0), reached)
        return self._known[key]


def conflicts(connection: Connection) -> list[Problem]:
    """A problem for each two decisions that stand, were made apart, and say something else of the same thing."""
    made = list(_made(connection))
    if len({one.chain for one in made}) < 2:
        return []
    stand = {one.id for one in standing([one.decision for one in made])}
    about: dict[Key, list[_Made]] = defaultdict(list)
    for one in made:
        if one.decision.id in stand and (key := _thing(one.decision)):
            about[key].append(one)
    clocks = _clocks(connection)
    return [problem for some in about.values() if len(some) > 1 for problem in _between(some, clocks)]


def _made(connection: Connection) -> Iterator[_Made]:
    for row, payload in contents(connection, "decision"):
        yield _Made(as_written(load(Decision, payload["decision"])), row.chain, row.seq)


def _clocks(connection: Connection) -> _Clocks:
    merges: dict[str, list[tuple[int, Mapping[str, Sequence[Any]]]]] = defaultdict(list)
    for row, payload in contents(connection, "merge"):
        merges[row.chain].append((row.seq, payload["tails"]))
    at = {row.payload: (row.chain, row.seq) for row in rows(connection)}
    for some in merges.values():
        some.sort(key=lambda one: one[0])
    return _Clocks(merges, at)


def _thing(decision: Decision) -> Key:
    """What a decision settles; () where two can stand side by side."""
    details = decision.details
    if decision.verb in ON_A_CLAIM:
        return ("claim", decision.about)
    if decision.verb in LINKS:
        pair = tuple(sorted((decision.about, str(details.get("with", "")))))
        return ("link", *pair, details.get("as", "incident"))
    if decision.verb == "assess":
        return ("assess", decision.about, canonical(details.get("harm")), bool(details.get("residual")))
    if decision.verb == "relate":
        return ("relate", *sorted((decision.about, str(details.get("with", "")))))
    return (decision.verb, decision.about, decision.report) if decision.verb in ON_ONE_THING else ()


def _said(decision: Decision) -> str:
    """What it says of that thing."""
    told = {key: value for key, value in decision.details.items() if key not in OURS}
    if decision.verb in LINKS:
        return decision.verb
    if isinstance(told.get("claim"), Mapping):
        told["claim"] = {key: value for key, value in told["claim"].items() if key not in ("coder", "id")}
    return f"{decision.verb} {canonical(told)}"


def _between(some: Sequence[_Made], clocks: _Clocks) -> Iterator[Problem]:
    """Only those that no later decision on the same thing has seen."""
    last = [one for one in some if not any(clocks.saw(other, one) for other in some if other is not one)]
    for one, other in combinations(sorted(last, key=lambda made: (made.decision.when, made.decision.id)), 2):
        if _said(one.decision) != _said(other.decision):
            yield _problem(one.decision, other.decision)


def _problem(one: Decision, other: Decision) -> Problem:
    what = (
        f"two copies of this case decided otherwise on {one.about} while they worked apart: {one.verb} ({one.id}) and"
        f" {other.verb} ({other.id}); the later one counts"
    )
    anchor = one.anchor or other.anchor
    return Problem(
        "two copies", what, one.report or other.report, anchor.start if anchor else 0, anchor.end if anchor else 0,
        one.quote or other.quote, f"look at both reasons, then undo one: cenotaph decide CASE undo {one.id}",
        "which of the two counts", tuple(_claims((one.about,))),
    )  # fmt: skip


def _claims(ids: Iterable[str]) -> Iterator[str]:
    yield from (one for one in ids if one.startswith("claim:"))
