"""Where a protected person's name stands in words that go out, and what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from cenotaph.vocabulary import Claim

PROTECTED = "[protected]"

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ARABIC_PREFIX = r"(?:[وفبلك]{1,2})?"  # "and", "so", "by", "to", "like" are written onto the name


@dataclass(frozen=True, slots=True)
class Mask:
    """Puts [protected] where one of the names stands, as a whole word; None hides nothing.

    >>> Mask.of(["Sami Example"])("Sami Example saw it; Example counted 12.")
    '[protected] saw it; [protected] counted 12.'
    """

    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[str], descriptions: Iterable[str] = ()) -> Mask:
        """Of names, each also by its single words, and of descriptions ("a resident of ..."), as a whole only."""
        hidden = {part for name in names for part in (name, *_name_words(name))}
        hidden |= {words for words in descriptions if " " in words.strip()}
        longest_first = sorted(
            (re.escape(part.strip()) for part in hidden if part.strip()), key=lambda part: -len(part)
        )
        if not longest_first:
            return cls(None)
        return cls(re.compile(rf"(?<!\w){_ARABIC_PREFIX}(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE))

    def __call__(self, text: str) -> str:
        return text if self.pattern is None else self.pattern.sub(PROTECTED, text)

    def address(self, url: str) -> str:
        """An address that spells a protected name is left out whole: half an address still leads there."""
        spelled = re.sub(r"[-_+/.?=&]", " ", unquote(url))
        return PROTECTED if self.pattern is not None and self.pattern.search(spelled) else url


def _name_words(name: str) -> list[str]:
    """The single words of a name that can stand for it: capitalised, or of a script that has no capitals."""
    return [word for word in _LETTERS.findall(name) if len(word) > 2 and not word[0].islower()]


def of_all(claims: Iterable[Claim]) -> Mask:
    """One mask of the names of all protected people, for words of any report."""
    return Mask.of({name for claim in claims for name in _protected(claim) if _name_words(name)})


def masks(claims: Sequence[Claim]) -> Mapping[str, Mask]:
    """For each report its mask: its own protected people, and those whom any other report of the export names."""
    everywhere = {name for claim in claims for name in _protected(claim) if _name_words(name)}
    described: dict[str, set[str]] = {claim.report: set() for claim in claims}
    for claim in claims:
        described[claim.report] |= {voice.name for voice in claim.voices if voice.protected}
    return {report: Mask.of(everywhere, descriptions) for report, descriptions in described.items()}


def _protected(claim: Claim) -> Iterable[str]:
    for voice in claim.voices:
        if voice.protected and not voice.anonymous:
            yield from (voice.name, voice.canonical)
    if claim.harm.codes != ("killed",) or claim.group.age == "child":
        yield from claim.group.names  # the living and children; dead adults are not protected by default
