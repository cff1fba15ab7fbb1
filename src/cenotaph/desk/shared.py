"""What is told a hundred thousand times is held once: equal words of many reports or decisions are one value."""

from __future__ import annotations

from typing import Any, TypeVar

__all__ = ["Shared"]

T = TypeVar("T", str, frozenset[str])


class Shared:
    """Gives for each value the first one that was equal to it; inside of JSON as well.

    >>> same = Shared()
    >>> one, other = same.json([{"by": "Example Wire"}, {"by": " ".join(("Example", "Wire"))}])
    >>> one["by"] is other["by"]
    True
    """

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def __call__(self, value: T) -> T:
        if isinstance(value, str):
            return self._words.setdefault(value, value)
        held = self._sets.get(value)
        if held is None:
            held = frozenset(map(self, value))
            self._sets[held] = held
        return held

    def json(self, value: Any) -> Any:
        """The same JSON, with every text and every name of a field held once."""
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return {self(name): self.json(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.json(each) for each in value]
        return value
