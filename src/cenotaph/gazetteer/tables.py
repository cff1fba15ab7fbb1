"""What people typed and GeoNames lacks: countries' names, regions of the news, what areas and towns are also called."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from cenotaph.gazetteer.entries import PRECISION, Entry
from cenotaph.gazetteer.names import normal

Key = tuple[str, str, str]  # country, level, and the name that GeoNames has
T = TypeVar("T")


@dataclass(frozen=True)
class Typed:
    """The tables of codes/, each under the form in which names are looked up."""

    countries: Mapping[str, str]  # ISO code -> the name that we show
    codes: Mapping[str, tuple[str, ...]]  # form -> ISO codes
    demonyms: frozenset[str]
    regions: Mapping[str, tuple[Entry, ...]]
    shown: Mapping[Key, str]  # under which name an area or town is shown, where GeoNames has an unusual one
    also: Mapping[str, tuple[Key, ...]]
    middles: Mapping[Key, tuple[float, float]]  # of countries (named "") and of areas that are mostly empty land
    seldom: frozenset[Key]  # areas that their name by itself seldom means


def read(folder: Path) -> Typed:
    """Reads countries.toml and regions.toml of a folder. Raises KeyError or TOMLDecodeError for a broken line."""
    countries, regions = _table(folder, "countries")["country"], _table(folder, "regions")
    names = {one["iso2"]: one["name"] for one in countries}
    also = regions.get("also", ())
    return Typed(
        countries=names,
        codes=_by_form((one["iso2"], _listed(one, "name", "aliases_en", "names_ar")) for one in countries),
        demonyms=frozenset(normal(word) for one in countries for word in _listed(one, "demonyms_en", "demonyms_ar")),
        regions=_by_form((_region(one, names), _listed(one, "name", "aliases")) for one in regions.get("region", ())),
        shown={_key(one): one["name"] for one in also if "name" in one},
        also=_by_form((_key(one), _listed(one, "name", "aliases")) for one in also),
        middles={(one["iso2"], "country", ""): _middle(one) for one in countries if "middle" in one}
        | {_key(one): _middle(one) for one in also if "middle" in one},
        seldom=frozenset(_key(one) for one in also if one.get("seldom")),
    )


def _table(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _listed(one: Mapping[str, Any], *keys: str) -> list[str]:
    """The values of these keys in one list; a key may be absent, or hold one word or several."""
    found = (one.get(key, ()) for key in keys)
    return [word for value in found for word in ([value] if isinstance(value, str) else value)]


def _by_form(named: Iterable[tuple[T, Iterable[str]]]) -> dict[str, tuple[T, ...]]:
    out: dict[str, tuple[T, ...]] = {}
    for value, names in named:
        for form in dict.fromkeys(map(normal, names)):
            out[form] = (*out.get(form, ()), value)
    return out


def _key(one: Mapping[str, Any]) -> Key:
    return one["country"], one["level"], one["entry"]


def _middle(one: Mapping[str, Any]) -> tuple[float, float]:
    lat, lon = one["middle"]
    return float(lat), float(lon)


def _region(one: Mapping[str, Any], countries: Mapping[str, str]) -> Entry:
    """A region; one of several countries has country "" and covers such as "ML" (whole) or "NE:Tillaberi"."""
    precision = int(one.get("precision", PRECISION["region"]))
    country, middle = one["country"], (float(one["lat"]), float(one["lon"]))
    lat, lon = middle if precision < PRECISION["country"] else (None, None)  # a continent is no point
    return Entry(
        id=f"region:{normal(one['name'])}",
        name=one["name"],
        level="place" if precision <= 2 else "region",
        country=country,
        path=(*([countries[country]] if country else []), *one.get("path", ()), one["name"]),
        lat=lat,
        lon=lon,
        population=0,
        precision=precision,
        covers=tuple(_covered(area, country, countries) for area in one.get("covers", ())),
        middle=middle,
    )


def _covered(area: str, country: str, countries: Mapping[str, str]) -> tuple[str, ...]:
    code, _, rest = (country, "", area) if country else area.partition(":")
    return (countries[code], rest) if rest else (countries[code],)
