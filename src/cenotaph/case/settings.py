"""case.toml: what a case covers, how figures are read, where it is stored."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.case.errors import CaseError
from cenotaph.case.mappings import Mapped, mappings_from, remember

NAME = "case.toml"
_KINDS: dict[str, type] = {
    "title": str, "languages": list, "countries": list, "rules": str, "store": str, "gazetteer": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The lines of case.toml. `store` is "" for SQLite in the folder, or one postgresql:// line for a team; `sheets`
    says what the columns of other people's sheets mean.
    """

    title: str = ""
    languages: tuple[str, ...] = ("en", "ar")
    countries: tuple[str, ...] = ()
    rules: str = "plain"
    store: str = ""
    gazetteer: str = ""
    sheets: tuple[Mapped, ...] = ()


def read_settings(folder: Path) -> Settings:
    """The settings of a case. Raises CaseError if there is no case, or for a line that can't be understood."""
    path = folder / NAME
    if not path.is_file():
        raise CaseError(f"no case in {folder}: {NAME} is not there; make one with: cenotaph init {folder}")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path} can't be read: {error}; mend that line, the case itself is untouched") from error
    return _checked(path, table)


def _checked(path: Path, table: dict[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    known["sheets"] = mappings_from(path, table.pop("sheet", []))
    for key, value in table.items():
        if key not in _KINDS:
            raise CaseError(f"{path}: unknown line {key!r}; there can be: {', '.join(sorted(_KINDS))}")
        wanted = _KINDS[key]
        known[key] = tuple(value) if isinstance(value, list) else value
        if not isinstance(value, wanted) or (
            isinstance(value, list) and not all(isinstance(one, str) for one in value)
        ):
            kind = "a list of texts" if wanted is list else "a text"
            raise CaseError(f"{path}: {key} should be {kind}; found {value!r}")
    return Settings(**known)


def write_settings(folder: Path, settings: Settings) -> None:
    lines = [
        f"title = {_quoted(settings.title)}",
        f"languages = [{', '.join(map(_quoted, settings.languages))}]",
        f"countries = [{', '.join(map(_quoted, settings.countries))}]   # where places are looked for first",
        f'rules = {_quoted(settings.rules)}   # how "about" becomes a number: plain, conservative, recorder',
        '# store = "postgresql://user@host/name"   # one line for a team; without it everything lies in case.db',
    ]
    if settings.gazetteer:
        lines.append(f"gazetteer = {_quoted(settings.gazetteer)}   # the case's own list of places, beside this file")
    if settings.store:
        lines[4] = f"store = {_quoted(settings.store)}"
    (folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for one in settings.sheets:
        remember(folder / NAME, one)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
