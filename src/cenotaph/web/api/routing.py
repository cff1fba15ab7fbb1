"""The routes of the API, and what they have in common: how a list is asked for, how a value is answered."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import AfterValidator
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.letters import sayable
from cenotaph.plain import dump
from cenotaph.web import deciding
from cenotaph.web.api.asking import MOST, Looking
from cenotaph.web.routes import Routes, is_in

__all__ = [
    "AT_ONCE", "PAGED", "From", "Id", "InState", "Most", "Paged", "Words", "answer", "found", "look", "one_of",
    "routes", "speakable",
]  # fmt: skip

routes = Routes(described=True)
AT_ONCE = 2_000
"""Reports, or problems, that are decided on in one step."""
PAGED = "The place of the first line, from 0; a page holds fifty."

From = Annotated[int, Query(alias="from", ge=0, le=10**9, description="The place of the first line, from 0.")]
Paged = Annotated[int, Query(alias="from", ge=0, le=10**9, description=PAGED)]
Most = Annotated[int, Query(ge=1, le=MOST, description="Lines at most.")]
Id = Annotated[str, Query(max_length=200)]
Words = Annotated[str, Query(max_length=2_000)]


def one_of(*allowed: str, alias: str | None = None, says: str | None = None) -> Any:
    """A word of a list, as the document shows it and as it is checked."""

    def check(given: str) -> str:
        if given not in allowed:
            raise ValueError(f"expected one of {', '.join(one for one in allowed if one)}")
        return given

    return Query(alias=alias, description=says, json_schema_extra={"enum": [*allowed]}), AfterValidator(check)


InState = Annotated[str, *one_of("", *STATES)]


def look(request: Request) -> Looking:
    return Looking(deciding.desk_of(request), is_in(request) and bool(request.session.get("unmasked")))


def answer(value: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(speakable(dump(value)), status_code=status)


def speakable(value: Any) -> Any:
    """JSON as UTF-8 can hold it: half of a pair of UTF-16, which a file may have, is told as a sign of its own."""
    if isinstance(value, str):
        return sayable(value)
    if isinstance(value, list):
        return [speakable(one) for one in value]
    return {sayable(key): speakable(one) for key, one in value.items()} if isinstance(value, dict) else value


def found(value: Any) -> JSONResponse:
    """Raises HTTPException 404 for None."""
    if value is None:
        raise HTTPException(404)
    return answer(value)
