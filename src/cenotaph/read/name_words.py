"""What a word can be to a name, in scripts without capitals: a given name, a title, a link, an age, an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.read.language import Language
from cenotaph.read.text import Token

_FOLDED = ("علي", "الي")  # in these letters also the prepositions "على" and "إلى" are folded
_MARKS = "-–—_•*.)/:،,#♦●▪٭"
_LINES = 60  # a larger number before a name counts no lines
_QUOTES = "“«\"”»'‘’("
_BLESSING = 3  # words of a blessing, from its first, that are looked at
_OLD = 120  # years; a larger number is no age

_KINDS = (
    ("places", "kinds"), ("sites", "kinds"), ("parties", "actors"), ("attackers", "attacks"), ("attackers", "acts"),
)  # fmt: skip


_MOST = 50_000  # words that are remembered


@dataclass(frozen=True, slots=True)
class Word:
    """What a word is to a name wherever it stands; `lists` are those that have it, with what is written onto it."""

    lists: frozenset[str]
    rolls: bool  # may begin words that announce names
    blesses: bool
    mark: bool
    quote: bool
    given: bool
    begins: bool
    stands: bool  # a word that a name may hold, as far as its letters tell
    may: bool
    may_be_family: bool  # the same behind another name


class NameWords:
    """The lists of a language that tell names, compiled once; a word's answers are remembered."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.named = language.words("given_names", "all").table
        self.never = tuple(language.table["given_names"]["never"])
        self.rolls = language.words("given_names", "rolls")
        self.blessings = language.words("given_names", "blessings")
        self.lists = {key: language.words("given_names", key) for key in language.table["given_names"]}
        self.known: dict[str, Word] = {}

    def word(self, token: Token) -> Word:
        """What is known of a word, worked out when it is first met."""
        known = self.known.get(token.text)
        if known is None:
            if len(self.known) >= _MOST:
                self.known.clear()
            known = self.known[token.text] = self._word(token)
        return known

    def _word(self, token: Token) -> Word:
        lists = frozenset(key for key, words in self.lists.items() if words.has(token))
        mark = token.text in _MARKS or not token.text.strip("ـ_")
        given, stands = self._given(token), token.is_word and not token.text.isascii() and not _preposition(token)
        stands = stands and not mark
        norm = token.norm.removeprefix("و")
        begins = not self.plainly(token, "between") and (given or not (norm.startswith("ال") and len(norm) > 4))
        may = stands and self._may(token, lists, given)
        family = may if not _article(token) else stands and self._may_be_family(token, lists, given)
        rolls, blesses = (not one.table.keys().isdisjoint(token.forms) for one in (self.rolls, self.blessings))
        return Word(lists, rolls, blesses, mark, token.text in _QUOTES, given, begins, stands, may, family)

    def is_(self, token: Token, *keys: str) -> bool:
        """Whether a word, with what is written onto it taken off, is in one of the lists."""
        return not self.word(token).lists.isdisjoint(keys)

    def plainly(self, token: Token, key: str) -> bool:
        """Whether a word is in a list just as it stands."""
        return key in self.lists and token.norm in self.lists[key].table

    def begins(self, token: Token) -> bool:
        """Whether a word may be the first of a name: a given name takes no article."""
        return self.word(token).begins

    def given(self, token: Token) -> bool:
        """A given name, at most with "and" written onto it: the first name of a person takes no article."""
        return self.word(token).given

    def _given(self, token: Token) -> bool:
        norm = token.norm
        return not _preposition(token) and (norm in self.named or (norm[:1] == "و" and norm[1:] in self.named))

    def may(self, tokens: Sequence[Token], line: Sequence[Word]) -> list[bool]:
        """Of each word of a line, whether it can stand in a name: no word of grammar, of people, harm, means, place or
        saying.
        """
        blessed = self._blessed(tokens, line)
        return [word.stands and at not in blessed and self._may_at(tokens, at, word) for at, word in enumerate(line)]

    def _may_at(self, tokens: Sequence[Token], at: int, word: Word) -> bool:
        if at + 1 < len(tokens) and not tokens[at + 1].is_word and self.plainly(tokens[at], "years"):
            return not tokens[at + 1].text.isdigit()
        return word.may_be_family if at else word.may

    def _blessed(self, tokens: Sequence[Token], line: Sequence[Word]) -> set[int]:
        """What stands inside words of blessing that hold words of names ("رحمه الله"), or a day ("صباح الجمعة")."""
        found = ((at, self.blessings.match(tokens, at)) for at, word in enumerate(line) if word.blesses)
        return {n for at, one in found if one for n in range(at, at + min(one[1], _BLESSING))}

    def _may(self, token: Token, lists: frozenset[str], given: bool) -> bool:
        if given or self.plainly(token, "links") or self.plainly(token, "inside"):
            return True
        if not lists.isdisjoint(("ends", "opens", "rolls", "aged")) or token.norm.startswith(self.never):
            return False
        language = self.language
        known = (language.harms.of(token), language.people.of(token), language.means.of(token), language.says.of(token))
        timed = (language.months.of(token), language.weekdays.of(token), language.numbers.of(token))
        if language.stops.has(token) or any(one is not None for one in (*known, *timed)):
            return False
        return not any(language.words(*one).has(token) for one in _KINDS)

    def _may_be_family(self, token: Token, lists: frozenset[str], given: bool) -> bool:
        """ "المصري", "القناص", "العلي": behind another name the article makes a family name of nearly any word."""
        if self.plainly(token, "inside") or given:
            return True
        ends = any(self.plainly(token, key) for key in ("ends", "opens", "rolls"))
        if ends or "opens" in lists or token.norm in self.language.stops.table:
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
        return self.word(token).mark

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
