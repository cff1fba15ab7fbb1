"""Who is named: the names of persons in a report, each in the fullest form that the report gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.read.language import Language
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Places

_LONGEST = 6  # words of a name that tell: longer runs of capitals are titles of works or bodies
_NEAR = 5  # words between a name and the noun that says who it is ("X, a well-known human rights lawyer")
_JOINED = re.compile(r"[^\W\d_]{1,3}['’\-‐][^\W\d_]")  # al-Walidi, el-Baqer
_OLD = re.compile(r"\d{1,2}[- ]years?[- ]old$", re.IGNORECASE)
_LARGE = 50_000  # people: a place of that size is meant rather than somebody of the same name


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: its tokens, first (inclusive) to last (exclusive), and the name in full.

    `sure`: what beside the name says that it is somebody's ("titled", "listed", "aged"); "" for the name alone.
    """

    first: int
    last: int
    full: str
    sure: str = ""


Run = tuple[int, int]


def names(sentences: Sequence[Sentence], language: Language, places: Places) -> tuple[tuple[Name, ...], ...]:
    """The persons that each sentence names. A name is believed where words beside it, here or elsewhere in the report,
    say that it is a person's: an office, a trade, an age, a verb of saying; a surname alone stands for whom the report
    names in full. Languages without capitals, and texts in nothing but capitals, name nobody here.
    """
    if "names" not in language.table:
        return tuple(() for _ in sentences)
    found = _Finder(language, places, frozenset(_small_words(sentences)))
    runs = [list(found.runs(sentence)) for sentence in sentences]
    known = _register(found, sentences, runs)
    return tuple(tuple(_said(sentence, here, known, found)) for sentence, here in zip(sentences, runs, strict=True))


def _small_words(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Words that the report writes small somewhere: as a part of names they tell nothing."""
    return (token.norm for one in sentences for token in one.tokens if token.is_word and token.text.islower())


# --- runs of capitals -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Finder:
    """What tells names from other capitals in one report."""

    language: Language
    places: Places
    small: frozenset[str]

    def runs(self, sentence: Sentence) -> Iterator[Run]:
        """Stretches of capitalised words that may be a name, what stands before the name cut off."""
        if sentence.capitals:
            return
        at, tokens = 0, sentence.tokens
        while at < len(tokens):
            last = self._run_end(tokens, at)
            for run in self._cut(tokens, at, last) if last > at else ():
                if len(self.parts(tokens, run)) <= _LONGEST and not self._is_place(sentence, run):
                    yield run
            at = max(last, at + 1)

    def parts(self, tokens: Sequence[Token], run: Run) -> list[str]:
        """The words of a name that tell it from others: no initials, no "de" and "al"."""
        words = (bare(token) for token in tokens[run[0] : run[1]] if token.is_word)
        return [word for word in words if len(word) > 1 and not self._small(word) and "." not in word]

    def _small(self, word: str) -> bool:
        return word in self.language.words("names", "particles").table

    def _run_end(self, tokens: Sequence[Token], at: int) -> int:
        end = last = at
        while end < len(tokens) and (self._in_name(tokens[end]) or (end > at and self._links(tokens, end))):
            end += 1
            if self._in_name(tokens[end - 1]):
                last = end
            if _possessive(tokens[end - 1]):
                break
        return last

    def _in_name(self, token: Token) -> bool:
        if not token.is_word or not (token.capital or _JOINED.match(token.text)):
            return False
        if _shouted(token.text) and "." not in token.text:
            return False  # an abbreviation
        if token.text.islower() or self.language.stops.has(token):
            return False
        return not (self.language.months.of(token) or self.language.weekdays.of(token) is not None)

    def _links(self, tokens: Sequence[Token], at: int) -> bool:
        """Small words inside a name ("de la"), the point after an initial, the marks around a nickname."""
        if at + 1 >= len(tokens):
            return False
        if tokens[at].text == ".":
            return len(tokens[at - 1].text) == 1 and tokens[at].start == tokens[at - 1].end
        following = tokens[at + 1]
        return self._small(tokens[at].norm) and (self._in_name(following) or self._small(following.norm))

    def _cut(self, tokens: Sequence[Token], first: int, last: int) -> Iterator[Run]:
        """A run parted where an office, a people, a country or a body ends ("President | Volodymyr Zelenskiy")."""
        start = first
        for at in range(first, last):
            if self._parts_off(tokens, at, last):
                if at > start:
                    yield from self._kept(tokens, start, at)
                start = at + 1
        if start < last:
            yield from self._kept(tokens, start, last)

    def _parts_off(self, tokens: Sequence[Token], at: int, last: int) -> bool:
        token, language = tokens[at], self.language
        if not token.is_word:
            return False
        titled = _is_title(token, language) or (len(token.text) < 3 and token.text.isupper() and at + 1 < last)
        country = language.countries.of(token) is not None or language.adjectives.of(token) is not None
        peoples = language.identities.of(token) is not None or ("-" in token.text and self._hyphened(token))
        return bool(titled or country or peoples or language.words("names", "bodies").has(token))

    def _hyphened(self, token: Token) -> bool:
        """ "Iranian-American", "Homs-born": words that say where somebody is from."""
        parts = token.norm.split("-")
        tied = parts[-1] in self.language.words("names", "tied").table
        return tied or all(part in self.language.countries.table for part in parts)

    def _kept(self, tokens: Sequence[Token], first: int, last: int) -> Iterator[Run]:
        """A run without what only begins a sentence; none that belongs to a body ("Communist | Party")."""
        while first < last and (tokens[first].text == "." or self._only_begins(tokens, first)):
            first += 1
        while last > first and not tokens[last - 1].is_word:
            last -= 1
        after = tokens[last] if last < len(tokens) else None
        body = after is not None and after.capital and self.language.words("names", "bodies").has(after)
        known = any(self.language.organisations.match(tokens, at) for at in range(first, last))
        if first < last and not body and not known and self.parts(tokens, (first, last)):
            yield first, last

    def _only_begins(self, tokens: Sequence[Token], at: int) -> bool:
        begins = at == 0 or tokens[at - 1].text in '.:;“”"‘’—–-•*'
        return begins and bare(tokens[at]) in self.small

    def _is_place(self, sentence: Sentence, run: Run) -> bool:
        tokens = sentence.tokens
        words = [token.text for token in tokens[run[0] : run[1]]]
        words[-1] = words[-1].removesuffix("'s").removesuffix("’s")
        if self.places.starts(words) < len(words):
            return False
        entry = next(iter(self.places.find(" ".join(words))), None)
        if entry is None:
            return False
        before = tokens[run[0] - 1] if run[0] else None
        located = before is not None and self.language.words("names", "located").has(before)
        return located or entry.level in ("country", "region", "admin1") or entry.population >= _LARGE


def _shouted(word: str) -> bool:
    """More than two letters and none small, but for the mark of the possessive."""
    plain = word.removesuffix("'s").removesuffix("’s")
    return plain.isupper() and len(plain) > 2


def bare(token: Token) -> str:
    """A word in small letters without the mark of the possessive."""
    return token.norm.removesuffix("'")


def _possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s", "s'", "s’"))


def spelled(sentence: Sentence, run: Run) -> str:
    """A name as written, without the mark of the possessive."""
    return " ".join(sentence.words(*run).split()).removesuffix("'s").removesuffix("’s").rstrip("'’")


# --- who is believed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Register:
    """The persons of a report by their names in full, and whom a single name stands for."""

    full: Mapping[tuple[str, ...], str]
    short: Mapping[str, str]


def _register(found: _Finder, sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> _Register:
    spelt: dict[tuple[str, ...], Counter[str]] = {}
    opening: Counter[tuple[str, ...]] = Counter()  # how often a run of capitals begins its sentence
    sure: set[tuple[str, ...]] = set()
    alone: Counter[str] = Counter()
    for sentence, here in zip(sentences, runs, strict=True):
        shouted = _shouts(sentence)
        for run in here:
            key = tuple(found.parts(sentence.tokens, run))
            if len(key) < 2:
                alone.update(() if shouted else key)
                continue
            if not shouted:
                spelt.setdefault(key, Counter())[spelled(sentence, run)] += 1
                opening[key] += run[0] == 0
            if told_of(sentence, run, found.language) and not set(key) <= found.small:
                sure.add(key)
    for sentence, here in zip(sentences, runs, strict=True):
        sure |= set(_listed(found, sentence, here, sure))
    sure |= {key for key in spelt if not set(key) <= found.small and _goes_by(key, alone)}
    full = {key: spelt[key].most_common(1)[0][0] for key in spelt if key in sure}
    full |= {key: full[key[1:]] for key in full if key[1:] in full and opening[key] == spelt[key].total()}
    return _Register(_longest(full), _short(full))


def _listed(
    found: _Finder, sentence: Sentence, runs: Sequence[Run], sure: set[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Names that commas and "and" tie to one that is believed: a list is of one kind."""
    keys = [tuple(found.parts(sentence.tokens, run)) for run in runs]
    chained: list[int] = []
    for at, run in enumerate(runs):
        gap = sentence.tokens[runs[at - 1][1] : run[0]] if at else ()
        tied = 0 < len(gap) < 3 and all(token.text in ",&" or token.norm == "and" for token in gap)
        chained = [*chained, at] if tied else [at]
        if any(keys[one] in sure for one in chained):
            yield from (keys[one] for one in chained if len(keys[one]) > 1 and not set(keys[one]) <= found.small)


def _goes_by(key: Sequence[str], alone: Mapping[str, int]) -> bool:
    """Whether the report goes on with the surname alone."""
    return key[-1] in alone and key[0] not in alone


def _longest(full: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Of two forms of one name ("Abd El Fattah", "Alaa Abd El Fattah") the fuller one."""
    out = {}
    for key, name in full.items():
        wider = [other for other in full if len(other) > len(key) and _within(key, other) and full[other] != name]
        out[key] = full[wider[0]] if len(wider) == 1 else name
    return out


def _within(key: Sequence[str], other: Sequence[str]) -> bool:
    return any(tuple(other[at : at + len(key)]) == tuple(key) for at in range(len(other) - len(key) + 1))


def _short(full: Mapping[tuple[str, ...], str]) -> dict[str, str]:
    """Single names that stand for one person alone."""
    owners: dict[str, set[str]] = {}
    for key, name in _longest(full).items():
        for part in key:
            owners.setdefault(part, set()).add(name)
    return {part: next(iter(held)) for part, held in owners.items() if len(held) == 1 and len(part) > 1}


def _said(sentence: Sentence, runs: Sequence[Run], known: _Register, found: _Finder) -> Iterator[Name]:
    for run in runs:
        key = tuple(found.parts(sentence.tokens, run))
        full = known.full.get(key) or (known.short.get(key[0], "") if len(key) == 1 else "")
        if full:
            yield Name(*run, full, "listed" if _on_a_line(sentence, run) else "")
        elif len(key) == 1 and _titled(sentence, run, found.language) and key[0] not in found.small:
            yield Name(*run, spelled(sentence, run))


def _on_a_line(sentence: Sentence, run: Run) -> bool:
    """ "* Ana Ruiz (31 years old)": a line of a list that has a mark or a number, a name, its age and nothing else."""
    tokens = sentence.tokens
    begins = max((at for at in range(run[0] + 1) if _breaks(sentence, at)), default=0)
    ends = next((at for at in range(run[1], len(tokens)) if _breaks(sentence, at)), len(tokens))
    marked = begins < run[0] and not any(token.is_word for token in tokens[begins : run[0]])
    aged = any(map(_is_age, tokens[run[1] : ends]))
    return marked and aged and ends - run[1] <= _NEAR + 1


def _is_age(token: Token) -> bool:
    """ "31", "31 years old"."""
    return (token.text.isdecimal() and len(token.text) < 3) or _OLD.match(token.text) is not None


def _breaks(sentence: Sentence, at: int) -> bool:
    """Whether a new line begins at a token."""
    before = sentence.source[sentence.tokens[at - 1].end : sentence.tokens[at].start] if at else "\n"
    return "\n" in before


def _titled(sentence: Sentence, run: Run, language: Language) -> bool:
    """ "Mr Dikko", "Dr. Castro": a name by the form of address before it."""
    at = run[0] - 1
    at -= at > 0 and sentence.tokens[at].text == "."
    return at >= 0 and language.words("names", "address").has(sentence.tokens[at])


def _shouts(sentence: Sentence) -> bool:
    """Whether a headline writes all its words large, so that capitals tell nothing."""
    long = [token for token in sentence.tokens if token.is_word and len(token.text) > 3]
    return sentence.headline and len(long) > 3 and sum(token.capital for token in long) > 0.8 * len(long)


def told_of(sentence: Sentence, run: Run, language: Language) -> bool:
    """Whether words beside a run of capitals say that it names a person."""
    return _shown_before(sentence, run[0], language) or _shown_after(sentence, run[1], language)


def _shown_before(sentence: Sentence, first: int, language: Language) -> bool:
    tokens, at = sentence.tokens, first - 1
    if at >= 0 and tokens[at].text in (".", ",", "—", "–"):
        at -= 1
    if at < 0 or language.words("names", "including").has(tokens[at]):
        return at >= 0
    if language.is_age(tokens[at]) or _introduced(tokens, first, language):
        return True
    return _is_title(tokens[at], language) or language.words("names", "kin").has(tokens[at])


def _introduced(tokens: Sequence[Token], first: int, language: Language) -> bool:
    """ "identified as Ana Ruiz": the words before a name that say that one follows."""
    identified = language.words("names", "identified")
    ends = ((at, found[1]) for at in range(max(0, first - 3), first) if (found := identified.match(tokens, at)))
    return any(at + length == first for at, length in ends)


def _is_title(token: Token, language: Language) -> bool:
    """A trade, an office, a form of address."""
    lists = (("voices", "persons"), ("people_words", "titles"), ("names", "address"))
    return language.people.of(token) is not None or any(language.words(*one).has(token) for one in lists)


def _shown_after(sentence: Sentence, last: int, language: Language) -> bool:
    tokens = sentence.tokens
    if last >= len(tokens):
        return False
    if language.words("names", "does").match(tokens, last) or language.says.match(tokens, last):
        return True
    if tokens[last].text not in (",", "(", "—", "–", "-") or last + 1 >= len(tokens):
        return False
    following = tokens[last + 1]
    if _is_age(following):
        return True
    if following.norm in ("who", "whose", "whom", "aged"):
        return True
    return _who_is(tokens[last + 1 : last + 1 + _NEAR], language)


def _who_is(tokens: Sequence[Token], language: Language) -> bool:
    """Whether a noun for a person opens an apposition ("a young journalist", "the head of")."""
    for token in tokens:
        if language.people.of(token) or language.words("voices", "persons").has(token):
            return True
        if not token.is_word or (language.stops.has(token) and token.norm not in ("a", "an", "the", "his", "her")):
            return False
    return False
