"""A case of our own with what a report's page must bear: versions, pictures, hostile words, astral letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk
from tests.web.small import captured

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
FILE = b"%PDF-1.4 a list of names"
ADDRESS = "https://example.org/a?b=1"
HOSTILE = (
    "<script>alert(1)</script> said 12 people were killed in Baniyas on Friday.\n"
    "\"><img src=x onerror=alert(2)> \u202eSalim\u202c {{ 7*7 }} ' style=x\n"
)
ENGLISH = (
    "At least 12 civilians were killed by shelling in Baniyas on Friday, "
    "the Syrian Observatory for Human Rights said.\n"
    "Four women were killed in the same attack. Salim Haddad, a resident, said nine people were wounded.\n"
)
ARABIC = "قال المرصد السوري لحقوق الإنسان إن 7 مدنيين قتلوا في جبلة يوم السبت.\nوشوهدت ثلاث سيارات.\n"
ASTRAL = "𝟘𝕒😀 In Baniyas 😀 the mayor said that 33 men were killed on Friday.\n"
KURDISH = "Li Baniyasê 41 kes hatin kuştin.\n"


def make_reported(folder: Path) -> Path:
    """The case, built and filled; the first address was captured twice."""
    case = Case.create(folder, settings=Settings(title="Reported", countries=("SY",)))
    first = captured(ENGLISH, "Example Wire", "2025-03-08", "1.txt", title="Shelling in Baniyas", url=ADDRESS)
    later = replace(first, content=ENGLISH.replace("Four women", "Five women").encode(), name="2.txt")
    given = [
        first, replace(later, captured=later.captured + dt.timedelta(days=1)),
        captured(HOSTILE, "<b>Post</b>", "2025-03-08", "3.txt", title="<i>12</i>", url="javascript:alert(3)"),
        captured(ARABIC, "مثال", "2025-03-09", "4.txt"),
        replace(captured(ASTRAL, "Example Daily", "2025-03-09", "5.txt"), attachments=(PNG, FILE)),
        replace(captured(KURDISH, "Mînak", "2025-03-09", "6.txt"), language="ku"),
        captured("Rain fell on the coast. Nobody was hurt.\n", "Example Weather", "2025-03-09", "7.txt"),
    ]  # fmt: skip
    for one in given:
        list(case.add([one], who="A Reader"))
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


def report_of(desk: Desk, outlet: str) -> str:
    """The id of the newest report of an outlet."""
    return [one.id for one in desk.case.reports() if one.outlet == outlet][-1]
