"""The same figure told twice in one report: headline and lead, a named victim and "the victim"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cenotaph.read.page import Draft, Page
from cenotaph.read.ties import id_of
from cenotaph.read.told_of import of_whom, persons


def restated(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Marks what only says an earlier figure again; a headline restates the text below it."""
    who = persons(page, drafts)
    drafts = of_whom(drafts, who)
    order = sorted(
        range(len(drafts)),
        key=lambda n: (page.scenes[drafts[n].sentence].sentence.headline, drafts[n].sentence),
    )
    fresh: list[int] = []
    out: list[Draft] = []
    for n in order:
        draft = drafts[n]
        model = None if draft.tie else next((one for one in fresh if _same(page, drafts, one, n, who)), None)
        if model is not None:
            draft = replace(draft, tie="restates", whole=id_of(drafts[model]))
        else:
            fresh.append(n)
        out.append(draft)
    return sorted(out, key=lambda draft: (draft.tie == "restates", draft.sentence, draft.chunk.first))


def _same(page: Page, drafts: Sequence[Draft], first: int, second: int, who: Mapping[int, int]) -> bool:
    one, other = drafts[first], drafts[second]
    if one.code != other.code or one.stance != other.stance or one.reach == "background" or not _voices(one, other):
        return False
    if first in who and second in who:
        return who[first] == who[second]
    if page.scenes[one.sentence].language is not page.scenes[other.sentence].language:
        return _translated(one, other)
    if _counted(one) and _counted(other):
        return _same_figure(one, other) and _facets(one, other)
    if _counted(other):
        return False
    return _same_people(page, one, other)


def _counted(draft: Draft) -> bool:
    return draft.quantity.base is not None and draft.chunk.number is not None and draft.quantity.comparator != "plural"


def _same_figure(one: Draft, other: Draft) -> bool:
    a, b = one.quantity, other.quantity
    return (a.base, a.upper, a.comparator) == (b.base, b.upper, b.comparator) and (a.base or 0) > 1


def _translated(one: Draft, other: Draft) -> bool:
    """Told in both languages of a report: the same figure of the same people, one person or an unsaid number too, and
    no other place.
    """
    a, b = one.quantity, other.quantity
    places = [draft.place.path for draft in (one, other) if draft.place]
    apart = len(places) == 2 and not all(x == y for x, y in zip(*places, strict=False))
    same = (a.base, a.upper, a.comparator, a.fraction) == (b.base, b.upper, b.comparator, b.fraction)
    return same and not apart and _facets(one, other)


def _voices(one: Draft, other: Draft) -> bool:
    """A sentence without a voice of its own may restate anyone; two named voices restate each other never."""
    roots = [next((voice.known_as for voice in draft.voices if voice.root), "") for draft in (one, other)]
    outlets = [draft.voices[0].known_as for draft in (one, other) if draft.voices]
    return roots[0] == roots[1] or any(root in outlets for root in roots)


def _facets(one: Draft, other: Draft) -> bool:
    return all(not a or not b or a == b for a, b in zip(one.group.facets, other.group.facets, strict=True))


def _same_people(page: Page, one: Draft, other: Draft) -> bool:
    """Without a figure: the same name, or the same head word, or a pronoun, close by and with no place or day of its
    own.
    """
    if other.group.names and one.group.names:
        return bool(_name_words(one.group.names) & _name_words(other.group.names))
    near = other.sentence - one.sentence <= 6
    if other.chunk.pronoun:
        return near and other.chunk.single == one.chunk.single
    if other.chunk.single and one.chunk.single and _definite(page, other):
        return near and _facets(one, other)
    return near and _head(page, one) == _head(page, other) and bool(_head(page, other)) and _facets(one, other)


def _definite(page: Page, draft: Draft) -> bool:
    """ "the priest": somebody who was spoken of before."""
    scene = page.scenes[draft.sentence]
    return scene.language.words("people_words", "definite").has(scene.tokens[draft.chunk.first])


def _name_words(names: Sequence[str]) -> set[str]:
    return {word.casefold() for name in names for word in name.split() if len(word) > 3}


def _head(page: Page, draft: Draft) -> str:
    scene = page.scenes[draft.sentence]
    if draft.chunk.elliptic or draft.chunk.head >= len(scene.tokens):
        return ""
    return scene.tokens[draft.chunk.head].norm.rstrip("s")
