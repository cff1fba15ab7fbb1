"""Of what whole: figures that are parts, overlays, increments or new editions of a figure said just before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Group


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure without a harm word of its own: its chunk and how it hangs on the whole."""

    chunk: Chunk
    kind: str


def divided(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Adds the parts that a sentence lists without repeating the harm, and ties stated parts to their whole."""
    out: list[Draft] = []
    for scene in page.scenes:
        here = [draft for draft in drafts if draft.sentence == scene.number]
        whole = _whole(scene, here, out)
        tied = [_tied(scene, draft, here, out) for draft in here]
        out += tied
        if whole is not None:
            base = next((one for one in tied if one.chunk == whole.chunk and one.code == whole.code), whole)
            out += [_begun(page, scene, part, base) for part in _parts(scene, here, base)]
    return _numbered(out)


def _numbered(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: (draft.sentence, draft.chunk.first, draft.trigger.first))


def _whole(scene: Scene, here: Sequence[Draft], earlier: Sequence[Draft]) -> Draft | None:
    """The figure that leftover numbers of a sentence can be parts of: said in it before them, or just before it."""
    counted = [draft for draft in here if draft.quantity.words and draft.code != "services cut"]
    if counted:
        return counted[0]
    back = [draft for draft in earlier if scene.number - draft.sentence <= 3 and draft.tie not in ("part", "overlay")]
    if here or not back or not _looks_back(scene):
        return None
    return next((draft for draft in reversed(back) if draft.chunk.number), None)


def _looks_back(scene: Scene) -> bool:
    """Whether a sentence without a harm word speaks on of the figure before it."""
    if any(True for _ in scene.says("parts", "looks_back")):
        return True
    placed = [chunk for chunk in scene.chunks if chunk.number and _place_beside(scene, chunk)]
    return len(placed) >= 2


def _parts(scene: Scene, here: Sequence[Draft], whole: Draft) -> Iterator[_Part]:
    used = {at for draft in here for at in range(draft.chunk.first, max(draft.chunk.core, draft.chunk.first + 1))}
    used |= {at for first, last in _replaced(scene) for at in range(first, last)}
    kind = ""
    for chunk in scene.chunks:
        if chunk.first in used or chunk.pronoun or _accused(scene, chunk):
            continue
        opened = _opened(scene, chunk)
        listed = kind if kind and _follows_list(scene, chunk) else ""
        placed = "part" if chunk.number and _place_beside(scene, chunk) else ""
        found = opened or listed or placed
        if found and (chunk.number or opened or listed):
            kind = found
            yield _Part(_with_group(scene, chunk), found)
            used |= set(range(chunk.first, chunk.last))
            follow = _group_after(scene, chunk)
            used |= set(range(follow.first, follow.core)) if follow else set()


def _accused(scene: Scene, chunk: Chunk) -> bool:
    return chunk.first > 0 and scene.tokens[chunk.first - 1].norm == "by"


def _opened(scene: Scene, chunk: Chunk) -> str:
    """The kind of part that the words before or inside a chunk declare ("including", "of whom", "16 of them")."""
    for kind in ("overlay", "part"):
        for first, last in scene.says("parts", kind):
            if chunk.first <= first and last <= chunk.last:
                return kind
            if last <= chunk.first and _only_small(scene, last, chunk.first):
                return kind
    return ""


def _only_small(scene: Scene, first: int, last: int) -> bool:
    small = scene.language.words("parts", "small")
    return last - first <= 5 and all(small.has(token) or token.text in ",:(" for token in scene.tokens[first:last])


def _follows_list(scene: Scene, chunk: Chunk) -> bool:
    """Whether a comma, an "and" or a semicolon ties a chunk to the list before it."""
    at = chunk.first - 1
    if at >= 0 and scene.tokens[at].norm in ("and", "و"):
        return True
    while at > 0 and scene.language.words("parts", "small").has(scene.tokens[at]):
        at -= 1
    return at >= 0 and (scene.tokens[at].text in ",;" or scene.tokens[at].norm in ("and", "و", "while") or scene.tokens[chunk.first].text.startswith("و"))


def _place_beside(scene: Scene, chunk: Chunk) -> bool:
    """ "658 in Latakia", "Latakia: 658", "384 (Tartus)"."""
    for mention in scene.mentions:
        gap = scene.tokens[chunk.last : mention.first] if mention.first >= chunk.last else scene.tokens[mention.last : chunk.first]
        if len(gap) <= 4 and all(_joins_place(scene, token) for token in gap):
            return True
        if chunk.core <= mention.first and mention.last <= chunk.last:
            return True
    return False


def _joins_place(scene: Scene, token: object) -> bool:
    joins = scene.language.words("parts", "joins_place")
    return getattr(token, "text", "") in ":(—-–," or joins.has(token)  # type: ignore[arg-type]


def _group_after(scene: Scene, chunk: Chunk) -> Chunk | None:
    """The group that a bare number is said to be: "16 of them security personnel", "28 were fighters"."""
    if not chunk.elliptic:
        return None
    at = chunk.last
    while at < len(scene.tokens) and scene.language.words("parts", "is").has(scene.tokens[at]):
        at += 1
    found = [one for one in scene.chunks if one.first == at and not one.elliptic and not one.pronoun and not one.number]
    return found[0] if found else None


def _with_group(scene: Scene, chunk: Chunk) -> Chunk:
    follow = _group_after(scene, chunk)
    return replace(chunk, group=follow.group, last=follow.last, core=follow.core) if follow else chunk


def _begun(page: Page, scene: Scene, part: _Part, whole: Draft) -> Draft:
    trigger = whole.trigger if whole.sentence == scene.number else replace(whole.trigger, first=part.chunk.first, last=part.chunk.last)
    draft = Draft.begin(scene.number, replace(trigger, word=whole.trigger.word), part.chunk)
    draft = replace(draft, code=whole.code, tie=part.kind, whole=id_of(whole))
    if not draft.group.words:
        draft = draft.having("group", _inherited(whole.group), rule="group of the whole it is part of")
    return draft


def id_of(draft: Draft) -> int:
    """A number that names a draft among those of its report: where its figure stands."""
    return draft.sentence * 10_000 + draft.chunk.first


def _inherited(group: Group) -> Group:
    return replace(group, names=())


def _tied(scene: Scene, draft: Draft, here: Sequence[Draft], earlier: Sequence[Draft]) -> Draft:
    """A draft with a harm word of its own that yet says it is part of, or more than, another."""
    kind = _opened(scene, draft.chunk)
    mates = [one for one in (*earlier[-6:], *here) if one.code == draft.code and _precedes(one, draft)]
    whole = next((one for one in reversed(mates) if one.chunk.number and one.tie not in ("part", "overlay")), None)
    if kind and whole:
        return replace(draft, tie=kind, whole=id_of(whole))
    if any(first >= draft.chunk.first and last <= draft.chunk.last for first, last in scene.says("parts", "increment")):
        return replace(draft, tie="increment", whole=id_of(whole) if whole else None, reach="increment")
    if _replaced(scene) and draft.chunk.number:
        return replace(draft, tie="replaces")
    return draft


def _precedes(one: Draft, draft: Draft) -> bool:
    return (one.sentence, one.chunk.first) < (draft.sentence, draft.chunk.first)


def _gives_way(scene: Scene, first: int, last: int) -> bool:
    """ "from 830" is an older figure only when "to 973" follows."""
    if scene.tokens[first].norm not in ("from", "من"):
        return True
    return last < len(scene.tokens) and scene.tokens[last].norm in ("to", "الي")


def _replaced(scene: Scene) -> list[tuple[int, int]]:
    """Numbers that a newer one replaces: "up from 830", "from 830 to 973"."""
    out = []
    for first, last in scene.says("parts", "replaces"):
        amount = next((one for one in scene.amounts if last <= one.number <= last + 1), None)
        if amount and _gives_way(scene, first, amount.last):
            out.append((amount.first, amount.last))
    return out
