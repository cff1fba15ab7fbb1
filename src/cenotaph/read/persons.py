"""Groups that are named: "journalist Ana Ruiz", "two activists, A and B", "Ana Ruiz, 31, a lawyer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.language import Language
from cenotaph.read.names import Name
from cenotaph.read.people import Chunk, describe
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Group, Quantity

_DESCRIBED = 6  # words that may stand before a trade and a name to describe them


def with_names(
    sentence: Sentence, known: Sequence[Chunk], names: Sequence[Name], language: Language
) -> tuple[Chunk, ...]:
    """The people of a sentence with those who are named: a name joins the noun that says who it is, or stands alone."""
    out = list(known)
    for listed in _lists(sentence.tokens, [one for one in names if not _inside(one, known)], language):
        out = _joined(sentence, out, listed, language)
    out = [_described(sentence, chunk, out, language) if chunk.group.names else chunk for chunk in out]
    return tuple(sorted(out, key=lambda chunk: (chunk.first, chunk.last)))


def _described(sentence: Sentence, chunk: Chunk, known: Sequence[Chunk], language: Language) -> Chunk:
    """A named group with the words before it that describe it ("dissident journalist Ana Ruiz")."""
    first, taken = chunk.first, {at for one in known if one is not chunk for at in range(one.first, one.last)}
    while first > 0 and chunk.first - first < _DESCRIBED and first - 1 not in taken:
        if not _describes(sentence.tokens, first - 1, language):
            break
        first -= 1
    determiners = language.words("people_words", "determiners")
    while first > 0 and chunk.number is None and determiners.has(sentence.tokens[first - 1]):
        first -= 1
    return replace(chunk, first=first)


def _describes(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """A word that may describe a person though no list has it: no word of grammar, of harm or of saying."""
    token = tokens[at]
    if language.is_age(token):
        return True
    if not token.is_word or language.stops.has(token) or language.says.of(token):
        return False
    verbs = (("harm_words", "auxiliaries"), ("names", "is"))
    return language.harms.of(token) is None and not any(language.words(*one).has(token) for one in verbs)


def _inside(name: Name, known: Sequence[Chunk]) -> bool:
    """A name in a phrase that hangs on others ("the wife of Ana Ruiz") is not theirs."""
    return any(chunk.core < name.first < chunk.last for chunk in known)


def _lists(tokens: Sequence[Token], names: Sequence[Name], language: Language) -> list[list[Name]]:
    """Names that only commas, "and" and an age ("17-year-old") part."""
    out: list[list[Name]] = []
    for name in names:
        between = tokens[out[-1][-1].last : name.first] if out else ()
        tied = all(token.text in ",&" or token.norm == "and" or language.is_age(token) for token in between)
        if tied and 0 < len(between) < 3:
            out[-1].append(name)
        else:
            out.append([name])
    return out


def _joined(sentence: Sentence, known: Sequence[Chunk], listed: Sequence[Name], language: Language) -> list[Chunk]:
    """One list of names put among the people: with the noun before it if it tells of them, else each alone."""
    first, last = listed[0].first, listed[-1].last
    noun = _noun_before(sentence.tokens, known, first)
    out = [one for one in known if one is not noun and (one.first >= last or one.last <= first)]
    told = _told_by(noun, listed) if noun else 0
    if noun:
        out.append(_of_noun(sentence, noun, listed[:told]) if told else noun)
    for name in listed[told:]:
        out = _alone(sentence, out, name, language)
    return out


def _noun_before(tokens: Sequence[Token], known: Sequence[Chunk], first: int) -> Chunk | None:
    """The noun that a name stands behind: at once, or behind a comma or a dash."""
    for chunk in known:
        if chunk.pronoun or chunk.group.names or chunk.head >= first:
            continue
        gap = tokens[chunk.last : first] if chunk.last <= first else ()
        if first in (chunk.core, chunk.last) or (gap and len(gap) <= 2 and all(one.text in ",—–-:." for one in gap)):
            return chunk
    return None


def _told_by(noun: Chunk, listed: Sequence[Name]) -> int:
    """Of how many of the names listed behind a noun it tells: "a soldier, Ana Ruiz and three others" of the first."""
    if noun.single or noun.weak:
        return 1
    plural = noun.quantity.base is None or noun.quantity.comparator == "plural"
    return len(listed) if plural or noun.quantity.base == len(listed) else 0


def _of_noun(sentence: Sentence, noun: Chunk, listed: Sequence[Name]) -> Chunk:
    last = _behind(sentence.tokens, listed[-1].last)
    full = tuple(one.full for one in listed)
    group = replace(noun.group, words=sentence.words(noun.first, listed[-1].last), names=full)
    counted = noun.quantity
    if counted.comparator == "plural" and counted.base is None and len(full) > 1:
        counted = Quantity(counted.words, "exact", len(full))
    return replace(noun, core=listed[-1].last, last=last, group=group, quantity=counted)


def _alone(sentence: Sentence, known: Sequence[Chunk], name: Name, language: Language) -> list[Chunk]:
    """A name by itself, with its age and the noun that follows in apposition."""
    words = sentence.words(name.first, name.last)
    last = _behind(sentence.tokens, name.last)
    noun = _noun_after(sentence.tokens, known, last, language)
    end = noun.last if noun else last
    facets = noun.group if noun else describe(sentence, name.first, name.last, None, language)
    group = Group(words, facets.status, facets.affiliation, facets.identity, facets.sex, facets.age, (name.full,))
    end = _over_compound(sentence.tokens, known, end, language) if noun else end
    rest = [one for one in known if one is not noun and not (name.first <= one.first < end)]
    own = Chunk(name.first, name.last, end, name.last - 1, Quantity(words, "exact", 1), group, single=True)
    return [*rest, own]


def _over_compound(tokens: Sequence[Token], known: Sequence[Chunk], end: int, language: Language) -> int:
    """ "a customer service officer": the noun went on to another."""
    for chunk in known:
        gap = tokens[end : chunk.head] if 0 <= chunk.head - end <= 2 else None
        if gap is not None and all(_describes(tokens, end + n, language) for n in range(len(gap))):
            return chunk.last
    return end


def _behind(tokens: Sequence[Token], last: int) -> int:
    """Past an age or a mark in brackets that follows a name: ", 31", "(pictured)"."""
    if last + 1 < len(tokens) and tokens[last].text == ",":
        return last + 2 if tokens[last + 1].text.isdigit() and len(tokens[last + 1].text) < 3 else last
    if last + 2 < len(tokens) and tokens[last].text == "(" and tokens[last + 2].text == ")":
        return last + 3
    return last


def _noun_after(tokens: Sequence[Token], known: Sequence[Chunk], last: int, language: Language) -> Chunk | None:
    """The noun of an apposition ("Ana Ruiz, a lawyer"): one person, behind a comma."""
    if last >= len(tokens) or tokens[last].text != ",":
        return None
    opener = last + 1 < len(tokens) and language.words("people_words", "determiners").has(tokens[last + 1])
    for chunk in known:
        if chunk.pronoun or not chunk.single or chunk.group.names:
            continue
        if chunk.first == last + 1 and (opener or chunk.head == chunk.first):
            return chunk
    return None


# --- names that no noun introduces -----------------------------------------------------------------------------------


def named(sentence: Sentence, first: int, last: int, language: Language) -> Chunk | None:
    """A name (with title) between two tokens as one person; None when the words can't be a name."""
    words = sentence.tokens[first:last]
    letters = [token for token in words if token.is_word]
    small = language.words("names", "particles")
    if not letters or len(words) > 12 or not all(token.capital or small.has(token) for token in letters):
        return None
    if any(token.text.casefold().endswith(("'s", "’s")) for token in letters[:-1]):
        return None  # "Ana Ruiz's car"
    if len(letters) > 1 and language.words("names", "bodies").has(letters[-1]):
        return None  # "Pine Street", "Medical Center"
    if not letters[0].capital or (len(letters) == 1 and not tells(letters[0], language)):
        return None
    if first and not sentence.capitals and language.words("people_words", "definite").has(sentence.tokens[first - 1]):
        return None  # "the Ben Lomond": a ship or a body
    if sentence.capitals and not 2 <= len(letters) <= 6:  # without small letters one unknown word tells nothing
        return None
    if sentence.capitals and any(language.adjectives.of(token) is not None for token in letters):
        return None  # "SYRIAN DOCKERS": of a country, hence no name
    name = sentence.words(first, last).removesuffix("'s").removesuffix("’s").removesuffix("'S")
    group = Group(name, names=(name,))
    return Chunk(first, last, last, last - 1, Quantity(name, "exact", 1), group, single=True)


def tells(token: Token, language: Language, capitals: bool = False) -> bool:
    """Whether one capitalised word alone may be a name: no people, country or body, no abbreviation."""
    if not capitals and sum(letter.isupper() for letter in token.text) > 1 and "-" not in token.text:
        return False  # "DSP", "MPs"
    known = (language.countries.of(token), language.adjectives.of(token), language.identities.of(token))
    listed = (("names", "bodies"), ("names", "address"), ("people_words", "titles"))
    if any(word is not None for word in known) or any(language.words(*one).has(token) for one in listed):
        return False
    return language.sides.of(token) is None and language.organisations.of(token) is None and not _contracted(token)


def _contracted(token: Token) -> bool:
    """ "They've", "I'm"."""
    return any(mark in token.text for mark in "'’") and not token.text.casefold().endswith(("'s", "’s"))
