"""Which pages there are: every GET route of the app, with ids taken from the case where a route asks for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

import sqlalchemy as sa

from cenotaph.desk import people, tables
from cenotaph.web.app import rules_of
from tests.browser.desks import Open

Sample = Callable[[Open], list[str]]

NO_PAGES: Mapping[str, str] = {
    "/enter": "leads on from the link",
    "/journal.csv": "a file", "/journal.jsonl": "a file",
    "/report/{report}/raw": "a file", "/report/{report}/attachment/{hashed}": "a file",
    "/map/land": "outlines for the map", "/map/places": "points for it", "/map/table": "a part of pages with a map",
    "/incidents/{name}/ladder": "a part of an incident's page", "/incidents/{name}/draft": "a part of its assessment",
}  # fmt: skip
"""Routes that give no page of their own, and what they give instead."""
SHEET = b"Date,Place,Killed,Remarks\n2025-03-07,Baniyas,12,\n2025-03-08,Jableh,3,near the mill\n"


def routes() -> list[str]:
    """The paths of GET routes that are pages, in their order; those of the API but its page for people are not."""
    found = sorted({path for method, path in rules_of() if method == "GET"})
    return [path for path in found if path not in NO_PAGES and not path.startswith("/api/")]


def addresses(route: str, open_: Open) -> list[str]:
    """Where a browser can look at a route. Raises LookupError where nobody said which ids it takes."""
    if route in SAMPLES:
        return SAMPLES[route](open_)
    if "{" in route:
        raise LookupError(f"{route} asks for an id: give it a sample in tests/browser/addresses.py, or say in NO_PAGES")
    return [route]


# --- ids from the tables of the desk ----------------------------------------------------------------------------------


def one(open_: Open, query: sa.Select[tuple[str]]) -> str:
    """The first value that a query finds."""
    with open_.desk.case.engine.connect() as connection:
        found = connection.execute(query.limit(1)).scalar()
    assert found is not None, f"the example has none of what a page is to show: {query}"
    return str(found)


def _report(open_: Open, language: str) -> str:
    """The report with most claims, in a language."""
    of = tables.reports.c
    return one(open_, sa.select(of.report).where(of.language == language).order_by(of.claims.desc(), of.position))


def _with_problems(open_: Open) -> str:
    of = tables.reports.c
    return one(open_, sa.select(of.report).order_by(of.unclear.desc(), of.position))


def _captured_twice(open_: Open) -> str:
    of = tables.reports.c
    return one(open_, sa.select(of.report).where(of.version_of != "", of.newest == 1))


def _claim(open_: Open, report: str) -> str:
    of = tables.claims.c
    return one(open_, sa.select(of.claim).where(of.report == report).order_by(of.start))


def _incident(open_: Open, kind: str) -> str:
    of = tables.incidents.c
    return one(open_, sa.select(of.incident).where(of.kind == kind).order_by(of.claims.desc(), of.incident))


def _toll(open_: Open, incident: str) -> str:
    of = tables.tolls.c
    return one(open_, sa.select(of.toll).where(of.incident == incident).order_by(of.toll))


def _of_incident(open_: Open, after: str) -> list[str]:
    return [f"/incidents/{_incident(open_, 'incident')}/{after}"]


def _merging(open_: Open) -> str:
    """Two incidents of one episode, and what would change if they became one."""
    of = tables.incidents.c
    query = sa.select(of.incident).where(of.kind == "incident", of.incident != _incident(open_, "incident"))
    return f"{_of_incident(open_, 'link')[0]}?incident={one(open_, query.order_by(of.claims.desc(), of.incident))}"


def _root(open_: Open) -> str:
    """The name of the root with most claims, as an address has it."""
    of = tables.roots.c
    return quote(one(open_, sa.select(of.root).where(of.named == 1).order_by(of.claims.desc(), of.root)), safe="")


def _voices(open_: Open) -> list[str]:
    """A body that speaks under its name, and a person whom the machine protects."""
    found = people.voices(open_.desk).lines
    return [next(one.handle for one in found if one.masked == masked) for masked in (False, True)]


def _problem(open_: Open) -> str:
    return one(open_, sa.select(tables.problems.c.problem).order_by(tables.problems.c.stake.desc()))


def _sheet(open_: Open) -> list[str]:
    """A sheet that waits to be looked at."""
    return [f"/inbox/sheet/{open_.app.state.waiting.keep(SHEET, 'incidents.csv')}"]


SAMPLES: Mapping[str, Sample] = {
    "/inbox": lambda it: ["/inbox", "/inbox?state=nothing+new", "/inbox?state=out+of+scope"],
    "/inbox/sheet/{handle}": _sheet,
    "/incidents": lambda it: ["/incidents", "/incidents?harm=killed&read=machine", "/incidents?place=nowhere"],
    "/incidents/{name}": lambda it: [f"/incidents/{_incident(it, kind)}" for kind in ("episode", "incident")],
    "/incidents/{name}/assess": lambda it: _of_incident(it, "assess"),
    "/incidents/{name}/link": lambda it: [*_of_incident(it, "link"), *_of_incident(it, "link?do=split"), _merging(it)],
    "/incidents/{name}/accused": lambda it: _of_incident(it, "accused"),
    "/incidents/{name}/why/{toll}": lambda it: _of_incident(it, f"why/{_toll(it, _incident(it, 'incident'))}"),
    "/people": lambda it: ["/people", "/people?kind=person", "/people?q=nobody"],
    "/people/victims/{key}": lambda it: [f"/people/victims/{people.victims(it.desk).lines[0].id}"],
    "/people/voice/{handle}": lambda it: [f"/people/voice/{handle}" for handle in _voices(it)],
    "/roots": lambda it: ["/roots", "/roots?kind=unnamed"],
    "/roots/{name:path}": lambda it: [f"/roots/{_root(it)}"],
    "/roots/alias": lambda it: [f"/roots/alias?name={_root(it)}&canonical=UN+Human+Rights+Office"],
    "/search": lambda it: ["/search", "/search?q=civilians", "/search?q=قتل&kind=claims", "/search?view=map"],
    "/problems/{key}": lambda it: [f"/problems/{_problem(it)}"],
    "/report/{report}": lambda it: [
        f"/report/{found}" for found in dict.fromkeys((_report(it, "en"), _report(it, "ar"), _with_problems(it)))
    ],
    "/report/{report}/add": lambda it: [
        f"/report/{_report(it, 'en')}/add", f"/report/{_report(it, 'en')}/add?start=0&end=60",
    ],
    "/report/{report}/correct/{claim}": lambda it: [
        f"/report/{report}/correct/{_claim(it, report)}" for report in (_report(it, "en"), _report(it, "ar"))
    ],
    "/report/{report}/copies": lambda it: [f"/report/{_report(it, 'en')}/copies"],
    "/report/{report}/custody": lambda it: [f"/report/{_report(it, 'en')}/custody"],
    "/report/{report}/versions": lambda it: [f"/report/{_captured_twice(it)}/versions"],
}  # fmt: skip
