"""The verbs of a decision as the document tells of them: what each is about, and what its details hold.

Codes are taken from where they are checked, so that the document names no word that is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from cenotaph.case.decisions import AS, INDEPENDENCE, TRIAGE
from cenotaph.case.requests import ANSWERS, ASKERS, KINDS
from cenotaph.desk.assessing import FACETS, STANDINGS
from cenotaph.publish.hidden import PURPOSES
from cenotaph.reconcile.grades import INFORMATION, SOURCES, WORDS
from cenotaph.vocabulary import Level

__all__ = ["ALL", "of_decisions"]


def _codes(some: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in some)


_LINK = (
    f"a claim; `with` is the other one, `as` what both are of: {_codes(AS)} (`incident` unless given; for"
    f" `{AS[-1]}` both are rows of lists of persons)"
)

ALL: Mapping[str, str] = {
    "accept": "a claim, which is right as it stands",
    "reject": "a claim, which counts for nothing from then on",
    "correct": "a claim; `claim` is the whole of it as it should be. `/api/v1/claims/{claim}/cells` needs less",
    "add": "a claim that is not there yet, whole under `claim`. `/api/v1/reports/{report}/claims` needs less",
    "triage": f"a report; `as` is {_codes(TRIAGE)}",
    "must-link": _LINK,
    "cannot-link": "as `must-link`, to keep the two apart",
    "alias": "a name under which somebody answers for a figure, or one claim; `canonical` is whose voice it is, and"
             " `report` beside it limits the name to one report",
    "relate": f"a root; `with` is another one, `independence` {_codes(INDEPENDENCE)}",
    "protect": "a person by name, or by `~` and the handle of a voice; `also` is a list of other spellings, `consent`"
               f" of what they agree to: {_codes(PURPOSES)}",
    "place": "a name as reports write it; `place` is the id of the place that it means, or `lat`, `lon`, `inside` and"
             " `precision` (1 exact to 6 a country) tell of one that nothing lists",
    "grade": f"a voice, a root or an incident; `source` is {_codes(SOURCES)}, `information` {_codes(INFORMATION)},"
             f" `word` {_codes(WORDS)}; one of them is enough",
    "assess": "an incident, or with `residual` true an episode; `harm` is a code, `cells` a list of `low` and `high`"
              f" (null where it is open) and of what tells one from another ({_codes(FACETS)}), `relied` and"
              f" `set_aside` ids of claims, `level` {_codes(get_args(Level))}, `standing` {_codes(STANDINGS)}",
    "sign off": "an assessment, by a second person",
    "withdraw": "an assessment, or a claim that its own source took back",
    "request": f"a report, an incident, or what is asked about in words; `kind` is {_codes(KINDS)}, `from`"
               f" {_codes(ASKERS)}, `by` who asks, `asked` what for, `contact` how to reach them",
    "answer a request": f"the decision by which it was written down; `decision` is {_codes(ANSWERS)}, `answer` what"
                        " they are told",
    "settle": "a problem, which may stand as it is. `/api/v1/answers` takes many at once, and takes what they propose",
    "undo": "a decision, which is taken back; both stay in the journal",
}  # fmt: skip
"""By verb, what it is about and what its details are. Showing who is protected is for people at the desk alone."""


def of_decisions() -> str:
    """What the operation says that writes decisions."""
    lines = [f"- `{verb}`: {about}." for verb, about in ALL.items()]
    says = (
        "Writes decisions as if they were taken one after the other: all of them, or none where one can't stand. By"
        " verb, what a decision is about, and its details:"
    )
    return "\n".join([says, "", *lines])
