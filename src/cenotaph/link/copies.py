"""Passages of different reports that are one text: whose words were copied, and from which claim.

Shingles (runs of words) of each passage are hashed and the smallest hashes kept as its sketch; only passages that share
one are compared (min-hash, Broder 1997: two texts share their smallest hash as often as they share shingles). So cost
grows with the number of passages and not with that of pairs.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from cenotaph.link.spelling import words
from cenotaph.link.telling import Telling
from cenotaph.vocabulary import Root, Rooted

__all__ = ["ALIKE", "FEWEST", "MEETINGS", "NEARLY_IDENTICAL", "Copies", "Copy", "copied", "sketch"]

NEARLY_IDENTICAL = 0.95
"""Share of words that two passages have in common, in order, to be one text: one word in twenty may differ, a typing
error or a cut. People who retell a figure change more than that. Our convention.
"""

ALIKE = 0.75
"""From here on one passage looks like a retelling of the other: said to people, never acted on. Our convention."""

FEWEST = 10
"""Words below which a passage is a formula that anybody writes: "Three people were killed in the town." """

SHINGLE = 4
"""Words in a run."""

SKETCH = 8
"""Hashes kept of a passage."""

MEETINGS = 2
"""Hashes that two sketches must share before the passages are compared word by word."""

CROWD = 8
"""So many passages of one block are sources of later ones: the earliest. More would say nothing new."""


@dataclass(frozen=True)
class Passage:
    """A quote with its claims, without the words that name its voices: "a monitor said" is not what is copied."""

    tellings: tuple[Telling, ...]
    text: tuple[str, ...]

    @property
    def report(self) -> str:
        return self.tellings[0].report.id

    @property
    def order(self) -> tuple[object, ...]:
        first = self.tellings[0]
        published = first.report.published
        return (published is None, str(published or ""), first.report.id, first.claim.start, first.claim.end)


@dataclass(frozen=True, slots=True)
class Copy:
    """A claim, the claim of another report whose words it has, and how much of them (0 to 1)."""

    claim: Telling
    source: Telling
    alike: float


@dataclass(frozen=True)
class Copies:
    """What copied text tells: roots of claims, words that are only alike, and roots that share a text."""

    roots: Mapping[str, Rooted] = field(default_factory=dict)
    alike: Mapping[str, Copy] = field(default_factory=dict)
    shared: tuple[Copy, ...] = ()


def copied(tellings: Sequence[Telling]) -> Copies:
    """Each claim's nearest source in an earlier passage of another report, and what follows from it.

    >>> copied([])
    Copies(roots={}, alike={}, shared=())
    """
    roots: dict[str, Rooted] = {}
    alike: dict[str, Copy] = {}
    shared: list[Copy] = []
    for claim, found in sorted(_copies(_passages(tellings)).items()):
        same = [copy for copy in found if copy.alike >= NEARLY_IDENTICAL]
        origin = _origin(same)
        if _nameless(found[0].claim) and origin is not None:
            roots[claim] = Rooted(Root(origin.source.rooted.root.name), "copied text", source=origin.source.id)
        elif _nameless(found[0].claim):
            alike |= _likest(_origin(found))
        if claim not in roots:
            shared += [copy for copy in same if copy.claim.rooted.root.named and copy.source.rooted.root.named]
    return Copies(roots, alike, tuple(shared))


def _likest(copy: Copy | None) -> dict[str, Copy]:
    return {copy.claim.id: copy} if copy is not None else {}


def _nameless(telling: Telling) -> bool:
    return telling.alone or (not telling.rooted.root.named and not telling.private)


def _origin(found: Sequence[Copy]) -> Copy | None:
    """The likest source whose root is named; none where sources of two roots have the words, or no day tells."""
    fit = [copy for copy in found if copy.source.rooted.root.named and not _nameless(copy.source) and _dated(copy)]
    if len({copy.source.rooted.root.name for copy in fit}) != 1:
        return None
    return min(fit, key=lambda copy: (-copy.alike, str(copy.source.report.published), copy.source.id))


def _dated(copy: Copy) -> bool:
    """Whether the day tells which of the two came first: passages without one stand last, but only in our order."""
    return copy.claim.report.published is not None


# --- passages and their pairs ---------------------------------------------------------------------------------------


def _passages(tellings: Iterable[Telling]) -> list[Passage]:
    quotes: dict[tuple[str, int, int], list[Telling]] = {}
    for telling in tellings:
        quotes.setdefault((telling.report.id, telling.claim.start, telling.claim.end), []).append(telling)
    made = (Passage(tuple(group), _text(group)) for group in quotes.values())
    return sorted((one for one in made if len(one.text) >= FEWEST), key=lambda one: one.order)


def _text(group: Sequence[Telling]) -> tuple[str, ...]:
    """The words without those of the voices' names."""
    names = {voice.name for telling in group for voice in telling.claim.voices if voice.name}
    said = group[0].claim.quote
    for name in sorted(names, key=lambda one: (-len(one), one)):
        said = said.replace(name, " ")
    return tuple(words(said))


def _copies(passages: Sequence[Passage]) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for later, earlier in _pairs(passages):
        share = Indel.normalized_similarity(later.text, earlier.text, score_cutoff=ALIKE)
        if share >= ALIKE:
            for copy in _mates(later, earlier, share):
                found.setdefault(copy.claim.id, []).append(copy)
    return found


def _pairs(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Passages of different reports that share enough of their sketches, later before earlier, in order."""
    blocks: dict[int, list[int]] = {}
    for number, passage in enumerate(passages):
        shared: Counter[int] = Counter()
        for key in sketch(passage.text):
            block = blocks.setdefault(key, [])
            shared.update(block)
            if len(block) < CROWD:
                block.append(number)
        for source, times in sorted(shared.items()):
            if times >= MEETINGS and passages[source].report != passage.report:
                yield passage, passages[source]


def sketch(text: Sequence[str]) -> list[int]:
    """The smallest hashes of the runs of words; passages with other numbers meet in none, as they are no copies."""
    numbers = zlib.crc32(" ".join(sorted(word for word in text if word.isdigit())).encode())
    runs = {" ".join(text[at : at + SHINGLE]) for at in range(len(text) - SHINGLE + 1)}
    return sorted({zlib.crc32(run.encode("utf-8", "surrogatepass"), numbers) for run in runs})[:SKETCH]


def _mates(later: Passage, earlier: Passage, share: float) -> Iterable[Copy]:
    """Claims of the two passages that state the same figure, of the same harm."""
    sources: dict[object, Telling] = {}
    for one in earlier.tellings:
        sources.setdefault((one.figure, one.facets), one)
    for one in later.tellings:
        source = sources.get((one.figure, one.facets))
        if source is not None:
            yield Copy(one, source, share)
