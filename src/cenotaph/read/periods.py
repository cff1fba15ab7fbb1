"""When it happened: the days of a harm, and of what they are the days; those of the saying are left to the voices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from cenotaph.calculus.sites import is_site
from cenotaph.read.calendar import precision_of
from cenotaph.read.dates import IN_FIGURES
from cenotaph.read.days import Day
from cenotaph.read.one_day import of_the_one_day
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.parts import of_its_days
from cenotaph.read.revisions import day_of_older
from cenotaph.read.ties import id_of, whole_of
from cenotaph.vocabulary import Period, Span

_BESIDE = 40  # letters between a site and its day
_FIGURES = re.compile(r"\d[^\w\s]\d")  # 06/03/2025
HIJRI = "a date of the Islamic calendar, which is not converted"


def dated(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each draft its period and what it is a period of; a day that belongs to the saying is left to the
    voices.
    """
    out: list[Draft] = []
    known: dict[int, Draft] = {}
    for draft in drafts:
        dated = _dated(page, draft, whole_of(draft, known))
        known.setdefault(id_of(dated), dated)
        out.append(dated)
    return of_the_one_day(page, out)


def _dated(page: Page, draft: Draft, whole: Draft | None) -> Draft:
    scene = page.scenes[draft.sentence]
    found = scene.days(page.today)
    own = [day for day in found if not of_statement(scene, day) and not _to_come(page, day)]
    theirs = [day for day in own if any(of_its_days(scene, one, day.first) for one in scene.chunks)]
    mine = [day for day in theirs if of_its_days(scene, draft.chunk, day.first)]
    own = mine or [day for day in own if day not in theirs]
    if own:
        return _with_period(scene, draft, [_up_to_report(page, day) for day in own], page.day_rule)
    if whole and whole.period:
        return draft.having("period", whole.period, whole.where("period"), "days of the whole it is part of")
    return _dated_before(page, draft)


_ZONES = dt.timedelta(days=1)  # a day of the event may be one ahead of the day of publication elsewhere


def _to_come(page: Page, day: Day) -> bool:
    """Whether a day lies ahead of the report ("will be buried on Friday"): none of a harm that is told."""
    return page.today is not None and day.role in ("on", "since") and day.start > page.today + _ZONES


def _up_to_report(page: Page, day: Day) -> Day:
    """ "this month", said on the 9th: nothing that is told has happened later than that."""
    if page.today is None or day.role != "on" or not day.start <= page.today < day.end or day.unit == "day":
        return day
    return replace(day, end=page.today, precision=precision_of(day.start, page.today))


def _dated_before(page: Page, draft: Draft) -> Draft:
    scene = page.scenes[draft.sentence]
    for back in (1, 2):
        if draft.sentence < back:
            break
        earlier = page.scenes[draft.sentence - back]
        since = [day for day in earlier.days(page.today) if not of_statement(earlier, day)]
        near = back == 1 and earlier.sentence.paragraph == scene.sentence.paragraph
        since = since if near else [day for day in since if day.role == "since"]
        if draft.place is not None and is_site(draft.place):
            since = [day for day in since if day.role != "since"]  # what was done at one site is an event
        if since and (back == 1 or any(day.role == "since" for day in since)):
            return _with_period(
                earlier, draft, since, "days of the sentence before" if back == 1 else "days of an earlier sentence"
            )
    return _dated_as_its_site(page, draft)


def _dated_as_its_site(page: Page, draft: Draft) -> Draft:
    """Of a site that another sentence names, the day that stands beside its name there."""
    where = draft.where("place")
    if where is None or draft.place is None or not is_site(draft.place):
        return draft
    scene = next((one for one in page.scenes if one.sentence.span.start <= where.start < one.sentence.span.end), None)
    if scene is None or scene.number >= draft.sentence:
        return draft
    days = [day for day in scene.days(page.today) if day.role == "on" and not of_statement(scene, day)]
    beside = [day for day in days if 0 <= scene.tokens[day.first].start - where.end <= _BESIDE]
    return _with_period(scene, draft, beside[:1], "day of the one site that its report tells of") if beside else draft


def of_statement(scene: Scene, day: Day) -> bool:
    """Whether a day says when something was said: right beside a word of saying, and not behind its "that"."""
    if day.role in ("since", "over", "began"):
        return False
    if _of_count(scene, day) or day_of_older(scene, None, day.first, day.last):
        return True
    if _of_revising(scene, day):
        return True
    says, publishes = scene.language.says, scene.language.words("voices", "publishes")
    if says.alone.keys().isdisjoint(scene.forms) and publishes.alone.keys().isdisjoint(scene.forms):
        return False
    for at, token in enumerate(scene.tokens):
        if not says.of(token) and not publishes.has(token):
            continue
        gap = scene.tokens[at + 1 : day.first] if at < day.first else scene.tokens[day.last : at]
        far = scene.language.table.get("verb_first") or scene.language.words("voices", "tells").has(token)
        reach = (
            (14 if scene.language.table.get("verb_first") else 9) if far and not _harm_in(scene, at, day.first) else 3
        )
        near = len(gap) <= (reach if at < day.first else 2) and not _of_clause_before(scene, day, at)
        clear = not any(one.norm in ("that", "إن", "ان", "killed") or one.text in ".;" for one in gap)
        if near and clear and not _of_recording(scene, at):
            return True
    return False


def _of_revising(scene: Scene, day: Day) -> bool:
    """ "lowered its toll for the hospital on Wednesday": the day on which a figure was revised, in one clause."""
    if day.role != "on":
        return False
    for _, last in scene.says("parts", "retells", 0, day.first):
        between = scene.tokens[last : day.first]
        told = any(scene.language.words("parts", "retold").has(token) for token in between)
        if told and len(between) <= 10 and not any(token.text in ",;:" for token in between):
            return True
    return False


def _of_clause_before(scene: Scene, day: Day, at: int) -> bool:
    """ "... were killed on Thursday, the agency said on Monday": a day that ends the clause before the speaker."""
    ends = day.first > 2 and day.last < at and scene.tokens[day.last].text == ","
    after = scene.tokens[at + 1 : at + 3]
    dated = any(scene.language.weekdays.of(token) is not None for token in after)
    clause = next((n for n in range(day.first - 1, -1, -1) if scene.tokens[n].text in ",;:"), -1)
    return ends and (dated or any(clause < one.first < day.first for one in scene.triggers))


def _harm_in(scene: Scene, first: int, last: int) -> bool:
    return any(first < one.first < last for one in scene.triggers)


def _of_recording(scene: Scene, at: int) -> bool:
    """ "recorded on Friday", "added to its records on Friday": of the record, not of what somebody says."""
    said = scene.language.words("days", "recorded").has(scene.tokens[at])
    return said or any(first < at < last for first, last in scene.says("days", "recorded"))


def of_count(page: Page, scene: Scene) -> bool:
    """Whether a sentence tells what a list or a tally of a day holds: a running total as of that day."""
    return any(_of_count(scene, day) for day in scene.days(page.today))


def _of_count(scene: Scene, day: Day) -> bool:
    """ "the monitor's Friday tally", "Friday's list": the day of a count is the day on which it was given."""
    after = day.role == "on" and day.last < len(scene.tokens) and day.first > 0
    if not after or not scene.language.words("voices", "counts").has(scene.tokens[day.last]):
        return False
    owned = scene.tokens[day.last - 1].text.endswith(("'s", "’s"))
    owner = scene.tokens[day.first - 1]
    return owned or owner.text.endswith(("'s", "’s")) or scene.language.words("voices", "its").has(owner)


def _with_period(scene: Scene, draft: Draft, found: Sequence[Day], rule: str) -> Draft:
    found = [_as_meant(scene, draft, day) for day in found]
    since = [day for day in found if day.role == "since"]
    over = [day for day in found if day.role == "over"]
    at = draft.trigger.first
    on = sorted(
        (day for day in found if day.role in ("on", "until")),
        key=lambda day: min(abs(day.first - at), abs(day.last - at)),
    )
    chosen = since[0] if since else on[0] if on else over[0]
    start = chosen.start if chosen.role != "until" else None
    end = None if chosen.role == "since" else chosen.end
    if since and over:
        precision, words = 2, scene.sentence.cut(over[0].first, over[0].last)
    else:
        precision, words = chosen.precision, scene.sentence.cut(chosen.first, chosen.last)
    period = Period(words.of(scene.sentence.source), start, end, precision, _what_of(scene, draft, chosen))
    return draft.having("period", period, words, rule or chosen.assumed)


def _as_meant(scene: Scene, draft: Draft, day: Day) -> Day:
    """ "It started on 5 March with a raid in which ...": an event of that day; for all else, since that day."""
    if day.role != "began":
        return day
    opened = scene.language.words("days", "opened_with")
    within = draft.sentence == scene.number and day.last < len(scene.tokens) and opened.has(scene.tokens[day.last])
    return replace(day, role="on" if within else "since")


def _what_of(scene: Scene, draft: Draft, day: Day) -> Literal["happened", "died", "found", "recorded", "unclear"]:
    """Of what a day is: of the record when a word of recording stands by it, of the finding for bodies."""
    if draft.code == "body recovered":
        return "found"
    if _of_entry(scene, day):
        return "unclear"
    for first, last in scene.says("days", "recorded"):
        gap = day.first - last if last <= day.first else first - day.last
        if 0 <= gap <= 4 and day.role == "on":
            return "recorded"
    return "happened"


def _of_entry(scene: Scene, day: Day) -> bool:
    """ "its record for Friday": of those who died on that day, or of those put on record."""
    told_for = day.first > 0 and scene.language.words("days", "entry_for").has(scene.tokens[day.first - 1])
    return told_for and any(0 <= day.first - last <= 3 for _, last in scene.says("days", "entry", 0, day.first))


def clashes(page: Page) -> list[tuple[Span, str]]:
    """Weekdays and dates that disagree, days that no calendar has, and where a harm is told dates that may be two or
    that are of the Islamic calendar; each with its words.
    """
    out = []
    for scene in page.scenes:
        for day in scene.days(page.today) if _may_clash(scene) else ():
            if day.clash and (scene.triggers or not day.clash.startswith(IN_FIGURES)):
                out.append((scene.sentence.cut(day.first, day.last), day.clash))
        if scene.triggers:
            out += [(scene.sentence.cut(*found), HIJRI) for found in _hijri(scene)]
    return out


def _hijri(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "10 Ramadan", "in Rajab 1446"; the names alone are also those of people."""
    tokens = scene.tokens
    for first, last in scene.says("days", "hijri"):
        numbered = first > 0 and tokens[first - 1].text.isdecimal() and len(tokens[first - 1].text) < 3
        year = (
            last < len(tokens)
            and tokens[last].text.isdecimal()
            and len(tokens[last].text) == 4
            and tokens[last].text[:2] in ("13", "14")
        )
        opened = first > 0 and scene.language.words("days", "hijri_after").has(tokens[first - 1])
        named = last < len(tokens) and tokens[last].capital
        if numbered or year or (opened and not named):
            yield first - (1 if numbered else 0), last + (1 if year else 0)


def _may_clash(scene: Scene) -> bool:
    """Whether a day can contradict itself or a calendar at all: by a weekday, a month, or figures in a row."""
    span, named = scene.sentence.span, (scene.language.weekdays.table, scene.language.months.table)
    if _FIGURES.search(scene.sentence.source, span.start, span.end):
        return True
    words = (form for token in scene.tokens for form in token.forms)
    parts = (part for word in words for part in (word, *(word.split("-") if "-" in word else ())))
    return any(part in table for part in parts for table in named)
