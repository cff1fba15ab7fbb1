"""Who does what a verb says: the noun phrase before it or behind it, found by words of grammar and without a parse.

The rules are those of a shallow chunker over closed classes of words (Abney 1991, "Parsing by chunks"): a noun phrase
is walked back from its verb to a verb, a subordinator or a sign that ends it.
"""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.read.cue_words import cue_words
from cenotaph.read.grammar import (
    contraction,
    is_a,
    is_adverb,
    is_auxiliary,
    is_capital,
    is_finite,
    is_noun_like,
    is_weekday,
    stands_alone,
)
from cenotaph.read.page import Scene

_LONGEST = 30  # tokens that a source with titles and appositions may run to
_INSERTED = 24  # tokens between the two commas of an insertion
_INNER = ".$%&'’/#-"  # signs that a noun phrase may hold ("Lt. Gen. X", "AT&T")
Part = tuple[int, int]  # first token, last token (exclusive)


# --- the subject before a verb ------------------------------------------------------------------------------------


def subject_before(scene: Scene, end: int) -> Part | None:
    """The noun phrase that ends at a verb group, with title, apposition and relative clause; None: there is none."""
    end = _over_adverbials(scene, end)
    if end <= 0:
        return None
    token = scene.tokens[end - 1]
    if is_a(scene, end - 1, "relatives"):
        return end - 1, end
    if is_a(scene, end - 1, "subjects") or contraction(scene, end - 1):
        return end - 1, end
    if token.text == "," or is_a(scene, end - 1, "dashes"):
        return _over_insertion(scene, end)
    if is_a(scene, end - 1, "coordinators") or not (token.is_word or token.text in ")%" or token.text.isdigit()):
        return None
    return _trimmed(scene, _walk(scene, end), end)


def _over_adverbials(scene: Scene, end: int) -> int:
    """Back over adverbs and days between a subject and its verb: "The monitor on Tuesday also"."""
    while end > 1:
        if is_adverb(scene, end - 1) and not stands_alone(scene, end - 1):
            end -= 1
        elif is_weekday(scene, end - 1) and scene.tokens[end - 2].is_word:
            end -= 1
            end -= scene.tokens[end - 1].norm in ("on", "late", "early", "this", "last")
        else:
            break
    return end


def _over_insertion(scene: Scene, end: int) -> Part | None:
    """ "Rami A., a resident of X, said"; "The army, meanwhile, said": the comma before the verb closes what another
    opened.
    """
    sign = scene.tokens[end - 1].text
    for opening in range(end - 2, max(-1, end - 2 - _INSERTED), -1):
        token = scene.tokens[opening]
        if is_a(scene, opening, "quotes"):
            return None
        if token.text != sign:
            continue
        head = subject_before(scene, opening)
        if head is None:
            return None
        if _describes(scene, opening + 1, end - 1):
            return head[0], end - 1
        return head
    return None


def _describes(scene: Scene, first: int, last: int) -> bool:
    """Whether an insertion tells who the subject is; it does not where it opens as an adverbial or a second verb."""
    if first >= last or is_adverb(scene, first):
        return False
    token = scene.tokens[first]
    if is_a(scene, first, "relatives") or is_a(scene, first, "including") or token.norm == "whose":
        return True
    if is_a(scene, first, "subordinators") or is_a(scene, first, "coordinators") or is_auxiliary(scene, first):
        return False
    forms = cue_words(scene.language).can_be(token)
    return not (is_a(scene, first, "prepositions") or "ing" in forms or token.norm.endswith("ing"))


def _walk(scene: Scene, end: int) -> int:
    start = end
    while start > 0 and end - start < _LONGEST:
        at = start - 1
        if scene.tokens[at].text == ")":
            opening = _find(scene, "(", max(0, at - 12), at)
            if opening is None:
                break
            start = opening
        elif _ends_phrase(scene, at, start, end):
            break
        else:
            start = at
    return start


def _ends_phrase(scene: Scene, at: int, start: int, end: int) -> bool:
    token = scene.tokens[at]
    if not token.is_word:
        inner = (token.text in _INNER and not _is_dash(scene, at)) or token.text[0].isdigit()
        return not (inner or (token.text == "," and _in_list(scene, at, end)))
    if token.norm == "and" or token.norm == "or":
        return not _joins(scene, at, start)
    if is_a(scene, at, "subordinators") and not (is_a(scene, at, "prepositions") and is_a(scene, at, "within")):
        return not _opens_relative(scene, at)
    if is_a(scene, at, "relatives"):
        return not _describes_noun(scene, at)
    if is_finite(scene, at):
        return not (_modifies(scene, at, start, end) or _describes_noun(scene, at - 1))
    pronoun = is_a(scene, at, "subjects") or is_a(scene, at, "objects")
    return pronoun and not is_a(scene, at, "possessives")


def _modifies(scene: Scene, at: int, start: int, end: int) -> bool:
    """ "people injured in the attack said": a participle before a preposition that goes on with the phrase."""
    token = scene.tokens[at]
    if is_auxiliary(scene, at) or contraction(scene, at) or at == 0 or not is_noun_like(scene, at - 1):
        return False
    participle = token.norm.endswith(("ed", "en")) or "participle" in cue_words(scene.language).can_be(token)
    return participle and start < end and is_a(scene, start, "prepositions") and start == at + 1


def _describes_noun(scene: Scene, at: int) -> bool:
    """ "a man who gave only his first name": "who" directly behind its noun, with its verb behind it."""
    while at > 0 and (is_adverb(scene, at) or is_auxiliary(scene, at)):
        at -= 1
    who = is_a(scene, at, "relatives") or _opens_relative(scene, at)
    return 0 < at < len(scene.tokens) - 1 and who and is_noun_like(scene, at - 1)


def _opens_relative(scene: Scene, at: int) -> bool:
    """ "a study that found": "that" between a noun and its verb."""
    verb = at + 1 < len(scene.tokens) and scene.tokens[at].norm == "that" and is_finite(scene, at + 1)
    return verb and is_noun_like(scene, at - 1) and not is_finite(scene, at - 1)


def _is_dash(scene: Scene, at: int) -> bool:
    """A hyphen with a space on each side parts a dateline from its text."""
    tokens = scene.tokens
    inside = 0 < at < len(tokens) - 1 and tokens[at].text == "-"
    return inside and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _joins(scene: Scene, at: int, start: int) -> bool:
    """Whether "and" joins two nouns of one phrase: no clause with a verb of its own comes before it."""
    if at == 0 or is_a(scene, start, "subjects") or scene.tokens[at - 1].text == ",":
        return at > 0 and scene.tokens[at - 1].text == "," and _in_list(scene, at - 1, len(scene.tokens))
    if is_capital(scene, at - 1) and is_capital(scene, start):
        return True
    for n in range(at - 1, -1, -1):
        token = scene.tokens[n]
        if not token.is_word and token.text in ',;:—–“”"':
            return True
        if is_a(scene, n, "subordinators") and not is_a(scene, n, "prepositions"):
            return True
        if is_finite(scene, n):
            return False
    return True


def _in_list(scene: Scene, at: int, end: int) -> bool:
    """A comma of "A, B and C": capitalised names on both sides, and an "and" further on."""
    if at == 0 or at + 1 >= len(scene.tokens):
        return False
    after = scene.tokens[at + 1]
    named = is_capital(scene, at - 1) and (is_capital(scene, at + 1) or after.norm == "and")
    joined = any(scene.tokens[n].norm in ("and", "or") for n in range(at + 1, min(end, at + 12)))
    return named and joined and not any(is_finite(scene, n) for n in range(at + 1, min(end - 1, at + 6)))


def _trimmed(scene: Scene, start: int, end: int) -> Part | None:
    """The subject itself, without what stands before it in its clause: "On Friday", "the day"."""
    while start < end and (
        (not scene.tokens[start].is_word and not scene.tokens[start].text[0].isdigit())
        or is_a(scene, start, "coordinators")
        or (is_a(scene, start, "subordinators") and not is_a(scene, start, "determiners"))
        or (is_adverb(scene, start) and not stands_alone(scene, start))
        or (is_weekday(scene, start) and start + 1 < end)
    ):
        start += 1
    described = next((n for n in range(start, end) if is_a(scene, n, "relatives")), end)
    for at in range(described - 1, start, -1):
        opens = is_a(scene, at, "determiners") and not is_a(scene, at, "indefinites")
        if opens and (is_noun_like(scene, at - 1) or is_weekday(scene, at - 1) or is_adverb(scene, at - 1)):
            start = at
            break
    if start < end and is_a(scene, start, "prepositions"):
        start = _after_adjunct(scene, start, end)
    names = any(is_noun_like(scene, n) or stands_alone(scene, n) for n in range(start, end))
    return (start, end) if names else None


def _after_adjunct(scene: Scene, start: int, end: int) -> int:
    """ "In Aleppo residents", "At a rally Trump": the phrase behind the one that a preposition opens."""
    last = end - 1
    if is_capital(scene, last):
        while last > start and is_capital(scene, last - 1) and not is_weekday(scene, last - 1):
            last -= 1
        return last if last > start + 1 else end
    return last if is_capital(scene, last - 1) and last - 1 > start else end


# --- other subjects -----------------------------------------------------------------------------------------------


def subject_of_clause(scene: Scene, at: int) -> Part | None:
    """The subject of the verb that a second one is joined to (", saying", "and said"): the first of the sentence."""
    for verb in _verbs_before(scene, at):
        found = subject_before(scene, verb)
        if found and not is_a(scene, found[0], "relatives"):
            return found
    return None


def _verbs_before(scene: Scene, at: int) -> Iterator[int]:
    """Finite verbs from the left, without those of an opening adverbial clause ("As X did, ...")."""
    first = 0
    while first < at and (not scene.tokens[first].is_word):
        first += 1
    if first < at and (is_a(scene, first, "subordinators") or is_a(scene, first, "prepositions")):
        comma = next((n for n in range(first, at) if scene.tokens[n].text == ","), None)
        first = comma + 1 if comma is not None else first
    return (n for n in range(first + 1, at) if is_finite(scene, n))


def noun_phrase_after(scene: Scene, start: int) -> Part | None:
    """The noun phrase that begins at a token ("according to X", "said X"), with its apposition."""
    end = start
    while end < len(scene.tokens) and end - start < _LONGEST:
        token = scene.tokens[end]
        if token.text == "(":
            closing = _find(scene, ")", end, end + 12)
            if closing is None:
                break
            end = closing + 1
            continue
        if end > start and _ends_after(scene, end, start):
            break
        if not token.is_word and token.text != "," and token.text not in _INNER and not token.text[0].isdigit():
            break
        end += 1
    while end > start and not (scene.tokens[end - 1].is_word or scene.tokens[end - 1].text in ")%"):
        end -= 1
    return (start, end) if end > start else None


def _ends_after(scene: Scene, at: int, start: int) -> bool:
    token = scene.tokens[at]
    if token.text == ".":
        return at + 1 >= len(scene.tokens) or not scene.tokens[at + 1].is_word
    if token.text == ",":
        return not _apposition_follows(scene, at)
    if not token.is_word:
        return False
    if token.norm in ("and", "or"):
        near = range(at + 1, min(at + 4, len(scene.tokens)))
        return len(near) > 1 and any(is_finite(scene, n) for n in near)
    if is_a(scene, at, "relatives"):
        return False
    if is_weekday(scene, at):
        return True
    if is_a(scene, at, "subjects"):
        return True
    inside = any(is_a(scene, n, "relatives") for n in range(start, at))
    if is_finite(scene, at) and not inside:
        return True
    if is_a(scene, at, "within"):
        ahead = at + 1 < len(scene.tokens) and is_a(scene, at, "prepositions")
        return ahead and (is_weekday(scene, at + 1) or scene.tokens[at + 1].norm.endswith("ing"))
    return is_a(scene, at, "subordinators") or is_a(scene, at, "prepositions")


def _apposition_follows(scene: Scene, at: int) -> bool:
    """ "said Rami A., a resident of X": what follows the comma tells who that is."""
    if at + 1 >= len(scene.tokens):
        return False
    ahead = at + 1
    if is_a(scene, ahead, "relatives") or scene.tokens[ahead].norm == "whose":
        return True
    article = is_a(scene, ahead, "determiners") and not is_a(scene, ahead, "indefinites")
    person = any(scene.language.words("voices", "persons").has(one) for one in scene.tokens[ahead : ahead + 6])
    if not (article or person):
        return False
    near = range(ahead, min(ahead + 10, len(scene.tokens)))
    stop = next((n for n in near if scene.tokens[n].text in ",.;"), near.stop)
    return not any(is_finite(scene, n) for n in range(ahead, stop))


def _find(scene: Scene, sign: str, first: int, last: int) -> int | None:
    return next((n for n in range(first, min(last, len(scene.tokens))) if scene.tokens[n].text == sign), None)
