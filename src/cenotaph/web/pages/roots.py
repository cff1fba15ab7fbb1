"""Who repeats whom: the roots, who carries them, and whether two of them can be counted as two; decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

import sqlalchemy as sa
from fastapi import Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.case.decisions import INDEPENDENCE
from cenotaph.desk import Desk, copies, problems, tables
from cenotaph.desk import roots as desk_roots
from cenotaph.desk.kept import kept
from cenotaph.desk.root_graph import NARROW, WIDE, Graph, graph
from cenotaph.publish.saying import head
from cenotaph.web import deciding, rendering
from cenotaph.web.drawn_roots import Drawn, drawn
from cenotaph.web.pages.entering import inside
from cenotaph.web.pages.report import back_to
from cenotaph.web.routes import READ, WRITE, Routes
from cenotaph.web.texts import Texts

routes = Routes()
From = Annotated[int, Query(alias="from", le=10**9)]
ANY = "any"
"""What a form says that could not know which of two roots is meant, nor what was decided on them."""
NAMES = 50
"""Roots that a form offers to choose from."""


def _unmasked(request: Request) -> bool:
    return bool(request.session.get("unmasked"))


@routes.get("/roots", READ)
def show(request: Request, kind: str = "named", first: From = 0) -> Response:
    desk, unmasked = deciding.desk_of(request), _unmasked(request)
    named = kind != "unnamed"
    known: dict[str, Any] = {"found": desk_roots.roots(desk, first, named=named, unmasked=unmasked), "named": named}
    if named and first <= 0:
        known |= _around(request, desk, unmasked)
    return rendering.page(request, "roots.html", {"graphs": (), "offers": (), "related": (), **known})


def _around(request: Request, desk: Desk, unmasked: bool) -> Mapping[str, Any]:
    graphs, lines = _pictures(desk, rendering.texts_of(request), unmasked)
    return {
        "graphs": graphs, "drawn": lines,
        "offers": problems.named(desk, verb="alias", most=10, unmasked=unmasked),
        "related": desk_roots.tethers(desk, unmasked=unmasked), "independence": INDEPENDENCE,
        "pairs_left": max(0, desk_roots.tethered(desk) - desk_roots.PAIRS),
    }  # fmt: skip


def _pictures(desk: Desk, texts: Texts, unmasked: bool) -> tuple[Sequence[Graph], Drawn]:
    """Drawn once for all who see the same: in one language, and through one veil."""

    def make() -> tuple[Sequence[Graph], Drawn]:
        mirrored = texts.direction == "rtl"
        graphs = [graph(desk, form, mirrored=mirrored, unmasked=unmasked) for form in (WIDE, NARROW)]
        return graphs, drawn(texts, graphs)

    return kept(desk, ("roots", texts.language, None if unmasked else desk.veil), make)


@routes.get("/roots/alias", READ)
def preview(request: Request, name: str = "", canonical: str = "") -> Response:
    """What calling a root by another name would do, before anybody decides it."""
    desk, unmasked = deciding.desk_of(request), _unmasked(request)
    found = desk_roots.root(desk, name, unmasked=unmasked)
    if found is None:
        raise CaseError("no root is called so; give a name as this page shows it")
    other = desk_roots.root(desk, canonical.strip(), unmasked=unmasked) if canonical.strip() else None
    known = {"found": found, "canonical": canonical.strip(), "other": other, "names": _names(desk, unmasked)}
    return rendering.page(request, "root_alias.html", known)


@routes.post("/roots/alias", WRITE)
def alias(
    request: Request, name: Annotated[str, Form()] = "", canonical: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Says whose voice a root is."""
    desk = deciding.desk_of(request)
    about = _known(desk, name)
    if desk_roots.named_by(desk, canonical.strip()) == about:
        raise CaseError("a root is called by the name that it has already; nothing would change")
    claims = tables.claims.c
    reports = desk.rows(sa.select(claims.report).where(claims.root == about).limit(5), scalars=True)
    deciding.decided(
        request, "alias", about, why, details={"canonical": canonical.strip()}, seen={about: seen},
        part=desk.part(reports=sorted(set(reports))),
    )  # fmt: skip
    there = desk_roots.named_by(desk, canonical.strip())
    at = desk_roots.address(desk, there, None if _unmasked(request) else desk.veil) if there else ""
    return RedirectResponse(f"/roots/{quote(at, safe='')}" if at else "/roots", status_code=303)


@routes.post("/roots/relate", WRITE)
def relate(
    request: Request, one: Annotated[str, Form()] = "", other: Annotated[str, Form()] = "",
    independence: Annotated[str, Form()] = "", why: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/roots",
) -> Response:  # fmt: skip
    """Says whether two roots can be counted as two."""
    desk = deciding.desk_of(request)
    first, second = _known(desk, one.strip()), _known(desk, other.strip())
    if first == second:
        raise CaseError("two roots are compared; the same one is named twice")
    deciding.decided(
        request, "relate", first, why, details={"with": second, "independence": independence}, part=desk.part(),
        seen={} if seen == ANY else {first: seen},
    )  # fmt: skip
    return RedirectResponse(inside(back), status_code=303)


def _known(desk: Desk, asked: str) -> str:
    found = desk_roots.named_by(desk, asked)
    if not found:
        raise CaseError("no root is called so; give a name as the page of roots shows it")
    return found


def _names(desk: Desk, unmasked: bool) -> list[str]:
    """The names of the largest roots, without those that must not be shown."""
    return desk_roots.names(desk, NAMES, unmasked=unmasked)


@routes.get("/report/{report}/copies", READ)
def copied(request: Request, report: str, state: str = "") -> Response:
    """Who copied a report and whom it copied; `state` is the list of the inbox in which the report was opened."""
    desk, unmasked = deciding.desk_of(request), _unmasked(request)
    row = desk.rows(sa.select(tables.reports).where(tables.reports.c.report == report))
    if not row:
        raise HTTPException(404)
    title = head(row[0]["title"], row[0]["outlet"], row[0]["name"], report)
    known = {
        "copied": copies.of_report(desk, report, unmasked=unmasked), "back": back_to(report, state),
        "title": title if unmasked else desk.veil.words(title, report),
    }  # fmt: skip
    return rendering.page(request, "report_copies.html", known)


@routes.get("/roots/{name:path}", READ)
def show_one(request: Request, name: str, first: From = 0) -> Response:
    desk, unmasked = deciding.desk_of(request), _unmasked(request)
    found = desk_roots.root(desk, name, first, unmasked=unmasked)
    if found is None:
        raise HTTPException(404)
    copiers, more = copies.by_root(desk, desk_roots.named_by(desk, name), unmasked=unmasked)
    known = {
        "found": found, "independence": INDEPENDENCE, "names": _names(desk, unmasked), "copiers": copiers,
        "more_copiers": more,
    }  # fmt: skip
    return rendering.page(request, "root.html", known)
