"""The head of a note: who published it, when, where; YAML between ---, or TOML between +++."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from cenotaph.archive.language import primary
from cenotaph.intake import Unreadable

LONGEST = 20_000
"""Characters of a head; real ones have some hundreds."""

_DAYS = ("published", "updated")
_TEXTS = {"id": "name", "outlet": "outlet", "url": "url", "language": "language", "title": "title", "about": "about"}
_KNOWN = (*_TEXTS, *_DAYS)
_PASSED_OVER = ("note", "author", "tags")

# What other programs call our fields. Passed over, they would lose a date or an outlet without a word.
_ELSEWHERE = {"date": "published", "lang": "language", "link": "url", "publisher": "outlet", "source": "outlet"}
_REPORT = re.compile(r"report:[0-9a-f]{16}")
_NO_ALIAS = "aliases (*name) are not read in front matter"
_OPEN = re.compile(r"\n*(---|\+\+\+)[ \t]*\n")


def parted(text: str, name: str) -> tuple[Mapping[str, Any], str]:
    """The head and the body of a note; no head is an empty one. Raises Unreadable for a head that is not valid."""
    opened = _OPEN.match(text)
    if not opened:
        return {}, text
    fence = opened.group(1)
    closed = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE).search(text, opened.end())
    if not closed or closed.start() > LONGEST:
        raise Unreadable(f"{name}: its front matter begins with {fence} and never ends; close it with a line {fence}")
    above = "\n" * opened.group(0).count("\n")  # so that lines are counted as in the file
    return _read(above + text[opened.end() : closed.start()], fence, name), text[closed.end() :]


def _read(head: str, fence: str, name: str) -> Mapping[str, Any]:
    try:
        found = yaml.load(head, Loader=_Plain) if fence == "---" else tomllib.loads(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"{name}: its front matter is not valid: {_reason(error)}") from error
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise Unreadable(f"{name}: front matter is lines of key: value; found {type(found).__name__}")
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem} (line {error.problem_mark.line + 1})"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]


class _Plain(yaml.SafeLoader):
    """Safe YAML in which words stay words (no is no country's code, 007 a name) and nothing is said twice.

    Aliases are refused: they can swell a small head to gigabytes.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem=_NO_ALIAS, problem_mark=self.get_mark())
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        twice = [key for key, times in keys.items() if times > 1]
        if twice:
            raise yaml.MarkedYAMLError(problem=f"{twice[0]!r} stands there twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag == "tag:yaml.org,2002:null"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def known_fields(head: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The fields of a head that are ours. Raises Unreadable for one that is misspelt or has no fit value."""
    out: dict[str, Any] = {}
    for key, value in head.items():
        if key not in _KNOWN:
            _refuse_misspelt(str(key), head, name)
        elif value is not None and value != "":
            out[_TEXTS.get(key, key)] = _day(value, key, name) if key in _DAYS else _text(value, key, name)
    return out


def _refuse_misspelt(key: str, head: Mapping[str, Any], name: str) -> None:
    """Refuses a key that stands for one of ours, unless ours is there too; others are nobody's business."""
    if key in _PASSED_OVER:
        return
    folded = key.strip().casefold()
    cutoff = 0.8 if len(folded) > 3 else 1.0  # "uid" is no misspelling of "id"
    near = [_ELSEWHERE[folded]] if folded in _ELSEWHERE else get_close_matches(folded, _KNOWN, n=1, cutoff=cutoff)
    if near and near[0] not in head:
        raise Unreadable(f"{name}: {key!r} is no field of a report; did you mean {near[0]!r}?")


def _text(value: Any, key: str, name: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Unreadable(f"{name}: {key} should be words; found {type(value).__name__} {str(value)[:40]!r}")
    words = " ".join(str(value).split())
    if not words.isprintable() and any(_breaks(char) for char in words):
        raise Unreadable(f"{name}: {key} holds a control character; found {words[:40]!r}")
    if key == "about" and not _REPORT.fullmatch(words):
        raise Unreadable(
            f"{name}: about should be the id of a report, such as report:0123456789abcdef; found {words[:60]!r}. For a"
            " picture or a recording: cenotaph add CASE NOTE --about FILE"
        )
    if key == "language":
        return _language(words, name)
    if key == "url" and not words.lower().startswith(("http://", "https://")):
        raise Unreadable(f"{name}: url should be an address such as https://example.org/a; found {words[:60]!r}")
    return words


def _breaks(char: str) -> bool:
    """Controls and halves of a pair; marks of writing direction are no fault."""
    return char < " " or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"


def _language(words: str, name: str) -> str:
    code = primary(words)
    if not code:
        raise Unreadable(f"{name}: language should be a code such as en or ar; found {words[:40]!r}")
    return code


def _day(value: Any, key: str, name: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise Unreadable(f"{name}: {key} should be a day such as 2025-03-08; found {str(value)[:40]!r}") from error
