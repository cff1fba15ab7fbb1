"""The journal, newest first: what was decided, and what came in, was forgotten, backed up or merged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from cenotaph.case import tables as store
from cenotaph.case.requests import own_names
from cenotaph.desk import Desk, history, tables
from cenotaph.desk.called import Called, called, ids_in
from cenotaph.desk.kept import kept
from cenotaph.publish.masking import Mask
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil

__all__ = ["COLUMNS", "KINDS", "PAGE", "Asked", "Entry", "Found", "entries", "export", "names"]

PAGE = 50
"""Rows on one page."""
AT_ONCE = 500
"""Rows that an export reads at once."""
KINDS = ("decision", "capture", "forget", "backup", "merge", "gone")
COLUMNS = ("id", "kind", "when", "who", "verb", "about", "report", "why", "quote", "details", "undone_by")
"""Of an export."""
PRIVATE = ("by", "contact")
"""Details of a request that name who asks, or how to reach them: never shown but on purpose."""
OURS = ("digest", "anchors", "seen", "steady", "rows", "claim", "carried", "code")
"""Details that the program writes beside what a person decided."""
LONGEST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows: of one kind ("" all), by whom, of which verb, from one day to another, about what.

    Raises ValueError for a day that is none.
    """

    kind: str = "decision"
    who: str = ""
    verb: str = ""
    first: str = ""
    last: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            if day:
                dt.date.fromisoformat(day)

    @property
    def narrowed(self) -> bool:
        """Whether only decisions can be meant."""
        return bool(self.verb or self.about)

    @property
    def until(self) -> str:
        """The day after the last, since moments are compared as they are written."""
        last = dt.date.fromisoformat(self.last) if self.last else dt.date.max
        return (last + dt.timedelta(days=1)).isoformat() if last < dt.date.max else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, masked. `seen` is the newest decision on this one, by which a page notices that somebody undid it."""

    id: str
    kind: str
    at: str
    who: str
    verb: str = ""
    about: str = ""
    leads: str = ""
    report: str = ""
    why: str = ""
    quote: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    undone: str = ""
    undone_who: str = ""
    undone_at: str = ""
    seen: str = ""
    lost: bool = False

    def exported(self) -> list[Any]:
        details = json.dumps(self.details, ensure_ascii=False, sort_keys=True, default=str) if self.details else ""
        return [self.id, self.kind, self.at, self.who, self.verb, self.about, self.report, self.why, self.quote,
                details, self.undone]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Some rows, of how many; how many rows there are of each kind; what the ids in them stand for."""

    entries: Sequence[Entry]
    first: int
    total: int
    kinds: Mapping[str, int]
    named: Mapping[str, Called] = field(default_factory=dict)


def entries(desk: Desk, asked: Asked, first: int = 0, *, unmasked: bool = False) -> Found:
    """A page of what was asked, the newest first."""
    veil = None if unmasked else desk.veil
    if _asks_for_hidden(asked, veil):
        return Found((), max(0, first), 0, _kinds(desk))
    found = _page(desk, asked, max(0, first), PAGE, veil)
    ids = [key for one in found for each in (one.about, *one.details.values()) for key in ids_in(each)]
    return Found(found, max(0, first), _count(desk, asked), _kinds(desk), called(desk, ids, veil))


def export(desk: Desk, asked: Asked, *, unmasked: bool = False) -> Iterator[Entry]:
    """All of what was asked, in the same order, some at a time: for a file, which never names who is protected, though
    one who sees names may ask for it by a name.
    """
    if _asks_for_hidden(asked, None if unmasked else desk.plain_veil):
        return
    first = 0
    while some := _page(desk, asked, first, AT_ONCE, desk.plain_veil):
        yield from some
        first += len(some)


def _asks_for_hidden(asked: Asked, veil: Veil | None) -> bool:
    """Whether it names somebody who is hidden: then there is nothing, whether anything was decided on them or not."""
    return veil is not None and veil.words(asked.about) != asked.about


def names(desk: Desk) -> list[str]:
    """Who decided anything, by name."""
    who = tables.decisions.c.who
    return [str(one) for one in desk.rows(sa.select(who).distinct().order_by(who).limit(LONGEST_NAMES), scalars=True)]


# --- asking -----------------------------------------------------------------------------------------------------------


def _page(desk: Desk, asked: Asked, first: int, most: int, veil: Veil | None) -> list[Entry]:
    query = _decisions(asked) if asked.kind == "decision" or asked.narrowed else _others(asked)
    rows = desk.rows(query.limit(most).offset(first))
    undone = _who(desk, {row["undone"] for row in rows if row["undone"]})
    newest = _newest(desk, [row["decision"] for row in rows])
    return [_entry(row, veil, undone, newest.get(row["decision"], "")) for row in rows]


def _decisions(asked: Asked) -> sa.Select[Any]:
    """By the index of decisions, with what the journal holds of each."""
    index, made = tables.decisions, store.journal
    query = sa.select(
        index, sa.literal("decision").label("kind"), made.c.payload, store.payloads.c.content
    ).select_from(
        index.join(made, made.c.hash == index.c.row).outerjoin(store.payloads, store.payloads.c.hash == made.c.payload)
    )  # fmt: skip
    return query.where(*_of_decisions(asked)).order_by(index.c.at.desc(), index.c.decision.desc())


def _of_decisions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    index = tables.decisions.c
    where = [index.verb == asked.verb] if asked.verb else []
    if asked.about:
        where.append(sa.or_(index.about == asked.about, index.report == asked.about, index.decision == asked.about))
    return [*where, *_when(index, asked)]


def _others(asked: Asked) -> sa.Select[Any]:
    """By the journal itself; a decision among its rows goes by its id where the index has it."""
    made, index = store.journal, tables.decisions
    empty = sa.literal("")
    query = sa.select(
        sa.func.coalesce(index.c.decision, made.c.hash).label("decision"), made.c.at, made.c.who, made.c.kind,
        sa.func.coalesce(index.c.verb, empty).label("verb"), sa.func.coalesce(index.c.about, empty).label("about"),
        sa.func.coalesce(index.c.report, empty).label("report"),
        sa.func.coalesce(index.c.undone, empty).label("undone"), store.payloads.c.content,
    ).select_from(
        made.outerjoin(index, sa.and_(index.c.at == made.c.at, index.c.row == made.c.hash))
        .outerjoin(store.payloads, store.payloads.c.hash == made.c.payload)
    )  # fmt: skip
    return query.where(*_of_rows(asked)).order_by(made.c.at.desc(), made.c.seq.desc())


def _of_rows(asked: Asked) -> list[sa.ColumnElement[bool]]:
    made = store.journal.c
    kinds = [made.kind == asked.kind] if asked.kind in KINDS else [made.kind.in_(KINDS)]
    return [*kinds, *_when(made, asked)]


def _when(columns: Any, asked: Asked) -> list[sa.ColumnElement[bool]]:
    where = [columns.who == asked.who] if asked.who else []
    where += [columns.at >= asked.first] if asked.first else []
    return [*where, *([columns.at < asked.until] if asked.until else [])]


def _count(desk: Desk, asked: Asked) -> int:
    if asked.kind == "decision" or asked.narrowed:
        query = sa.select(sa.func.count()).select_from(tables.decisions).where(*_of_decisions(asked))
    elif asked.who or asked.first or asked.last:
        query = sa.select(sa.func.count()).select_from(store.journal).where(*_of_rows(asked))
    else:
        kinds = _kinds(desk)
        return kinds.get(asked.kind, 0) if asked.kind else sum(kinds.values())
    return int(desk.rows(query, scalars=True)[0])


def _kinds(desk: Desk) -> Mapping[str, int]:
    """How many rows of each kind; counted again when the journal grew."""
    made = store.journal.c

    def count() -> Mapping[str, int]:
        query = sa.select(made.kind, sa.func.count().label("count")).where(made.kind.in_(KINDS)).group_by(made.kind)
        found = {row["kind"]: int(row["count"]) for row in desk.rows(query)}
        return {kind: found[kind] for kind in KINDS if kind in found}

    return kept(desk, ("journal", history.stands_at(desk.case)), count)


def _who(desk: Desk, ids: set[str]) -> Mapping[str, tuple[str, str]]:
    index = tables.decisions.c
    rows = desk.rows(sa.select(index.decision, index.who, index.at).where(index.decision.in_(ids)))
    return {row["decision"]: (row["who"], row["at"]) for row in rows}


def _newest(desk: Desk, ids: Sequence[str]) -> Mapping[str, str]:
    """For each decision that another one is about, the newest of these: an undo, or the answer to a request."""
    index = tables.decisions.c
    query = sa.select(index.about, index.decision).where(index.about.in_(ids)).order_by(index.at)
    return {row["about"]: row["decision"] for row in desk.rows(query)}


# --- one row ----------------------------------------------------------------------------------------------------------


def _entry(row: Mapping[str, Any], veil: Veil | None, undone: Mapping[str, tuple[str, str]], seen: str) -> Entry:
    if row["content"] is None:
        return Entry(row["decision"], row["kind"], row["at"], row["who"], lost=True)
    told = json.loads(row["content"])
    if row["kind"] != "decision":
        return _other(row, told, veil)
    made = told["decision"]
    words = _words(made, veil)
    by, when = undone.get(row["undone"], ("", ""))
    about = words(str(made["about"]))
    return Entry(
        row["decision"], "decision", row["at"], row["who"], made["verb"], about,
        leads(made["about"], made["report"]) if about == made["about"] else "", made["report"],
        words(made["why"]), words(made["quote"]), _details(made, veil, words), row["undone"], by, when, seen,
    )  # fmt: skip


def _words(made: Mapping[str, Any], veil: Veil | None) -> Any:
    """What masks the words of one decision; also whom it tells of itself, even where somebody took it back since."""
    if veil is None:
        return str
    report, own = str(made["report"]), own_names(made["verb"], str(made["about"]), made["details"], veil.words)
    if not own:
        return lambda text: veil.words(text, report)
    mask = Mask.of(own).saying(veil.word)
    return lambda text: mask(veil.words(text, report))


def _details(made: Mapping[str, Any], veil: Veil | None, words: Any) -> Mapping[str, Any]:
    found = {key: value for key, value in made["details"].items() if key not in OURS}
    claim = made["details"].get("claim") or (made["details"].get("seen") if made["verb"] == "reject" else None)
    if isinstance(claim, Mapping) and isinstance(claim.get("quantity"), Mapping):
        found["figure"] = str(claim["quantity"].get("words", ""))
    if veil is None:
        return found
    hidden = {key: veil.word for key in PRIVATE if made["verb"] == "request" and key in found}
    return {key: hidden.get(key) or _masked(value, words) for key, value in found.items()}


def _masked(value: Any, words: Any) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {key: _masked(one, words) for key, one in value.items()}
    return [_masked(one, words) for one in value] if isinstance(value, list) else value


def _other(row: Mapping[str, Any], told: Mapping[str, Any], veil: Veil | None) -> Entry:
    """What came in, was forgotten, backed up, merged, or is gone from where it stood."""
    report = told.get("report") if row["kind"] == "capture" else None
    known = report if isinstance(report, Mapping) else {}
    title, outlet, file = (str(known.get(key) or "") for key in ("title", "outlet", "name"))
    name = " · ".join(dict.fromkeys(part for part in (head(title, outlet, file), outlet, file) if part))
    key = str(report["id"]) if isinstance(report, Mapping) else ""
    about = name or str(told.get("file", "")) or ", ".join(map(str, told.get("reports") or told.get("tails") or ()))
    words = veil.words if veil else str
    masked = about if veil is None else veil.words(veil.address(about), key)
    return Entry(
        row["decision"], row["kind"], row["at"], row["who"], "", masked, f"/report/{key}" if key else "", key,
        words(str(told.get("why", ""))),
    )  # fmt: skip


def leads(about: str, report: str = "") -> str:
    """The page about something, "" where there is none by its id.

    >>> leads("incident:00ff"), leads("claim:00ff", "report:1"), leads("a monitor")
    ('/incidents/incident:00ff', '/report/report:1?at=claim:00ff', '')
    """
    kind = about.partition(":")[0]
    if kind == "claim":
        return f"/report/{report}?at={about}" if report else ""
    if kind in ("incident", "episode"):
        return f"/incidents/{about}"
    if kind in ("report", "problem"):
        return f"/{'report' if kind == 'report' else 'problems'}/{about}"
    return f"/journal?about={about}" if kind == "decision" else ""
