"""Words of a draft that tell which day its figure is of: handed in, since each language has its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cenotaph.vocabulary import Claim

__all__ = ["Wording"]


@dataclass(frozen=True, slots=True)
class Wording:
    """`now`: that a figure is the newest. `up_to`: before a day, that it is the day of a record and no day of harm.

    >>> wording = Wording.of({"now": [{"language": "en", "words": ["so far"]}]})
    >>> bool(wording.now.search("so far 745 were killed")), bool(wording.now.search("so farther on, 745"))
    (True, False)
    """

    now: re.Pattern[str]
    up_to: re.Pattern[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Wording:
        """From the tables of codes/drafts.toml, of all languages: a draft may quote another than its own."""
        now, up_to = (
            _any_of(word for one in table.get(kind, ()) for word in one["words"]) for kind in ("now", "up_to")
        )
        return cls(re.compile(rf"{now}(?!\w)", re.IGNORECASE), re.compile(rf"{up_to}\s*$", re.IGNORECASE))

    def speaks_of_now(self, draft: Claim) -> bool:
        return bool(self.now.search(draft.quote))

    def is_of_record(self, draft: Claim) -> bool:
        """Whether the words right before the draft's day make it the day up to which a record counts."""
        starts = [where.start for name, where in draft.evidence if name == "period"]
        return bool(starts) and bool(self.up_to.search(draft.quote[: max(0, min(starts) - draft.start)]))


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these, as whole words; of none it matches nothing."""
    found = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return rf"(?<!\w)(?:{found})" if found else r"(?!)"
