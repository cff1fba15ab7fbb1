"""Who an unnamed voice may be: proposals with their reasons, one for each voice and report. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.link.copies import Copies
from cenotaph.link.figures import Evidence, Figures
from cenotaph.link.spelling import bare
from cenotaph.link.telling import NOBODY, Telling
from cenotaph.vocabulary import Decision, Problem, Proposed

__all__ = ["still_open", "whose"]

ENOUGH = 3
"""Digits that must agree before a root is proposed: three do by chance once in a thousand. Our convention."""


def whose(tellings: Sequence[Telling], copies: Copies) -> list[Problem]:
    """For each unnamed voice the root whose figures it gives; where two fit alike a problem that proposes none.

    Unnamed is a voice that is described only, and an outlet that says no voice at all. A root that the same report
    names is never proposed: to whoever wrote the report it is somebody else. Nor is one for a private person.
    """
    figures = Figures.of(one for one in tellings if _keeps_record(one))
    named = _named_by_report(tellings)
    found: list[Problem] = []
    for (report, _), voice in sorted(_unnamed(tellings).items()):
        ranked = _ranked(voice, figures, copies, named.get(report, set()))
        if ranked:
            found.append(_problem(voice, ranked))
    return found


def _keeps_record(one: Telling) -> bool:
    return one.rooted.root.named and one.counts and not one.alone and not one.private


def _named_by_report(tellings: Iterable[Telling]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in tellings:
        names = found.setdefault(one.report.id, set())
        names.update(voice.known_as for voice in one.named_there)
        if one.rooted.rule not in ("not named", "copied text"):
            names.add(one.rooted.root.name)
    return found


def _unnamed(tellings: Iterable[Telling]) -> dict[tuple[str, str], list[Telling]]:
    """The claims of each unnamed voice of a report that could be a body which keeps a record."""
    found: dict[tuple[str, str], list[Telling]] = {}
    for one in tellings:
        unknown = one.rooted.rule == "not named" or (one.alone and one.rooted.rule in ("named", "from its whole"))
        if unknown and not one.private:
            found.setdefault((one.report.id, bare(_name(one))), []).append(one)
    return found


def _name(one: Telling) -> str:
    return one.voice.known_as if one.voice else one.rooted.root.name


@dataclass(frozen=True)
class _Fit:
    """A root with all that speaks for it: the best evidence of each claim."""

    root: str
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> int:
        return sum(one.points for one in self.evidence)

    @property
    def enough(self) -> bool:
        """Several figures, or one that is large and not round."""
        figures = {one.telling.figure for one in self.evidence}
        return self.points >= ENOUGH and (len(figures) > 1 or any(one.specific for one in self.evidence))


def _ranked(voice: Sequence[Telling], figures: Figures, copies: Copies, named: set[str]) -> list[_Fit]:
    best: dict[str, dict[tuple[object, ...], Evidence]] = {}
    for telling in voice:
        for one in (*_alike(telling, copies), *(figures.like(telling) if telling.counts else ())):
            if one.root in named:
                continue
            held = best.setdefault(one.root, {})
            key = telling.figure
            held[key] = max(held.get(key, one), one, key=_strength)
    fits = (_Fit(root, tuple(held.values())) for root, held in best.items())
    return sorted((one for one in fits if one.enough), key=lambda one: (-one.points, one.root))


def _strength(one: Evidence) -> tuple[object, ...]:
    """More points first, of equal ones the nearest day; ids at last, as the order of claims must not matter."""
    same = one.same
    if same is None or same.day is None or one.telling.day is None:
        return (one.points, 0, 0, one.telling.id, one.why)
    return (one.points, 1, -abs((same.day - one.telling.day).days), one.telling.id, same.id)


def _alike(telling: Telling, copies: Copies) -> Iterable[Evidence]:
    copy = copies.alike.get(telling.id)
    if copy is not None:
        why = f"its words are nearly those of {copy.source.where}"
        yield Evidence(copy.source.rooted.root.name, telling, ENOUGH, why, specific=True)


# --- in words -------------------------------------------------------------------------------------------------------


def _problem(voice: Sequence[Telling], ranked: Sequence[_Fit]) -> Problem:
    first, best = voice[0], ranked[0]
    evident = {one.telling.id for one in best.evidence}
    at = next(one for one in voice if one.id in evident)
    claims = tuple(one.id for one in voice)
    name = "the outlet, which names no voice," if first.alone else _name(first)
    where = (first.report.id, at.claim.start, at.claim.end, at.claim.quote)
    if len(ranked) > 1 and ranked[1].points == best.points:
        what = f"{name} may be {_listed(ranked)}: nothing tells which"
        return Problem("unclear root", what, *where, "say whose figures these are", "whose figures they are", claims)
    others = f" (less fitting: {_listed(ranked[1:])})" if len(ranked) > 1 else ""
    what = f"{name} may be {best.root}: {_reasons(best)}{others}"
    proposed = Proposed("alias", _about(first), first.report.id, {"canonical": best.root})
    settle = f"decide whether these figures are {best.root}'s"
    return Problem("proposal", what, *where, settle, "one root less, or one more relay", claims, proposed)


def _about(first: Telling) -> str:
    """The voice's name; where no voice is named, the claim."""
    return _name(first) if first.voice is not None and _name(first) != NOBODY else first.id


def _listed(fits: Sequence[_Fit]) -> str:
    return "; ".join(f"{one.root}, {_reasons(one)}" for one in fits)


def _reasons(fit: _Fit) -> str:
    ordered = sorted(fit.evidence, key=lambda one: (one.telling.claim.start, one.telling.claim.anchor, one.telling.id))
    same = [one for one in ordered if one.same is not None]
    reasons = [one.why for one in ordered if one.same is None]
    if same:
        words = "; ".join(dict.fromkeys(one.telling.claim.quantity.words for one in same))
        where = "; ".join(dict.fromkeys(one.same.where for one in same if one.same is not None))
        noun = "the same figures" if len(same) > 1 else "the same figure"
        reasons.insert(0, f"{noun} ({words}) as {fit.root} in {where}")
    return ", and ".join(dict.fromkeys(reasons))


# --- what people have answered --------------------------------------------------------------------------------------


def still_open(problems: Iterable[Problem], standing: Sequence[Decision]) -> list[Problem]:
    """Without what a decision has settled: the proposed one, its opposite, or one about the problem itself."""
    settled = {one.about for one in standing if one.verb == "settle"}
    taken = {(one.verb, one.about, one.report) for one in standing}
    apart = {_pair(one.about, one.details) for one in standing if one.verb in ("must-link", "cannot-link")}
    return [one for one in problems if one.id not in settled and not _answered(one.proposes, taken, apart)]


def _answered(proposed: Proposed | None, taken: set[tuple[str, str, str]], apart: set[frozenset[str]]) -> bool:
    if proposed is None:
        return False
    if proposed.verb == "must-link":
        return _pair(proposed.about, proposed.details) in apart
    return bool(taken & {(proposed.verb, proposed.about, proposed.report), (proposed.verb, proposed.about, "")})


def _pair(about: str, details: Mapping[str, object]) -> frozenset[str]:
    return frozenset({about, str(details.get("with", ""))})
