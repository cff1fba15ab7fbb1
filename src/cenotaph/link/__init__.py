"""Which claims speak of the same thing, and whose figures they are.

`link` gives each claim its root (who compiled the figure, and who only repeats it) and gathers claims into incidents
and episodes. The steps: `roots` and what it leans on; `traces` (a claim as linking sees it), `hosts` (what has place
and days), `attaching` (what leaves them open), `joining` (what is one though it is written otherwise), `incidents` (all
of it in order, decisions last), `naming`. `records`, `likeness` and `gathering` compare what sources tell of incidents,
be it in reports or in lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cenotaph.decided import standing, together
from cenotaph.link.incidents import gathered
from cenotaph.link.naming import named
from cenotaph.link.roots import rooted
from cenotaph.link.tethers import independence
from cenotaph.link.traces import Trace, traces
from cenotaph.vocabulary import Claim, Decision, Incident, Linked, Problem, Report, Rooted

__all__ = ["independence", "link"]


def link(claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Decision] = ()) -> Linked:
    """The root of each claim, and the incidents and episodes that they are about, whatever order they come in.

    A claim stands in one incident at most. Left out: background figures, forecasts, what is only expected. Raises
    KeyError if a claim's report is not among `reports`.

    >>> import datetime as dt
    >>> from cenotaph.vocabulary import Coder, Harm, Period, Place, Quantity, Span
    >>> report = Report.of_text("Three people were killed in Baniyas on Friday.", published=dt.date(2025, 3, 8))
    >>> friday = Period("on Friday", dt.date(2025, 3, 7), dt.date(2025, 3, 7), 1)
    >>> baniyas = Place("Baniyas", "Baniyas", path=("Syria", "Tartus", "Baniyas"), precision=1)
    >>> claim = Claim.read_as(report, Span(0, 46), anchor=Span(0, 5), trigger=Span(18, 24), harm=Harm(("killed",)),
    ...     quantity=Quantity("Three", "exact", 3), coder=Coder("rules", "x"), place=baniyas, period=friday)
    >>> [incident.title for incident in link([claim], {report.id: report}).incidents]
    ['killed, Baniyas, 7 March 2025']
    """
    stand = standing(decisions)
    rejected = {one.about for one in stand if one.verb in ("reject", "withdraw")}
    roots, tethers, problems = rooted(claims, reports, stand)
    roots = _one_account(roots, stand)
    found = traces([claim for claim in claims if claim.id not in rejected], reports, roots)
    incidents = named(gathered(found, stand))
    return Linked(roots, incidents, tuple(tethers), (*problems, *_loose(found, incidents)))


def _one_account(roots: Mapping[str, Rooted], decisions: Iterable[Decision]) -> dict[str, Rooted]:
    """Two tellings that people decided to be one account have one root: that of the telling it was linked to."""
    found = dict(roots)
    for one in together(decisions):
        other = found.get(str(one.details["with"]))
        if one.details.get("as") == "one account" and one.about in found and other is not None:
            found[one.about] = Rooted(other.root, "decided", one.id)
    return found


def _loose(found: Sequence[Trace], incidents: Sequence[Incident]) -> Iterator[Problem]:
    """Claims of which nothing tells what they are about, or several things equally well."""
    placed = {claim for incident in incidents for claim in incident.claims}
    for trace in found:
        claim = trace.claim
        if trace.id not in placed and not trace.follows:
            yield Problem(
                "no incident", "nothing tells which incident or episode this is about", claim.report,
                claim.start, claim.end, claim.quote, "link it to a claim of that incident, or leave it by itself",
                "which toll it is compared with", (claim.id,),
            )  # fmt: skip
