"""The figures may not fall: every floor of floors.toml is measured anew, where the set's data is on this machine."""

from __future__ import annotations

import contextlib
import functools
import io
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.adapter import MissingDataError, Outcome, Run
from bench.reading import readings
from bench.sets import adapters

FILE = Path(__file__).with_name("floors.toml")
FLOORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["floor"]


def fallen(floor: Mapping[str, Any], found: float | None) -> str | None:
    """The line that says which figure fell, by how much it may not; None while it stands.

    >>> fallen({"set": "muc4", "figure": "F1", "floor": 44.0}, 43.9)
    'muc4: F1 is 43.9, below its floor of 44.0'
    >>> fallen({"set": "coast2025", "figure": "spurious", "ceiling": 5.0}, 5.0) is None
    True
    """
    where = f"{floor['set']}: {floor['figure']} is {found}"
    if "ceiling" in floor:
        stands = found is not None and found <= floor["ceiling"]
        return None if stands else f"{where}, above its ceiling of {floor['ceiling']}"
    stands = found is not None and found >= floor["floor"]
    return None if stands else f"{where}, below its floor of {floor['floor']}"


@functools.cache
def measured(name: str, only: str) -> Outcome:
    adapter = adapters()[name]
    adapter.check(adapter.data)
    with contextlib.redirect_stderr(io.StringIO()):
        return adapter.run(adapter.data, Run(reader=readings, only=only))


@pytest.mark.parametrize("floor", FLOORS, ids=[f"{floor['set']} {floor['figure']}" for floor in FLOORS])
def test_the_figure_stands_at_its_floor_or_above(floor: dict[str, Any]) -> None:
    try:
        outcome = measured(floor["set"], floor["only"])
    except MissingDataError as missing:
        pytest.skip(f"not measured: {missing}")
    figure = next(figure for figure in adapters()[floor["set"]].figures if figure.name == floor["figure"])
    line = fallen(floor, figure.found(outcome.report))
    if line:
        pytest.fail(line, pytrace=False)


@pytest.mark.parametrize("found", [43.9, 0.0, None])
def test_a_lower_figure_is_named_with_its_set_and_floor(found: float | None) -> None:
    line = fallen({"set": "muc4", "figure": "F1", "floor": 44.0}, found)
    assert line == f"muc4: F1 is {found}, below its floor of 44.0"


@pytest.mark.parametrize("found", [5.1, 100.0, None])
def test_where_less_is_better_a_higher_figure_is_named(found: float | None) -> None:
    line = fallen({"set": "coast2025", "figure": "spurious", "ceiling": 5.0}, found)
    assert line == f"coast2025: spurious is {found}, above its ceiling of 5.0"


def test_every_floor_is_of_a_figure_that_the_bench_shows() -> None:
    shown = {(name, figure.name, figure.less) for name, adapter in adapters().items() for figure in adapter.figures}
    for floor in FLOORS:
        assert (floor["set"], floor["figure"], "ceiling" in floor) in shown
        assert ("ceiling" in floor) != ("floor" in floor)
        assert floor["reason"]
        assert floor["measured"]
