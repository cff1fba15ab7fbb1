"""Sites: hospitals, churches, camps, festivals that no gazetteer lists, found by the word for their kind and a name.

"Al-Rawda General Hospital", "the church of Saint Anna", "a wedding near Kfar Tal"; then "the hospital" and "Al-Rawda"
for the one of the report. What a site lies in is told beside one of its names, or is what the whole report is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.calculus.sites import is_site, kind_of, under_one_name
from cenotaph.read.language import Language
from cenotaph.read.page import Mention, Scene
from cenotaph.vocabulary import Entry, Place

_JOINED = re.compile(r"[^\W\d_]{1,3}['’\-‐][^\W\d_]")  # al-Rawda
_LONGEST = 5  # words of a name beside its kind
_NEAR, _DISTRICT, _UNKNOWN = 2, 3, 6  # UCDP where_prec: near the point of its town, in an area, not told
_GAP = 3  # tokens between a site and what it lies in ("hospital, in the city of X")

Path = tuple[str, ...]
Named = Mapping[tuple[int, int], Place]  # the sites that are named, by sentence and first token


@dataclass(frozen=True, slots=True)
class _Found:
    """A site in a sentence; `name` is "" for one that is only meant ("the hospital")."""

    first: int
    last: int
    name: str
    kind: str


def with_sites(scenes: Sequence[Scene], language: Language, country: Path = ()) -> tuple[Scene, ...]:
    """The scenes with the sites among their places, each under the fullest name that the report gives it; `country` is
    the path of the one that the case is about, where it is one.
    """
    if "sites" not in language.table:
        return tuple(scenes)
    found = [tuple(_sites(scene)) for scene in scenes]
    places = {
        (scene.number, one.first): _place(scene, one)
        for scene, some in zip(scenes, found, strict=True)
        for one in some
        if one.name
    }
    known = {key: place for key, place in places.items() if is_site(place)}
    if not known:
        return tuple(scenes)
    fuller = under_one_name(known.values())
    named = _with_points({key: fuller.get(place, place) for key, place in known.items()})
    about = _about(scenes) or country
    return tuple(_with(scene, some, named, about) for scene, some in zip(scenes, found, strict=True))


def _with_points(named: Named) -> Named:
    """Each site with the point of the town that one of its mentions names."""
    points = {place.name: place for place in named.values() if place.lat is not None}
    return {
        key: replace(place, lat=points[place.name].lat, lon=points[place.name].lon) if place.name in points else place
        for key, place in named.items()
    }


def _with(scene: Scene, found: Sequence[_Found], named: Named, about: Path) -> Scene:
    sites = [one for one in (_mention(scene, site, named, about) for site in found) if one is not None]
    rest = [one for one in scene.mentions if not any(_meet(one, site) for site in sites)]
    rest = [_meant(one, named, about) for one in rest]
    return replace(scene, mentions=tuple(sorted([*rest, *sites], key=lambda one: one.first)))


def _meet(one: Mention, other: Mention) -> bool:
    return one.first < other.last and other.first < one.last


def _mention(scene: Scene, site: _Found, named: Named, about: Path) -> Mention | None:
    place = named.get((scene.number, site.first)) if site.name else _referred(scene.number, site.kind, named)
    if place is None:
        return None
    words = scene.sentence.words(site.first, site.last)
    return _as_site(Mention(site.first, site.last, None, words, _located(scene, site.first)), place, about)


def _as_site(mention: Mention, place: Place, about: Path) -> Mention:
    told = bool(place.path)
    site = place if told or not about else replace(place, path=(*about, place.name), precision=_DISTRICT)
    return replace(mention, entry=None, site=site, sure=told)


def _meant(mention: Mention, named: Named, about: Path) -> Mention:
    """ "at Al-Rawda": a name that no gazetteer has, and that is among the words for one site of the report alone."""
    if mention.entry is not None or mention.site:
        return mention
    words = {word.casefold() for word in mention.name.split()}
    sites = {place.name: place for place in named.values() if words <= {w.casefold() for w in place.name.split()}}
    return _as_site(mention, next(iter(sites.values())), about) if len(sites) == 1 else mention


def _referred(number: int, kind: str, named: Named) -> Place | None:
    """ "the hospital": the one of the report; of several, the last that was named before, and of none none."""
    alike = {key: place for key, place in named.items() if kind_of(place.name) == kind}
    if len({place.name for place in alike.values()}) == 1:
        return next(iter(alike.values()))
    before = [key for key in alike if key[0] < number]
    return alike[max(before)] if before else None


# --- their words ------------------------------------------------------------------------------------------------------


def _sites(scene: Scene) -> Iterator[_Found]:
    """The sites of a sentence; none where a gazetteer knows what a name is."""
    kinds = scene.language.words("sites", "kinds")
    listed = [one for one in scene.mentions if one.entry is not None]
    last = 0
    for at, token in enumerate(scene.tokens):
        found = _site(scene, at) if at >= last and kinds.has(token) else None
        if found and not any(_is_name_of(one, found, at) for one in listed):
            last = found.last
            yield found


def _is_name_of(listed: Mention, site: _Found, kind: int) -> bool:
    """Whether a place that a gazetteer has gives a site its name ("Homs hospital"), not a word inside it."""
    name = site.first if kind > site.first else kind + 1
    return listed.first < site.last and site.first < listed.last and listed.first <= name


def _site(scene: Scene, at: int) -> _Found | None:
    if scene.language.table["sites"].get("kind_first"):
        return _kind_first(scene, at)
    first = _run_before(scene, at)
    if any(_names(scene, n) for n in range(first, at)):
        return _found(scene, first, at + 1, at)
    end = _name_after(scene, at)
    if end > at:
        return _found(scene, at if not _gathers(scene, at) else first, end, at)
    pointed = first > 0 and scene.language.words("sites", "pointing").has(scene.tokens[first - 1])
    return _Found(first, at + 1, "", kind_of(scene.tokens[at].text)) if pointed else None


def _found(scene: Scene, first: int, last: int, at: int) -> _Found:
    return _Found(first, last, scene.sentence.words(first, last), kind_of(scene.tokens[at].text))


def _run_before(scene: Scene, at: int) -> int:
    """Where the words before a kind begin that belong to it: "Al-Rawda General", "refugee"."""
    first = at
    while first > 0 and at - first < _LONGEST and _belongs(scene, first - 1):
        first -= 1
    return first


def _belongs(scene: Scene, at: int) -> bool:
    return _in_name(scene, at) or scene.language.words("sites", "qualifiers").has(scene.tokens[at])


def _in_name(scene: Scene, at: int) -> bool:
    token, language = scene.tokens[at], scene.language
    if not token.is_word or not (token.capital or _JOINED.match(token.text)) or language.stops.has(token):
        return False
    if token.text.endswith(("'s", "’s")) or (at == 0 and scene.sentence.headline):
        return False
    dated = language.months.of(token) or language.weekdays.of(token) is not None
    return not dated and not language.says.of(token)


def _names(scene: Scene, at: int) -> bool:
    """Whether a word tells one site from others of its kind: no people's, country's or qualifying word does."""
    token, language = scene.tokens[at], scene.language
    plain = language.words("sites", "qualifiers").has(token) or language.words("sites", "kinds").has(token)
    peoples = language.countries.of(token) or language.adjectives.of(token) or language.identities.of(token)
    return _in_name(scene, at) and not plain and not peoples


def _gathers(scene: Scene, at: int) -> bool:
    return scene.language.words("sites", "gatherings").has(scene.tokens[at])


def _name_after(scene: Scene, at: int) -> int:
    """The end of a name behind its kind: "church of Saint Anna", "Kibbutz Tal", "wedding near Kfar Tal"."""
    language, here = scene.language, at + 1
    if here < len(scene.tokens) and _gathers(scene, at):
        if not language.words("sites", "near").has(scene.tokens[here]):
            return at
        here += 1
    elif here < len(scene.tokens) and scene.tokens[here].norm == "of":
        here += 1
    elif not language.words("sites", "before_name").has(scene.tokens[at]):
        return at
    end = here
    while end < len(scene.tokens) and end - here < _LONGEST and _in_name(scene, end):
        end += 1
    return end if any(_names(scene, n) for n in range(here, end)) else at


def _kind_first(scene: Scene, at: int) -> _Found | None:
    """ "المستشفى الأهلي (الكبير)": a kind with the definite words behind it, and another name in brackets."""
    tokens, end = scene.tokens, at + 1
    while end < len(tokens) and end - at <= _LONGEST and _defines(scene, end):
        end += 1
    if end > at + 1 and end + 2 < len(tokens) and tokens[end].text == "(" and tokens[end + 2].text == ")":
        end += 3
    kind = kind_of(tokens[at].forms[-1]) or next((kind for form in tokens[at].forms if (kind := kind_of(form))), "")
    if end > at + 1:
        opening = len(tokens[at].text) - len(_without_clitics(tokens[at].text))
        words = scene.sentence.words(at, end)[opening:]
        return _Found(at, end, words, kind)
    return _Found(at, end, "", kind) if tokens[at].norm.lstrip("وفبل").startswith("ال") else None


def _defines(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    known = scene.language.people.of(token) or scene.language.countries.of(token)
    dated = scene.language.weekdays.of(token) is not None or scene.language.months.of(token)
    return token.text.startswith("ال") and not known and not dated and not scene.language.stops.has(token)


def _without_clitics(word: str) -> str:
    return word[1:] if word[:1] in "وفبل" and len(word) > 5 else word


# --- where they are ---------------------------------------------------------------------------------------------------


def _located(scene: Scene, first: int) -> bool:
    """Whether something is said to be there: "in the compound of ...", "... hit the hospital"; not "its director"."""
    language, at = scene.language, first - 1
    if language.table["sites"].get("kind_first"):
        return at < 0 or not language.words("voices", "persons").has(scene.tokens[at])
    parts, pointing = language.words("sites", "parts"), language.words("sites", "pointing")
    small = (parts, pointing, language.words("sites", "qualifiers"), language.words("voices", "articles"))
    while at >= 0 and (any(one.has(scene.tokens[at]) for one in small) or _of_part(scene, at)):
        at -= 1
    if at < 0:
        return False
    if scene.tokens[at].norm == "from":  # "removed bodies from the site of ..."; people come from a hospital
        return any(parts.has(token) for token in scene.tokens[at:first])
    counts = language.words("voices", "counts")
    if at > 0 and scene.tokens[at].norm in ("for", "of") and counts.has(scene.tokens[at - 1]):
        return True  # "its toll for the hospital"
    return language.words("sites", "at").has(scene.tokens[at]) or language.words("sites", "struck").has(
        scene.tokens[at]
    )


def _of_part(scene: Scene, at: int) -> bool:
    return at > 0 and scene.tokens[at].norm == "of" and scene.language.words("sites", "parts").has(scene.tokens[at - 1])


def _place(scene: Scene, site: _Found) -> Place:
    around = _told_around(scene, site)
    place = Place(site.name, site.name, path=(*around.path, site.name) if around else (), precision=_UNKNOWN)
    if around is None:
        return place
    town = around.level == "place"
    point = (around.lat, around.lon) if town else (None, None)
    return replace(place, lat=point[0], lon=point[1], precision=_NEAR if town else _DISTRICT)


def _told_around(scene: Scene, site: _Found) -> Entry | None:
    """What it is said to lie in: the place named right after it."""
    after = next((one for one in scene.mentions if one.first >= site.last), None)
    if after is None or after.entry is None or after.first - site.last > _GAP:
        return None
    language = scene.language
    small = (language.words("places", "lies_in"), language.words("places", "kinds"), language.words("places", "joins"))
    gap = scene.tokens[site.last : after.first]
    plain = all(token.text in ",(" or any(one.has(token) for one in small) for token in gap)
    tied = bool(gap) or language.table["sites"].get("kind_first", False)  # Arabic writes "in" onto the name
    return after.entry if plain and tied and not after.entry.covers else None


def _about(scenes: Iterable[Scene]) -> Path:
    """What holds all places of a report: an area that two of them share, else their one country, else nothing."""
    entries = [one.entry for scene in scenes for one in scene.mentions if one.entry is not None]
    paths = [entry.path for entry in entries if entry.path]
    if len(set(paths)) < 2:  # one place alone says only in which country the report is
        return paths[0][:1] if paths else ()
    shared = tuple(names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1)
    same = all(path[: len(shared)] == shared for path in paths)
    return shared[:2] if same else ()
