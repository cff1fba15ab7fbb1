"""What is said: the part of a sentence, or of the quotation around it, that a cue governs; and which cue stands inside
the content of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.grammar import is_a
from cenotaph.read.page import Scene
from cenotaph.read.saying import Saying
from cenotaph.vocabulary import Span

Marks = Sequence[Sequence[bool]]  # of each scene, for each token, whether it stands inside a quotation
_CLOSE = '”»"'


def with_contents(scenes: Sequence[Scene], found: Sequence[Sequence[Saying]], quoted: Marks) -> list[list[Saying]]:
    """The sayings with their contents, over the sentences of a quotation; each with the one that it stands within."""
    out = [_of_scene(scene, line) for scene, line in zip(scenes, found, strict=True)]
    for scene, line in zip(scenes, out, strict=True):
        at = next((n for n, one in enumerate(line) if not quoted[scene.number][one.first]), None)
        if at is not None:
            line[at] = replace(line[at], content=_with_quotation(scenes, out, quoted, scene, line[at]))
    return out


def _of_scene(scene: Scene, line: Sequence[Saying]) -> list[Saying]:
    out = [replace(one, content=_content(scene, one, line)) for one in line]
    return [replace(one, within=_within(n, one, out)) for n, one in enumerate(out)]


def _within(number: int, one: Saying, line: Sequence[Saying]) -> int | None:
    """The saying in whose content this one stands; none for a second verb of the same speaker."""
    for n, other in enumerate(line):
        inside = any(part.start <= one.cue.start < part.end for part in other.content)
        aloud = other.quoted and not one.quoted
        if n != number and inside and not aloud and other.kind != "seems" and not _same(one, other):
            return n
    return None


def _same(one: Saying, other: Saying) -> bool:
    return one.source is not None and one.source == other.source


def _content(scene: Scene, one: Saying, line: Sequence[Saying]) -> tuple[Span, ...]:
    first, last = _core(one)
    end = _end(scene, one, last, line)
    after = _piece(scene, last, end)
    if first > 0 and _closes_content(scene, one, first, last, end):
        return (*_piece(scene, 0, first), *after)
    return after or _piece(scene, 0, first)


def _core(one: Saying) -> tuple[int, int]:
    """Cue and source together; the cue alone where the source belongs to an earlier verb of the sentence."""
    if one.speaker is None or one.joined:
        return one.first, one.last
    return min(one.first, one.speaker[0]), max(one.last, one.speaker[1])


def _closes_content(scene: Scene, one: Saying, first: int, last: int, end: int) -> bool:
    """ "..., he said": behind a quotation, or behind a comma where no clause follows the cue."""
    if one.joined or (one.speaker and is_a(scene, one.speaker[0], "relatives")):
        return False
    before = scene.tokens[first - 1].text
    if before in _CLOSE or before in "?!":
        return True
    if before not in ",—–":
        return False
    return last >= end or not _opens_content(scene, last) or any(token.text in _CLOSE for token in scene.tokens[:first])


def _opens_content(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.text in (",", "."):
        return False
    return not (is_a(scene, at, "prepositions") or scene.language.weekdays.of(token) is not None)


def _end(scene: Scene, one: Saying, last: int, line: Sequence[Saying]) -> int:
    """Where the content ends behind its cue: with the quotation it stands in, the opening clause, the phrase of a noun,
    or where another cue begins that it does not govern; else with the sentence.
    """
    ends = [len(scene.tokens)]
    if one.quoted:
        ends += [n for n in range(last, len(scene.tokens)) if scene.tokens[n].text in _CLOSE][:1]
    if one.noun or _in_opening_clause(scene, one.first):
        ends += [n for n in range(last, len(scene.tokens)) if scene.tokens[n].text == ","][:1]
    ends += [_core(other)[0] for other in line if other is not one and _is_free(scene, one, last, other)]
    return min(ends)


def _in_opening_clause(scene: Scene, at: int) -> bool:
    """ "While the army denied it, residents ..."."""
    first = next((n for n, token in enumerate(scene.tokens) if token.is_word), 0)
    opens = is_a(scene, first, "subordinators") and not is_a(scene, first, "determiners")
    return opens and not any(scene.tokens[n].text == "," for n in range(first, at))


def _is_free(scene: Scene, one: Saying, last: int, other: Saying) -> bool:
    """Whether another cue behind this one is outside its content: a second verb of the same speaker, one that closes
    what is before it (", he said,"), one that a conjunction parts from it.
    """
    first, end = _core(other)
    if first < last or first == 0:
        return False
    if other.source is not None and other.source == one.source:
        return True
    before = scene.tokens[first - 1]
    parted = before.text in ",;—–" or before.text in _CLOSE
    closing = end >= len(scene.tokens) or not scene.tokens[end].is_word
    short = sum(scene.tokens[n].is_word for n in range(end, len(scene.tokens))) < 3
    if (parted and (closing or short) and not other.joined) or before.text == ";":
        return True
    comma = first > 1 and scene.tokens[first - 2].text in ",—–"
    joining = is_a(scene, first - 1, "coordinators") or (comma and is_a(scene, first - 1, "parting"))
    return joining or scene.tokens[first - 1].norm in ("as", "after")


def _piece(scene: Scene, first: int, last: int) -> tuple[Span, ...]:
    words = [n for n in range(first, last) if scene.tokens[n].is_word]
    return (scene.sentence.cut(first, last),) if words else ()


def _with_quotation(
    scenes: Sequence[Scene], found: Sequence[Sequence[Saying]], quoted: Marks, scene: Scene, one: Saying
) -> tuple[Span, ...]:
    """With the sentences before and behind that the same quotation holds: "A. B," she said. "C." """
    first, last = scene.number, scene.number + 1
    while first > 0 and quoted[first - 1][-1] and _goes_on(scene, scenes[first - 1], found, quoted):
        first -= 1
    while last < len(scenes) and quoted[last][0] and _goes_on(scene, scenes[last], found, quoted):
        last += 1
    before = (scenes[n].sentence.span for n in range(first, scene.number))
    after = (scenes[n].sentence.span for n in range(scene.number + 1, last))
    return (*before, *one.content, *after)


def _goes_on(scene: Scene, other: Scene, found: Sequence[Sequence[Saying]], quoted: Marks) -> bool:
    """Whether another sentence of the paragraph has no cue of its own outside the quotation."""
    own = any(not quoted[other.number][one.first] for one in found[other.number])
    return not own and scene.sentence.paragraph == other.sentence.paragraph
