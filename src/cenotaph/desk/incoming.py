"""Reports and sheets that a person drops on the inbox: taken in as `cenotaph add` and `cenotaph import` would."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from cenotaph.case import Added
from cenotaph.case.foreign import Sighted, is_ours, sighted, taken
from cenotaph.case.returned import Returned, compared_with, ids_in, sheets_in
from cenotaph.desk import Desk
from cenotaph.desk.returning import Parts
from cenotaph.desk.taking import take
from cenotaph.intake import Captured
from cenotaph.plain import canonical
from cenotaph.sources import gather
from cenotaph.sources.opening import SHEETS
from cenotaph.vocabulary import Decision, Problem

__all__ = [
    "Given",
    "Ours",
    "Waiting",
    "is_sheet_name",
    "look",
    "safe_name",
    "take_files",
    "take_returned",
    "take_sheet",
]

MOST_WAITING = 50
"""Sheets that wait for a person to say what their columns mean; the oldest goes when one more comes."""
_NAME = re.compile(r"[\x00-\x1f\x7f/\\:]+")
LONGEST_NAME = 200
"""Bytes of a name, with room for what a store puts before and behind it; file systems take 255."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the person says of all that was dropped together; it wins over what the files say of themselves."""

    published: dt.date | None = None
    outlet: str = ""
    url: str = ""


def safe_name(name: str) -> str:
    """The name of a dropped file as a name in our own folder, and nowhere else.

    >>> safe_name("../../etc/passwd"), safe_name(""), safe_name("list.csv")
    ('.._.._etc_passwd', 'file', 'list.csv')
    """
    bare = _NAME.sub("_", name).strip()
    bare = bare.encode("utf-8", "replace")[-LONGEST_NAME:].decode("utf-8", "ignore")  # a disk counts bytes
    return bare if bare.strip("._ ") else "file"


def take_files(desk: Desk, paths: Sequence[Path], given: Given, who: str) -> list[Added]:
    """Takes files in; one that can't be read is an Added with a Problem, and stops no other."""
    return list(desk.case.add(_gathered(paths, given), who=who))


def _gathered(paths: Iterable[Path], given: Given) -> Iterator[Captured | Problem]:
    """What the files hold; custody tells of the name that was dropped, not of the folder where it lay for a moment."""
    for path in paths:
        for one in gather(str(path), published=given.published, outlet=given.outlet, url=given.url):
            if isinstance(one, Captured):
                yield replace(one, original=one.original.replace(str(path), path.name), how="dropped on the desk")
            else:
                yield replace(one, what=one.what.replace(str(path), path.name))


# --- sheets -----------------------------------------------------------------------------------------------------------


@dataclass
class Waiting:
    """Sheets that were dropped and not taken yet, in a folder of this server's own that goes with it."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="cenotaph-desk-")))
    held: dict[str, str] = field(default_factory=dict)

    def keep(self, content: bytes, name: str) -> str:
        """A handle for a sheet."""
        while len(self.held) >= MOST_WAITING:
            self.drop(next(iter(self.held)))
        handle = secrets.token_hex(8)
        (self.folder / handle).write_bytes(content)
        self.held[handle] = name
        return handle

    def content(self, handle: str) -> tuple[bytes, str]:
        """Raises LookupError for a sheet that does not wait any more."""
        if handle not in self.held:
            raise LookupError(f"no sheet waits under {handle!r}")
        return (self.folder / handle).read_bytes(), self.held[handle]

    def drop(self, handle: str) -> None:
        self.held.pop(handle, None)
        (self.folder / handle).unlink(missing_ok=True) if handle.isalnum() else None

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def is_sheet_name(name: str) -> bool:
    return name.lower().endswith(SHEETS)


@dataclass(frozen=True, slots=True)
class Ours(Returned):
    """What a changed export of ours asks for; `held` is what it was compared with."""

    held: Parts

    @property
    def mark(self) -> str:
        """Changes with anything that it asks for, and with anything that can't be placed: by it one sees whether a
        person who takes it saw it so.
        """
        told = [[one.decision.verb, one.decision.about, one.decision.details, one.decision.why] for one in self.asked]
        return sha256(
            canonical([told, [one.what for one in self.problems]]).encode("utf-8", "surrogatepass")
        ).hexdigest()


def look(
    desk: Desk, content: bytes, name: str, *, who: str, owner: str = "", changes: Mapping[str, str] | None = None
) -> Ours | list[Sighted]:
    """What a sheet would do: decisions of a changed export of ours, or what the columns of another's mean."""
    if not is_ours(content, name):
        return sighted(desk.case, content, name, owner=owner, changes=changes)
    sheets = sheets_in(content, name)
    held = Parts(desk, ids_in(sheets), who)
    found = compared_with(held, sheets, name, who=who, when=dt.datetime.now(dt.UTC))
    return Ours(found.asked, found.problems, found.notes, held)


def take_returned(desk: Desk, found: Ours, why: str) -> list[Decision]:
    """The decisions that it asks for, written: all or none; `why` is the reason of rows that give none. Raises
    CaseError without one, Refused, and Moved where somebody decided on the same thing since the look.
    """
    asked = [one.decision if one.decision.why else replace(one.decision, why=why.strip()) for one in found.asked]
    return take(desk, asked, found.held)


def take_sheet(desk: Desk, found: Sequence[Sighted], content: bytes, name: str, who: str) -> list[Added]:
    """Takes the sheets of a file that say something as evidence; what their columns mean goes into case.toml."""
    captured = taken(desk.case, found, content, name)
    desk.reopen()
    return list(desk.case.add(captured, who=who))
