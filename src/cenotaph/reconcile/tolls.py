"""Tolls put together: one for each root and set, with its series and the checks and problems of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cenotaph.decided import standing, together
from cenotaph.reconcile.arithmetic import parts_findings
from cenotaph.reconcile.bounding import bounding
from cenotaph.reconcile.containing import containment_findings, holding
from cenotaph.reconcile.days import decided_days
from cenotaph.reconcile.joining import Told
from cenotaph.reconcile.mixed import mixed_findings
from cenotaph.reconcile.order import Finding, order_findings
from cenotaph.reconcile.readers import Readers
from cenotaph.reconcile.series import Series
from cenotaph.reconcile.sets import sets
from cenotaph.reconcile.siblings import sum_findings
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Count, Decision, Problem, Toll, content_id

__all__ = ["assembled", "rank"]

BAD = ("contradiction", "unexplained drop", "stale relay")


def assembled(
    tellings: Sequence[Telling], guests: Sequence[Telling], decisions: Sequence[Decision]
) -> tuple[list[Toll], list[Problem]]:
    """The tolls of what was told, and the problems, each once.

    `guests` are parts that stand in another incident than their whole: they are added up here and counted there.
    """
    stand = standing(decisions)
    series = [Series.of(told) for told in sets(tellings, _links(stand))]
    findings = [*_findings(tellings, guests, series), *decided_days(tellings, stand)]
    nested = list(holding(series))
    findings += containment_findings(series, nested)
    limits, unfit = bounding(
        series, [*tellings, *guests], (one.steps for one in nested), [check for check, _ in findings]
    )
    about = _by_claim([*findings, *unfit])
    findings += unfit
    read = Readers.of(stand)
    tolls = [_toll(one, about, read, limits.get(at)) for at, one in enumerate(series)]
    problems = {found.id: found for _, found in findings if found is not None}
    return tolls, list(problems.values())


def _links(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """Claims that people said belong to one series: must-link about one, its details naming the other as `with`."""
    links = [one for one in together(decisions) if one.details.get("as", "one series") == "one series"]
    return [(one.about, str(one.details["with"])) for one in links]


def _findings(tellings: Sequence[Telling], guests: Sequence[Telling], series: Sequence[Series]) -> Iterator[Finding]:
    for one in series:
        yield from (_if_both_mean(one.told, finding) for finding in order_findings(one))
    yield from parts_findings([*tellings, *guests])
    yield from sum_findings(tellings)
    yield from mixed_findings(tellings, series)


def _if_both_mean(told: Told, finding: Finding) -> Finding:
    """A verdict that rests on something assumed says so first."""
    check, found = finding
    filled = dict(told.scope.assumed)
    names = [name for name in ("place", "period", "description", "group") if name in filled]
    if not names or check.verdict not in BAD:
        return finding
    what = f"if both mean the same {' and '.join(names)}: {check.what}"
    return replace(check, what=what, assumed=told.scope.assumed), found and replace(found, what=what)


# --- one toll -----------------------------------------------------------------------------------------------------


def _by_claim(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for claim in dict.fromkeys(finding[0].claims):
            found.setdefault(claim, []).append(finding)
    return found


def _toll(series: Series, about: Mapping[str, list[Finding]], read: Readers, limits: Count | None) -> Toll:
    told = series.told
    scope = replace(told.scope, group=series.newest.first.scope.group)
    claims = tuple(claim for figure in series.figures for claim in figure.vintage.claims)
    mine = list({check: (check, found) for claim in claims for check, found in about.get(claim, ())}.values())
    newest = set(series.newest.vintage.claims)
    return Toll(
        id=content_id("toll", str(series.root), str(told.scope.harm), *told.scope.group.facets, min(claims)),
        root=str(series.root),
        scope=scope,
        figure=series.newest.vintage.interval,
        series=tuple(figure.vintage for figure in series.figures),
        parts=_parts(newest, mine),
        checks=tuple(check for check, _ in mine),
        problems=tuple(dict.fromkeys(found.id for _, found in mine if found is not None)),
        claims=claims,
        carriers=tuple(dict.fromkeys(one.carrier for figure in series.figures for one in figure.tellings)),
        read=read.share(told.tellings, 1),
        twice=read.share(told.tellings, 2),
        incident=_incident(told),
        bounds=limits,
    )


def _parts(newest: set[str], findings: Iterable[Finding]) -> tuple[str, ...]:
    """The claims that break down the newest figure."""
    lists = [check.claims[1:] for check, _ in findings if check.rule.startswith("parts") and check.claims[0] in newest]
    return tuple(dict.fromkeys(claim for one in lists for claim in one))


def _incident(told: Told) -> str:
    """What it counts: the incident that all its claims are about, else the first by id (they share an episode)."""
    return min(one.incident for one in told.tellings)


def rank(toll: Toll) -> tuple[object, ...]:
    """An order that is the same on every machine: root, harm, the largest first."""
    group = toll.scope.group
    return (toll.root, str(toll.scope.harm), -toll.figure.low, group.facets, group.words, toll.id)
