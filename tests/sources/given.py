"""What a source gave, in forms that tests can compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cenotaph.intake import Captured
from cenotaph.sources import gather
from cenotaph.vocabulary import Problem

ENGLISH = b"At least 12 people were killed in the shelling of the town on Friday, a medical source said."


def given(argument: Path | str, **known: Any) -> list[Captured | Problem]:
    return list(gather(str(argument), **known))


def captures(argument: Path | str, **known: Any) -> list[Captured]:
    """All that came, when nothing but captures came."""
    found = given(argument, **known)
    assert [item.what for item in found if isinstance(item, Problem)] == []
    return [item for item in found if isinstance(item, Captured)]


def problem(argument: Path | str, **known: Any) -> Problem:
    """The one problem that came instead of a report, told in one line."""
    (found,) = given(argument, **known)
    assert isinstance(found, Problem), found
    assert found.what and "\n" not in found.what and len(found.what) < 400
    return found
