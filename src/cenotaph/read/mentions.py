"""Place names: found in a sentence and resolved against the gazetteer, each to its likeliest entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.read.language import Language
from cenotaph.read.page import Mention
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Entry, Places

_LONGEST = 6  # tokens that a place name can have


def mentions(sentence: Sentence, language: Language, places: Places, countries: Sequence[str]) -> tuple[Mention, ...]:
    """The place names of a sentence from left to right, each resolved to its likeliest entry."""
    out: list[Mention] = []
    at, tokens = 0, sentence.tokens
    bodies = language.organisations.longest(tokens)
    named = {n for _, first, last in bodies for n in range(first, last) if last - first > 1}
    while at < len(tokens):
        found = None if at in named else _mention(sentence, at, language, places, countries)
        found = found or _of_country(sentence, at, language, places, countries)
        out += [found] if found else []
        at = found.last if found else at + 1
    return tuple(out)


def _mention(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    tokens = sentence.tokens
    if not _may_begin(tokens[at], language):
        return None
    located = _located(tokens, at, language)
    length = _known_length(tokens, at, language, places)
    if length:
        if _belongs_to_name(tokens, at, length, language) and not located:
            return None
        entry = _resolved(sentence, at, length, language, places, countries)
        if entry is None:
            return None
        return Mention(
            at,
            at + length,
            entry,
            sentence.words(at, at + length),
            located,
            wider=_wider(tokens, at, at + length, language),
        )
    return _nearly(sentence, at, language, places, countries) if located else None


def _of_country(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    """ "on the coast": the region of the report's country, where one of its countries alone has it."""
    tokens = sentence.tokens
    if at < 2 or not language.words("places", "of_country").has(tokens[at]) or tokens[at - 1].norm != "the":
        return None
    if not language.words("places", "stands_on").has(tokens[at - 2]):
        return None
    names = (f"{word} {tokens[at].norm}" for code in countries for word in language.demonyms(code))
    found = {entry.id or entry.name: entry for name in names for entry in places.find(name) if entry.level == "region"}
    if len(found) != 1:
        return None
    return Mention(at, at + 1, next(iter(found.values())), sentence.words(at, at + 1), True)


def _may_begin(token: Token, language: Language) -> bool:
    cased = language.table.get("script") == "Latin"
    small = {token.norm, token.norm.removeprefix("و")} & language.stops.table.keys() if not cased else set()
    if not token.is_word or small or (language.stops.has(token) and token.text.islower()):
        return False
    return not cased or token.capital or language.words("places", "directions").has(token)


def _known_length(tokens: Sequence[Token], at: int, language: Language, places: Places) -> int:
    """How many tokens from here make the longest known name; in Arabic with the name's own clitics taken off."""
    window = tokens[at : at + _LONGEST]
    for first in _readings(tokens[at], language):
        length = places.starts([first, *(token.text for token in window[1:])])
        if length > 1 or (length == 1 and tokens[at].norm not in language.not_places.table):
            return length
    return 0


def _readings(token: Token, language: Language) -> list[str]:
    plain = token.text[:-2] if token.text.endswith(("'s", "’s")) else token.text
    if language.table.get("script") == "Latin":
        return list(dict.fromkeys((token.text, plain)))
    return [plain, *token.forms[1:]]


def _located(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a preposition right before (or with "the province of" between) says that something is there."""
    if at and language.words("places", "prepositions").has(tokens[at - 1]):
        return True
    here = at - 1
    opening = language.words("places", "prepositions")
    while here >= 0 and at - here <= 6 and _between_preposition(tokens[here], language):
        if tokens[here].capital and opening.has(tokens[here]):
            return True  # "In the Homs countryside, ..."
        here -= 1
    if here >= 0 and language.words("places", "prepositions").has(tokens[here]):
        return True
    clitics = language.table["places"].get("clitics", ())
    return any(tokens[at].text.startswith(clitic) and len(tokens[at].forms) > 1 for clitic in clitics)


def _between_preposition(token: Token, language: Language) -> bool:
    kinds = language.words("places", "kinds")
    small = token.norm in ("the", "of", ",", "and", "this", "&") or token.text == ","
    return small or kinds.has(token) or token.capital or language.words("places", "adjectives").has(token)


def _belongs_to_name(tokens: Sequence[Token], at: int, length: int, language: Language) -> bool:
    """A place that is part of a name ("Damascus University said") or of an office ("President of Syria")."""
    after = tokens[at + length] if at + length < len(tokens) else None
    before = tokens[at - 1] if at else None
    if (after and after.norm in ("-", "based")) or (after and after.text.startswith("-")):
        return True
    return bool(
        before
        and before.capital
        and before.is_word
        and not language.stops.has(before)
        and before.text.isupper() is False
        and at > 1
        and language.words("people_words", "titles").has(before)
    )


def _resolved(
    sentence: Sentence, at: int, length: int, language: Language, places: Places, countries: Sequence[str]
) -> Entry | None:
    """The likeliest entry: what its kind word says ("province"), then the countries of the report, then size."""
    for name in _readings(sentence.tokens[at], language):
        full = " ".join([name, *(token.text for token in sentence.tokens[at + 1 : at + length])])
        found = list(places.find(full, countries=countries))
        if found:
            break
    else:
        return None
    kind = _kind_beside(sentence.tokens, at, at + length, language)
    if kind:
        fit = [entry for entry in found if entry.level == kind]
        return fit[0] if fit else found[0]
    if countries:
        home = [entry for entry in found if entry.country in countries or entry.level == "country"]
        if home:
            return home[0]
        return found[0] if found[0].level in ("country", "region") or found[0].population > 200_000 else None
    return found[0]


def _kind_beside(tokens: Sequence[Token], first: int, last: int, language: Language) -> str:
    """ "Latakia province", "the governorates of Latakia and Tartus", "مدينة بانياس": the level that a kind word
    tells.
    """
    admin, city = language.words("places", "admin_kinds"), language.words("places", "place_kinds")
    near = [token for token in (*tokens[max(0, first - 2) : first], *tokens[last : last + 1])]
    if any(admin.has(token) for token in near):
        return "admin1"
    if any(city.has(token) for token in near):
        return "place"
    listed = [token for token in tokens[last : last + 8]]
    for token in listed:
        if admin.has(token):
            return "admin1"
        if not (token.capital or token.text in "," or token.norm == "and"):
            break
    return ""


def _wider(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Words that make a place fuzzier: "near", "the countryside of", "villages around it"."""
    words = language.words("places", "wider")
    before = [at for at in range(max(0, first - 4), first) if words.match(tokens, at)]
    after = last < len(tokens) and words.match(tokens, last)
    return bool(before or after)


def _nearly(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    """A capitalised name after a preposition that no list knows: its nearest spelling, else a place without an
    entry.
    """
    tokens, last = sentence.tokens, at + 1
    if language.table.get("script") != "Latin" or sentence.capitals or not countries:
        return None
    while last < len(tokens) and tokens[last].capital and tokens[last].is_word and last - at < 4:
        last += 1
    if _not_a_place(tokens, at, last, language):
        return None
    name = sentence.words(at, last)
    near = list(places.near(name, countries=countries))
    entry = near[0] if near else None
    if entry is None and tokens[at - 1].norm in _BESIDE:
        return None  # "of Kneifati": a name, unless some place is spelt nearly so
    return Mention(at, last, entry, name, True, near=entry is not None, wider=_wider(tokens, at, last, language))


_AT = ("in", "near", "at", "around", "outside")
_BESIDE = ("of", "to", "from")


def _not_a_place(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    span = range(first, last)
    people = any(language.people.of(tokens[at]) or language.identities.of(tokens[at]) for at in span)
    people = people or any(part in language.identities.table for at in span for part in tokens[at].norm.split("-"))
    dates = any(language.months.of(tokens[at]) or language.weekdays.of(tokens[at]) is not None for at in span)
    known = any(language.organisations.match(tokens, at) for at in span) or any(
        language.sides.match(tokens, at) for at in span
    )
    preposition = tokens[first - 1].norm if first else ""
    return people or dates or known or preposition not in (*_AT, *_BESIDE)


def countries_of(texts: Iterator[str] | Sequence[str], page_places: Places) -> tuple[str, ...]:
    """Countries that a report names, the most often named first."""
    seen: dict[str, int] = {}
    for name in texts:
        for entry in page_places.find(name):
            if entry.level == "country":
                seen[entry.country] = seen.get(entry.country, 0) + 1
                break
    return tuple(sorted(seen, key=lambda code: -seen[code]))
