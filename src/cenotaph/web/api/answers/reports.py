"""Reports: the inbox, one with all that was read in it, its versions and its custody."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.vocabulary import Answer, Report
from cenotaph.web.api.answers.claims import OneClaim
from cenotaph.web.api.answers.problems import OneProblem


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a report repeats, or says first (`fresh`): whose it is, in which words, at least how many."""

    fresh: bool
    root: str
    named: bool
    words: str
    low: int
    harm: str
    status: str
    incident: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the inbox. `copy_of` is the report whose words it has for the most part, `own_words` how many words
    are its own; `read_once` and `read_twice` count its claims; `head` is what it is called where one line tells of it.
    """

    id: str
    name: str
    outlet: str
    title: str
    url: str
    language: str
    published: str
    captured: str
    version_of: str
    attachments: int
    words: int
    copy_of: str
    own_words: int
    claims: int
    fresh: int
    unclear: int
    read_once: int
    read_twice: int
    state: str
    says: tuple[Said, ...]
    head: str


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports, from `first` on, of how many."""

    items: tuple[ReportLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of an address that showed other words than the one before."""

    report: str
    at: str
    again: bool


@dataclass(frozen=True, slots=True)
class Custody:
    """Who brought the bytes in, when, how, from where; their number and SHA-256; the row of the journal."""

    at: str
    who: str
    how: str
    original: str
    size: int
    bytes: str
    row: str


@dataclass(frozen=True, slots=True)
class Custodies:
    """Each time that the words of a report came in, oldest first."""

    items: tuple[Custody, ...]


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """A sentence that was `added`, `taken out` or `changed`; `before` is "" for one added, `after` for one gone."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionStep:
    """From one version of an address to the next, captured at these instants. `read` is false where one of the two was
    not read yet: nobody knows whom it protects, so no words are told. `to_look_at` of the `claims` stand in sentences
    that changed; `again` tells that the address went back to words it had shown before.
    """

    before: str
    after: str
    captured: tuple[str, str]
    read: bool
    again: bool
    changes: tuple[WordsChanged, ...]
    to_look_at: int
    claims: int


@dataclass(frozen=True, slots=True)
class Versions:
    """What an address showed each time that it was captured: oldest first."""

    items: tuple[Version, ...]
    steps: tuple[VersionStep, ...]


@dataclass(frozen=True, slots=True)
class CopiedReport:
    """A report beside another: so many of its `claims` have words of the other; `most` of its whole text is the
    other's, or not. `claim` is the first of them.
    """

    report: str
    title: str
    outlet: str
    published: str
    claims: int
    most: bool
    claim: str


@dataclass(frozen=True, slots=True)
class Copies:
    """`by` are reports that have words of this one, `of` those whose words it has; and how many more of each."""

    by: tuple[CopiedReport, ...]
    of: tuple[CopiedReport, ...]
    more_by: int
    more_of: int


@dataclass(frozen=True, slots=True)
class DecidedOn:
    """A decision on a report or on one of its claims (`claim`), as it stands in the journal; `stands` is false for one
    that was taken back; `said` is what it says of a report as a whole.
    """

    id: str
    verb: str
    who: str
    when: str
    why: str
    claim: str
    quote: str
    said: str
    stands: bool


@dataclass(frozen=True, slots=True)
class OneReport:
    """A report with all that was read in it. Offsets are those of the words themselves: where `masked`, a name that is
    hidden moves what stands after it. `newest` is the newest version of its address; `decisions` are those on its words
    and on the report as a whole, oldest first; `before` and `after` are its neighbours in the inbox.
    """

    report: Report
    masked: bool
    state: str
    claims: tuple[OneClaim, ...]
    answers: tuple[Answer, ...]
    problems: tuple[OneProblem, ...]
    versions: tuple[Version, ...]
    custody: tuple[Custody, ...]
    newest: str
    decisions: tuple[DecidedOn, ...]
    seen: str
    before: str
    after: str
