"""Place names: found in a sentence, each with the entries of the gazetteer that it may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.read.language import Language
from cenotaph.read.names import Name
from cenotaph.read.page import Mention
from cenotaph.read.place_asides import in_another_name, of_people, tied_to
from cenotaph.read.place_senses import lies_in
from cenotaph.read.place_short import Short
from cenotaph.read.text import Sentence, Token, forms
from cenotaph.vocabulary import Entry, Places

_LONGEST = 6  # tokens that a place name can have
_LONGEST_LIST = 14  # tokens from a name to the word that says what it and its neighbours are
_LARGE = 200_000  # people: a place that news of another country names without saying where it is


@dataclass(frozen=True)
class Finder:
    """What finds place names in the sentences of one report.

    `countries` are those of the case or, where it has none, those that the report names most; `own` whether they are
    the case's: then what is small and lies elsewhere is no place.
    """

    language: Language
    places: Places
    countries: tuple[str, ...]
    own: bool
    short: Short

    def mentions(self, sentence: Sentence, named: Sequence[Name] = ()) -> tuple[Mention, ...]:
        """The place names of a sentence from left to right; `named` are the persons that it names."""
        out: list[Mention] = []
        at, tokens = 0, sentence.tokens
        bodies = self.language.organisations.longest(tokens)
        closed = {n for _, first, last in bodies for n in range(first, last) if last - first > 1}
        while at < len(tokens):
            found = self.short.at(sentence, at, self.places)
            found = found or (None if at in closed else self._mention(sentence, at, named))
            found = found or _of_country(sentence, at, self.language, self.places, self.countries)
            out += [found] if found else []
            at = found.last if found else at + 1
        return tuple(out)

    def _mention(self, sentence: Sentence, at: int, named: Sequence[Name]) -> Mention | None:
        tokens, language = sentence.tokens, self.language
        if not _may_begin(tokens[at], language):
            return None
        words = _in_listed_kind(tokens, at, language, self.places) or _known_words(tokens, at, language, self.places)
        words = words or self._with_its_area(sentence, at)
        latin = language.table.get("script") == "Latin"
        beside = self._beside_the_point(sentence, at) if latin and len(words) < 2 else None
        if beside is not None:
            return beside
        if not words and not latin:
            return None  # only names in Latin letters are found by a spelling that is nearly theirs
        located = _located(tokens, at, language)
        if words:
            hidden = in_another_name(sentence, at, at + len(words), language, named, located=located)
            return None if hidden else self._known(sentence, at, words, located)
        guessed = located and tokens[at].capital  # never "northern" alone
        return _nearly(sentence, at, language, self.places, self.countries) if guessed else None

    def _known(self, sentence: Sentence, at: int, words: Sequence[str], located: bool) -> Mention | None:
        """A name that the gazetteer has, with all that it may mean; None if none of that can be meant here."""
        tokens, last, options = sentence.tokens, at + len(words), self._options(sentence, at, words)
        if not options:
            return None
        return Mention(
            at,
            last,
            options[0],
            sentence.words(at, last),
            located,
            wider=_wider(tokens, at, last, self.language),
            whole=options[0].level == _kind_beside(tokens, at, last, self.language) == "admin1",
            aside=not located and _belongs_to_name(tokens, at, len(words), self.language),
            options=options,
        )

    def _with_its_area(self, sentence: Sentence, at: int) -> tuple[str, ...]:
        """A word or a person's name ("Eugene"), where a comma and an area that has a place of it follow."""
        tokens = sentence.tokens
        if not tokens[at].capital or at + 2 >= len(tokens) or tokens[at + 1].text != ",":
            return ()
        words = _known_words(tokens, at + 2, self.language, self.places)
        short = self.short.at(sentence, at + 2, self.places)
        areas = short.options if short else self.places.find(" ".join(words)) if words else ()
        found = self.places.find(tokens[at].text) if areas else ()
        inside = any(lies_in(one, area) for one in found for area in areas if area.level in ("admin1", "admin2"))
        return (tokens[at].text,) if inside else ()

    def _beside_the_point(self, sentence: Sentence, at: int) -> Mention | None:
        people = of_people(sentence, at, self.language, self.places)
        return people or tied_to(sentence, at, self.language, self.places)

    def _options(self, sentence: Sentence, at: int, words: Sequence[str]) -> tuple[Entry, ...]:
        """What a name may mean, likeliest first: what its kind word says ("province"), then the countries of the
        case, then size.
        """
        kind = _listed_kind(sentence.tokens, at, self.language)
        found = tuple(self.places.find(f"{' '.join(words)} {kind}", countries=self.countries)) if kind else ()
        found = found or tuple(self.places.find(" ".join(words), countries=self.countries))
        if self.language.table.get("script") == "Latin" and (words[-1].islower() or words[0].islower()):
            found = tuple(entry for entry in found if entry.level == "region")  # "the city" is no name
        if _is_code(sentence, words):
            found = tuple(entry for entry in found if entry.level in ("country", "region"))
        kind = _kind_beside(sentence.tokens, at, at + len(words), self.language)
        if self.own and found:
            home = tuple(entry for entry in found if entry.country in self.countries or entry.level == "country")
            large = found[0].level in ("country", "region") or found[0].population > _LARGE
            found = home or (found if large else ())
        return tuple(entry for entry in found if entry.level == kind) or found


def _is_code(sentence: Sentence, words: Sequence[str]) -> bool:
    """Capitals among small letters are a body's or a thing's short name; of places only countries have one."""
    return len(words) == 1 and words[0].isupper() and len(words[0]) < 5 and not sentence.capitals


def _of_country(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    """ "on the coast": the region of the report's country, where one of its countries alone has it."""
    tokens = sentence.tokens
    if at < 2 or tokens[at - 1].norm != "the" or not language.words("places", "of_country").has(tokens[at]):
        return None
    if not language.words("places", "stands_on").has(tokens[at - 2]):
        return None
    names = (f"{word} {tokens[at].norm}" for code in countries for word in language.demonyms(code))
    found = {entry.id or entry.name: entry for name in names for entry in places.find(name) if entry.level == "region"}
    if len(found) != 1:
        return None
    return Mention(at, at + 1, next(iter(found.values())), sentence.words(at, at + 1), True)


def _may_begin(token: Token, language: Language) -> bool:
    if not token.is_word:
        return False
    if language.table.get("script") != "Latin":
        small, norm = language.stops.table, token.norm
        return norm not in small and norm.removeprefix("و") not in small
    if token.text.islower() and language.stops.has(token):
        return False
    plain = token.text[0].lower() == token.text[0].upper()  # letters without capitals, in a passage of others
    return token.capital or plain or language.words("places", "directions").has(token)


def _known_words(tokens: Sequence[Token], at: int, language: Language, places: Places) -> tuple[str, ...]:
    """The words from here that make the longest known name, without a possessive's mark or an Arabic word's clitics."""
    window = [token.text for token in tokens[at : at + _LONGEST]]
    best: tuple[str, ...] = ()
    for reading in _windows(window, tokens[at], language):
        length = places.starts(reading)
        if length > len(best) and not _is_no_place(reading[:length], language):
            best = tuple(reading[:length])
    if len(best) > 1 and language.words("places", "kinds").has(tokens[at]) and places.starts(window[1:]) >= len(best):
        return ()  # "the town of Ayn Issa", where a longer name follows than the kind makes with its first word
    return best


def _in_listed_kind(tokens: Sequence[Token], at: int, language: Language, places: Places) -> tuple[str, ...]:
    """ "Jackson and Barrow counties": a name by the kind that ends its list, be it a person's name by itself."""
    kind = _listed_kind(tokens, at, language)
    known = kind and any(one.level == "admin2" for one in places.find(f"{tokens[at].text} {kind}"))
    return (tokens[at].text,) if known else ()


def _listed_kind(tokens: Sequence[Token], at: int, language: Language) -> str:
    """The word that each name of a list would have by itself ("counties": County), for a name of one word."""
    plurals: Mapping[str, str] = language.table["places"].get("listed_kinds", {})
    if not plurals:
        return ""
    for token in tokens[at + 1 : at + _LONGEST_LIST]:
        if token.norm in plurals:
            return plurals[token.norm]
        if not (token.capital or token.text == "," or token.norm == "and"):
            return ""
    return ""


def _is_no_place(words: Sequence[str], language: Language) -> bool:
    """Whether these words are oftener something else than a place's name."""
    plain = tuple(forms(word)[0] for word in words)
    return any(words == plain for words, _ in language.not_places.table.get(plain[0], ()))


def _windows(window: Sequence[str], token: Token, language: Language) -> Iterator[list[str]]:
    """A text's next words as a name may be written in them: "Peru's" is Peru before it is anything else."""
    if language.table.get("script") != "Latin":
        rest = window[1:]
        yield from ([first, *rest] for first in _readings(token, language))
        return
    for at, word in enumerate(window):
        if word.endswith(("'s", "’s")):
            yield [*window[:at], word[:-2]]
    yield list(window)


def _readings(token: Token, language: Language) -> list[str]:
    plain = token.text[:-2] if token.text.endswith(("'s", "’s")) else token.text
    if language.table.get("script") == "Latin":
        return list(dict.fromkeys((token.text, plain)))
    return [plain, *token.forms[1:]]


def _located(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a preposition right before (or with "the province of" between) says that something is there."""
    if at and language.words("places", "prepositions").has(tokens[at - 1]):
        return True
    if at and tokens[at - 1].text == "#" and tokens[at - 1].end == tokens[at].start:
        return True  # a post's tag says where its news is from
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
    tied = after is not None and after.text.startswith("-") and after.start == tokens[at + length - 1].end
    if after is not None and (tied or after.norm == "based"):
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
