"""People of a case: voices, and victims with what became of them. Whom the words or people protect is masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.case.sheets import shown_name
from cenotaph.case.victims import Standing, Victim, standing_to
from cenotaph.desk import Desk, private_roots, problems, tables
from cenotaph.desk.kept import kept
from cenotaph.desk.looking import mask_word
from cenotaph.desk.persons import listed, persons, rows_of, speakers
from cenotaph.desk.problems import claim_line
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.sheets_in import Listed
from cenotaph.vocabulary import Claim, Decision, Incident

__all__ = [
    "PAGE", "SOURCES", "Fate", "Pair", "Row", "Some", "Speaker", "Victims", "Whole", "pairs", "protection", "speaker",
    "speaker_of", "victim", "victims", "voices", "wanted",
]  # fmt: skip

PAGE = 50
SOURCES = ("A", "B", "C", "D", "E", "F")
SIFTED = 500
"""Voices or persons whose names fit that are looked through for those that may be shown."""
SPOKEN, LOOKED_AT, SIFTED_AT_ONCE, LISTED = 8, 1_000, 200, 20
"""Of one voice: groups that are looked at, claims in them, these at a time, and claims that are listed."""


# --- voices -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice, masked. `protected` by the words or by people, and `why`; `masked` where its name is not shown."""

    handle: str
    name: str
    canonical: str
    kind: str
    connection: str
    claims: int
    report: str
    report_name: str
    protected: str = ""
    why: str = ""
    consent: Sequence[str] = ()
    masked: bool = False
    grade: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Some:
    """Some voices, those with most claims first; how many there are of each kind, and how many words protect."""

    lines: Sequence[Speaker]
    first: int
    total: int
    kinds: Mapping[str, int]
    protected: int


def voices(desk: Desk, first: int = 0, *, kind: str = "", words: str = "", unmasked: bool = False) -> Some:
    """Of one kind ("protected": those whom the words protect), or whose names hold certain words.

    A name that must not be shown is found by no words.
    """
    table, veil = speakers.c, None if unmasked else desk.veil
    counts = kept(desk, "voices counted", lambda: _counts(desk))
    many, protected = sum(counts.values()) - counts.get("protected", 0), counts.get("protected", 0)
    kinds = {key: count for key, count in counts.items() if key != "protected"}
    where = [table.protected == 1] if kind == "protected" else [table.kind == kind] if kind else []
    query = sa.select(speakers).where(*where).order_by(table.claims.desc(), table.handle)
    start = max(0, first)
    if words.strip():
        fit = [row for row in desk.rows(_named(query, words).limit(SIFTED)) if not _masked(row, veil)]
        rows, total = fit[start : start + PAGE], len(fit)
    else:
        rows = desk.rows(query.limit(PAGE).offset(start))
        total = protected if kind == "protected" else kinds.get(kind, 0) if kind else many
    return Some(_speakers(desk, rows, veil), start, total, kinds, protected)


def _counts(desk: Desk) -> Mapping[str, int]:
    table = speakers.c
    query = sa.select(table.kind, sa.func.count().label("many"), sa.func.sum(table.protected).label("protected"))
    rows = desk.rows(query.group_by(table.kind))
    found = {row["kind"]: int(row["many"]) for row in sorted(rows, key=lambda row: (-row["many"], row["kind"]))}
    return {**found, "protected": sum(int(row["protected"] or 0) for row in rows)}


def _named(query: sa.Select[Any], words: str) -> sa.Select[Any]:
    table = speakers.c
    return query.where(sa.or_(
        table.name.icontains(words.strip(), autoescape=True), table.canonical.icontains(words.strip(), autoescape=True)
    ))  # fmt: skip


def speaker_of(desk: Desk, handle: str) -> Mapping[str, Any] | None:
    """The row behind a handle, unmasked: for deciding, never for showing."""
    found = desk.rows(sa.select(speakers).where(speakers.c.handle == handle))
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Whole:
    """One voice laid open: its line, some of its claims, and whether its figures stand under its own name as a root."""

    one: Speaker
    claims: Sequence[Mapping[str, Any]]
    is_root: bool


def speaker(desk: Desk, handle: str, *, unmasked: bool = False) -> Whole | None:
    row = speaker_of(desk, handle)
    if row is None:
        return None
    veil = None if unmasked else desk.veil
    known = known_as(row)
    rooted = desk.rows(sa.select(tables.roots.c.root).where(tables.roots.c.root == known), scalars=True)
    return Whole(_speakers(desk, [row], veil)[0], _claims(desk, row, veil), bool(rooted))


def known_as(row: Mapping[str, Any]) -> str:
    """By which name decisions find a voice: a private one by the name as written."""
    return str(row["name"] if row["protected"] or not row["canonical"] else row["canonical"])


def _claims(desk: Desk, row: Mapping[str, Any], veil: Veil | None) -> list[Mapping[str, Any]]:
    """The newest claims in which a voice speaks, of the groups in which it speaks most."""
    voiced, claims, reports, read = tables.voices.c, tables.claims.c, tables.reports.c, built.claims.c
    groups = sa.select(voiced.group).where(voiced.name == row["name"], voiced.canonical == row["canonical"])
    some = desk.rows(groups.order_by(voiced.claims.desc(), voiced.group).limit(SPOKEN), scalars=True)
    query = sa.select(tables.claims, reports.title, reports.name, read.data.label("read"))
    query = query.join(tables.reports, claims.report == reports.report).outerjoin(built.claims, read.id == claims.claim)
    query = query.where(claims.group.in_(some)).order_by(claims.published.desc(), claims.claim)
    found = list[Mapping[str, Any]]()
    for start in range(0, LOOKED_AT, SIFTED_AT_ONCE):
        rows = desk.rows(query.limit(SIFTED_AT_ONCE).offset(start))
        found += [one for one in rows if _speaks(row, cache.unpacked(Claim, one["data"] or one["read"]))]
        if len(found) >= LISTED or len(rows) < SIFTED_AT_ONCE:
            break
    return [claim_line(one, veil) for one in found[:LISTED]]


def _speaks(row: Mapping[str, Any], claim: Claim) -> bool:
    return any((one.name, one.canonical) == (row["name"], row["canonical"]) for one in claim.voices)


def _speakers(desk: Desk, rows: Sequence[Mapping[str, Any]], veil: Veil | None) -> list[Speaker]:
    protected, newest = protection(desk.history.standing), desk.history.newest
    reports = _report_names(desk, {row["report"] for row in rows}, veil)
    grades = {one.about: str(one.details.get("source", "")) for one in desk.history.of_verbs("grade")}
    return [_speaker(row, protected, reports, grades, newest, veil) for row in rows]


def _speaker(
    row: Mapping[str, Any], protected: Mapping[str, Decision], reports: Mapping[str, str], grades: Mapping[str, str],
    newest: Callable[[str], str], veil: Veil | None,
) -> Speaker:  # fmt: skip
    name, canonical = str(row["name"]), str(row["canonical"])
    decided = protected.get(name.casefold()) or protected.get(canonical.casefold())
    consent = tuple(map(str, decided.details.get("consent", ()))) if decided else ()
    kind = "decided" if decided and "publish" not in consent else "words" if row["protected"] else ""
    hidden = _masked(row, veil)
    words = veil.words if veil else lambda text, _="": text
    known = known_as(row)
    return Speaker(
        row["handle"], mask_word() if hidden else name if row["protected"] else words(name, row["report"]),
        "" if hidden else words(canonical),
        row["kind"], row["connection"], int(row["claims"]), row["report"], reports.get(row["report"], ""), kind,
        words(decided.why) if decided else "", consent, hidden, grades.get(known, ""), newest(known),
    )  # fmt: skip


def _masked(row: Mapping[str, Any], veil: Veil | None) -> bool:
    """Whether a voice's name stays hidden: the same that the veil does with a Voice."""
    if veil is None:
        return False
    if row["protected"]:
        open_to_all = row["name"].casefold() in veil.hidden.consented and not veil.hidden.knows(row["canonical"])
        return not open_to_all
    return bool(veil.hidden.knows(row["name"]) or (row["canonical"] and veil.hidden.knows(row["canonical"])))


def protection(standing: Sequence[Decision]) -> Mapping[str, Decision]:
    """By each spelling in small letters, the latest decision that protects or shows a name."""
    found: dict[str, Decision] = {}
    for one in standing:
        if one.verb == "protect":
            for name in (one.about, *map(str, one.details.get("also", ()))):
                found[name.casefold()] = one
    return found


def _report_names(desk: Desk, ids: set[str], veil: Veil | None) -> Mapping[str, str]:
    table = tables.reports.c
    query = sa.select(table.report, table.title, table.outlet, table.name).where(table.report.in_(ids))
    found = {str(row["report"]): head(row["title"], row["outlet"], row["name"]) for row in desk.rows(query)}
    return found if veil is None else {key: veil.words(name, key) for key, name in found.items()}


# --- victims ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of somebody, on a day, as one voice says it; `report` and `claim` are where it stands."""

    what: str
    day: str
    voice: str
    report: str
    claim: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person, masked; `name` is "" for somebody whom nobody names. `standing` is to the incident asked about."""

    id: str
    name: str
    other_names: Sequence[str]
    sex: str
    age: str
    group: str
    place: str
    protected: bool
    fates: Sequence[Fate]
    rows: Sequence[str]
    reports: Sequence[tuple[str, str]]
    incidents: Sequence[str]
    standing: Standing | str = ""


@dataclass(frozen=True, slots=True)
class Victims:
    """Some persons, of how many; how many have each fate as the last one told."""

    lines: Sequence[Row]
    first: int
    total: int
    fates: Mapping[str, int]
    incident: str = ""
    title: str = ""


def victims(
    desk: Desk, first: int = 0, *, fate: str = "", words: str = "", incident: str = "", row: str = "",
    unmasked: bool = False,
) -> Victims:  # fmt: skip
    """Whom lists and reports tell of, in the order in which they came; those with one fate, with certain words in their
    names, or of whom one row of a list is. A name that must not be shown is found by no words.
    """
    table, veil = persons.c, None if unmasked else desk.veil
    where: list[sa.ColumnElement[bool]] = [table.fate == fate] if fate else []
    if row:
        where.append(table.victim.in_(sa.select(rows_of.c.victim).where(rows_of.c.row == row)))
    if words.strip():
        where.append(table.name.icontains(words.strip(), autoescape=True))
        where += [table.protected == 0] if veil else []
    query, start = sa.select(persons).where(*where).order_by(table.position), max(0, first)
    if words.strip() and veil:
        fit = [one for one in desk.rows(query.limit(SIFTED)) if veil.words(str(one["name"])) == one["name"]]
        found, total = fit[start : start + PAGE], len(fit)
    else:
        found = desk.rows(query.limit(PAGE).offset(start))
        total = int(desk.rows(sa.select(sa.func.count()).select_from(persons).where(*where), scalars=True)[0])
    about = _incident(desk, incident) if incident else None
    title = "" if about is None else about.title if veil is None else veil(about).title
    return Victims(
        _rows(desk, found, about, veil), start, total, kept(desk, "fates", lambda: _fates(desk)),
        about.id if about else "", title,
    )  # fmt: skip


def _fates(desk: Desk) -> Mapping[str, int]:
    query = sa.select(persons.c.fate, sa.func.count().label("many")).group_by(persons.c.fate)
    rows = sorted(desk.rows(query), key=lambda row: (-row["many"], row["fate"]))
    return {row["fate"]: int(row["many"]) for row in rows}


def victim(desk: Desk, key: str, *, incident: str = "", unmasked: bool = False) -> Row | None:
    """One person; None where there is none of that id."""
    found = desk.rows(sa.select(persons).where(persons.c.victim == key))
    about = _incident(desk, incident) if incident else None
    return _rows(desk, found, about, None if unmasked else desk.veil)[0] if found else None


def _incident(desk: Desk, key: str) -> Incident | None:
    """By its id or code, with what it is about; nothing of its claims is loaded."""
    table = tables.incidents.c
    ids = desk.rows(sa.select(table.incident).where(sa.or_(table.incident == key, table.code == key)), scalars=True)
    data = desk.rows(sa.select(built.incidents.c.data).where(built.incidents.c.id.in_(ids[:1])), scalars=True)
    return cache.unpacked(Incident, data[0]) if data else None


def _rows(
    desk: Desk, found: Sequence[Mapping[str, Any]], about: Incident | None, veil: Veil | None
) -> list[Row]:  # fmt: skip
    people = [Victim(listed(one["data"])) for one in found]
    reports = _report_names(desk, {row.report for one in people for row in one.rows}, veil)
    private = {each.claim for one in people for each in one.fates if private_roots.is_private(each.voice)}
    named = private_roots.of_claims(desk, private) if veil is None else {}
    return [_row(one, reports, about, veil, named) for one in people]


def _row(
    one: Victim, reports: Mapping[str, str], about: Incident | None, veil: Veil | None, named: Mapping[str, str]
) -> Row:  # fmt: skip
    first = one.rows[0]
    words = veil.words if veil else lambda text, _="": text
    place = first.place.name or first.place.words if first.place else ""
    incidents = dict.fromkeys(row.incident for row in one.rows if row.incident.startswith(("incident:", "episode:")))
    return Row(
        one.id, one.name if veil is None else shown_name(one, veil),
        [] if veil and one.protected else [words(name) for name in one.other_names], one.sex, one.age, one.group,
        words(place, first.report), one.protected, list(_told(one, words, named)), [row.id for row in one.rows],
        [(row.report, reports.get(row.report, row.report)) for row in one.rows], list(incidents),
        standing_to(one, about) if about else "",
    )  # fmt: skip


def _told(one: Victim, words: Any, named: Mapping[str, str]) -> Iterator[Fate]:
    where = {row.fate: row for row in reversed(one.rows) if row.fate is not None}
    for fate in one.fates:
        row: Listed = where[fate]
        voice = named.get(fate.claim, fate.voice)
        yield Fate(words(fate.what), str(fate.day or ""), words(voice), row.report, fate.claim)


# --- the same person ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one person: the problem that proposes it, and both."""

    problem: problems.Line
    one: Row | None
    other: Row | None


def pairs(desk: Desk, first: int = 0, *, unmasked: bool = False) -> tuple[Sequence[Pair], int]:
    """Proposals that two rows are one person, and how many there are."""
    found = problems.problems(desk, "same person", first, unmasked=unmasked)
    ids = [one.proposed.get(name, "") for one in found.lines for name in ("about", "with")]
    query = sa.select(rows_of.c.row, persons).join(persons, persons.c.victim == rows_of.c.victim)
    rows = {one["row"]: one for one in desk.rows(query.where(rows_of.c.row.in_(ids)))}
    veil = None if unmasked else desk.veil

    def of(key: str) -> Row | None:
        return _rows(desk, [rows[key]], None, veil)[0] if key in rows else None

    made = [Pair(one, of(one.proposed.get("about", "")), of(one.proposed.get("with", ""))) for one in found.lines]
    return made, found.total


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form about protecting somebody says, before anything is checked."""

    name: str = ""
    also: Sequence[str] = field(default_factory=tuple)
    consent: Sequence[str] = field(default_factory=tuple)


def wanted(name: str, also: str = "", consent: Sequence[str] = ()) -> Wanted:
    """Spellings are given one a line.

    >>> wanted(" Sami Example ", "S. Example\\n\\nسامي").also
    ('S. Example', 'سامي')
    """
    lines = tuple(line.strip() for line in re.split(r"[\r\n]+", also) if line.strip())
    return Wanted(" ".join(name.split()), lines, tuple(consent))
