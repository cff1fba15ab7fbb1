"""Where: the place that each harm is said to have, from the place names of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from cenotaph.read.one_site import at_the_one_site, is_there, of_another_event
from cenotaph.read.page import Draft, Mention, Page, Scene
from cenotaph.read.place_unlisted import PlaceWords, in_what_is_around, leads, with_unlisted
from cenotaph.read.ties import id_of, whole_of
from cenotaph.vocabulary import Place


def placed(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each draft its place: named in its own clause, its sentence, the whole it is part of, or just before."""
    out: list[Draft] = []
    known: dict[int, Draft] = {}
    words = PlaceWords.of(page.world.codes("place_words"))
    near = partial(page.world.places.near, countries=page.world.countries)
    page = replace(page, scenes=tuple(with_unlisted(scene, words, near) for scene in page.scenes))
    for draft in drafts:
        draft = _own(page, draft)
        whole = whole_of(draft, known)
        if whole and whole.place and draft.place and _said_within(whole, draft):
            draft = draft.having("place", whole.place, whole.where("place"), "")
        elif draft.place is None and whole and whole.place:
            draft = draft.having("place", whole.place, whole.where("place"), "place of the whole it is part of")
        elif draft.place is None:
            draft = _assumed(page, draft)
        known.setdefault(id_of(draft), draft)
        out.append(draft)
    return at_the_one_site(page, out)


def _said_within(whole: Draft, part: Draft) -> bool:
    """Whether a part's place is only some of the words for that of its whole ("in X, on the coast; nine of them")."""
    around, inside = whole.where("place"), part.where("place")
    return around is not None and inside is not None and around != inside and around.covers(inside)


def _own(page: Page, draft: Draft) -> Draft:
    scene = page.scenes[draft.sentence]
    scene = replace(scene, mentions=tuple(one for one in scene.mentions if not _is_seat(scene, one)))
    found = _nearest(scene, draft) or (
        _there(page, page.scenes[draft.sentence], draft) if is_there(scene, draft) else []
    )
    return _with_place(page, scene, draft, found, "") if found else draft


def _there(page: Page, scene: Scene, draft: Draft) -> list[Mention]:
    """ "the ministry in Homs said that 12 people had been killed there": what was named last, be it a seat."""
    named = [one for one in scene.mentions if one.last <= draft.trigger.first and (one.entry or one.site)]
    return named[-1:] or [one for one in [_seat_of(page, scene, draft.trigger.first)] if one]


def _seat_of(page: Page, scene: Scene, last: int) -> Mention | None:
    """The place in the name of a body ("the Ministry of Health in Homs")."""
    seats = scene.language.words("voices", "seat")
    for at in range(last - 1, 0, -1):
        if scene.tokens[at].capital and seats.has(scene.tokens[at - 1]):
            name = scene.tokens[at].text
            entry = next(iter(page.world.places.find(name, countries=page.countries)), None)
            return Mention(at, at + 1, entry, name, True, options=(entry,)) if entry else None
    return None


def _assumed(page: Page, draft: Draft) -> Draft:
    """The speaker's place, else the one of the sentence before, each by its rule; else open."""
    scene = page.scenes[draft.sentence]
    theirs = _someones(scene, draft)
    if theirs:
        return _with_place(page, scene, draft, theirs, "where the one who speaks is from")
    earlier = page.scenes[draft.sentence - 1] if draft.sentence else None
    if earlier is None or earlier.sentence.paragraph != scene.sentence.paragraph:
        return draft  # not said: left open rather than guessed
    if draft.code == "missing" and any(one.word.code in _HELD for one in earlier.triggers):
        return draft  # nobody knows where: not where others are held
    named = [one for one in earlier.mentions if one.located and not _beside_any(earlier, one)]
    if named and named[0].site and any(scene.says("sites", "elsewhere")):
        return draft
    return (
        _with_place(page, earlier, draft, _site(earlier, named[0]), "place of the sentence before") if named else draft
    )


def _site(scene: Scene, first: Mention) -> list[Mention]:
    """A place that no gazetteer knows with the one that it lies in ("... Clinic in Homs"); any other by itself."""
    return _joined(scene, first) if first.entry is None else [first]


def _nearest(scene: Scene, draft: Draft) -> list[Mention]:
    """The mention that goes with a draft's figure: beside it in a list of places, else the nearest one said to be a
    where.
    """
    beside = [one for one in scene.mentions if _beside(scene, draft, one) and not _lived_in(scene, one)]
    if beside:  # "60 in Homs" before "Hama, 60"
        after = [one for one in beside if one.first >= draft.chunk.first]
        return _joined(scene, after[0]) if after else beside[-1:]
    theirs = _someones(scene, draft)
    located = [one for one in scene.mentions if one.located and one not in theirs and not _lived_in(scene, one)]
    located = [one for one in located if not _of_other_figure(scene, one, draft)]
    before = [one for one in located if one.site and of_another_event(scene, one)]
    located = [one for one in located if one not in before] if not is_there(scene, draft) else before or located
    if not located:
        return []
    first, last = min(draft.chunk.first, draft.trigger.first), max(draft.chunk.last, draft.trigger.last)
    located = [one for one in located if not _beside_another(scene, one, draft)]
    ranked = sorted(located, key=lambda one: _distance(one, first, last))
    return _joined(scene, _innermost(scene, ranked[0])) if ranked else []


def _innermost(scene: Scene, mention: Mention) -> Mention:
    """The smaller place that a place is named for: of "a town south of Idlib" the town, where it is named."""
    before = [one for one in scene.mentions if one.last <= mention.first]
    inner = before[-1] if before else None
    if inner is not None and inner.site and mention.entry and inner.sure and inner.site.path[:-1] == mention.entry.path:
        return inner if inner.located else mention
    if inner is not None and _is_unlisted(inner) and inner.located and leads(scene, inner.last, mention.first):
        return inner
    if inner is None or not _holds(mention, inner) or not _leads(scene, inner, mention):
        return mention
    return _innermost(scene, inner)


def _is_unlisted(mention: Mention) -> bool:
    return mention.entry is None and mention.site is None


def _leads(scene: Scene, inner: Mention, outer: Mention) -> bool:
    """Whether nothing but directions and words for kinds stands between a place and the one around it."""
    tables = [scene.language.words("places", key) for key in ("kinds", "joins", "prepositions", "directions")]
    gap = scene.tokens[inner.last : outer.first]
    return len(gap) <= 4 and all(token.text in ",(#" or any(one.has(token) for one in tables) for token in gap)


_HELD = ("abducted", "detained")


def _of_other_figure(scene: Scene, mention: Mention, draft: Draft) -> bool:
    """Of the missing: whether a place before them is that of another figure ("80 are held in Homs, and 40 missing")."""
    between = [first for first, _ in _figures(scene) if mention.last <= first < draft.chunk.first]
    return draft.code == "missing" and bool(between)


def _distance(mention: Mention, first: int, last: int) -> int:
    """Tokens between; a place before the figure counts as a little further than one after it."""
    return mention.first - last if mention.first >= last else (first - mention.last) + 6 if mention.last <= first else 0


def _beside(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a figure and a place stand together in a list: "60 in Homs", "Homs: 60", "40 (Hama)"."""
    if not draft.chunk.number:
        return False
    if draft.chunk.first <= mention.first and mention.last <= draft.chunk.last:
        return True
    joins = scene.language.words("parts", "joins_place")
    if mention.first >= draft.chunk.last:
        gap = scene.tokens[draft.chunk.last : mention.first]
        return len(gap) <= 3 and all(token.text in "(" or joins.has(token) for token in gap)
    gap = scene.tokens[mention.last : draft.chunk.first]
    if _is_dateline(scene, draft, mention):
        return False
    return mention.last <= draft.chunk.first and len(gap) <= 1 and all(token.text in ":(—–-" for token in gap)


def _is_dateline(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """ "HOMS - Twelve people were killed": where a report was written, before a sentence; a line of a list has none."""
    dashed = mention.last < len(scene.tokens) and scene.tokens[mention.last].text in "—–-"
    told = draft.trigger.word.takes in ("undergo", "act", "befall")
    return mention.first == 0 and dashed and (told or (mention.name.isupper() and not scene.sentence.capitals))


def _beside_another(scene: Scene, mention: Mention, draft: Draft) -> bool:
    return any(first != draft.chunk.first and 0 <= mention.first - last <= 3 for first, last in _figures(scene))


def _beside_any(scene: Scene, mention: Mention) -> bool:
    """Whether a place stands in a list of figures, and so is of one of them only."""
    return any(0 <= mention.first - last <= 3 for _, last in _figures(scene))


def _figures(scene: Scene) -> list[tuple[int, int]]:
    """The numbers that count people; "at 40 sites" counts none."""
    return [chunk.number for chunk in scene.chunks if chunk.number]


def _someones(scene: Scene, draft: Draft) -> list[Mention]:
    """The places that say where somebody is from, with what is named after them ("of Baniyas on the coast")."""
    out: list[Mention] = []
    for mention in scene.mentions:
        if _of_someone(scene, mention, draft):
            out += [one for one in _joined(scene, mention) if one not in out]
    return out


def _lived_in(scene: Scene, mention: Mention) -> bool:
    """ "a widow living in Canada", "nine of those from Lebanon": where people live or are of is no place of harm."""
    before = scene.tokens[max(0, mention.first - 2) : mention.first]
    lives = len(before) == 2 and scene.language.words("places", "lives").has(before[0])
    origins = scene.language.words("places", "origins")
    return lives or (len(before) == 2 and before[1].norm == "from" and origins.has(before[0]))


def _is_seat(scene: Scene, mention: Mention) -> bool:
    """ "the foreign ministry in Damascus says": where a body that speaks sits is not where anything happened."""
    language, at = scene.language, mention.first - 1
    if at < 1 or not language.words("voices", "seat").has(scene.tokens[at]):
        return False
    named = (*language.organisations.longest(scene.tokens, 0, at), *language.state_bodies.longest(scene.tokens, 0, at))
    starts = [start for _, start, end in named if end == at]
    ahead = scene.tokens[mention.last : mention.last + 2]
    behind = [token for start in starts for token in scene.tokens[max(0, start - 1) : start]]
    return bool(starts) and any(language.says.of(token) for token in (*ahead, *behind))


def _of_someone(scene: Scene, mention: Mention, draft: Draft) -> bool:
    """A place that belongs to a speaker ("a resident of Baniyas") or is where people went ("fled to Lebanon")."""
    before = scene.tokens[mention.first - 1].norm if mention.first else ""
    if before in ("of", "from") and draft.code != "displaced":
        back = scene.tokens[max(0, mention.first - 4) : mention.first - 1]
        return any(scene.language.words("voices", "persons").has(token) for token in back)
    return False


def _joined(scene: Scene, first: Mention) -> list[Mention]:
    """A place with the larger one named after it ("Jableh, Latakia province") or the list it begins ("Latakia and
    Tartus").
    """
    out = [first]
    for mention in scene.mentions:
        gap = scene.tokens[out[-1].last : mention.first] if mention.first >= out[-1].last else None
        if gap is not None and len(out) == 1 and _is_unlisted(first):
            out += [mention] if leads(scene, first.last, mention.first) else []
            continue
        if gap is None or len(gap) > 4:
            continue
        kinds, small = scene.language.words("places", "kinds"), scene.language.words("places", "joins")
        plain = all(kinds.has(token) or small.has(token) or token.text in ",(" for token in gap)
        if plain or (_holds(mention, out[-1]) and _leads(scene, out[-1], mention)):
            out.append(mention)
    return out


def _with_place(page: Page, scene: Scene, draft: Draft, found: Sequence[Mention], rule: str) -> Draft:
    if found[0].site:
        return _at_site(page, scene, draft, found[0].site, found, rule)
    inner = [one for one in found if one.entry is not None]
    if not inner:
        return draft.having("place", _unlisted(page, found[0]), scene.sentence.cut(found[0].first, found[0].last), rule)
    nested = len(inner) > 1 and all(_holds(one, inner[0]) for one in inner[1:])
    if len(inner) > 1 and all(_holds(one, inner[-1]) for one in inner[:-1]):
        nested, inner = True, inner[::-1]
    chosen = inner[:1] if nested or len(inner) == 1 else inner
    place = _place(chosen[0]) if len(chosen) == 1 else _several(scene, chosen)
    if place.near:
        rule = "; ".join(one for one in (rule, "nearest spelling that the gazetteer knows") if one)
    if any(one.guessed for one in chosen):
        rule = "; ".join(one for one in (rule, "the likeliest of several places of the name") if one)
    unlisted = found[0].entry is None  # a village nobody lists, "on the coast": somewhere in what is around it
    shown = [found[0], *chosen] if unlisted else chosen
    if unlisted:
        place = in_what_is_around(scene, place, chosen[0], PlaceWords.of(page.world.codes("place_words")))
    words = scene.sentence.cut(min(one.first for one in shown), max(one.last for one in shown))
    place = replace(
        place, words=words.of(page.report.text), of="found" if draft.code == "body recovered" else "happened"
    )
    return draft.having("place", place, words, rule)


_AREA = "in the area that its report is about"


def _at_site(page: Page, scene: Scene, draft: Draft, site: Place, found: Sequence[Mention], rule: str) -> Draft:
    """A building or camp that no gazetteer lists, under its own name in what it lies in."""
    first = found[0]
    last = next(
        (one.last for one in found[1:] if one.entry is not None and one.entry.path == site.path[:-1]), first.last
    )
    words = scene.sentence.cut(first.first, last)
    place = replace(
        site, words=words.of(page.report.text), of="found" if draft.code == "body recovered" else "happened"
    )
    rule = "; ".join(one for one in (rule, "" if first.sure or not site.path else _AREA) if one)
    return draft.having("place", place, words, rule)


def _holds(outer: Mention, inner: Mention) -> bool:
    big, small = outer.entry, inner.entry
    if big is None or small is None:
        return False
    if big.covers:
        return any(small.path[: len(path)] == path for path in big.covers)
    return small.path[: len(big.path)] == big.path


def _place(mention: Mention) -> Place:
    entry = mention.entry
    assert entry is not None
    precision = entry.precision if not (mention.near or mention.wider) else max(2, min(entry.precision + 1, 6))
    return Place(
        mention.name, entry.name, entry.id, entry.path, entry.lat, entry.lon, precision,
        covers=entry.covers, near=mention.near,
    )  # fmt: skip


def _several(scene: Scene, found: Sequence[Mention]) -> Place:
    """Several places told in one breath: one fuzzy place that covers them, under what they have in common."""
    paths = tuple(one.entry.path for one in found if one.entry)
    common = tuple(names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1)
    name = ", ".join(one.entry.name for one in found if one.entry)
    return Place(name, name, path=common, precision=5, covers=paths)


def _unlisted(page: Page, mention: Mention) -> Place:
    """A place that no gazetteer knows: its words are kept, and only the report's country is claimed."""
    names = page.country_names if len(page.countries) == 1 else ()  # of several countries none is claimed
    country = next((one for name in names for one in page.world.places.find(name) if one.level == "country"), None)
    path = country.path if country and country.level == "country" else ()
    return Place(mention.name, path=path, precision=6)
