"""Of what whole: figures that are parts, overlays, increments or new editions of a figure said just before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.counts import bare, chunk_of
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.revisions import lives, replaced, retold, superseded
from cenotaph.read.sums import added_up
from cenotaph.read.ties import id_of, inherited, precedes


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
        if not here and not out:
            continue  # nothing was told yet that a number could be part of
        told = _told_again(scene, here, out)
        here = [draft for draft in here if draft.chunk.number not in [one.chunk.number for one in told]]
        tied = list(told)
        for draft in here:
            tied.append(_tied(page, scene, draft, [*out, *tied], bool(told)))
        tied += retold(page, scene, [*out, *tied])
        for part in _parts(scene, tied, bool(told)):
            whole = _whole(scene, part.chunk, tied, out)
            tied += [_begun(page, scene, part, whole)] if whole else []
        out += tied
        out = superseded(scene, out)
    return added_up(_numbered(out))


def _told_again(scene: Scene, here: Sequence[Draft], earlier: Sequence[Draft]) -> list[Draft]:
    """ "Of the 803, ...", "قتلى طرطوس الـ49": a figure said before, taken up again so that its parts can follow."""
    out = []
    for amount in scene.amounts:
        held = [one for one in earlier if one.quantity.base == amount.quantity.base and (amount.quantity.base or 0) > 9]
        at = amount.first
        article = scene.language.words("parts", "again")
        definite = article.has(scene.tokens[at]) or (at > 0 and article.has(scene.tokens[at - 1]))
        if held and definite:
            chunk = chunk_of(scene, amount) or bare(amount)
            trigger = Trigger(amount.first, amount.last, held[-1].trigger.word)
            draft = replace(Draft.begin(scene.number, trigger, chunk), code=held[-1].code, group=held[-1].group)
            out.append(replace(draft, tie="restates", whole=id_of(held[-1])))
    return out[:1]


def _numbered(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: (draft.sentence, draft.chunk.first, draft.trigger.first))


def _whole(scene: Scene, chunk: Chunk, here: Sequence[Draft], earlier: Sequence[Draft]) -> Draft | None:
    """The figure that a number without a harm word is part of: said before it in its sentence, else just before it."""
    code = _harm_named(scene, chunk)
    alike = _alike(scene, chunk, earlier)
    if alike:
        return alike
    before = [one for one in here if one.chunk.first < chunk.first and _can_hold(one, code)]
    if before:
        return next((one for one in before if _holds(one, chunk)), before[0])
    if not _looks_back(scene):
        return None
    back = [one for one in earlier if scene.number - one.sentence <= 3 and _can_hold(one, code) and not _late(one)]
    return next((one for one in reversed(back) if one.chunk.number), None)


def _holds(whole: Draft, part: Chunk) -> bool:
    """ "Two were killed and 12 wounded, including three policemen": of the 12, since two can't hold three."""
    a, b = whole.quantity.base, part.quantity.base
    return a is None or b is None or a >= b


def _alike(scene: Scene, chunk: Chunk, earlier: Sequence[Draft]) -> Draft | None:
    """ "The children were divided between two lists, 7 children in one and 5 in the other": of the children before."""
    facets = (chunk.group.sex, chunk.group.age)
    if not any(facets) or not any(True for _ in scene.says("parts", "distributes")):
        return None
    fit = [one for one in earlier if scene.number - one.sentence <= 3 and (one.group.sex, one.group.age) == facets]
    return next((one for one in reversed(fit) if (one.quantity.base or 0) > (chunk.quantity.base or 0)), None)


def _late(draft: Draft) -> bool:
    """The growth of a total that stands beside it ("22 of them in the past 24 hours") is no whole of what follows."""
    return draft.tie == "increment" and draft.whole is not None and draft.whole // 10_000 == draft.sentence


def _can_hold(draft: Draft, code: str) -> bool:
    whole = (
        draft.tie not in ("part", "overlay")
        and bool(draft.quantity.words)
        and draft.quantity.base != 0
        and draft.code != "services cut"
    )
    return whole and (not code or draft.code == code)


def _harm_named(scene: Scene, chunk: Chunk) -> str:
    """The harm that a part names itself ("sixteen of the dead")."""
    inside = [one.word.code for one in scene.triggers if chunk.first <= one.first < chunk.last]
    return inside[0] if inside else ""


def _looks_back(scene: Scene) -> bool:
    """Whether a sentence without a harm word speaks on of the figure before it."""
    if any(True for _ in scene.says("parts", "looks_back")):
        return True
    placed = [chunk for chunk in scene.chunks if chunk.number and _place_beside(scene, chunk)]
    return len(placed) >= 2


def _parts(scene: Scene, here: Sequence[Draft], again: bool) -> Iterator[_Part]:
    used = {at for draft in here for at in range(draft.chunk.first, max(draft.chunk.core, draft.chunk.first + 1))}
    used |= {at for _, first, last in replaced(scene) for at in range(first, last)}
    kind = ""
    spread = "part" if any(True for _ in scene.says("parts", "distributes")) else ""
    for chunk in scene.chunks:
        if chunk.first in used or chunk.pronoun or _accused(scene, chunk) or lives(scene, chunk):
            continue
        opened = _opened(scene, chunk)
        before = [one.tie for one in here if one.chunk.first < chunk.first and one.tie in ("part", "overlay")]
        kind = kind or (before[-1] if before else "")
        listed = kind if kind and _follows_list(scene, chunk) else ""
        placed = "placed" if chunk.number and _place_beside(scene, chunk) else ""
        sibling = "sibling" if _as_were(scene, chunk) else ""
        found = opened or listed or sibling or placed or spread
        if again and found == "sibling":
            found = "part"
        if not opened and chunk.quantity.base is None:
            continue
        if found in ("overlay", "part") and (opened or listed) and _is_one(chunk):
            kind = "overlay"
            yield _Part(replace(chunk, number=(chunk.first, chunk.core)), kind)
        if found and chunk.number:
            kind = found if found != "placed" else kind
            yield _Part(chunk, found)
            used |= set(range(chunk.first, chunk.last))


def _is_one(chunk: Chunk) -> bool:
    """ "including a child": one person without a number, told by what the words say of them."""
    facets = chunk.group.age or chunk.group.sex or chunk.group.status or chunk.group.identity
    return chunk.single and not chunk.number and not chunk.group.names and bool(facets)


def _as_were(scene: Scene, chunk: Chunk) -> bool:
    """ "40 soldiers were killed, as were 30 militants": the same harm of others."""
    return any(last == chunk.first for _, last in scene.says("parts", "sibling"))


def _accused(scene: Scene, chunk: Chunk) -> bool:
    return chunk.first > 0 and scene.tokens[chunk.first - 1].norm == "by"


def _opened(scene: Scene, chunk: Chunk) -> str:
    """The kind of part that the words before or inside a chunk declare ("including", "of whom", "16 of them")."""
    if chunk.number and chunk.first and scene.tokens[chunk.first - 1].text == ":":
        return "part"
    if chunk.first and scene.tokens[chunk.first - 1].text == "(" and _counts_before(scene, chunk.first - 1):
        return "overlay"  # "3 civilians (two children and a woman)"
    for kind in ("overlay", "part"):
        for first, last in scene.says("parts", kind):
            if chunk.first <= first and last <= chunk.last:
                return kind
            if last <= chunk.first and _only_small(scene, last, chunk.first):
                return kind
    return ""


def _counts_before(scene: Scene, at: int) -> bool:
    """Whether a counted group ends right before a bracket."""
    return any(one.number and at in (one.core, one.last) for one in scene.chunks)


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
    return at >= 0 and (
        scene.tokens[at].text in ",;"
        or scene.tokens[at].norm in ("and", "و", "while")
        or scene.tokens[chunk.first].text.startswith("و")
    )


def _place_beside(scene: Scene, chunk: Chunk) -> bool:
    """ "60 in Homs", "Homs: 60", "40 (Hama)"."""
    for mention in scene.mentions:
        gap = (
            scene.tokens[chunk.last : mention.first]
            if mention.first >= chunk.last
            else scene.tokens[mention.last : chunk.first]
        )
        if len(gap) <= 4 and all(_joins_place(scene, token) for token in gap):
            return True
        if chunk.core <= mention.first and mention.last <= chunk.last:
            return True
    return False


def _joins_place(scene: Scene, token: object) -> bool:
    joins = scene.language.words("parts", "joins_place")
    return getattr(token, "text", "") in ":(—-–," or joins.has(token)  # type: ignore[arg-type]


def _begun(page: Page, scene: Scene, part: _Part, whole: Draft) -> Draft:
    trigger = (
        whole.trigger
        if whole.sentence == scene.number
        else replace(whole.trigger, first=part.chunk.first, last=part.chunk.last)
    )
    draft = Draft.begin(scene.number, replace(trigger, word=whole.trigger.word), part.chunk)
    kind = "part" if part.kind == "placed" else part.kind
    if kind == "sibling" or (part.kind == "placed" and _has_own_place(scene, whole)):
        return replace(draft, code=whole.code)  # a list of places whose sum nobody states
    if any(of_its_days(scene, part.chunk, first) for first, _ in scene.says("days", "lately")):
        draft = replace(draft, reach="increment")
        kind = "increment"
    group = made_up_by(scene, part.chunk)
    if group:
        kind, draft = "overlay", replace(draft, group=group.group)
    draft = replace(draft, code=whole.code, tie=kind, whole=id_of(whole))
    if not draft.group.words:
        draft = draft.having("group", inherited(whole.group), rule="group of the whole it is part of")
    return draft


def _has_own_place(scene: Scene, whole: Draft) -> bool:
    """Whether the first figure of a list stands for one place too ("60 in Homs, 40 in Hama")."""
    if whole.sentence != scene.number or whole.tie:
        return False
    return any(0 < mention.first - whole.chunk.last <= 4 for mention in scene.mentions)


def _tied(page: Page, scene: Scene, draft: Draft, earlier: Sequence[Draft], again: bool) -> Draft:
    """A draft with a harm word of its own that yet says it is part of, or more than, another."""
    mates = [one for one in earlier[-12:] if one.code == draft.code and precedes(one, draft)]
    whole = next((one for one in reversed(mates) if one.chunk.number and one.tie not in ("part", "overlay")), None)
    kind = _declared(page, scene, draft, mates, again)
    if kind and whole:
        return replace(draft, tie=kind, whole=id_of(whole))
    if _adds_on(scene, draft) and not _beside_others(draft, whole, earlier):
        return replace(draft, tie="increment", whole=id_of(whole) if whole else None, reach="increment")
    if replaced(scene) and draft.chunk.number:
        return replace(draft, tie="replaces")
    return draft


def _beside_others(draft: Draft, whole: Draft | None, earlier: Sequence[Draft]) -> bool:
    """ "Ten were killed. Another four were abducted": beside those, and on top of no figure of its own harm."""
    near = (one for one in earlier if 0 <= draft.sentence - one.sentence <= 1 and one.code != draft.code)
    return whole is None and any(one.chunk.number for one in near)


def _declared(page: Page, scene: Scene, draft: Draft, mates: Sequence[Draft], again: bool) -> str:
    """Whether words, a list, or a figure taken up again make a draft a part: which kind, "" for none."""
    opened = _opened(scene, draft.chunk)
    if opened or not draft.chunk.number:
        return opened
    if again or _listed_line(page, scene.number):
        return "part"
    before = [one for one in mates if one.sentence == scene.number and one.tie in ("part", "overlay")]
    return before[-1].tie if before and _follows_list(scene, draft.chunk) else ""


def made_up_by(scene: Scene, chunk: Chunk) -> Chunk | None:
    """ "Women make up at least 75 of the dead": the group that a number counts, before its verb."""
    for first, last in scene.says("parts", "makes_up", 0, chunk.first):
        if last == chunk.first:
            return next((one for one in scene.chunks if one.last == first and not one.number), None)
    return None


def of_its_days(scene: Scene, chunk: Chunk, first: int) -> bool:
    """ "22 of them in the past 24 hours": days right behind a number are of that number alone."""
    if chunk.number is None or not 0 <= first - chunk.last <= 1:
        return False
    return any(chunk.first <= start and end <= chunk.last for start, end in scene.says("parts", "part"))


def _adds_on(scene: Scene, draft: Draft) -> bool:
    """ "another 20", "20 more"; not the "more" of "more than"."""
    for first, last in scene.says("parts", "increment"):
        compared = scene.language.comparators.match(scene.tokens, first)
        than = compared is not None and compared[0] == "more than"
        if draft.chunk.first <= first and last <= draft.chunk.last and not than:
            return True
    return False


def _listed_line(page: Page, number: int) -> bool:
    """A line of a list that a colon opened ("by province as follows:")."""
    while number > 0 and page.scenes[number].sentence.headline:
        number -= 1
        if page.scenes[number].tokens[-1].text == ":":
            return True
    return False
