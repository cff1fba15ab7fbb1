"""Who must not be named in anything that goes out: those whom the words protect, those whom people do.

Protected without a decision are private voices, the living and children among the harmed, and individual suspects.
A decision `protect` adds a name with its spellings (`also`); one that says the person consents to be published
(`consent`) takes it away again. Whoever makes a `request` is protected too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cenotaph.publish.masking import PROTECTED, Mask, described_in, is_name, named
from cenotaph.vocabulary import Answer, Claim, Decision, Party

__all__ = ["PURPOSES", "Hidden", "Persons"]

PURPOSES = ("keep", "publish", "share", "court")
"""What somebody may consent to; only `publish` names them in what is shown."""

_OWNER = re.compile(r"['’]s$")

MOST, FEW = 5, 3
"""Words of a person's name, at most, with capitals and without; longer words for an accused party describe it."""


@dataclass(frozen=True, slots=True)
class Persons:
    """By which words an accused party is one person: those of codes/persons.toml; `known` are bodies and countries.

    >>> persons = Persons(ranks=frozenset({"colonel"}), bodies=frozenset({"brigade"}))
    >>> [persons.name(one) for one in ("Colonel Salim Example", "Salim Example", "the Example Brigade", "gunmen")]
    ['Salim Example', 'Salim Example', '', '']
    """

    ranks: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, table: Mapping[str, Any], known: Iterable[str] = ()) -> Persons:
        """From the tables of codes/persons.toml."""

        def words(kind: str) -> list[str]:
            return [word for entry in table.get(kind, ()) for word in entry["words"]]

        ranks, titles = (frozenset(map(_small, words(kind))) for kind in ("rank", "title"))
        bodies, particles = (frozenset(map(_plain, words(kind))) for kind in ("body", "particle"))
        return cls(ranks, titles, bodies, particles, frozenset(name.casefold() for name in known))

    def name(self, words: str) -> str:
        """The name of the one person that the words for a party are or hold; "" where they name a body or nobody."""
        said = words.split()
        if not said or words.casefold() in self.known:
            return ""
        if any(_plain(word) in self.bodies for word in said):
            return self._inside(said)
        rest = said[1:] if _plain(said[0]) in ("the", "a", "an") else said
        name = self._without_rank(rest)
        ranked = len(name) < len(rest)
        is_one = ranked or len(name) > 1
        if name and len(name) <= self._most(name[0]) and is_one and all(self._in_a_name(word, ranked) for word in name):
            return " ".join(name)
        return self._inside(said)

    def _inside(self, words: Sequence[str]) -> str:
        """A name after a rank inside a description: "fighters under Colonel ...", "Colonel ...'s brigade"."""
        at = next((at for at, word in enumerate(words) if _small(word) in self.ranks), len(words))
        rest, found = self._without_rank(words[at:]), list[str]()
        for word in rest:
            if _plain(word) in self.bodies:
                return ""
            owner = _OWNER.sub("", word)
            if not self._in_a_name(owner, ranked=True):
                break
            found.append(owner)
            if owner != word or len(found) == self._most(owner) - 1:
                break
        return " ".join(found) if found and _plain(found[-1]) not in self.particles else ""

    def _without_rank(self, words: Sequence[str]) -> Sequence[str]:
        before = self.ranks | self.titles
        while words and (_small(words[0]) in before or _small(" ".join(words[:2])) in before):
            words = words[1:]
        return words

    def _most(self, word: str) -> int:
        """Of words without capitals nothing tells where a name ends: few are taken."""
        return FEW if word[:1].lower() == word[:1].upper() else MOST

    def _in_a_name(self, word: str, ranked: bool) -> bool:
        """A capital; in a script without capitals, or in capitals alone, only a rank tells that a name follows."""
        first = word.strip("\"'“”‘’()،,.")[:1]
        caseless = first.isalpha() and first.lower() == first.upper()
        if word.isupper() and not ranked:
            return False
        capital = first.isupper() or word.rpartition("-")[2][:1].isupper()
        return capital or _plain(word) in self.particles or (caseless and ranked)


def _small(word: str) -> str:
    """Without points and quotation marks."""
    return word.casefold().strip("\"'“”‘’()،,").replace(".", "")


def _plain(word: str) -> str:
    """In Arabic without the article as well: a rank has it ("اللواء"), a body may ("لواء", a brigade)."""
    bare = _small(word)
    return bare.removeprefix("ال") if len(bare) > 4 else bare


@dataclass(frozen=True)
class Hidden:
    """The names that stand nowhere in what goes out, and by report the words for its protected voices.

    `phrases` are what people protect that is no name ("the baker of ..."): hidden as a whole. `consented` are names of
    people who agreed to be published, in small letters. `word` stands for each name.
    """

    names: frozenset[str] = frozenset()
    described: Mapping[str, Collection[str]] = field(default_factory=dict)
    consented: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    word: str = PROTECTED

    @classmethod
    def of(
        cls, claims: Sequence[Claim], answers: Sequence[Answer] = (), decisions: Iterable[Decision] = (),
        *, persons: Persons | None = None,
    ) -> Hidden:  # fmt: skip
        """`decisions` stand. An alias of a protected voice leads to a protected name, unless somebody else bears it."""
        stand, suspects = list(decisions), persons or Persons()
        names = {name for claim in claims for name in named(claim)}
        names |= {voice.name for one in answers for voice in one.voices if voice.protected and not voice.anonymous}
        parties = [party for one in claims for party in one.parties]
        parties += [party for one in answers for party in (one.party, *one.blames)]
        names |= {name for party in parties for name in _suspected(party, suspects)}
        names |= set(_other_names(claims, stand))
        decided, consented = _decided(stand)
        decided |= {name for name in _asking(stand, suspects) if name.casefold() not in consented}
        known = {name for name in names if is_name(name) and name.casefold() not in consented}
        phrases = {name for name in decided if name[:1].islower() and " " in name.strip()}
        return cls(frozenset(known | decided - phrases), described_in(claims), consented, frozenset(phrases))

    @cached_property
    def mask(self) -> Mask:
        """For words of any report."""
        return Mask.of(self.names, self.phrases).saying(self.word)

    def saying(self, word: str) -> Hidden:
        """The same people, by another word for their names; their mask is not made again."""
        if word == self.word:
            return self
        told = replace(self, word=word)
        told.__dict__["mask"] = self.mask.saying(word)
        return told

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        return {}

    def mask_of(self, report: str) -> Mask:
        """For words of one report: the descriptions that it gives of its protected voices as well."""
        if not self.described.get(report):
            return self.mask
        if report not in self._masks:
            self._masks[report] = self.mask.also(self.described[report])
        return self._masks[report]

    def knows(self, name: str) -> bool:
        """Whether this is the name of somebody who is protected."""
        if name not in self._asked:
            self._asked[name] = self.mask(name) != name
        return self._asked[name]

    @cached_property
    def _asked(self) -> dict[str, bool]:
        """Names come again with every claim."""
        return {}


def _decided(decisions: Iterable[Decision]) -> tuple[set[str], frozenset[str]]:
    """The names that people protect, and those they may show; of one name the latest decision counts."""
    latest = {name.casefold(): (name, one) for one in decisions if one.verb == "protect" for name in _spellings(one)}
    consented = {key for key, (_, one) in latest.items() if "publish" in one.details.get("consent", ())}
    return {name for key, (name, _) in latest.items() if key not in consented}, frozenset(consented)


def _asking(decisions: Iterable[Decision], persons: Persons) -> Iterator[str]:
    """Who made requests. Of a party that is a body nothing is hidden in reports: its words would be missing in all."""
    for one in decisions:
        by = str(one.details.get("by", "")).strip()
        if one.verb == "request" and by:
            yield from (persons.name(by),) if one.details.get("from") == "party" else (by,)


def _spellings(decision: Decision) -> Iterator[str]:
    yield decision.about
    yield from (str(one) for one in decision.details.get("also", ()))


def _suspected(party: Party, persons: Persons) -> Iterator[str]:
    if party.canonical.casefold() in persons.known and party.canonical:
        return
    found = [name for name in map(persons.name, (party.words, party.canonical)) if name]
    yield from found
    if found and party.canonical:
        yield party.canonical


def _other_names(claims: Iterable[Claim], decisions: Iterable[Decision]) -> Iterator[str]:
    """What people decided that a protected voice is called, where no open voice is called so."""
    hidden: set[str] = set()
    bearers: set[str] = set()
    for claim in claims:
        for voice in claim.voices:
            (hidden if voice.protected else bearers).update((voice.known_as, voice.name))
        if claim.root is not None and claim.root.protected:
            hidden.add(claim.id)
    for one in decisions:
        canonical = str(one.details.get("canonical", ""))
        if one.verb == "alias" and one.about in hidden and canonical not in bearers:
            yield canonical
