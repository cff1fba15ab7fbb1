"""How many: numbers, plural words, shares and their comparators, in the order they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from cenotaph.read.language import Language
from cenotaph.read.lexicon import Phrases
from cenotaph.read.numerals import number_words, whole_number
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Comparator, Quantity

_YEARS = range(1900, 2100)
_REMEMBERED = 50_000  # words


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity and the tokens it stands on, first (inclusive) to last (exclusive); its value begins at `number`."""

    first: int
    last: int
    number: int
    quantity: Quantity

    @property
    def plain(self) -> bool:
        """A number as such, which may be a year or a time as well; "dozens" and "several" may not."""
        return self.quantity.comparator == "exact"


@dataclass(frozen=True, slots=True)
class _Value:
    """What a stretch of number words comes to; plural is true for a magnitude ("dozens")."""

    last: int
    base: int | None = None
    fraction: float | None = None
    plural: bool = False
    rounded: bool = False  # "une dizaine"


def amounts(sentence: Sentence, language: Language) -> tuple[Amount, ...]:
    """All amounts of a sentence from left to right, never overlapping; what can't be a count is left out."""
    out: list[Amount] = []
    at, tokens, opens = 0, sentence.tokens, _openings(language)
    while at < len(tokens):
        if not opens.may(tokens[at]):
            at += 1
            continue
        found = _amount(tokens, at, language)
        asked = at > 0 and language.words("not_counts", "asks").has(tokens[at - 1])
        if found and not asked and _is_count(tokens, found, language):
            out.append(replace(found, quantity=replace(found.quantity, words=_words(sentence, found, language))))
        at = found.last if found else at + 1
    return tuple(out)


class _Openings:
    """Which words may begin an amount at all: hardly any do, and every word is asked."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.lists: tuple[Phrases[Any], ...] = (
            language.comparators, language.fractions, language.rounded, language.magnitudes, language.numbers,
            number_words(language).scales, language.words("not_counts", "singles"),
        )  # fmt: skip
        self.known: dict[str, bool] = {}

    def may(self, token: Token) -> bool:
        form = token.forms[0]  # of which the others are made
        known = self.known.get(form)
        if known is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = any(not one.table.keys().isdisjoint(token.forms) for one in self.lists)
            self.known[form] = known
        return known or token.text[0].isdigit() or "-" in token.norm  # "twenty-five"


_compiled: dict[int, _Openings] = {}


def _openings(language: Language) -> _Openings:
    known = _compiled.get(id(language))
    if known is None or known.language is not language:
        known = _compiled[id(language)] = _Openings(language)
    return known


def _words(sentence: Sentence, found: Amount, language: Language) -> str:
    """The words of an amount, without an article that only points ("the 1,250")."""
    first, articles = found.first, language.words("people_words", "definite")
    while first < found.number and articles.has(sentence.tokens[first]):
        first += 1
    return sentence.words(first, found.last)


def _amount(tokens: Sequence[Token], at: int, language: Language) -> Amount | None:
    """The amount that begins at this token: comparators, then a value, then what may follow ("or more")."""
    comparator, start = _comparator(tokens, at, language)
    value = _value(tokens, start, language)
    if value is None and start > at:
        value, start, comparator = _value(tokens, at, language), at, "exact"
    if value is None:
        return None
    ranged = _range(tokens, value, comparator, language)
    if ranged:
        return Amount(at, ranged[0], start, Quantity("", "between", value.base, ranged[1]))
    last, comparator = _after(tokens, value.last, comparator, language)
    if comparator == "between":
        comparator, at = "exact", start
    if value.rounded and comparator == "exact":
        comparator = "about"
    if value.plural:
        return Amount(at, last, start, Quantity("", "plural", value.base or None))
    return Amount(at, last, start, Quantity("", comparator, value.base, fraction=value.fraction))


def _comparator(tokens: Sequence[Token], at: int, language: Language) -> tuple[Comparator, int]:
    """The comparator that opens here and where the value begins; of several ("at least another") the telling one."""
    comparator, here = "exact", at
    while here < len(tokens):
        found = language.comparators.match(tokens, here)
        if not found:
            break
        comparator = found[0] if comparator == "exact" else comparator
        here += found[1]
    return cast(Comparator, comparator), here


def _after(tokens: Sequence[Token], at: int, comparator: Comparator, language: Language) -> tuple[int, Comparator]:
    found = language.comparators_after.match(tokens, at) if at < len(tokens) else None
    return (at + found[1], cast(Comparator, found[0])) if found else (at, comparator)


def _range(tokens: Sequence[Token], value: _Value, comparator: str, language: Language) -> tuple[int, int] | None:
    """ "between 2,300 and 2,400", "40 to 50", "40-50": where it ends and its upper number."""
    if value.base is None or value.last + 1 >= len(tokens):
        return None
    joined = language.words("ranges", "joins").match(tokens, value.last)
    clitic = tokens[value.last].text.startswith("و") and comparator == "between"
    if not joined and not clitic:
        return None
    dash = tokens[value.last].text in "-–—" or tokens[value.last].norm in ("to", "or", "الي", "او")
    if comparator != "between" and not dash:
        return None
    upper = _value(tokens, value.last + (joined[1] if joined else 0), language)
    if upper is None or upper.base is None or upper.base <= value.base or upper.plural:
        return None
    near = upper.base <= value.base * 2 + 2 or comparator == "between"
    return (upper.last, upper.base) if near else None


def _value(tokens: Sequence[Token], at: int, language: Language) -> _Value | None:
    if at >= len(tokens):
        return None
    share = language.fractions.match(tokens, at)
    if share and not _followed_by(tokens, at + share[1], ("a", "million")):
        return _Value(at + share[1], fraction=share[0])
    rounded = language.rounded.table and language.rounded.match(tokens, at)
    if rounded:
        return _Value(at + rounded[1], base=rounded[0], rounded=True)
    counted = _number(tokens, at, language)
    plural = language.magnitudes.match(tokens, at)
    if plural and (counted is None or at + plural[1] > counted.last):
        return _several(tokens, at + plural[1], plural[0], language)
    return counted


def _several(tokens: Sequence[Token], last: int, base: int, language: Language) -> _Value:
    """A magnitude, raised by a scale that follows: "several hundred", "a few dozen"."""
    scale = language.scales.match(tokens, last) if last < len(tokens) else None
    if scale and base == 0:
        return _Value(last + scale[1], base=scale[0], plural=True)
    return _Value(last, base=base, plural=True)


def _followed_by(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    return tuple(token.norm for token in tokens[at : at + len(words)]) == words


def _number(tokens: Sequence[Token], at: int, language: Language) -> _Value | None:
    """A whole number in digits and words: "1,250", "two hundred and forty", "2.5 million", "ألف وثلاثمئة"."""
    found = whole_number(tokens, at, number_words(language))
    return _Value(found.last, base=int(found.value)) if found and found.kind == "whole" else None


def _is_count(tokens: Sequence[Token], found: Amount, language: Language) -> bool:
    """Not an age, a date, a distance, a money sum, a unit's number or a year: decided by its neighbours."""
    if not found.plain and found.quantity.base is None:
        return True
    before, after = tokens[: found.first], tokens[found.last :]
    if after and (language.words("not_counts", "units").match(after, 0) or _is_figure_sign(after)):
        return False
    if before and (_ends_in(before, "before", language) or before[-1].text in "$€£/"):
        return False
    if len(before) > 1 and before[-1].text == ":" and before[-2].text[:1].isdigit():
        return False
    if before and (_after_ages(before, language) or is_age(tokens, found, language)):
        return False
    if after and _is_address(after, language):
        return False
    glued = after and after[0].is_word and after[0].start == tokens[found.last - 1].end
    latin = language.table.get("script") == "Latin"  # "مقتل 12مدنيا": in other letters only a space was lost
    if glued and latin and tokens[found.last - 1].text[-1] not in "'’":  # "dizaines d'habitants" is written so
        return False  # "20s": glued to letters
    if before and before[-1].norm == "at" and _is_hour(tokens[found.number].text):
        return False
    return not _is_date(tokens, found, language)


def _after_ages(before: Sequence[Token], language: Language) -> bool:
    """ "aged 24 and 31": a number that goes on a list of ages."""
    at = len(before) - 1
    while at > 0 and (before[at].text in ",،" or before[at].norm in ("and", "و") or before[at].text.isdecimal()):
        at -= 1
    return at < len(before) - 1 and _ends_in(before[: at + 1], "ages", language)


def _ends_in(before: Sequence[Token], key: str, language: Language) -> bool:
    """Whether the last words before a number are a phrase of a list of [not_counts] ("aged", "âgés de")."""
    words = language.words("not_counts", key)
    return words.has(before[-1]) or any(
        (found := words.match(before, len(before) - length)) is not None and found[1] == length
        for length in range(2, min(3, len(before)) + 1)
    )


def _is_figure_sign(after: Sequence[Token]) -> bool:
    """ "20 %", "20:30", "20/30"; not the colon of "at least 20: army"."""
    clock = len(after) > 1 and after[1].text[:1].isdigit()
    return after[0].text[:1] in "%/" or (after[0].text == ":" and clock)


def _is_address(after: Sequence[Token], language: Language) -> bool:
    """ "524 Pine Street": capitalised words up to one for a street."""
    streets = language.words("not_counts", "streets")
    for at, token in enumerate(after[:5]):
        if not (token.capital or token.text[:1].isdigit() or token.text == "."):
            return False
        if at and streets.has(token):
            return True
    return False


def is_age(tokens: Sequence[Token], found: Amount, language: Language) -> bool:
    """ "Rami Aziz, 24, was killed", "a farmer, 51.": a number between signs right behind a name or a noun."""
    at, after = found.number, tokens[found.last].text if found.last < len(tokens) else "."
    digits = tokens[at].text.isdecimal() and found.last == at + 1 and len(tokens[at].text) < 3
    if not digits or found.first != at or at < 2 or tokens[at - 1].text != "," or not tokens[at - 2].is_word:
        return False
    hails = after.casefold() == "of" and found.last + 1 < len(tokens) and tokens[found.last + 1].capital
    listed = after.casefold() == "and" and language.people.of(tokens[at - 2]) is not None
    return after in ",;.)" or hails or listed


def is_article(tokens: Sequence[Token], amount: Amount, language: Language) -> bool:
    """ "une explosion": the article that is the number one as well stands for nobody, unless "other" or a word for the
    harmed follows ("un mort et une blessée"). Nor does a number of a whole: see `_is_of_whole`.
    """
    if _is_of_whole(tokens, amount.first):
        return True
    article = amount.quantity.base == 1 and language.words("people_words", "determiners").has(tokens[amount.first])
    if not article or amount.last - amount.first > 1 or amount.last >= len(tokens):
        return article and amount.last - amount.first == 1
    harm = language.harms.match(tokens, amount.last)
    other = language.words("people_words", "elliptic").match(tokens, amount.last)
    return other is None and (harm is None or harm[0].takes not in ("undergo", "counted"))


def _is_of_whole(tokens: Sequence[Token], at: int) -> bool:
    """ "ثلاثة من الجرحى السبعة": behind "of the wounded" a number with the article written onto it counts those of whom
    some are told.
    """
    tied = at >= 2 and all(tokens[n].norm.startswith("ال") for n in (at - 1, at))
    return tied and tokens[at - 2].norm == "من"


def _is_hour(digits: str) -> bool:
    """ "at 2200": four digits that can be a time of day."""
    return len(digits) == 4 and digits.isdigit() and int(digits) <= 2400


def _is_date(tokens: Sequence[Token], found: Amount, language: Language) -> bool:
    after_month = found.last < len(tokens) and language.months.match(tokens, found.last) is not None
    if found.quantity.comparator == "between" and after_month:
        return True
    if not found.plain or not tokens[found.number].text[:1].isdigit():
        return False
    base = found.quantity.base or 0
    of = found.last < len(tokens) and tokens[found.last].norm == "of"  # "6 de marzo"
    before, after = tokens[: found.number], tokens[found.last + of :]
    month_before = bool(before) and language.months.of(before[-1]) is not None
    month_after = bool(after) and language.months.of(after[0]) is not None
    if base <= 31 and (month_before or month_after):
        return not (after and language.people.match(after, 0)) or month_after
    comma = bool(before) and before[-1].text == "," and len(before) > 1
    dated = month_before or (comma and _ends_with_month(before[:-1], language))
    year = base in _YEARS and len(tokens[found.number].text) == 4
    return year and (dated or not (after and after[0].is_word and language.people.match(after, 0)))


def _ends_with_month(before: Sequence[Token], language: Language) -> bool:
    return any(language.months.of(token) is not None for token in before[-2:])
