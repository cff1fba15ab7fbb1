"""One statement of who says what."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.read.cue_words import Kind
from cenotaph.vocabulary import Span


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue with its source and content. Tokens count within the scene; spans stand in the text of the report.

    `speaker` is None where nobody answers for it ("is said to", "reportedly"). `quoted`: the cue stands inside a
    quotation, so that it is what the person quoted says of somebody else's words. `joined`: its source is the subject
    of an earlier verb ("..., adding"). `noun`: the cue is one ("his claim that"); `colon`: it is a colon. `topic`: the
    content is only what is spoken of ("commented on"). `within`: the place, among the sayings of the scene, of the one
    in whose content it stands.
    """

    scene: int
    kind: Kind
    first: int
    last: int
    cue: Span
    speaker: tuple[int, int] | None
    source: Span | None
    content: tuple[Span, ...] = ()
    quoted: bool = False
    joined: bool = False
    noun: bool = False
    colon: bool = False
    topic: bool = False
    within: int | None = None
