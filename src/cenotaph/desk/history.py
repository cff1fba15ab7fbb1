"""All decisions of a case as they stand on the newest versions, and the index by which the journal is paged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

import sqlalchemy as sa

from cenotaph.case import evidence
from cenotaph.case.carried import carried
from cenotaph.case.deciding import touched
from cenotaph.case.decisions import as_written
from cenotaph.case.journal import Row, contents
from cenotaph.case.part import Part
from cenotaph.case.tables import journal, writing
from cenotaph.decided import standing
from cenotaph.desk import tables
from cenotaph.desk.looking import once
from cenotaph.desk.shared import Shared
from cenotaph.plain import load
from cenotaph.vocabulary import Decision

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["Changed", "History", "fill", "of", "stands_at"]

GLOBAL = ("alias", "relate", "protect", "grade", "place", "assess", "sign off", "withdraw", "settle", "undo")
"""Verbs that may speak of more than the words of one report."""


@dataclass(frozen=True)
class History:
    """`all` as they were made, `standing` without those that were undone; each on the newest version of its address."""

    all: Sequence[Decision]

    def and_then(self, fresh: Sequence[Decision]) -> History:
        """With those that came after, none of them an undo: what was worked out of the ones before is added to."""
        found = History([*self.all, *fresh])
        at, known = len(self.all), self.__dict__
        for name, more in _ADDED.items():
            if name in known:
                found.__dict__[name] = more(known[name], fresh, at)
        if "standing" in known:
            found.__dict__["standing"] = [*self.standing, *fresh]
            if "_by_verb" in known:
                found.__dict__["_by_verb"] = _by_verb(self._by_verb, fresh, len(self.standing))
        return found

    @cached_property
    def standing(self) -> Sequence[Decision]:
        return standing(self.all)

    @cached_property
    def _by_verb(self) -> Places:
        return _by_verb({}, self.standing, 0)

    def of_verbs(self, *verbs: str) -> list[Decision]:
        """Those standing of some verbs, in their order."""
        return [self.standing[at] for at in sorted(at for verb in verbs for at in self._by_verb.get(verb, ()))]

    @cached_property
    def made(self) -> Mapping[str, str]:
        """The claims that people made, by id, with their report."""
        return _made({}, self.standing, 0)

    @cached_property
    def _newest(self) -> Mapping[str, Decision]:
        return _newest({}, self.all, 0)

    def newest(self, about: str) -> str:
        """The id of the newest decision about something, or that made it, "" where nobody decided: a page carries it,
        to see whether somebody else decided since.
        """
        found = self._newest.get(about)
        return found.id if found else ""

    @cached_property
    def readers(self) -> Mapping[str, frozenset[str]]:
        """Who read a claim: accepted, corrected or added it."""
        return _readers({}, self.standing, 0)

    @cached_property
    def triage(self) -> Mapping[str, Mapping[str, str]]:
        """By report, what was said of it as a whole, each with the last who said so."""
        return _triage({}, self.standing, 0)

    @cached_property
    def _by_report(self) -> Places:
        return _by_report({}, self.all, 0)

    def of_reports(self, reports: Iterable[str]) -> list[Decision]:
        """Those that may speak of these reports, in their order: on their words, or on more than one report's."""
        places = {at for one in ("", *reports) for at in self._by_report.get(one, ())}
        return [self.all[at] for at in sorted(places)]


# --- what is known of decisions, with some more of them, which are all or stand from a place on --------------------


Places = Mapping[str, Sequence[int]]


def _made(known: Mapping[str, str], more: Iterable[Decision], _: int) -> Mapping[str, str]:
    told = (one.details.get("claim") for one in more if one.verb in ("add", "correct"))
    return {**known, **{str(one["id"]): str(one["report"]) for one in told if one}}


def _newest(known: Mapping[str, Decision], more: Iterable[Decision], _: int) -> Mapping[str, Decision]:
    return {**known, **{about: one for one in more for about in touched(one)}}


def _readers(known: Mapping[str, frozenset[str]], more: Iterable[Decision], _: int) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in more:
        if one.verb in ("accept", "correct", "add"):
            found[one.about].add(one.who)
            if one.details.get("claim"):
                found[str(one.details["claim"]["id"])].add(one.who)
    return {**known, **{key: known.get(key, frozenset()) | who for key, who in found.items()}}


def _triage(
    known: Mapping[str, Mapping[str, str]], more: Iterable[Decision], _: int
) -> Mapping[str, Mapping[str, str]]:
    found = dict(known)
    for one in more:
        if one.verb == "triage":
            said, before = str(one.details["as"]), found.get(one.about, {})
            if said != "read":  # a reader stays one, whatever is said later; of the others the last counts
                read = {key: who for key, who in before.items() if key.startswith("read")}
                found[one.about] = {**read, said: one.who}
            else:
                found[one.about] = {**before, f"read by {one.who}": one.who}
    return found


def _by_report(known: Places, more: Iterable[Decision], first: int) -> Places:
    return _placed(known, ((_under(one), at) for at, one in enumerate(more, first)))


def _under(one: Decision) -> str:
    """The report that a decision is found by; "" where it may speak of more than one."""
    where = _report(one)
    if where and one.verb not in GLOBAL:
        return where
    return one.about if one.verb == "triage" else ""


def _by_verb(known: Places, more: Iterable[Decision], first: int) -> Places:
    return _placed(known, ((one.verb, at) for at, one in enumerate(more, first)))


def _placed(known: Places, told: Iterable[tuple[str, int]]) -> Places:
    found: dict[str, list[int]] = defaultdict(list)
    for name, at in told:
        found[name].append(at)
    return {**known, **{name: [*known.get(name, ()), *places] for name, places in found.items()}}


_ADDED: Mapping[str, Callable[[Any, Sequence[Decision], int], Any]] = {
    "made": _made, "_newest": _newest, "readers": _readers, "triage": _triage, "_by_report": _by_report,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """Whether decisions came, and the reports whose state they may change by themselves."""

    any: bool = False
    reports: frozenset[str] = frozenset()


class Remembered:
    """The decisions of a case, each loaded once: what came since is read from the journal's end.

    After a forgetting, or where another copy's rows were merged in between, all are loaded again.
    """

    def __init__(self, case: Case) -> None:
        self._held = ref(case)
        self._lock = Lock()
        self._reached: dict[str, int] = {}
        self._found: list[Decision] = []
        self._same = Shared()
        self._last = ""
        self._now: tuple[str, History] | None = None

    @property
    def _case(self) -> Case:
        found = self._held()
        assert found is not None, "whoever asks holds the case"
        return found

    def now(self) -> History:
        with self._lock:
            stands = stands_at(self._case)
            if self._now is None or self._now[0] != stands:
                fresh = self._catch_up()
                before = self._now[1] if self._now else None
                self._now = stands, _and_then(self._case, before, fresh) or _carried(self._case, self._found)
            return self._now[1]

    def _catch_up(self) -> Sequence[Decision] | None:
        """The decisions that came since; None where anything else did as well, or nothing is remembered."""
        with self._case.told(), self._case.engine.connect() as connection:
            tails = {chain: int(seq) for chain, (seq, _) in self._case.book.tails(connection).items()}
            fresh, last, anew = self._read(connection, self._reached)
            if self._reached and anew:
                self._found, (fresh, last, _) = [], self._read(connection, {})
        alone = not anew and sum(tails.values()) - sum(self._reached.values()) == len(fresh)
        self._found = [*self._found, *fresh]
        self._last = max(self._last, last)
        self._reached = tails
        return fresh if alone else None

    def _read(self, connection: sa.Connection, after: Mapping[str, int]) -> tuple[list[Decision], str, bool]:
        """Decisions of the rows that came after, the time of the last of them, and whether what is remembered holds no
        more. One row at a time: the journal's own words of ten thousand decisions are twice what is kept of them.
        """
        found, last, anew = list[Decision](), "", False
        for row, payload in contents(connection, "decision", "forget", after=after or None):
            anew = anew or row.kind == "forget" or row.at < self._last
            if row.kind == "decision":
                found.append(as_written(load(Decision, self._same.json(payload["decision"]))))
                last = max(last, row.at)
        return found, last, anew


def of(case: Case) -> History:
    """All decisions, carried to the newest versions; of one case they are remembered as long as it is."""
    with _lock:
        if case not in _remembered:
            _remembered[case] = Remembered(case)
        held = _remembered[case]
    return held.now()


_remembered: WeakKeyDictionary[Case, Remembered] = WeakKeyDictionary()
_lock = Lock()


def _and_then(case: Case, before: History | None, fresh: Sequence[Decision] | None) -> History | None:
    """What was remembered with those that came since; None where these may stand on an earlier version, or undo what
    does: then all are carried again.
    """
    if before is None or fresh is None:
        return None
    undone = {one.about for one in before.all if one.verb == "undo"}
    if any(one.verb == "undo" or one.id in undone for one in fresh):
        return None
    return None if any(key != last for key, last in _newest_of(case, fresh).items()) else before.and_then(fresh)


def _carried(case: Case, found: Sequence[Decision]) -> History:
    newest = _newest_of(case, found)
    both = sorted({one for key, last in newest.items() if key != last for one in (key, last)})
    if not both:
        return History(found)
    part = Part(case, both)
    return History(carried(found, part.read_claims, part.reports, newest).decisions)


def _newest_of(case: Case, found: Sequence[Decision]) -> Mapping[str, str]:
    """The newest versions of what decisions speak of."""
    told = {where for one in found for where in (_report(one), *_anchored(one)) if where}
    with case.told(), case.engine.connect() as connection:
        return evidence.newest_of(connection, told)


def _report(decision: Decision) -> str:
    claim = decision.details.get("claim")
    return str(claim["report"]) if decision.verb == "add" and claim else decision.report


def _anchored(decision: Decision) -> list[str]:
    return [str(at[0]) for at in (decision.details.get("anchors") or {}).values()]


def stands_at(case: Case) -> str:
    """Changes with every row of the journal: by it one sees whether what is remembered is still all."""

    def look() -> str:
        with case.engine.connect() as connection:
            return " ".join(connection.execute(_NEWEST_ROWS).scalars())

    return once("journal", look)


def _newest_rows() -> sa.Select[Any]:
    """The hash of each chain's last row, in one question: every page asks it. From chain to chain by steps in the
    index, as journal.chains does.
    """
    rows, last = journal.c, journal.alias().c
    found = sa.select(sa.func.min(rows.chain).label("chain")).cte("found", recursive=True)
    following = sa.select(sa.func.min(rows.chain)).where(rows.chain > found.c.chain).scalar_subquery()
    found = found.union_all(sa.select(following).where(found.c.chain.is_not(None)))
    newest = sa.select(last.hash).where(last.chain == found.c.chain).order_by(last.seq.desc()).limit(1)
    return sa.select(newest.scalar_subquery()).where(found.c.chain.is_not(None)).order_by(found.c.chain)


_NEWEST_ROWS = _newest_rows()


REACHED = "decisions reached"
"""In desk_meta: how far into each chain of the journal the index goes, and the time of the last row there."""


def fill(case: Case) -> Changed:
    """Takes the decisions that came since into the index."""
    with case.engine.connect() as connection:
        reached, last = json.loads(tables.value(connection, REACHED, '[{}, ""]'))
        tails = {chain: int(seq) for chain, (seq, _) in case.book.tails(connection).items()}
        if reached == tails:
            return Changed()
        told = list(contents(connection, "decision", "forget", after=reached or None))
        anew = not reached or any(row.kind == "forget" or row.at < last for row, _ in told)
        if anew and reached:
            told = list(contents(connection, "decision"))
        rows = [
            _row(row, as_written(load(Decision, payload["decision"]))) for row, payload in told
            if row.kind == "decision"
        ]  # fmt: skip
        alone = not anew and all(row["verb"] != "undo" for row in rows)
        there = _there(connection, rows) if alone else {}
        if there or not alone:
            there = _there(connection)
    found = _with_undone(rows if anew else [*there.values(), *rows])
    changed = [row for row in found if there.get(row["decision"], {}).get("undone") != row["undone"]]
    gone = set(there) - {row["decision"] for row in found}
    with writing(case.engine) as connection:
        _drop(connection, [*gone, *(row["decision"] for row in changed)])
        for start in range(0, len(changed), 500):
            connection.execute(sa.insert(tables.decisions), changed[start : start + 500])
        now = max([last, *(row["at"] for row in rows)])
        tables.put(connection, REACHED, json.dumps([tails, now]))
    return Changed(bool(changed or gone), frozenset(row["report"] for row in changed if row["report"]))


def _there(connection: sa.Connection, some: Sequence[Mapping[str, str]] | None = None) -> dict[str, dict[str, str]]:
    """The index as it stands, in the order of the journal; or of these decisions alone what is in it already."""
    index = tables.decisions
    query = sa.select(index).join(journal, journal.c.hash == index.c.row)
    if some is not None:
        query = query.where(index.c.decision.in_([one["decision"] for one in some]))
    query = query.order_by(journal.c.at, journal.c.chain, journal.c.seq)
    return {str(row["decision"]): dict(row) for row in connection.execute(query).mappings()}


def _with_undone(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Each decision once, with the one that took it back."""
    undone = _undone(rows)
    return list({one["decision"]: {**one, "undone": undone.get(one["decision"], "")} for one in rows}.values())


def _undone(rows: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """Which decision an undo that stands itself takes back: of the one, the id of the other."""
    found: dict[str, str] = {}
    taken_back: set[str] = set()
    for one in reversed(rows):
        if one["verb"] == "undo" and one["decision"] not in taken_back:
            taken_back.add(one["about"])
            found[one["about"]] = one["decision"]
    return found


def _row(row: Row, one: Decision) -> dict[str, str]:
    report = _report(one) or (one.about if one.verb == "triage" else "")
    return {
        "decision": one.id, "at": row.at, "who": one.who, "verb": one.verb, "about": one.about, "report": report,
        "row": row.hash,
    }  # fmt: skip


def _drop(connection: sa.Connection, ids: Collection[str]) -> None:
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        connection.execute(sa.delete(tables.decisions).where(tables.decisions.c.decision.in_(some)))
