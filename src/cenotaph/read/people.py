"""To whom: the noun groups that can stand for the harmed, with their number and what the words say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import cast

from cenotaph.read.language import Language, PeopleWord
from cenotaph.read.noun_forms import counted_by_more, is_dual, others, over_age, people_behind
from cenotaph.read.participles import is_dash, is_harmed, is_life, is_participle
from cenotaph.read.quantities import Amount, is_article
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import Comparator, Group, Quantity

_REACH = 6  # words that may stand between a number and the noun it counts
_ATTACHED = 9  # words that a phrase after the noun may run on for ("with armed groups affiliated with ...")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun group for people (or, with `objects`, for things): tokens first to last, its head, its number.

    `core` is where the group's own words end and a phrase that hangs on it begins; `pronoun` stands for others said
    before.
    """

    first: int
    core: int
    last: int
    head: int
    quantity: Quantity
    group: Group
    number: tuple[int, int] | None = None
    single: bool = False
    elliptic: bool = False
    pronoun: bool = False
    weak: bool = False


def chunks(sentence: Sentence, found: Sequence[Amount], language: Language) -> tuple[Chunk, ...]:
    """The people of a sentence from left to right; a group that hangs on another ("soldiers of the army") is part of
    it.
    """
    out: list[Chunk] = []
    at = 0
    while at < len(sentence.tokens):
        noun = language.people.match(sentence.tokens, at) or aged(sentence.tokens, at, language)
        if (
            not noun
            or _no_people(sentence.tokens, at, found, language)
            or _is_modifier(sentence.tokens, at, noun[1], language)
        ):
            at += noun[1] if noun else 1
            continue
        chunk = _chunk(sentence, at, noun, found, language, out[-1].last if out else 0)
        out.append(chunk)
        at = max(chunk.last, at + noun[1])
    return _with_elliptic(sentence, tuple(out), found, language)


def _no_people(tokens: Sequence[Token], at: int, found: Sequence[Amount], language: Language) -> bool:
    """ "personne n'a été tué": inside the words for nobody; "fueron detenidos": behind an auxiliary it is the verb."""
    zero = any(one.first <= at < one.last and one.quantity.base == 0 for one in found)
    if zero or is_participle(tokens, at, language):
        return True
    behind = at > 0 and language.words("harm_words", "be").has(tokens[at - 1])
    return behind and language.words("people_words", "participles").has(tokens[at])


def aged(tokens: Sequence[Token], at: int, language: Language) -> tuple[PeopleWord, int] | None:
    """ "a 19-year-old": somebody of whom only the age is said."""
    if not language.is_age(tokens[at]):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    described = following is not None and following.is_word and _is_plain(following, language)
    return None if described else (PeopleWord(language.is_age(tokens[at], many=True)), 1)


def _is_modifier(tokens: Sequence[Token], at: int, length: int, language: Language) -> bool:
    """ "security forces members": the noun is no head when another noun for people follows at once."""
    after = at + length
    while after < len(tokens) and language.adjectives.of(tokens[after]) is not None:
        after += 1  # "leftist Syrian leader"
    if after >= len(tokens) or not tokens[after].is_word:
        return False
    following = None if is_participle(tokens, after, language) else language.people.match(tokens, after)
    return bool(following) and language.table.get("modifiers_first", True)


def _chunk(
    sentence: Sentence,
    at: int,
    noun: tuple[PeopleWord, int],
    found: Sequence[Amount],
    language: Language,
    floor: int,
) -> Chunk:
    word, length = noun
    core = at + length
    if language.table.get("modifiers_after"):
        core = _adjectives_after(sentence.tokens, core, language)
    amount, start = _counted_by(sentence.tokens, at, found, language, floor)
    inside = counted_by_more(sentence.tokens, core, word, found, language)
    amount = inside if inside and (amount is None or amount.quantity.base == 1) else amount
    if inside:
        core = inside.last + len(people_behind(sentence.tokens, inside.last, language))
    last = core if is_life(sentence.tokens[at], language) else _attachments(sentence.tokens, core, found, language)
    last = max(last, over_age(sentence.tokens, core, language))
    first = amount.first if amount and amount is not inside else start
    one_of = language.words("people_words", "one_of")
    if amount is None and start and word.many and one_of.table and sentence.tokens[start - 1].norm in one_of.table:
        first, word = start - 1, replace(word, many=False, number=0)  # "أحد المدنيين"
    elif amount is None and word.many and not word.number and is_dual(sentence.tokens[at]):
        word = replace(word, number=2)
    quantity, single = _how_many(sentence, first, at, core, word, amount)
    after = language.comparators_after.match(sentence.tokens, core) if amount and core < len(sentence.tokens) else None
    if after and quantity.comparator == "exact":  # "14 people at least"
        quantity, last = replace(quantity, comparator=cast(Comparator, after[0])), max(last, core + after[1])
    group = describe(sentence, start, last, word, language)
    weak = amount is None and not single and not word.many
    number = (at, core) if word.number and amount is None else _number(amount)
    return Chunk(first, core, last, at, quantity, group, number, single=single, weak=weak)


def _number(amount: Amount | None) -> tuple[int, int] | None:
    return (amount.first, amount.last) if amount else None


def _counted_by(
    tokens: Sequence[Token], head: int, found: Sequence[Amount], language: Language, floor: int
) -> tuple[Amount | None, int]:
    """The amount that counts this noun, and where the noun's own words begin."""
    start = head
    while (
        start > floor
        and not _ends_harm(tokens, start, language)
        and (_modifies(tokens[start - 1], language) or _named_kind(tokens, start - 1, language))
    ):
        start -= 1
    near = _amount_ending(found, start) or _amount_over_of(tokens, start, found, language)
    if near:
        return near, start
    for amount in found:  # a number further left, with unknown words between ("148 Assadist militants")
        if floor <= amount.first and amount.last <= head and head - amount.last <= _REACH:
            between = tokens[amount.last : head]
            if between and all(_is_plain(token, language) or is_harmed(token, language) for token in between):
                return amount, amount.last
    while start > floor and language.words("people_words", "determiners").has(tokens[start - 1]):
        start -= 1
    return None, start


def _amount_ending(found: Sequence[Amount], at: int) -> Amount | None:
    return next((amount for amount in found if amount.last == at), None)


def _amount_over_of(tokens: Sequence[Token], start: int, found: Sequence[Amount], language: Language) -> Amount | None:
    """ "dozens of (the) civilians", "half of the victims"; the words between are skipped."""
    here = start
    while here > 0 and language.words("people_words", "determiners").has(tokens[here - 1]):
        here -= 1
    if here > 0 and tokens[here - 1].norm in ("of", "من"):
        return _amount_ending(found, here - 1)
    return None


def _modifies(token: Token, language: Language) -> bool:
    if not token.is_word:
        return language.is_age(token)
    known = language.words("people_words", "modifiers").has(token) or language.identities.of(token) is not None
    people = language.people.of(token) is not None and language.table.get("modifiers_first", True)
    return known or people or language.adjectives.of(token) is not None


def _ends_harm(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a harm phrase of several words ends here ("shot dead Alawites": the dead is no adjective)."""
    for first in range(max(0, at - 3), at - 1):
        found = language.harms.match(tokens, first)
        if found and first + found[1] == at:
            return True
    return False


def _named_kind(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """A capitalised word inside a sentence of mixed case right before a noun ("Assadist fighters")."""
    token = tokens[at]
    if at == 0 or not (token.is_word and token.capital) or token.text.isupper() or language.stops.has(token):
        return False
    return tokens[at - 1].text not in '.:;“"' and language.harms.of(token) is None and language.says.of(token) is None


def _is_plain(token: Token, language: Language) -> bool:
    """A word that may describe people though no list has it: no function word, no harm, no sign."""
    if not token.is_word or language.stops.has(token):
        return False
    return language.harms.of(token) is None and language.says.of(token) is None


def _adjectives_after(tokens: Sequence[Token], at: int, language: Language) -> int:
    while at < len(tokens) and tokens[at].is_word and _modifies(tokens[at], language):
        at += 1
    return at


def _attachments(tokens: Sequence[Token], at: int, found: Sequence[Amount], language: Language) -> int:
    """How far the phrases run that hang on a noun: "with armed groups affiliated with ...", "from the community"."""
    last, numbers = at, {amount.first for amount in found}
    while last < len(tokens) and language.words("people_words", "attach").has(tokens[last]):
        end = last + 1
        while end < len(tokens) and end - last <= _ATTACHED and _goes_on(tokens, end, numbers, language):
            end += 1
        if end == last + 1:
            break
        last = end
    return last


def _goes_on(tokens: Sequence[Token], at: int, numbers: set[int], language: Language) -> bool:
    token = tokens[at]
    if at in numbers:
        return _of_one_family(tokens, at, language)
    if not (token.is_word or _quotes_name(tokens, at) or (token.text in "-'’‘" and not is_dash(tokens, at))):
        return False
    if language.words("people_words", "attach_stops").match(tokens, at):
        return False
    if language.words("people_words", "attach").has(tokens[at - 1]) and token.norm == "to":
        return True  # "loyal to"
    if language.words("harm_words", "auxiliaries").has(token) and token.norm not in ("all", "known"):
        return False
    return language.harms.match(tokens, at) is None and language.says.of(token) is None


def _quotes_name(tokens: Sequence[Token], at: int) -> bool:
    """Marks around a name inside a group ("members of the “Free Army” movement"): a mark with its mate close by."""
    opens, closes = '“«"', '”»"'
    near = tokens[max(0, at - 6) : at], tokens[at + 1 : at + 7]
    opened = tokens[at].text in opens and any(one.text in closes for one in near[1]) and _named_next(tokens, at)
    closed = tokens[at].text in closes and any(one.text in opens for one in near[0])
    return bool(opened or closed)


def _named_next(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].capital


def _of_one_family(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """ "three sisters of one family": the number of a group that they all belong to, not of people."""
    word = language.people.of(tokens[at + 1]) if at + 1 < len(tokens) else None
    return tokens[at].norm == "one" and word is not None and word.collective


def _how_many(
    sentence: Sentence, first: int, head: int, core: int, word: PeopleWord, amount: Amount | None
) -> tuple[Quantity, bool]:
    if amount:
        base = amount.quantity.base
        return amount.quantity, base == 1 and amount.quantity.comparator == "exact"
    words = sentence.words(first, core)
    if word.number:
        return Quantity(words, "exact", word.number), False
    if word.many:
        return Quantity(words, "plural"), False
    return Quantity(words, "exact", 1), True


def describe(sentence: Sentence, first: int, last: int, word: PeopleWord | None, language: Language) -> Group:
    """The facets that the words of a noun group say: status, affiliation, identity, sex, age."""
    tokens = sentence.tokens
    facets = {"status": "", "sex": "", "age": "", "identity": ""}
    heads = [word] if word else []
    heads += [noun for noun, _, _ in language.people.all(tokens, first, last) if noun is not word]
    for noun in heads:
        for name in facets:
            facets[name] = facets[name] or getattr(noun, name)
    if len({noun.status for noun in heads if noun.status}) > 1 and not (word and word.status):
        facets["status"] = ""  # "civilians and soldiers": of either
    facets["identity"] = facets["identity"] or _identity(tokens, first, last, language)
    side = _side(tokens, first, last, language)
    return Group(sentence.words(first, last), facets["status"], side, facets["identity"], facets["sex"], facets["age"])


def _identity(tokens: Sequence[Token], first: int, last: int, language: Language) -> str:
    """The identity that words name, a misspelt one included ("Alawaite")."""
    known = next((who for who, _, _ in language.identities.all(tokens, first, last)), "")
    return known or next((who for token in tokens[first:last] if (who := _near_identity(token, language))), "")


def near_identity(tokens: Sequence[Token], at: int, language: Language) -> str:
    """The identity that one word names, a misspelt one included."""
    return language.identities.of(tokens[at]) or _near_identity(tokens[at], language)


def _near_identity(token: Token, language: Language) -> str:
    if not token.capital or len(token.norm) < 6 or token.text.isupper():
        return ""
    near = get_close_matches(token.norm, language.identities.table, n=1, cutoff=0.88)
    return language.identities.table[near[0]][0][1] if near else ""


def _side(tokens: Sequence[Token], first: int, last: int, language: Language) -> str:
    ends = language.words("people_words", "relative")
    last = next((at for at in range(first, last) if ends.has(tokens[at])), last)
    sides = [one.canonical for options, _, _ in language.sides.all(tokens, first, last) for one in options[:1]]
    return sides[0] if sides else ""


def _with_elliptic(
    sentence: Sentence, known: tuple[Chunk, ...], found: Sequence[Amount], language: Language
) -> tuple[Chunk, ...]:
    """Numbers that stand for people without a noun: "another 20 were wounded", "16 of them", "five others"."""
    out = list(known)
    listed = 0
    for amount in found:
        if any(chunk.first <= amount.first < max(chunk.core, chunk.head + 1) for chunk in known):
            continue
        if any(chunk.core <= amount.first < chunk.last for chunk in known) and amount.quantity.comparator == "plural":
            continue
        last = (
            None
            if is_article(sentence.tokens, amount, language)
            else _elliptic_end(sentence.tokens, amount.last, language)
        )
        if last is None and _part_of_people(sentence.tokens, amount, language, listed):
            listed = last = amount.last
        if last is not None:
            single = amount.quantity.base == 1 and amount.plain
            out.append(
                Chunk(amount.first, last, last, amount.number, amount.quantity, Group(), _number(amount), single, True)
            )
    for at, said in others(sentence.tokens, language):
        if not any(chunk.first <= at < chunk.last for chunk in out):
            two, one = (at, at + 1) if said.base in (0, 2) else None, said.base == 1
            out.append(Chunk(at, at + 1, at + 1, at, said, Group(), two, single=one, elliptic=True))
    out = _identified(sentence, out, language)
    out += _pronouns(sentence, out, language)
    return tuple(sorted(out, key=lambda chunk: (chunk.first, chunk.last)))


def _part_of_people(tokens: Sequence[Token], amount: Amount, language: Language, listed: int) -> bool:
    """ "منهم 12 إصاباتهم خطرة و38 بجروح": behind "of them" a number counts people, whatever follows it.

    `listed` is where the number before it ended that was read so; 0 for none.
    """
    after = tokens[amount.last].forms if amount.last < len(tokens) else ("",)
    goes_on = listed and amount.first - listed <= 4 and tokens[amount.first - 1].norm == "و"
    if goes_on and len(after) > 1 and after[0].startswith("ب"):
        return True
    part = language.words("people_words", "part_of")
    return any(
        (found := part.match(tokens, at)) is not None and at + found[1] == amount.first
        for at in range(max(0, amount.first - 4), amount.first)
    )


def _identified(sentence: Sentence, found: Sequence[Chunk], language: Language) -> list[Chunk]:
    """A bare number with the group that it is said to be: "16 of them security personnel", "100 were members of
    ...".
    """
    groups = {chunk.first: chunk for chunk in found if not chunk.elliptic and not chunk.number}
    out, taken = [], set()
    for chunk in found:
        at = chunk.last
        while chunk.elliptic and at < len(sentence.tokens) and language.words("parts", "is").has(sentence.tokens[at]):
            at += 1
        group = groups.get(at) if chunk.elliptic else None
        if group and not group.single:
            taken.add(group.first)
            chunk = replace(chunk, core=group.core, last=group.last, head=group.head, group=group.group, elliptic=False)
        out.append(chunk)
    return [chunk for chunk in out if chunk.number or chunk.first not in taken]


def _elliptic_end(tokens: Sequence[Token], at: int, language: Language) -> int | None:
    """Where an amount without a noun ends; None when an unknown noun follows ("12 rifles")."""
    if at < len(tokens):
        ending = language.words("people_words", "elliptic").match(tokens, at)
        if ending:
            return at + ending[1]
        if tokens[at].is_word and not _may_follow(tokens, at, language):
            return None
    return at


def _may_follow(tokens: Sequence[Token], at: int, language: Language) -> bool:
    if language.stops.has(tokens[at]) or language.harms.match(tokens, at) or tokens[at].capital:
        return True
    return bool(language.means.match(tokens, at)) and tokens[at].norm not in ("mines", "shells", "rockets", "bombs")


def _pronouns(sentence: Sentence, known: Sequence[Chunk], language: Language) -> list[Chunk]:
    taken = {at for chunk in known for at in range(chunk.first, chunk.last)}
    out = []
    for at, token in enumerate(sentence.tokens):
        if at not in taken and language.words("people_words", "pronouns").has(token):
            many = token.norm in ("they", "them", "who", "هم", "نحن")
            quantity = Quantity() if many else Quantity(token.text, "exact", 1)
            out.append(Chunk(at, at + 1, at + 1, at, quantity, Group(), single=not many, pronoun=True, weak=True))
    return out
