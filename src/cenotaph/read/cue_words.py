"""The words that govern what somebody says, thinks, asks or judges, by their forms; compiled once for each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cenotaph.read.language import Language
from cenotaph.read.text import Token, forms

Kind = Literal["says", "claims", "asks", "judges", "thinks", "shows", "seems"]
Form = Literal["base", "third", "past", "participle", "ing"]
FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: what it governs, and which forms it can be ("read" is base, past and participle)."""

    kind: Kind
    forms: frozenset[Form]
    particles: frozenset[str] = frozenset()  # one of these must follow for the verb to be a cue ("call for")
    topic: bool = False  # what follows is only what is spoken of ("commented on the death of"), and not what is said


@dataclass
class CueWords:
    """The cues of one language. A language without `[[cue]]` tables has none, and its lists are empty."""

    verbs: dict[str, tuple[Verb, ...]] = field(default_factory=dict)
    nouns: dict[str, Kind] = field(default_factory=dict)
    adjectives: dict[str, Kind] = field(default_factory=dict)
    common: dict[str, frozenset[Form]] = field(default_factory=dict)  # verbs of everyday prose, which are no cues
    grammar: dict[str, frozenset[str]] = field(default_factory=dict)  # a word: the lists of `[clauses]` that it is on

    def verb(self, tokens: Sequence[Token], at: int) -> Verb | None:
        """The cue that the token can be; a verb that needs a particle only before one."""
        found = self.verbs.get(tokens[at].norm, ())
        if not found or _is_possessive(tokens[at]):
            return None
        ahead = {one.norm for one in tokens[at + 1 : at + 3]}
        for one in found:
            if not one.particles or one.particles & ahead:
                return one
        return None

    def can_be(self, token: Token) -> frozenset[Form]:
        """The verb forms that a word can be, whether it is a cue or not; none for what is no verb we know."""
        if _is_possessive(token):
            return frozenset()
        found = self.common.get(token.norm, frozenset())
        return found.union(*(one.forms for one in self.verbs.get(token.norm, ())))


def _is_possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s", "s'", "s’"))


_compiled: dict[int, tuple[Language, CueWords]] = {}


def cue_words(language: Language) -> CueWords:
    """The cues of a language, compiled once."""
    if id(language) not in _compiled:
        _compiled[id(language)] = (language, _compile(language.table))
    return _compiled[id(language)][1]


def _compile(table: Mapping[str, Any]) -> CueWords:
    words = CueWords()
    for cue in table.get("cue", ()):
        for key in ("particles", "topics", "verbs"):
            for form, verb in (one for line in cue.get(key, ()) for one in _verbs(line, cue["class"])):
                verb = replace(verb, topic=key == "topics")
                words.verbs[form] = _in_order((*words.verbs.get(form, ()), verb))
        words.nouns |= dict.fromkeys(cue.get("nouns", ()), cue["class"])
        words.adjectives |= dict.fromkeys(cue.get("adjectives", ()), cue["class"])
    clauses = table.get("clauses", {})
    for key, listed in clauses.items():
        for word in (forms(one)[0] for one in listed if key != "verbs"):
            words.grammar[word] = words.grammar.get(word, frozenset()) | {key}
    for line in clauses.get("verbs", ()):
        for form, verb in _verbs(line, "says"):
            words.common[form] = words.common.get(form, frozenset()) | verb.forms
    return words


def _in_order(verbs: tuple[Verb, ...]) -> tuple[Verb, ...]:
    """Those that need a particle first, so that "called on" is not read as "called"."""
    return tuple(sorted(verbs, key=lambda one: not one.particles))


def _verbs(line: str, kind: Kind) -> Iterator[tuple[str, Verb]]:
    """ "tell tells told told telling": each written form once, with the forms that it can be, then particles.

    "-" stands for a form that is mostly another word ("the state", "by means of").
    """
    written, particles = line.split()[: len(FORMS)], frozenset(line.split()[len(FORMS) :])
    for word in dict.fromkeys(one for one in written if one != "-"):
        can_be = frozenset(form for form, other in zip(FORMS, written, strict=True) if other == word)
        yield word, Verb(kind, can_be, particles)
