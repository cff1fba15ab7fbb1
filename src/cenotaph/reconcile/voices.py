"""Who answers for a figure: the root of a claim, and whether it may be met again in another report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Claim, Decision, Report, Voice

__all__ = ["Aliases", "Root", "root_of", "standing_decisions"]

NOBODY = "no voice named"


@dataclass(frozen=True, slots=True)
class Root:
    """The voice that compiled a figure. One that is not `named` is a different voice in each report.

    `told` is where it spoke; the name of a `private` person is never shown, not even in a toll.

    >>> str(Root("a monitor", "report:1", "Example Wire, 2025-03-09"))
    'a monitor (Example Wire, 2025-03-09)'
    """

    name: str
    report: str = ""
    told: str = ""
    private: bool = False

    @property
    def named(self) -> bool:
        return not self.report

    def __str__(self) -> str:
        name = "a private person" if self.private else self.name
        return name if self.named else f"{name} ({self.told or self.report})"


@dataclass(frozen=True, slots=True)
class Aliases:
    """Whose voice people decided a claim's root to be: by claim, by name in one report, or by name everywhere.

    A decision `alias` is about the id of a claim or the name of a voice; its details name the `canonical` root. One
    that names a report holds for that report only.
    """

    known: Mapping[tuple[str, str], str]

    @classmethod
    def decided(cls, decisions: Iterable[Decision]) -> Aliases:
        found = [one for one in decisions if one.verb == "alias" and one.details.get("canonical")]
        return cls({(one.about, one.report): str(one.details["canonical"]) for one in found})

    def of(self, claim: Claim, name: str) -> str:
        for key in ((claim.id, claim.report), (claim.id, ""), (name, claim.report), (name, "")):
            if key in self.known:
                return self.known[key]
        return ""


def standing_decisions(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that no later decision undoes; an undo can be undone."""
    undone: set[str] = set()
    for one in reversed(decisions):
        if one.verb == "undo" and one.id not in undone:
            undone.add(one.about)
    return [one for one in decisions if one.verb != "undo" and one.id not in undone]


def root_of(claim: Claim, report: Report, aliases: Aliases) -> Root:
    """The root by decision, by its own name, or as a voice of this report alone."""
    voice = claim.root
    name = voice.known_as if voice else NOBODY
    decided = aliases.of(claim, name)
    if decided:
        return Root(decided)
    if voice is not None and _named(voice):
        return Root(name)
    told = [str(part) for part in (report.outlet or report.name, report.published) if part]
    return Root(name, report.id, ", ".join(told), private=voice is not None and voice.protected)


def _named(voice: Voice) -> bool:
    """Whether the same name in another report is the same voice. A description is not: "a monitor", "residents"."""
    if voice.canonical:
        return True
    return not voice.anonymous and not voice.protected and _proper(voice.name)


def _proper(name: str) -> bool:
    """A name whose long words are all capitalised. In scripts without capitals only codes and decisions can tell."""
    words = [word for word in name.split() if len(word) > 3 or word.isupper()]
    return bool(words) and all(word[0].isupper() for word in words)
