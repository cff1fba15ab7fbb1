"""What stands in the slots of a sentence that a stage made, and how another language of the interface tells it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cenotaph.web.texts import Texts

__all__ = ["ANY", "END", "KINDS", "LTR", "WORDS", "Kind", "isolated", "split", "whole"]

ANY, LTR, END = "\u2068", "\u2066", "\u2069"  # isolates of Unicode: the first strong letter tells, left to right
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_N = r"-?\d+(?:,\d{3})*"
_COUNT = rf"at least {_N}|{_N} to {_N}|{_N}"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DAY = rf"\d{{4}}-\d\d-\d\d|\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

Again = Callable[[Texts, str], str | None]
"""How a sentence is told that stands within another; None for one that is not known."""
Telling = Callable[[Texts, str, Again], str | None]
"""What stood in a slot, in another language; None where it is not what the slot holds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a slot may hold, as a pattern, and how it is told."""

    pattern: str
    told: Telling


def isolated(line: str) -> str:
    """Words of others within a line of ours."""
    return f"{ANY}{_TURNS.sub('', line)}{END}"


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
    out, depth, last, at = list[str](), 0, 0, 0
    while at < len(line):
        depth += {"(": 1, ")": -1}.get(line[at], 0)
        if depth <= 0 and line.startswith(between, at):
            out.append(line[last:at])
            at = last = at + len(between)
        else:
            at += 1
    return [*out, line[last:]]


def _reasons(words: Texts, line: str, again: Again) -> str | None:
    """Why a voice may be another: one reason or several, each of them known."""
    told = [again(words, one) for one in line.split(", and ")]
    return None if None in told else words("list.comma").join(one for one in told if one)


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
        out.append(f"{isolated(figure)} ({_said(words, day, again)})" if between else isolated(one))
    return words("said.or").join(out)


def _names(words: Texts, line: str, _: Again) -> str:
    return words("list.comma").join(isolated(one) for one in line.split(", "))


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
    found = _WHOM.fullmatch(line)
    harm = _code("harm")(words, found["harm"], again) if found else None
    if found is None or harm is None:
        return None
    inside = f" ({_each(', ', 'list.comma')(words, found['inside'], again)})" if found["inside"] else ""
    return words("list.comma").join((_said(words, found["who"], again), harm)) + inside


_WHOM = re.compile(r"(?P<who>.*) (?P<harm>[a-z_]+(?: or [a-z_]+)*)(?: \((?P<inside>.*)\))?", re.DOTALL)

_CODE = r"[a-z][a-z_ ,-]*"
WORDS = r".+?"
_TAIL = rf"(?:[;:] (?:{_COUNT}) not broken down|; there may be fewer that do not| \(less fitting: .*\))?"

KINDS: Mapping[str, Kind] = {
    "": Kind(WORDS, lambda _, line, again: isolated(line)),
    "n": Kind(_N, _number),
    "count": Kind(_COUNT, _count),
    "day": Kind(_DAY, _day),
    "sum": Kind(_SUM, _sum),
    "said": Kind(WORDS, _said),
    "rest": Kind(_TAIL, _rest),
    "quoted": Kind(WORDS, _quoted),
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
    "harm": Kind(_CODE, _code("harm")),
    "dims": Kind(_CODE, _code("said_of")),
    "level": Kind(_CODE, _code("level")),
    "standing": Kind(_CODE, _code("assess.standing_of")),
    "verb": Kind(_CODE, _code("verb")),
    "answer": Kind(_CODE, _code("report.answer_kind")),
    "small": Kind(rf"(?:{'|'.join(_SMALL)})|{_N}", lambda words, said, _: words.number(whole(said))),
    "independence": Kind(_CODE, _code("independence")),
    "relation": Kind(_CODE, _code("said_relation")),
    "counted": Kind(WORDS, _counted),
    "share": Kind(r"\d+%", lambda words, line, _: words.percent(int(line[:-1]) / 100)),
    "clock": Kind(_CODE, _code("period_of")),
}
"""What slots of sentences may hold."""
