"""A value of the desk as one of the API: the same fields by the same names, in the forms that JSON has."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

__all__ = ["as_told"]

T = TypeVar("T")


def as_told(kind: type[T], value: Any, **more: Any) -> T:
    """`value` has the fields of `kind`, as attributes or as keys, but for those that are given by name.

    What is a sequence there is a tuple here, and what stands inside is told in the same way. Raises AttributeError or
    KeyError for a field that it does not have.

    >>> from types import SimpleNamespace
    >>> from cenotaph.web.api.answers import Carrier
    >>> as_told(Carrier, SimpleNamespace(outlet="Example Wire", claims=3), reports=2)
    Carrier(outlet='Example Wire', claims=3, reports=2)
    """
    wanted: Any = kind
    hints = _hints(wanted)
    found = {name: more[name] if name in more else _told(hints[name], _of(value, name)) for name in hints}
    made: T = kind(**found)
    return made


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    told = get_type_hints(kind)
    return {one.name: told[one.name] for one in fields(kind)}


def _of(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)


def _told(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin in (Union, types.UnionType):
        return _told(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        each = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_told(one, item) for one, item in zip(each, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {str(key): _told(inner[1], item) for key, item in value.items()}
    if isinstance(hint, type) and is_dataclass(hint) and not isinstance(value, hint):
        return as_told(hint, value)
    return value
