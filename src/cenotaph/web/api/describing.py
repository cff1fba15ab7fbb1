"""The OpenAPI document: made from the routes and from the types of what is given and taken; nothing stands twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from inspect import getmembers, isclass
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi

from cenotaph.case import CaseError
from cenotaph.case.decisions import TRIAGE
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.problems import ANSWERS
from cenotaph.plain import Json, load
from cenotaph.plain.forms import form
from cenotaph.web.api import answers, examples, verbs
from cenotaph.web.fitting import refuse_odd

__all__ = ["asked", "body", "document", "given", "of_request", "schemas"]

T = TypeVar("T")
TAKEN = (
    answers.Asked, answers.Decisions, answers.Triage, answers.Answers, answers.NewReport, answers.NewReports,
    answers.NewClaim, answers.CellsChanged, answers.SheetAsked,
)  # fmt: skip
"""What is sent to us: what has a default may be left out."""
WORDS: Mapping[tuple[type, str], Sequence[str]] = {
    (answers.Asked, "verb"): tuple(verbs.ALL), (answers.Triage, "what"): TRIAGE,
    (answers.Triage, "state"): ("", *STATES), (answers.Answers, "verb"): ANSWERS,
    (answers.SheetAsked, "do"): ("look", "take", "leave"),
}  # fmt: skip
"""What is sent that is one word of a list."""
ABOUT = """\
- Bring the key that `cenotaph serve` prints: `Authorization: Bearer KEY`. It ends with the program. Decisions bear the
  name in the header `X-Cenotaph-Who`.
- Lists give `items` from place `first` on, and how many there are in `total`. `from` asks for a later place, `most`
  (where an operation has it) for more or fewer lines than fifty.
- `seen` is the newest decision about a thing, "" for none. Sent back with a decision, it holds that one up where
  somebody decided since: the answer is 409 with both sides, and nothing is written. Without it, the last word counts.
- Whoever is protected stands as `[protected]`, and is decided on by `~` and the handle of `/api/v1/voices`.
- What goes wrong is told in one line, under `error`.
- Days are as in 2025-03-08, instants with their zone; an id is to be sent as it came, percent-encoded in a path."""
"""What holds for every operation."""
FORMS = {"Body_add_files_api_v1_reports_files_post": "NewFiles", "Body_keep_api_v1_sheets_post": "NewSheet"}
"""What forms that bring files are called in the document, by what FastAPI makes of the names of their operations."""
ERRORS = {
    401: "Neither a visit at the desk nor the key of this run.", 404: "Nothing in this case has that id.",
    403: "From another page than the desk's own.", 409: "Somebody decided on the same thing since: both sides.",
    422: "What was sent does not fit, or the decision can't stand. Nothing was written.",
    400: "The body can't be read.", 503: "Another export is being made, or it could not be made.",
}  # fmt: skip
SECURITY: Json = {
    "key": {"type": "http", "scheme": "bearer", "description": "The key that `cenotaph serve` prints. Decisions bear "
            "the name in the header X-Cenotaph-Who (UTF-8), else that of whoever started the desk."},
    "visit": {"type": "apiKey", "in": "cookie", "name": "cenotaph", "description": "A browser that came in by a link."},
}  # fmt: skip


def given(
    kind: type, *errors: int, status: int = 200, example: str = "", also: Sequence[str] = ()
) -> dict[int | str, dict[str, Any]]:
    """The answers of an operation: `kind` where it went well, or what is no JSON, of these media types.
    `example` is the name of one in examples.py.
    """
    shown = {"schema": _ref(kind)} | ({"example": example} if example else {})
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": _about(kind), "content": {"application/json": shown, **{one: {} for one in also}}}
    }
    for code in (401, *errors):
        wrong = answers.Moved if code == 409 else answers.Error
        found[code] = {"description": ERRORS[code], "content": {"application/json": {"schema": _ref(wrong)}}}
    return found


def body(kind: type, *named: str) -> dict[str, Any]:
    """What an operation takes, with examples by their names in examples.py; the first is the usual one."""
    shown = {"schema": _ref(kind), "examples": {name.casefold().replace("_", " "): {"value": name} for name in named}}
    return {"requestBody": {"required": True, "content": {"application/json": shown}}}


def _ref(kind: type) -> Json:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _about(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def document(app: FastAPI, routes: Any) -> Json:
    """The whole of it."""
    made: Json = get_openapi(
        title="cenotaph", version=app.version, description=f"{app.description}\n\n{ABOUT}", routes=routes,
        openapi_version="3.1.0",
    )  # fmt: skip
    made = json.loads(re.sub("|".join(FORMS), lambda found: FORMS[found[0]], json.dumps(made)))
    for one in [one for methods in made["paths"].values() for one in methods.values()]:
        if "HTTPValidationError" in str(one["responses"].get("422", "")):  # what every path may be: none is refused so
            del one["responses"]["422"]
    made["paths"] = dict(sorted(made["paths"].items(), key=lambda one: _about_what(one[1])))
    for one in (one for methods in made["paths"].values() for one in methods.values()):
        for known in one.get("parameters", ()):
            known.setdefault("description", PARAMETERS.get(known["name"], ""))
    for known in _contents(made["paths"]):
        if "example" in known:  # by its name until now: FastAPI leaves out what is null
            known["example"] = getattr(examples, known["example"])
        for one in known.get("examples", {}).values():
            one["value"] = getattr(examples, one["value"])
    forms = {name: {**made["components"]["schemas"][name], "title": name} for name in FORMS.values()}
    known = {**SECURITY, "visit": {**SECURITY["visit"], "name": app.state.cookie}}
    made["components"] = {"schemas": {**schemas(), **forms}, "securitySchemes": known}
    made["security"] = [{name: []} for name in SECURITY]
    return made


PARAMETERS: Mapping[str, str] = {
    "about": "What was decided on: an id or a name.", "as": "What the link is to make.", "as_of": "A day.",
    "claim": "Its id.", "code": "The code of an incident; a former one leads to it too.", "day": "A day that it holds.",
    "decision": "Its id.", "do": "What is to be done.", "fate": "The last one told of a person.",
    "form": "How it is answered.", "handle": "The handle of a voice.",
    "harm": "A code: `killed`, `injured`, ...; `/api/v1/choices` has those of this case.",
    "here": "The other one comes to this one.", "incident": "Its id or its code.", "into": "The other incident.",
    "kind": "One kind alone.", "language": "A code of two letters.", "order": "By how well it fits, or by day.",
    "other": "The other claim.", "outlet": "By its name.", "owner": "Who answers for what the sheet says.",
    "parent": "The id of an episode.", "place": "A place.", "problem": "Its id.", "q": "Words.",
    "reach": "A code: `event`, `running total`, ...", "read": "Whether, or by how many people, it was read.",
    "reads": "By how many people it was read.", "report": "The id of a report.", "root": "Whose figure it is, by name.",
    "row": "The id of a row of a list.", "sheet": "Its id while it waits.", "since": "From this day on.",
    "stance": "A code: `asserts`, `hedges`, `denies`, ...", "state": "The state of a report.",
    "status": "A code: `civilian`, `armed forces`, ...; `/api/v1/choices` has those of this case.", "toll": "Its id.",
    "until": "Up to this day.", "verb": "What was, or is to be, decided.", "victim": "The id of a person.",
    "who": "Who decided, by name.", "words": "Words as they stand in the report.",
}  # fmt: skip
"""What parameters mean that have no description of their own."""
TAGS = ("case", "reports", "sheets", "claims", "incidents", "roots", "people", "problems", "decisions", "journal",
        "search", "export")  # fmt: skip
"""What operations are about, in the order in which the document tells of them."""


def _about_what(methods: Json) -> int:
    return TAGS.index(next(iter(methods.values()))["tags"][0])


def _contents(paths: Json) -> Iterator[Json]:
    """What each operation takes and gives, by media type."""
    for methods in paths.values():
        for one in methods.values():
            for whole in (one.get("requestBody", {}), *one["responses"].values()):
                yield from whole.get("content", {}).values()


@cache
def schemas() -> Mapping[str, Json]:
    """Each type of the answers and what it is made of, by name."""
    kinds = [one for _, one in getmembers(answers, isclass) if is_dataclass(one)]
    found = {name: made for kind in kinds for name, made in form(kind).named.items()}
    for (kind, name), some in WORDS.items():
        whole = found[kind.__name__]
        told = {**whole["properties"], name: {"type": "string", "enum": [*some]}}
        found[kind.__name__] = {**whole, "properties": told}
    for kind in TAKEN:
        optional = _optional(kind)
        whole = found[kind.__name__]
        found[kind.__name__] = {**whole, "required": [name for name in whole["required"] if name not in optional]}
    plain = json.dumps(dict(sorted(found.items()))).replace("#/$defs/", "#/components/schemas/")
    made: Mapping[str, Json] = json.loads(plain)
    return made


def _optional(kind: type) -> dict[str, Any]:
    """The fields that may be left out, as they then are, in plain JSON."""
    found: dict[str, Any] = {}
    for one in fields(kind):
        if one.default is not MISSING:
            found[one.name] = list(one.default) if isinstance(one.default, tuple) else one.default
        elif one.default_factory is not MISSING:
            found[one.name] = one.default_factory()
    return found


# --- what is sent -----------------------------------------------------------------------------------------------------

_INSIDE = {answers.Decisions: ("decisions", answers.Asked), answers.NewReports: ("reports", answers.NewReport)}


def asked(kind: type[T], data: Any) -> T:
    """What was sent as a value. Raises CaseError, saying where it does not fit."""
    if isinstance(data, bytes):
        raise CaseError("JSON is expected, and a header that says so: Content-Type: application/json")
    refuse_odd("the body", data)
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise CaseError("the body holds half of a pair of UTF-16; text is expected") from error
    try:
        found = load(kind, _whole(kind, data))
    except ValueError as error:
        raise CaseError(str(error)) from error
    for (of, name), some in WORDS.items():
        if of is kind and getattr(found, name) not in some:
            known = ", ".join(one for one in some if one)
            raise CaseError(f"{name}: found {getattr(found, name)!r}, expected one of {known}")
    return found


def _whole(kind: type, data: Any) -> Any:
    """With the defaults of what was left out."""
    if not isinstance(data, Mapping):
        return data
    found = {**_optional(kind), **data}
    name, inner = _INSIDE.get(kind, ("", None))
    if inner is not None and isinstance(found.get(name), list):
        found[name] = [_whole(inner, one) for one in found[name]]
    return found


def of_request(request: Request) -> Json:
    """The document of this app, made once."""
    app = request.app
    if not hasattr(app.state, "described"):
        from cenotaph.web.pages import api

        app.state.described = document(app, api.routes.router.routes)
    found: Json = app.state.described
    return found
