"""Names in texts written all in capitals: the words between somebody's trade or title and the next word of grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.language import Language
from cenotaph.read.people import Chunk
from cenotaph.read.text import Sentence, Token

_TOLD = 9  # words that may tell of a name in a list ("A STAFF MEMBER OF THE NATIONAL RADIO")
_LONGEST = 5  # words of a name, small ones ("DE LA") among them


def with_capital_names(sentence: Sentence, known: Sequence[Chunk], language: Language) -> tuple[Chunk, ...]:
    """The people of a sentence; where it has no small letters, one person's trade takes the name behind it ("JUDGE ANA
    RUIZ WAS SHOT"). Two words at least: one unknown word tells nothing.
    """
    if not sentence.capitals:
        return tuple(known)
    out = [_described(sentence, _named(sentence, chunk, language), language) for chunk in known]
    covered = [(one.first, one.last) for one, old in zip(out, known, strict=True) if one is not old]
    return tuple(one for one in out if not any(first < one.first and one.last <= last for first, last in covered))


def _named(sentence: Sentence, chunk: Chunk, language: Language) -> Chunk:
    if not chunk.single and not chunk.pronoun and not chunk.group.names:
        return _listed(sentence, chunk, language)
    if not chunk.single or chunk.pronoun or chunk.elliptic or chunk.group.names:
        return chunk
    begins = chunk.core + _over_comma(sentence.tokens, chunk, language)
    last = _name_end(sentence.tokens, begins, language)
    if last is None:
        return chunk
    name = sentence.words(begins, last)
    group = replace(chunk.group, words=sentence.words(chunk.first, last), names=(name,))
    return replace(chunk, core=last, last=max(last, chunk.last), group=group)


def _described(sentence: Sentence, chunk: Chunk, language: Language) -> Chunk:
    """ "THE MURDER OF SYRIAN HEALTH MINISTER ANA RUIZ": a named person with the words before the trade, back to a word
    of grammar, a sign or a harm; where no verb can stand between.
    """
    if not chunk.single or not chunk.group.names or chunk.number:
        return chunk
    first, tokens = chunk.first, sentence.tokens
    while first > 0 and chunk.first - first < _LONGEST and _describes(tokens[first - 1], language):
        first -= 1
    opens = first > 0 and (tokens[first - 1].norm in ("of", "and") or tokens[first - 1].text in ",;")
    if first == chunk.first or not opens:
        return chunk
    group = replace(chunk.group, words=sentence.words(first, chunk.core))
    return replace(chunk, first=first, group=group)


def _describes(token: Token, language: Language) -> bool:
    grammar = _closes(token, language) or language.says.of(token) is not None
    verb = token.norm.endswith("ed") and language.people.of(token) is None
    return token.is_word and not grammar and not verb


def _over_comma(tokens: Sequence[Token], chunk: Chunk, language: Language) -> int:
    """ "HER COMPANION, RAMI AZIZ, ...": behind somebody's own, a comma may stand before the name."""
    own = language.words("people_words", "his_or_her").has(tokens[chunk.first])
    return int(own and chunk.core < len(tokens) and tokens[chunk.core].text == ",")


def _listed(sentence: Sentence, chunk: Chunk, language: Language) -> Chunk:
    """ "TWO REPORTERS, ANA RUIZ AND RAMI AZIZ": as many names behind a group as it counts."""
    tokens, at, names = sentence.tokens, chunk.core, list[str]()
    while (begins := _over_title(tokens, _over_signs(tokens, at), language)) > at:
        last = _name_end(tokens, begins, language) if begins < len(tokens) else None
        if last is None:
            break
        names.append(sentence.words(begins, last))
        at = _over_told(tokens, last, language)
    if len(names) < 2 or chunk.quantity.base not in (None, len(names)):
        return chunk
    return replace(chunk, last=max(at, chunk.last), group=replace(chunk.group, names=tuple(names)))


def _over_signs(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and (tokens[at].text in ",:;-" or tokens[at].text == "--" or tokens[at].norm == "and"):
        at += 1
    return at


def _over_title(tokens: Sequence[Token], at: int, language: Language) -> int:
    """Past a rank or an age before a name of a list ("CAPTAIN RAMI AZIZ", "30-YEAR-OLD RAMI AZIZ")."""
    while at < len(tokens) and (language.people.of(tokens[at]) is not None or language.is_age(tokens[at])):
        at += 1
    return at


def _over_told(tokens: Sequence[Token], at: int, language: Language) -> int:
    """Past an age or a trade that a comma adds to a name of a list (", 41", ", A REUTERS PHOTOGRAPHER")."""
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return at
    if tokens[at + 1].text.isdecimal():
        return at + 2
    if tokens[at + 1].norm not in ("a", "an", "the"):
        return at
    end = next((n for n in range(at + 2, min(at + 2 + _TOLD, len(tokens))) if not tokens[n].is_word), None)
    people = end is not None and any(language.people.of(token) is not None for token in tokens[at + 2 : end])
    return end if end is not None and people else at


def _name_end(tokens: Sequence[Token], first: int, language: Language) -> int | None:
    """Where a name ends that begins here: two words or more, and then a sign or a word of grammar."""
    last = first
    while last < len(tokens) and last - first <= _LONGEST and may_name(tokens[last], language):
        last += 1
    words = [token for token in tokens[first:last] if not language.words("names", "particles").has(token)]
    closed = last >= len(tokens) or not tokens[last].is_word or _closes(tokens[last], language)
    return last if 2 <= len(words) <= _LONGEST - 1 and closed else None


def _closes(token: Token, language: Language) -> bool:
    small = language.stops.has(token) or language.words("harm_words", "auxiliaries").has(token)
    return small or language.harms.of(token) is not None


def may_name(token: Token, language: Language) -> bool:
    """Whether a word may be part of a name: in none of the lists of what words mean, and with no ending of a verb."""
    if language.words("names", "particles").has(token):
        return True
    if (
        not token.is_word
        or len(token.text) < 2
        or token.norm.endswith(tuple(language.table["names"].get("verbal", ())))
    ):
        return False
    listed = language.words("names", "bodies").has(token) or language.words("people_words", "modifiers").has(token)
    grammar = _closes(token, language) or language.says.of(token) is not None
    known = (
        language.people.of(token),
        language.months.of(token),
        language.weekdays.of(token),
        language.means.of(token),
    )
    return not listed and not grammar and all(one is None for one in known)
