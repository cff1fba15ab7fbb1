"""One report laid open: its text with what was read in it marked in place, what each claim rests on, what was decided.

Everything is masked unless asked for unmasked. Spans are those of the report's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case.anchors import Settled
from cenotaph.desk import Desk, tables
from cenotaph.desk.history import History
from cenotaph.desk.kept import kept
from cenotaph.desk.report_decisions import Decided, decided_on
from cenotaph.desk.report_text import Paragraph, gaps, paragraphs, safe_signs, words_at
from cenotaph.desk.report_versions import Version, versions_of
from cenotaph.plain import intervals
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Answer, Claim, Interval, Problem, Report, Span

__all__ = ["Answered", "Beside", "Field", "Marked", "Opened", "Unclear", "beside", "opened", "place_of"]

Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a claim beside the words that it rests on; `rule` filled it where no words did."""

    name: str
    words: str = ""
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim with its number in the text, what its figure allows, and how far people read it.

    `span` is what is marked, `root` whose figure it is by all that is known ("" where nobody is named), `fresh` whether
    nobody had said it before.
    """

    mark: str
    number: int
    claim: Claim
    span: Span
    figure: Interval
    fields: tuple[Field, ...]
    reads: int = 0
    readers: tuple[str, ...] = ()
    decisions: tuple[Decided, ...] = ()
    seen: str = ""
    root: str = ""
    fresh: bool = False
    group: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an accused party says back."""

    mark: str
    number: int
    answer: Answer
    span: Span


@dataclass(frozen=True, slots=True)
class Unclear:
    """An open problem of the report under its id, which does not follow from words that are masked."""

    mark: str
    number: int
    id: str
    problem: Problem
    span: Span | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The reports before and after in the inbox, "" for none; `at` counts from 1, 0 where it is not among them."""

    before: str = ""
    after: str = ""
    at: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A report and all that its page shows. `report` is without its text, which stands in the paragraphs.

    `newest` is the newest version of its address, itself where there is no later one; `copy_of` the report whose words
    it has, with so many of its own; `decisions` those on the report as a whole and on claims that are gone since.
    """

    report: Report
    state: str
    paragraphs: Sequence[Paragraph]
    claims: Sequence[Marked]
    answers: Sequence[Answered]
    problems: Sequence[Unclear]
    decisions: Sequence[Decided]
    seen: str
    versions: Sequence[Version]
    newest: str
    copy_of: str = ""
    copy_name: str = ""
    words: int = 0
    own_words: int = 0
    letters: int = 0
    unmasked: bool = False
    masked: int = 0
    marks: Mapping[str, Marked | Answered | Unclear] = field(default_factory=dict, repr=False)


def opened(desk: Desk, report_id: str, *, unmasked: bool = False) -> Opened | None:
    """The report of that id; None where the case holds none."""
    part, history = desk.part(reports=[report_id]), desk.history
    found = part.reports()
    if not found:
        return None
    report, veil = found[0], None if unmasked else desk.veil
    mask: Mask = str if veil is None else lambda words: veil.words(words, report_id)
    hidden = [] if veil is None else gaps(report.text, veil.hidden.mask_of(report_id))
    claims, about = _in_order(part.claims()), _Of.read(desk, report)
    problems = Settled.by(history.of_verbs("settle")).open(about.problems, {one.id: one for one in claims})
    known = intervals(claims, desk.case.rules)
    marked = [_marked(n, one, known[one.id], report, about, history, veil, hidden) for n, one in enumerate(claims, 1)]
    answered = [_answered(n, one, veil) for n, one in enumerate(sorted(part.answers(), key=_answer_at), 1)]
    unclear = [_unclear(n, one, report, veil) for n, one in enumerate(sorted(problems, key=_problem_at), 1)]
    all_: list[Marked | Answered | Unclear] = [*marked, *answered, *unclear]
    text = paragraphs(report.text, [(one.mark, one.span) for one in all_ if one.span], hidden)
    versions = versions_of(desk, report_id)
    copied = "" if any(one.report == about.copy_of for one in versions) else about.copy_of  # of itself is no news
    decisions = decided_on(desk, report_id, mask)
    held = {one.id for one in claims}
    marked = [replace(one, decisions=tuple(told for told in decisions if told.claim == one.claim.id)) for one in marked]
    return Opened(
        _shown(report, veil), about.row.get("state", "new"), text, marked, answered, unclear,
        [one for one in decisions if one.claim not in held],
        history.newest(report_id), versions, versions[-1].report if versions else report_id,
        copied, about.copy_name(veil), about.row.get("words", 0),
        about.row.get("own_words", 0), len(report.text), unmasked,
        sum(piece.hidden and bool(piece.text) for line in text for piece in line.pieces),
        {one.mark: one for one in all_},
    )  # fmt: skip


def place_of(claim: Claim) -> Span:
    """The words that carry the mark of a claim: its figure, else its word of harm."""
    return claim.anchor if claim.anchor.end > claim.anchor.start else claim.trigger


# --- what the tables know of it ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Of:
    """`row` is the report's line in the inbox, with `copy_outlet`, `copy_title` and `copy_file` of what it copies."""

    row: Mapping[str, Any]
    claims: Mapping[str, Mapping[str, Any]]
    problems: Sequence[Problem]

    @classmethod
    def read(cls, desk: Desk, report: Report) -> _Of:
        slots = {"report": report.id}
        row, told = desk.rows(_ROW, slots), desk.rows(_CLAIMS, slots)
        open_ = desk.rows(_PROBLEMS, slots, scalars=True)
        return cls(
            row[0] if row else {}, {str(one["claim"]): one for one in told},
            [cache.unpacked(Problem, str(one)) for one in open_],
        )  # fmt: skip

    @property
    def copy_of(self) -> str:
        return str(self.row.get("copy_of", ""))

    def copy_name(self, veil: Veil | None) -> str:
        of = self.copy_of
        if not of:
            return ""
        title, outlet, file = (str(self.row[one] or "") for one in ("copy_title", "copy_outlet", "copy_file"))
        name = head(title, outlet, file, of)
        return safe_signs(veil.words(name, of) if veil else name)


def _row() -> sa.Select[Any]:
    reports, of = tables.reports, tables.reports.alias()
    names = of.c.outlet.label("copy_outlet"), of.c.title.label("copy_title"), of.c.name.label("copy_file")
    query = sa.select(reports, *names).join(of, of.c.report == reports.c.copy_of, isouter=True)
    return query.where(reports.c.report == sa.bindparam("report"))


def _claims() -> sa.Select[Any]:
    claims = tables.claims.c
    query = sa.select(claims.claim, claims.root, claims.named, claims.fresh, claims.group, claims.incident)
    return query.where(claims.report == sa.bindparam("report"))


_ROW, _CLAIMS = _row(), _claims()  # made once, as those below
_PROBLEMS = sa.select(tables.problems.c.data).where(tables.problems.c.report == sa.bindparam("report"))


def beside(desk: Desk, report_id: str, state: str = "") -> Beside:
    """Its neighbours in the inbox, of one state or of all where that is ""."""
    slots = {"report": report_id, "state": state}
    row = desk.rows(_around(bool(state)), slots)[0]
    position = row["position"]
    if position is None:
        return Beside()
    total = kept(desk, ("in the inbox", state), lambda: _many(desk, slots, None))
    near = position <= row["last"] / 2  # from the nearer end: it counts one by one
    at = _many(desk, slots, position) if near else total - _many(desk, slots, position, after=True)
    return Beside(row["before"] or "", row["after"] or "", at, total)


def _many(desk: Desk, slots: Mapping[str, Any], position: int | None, *, after: bool = False) -> int:
    """How many there are, up to a place or after it where one is given."""
    edge = None if position is None else "after" if after else "up to"
    return int(desk.rows(_counted(bool(slots["state"]), edge), {**slots, "position": position}, scalars=True)[0])


def _of_inbox(state: bool) -> list[sa.ColumnElement[bool]]:
    reports = tables.reports.c
    return [reports.newest == 1, *([reports.state == sa.bindparam("state")] if state else [])]


@lru_cache
def _around(state: bool) -> sa.Select[Any]:
    """Where a report stands, what stands before and after it there, and where the last of all stands."""
    reports, itself = tables.reports.c, tables.reports.alias().c
    here = sa.select(itself.position).where(itself.report == sa.bindparam("report")).scalar_subquery()
    one = sa.select(reports.report).where(*_of_inbox(state)).limit(1)
    before = one.where(reports.position < here).order_by(reports.position.desc())
    after = one.where(reports.position > here).order_by(reports.position)
    last = sa.select(sa.func.max(itself.position)).where(itself.newest == 1)
    return sa.select(
        here.label("position"), before.scalar_subquery().label("before"), after.scalar_subquery().label("after"),
        last.scalar_subquery().label("last"),
    )  # fmt: skip


@lru_cache
def _counted(state: bool, edge: str | None) -> sa.Select[Any]:
    reports, position = tables.reports.c, sa.bindparam("position", type_=sa.Integer)
    side = {"up to": reports.position <= position, "after": reports.position > position}
    some = [side[edge]] if edge else []
    return sa.select(sa.func.count()).select_from(tables.reports).where(*_of_inbox(state), *some)


# --- what is marked ---------------------------------------------------------------------------------------------------


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    """As they stand in the text, the outer before the inner."""
    return sorted(claims, key=lambda one: (place_of(one).start, -place_of(one).end, one.id))


def _answer_at(one: Answer) -> tuple[int, int]:
    return one.trigger.start, -one.trigger.end


def _problem_at(one: Problem) -> tuple[int, int, str]:
    return one.start, -one.end, one.id


def _marked(
    number: int, claim: Claim, figure: Interval, report: Report, about: _Of, history: History, veil: Veil | None,
    hidden: Sequence[Span],
) -> Marked:  # fmt: skip
    row = about.claims.get(claim.id, {})
    readers = set(history.readers.get(claim.id, ()))
    readers |= {claim.coder.name} if claim.coder.kind == "person" else set()
    root = str(row["root"]) if row.get("named") else ""
    root = safe_signs(veil.words(root, report.id) if veil else root)
    return Marked(
        f"c{number}", number, veil(claim) if veil else claim, place_of(claim), figure,
        tuple(_fields(claim, report.text, hidden)), len(readers), tuple(sorted(readers)),
        seen=history.newest(claim.id), root=root, fresh=bool(row.get("fresh")),
        group=str(row.get("group", "")), incident=str(row.get("incident", "")),
    )  # fmt: skip


_FIELDS = (
    "quantity", "group", "harm", "means", "place", "period", "parties", "voices", "said", "as_of", "stance", "reach",
    "level", "relation", "exclusions",
)  # fmt: skip


def _fields(claim: Claim, text: str, hidden: Sequence[Span]) -> Iterator[Field]:
    """In the order in which a claim is told; what rests on no words and no rule is left out."""
    rules, spans = dict(claim.assumed), list(claim.evidence)
    known = dict.fromkeys([*_FIELDS, *(name for name, _ in spans), *rules])
    for name in known:
        mine = [span for key, span in spans if key == name and span.end > span.start]
        for span in mine:
            yield Field(name, words_at(text, span, hidden), span, rules.get(name, ""))
        if not mine and name in rules:
            yield Field(name, rule=rules[name])


def _answered(number: int, answer: Answer, veil: Veil | None) -> Answered:
    span = answer.trigger if answer.trigger.end > answer.trigger.start else Span(answer.start, answer.end)
    return Answered(f"a{number}", number, veil(answer) if veil else answer, span)


def _unclear(number: int, problem: Problem, report: Report, veil: Veil | None) -> Unclear:
    placed = problem.report == report.id and problem.end > problem.start
    span = Span(problem.start, problem.end) if placed else None
    return Unclear(f"p{number}", number, problem.id, veil(problem) if veil else problem, span)


def _shown(report: Report, veil: Veil | None) -> Report:
    return veil(report) if veil else replace(report, text="")
