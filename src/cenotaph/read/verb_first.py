"""Who speaks, where the verb comes first: "نقلت X عن Y", a headline's "X: ...", and a subject that stands first yet.

`قال X إن` itself is read by the lists of cues.py. Data: `relays`, `relayed_from`, `documents` of [voices].
"""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.page import Page, Scene
from cenotaph.read.phrases import noun_end
from cenotaph.read.speakers import Speaker, organisations, speaker_of

_COLON = 9  # words before the colon of "عاجل | مراسل X: ..."
_SUBJECT = 8  # words of a subject that stands before its verb
_EDGES = '.:;،,|؛«»"“”!?؟-–—•*🔴🔻'

Found = tuple[Speaker, int, int]


def over_document(scene: Scene, at: int) -> int:
    """ "أظهر تقرير للأمم المتحدة": past a document, to whose it is."""
    documents = scene.language.words("voices", "documents")
    return at + 1 if at + 1 < len(scene.tokens) and documents.has(scene.tokens[at]) else at


def relayed(
    page: Page, scene: Scene, first: int, last: int, known: Sequence[Speaker]
) -> tuple[Found, Speaker | None] | None:
    """ "نقلت وكالة X عن Y": Y answers for it, through X; None where the verb relays from nobody."""
    if not scene.language.words("voices", "relays").has(scene.tokens[first]):
        return None
    source = scene.language.words("voices", "relayed_from")
    near = range(last, min(last + _SUBJECT, len(scene.tokens) - 1))
    of = next((at for at in near if source.has(scene.tokens[at])), None)
    if of is None:
        return None
    end = noun_end(scene, of + 1)
    speaker = speaker_of(page, scene, of + 1, end, list(known), introduced=True)
    through = speaker_of(page, scene, last, of, list(known)) if of > last else None
    return ((speaker, of + 1, end), through.carrying() if through else None) if speaker else None


def subject_first(page: Page, scene: Scene, at: int, known: Sequence[Speaker]) -> Found | None:
    """ "المرصد يوثق مقتل 12": a headline's subject before its verb, right from the edge of the clause."""
    start = at
    while start > 0 and at - start <= _SUBJECT and scene.tokens[start - 1].text not in _EDGES:
        start -= 1
    tied = scene.tokens[at].text.startswith("و") and len(scene.tokens[at].forms) > 1
    inside = any(start <= one.first < at for one in scene.triggers)
    spoken = any(scene.language.says.of(token) for token in scene.tokens[start:at])
    if start == at or at - start > _SUBJECT or tied or inside or spoken:
        return None
    speaker = speaker_of(page, scene, start, at, list(known))
    return (speaker, start, at) if speaker else None


def before_colon(page: Page, scene: Scene, known: Sequence[Speaker]) -> Found | None:
    """ "المرصد السوري: مقتل 12", "عاجل | مصدر طبي: ...": who stands before the first colon of a headline."""
    tokens = scene.tokens
    colon = next((at for at in range(1, min(_COLON, len(tokens))) if tokens[at].text == ":"), None)
    if colon is None:
        return None
    start = next((at + 1 for at in range(colon - 1, -1, -1) if tokens[at].text in _EDGES), 0)
    if start >= colon or any(one.first < colon for one in scene.triggers):
        return None
    if not organisations(page, scene, start, colon) and not _is_voice(scene, start):
        return None
    speaker = speaker_of(page, scene, start, colon, list(known))
    return (speaker, start, colon) if speaker else None


def _is_voice(scene: Scene, at: int) -> bool:
    """Whether a phrase opens with a word for somebody who speaks or a body."""
    words = scene.language.words
    hearsay = words("voices", "hearsay").match(scene.tokens, at) is not None
    return hearsay or any(words("voices", key).has(scene.tokens[at]) for key in ("persons", "bodies", "officials"))
