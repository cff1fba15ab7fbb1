"""The names of one area by how they sound, for finding what a name is spelt like in either script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from cenotaph.gazetteer.asked import Spelled, place_words
from cenotaph.gazetteer.entries import Entry
from cenotaph.plain.romanised import alike_sounds, apart, words

SAME = 0.97  # written so alike that only vowels or marks differ
ALIKE = 0.82  # below it another name
SHORT, ALIKE_SHORT = 2, 0.91  # the same for names of so few consonants, which are like many others
OTHER = 0.75  # a whole consonant that differs makes another name, however long it is
LONG = 4  # consonants from which one of them may be another
_MOST = 40  # spellings that are compared closely


@dataclass(frozen=True, slots=True)
class Match:
    """An entry whose name is written like the one asked for: `alike` 1 the same to 0 another name."""

    entry: Entry
    alike: float


@dataclass(frozen=True, eq=False)
class Spellings:
    """Names with the entry that each is of; `entry` turns what stands for it into one, only where it is needed."""

    names: Sequence[tuple[str, int]]
    entry: Callable[[int], Entry]

    def same(self, name: Sequence[str]) -> list[Match]:
        """The entries whose names differ from this one in vowels and marks at most; [] for none."""
        asked = place_words().spelled(name)
        return self._compared(asked, [asked.bones], SAME)

    def like(self, name: Sequence[str]) -> list[Match]:
        """The entries whose names are written like this one, the likest first; [] for none."""
        asked = place_words().spelled(name)
        least = ALIKE_SHORT if len(asked.bones) <= SHORT else ALIKE
        return self._compared(asked, self._near(asked.bones), least)

    def _compared(self, asked: Spelled, near: Iterable[str], least: float) -> list[Match]:
        best: dict[int, float] = {}
        for bones in near if asked.bones else ():
            for spelled, key in self._by_bones.get(bones, ()):
                found = likeness(asked, spelled)
                if found > best.get(key, 0.0):
                    best[key] = found
        kept = sorted((-alike, key) for key, alike in best.items() if alike >= least)
        return [Match(self.entry(key), -alike) for alike, key in kept]

    def _near(self, bones: str) -> list[str]:
        if len(bones) < LONG:
            return [bones]
        found = process.extract(bones, self._bones, scorer=Levenshtein.distance, score_cutoff=1, limit=_MOST)
        return [one for one, _, _ in found]

    @cached_property
    def _by_bones(self) -> Mapping[str, Sequence[tuple[Spelled, int]]]:
        out: dict[str, dict[tuple[Spelled, int], None]] = defaultdict(dict)
        for name, key in self.names:
            spelled = place_words().spelled(words(name))
            if spelled.bones:
                out[spelled.bones][spelled, key] = None
        return {bones: tuple(found) for bones, found in out.items()}

    @cached_property
    def _bones(self) -> Sequence[str]:
        return tuple(self._by_bones)


def likeness(asked: Spelled, known: Spelled) -> float:
    """How alike two names sound; a name that says "east" or "upper" is none that says "west" or "lower".

    >>> of = place_words().spelled
    >>> likeness(of(("kuwayris", "sharqi")), of(("kwairis", "east"))) > ALIKE
    True
    >>> likeness(of(("kuwayris", "sharqi")), of(("kuwayris", "gharbi")))
    0.0
    """
    if asked.tells and known.tells and asked.tells != known.tells:
        return 0.0
    if apart(asked.heard, known.heard) > OTHER:
        return 0.0
    return alike_sounds(asked.heard, known.heard)
