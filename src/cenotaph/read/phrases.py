"""How far the noun phrase of a speaker runs: over titles and appositions, to the edge of its clause."""

from __future__ import annotations

from cenotaph.read.page import Scene

_LONGEST = 28  # tokens that a speaker with title and apposition may run to


def noun_start(scene: Scene, end: int) -> int:
    """Where the noun phrase of a speaker begins that ends here: back to the clause's edge, over appositions."""
    start = end
    while start > 0 and end - start < _LONGEST and not _edge(scene, start - 1):
        start -= 1
    segments = _segments(scene, start, end)
    return segments


def _segments(scene: Scene, start: int, end: int) -> int:
    """Of "In Baniyas, Rami A., the director, said" the speaker's own part: from the first segment that opens like a
    name.
    """
    opening = scene.language.words("voices", "adjunct")
    at = start
    while at < end and opening.has(scene.tokens[at]):
        comma = next((n for n in range(at, end) if scene.tokens[n].text == ","), None)
        if comma is None:
            break
        at = comma + 1
    while at < end and (
        scene.tokens[at].text in "-–—•*" or scene.language.words("voices", "joiners").has(scene.tokens[at])
    ):
        at += 1
    return at


def _edge(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.text in ';:“”"«»?!-–—؛/' or (token.text in ",،" and not _apposed(scene, at) and not closes(scene, at)):
        return True
    if in_hearsay(scene, at) or in_relative(scene, at) or is_noun(scene, at):
        return False
    if token.text == "," and at + 1 < len(scene.tokens) and at > 0 and scene.tokens[at - 1].text in '”"':
        return True
    if scene.language.says.of(token) or any(
        one.first <= at < one.last and one.word.takes in ("undergo", "befall", "act") for one in scene.triggers
    ):
        return True
    return scene.language.words("voices", "edges").has(token)


def _in_clause(scene: Scene, at: int) -> bool:
    """Whether a verb stands shortly before a comma, so that what follows opens a clause and no apposition."""
    before = range(max(0, at - 7), at)
    harm = any(one.first in before and one.word.takes not in ("name", "event") for one in scene.triggers)
    verb = any(scene.language.words("harm_words", "have").has(scene.tokens[n]) for n in before)
    return harm or verb or any(scene.language.words("harm_words", "be").has(scene.tokens[n]) for n in before)


def closes(scene: Scene, at: int) -> bool:
    """The comma that ends an apposition: "Rami A., the director, said"."""
    opening = next((n for n in range(at - 1, max(-1, at - 14), -1) if scene.tokens[n].text == ","), None)
    return opening is not None and _apposed(scene, opening)


def in_hearsay(scene: Scene, at: int) -> bool:
    """ "media reports": the noun looks like a verb of saying and is none."""
    return any(
        first <= at < last and (last - first > 1 or first == 0 or not scene.tokens[first - 1].is_word)
        for first, last in scene.says("voices", "hearsay")
    )


def is_noun(scene: Scene, at: int) -> bool:
    """ "the lists of doctors", "its records": behind an article no verb of saying."""
    return at > 0 and scene.language.words("voices", "articles").has(scene.tokens[at - 1])


def descriptions(scene: Scene) -> list[tuple[int, int]]:
    """ "The ministry, which compiles its figures from ..., said": clauses that tell of a speaker, with both commas."""
    out = []
    for at, token in enumerate(scene.tokens[:-1]):
        if token.text == "," and scene.tokens[at + 1].norm == "which":
            near = range(at + 2, min(at + _LONGEST, len(scene.tokens) - 1))
            ends = [n for n in near if scene.tokens[n].text == "," and scene.language.says.of(scene.tokens[n + 1])]
            out += [(at, ends[0] + 1)] if ends else []
    return out


def in_description(scene: Scene, at: int) -> bool:
    return any(first <= at < last for first, last in descriptions(scene))


def in_relative(scene: Scene, at: int) -> bool:
    """ "a man who gave only his first name": a verb that describes the speaker is no cue."""
    return (
        at > 0
        and scene.tokens[at - 1].norm == "who"
        and any(scene.language.says.of(token) for token in scene.tokens[at + 1 :])
    )


def noun_end(scene: Scene, start: int) -> int:
    """Where the noun phrase of a speaker ends that begins here."""
    end, depth = start, 0
    numbers = {amount.first for amount in scene.amounts if amount.quantity.base}
    verb_first = scene.language.table.get("verb_first")
    while end < len(scene.tokens) and end - start < _LONGEST:
        token = scene.tokens[end]
        depth += token.text == "("
        if (
            not depth
            and ((end > start and _edge(scene, end)) or (end in numbers and end > start) or token.text in ",.—–")
            and not _apposed(scene, end)
        ):
            break
        if not depth and scene.language.words("voices", "ends").has(token) and end > start:
            break
        if verb_first and end > start and scene.language.words("voices", "through").match(scene.tokens, end):
            break  # "قال أحد السكان لوكالة س"
        depth -= token.text == ")"
        end += 1
    return end


def _apposed(scene: Scene, at: int) -> bool:
    """A comma before "the director of ..." or "a resident of ..." goes on with the same speaker."""
    if scene.tokens[at].text != "," or at + 1 >= len(scene.tokens):
        return False
    ahead = scene.tokens[at + 1 : at + 5]
    if ahead[0].norm in ("who", "which", "whose"):
        return True
    if _in_clause(scene, at) or (ahead[0].norm in ("its", "their") and not _comma_in(scene, at + 1, at + 7)):
        return False
    opener = ahead[0].norm in ("the", "a", "an", "its", "their") or scene.language.words("voices", "persons").has(
        ahead[0]
    )
    return opener and any(scene.language.words("voices", "persons").has(token) for token in ahead)


def _comma_in(scene: Scene, first: int, last: int) -> bool:
    return any(token.text == "," for token in scene.tokens[first:last])
