"""Place names that are part of something else: a people, a seat, a person's name, a party's mark."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.language import Language
from cenotaph.read.names import Name
from cenotaph.read.page import Mention
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Entry, Places

_PARTIES = ("D", "R", "I")  # "Rep. Hill, R-Fresno"
_CONTRACTED = ("'re", "'ve", "'ll", "'d", "'m", "'t")


def of_people(sentence: Sentence, at: int, language: Language, places: Places) -> Mention | None:
    """ "Georgian officials", "two Syrians": a word for belonging to a country names it, and places nothing in it."""
    if language.table.get("script") != "Latin" or not sentence.tokens[at].capital:
        return None
    found = language.adjectives.match(sentence.tokens, at)
    if found is None:
        return None
    code, length = found
    names = [one["name"] for one in language.country_table.get("country", ()) if one.get("iso2") == code]
    entry = next((one for name in names for one in places.find(name) if one.level == "country"), None)
    if entry is None:
        return None
    name = sentence.words(at, at + length)
    if any(one.level == "country" for one in places.find(name)):
        return None  # "U.S." is the country's name as well
    return Mention(at, at + length, entry, name, False, aside=True, options=(entry,))


def tied_to(sentence: Sentence, at: int, language: Language, places: Places) -> Mention | None:
    """ "Homs-based", "D-Fresno", "India-Pakistan": a name that a hyphen ties to another word."""
    token = sentence.tokens[at]
    if language.table.get("script") != "Latin" or "-" not in token.text or places.find(token.text):
        return None
    first, _, rest = token.text.partition("-")
    if first in _PARTIES:
        name, options = rest, tuple(places.find(rest)) if _may_name(rest, language) else ()
    elif rest.removesuffix("s") in language.words("names", "tied").table:
        name, options = first, tuple(places.find(first)) if _may_name(first, language) else ()
    else:
        named = ((part, _countries(part, language, places)) for part in token.text.split("-"))
        name, options = next((one for one in named if one[1]), ("", ()))
    return Mention(at, at + 1, options[0], name, False, aside=True, options=options) if options else None


def _may_name(word: str, language: Language) -> bool:
    return word[:1].isupper() and word.casefold() not in language.not_places.table


def _countries(word: str, language: Language, places: Places) -> tuple[Entry, ...]:
    """The country that a word names, or whose people it names."""
    if not word[:1].isupper():
        return ()
    codes = [code for words, code in language.adjectives.table.get(word.casefold(), ()) if len(words) == 1]
    names = [word, *(one["name"] for one in language.country_table.get("country", ()) if one.get("iso2") in codes)]
    return tuple(entry for name in names for entry in places.find(name)[:1] if entry.level == "country")


def in_another_name(
    sentence: Sentence, first: int, last: int, language: Language, named: Sequence[Name], *, located: bool
) -> bool:
    """Whether a place's name is here only somebody's, or a word's that is written alike."""
    tokens = sentence.tokens
    if tokens[first].text.replace("’", "'").casefold().endswith(_CONTRACTED):
        return True
    for name in named:
        if name.first < last and first < name.last:
            alone = (name.first, name.last) == (first, last)
            return not (alone and located and _put_there(tokens, first, language))
    return False


def _put_there(tokens: Sequence[Token], first: int, language: Language) -> bool:
    return first > 0 and language.words("names", "located").has(tokens[first - 1])
