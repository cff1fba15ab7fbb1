"""One form for each kind of type: how its values are written, read back and described in JSON Schema."""

from __future__ import annotations

import datetime as dt
import math
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cenotaph.vocabulary import Claim, Harm, Interval, Quantity, Span

Json = dict[str, Any]

ORDER: Mapping[type, str] = {
    Claim: (
        "id report harm quantity group means parties place period voices said as_of stance reach relation exclusions"
        " level quote start end anchor trigger evidence assumed coder"
    )
}
"""Where the order of keys for a reader differs from the order of fields, which Python ties to their defaults."""

SHOWN = ("low", "best", "high", "rules")
"""What a rule set makes of a quantity: added for the reader of the output, accepted and ignored when it is loaded."""


class Misfit(ValueError):
    """What was found, what was expected, and where in the value (`quantity.base`)."""

    def __init__(self, found: object, expected: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(found, expected, path)
        self.found, self.expected, self.path = found, expected, path

    def inside(self, name: object) -> Misfit:
        return Misfit(self.found, self.expected, (str(name), *self.path))

    def __str__(self) -> str:
        found = self.found if isinstance(self.found, _Said) else _Said(_brief(self.found))
        return f"{'.'.join(self.path) or 'value'}: found {found}, expected {self.expected}"


class _Said(str):
    """Words of our own inside a message, as against a value found."""


def _brief(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of one type are written, read back and described; `named` holds the schemas it refers to."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]
    schema: Json
    named: Mapping[str, Json] = field(default_factory=dict)


def has_form(kind: Any) -> bool:
    """Whether a value of this kind is the vocabulary's, as against plain JSON."""
    return is_dataclass(kind) or kind in (Span, Harm, dt.date, dt.datetime)


@cache
def form(hint: Any) -> Form:
    """The form of a type as written in an annotation."""
    if hint in _WHOLE:
        return _WHOLE[hint]
    if hint is Any:
        return Form(as_json, as_json, {})
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _one_of(tuple(str(member) for member in hint), hint)
    return _composed(hint, get_origin(hint), get_args(hint))


def _composed(hint: Any, origin: Any, inner: tuple[Any, ...]) -> Form:
    if origin is Literal:
        return _one_of(inner, str)
    if origin in (Union, types.UnionType):
        return _or_none(inner)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        is_pair = get_origin(inner[0]) is tuple and get_args(inner[0])[-1] is not Ellipsis
        return _pairs(get_args(inner[0])[1]) if is_pair else _list(form(inner[0]))
    if origin is tuple:
        return _row(tuple(form(one) for one in inner))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(form(inner[1]))
    raise TypeError(f"no plain form for {hint!r}; vocabulary types are made of dataclasses, tuples and plain values")


def _simple(kind: type | tuple[type, ...], expected: str, described: Json, made: Callable[[Any], Any]) -> Form:
    """A plain value; bool is no number here, though Python says so."""

    def check(value: Any) -> Any:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise Misfit(value, expected)
        return made(value)

    return Form(check, check, described)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise Misfit(value, "a finite number")
    return float(value)


def _spelled(
    kind: type, expected: str, described: Json, write: Callable[[Any], Any], make: Callable[[Any], Any]
) -> Form:
    """A type with a spelling of its own; `make` raises ValueError or TypeError for what is no such spelling."""

    def written(value: Any) -> Any:
        if type(value) is not kind:
            raise Misfit(value, expected)
        return write(value)

    def read(data: Any) -> Any:
        try:
            return make(data)
        except (ValueError, TypeError):
            raise Misfit(data, expected) from None

    return Form(written, read, described)


def _span(data: Any) -> Span:
    if not isinstance(data, (list, tuple)) or [type(one) for one in data] != [int, int]:
        raise ValueError
    return Span(*data)


def _harm(data: Any) -> Harm:
    harm = Harm.parse(data) if isinstance(data, str) else Harm(())
    if not all(harm.codes):
        raise ValueError
    return harm


_WHOLE: Mapping[Any, Form] = {
    str: _simple(str, "text", {"type": "string"}, str),
    bool: _simple(bool, "true or false", {"type": "boolean"}, bool),
    int: _simple(int, "a whole number", {"type": "integer"}, int),
    float: _simple((int, float), "a number", {"type": "number"}, _finite),
    dt.date: _spelled(
        dt.date, "a day such as 2025-03-08", {"type": "string", "format": "date"},
        dt.date.isoformat, dt.date.fromisoformat,
    ),
    dt.datetime: _spelled(
        dt.datetime, "an instant such as 2025-03-08T14:00:00+00:00", {"type": "string", "format": "date-time"},
        dt.datetime.isoformat, dt.datetime.fromisoformat,
    ),
    Span: _spelled(
        Span, "[start, end], both code points", {
            "type": "array", "description": "start (inclusive) and end (exclusive), in code points of the text",
            "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2,
        }, lambda span: [span.start, span.end], _span,
    ),
    Harm: _spelled(
        Harm, 'one harm code or several joined by " or "',
        {"type": "string", "minLength": 1, "description": 'a harm code, or several sorted and joined by " or "'},
        str, _harm,
    ),
}  # fmt: skip


def _one_of(words: tuple[str, ...], made: Callable[[str], Any]) -> Form:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in words:
            raise Misfit(value, "one of " + ", ".join(words))
        return value

    return Form(lambda value: str(check(value)), lambda data: made(check(data)), {"enum": list(words)})


def _or_none(inner: tuple[Any, ...]) -> Form:
    (one,) = (form(each) for each in inner if each is not type(None))

    def maybe(turn: Callable[[Any], Any], value: Any) -> Any:
        try:
            return None if value is None else turn(value)
        except Misfit as wrong:
            raise wrong if wrong.path else Misfit(wrong.found, f"{wrong.expected}, or null") from None

    described = {"anyOf": [one.schema, {"type": "null"}]}
    return Form(lambda value: maybe(one.dump, value), lambda data: maybe(one.load, data), described, one.named)


def _each(turn: Callable[[Any], Any], items: Iterable[tuple[object, Any]]) -> list[Any]:
    turned = []
    for name, item in items:
        try:
            turned.append(turn(item))
        except Misfit as wrong:
            raise wrong.inside(name) from None
    return turned


def _items(value: Any, kind: Any) -> Iterable[tuple[int, Any]]:
    if type(value) is not kind:
        raise Misfit(value, "a list")
    return enumerate(value)


def _list(one: Form) -> Form:
    return Form(
        lambda value: _each(one.dump, _items(value, tuple)),
        lambda data: tuple(_each(one.load, _items(data, list))),
        {"type": "array", "items": one.schema},
        one.named,
    )


def _row(cells: tuple[Form, ...]) -> Form:
    """A tuple of fixed length."""

    def turned(way: str, value: Any, kind: Any) -> list[Any]:
        if type(value) is not kind or len(value) != len(cells):
            raise Misfit(value, f"a list of {len(cells)}")
        return _each(lambda pair: getattr(pair[0], way)(pair[1]), enumerate(zip(cells, value, strict=True)))

    described = {
        "type": "array",
        "prefixItems": [cell.schema for cell in cells],
        "items": False,
        "minItems": len(cells),
    }
    named = {name: made for cell in cells for name, made in cell.named.items()}
    return Form(
        lambda value: turned("dump", value, tuple), lambda data: tuple(turned("load", data, list)), described, named
    )


def _pairs(hint: Any) -> Form:
    """Pairs of (name, value): an object, or a list of pairs where a name repeats."""
    values, rows = form(hint), _list(form(tuple[str, hint]))
    objects = _mapping(values)

    def dumped(value: Any) -> Any:
        pairs = rows.dump(value)
        unique = dict(pairs)
        return unique if len(unique) == len(pairs) else pairs

    def loaded(data: Any) -> Any:
        return rows.load(data) if isinstance(data, list) else tuple(objects.load(data).items())

    return Form(dumped, loaded, {"anyOf": [objects.schema, rows.schema]}, values.named)


def _mapping(one: Form) -> Form:
    def turned(turn: Callable[[Any], Any], value: Any) -> Json:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise Misfit(value, "an object whose keys are text")
        return dict(zip(value, _each(turn, value.items()), strict=True))

    described = {"type": "object", "additionalProperties": one.schema}
    return Form(lambda value: turned(one.dump, value), lambda data: turned(one.load, data), described, one.named)


def _record(cls: type) -> Form:
    hints = get_type_hints(cls)
    names = tuple(ORDER[cls].split()) if cls in ORDER else tuple(one.name for one in fields(cls))
    forms = {name: form(hints[name]) for name in names}
    derived = SHOWN if cls is Quantity else ()

    def dumped(value: Any) -> Json:
        if type(value) is not cls:
            raise Misfit(value, f"a {cls.__name__}")
        return _fields(names, lambda name: forms[name].dump(getattr(value, name)))

    def loaded(data: Any) -> Any:
        _same_keys(cls.__name__, data, names, derived)
        values = _fields(names, lambda name: forms[name].load(data[name]))
        try:
            return cls(**values)
        except ValueError as wrong:
            raise Misfit(_Said(wrong), f"a {cls.__name__} that can be") from None

    named = {name: made for one in forms.values() for name, made in one.named.items()}
    named[cls.__name__] = _described(cls, {name: one.schema for name, one in forms.items()}, derived)
    return Form(dumped, loaded, {"$ref": f"#/$defs/{cls.__name__}"}, named)


def _fields(names: Sequence[str], turn: Callable[[str], Any]) -> Json:
    turned = {}
    for name in names:
        try:
            turned[name] = turn(name)
        except Misfit as wrong:
            raise wrong.inside(name) from None
    return turned


def _same_keys(title: str, data: Any, names: Sequence[str], derived: Sequence[str]) -> None:
    if not isinstance(data, Mapping):
        raise Misfit(data, f"an object with the keys of a {title}")
    unknown = [str(key) for key in data if key not in names and key not in derived]
    missing = [name for name in names if name not in data]
    if unknown or missing:
        found = [f"{label} {', '.join(keys)}" for label, keys in (("unknown", unknown), ("no", missing)) if keys]
        raise Misfit(_Said(" and ".join(found)), f"the keys of a {title}: {', '.join(names)}")


def _described(cls: type, properties: Json, derived: Sequence[str]) -> Json:
    about = " ".join((cls.__doc__ or "").split("\n\n")[0].split())
    extra = {name: form(get_type_hints(Interval)[name]).schema for name in derived}
    return {"description": about, **an_object(properties | extra, required=tuple(properties))}


def an_object(properties: Json, required: Sequence[str] | None = None) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def as_json(value: Any) -> Any:
    """A plain JSON value as it is. Raises for what JSON would not give back as it was: tuples, days, NaN."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, list):
        return _each(as_json, enumerate(value))
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return dict(zip(value, _each(as_json, value.items()), strict=True))
    raise Misfit(value, "plain JSON: an object, list, text, number, true, false or null")
