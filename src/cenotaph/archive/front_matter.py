"""The head of a note: who published it, when, where; YAML between ---, or TOML between +++."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from cenotaph.intake import Unreadable

LONGEST = 20_000  # characters of a head; real ones have some hundreds
_DAYS = ("published", "updated")
_TEXTS = {"id": "name", "outlet": "outlet", "url": "url", "language": "language", "title": "title"}
_KNOWN = (*_TEXTS, *_DAYS)
_PASSED_OVER = ("note", "author", "tags")


def parted(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    """The head and the body of a note; an empty head when it has none. Raises Unreadable for a head that is not valid."""
    fence = text[:3]
    if fence not in ("---", "+++") or text[3:4] != "\n":
        return {}, text
    end = text.find(f"\n{fence}\n", 3)
    if end < 0 and text.rstrip().endswith(f"\n{fence}"):
        end = text.rstrip().rindex(f"\n{fence}")
    if end < 0 or end > LONGEST:
        raise Unreadable(f"{name}: its front matter begins with {fence} and never ends; close it with a line {fence}")
    return _read(text[4 : end + 1], fence, name), text[end + len(fence) + 2 :]


def _read(head: str, fence: str, name: str) -> Mapping[str, Any]:
    try:
        found = yaml.load(head, Loader=_Plain) if fence == "---" else tomllib.loads(head)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        raise Unreadable(f"{name}: its front matter is not valid: {reason}") from error
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise Unreadable(f"{name}: front matter is lines of key: value; found {type(found).__name__}")
    return found


class _Plain(yaml.SafeLoader):
    """Safe YAML without aliases, which can swell a small head to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not used in front matter")
        return super().compose_node(parent, index)


def known_fields(head: Mapping[str, Any], name: str, *, strict: bool = True) -> dict[str, Any]:
    """The fields of a head that are ours. Raises Unreadable for a misspelt one (when strict) and for a day that is none."""
    out: dict[str, Any] = {}
    for key, value in head.items():
        if key in _TEXTS and value is not None:
            out[_TEXTS[key]] = str(value)
        elif key in _DAYS and value is not None:
            out[key] = _day(value, key, name)
        elif strict and key not in (*_KNOWN, *_PASSED_OVER):
            _refuse_misspelt(str(key), name)
    return out


def _refuse_misspelt(key: str, name: str) -> None:
    near = get_close_matches(key.casefold(), _KNOWN, n=1, cutoff=0.8)
    if near:
        raise Unreadable(f"{name}: front matter has {key!r}; did you mean {near[0]!r}?")


def _day(value: Any, key: str, name: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise Unreadable(f"{name}: {key} should be a day such as 2025-03-08; found {str(value)[:40]!r}") from error
