"""Rolls: names listed beside or below a figure of the harmed ("five were killed. Their names: ..."), line by line.

Only for languages that list given names (plain_names.py). A name that a sentence gives without making its bearer the
subject of a harm is put to the figure before it, as one of those whom it counts; it makes no claim of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.names import Name
from cenotaph.read.page import Draft, Page, Scene

_HARMS = ("killed", "injured", "killed or injured")
_LINES = 25  # lines that a roll may run on below its figure


def enrolled(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with the names of a roll in the group of the figure that stands before it."""
    if "given_names" not in page.language.table:
        return drafts
    out, told = list(drafts), {_key(name) for draft in drafts for name in draft.group.names}
    for scene in page.scenes:
        fresh = [one for one in scene.named if _key(one.full) not in told and not _speaks(scene, one)]
        at = _figure(out, scene) if fresh else None
        if at is None:
            continue
        told |= {_key(one.full) for one in fresh}
        group = out[at].group
        group = replace(group, names=(*group.names, *dict.fromkeys(one.full for one in fresh)))
        where = scene.sentence.cut(fresh[0].first, fresh[-1].last)
        out[at] = out[at].having("group", group, None if group.words else where, "named in a roll with the figure")
    return out


def _key(name: str) -> str:
    return " ".join(name.split()[:3])


def _figure(drafts: Sequence[Draft], scene: Scene) -> int | None:
    """The draft that a name of this sentence belongs to: of its own sentence, else the last figure above the roll."""
    here = [n for n, one in enumerate(drafts) if one.sentence == scene.number and one.code in _HARMS]
    if here:
        return max(here, key=lambda n: (drafts[n].quantity.base or 0, -n))
    if (scene.triggers and not _opens_roll(scene)) or not _is_roll(scene):
        return None
    above = [n for n, one in enumerate(drafts) if one.code in _HARMS and 0 < scene.number - one.sentence <= _LINES]
    return max(above, key=lambda n: (drafts[n].sentence, drafts[n].quantity.base or 0), default=None)


def _is_roll(scene: Scene) -> bool:
    """A line with a mark, a number or a title for the harmed before a name, nothing else than a name, or several."""
    opens = scene.language.words("given_names", "opens")
    first = scene.named[0]
    before = scene.tokens[: first.first]
    marked = bool(before) and (
        before[-1].text in '-–—•*:)/.,،(“"' or opens.has(before[-1]) or before[-1].text.isdigit()
    )
    return marked or len(scene.named) > 1 or len(scene.tokens) - (first.last - first.first) < 3


def _opens_roll(scene: Scene) -> bool:
    """ "The martyr Ahmad ...": words for the dead before a name, which say no further harm."""
    return all(one.word.takes in ("counted", "total", "name") for one in scene.triggers)


def _speaks(scene: Scene, name: Name) -> bool:
    """Whether a name is of somebody who speaks or writes, or has an office: none of the harmed."""
    before = scene.tokens[max(0, name.first - 3) : name.first]
    words = scene.language.words
    listed = (("voices", "persons"), ("given_names", "speaks"), ("people_words", "titles"))
    return any(scene.language.says.of(token) or any(words(*one).has(token) for one in listed) for token in before)
