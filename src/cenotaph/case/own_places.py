"""What a case knows of places besides the embedded world: the list that case.toml names, and what people decided.

A list is a CSV or a spreadsheet with headings, one of OCHA's common operational datasets, or a GeoNames dump. A
decision `place` says which place a name means; it keeps the entry as the person saw it, so that no list can change it
later.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.case.errors import CaseError
from cenotaph.case.settings import Settings
from cenotaph.decided import standing
from cenotaph.intake import Unreadable
from cenotaph.plain import canonical
from cenotaph.vocabulary import Decision

if TYPE_CHECKING:
    from cenotaph.gazetteer import Gazetteer
    from cenotaph.gazetteer.listed import Listed
    from cenotaph.gazetteer.own import WithOwn
    from cenotaph.world import Known

__all__ = ["OwnPlaces", "place_decided"]

_LARGEST = 200_000_000
"""Bytes of a list; GeoNames' dump of the largest country has 240 megabytes, of most countries less than ten."""


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """By what each process can load them: where the list is and the digest of its bytes, and each decided name."""

    countries: tuple[str, ...] = ()
    path: str = ""
    digest: str = ""
    decided: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, settings: Settings, folder: Path, decisions: Iterable[Decision] = ()) -> OwnPlaces:
        """Raises CaseError when there is no such list."""
        found = [one for one in standing([*decisions]) if one.verb == "place" and "entry" in one.details]
        names = {one.about: canonical(one.details["entry"]) for one in found}
        path = folder / settings.gazetteer if settings.gazetteer else None
        digest = hashlib.sha256(_content(path)).hexdigest() if path else ""
        return cls(settings.countries, str(path or ""), digest, tuple(names.items()))

    def decided_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """The decided names that a text may hold: to any other text those decisions are all the same."""
        from cenotaph.gazetteer.names import may_hold

        return tuple(one for one in self.decided if may_hold(text, one[0]))

    def world(self, rules: str = "plain") -> Known:
        """The world with these places in it, loaded once. Raises CaseError for a list that can't be used."""
        from cenotaph.world import load as load_world  # words and places are loaded only when something is read

        return load_world(countries=self.countries, rules=rules, places=self.places() if self._any else None)

    def places(self) -> Gazetteer | WithOwn:
        """The embedded world, with the case's own places where it has any. Raises CaseError as `world` does."""
        from cenotaph.gazetteer import Gazetteer

        return _places(self) if self._any else Gazetteer.embedded()

    @property
    def _any(self) -> bool:
        return bool(self.path or self.decided)


def place_decided(decision: Decision, own: OwnPlaces) -> Decision:
    """The decision with the entry that its details name: an id, a name that one place has, or a point.

    Raises CaseError for what is not there or can't be told apart.
    """
    from cenotaph.gazetteer.own import entry_for, kept

    if not any(char.isalpha() for char in decision.about):
        raise CaseError("place: it is about a name; give it as it stands in the reports")
    try:
        entry = entry_for(decision.about, decision.details, own.places(), own.world().countries)
    except LookupError as error:
        raise CaseError(f"place {decision.about}: {error.args[0]}") from error
    return replace(decision, details={**decision.details, "entry": kept(entry)})


# --- the list ---------------------------------------------------------------------------------------------------------


@cache
def _places(own: OwnPlaces) -> WithOwn:
    from cenotaph.gazetteer import Gazetteer
    from cenotaph.gazetteer.listed import ListError
    from cenotaph.gazetteer.own import Named, WithOwn, entries, entry_of
    from cenotaph.world import load as load_world

    world = Gazetteer.embedded()
    countries = load_world(countries=own.countries).countries
    try:
        listed = entries(_listed(Path(own.path)), world, countries) if own.path else []
    except (ListError, Unreadable, LookupError) as error:
        raise CaseError(f"the gazetteer can't be used: {error.args[0]}") from error
    decided = [Named(entry_of(json.loads(entry)), (name,), decided=True) for name, entry in own.decided]
    return WithOwn(world, (*listed, *decided), (own.digest, *(f"{name}|{entry}" for name, entry in own.decided)))


def _listed(path: Path) -> list[Listed]:
    from cenotaph.gazetteer.listed import places, places_of_sheets

    content = _content(path)
    if path.suffix.lower() in (".txt", ".tsv"):
        return places(_tabbed(content, path.name), path.name)
    from cenotaph.publish.returned import tables

    sheets = tables(content, path.name)
    return places_of_sheets([(one.name, one.rows) for one in sheets], path.name)


def _tabbed(content: bytes, name: str) -> Sequence[Sequence[str]]:
    """A GeoNames dump, or any table with tabs between its cells."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: not in UTF-8") from error
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise CaseError(f"the gazetteer {path} has more than {_LARGEST:,} bytes; take the part that the case needs")
        return path.read_bytes()
    except OSError as error:
        raise CaseError(f"the gazetteer {path} can't be read: {error.strerror}; case.toml names it") from error
