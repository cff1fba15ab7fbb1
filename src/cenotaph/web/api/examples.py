"""Examples in the OpenAPI document: values of the types that they are examples of, so that neither can drift."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cenotaph.plain import dump
from cenotaph.web.api import answers as told

__all__ = ["CASE", "CLAIMS", "DECISIONS", "NEW_REPORTS", "REPORTS", "TRIAGE"]

_STATES = {"new": 3, "nothing new": 4, "relevant": 1, "read": 2}
CASE: Any = dump(told.CaseNow("Coast, March 2025", "A Reader", 10, _STATES, 64, 12, 3, 9, 2, 7, 5, 15, False))

_SAID = told.Said(False, "Syrian Observatory for Human Rights", True, "1,383", 1383, "killed", "civilian",
                  "incident:53b1f2a0c94d7e61")  # fmt: skip
REPORTS: Any = dump(told.Reports((
    told.ReportLine(
        "report:9c0e7a52f1b3d846", "bulletin-07.txt", "Example Wire", "Toll on the coast rises", "", "en", "2025-03-12",
        "2025-03-12T08:00:00+00:00", "", 0, 212, "", 212, 3, 1, 0, 0, 0, "new", (_SAID,),
    ),), 0, 1,
))  # fmt: skip

CLAIMS: Any = dump(told.Claims((
    told.ClaimLine(
        "claim:5b8e02d7f4a19c36", "report:9c0e7a52f1b3d846", "incident:53b1f2a0c94d7e61", "killed", "civilian",
        "civilians", "at least 12", 12, None, "Syrian Observatory for Human Rights", True, "Baniyas", "2025-03-07",
        "2025-03-07", "2025-03-08", "asserts", "event", 0, True, "2025-03-08", "Example Wire",
    ),), 0, 1,
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
