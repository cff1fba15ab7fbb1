"""What a word can be in its sentence, as far as lists of grammar and the words beside it tell: verb, noun, adverb."""

from __future__ import annotations

from cenotaph.read.cue_words import CueWords, cue_words
from cenotaph.read.page import Scene

_NONE: frozenset[str] = frozenset()


def is_a(scene: Scene, at: int, key: str) -> bool:
    """Whether a token is on a list of `[clauses]`."""
    tokens = scene.tokens
    return 0 <= at < len(tokens) and key in cue_words(scene.language).grammar.get(tokens[at].forms[0], _NONE)


def is_capital(scene: Scene, at: int) -> bool:
    """Whether a word is written like a name; in a sentence all in capitals no word is."""
    return scene.tokens[at].capital and not scene.sentence.capitals


def is_adverb(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if is_a(scene, at, "adverbs") or is_a(scene, at, "negations"):
        return True
    return token.norm.endswith("ly") and not is_capital(scene, at) and not is_a(scene, at, "not_adverbs")


def is_weekday(scene: Scene, at: int) -> bool:
    return scene.language.weekdays.of(scene.tokens[at]) is not None


def is_owner(scene: Scene, at: int) -> bool:
    """ "the ministry's": a possessive, and not "she's"."""
    return scene.tokens[at].text.endswith(("'s", "’s", "s'", "s’")) and contraction(scene, at) is None


def is_auxiliary(scene: Scene, at: int) -> bool:
    return any(is_a(scene, at, key) for key in ("be", "have", "modals"))


def contraction(scene: Scene, at: int) -> tuple[str, str] | None:
    """ "they've": the pronoun and the auxiliary; None for a possessive."""
    head, mark, tail = scene.tokens[at].text.replace("’", "'").rpartition("'")
    if not mark or not head or tail == "t":
        return None
    lists = cue_words(scene.language).grammar.get(head.casefold(), _NONE)
    pronoun = "subjects" in lists or "relatives" in lists
    return (head, mark + tail) if pronoun or tail in ("ve", "re", "ll") else None


def is_finite(scene: Scene, at: int) -> bool:
    """Whether a token stands as the verb of a clause, as far as its form and the word before it tell."""
    token, words = scene.tokens[at], cue_words(scene.language)
    if not token.is_word:
        return False
    if is_auxiliary(scene, at) or contraction(scene, at):
        return True
    if is_capital(scene, at) or (at > 0 and _makes_noun(scene, at - 1)):
        return False
    forms = words.can_be(token)
    if forms:
        return "past" in forms or ("third" in forms and _could_be_third(scene, at, words))
    return len(token.text) > 4 and token.norm.endswith("ed") and not token.norm.endswith("eed")


def _makes_noun(scene: Scene, at: int) -> bool:
    """Behind an article, a possessive or a preposition stands a noun or a word that describes one."""
    closed = is_a(scene, at, "determiners") or is_a(scene, at, "prepositions")
    return is_owner(scene, at) or (closed and not stands_alone(scene, at))


def stands_alone(scene: Scene, at: int) -> bool:
    """ "many believe", "others said": a determiner that stands for people."""
    return is_a(scene, at, "indefinites") or is_a(scene, at, "relatives")


def _could_be_third(scene: Scene, at: int, words: CueWords) -> bool:
    """ "reports", "claims": a verb only where something follows that a plural noun would not be followed by."""
    if at + 1 >= len(scene.tokens):
        return False
    token = scene.tokens[at + 1]
    after = any(is_a(scene, at + 1, key) for key in ("determiners", "objects", "subjects", "quotes", "content"))
    return after or is_capital(scene, at + 1) or token.text[0].isdigit()


def is_noun_like(scene: Scene, at: int) -> bool:
    """Whether a word is none of grammar, so that it can be the noun that another follows."""
    if not 0 <= at < len(scene.tokens) or not scene.tokens[at].is_word:
        return False
    grammar = ("determiners", "prepositions", "subordinators", "coordinators", "subjects", "be", "have", "modals")
    return not any(is_a(scene, at, key) for key in grammar) and not is_adverb(scene, at)
