"""What an accused party says back: denies, justifies, blames others, acknowledges, or concedes a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.voices import outlet_of
from cenotaph.vocabulary import Answer, AnswerKind, Coder, Party, Span


def answers(page: Page, drafts: Sequence[Draft], claims: Sequence[str], coder: Coder) -> list[Answer]:
    """The answers of a report in the order they stand; each kind once a sentence."""
    out: list[Answer] = []
    for scene in page.scenes:
        seen: set[str] = set()
        for kind, first, last in _cues(scene):
            party = _party(scene, first) or (_carried(out, scene) if kind not in seen else None)
            if party is None or kind in seen:
                continue
            seen.add(kind)
            out.append(_answer(page, scene, kind, first, last, party, coder))
    return [_to(answer, claims) for answer in out]


def _goes_on(scene: Scene) -> bool:
    return bool(scene.tokens) and scene.language.words("voices", "pronouns").has(scene.tokens[0])


def _cues(scene: Scene) -> Iterator[tuple[str, int, int]]:
    hidden = {at for first, last in scene.says("answers", "not_answers") for at in range(first, last)}
    for kind, first, last in scene.language.answers.all(scene.tokens):
        if first not in hidden:
            yield kind, first, last


def _party(scene: Scene, at: int) -> tuple[int, int] | None:
    """The accused party that speaks: a side or a body that can be accused, before the cue in its sentence; in languages
    whose verb comes first, right behind it.
    """
    if scene.language.table.get("verb_first"):
        return _behind(scene, at + 1)
    sides = [(first, last) for _, first, last in scene.language.sides.all(scene.tokens, 0, at)]
    bodies = [n for n in range(at) if scene.language.words("answers", "parties").has(scene.tokens[n])]
    if sides and (not bodies or sides[0][1] >= bodies[0]):
        return sides[0]
    if not bodies:
        return None
    start = bodies[0]
    while start > 0 and (
        scene.language.words("people_words", "modifiers").has(scene.tokens[start - 1])
        or scene.tokens[start - 1].norm in ("the", "interim", "transitional")
    ):
        start -= 1
    return start, bodies[0] + 1


def _behind(scene: Scene, at: int) -> tuple[int, int] | None:
    """ "نفت الحكومة", "ونفى الجيش السوري": the side or body that begins at a token, with what the words add to it."""
    side = scene.language.sides.match(scene.tokens, at) if at < len(scene.tokens) else None
    if side:
        return at, at + side[1]
    if at >= len(scene.tokens) or not scene.language.words("answers", "parties").has(scene.tokens[at]):
        return None
    last = at + 1
    while last < len(scene.tokens) and scene.language.adjectives.of(scene.tokens[last]) is not None:
        last += 1
    return at, last


def _carried(earlier: Sequence[Answer], scene: Scene) -> tuple[int, int] | None:
    """ "It blamed ...": the party that answered in the sentence before."""
    return (0, 1) if earlier and _goes_on(scene) else None


def _answer(
    page: Page,
    scene: Scene,
    kind: str,
    first: int,
    last: int,
    party: tuple[int, int],
    coder: Coder,
) -> Answer:
    where = scene.sentence.cut(*party)
    side = [one.canonical for options, _, _ in scene.language.sides.all(scene.tokens, *party) for one in options[:1]]
    trigger = scene.sentence.cut(first, last)
    spoken = _content(scene, first)
    outlet = outlet_of(page)
    fields: dict[str, object] = {
        "kind": _kind(kind),
        "party": Party(where.of(page.report.text), side[0] if side else "", degree=""),
        "trigger": trigger,
        "words": spoken.of(page.report.text),
        "voices": (outlet,),
        "evidence": (("party", where), ("words", spoken)),
        "coder": coder,
    }
    if kind == "blames others":
        blamed = Span(trigger.end, spoken.end).of(page.report.text).strip(" .,")
        fields["blames"] = (Party(blamed or trigger.of(page.report.text), degree=""),)
    return Answer.read_as(page.report, scene.sentence.span, **fields)


def _kind(kind: str) -> AnswerKind:
    kinds: dict[str, AnswerKind] = {
        "denies": "denies", "justifies": "justifies", "blames others": "blames others", "acknowledges": "acknowledges",
    }  # fmt: skip
    return kinds[kind]


def _content(scene: Scene, first: int) -> Span:
    """From the cue to the end of its clause, the next cue or the sentence."""
    return Span(scene.tokens[first].start, scene.tokens[-1].end)


def _to(answer: Answer, claims: Sequence[str]) -> Answer:
    return answer


def answered(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Harm that a party only speaks of in its answer, without a figure, is the answer's and no claim of its own."""
    spoken = {scene.number for scene in page.scenes if any(_party(scene, first) for _, first, _ in _cues(scene))}
    return [draft for draft in drafts if draft.sentence not in spoken or draft.chunk.number]
