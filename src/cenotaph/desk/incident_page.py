"""All that the page of one incident or episode shows, masked: its toll as a ladder, its parts, what does not fit.

What is long is bounded: a first look has the figures of the roots with the largest, one harm by itself has them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.desk import ladder as rungs
from cenotaph.desk.accused import AT_ONCE, Accused, accused
from cenotaph.desk.assessing import Held, grade_of, held_of
from cenotaph.desk.beside import Accusation, Compared, Side, accusing, compared, misfits
from cenotaph.desk.incidents import below, find, titled
from cenotaph.desk.ladder import Rung
from cenotaph.desk.one_incident import One, Quoted, slim
from cenotaph.desk.part_tree import Node, sums, trees
from cenotaph.publish.veil import PERSON
from cenotaph.publish.why import Holdings, sentence
from cenotaph.vocabulary import Answer, Check, Count, Grade, Incident, Toll

__all__ = ["Page", "Why", "day_of", "opened", "page", "told_why"]

TREES, MISFITS, ANSWERED, QUOTED = 4, 4, 8, 4
"""Wholes, misfits, answers on a page, and claims that are quoted for each."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Of one incident. `later` are the figures that were not known yet on `day`, where one was asked for.

    `accused` is what its figures say of parties, `blamed` what all its claims do: None where these are many, so that
    they are looked for by themselves.
    """

    row: Row
    incident: Incident
    parent: Row | None
    below: Sequence[Row]
    days: Sequence[str]
    day: str
    harms: Mapping[str, int]
    harm: str
    ladders: Sequence[rungs.Ladder]
    later: int
    undated: int
    trees: Sequence[Node]
    misfits: Sequence[Check]
    more_misfits: int
    compared: Sequence[Compared]
    accused: Sequence[Accusation]
    answers: Sequence[Answer]
    more_answers: int
    quotes: Mapping[str, Quoted]
    held: Held
    grade: Grade
    blamed: Sequence[Accused] | None


def opened(one: One, *, harm: str = "", start: int = 0, day: str = "") -> Page:
    """The page of an incident; of one harm alone, from a rung on, or as it could be known on a day."""
    tolls = list(one.raw_tolls.values())
    ranked = rungs.ranked(tolls, one.unnamed)
    harm = harm if harm in ranked else ""
    chosen = {harm: ranked[harm]} if harm else ranked
    when = day_of(day)
    ladders, later = _ladders(one, chosen, max(0, start) if harm else 0, bool(harm), when)
    shown = [one.raw_tolls[rung.toll] for found in ladders for rung in found.rungs]
    meant = [toll for each in chosen.values() for toll in each]
    told = _Told(one, meant, shown)
    misfit, answers = misfits(meant), one.answers(tolls)
    first = next(iter(chosen), "")
    roots = list(dict.fromkeys(each.root for each in chosen.get(first, ()) if each.root not in one.unnamed))
    pairs = compared(first, chosen.get(first, ()), one.tethers(roots[:12]), one.unnamed)
    quoted = one.quoted(_quoted(misfit[:MISFITS], pairs))
    parent = find(one.desk, str(one.row["parent"])) if one.row["parent"] else None
    return Page(
        titled(one.row, one.veil), one.incident, titled(parent, one.veil) if parent else None,
        below(one.desk, one.id, unmasked=one.unmasked) if one.row["within"] else (), one.days,
        when.isoformat() if when else "", {key: len(each) for key, each in ranked.items()}, harm, ladders, later,
        _undated(one, shown) if when else 0, told.trees(), [one.shown(each) for each in misfit[:MISFITS]],
        max(0, len(misfit) - MISFITS), [_masked(one, pairs)],
        [_accusation(one, each) for each in accusing(tolls, one.unnamed)],
        [one.shown(each) for each in answers[:ANSWERED]], max(0, len(answers) - ANSWERED), quoted, held_of(one),
        grade_of(one, tolls), accused(one) if int(one.row["claims"]) <= AT_ONCE else None,
    )  # fmt: skip


def page(one: One, harm: str = "", start: int = 0, day: str = "") -> tuple[Sequence[rungs.Ladder], int, str]:
    """The ladders alone, as the slider asks for them: with how many figures were not known yet, and the day."""
    ranked = rungs.ranked(one.raw_tolls.values(), one.unnamed)
    chosen = {harm: ranked[harm]} if harm in ranked else ranked
    when = day_of(day)
    ladders, later = _ladders(one, chosen, max(0, start) if harm in ranked else 0, harm in ranked, when)
    return ladders, later, when.isoformat() if when else ""


def day_of(words: str) -> dt.date | None:
    """The day that was asked for; what is no day asks for none."""
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError:
        return None


def _ladders(
    one: One, chosen: Mapping[str, Sequence[Toll]], start: int, alone: bool, when: dt.date | None
) -> tuple[list[rungs.Ladder], int]:
    """Of a day: all that was known then, in the rank that it had then, and how many figures were not known yet."""
    ranked = _known(one, chosen, when) if when else chosen
    most = [rungs.MANY if alone else rungs.SHOWN[min(at, 1)] for at in range(len(ranked))]
    found = [
        rungs.ladder(harm, tolls, one.unnamed, start, many)
        for (harm, tolls), many in zip(ranked.items(), most, strict=True)
    ]
    shown = [replace(each, rungs=[_rung(one, rung) for rung in each.rungs]) for each in found]
    return shown, sum(map(len, chosen.values())) - sum(map(len, ranked.values()))


def _known(one: One, chosen: Mapping[str, Sequence[Toll]], when: dt.date) -> Mapping[str, Sequence[Toll]]:
    facts = one.known_by(when)
    then = (rungs.known_on(each, facts, when) for tolls in chosen.values() for each in tolls)
    return rungs.ranked([each for each in then if each is not None], one.unnamed)


def _undated(one: One, shown: Sequence[Toll]) -> int:
    facts = one.facts(claim for each in shown for claim in each.claims)
    return len({row["report"] for row in facts.values() if not row["published"]})


def _quoted(checks: Sequence[Check], pairs: Compared) -> list[str]:
    """The claims that are quoted beside comparisons: the first of each."""
    found = [claim for check in checks for claim in check.claims[:QUOTED]]
    return found + [claim for a, b, _ in pairs.pairs for claim in (a.claim, b.claim)]


def _newest(toll: Toll) -> tuple[str, ...]:
    return toll.series[-1].claims[:1] if toll.series else toll.claims[:1]


def _rung(one: One, found: Rung) -> Rung:
    """A rung as it may be shown; a root whose name is hidden goes by none, as in every toll."""
    shown = one.shown(found)
    return replace(shown, root=PERSON, called=PERSON) if shown.root != found.root else shown


def _masked(one: One, found: Compared) -> Compared:
    sides: dict[str, Side] = {}

    def side(found: Side) -> Side:
        return sides.setdefault(found.claim, Side(_rung(one, found.rung), found.claim))

    pairs = [(side(a), side(b), one.shown(check)) for a, b, check in found.pairs]
    return replace(found, support=one.words(found.support), pairs=pairs)


def _accusation(one: One, found: Accusation) -> Accusation:
    return Accusation(one.words(found.root), one.words(found.party), [_rung(one, each) for each in found.figures])


@dataclass(frozen=True, slots=True)
class _Told:
    """Parts and wholes: as the reports of the newest figures declare them, and as sums were compared."""

    one: One
    tolls: Sequence[Toll]
    shown: Sequence[Toll]

    def trees(self) -> list[Node]:
        checks = sums(self.tolls)
        newest = [claim for each in self.shown[:TREES] for claim in _newest(each)]
        facts = self.one.facts([*list(checks)[:TREES], *newest])
        reports = list(dict.fromkeys(str(row["report"]) for row in facts.values()))
        raw = self.one.raw_claims(self.one.beside(reports[:TREES]))
        counted = {claim for each in self.tolls for claim in each.claims}
        known = self.one.facts(raw)
        counts = {key: Count(row["low"], row["high"]) for key, row in known.items()}
        found = trees(raw, counts, {key: each for key, each in checks.items() if key in raw})
        alike = {_said(each): each for each in reversed(found) if each.claim.id in counted}
        return [_node(self.one, each, known) for each in reversed(alike.values())][:TREES]


def _said(node: Node) -> tuple[object, ...]:
    """What a list says, so that one which many reports copy is shown once."""
    told = tuple((each.total, tuple(part.count for part in parts)) for each, parts in node.sums)
    over = tuple(each.count for each in (*node.overlays, *node.loose))
    root = node.claim.root
    return root and root.known_as, str(node.claim.harm), node.count, told, over


def _node(one: One, node: Node, known: Mapping[str, Row]) -> Node:
    def all_of(nodes: Sequence[Node]) -> list[Node]:
        return [_node(one, each, known) for each in nodes]

    told = [(each, all_of(parts)) for each, parts in node.sums]
    reads = int(known[node.claim.id]["reads"])
    return Node(one.shown(slim(node.claim)), node.count, told, all_of(node.overlays), all_of(node.loose), min(reads, 2))


# --- why ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Why:
    """One figure in a sentence that can be pasted, and the words of each of its steps, newest last.

    The sentence names nobody who is protected, whoever asks: it is made to leave the house.
    """

    toll: Toll
    sentence: str
    quotes: Mapping[str, Quoted]


def told_why(one: One, toll: str, most: int = 60) -> Why | None:
    """None where there is no such toll here. Of each step the first claims are quoted, of all at most `most`."""
    raw = one.raw_tolls.get(toll)
    if raw is None:
        return None
    claims = one.raw_claims(raw.claims)
    reports = one.raw_reports(sorted({each.report for each in claims.values()}))
    shown, veil = one.shown(raw), one.desk.veil
    told = veil(raw)
    held = Holdings(
        {told.id: told}, {key: veil(each) for key, each in claims.items()},
        {key: veil(each) for key, each in reports.items()}, {},
    )  # fmt: skip
    some = [claim for vintage in reversed(raw.series) for claim in vintage.claims[:QUOTED]][:most]
    return Why(shown, sentence(held, told), one.quoted(some))
