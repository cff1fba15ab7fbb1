"""What a person says of the things that come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from cenotaph.intake import Captured

__all__ = ["Beside", "Known"]

Beside = Callable[[str], bytes | None]
"""Gives the bytes of a file of an export by the path that the export has for it; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Known:
    """Said by a person, so that it wins over what the things say of themselves.

    `about` is what a note, transcript or translation speaks of: the id of a report, or file: and the hash of the
    picture or recording whose bytes are `shown` and kept beside it.
    """

    outlet: str = ""
    url: str = ""
    language: str = ""
    published: dt.date | None = None
    about: str = ""
    shown: tuple[bytes, ...] = ()

    def captured(
        self, content: bytes, kind: str, name: str, *, how: str, original: str, url: str = "", encoding: str = "",
        attachments: tuple[bytes, ...] = (),
    ) -> Captured:  # fmt: skip
        """A capture made now, with what is known of it."""
        return Captured(
            content, kind, name, how, original, dt.datetime.now(dt.UTC), url=self.url or url, outlet=self.outlet,
            published=self.published, language=self.language, encoding=encoding,
            attachments=(*self.shown, *attachments), about=self.about,
        )  # fmt: skip
