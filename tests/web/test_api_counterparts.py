"""Everything the pages do, the API does: each route of a page has its operation, or a reason why it has none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cenotaph.web.app import rules_of

TABLE: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("counterparts.toml").read_text(encoding="utf-8")
)
PAGES = {
    f"{method} {path}" for (method, path), rule in rules_of().items()
    if rule in ("read", "write") and not path.startswith("/api/v1/")
}  # fmt: skip
API = {f"{method} {path}" for method, path in rules_of() if path.startswith("/api/v1/")}


def test_every_route_of_a_page_has_a_counterpart_or_a_reason() -> None:
    assert sorted(PAGES - set(TABLE)) == [], "say in counterparts.toml what these are in the API, or why there is none"
    assert sorted(set(TABLE) - PAGES) == [], "these are no routes any more"


def test_a_line_names_operations_that_there_are_or_says_why_not() -> None:
    for page, line in TABLE.items():
        assert set(line) in ({"api"}, {"why"}), page
        assert set(line.get("api", ())) <= API and len(line.get("why", "x" * 20)) >= 20, page


def test_what_a_page_writes_no_operation_only_reads() -> None:
    """A decision can't be replaced by a look at it."""
    for page, line in TABLE.items():
        if page.startswith("POST") and "api" in line:
            assert any(one.startswith("POST") for one in line["api"]), page
        if page.startswith("GET") and "api" in line:
            assert any(one.startswith("GET") for one in line["api"]), page


def test_no_operation_is_for_itself_alone() -> None:
    """Each is the counterpart of something a page does, or one of these: what is exported, and one line of a list."""
    used = {one for line in TABLE.values() for one in line.get("api", ())}
    own = {"GET /api/v1/export", "GET /api/v1/claims/{claim}", "GET /api/v1/journal/{decision}"}
    assert API - used == own
