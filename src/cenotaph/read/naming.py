"""Whose names: people whom a sentence names beside a harm without making them its subject or object.

"Among those arrested was Ana Ruiz"; "the dead included ..."; "the victim was named as ..."; "he", who was named before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.neighbours import list_left, list_right, starting
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.tied_names import name_at
from cenotaph.read.ties import id_of

_NEAR = 3  # sentences over which "he" and "she" may speak of somebody named
_WIDE = 8  # words that may stand between "among those arrested" and the verb before a name


def named_too(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Adds those who are named as among the harmed, and the names of those who are only pointed to."""
    out: list[Draft] = []
    for scene in page.scenes:
        here = [draft for draft in drafts if draft.sentence == scene.number]
        fresh = [one for one in _among(scene, here) if not any(_told(one, draft) for draft in here)]
        out += [*here, *(replace(one, tie="") if one.tie else _tied(one, [*out, *here]) for one in fresh)]
        out = _identified(scene, out)
    return [_who_he_is(page, draft) for draft in out]


def _told(one: Draft, draft: Draft) -> bool:
    return one.code == draft.code and bool(set(one.group.names) & set(draft.group.names))


def _tied(draft: Draft, earlier: Sequence[Draft]) -> Draft:
    """One of the harmed is an overlay of the last figure of that harm, where there is one."""
    whole = next(
        (one for one in reversed(earlier) if one.code == draft.code and one.chunk.number and not one.tie), None
    )
    return replace(draft, tie="overlay", whole=id_of(whole) if whole else None)


# --- "among those arrested was" ---------------------------------------------------------------------------------------


def _among(scene: Scene, here: Sequence[Draft]) -> Iterator[Draft]:
    for trigger in scene.triggers:
        if trigger.word.objects or trigger.word.takes in ("act", "lives", "total"):
            continue
        for chunk in (*_after_verb(scene, trigger), *_before_among(scene, trigger), *_including(scene, trigger, here)):
            yield Draft.begin(scene.number, trigger, chunk)
        for chunk in _together(scene, trigger):
            yield replace(Draft.begin(scene.number, trigger, chunk), tie="sibling")


def _after_verb(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "Among those arrested was Ana Ruiz", "those killed included", "also arrested was"."""
    opened = _opens(scene, trigger)
    if not opened:
        return []
    at = trigger.last
    while at < min(len(scene.tokens), trigger.last + _WIDE) and not _is_or_includes(scene, at):
        if scene.tokens[at].text in ";:,.":
            return []
        at += 1
    return _named_from(scene, at + 1) or _listed_from(scene, at + 1)


def _listed_from(scene: Scene, at: int) -> list[Chunk]:
    """ "Among the dead were two children and a nurse": people with a number or an article; in capitals, names too."""
    if at >= len(scene.tokens) or scene.language.table.get("verb_first"):
        return []
    first = _over_age(scene, at)
    begun = starting(scene, at) or name_at(scene, first)
    if begun is None or begun.pronoun or not (begun.number or begun.single) or begun.first < at:
        return []
    return [one for one in list_right(scene, begun) if one.number or one.single]


def _over_age(scene: Scene, at: int) -> int:
    return at + 1 if at < len(scene.tokens) and scene.language.is_age(scene.tokens[at]) else at


def _named_from(scene: Scene, at: int) -> list[Chunk]:
    """The named people of a list that begins here, what is told of each between them ("A, a poet; B, an editor")."""
    out: list[Chunk] = []
    for chunk in scene.chunks:
        if chunk.first < at or not chunk.group.names:
            continue
        gap = range(out[-1].last if out else at, chunk.first)
        broken = any(one.first in gap for one in scene.triggers) or any(
            scene.language.says.of(scene.tokens[n]) or scene.language.words("harm_words", "be").has(scene.tokens[n])
            for n in gap
        )
        if broken or len(gap) > (_WIDE if out else 2):
            break
        out.append(chunk)
    return out


def _opens(scene: Scene, trigger: Trigger) -> bool:
    """Whether "among those", "those", "also" or nothing stands before the word of harm."""
    at = trigger.first
    small = scene.language.words("names", "over")
    while at > 0 and (
        small.has(scene.tokens[at - 1]) or scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1])
    ):
        at -= 1
    opening = scene.tokens[at - 1] if at else None
    pointed = opening is not None and scene.language.words("names", "those").has(opening)
    inside = any(one.first < trigger.first and trigger.last <= one.head for one in scene.chunks)
    beside = opening is not None and opening.norm in ("the", "of") and trigger.last < len(scene.tokens)
    noun = beside and any(one.first <= trigger.last < one.last and not one.group.names for one in scene.chunks)
    nominal = (
        beside
        and opening is not None
        and opening.norm == "the"
        and _is_or_includes(scene, _over_here(scene, trigger.last))
    )
    return pointed or inside or noun or nominal or (at == 0 and trigger.word.takes == "undergo")


def _over_here(scene: Scene, at: int) -> int:
    return at + 1 if at + 1 < len(scene.tokens) and scene.tokens[at].norm in ("here", "so", "also") else at


def _is_or_includes(scene: Scene, at: int) -> bool:
    return scene.language.words("names", "is").has(scene.tokens[at])


def _before_among(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "Ana Ruiz and two others were among those arrested"."""
    for first, last in scene.says("names", "among", 0, trigger.first):
        if trigger.first - last > 4 or first == 0:
            continue
        at = first
        while at > 0 and (_is_or_includes(scene, at - 1) or scene.tokens[at - 1].text == ","):
            at -= 1
        ending = [one for one in scene.chunks if at in (one.last, one.core) and not one.pronoun]
        listed = list_left(scene, ending[-1]) if ending and at < first else []
        return [one for one in listed if one.group.names]
    return []


def _including(scene: Scene, trigger: Trigger, here: Sequence[Draft]) -> list[Chunk]:
    """ "Six editors, including Ana Ruiz, were arrested": named members of those who are harmed."""
    mine = [one for one in here if one.trigger == trigger and not one.chunk.single]
    if not mine:
        return []
    first, end = mine[0].chunk.first, trigger.first if mine[0].chunk.first < trigger.first else len(scene.tokens)
    out: list[Chunk] = []
    for _, last in scene.says("names", "including", first, end):
        out += [one for one in _named_from(scene, last) if one.last <= end + 1]
    return [one for one in out if all(one is not draft.chunk for draft in mine)]


def _together(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "Ana Ruiz was arrested together with the editor Luis Vega": the same was done to both."""
    if trigger.word.takes != "undergo":
        return []
    opened = [last for first, last in scene.says("names", "together", trigger.last) if first - trigger.last <= 1]
    return _named_from(scene, opened[0]) if opened else []


# --- "the victim was named as" ----------------------------------------------------------------------------------------


def _identified(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """A name given to whom the last claim is about: one person, or as many as are named."""
    for _, last in scene.says("names", "identified"):
        named = [one for one in scene.chunks if one.group.names and last <= one.first <= last + 2]
        listed = [one for one in list_right(scene, named[0]) if one.group.names] if named else []
        names = tuple(name for one in listed for name in one.group.names)
        fit = [n for n, one in enumerate(drafts) if scene.number - one.sentence < _NEAR and _may_be(one, len(names))]
        if names and fit:
            where = scene.sentence.cut(listed[0].first, listed[-1].core)
            held = drafts[fit[-1]]
            drafts[fit[-1]] = held.having("group", replace(held.group, names=names), where, "named as the victim")
    return drafts


def _may_be(draft: Draft, names: int) -> bool:
    fits = draft.chunk.single if names == 1 else draft.quantity.base == names
    return fits and not draft.group.names and not draft.trigger.word.objects


# --- "he" -------------------------------------------------------------------------------------------------------------


def _who_he_is(page: Page, draft: Draft) -> Draft:
    """ "He was arrested": who was named last, where only one person of the sentences before can be meant."""
    scene = page.scenes[draft.sentence]
    pronoun = draft.chunk.pronoun and draft.chunk.single and not draft.group.names
    if not pronoun or not scene.language.words("names", "he").has(scene.tokens[draft.chunk.first]):
        return draft
    for back in range(_NEAR):
        number = draft.sentence - back
        if number < 0:
            break
        end = draft.chunk.first if back == 0 else len(page.scenes[number].tokens)
        found = [one for one in page.scenes[number].chunks if one.group.names and one.last <= end and one.single]
        whole = {name for one in found for name in one.group.names}
        if len(whole) == 1:
            group = replace(draft.group, names=found[0].group.names)
            return draft.having("group", group, rule="who was named last")
        if whole:
            return draft
    return draft
