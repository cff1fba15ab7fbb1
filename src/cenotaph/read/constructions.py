"""Whose harm: the people that each construction of a harm word takes ("were killed", "the death of", "a toll of")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.neighbours import adjacent_left, hangs, list_left, list_right, name_left, name_right, starting
from cenotaph.read.page import Draft, Scene, Trigger
from cenotaph.read.people import Chunk, describe
from cenotaph.read.quantities import Amount
from cenotaph.vocabulary import Group, Quantity

_NEAR = 14  # tokens between a verb and its people: a relative clause or a place and a day


def people_of(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Chunk]:
    find = {
        "undergo": _undergone, "act": _after, "befall": _before, "name": _named_harm, "counted": _counted,
        "counted_two": _counted, "state": _state, "total": _total, "lives": _lives, "event": _named_harm,
        "undergo_of": _bodies,
    }[trigger.word.takes]  # fmt: skip
    found = find(scene, trigger)
    if not found and trigger.word.takes in ("undergo", "befall", "act"):
        found = _shared(scene, trigger, earlier)
    return found


def _undergone(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "were killed": before; "killed twelve soldiers": after; without "were" (headlines) whichever stands next to
    it.
    """
    if scene.language.table.get("verb_first"):
        return _objects(scene, trigger) or _after(scene, trigger) or _before(scene, trigger)
    if is_passive(scene, trigger):
        return _before(scene, trigger)
    right = _after(scene, trigger)
    if not right and _has_thing(scene, trigger.last):
        return []  # "frost killed trees": neither is anybody
    left = adjacent_left(scene, trigger.first)
    named_only = bool(right) and not starting(scene, right[0].first)
    if right and not (left and (named_only or _is_list_break(scene, trigger))):
        return right
    return _before(scene, trigger)


def _objects(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Verb, subject, object: who acts stands between the verb and the harmed ("قتل مسلحون خمسة مدنيين")."""
    actor = starting(scene, trigger.last)
    armed = ("armed group", "armed forces", "security forces")
    if actor is None or actor.number or actor.group.status not in armed or actor.last >= len(scene.tokens):
        return []
    harmed = starting(scene, actor.last)
    tied = scene.tokens[actor.last].text.startswith("و") and len(scene.tokens[actor.last].forms) > 1
    return [] if harmed is None or harmed.pronoun or (tied and not harmed.number) else list_right(scene, harmed)


def _has_thing(scene: Scene, at: int) -> bool:
    """Whether a word for things follows as an object: no people, no day, no word of grammar."""
    while at < len(scene.tokens) and (
        scene.language.words("people_words", "determiners").has(scene.tokens[at])
        or any(one.first <= at < one.last for one in scene.amounts)
    ):
        at += 1
    if at >= len(scene.tokens) or not scene.tokens[at].is_word or scene.language.stops.has(scene.tokens[at]):
        return False
    language, tokens = scene.language, scene.tokens
    timed = (
        language.weekdays.match(tokens, at) or language.months.match(tokens, at) or language.days_back.match(tokens, at)
    )
    small = language.words("harm_words", "auxiliaries").has(tokens[at]) or language.says.of(tokens[at])
    return not (timed or small or language.means.match(tokens, at) or language.harms.match(tokens, at))


def _is_list_break(scene: Scene, trigger: Trigger) -> bool:
    """ "12 killed, 40 wounded": a comma after the word parts it from the next number."""
    return trigger.last < len(scene.tokens) and scene.tokens[trigger.last].text in ",;"


def is_passive(scene: Scene, trigger: Trigger) -> bool:
    at = trigger.first - 1
    while at >= 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at]):
        if scene.language.words("harm_words", "be").has(scene.tokens[at]):
            return True
        at -= 1
    if at >= 0 and scene.tokens[at].text in (",", "and", "or", "AND", "OR"):
        earlier = [one for one in scene.triggers if one.last == at and one.word.takes == "undergo"]
        return bool(earlier) and is_passive(scene, earlier[0]) and not _starts_chunk(scene, trigger.last)
    return False


def _starts_chunk(scene: Scene, at: int) -> bool:
    return any(chunk.first == at and not chunk.pronoun for chunk in scene.chunks)


def _after(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """The people right after a word; through "and wounded" to the object that both share."""
    at = trigger.last
    at += _over_tied_trigger(scene, at)
    at += _over(scene, at, "small")
    chunk = starting(scene, at) or (_across(scene, at) if scene.language.table.get("verb_first") else None)
    if chunk:
        return list_right(scene, chunk)
    return [] if scene.language.table.get("verb_first") else name_right(scene, at)


def _across(scene: Scene, at: int) -> Chunk | None:
    """In verb-first languages the nearest counted group over a place or a day ("قتل في جبلة 16 عنصرا")."""
    for chunk in scene.chunks:
        if hangs(scene, chunk) or chunk.pronoun:
            continue
        if at < chunk.first <= at + 8 and not _barred(scene, at, chunk.first):
            return chunk if chunk.number or chunk.first - at <= 2 else None
    return None


def _barred(scene: Scene, first: int, last: int) -> bool:
    between = scene.tokens[first:last]
    harm = any(first <= one.first < last for one in scene.triggers)
    return harm or any(token.text in ".;:،,؛" or scene.language.says.of(token) for token in between)


def _over_tied_trigger(scene: Scene, at: int) -> int:
    """How many tokens " and wounded" takes when another harm word shares the object."""
    if at + 1 < len(scene.tokens) and scene.tokens[at].norm in ("and", "or"):
        tied = next(
            (one for one in scene.triggers if one.first == at + 1 and one.word.takes in ("undergo", "act")), None
        )
        if tied and starting(scene, tied.last):
            return tied.last - at
    return 0


def _over(scene: Scene, at: int, _: str) -> int:
    """Small words that may stand between a verb and its people."""
    here = at
    while here < len(scene.tokens) and scene.language.words("people_words", "before").has(scene.tokens[here]):
        here += 1
    return here - at


def _before(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """The people a verb is said of: the nearest group to its left that is no part of a phrase hanging on another."""
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    chunk = adjacent_left(scene, at) or _over_comma(scene, at) or _subject(scene, at)
    if chunk and chunk.pronoun:
        chunk = _antecedent(scene, chunk) or chunk
    if not chunk:
        return name_left(scene, at)
    found = list_left(scene, chunk)
    main = _over_overlay(scene, found[0])
    return list_left(scene, main) if main else found


def _over_comma(scene: Scene, at: int) -> Chunk | None:
    """ "803 people, among them women, were killed": the comma that ends an insertion."""
    return adjacent_left(scene, at - 1) if at > 1 and scene.tokens[at - 1].text in ",،" else None


def _over_overlay(scene: Scene, chunk: Chunk) -> Chunk | None:
    """ "dozens of civilians, among them patients and doctors, were killed": the subject stands before "among them"."""
    for first, last in scene.says("parts", "overlay", 0, chunk.first):
        if last == chunk.first or (last < chunk.first and scene.tokens[last].norm in ("at", "the", "many")):
            at = first - 1 if first and scene.tokens[first - 1].text in ",،" else first
            return adjacent_left(scene, at)
    return None


def _subject(scene: Scene, at: int) -> Chunk | None:
    """Over a place, a day or an apposition to the nearest group; never over another verb of harm or of saying."""
    best = None
    for chunk in scene.chunks:
        near = chunk.last <= at and at - chunk.last <= _NEAR
        if near and not _walled(scene, chunk.last, at) and not hangs(scene, chunk):
            best = chunk
    return best


def _walled(scene: Scene, first: int, last: int) -> bool:
    between = scene.tokens[first:last]
    if any(token.text in ';:“”"»«' or scene.language.says.of(token) for token in between):
        return True
    if any(
        one.first >= first and one.last <= last and one.word.takes not in ("name", "counted") for one in scene.triggers
    ):
        return True
    return any(token.norm in ("that", "after", "when", "while", "where", "because", "but", "if") for token in between)


def _antecedent(scene: Scene, pronoun: Chunk) -> Chunk | None:
    """ "who" stands for the group right before it."""
    if scene.tokens[pronoun.first].norm not in ("who", "whom"):
        return None
    at = pronoun.first - (1 if pronoun.first and scene.tokens[pronoun.first - 1].text == "," else 0)
    return adjacent_left(scene, at)


def _named_harm(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "the killing of twelve civilians", "the priest's murder", and a noun that is counted itself."""
    at = trigger.last
    if at < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[at]):
        chunk = starting(scene, at + 1 + _over(scene, at + 1, "small"))
        return list_right(scene, chunk) if chunk else name_right(scene, at + 1)
    if scene.language.table.get("verb_first"):
        return _after(scene, trigger)
    owner = adjacent_left(scene, trigger.first)
    possessive = trigger.first > 0 and scene.tokens[trigger.first - 1].text.endswith(("'s", "’s", "S'", "'S"))
    if owner and possessive:
        return [owner]
    return _counted(scene, trigger) if trigger.word.takes == "name" else []


def _counted(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """A number directly before a noun of harm ("745 deaths", "12 wounded", "no casualties")."""
    at = trigger.first
    while at > 0 and scene.language.words("people_words", "modifiers").has(scene.tokens[at - 1]):
        at -= 1
    amount = next((one for one in scene.amounts if one.last == at), None)
    if amount is None and at > 0 and scene.tokens[at - 1].norm == "of":
        amount = next((one for one in scene.amounts if one.last == at - 1), None)
    if amount is None and trigger.word.number:
        words = scene.sentence.words(trigger.first, trigger.last)
        two = Quantity(words, "exact", trigger.word.number)
        number = (trigger.first, trigger.last)
        return [Chunk(*number, trigger.last, trigger.first, two, Group(words), number)]
    if amount is None:
        return _adjacent_people(scene, at)
    group = among(scene, trigger) or describe(scene.sentence, amount.last, trigger.last, None, scene.language)
    single = amount.quantity.base == 1 and amount.plain
    return [
        Chunk(
            amount.first,
            trigger.last,
            trigger.last,
            trigger.first,
            amount.quantity,
            group,
            (amount.first, amount.last),
            single,
        )
    ]


def among(scene: Scene, trigger: Trigger) -> Group | None:
    """ "120 dead among the security forces", "90 killed from the ranks of the army"."""
    for _, first, last in scene.language.words("people_words", "among").all(scene.tokens, trigger.last):
        chunk = starting(scene, last)
        return chunk.group if chunk and first == trigger.last else None
    return None


def _adjacent_people(scene: Scene, at: int) -> list[Chunk]:
    """ "12 people dead": the noun of harm stands as an adjective after its people."""
    chunk = adjacent_left(scene, at)
    return list_left(scene, chunk) if chunk and chunk.number and not chunk.pronoun else []


def _state(scene: Scene, trigger: Trigger) -> list[Chunk]:
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    chunk = adjacent_left(scene, at)
    return list_left(scene, chunk) if chunk else name_left(scene, at) if at < trigger.first else []


def _total(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """A toll whose number follows ("the death toll rose to 1,250"; "killed: 12"), the last of "from 80 to 97"."""
    best: Chunk | None = None
    for amount in scene.amounts:
        if trigger.last <= amount.first <= trigger.last + 22 and not _walled_total(scene, trigger.last, amount.first):
            previous = scene.tokens[amount.first - 1].norm
            given_up = best is not None and scene.tokens[best.first - 1].norm in ("from", "من")
            if best is None or (previous in ("to", "الي") and given_up):
                best = _chunk_at(scene, amount)
    if best is None:
        return _counted(scene, trigger)
    if best.elliptic and not best.group.words:
        best = replace(best, group=_group_inside(scene, trigger))
    return [best]


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
    for chunk in scene.chunks:
        if chunk.number == (amount.first, amount.last):
            return chunk
    return Chunk(
        amount.first,
        amount.last,
        amount.last,
        amount.number,
        amount.quantity,
        Group(),
        (amount.first, amount.last),
        elliptic=True,
    )


def _lives(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "claimed ten lives", "claimed the lives of ten people"; nothing without the word for lives."""
    chunk = starting(scene, trigger.last)
    if chunk is None:
        return []
    told = scene.tokens[trigger.last - 1].norm in ("of",)
    lives = scene.tokens[chunk.core - 1].norm in ("lives", "life")
    return list_right(scene, chunk) if told or lives else []


def _bodies(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Bodies that were found or recovered: counted before the word, or by "of" after it."""
    if not any(
        scene.language.words("harm_words", "recover").match(scene.tokens, at) for at in range(len(scene.tokens))
    ):
        return []
    counted = _counted(scene, trigger)
    if counted:
        return [replace(chunk, quantity=replace(chunk.quantity, unit="bodies")) for chunk in counted]
    at = trigger.last
    direct = bool(scene.language.table.get("verb_first"))
    if at < len(scene.tokens) and (direct or scene.language.words("harm_words", "of").has(scene.tokens[at])):
        chunk = starting(scene, at if direct else at + 1)
        if chunk:
            return [replace(one, quantity=replace(one.quantity, unit="bodies")) for one in list_right(scene, chunk)]
    return []


def _shared(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Chunk]:
    """ "was kidnapped and murdered", "before being shot": the people of the verb before it."""
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    if at == 0 or not scene.language.words("harm_words", "shares").has(scene.tokens[at - 1]):
        return []
    mates = [draft for draft in earlier if draft.sentence == scene.number and draft.trigger.last <= at]
    return [draft.chunk for draft in mates if draft.trigger == mates[-1].trigger] if mates else []
