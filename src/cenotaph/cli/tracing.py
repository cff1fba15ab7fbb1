"""From a figure down to the words it rests on: which tolls and claims are meant, a sentence for each, and the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.tree import Tree

from cenotaph.cli import phrases
from cenotaph.cli.terminal import Cell, written
from cenotaph.publish import why
from cenotaph.publish.saying import head
from cenotaph.publish.why import Holdings, counted, says, vintage_says
from cenotaph.publish.written import safe
from cenotaph.vocabulary import Check, Claim, Decision, Report, Toll, Vintage

if TYPE_CHECKING:
    from cenotaph.web.texts import Texts

__all__ = ["Found", "Holdings", "canonical", "selected", "sentence", "tree"]

Found = Toll | Claim


def selected(held: Holdings, selector: str) -> list[Found]:
    """The tolls meant by a selector, else the claims that stand in no toll: an id or its beginning, a figure, the words
    of a figure, or ROOT/harm/status with any part left out. Nothing selects every toll.
    """
    if not selector:
        return list(held.tolls.values())
    for matches in (_by_id, _by_figure, _by_path):
        tolls = [toll for toll in held.tolls.values() if matches(held, toll, selector)]
        inside = {claim for toll in tolls for claim in toll.claims}
        claims = [claim for claim in held.claims.values() if claim.id not in inside and matches(held, claim, selector)]
        if tolls or claims:
            return [*tolls, *claims]
    return []


def _by_id(held: Holdings, found: Found, selector: str) -> bool:
    """The whole id or at least six digits of it; the id of a report selects its claims."""
    digits = selector.rpartition(":")[2]
    ids = [found.id] + ([found.report] if isinstance(found, Claim) else [])
    return any(key == selector or (len(digits) >= 6 and key.partition(":")[2].startswith(digits)) for key in ids)


def _by_figure(held: Holdings, found: Found, selector: str) -> bool:
    """A number is any figure that the series ever had; other words are those of a figure ("dozens")."""
    if isinstance(found, Toll):
        claims = [held.claims[key] for key in found.claims if key in held.claims]
        inside = any(_by_figure(held, claim, selector) for claim in claims)
        return inside or any(vintage_says(vintage, selector) for vintage in found.series)
    return says(found.quantity.words, (found.quantity.base, found.quantity.upper), selector)


def _by_path(held: Holdings, found: Found, selector: str) -> bool:
    root, harm, group = (part.strip().casefold() for part in (selector + "//").split("/")[:3])
    known = canonical(root).casefold()
    return (
        (not root or any(root in name or name == known for name in _roots(held, found)))
        and (not harm or harm == str(found.scope.harm) or harm in found.scope.harm.codes)
        and (not group or group in {facet.casefold() for facet in (*found.scope.group.facets, found.scope.group.words)})
    )


@lru_cache(maxsize=256)
def canonical(name: str) -> str:
    """The canonical name of a body that has this one among its own: SOHR, OHCHR, ..."""
    from cenotaph.world import load

    for body in load().codes("organisations")["organisation"] if name else ():
        if name.casefold() in {alias.casefold() for alias in body.get("aliases", ())}:
            return str(body["canonical"])
    return ""


def _roots(held: Holdings, found: Found) -> set[str]:
    """The names a root goes by: its canonical one and those it was given in the reports."""
    claims = [found] if isinstance(found, Claim) else [held.claims[key] for key in found.claims if key in held.claims]
    names = {name for claim in claims if claim.root for name in (claim.root.name, claim.root.canonical)}
    shown = {found.root, _called(found.root)} if isinstance(found, Toll) else set()
    return {name.casefold() for name in names | shown} - {""}


def sentence(held: Holdings, found: Found, selector: str = "") -> str:
    """A figure told in a sentence, letter for letter as its page has it: fields by their names, days in words."""
    from cenotaph.web import said

    told = why.sentence(held, found, selector)
    return safe(said.in_parts(_english(), told) or told)


def _told(line: str) -> str:
    """A line of ours as the pages have it."""
    from cenotaph.web import said

    return safe(said.plain(_english(), line))


def _called(root: str) -> str:
    """What a root is called: one without a name by our words, the outlet and the day in words."""
    return _told(root) if any(map(str.isalpha, root)) else root


def _english() -> Texts:
    from cenotaph.web.texts import LANGUAGES, texts

    return texts(LANGUAGES[0])


# --- the tree -----------------------------------------------------------------------------------------------------


def tree(held: Holdings, found: Found) -> Tree:
    """Toll > vintages, newest last > claims > exact words and where they stand."""
    if isinstance(found, Claim):
        return _claim_branch(held, found, Tree(Cell(_claim_line(held, found), "bold")))
    root = written(_called(found.root)) or "nobody named"
    top = Tree(Cell(f"{found.id}  {phrases.newest(found)} {counted(found.scope)}, {root}", "bold"))
    for vintage in found.series:
        _vintage_branch(held, vintage, top)
    for check in found.checks:
        top.add(Cell(f"check: {_checked(check)}"))
    return top


def _checked(check: Check) -> str:
    """A verdict and what it rests on."""
    words = _english()
    assumed = [
        words("toll.if_assumed", field=words.code("said_of", name), rule=_told(rule)) for name, rule in check.assumed
    ]
    verdict = words.code("toll.verdict", check.verdict)
    return f"{verdict}: {words('list.semicolon').join((written(_told(check.what)), *assumed))}"


def _vintage_branch(held: Holdings, vintage: Vintage, top: Tree) -> None:
    branch = top.add(Cell(f"{phrases.day_of(vintage) or 'day not known'}: {phrases.vintage(vintage)}"))
    for key in vintage.claims:
        claim = held.claims.get(key)
        if claim is None:
            branch.add(Cell(f"{key}  no longer held: its report was forgotten or the case is not built"))
        else:
            _claim_branch(held, claim, branch.add(Cell(_claim_line(held, claim))))


def _claim_line(held: Holdings, claim: Claim) -> str:
    parts = (
        phrases.figure(claim.quantity, held.known[claim.id]),
        phrases.harmed(claim.group, claim.quantity.unit),
        phrases.done(claim),
        phrases.chain(claim.voices),
        phrases.said(claim),
        phrases.marks(claim),
    )
    return f"{claim.id}  " + " · ".join(part for part in parts if part)


def _claim_branch(held: Holdings, claim: Claim, branch: Tree) -> Tree:
    branch.add(Cell(phrases.quoted(claim.quote)))
    for line in _standing(claim, held.reports.get(claim.report)):
        branch.add(Cell(line, "dim"))
    for line in _carried(held, claim):
        branch.add(Cell(line, "dim"))
    return branch


def _carried(held: Holdings, claim: Claim) -> Iterator[str]:
    """What was decided on the claim when it stood in an earlier version of its address: it holds on these words too.

    A version is called by the day on which it was captured; the days that outlets give often stay when words change.
    """
    for one in held.decisions:
        before = str(one.details.get("carried", ""))
        if before not in ("", claim.report) and one.report == claim.report and claim.id in _about(one):
            earlier = held.reports.get(before)
            when = (earlier.captured and earlier.captured.date()) or earlier.published if earlier else None
            version = f"the version of {phrases.day(when)}" if when else "an earlier version"
            yield (
                f"decided ({one.verb}) by {written(one.who)} on {phrases.day(one.when.date())}, on {version}, {before}:"
                f" the sentence stands here letter for letter"
            )


def _about(decision: Decision) -> set[str]:
    """The claims that a decision is on: the one it names, and the one that it made."""
    made = decision.details.get("claim")
    return {decision.about, str(made["id"])} if isinstance(made, Mapping) else {decision.about}


def _standing(claim: Claim, report: Report | None) -> Iterator[str]:
    """Where the words stand, so exactly that anybody who holds the report can look."""
    if report is None:
        yield f"{claim.report}  no longer held"
        return
    called = head(report.title, report.outlet, report.name)
    known = (called, report.name, report.outlet, phrases.day(report.published), report.url)
    yield f"{report.id}  " + " · ".join(dict.fromkeys(written(part) for part in known if part))
    yield f"characters {claim.start}–{claim.end} of the text · text sha256 {report.text_hash}"
    if report.bytes_hash:
        yield f"bytes sha256 {report.bytes_hash} · text by {report.extractor or 'an unknown tool'}"
    yield f"read by {claim.coder}"
