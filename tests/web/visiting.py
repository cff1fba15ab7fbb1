"""Which addresses there are to look at: every GET route of the app, its slots filled with ids of the case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urljoin, urlsplit

import sqlalchemy as sa
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk, tables
from cenotaph.web.app import rules_of

__all__ = ["addresses", "is_page", "visited"]

LEAVE_OUT = ("/enter",)
"""It leads on to the pages."""
QUERIES = ("", "?q={words}", "?state={words}", "?kind={words}&who={words}&verb={words}", "?unknown={words}")
"""What is asked of each address besides; {words} are those of a test."""


def gets() -> list[str]:
    return sorted(path for method, path in rules_of() if method == "GET" and path not in LEAVE_OUT)


def ids(desk: Desk, most: int = 3) -> dict[str, list[str]]:
    """Some ids by what a slot of a route is called."""
    columns = {
        "report": tables.reports.c.report, "claim": tables.claims.c.claim, "incident": tables.incidents.c.incident,
        "problem": tables.problems.c.problem, "decision": tables.decisions.c.decision, "root": tables.roots.c.root,
        "name": tables.voices.c.name,
    }  # fmt: skip
    return {
        name: [str(key) for key in desk.rows(sa.select(one).limit(most), scalars=True)] for name, one in columns.items()
    }


def addresses(desk: Desk, most: int = 3) -> list[str]:
    """Each route with what stands for its slots; one whose slots nobody knows is reached by links of other pages."""
    known, out = ids(desk, most), list[str]()
    for path in gets():
        slots = re.findall(r"\{(\w+)[^}]*\}", path)
        if not slots:
            out.append(path)
        elif len(slots) == 1 and slots[0] in known:
            out += [path.replace(f"{{{slots[0]}}}", quote(one, safe=":")) for one in known[slots[0]]]
    return out


def is_page(content_type: str) -> bool:
    return content_type.startswith("text/html")


def visited(client: TestClient, first: Sequence[str], most: int = 400) -> dict[str, tuple[int, str, bytes]]:
    """What is found at these addresses and at all that their pages link to: status, content type, content."""
    found: dict[str, tuple[int, str, bytes]] = {}
    waiting = list(dict.fromkeys(first))
    while waiting and len(found) < most:
        address = waiting.pop(0)
        answer = client.get(address)
        kind = answer.headers.get("content-type", "")
        found[address] = (answer.status_code, kind, answer.content)
        if is_page(kind):
            waiting += [one for one in _linked(answer.text, address) if one not in found and one not in waiting]
    return found


def _linked(page: str, address: str) -> list[str]:
    """The addresses of ours that a page leads to."""
    tree = html.fromstring(page)
    links = [urljoin(f"http://testserver{address}", one) for one in tree.xpath("//a/@href | //@hx-get")]
    ours = [urlsplit(one) for one in links if urlsplit(one).netloc == "testserver"]
    return [one.path + (f"?{one.query}" if one.query else "") for one in ours if not one.path.startswith("/static/")]
