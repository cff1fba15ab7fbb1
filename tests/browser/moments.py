"""Pages that show only after something was done, or that are there where a case is empty or a request is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import sqlalchemy as sa
from playwright.sync_api import FilePayload, Page, Response

from cenotaph.case.sheets import as_workbook, sheets_of
from cenotaph.desk import people, tables
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim
from tests.browser.addresses import SAMPLES, one, routes
from tests.browser.desks import Open, visiting
from tests.cli.sheeted import saved

Lead = Callable[[Page, Open], Response | None]
OTHER = "Another Reader"
"""Who decides in the other window."""
OURS = {"sec-fetch-site": "same-origin"}
UNKNOWN = b"Wann,Wo,Tote,Anmerkung\n2025-03-07,Baniyas,12,\n2025-03-08,Jableh,three or so,near the mill\n"
"""A sheet whose headings say nothing to the program, and a cell that is no number."""
SLOWEST = 120_000
"""Milliseconds until a decision is worked into all that follows from it, on a machine that others use too."""
TEXT = "Two people were killed in Jableh on 8 March 2025, the mayor said."


@dataclass(frozen=True)
class Moment:
    """What a person does until the page shows; with which status; at which desk: "own" may be decided at, "empty" has
    no reports. Of a modal window nothing but itself is reached by Tab.
    """

    lead: Lead
    status: int = 200
    desk: str = "own"
    modal: bool = False


# --- two windows ------------------------------------------------------------------------------------------------------


@contextmanager
def another_window(page: Page, open_: Open, who: str = OTHER) -> Iterator[Page]:
    """A browser of somebody else at the same desk."""
    assert page.context.browser is not None
    with visiting(page.context.browser, open_, who=who) as (context, _):
        yield context.new_page()


def counted(open_: Open) -> list[Claim]:
    """The claims with a plain figure."""
    return [claim for claim in open_.desk.case.claims() if claim.quantity.base and claim.quantity.upper is None]


def correction(claim: Claim, base: int) -> dict[str, str | float | bool]:
    """A form that corrects a claim's figure, as the small forms of pages do."""
    made = replace(claim, quantity=replace(claim.quantity, base=base))
    return {
        "verb": "correct", "about": claim.id, "claim:json": json.dumps(dump(made), ensure_ascii=False),
        "why": f"the list says {base}", "back": "/you",
    }  # fmt: skip


def merged(page: Page, open_: Open) -> Response | None:
    """The form of a claim stands open while somebody else corrects the same claim."""
    claim = counted(open_)[0]
    page.goto(f"/report/{claim.report}/correct/{claim.id}")
    base = (claim.quantity.base or 0) + 1
    with another_window(page, open_) as other:
        answer = other.context.request.post("/decide", form=correction(claim, base), headers=OURS)
        assert answer.ok, answer.text()
    page.fill("[name=base]", str(base + 100))
    return pressed(page, ".slot form button.main")


# --- sheets and files -------------------------------------------------------------------------------------------------


def added(page: Page, open_: Open) -> Response | None:
    """A text, a sheet, and a file with nothing in it, dropped at once."""
    files: list[FilePayload] = [
        {"name": "incidents.csv", "mimeType": "text/csv", "buffer": UNKNOWN},
        {"name": "nothing.txt", "mimeType": "text/plain", "buffer": b"  \n"},
    ]
    page.goto("/inbox")
    page.keyboard.press("+")
    page.set_input_files("#drop-files", files)
    page.fill("#drop-text", TEXT)
    return pressed(page, ".drop button.main")


def sheet_foreign(page: Page, open_: Open) -> Response | None:
    return page.goto(f"/inbox/sheet/{open_.app.state.waiting.keep(UNKNOWN, 'incidents.csv')}")


def sheet_returned(page: Page, open_: Open) -> Response | None:
    """An export of the case with one figure changed, and one cell in which nothing makes sense."""
    first, second = [claim for claim in open_.desk.case.claims() if claim.quantity.base and not claim.quantity.upper][
        :2
    ]
    book = as_workbook(sheets_of(open_.desk.case.state()), "A test", made=dt.datetime.now(dt.UTC))
    edits = {("claims", first.id, "base"): 41, ("claims", second.id, "base"): "some"}
    return page.goto(f"/inbox/sheet/{open_.app.state.waiting.keep(saved(book, edits), 'claims.xlsx')}")


# --- people -----------------------------------------------------------------------------------------------------------


def unmasked(address: Callable[[Open], str]) -> Lead:
    """A page as it is once the names of protected people were asked for."""

    def lead(page: Page, open_: Open) -> Response | None:
        page.goto("/people")
        page.click(".unmask summary")
        page.fill("#why-unmask", "to write to the family")
        pressed(page, ".unmask form button")
        return page.goto(address(open_))

    return lead


def _voice(open_: Open) -> str:
    """Of a person whom the machine protects."""
    return next(f"/people/voice/{voice.handle}" for voice in people.voices(open_.desk).lines if voice.masked)


def _names_somebody(open_: Open) -> str:
    """A report in whose text a protected person stands."""
    of = tables.voices.c
    handle = _voice(open_).rsplit("/", 1)[1]
    row = people.speaker_of(open_.desk, handle)
    assert row is not None
    return f"/report/{one(open_, sa.select(of.report).where(of.name == row['name']))}"


# --- refused ----------------------------------------------------------------------------------------------------------


def nothing_dropped(page: Page, open_: Open) -> Response | None:
    page.goto("/inbox")
    page.keyboard.press("+")
    return pressed(page, ".drop button.main")


def shut_out(page: Page, open_: Open) -> Response | None:
    """The visit is over."""
    page.context.clear_cookies()
    return page.goto("/inbox")


# --- all of them ------------------------------------------------------------------------------------------------------


def pressed(page: Page, selector: str) -> Response | None:
    """What a press leads to."""
    with page.expect_navigation(timeout=SLOWEST) as told:
        page.click(selector)
    return told.value


def at(address: str | Callable[[Open], str]) -> Lead:
    return lambda page, open_: page.goto(address if isinstance(address, str) else address(open_))


def link_made(page: Page, open_: Open) -> Response | None:
    page.goto("/you")
    return pressed(page, "form[action='/you/link'] button")


def keys_listed(page: Page, open_: Open) -> Response | None:
    answer = page.goto("/inbox")
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()
    return answer


MOMENTS: Mapping[str, Moment] = {
    "two decided at once": Moment(merged, 409),
    "files were added": Moment(added),
    "a sheet of others": Moment(sheet_foreign),
    "a sheet of ours came back": Moment(sheet_returned),
    "unmasked: people": Moment(unmasked(lambda open_: "/people")),
    "unmasked: a voice": Moment(unmasked(_voice)),
    "unmasked: a report": Moment(unmasked(_names_somebody)),
    "unmasked: its custody": Moment(unmasked(lambda open_: f"{_names_somebody(open_)}/custody")),
    "unmasked: an incident": Moment(unmasked(lambda open_: SAMPLES["/incidents/{name}"](open_)[1])),
    "unmasked: victims": Moment(unmasked(lambda open_: "/people/victims")),
    "a link was made": Moment(link_made),
    "the keys": Moment(keys_listed, modal=True),
    "not there": Moment(at("/report/report:0000000000000000"), 404),
    "no number": Moment(at("/inbox?from=many"), 422),
    "nothing dropped": Moment(nothing_dropped, 422),
    "masked, so not given": Moment(at(lambda open_: f"{_names_somebody(open_)}/raw"), 403),
    "shut out": Moment(shut_out, 401),
    **{
        f"an empty case: {address}": Moment(at(address), desk="empty")
        for address in [*(route for route in routes() if "{" not in route), "/search?q=x", "/search?view=map"]
        if address not in ("/api", "/closed", "/you", "/roots/alias")
    },
}  # fmt: skip
