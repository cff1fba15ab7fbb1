"""Search: reports and claims by their words and by what they say, a page at a time.

Counts end at `COUNTED`: nobody reads further, and a count of everything would cost more than the page. Fewer hits than
that are all in hand, are ordered by rank or day exactly, and, where words are hidden, those of a few hundred are each
looked at as they would be shown. More hits than that come newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from cenotaph.case import evidence
from cenotaph.desk import Desk, tables, told_apart
from cenotaph.desk.among import among
from cenotaph.desk.as_shown import told_of
from cenotaph.desk.claim_rows import claims_of, newest_first
from cenotaph.desk.excerpts import AROUND, around, figure, pieces, windows
from cenotaph.desk.private_roots import is_private, of_claims
from cenotaph.desk.search_asked import Asked, claims_where, hidden_in, in_words, matched, on_claims, on_reports
from cenotaph.desk.wanted import Wanted, wanted
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Claim, Interval, Report

__all__ = ["COUNTED", "PAGE", "Found", "Hit", "Look", "search"]

PAGE = 50
COUNTED = 1_000
"""Hits that are counted; of more it is said that there are more."""
RANKED = 5_000
"""Reports that hold the words, up to which they are ordered by how well they do."""
LOOKED_AT = 200
"""Reports up to which each hit is looked at as it is shown, where words are hidden."""

FEW = 5_000
"""Claims up to which their reports are listed, to find the reports that hold one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One report, or one claim in it, as it may be shown. `excerpts` are words in pieces, each with whether it is what
    was looked for; `about` the values of its row.
    """

    about: Mapping[str, Any]
    excerpts: Sequence[Sequence[tuple[str, bool]]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Some hits. `more` says that there are more than `total`; `within` is how many of the newest reports were looked
    through, where too many hold the words, else 0; `ranked`, whether the best hit comes first, not the newest.
    """

    hits: Sequence[Hit]
    first: int
    total: int
    more: bool
    wanted: Wanted
    within: int = 0
    ranked: bool = False


def search(desk: Desk, one: Asked, first: int = 0, *, unmasked: bool = False) -> Found:
    """One page of what was asked for."""
    veil = None if unmasked else desk.veil
    with desk.case.told(), desk.case.engine.connect() as connection:
        words = wanted(connection, one.q, veil)
        look = Look(desk, connection, one, words, veil)
        if words.nothing or look.hides_filter():
            return Found((), 0, 0, False, words)
        at = min(max(0, first), COUNTED)
        return look.claims(at) if one.kind == "claims" else look.reports(at)


# --- looking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """One question, while it is answered."""

    desk: Desk
    connection: sa.Connection
    one: Asked
    words: Wanted
    veil: Veil | None
    _loaded: dict[str, Report] = field(default_factory=dict)
    _shown: dict[str, list[str]] = field(default_factory=dict)

    def hides_filter(self) -> bool:
        return hidden_in(self.one, self.veil)

    # reports

    def reports(self, first: int) -> Found:
        where = self._reports_where()
        some = self.connection.execute(self._any(where).limit(COUNTED + 1)).all()
        if len(some) > COUNTED:
            query = self._keyed(where).order_by(tables.reports.c.published.desc(), tables.reports.c.position.desc())
            ids = [str(row.report) for row in self.connection.execute(query.limit(PAGE).offset(first))]
            return Found(self._of_reports(ids), first, COUNTED, True, self.words)
        newest = sorted(some, key=lambda row: (row.published, row.position), reverse=True)
        held = self._held([str(row.report) for row in newest])
        rank = self._rank(held) if self.words.parts and self.one.order == "rank" else {}
        ids = sorted(held, key=lambda one: rank.get(one, 0.0))[first : first + PAGE]
        return Found(self._of_reports(ids), first, len(held), False, self.words, ranked=bool(rank))

    def _reports_where(self) -> list[sa.ColumnElement[bool]]:
        where = on_reports(self.one)
        if self.one.of_claims:
            where.append(self._with_claims())
        elif self.one.outlet:
            where.append(sa.func.lower(tables.reports.c.outlet) == self.one.outlet.lower())
        return [tables.reports.c.newest == 1, *where]

    def _any(self, where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
        """Such reports in any order. Where words alone are asked for, SQLite goes along what holds them, and stops at
        enough; else it would list all of them first.
        """
        reports = tables.reports.c
        if self.connection.dialect.name != "sqlite" or len(where) > 1 or not self.words.parts:
            return self._keyed(where)
        keys = matched(self.connection, self.words).subquery()
        query = sa.select(reports.report, reports.published, reports.position).select_from(keys)
        query = query.join(tables.reports, reports.position == keys.c.key + 0)  # an expression leaves it no other way
        return query.where(*where, *in_words(self.connection, Wanted(without=self.words.without), self.veil))

    def _with_claims(self) -> sa.ColumnElement[bool]:
        """That a report holds such a claim: by the list of them where they are few, else asked of each report."""
        claims, where = tables.claims.c, on_claims(self.desk, self.one)
        some = sa.select(sa.literal(1)).select_from(tables.claims).where(*where).limit(FEW + 1).subquery()
        few = self.connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one() <= FEW
        if few:
            return tables.reports.c.report.in_(sa.select(claims.report).where(*where))
        along = on_claims(self.desk, self.one, along=True)
        return sa.exists().where(claims.report == tables.reports.c.report, *along)

    def _keyed(self, where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
        reports = tables.reports.c
        held = in_words(self.connection, self.words, self.veil)
        return sa.select(reports.report, reports.published, reports.position).where(*where, *held)

    def _held(self, ids: Sequence[str]) -> list[str]:
        """Without reports whose words, as they are shown, do not hold what was looked for."""
        if self._sure or len(ids) > LOOKED_AT:
            return list(ids)
        shown = {one.id for one in self._reports(ids) if self._holds(one)}
        return [one for one in ids if one in shown]

    @cached_property
    def _sure(self) -> bool:
        """Whether what holds the words holds them as it is shown too: none of them is in anything that is hidden."""
        return self.veil is None or not self.words or not self.words.may_be_behind(self.veil)

    @cached_property
    def _alike(self) -> Mapping[str, told_apart.Facts]:
        return told_apart.apart(self.desk)

    def _reports(self, ids: Sequence[str]) -> list[Report]:
        """Reports as they are, each loaded once."""
        wanted_ids = [one for one in ids if one not in self._loaded]
        self._loaded.update({one.id: one for one in evidence.some(self.connection, wanted_ids)})
        return [self._loaded[one] for one in ids if one in self._loaded]

    def _holds(self, report: Report) -> bool:
        """Whether a report as it is shown holds what was looked for."""
        return self._sure or self.words.holds("\n".join(self._of(report)))

    def _of(self, report: Report) -> list[str]:
        """All words of a report that can be looked for, as they are shown: its text last."""
        if report.id not in self._shown:
            self._shown[report.id] = told_of(report, self.veil)
        return self._shown[report.id]

    def _rank(self, ids: Sequence[str]) -> Mapping[str, float]:
        """By report, less for a better hit (bm25, or ts_rank turned around); none where the words are in too many."""
        most = matched(self.connection, self.words).limit(RANKED + 1).subquery()
        if self.connection.execute(sa.select(sa.func.count()).select_from(most)).scalar_one() > RANKED:
            return {}
        if self.connection.dialect.name == "sqlite":
            told, on, words = "rank", f"{tables.FULL_TEXT} MATCH :words", self.words.sqlite
        else:
            query = "CAST(:words AS tsquery)"
            told, on, words = f"-ts_rank_cd(words, {query})", f"words @@ {query}", self.words.postgres
        query_text = sa.text(f"SELECT report, {told} AS found FROM {tables.FULL_TEXT} WHERE {on}")
        some = set(ids)
        rows = self.connection.execute(query_text.bindparams(words=words))
        return {str(row.report): float(row.found) for row in rows if row.report in some}

    def _of_reports(self, ids: Sequence[str]) -> list[Hit]:
        rows = {
            str(row["report"]): row
            for row in self.rows(sa.select(tables.reports).where(tables.reports.c.report.in_(ids)))
        }
        texts = {one.id: one for one in self._reports(ids)}
        out = []
        for one in ids:
            report, told = texts.get(one), rows[one]
            if report is None or not self._holds(report):
                continue
            title, outlet, name, text = self._of(report)
            url = self.veil.address(str(told["url"])) if self.veil else told["url"]
            called = head(title, outlet, name, one)
            shown = {"title": title, "outlet": outlet, "name": name, "head": called, "url": url, "says": ()}
            out.append(Hit({**told, **shown}, self._excerpts(text)))
        return out

    def _told(self, words: str, report: str) -> str:
        return self.veil.words(words, report) if self.veil else words

    def _excerpts(self, text: str) -> list[list[tuple[str, bool]]]:
        marks = list[tuple[int, int]]()
        found = windows(text, _kept(self.words.marks(text), marks)) if self.words.parts else []
        if not found:
            end = text.rfind(" ", 0, 2 * AROUND) if len(text) > 2 * AROUND else len(text)
            return [[(" ".join(text[:end].split()) + (" …" if end < len(text) else ""), False)]] if text.strip() else []
        return [pieces(text, start, end, marks) for start, end in found]

    # claims

    def claims(self, first: int) -> Found:
        conditions = claims_where(self.desk, self.connection, self.one, self.veil, self.words) or []
        if (newest := self._newest_of_many()) is not None:
            return self._among(conditions[:-1], newest, first)
        where, sure = self.of_held(conditions)
        total = self._many(where)
        if total > COUNTED:  # an index of what is asked would have all of them sorted for one page
            asked_so = len(on_claims(self.desk, self.one))
            where = [*on_claims(self.desk, self.one, along=True), *where[asked_so:]]
        rows = self.rows(newest_first(where, many=total > COUNTED).limit(PAGE).offset(first))
        hits = self.of_claims(rows if sure else self.still(rows))
        return Found(hits, first, min(total, COUNTED), total > COUNTED, self.words)

    def _newest_of_many(self) -> list[str] | None:
        """The newest reports that hold the words, where more than COUNTED do; None where they are fewer."""
        newest = [tables.reports.c.newest == 1]
        if not self.words or self._count(self._any(newest)) <= COUNTED:
            return None
        query = self._keyed(newest).order_by(tables.reports.c.published.desc(), tables.reports.c.position.desc())
        return [str(row.report) for row in self.connection.execute(query.limit(COUNTED))]

    def _among(self, where: Sequence[sa.ColumnElement[bool]], reports: Sequence[str], first: int) -> Found:
        """Claims of the newest of many reports: to find those of all, each would have to be looked at for one page."""
        held = [*where, among(self.connection, tables.claims.c.report, reports)]
        total = self._many(held)
        rows = self.rows(newest_first(held, many=False).limit(PAGE).offset(first))
        hits = self.of_claims(self.still(rows))
        return Found(hits, first, min(total, COUNTED), total > COUNTED, self.words, len(reports))

    def are_many(self, where: Sequence[sa.ColumnElement[bool]]) -> bool:
        return self._many(where) > COUNTED

    def _many(self, where: Sequence[sa.ColumnElement[bool]]) -> int:
        """Claims, counted to one beyond COUNTED."""
        return self._count(sa.select(sa.literal(1)).select_from(tables.claims).where(*where))

    def _count(self, query: sa.Select[Any]) -> int:
        """Its rows, counted to one beyond COUNTED."""
        some = query.limit(COUNTED + 1).subquery()
        return int(self.connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())

    def of_held(self, where: list[sa.ColumnElement[bool]]) -> tuple[list[sa.ColumnElement[bool]], bool]:
        """Where few reports hold the words, they are named one by one, each looked at as it is shown; and whether none
        is left to be looked at.
        """
        if not self.words:
            return where, True
        some = self.connection.execute(self._any([tables.reports.c.newest == 1]).limit(COUNTED + 1))
        ids = [str(row.report) for row in some]
        if len(ids) > COUNTED:
            return where, self._sure
        held = among(self.connection, tables.claims.c.report, self._held(ids))
        return [*where, held], self._sure or len(ids) <= LOOKED_AT

    def still(self, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Rows whose reports, as they are shown, hold the words."""
        ids = list(dict.fromkeys(str(row["report"]) for row in rows))
        shown = {one for start in range(0, len(ids), LOOKED_AT) for one in self._held(ids[start : start + LOOKED_AT])}
        return [row for row in rows if row["report"] in shown]

    def of_claims(self, rows: Sequence[Mapping[str, Any]], *, cut: bool = True) -> list[Hit]:
        """The claims of these rows; without excerpts of their words where they are not `cut`."""
        held = claims_of(self.connection, rows)
        names = self._titles({str(row["report"]) for row in rows})
        rows = self._with_persons(rows)
        told = ((row, held.get(str(row["claim"])), names.get(str(row["report"]), "")) for row in rows)
        return [self._of_claim(row, claim, title, cut) for row, claim, title in told]

    def _with_persons(self, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Each with the private person whose figure it is, "" where there is none and for who did not ask for names."""
        private = [str(row["claim"]) for row in rows if self.veil is None and is_private(str(row["root"]))]
        named = of_claims(self.desk, private)
        return [{**row, "person": named.get(str(row["claim"]), "")} for row in rows]

    def _titles(self, ids: Iterable[str]) -> Mapping[str, str]:
        reports = tables.reports.c
        query = sa.select(reports.report, reports.title, reports.outlet, reports.name)
        query = query.where(reports.report.in_(list(ids)))
        return {
            str(row.report): self._told(head(row.title, row.outlet, row.name), str(row.report))
            for row in self.connection.execute(query)
        }

    def _of_claim(self, row: Mapping[str, Any], claim: Claim | None, title: str, cut: bool) -> Hit:
        report = str(row["report"])
        shown = {key: self._told(str(row[key]), report) for key in ("people", "root", "words", "outlet")}
        low = int(row["low"])
        allowed = Interval(low, low, row["high"], "")
        about = {**row, **shown, "title": title, "quote": "", "place_path": "", "apart": (), "interval": allowed}
        about.pop("data")
        if claim is None:
            return Hit(about)
        if claim.place is not None:
            about["place_path"] = " > ".join(claim.place.path) or self._told(claim.place.words, report)
            about["apart"] = told_apart.shown(self._alike.get(str(row["place"]), ()), self.veil)
        about["quote"] = self._told(claim.quote, report)
        if not cut:
            return Hit(about)
        marks = self.words.marks(about["quote"])
        marked = list(marks) if self.words.parts else figure(claim, about["quote"], self._told)
        return Hit(about, [pieces(about["quote"], *around(about["quote"], marked), marked)])

    def rows(self, query: sa.Select[Any]) -> list[Mapping[str, Any]]:
        return [dict(row._mapping) for row in self.connection.execute(query)]


def _kept(marks: Iterable[tuple[int, int]], taken: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Marks as they are asked for, and those that were: a long text is read no further than its excerpts."""
    for mark in marks:
        taken.append(mark)
        yield mark
