"""Where: place names found and resolved against the gazetteer, and the place that each harm is said to have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.language import Language
from cenotaph.read.page import Draft, Mention, Page, Scene
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Entry, Place, Places, Span

_LONGEST = 6  # tokens that a place name can have


def mentions(sentence: Sentence, language: Language, places: Places, countries: Sequence[str]) -> tuple[Mention, ...]:
    """The place names of a sentence from left to right, each resolved to its likeliest entry."""
    out: list[Mention] = []
    at, tokens = 0, sentence.tokens
    named = {n for _, first, last in language.organisations.all(tokens) for n in range(first, last) if last - first > 1}
    while at < len(tokens):
        found = None if at in named else _mention(sentence, at, language, places, countries)
        out += [found] if found else []
        at = found.last if found else at + 1
    return tuple(out)


def _mention(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    tokens = sentence.tokens
    if not _may_begin(tokens[at], language):
        return None
    located = _located(tokens, at, language)
    length = _known_length(tokens, at, language, places)
    if length:
        if _belongs_to_name(tokens, at, length, language) and not located:
            return None
        entry = _resolved(sentence, at, length, language, places, countries)
        if entry is None:
            return None
        return Mention(
            at,
            at + length,
            entry,
            sentence.words(at, at + length),
            located,
            wider=_wider(tokens, at, at + length, language),
        )
    return _nearly(sentence, at, language, places, countries) if located else None


def _may_begin(token: Token, language: Language) -> bool:
    if not token.is_word or (language.stops.has(token) and token.text.islower()):
        return False
    cased = language.table.get("script") == "Latin"
    return not cased or token.capital or language.words("places", "directions").has(token)


def _known_length(tokens: Sequence[Token], at: int, language: Language, places: Places) -> int:
    """How many tokens from here make the longest known name; in Arabic with the name's own clitics taken off."""
    window = tokens[at : at + _LONGEST]
    for first in _readings(tokens[at], language):
        length = places.starts([first, *(token.text for token in window[1:])])
        if length > 1 or (length == 1 and tokens[at].norm not in language.not_places.table):
            return length
    return 0


def _readings(token: Token, language: Language) -> list[str]:
    plain = token.text[:-2] if token.text.endswith(("'s", "’s")) else token.text
    if language.table.get("script") == "Latin":
        return list(dict.fromkeys((token.text, plain)))
    return [plain, *token.forms[1:]]


def _located(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a preposition right before (or with "the province of" between) says that something is there."""
    if at and language.words("places", "prepositions").has(tokens[at - 1]):
        return True
    here = at - 1
    while here >= 0 and at - here <= 6 and _between_preposition(tokens[here], language):
        here -= 1
    if here >= 0 and language.words("places", "prepositions").has(tokens[here]):
        return True
    clitics = language.table["places"].get("clitics", ())
    return any(tokens[at].text.startswith(clitic) and len(tokens[at].forms) > 1 for clitic in clitics)


def _between_preposition(token: Token, language: Language) -> bool:
    kinds = language.words("places", "kinds")
    small = token.norm in ("the", "of", ",", "and", "this", "&") or token.text == ","
    return small or kinds.has(token) or token.capital or language.words("places", "adjectives").has(token)


def _belongs_to_name(tokens: Sequence[Token], at: int, length: int, language: Language) -> bool:
    """A place that is part of a name ("Damascus University said") or of an office ("President of Syria")."""
    after = tokens[at + length] if at + length < len(tokens) else None
    before = tokens[at - 1] if at else None
    if (after and after.norm in ("-", "based")) or (after and after.text.startswith("-")):
        return True
    return bool(
        before
        and before.capital
        and before.is_word
        and not language.stops.has(before)
        and before.text.isupper() is False
        and at > 1
        and language.words("people_words", "titles").has(before)
    )


def _resolved(
    sentence: Sentence, at: int, length: int, language: Language, places: Places, countries: Sequence[str]
) -> Entry | None:
    """The likeliest entry: what its kind word says ("province"), then the countries of the report, then size."""
    for name in _readings(sentence.tokens[at], language):
        full = " ".join([name, *(token.text for token in sentence.tokens[at + 1 : at + length])])
        found = list(places.find(full, countries=countries))
        if found:
            break
    else:
        return None
    kind = _kind_beside(sentence.tokens, at, at + length, language)
    if kind:
        fit = [entry for entry in found if entry.level == kind]
        return fit[0] if fit else found[0]
    if countries:
        home = [entry for entry in found if entry.country in countries or entry.level == "country"]
        if home:
            return home[0]
        return found[0] if found[0].level in ("country", "region") or found[0].population > 200_000 else None
    return found[0]


def _kind_beside(tokens: Sequence[Token], first: int, last: int, language: Language) -> str:
    """ "Latakia province", "the governorates of Latakia and Tartus", "مدينة بانياس": the level that a kind word
    tells.
    """
    admin, city = language.words("places", "admin_kinds"), language.words("places", "place_kinds")
    near = [token for token in (*tokens[max(0, first - 2) : first], *tokens[last : last + 1])]
    if any(admin.has(token) for token in near):
        return "admin1"
    if any(city.has(token) for token in near):
        return "place"
    listed = [token for token in tokens[last : last + 8]]
    for token in listed:
        if admin.has(token):
            return "admin1"
        if not (token.capital or token.text in "," or token.norm == "and"):
            break
    return ""


def _wider(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Words that make a place fuzzier: "near", "the countryside of", "villages around it"."""
    words = language.words("places", "wider")
    before = [at for at in range(max(0, first - 4), first) if words.match(tokens, at)]
    after = last < len(tokens) and words.match(tokens, last)
    return bool(before or after)


def _nearly(
    sentence: Sentence, at: int, language: Language, places: Places, countries: Sequence[str]
) -> Mention | None:
    """A capitalised name after a preposition that no list knows: its nearest spelling, else a place without an
    entry.
    """
    tokens, last = sentence.tokens, at + 1
    if language.table.get("script") != "Latin" or sentence.capitals or not countries:
        return None
    while last < len(tokens) and tokens[last].capital and tokens[last].is_word and last - at < 4:
        last += 1
    if _not_a_place(tokens, at, last, language):
        return None
    name = sentence.words(at, last)
    near = list(places.near(name, countries=countries))
    entry = near[0] if near else None
    if entry is None and tokens[at - 1].norm in _BESIDE:
        return None  # "of Kneifati": a name, unless some place is spelt nearly so
    return Mention(at, last, entry, name, True, near=entry is not None, wider=_wider(tokens, at, last, language))


_AT = ("in", "near", "at", "around", "outside")
_BESIDE = ("of", "to", "from")


def _not_a_place(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    span = range(first, last)
    people = any(language.people.of(tokens[at]) or language.identities.of(tokens[at]) for at in span)
    dates = any(language.months.of(tokens[at]) or language.weekdays.of(tokens[at]) is not None for at in span)
    known = any(language.organisations.match(tokens, at) for at in span) or any(
        language.sides.match(tokens, at) for at in span
    )
    preposition = tokens[first - 1].norm if first else ""
    return people or dates or known or preposition not in (*_AT, *_BESIDE)


# --- the place of a harm ------------------------------------------------------------------------------------------


def placed(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each draft its place: named in its own clause, its sentence, the whole it is part of, or just before."""
    return [_placed(page, draft) for draft in drafts]


def _placed(page: Page, draft: Draft) -> Draft:
    scene = page.scenes[draft.sentence]
    found = _nearest(scene, draft)
    if found:
        return _with_place(page, scene, draft, found, "")
    theirs = _someones(scene, draft)
    if theirs:
        return _with_place(page, scene, draft, theirs, "where the one who speaks is from")
    earlier = page.scenes[draft.sentence - 1] if draft.sentence else None
    if earlier is None or earlier.sentence.paragraph != scene.sentence.paragraph:
        return draft  # not said: left open rather than guessed
    named = [one for one in earlier.mentions if one.located and not _beside_any(earlier, one)]
    return _with_place(page, earlier, draft, named[:1], "place of the sentence before") if named else draft


def _nearest(scene: Scene, draft: Draft) -> list[Mention]:
    """The mention that goes with a draft's figure: beside it in a list of places, else the nearest one said to be a
    where.
    """
    beside = [one for one in scene.mentions if _beside(scene, draft, one)]
    if beside:  # "433 in Tartous" before "Latakia, 433"
        after = [one for one in beside if one.first >= draft.chunk.first]
        return _joined(scene, after[0]) if after else beside[-1:]
    theirs = _someones(scene, draft)
    located = [one for one in scene.mentions if one.located and one not in theirs]
    if not located:
        return []
    first, last = min(draft.chunk.first, draft.trigger.first), max(draft.chunk.last, draft.trigger.last)
    located = [one for one in located if not _beside_another(scene, one, draft)]
    ranked = sorted(located, key=lambda one: _distance(one, first, last))
    return _joined(scene, ranked[0]) if ranked else []


def _distance(mention: Mention, first: int, last: int) -> int:
    """Tokens between; a place before the figure counts as a little further than one after it."""
    return mention.first - last if mention.first >= last else (first - mention.last) + 6 if mention.last <= first else 0


def _beside(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a figure and a place stand together in a list: "433 in Tartous", "Latakia: 658", "384 (Tartus)"."""
    if not draft.chunk.number:
        return False
    if draft.chunk.first <= mention.first and mention.last <= draft.chunk.last:
        return True
    joins = scene.language.words("parts", "joins_place")
    if mention.first >= draft.chunk.last:
        gap = scene.tokens[draft.chunk.last : mention.first]
        return len(gap) <= 3 and all(token.text in "(" or joins.has(token) for token in gap)
    gap = scene.tokens[mention.last : draft.chunk.first]
    return mention.last <= draft.chunk.first and len(gap) <= 1 and all(token.text in ":(—–-" for token in gap)


def _beside_another(scene: Scene, mention: Mention, draft: Draft) -> bool:
    return any(amount.first != draft.chunk.first and 0 <= mention.first - amount.last <= 3 for amount in scene.amounts)


def _beside_any(scene: Scene, mention: Mention) -> bool:
    """Whether a place stands in a list of figures, and so is of one of them only."""
    return any(0 <= mention.first - amount.last <= 3 for amount in scene.amounts)


def _someones(scene: Scene, draft: Draft) -> list[Mention]:
    """The places that say where somebody is from, with what is named after them ("of Baniyas on the coast")."""
    out: list[Mention] = []
    for mention in scene.mentions:
        if _of_someone(scene, mention, draft):
            out += [one for one in _joined(scene, mention) if one not in out]
    return out


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
        if gap is None or len(gap) > 4:
            continue
        kinds, small = scene.language.words("places", "kinds"), scene.language.words("places", "joins")
        if all(kinds.has(token) or small.has(token) or token.text in ",(" for token in gap):
            out.append(mention)
    return out


def _with_place(page: Page, scene: Scene, draft: Draft, found: Sequence[Mention], rule: str) -> Draft:
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
    words = scene.sentence.cut(min(one.first for one in chosen), max(one.last for one in chosen))
    place = replace(
        place, words=words.of(page.report.text), of="found" if draft.code == "body recovered" else "happened"
    )
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
    country = next(iter(page.world.places.find(page.countries[0])), None) if page.countries else None
    path = country.path if country and country.level == "country" else ()
    return Place(mention.name, path=path, precision=6)


def countries_of(texts: Iterator[str] | Sequence[str], page_places: Places) -> tuple[str, ...]:
    """Countries that a report names, the most often named first."""
    seen: dict[str, int] = {}
    for name in texts:
        for entry in page_places.find(name):
            if entry.level == "country":
                seen[entry.country] = seen.get(entry.country, 0) + 1
                break
    return tuple(sorted(seen, key=lambda code: -seen[code]))


def span_of(scene: Scene, mention: Mention) -> Span:
    return scene.sentence.cut(mention.first, mention.last)
