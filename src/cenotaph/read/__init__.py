"""Report -> Claims, Answers, Problems. Each step answers one question on its own; their order is the tuple below.

Pure: no file, no clock, no network. What a reader must know comes in as `world`.
"""

from __future__ import annotations

from collections.abc import Callable

from cenotaph.read.answers import answered, answers
from cenotaph.read.attackers import attacked
from cenotaph.read.circumstances import by_whom, drop_excluded, how_far
from cenotaph.read.claims import VERSION, claims_of
from cenotaph.read.first_pass import first_look, may_tell_harm, with_people, with_places
from cenotaph.read.grounds import grounded
from cenotaph.read.harms import harmed
from cenotaph.read.means import by_what_means
from cenotaph.read.naming import named_too
from cenotaph.read.owed import owed
from cenotaph.read.page import Draft, Page
from cenotaph.read.parts import divided
from cenotaph.read.periods import dated
from cenotaph.read.places import placed
from cenotaph.read.rolls import enrolled
from cenotaph.read.same import restated
from cenotaph.read.unsure import settled
from cenotaph.read.voices import told
from cenotaph.vocabulary import Answer, Claim, Coder, Problem, Report, World

__all__ = ["STEPS", "VERSION", "open_page", "read"]

Step = Callable[[Page, list[Draft]], list[Draft]]

STEPS: tuple[Step, ...] = (
    harmed,  # what harm, and how many of whom
    named_too,  # who is named among them
    enrolled,  # and who in a roll of names beside the figure
    settled,  # what an unsure word of harm is read as
    divided,  # of what whole
    answered,  # not what an accused party only speaks of
    placed,  # where
    dated,  # when
    told,  # who says so, when, how surely
    by_what_means,  # how
    by_whom,  # at whose hands
    attacked,  # or whose the attack was
    how_far,  # an event, a running total, another war
    grounded,  # or only why another was harmed
    drop_excluded,  # not who is left out
    restated,  # the same again, in the headline or further down
)


def read(report: Report, world: World) -> tuple[list[Claim], list[Answer], list[Problem]]:
    """The claims and answers of a report, and what could not be read. Every quote is text[start:end].

    Raises LookupError when there are no words for the report's language.
    """
    page, drafts = _harms_of(first_look(report, world))
    for step in STEPS[3:] if drafts else ():
        drafts = step(page, drafts)
    coder = Coder("rules", "cenotaph", VERSION)
    claims = claims_of(page, drafts, coder)
    said_back = answers(page, drafts, [claim.id for claim in claims], coder)
    return claims, said_back, owed(page, claims, said_back)


def _harms_of(page: Page) -> tuple[Page, list[Draft]]:
    """The first three steps, and the page as far open as what was found in it needs: see first_pass."""
    if not may_tell_harm(page):
        return page, []
    page = with_people(page)
    drafts: list[Draft] = []
    for step in STEPS[:3]:
        drafts = step(page, drafts)
    return (with_places(page) if drafts else page), drafts


def open_page(report: Report, world: World) -> Page:
    """A report laid open: its sentences with every amount, group, harm word and place in them."""
    return with_places(with_people(first_look(report, world)))
