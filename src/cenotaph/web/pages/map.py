"""The map and the timeline: what they show of a search, for the pages that they stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse, Response

from cenotaph.case import CaseError
from cenotaph.desk import mapping
from cenotaph.desk.mapping import Line
from cenotaph.desk.outlines import outlines
from cenotaph.desk.search_asked import Asked
from cenotaph.desk.timeline import Timeline, timeline
from cenotaph.web import deciding, rendering
from cenotaph.web.asking import address, asked_of
from cenotaph.web.routes import READ, Routes
from cenotaph.web.speech import Speech
from cenotaph.web.texts import Texts

routes = Routes()
ROWS = 50
"""Places in the table beside a map."""
NAMED = 6
"""Places that one point names, of those it stands for."""


def on_map(request: Request, one: Asked, hidden: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """What the parts of a page need to show a search on a map, with its timeline; `hidden` is what its page keeps in
    its address besides the days.
    """
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    of_claims = replace(one, kind="claims", order="rank")
    lines, more = mapping.lines(desk, of_claims, unmasked=unmasked)
    when, words = timeline(desk, of_claims, unmasked=unmasked), rendering.texts_of(request)
    told = bars(when, words)
    return {
        "asked": of_claims, "hidden": hidden or {}, "search": address,
        "lines": lines[:ROWS], "places": len(lines), "more": more,
        "view": ",".join(f"{side:.3f}" for side in mapping.view(desk, lines)),
        "here": " ".join(desk.case.settings.countries), "data": address(of_claims, "/map/places", kind=""),
        "table": address(of_claims, "/map/table", kind=""), "when": when,
        "bars": told, "drawn": drawn(when, told, words),
    }  # fmt: skip


def bars(when: Timeline, texts: Texts) -> Sequence[Mapping[str, Any]]:
    """Each bar of a timeline: its first and last day, both in words, and the claims of each row."""
    return [
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "says": _days(first, last, texts),
            "counts": [row.counts[at] for row in when.rows],
            "total": sum(row.counts[at] for row in when.rows),
        }
        for at, (first, last) in enumerate(zip(when.starts, when.ends, strict=True))
    ]


def drawn(
    when: Timeline, told: Sequence[Mapping[str, Any]], texts: Texts
) -> Sequence[Sequence[tuple[str, str, str, str]]]:
    """By row the bars that hold anything, on a field that is 100 high: left, top, height, and what each says."""
    most = when.most

    def bar(at: int, count: int) -> tuple[str, str, str, str]:
        height = max(100 * count / most, 4)
        says = f"{told[at]['says']}: {texts('count.claims', n=count)}"
        return str(at + 0.1), f"{100 - height:.2f}", f"{height:.2f}", says

    return [[bar(at, count) for at, count in enumerate(row.counts) if count] for row in when.rows]


def _days(first: dt.date, last: dt.date, texts: Texts) -> str:
    told = texts.day(first)
    return told if first == last else texts("period.both", first=told, last=texts.day(last))


@routes.get("/map/places", READ)
def places(request: Request, box: str = "", zoom: float = 6) -> Response:
    """Points and areas of a search in a box, told apart as far as the zoom allows."""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    one = replace(asked_of(request), kind="claims", order="rank")
    if not 0 <= zoom <= 20:
        raise CaseError(f"zoom {zoom:g} is none; it is from 0 to 20")
    found = mapping.spread(desk, one, mapping.box_of(box), zoom, unmasked=unmasked)
    words = rendering.texts_of(request)
    spots = [
        {"lat": spot.lat, "lon": spot.lon, "radius_km": spot.radius_km, **_told(spot.lines, one, words)}
        for spot in found.spots
    ]
    areas = [
        {"geometry": area.geometry, "precision": area.precision, **_told(area.lines, one, words)}
        for area in found.areas
    ]
    undrawn = words("map.undrawn", n=found.undrawn) if found.undrawn else ""
    return JSONResponse({"spots": spots, "areas": areas, "undrawn": undrawn, "more": found.more})


def _told(lines: Sequence[Line], one: Asked, words: Texts) -> dict[str, Any]:
    """What a point or an area says of the places that it stands for, with a link to the claims of each."""
    say = Speech(words)
    claims, read = sum(line.claims for line in lines), sum(line.read for line in lines)
    named = [
        {
            "name": say.place(line.place) + say.told_apart(line.apart),
            "precision": words.code("precision", f"p{line.place.precision}"),
            "claims": words("count.claims", n=line.claims), "read": say.read_by(line.share),
            "link": address(one, kind="claims", place=line.key),
        }
        for line in lines[:NAMED]
    ]  # fmt: skip
    left = len(lines) - len(named)
    first = named[0]["name"]
    label = words("map.label", place=first, claims=words("count.claims", n=claims), read=say.read_by(read / claims))
    if len(lines) > 1:
        label = words("map.label_more", place=first, n=len(lines) - 1, claims=words("count.claims", n=claims))
    share = "machine" if not read else "once" if read == claims else "partly"
    return {
        "claims": claims, "number": words.number(claims), "places": len(lines), "read": share, "label": label,
        "named": named, "left": words("map.more_places", n=left) if left else "",
    }  # fmt: skip


@routes.get("/map/land", READ)
def land(request: Request, box: str = "") -> Response:
    """Outlines of the countries in a box."""
    found = mapping.box_of(box)
    if found is None:
        raise CaseError("a box is needed; write it as west,south,east,north in degrees")
    answer = JSONResponse(outlines(found))
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@routes.get("/map/table", READ)
def rows(request: Request) -> Response:
    """The places of a search as a table, to be put beside the map when its days change."""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    one = replace(asked_of(request), kind="claims", order="rank")
    lines, more = mapping.lines(desk, one, unmasked=unmasked)
    known = {"map": {"asked": one, "lines": lines[:ROWS], "places": len(lines), "more": more, "search": address}}
    return rendering.page(request, "parts/map_places.html", known)
