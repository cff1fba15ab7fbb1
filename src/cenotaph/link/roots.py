"""Whose figure each claim is: roots by decision, by name, by the report itself, and by copied words.

The steps, each of which only looks at claims whose root the ones before could not name: a decision; the root's own
name; the whole of which a claim is a part; another spelling of a known name; the body that the same report names; the
passage that was copied. What is then still unnamed stays a voice of its report alone, and is proposed to people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph.decided import Aliases, standing
from cenotaph.link.copies import Copies, copied
from cenotaph.link.earlier import earlier_figures, one_account, sums_of_parts
from cenotaph.link.offices import Offices, misnamed
from cenotaph.link.proposals import still_open, whose
from cenotaph.link.spelling import bare, definite, generic, monitoring, words
from cenotaph.link.telling import NOBODY, Telling
from cenotaph.link.tethers import tethered
from cenotaph.vocabulary import Claim, Decision, Problem, Report, Root, Rooted, Tether, Voice

__all__ = ["rooted"]

LENDING = ("part", "overlay", "increment")
"""Ties by which a claim with no voice of its own is said by the voice of the claim it is tied to."""


def rooted(
    claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Decision]
) -> tuple[dict[str, Rooted], list[Tether], list[Problem]]:
    """The root of every claim by its id, how roots hang together, and what people must decide.

    Two roots never become one without a decision, except where the words themselves tell (rules "near name", "named in
    the same report", "copied text"). Of the decisions these count here: alias, relate, reject and withdraw (no evidence
    for others), must-link, cannot-link and settle (what they answer is proposed no more), and undo. The order of claims
    does not matter. Raises KeyError if a claim's report is not among `reports`.

    >>> from cenotaph.vocabulary import Coder, Harm, Quantity, Span
    >>> report = Report.of_text("Three people were killed, a monitor said.", outlet="Example Wire")
    >>> claim = Claim.read_as(report, Span(0, 41), anchor=Span(0, 5), trigger=Span(18, 24), harm=Harm(("killed",)),
    ...     quantity=Quantity("Three", "exact", 3), coder=Coder("rules", "x"),
    ...     voices=(Voice("a monitor", anonymous=True, root=True),))
    >>> roots, _, _ = rooted([claim], {report.id: report}, [])
    >>> str(roots[claim.id].root), roots[claim.id].rule
    ('a monitor (Example Wire)', 'not named')
    """
    stands = standing(decisions)
    told, offices = _told(claims, reports, Aliases.decided(stands))
    out = {one.about for one in stands if one.verb in ("reject", "withdraw")}
    counted = [telling for telling in told if telling.id not in out]
    copies = copied(counted)
    told = [telling.with_root(copies.roots.get(telling.id)) for telling in told]
    counted = [telling for telling in told if telling.id not in out]
    problems = [*misnamed(told, offices), *_proposed(counted, copies)]
    return {one.id: one.rooted for one in told}, tethered(counted, copies, stands), still_open(problems, stands)


def _proposed(counted: Sequence[Telling], copies: Copies) -> list[Problem]:
    return [*whose(counted, copies), *earlier_figures(counted), *sums_of_parts(counted), *one_account(counted)]


def _told(claims: Sequence[Claim], reports: Mapping[str, Report], aliases: Aliases) -> tuple[list[Telling], Offices]:
    """The claims in the order of their reports and words, each with the root that its own report and names give."""
    held = {claim.id: claim for claim in claims}
    ordered = sorted(held.values(), key=lambda one: (one.report, one.start, one.anchor, one.id))
    own = _Own(held, reports, aliases, _spellings(ordered))
    told = [Telling.of(claim, reports[claim.report], own.of(claim)) for claim in ordered]
    offices = Offices.among(told)
    told = [one.with_root(offices.rooted(one) if one.rooted.rule in FREE else None) for one in told]
    return _named_beside(told), offices


FREE = ("named", "not named")
"""Rules that the name of a person may still correct: no decision and no whole stands behind the root."""


# --- by decision, by name, by the whole -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Own:
    """Roots as one claim tells them, with the decisions about it and about its voice under any wording."""

    held: Mapping[str, Claim]
    reports: Mapping[str, Report]
    aliases: Aliases
    spellings: Mapping[tuple[str, str], tuple[str, ...]]

    def of(self, claim: Claim) -> Rooted:
        chain = self._chain(claim)
        found = self._decided(chain[-1]) or self._undecided(chain[-1])
        for part in reversed(chain[:-1]):
            found = self._decided(part) or Rooted(found.root, "from its whole", found.decision)
        return found

    def _chain(self, claim: Claim) -> list[Claim]:
        """The claim and the wholes it takes its voice from, as far up as none names one; a ring lends nothing."""
        chain = [claim]
        while chain[-1].root is None:
            tie = chain[-1].relation
            whole = self.held.get(tie.to) if tie is not None and tie.kind in LENDING else None
            if whole is None or whole.report != claim.report or whole in chain:
                return [claim] if whole is not None else chain
            chain.append(whole)
        return chain

    def _decided(self, claim: Claim) -> Rooted | None:
        name = claim.root.known_as if claim.root else NOBODY
        for wording in (name, *self._wordings(claim, name)):
            decision = self.aliases.of(claim, wording)
            if decision is not None:
                return Rooted(Root(str(decision.details["canonical"])), "decided", decision.id)
        return None

    def _wordings(self, claim: Claim, name: str) -> tuple[str, ...]:
        return self.spellings.get((claim.report, bare(name)), ())

    def _undecided(self, claim: Claim) -> Rooted:
        voice = claim.root
        if voice is not None and _named(voice):
            return Rooted(Root(voice.known_as), "named")
        report = self.reports[claim.report]
        told = ", ".join(str(part) for part in (report.outlet or report.name, report.published) if part)
        name = voice.known_as if voice else NOBODY
        private = voice is not None and voice.protected
        name = next(iter(() if private else self._wordings(claim, name)), name)
        return Rooted(Root(name, report.id, told, private), "not named")


def _spellings(claims: Sequence[Claim]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The wordings of one unnamed voice in one report, the first first: "media reports", "the media reports".

    Not of persons: "a man" and "the man" may be two.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for claim in claims:
        voice = claim.root
        if voice is not None and voice.kind not in ("person", "official") and not _named(voice):
            found.setdefault((claim.report, bare(voice.known_as)), {})[voice.known_as] = None
    return {key: tuple(names) for key, names in found.items() if len(names) > 1}


def _named(voice: Voice) -> bool:
    """Whether the same name in another report is the same voice. No description is: "a monitor", "a wire service"; and
    no private voice is known by its name, whatever name somebody gave it.
    """
    if voice.protected:
        return False
    if voice.canonical:
        return voice.kind != "outlet" or not voice.canonical[:1].islower()
    return not voice.anonymous and _proper(voice.name)


def _proper(name: str) -> bool:
    """A name whose long words are all capitalised. In scripts without capitals only codes and decisions can tell."""
    long = [word for word in name.split() if len(word) > 3 or word.isupper()]
    return bool(long) and all(word[0].isupper() for word in long)


# --- by the same report ---------------------------------------------------------------------------------------------


def _named_beside(told: Sequence[Telling]) -> list[Telling]:
    """ "The observatory", "the group": the one body of that kind which the same report names as a root."""
    bodies: dict[str, set[str]] = {}
    for one in told:
        voice = one.voice
        if voice is not None and voice.kind == "organisation" and one.rooted.root.named:
            bodies.setdefault(one.report.id, set()).add(one.rooted.root.name)
    return [_beside(one, bodies.get(one.report.id, set())) for one in told]


def _beside(one: Telling, bodies: set[str]) -> Telling:
    voice = one.voice
    if voice is None or one.rooted.rule != "not named" or one.private or not definite(voice.name):
        return one
    fit = [body for body in bodies if _fits(voice.name, body)]
    return one.with_root(Rooted(Root(fit[0]), "named in the same report")) if len(fit) == 1 else one


def _fits(description: str, body: str) -> bool:
    """Whether the description is a part of the body's name, or a word for any body that counts and this one does."""
    nouns = set(bare(description).split())
    return nouns <= set(words(body)) or (generic(description) and monitoring(body))
