"""What a word can be to a name, in scripts without capitals: a given name, a title, a link, an age, an end."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.language import Language
from cenotaph.read.text import Token

_FOLDED = ("علي", "الي")  # in these letters also the prepositions "على" and "إلى" are folded
_MARKS = "-–—_•*.)/:،,#♦●▪٭"
_LINES = 60  # a larger number before a name counts no lines
_QUOTES = "“«\"”»'‘’("
_OLD = 120  # years; a larger number is no age

_KINDS = (
    ("places", "kinds"), ("sites", "kinds"), ("parties", "actors"), ("attackers", "attacks"), ("attackers", "acts"),
)  # fmt: skip


class NameWords:
    """The lists of a language that tell names, compiled once; a word's answer is remembered."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.named = language.words("given_names", "all").table
        self.never = tuple(language.table["given_names"]["never"])
        self.known: dict[str, bool] = {}

    def is_(self, token: Token, *keys: str) -> bool:
        """Whether a word, with what is written onto it taken off, is in one of the lists."""
        return any(self.language.words("given_names", key).has(token) for key in keys)

    def plainly(self, token: Token, key: str) -> bool:
        """Whether a word is in a list just as it stands."""
        return token.norm in self.language.words("given_names", key).table

    def begins(self, token: Token) -> bool:
        """Whether a word may be the first of a name: a given name takes no article."""
        if self.plainly(token, "between"):
            return False
        norm = token.norm.removeprefix("و")
        return self.given(token) or not (norm.startswith("ال") and len(norm) > 4)

    def given(self, token: Token) -> bool:
        """A given name, at most with "and" written onto it: the first name of a person takes no article."""
        norm = token.norm
        return not _preposition(token) and (norm in self.named or (norm[:1] == "و" and norm[1:] in self.named))

    def may(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word can stand in a name: no word of grammar, of people, harm, means, place or saying."""
        token = tokens[at]
        if not token.is_word or token.text.isascii() or _preposition(token) or self.mark(token):
            return False
        if any(self._blessed(tokens, first, at) for first in range(max(0, at - 2), at + 1)):
            return False
        if self.plainly(token, "years") and at + 1 < len(tokens) and not tokens[at + 1].is_word:
            return not tokens[at + 1].text.isdigit()
        family = at > 0 and _article(token)
        key = f"{token.text} {family}"
        if key not in self.known:
            self.known[key] = self._may_be_family(token) if family else self._may(token)
        return self.known[key]

    def _blessed(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        """Inside words of blessing that hold words of names ("رحمه الله"), or a day ("صباح الجمعة")."""
        found = self.language.words("given_names", "blessings").match(tokens, first)
        return found is not None and first + found[1] > at

    def _may(self, token: Token) -> bool:
        if self.given(token) or self.plainly(token, "links") or self.plainly(token, "inside"):
            return True
        if self.is_(token, "ends", "opens", "rolls", "aged") or token.norm.startswith(self.never):
            return False
        language = self.language
        known = (language.harms.of(token), language.people.of(token), language.means.of(token), language.says.of(token))
        timed = (language.months.of(token), language.weekdays.of(token), language.numbers.of(token))
        if language.stops.has(token) or any(one is not None for one in (*known, *timed)):
            return False
        return not any(language.words(*one).has(token) for one in _KINDS)

    def _may_be_family(self, token: Token) -> bool:
        """ "المصري", "القناص", "العلي": behind another name the article makes a family name of nearly any word."""
        if self.plainly(token, "inside") or self.given(token):
            return True
        ends = any(self.plainly(token, key) for key in ("ends", "opens", "rolls"))
        if ends or self.is_(token, "opens") or token.norm in self.language.stops.table:
            return False
        timed = (self.language.months.of(token), self.language.weekdays.of(token), self.language.harms.of(token))
        return all(one is None for one in timed) and not self.language.words("places", "kinds").has(token)

    def and_another(self, token: Token) -> bool:
        """ "وعلي": "and" written onto the next name, not the first letter of this one ("وليد")."""
        return token.text.startswith("و") and len(token.forms) > 1 and token.norm not in self.named

    def spelled(self, tokens: Sequence[Token]) -> str:
        """The name as written, single spaces, without an "and" that is written onto it."""
        words = [token.text for token in tokens]
        if words and self.and_another(tokens[0]):
            words[0] = words[0][1:]
        return " ".join(words).lstrip("ـ_ ")

    def unit(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Where the given name ends that begins a name: "عبد الله" is one."""
        at = first + 1
        while at < last and (self.plainly(tokens[at - 1], "links") or self.plainly(tokens[at], "tied")):
            at += 1
        return at

    # --- beside names ---

    def mark(self, token: Token) -> bool:
        """A sign before a line of a list: a dash, a dot, a drawn-out stroke."""
        return token.text in _MARKS or not token.text.strip("ـ_")

    def small(self, token: Token) -> bool:
        """What stands between two names of a list: signs, "and", an age, a title."""
        return not token.is_word or token.norm == "و" or self.mark(token) or self.is_(token, "aged", "opens")

    def ties(self, token: Token) -> bool:
        """ "and", a comma: what ties given names that share a family."""
        return token.text in ("و", "،", ",") or (self.and_another(token) and self.given(token))

    def ends(self, token: Token) -> bool:
        return self.is_(token, "ends", "rolls") or self.language.stops.has(token)

    def opens(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a title stands before a word, at most with a mark between ("الشاب “", "الطفلة ( ")."""
        if self.and_another(tokens[at]):
            return False
        before = at - 1
        while before >= 0 and at - before <= 2 and tokens[before].text in f"{_QUOTES}:#":
            before -= 1
        if before > 0 and _article(tokens[before]) and self.given(tokens[at]) and not self.is_(tokens[before], "opens"):
            before -= 1  # "الشاب المغدور سمير"
        return before >= 0 and self.is_(tokens[before], "opens")

    def pointed(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the title before a word has the article ("الطفل"), or says that a name follows ("يدعى")."""
        before = at - 1
        while before >= 0 and not tokens[before].is_word:
            before -= 1
        return before >= 0 and (_article(tokens[before]) or self.is_(tokens[before], "called"))

    def article(self, token: Token) -> bool:
        return _article(token)

    def of_kin(self, token: Token) -> bool:
        """ "زوجة", "ووالد": whoever is meant is a relative of him who is named next."""
        return self.plainly(token, "kin") or self.plainly(token, "kin_and")

    def counts_lines(self, token: Token) -> bool:
        """A number that a line of a list may begin with."""
        return token.text.isdecimal() and int(token.text) <= _LINES

    def quoted(self, tokens: Sequence[Token], at: int) -> bool:
        return at > 0 and tokens[at - 1].text in _QUOTES

    def aged(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether an age follows: "(40 عاماً)", "البالغ من العمر", "/18/ عام", a bare number at the end of a line."""
        if at < len(tokens) and self.is_(tokens[at], "of_age"):
            return True
        signs = at
        while at < len(tokens) and at - signs < 3 and not tokens[at].is_word and not tokens[at].text.isdigit():
            at += 1
        if at >= len(tokens):
            return False
        if self.is_(tokens[at], "of_age"):
            return True
        number = tokens[at].text.isdecimal() and int(tokens[at].text) < _OLD
        worded = self.language.numbers.of(tokens[at]) is not None
        after = at + 1
        while after < len(tokens) and tokens[after].text in "/)-":
            after += 1
        if (number or worded) and after < len(tokens) and self.is_(tokens[after], "aged"):
            return True
        return (number and at > signs and tokens[signs].text in "(/" and after > at + 1) or (
            number and after >= len(tokens) and tokens[at].start - tokens[at - 1].end == 1
        )


def _article(token: Token) -> bool:
    return token.norm.startswith("ال") and len(token.norm) > 4


def _preposition(token: Token) -> bool:
    return token.text.endswith("ى") and token.norm.removeprefix("و") in _FOLDED


_compiled: dict[int, NameWords] = {}


def name_words(language: Language) -> NameWords:
    known = _compiled.get(id(language))
    if known is None or known.language is not language:
        known = _compiled[id(language)] = NameWords(language)
    return known
