"""A case of five reports of our own, quick to build again: for tests that decide a great deal."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk
from cenotaph.intake import Captured
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys

OURS = {"sec-fetch-site": "same-origin"}
WHEN = dt.datetime(2025, 3, 10, 8, tzinfo=dt.UTC)

TEXTS = (
    ("Example Wire", "2025-03-08",
     "At least 12 civilians were killed by shelling in Baniyas on Friday, the Syrian Observatory for Human Rights said."
     "\n"
     "Four women were among them. Salim Example, a resident, said he saw nine bodies.\n"),
    ("Example Post", "2025-03-09",
     "The Syrian Observatory for Human Rights said 15 civilians were killed in Baniyas on Friday and 30 were wounded.\n"
     "The Syrian Network for Human Rights counted 18 dead in Baniyas on 7 March 2025. The government denied it.\n"),
    ("Example Daily", "2025-03-09", "Two people were killed in Jableh on 8 March 2025, the mayor said.\n"),
    ("مثال", "2025-03-09", "قال المرصد السوري لحقوق الإنسان إن 7 مدنيين قتلوا في جبلة يوم السبت.\n"),
    ("Example Copy", "2025-03-10", "Two people were killed in Jableh on 8 March 2025, the mayor said.\n"),
)  # fmt: skip


def captured(text: str | bytes, outlet: str = "", day: str = "", name: str = "report.txt", kind: str = "txt",
             title: str = "", url: str = "") -> Captured:  # fmt: skip
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    published = dt.date.fromisoformat(day) if day else None
    return Captured(content, kind, name, "folder", name, WHEN, url=url, outlet=outlet, published=published, title=title)


def make_small(folder: Path) -> Path:
    """The case, built and filled."""
    case = Case.create(folder, settings=Settings(title="Coast, small", countries=("SY",)))
    given = [captured(text, outlet, day, f"{at}.txt") for at, (outlet, day, text) in enumerate(TEXTS, 1)]
    list(case.add(given, who="A Reader"))
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


def copy_of(folder: Path, place: Path) -> Desk:
    shutil.copytree(folder, place)
    return Desk(place)


def windows(desk: Desk, *people: str, follow: bool = False) -> list[TestClient]:
    """Browsers at one desk, each of another person."""
    keys = Keys()
    app = make_app(desk, who=people[0], keys=keys)
    found = []
    for who in people:
        client = TestClient(app, headers=OURS, follow_redirects=follow)
        client.get(f"/enter?key={keys.another_link()}")
        client.post("/you", data={"who": who})
        found.append(client)
    return found
