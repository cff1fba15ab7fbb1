"""Whose harm: the people that each construction of a harm word takes ("were killed", "the death of", "a toll of")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.asides import over_comma, over_dashes, over_overlay, walled
from cenotaph.read.counts import counted, multiplied, state, total
from cenotaph.read.neighbours import (
    acted_upon,
    adjacent_left,
    hangs,
    list_left,
    list_right,
    name_left,
    name_right,
    starting,
)
from cenotaph.read.of_whom import acts_on, adjectival, behind_of, described, over_brackets, owner, surname
from cenotaph.read.page import Draft, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.selves import by_own_hand
from cenotaph.read.tied_names import told_of
from cenotaph.read.told_by import another, caused, victims_of, with_companion
from cenotaph.vocabulary import Group, Quantity

_NEAR = 14  # tokens between a verb and its people: a relative clause or a place and a day


def people_of(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Chunk]:
    find = {
        "undergo": _undergone, "act": _after, "befall": _befallen, "name": _named_harm, "counted": counted,
        "counted_two": counted, "act_of_two": counted, "state": state, "total": total, "lives": _lives,
        "event": _named_harm, "undergo_of": _bodies,
    }[trigger.word.takes]  # fmt: skip
    own = by_own_hand(scene, trigger)
    some = caused(scene, trigger) if trigger.word.takes == "counted" else []
    found = own if own is not None else some or multiplied(scene, trigger) or find(scene, trigger)
    if not found and trigger.word.takes in ("undergo", "befall", "act"):
        found = _shared(scene, trigger, earlier)
    if trigger.word.takes in ("undergo", "act", "befall"):
        found = with_companion(scene, trigger, found)
    return found


def _undergone(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "were killed": before; "killed twelve soldiers": after; without "were" (headlines) whichever stands next to
    it.
    """
    if scene.language.table.get("verb_first"):
        found = _objects(scene, trigger) or _after(scene, trigger)
        return found or ([] if _of_another_subject(scene, trigger) else _before(scene, trigger))
    if is_passive(scene, trigger):
        return _subject_after(scene, trigger) or _before(scene, trigger)
    if _aims(scene, trigger):
        return []
    described_so = adjectival(scene, trigger)
    if described_so:
        return list_right(scene, described_so)
    left = adjacent_left(scene, trigger.first)
    sure = acts_on(scene, trigger.first, left)
    alone = surname(scene, trigger, trigger.last, sure)
    right = _after(scene, trigger) or ([alone] if alone else [])
    if not right and _has_thing(scene, trigger.last):
        return []  # "frost killed trees": neither is anybody
    named_only = bool(right) and not starting(scene, right[0].first) and not sure
    if right and not (left and (named_only or _is_list_break(scene, trigger))):
        return right
    return _before(scene, trigger)


def _of_another_subject(scene: Scene, trigger: Trigger) -> bool:
    """ "قتل مدنيان وأصيب مراسل": "and" on the verb opens a clause, whose subject is the noun behind it."""
    tied = scene.tokens[trigger.first].text.startswith("و") and len(scene.tokens[trigger.first].forms) > 1
    at = trigger.last
    bound = at < len(scene.tokens) and scene.tokens[at].text.startswith(("ب", "ل")) and len(scene.tokens[at].forms) > 1
    return tied and not bound and _has_thing(scene, at)


def _befallen(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "ten people died": before; in languages that may put the subject behind its verb, right behind it first."""
    return _subject_after(scene, trigger) or _before(scene, trigger)


def _subject_after(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "murieron tres personas", "fueron asesinados dos jueces": where a language says that a subject may follow."""
    after = scene.language.table.get("subjects_after") and starting(scene, trigger.last)
    return list_right(scene, after) if after else []


def _aims(scene: Scene, trigger: Trigger) -> bool:
    """ "They shot at the car": aimed, not hit. Headlines leave "was" out ("Man shot at bus stop")."""
    following = trigger.last < len(scene.tokens) and scene.tokens[trigger.last]
    aims = following and scene.language.words("harm_words", "aims").has(following)
    return bool(aims) and bool(trigger.word.reads) and not scene.sentence.headline


def _objects(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Verb, subject, object: who acts stands between the verb and the harmed ("قتل مسلحون خمسة مدنيين")."""
    actor = starting(scene, trigger.last)
    if actor is None or actor.number or actor.last >= len(scene.tokens) or not _may_kill(scene, actor):
        return []
    at = _over_side(scene, actor.last)
    harmed = starting(scene, at)
    tied = scene.tokens[actor.last].text.startswith("و") and len(scene.tokens[actor.last].forms) > 1
    return [] if harmed is None or harmed.pronoun or (tied and not harmed.number) else list_right(scene, harmed)


def _over_side(scene: Scene, at: int) -> int:
    """ "عناصر من “قسد” ثلاثة مدنيين": past the side that a group is of, if its name follows."""
    here = at
    while here < len(scene.tokens) and (scene.tokens[here].text in '“”"«»' or scene.tokens[here].norm == "من"):
        here += 1
    side = scene.language.sides.match(scene.tokens, here) if here < len(scene.tokens) else None
    here += side[1] if side else 0
    while side and here < len(scene.tokens) and scene.tokens[here].text in '“”"«»':
        here += 1
    return here if side else at


def _may_kill(scene: Scene, actor: Chunk) -> bool:
    """An armed group, or members of what stands on a list of those who are accused ("عناصر")."""
    armed = actor.group.status in ("armed group", "armed forces", "security forces")
    return armed or scene.language.words("parties", "actors").has(scene.tokens[actor.head])


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
        if scene.language.words("harm_words", "be").has(scene.tokens[at]) and not _is_name(scene, at):
            return True
        at -= 1
    if at >= 0 and scene.tokens[at].text in (",", "and", "or", "AND", "OR"):
        earlier = [one for one in scene.triggers if one.last == at and one.word.takes == "undergo"]
        return bool(earlier) and is_passive(scene, earlier[0]) and not _starts_chunk(scene, trigger.last)
    return False


def _is_name(scene: Scene, at: int) -> bool:
    """ "IS kills two": capitals amid small letters stand for a body, not for the verb that they spell."""
    text = scene.tokens[at].text
    return len(text) > 1 and text.isupper() and not scene.sentence.capitals


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
    headed = scene.sentence.headline and bool(trigger.word.reads)  # "Shooting Possibly Linked to Gang"
    return [] if scene.language.table.get("verb_first") or headed else another(scene, at) or name_right(scene, at)


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
        if any(one.elliptic and one.last == at for one in scene.chunks):
            break  # "said both died"
        at -= 1
    chunk = adjacent_left(scene, at)
    if chunk and (acted_upon(scene, chunk) or (chunk.group.names and _of_another(scene, chunk))):
        chunk = None
    chunk = chunk or _over_relative(scene, at) or _over_apposition(scene, at)
    chunk = chunk or over_dashes(scene, at) or over_comma(scene, at) or _subject(scene, at)
    if chunk and chunk.group.names and _of_another(scene, chunk):
        return []
    if chunk and chunk.pronoun:
        chunk = _antecedent(scene, chunk) or chunk
    if not chunk:
        return name_left(scene, at)
    found = list_left(scene, chunk)
    one_person = len(found) == 1 or all(one.single and not one.group.names for one in found)  # "mayor and leader"
    found = (told_of(scene, found[0]) if one_person else []) or found
    main = over_overlay(scene, found[0])
    return list_left(scene, main) if main else found


def _of_another(scene: Scene, chunk: Chunk) -> bool:
    """ "A critic of Ana Ruiz was arrested": the name tells of whom the subject is."""
    return chunk.first > 0 and scene.tokens[chunk.first - 1].norm in ("of", "with", "against", "from")


def _over_relative(scene: Scene, at: int) -> Chunk | None:
    """ "tres hombres que fueron asesinados": a relative that is no pronoun by itself, right behind its people."""
    joins = at > 1 and scene.language.words("people_words", "joins_clause").has(scene.tokens[at - 1])
    if joins:
        return adjacent_left(scene, at - 1)
    passive = at > 1 and scene.language.words("people_words", "joins_passive").has(scene.tokens[at - 1])
    said = passive and at < len(scene.tokens) and scene.language.words("clauses", "be_or_have").has(scene.tokens[at])
    return adjacent_left(scene, at - 1 - (scene.tokens[at - 2].text == ",")) if said else None


def _over_apposition(scene: Scene, at: int) -> Chunk | None:
    """ "Ana Ruiz, who wrote of the war for two papers, was shot": a named subject before what is told of her."""
    if at < 2 or scene.tokens[at - 1].text != ",":
        return None
    for chunk in reversed(scene.chunks):
        opened = chunk.group.names and chunk.last < at - 1 and scene.tokens[chunk.last].text == ","
        opened = opened and len(list_right(scene, chunk)) == 1  # "Ana Ruiz, 31, and Rami Aziz, 24, were shot"
        if opened and at - chunk.last <= 2 * _NEAR and not _of_another(scene, chunk):
            apart = any(token.text in ';:“”"' for token in scene.tokens[chunk.last : at])
            return None if apart or any(chunk.last <= one.first < at for one in scene.triggers) else chunk
    return None


def _subject(scene: Scene, at: int) -> Chunk | None:
    """Over a place, a day or an apposition to the nearest group; never over another verb of harm or of saying."""
    best = None
    for chunk in scene.chunks:
        near = chunk.last <= at and at - chunk.last <= _NEAR
        if near and not walled(scene, chunk.last, at) and not hangs(scene, chunk):
            best = best if best and _is_object(scene, chunk) else chunk
    return best


def _is_object(scene: Scene, chunk: Chunk) -> bool:
    """ "two clerks who helped in moving the villagers were shot": whom a verb in -ing has for its object."""
    before = scene.tokens[chunk.first - 1] if chunk.first else None
    verbal = before is not None and before.is_word and not before.capital and before.norm.endswith("ing")
    return verbal and before is not None and not scene.language.words("people_words", "in_ing").has(before)


def _antecedent(scene: Scene, pronoun: Chunk) -> Chunk | None:
    """ "who" stands for the group right before it."""
    if scene.tokens[pronoun.first].norm not in ("who", "whom"):
        return None
    at = pronoun.first
    if at and (scene.tokens[at - 1].text == "," or scene.tokens[at - 1].norm == "of"):
        at -= 1
    return adjacent_left(scene, at)


def _named_harm(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "the killing of twelve civilians", "the priest's murder", and a noun that is counted itself."""
    at, words = trigger.last, scene.language.words
    behind = behind_of(scene, trigger)
    if behind is not None:
        return _of_whom(scene, trigger, behind)
    if scene.language.table.get("verb_first"):
        return _after(scene, trigger) or _numbered(scene, trigger)
    if words("harm_words", "upon").has(scene.tokens[at - 1]):
        return _after(scene, trigger)  # the preposition is part of the phrase ("attacks on")
    his = owner(scene, trigger) or _own_death(scene, trigger)
    if his:
        return list_left(scene, his)
    if found := victims_of(scene, trigger):
        return found
    return counted(scene, trigger) if trigger.word.takes == "name" else []


def _numbered(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "38 إصابة": the noun of an act, counted by the number right before it."""
    return counted(scene, trigger) if any(one.last == trigger.first for one in scene.amounts) else []


def _of_whom(scene: Scene, trigger: Trigger, at: int) -> list[Chunk]:
    """The people behind the "of" of a noun of harm; a name behind a noun for an event is a place's ("massacre of")."""
    at = over_brackets(scene, at)
    chunk = starting(scene, at + _over(scene, at, "small"))
    if chunk is None:
        named = name_right(scene, at) if trigger.word.takes == "name" else []
        chunk = next(iter(named), None) or described(scene, at) or surname(scene, trigger, at)
    if chunk is None:
        return []
    place = trigger.word.takes == "event" and chunk.group.names and not chunk.number
    return [] if place else list_right(scene, chunk)


def _own_death(scene: Scene, trigger: Trigger) -> Chunk | None:
    """ "causing her death": somebody who was spoken of before."""
    words, at = scene.language.words, trigger.first - 1
    if at < 1 or not words("harm_words", "causes").has(scene.tokens[at - 1]):
        return None
    if not words("people_words", "his_or_her").has(scene.tokens[at]):
        return None
    text = scene.tokens[at].text
    return Chunk(at, at + 1, at + 1, at, Quantity(text, "exact", 1), Group(), single=True, pronoun=True, weak=True)


def _lives(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "claimed ten lives", "claimed the lives of ten people"; nothing without the word for lives."""
    chunk = starting(scene, trigger.last)
    if chunk is None:
        return []
    told = scene.tokens[trigger.last - 1].norm in ("of", "to") or bool(scene.language.table.get("verb_first"))
    lives = scene.tokens[chunk.core - 1].norm in ("lives", "life")
    return list_right(scene, chunk) if told or lives else []


def _bodies(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Bodies that were found or recovered: counted before the word, or by "of" after it."""
    if not any(
        scene.language.words("harm_words", "recover").match(scene.tokens, at) for at in range(len(scene.tokens))
    ):
        return []
    told = counted(scene, trigger)
    if told:
        return [replace(chunk, quantity=replace(chunk.quantity, unit="bodies")) for chunk in told]
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
