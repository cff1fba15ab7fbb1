"""What somebody typed into a search: words with their forms, phrases as they stand. Nothing in it is an operator.

To people who see protected names masked, a hidden word is no word of any report: it leads to nothing, whether a report
has it or not, and no form or spelling leads to it. A hit in words that stay hidden only in their report (a description
of a witness) is no hit either: `holds` says so of the text as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from cenotaph.desk.words import bare, forms_of, located, tokens
from cenotaph.publish.veil import Veil

__all__ = ["Part", "Wanted", "wanted"]

MOST = 20
"""Words and phrases that are looked for; what follows is told to be left out."""
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|([^\s\"“”„«»]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One word with the words it is looked for as, or the words of a phrase in their order."""

    words: tuple[str, ...]
    forms: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(one for one in self.forms if one not in self.words)

    def ends(self, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Where it stands among words: from which to before which."""
        if len(self.words) == 1:
            yield from ((at, at + 1) for at, word in enumerate(words) if word in self.forms)
            return
        length = len(self.words)
        yield from ((at, at + length) for at in range(len(words)) if tuple(words[at : at + length]) == self.words)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All of `parts` must stand in a report. `nothing` says that no report can have them all; `left_out` counts words
    beyond the most that are looked for.
    """

    parts: tuple[Part, ...] = ()
    nothing: bool = False
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.parts) or self.nothing

    @property
    def sqlite(self) -> str:
        """As FTS5 reads it: every word a string of its own, so that none is an operator (sqlite.org/fts5.html, 3.1).

        >>> Wanted((Part(("near",), ("near", "nearly")), Part(("12", "killed")))).sqlite
        '("near" OR "nearly") AND "12 killed"'
        """
        told = (
            f"({' OR '.join(map(_quoted, part.forms))})" if part.forms else _quoted(" ".join(part.words))
            for part in self.parts
        )  # fmt: skip
        return " AND ".join(told)

    @property
    def postgres(self) -> str:
        """As a tsquery is written, to be cast and not parsed: lexemes in quotes, phrases by <->.

        >>> Wanted((Part(("near",), ("near", "nearly")), Part(("12", "killed")))).postgres
        "('near' | 'nearly') & ('12' <-> 'killed')"
        """
        told = ((" | " if part.forms else " <-> ", part.forms or part.words) for part in self.parts)
        return " & ".join(f"({between.join(map(_lexeme, words))})" for between, words in told)

    def holds(self, text: str) -> bool:
        """Whether a text as it is shown has all of it."""
        words = tokens(text)
        return not self.nothing and all(any(True for _ in part.ends(words)) for part in self.parts)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where in a text as it is shown any of it stands, in order, without overlaps."""
        found = list(located(text))
        words = [word for _, _, word in found]
        spans = sorted((found[a][0], found[b - 1][1]) for part in self.parts for a, b in part.ends(words))
        out: list[tuple[int, int]] = []
        for start, end in spans:
            if out and start < out[-1][1]:
                out[-1] = out[-1][0], max(end, out[-1][1])
            else:
                out.append((start, end))
        return out


def _quoted(words: str) -> str:
    return f'"{words}"'  # letters and digits only: `bare` leaves nothing else


def _lexeme(word: str) -> str:
    return f"'{word}'"


def wanted(connection: Connection, typed: str, veil: Veil | None) -> Wanted:
    """What a line that somebody typed asks for; with a veil, nothing that it hides can be found by it."""
    asked = [one for found in _PHRASE.finditer(typed[:2000]) for one in _said(found[1], found[2])]
    parts = [_part(connection, said, told, veil) for said, told in asked[:MOST]]
    nothing = any(part is None for part in parts) or (bool(typed.strip()) and not asked)
    return Wanted(tuple(part for part in parts if part is not None), nothing, len(asked[MOST:]))


def _said(phrase: str | None, word: str | None) -> list[tuple[str, list[str]]]:
    """What is looked for together, as it was typed and in the one spelling. Of a word with hyphens each piece by
    itself; short ones (al-, ez-) many spellings leave out.
    """
    if phrase is not None:
        return [(phrase, told)] if (told := tokens(phrase)) else []
    pieces = [(word[start:end], one) for start, end, one in located(word or "")] if word else []
    long = [piece for piece in pieces if len(piece[1]) > 2] or pieces
    return [(said, [one]) for said, one in long]


def _part(connection: Connection, said: str, told: Sequence[str], veil: Veil | None) -> Part | None:
    """None where all of it is hidden."""
    if len(told) > 1:
        return None if veil and _is_hidden_phrase(said, told, veil) else Part(tuple(told))
    forms = forms_of(connection, said)
    shown = forms if veil is None else [one for one in forms if not _is_hidden(one, veil)]
    return Part((told[0],), tuple(shown)) if shown else None


def _is_hidden_phrase(said: str, told: Sequence[str], veil: Veil) -> bool:
    joined = " ".join(told)
    return any(_is_hidden(one, veil) for one in told) or any(veil.words(one) != one for one in (said, joined))


def _is_hidden(word: str, veil: Veil) -> bool:
    return word in _hidden_words(veil.hidden.mask.parts or ()) or veil.words(word) != word


@lru_cache(maxsize=4)
def _hidden_words(parts: tuple[str, ...]) -> frozenset[str]:
    """The words that a mask hides by themselves, in the one spelling."""
    return frozenset(bare(part) for part in parts if len(tokens(part)) == 1)


def spelled(found: Wanted) -> Mapping[str, Sequence[str]]:
    """By word as it was typed, what else it was looked for as; for a line that says so."""
    return {part.words[0]: part.others for part in found.parts if part.others}
