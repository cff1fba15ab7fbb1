"""Examples in the OpenAPI document: values of the types that they are examples of, so that neither can drift."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cenotaph.plain import dump
from cenotaph.vocabulary import Decision
from cenotaph.web.api import answers as told

__all__ = [
    "ANSWERS", "CASE", "CELLS", "CLAIMS", "DECISIONS", "JOURNAL", "NEW_CLAIM", "NEW_REPORTS", "ON_CLAIMS",
    "ON_INCIDENTS", "ON_PEOPLE", "ON_REQUESTS", "REPORTS", "REQUESTS", "SHEET", "TRIAGE", "UNDO", "VOICES",
]  # fmt: skip

_STATES = {"new": 3, "nothing new": 4, "relevant": 1, "read": 2}
CASE: Any = dump(told.CaseNow("Coast, March 2025", "A Reader", 10, _STATES, 64, 12, 3, 9, 2, 7, 5, 15, False))

_SAID = told.Said(False, "Syrian Observatory for Human Rights", True, "1,383", 1383, "killed", "civilian",
                  "incident:53b1f2a0c94d7e61")  # fmt: skip
REPORTS: Any = dump(told.Reports((
    told.ReportLine(
        "report:9c0e7a52f1b3d846", "bulletin-07.txt", "Example Wire", "Toll on the coast rises", "", "en", "2025-03-12",
        "2025-03-12T08:00:00+00:00", "", 0, 212, "", 212, 3, 1, 0, 0, 0, "new", (_SAID,),
        "Toll on the coast rises",
    ),), 0, 1,
))  # fmt: skip

CLAIMS: Any = dump(told.Claims((
    told.ClaimLine(
        "claim:5b8e02d7f4a19c36", "report:9c0e7a52f1b3d846", "incident:53b1f2a0c94d7e61", "killed", "civilian",
        "civilians", "at least 12", 12, None, "Syrian Observatory for Human Rights", True, "Baniyas", "2025-03-07",
        "2025-03-07", "2025-03-08", "asserts", "event", 0, True, "2025-03-08", "Example Wire",
    ),), 0, 1, False,
))  # fmt: skip

DECISIONS: Any = dump(told.Decisions((
    told.Asked("accept", "claim:5b8e02d7f4a19c36", "the words say so", seen=""),
    told.Asked("protect", "Rana Example", "a witness who did not consent", details={"also": ["R. Example"]}),
)))  # fmt: skip

TRIAGE: Any = dump(told.Triage("nothing new", "repeats the bulletin of 8 March", ("report:9c0e7a52f1b3d846",)))

NEW_REPORTS: Any = dump(told.NewReports((
    told.NewReport(
        "At least 12 civilians were killed in Baniyas on Friday.", "note.txt", "Example Wire",
        published=dt.date(2025, 3, 8),
    ),
)))  # fmt: skip

# --- one for each kind of decision ------------------------------------------------------------------------------------

_ONE, _OTHER, _INCIDENT = "claim:5b8e02d7f4a19c36", "claim:0d4c97ab21e83f65", "incident:53b1f2a0c94d7e61"
_THIRD, _MADE = "claim:93f0be6d2715c8a4", "decision:7a1f3c5e9b2d4068"


def _decisions(*some: told.Asked) -> Any:
    return dump(told.Decisions(some))


ON_CLAIMS: Any = _decisions(
    told.Asked("reject", "claim:c41d7e90ab35f268", "it speaks of another war"),
    told.Asked("must-link", _ONE, "the same shelling", details={"with": _OTHER, "as": "incident"}),
    told.Asked("cannot-link", _ONE, "two days, two places", details={"with": _THIRD, "as": "incident"}),
    told.Asked("must-link", "listed:31c0ffee12ab90de", "the family says so",
               details={"with": "listed:99aa00bb11cc22dd", "as": "same person"}),
)  # fmt: skip

ON_INCIDENTS: Any = _decisions(
    told.Asked("assess", _INCIDENT, "two lists agree", details={
        "harm": "killed", "cells": [{"low": 4, "high": 6, "status": "civilian"}], "relied": [_ONE],
        "set_aside": [_OTHER], "level": "documented", "standing": "provisional", "residual": False,
    }),
    told.Asked("sign off", "assessment:1b2c3d4e5f607182", "read again from the first words"),
    told.Asked("withdraw", "assessment:1b2c3d4e5f607182", "the list was taken back"),
    told.Asked("grade", _INCIDENT, "three roots, one of them there", details={"information": "2", "word": "fair"}),
)  # fmt: skip

ON_PEOPLE: Any = _decisions(
    told.Asked("protect", "~4f0a9c1e7d2b6385", "a witness", details={"also": ["R. Example"], "consent": ["keep"]}),
    told.Asked("alias", "the network", "it signs so", details={"canonical": "Example Network"}),
    told.Asked("relate", "Example Network", "both count from one list",
               details={"with": "Example Centre", "independence": "dependent"}),
    told.Asked("grade", "Example Network", "its lists were checked", details={"source": "B"}),
    told.Asked("place", "Harbour", "the quarter of Tartus", details={"place": "geonames:163345"}),
)  # fmt: skip

ON_REQUESTS: Any = _decisions(
    told.Asked("request", _INCIDENT, "a letter of 2 April", details={
        "kind": "objection", "from": "family", "by": "A Son", "asked": "he was no fighter", "contact": "by the lawyer",
    }),
    told.Asked("answer a request", _MADE, "the list says so too",
               details={"decision": "granted", "answer": "It is corrected."}, seen=""),
)  # fmt: skip

UNDO: Any = _decisions(told.Asked("undo", _MADE, "it was another Baniyas"))

ANSWERS: Any = dump(told.Answers("agree", ("problem:2f6b8d0c4e1a9375",), "the same mill, the same night"))

CELLS: Any = dump(told.CellsChanged({"base": "13", "place_name": "Jableh"}, "the second sentence corrects it", ""))

NEW_CLAIM: Any = dump(told.NewClaim(
    48, 52, {"harm": "injured", "comparator": "exact", "base": "9", "group": "people", "voices:1:name": "the mayor"},
    "the machine did not read the caption",
))  # fmt: skip

SHEET: Any = dump(told.SheetAsked("take", "Example Network", {"Number": "killed", "Remarks": ""}, "checked by phone"))

_WHEN = dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)
_DECISION = Decision("A Reader", _WHEN, "accept", _ONE, "the words say so")
JOURNAL: Any = dump(told.Journal((
    told.JournalLine(_DECISION.id, "decision", _WHEN.isoformat(), "A Reader", _ONE, "the words say so", _DECISION, ""),
    told.JournalLine("9d1c", "capture", _WHEN.isoformat(), "A Reader", "report:9c0e7a52f1b3d846", "", None, ""),
), 0, 2))  # fmt: skip

VOICES: Any = dump(told.Voices((
    told.VoiceLine(
        "4f0a9c1e7d2b6385", "[protected]", "", "person", "witness", 2, "report:9c0e7a52f1b3d846", "words", "", (), True,
        "", "",
    ),), 0, 1, {"person": 1}, 1,
))  # fmt: skip

REQUESTS: Any = dump(told.Requests((
    told.RequestLine(
        _MADE, "objection", "family", "[protected]", "[protected]", "he was no fighter", _INCIDENT,
        "a letter of 2 April", "A Reader", _WHEN.isoformat(), "", "", "", "", "", "",
    ),), 0, 1, 1,
))  # fmt: skip
