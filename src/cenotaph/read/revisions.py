"""Figures that a newer one takes the place of: "up from 80", "revising down the figure of 110"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.people import Chunk
from cenotaph.read.quantities import Amount
from cenotaph.read.ties import id_of, inherited
from cenotaph.vocabulary import Group


def superseded(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """ "up from 80": the older figure as a draft of its own, which the newer one replaces."""
    out = list(drafts)
    for _, *ends in replaced(scene):
        span = (ends[0], ends[1])
        held = next((one for one in out if one.sentence == scene.number and one.chunk.number == span), None)
        newer = _newer(scene, span, [one for one in out if one is not held])
        if newer is None:
            continue
        older = held or _older(scene, span, newer)
        if held:
            out.remove(held)
        older = replace(older, tie="", whole=None, old=True)
        if newer.tie != "replaces" or newer.whole is None:
            out[out.index(newer)] = replace(newer, tie="replaces", whole=id_of(older))
        out.append(older)
    return out


def _newer(scene: Scene, span: tuple[int, int], drafts: Sequence[Draft]) -> Draft | None:
    """The figure that takes the place of one that was said before: beside it, else the last of the sentence before."""
    fit = [one for one in drafts if one.chunk.number and one.tie in ("", "replaces") and not one.old]
    here = [one for one in fit if one.sentence == scene.number]
    before = [one for one in here if one.chunk.first < span[0]]
    ahead = [one for one in fit if one.sentence == scene.number - 1]
    return next(reversed(before or here or ahead), None)


def _older(scene: Scene, span: tuple[int, int], newer: Draft) -> Draft:
    amount = next(one for one in scene.amounts if (one.first, one.last) == span)
    chunk = next((one for one in scene.chunks if one.number == span), None)
    chunk = chunk or Chunk(*span, span[1], amount.number, amount.quantity, Group(), span)
    here = newer.sentence == scene.number
    trigger = newer.trigger if here else replace(newer.trigger, first=span[0], last=span[1])
    draft = replace(Draft.begin(scene.number, trigger, chunk), code=newer.code)
    rule = "group of the figure that replaced it"
    return draft if draft.group.words else draft.having("group", inherited(newer.group), rule=rule)


def _gives_way(scene: Scene, first: int, last: int) -> bool:
    """ "from 80" is an older figure only when "to 97" follows."""
    if scene.tokens[first].norm not in ("from", "من"):
        return True
    return last < len(scene.tokens) and scene.tokens[last].norm in ("to", "الي")


def replaced(scene: Scene) -> list[tuple[int, int, int]]:
    """Numbers that a newer one replaces ("up from 80", "from 80 to 97"): where its words begin, then the number."""
    out = []
    for first, last in scene.says("parts", "replaces"):
        amount = next((one for one in scene.amounts if last <= one.number <= last + 1), None)
        if amount and _gives_way(scene, first, amount.last):
            out.append((first, amount.first, amount.last))
    return out or list(_said_before(scene))


def _said_before(scene: Scene) -> Iterator[tuple[int, int, int]]:
    """ "after it had announced at least 50": a figure that a voice had given, behind one that it gives now."""
    for first, last in scene.says("parts", "had_said"):
        amount = next((one for one in scene.amounts if last <= one.first <= last + 8 and one.quantity.base), None)
        newer = any(one.number and one.last <= first for one in scene.chunks)
        if amount and newer and any(scene.language.says.of(token) for token in scene.tokens[last : amount.first]):
            yield first, amount.first, amount.last


def retold(page: Page, scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """ "later revised the figure down to 107": newer figures of the harm that was counted just before."""
    out: list[Draft] = []
    for first, amount in _to_what(scene):
        number = (amount.first, amount.last)
        known = any(one.sentence == scene.number and one.chunk.number == number for one in drafts)
        older = None if known else _counted_by(page, scene, first, drafts)
        if older is not None:
            out.append(replace(_older(scene, number, older), tie="replaces", whole=id_of(older)))
    return out


def _counted_by(page: Page, scene: Scene, first: int, drafts: Sequence[Draft]) -> Draft | None:
    """The last figure before, of those near it one in whose sentence the revising body is named already."""
    near = [one for one in drafts if 0 <= scene.number - one.sentence <= 3 and one.chunk.number]
    near = [one for one in near if one.tie not in ("part", "overlay")]
    near = [one for one in near if (one.sentence, one.chunk.first) < (scene.number, first)]
    stops, subject = scene.language.stops, scene.tokens[max(0, first - 6) : first]
    said = {token.norm for token in subject if token.is_word and not stops.has(token) and len(token.text) > 3}
    theirs = [one for one in near if said & {token.norm for token in page.scenes[one.sentence].tokens}]
    return next(reversed(theirs or near), None)


def _to_what(scene: Scene) -> Iterator[tuple[int, Amount]]:
    """A verb of revising, its figure or toll, "to" and the number, in one clause."""
    for first, last in scene.says("parts", "retells"):
        for _, end in scene.says("parts", "retold_to", last):
            between = scene.tokens[last:end]
            amount = next((one for one in scene.amounts if one.first == end and one.quantity.base), None)
            told = any(scene.language.words("parts", "retold").has(token) for token in between)
            if amount and told and len(between) <= 8 and not any(token.text in ",;:" for token in between):
                yield first, amount


def lives(scene: Scene, chunk: Chunk) -> bool:
    """ "eight of those listed had been found alive"."""
    after = next((first for first, _ in scene.says("parts", "alive", chunk.last)), None)
    gap = scene.tokens[chunk.last : after] if after is not None else None
    return gap is not None and len(gap) <= 8 and not any(token.text in ",;:" for token in gap)


def day_of_older(scene: Scene, number: tuple[int, int] | None, first: int, last: int) -> bool:
    """Whether a day (tokens first to last) is that of a replaced figure: "up from 20 on Thursday"."""
    for cue, start, end in replaced(scene):
        had = scene.language.words("parts", "had").has(scene.tokens[cue])
        gap = [token.text for token in scene.tokens[last:cue]] if last <= cue else None
        before = had and gap is not None and len(gap) <= 2 and not {",", ";"} & set(gap)
        if number in (None, (start, end)) and (before or cue <= first < start or 0 <= first - end <= 2):
            return True
    return False
