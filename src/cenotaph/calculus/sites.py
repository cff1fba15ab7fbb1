"""One site in several reports: a hospital, a church or a camp that no gazetteer lists, under names more or less full.

Reports write "Al-Rawda General Hospital in Deir", "Al Rawda hospital", "مستشفى الروضة". Two such names are of one site
where they are of one kind, the words of the one are among those of the other, and what is around the one holds what is
around the other. A name that could be that of two sites is left as it is.

The words are the few that comparing names needs; a test holds them to `[sites]` of read/languages/*.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from cenotaph.vocabulary import Claim, Place

__all__ = ["KINDS", "is_site", "kind_of", "one_site", "under_one_name"]

KINDS: Mapping[str, frozenset[str]] = {
    "hospital": frozenset({"hospital", "hôpital", "مستشفى"}),
    "clinic": frozenset({"clinic", "clinique", "clínica", "عيادة"}),
    "church": frozenset({"church", "cathedral", "monastery", "église", "cathédrale", "iglesia", "catedral", "كنيسة"}),
    "mosque": frozenset({"mosque", "mosquée", "mezquita", "مسجد", "جامع"}),
    "synagogue": frozenset({"synagogue", "كنيس"}),
    "temple": frozenset({"temple", "shrine"}),
    "school": frozenset({"school", "college", "madrasa", "école", "lycée", "escuela", "مدرسة"}),
    "camp": frozenset({"camp", "campamento", "مخيم"}),
    "settlement": frozenset({"kibbutz", "moshav"}),
    "prison": frozenset({"prison", "jail", "prisión", "cárcel", "سجن"}),
    "market": frozenset({"market", "bazaar", "marché", "mercado", "سوق"}),
    "bakery": frozenset({"bakery", "مخبز", "فرن"}),
    "hotel": frozenset({"hotel", "hôtel", "فندق"}),
    "theatre": frozenset({"theatre", "theater", "théâtre", "teatro", "مسرح"}),
    "stadium": frozenset({"stadium", "stade", "estadio", "ملعب"}),
    "gathering": frozenset({"festival", "concert", "wedding", "funeral", "rally", "مهرجان", "عرس"}),
}
"""Words for kinds of site; words of one line are of one kind."""

_SMALL = frozenset({"the", "al", "el", "a", "an", "of", "near", "in", "at", "outside", "and", "refugee", "music", "ال"})
_KIND = {word: kind for kind, words in KINDS.items() for word in words}
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘][^\W\d_]+)*|\d+")
_PAIRS = (
    ("kh", "x"),
    ("sh", "š"),
    ("gh", "ğ"),
    ("th", "t"),
    ("dh", "d"),
    ("q", "k"),
    ("z", "s"),
    ("g", "j"),
    ("p", "b"),
)
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjhxddrssšsdtdğfkklmnh", strict=True))
_SILENT = frozenset("aeiouyw'’ʼ‘")

SOMEWHERE = 3
"""UCDP where_prec of a site that is known by name, in surroundings that are."""

Path = tuple[str, ...]
Word = tuple[str, str]
"""A word of a name: its consonants in whichever script, and how it is spelt in its own."""
Name = tuple[str, frozenset[Word]]

MANY = 40
"""Sites of one name beyond which it is everybody's."""

TOLD = 3
"""Consonants by which a name in one script is known again in another; fewer are too many names'. Our convention."""


def is_site(place: Place | None) -> bool:
    """Whether a place is one that no gazetteer lists and that is known by a word for its kind.

    >>> is_site(Place("the Razi hospital", "Razi hospital")), is_site(Place("Baniyas", "Baniyas", "geonames:1"))
    (True, False)
    """
    if place is None or place.id or place.covers or not place.name or place.path[-1:] not in ((), (place.name,)):
        return False
    return _name_of(place.name) is not None


def kind_of(name: str) -> str:
    """The kind of site that a name or a word for one tells, "" for none.

    >>> kind_of("the hospital"), kind_of("Razi hospital"), kind_of("Homs")
    ('hospital', 'hospital', '')
    """
    words = [word.casefold() for word in _WORD.findall(name)]
    kinds = [kind for word in words for kind in [_KIND.get(word) or _KIND.get(word.removeprefix("ال"))] if kind]
    return next((one for one in kinds if one != "settlement"), kinds[0] if kinds else "")


@lru_cache(maxsize=4096)
def _name_of(name: str) -> Name | None:
    """The kind of a site and what its name says beside, as its spellings agree on it; None without either."""
    words = [word.casefold() for word in _WORD.findall(name)]
    kind = kind_of(name)
    own = (word for word in words if word not in _SMALL and word not in _KIND and word.removeprefix("ال") not in _KIND)
    core = frozenset((_sound(word), _spelt(word)) for word in own)
    return (kind, core) if kind and core else None


def _sound(word: str) -> str:
    """The consonants of a word, in whichever of the two scripts it is written.

    >>> _sound("rawda"), _sound("الروضة")
    ('rd', 'rd')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    plain = plain.removeprefix("ال") if len(plain) > 4 else plain
    if plain and "\u0600" <= plain[0] <= "\u06ff":
        heard = "".join(_ARABIC.get(sign, "") for sign in plain)
    else:
        for written, said in _PAIRS:
            plain = plain.replace(written, said)
        ending = plain[:-1] if plain.endswith("h") and plain[-2:-1] in _SILENT else plain
        heard = "".join(sign for sign in ending if sign not in _SILENT)
    return re.sub(r"(.)\1+", r"\1", heard) or word


def _spelt(word: str) -> str:
    """A word without what its spellings differ in: "Ahli" and "Ahly", "Hodeida" and "Hudeida".

    >>> _spelt("ahly") == _spelt("ahli"), _spelt("hilal") == _spelt("ahli")
    (True, False)
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    for written, said in (("ee", "i"), ("oo", "u"), ("ou", "u"), ("o", "u"), ("y", "i"), ("e", "a")):
        plain = plain.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", "".join(sign for sign in plain.removeprefix("ال") if sign not in "'’ʼ‘"))


# --- which names are of one site --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Site:
    name: str
    around: Path
    kind: str
    core: frozenset[Word]

    def may_be(self, other: _Site) -> bool:
        """Whether all that one name says is said of the other too, and one lies in what is around the other."""
        return self._around(other) and (self._says_no_more(other) or other._says_no_more(self))

    def contradicts(self, other: _Site) -> bool:
        """Whether they are two for certain: in two towns, or each with a word that the other has not."""
        if not self._around(other):
            return True
        return _scripts(self) == _scripts(other) and not (self._says_no_more(other) or other._says_no_more(self))

    def _around(self, other: _Site) -> bool:
        shorter = min(len(self.around), len(other.around))
        return self.around[:shorter] == other.around[:shorter]

    def _says_no_more(self, other: _Site) -> bool:
        if _scripts(self) == _scripts(other):
            spelt = {word for _, word in other.core}
            return all(word in spelt for _, word in self.core)
        heard = {sound for sound, _ in other.core}
        return all(sound in heard for sound, _ in self.core) and sum(len(sound) for sound, _ in self.core) >= TOLD


def _scripts(site: _Site) -> set[bool]:
    return {"\u0600" <= word[:1] <= "\u06ff" for _, word in site.core}


def one_site(claims: Iterable[Claim]) -> dict[Place, Place]:
    """The places of claims that are sites, each with the one in whose name and surroundings it is to be compared.

    Places that stay as they are don't appear. What comes out depends on which claims there are, not on their order.
    """
    return under_one_name(claim.place for claim in claims if claim.place is not None)


def under_one_name(places: Iterable[Place]) -> dict[Place, Place]:
    """The sites among these places, each with the one in whose name it is to be compared, where that is another."""
    named = Counter(place for place in places if is_site(place))
    if len(named) < 2:
        return {}
    sites = Counter({_site(place): 0 for place in named})
    for place, number in named.items():
        sites[_site(place)] += number
    full = _fullest(sites)
    pairs = ((place, full[_site(place)]) for place in named)
    return {place: _as(place, one) for place, one in pairs if one != _site(place)}


def _site(place: Place) -> _Site:
    known = _name_of(place.name)
    assert known is not None, "only sites are compared"
    return _Site(place.name, place.path[:-1], *known)


def _as(place: Place, site: _Site) -> Place:
    known = min(place.precision, SOMEWHERE) if site.around else place.precision
    return replace(place, name=site.name, path=(*site.around, site.name) if site.around else (), precision=known)


def _fullest(sites: Mapping[_Site, int]) -> dict[_Site, _Site]:
    """Each site under the name of all those that it may be; one that may be either of two stands by itself."""
    blocks: dict[tuple[str, str], list[_Site]] = defaultdict(list)
    for site in sites:
        for sound, _ in site.core:
            blocks[site.kind, sound].append(site)
    alike = {site: _alike(site, blocks) for site in sites}
    clear = {site for site, some in alike.items() if not any(a.contradicts(b) for a, b in combinations(some, 2))}
    one = {site: site for site in sites}
    for site in clear:
        for other in alike[site]:
            if other in clear:
                _join(one, site, other)
    groups: dict[_Site, list[_Site]] = defaultdict(list)
    for site in sites:
        groups[_last(one, site)].append(site)
    return {site: _shown(group, sites) for group in groups.values() for site in group}


def _alike(site: _Site, blocks: Mapping[tuple[str, str], Sequence[_Site]]) -> list[_Site]:
    """Those that it may be one with; of a name that very many share, none."""
    near = {other for sound, _ in site.core for other in blocks[site.kind, sound] if other.may_be(site)}
    return sorted(near, key=lambda other: (other.name, other.around)) if len(near) <= MANY else []


def _join(one: dict[_Site, _Site], site: _Site, other: _Site) -> None:
    first, last = _last(one, site), _last(one, other)
    if first != last:
        one[first] = last


def _last(one: Mapping[_Site, _Site], site: _Site) -> _Site:
    while one[site] != site:
        site = one[site]
    return site


def _shown(group: Sequence[_Site], sites: Mapping[_Site, int]) -> _Site:
    """The name most often given, within the narrowest surroundings that are told."""
    around = max((one.around for one in group), key=lambda path: (len(path), path))
    best = min(group, key=lambda one: (-sites[one], one.name, one.around))
    return _Site(best.name, around, best.kind, best.core)
