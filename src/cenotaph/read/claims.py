"""Drafts made into claims: the quote, the anchor, the ids and the ties between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.ties import id_of
from cenotaph.vocabulary import Claim, Coder, Harm, Span, Tie

VERSION = "0.1"


def claims_of(page: Page, drafts: Sequence[Draft], coder: Coder) -> list[Claim]:
    """The claims in the order their figures stand; of two that would be one claim, the first."""
    known: dict[int, str] = {}
    first = {id_of(draft): draft for draft in reversed(drafts)}
    for draft in drafts:
        known.setdefault(id_of(draft), _claim(page, draft, coder, {}).id)
    ids = {key: known[_original(key, first)] for key in known}
    out: dict[str, Claim] = {}
    for draft in drafts:
        claim = _claim(page, draft, coder, ids)
        out.setdefault(claim.id, claim)
    return [_settled(claim, out) for claim in out.values()]


def _original(key: int, first: Mapping[int, Draft]) -> int:
    """The figure that a restatement says again, so that parts belong to where it was said first."""
    seen = {key}
    while first[key].tie == "restates":
        whole = first[key].whole
        if whole is None or whole not in first or whole in seen:
            break
        key = whole
        seen.add(key)
    return key


def _claim(page: Page, draft: Draft, coder: Coder, ids: dict[int, str]) -> Claim:
    scene = page.scenes[draft.sentence]
    trigger = scene.sentence.cut(draft.trigger.first, draft.trigger.last)
    anchor = scene.sentence.cut(*draft.chunk.number) if draft.chunk.number else trigger
    whole = ids.get(draft.whole, "") if draft.whole is not None else ""
    tie = Tie(whole, draft.tie) if draft.tie else None  # type: ignore[arg-type]
    quantity = replace(draft.quantity, of=whole) if draft.quantity.fraction is not None and whole else draft.quantity
    return Claim.read_as(
        page.report, scene.sentence.span,
        anchor=anchor, trigger=trigger, harm=Harm.parse(draft.code), quantity=quantity, coder=coder, group=draft.group,
        means=draft.means, parties=draft.parties, place=draft.place, period=draft.period, voices=draft.voices,
        said=draft.said, as_of=draft.as_of, stance=draft.stance, reach=draft.reach, relation=tie,
        exclusions=draft.exclusions, level=draft.level, evidence=_evidence(scene, draft, anchor, trigger),
        assumed=draft.assumed,
    )  # fmt: skip


def _evidence(scene: Scene, draft: Draft, anchor: Span, trigger: Span) -> tuple[tuple[str, Span], ...]:
    group = scene.sentence.cut(draft.chunk.first, draft.chunk.last)
    own = (("harm", trigger), ("quantity", anchor), ("group", group))
    known = {name for name, _ in draft.evidence}
    return (*(one for one in own if one[0] not in known), *draft.evidence)


def _settled(claim: Claim, held: dict[str, Claim]) -> Claim:
    """A tie to a claim that was merged away says only that there is a whole."""
    if claim.relation and claim.relation.to and claim.relation.to not in held:
        return replace(claim, relation=Tie("", claim.relation.kind))
    return claim
