"""What somebody typed into a search: words with their forms, phrases as they stand, either of two, and none of some.

To people who see protected names masked, a hidden word is no word of any report: it leads to nothing, whether a report
has it or not, and no form or spelling leads to it. A hit in words that stay hidden only in their report (a description
of a witness) is no hit either, and no report is left out for them: `holds` says so of the text as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from cenotaph.desk import families
from cenotaph.desk.spelling import WORD, as_written, bare, located, tokens
from cenotaph.desk.typed import Item, typed
from cenotaph.desk.words import forms_of, is_there
from cenotaph.publish.veil import Veil

__all__ = ["Part", "Wanted", "spelled", "wanted"]

MOST = 20
"""Words and phrases that are looked for; what follows is told to be left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """What must stand somewhere: any of `forms`, each a word, or words with spaces that stand in this order. `told`
    are the words as they were typed, each with what else it is looked for as.
    """

    forms: tuple[str, ...]
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __or__(self, other: Part) -> Part:
        return Part(tuple(dict.fromkeys(self.forms + other.forms)), self.told + other.told)


@dataclass(frozen=True)
class Wanted:
    """All of `parts` must stand in a report, and none of `without`. `nothing` says that no report can have them all;
    `left_out` counts words beyond the most that are looked for.
    """

    parts: tuple[Part, ...] = ()
    nothing: bool = False
    left_out: int = 0
    without: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.without) or self.nothing

    @property
    def sqlite(self) -> str:
        """As FTS5 reads it: every word a string of its own, so that none is an operator (sqlite.org/fts5.html, 3.1).

        >>> Wanted((Part(("near", "nearly")), Part(("12 killed",)))).sqlite
        '("near" OR "nearly") AND ("12 killed")'
        """
        return " AND ".join(map(_in_sqlite, self.parts))

    @property
    def postgres(self) -> str:
        """As a tsquery is written, to be cast and not parsed: lexemes in quotes, phrases by <->.

        >>> Wanted((Part(("near", "nearly")), Part(("12 killed",)))).postgres
        "('near' | 'nearly') & (('12' <-> 'killed'))"
        """
        return " & ".join(map(_in_postgres, self.parts))

    @property
    def others(self) -> Wanted:
        """What must not stand, as if it were looked for: a report that holds any of it is left out."""
        forms = tuple(dict.fromkeys(form for part in self.without for form in part.forms))
        return Wanted((Part(forms),)) if forms else Wanted()

    def may_be_behind(self, veil: Veil) -> bool:
        """Whether a word of it stands in what is hidden as a whole, so that a report may hold it only there."""
        behind = words_behind(veil)
        forms = (form for part in (*self.parts, *self.without) for form in part.forms)
        return any(word in behind for form in forms for word in form.split())

    def behind(self, veil: Veil) -> list[str]:
        """The reports that may hold it only in what is hidden: those whose witnesses are described by a word of it."""
        if not self.may_be_behind(veil):
            return []
        wanted_words = {word for part in self.parts for form in part.forms for word in form.split()}
        told = veil.hidden.described.items()
        return [one for one, said in told if any(not wanted_words.isdisjoint(tokens(words)) for words in said)]

    def holds(self, text: str) -> bool:
        """Whether a text as it is shown has all of it, and nothing that it must not have."""
        if self.nothing:
            return False
        words, there = tokens(text), set[str]()
        there.update(words)
        line = f" {' '.join(words)} " if self._phrases else ""

        def stands(part: Part) -> bool:
            return any(form in there if " " not in form else f" {form} " in line for form in part.forms)

        return all(map(stands, self.parts)) and not any(map(stands, self.without))

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """By first word, the phrases that are looked for or must not stand."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for form in (form for part in (*self.parts, *self.without) for form in part.forms if " " in form):
            found.setdefault(form.partition(" ")[0], []).append(tuple(form.split()))
        return found

    @cached_property
    def _single(self) -> frozenset[str]:
        return frozenset(form for part in self.parts for form in part.forms if " " not in form)

    @cached_property
    def _seen(self) -> dict[str, bool]:
        """Words of texts as they are written, and whether they are looked for: most words come again."""
        return {}

    def marks(self, text: str) -> Iterable[tuple[int, int]]:
        """Where in a text as it is shown any of it stands, in order, without overlaps; as far as they are asked for."""
        if any(" " in form for part in self.parts for form in part.forms):
            return self._with_phrases(text)
        return self._words_in(text)

    def _words_in(self, text: str) -> Iterable[tuple[int, int]]:
        seen, single = self._seen, self._single
        for found in WORD.finditer(text):
            word = found[0]
            is_one = seen.get(word)
            if is_one is None:
                is_one = seen[word] = bare(word) in single
            if is_one:
                yield found.span()

    def _with_phrases(self, text: str) -> Iterable[tuple[int, int]]:
        found = list(located(text))
        words, wanted_phrases, end = [word for _, _, word in found], self._sought, 0
        for at, word in enumerate(words):
            length = max((len(one) for one in wanted_phrases.get(word, ()) if tuple(words[at : at + len(one)]) == one),
                         default=int(word in self._single))  # fmt: skip
            if not length:
                continue
            last = found[at + length - 1][1]
            if last > end:
                yield max(found[at][0], end), last
                end = last

    @cached_property
    def _sought(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        return Wanted(self.parts)._phrases


def _in_sqlite(part: Part) -> str:
    return f"({' OR '.join(f'{chr(34)}{form}{chr(34)}' for form in part.forms)})"  # letters and digits only: see `bare`


def _in_postgres(part: Part) -> str:
    return f"({' | '.join(map(_lexemes, part.forms))})"


def _lexemes(form: str) -> str:
    told = " <-> ".join(f"'{word}'" for word in form.split())
    return f"({told})" if " " in form else told


def wanted(connection: Connection, line: str, veil: Veil | None) -> Wanted:
    """What a line that somebody typed asks for; with a veil, nothing that it hides can be found by it."""
    items = _with_joined(typed(line).items)
    parts: list[Part | None] = []
    without: list[Part] = []
    for item in items[:MOST]:
        found = _parts(connection, item, veil)
        if item.without:
            without += [part for part in found if part is not None]  # what is hidden stands in no report
        elif item.either and parts:
            parts[-1] = _either(parts[-1], _all(found))
        else:
            parts += found
    nothing = any(part is None for part in parts) or (bool(line.strip()) and not items)
    return Wanted(tuple(part for part in parts if part), nothing, len(items[MOST:]), tuple(without))


def _either(one: Part | None, other: Part | None) -> Part | None:
    return one | other if one and other else one or other


def _all(found: Sequence[Part | None]) -> Part | None:
    """Of a word with hyphens beside OR, its pieces in their order."""
    if len(found) < 2:
        return found[0] if found else None
    if any(part is None for part in found):
        return None
    words = " ".join(bare(part.told[0][0]) for part in found if part)
    return Part((words,), ((words, ()),))


def _with_joined(items: Sequence[Item]) -> list[Item]:
    """Two words that can be written as one ("air strike") are looked for as that one, and so as either."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if before and not (before.exact or item.exact or item.either or item.without):
            whole = families.together(bare(before.words), bare(item.words))
            if whole:
                out[-1] = Item(whole, either=before.either, without=before.without)
                continue
        out.append(item)
    return out


def _parts(connection: Connection, item: Item, veil: Veil | None) -> list[Part | None]:
    """None for what is hidden. Of a word with hyphens each piece by itself; short ones (al-, ez-) many spellings leave
    out. One that reports write without the hyphen, or that is known to be so written, is looked for as that too.
    """
    if item.exact:
        return [_phrase(item.words, told, veil)] if (told := tokens(item.words)) else []
    pieces = [(item.words[start:end], word) for start, end, word in located(item.words)]
    if len(pieces) == 1:
        return [_word(connection, *pieces[0], veil)]
    words = [word for _, word in pieces]
    whole = "".join(words)
    if len(words) == 2 and item.words == item.words.lower() and not item.words.isdigit():
        if families.together(*words):
            return [_word(connection, families.together(*words), families.together(*words), veil)]
        if whole.isalpha() and is_there(connection, whole):
            one = _either(_word(connection, whole, whole, veil), _phrase(item.words, words, veil))
            return [one]
    long = [piece for piece in pieces if len(piece[1]) > 2] or pieces
    return [_word(connection, said, word, veil) for said, word in long]


def _phrase(said: str, words: Sequence[str], veil: Veil | None) -> Part | None:
    joined = " ".join(words)
    return None if veil and _is_hidden_phrase(said, words, veil) else Part((joined,), ((joined, ()),))


def _word(connection: Connection, said: str, word: str, veil: Veil | None) -> Part | None:
    """None where all of it is hidden."""
    forms = forms_of(connection, said)
    shown = tuple(forms if veil is None else [one for one in forms if not _is_hidden(one, veil)])
    others = tuple(as_written(one, said) for one in shown if one != word)
    return Part(shown, ((as_written(word, said), others),)) if shown else None


def _is_hidden_phrase(said: str, told: Sequence[str], veil: Veil) -> bool:
    joined = " ".join(told)
    return any(_is_hidden(one, veil) for one in told) or any(veil.words(one) != one for one in (said, joined))


def _is_hidden(word: str, veil: Veil) -> bool:
    return word in _hidden_words(veil.hidden.mask.parts or ()) or veil.words(word) != word


@lru_cache(maxsize=4)
def _hidden_words(parts: tuple[str, ...]) -> frozenset[str]:
    """The words that a mask hides by themselves, in the one spelling."""
    return frozenset(bare(part) for part in parts if len(tokens(part)) == 1)


_behind: WeakKeyDictionary[Veil, frozenset[str]] = WeakKeyDictionary()


def words_behind(veil: Veil) -> frozenset[str]:
    """The words that stand in anything that is hidden as a whole: names of several words, and descriptions."""
    if veil not in _behind:
        whole = {words for said in veil.hidden.described.values() for words in said}
        whole |= {part for part in veil.hidden.mask.parts or () if len(part.split()) > 1}
        _behind[veil] = frozenset(word for words in whole for word in tokens(words))
    return _behind[veil]


def spelled(found: Wanted) -> Mapping[str, Sequence[str]]:
    """By word as it was typed, what else it was looked for as; for a line that says so."""
    told = (one for part in (*found.parts, *found.without) for one in part.told)
    return {word: others for word, others in told if others}
