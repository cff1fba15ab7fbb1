"""Where reports come from: a folder or file, an address or a list of them, text on standard input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cenotaph.intake import Captured
from cenotaph.vocabulary import Problem

__all__ = ["Known", "gather"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a person says of the things that come in; it wins over what they say of themselves."""

    outlet: str = ""
    url: str = ""
    language: str = ""
    published: dt.date | None = None


def gather(
    argument: str, *, outlet: str = "", url: str = "", language: str = "", published: dt.date | None = None,
    stdin: BinaryIO | None = None, allow_private: bool = False,
) -> Iterator[Captured | Problem]:  # fmt: skip
    """All things behind one argument: "-" (standard input), an address, a list of addresses, a file, a folder.

    What can't be had becomes a Problem in its place and stops nothing else.
    """
    from cenotaph.sources import folder, paste, web

    known = Known(outlet, url, language, published)
    if argument == "-":
        yield from paste.pasted(known, stdin)
    elif "://" in argument[:12]:
        yield web.page(argument, known, allow_private=allow_private)
    elif web.is_list(Path(argument)):
        yield from web.pages(Path(argument), known, allow_private=allow_private)
    else:
        yield from folder.files(Path(argument), known)
