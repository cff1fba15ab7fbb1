"""The nearest spelling, cautiously: transcriptions and slips of the pen are forgiven, other names are left alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 5  # letters below which a misspelling is not guessed at

_SOFT = re.compile(r"[aeiouhwy ]")  # what transcriptions of one name differ in
_SAME = str.maketrans("qcgz", "kkjs")

Pool = Mapping[str, Sequence[str]]


def pool(forms: Iterable[str]) -> Pool:
    """Known forms by their first letter, which a misspelling is expected to have right."""
    out: dict[str, list[str]] = defaultdict(list)
    for form in sorted(set(forms)):
        if len(form) >= SHORTEST:
            out[form[0]].append(form)
    return out


def nearest(form: str, known: Pool) -> list[str]:
    """The known forms with the fewest slips: one, or two in seven letters or more; [] rather than a bad guess.

    >>> known = pool(["baniyas", "latakia", "tartus", "hamra", "homs"])
    >>> nearest("baniyasin", known), nearest("latakya", known), nearest("tartsu", known)
    (['baniyas'], ['latakia'], ['tartus'])
    >>> nearest("hamza", known), nearest("1", known)
    ([], [])
    """
    if len(form) < SHORTEST:
        return []
    allowed = 1 if len(form) < 7 else 2
    scorer = DamerauLevenshtein.distance
    found = process.extract(form, known.get(form[0], ()), scorer=scorer, score_cutoff=allowed, limit=20)
    return [other for other, slips, _ in found if slips == found[0][1] and _alike(form, other, int(slips))]


def _alike(form: str, other: str, slips: int) -> bool:
    """Whether the slips are those of one name: a transcription, letters swapped, an ending, or one in a long word."""
    if _digits(form) != _digits(other) or form.count(" ") != other.count(" "):
        return False
    mine, theirs = consonants(form), consonants(other)
    transcribed = mine == theirs and len(mine) > 2
    swapped = slips == 1 and sorted(form) == sorted(other)
    with_ending = len(form) >= 8 and " " not in form and other == form[: len(other)]
    in_long_word = slips == 1 and len(form) >= 9 and " " not in form
    return transcribed or swapped or with_ending or in_long_word


def _digits(form: str) -> str:
    return "".join(filter(str.isdigit, form))


def consonants(form: str) -> str:
    """What stays the same between transcriptions of a name; Arabic letters stay as they are.

    >>> consonants("lattaqiya"), consonants("latakia"), consonants("jableh"), consonants("jabla")
    ('ltk', 'ltk', 'jbl', 'jbl')
    """
    return "".join(letter for letter, _ in groupby(_SOFT.sub("", form).translate(_SAME)))
