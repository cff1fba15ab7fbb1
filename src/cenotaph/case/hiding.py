"""Whom a case must not name, and claims as linking may see them: a private voice is a voice of its report alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from cenotaph.link import link
from cenotaph.plain import load
from cenotaph.publish.hidden import Hidden, Persons
from cenotaph.vocabulary import Answer, Claim, Decision, Linked, Report

__all__ = ["hidden", "linked_apart", "unjoined"]


def hidden(
    claims: Iterable[Claim], answers: Sequence[Answer], decisions: Sequence[Decision],
    listed: Collection[str] = (),
) -> Hidden:  # fmt: skip
    """Those who are protected in a case; whom a rejected claim named stays so. `decisions` stand; `listed` are names of
    whom a list tells that they are children or may be alive.
    """
    rejected = [load(Claim, one.details["seen"]) for one in decisions if one.verb == "reject" and "seen" in one.details]
    found = Hidden.of([*claims, *rejected], answers, decisions, persons=persons())
    more = {name for name in listed if name.casefold() not in found.consented}
    return replace(found, names=found.names | more) if more else found


@cache
def persons() -> Persons:
    """By which words an accused party is one person."""
    from cenotaph.world import load as load_world  # places and words are loaded when they are needed

    world = load_world()
    bodies = world.codes("organisations")["organisation"]
    known = [name for one in bodies for name in _names(one)]
    known += [str(one["name"]) for one in world.codes("countries")["country"]]
    return Persons.of(world.codes("persons"), known)


def _names(body: Mapping[str, object]) -> Iterator[str]:
    yield str(body["canonical"])
    for key in ("aliases", "local", "spokespeople"):
        found = body.get(key, ())
        yield from (str(name) for name in (found if isinstance(found, list) else ()))


def linked_apart(claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Decision]) -> Linked:
    """The claims linked; a protected voice is joined with nobody in another report, even where its full name is known.

    A decision can still say whose voice it is.
    """
    return link([unjoined(claim) for claim in claims], reports, decisions)


def unjoined(claim: Claim) -> Claim:
    """A claim as linking may see it."""
    if not any(voice.protected and voice.canonical for voice in claim.voices):
        return claim
    voices = (replace(one, canonical="") if one.protected else one for one in claim.voices)
    return replace(claim, voices=tuple(voices))
