"""When: days and spans of days in words, against the day on which the report was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read import counting, dates, months, stretches, weekdays
from cenotaph.read.calendar import Day, Line, Role, day_words, easter, precision_of, valid
from cenotaph.read.dates import clear
from cenotaph.read.joins import joined_up
from cenotaph.read.language import Language
from cenotaph.read.text import Sentence, Token
from cenotaph.read.text import tokens as cut_up

__all__ = ["Day", "days", "latest_year", "precision_of"]

WESTERN = "Easter as the western churches have it"


def days(sentence: Sentence, language: Language, today: dt.date | None) -> tuple[Day, ...]:
    """The days of a sentence from left to right, resolved against the day of the report (None when unknown).

    A weekday and a date that disagree give the date, with the clash told; a date in figures that may be another too.
    """
    key = (id(sentence), id(language), today)
    known = _read.get(key)
    if known is None or known[0] is not sentence:
        if len(_read) >= _KEPT:
            _read.clear()
        known = _read[key] = sentence, _days(sentence, language, today)
    return known[1]


# Six steps ask for the days of the same sentence, one after another: it is read once. The sentence is held with its
# days, so that its id can't be that of another.
_read: dict[tuple[int, int, dt.date | None], tuple[Sentence, tuple[Day, ...]]] = {}
_KEPT = 2_000


def _days(sentence: Sentence, language: Language, today: dt.date | None) -> tuple[Day, ...]:
    fine, whole = _parted(sentence.tokens, language)
    found = _found(Line(fine, language, day_words(language), today))
    if whole is None:
        return found
    return tuple(replace(day, first=whole[day.first], last=whole[day.last - 1] + 1) for day in found)


def _found(line: Line) -> tuple[Day, ...]:
    out: list[Day] = []
    at = _dateline(line.tokens)
    while at < len(line):
        if not _can_open(line, at):
            at += 1
            continue
        found = _day(line, at, out[-1] if out else None)
        if found:
            out.append(_opened(line, found))
            at = found.last
        else:
            at += 1
    return tuple(joined_up(line, out))


def _can_open(line: Line, at: int) -> bool:
    """Whether any word of days begins here: a quick look, since most words of a text are none."""
    token = line.tokens[at]
    if token.text[:1].isdigit() or "-" in token.text:
        return True
    words = line.words
    if any(form in words.openers for form in token.forms) or token.norm in ("q", "h"):
        return True
    if not any(form in words.before_counts for form in token.forms):
        return False
    here = line.over("over", at)
    return here < len(line) and (
        line.text(here)[:1].isdigit() or any(form in words.counters for form in line.tokens[here].forms)
    )


def _parted(tokens: Sequence[Token], language: Language) -> tuple[Sequence[Token], list[int] | None]:
    """The tokens with hyphens between names of days opened up ("Nov-Feb", "Dec-2018"), and where each came from."""
    if not any(_is_parted(token) for token in tokens):
        return tokens, None
    fine: list[Token] = []
    whole: list[int] = []
    for number, token in enumerate(tokens):
        parts = _parts(token, language) if _is_parted(token) else (token,)
        fine += parts
        whole += [number] * len(parts)
    return fine, whole


def _is_parted(token: Token) -> bool:
    """Whether a hyphen may join two dates in a token ("Nov-Feb", "Dec-2018")."""
    return "-" in token.text and token.text[:1].isalpha()


def _parts(token: Token, language: Language) -> tuple[Token, ...]:
    inner = [piece for piece in token.text.replace("‐", "-").split("-") if piece]
    named = [piece for piece in inner if not piece.isdigit()]
    known = (language.months, language.weekdays)
    if not all(any(piece.casefold() in phrases.table for phrases in known) for piece in named):
        return (token,)
    text = " " * token.start + token.text.replace("-", " ")
    words = cut_up(text, token.start, len(text))
    dashes = (cut_up(" " * one.end + "-", one.end, one.end + 1)[0] for one in words[:-1])
    return tuple(sorted((*words, *dashes), key=lambda one: one.start))


def _dateline(tokens: Sequence[Token]) -> int:
    """Where a dateline ends ("GENEVA, 11 March - "): its day is the report's, not the event's."""
    first = next((at for at, token in enumerate(tokens[:16]) if token.text in "-–—"), None)
    opens = bool(tokens) and tokens[0].is_word and len(tokens[0].text) > 2 and tokens[0].text.isupper()
    return first + 1 if first and opens and tokens[first].start > tokens[first - 1].end else 0


def _day(line: Line, at: int, before: Day | None) -> Day | None:
    """The day that begins at this token: of several readings the longest, then the first of these."""
    weekday = weekdays.weekday_of(line, at)
    readings = (
        weekday,
        dates.day_of(line, at),
        counting.distant(line, at),
        stretches.of_stretch(line, at),
        stretches.stretch_of(line, at),
        _relative(line, at),
        counting.counted(line, at),
        months.period_of(line, at),
        _another_year(line, at, before),
        _numbered(line, at),
        _of_easter(line, at),
        _feast(line, at),
    )
    known = [one for one in readings if one]
    return max(known, key=lambda one: one.last) if known else None


# --- days by the day of the report ------------------------------------------------------------------------------------


def _relative(line: Line, at: int) -> Day | None:
    found = line.language.days_back.match(line.tokens, at)
    if not found or line.today is None:
        return None
    first, last = (line.today - dt.timedelta(days=back) for back in found[0])
    return Day(at, at + found[1], first, last, precision_of(first, last))


def _numbered(line: Line, at: int) -> Day | None:
    """ "on the 15th": a day of this month, or of the last where that is not come yet."""
    today = line.today
    suffixed = line.text(at)[-1:].isalpha()
    spoken = line.has("the", at - 1) and line.has("on_the", at - 2)
    written = line.has("on_the", at - 1) and suffixed
    if today is None or not line.text(at)[:1].isdigit() or not (spoken or written):
        return None
    number = dates.day_number(line, at)
    if number is None or not clear(line, number[1]) or line.text(number[1]) in ("-", "/", ":", "%"):
        return None
    for back in range(0, 3):
        month = today.year * 12 + today.month - 1 - back
        day = valid(month // 12, month % 12 + 1, number[0])
        if day and day <= today:
            return Day(at, number[1], day, day, 1, assumed="the latest month that had this day")
    return None


def _another_year(line: Line, at: int, before: Day | None) -> Day | None:
    """ "in 2007 and 2009", "2014-2018": a year beside a year."""
    if before and before.unit == "year" and 1 <= at - before.last <= 2 and line.has("joins", before.last):
        return months.year_alone(line, at, joined=True)
    if line.has("joins", at + 1) and (further := _year_after_dash(line, at + 2)):
        found = months.year_alone(line, at, joined=True)
        return found if found and found.end < further.start else None
    return None


def _year_after_dash(line: Line, at: int) -> Day | None:
    spoiled = line.text(at + 1) in ("-", "/") or line.text(at - 3) in ("-", "/", "+")
    return months.year_alone(line, at, joined=True) if at < len(line) and not spoiled else None


def _of_easter(line: Line, at: int) -> Day | None:
    """ "on Easter Sunday", "Good Friday 2016": the latest that is not after the report."""
    found = line.words.easter.match(line.tokens, at)
    if found is None:
        return None
    said, last = dates.year_after(line, at + found[1])
    years = [said] if said else [line.today.year - n for n in (0, 1)] if line.today else []
    known = [easter(year) + dt.timedelta(days=found[0]) for year in years]
    day = next((one for one in known if said or (line.today and one <= line.today)), None)
    return Day(at, last if said else at + found[1], day, day, 1, assumed=WESTERN, yearless=not said) if day else None


def _feast(line: Line, at: int) -> Day | None:
    """ "on Christmas Day", "New Year's Eve 2016": feasts that have one day in every year."""
    found = line.words.feasts.match(line.tokens, at)
    if found is None:
        return None
    month, number = found[0]
    year, last = dates.year_after(line, at + found[1])
    day = valid(year, month, number) if year else dates.year_for(month, number, None, line.today)[0]
    return Day(at, last if year else at + found[1], day, day, 1, yearless=not year) if day else None


# --- what opens a day -------------------------------------------------------------------------------------------------


def _opened(line: Line, day: Day) -> Day:
    """Whether a word before it makes a day a beginning ("since") or an end ("until")."""
    if day.role != "on":
        return day
    tokens, language = line.tokens, line.language
    roles: tuple[tuple[str, Role], ...] = (("since", "since"), ("until", "until"))
    for key, role in roles:
        for begins in (day.first, _over_small(tokens, day.first)):
            for length in (4, 3, 2, 1):
                at = begins - length
                found = language.words("days", key).match(tokens, at) if at >= 0 else None
                if found and found[1] == length and not (_is_from(line, at, length) and day.unit != "day"):
                    return replace(day, first=at, role=role)
        if any(form != tokens[day.first].norm and form == "منذ" for form in tokens[day.first].forms):
            return replace(day, role="since")
    return _open_ended(line, day) or _begun(tokens, day, language)


def _is_from(line: Line, at: int, length: int) -> bool:
    """ "down from last year", "from the end of 1989": a stretch that "from" opens goes on only where "to" follows."""
    return length == 1 and line.has("pairs", at)


def _open_ended(line: Line, day: Day) -> Day | None:
    """ "after 2018", "before March": of months and years, which nobody takes for the moment after which it was."""
    onward = line.over("onward", day.last)
    if onward > day.last:
        return replace(day, last=onward, role="since")
    at = _over_small(line.tokens, day.first) - 1
    if day.unit in ("day", "week", "weekend") or at < 0 or day.counted:
        return None
    if line.has("before", at) or (day.unit.startswith("part") and line.has("by_day", at)):
        end = day.start if day.unit.startswith("part") else day.start - dt.timedelta(days=1)
        end = day.end if day.unit.startswith("part") else end
        return replace(day, first=at, role="until", end=end, named=end + dt.timedelta(days=1))
    if line.has("after", at):
        start = day.end + dt.timedelta(days=1)
        return replace(day, first=at, role="since", start=start, end=start)
    return None


def _begun(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """ "The unrest started on 5 March": a beginning; after "since" it opens a period without an end."""
    for length in (3, 2, 1):
        at = day.first - length
        found = language.words("days", "began").match(tokens, at) if at >= 0 else None
        if found and found[1] == length:
            clause = [token.norm for token in tokens[max(0, at - 6) : at]]
            clause = clause[max((n + 1 for n, word in enumerate(clause) if word in (",", ";")), default=0) :]
            since = any(word in ("since", "منذ") for word in clause)
            return replace(day, first=at, role="since" if since else "began")
    return _since_event(tokens, day, language)


def _since_event(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """ "since the attack of 2 March", "منذ هجوم السابع": a beginning by what happened on that day."""
    for at in range(day.first - 1, max(-1, day.first - 13), -1):
        if tokens[at].norm in ("since", "منذ"):
            return replace(day, first=at, role="since")
        harm = language.harms.of(tokens[at])
        if not tokens[at].is_word or language.says.of(tokens[at]) or (harm and not harm.objects):
            break
    return day


def _over_small(tokens: Sequence[Token], at: int) -> int:
    """ "since that Thursday": back over the small word between."""
    while at > 0 and tokens[at - 1].norm in ("that", "the", "last", "this", "on"):
        at -= 1
    return at


# --- a report without a day -------------------------------------------------------------------------------------------


def latest_year(sentences: Sequence[Sentence], language: Language, before: dt.date) -> dt.date | None:
    """The latest day up to `before` on which a weekday and a date of the text agree: what is known when no day is
    given.

    Used for a report without a publication day; the caller marks it assumed.
    """
    found = []
    for sentence in sentences:
        line = Line(sentence.tokens, language, day_words(language), None)
        for at in range(len(line)):
            known = language.weekdays.match(line.tokens, at)
            if known:
                found += _agreeing(line, at + known[1], known[0], before)
    return max(found) if found else None


def _agreeing(line: Line, at: int, weekday: int, before: dt.date) -> list[dt.date]:
    here = at + 1 if line.text(at) in ("(", ",") else at
    parts = (dates.day_month(line, here) or dates.month_day(line, here)) if here < len(line) else None
    if not parts or dates.year_after(line, parts[2])[0] is not None:
        return []
    for year in range(before.year, before.year - 28, -1):
        day = valid(year, parts[1], parts[0])
        if day and day <= before and day.weekday() == weekday:
            return [day]
    return []
