"""The tables that pages are drawn from: made of what a case holds and built, and made again wherever they are missing.

Their names begin with `desk_`, and forgetting a report drops them all: they hold words.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Float, Index, Integer, MetaData, Table

from cenotaph.desk.letters import Text

FORM = 3
"""Of these tables; where another stands in the store, all are made again."""

metadata = MetaData()

meta = Table("desk_meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

groups = Table("desk_groups", metadata, Column("group", Text, primary_key=True), Column("key", Text, nullable=False))

reports = Table(
    "desk_reports", metadata,
    Column("report", Text, primary_key=True),
    Column("position", Integer, nullable=False),  # in the order in which they came in
    Column("name", Text, nullable=False), Column("outlet", Text, nullable=False), Column("title", Text, nullable=False),
    Column("url", Text, nullable=False), Column("language", Text, nullable=False),
    Column("published", Text, nullable=False), Column("captured", Text, nullable=False),
    Column("version_of", Text, nullable=False), Column("newest", Integer, nullable=False),
    Column("attachments", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("copy_of", Text, nullable=False), Column("own_words", Integer, nullable=False),
    Column("claims", Integer, nullable=False), Column("fresh", Integer, nullable=False),
    Column("unclear", Integer, nullable=False),
    Column("once", Integer, nullable=False), Column("twice", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("says", Text, nullable=False),  # JSON: what it repeats and what is new in it
    Index("desk_reports_state", "newest", "state", "position"),
    Index("desk_reports_position", "newest", "position"),
    Index("desk_reports_url", "url"), Index("desk_reports_published", "newest", "published", "position"),
)  # fmt: skip

claims = Table(
    "desk_claims", metadata,
    Column("claim", Text, primary_key=True),
    Column("report", Text, nullable=False), Column("group", Text, nullable=False),
    Column("incident", Text, nullable=False), Column("start", Integer, nullable=False),
    Column("harm", Text, nullable=False), Column("status", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("root", Text, nullable=False), Column("named", Integer, nullable=False),
    Column("low", Integer, nullable=False), Column("high", Integer), Column("words", Text, nullable=False),
    Column("place", Text, nullable=False), Column("first", Text, nullable=False), Column("last", Text, nullable=False),
    Column("said", Text, nullable=False), Column("stance", Text, nullable=False), Column("reach", Text, nullable=False),
    Column("reads", Integer, nullable=False), Column("fresh", Integer, nullable=False),
    Column("published", Text, nullable=False), Column("outlet", Text, nullable=False),
    Column("data", Text),  # the claim itself where a decision made it other than what was read; else NULL
    Index("desk_claims_report", "report"), Index("desk_claims_group", "group"),
    Index("desk_claims_incident", "incident"), Index("desk_claims_root", "root", "published", "claim"),
    Index("desk_claims_place", "place", "first"), Index("desk_claims_harm", "harm", "first"),
    Index("desk_claims_first", "first", "place", "harm", "claim"),  # of the timeline and the map, which need no more
    Index("desk_claims_outlet", "outlet", "first"), Index("desk_claims_status", "status", "first"),
    Index("desk_claims_reads", "reads", "first", "place", "harm"),
)  # fmt: skip

places = Table(
    "desk_places", metadata,
    Column("place", Text, primary_key=True),  # the id in a gazetteer, else path and name
    Column("name", Text, nullable=False), Column("path", Text, nullable=False),
    Column("lat", Float), Column("lon", Float), Column("precision", Integer, nullable=False),
    Column("data", Text, nullable=False),
)  # fmt: skip

incidents = Table(
    "desk_incidents", metadata,
    Column("incident", Text, primary_key=True), Column("group", Text, nullable=False),
    Column("kind", Text, nullable=False), Column("parent", Text, nullable=False), Column("title", Text, nullable=False),
    Column("code", Text, nullable=False), Column("once", Text, nullable=False),
    Column("claims", Integer, nullable=False), Column("within", Integer, nullable=False),  # incidents that it holds
    Column("reports", Integer, nullable=False), Column("roots", Integer, nullable=False),
    Column("read", Integer, nullable=False),  # claims that people read
    Column("largest", Integer, nullable=False),
    Column("first", Text, nullable=False), Column("last", Text, nullable=False), Column("place", Text, nullable=False),
    Index("desk_incidents_parent", "parent", "claims"), Index("desk_incidents_group", "group"),
    Index("desk_incidents_code", "code"),
)  # fmt: skip

tolls = Table(
    "desk_tolls", metadata,
    Column("toll", Text, primary_key=True), Column("group", Text, nullable=False),
    Column("incident", Text, nullable=False),
    Column("root", Text, nullable=False), Column("steps", Integer, nullable=False),  # figures in its series
    Column("low", Integer, nullable=False),
    Index("desk_tolls_group", "group"),
)  # fmt: skip

problems = Table(
    "desk_problems", metadata,
    Column("problem", Text, primary_key=True), Column("group", Text, nullable=False),
    Column("report", Text, nullable=False), Column("kind", Text, nullable=False),
    Column("stake", Integer, nullable=False), Column("claims", Integer, nullable=False),
    Column("proposes", Text, nullable=False), Column("data", Text, nullable=False),
    Index("desk_problems_stake", "stake", "claims", "problem"), Index("desk_problems_kind", "kind", "stake"),
    Index("desk_problems_report", "report"), Index("desk_problems_group", "group"),
)  # fmt: skip

hidden = Table("desk_hidden", metadata, Column("group", Text, primary_key=True), Column("data", Text, nullable=False))

decisions = Table(
    "desk_decisions", metadata,
    Column("decision", Text, primary_key=True), Column("at", Text, nullable=False), Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False), Column("about", Text, nullable=False), Column("report", Text, nullable=False),
    Column("row", Text, nullable=False), Column("undone", Text, nullable=False),  # by which decision
    Index("desk_decisions_at", "at"), Index("desk_decisions_about", "about"), Index("desk_decisions_report", "report"),
    Index("desk_decisions_verb", "verb", "at"), Index("desk_decisions_who", "who", "at"),
)  # fmt: skip

passages = Table(
    "desk_passages", metadata,
    Column("passage", Text, primary_key=True), Column("report", Text, primary_key=True),
    Index("desk_passages_report", "report"),
)  # fmt: skip

roots = Table(
    "desk_roots", metadata,
    Column("root", Text, primary_key=True), Column("named", Integer, nullable=False),
    Column("claims", Integer, nullable=False), Column("reports", Integer, nullable=False),
    Index("desk_roots_claims", "named", "claims"),
)  # fmt: skip

carriers = Table(
    "desk_carriers", metadata,
    Column("root", Text, primary_key=True), Column("outlet", Text, primary_key=True),
    Column("claims", Integer, nullable=False), Column("reports", Integer, nullable=False),
)  # fmt: skip

voices = Table(
    "desk_voices", metadata,
    Column("group", Text, primary_key=True), Column("name", Text, primary_key=True),
    Column("canonical", Text, primary_key=True), Column("kind", Text, nullable=False),
    Column("connection", Text, nullable=False), Column("protected", Integer, nullable=False),
    Column("anonymous", Integer, nullable=False), Column("claims", Integer, nullable=False),
    Column("report", Text, nullable=False),  # one in which it speaks
    Index("desk_voices_name", "name"),
)  # fmt: skip

days = Table(  # what the timeline and the map of the whole case are drawn from
    "desk_days", metadata,
    Column("month", Text, primary_key=True), Column("place", Text, primary_key=True),
    Column("harm", Text, primary_key=True), Column("claims", Integer, nullable=False),
    Column("people", Integer, nullable=False),  # in the largest figure: never a sum
)  # fmt: skip

terms = Table(  # every word of any report, once, with what leads to it from its forms and spellings (words.py)
    "desk_terms", metadata,
    Column("word", Text, primary_key=True), Column("stem", Text, nullable=False),
    Column("inner", Text, nullable=False),  # the stem behind a letter that Arabic writes onto a word, else ""
    Column("sounds", Text, nullable=False), Column("place", Text, nullable=False),
    Column("seen", Integer, nullable=False),  # in small letters, as a name can be, or both
    Index("desk_terms_stem", "stem"), Index("desk_terms_inner", "inner"), Index("desk_terms_sounds", "sounds"),
    Index("desk_terms_place", "place"),
)  # fmt: skip

BY_GROUP = (claims, incidents, tolls, problems, hidden, voices)
TOLD_APART = (roots, carriers, days)
"""Summed over the whole case, after what changed."""

FULL_TEXT = "desk_words"
MORE_INDEXES = {
    "claims_by_id": "claims (id)", "group_roots_by_id": "group_roots (id)", "journal_by_at": "journal (at)",
    "group_tolls_by_id": "group_tolls (id)", "group_incidents_by_id": "group_incidents (id)",
    "desk_tolls_incident": "desk_tolls (incident)", "desk_incidents_place": "desk_incidents (place, first)",
    "desk_incidents_first": "desk_incidents (first)",
    "desk_incidents_ranked": "desk_incidents (parent, claims DESC, incident)",
    "desk_reports_copied": "desk_reports (copy_of)",
    "desk_tolls_root": 'desk_tolls (root, "group")', "desk_claims_of_root": 'desk_claims (root, "group")',
}  # fmt: skip


def make(connection: Connection) -> None:
    """All tables, empty, unless they stand in this form."""
    there = sa.inspect(connection).has_table("desk_meta")
    form = connection.execute(sa.select(meta.c.value).where(meta.c.key == "form")).scalar() if there else None
    if form == str(FORM):
        _more_indexes(connection)
        return
    drop(connection)
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5(report UNINDEXED, words, tokenize = 'unicode61')"
        )
    else:
        connection.exec_driver_sql(f"CREATE TABLE {FULL_TEXT} (report TEXT PRIMARY KEY, words TSVECTOR NOT NULL)")
        connection.exec_driver_sql(f"CREATE INDEX {FULL_TEXT}_found ON {FULL_TEXT} USING gin (words)")
    _more_indexes(connection)
    connection.execute(sa.insert(meta), {"key": "form", "value": str(FORM)})


def _more_indexes(connection: Connection) -> None:
    """By which pages find one thing among a million; on tables of ours, and on those that a build fills."""
    there = set(sa.inspect(connection).get_table_names())
    for name, on in MORE_INDEXES.items():
        if on.split(" ")[0] in there:
            connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {on}")


def drop(connection: Connection) -> None:
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {FULL_TEXT}")
    metadata.drop_all(connection)


def value(connection: Connection, key: str, default: str = "") -> str:
    found = connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if found is None else str(found)


def put(connection: Connection, key: str, told: str) -> None:
    connection.execute(sa.delete(meta).where(meta.c.key == key))
    connection.execute(sa.insert(meta), {"key": key, "value": told})


STAMPS = STAMP, SUMMED, SAID, HIDDEN = "stamp", "summed", "said", "hidden"
"""In desk_meta: another number whenever any table changed; whenever claims, roots or tolls were summed up again;
whenever a claim came, went or says something else; whenever the rows changed that tell whom pages hide.
"""


def renew(connection: Connection, *stamps: str) -> None:
    """Of what is remembered by these stamps nothing holds any more. By chance, so that none comes again after all
    tables were made anew; in digits, since an older cenotaph counts on from them.
    """
    for one in stamps:
        put(connection, one, str(secrets.randbelow(2**62)))
