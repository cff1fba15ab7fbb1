"""Whether two roots can be counted as two: what words and decisions tell. Nothing told is unknown, and stays so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cenotaph.link.copies import Copies
from cenotaph.link.telling import Telling
from cenotaph.vocabulary import Decision, Tether

__all__ = ["independence", "tethered"]

WORDS = {"shown": "shown", "assumed": "assumed", "dependent": "dependent"}


def independence(one: str, other: str, tethers: Iterable[Tether]) -> Tether:
    """What is known of two roots, in whichever order they are named; "unknown", with its reason, is the default.

    Raises ValueError for a root and itself: that is one root and no question.

    >>> independence("Monitor", "Network", []).independence
    'unknown'
    """
    if one == other:
        raise ValueError(f"two roots are compared; found {one!r} twice")
    pair = {one, other}
    known = (tether for tether in tethers if {tether.one, tether.other} == pair)
    first, second = sorted(pair)
    untold = Tether(first, second, "unknown", "nothing that is held tells whether one draws on the other")
    return next(known, untold)


def tethered(tellings: Sequence[Telling], copies: Copies, standing: Sequence[Decision]) -> list[Tether]:
    """One tether for each pair of roots that words or decisions tell of, in the order of their names.

    A decision comes before words, the last one before those it was taken after.
    """
    decided = {tuple(sorted((tether.one, tether.other))): tether for tether in _related(standing)}
    read: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for one, other, why, claims in (*_informed(tellings), *_shared(copies)):
        reasons = read.setdefault(tuple(sorted((one, other))), {})
        reasons.setdefault(why, []).extend(claims)
    words = {pair: _dependent(pair, reasons) for pair, reasons in read.items()}
    return [tether for _, tether in sorted((words | decided).items())]


def _dependent(pair: tuple[str, ...], reasons: dict[str, list[str]]) -> Tether:
    claims = sorted({claim for found in reasons.values() for claim in found})
    return Tether(pair[0], pair[1], "dependent", "; ".join(sorted(reasons)), tuple(claims))


def _related(standing: Iterable[Decision]) -> Iterator[Tether]:
    for one in standing:
        word = one.details.get("independence")
        other = str(one.details.get("with", ""))
        if one.verb == "relate" and word in WORDS and other and other != one.about:
            first, second = sorted((one.about, other))
            yield Tether(first, second, word, one.why or "decided", decision=one.id)


def _informed(tellings: Sequence[Telling]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """A root that has its figure from another: the other stands in the chain below it, among its informants.

    An outlet or wire above the root only carries it; that tells nothing of figures the carrier has of its own.
    """
    named = {telling.rooted.root.name for telling in tellings if telling.rooted.root.named}
    for telling in tellings:
        root = telling.rooted.root
        voices = telling.claim.voices
        below = voices[next((at for at, voice in enumerate(voices) if voice.root), len(voices)) + 1 :]
        for voice in below:
            if root.named and voice.known_as in named and voice.known_as != root.name:
                yield root.name, voice.known_as, f"{root.name} has a figure from {voice.known_as}", (telling.id,)


def _shared(copies: Copies) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for copy in copies.shared:
        mine, yours = copy.claim.rooted.root.name, copy.source.rooted.root.name
        if mine != yours:
            yield mine, yours, "one text stands under both names", (copy.claim.id, copy.source.id)
