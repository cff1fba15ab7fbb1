"""What the API tells of a search and of the case at a glance: hits, places, a map, a timeline, what to choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cenotaph.desk import mapping
from cenotaph.desk.choices import choices as to_choose
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.overview import Waiting, overview
from cenotaph.desk.search import search as searched
from cenotaph.desk.search_asked import READ, Asked, given
from cenotaph.desk.timeline import timeline as drawn
from cenotaph.desk.typed import typed
from cenotaph.desk.wanted import spelled
from cenotaph.web.api import answers as told
from cenotaph.web.api.as_told import as_told
from cenotaph.web.api.asking import Looking

__all__ = ["choices", "glance", "hits", "on_map", "places", "timeline"]


def hits(look: Looking, asked: Asked, first: int) -> told.Hits:
    """What holds the words of a line, in any of their spellings, and what else was asked."""
    found = searched(look.desk, asked, first, unmasked=look.unmasked)
    ids = [str(one.about["claim" if asked.kind == "claims" else "report"]) for one in found.hits]
    of_claims = {one.id: one for one in look.claim_lines(ids)} if asked.kind == "claims" else {}
    of_reports = look.report_lines(ids) if asked.kind == "reports" else {}
    items = tuple(
        told.Hit(of_reports.get(key), of_claims.get(key), tuple("".join(words for words, _ in some)
                                                                for some in one.excerpts))
        for key, one in zip(ids, found.hits, strict=True) if key in of_reports or key in of_claims
    )  # fmt: skip
    forms = {word: tuple(others) for word, others in spelled(found.wanted).items()}
    left = tuple(typed(asked.q, given(asked)).left)
    return told.Hits(items, found.first, found.total, found.more, found.within, forms, found.wanted.left_out, left)


def places(look: Looking, asked: Asked, first: int, most: int) -> told.Places:
    found, more = mapping.lines(look.desk, _of_claims(asked), unmasked=look.unmasked)
    return told.Places(_lines(look, found[first : first + most]), first, len(found), more)


def on_map(look: Looking, asked: Asked, box: str, zoom: float) -> told.OnMap:
    """Points and areas of a box, told apart as far as a zoom allows. Raises CaseError for what is no box."""
    whole = _of_claims(asked)
    found = mapping.spread(look.desk, whole, mapping.box_of(box), zoom, unmasked=look.unmasked)
    lines, _ = mapping.lines(look.desk, whole, unmasked=look.unmasked)
    points = tuple(told.MapPoint(one.lat, one.lon, one.radius_km, _lines(look, one.lines)) for one in found.spots)
    areas = tuple(told.MapArea(_json(one.geometry), one.precision, _lines(look, one.lines)) for one in found.areas)
    west, south, east, north = mapping.view(look.desk, lines)
    return told.OnMap(points, areas, found.undrawn, found.more, (west, south, east, north))


def _of_claims(asked: Asked) -> Asked:
    return replace(asked, kind="claims", order="rank")


def _lines(look: Looking, found: Sequence[mapping.Line]) -> tuple[told.PlaceLine, ...]:
    return tuple(as_told(told.PlaceLine, one, place=look.shown(one.place)) for one in found)


def _json(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Coordinates are tuples within; in JSON they are lists."""
    found: Mapping[str, Any] = json.loads(json.dumps(geometry))
    return found


def timeline(look: Looking, asked: Asked) -> told.Timeline:
    return as_told(told.Timeline, drawn(look.desk, asked, unmasked=look.unmasked))


def choices(look: Looking) -> told.Choices:
    return as_told(told.Choices, to_choose(look.desk, unmasked=look.unmasked), states=tuple(STATES), reads=READ)


# --- at a glance ------------------------------------------------------------------------------------------------------


def glance(look: Looking) -> told.Glance:
    found = overview(look.desk, unmasked=look.unmasked)
    decided = tuple(told.MadeDecision(one.id, look.decision(one)) for one in look.desk.history.all[: -LAST - 1 : -1])
    return told.Glance(
        tuple(_waiting(look, one) for one in found.waiting),
        tuple(as_told(told.EpisodeNow, one) for one in found.episodes),
        tuple(found.held.ledgers), found.held.elsewhere, decided,
    )  # fmt: skip


LAST = 8
"""Decisions that are told, the newest first."""


def _waiting(look: Looking, one: Waiting) -> told.OneProblem:
    on = one.problem.proposes.about if one.problem.proposes else one.id
    return told.OneProblem(one.id, one.problem, one.stake, look.seen(on))
