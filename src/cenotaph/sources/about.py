"""What a person's note, transcript or translation speaks of: a report of the case, or a picture, video or recording."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from cenotaph.sources import folder
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["spoken_of"]


def spoken_of(known: Known, about: str) -> Known | Problem:
    """What is known of the note, with what it is about: a report's id as it is, a file with its bytes.

    >>> spoken_of(Known(), "report:0123456789abcdef").about
    'report:0123456789abcdef'
    """
    if not about or about.startswith("report:"):
        return replace(known, about=about)
    content = folder.content_of(Path(about), about[:100])
    if isinstance(content, Problem):
        return content
    return replace(known, about=f"file:{hashlib.sha256(content).hexdigest()}", shown=(content,))
