"""Nouns and states that count their people themselves: "40 dead", "a triple homicide", "the toll rose to 1,250"."""

from __future__ import annotations

from dataclasses import replace

from cenotaph.read.neighbours import adjacent_left, list_left, list_right, name_left, starting
from cenotaph.read.noun_forms import is_negated
from cenotaph.read.page import Scene, Trigger
from cenotaph.read.people import Chunk, describe
from cenotaph.read.quantities import Amount
from cenotaph.vocabulary import Group, Quantity


def multiplied(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "a triple homicide", "double shooting": the word before a noun of harm that counts its victims."""
    many = scene.language.multiples.of(scene.tokens[trigger.first - 1]) if trigger.first else None
    if many is None:
        return []
    first, last = trigger.first - 1, trigger.first
    more = max(trigger.word.number - 1, 0)  # a "double murder-suicide" has two murdered and one more
    words = Quantity(scene.sentence.words(first, last), "exact", many + more)
    return [Chunk(first, trigger.last, trigger.last, trigger.first, words, Group(), (first, last), elliptic=True)]


def counted(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """A number directly before a noun of harm ("745 deaths", "12 wounded", "no casualties")."""
    at = trigger.first
    while at > 0 and scene.language.words("people_words", "modifiers").has(scene.tokens[at - 1]):
        at -= 1
    at = _over_quoted(scene, at)
    amount = next((one for one in scene.amounts if one.last == at), None)
    if amount is None and at > 0 and scene.tokens[at - 1].norm == "of":
        amount = next((one for one in scene.amounts if one.last == at - 1), None)
    if amount is None and _kind_between(scene, at):
        amount = next((one for one in scene.amounts if one.last == at - 1), None)  # "700 political killings"
    pointed = _is_definite(scene, trigger)
    if trigger.word.number == 1 and (amount is None or pointed):  # "28 شباط, الشهيد ..." counts nobody
        return _adjacent_people(scene, trigger, at) or _one(scene, trigger)
    if amount is None and trigger.word.some and not pointed and not _is_owned(scene, trigger.last):
        return _adjacent_people(scene, trigger, at) or [_some(scene, trigger)]
    if amount is None and trigger.word.number:
        words = scene.sentence.words(trigger.first, trigger.last)
        two = Quantity(words, "exact", trigger.word.number)
        number = (trigger.first, trigger.last)
        return [Chunk(*number, trigger.last, trigger.first, two, Group(words), number)]
    if amount is None:
        return _adjacent_people(scene, trigger, at)
    group = among(scene, trigger) or describe(scene.sentence, amount.last, trigger.last, None, scene.language)
    single = amount.quantity.base == 1 and amount.plain
    return [
        Chunk(
            amount.first,
            trigger.last,
            trigger.last,
            trigger.first,
            _bounded(scene, amount.quantity, trigger.last),
            group,
            (amount.first, amount.last),
            single,
        )
    ]


def _over_quoted(scene: Scene, at: int) -> int:
    """ "2 “beheaded” bodies": back over one word in quotation marks."""
    quoted = at > 2 and scene.tokens[at - 1].text in '”"»' and scene.tokens[at - 3].text in '“"«'
    return at - 3 if quoted else at


def _kind_between(scene: Scene, at: int) -> bool:
    """One word between a number and a noun of harm that says of what side or kind they are; no illness."""
    if at < 2 or not scene.tokens[at - 1].is_word or scene.language.table.get("verb_first"):
        return False
    token, language = scene.tokens[at - 1], scene.language
    illness = language.words("harm_words", "illness").has(token) or language.words("not_counts", "units").has(token)
    return not (illness or language.stops.has(token) or language.says.of(token) or language.harms.of(token))


def _one(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "قتيل وعدد من الجرحى": a noun of harm that is one person; with the article only before a name ("الشهيد س")."""
    after = starting(scene, trigger.last)
    after = after if after and after.single and not after.number and not after.pronoun else None
    own = trigger.first, trigger.last
    if _is_definite(scene, trigger) and not (after and after.group.names):
        return []
    last = after.last if after else trigger.last
    words = scene.sentence.words(*own)
    group = after.group if after else describe(scene.sentence, *own, None, scene.language)
    return [Chunk(own[0], last, last, own[0], Quantity(words, "exact", 1), group, single=True)]


def _some(scene: Scene, trigger: Trigger) -> Chunk:
    """ "سقوط شهداء وجرحى": dead, of whom no number is said."""
    own = trigger.first, trigger.last
    group = describe(scene.sentence, *own, None, scene.language)
    if is_negated(scene.tokens, trigger.first, scene.language):  # "دون وقوع إصابات"
        none = Quantity(scene.sentence.words(*own), "exact", 0)
        return Chunk(*own, trigger.last, trigger.first, none, group, own)
    return Chunk(*own, trigger.last, trigger.first, Quantity(scene.sentence.words(*own), "plural"), group)


def _is_owned(scene: Scene, at: int) -> bool:
    """ "قتلى طرطوس": a noun behind tells whose dead, and makes them those of whom was spoken."""
    token, words = scene.tokens[at] if at < len(scene.tokens) else None, scene.language.words
    if token is None or not token.is_word or scene.language.stops.has(token) or scene.language.people.of(token):
        return False
    bound = token.text.startswith(("و", "ب", "ل", "ف")) and len(token.forms) > 1
    return not (bound or words("people_words", "modifiers").has(token) or scene.language.harms.of(token))


def _is_definite(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun of harm has the article written onto it ("الشهيد"): somebody of whom was spoken."""
    return scene.tokens[trigger.first].norm.removeprefix("و").startswith(("ال", "لل", "بال", "وال"))


def _bounded(scene: Scene, quantity: Quantity, at: int) -> Quantity:
    """ "500 martyrs at least": what stands behind the noun says how the number is meant."""
    found = scene.language.comparators_after.match(scene.tokens, at) if at < len(scene.tokens) else None
    exact = found is not None and quantity.comparator == "exact"
    return replace(quantity, comparator=found[0]) if found and exact else quantity  # type: ignore[arg-type]


def among(scene: Scene, trigger: Trigger) -> Group | None:
    """ "120 dead among the security forces", "90 killed from the ranks of the army"."""
    for _, first, last in scene.language.words("people_words", "among").all(scene.tokens, trigger.last):
        chunk = starting(scene, last)
        return chunk.group if chunk and first == trigger.last else None
    return None


def _adjacent_people(scene: Scene, trigger: Trigger, at: int) -> list[Chunk]:
    """ "12 people dead": the noun of harm stands as an adjective after its people."""
    chunk = adjacent_left(scene, at) or adjacent_left(scene, trigger.first)
    if chunk is None and at and scene.language.words("harm_words", "be").has(scene.tokens[at - 1]):
        return state(scene, trigger)
    if chunk is None or chunk.pronoun:
        return []
    left = chunk.single and (scene.sentence.headline or _left_so(scene, chunk))
    return list_left(scene, chunk) if chunk.number or left else []


def _left_so(scene: Scene, chunk: Chunk) -> bool:
    """ "found a boy dead", "left her husband dead": the verb that says in what state somebody was left."""
    return chunk.first > 0 and scene.language.words("harm_words", "leaves").has(scene.tokens[chunk.first - 1])


def state(scene: Scene, trigger: Trigger) -> list[Chunk]:
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    chunk = adjacent_left(scene, at)
    return list_left(scene, chunk) if chunk else name_left(scene, at) if at < trigger.first else []


def total(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """A toll whose number follows ("the death toll rose to 1,250"; "killed: 12"), the last of "from 80 to 97"."""
    best: Chunk | None = None
    for amount in scene.amounts:
        if trigger.last <= amount.first <= trigger.last + 22 and not _walled_total(scene, trigger.last, amount.first):
            previous = scene.tokens[amount.first - 1].norm
            given_up = best is not None and scene.tokens[best.first - 1].norm in ("from", "من")
            if best is None or (previous in ("to", "الي") and given_up):
                best = _chunk_at(scene, amount)
    if best is None:
        return _raised(scene, trigger) or counted(scene, trigger)
    if best.elliptic and not best.group.words:
        best = replace(best, group=_group_inside(scene, trigger))
    return [best]


def _raised(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "portant à 31 le nombre de morts", "raising to 31 the number of dead": a toll whose number stands before it."""
    at = trigger.first
    while at > 0 and scene.language.words("people_words", "determiners").has(scene.tokens[at - 1]):
        at -= 1
    to = (one for one in scene.amounts if one.last == at and one.first and scene.tokens[one.first - 1].norm == "to")
    return [_chunk_at(scene, one) for one in to]


def _group_inside(scene: Scene, trigger: Trigger) -> Group:
    """ "the number of civilians killed": the group stands inside the words of the toll, or right after them."""
    inside = [one for one in scene.language.people.all(scene.tokens, trigger.first, trigger.last)]
    if inside:
        first, own = inside[0][1], starting(scene, inside[-1][1])
        tied = [one.last for one in list_right(scene, own) if not one.number] if own else []
        return describe(scene.sentence, first, max([inside[-1][2], *tied]), None, scene.language)
    after = [one for one in scene.chunks if trigger.last <= one.first <= trigger.last + 2 and not one.number]
    listed = list_right(scene, after[0]) if after else []
    return describe(scene.sentence, listed[0].first, listed[-1].last, None, scene.language) if listed else Group()


def _walled_total(scene: Scene, first: int, last: int) -> bool:
    pointed = scene.language.words("harm_words", "points").has(scene.tokens[last - 1])
    stops = ";.“”" if pointed else ";.,،“”"
    far = last - first > 10 and not pointed
    return (
        far
        or any(token.text in stops for token in scene.tokens[first:last])
        or any(first <= one.first < last and one.word.takes in ("undergo", "befall") for one in scene.triggers)
    )


def _chunk_at(scene: Scene, amount: Amount) -> Chunk:
    return chunk_of(scene, amount) or replace(bare(amount), elliptic=True)


def chunk_of(scene: Scene, amount: Amount) -> Chunk | None:
    """The people whose number an amount is."""
    return next((one for one in scene.chunks if one.number == (amount.first, amount.last)), None)


def bare(amount: Amount) -> Chunk:
    """A number with no noun: people of whom nothing is said."""
    number = amount.first, amount.last
    return Chunk(amount.first, amount.last, amount.last, amount.number, amount.quantity, Group(), number)
