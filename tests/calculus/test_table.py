"""The table, row by row: what two figures say to each other, and what they must not be made to say."""

from __future__ import annotations

from typing import Any

import pytest

from cenotaph.calculus import judged
from cenotaph.calculus.statements import Pair
from cenotaph.calculus.table import ROWS
from tests.calculus.tables import cases, statement_of


@pytest.mark.parametrize("case", cases("table"), ids=lambda case: case["why"])
def test_what_two_figures_say_to_each_other(case: dict[str, Any]) -> None:
    a, b = statement_of(case["a"]), statement_of(case["b"])
    found = judged(a, b)
    assert found.verdict == case["is"], found
    assert case.get("why_says", "") in found.why
    assert judged(b, a) == found
    assert found.verdict != "nothing" or not found.assumed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_each_row_decides_a_case(row: Any) -> None:
    """A row that no case needs is a row that nobody would miss."""
    pairs = [Pair.of(statement_of(case["a"]), statement_of(case["b"])) for case in cases("table")]
    assert any(next((one for one in ROWS if one(pair)), None) is row for pair in pairs)
