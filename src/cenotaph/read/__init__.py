"""Report -> Claims, Answers, Problems. Each step answers one question on its own; their order is the tuple below.

Pure: no file, no clock, no network. What a reader must know comes in as `world`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from cenotaph.read.answers import answered, answers
from cenotaph.read.circumstances import by_what_means, by_whom, drop_excluded, how_far
from cenotaph.read.claims import VERSION, claims_of
from cenotaph.read.days import latest_year
from cenotaph.read.harms import harmed, settled, triggers
from cenotaph.read.language import Language, language_of
from cenotaph.read.mentions import countries_of, mentions
from cenotaph.read.owed import owed
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.parts import divided
from cenotaph.read.people import chunks
from cenotaph.read.periods import dated
from cenotaph.read.places import placed
from cenotaph.read.quantities import amounts
from cenotaph.read.same import restated
from cenotaph.read.text import Sentence, sentences
from cenotaph.read.voices import told
from cenotaph.vocabulary import Answer, Claim, Coder, Problem, Report, World

__all__ = ["STEPS", "VERSION", "open_page", "read"]

Step = Callable[[Page, list[Draft]], list[Draft]]

STEPS: tuple[Step, ...] = (
    harmed,  # what harm, and how many of whom
    settled,  # what an unsure word of harm is read as
    divided,  # of what whole
    answered,  # not what an accused party only speaks of
    placed,  # where
    dated,  # when
    told,  # who says so, when, how surely
    by_what_means,  # how
    by_whom,  # at whose hands
    how_far,  # an event, a running total, another war
    drop_excluded,  # not who is left out
    restated,  # the same again, in the headline or further down
)


def read(report: Report, world: World) -> tuple[list[Claim], list[Answer], list[Problem]]:
    """The claims and answers of a report, and what could not be read. Every quote is text[start:end].

    Raises LookupError when there are no words for the report's language.
    """
    page = open_page(report, world)
    drafts: list[Draft] = []
    for step in STEPS:
        drafts = step(page, drafts)
    coder = Coder("rules", "cenotaph", VERSION)
    claims = claims_of(page, drafts, coder)
    said_back = answers(page, drafts, [claim.id for claim in claims], coder)
    return claims, said_back, owed(page, claims, said_back)


def open_page(report: Report, world: World) -> Page:
    """A report laid open: its sentences with every amount, group, harm word and place in them."""
    language = language_of(report.language, world)
    found = sentences(report.text)
    today, day_rule = _today(report, found, language)
    countries = world.countries or _countries(found, language, world)
    scenes = tuple(_scene(number, sentence, language, world, countries) for number, sentence in enumerate(found))
    names = tuple(_country_names(world, countries))
    return Page(report, world, language, scenes, today, countries, names, day_rule)


def _today(report: Report, found: Sequence[Sentence], language: Language) -> tuple[dt.date | None, str]:
    """The day that relative words count from; without one, the latest day on which weekday and date of the text
    agree.
    """
    if report.published:
        return report.published, ""
    guess = latest_year(found, language, report.captured.date()) if report.captured else None
    return guess, "latest year in which weekday and date agree" if guess else ""


def _countries(found: Sequence[Sentence], language: Language, world: World) -> tuple[str, ...]:
    names = [
        token.text
        for sentence in found
        for token in sentence.tokens
        if token.is_word and (token.capital or not token.text.isascii()) and not language.stops.has(token)
    ]
    return countries_of(names, world.places)[:3]


def _country_names(world: World, countries: Sequence[str]) -> list[str]:
    names: list[str] = []
    for code in countries:
        names += [entry.name for entry in world.places.find(code)[:1]] if len(code) > 2 else world.country_names(code)
    return names


def _scene(number: int, sentence: Sentence, language: Language, world: World, countries: Sequence[str]) -> Scene:
    counted = amounts(sentence, language)
    scene = Scene(
        number, sentence, language, counted, chunks(sentence, counted, language), triggers(sentence, language)
    )
    return replace(scene, mentions=mentions(sentence, language, world.places, countries))
