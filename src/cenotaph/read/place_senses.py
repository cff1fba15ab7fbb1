"""Which of several namesakes is meant: settled over the whole report, where one name has one sense.

What words say outright comes first ("Athens, Georgia"); then each entry that a name may mean is weighed by its people
and by what else the report names: its country, its first-level area, its neighbours. After Leidner (2007), "Toponym
resolution in text": one sense per discourse, spatial minimality, population.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, exp, log, log10, radians
from typing import Any

from cenotaph.read.language import Language
from cenotaph.read.page import Mention, Scene
from cenotaph.read.place_doubts import without_doubtful
from cenotaph.vocabulary import Entry

_ROUNDS = 4
_MOST = 40  # entries of one name that are weighed
_NEIGHBOURS = 60.0  # kilometres
_KM_A_DEGREE = 111.2
_REGION = 1_000_000  # people: a region's name is oftener meant than a village of that name

# Weights, in powers of ten of people: what a sure name in the same area, or nearby, is worth.
_COUNTRY, _SISTERS, _AREA, _BELOW, _NEAR, _OUTLET, _NATION = 1.0, 1.0, 1.6, 0.8, 0.8, 1.5, 1.8
_START = 2.5  # the same, for an area that the report is tried to be at home in
_HOMES = 6  # areas that are tried
_CLEARLY = 0.01
_UNHEARD = 0.05  # share of belief below which an entry says nothing for others
_GUESSED = 0.3  # share of belief in namesakes elsewhere from which a sense is called a guess
_SHARP = 2.0  # how decidedly the better of two entries is believed while the report is weighed


def settled_places(
    scenes: Sequence[Scene], language: Language, *, home: Sequence[str] = (), outlet: str = ""
) -> tuple[Scene, ...]:
    """The scenes with each place name in the sense that its report gives it.

    `home` are the countries of the case, whose places come first whatever else is named; `outlet` is the address that
    the report came from, whose last letters may tell a country.
    """
    linked = [_with_containers(scene, language) for scene in scenes]
    groups = _groups(linked)
    chosen = _weighed(groups, home, _country_of(outlet))
    return without_doubtful([_said(scene, chosen) for scene in linked], language, home)


@dataclass(frozen=True)
class _Sense:
    """The entry that a name means, and whether others of the name are not much less likely."""

    entry: Entry
    guessed: bool


def _said(scene: Scene, chosen: Mapping[str, _Sense]) -> Scene:
    if not scene.mentions and not scene.asides:
        return scene
    return replace(
        scene,
        mentions=tuple(_in_its_sense(one, chosen) for one in scene.mentions),
        asides=tuple(_in_its_sense(one, chosen) for one in scene.asides),
    )


def _in_its_sense(mention: Mention, chosen: Mapping[str, _Sense]) -> Mention:
    sense = chosen.get(_key(mention))
    if sense is None or mention.near or sense.entry not in mention.options:
        return mention
    guessed = sense.guessed and not mention.sure
    if mention.entry is sense.entry and mention.guessed is guessed:
        return mention
    return replace(mention, entry=sense.entry, guessed=guessed)


def _key(mention: Mention) -> str:
    name = mention.name.removesuffix("'s").removesuffix("’s")
    level = "admin2" if mention.options and mention.options[0].level == "admin2" else ""
    return f"{name.casefold()}|{mention.whole}|{level}"


# --- what words say outright ------------------------------------------------------------------------------------------


def _with_containers(scene: Scene, language: Language) -> Scene:
    """ "Athens, Georgia", "Marion (Ohio)", "Scott County, Indiana": of each name only what lies in the next."""
    if len(scene.mentions) + len(scene.asides) < 2:
        return scene
    every = sorted((*scene.mentions, *scene.asides), key=lambda one: one.first)
    for at in range(len(every) - 2, -1, -1):
        inner, outer = every[at], every[at + 1]
        if outer.aside or not _follows(scene, inner, outer, language):
            continue
        both = _nested(inner, outer, listed=_goes_on(scene, every, at + 1))
        if both:
            every[at], every[at + 1] = both
    return replace(
        scene,
        mentions=tuple(one for one in every if not one.aside),
        asides=tuple(one for one in every if one.aside),
    )


def _follows(scene: Scene, inner: Mention, outer: Mention, language: Language) -> bool:
    gap = scene.tokens[inner.last : outer.first]
    if not gap or len(gap) > 4:
        return False
    small, kinds = language.words("places", "lies_in"), language.words("places", "kinds")
    if not (gap[0].text in ",(" or small.has(gap[0]) or kinds.has(gap[0])):
        return False
    return all(token.text in ",(" or small.has(token) or kinds.has(token) for token in gap)


def _goes_on(scene: Scene, every: Sequence[Mention], at: int) -> bool:
    """Whether a list of names goes on: "Georgia, Alabama and Texas" says of none that it lies in the next."""
    if at + 1 >= len(every):
        return False
    gap = scene.tokens[every[at].last : every[at + 1].first]
    return 0 < len(gap) < 3 and all(token.text in "," or token.norm == "and" for token in gap)


def _nested(inner: Mention, outer: Mention, *, listed: bool) -> tuple[Mention, Mention] | None:
    areas = [one for one in outer.options if one.level in ("country", "admin1", "admin2")]
    pairs = [(small, big) for small in inner.options for big in areas if lies_in(small, big)]
    if not pairs:
        return None
    likeliest = inner.options[0]
    if likeliest.level in ("country", "region") or (likeliest.level == "admin1" and listed):
        return None  # a list of areas, not a town and its state
    bigs = tuple(dict.fromkeys(big for _, big in pairs))
    smalls = tuple(dict.fromkeys(small for small, big in pairs if big == bigs[0] or len(bigs) > 1))
    inside = replace(inner, options=smalls, entry=smalls[0], sure=True)
    around = replace(outer, options=bigs, entry=bigs[0], whole=bigs[0].level in ("admin1", "admin2"))
    return inside, around


def lies_in(small: Entry, big: Entry) -> bool:
    """Whether one entry lies in another: a town in its county, its state, its country."""
    if small.id == big.id or small.country != big.country:
        return False
    if big.level == "admin2":
        return small.below == big.id
    return small.path != big.path and small.path[: len(big.path)] == big.path


# --- what the report as a whole says ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Group:
    """The mentions of one name: how many, and the entries that it may mean."""

    number: int
    options: tuple[Entry, ...]


def _groups(scenes: Iterable[Scene]) -> dict[str, _Group]:
    """The names of a report. Where one mention says in what area its place lies, that holds for the others."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for scene in scenes:
        for one in (*scene.mentions, *scene.asides):
            if one.options and not one.near:
                found[_key(one)].append(one)
    return {key: _Group(len(ones), _narrowest(ones)) for key, ones in found.items()}


def _narrowest(mentions: Sequence[Mention]) -> tuple[Entry, ...]:
    fewest = min((one.options for one in mentions), key=len)
    return fewest[:_MOST]


def _weighed(groups: Mapping[str, _Group], home: Sequence[str], outlet: str) -> dict[str, _Sense]:
    """The entry that each name means.

    Belief goes round until what the names say of each other has settled: once from where nothing is known, and once
    from each area in which the report may be at home. The ending that the names speak for most is kept.
    """
    if all(len(group.options) == 1 for group in groups.values()):
        return {key: _Sense(group.options[0], False) for key, group in groups.items()}
    prior = {key: [_prior(one, home, outlet) for one in group.options] for key, group in groups.items()}
    candidates = _candidates(groups)
    best: tuple[float, dict[str, Sequence[float]]] = (float("-inf"), {})
    for start in (None, *_homes(groups, prior)):
        weights = _settled_from(start, candidates, prior)
        worth = _worth(candidates, weights, prior)
        if worth > best[0] + _CLEARLY:
            best = worth, weights
    return {key: _sense(groups[key].options, weights) for key, weights in best[1].items()}


def _sense(options: Sequence[Entry], weights: Sequence[float]) -> _Sense:
    """The likeliest entry; a guess where much speaks for namesakes in another area or country."""
    chosen = _no_smaller_than_said(options[_best(weights)], options)
    elsewhere = sum(
        share
        for one, share in zip(options, _believed(weights), strict=True)
        if one.country != chosen.country or _area(one) != _area(chosen)
    )
    return _Sense(chosen, elsewhere > _GUESSED)


def _no_smaller_than_said(chosen: Entry, options: Sequence[Entry]) -> Entry:
    """The area rather than its town of the same name: the name alone says no more."""
    before = options[: options.index(chosen)]
    return next((one for one in before if one.level in ("admin1", "admin2") and lies_in(chosen, one)), chosen)


def _settled_from(
    start: tuple[str, ...] | None, candidates: _Candidates, prior: Mapping[str, Sequence[float]]
) -> dict[str, Sequence[float]]:
    """Where belief ends that began with one area as the report's own, or with none."""
    weights: dict[str, Sequence[float]] = {
        key: [weight + _START * (start == one.area) for weight, one in zip(prior[key], some, strict=True)]
        for key, some in candidates.items()
    }
    open_still = [key for key, some in candidates.items() if len(some) > 1]  # a name of one entry is believed anyway
    for _ in range(_ROUNDS):
        around = _Surroundings.of(candidates, {key: _believed(some) for key, some in weights.items()})
        spoken = {
            key: [w + around.speak_for(key, one) for w, one in zip(prior[key], candidates[key], strict=True)]
            for key in open_still
        }
        if all(spoken[key] == weights[key] for key in open_still):
            break
        weights |= spoken
    return weights


def _best(weights: Sequence[float]) -> int:
    return max(range(len(weights)), key=lambda at: (weights[at], -at))


def _worth(
    candidates: _Candidates, weights: Mapping[str, Sequence[float]], prior: Mapping[str, Sequence[float]]
) -> float:
    """How well the likeliest entries explain the report: each by its people, and by what the others say for it."""
    best = {key: _best(some) for key, some in weights.items()}
    around = _Surroundings.of(
        candidates, {key: [float(at == best[key]) for at in range(len(some))] for key, some in candidates.items()}
    )
    return sum(prior[key][best[key]] + around.speak_for(key, some[best[key]]) for key, some in candidates.items())


def _homes(groups: Mapping[str, _Group], prior: Mapping[str, Sequence[float]]) -> list[tuple[str, ...]]:
    """First-level areas in which several of the report's names have a place, those that would gain most first."""
    gains: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for key, group in groups.items():
        top = max(prior[key])
        for entry, weight in zip(group.options, prior[key], strict=True):
            if entry.level in ("admin1", "admin2", "place"):
                gain = max(0.0, weight + _START - top)
                gains[_area(entry)][key] = max(gains[_area(entry)].get(key, 0.0), gain)
    several = {area: sum(of.values()) for area, of in gains.items() if len(of) > 1}
    return sorted(several, key=lambda area: (-several[area], area))[:_HOMES]


def _prior(entry: Entry, home: Sequence[str], outlet: str) -> float:
    people = max(entry.population, _REGION if entry.level == "region" else 0)
    weight = log10(people + 100)
    weight += _NATION if entry.level == "country" else 0
    weight += _OUTLET if outlet and entry.country == outlet else 0
    return weight + (3.0 if entry.country in home else 0)


def _believed(weights: Sequence[float]) -> list[float]:
    if len(weights) == 1:
        return [1.0]
    top = max(weights)
    shares = [exp(_SHARP * (weight - top)) for weight in weights]
    whole = sum(shares)
    return [share / whole for share in shares]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What is asked of an entry in every round: in what it lies (`below` None, where it lies in no district), and the
    entries of other names near it, each by its name and its number among those of the name.
    """

    country: str
    sister: bool
    area: tuple[str, ...]
    in_area: bool
    below: str | None
    near: Sequence[tuple[str, int]]


_Point = tuple[str, int, float, float, float]  # a name, the number of its entry, where, and the cosine of its latitude
_Candidates = Mapping[str, Sequence[_Candidate]]


def _candidates(groups: Mapping[str, _Group]) -> _Candidates:
    points = [
        (key, at, one.lat, one.lon, cos(radians(one.lat)))
        for key, group in groups.items()
        for at, one in enumerate(group.options)
        if one.level in ("place", "admin2") and one.lat is not None and one.lon is not None
    ]
    return {key: [_candidate(key, one, points) for one in group.options] for key, group in groups.items()}


def _candidate(key: str, entry: Entry, points: Sequence[_Point]) -> _Candidate:
    near = _near(key, entry.lat, entry.lon, points) if entry.level == "place" else ()
    return _Candidate(
        entry.country,
        entry.level == "admin1",
        _area(entry),
        entry.level in ("admin1", "admin2", "place"),
        (entry.below or entry.id) if entry.below or entry.level == "admin2" else None,
        near,
    )


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """How much of a report's names lies in each country and area, and how far each entry of a name is believed."""

    countries: Mapping[str, Mapping[str, float]]
    sisters: Mapping[str, Mapping[str, float]]  # its first-level areas alone
    areas: Mapping[tuple[str, ...], Mapping[str, float]]
    below: Mapping[str, Mapping[str, float]]
    belief: Mapping[str, Sequence[float]]
    _heard: dict[tuple[str, object, str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, candidates: _Candidates, belief: Mapping[str, Sequence[float]]) -> _Surroundings:
        countries: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        sisters: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        areas: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        below: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for key, some in candidates.items():
            for one, share in zip(some, belief[key], strict=True):
                if share < _UNHEARD:
                    continue
                countries[one.country][key] += share
                if one.sister:
                    sisters[one.country][key] += share
                if one.in_area:
                    areas[one.area][key] += share
                if one.below is not None:
                    below[one.below][key] += share
        return cls(countries, sisters, areas, below, belief)

    def speak_for(self, key: str, one: _Candidate) -> float:
        """What the other names of the report say for an entry of this one."""
        weight = _COUNTRY * self._said("country", self.countries, one.country, key) if one.country else 0.0
        if one.in_area:
            weight += _AREA * self._said("area", self.areas, one.area, key)
        if one.sister:
            weight += _SISTERS * self._said("sisters", self.sisters, one.country, key)
        if one.below is not None:
            weight += _BELOW * self._said("below", self.below, one.below, key)
        if one.near:
            shares = ((other, self.belief[other][at]) for other, at in one.near)
            weight += _NEAR * _heard({other: share for other, share in shares if share >= _UNHEARD}, key)
        return weight

    def _said(self, kind: str, tables: Mapping[Any, Mapping[str, float]], what: object, key: str) -> float:
        """What is heard in a country or an area; the entries of one name ask the same of it."""
        asked = (kind, what, key)
        known = self._heard.get(asked)
        if known is None:
            known = self._heard[asked] = _heard(tables.get(what, {}), key)
        return known


def _heard(shares: Mapping[str, float], key: str) -> float:
    """The first name that speaks for a place says most, each further one less."""
    return log(1 + sum(min(share, 1.0) for other, share in shares.items() if other != key))


def _area(entry: Entry) -> tuple[str, ...]:
    return entry.path[:2]


def _near(key: str, lat: float | None, lon: float | None, points: Sequence[_Point]) -> Sequence[tuple[str, int]]:
    """The entries of other names that are neighbours of a place."""
    if lat is None or lon is None:
        return ()
    out = []
    for other, at, there, east, narrowed in points:
        north = (lat - there) * _KM_A_DEGREE
        if abs(north) > _NEIGHBOURS or other == key:
            continue
        along = (lon - east) * narrowed * _KM_A_DEGREE
        if along * along + north * north < _NEIGHBOURS * _NEIGHBOURS:
            out.append((other, at))
    return out


def _country_of(address: str) -> str:
    """The country that the last letters of an address stand for ("... .co.uk" GB), "" where they tell none."""
    host = address.partition("//")[2].partition("/")[0].partition(":")[0]
    last = host.rpartition(".")[2].upper() if "." in host else ""
    return {"UK": "GB"}.get(last, last) if len(last) == 2 else ""
