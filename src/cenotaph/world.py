"""What a reader must know, built once per process: the words of each language, the codes, the places."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from cenotaph.gazetteer import Gazetteer
from cenotaph.numbers import rules_from
from cenotaph.read import VERSION
from cenotaph.vocabulary import NumberRules, Places


@cache
def _table(folder: str, name: str) -> tuple[Mapping[str, Any], str]:
    """A TOML file of the package and the digest of its bytes."""
    path = files("cenotaph").joinpath(*folder.split("/"), name + ".toml")
    if not path.is_file():
        return {}, ""
    content = path.read_bytes()
    return tomllib.loads(content.decode()), hashlib.sha256(content).hexdigest()


def _languages() -> list[str]:
    found = files("cenotaph").joinpath("read", "languages").iterdir()
    return sorted(path.name.removesuffix(".toml") for path in found if path.name.endswith(".toml"))


@dataclass
class Known:
    """The World that is handed to `read`: see vocabulary.World."""

    countries: tuple[str, ...] = ()
    rules_name: str = "plain"
    places: Places = field(default_factory=Gazetteer.embedded)

    def words(self, language: str) -> Mapping[str, Any]:
        """The tables of a language. Raises LookupError saying which there are."""
        table, _ = _table("read/languages", language)
        if not table:
            there = ", ".join(_languages())
            raise LookupError(
                f"no words for language {language!r}; there are: {there}. To add it, write languages/{language}.toml"
            )
        return table

    def codes(self, name: str) -> Mapping[str, Any]:
        return _table("codes", name)[0]

    @cached_property
    def rule_sets(self) -> dict[str, NumberRules]:
        return rules_from(self.codes("numbers"))

    @property
    def rules(self) -> NumberRules:
        """The rule set that turns words into intervals. Raises LookupError for a name that is not there."""
        if self.rules_name not in self.rule_sets:
            there = ", ".join(sorted(self.rule_sets))
            raise LookupError(f"no rule set {self.rules_name!r} for figures; there are: {there}")
        return self.rule_sets[self.rules_name]

    def country_names(self, code: str) -> list[str]:
        return [one["name"] for one in self.codes("countries").get("country", ()) if one.get("iso2") == code]

    @cached_property
    def digest(self) -> str:
        """What a reading depends on besides the report: words, codes, countries, the gazetteer and the reader's
        version.
        """
        names = [("read/languages", name) for name in _languages()]
        codes = ["organisations", "countries", "not_places", "regions", "means", "harms", "scripts", "small_words"]
        codes += ["romanisation", "place_words"]
        names += [("codes", name) for name in codes]
        parts = [_table(*name)[1] for name in names]
        parts += [VERSION, *self.countries, getattr(self.places, "digest", "")]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def load(*, countries: Sequence[str] = (), rules: str = "plain", places: Places | None = None) -> Known:
    """The world for cases about these countries (ISO codes or English names), with a rule set for figures; `places`
    where a case has some of its own (gazetteer.own).

    Raises LookupError for a country or a rule set that is not known.
    """
    known: Any = places  # one gazetteer a case, told from others by being another
    return _load(tuple(countries), rules, known)


@cache
def _load(countries: tuple[str, ...], rules: str, places: Places | None) -> Known:
    known = Known((), rules)
    codes = tuple(_iso(known, country) for country in countries)
    known = Known(codes, rules, places or known.places)
    known.rules  # noqa: B018  (an unknown rule set is told now, not at the first figure)
    return known


def _iso(known: Known, country: str) -> str:
    if len(country) == 2 and country.isupper():
        return country
    for entry in known.places.find(country):
        if entry.level == "country":
            return entry.country
    raise LookupError(f"no country {country!r}; give its English name or its two-letter ISO code")
