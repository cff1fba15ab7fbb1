"""People over what is put in between them and their verb: between dashes, in quotation marks, behind "including"."""

from __future__ import annotations

from cenotaph.read.neighbours import adjacent_left
from cenotaph.read.page import Scene
from cenotaph.read.people import Chunk

_NEAR = 14  # tokens between a verb and its people: a relative clause or a place and a day
_NAME = 6  # tokens between the two marks of a quoted name
_DASHES = "-‐–—"
_QUOTES = '“”"»«'


def over_dashes(scene: Scene, at: int) -> Chunk | None:
    """ "Seven fighters -most of them foreigners- were killed": the people before the dash that the last one closes."""
    tokens = scene.tokens
    if at < 3 or tokens[at - 1].text not in _DASHES:
        return None
    for opening in range(at - 3, max(0, at - 2 - _NEAR), -1):
        if tokens[opening].text == tokens[at - 1].text and tokens[opening - 1].end < tokens[opening].start:
            return adjacent_left(scene, opening)
        if tokens[opening].text in ".;:":
            return None
    return None


def over_comma(scene: Scene, at: int) -> Chunk | None:
    """ "803 people, among them women, were killed": the comma that ends an insertion."""
    return adjacent_left(scene, at - 1) if at > 1 and scene.tokens[at - 1].text in ",،" else None


def over_overlay(scene: Scene, chunk: Chunk) -> Chunk | None:
    """ "dozens of civilians, among them patients and doctors, were killed": the subject stands before "among them"."""
    for first, last in scene.says("parts", "overlay", 0, chunk.first):
        if not first:
            continue
        behind = _counted_before(scene, first) or scene.tokens[first - 1].text == ","
        listed = last < chunk.first and behind and lists(scene, last, chunk.first)
        if last == chunk.first or listed or (last < chunk.first and scene.tokens[last].norm in ("at", "the", "many")):
            at = first - 1 if scene.tokens[first - 1].text in ",،" else first
            return adjacent_left(scene, at)
    return None


def _counted_before(scene: Scene, at: int) -> bool:
    """ "ten fighters including two Libyans, an Egyptian and others": a number of people right before the words."""
    whole = adjacent_left(scene, at)
    return whole is not None and whole.number is not None


def lists(scene: Scene, first: int, last: int) -> bool:
    """Whether a list stands between two tokens: groups and the words of their names, no verb, no sign but commas."""
    stops = any(token.text in ";:.“”" or scene.language.says.of(token) for token in scene.tokens[first:last])
    verb_lists = [scene.language.words("harm_words", key) for key in ("be", "leaves")]
    verbs = any(one.has(token) for token in scene.tokens[first:last] for one in verb_lists)
    harmed = any(first <= one.first < last for one in scene.triggers)
    return last - first <= _NEAR and not stops and not verbs and not harmed


def walled(scene: Scene, first: int, last: int) -> bool:
    """Whether a sign, a word of saying or another harm parts two places of a sentence."""
    named = _quoted_names(scene, first, last)
    between = [token for at, token in enumerate(scene.tokens[first:last], first) if at not in named]
    if any(token.text in ";:" + _QUOTES or scene.language.says.of(token) for token in between):
        return True
    if any(
        one.first >= first and one.last <= last and one.word.takes not in ("name", "counted") for one in scene.triggers
    ):
        return True
    return any(token.norm in ("that", "after", "when", "while", "where", "because", "but", "if") for token in between)


def _quoted_names(scene: Scene, first: int, last: int) -> set[int]:
    """The tokens of short quotations ("fighters of the “Free Army” movement"): marks with their mates close by."""
    marks = [at for at in range(first, last) if scene.tokens[at].text in _QUOTES]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return {at for start, end in pairs if end - start <= _NAME for at in range(start, end + 1)}
