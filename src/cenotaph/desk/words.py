"""Full text: the words of reports in one spelling, and which of them are forms or spellings of one another.

What is looked up is always a word as it stands in some report. From a word that somebody typed lead to those words: the
letters that are written for each other and the marks left out (spelling.py), the family of its forms where it is listed
(families.py), else the stem (Snowball, snowballstem.org; Arabic first without the conjunction, preposition and article
written onto it, as Larkey et al. 2002), and for names the sounds that two spellings share, in Latin and in Arabic
letters (plain/romanised).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import snowballstemmer
import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.desk import families, tables
from cenotaph.desk.among import among
from cenotaph.desk.spelling import WORD, bare, located, tokens
from cenotaph.desk.tables import FULL_TEXT, terms
from cenotaph.gazetteer import Gazetteer
from cenotaph.plain.romanised import alike, is_arabic, skeleton
from cenotaph.vocabulary import Report

__all__ = ["bare", "drop", "forms_of", "is_there", "located", "store", "tokens"]

SMALL, NAME = 1, 2
"""How a word was seen: in small letters, or as a name can be (with a capital, or in a script that has none)."""
ALIKE, ALIKE_SHORT = 0.85, 0.93
"""From which likeness two spellings are looked for as one name: what differs is vowels and letters near in sound. Of
names with two consonants (Homs) less may differ, for many words have the same two.
"""
MOST = 60
"""Words that one typed word leads to, the nearest in length first."""
FAMILY = 300
"""Words that one of a family leads to: each is a form of it for certain, and Arabic writes much onto a word."""
TOWN = 5_000
"""People of a place whose names in other languages are looked for too: a village's are seldom more than its own."""
_Seen = tuple[int, str]  # how a word was seen, and as what

_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})")
_WRITTEN_ON = re.compile(r"^[وفبكل](?=.{3})")
_arabic, _english = snowballstemmer.stemmer("arabic"), snowballstemmer.stemmer("english")


# --- stems ----------------------------------------------------------------------------------------------------------


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
    for found in WORD.finditer(text):
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
    """What a typed word is looked for as: itself first, then forms, two words that it can be written as (with a space
    between), and spellings of a name.
    """
    word = bare(typed)
    if word.isdigit():
        return [word]
    listed = families.family(word)
    if listed:
        country = place if (place := _place(typed)).startswith("country:") else ""
        return list(dict.fromkeys([word, *_there(connection, listed), *_by_place(connection, word, country)]))[:FAMILY]
    how, place = _known(connection, word)
    found = [word, *_by_stem(connection, word), *families.joined(word)]
    if not how & SMALL:
        names = [*_by_sound(connection, word), *_by_place(connection, word, place or _place(typed))]
        found += [*names, *_written_onto(connection, names)]
    return list(dict.fromkeys(found))[:MOST]


def is_there(connection: Connection, word: str) -> bool:
    """Whether a bare word stands in any report."""
    return bool(_known(connection, word)[0])


def _there(connection: Connection, words: Collection[str]) -> list[str]:
    """Those of these that stand in a report, the shortest first."""
    query = sa.select(terms.c.word).where(among(connection, terms.c.word, words))
    return sorted(map(str, connection.execute(query).scalars()), key=lambda one: (len(one), one))


def _known(connection: Connection, word: str) -> tuple[int, str]:
    """How a word was seen, 0 for one that no report has; and the place that it names."""
    found = connection.execute(sa.select(terms.c.seen, terms.c.place).where(terms.c.word == word)).first()
    return (int(found.seen), str(found.place)) if found else (0, "")


def _by_stem(connection: Connection, word: str) -> Iterable[str]:
    """Words of the same stem, in either English spelling; none that is known to be a form of another word."""
    stems = {stem(one) for one in (word, families.respelled(word)) if one}
    behind = inner(word)
    if behind and _known(connection, _WRITTEN_ON.sub("", word))[0]:
        stems.add(behind)
    some = sa.or_(terms.c.stem.in_(stems), terms.c.inner.in_(stems))
    found = map(str, connection.execute(sa.select(terms.c.word).where(some).limit(500)).scalars())
    return _nearest(word, (one for one in found if not families.listed(one)))


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
