"""What stands in the slots of a sentence that a stage made, and how a language of the interface tells it.

The language that the sentences are made in tells less anew: days and figures, wherever they stand; every other word of
theirs is its own already.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from cenotaph.web.texts import LANGUAGES, Texts, texts

__all__ = ["ANEW", "ANY", "END", "KINDS", "LTR", "WORDS", "Kind", "isolated", "split", "whole"]

ANY, LTR, END = "\u2068", "\u2066", "\u2069"  # isolates of Unicode: the first strong letter tells, left to right
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_NO_YEAR = "".join(rf"(?<!{month} )" for month in _MONTHS)
_N = rf"{_NO_YEAR}-?[0-9]+(?:,[0-9]{{3}})*"
"""Figures of ours; those in other digits are words of a report, and the year of a day is no figure."""
_COUNT = rf"at least {_N}|{_N} to {_N}|{_N}"
_DAY = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}} (?:{'|'.join(_MONTHS)}) [0-9]{{4}}"
ANEW = re.compile(rf"[0-9]{{4}}-[0-9]|{_NO_YEAR}(?<![0-9])[0-9]{{4}}|[a-z]_[a-z]")
"""What English tells otherwise than it stands in a sentence: a day, a figure, a code as programs spell it."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

Again = Callable[[Texts, str], str | None]
"""How a sentence is told that stands within another; None for one that is not known."""
Telling = Callable[[Texts, str, Again], str | None]
"""What stood in a slot, in another language; None where it is not what the slot holds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a slot may hold, as a pattern, and how it is told; `own` in the language that sentences are made in."""

    pattern: str
    told: Telling
    own: Telling | None = None

    def telling(self, language: str) -> Telling:
        return self.own if self.own and language == LANGUAGES[0] else self.told


def isolated(line: str) -> str:
    """Words of others within a line of ours."""
    return f"{ANY}{_TURNS.sub('', line)}{END}"


NOBODY = ("a private person", "a protected person", "an unnamed voice", "no voice named", "a voice that is not named")
"""What stages put where nobody can or may be named."""


def _of_others(words: Texts, line: str, again: Again) -> str:
    """Words of others stay as they are; where a stage says that nobody is named, that is ours."""
    told = again(words, line) if line.startswith(NOBODY) and words.language != LANGUAGES[0] else None
    return isolated(line) if told is None else told


def whole(said: str) -> int:
    """A number in figures or, as in "three roots", in a word."""
    return _SMALL.index(said) if said in _SMALL else int(said.replace(",", ""))


def _number(words: Texts, said: str, _: Again) -> str:
    return words.number(whole(said))


def _count(words: Texts, said: str, _: Again) -> str:
    numbers = [words.number(int(one.replace(",", ""))) for one in re.findall(_N, said)]
    if said.startswith("at least"):
        return words("figure.or_more", low=numbers[0])
    return numbers[0] if len(numbers) == 1 else words("figure.range", low=numbers[0], high=numbers[1])


def _figures(words: Texts, said: str, _: Again) -> str:
    """The figures in their places, each as the language writes it; the words around them stay."""
    return re.sub(_N, lambda found: words.number(int(found[0].replace(",", ""))), said)


def _if(told: Telling) -> Telling:
    """The words as they are, where they are what the slot holds; what is spelt for programs is told in words."""

    def kept(words: Texts, line: str, again: Again) -> str | None:
        found = told(words, line, again)
        return found if found is None or "_" in line else line

    return kept


def _day(words: Texts, said: str, _: Again) -> str | None:
    day, rest = said.partition(" ")[::2]
    month, year = rest.partition(" ")[::2]
    try:
        when = dt.date(int(year), _MONTHS.index(month) + 1, int(day)) if rest else dt.date.fromisoformat(said)
    except ValueError:
        return None
    return words.day(when)


def _sum(words: Texts, said: str, again: Again) -> str:
    """Numbers that are added, which are written from left to right in every language here."""
    told = re.sub(_COUNT, lambda found: _count(words, found[0], again), said)
    return f"{LTR}{told}{END}" if _N_ONLY.fullmatch(said) else told


_N_ONLY = re.compile(rf"{_N}(?: \+ {_N})*(?: = {_N})?")
_SUM = rf"(?:{_COUNT})(?: \+ (?:{_COUNT}))*(?: = (?:{_COUNT}))?"


def _said(words: Texts, line: str, again: Again) -> str:
    told = again(words, line)
    return isolated(line) if told is None else told


def _rest(words: Texts, line: str, again: Again) -> str | None:
    """What may follow a sentence: nothing, or one of the tails that are known."""
    return again(words, line) if line else ""


def _quoted(words: Texts, line: str, _: Again) -> str:
    """What Python shows of a value: the quotes of the other language are in its text."""
    plain = line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" else line
    return isolated(plain)


def _each(between: str, joined: str) -> Telling:
    """Several sentences, one after another, with another sign between them."""

    def told(words: Texts, line: str, again: Again) -> str:
        return words(joined).join(_said(words, one, again) for one in split(line, between))

    return told


def split(line: str, between: str) -> list[str]:
    """The parts of a list; what stands in brackets is one part."""
    out, depth, last = list[str](), 0, 0
    for found in re.finditer(rf"[()]|{re.escape(between)}", line):
        if found[0] in ("(", ")"):
            depth += 1 if found[0] == "(" else -1
        elif depth <= 0:
            out.append(line[last : found.start()])
            last = found.end()
    return [*out, line[last:]]


def _reasons(words: Texts, line: str, again: Again) -> str | None:
    """Why a voice may be another: one reason or several, each of them known."""
    told = [again(words, one) for one in line.split(", and ")]
    return None if None in told else words("said.and_why").join(one for one in told if one)


def _listed(words: Texts, line: str, again: Again) -> str | None:
    """Names, each with the reasons for it after a comma."""
    told = [_with_reasons(words, one, again) for one in split(line, "; ")]
    return None if None in told else words("list.semicolon").join(one for one in told if one)


def _with_reasons(words: Texts, line: str, again: Again) -> str | None:
    for found in re.finditer(", ", line):
        why = _reasons(words, line[found.end() :], again)
        if why is not None:
            return words("list.comma").join((isolated(line[: found.start()]), why))
    return None


def _begins(words: Texts, line: str, again: Again) -> str:
    """ "48 dead of 8 March 2025 or 60 dead of 9 March 2025"."""
    out = []
    for one in line.split(" or "):
        figure, between, day = one.rpartition(" of ")
        known = {"figure": isolated(figure), "day": _said(words, day, again)}
        out.append(words("said.of_day", **known) if between else isolated(one))
    return words("said.or").join(out)


def _names(words: Texts, line: str, again: Again) -> str:
    return words("list.comma").join(_of_others(words, one, again) for one in split(line, ", "))


def _code(*kinds: str) -> Telling:
    """A code of the house, or several of them."""

    def told(words: Texts, line: str, again: Again) -> str | None:
        out = []
        for one in re.split(r"( or | and |, )", line):
            if one in (" or ", " and ", ", "):
                out.append(words("said.or" if one == " or " else "said.and"))
            else:
                known = next(
                    (key for key in (f"{kind}.{one.replace(' ', '_')}" for kind in kinds) if words.has(key)), ""
                )
                if not known:
                    return None
                out.append(words(known))
        return "".join(out)

    return told


def _counted(words: Texts, line: str, again: Again) -> str | None:
    """ "civilians killed (shelling, Baniyas, since 6 March 2025)": whom, the harm, and in brackets what narrows it."""
    found = _harms().search(line)
    harm = _code("harm")(words, found["harm"], again) if found else None
    if found is None or harm is None:
        return None
    inside = f" ({_each(', ', 'list.comma')(words, found['inside'], again)})" if found["inside"] else ""
    return words("said.whom", who=_said(words, line[: found.start()], again), harm=harm) + inside


@cache
def _harms() -> re.Pattern[str]:
    """A harm or several at the end of a line, and what narrows it."""
    one = "|".join(sorted((re.escape(code.replace("_", " ")) for code in texts(LANGUAGES[0]).known["harm"]), key=len))
    return re.compile(rf" (?P<harm>(?:{one})(?: or (?:{one}))*)(?: \((?P<inside>.*)\))?\Z", re.DOTALL)


def _clock(words: Texts, line: str, again: Again) -> str | None:
    """What was on the days of a period; sentences say "unclear of what"."""
    return _code("period_of")(words, line.removesuffix(" of what"), again)


def _codes(*kinds: str) -> Kind:
    told = _code(*kinds)
    return Kind(_CODE, told, _if(told))


_CODE = r"[a-z][a-z_ ,-]*"
WORDS = r".+?"
_TAIL = rf"(?:[;:] (?:{_COUNT}) not broken down|; there may be fewer that do not| \(less fitting: .*\))?"

KINDS: Mapping[str, Kind] = {
    "": Kind(WORDS, _of_others),
    "n": Kind(_N, _number),
    "count": Kind(_COUNT, _count, _figures),
    "day": Kind(_DAY, _day),
    "sum": Kind(_SUM, _sum, _figures),
    "said": Kind(WORDS, _said),
    "rest": Kind(_TAIL, _rest),
    "quoted": Kind(WORDS, _quoted, lambda _, line, again: isolated(line)),
    "names": Kind(WORDS, _names),
    "listed": Kind(WORDS, _listed),
    "begins": Kind(WORDS, _begins),
    "reasons": Kind(WORDS, _reasons),
    "commas": Kind(WORDS, _each(", ", "list.comma")),
    "semis": Kind(WORDS, _each("; ", "list.semicolon")),
    "ands": Kind(WORDS, _each(" and ", "said.and")),
    "ors": Kind(WORDS, _each(" or ", "said.or")),
    "besides": Kind(WORDS, _each(" beside ", "said.beside")),
    "steps": Kind(WORDS, _each(" -> ", "said.step")),
    "slashes": Kind(WORDS, _each(" / ", "said.slash")),
    "harm": _codes("harm"),
    "dims": _codes("said_of"),
    "level": _codes("level"),
    "standing": _codes("assess.standing_of"),
    "verb": _codes("verb"),
    "answer": _codes("report.answer_kind"),
    "small": Kind(rf"(?:{'|'.join(_SMALL)})|{_N}", _number, _figures),
    "independence": _codes("independence"),
    "relation": _codes("said_relation"),
    "counted": Kind(WORDS, _counted),
    "share": Kind(r"\d+%", lambda words, line, _: words.percent(int(line[:-1]) / 100)),
    "clock": Kind(_CODE, _clock, _if(_clock)),
}
"""What slots of sentences may hold."""
