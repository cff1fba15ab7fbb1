"""Where reports come from: files of many kinds and folders of them, addresses, text on standard input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cenotaph.intake import Captured
from cenotaph.sources import folder, paste, web
from cenotaph.sources.known import Known
from cenotaph.sources.opening import one_address_for_many
from cenotaph.vocabulary import Problem

__all__ = ["Known", "gather"]


def gather(
    argument: str, *, published: dt.date | None = None, outlet: str = "", url: str = "", language: str = "",
    stdin: BinaryIO | None = None, allow_private: bool = False,
) -> Iterator[Captured | Problem]:  # fmt: skip
    """All things behind one argument: "-" (standard input), an address, a list of addresses, a file, a folder.

    What can't be had becomes a Problem in its place and stops nothing else.
    """
    known, path = Known(outlet, url, language, published), Path(argument)
    if not argument.strip():
        yield Problem("not found", "an empty name; a file, a folder or an address is expected", settle="check the name")
    elif argument == "-":
        yield from paste.pasted(known, stdin)
    elif "://" in argument[:12]:
        yield from web.page(argument, known, allow_private=allow_private)
    elif url and (folder.is_folder(path) or web.is_list(path)):
        yield one_address_for_many(argument)
    elif web.is_list(path):
        yield from web.pages(path, known, allow_private=allow_private)
    else:
        yield from folder.files(path, known)
