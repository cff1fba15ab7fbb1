"""What is dropped on the inbox: files and pasted text are taken in at once, sheets are shown first."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cenotaph.case import Added, CaseError
from cenotaph.case.returned import Asked
from cenotaph.case.sheet_reports import headings
from cenotaph.desk.incoming import (
    Given,
    Ours,
    is_sheet_name,
    look,
    safe_name,
    take_files,
    take_returned,
    take_sheet,
)
from cenotaph.intake import Unreadable
from cenotaph.web import deciding, rendering
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
MOST_FILES = 2_000
LARGEST = 500_000_000
"""Bytes of all that is dropped at once; more comes in by cenotaph add."""
LONGEST_TEXT = 5_000_000
LED_TO = 20
"""New reports that the page about them leads to, one by one; more are looked for in the inbox."""
SHOWN = 200
"""Lines about what could not be read, and changes of a sheet, that a page shows; the rest are counted."""


@routes.post("/inbox/add", WRITE)
async def add(request: Request) -> Response:
    """Takes in what was dropped, and says what became of it."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES, max_part_size=LONGEST_TEXT)
    given = _given(form)
    with tempfile.TemporaryDirectory(prefix="cenotaph-drop-") as folder:
        paths = await _saved(form, Path(folder))
        desk = deciding.desk_of(request)
        if not paths:
            raise CaseError("nothing was dropped: choose files, or paste a text")
        waiting = [(path.read_bytes(), path.name) for path in paths if is_sheet_name(path.name)]
        others = [path for path in paths if not is_sheet_name(path.name)]
        who = deciding.who_of(request)
        added = await run_in_threadpool(take_files, desk, others, given, who)
    sheets = [(request.app.state.waiting.keep(content, name), name) for content, name in waiting]
    if added:
        await run_in_threadpool(request.app.state.worker.after_decisions)
    if sheets and not added and len(sheets) == 1:
        return RedirectResponse(f"/inbox/sheet/{sheets[0][0]}", status_code=303)
    return rendering.page(request, "added.html", _told(request, added, sheets))


def _given(form: FormData) -> Given:
    """Raises CaseError for a day that is none."""
    day = str(form.get("published") or "").strip()
    try:
        published = dt.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise CaseError(f"{day!r} is no day; write it as 2025-03-08") from error
    return Given(published, str(form.get("outlet") or "").strip(), str(form.get("url") or "").strip())


async def _saved(form: FormData, folder: Path) -> list[Path]:
    """The dropped files in a folder of ours, each under its own name; pasted text as a file of its own."""
    out, size = [], 0
    for number, one in enumerate(form.getlist("file")):
        if not isinstance(one, UploadFile) or not one.filename:
            continue
        place = folder / str(number) / safe_name(one.filename)
        place.parent.mkdir()
        with place.open("wb") as file:
            while some := await one.read(1 << 20):
                size += len(some)
                if size > LARGEST:
                    raise CaseError(f"more than {LARGEST:,} bytes at once; give large folders to cenotaph add")
                file.write(some)
        out.append(place)
    text = str(form.get("text") or "")
    if text.strip():
        place = folder / "pasted text.txt"
        place.write_text(text, encoding="utf-8", errors="surrogatepass")
        out.append(place)
    return out


def _words(request: Request) -> Callable[[str], str]:
    """Words of others as this browser may see them."""
    return str if request.session.get("unmasked") else deciding.desk_of(request).veil.words


def _told(request: Request, added: Sequence[Added], sheets: Sequence[tuple[str, str]]) -> dict[str, Any]:
    count = Counter(one.status for one in added)
    bad = [one.problem for one in added if one.problem]
    words = _words(request)
    came = [one for one in added if one.status in ("new", "new version")]
    return {
        "came": [(one.report_id, words(one.name)) for one in came[:LED_TO]],
        "count": count, "total": len(added), "sheets": [(handle, words(name)) for handle, name in sheets],
        "new": count["new"] + count["new version"],
        "again": count["same bytes"] + count["same text"],
        "bad": [words(one.what) for one in bad[:SHOWN]], "more_bad": max(0, len(bad) - SHOWN),
    }  # fmt: skip


# --- sheets -----------------------------------------------------------------------------------------------------------


@routes.get("/inbox/sheet/{handle}", READ)
def sheet(request: Request, handle: str, owner: str = "") -> Response:
    """What a sheet would do, before it does anything."""
    return _sheet(request, handle, owner, {})


@routes.post("/inbox/sheet/{handle}", WRITE)
async def again(request: Request, handle: str) -> Response:
    """Columns as the person maps them; taken where that was pressed."""
    form = await request.form(max_fields=2_000)
    changes = {str(key)[4:]: str(value) for key, value in form.multi_items() if str(key).startswith("map:")}
    owner, why = str(form.get("owner") or ""), str(form.get("why") or "")
    if form.get("do") == "leave":
        request.app.state.waiting.drop(handle)
        return RedirectResponse("/inbox", status_code=303)
    if form.get("do") == "take":
        return await run_in_threadpool(_take, request, handle, owner, changes, why, str(form.get("mark") or ""))
    return await run_in_threadpool(_sheet, request, handle, owner, changes)


def _sheet(request: Request, handle: str, owner: str, changes: Mapping[str, str]) -> Response:
    found, name = _looked_at(request, handle, owner, changes)
    if isinstance(found, Ours):
        return _ours(request, handle, name, found)
    words = _words(request)
    fields = sorted({*headings().fields, *headings().harms.values()})
    owner = owner or found[0].mapped.owner
    known = {
        "name": words(name), "handle": handle, "found": found, "fields": fields, "masked": words,
        "owner": owner if words(owner) == owner else "",  # a form brings back what stands in it, so not our word
    }  # fmt: skip
    return rendering.page(request, "sheet_foreign.html", known)


def _ours(
    request: Request, handle: str, name: str, found: Ours, *, moved: bool = False, why: str = ""
) -> Response:  # fmt: skip
    """What an export of ours asks for; `moved` where it asked for something else when the person looked."""
    words = _words(request)
    told = {
        "name": words(name), "handle": handle, "mark": found.mark, "moved": moved, "total": len(found.asked),
        "lines": [_line(one, words) for one in found.asked[:SHOWN]],
        "notes": [words(one) for one in found.notes], "bad": [words(one.what) for one in found.problems],
        "why": why,
    }  # fmt: skip
    return rendering.page(request, "sheet_returned.html", told, status=409 if moved else 200)


def _line(one: Asked, masked: Callable[[str], str]) -> dict[str, Any]:
    """A decision that a changed row asks for, and each cell as it was and as it is."""
    decision, changes = one.decision, one.row.changes.values()
    cells = [(cell.column, cell.at, masked(_cell(cell.old)), masked(_cell(cell.new))) for cell in changes]
    return {
        "verb": decision.verb, "about": decision.about, "sheet": one.row.sheet, "line": one.row.line,
        "cells": cells, "decide": one.row.decide, "why": masked(decision.why),
    }  # fmt: skip


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _looked_at(request: Request, handle: str, owner: str, changes: Mapping[str, str]) -> tuple[Any, str]:
    """Raises CaseError for a file that is no sheet; 404 for one that does not wait any more."""
    try:
        content, name = request.app.state.waiting.content(handle)
    except LookupError as error:
        raise HTTPException(404) from error
    desk = deciding.desk_of(request)
    try:
        return look(desk, content, name, who=deciding.who_of(request), owner=owner, changes=changes), name
    except Unreadable as error:
        raise CaseError(str(error)) from error


def _take(
    request: Request, handle: str, owner: str, changes: Mapping[str, str], why: str, mark: str
) -> Response:  # fmt: skip
    found, name = _looked_at(request, handle, owner, changes)
    desk, who = deciding.desk_of(request), deciding.who_of(request)
    content, _ = request.app.state.waiting.content(handle)
    if isinstance(found, Ours):
        if mark and mark != found.mark:
            return _ours(request, handle, name, found, moved=True, why=why)
        take_returned(desk, found, why)
        added: list[Added] = []
    else:
        speaking = [one for one in found if one.says_something]
        if not speaking:
            raise CaseError("no column counts people, names a person or says a harm; say which does")
        added = take_sheet(desk, speaking, content, name, who)
    request.app.state.worker.after_decisions()
    request.app.state.waiting.drop(handle)
    if added:
        rest = [*request.app.state.waiting.held.items()]  # sheets that were dropped with this one, or before it
        return rendering.page(request, "added.html", _told(request, added, rest))
    return RedirectResponse("/journal", status_code=303)
