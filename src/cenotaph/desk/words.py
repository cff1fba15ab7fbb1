"""Full text: the words of reports in one spelling, and which of them are forms or spellings of one another.

What is looked up is always a word as it stands in some report. From a word that somebody typed lead to those words: the
letters that are written for each other and the marks left out (`bare`), the stem (Snowball, snowballstem.org; Arabic
first without the conjunction, preposition and article written onto it, as Larkey et al. 2002), and for names the sounds
that two spellings share, in Latin and in Arabic letters (plain/romanised).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import snowballstemmer
import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.desk import tables
from cenotaph.desk.tables import FULL_TEXT, terms
from cenotaph.gazetteer import Gazetteer
from cenotaph.plain.romanised import alike, is_arabic, skeleton
from cenotaph.sheets_in.folding import digits
from cenotaph.vocabulary import Report

__all__ = ["bare", "drop", "forms_of", "located", "store", "tokens"]

SMALL, NAME = 1, 2
"""How a word was seen: in small letters, or as a name can be (with a capital, or in a script that has none)."""
ALIKE, ALIKE_SHORT = 0.85, 0.93
"""From which likeness two spellings are looked for as one name: what differs is vowels and letters near in sound. Of
names with two consonants (Homs) less may differ, for many words have the same two.
"""
MOST = 60
"""Words that one typed word leads to, the nearest in length first."""
LONGEST = 40
TOWN = 5_000
"""People of a place whose names in other languages are looked for too: a village's are seldom more than its own."""
_Seen = tuple[int, str]  # how a word was seen, and as what

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_INSIDE = "'’‘ʼʿʾ`´"
_WORD = re.compile(
    rf"\d{{1,3}}(?:[,٬،]\d{{3}})+(?!\d)|[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}{_INSIDE}]+[^\W_{_MARKS}]+)*[{_MARKS}]*"
)
_SIGNS = re.compile(rf"[{_MARKS}{_INSIDE}]")
_OWNER = re.compile(rf"[{_INSIDE}]s$", re.IGNORECASE)
_ARABIC_LETTERS = str.maketrans("أإآٱىیېکگةۀەهۃؤئ", "اااايييككهههههوي", "ء")
_LATIN_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
_LETTERS = _ARABIC_LETTERS | str.maketrans(_LATIN_LETTERS)
_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})")
_WRITTEN_ON = re.compile(r"^[وفبكل](?=.{3})")
_arabic, _english = snowballstemmer.stemmer("arabic"), snowballstemmer.stemmer("english")


# --- words ------------------------------------------------------------------------------------------------------------


def located(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text in their order: where each starts and ends, and its one spelling."""
    for found in _WORD.finditer(text):
        word = bare(found[0])
        if word:
            yield found.start(), found.end(), word


def tokens(text: str) -> list[str]:
    """The words of a text as they are looked up.

    >>> tokens("Ma'arrat al-Nu'man: ١٬٣٨٣ قُتِلوا"), tokens("Sami's 1,383")
    (['maarrat', 'al', 'numan', '1383', 'قتلوا'], ['sami', '1383'])
    """
    return [word for _, _, word in located(text)]


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """One word in the one spelling: no capitals, no marks, one letter for those that stand for each other.

    >>> bare("إصابات"), bare("Büyük"), bare("مدرسة") == bare("مدرسه"), bare("١٬٣٨٣")
    ('اصابات', 'buyuk', True, '1383')
    """
    plain = unicodedata.normalize("NFKD", _OWNER.sub("", word).casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    told = digits(_SIGNS.sub("", kept).translate(_LETTERS))
    return "".join(sign for sign in told if sign.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What the forms of a bare word share.

    >>> stem("killed") == stem("killing"), stem("والمدنيين") == stem("مدنيون"), stem("غاره") == stem("الغارات")
    (True, True, True)
    """
    if not is_arabic(word):
        return str(_english.stemWord(word)) if word.isalpha() else word
    once = _arabic.stemWord(_ARTICLE.sub("", word))
    return str(_arabic.stemWord(once))


@lru_cache(maxsize=100_000)
def inner(word: str) -> str:
    """The stem behind a letter ("and", "in", "to" ...) that Arabic writes onto a word; "" where there can be none.

    >>> inner("بدمشق") == stem("دمشق"), inner("killed")
    (True, '')
    """
    return stem(_WRITTEN_ON.sub("", word)) if is_arabic(word) and _WRITTEN_ON.match(word) else ""


# --- what is kept -----------------------------------------------------------------------------------------------------


def store(connection: Connection, found: Sequence[Report]) -> None:
    """The words of reports whose rows are there already."""
    ids = [one.id for one in found]
    query = sa.select(tables.reports.c.report, tables.reports.c.position).where(tables.reports.c.report.in_(ids))
    at = {str(report): int(position) for report, position in connection.execute(query)}
    rows, seen = [], dict[str, _Seen]()
    for one in found:
        told = _told(f"{one.title}\n{one.outlet}\n{one.name}\n{one.text}", seen)
        rows.append({"at": at[one.id], "report": one.id, "words": " ".join(told)})
    if connection.dialect.name == "sqlite":
        query_text = f"INSERT INTO {FULL_TEXT} (rowid, report, words) VALUES (:at, :report, :words)"
    else:
        query_text = f"INSERT INTO {FULL_TEXT} (report, words) VALUES (:report, to_tsvector('simple', :words))"
    connection.execute(sa.text(query_text), rows)
    _keep(connection, seen)


def _told(text: str, seen: dict[str, _Seen]) -> Iterator[str]:
    for found in _WORD.finditer(text):
        word = bare(found[0])
        if word:
            first = found[0][0]
            how = NAME if first.isupper() or first.lower() == first.upper() else SMALL
            before = seen.get(word)
            if before is None or not before[0] & how:
                seen[word] = (before[0] | how if before else how), found[0]
            yield word


def _keep(connection: Connection, seen: Mapping[str, _Seen]) -> None:
    """New words, and words that were seen otherwise."""
    wanted = [word for word in seen if not word.isdigit()]
    known: dict[str, int] = {}
    for start in range(0, len(wanted), 5_000):
        query = sa.select(terms.c.word, terms.c.seen).where(terms.c.word.in_(wanted[start : start + 5_000]))
        known |= {str(word): int(how) for word, how in connection.execute(query)}
    for word in wanted:
        how = seen[word][0]
        if word in known and known[word] | how != known[word]:
            connection.execute(sa.update(terms).where(terms.c.word == word).values(seen=known[word] | how))
    rows = [_row(word, *seen[word]) for word in wanted if word not in known]
    if rows:
        connection.execute(sa.insert(terms), rows)


def _row(word: str, how: int, written: str) -> dict[str, str | int]:
    place = _place(written) if how == NAME else ""
    told = {"stem": stem(word), "inner": inner(word), "sounds": skeleton(word), "place": place}
    return {"word": word, "seen": how, **told}


def _place(written: str) -> str:
    """The country, area or town that goes by this name, the largest of them; "" for none that is widely known."""
    found = Gazetteer.embedded().find(written)
    known = (one.id for one in found if one.level != "place" or one.population >= TOWN)
    return next(known, "")


def drop(connection: Connection, ids: Collection[str]) -> None:
    """Reports that are gone. Words that were theirs alone stay among the words, and find nothing."""
    rows = [{"report": one} for one in ids]
    if rows:
        connection.execute(sa.text(f"DELETE FROM {FULL_TEXT} WHERE report = :report"), rows)


# --- from a word to its forms -----------------------------------------------------------------------------------------


def forms_of(connection: Connection, typed: str) -> list[str]:
    """The words of reports that a typed word is looked for as: itself first, then forms, then spellings of a name."""
    word = bare(typed)
    if word.isdigit():
        return [word]
    how, place = _known(connection, word)
    found = [word, *_by_stem(connection, word)]
    if not how & SMALL:
        names = [*_by_sound(connection, word), *_by_place(connection, word, place or _place(typed))]
        found += [*names, *_written_onto(connection, names)]
    return list(dict.fromkeys(found))[:MOST]


def _known(connection: Connection, word: str) -> tuple[int, str]:
    """How a word was seen, 0 for one that no report has; and the place that it names."""
    found = connection.execute(sa.select(terms.c.seen, terms.c.place).where(terms.c.word == word)).first()
    return (int(found.seen), str(found.place)) if found else (0, "")


def _by_stem(connection: Connection, word: str) -> Iterable[str]:
    stems = {stem(word)}
    behind = inner(word)
    if behind and _known(connection, _WRITTEN_ON.sub("", word))[0]:
        stems.add(behind)
    some = sa.or_(terms.c.stem.in_(stems), terms.c.inner.in_(stems))
    return _nearest(word, connection.execute(sa.select(terms.c.word).where(some).limit(500)).scalars())


def _by_sound(connection: Connection, word: str) -> Iterable[str]:
    """Spellings of a name. Two Arabic spellings differ by letters that `bare` makes one; two Arabic words with the same
    consonants are mostly two words.
    """
    heard, arabic = skeleton(word), is_arabic(word)
    if len(heard) < 2:
        return []
    query = sa.select(terms.c.word).where(terms.c.sounds == heard, terms.c.seen == NAME).limit(500)
    found = connection.execute(query).scalars()
    least = ALIKE if len(heard) > 2 else ALIKE_SHORT
    return _nearest(word, (one for one in found if not (arabic and is_arabic(one)) and alike(word, one) >= least))


def _by_place(connection: Connection, word: str, place: str) -> Iterable[str]:
    """What a country, an area or a town is called in other languages."""
    if not place:
        return []
    query = sa.select(terms.c.word).where(terms.c.place == place, terms.c.seen == NAME).limit(100)
    return _nearest(word, connection.execute(query).scalars())


def _written_onto(connection: Connection, names: Iterable[str]) -> Iterable[str]:
    """Arabic names with the letters that Arabic writes onto them."""
    stems = {stem(one) for one in names if is_arabic(one)}
    if not stems:
        return []
    return connection.execute(sa.select(terms.c.word).where(terms.c.inner.in_(stems)).limit(MOST)).scalars()


def _nearest(word: str, found: Iterable[str]) -> list[str]:
    return sorted(found, key=lambda one: (abs(len(one) - len(word)), one))
