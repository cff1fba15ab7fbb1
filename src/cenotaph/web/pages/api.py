"""The desk as JSON under /api/v1, documented by OpenAPI, and a page that shows the document.

The operations stand in web/api/operations, by what they are about.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import JSONResponse, Response

from cenotaph.web import rendering
from cenotaph.web.api import describing, operations
from cenotaph.web.api.reading import read_by_people
from cenotaph.web.api.routing import routes
from cenotaph.web.routes import READ

__all__ = ["operations", "routes"]


@routes.get("/api/v1/openapi.json", READ, include_in_schema=False)
def openapi(request: Request) -> Response:
    """This document."""
    return JSONResponse(describing.of_request(request))


@routes.get("/api", READ, include_in_schema=False)
def page(request: Request) -> Response:
    """The document, to be read by people."""
    made = describing.of_request(request)
    known = {**read_by_people(made), "base": str(request.base_url).rstrip("/")}
    return rendering.page(request, "api.html", known)
