"""Where reports come from: files of many kinds and folders of them, addresses, text on standard input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cenotaph.intake import Captured
from cenotaph.sources import folder, paste, web
from cenotaph.sources.about import spoken_of
from cenotaph.sources.known import Known
from cenotaph.sources.opening import one_address_for_many
from cenotaph.sources.visits import Visits
from cenotaph.sources.watching import Watched
from cenotaph.vocabulary import Problem

__all__ = ["Known", "Visits", "Watched", "gather"]


def gather(
    argument: str, *, published: dt.date | None = None, outlet: str = "", url: str = "", language: str = "",
    about: str = "", stdin: BinaryIO | None = None, allow_private: bool = False, visits: Visits | None = None,
) -> Iterator[Captured | Problem]:  # fmt: skip
    """All things behind one argument: "-" (standard input), an address, a list of addresses, a file, a folder.

    What can't be had becomes a Problem in its place and stops nothing else. `visits` remembers which feeds were read
    how far, and which servers want to be left alone. `about` is what a note, transcript or translation speaks of: the
    id of a report, or a file of a picture or recording, which is kept beside it.
    """
    known, path = spoken_of(Known(outlet, url, language, published), about), Path(argument)
    if isinstance(known, Problem):
        yield known
    elif not argument.strip():
        yield Problem("not found", "an empty name; a file, a folder or an address is expected", settle="check the name")
    elif argument == "-":
        yield from paste.pasted(known, stdin)
    elif "://" in argument[:12]:
        yield from web.page(argument, known, allow_private=allow_private, visits=visits)
    elif url and (folder.is_folder(path) or web.is_list(path)):
        yield one_address_for_many(argument)
    elif web.is_list(path):
        yield from web.pages(path, known, allow_private=allow_private, visits=visits)
    else:
        yield from folder.files(path, known)
