"""A case: puts the stages in order, keeps the store, replays decisions.

Everything received or decided is evidence and only grows; everything read or added up can be deleted and built again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError, OperationalError

from cenotaph.archive import Archive
from cenotaph.case import adding_up, cache, evidence, forgetting, gone, tables
from cenotaph.case.adding_up import AddedUp
from cenotaph.case.anchors import reattached
from cenotaph.case.batches import batches
from cenotaph.case.carried import Carried, carried
from cenotaph.case.collecting import uncollected
from cenotaph.case.conflicts import conflicts
from cenotaph.case.deciding import Sight, unmoved
from cenotaph.case.decisions import Decided, decided, decisions
from cenotaph.case.errors import CaseError, Moved, Refused
from cenotaph.case.evidence import Added, Evidence
from cenotaph.case.journal import Journal, contents
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.past import past
from cenotaph.case.reading import Reader, read_report
from cenotaph.case.settings import Settings, read_settings, write_settings
from cenotaph.case.sheet_reports import SheetReader, is_sheet
from cenotaph.case.state import State
from cenotaph.case.verify import verify
from cenotaph.case.victims import Victim, mentioned, proposals, protected_names, victims
from cenotaph.case.worked import reached
from cenotaph.decided import standing
from cenotaph.intake import Captured
from cenotaph.plain import dump, intervals
from cenotaph.reconcile import rank
from cenotaph.sheets_in import Listed
from cenotaph.vocabulary import Answer, Claim, Decision, Linked, NumberRules, Problem, Report, Toll

__all__ = ["Added", "Built", "Case", "CaseError", "Moved", "Refused", "Settings", "State"]

Step = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: reports read now and reused, and what stands after it.

    `groups` are the episodes and the like that are reconciled by themselves, `worked` those worked out again now.
    """

    read: int
    reused: int
    claims: int
    answers: int
    problems: int
    groups: int = 0
    worked: int = 0


class Case:
    """One investigation in one folder. Opening it raises CaseError, in one line, if it can't be used."""

    def __init__(self, folder: Path | str, *, reader: Reader | None = None) -> None:
        self.folder = Path(folder)
        self.settings = read_settings(self.folder)
        self._reader = reader
        self.engine = tables.open_engine(self.folder, self.settings.store)
        self.archive = Archive(self.folder / "archive")
        self.book = Journal(self.engine, self.folder / "case.head")
        self._lists: dict[str, tuple[str, Sequence[Listed]]] = {}  # persons of each list, with the key of its reading
        self._open()

    @classmethod
    def create(
        cls, folder: Path | str, *, title: str = "", countries: Sequence[str] = (), rules: str = "plain",
        store: str = "", settings: Settings | None = None, reader: Reader | None = None,
    ) -> Case:  # fmt: skip
        """A new case in an empty or new folder, which nobody but its owner can open; one that is there keeps the rights
        it has. Raises CaseError if a case is there already.
        """
        path = Path(folder)
        if (path / "case.toml").exists() or (path / "case.db").exists():
            raise CaseError(f"{path} holds a case already; open it, or choose another folder")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir(mode=0o700, exist_ok=True)
            (path / "archive").mkdir(exist_ok=True)
        except OSError as error:
            raise CaseError(f"no case can be made in {path}: {error.strerror}") from error
        known = settings or Settings(title=title, countries=tuple(countries), rules=rules, store=store)
        engine = tables.open_engine(path, known.store)
        tables.make_tables(engine)
        book = Journal(engine, path / "case.head")
        book.begin()
        book.remember()
        engine.dispose()
        write_settings(path, known)
        return cls(path, reader=reader)

    def _open(self) -> None:
        if not self.settings.store and not (self.folder / "case.db").exists():
            raise CaseError(f"{self.folder}: case.db is missing; {_RESCUE}")
        with self.told(), self.engine.connect() as connection:
            tables.check_version(connection, self.folder)
            whole = not self.book.cut(connection)
        with self.told():
            tables.make_cache(self.engine)
        if whole:
            self.book.remember()
        if whole and forgetting.begun(self.book).exists():
            with self.told():
                forgetting.finish(self.book, self.archive)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Database errors in one clear line."""
        try:
            yield
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            if "locked" in reason:
                raise CaseError(
                    f"{self.folder}: another program is writing to this case; try again when it is done"
                ) from error
            raise CaseError(f"{self.folder}: the store can't be opened ({reason}); {_RESCUE}") from error
        except DatabaseError as error:
            raise CaseError(
                f"{self.folder}: case.db is damaged ({str(error.orig).splitlines()[0]}); {_RESCUE}"
            ) from error

    # --- in -------------------------------------------------------------------------------------------------------

    def add(self, captured: Iterable[Captured | Problem], *, who: str) -> Iterator[Added]:
        """Takes things in, some at a time; what is given back is kept whole, and one bad thing stops nothing."""
        self._refuse_if_cut()
        keeper = Evidence(self.archive, self.book)
        for some in batches(captured):
            with self.told():
                done = keeper.add(some, who)
            yield from done

    def _refuse_if_cut(self) -> None:
        with self.told(), self.engine.connect() as connection:
            cut = self.book.cut(connection)
        if cut:
            raise CaseError(
                f"{cut[0]}; nothing is written to a case in this state: run cenotaph verify, then restore a back-up"
            )

    def decide(self, decision: Decision) -> Decision:
        """Writes a decision into the journal, with the claim as it was seen, and gives it as written. Raises CaseError
        for what is not in this case, an unknown verb, or details that the verb can't use.
        """
        return self.decide_all([decision])[0]

    def decide_all(
        self, decisions: Iterable[Decision], *, sight: Callable[[], Sight] | None = None,
        seen: Mapping[str, str] | None = None,
    ) -> list[Decision]:  # fmt: skip
        """Writes decisions as `decide` would one after the other: all of them, or none where one can't stand.

        `sight` gives a look at that part of the case which they are about, where that is known; `seen` names for what
        is decided on the newest decision about it that the person knew of. Raises Refused, a CaseError that says which
        can't stand; Moved where somebody decided on the same thing since.
        """
        self._refuse_if_cut()
        written: list[Decision] = []
        with self.told(), tables.writing(self.engine) as connection:
            unmoved(connection, seen or {})
            look = sight() if sight else Sight(self)
            for decision in decisions:
                try:
                    whole = look.checked(decision)
                except CaseError as error:
                    raise Refused(str(error), len(written)) from error
                look.take(whole)
                self.book.append(connection, "decision", decision.who, {"decision": dump(whole)})
                written.append(whole)
        self.book.remember()
        if any(one.verb in ("place", "undo") for one in written):
            for name in ("reader", "sheet_reader"):
                self.__dict__.pop(name, None)  # names mean other places from now on
        return written

    def checked(self, decision: Decision) -> Decision:
        """The decision as it would be written; raises as `decide` does, and writes nothing."""
        return Sight(self).checked(decision)

    def forget(self, report_id: str, *, who: str, why: str) -> list[str]:
        """Destroys a report and all that holds its words; a tombstone stays. Gives the ids of the reports that went."""
        self._refuse_if_cut()
        with self.told():
            lost = forgetting.forget(self.book, self.archive, report_id, who, why)
            self._reconcile()
            forgetting.scrub(self.engine)
        return lost

    # --- made -----------------------------------------------------------------------------------------------------

    @cached_property
    def reader(self) -> Reader:
        """The reader of this case: the world is loaded once, when something is to be read."""
        return self._reader or Reader.of(self.settings, self.own_places)

    @property
    def own_places(self) -> OwnPlaces:
        """What this case knows of places by its own list and by decisions."""
        return OwnPlaces.of(self.settings, self.folder, self.decisions())

    @cached_property
    def sheet_reader(self) -> SheetReader:
        """The reader of sheets that others keep, by what case.toml says of their columns."""
        return SheetReader(self.settings, self.own_places)

    def build(self, *, on_step: Step | None = None, map: Callable[..., Iterable[Any]] = map) -> Built:
        """Reads what is new or changed, then adds up. What was done stays when it is stopped; the next build goes
        on.
        """
        with self.told():
            found = self.reports()
            todo = self._unread(found)
            work = partial(read_report, self.reader, self.sheet_reader)
            for number, (report, reading) in enumerate(zip(todo, map(work, todo), strict=True), 1):
                self._keep(report, reading)
                if on_step:
                    on_step(number, len(todo), report.name or report.id)
            self._drop_gone(found)
            done = self._reconcile()
            held = (done.claims, len(self.answers()), len(self.problems()))
            return Built(len(todo), len(found) - len(todo), *held, done.groups, done.worked)

    def _unread(self, found: Sequence[Report]) -> list[Report]:
        with self.engine.connect() as connection:
            known = cache.keys(connection)
        return [report for report in found if known.get(report.id) != self._key(report)]

    def _keep(self, report: Report, reading: cache.Reading) -> None:
        with tables.writing(self.engine) as connection:
            cache.store(connection, report, self._key(report), reading)

    def _key(self, report: Report) -> str:
        digest = self.sheet_reader.digest(report) if is_sheet(report) else self.reader.digest_of(report)
        return cache.key_of(report, digest)

    def _drop_gone(self, found: Sequence[Report]) -> None:
        there = {report.id for report in found}
        with tables.writing(self.engine) as connection:
            for lost in set(cache.keys(connection)) - there:
                cache.drop(connection, lost)

    def _reconcile(self) -> AddedUp:
        with self.engine.connect() as connection:
            upto, taken = reached(connection), decisions(connection)
        made = self._decided(taken)
        found = {report.id: report for report in self.reports()}  # after the claims, so that none lacks its report
        history, lost = reattached(self.carried(taken).decisions, made.claims)
        rows = self._listed(found)
        same = proposals(rows, made.claims, standing(history), found) if rows else []
        with self.engine.connect() as connection:
            told = [*conflicts(connection), *gone.problems(connection, made.claims)]
        made = Decided(made.claims, [*made.problems, *lost, *same, *told])
        with uncollected():
            return adding_up.add_up(self.engine, made, found, standing(history), self.reader, history, upto)

    def _decided(self, taken: Sequence[Decision] | None = None) -> Decided:
        over = self.carried(self.decisions() if taken is None else taken, read := self.read_claims())
        made = decided(read, over.decisions)
        return Decided(made.claims, [*made.problems, *over.problems])

    def carried(self, history: Iterable[Decision], read: Sequence[Claim] | None = None) -> Carried:
        """Decisions on earlier versions of an address where they stand on the newest one."""
        with self.told(), self.engine.connect() as connection:
            newest = evidence.newest(connection)
        return carried(list(history), lambda: self.read_claims() if read is None else read, self.reports, newest)

    def read_claims(self) -> list[Claim]:
        """What was read from the newest version of each report, before any decision."""
        with self.told(), self.engine.connect() as connection:
            return cache.of_reports(connection, tables.claims, Claim, evidence.current_ids(connection))

    # --- out ------------------------------------------------------------------------------------------------------

    @property
    def rules(self) -> NumberRules:
        """The rule set that turns this case's words into intervals."""
        return self.reader.rules

    def reports(self) -> list[Report]:
        with self.told(), self.engine.connect() as connection:
            return evidence.reports(connection)

    def claims(self) -> list[Claim]:
        """What counts: read from the newest version of each report, with the decisions applied."""
        with self.told():
            return self._decided().claims

    def answers(self) -> list[Answer]:
        with self.told(), self.engine.connect() as connection:
            return cache.of_reports(connection, tables.answers, Answer, evidence.current_ids(connection))

    def problems(self) -> list[Problem]:
        """What is open: what nobody has decided on, and what a decision left open."""
        history = self.decisions()
        return self.open_after(self.claims() if any(map(_settles, history)) else (), history)

    def open_after(self, claims: Iterable[Claim], history: Sequence[Decision]) -> list[Problem]:
        """What would be open with these claims, after these decisions."""
        if any(map(_settles, history)):
            return list(self.state_of(claims, history).problems)
        return self._unclear()

    def _unclear(self) -> list[Problem]:
        """What building left open, settled or not, each once."""
        with self.told(), self.engine.connect() as connection:
            unread = cache.of_reports(connection, tables.unread, Problem, evidence.current_ids(connection))
            made = [cache.values(connection, table, Problem) for table in (tables.unclear, tables.undecided)]
            return list({one.id: one for one in (*(one for some in made for _, one in some), *unread)}.values())

    def tolls(self) -> list[Toll]:
        with self.told(), self.engine.connect() as connection:
            return sorted((toll for _, toll in cache.values(connection, tables.tolls, Toll)), key=rank)

    def state(self) -> State:
        """All of it at one moment, by id, with the decisions that stand on it."""
        return self.state_of(self.claims(), self.decisions())

    def state_of(self, claims: Iterable[Claim], decisions: Iterable[Decision]) -> State:
        """As it would be with these claims and decisions; roots, incidents and tolls as they were built."""
        claims, decisions = list(claims), list(decisions)
        history, _ = reattached(self.carried(decisions).decisions, claims)
        return State(
            {one.id: one for one in claims}, {one.id: one for one in self.reports()}, self.linked(),
            {one.id: one for one in self.tolls()}, (), self.answers(), standing(history), self.rules,
            figures=intervals(claims, self.rules), history=history, listed=self._protected(claims),
            past=past(self.engine, decisions),
        ).with_open(self._unclear())  # fmt: skip

    def victims(self) -> list[Victim]:
        """The persons whom lists and reports tell of, and what became of each."""
        claims, linked = self.claims(), self.linked()
        history, _ = reattached(self.carried(self.decisions()).decisions, claims)
        rows = self._listed({one.id: one for one in self.reports()})
        return victims([*rows, *mentioned(claims, linked.roots, linked.incidents)], standing(history))

    def listed(self) -> list[Listed]:
        """The rows of the newest version of each list of persons."""
        return self._listed({one.id: one for one in self.reports()})

    def _listed(self, reports: Mapping[str, Report]) -> list[Listed]:
        """The rows of the newest version of each list of persons."""
        with self.engine.connect() as connection:
            current = evidence.current_ids(connection)
        lists = [reports[key] for key in current if key in reports and is_sheet(reports[key])]
        rows: list[Listed] = []
        for one in lists:
            key = self._key(one)
            if self._lists.get(one.id, ("", ()))[0] != key:
                self._lists[one.id] = (key, self.sheet_reader.persons(one))
            rows += self._lists[one.id][1]
        return rows

    def _protected(self, claims: Iterable[Claim]) -> frozenset[str]:
        """The names in claims of those whom a list says to be children, or does not say to be dead."""
        named = {name for one in claims for name in one.group.names}
        if not named or not self.settings.sheets:
            return frozenset()
        return protected_names(self.listed()) & frozenset(named)

    def linked(self) -> Linked:
        """The root of each claim, the incidents and episodes, and how roots hang together, as last built."""
        with self.told(), self.engine.connect() as connection:
            return adding_up.linked(connection)

    def decisions(self) -> list[Decision]:
        with self.told(), self.engine.connect() as connection:
            return decisions(connection)

    def history(self) -> list[tuple[dt.datetime, str, str, str]]:
        """The journal in plain words: when, who, what kind, about what."""
        with self.told(), self.engine.connect() as connection:
            kinds = ("capture", "decision", "forget", "backup", "merge", gone.KIND)
            return [
                (dt.datetime.fromisoformat(row.at), row.who, row.kind, _about(payload))
                for row, payload in contents(connection, *kinds)
            ]

    def verify(self) -> list[str]:
        """One line for each broken thing, [] when everything is as it was kept."""
        with self.told():
            return verify(self.book, self.archive)


def _settles(decision: Decision) -> bool:
    """Whether what is open is another after it, before anything is built."""
    return decision.verb in ("assess", "settle", "triage")


def _about(payload: Any) -> str:
    if "report" in payload:
        return str(payload["report"]["id"])
    if "decision" in payload:
        return str(payload["decision"]["about"])
    return str(payload.get("file", "")) or ", ".join(payload.get("reports", payload.get("tails", ())))


_RESCUE = (
    "every byte received still lies in archive/, whole: make a new case (cenotaph init NEW) and give it "
    "that folder (cenotaph add NEW OLD/archive), or restore case.db from a back-up"
)
