"""What harm, and whose: each harm word of a sentence with the people (or things) that its construction takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.read.language import HarmWord, Language
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk, describe, named, near_identity
from cenotaph.read.quantities import Amount
from cenotaph.read.text import Sentence
from cenotaph.vocabulary import Group, Quantity

_NEAR = 14  # tokens between a verb and its people: a relative clause or a place and a day


def triggers(sentence: Sentence, language: Language) -> tuple[Trigger, ...]:
    """The harm words of a sentence; phrases that only look like harm ("claimed responsibility") hide what they hold."""
    hidden = {
        at
        for _, first, last in language.words("harm_words", "not_harm").all(sentence.tokens)
        for at in range(first, last)
    }
    found, at = [], 0
    while at < len(sentence.tokens):
        match = None if at in hidden else language.harms.match(sentence.tokens, at)
        said = match and not _not_by_violence(sentence, at, match[0], language)
        found += [Trigger(at, at + match[1], match[0])] if match and said else []
        at += match[1] if match else 1
    return tuple(found)


def _not_by_violence(sentence: Sentence, at: int, word: HarmWord, language: Language) -> bool:
    """ "أصيب ... بالإنفلونزا": the verb for being wounded, said of an illness or a disappointment."""
    illness = language.words("harm_words", "illness")
    return word.code == "injured" and any(illness.has(token) for token in sentence.tokens[at : at + 9])


def harmed(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Each trigger with its people; of two triggers on the same people and harm, one."""
    for scene in page.scenes:
        here: list[Draft] = []
        for trigger in scene.triggers:
            here += [draft for draft in _of_trigger(scene, trigger, here) if not any(_same(draft, one) for one in here)]
        drafts += [*here, *around(scene)]
    return [_of_pronoun(page, draft, drafts) for draft in drafts]


def settled(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Words that alone do not settle a harm ("shot") are read as their list says when the report speaks of such
    harm.
    """
    sure = any(
        trigger.word.code == "killed" and not trigger.word.reads for scene in page.scenes for trigger in scene.triggers
    )
    return [_owned(page.scenes[draft.sentence], _settled(draft, sure)) for draft in drafts]


def _owned(scene: Scene, draft: Draft) -> Draft:
    """ "their people" are people of the group named before in the sentence."""
    first = draft.chunk.first
    if draft.group.identity or not scene.language.words("voices", "its").has(scene.tokens[first]):
        return draft
    before = [who for who in (near_identity(scene.tokens, at, scene.language) for at in range(first)) if who]
    group = replace(draft.group, identity=before[-1]) if before else draft.group
    return draft.having("group", group, rule="people of the group named before") if before else draft


def _settled(draft: Draft, sure: bool) -> Draft:
    word = draft.trigger.word
    if not word.reads:
        return draft
    return _read_as(draft, sure)


def _read_as(draft: Draft, sure: bool) -> Draft:
    word = draft.trigger.word
    if not sure:
        return replace(draft, code=word.otherwise)
    return replace(draft, assumed=(*draft.assumed, ("harm", word.reads)))


def _of_pronoun(page: Page, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Things that are only "them" are those of the harm before ("looted several houses and set them on fire")."""
    if not draft.trigger.word.objects or draft.quantity.unit not in ("it", "them"):
        return draft
    before = [
        one
        for one in drafts
        if one.sentence == draft.sentence and one.trigger.first < draft.trigger.first and one.trigger.word.objects
    ]
    if not before:
        return draft
    return draft.having(
        "quantity",
        before[-1].quantity,
        page.scenes[draft.sentence].sentence.cut(draft.chunk.first, draft.chunk.last),
        "things of the harm before",
    )


def _same(a: Draft, b: Draft) -> bool:
    if a.chunk.number and a.chunk.number == b.chunk.number:
        return a.code == b.code
    return a.code == b.code and a.chunk.first == b.chunk.first and a.chunk.last == b.chunk.last


def _of_trigger(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Draft]:
    """The claims of one harm word: things where its list names objects, people otherwise."""
    if _is_number_of(scene, trigger):
        trigger = replace(trigger, word=replace(trigger.word, takes="total"))
    word = trigger.word
    found = _things(scene, trigger) if word.objects else _people(scene, trigger, earlier)
    found = [_with_ranks(scene, trigger, chunk) for chunk in found]
    acts = word.takes not in ("total", "counted", "counted_two", "state", "befall")
    active = word.takes == "act" or (acts and any(chunk.first >= trigger.last for chunk in found))
    return [Draft.begin(scene.number, trigger, chunk, active) for chunk in found]


def _is_number_of(scene: Scene, trigger: Trigger) -> bool:
    """ "the number of farmers killed in Homs": a toll, whose figure follows."""
    owner = _adjacent_left(scene, trigger.first) if trigger.word.takes == "undergo" else None
    if owner is None or owner.number:
        return False
    return any(0 <= owner.first - last <= 1 for _, last in scene.says("harm_words", "number_of", 0, owner.first))


def _with_ranks(scene: Scene, trigger: Trigger, chunk: Chunk) -> Chunk:
    """ "231 killed from the ranks of the army": the group of a bare number may follow the harm word."""
    if chunk.group.words or not chunk.elliptic:
        return chunk
    group = _among(scene, trigger)
    return replace(chunk, group=group) if group else chunk


def _people(scene: Scene, trigger: Trigger, earlier: Sequence[Draft]) -> list[Chunk]:
    find = {
        "undergo": _undergone, "act": _after, "befall": _before, "name": _named_harm, "counted": _counted,
        "counted_two": _counted, "state": _state, "total": _total, "lives": _lives, "event": _named_harm,
        "undergo_of": _bodies,
    }[trigger.word.takes]  # fmt: skip
    found = find(scene, trigger)
    if not found and trigger.word.takes in ("undergo", "befall", "act"):
        found = _shared(scene, trigger, earlier)
    return found


# --- the constructions --------------------------------------------------------------------------------------------


def _undergone(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "were killed": before; "killed twelve soldiers": after; without "were" (headlines) whichever stands next to
    it.
    """
    if scene.language.table.get("verb_first"):
        return _objects(scene, trigger) or _after(scene, trigger) or _before(scene, trigger)
    if _is_passive(scene, trigger):
        return _before(scene, trigger)
    right = _after(scene, trigger)
    if not right and _has_thing(scene, trigger.last):
        return []  # "frost killed trees": neither is anybody
    left = _adjacent_left(scene, trigger.first)
    named_only = bool(right) and not _starting(scene, right[0].first)
    if right and not (left and (named_only or _is_list_break(scene, trigger))):
        return right
    return _before(scene, trigger)


def _objects(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Verb, subject, object: who acts stands between the verb and the harmed ("قتل مسلحون خمسة مدنيين")."""
    actor = _starting(scene, trigger.last)
    armed = ("armed group", "armed forces", "security forces")
    if actor is None or actor.number or actor.group.status not in armed or actor.last >= len(scene.tokens):
        return []
    harmed = _starting(scene, actor.last)
    tied = scene.tokens[actor.last].text.startswith("و") and len(scene.tokens[actor.last].forms) > 1
    return [] if harmed is None or harmed.pronoun or (tied and not harmed.number) else _list_right(scene, harmed)


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


def _is_passive(scene: Scene, trigger: Trigger) -> bool:
    at = trigger.first - 1
    while at >= 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at]):
        if scene.language.words("harm_words", "be").has(scene.tokens[at]):
            return True
        at -= 1
    if at >= 0 and scene.tokens[at].text in (",", "and", "or", "AND", "OR"):
        earlier = [one for one in scene.triggers if one.last == at and one.word.takes == "undergo"]
        return bool(earlier) and _is_passive(scene, earlier[0]) and not _starts_chunk(scene, trigger.last)
    return False


def _starts_chunk(scene: Scene, at: int) -> bool:
    return any(chunk.first == at and not chunk.pronoun for chunk in scene.chunks)


def _after(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """The people right after a word; through "and wounded" to the object that both share."""
    at = trigger.last
    at += _over_tied_trigger(scene, at)
    at += _over(scene, at, "small")
    chunk = _starting(scene, at) or (_across(scene, at) if scene.language.table.get("verb_first") else None)
    if chunk:
        return _list_right(scene, chunk)
    return [] if scene.language.table.get("verb_first") else _name_right(scene, at)


def _across(scene: Scene, at: int) -> Chunk | None:
    """In verb-first languages the nearest counted group over a place or a day ("قتل في جبلة 16 عنصرا")."""
    for chunk in scene.chunks:
        if _hangs(scene, chunk) or chunk.pronoun:
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
        if tied and _starting(scene, tied.last):
            return tied.last - at
    return 0


def _over(scene: Scene, at: int, _: str) -> int:
    """Small words that may stand between a verb and its people."""
    here = at
    while here < len(scene.tokens) and scene.language.words("people_words", "before").has(scene.tokens[here]):
        here += 1
    return here - at


def _starting(scene: Scene, at: int) -> Chunk | None:
    """The chunk that begins here, or with the small words before here; the widest one."""
    small = scene.language.words("people_words", "before")
    first = at
    while first > 0 and small.has(scene.tokens[first - 1]):
        first -= 1
    found = [chunk for chunk in scene.chunks if first <= chunk.first <= at < chunk.last]
    return max(found, key=lambda chunk: (chunk.last, not chunk.elliptic)) if found else None


def _before(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """The people a verb is said of: the nearest group to its left that is no part of a phrase hanging on another."""
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    chunk = _adjacent_left(scene, at) or _over_comma(scene, at) or _subject(scene, at)
    if chunk and chunk.pronoun:
        chunk = _antecedent(scene, chunk) or chunk
    if not chunk:
        return _name_left(scene, at)
    found = _list_left(scene, chunk)
    main = _over_overlay(scene, found[0])
    return _list_left(scene, main) if main else found


def _over_comma(scene: Scene, at: int) -> Chunk | None:
    """ "803 people, among them women, were killed": the comma that ends an insertion."""
    return _adjacent_left(scene, at - 1) if at > 1 and scene.tokens[at - 1].text in ",،" else None


def _over_overlay(scene: Scene, chunk: Chunk) -> Chunk | None:
    """ "dozens of civilians, among them patients and doctors, were killed": the subject stands before "among them"."""
    for first, last in scene.says("parts", "overlay", 0, chunk.first):
        if last == chunk.first or (last < chunk.first and scene.tokens[last].norm in ("at", "the", "many")):
            at = first - 1 if first and scene.tokens[first - 1].text in ",،" else first
            return _adjacent_left(scene, at)
    return None


def _adjacent_left(scene: Scene, at: int) -> Chunk | None:
    found = [chunk for chunk in scene.chunks if at in (chunk.last, chunk.core)]
    return min(found, key=lambda chunk: chunk.first) if found else None


def _subject(scene: Scene, at: int) -> Chunk | None:
    """Over a place, a day or an apposition to the nearest group; never over another verb of harm or of saying."""
    best = None
    for chunk in scene.chunks:
        near = chunk.last <= at and at - chunk.last <= _NEAR
        if near and not _walled(scene, chunk.last, at) and not _hangs(scene, chunk):
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


def _hangs(scene: Scene, chunk: Chunk) -> bool:
    """Whether a preposition stands before a chunk, so that it is no subject ("by gunmen", "of the army")."""
    if chunk.first == 0:
        return False
    if chunk.last < len(scene.tokens) and scene.language.words("harm_words", "be").has(scene.tokens[chunk.last]):
        return False  # "told of people being shot"
    return scene.language.words("harm_words", "hangs").has(scene.tokens[chunk.first - 1])


def _antecedent(scene: Scene, pronoun: Chunk) -> Chunk | None:
    """ "who" stands for the group right before it."""
    if scene.tokens[pronoun.first].norm not in ("who", "whom"):
        return None
    at = pronoun.first - (1 if pronoun.first and scene.tokens[pronoun.first - 1].text == "," else 0)
    return _adjacent_left(scene, at)


def _named_harm(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """ "the killing of twelve civilians", "the priest's murder", and a noun that is counted itself."""
    at = trigger.last
    if at < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[at]):
        chunk = _starting(scene, at + 1 + _over(scene, at + 1, "small"))
        return _list_right(scene, chunk) if chunk else _name_right(scene, at + 1)
    if scene.language.table.get("verb_first"):
        return _after(scene, trigger)
    owner = _adjacent_left(scene, trigger.first)
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
    group = _among(scene, trigger) or describe(scene.sentence, amount.last, trigger.last, None, scene.language)
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


def _among(scene: Scene, trigger: Trigger) -> Group | None:
    """ "120 dead among the security forces", "231 killed from the ranks of the army"."""
    for _, first, last in scene.language.words("people_words", "among").all(scene.tokens, trigger.last):
        chunk = _starting(scene, last)
        return chunk.group if chunk and first == trigger.last else None
    return None


def _adjacent_people(scene: Scene, at: int) -> list[Chunk]:
    """ "12 people dead": the noun of harm stands as an adjective after its people."""
    chunk = _adjacent_left(scene, at)
    return _list_left(scene, chunk) if chunk and chunk.number and not chunk.pronoun else []


def _state(scene: Scene, trigger: Trigger) -> list[Chunk]:
    at = trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    chunk = _adjacent_left(scene, at)
    return _list_left(scene, chunk) if chunk else _name_left(scene, at) if at < trigger.first else []


def _total(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """A toll whose number follows ("the death toll rose to 1,383"; "killed: 12"), the last of "from 830 to 973"."""
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
        first, own = inside[0][1], _starting(scene, inside[-1][1])
        tied = [one.last for one in _list_right(scene, own) if not one.number] if own else []
        return describe(scene.sentence, first, max([inside[-1][2], *tied]), None, scene.language)
    after = [one for one in scene.chunks if trigger.last <= one.first <= trigger.last + 2 and not one.number]
    listed = _list_right(scene, after[0]) if after else []
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
    chunk = _starting(scene, trigger.last)
    if chunk is None:
        return []
    told = scene.tokens[trigger.last - 1].norm in ("of",)
    lives = scene.tokens[chunk.core - 1].norm in ("lives", "life")
    return _list_right(scene, chunk) if told or lives else []


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
        chunk = _starting(scene, at if direct else at + 1)
        if chunk:
            return [replace(one, quantity=replace(one.quantity, unit="bodies")) for one in _list_right(scene, chunk)]
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


# --- lists and names ----------------------------------------------------------------------------------------------


def _list_right(scene: Scene, chunk: Chunk) -> list[Chunk]:
    """ "12 soldiers, 3 civilians and a child": each group that a comma or an "and" ties on."""
    out = [chunk]
    while True:
        at = out[-1].last
        tie = _tie(scene, at)
        following = _starting(scene, at + max(tie, 0)) if tie else None
        if not following or following.pronoun or _is_subject(scene, following) or following.last <= at:
            return out
        out.append(following)


def _tie(scene: Scene, at: int) -> int:
    if (
        at < len(scene.tokens)
        and scene.tokens[at].text.startswith("و")
        and len(scene.tokens[at].text) > 1
        and _starting(scene, at)
    ):
        return -1  # the "and" is written onto the next word
    length = 0
    while at + length < len(scene.tokens):
        found = scene.language.words("harm_words", "ties").match(scene.tokens, at + length)
        if not found:
            break
        length += found[1]
    return length


def _is_subject(scene: Scene, chunk: Chunk) -> bool:
    """Whether a group that seems tied on begins a clause of its own ("and 40 were wounded", "and 12 wounded")."""
    at = chunk.last
    if at >= len(scene.tokens):
        return False
    if scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at]) and scene.tokens[at].norm not in (
        "all",
        "both",
    ):
        return True
    return any(
        one.first == at and one.word.takes in ("undergo", "befall", "counted", "state") for one in scene.triggers
    )


def _list_left(scene: Scene, chunk: Chunk) -> list[Chunk]:
    out = [chunk]
    while True:
        before = [one for one in scene.chunks if one.first < out[0].first and _ties_to(scene, one, out[0])]
        before = [one for one in before if not one.pronoun and not _taken_by_verb(scene, one)]
        if not before:
            return out
        out.insert(0, min(before, key=lambda one: one.first))


def _ties_to(scene: Scene, one: Chunk, following: Chunk) -> bool:
    tie = _tie(scene, one.last)
    return tie != 0 and one.last + max(tie, 0) == following.first


def _taken_by_verb(scene: Scene, chunk: Chunk) -> bool:
    """Whether a verb right before a chunk has it as its object already, or a harm noun before holds it."""
    return any(one.last == chunk.first for one in scene.triggers) or _hangs(scene, chunk)


def _name_left(scene: Scene, at: int) -> list[Chunk]:
    """A name or title without a known noun, back to the clause's edge ("Hector Perez was shot dead")."""
    if at > 0 and scene.tokens[at - 1].text == ",":
        at -= 1
    first = at
    while first > 0 and _may_name(scene, first - 1):
        first -= 1
    chunk = named(scene.sentence, first, at) if first < at else None
    return [chunk] if chunk else []


def _name_right(scene: Scene, at: int) -> list[Chunk]:
    last = at
    while last < len(scene.tokens) and _may_name(scene, last):
        last += 1
    chunk = named(scene.sentence, at, last) if last > at else None
    return [chunk] if chunk else []


def _may_name(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if not token.is_word or scene.language.says.of(token) or scene.language.harms.of(token):
        return False
    if scene.language.months.of(token) or scene.language.weekdays.of(token) is not None:
        return False
    return not scene.language.stops.has(token) and scene.language.means.of(token) is None


# --- things -------------------------------------------------------------------------------------------------------


def _things(scene: Scene, trigger: Trigger) -> list[Chunk]:
    """Houses looted, services cut: the object nearest to the word, as its voice of the verb asks."""
    takes = trigger.word.takes
    if takes in ("act", "without", "name") or (takes == "undergo" and not _is_passive(scene, trigger)):
        found = _thing_right(scene, trigger)
        if found or takes != "undergo":
            return found
    return _thing_left(scene, trigger)


def _thing_right(scene: Scene, trigger: Trigger) -> list[Chunk]:
    at = trigger.last + (1 if trigger.last < len(scene.tokens) and scene.tokens[trigger.last].norm == "of" else 0)
    for noun in range(at, min(at + 6, len(scene.tokens))):
        if scene.tokens[noun].norm in trigger.word.objects:
            return _tied_things(scene, trigger, at, noun)
        if (
            scene.language.stops.has(scene.tokens[noun])
            and not scene.language.words("people_words", "determiners").has(scene.tokens[noun])
            and not any(one.first <= noun < one.last for one in scene.amounts)
        ):
            break
    return []


def _thing_left(scene: Scene, trigger: Trigger) -> list[Chunk]:
    for noun in range(trigger.first - 1, max(-1, trigger.first - 12), -1):
        if scene.tokens[noun].norm in trigger.word.objects:
            return _tied_things(scene, trigger, _thing_start(scene, noun, trigger), noun)
        if scene.tokens[noun].text in ";." or scene.language.says.of(scene.tokens[noun]):
            break
    return []


def _thing_start(scene: Scene, noun: int, trigger: Trigger) -> int:
    at = noun
    while at > 0 and _part_of_thing(scene, at - 1, trigger):
        at -= 1
    return at


def _part_of_thing(scene: Scene, at: int, trigger: Trigger) -> bool:
    token = scene.tokens[at]
    if any(one.first <= at < one.last for one in scene.amounts) or token.norm in trigger.word.objects:
        return True
    if token.norm in ("and", "of", "the", "a", "their") and at > 0:
        return scene.tokens[at - 1].norm in trigger.word.objects or any(one.last == at for one in scene.amounts)
    return scene.language.words("people_words", "modifiers").has(token) or token.norm == "drinking"


def _tied_things(scene: Scene, trigger: Trigger, first: int, noun: int) -> list[Chunk]:
    last = noun + 1
    while (
        last + 1 < len(scene.tokens)
        and scene.tokens[last].norm in ("and", "or", ",")
        and scene.tokens[last + 1].norm in trigger.word.objects
    ):
        last += 2
    amount = next((one for one in scene.amounts if first <= one.first and one.last <= noun), None)
    start = amount.last if amount else first
    unit = scene.sentence.words(max(start, _unit_start(scene, start, noun, trigger)), last)
    quantity = replace(amount.quantity, unit=unit) if amount else Quantity(unit=unit)
    number = (amount.first, amount.last) if amount else None
    return [Chunk(amount.first if amount else start, last, last, noun, quantity, Group(), number)]


def _unit_start(scene: Scene, first: int, noun: int, trigger: Trigger) -> int:
    while first < noun and scene.language.stops.has(scene.tokens[first]):
        first += 1
    return first


def around(scene: Scene) -> Iterator[Draft]:
    """Verbs that close around their object: "set them on fire"."""
    for code, _first, opening, closing, objects in scene.language.brackets:
        for at, token in enumerate(scene.tokens):
            if token.norm != opening:
                continue
            for end in range(at + 2, min(at + 8, len(scene.tokens))):
                found = closing.match(scene.tokens, end)
                if found and any(scene.tokens[noun].norm in objects for noun in range(at + 1, end)):
                    word = HarmWord(code, "act", objects)
                    trigger = Trigger(at, at + 1, word)
                    for chunk in _thing_right(scene, trigger):
                        yield Draft.begin(scene.number, replace(trigger, last=end + found[1]), chunk, True)
