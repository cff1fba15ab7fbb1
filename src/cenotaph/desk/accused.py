"""Whom the claims of one incident accuse: each party with the voices that accuse it, how sure they are, and of what.

A voice that names nobody accuses and clears nobody, and what a voice denies is no accusation. Nothing is settled here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import private_roots, tables
from cenotaph.desk.ladder import called
from cenotaph.desk.one_incident import One
from cenotaph.publish.veil import PERSON
from cenotaph.vocabulary import Claim, Count, Party

__all__ = ["AT_ONCE", "Accused", "Accuser", "Said", "accused"]

AT_ONCE = 400
"""Claims of an incident up to which its page looks for them itself; of more they come when somebody looks there."""
FIGURES = 4
"""Figures that are shown of each voice, the largest first."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of which a party is accused, in a claim."""

    claim: str
    report: str
    words: str
    count: Count
    people: str
    harm: str
    reads: int


@dataclass(frozen=True, slots=True)
class Accuser:
    """A voice that accuses, masked. `sure` are the ways in which it does: how sure (the party's certainty), as what
    (its degree) and with which stance, each "" where it is plain; `claims` how many of its claims say so.
    """

    root: str
    named: bool
    outlet: str
    sure: Sequence[tuple[str, str, str]]
    figures: Sequence[Said]
    claims: int


@dataclass(frozen=True, slots=True)
class Accused:
    """A party by the name it is known by, in what words it is accused, and the voices that accuse it."""

    party: str
    words: Sequence[str]
    voices: Sequence[Accuser]


@dataclass
class _Voice:
    row: Row
    sure: dict[tuple[str, str, str], None] = field(default_factory=dict)
    told: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    claims: int = 0


def accused(one: One) -> list[Accused]:
    """The parties that most voices accuse first, named voices before the others."""
    words: dict[str, dict[str, None]] = defaultdict(dict)
    found: dict[str, dict[str, _Voice]] = defaultdict(dict)
    for row in _with_persons(one, _rows(one)):
        claim = cache.unpacked(Claim, row["data"])
        for party in claim.parties if claim.stance != "denies" else ():
            key = party.canonical or party.words
            words[key][party.words] = None
            voice = found[key].setdefault(str(row["root"]), _Voice(row))
            voice.sure[_sure(party, claim)] = None
            voice.told.setdefault((str(row["words"]), str(row["people"]), str(row["harm"])), row)
            voice.claims += 1
    ordered = sorted(found, key=lambda key: (-sum(bool(each.row["named"]) for each in found[key].values()), key))
    return [
        Accused(
            one.words(key), [one.words(each) for each in words[key] if each != key], _voices(one, found[key].values())
        )
        for key in ordered
    ]


def _sure(party: Party, claim: Claim) -> tuple[str, str, str]:
    degree = party.degree if party.degree != "carried out" else ""
    return party.certainty, degree, claim.stance if claim.stance != "asserts" else ""


def _voices(one: One, voices: Iterable[_Voice]) -> list[Accuser]:
    ordered = sorted(voices, key=lambda each: (not each.row["named"], -each.claims, each.row["root"]))
    return [_accuser(one, each) for each in ordered]


def _accuser(one: One, voice: _Voice) -> Accuser:
    root, outlet = str(voice.row["root"]), str(voice.row["outlet"])
    name = root if voice.row["named"] else called(root, [outlet])
    shown = one.words(name, str(voice.row["report"]))
    figures = sorted(voice.told.values(), key=lambda row: (-int(row["low"]), str(row["claim"])))
    return Accuser(
        PERSON if shown != name else shown, bool(voice.row["named"]), one.words(outlet), list(voice.sure),
        [_said(one, row) for row in figures[:FIGURES]], voice.claims,
    )  # fmt: skip


def _said(one: One, row: Row) -> Said:
    report = str(row["report"])
    return Said(
        str(row["claim"]), report, one.words(str(row["words"]), report), Count(row["low"], row["high"]),
        one.words(str(row["people"]), report), str(row["harm"]), int(row["reads"]),
    )  # fmt: skip


def _with_persons(one: One, rows: Sequence[Row]) -> Sequence[Row]:
    """For who asked for the names of protected people, those of private persons with their names."""
    private = [str(row["claim"]) for row in rows if one.unmasked and private_roots.is_private(str(row["root"]))]
    if not private:
        return rows
    named = private_roots.of_claims(one.desk, private)
    return [{**row, "root": named.get(str(row["claim"]), row["root"])} for row in rows]


def _rows(one: One) -> list[Row]:
    """The claims that name a party, of an episode with those of all in it; no other is loaded."""
    claims, read = tables.claims.c, built.claims.c
    mine = claims.group == one.group if one.row["kind"] == "episode" else claims.incident == one.id
    data = sa.func.coalesce(claims.data, read.data)
    with one.desk.case.told(), one.desk.case.engine.connect() as connection:
        where = sa.func.instr if connection.dialect.name == "sqlite" else sa.func.strpos
        query = sa.select(
            claims.claim, claims.report, claims.root, claims.named, claims.outlet, claims.words, claims.low,
            claims.high, claims.people, claims.harm, claims.reads, data.label("data"),
        )  # fmt: skip
        query = query.select_from(tables.claims.outerjoin(built.claims, read.id == claims.claim))
        query = query.where(mine, where(data, '"parties":[{') > 0).order_by(claims.published.desc(), claims.claim)
        return [dict(row._mapping) for row in connection.execute(query)]
