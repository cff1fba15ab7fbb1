"""A verb that is a cue, with what stands before it: auxiliaries, negation, adverbs, "went on to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.read.cue_words import Form, Verb, cue_words
from cenotaph.read.grammar import contraction, is_a, is_adverb, is_auxiliary, is_capital, is_owner
from cenotaph.read.page import Scene


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with what stands before it: auxiliaries, negation, adverbs, "went on to"."""

    first: int
    at: int
    last: int
    verb: Verb
    form: Form
    be: bool
    have: bool
    helped: bool  # a modal, "do" or "to" stands before a base form


def groups(scene: Scene) -> Iterator[Group]:
    """The verb groups that a cue heads, from left to right."""
    words = cue_words(scene.language)
    for at in range(len(scene.tokens)):
        verb = words.verb(scene.tokens, at)
        if verb is not None and not (at and scene.language.words("clauses", "fillers").match(scene.tokens, at - 1)):
            group = _group(scene, at, verb)
            if group is not None:
                yield group


def _group(scene: Scene, at: int, verb: Verb) -> Group | None:
    first, be, have, helped = at, False, False, False
    while first > 0:
        before = first - 1
        helper = contraction(scene, before)
        if is_a(scene, before, "be") or (helper and helper[1] in ("'s", "'re", "'m")):
            be = True
        elif is_a(scene, before, "have") or (helper and helper[1] == "'ve"):
            have = True
        elif is_a(scene, before, "modals") or (helper and helper[1] in ("'ll", "'d")):
            helped = True
        elif scene.tokens[before].norm == "to" and first == at and "base" in verb.forms:
            start = _catenative(scene, before)
            if start is None:
                return None
            first, helped = start, True
            continue
        elif not (is_adverb(scene, before) and before > 0):
            break
        if helper:
            break
        first = before
    while first < at and not is_auxiliary(scene, first) and is_adverb(scene, first) and _opens(scene, first):
        first += 1
    be = be or (not helped and scene.language.words("clauses", "passives").match(scene.tokens, at) is not None)
    form = _form(scene, first, at, verb, be=be, have=have, helped=helped)
    if form is None:
        return None
    return Group(first, at, _with_particle(scene, at + 1, verb), verb, form, be, have, helped)


def _opens(scene: Scene, at: int) -> bool:
    return at == 0 or not scene.tokens[at - 1].is_word


def _catenative(scene: Scene, to: int) -> int | None:
    """Where the verb begins that carries "to say" ("went on to", "declined to", "is expected to"), if there is one."""
    at = to - 1
    if at < 0:
        return None
    for length in (3, 2, 1):
        start = to - length
        if start >= 0:
            found = scene.language.words("clauses", "catenatives").match(scene.tokens, start)
            if found and found[1] == length:
                return start
    forms = cue_words(scene.language).verbs.get(scene.tokens[at].norm)
    return at if forms and not is_a(scene, at - 1, "determiners") else None


def _form(scene: Scene, first: int, at: int, verb: Verb, *, be: bool, have: bool, helped: bool) -> Form | None:
    """Which form the verb has here, None where the words around it make it a noun."""
    forms = verb.forms
    if be or have:
        return next((one for one in ("participle", "ing") if one in forms), None)
    if helped:
        return "base" if "base" in forms else None
    if _is_nominal(scene, at):
        return None
    if "past" in forms:
        return "past"
    if "ing" in forms:
        return "ing"
    if "third" in forms:
        return "third" if verb.particles or _is_third(scene, first, at) else None
    return "base" if _is_plural(scene, first) else None


def _is_nominal(scene: Scene, at: int) -> bool:
    """Behind an article, a preposition or an owner a verb form is a noun: "the reports", "their critical reporting"."""
    if at == 0:
        return False
    owner = is_owner(scene, at - 1)
    article = is_a(scene, at - 1, "determiners") and not is_a(scene, at - 1, "indefinites")
    described = at > 1 and is_a(scene, at - 2, "possessives") and not is_adverb(scene, at - 1)
    preposition = is_a(scene, at - 1, "prepositions") and "ing" not in cue_words(scene.language).can_be(
        scene.tokens[at]
    )
    return owner or article or preposition or described


def _is_third(scene: Scene, first: int, at: int) -> bool:
    """A form in -s is a verb behind a name or pronoun, or where a clause or an object of a verb follows."""
    if first == 0 or (is_capital(scene, at) and not scene.sentence.headline) or scene.tokens[at].norm == "states":
        return False
    if at + 1 >= len(scene.tokens):
        return False
    if is_a(scene, first - 1, "subjects") or is_a(scene, first - 1, "relatives") or is_capital(scene, first - 1):
        return True
    object_follows = any(
        is_a(scene, at + 1, key) for key in ("determiners", "objects", "quotes", "subjects", "possessives")
    )
    return (
        object_follows
        or is_capital(scene, at + 1)
        or scene.tokens[at + 1].norm in ("that", "to", "how", "why", ",", ":")
    )


def _is_plural(scene: Scene, first: int) -> bool:
    """A bare form is a verb behind a subject of many."""
    if first == 0:
        return False
    token = scene.tokens[first - 1]
    if is_a(scene, first - 1, "many"):
        return True
    return token.norm.endswith("s") and token.is_word and not token.text.endswith(("'s", "’s", "ss", "us"))


def _with_particle(scene: Scene, end: int, verb: Verb) -> int:
    for at in range(end, min(end + 2, len(scene.tokens))):
        if scene.tokens[at].norm in verb.particles:
            return at + 1
    return end
