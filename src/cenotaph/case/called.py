"""Whether anybody is called by the name that a decision is about; an alias of nobody would change nothing, unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from cenotaph.vocabulary import Claim, Decision, Report, Voice

__all__ = ["misnamed"]

NOBODY = "no voice named"
"""What the root of a claim without a voice is called (link/telling.py)."""


def misnamed(decision: Decision, claims: Iterable[Claim], reports: Mapping[str, Report]) -> Iterator[str]:
    """What is wrong with the name that an alias is about, in one sentence; nothing where a root is called so.

    The name of a protected person may be given in full, and is never suggested.
    """
    said = [(claim.report, claim.root) for claim in claims]
    here = [root for report, root in said if decision.report in ("", report)]
    if any(_called(root) == decision.about for root in here):
        return
    where = f" in {_told(reports[decision.report])}" if decision.report in reports else ""
    others = {report for report, root in said if _called(root) == decision.about and report in reports}
    what = _instead(decision.about, here, sorted(_told(reports[one]) for one in others))
    yield f"no voice that answers for a figure is called so{where}, and nothing would change; {what}"


def _called(root: Voice | None) -> str:
    """The name by which an alias finds a voice: the canonical one where it is known, never that of a private person."""
    if root is None:
        return NOBODY
    return root.name if root.protected else root.known_as


def _instead(about: str, here: Iterable[Voice | None], elsewhere: Sequence[str]) -> str:
    """What to give: the name it is known by, the report in which it speaks, a name that is nearly the same."""
    shown = [root for root in here if root is not None and not root.protected]
    known = next((root.canonical for root in shown if about == root.name and root.canonical), "")
    if known:
        return f"that voice is known as {known}: give this name"
    if elsewhere:
        return f"it is called so in {', '.join(elsewhere)}"
    names = {name.casefold(): root.known_as for root in shown for name in (root.name, root.known_as)}
    near = get_close_matches(about.casefold(), sorted(names), n=3, cutoff=0.6)
    if near:
        return (
            f"did you mean {' or '.join(dict.fromkeys(names[one] for one in near))}? Give it exactly as it is written"
        )
    return "give a name as cenotaph roots shows it, or the id of a claim"


def _told(report: Report) -> str:
    return report.name or report.outlet or report.id
