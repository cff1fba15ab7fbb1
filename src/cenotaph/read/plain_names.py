"""Who is named, in scripts without capitals: a given name that the language lists, and the names that follow it.

Arabic names run given name, father's, grandfather's, family; a trade, a kinship or "the martyr" before one says that a
person is meant. Words that no list knows are a name only where nothing else can stand: in a list of names, behind a
title, before an age. Which words are given names, which open a name and which end it is data ([given_names]).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.language import Language
from cenotaph.read.name_lines import Line, lines, opens_roll, over_opening
from cenotaph.read.name_words import NameWords, name_words
from cenotaph.read.names import Name
from cenotaph.read.text import Sentence

_LONGEST = 6  # words of a name: five names and an article or "عبد"
_AGE = 7  # signs and words of an age between two names of a list
_EARLY = 3  # after a word that opens a name, one of so many words must be a name that is known
_BLANK = 2  # lines of a roll that may be none of its names ("May God accept them"), before it is over


def plain_names(sentences: Sequence[Sentence], language: Language) -> tuple[tuple[Name, ...], ...]:
    """The persons that each sentence names, for a language that lists given names; nobody for any other."""
    found: list[list[Name]] = [[] for _ in sentences]
    if "given_names" in language.table:
        words, rolled, sure = name_words(language), 0, False
        for line in lines(sentences, words):
            here = list(_Reading(line, words, rolled > 0, sure).names())
            found[line.sentence] += here
            opened = opens_roll(line, words)
            rolled = _BLANK if opened or (rolled and here) else max(0, rolled - 1)
            sure = rolled > 0 and not opened and (sure or bool(here))
    return tuple(map(tuple, found))


class _Reading:
    """One line read from left to right; `listed` says that names may stand here of which nothing is known."""

    def __init__(self, line: Line, words: NameWords, listed: bool, sure: bool) -> None:
        self.line, self.words, self.tokens = line, words, line.tokens
        self.known = [words.word(token) for token in line.tokens]
        self.may = words.may(line.tokens, self.known)
        self.listed, self.strict, self.behind = listed, listed, 0
        self.sure = sure  # whether a name of the list that goes on was known
        self.waiting: list[int] = []  # given names alone, whose family stands behind a later one

    def names(self) -> Iterator[Name]:
        at = 0
        while at < len(self.tokens):
            opened = over_opening(self.line, at, self.words) if self.known[at].rolls else at
            if opened > at:
                self.strict = self.strict or any(one.text in ':؛“«"' for one in self.tokens[at:opened])
                self.listed, self.sure, self.behind, at = True, False, opened, opened
                continue
            if self.tokens[at].text == "|":
                self.listed = self.strict = self.sure = False
                self.behind = 0
            if not self.may[at]:
                at = self._over(at, at)
                continue
            if self._of_a_place(at):
                at = max(self._end(at), at + 1)
                continue
            how = self._begins(at)
            last = self._end(at) if how else at
            if how and self._accepts(at, last, how):
                yield from self._named(at, last, how)
                at = self.behind = last
                self.listed, self.sure = self.listed or how == "listed", True
                continue
            at = self._over(at, last)

    # --- where a name begins ---

    def _begins(self, at: int) -> str:
        """How a name begins: "known" by a given name, "titled" behind a word that opens one, "listed" in a list."""
        words, tokens, known = self.words, self.tokens, self.known[at]
        if not known.begins or "inside" in known.lists:
            return ""
        if words.opens(tokens, at):
            return "titled"
        if self._in_list(at):
            return "listed"
        return "known" if known.given else "aged" if self._apart(at) else ""

    def _of_a_place(self, at: int) -> bool:
        """ "مخيم مريم", "قرية الشيخ عيسى", "زوجة سمير الراوي": a place that is called after somebody, or a relative."""
        words, known, first = self.words, self.known, at
        while at > 0 and ("inside" in known[at - 1].lists or known[at - 1].quote):
            at -= 1
        if at > 0 and "named_after" in known[at - 1].lists:
            return True
        at = first
        while at > 0 and ("opens" in known[at - 1].lists or known[at - 1].quote):
            at -= 1
            if words.of_kin(self.tokens[at]):
                return True
        parent = at < first and at > 0 and "parents" in known[at - 1].lists  # "والد الطفلة سمر"
        return at > 0 and words.of_kin(self.tokens[at - 1]) and not parent

    def _in_list(self, at: int) -> bool:
        """Behind a number of a list, or behind another name with only signs, "and" and an age between."""
        words, tokens = self.words, self.tokens
        marked = at > 0 and words.mark(tokens[at - 1])
        numbered = (at > 1 and words.counts_lines(tokens[at - 2]) and marked) or (at == 0 and self.line.numbered)
        begins = at == 0 or (at == 1 and marked) or all(not one.is_word or words.mark(one) for one in tokens[:at])
        if numbered or (self.listed and begins):
            return True
        between = tokens[self.behind : at] if self.behind else ()
        if self.behind and marked and between and between[0].norm in words.language.words("given_names", "from").table:
            return len(between) <= _AGE  # "سمير الراوي من جبلة - هدى الراوي من بانياس"
        if not self.behind or len(between) > _AGE or not all(words.small(one) for one in between):
            return self.listed and words.quoted(tokens, at)
        return bool(between) or words.and_another(tokens[at]) or self.listed

    def _apart(self, at: int) -> bool:
        """Whether a sign, the line's beginning, "and" or a word of harm stands before a word that may begin a name."""
        before = self.tokens[at - 1] if at else None
        if before is None or not before.is_word or self.words.and_another(self.tokens[at]):
            return True
        return self.words.language.harms.of(before) is not None

    # --- where it ends ---

    def _end(self, first: int) -> int:
        """Where a name that begins here ends: at the next sign, word of grammar, or "and" with another name."""
        last, tokens = first + 1, self.tokens
        while last < len(tokens) and last - first < _LONGEST and self.may[last]:
            if tokens[last].start - tokens[last - 1].end > 1 or self.words.and_another(tokens[last]):
                break
            last += 1
        while last > first and self.words.plainly(tokens[last - 1], "links"):
            last -= 1
        return last

    def _accepts(self, first: int, last: int, how: str) -> bool:
        if last - first < 2:
            return False
        aged = self.words.aged(self.tokens, last)
        known = any(self.words.given(one) for one in self.tokens[first : min(last, first + _EARLY)])
        if self.words.given(self.tokens[first]) or (how == "titled" and known):
            return True
        if how == "aged" or not (aged or self._closes(last)):
            return aged
        return known or aged or self._unknown(first, last, how)

    def _unknown(self, first: int, last: int, how: str) -> bool:
        """Whether words of which no list knows any are a name all the same."""
        tokens, words = self.tokens, self.words
        signed = last >= len(tokens) or not tokens[last].is_word
        if how == "titled":
            article = words.article(tokens[last - 1])
            return words.pointed(tokens, first) and signed and (article or words.quoted(tokens, first))
        if self._numbered(first):
            return signed
        return signed and self.strict and self.sure and not words.and_another(tokens[first])

    def _closes(self, last: int) -> bool:
        """Whether a name that no list knows ends where names do: at a sign, an age, the end of the line."""
        return last >= len(self.tokens) or self.words.small(self.tokens[last]) or self.words.ends(self.tokens[last])

    def _numbered(self, at: int) -> bool:
        """Behind the number of a line of a list, or behind the mark of a line where a list is expected."""
        signs = self.tokens[max(0, at - 2) : at]
        if at == 0 and self.line.numbered:
            return True
        if not signs or not self.words.mark(signs[-1]):
            return False
        return self.strict if len(signs) == 1 else self.words.counts_lines(signs[0])

    # --- what it is ---

    def _named(self, first: int, last: int, how: str) -> Iterator[Name]:
        aged = self.words.aged(self.tokens, last)
        alone = self._alone(first, last, aged)
        sure = "listed" if alone else how if how != "known" else "aged" if aged else ""
        name = Name(first, last, self.words.spelled(self.tokens[first:last]), sure)
        for at in self.waiting:
            own = self.words.spelled(self.tokens[at : at + 1])
            yield self._placed(Name(at, at + 1, f"{own} {self._family(first, last)}", name.sure))
        self.waiting = []
        yield self._placed(name)

    def _alone(self, first: int, last: int, aged: bool) -> bool:
        """Whether a line is nothing but a name with its age, or a mark and a name."""
        marked = all(self.words.mark(one) or not one.is_word for one in self.tokens[:first])
        return marked and (aged or (first > 0 and not any(one.is_word for one in self.tokens[last:])))

    def _placed(self, name: Name) -> Name:
        return replace(name, first=name.first + self.line.first, last=name.last + self.line.first)

    def _family(self, first: int, last: int) -> str:
        """ "ديما وفرح الحلبي": what follows the given name is of both."""
        own = self.words.unit(self.tokens, first, last)
        return self.words.spelled(self.tokens[own:last])

    def _over(self, at: int, last: int) -> int:
        """Past what is no name; a given name alone may share the family of the next ("ديما وفرح الحلبي")."""
        alone = last == at + 1 and self.may[at] and self.words.given(self.tokens[at])
        if alone and last < len(self.tokens) and self.words.ties(self.tokens[last]):
            self.waiting.append(at)
        elif self.waiting and not self.words.ties(self.tokens[at]):
            self.waiting = []
        return at + 1
