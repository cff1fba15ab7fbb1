"""The form of a claim as it stands: what was typed, what is wrong with it, what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.desk.adding import Proposed
from cenotaph.desk.report_correct import codes
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_who import MOST, PARTIES, ROOT, VOICES, Rows, blank_party, blank_voice, who_codes
from cenotaph.desk.report_words import AT
from cenotaph.publish.columns import columns
from cenotaph.vocabulary import Entry
from cenotaph.web.texts import Texts
from cenotaph.web.wrong import in_words

__all__ = ["Form", "Typed", "root_of", "rows_of"]

Typed = Mapping[str, str]

FIRST = (
    ("quantity", ("words", "comparator", "base", "upper", "fraction", "unit")),
    ("group", ("group", "status", "identity", "sex", "age")),
    ("place", ("place", "place_name")),
    ("period", ("period", "start_day", "end_day", "period_of")),
    ("reach", ("stance", "reach", "said", "as_of")),
)
"""The fields that most corrections are about, by the field of a claim that they make; the rest is one step away."""
MORE = ("affiliation", "means", "means_code", "cause", "direct", "place_of", "place_precision", "path", "lat", "lon",
        "day_precision", "level", "relation", "relation_to")  # fmt: skip
MORE_OF_ADDED = ("affiliation", "place_of", "place_precision", "path", "day_precision", "level")
ALWAYS = ("comparator", "stance", "reach", "level")
"""Coded columns that are never empty."""
LABELS = {"relation": "tie", "place_precision": "precision", "means_code": "means", "direct": "yes"}
"""Where the word for a code stands in the texts, when not under the column's own name."""
TAKEN = ("group", "place", "period", "means")
"""Columns for which words can be selected in the text."""


@dataclass(frozen=True)
class Form:
    """`claim_id` is "" for a new claim; `cells` are its columns, `parties` and `voices` rows of cells (report_who)."""

    claim_id: str
    action: str
    cells: Mapping[str, str]
    why: str
    seen: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""
    places: Sequence[Entry] = ()
    beside: Sequence[tuple[str, int, str]] = ()
    proposed: Proposed | None = None
    parties: Rows = field(default_factory=list)
    voices: Rows = field(default_factory=list)
    root: str = "0"
    words: str = ""
    many: int = 0
    kept: Typed = field(default_factory=dict)

    @property
    def first(self) -> Sequence[tuple[str, Sequence[str]]]:
        return FIRST if self.claim_id else [(name, [one for one in some if one != "words"]) for name, some in FIRST]

    @property
    def more(self) -> Sequence[str]:
        return MORE if self.claim_id else MORE_OF_ADDED

    def kind(self, name: str) -> str:
        return str(columns("claims")[name].kind)

    def codes(self, name: str) -> Sequence[str]:
        return ("true", "false") if self.kind(name) == "yes" else [str(one) for one in codes(name)]

    def who_codes(self, name: str) -> Sequence[str]:
        return who_codes(name)

    def section(self, name: str) -> str:
        return LABELS.get(name, name)

    def label(self, name: str, code: str) -> str:
        return f"p{code}" if name in ("place_precision", "day_precision") else code

    def always(self, name: str) -> bool:
        return name in ALWAYS

    def taken(self, name: str) -> bool:
        return name in TAKEN

    def line(self, name: str, words: Texts) -> tuple[str, str]:
        """Why a field can't be so, and in which language that is."""
        return in_words(self.wrong[name], words, self.many)

    def wrong_in(self, of: str) -> bool:
        """Whether anything is wrong with the row that a form offers for one more."""
        return any(name.startswith(of) for name in self.wrong)

    def harms(self) -> tuple[str, str]:
        """The first harm, and the others that it may be instead."""
        first, _, rest = self.cells.get("harm", "").partition(" or ")
        return first, rest


def rows_of(of: str, shown: Rows, typed: Typed | None) -> Rows:
    """The rows of a form: those of the claim, as they were typed; and one, or as many as were asked for, to be filled.

    Each knows its number, and whether it is `new`.
    """
    names, first, blank = (
        (PARTIES, "words", blank_party()) if of == "parties" else (VOICES, "name", blank_voice(len(shown) + 1))
    )
    rows = [{**one, AT: "", "new": ""} for one in shown]
    for at in range(1, MOST + 1) if typed else ():
        if typed is None or f"{of}:{at}:{first}" not in typed:
            break
        now = {name: safe_signs(typed.get(f"{of}:{at}:{name}", "")) for name in names}
        now[AT] = safe_signs(typed.get(f"{AT}{of}:{at}:{first}", ""))
        rows[at - 1 : at] = [{**now, "new": "" if at <= len(shown) else "1"}]
    asked = typed is not None and typed.get("lookup") == of
    if len(rows) == len(shown) or rows[-1][first] or asked:
        rows.append({**blank, AT: "", "new": "1", **({"place": str(len(rows) + 1)} if "place" in blank else {})})
    return [{**one, "n": str(at)} for at, one in enumerate(rows[:MOST], 1)]


def root_of(shown: Sequence[bool], typed: Typed | None) -> str:
    """The number of the row that answers for the figure, "0" for none."""
    if typed and ROOT in typed:
        return typed[ROOT]
    return next((str(at) for at, is_root in enumerate(shown, 1) if is_root), "0")
