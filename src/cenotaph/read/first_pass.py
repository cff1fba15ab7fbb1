"""A report laid open in three passes, so that only what can hold a claim is read in full.

Most sentences of most reports tell of no harm. The first pass cuts a report into sentences and finds the harm words in
them; where there is none, nothing can be claimed and no more is done. The second finds who is named, which is needed to
know whom a harm befell. The third finds the places, each in the sense that the whole report gives it: only for reports
in which a harm was read. Amounts, people and days of a sentence are recognised when a step asks for them (page.Scene).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.days import latest_year
from cenotaph.read.harms import triggers
from cenotaph.read.language import Language, language_of
from cenotaph.read.mentions import Finder, countries_of
from cenotaph.read.names import Name, names
from cenotaph.read.other_news import beside
from cenotaph.read.page import Page, Scene
from cenotaph.read.passages import told_in
from cenotaph.read.place_senses import settled_places
from cenotaph.read.place_short import Short
from cenotaph.read.plain_names import plain_names
from cenotaph.read.sites import with_sites
from cenotaph.read.text import Sentence
from cenotaph.vocabulary import Report, World


def first_look(report: Report, world: World) -> Page:
    """The sentences of a report with their harm words. Raises LookupError when there are no words for its language."""
    language = language_of(report.language, world)
    found = told_in(report.text, language, world)
    today, day_rule = _today(report, [sentence for sentence, told in found if told is language], language)
    others = tuple(beside(found))
    hidden = {number for run in others for number in range(*run)}
    scenes = tuple(
        Scene(number, one, told, () if number in hidden else triggers(one, told))
        for number, (one, told) in enumerate(found)
    )
    return Page(report, world, language, scenes, today, world.countries, (), day_rule, others)


def may_tell_harm(page: Page) -> bool:
    """Whether any sentence has a harm word, or the opening of a verb that closes around things ("set ... on fire")."""
    openings = {opening for language in page.languages for _, _, opening, _, _ in language.brackets}
    return any(scene.triggers or any(token.norm in openings for token in scene.tokens) for scene in page.scenes)


def with_people(page: Page) -> Page:
    """The page with the persons that each sentence names."""
    scenes = list(page.scenes)
    for language in page.languages:
        own = [scene for scene in page.scenes if scene.language is language]
        told = [scene.sentence for scene in own]
        named, listed = names(told, language, page.world.places), plain_names(told, language)
        for n, scene in enumerate(own):
            scenes[scene.number] = replace(scene, named=(*named[n], *listed[n]))
    return replace(page, scenes=tuple(scenes))


def with_places(page: Page) -> Page:
    """The page with the places that each sentence names, and the countries that the report is about."""
    world, language = page.world, page.language
    countries = world.countries or _countries([scene.sentence for scene in page.scenes], page)
    short = Short.of(world.codes("regions").get("also", ()))
    finders = {one.code: Finder(one, world.places, countries, bool(world.countries), short) for one in page.languages}
    scenes = tuple(_placed(scene, finders[scene.language.code], scene.named) for scene in page.scenes)
    scenes = settled_places(scenes, language, home=world.countries, outlet=page.report.url)
    scenes = with_sites(scenes, language, _one_country(page))
    return replace(page, scenes=scenes, countries=countries, country_names=tuple(_country_names(page, countries)))


def _one_country(page: Page) -> tuple[str, ...]:
    """The path of the country that a case is about; () for none and for several."""
    names = page.world.country_names(page.world.countries[0]) if len(page.world.countries) == 1 else ()
    found = (one.path for name in names for one in page.world.places.find(name) if one.level == "country")
    return next(found, ())


def _today(report: Report, found: Sequence[Sentence], language: Language) -> tuple[dt.date | None, str]:
    """The day that relative words count from; without one, the latest day on which weekday and date of the text
    agree.
    """
    if report.published:
        return report.published, ""
    guess = latest_year(found, language, report.captured.date()) if report.captured else None
    return guess, "latest year in which weekday and date agree" if guess else ""


def _countries(found: Sequence[Sentence], page: Page) -> tuple[str, ...]:
    names = [
        token.text
        for sentence in found
        for token in sentence.tokens
        if token.is_word and (token.capital or not token.text.isascii()) and not page.language.stops.has(token)
    ]
    return countries_of(names, page.world.places)[:3]


def _country_names(page: Page, countries: Sequence[str]) -> list[str]:
    found: list[str] = []
    for code in countries:
        found += (
            [entry.name for entry in page.world.places.find(code)[:1]]
            if len(code) > 2
            else page.world.country_names(code)
        )
    return found


def _placed(scene: Scene, finder: Finder, named: Sequence[Name]) -> Scene:
    found = finder.mentions(scene.sentence, named)
    mentions, asides = (tuple(one for one in found if one.aside is aside) for aside in (False, True))
    return replace(scene, mentions=mentions, asides=asides)
