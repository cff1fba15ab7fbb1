"""The OpenAPI document in the form in which a page shows it to people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["read_by_people", "told"]

Schema = Mapping[str, Any]
Pieces = list[tuple[str, str]]
"""A type in words: text, and the schema that it leads to ("" for none)."""
Told = list[tuple[str, bool]]
"""A sentence in pieces, each with whether it is something of a program: a name, a path, a value."""


def read_by_people(document: Schema) -> dict[str, Any]:
    """The operations in their order, and each schema with its fields."""
    schemas = document["components"]["schemas"]
    return {
        "rules": _in_lines(document["info"]["description"])["lines"][1:],  # the key is told in the page's own language
        "operations": list(_operations(document["paths"])),
        "schemas": [_schema(name, one) for name, one in sorted(schemas.items())],
    }


def _operations(paths: Schema) -> Iterator[dict[str, Any]]:
    for path, methods in paths.items():
        for method, one in methods.items():
            yield {
                "id": re.sub(r"\W+", "-", f"{method} {path}").strip("-"), "method": method.upper(), "path": path,
                **_in_lines(one.get("description") or one.get("summary", "")),
                "parameters": [_parameter(given) for given in one.get("parameters", ())],
                "takes": [_media(media, known) for media, known in _content(one.get("requestBody"))],
                "answers": [
                    {"status": status, "says": told(answer["description"]),
                     "gives": [_media(media, known) for media, known in _content(answer)]}
                    for status, answer in one["responses"].items()
                ],
            }  # fmt: skip


def _content(one: Schema | None) -> Sequence[tuple[str, Schema]]:
    return list((one or {}).get("content", {}).items())


def _media(media: str, known: Schema) -> dict[str, Any]:
    examples = {"": known["example"]} if "example" in known else {}
    examples |= {name: one["value"] for name, one in known.get("examples", {}).items()}
    shown = [(name, json.dumps(one, ensure_ascii=False, indent=2)) for name, one in examples.items()]
    named = shown if len(shown) > 1 else [("", one) for _, one in shown]
    return {"media": media, "kind": _kind(known["schema"]) if known.get("schema") else [], "examples": named}


def told(words: str) -> Told:
    """What stands in backticks is something of a program.

    >>> told("Of `all` in one state.")
    [('Of ', False), ('all', True), (' in one state.', False)]
    """
    found = [(piece, at % 2 == 1) for at, piece in enumerate(" ".join(words.split()).split("`"))]
    return [(piece, code) for piece, code in found if piece]


def _in_lines(words: str) -> dict[str, Any]:
    """What is said, and the lines of the list that may follow it, each after a dash."""
    first, *lines = words.split("\n- ")
    return {"says": told(first), "lines": [told(line) for line in lines]}


def _parameter(given: Schema) -> dict[str, Any]:
    default = given["schema"].get("default")
    return {
        "name": given["name"], "kind": _kind(given["schema"]), "default": "" if default in ("", None) else str(default),
        "says": told(given.get("description", "")), "in_path": given["in"] == "path",
    }  # fmt: skip


def _schema(name: str, one: Schema) -> dict[str, Any]:
    required = one.get("required", ())
    fields = [
        {"name": field, "kind": _kind(of), "says": told(of.get("description", "")), "optional": field not in required}
        for field, of in one.get("properties", {}).items()
    ]
    says = str(one.get("description", ""))
    return {"name": name, "says": told(says), "first": told(says.split(". ")[0].rstrip(".")), "fields": fields}


def _kind(schema: Schema) -> Pieces:
    """A type in a few words.

    >>> _kind({"type": "array", "items": {"$ref": "#/components/schemas/Claim"}})
    [('list of ', ''), ('Claim', 'Claim')]
    """
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return [(name, name)]
    if "anyOf" in schema:
        return _joined([_kind(one) for one in schema["anyOf"]], " or ")
    if "enum" in schema:
        return [(" | ".join(json.dumps(one, ensure_ascii=False) for one in schema["enum"]), "")]
    kind = schema.get("type", "")
    if "prefixItems" in schema:
        return [("[", ""), *_joined([_kind(one) for one in schema["prefixItems"]], ", "), ("]", "")]
    if kind == "array":
        return [("list of ", ""), *_kind(schema.get("items") or {})]
    more = schema.get("additionalProperties")
    if kind == "object" and isinstance(more, Mapping):
        return [("object of ", ""), *_kind(more)]
    told = {"date": "day", "date-time": "instant", "binary": "file"}.get(str(schema.get("format", "")), kind)
    return [(str(told) or "any JSON", "")]


def _joined(some: Sequence[Pieces], between: str) -> Pieces:
    return [piece for at, one in enumerate(some) for piece in ([(between, "")] if at else []) + one]
