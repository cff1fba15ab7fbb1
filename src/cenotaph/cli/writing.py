"""Data on stdout: JSON, a line of JSON each, or CSV with the same columns whatever was found."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cenotaph.plain.forms import form
from cenotaph.publish import csv
from cenotaph.publish.csv import Cell


def as_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def as_lines(values: Iterable[Any]) -> None:
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def as_csv(kind: type, values: Iterable[Mapping[str, Any]]) -> None:
    """Plain values of one kind, a line each."""
    names = columns(kind)
    sys.stdout.writelines(csv.table(names, ([_cell(value, name) for name in names] for value in values)))


def columns(kind: type) -> list[str]:
    """Every field of a type under its dotted name, the fields of what it holds included; lists stay one column.

    >>> from cenotaph.vocabulary import Party, Tie
    >>> columns(Tie), columns(Party)
    (['to', 'kind'], ['words', 'canonical', 'degree', 'certainty'])
    """
    named: Any = form(kind).named
    return list(_names(named, kind.__name__))


def _names(named: Mapping[str, Any], title: str) -> Iterator[str]:
    for name, described in named[title]["properties"].items():
        inner = next((one["$ref"] for one in (described, *described.get("anyOf", ())) if "$ref" in one), "")
        if inner:
            yield from (f"{name}.{deeper}" for deeper in _names(named, inner.rpartition("/")[2]))
        else:
            yield name


def _cell(value: Mapping[str, Any], name: str) -> Cell:
    found: Any = value
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return _one_cell(found)


def _one_cell(value: Any) -> Cell:
    """A plain value in one cell: a span as 4-7, words joined, anything deeper as JSON."""
    if isinstance(value, list) and [type(one) for one in value] == [int, int]:
        return f"{value[0]}-{value[1]}"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False) if value else ""
    cell: Cell = value
    return cell
