"""Many reports of one incident -> what a casualty recorder would write down: the program's draft in a set's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph.link.roots import rooted
from cenotaph.numbers import rules_from
from cenotaph.plain.same_name import in_full, latin_name, persons
from cenotaph.reconcile.hearing import Ear
from cenotaph.reconcile.recording import Draft, drafted
from cenotaph.reconcile.scene import Read, Scene
from cenotaph.reconcile.weighing import Weights, weight
from cenotaph.vocabulary import Root, World

__all__ = ["KINDS", "Read", "drafts", "ear_of", "named", "ranges"]

GROUPS = {"people": "", "children": "children_", "women": "women_", "men": "men_", "fighters": "militants_"}
KINDS = (
    *("killed", "injured", "children_killed", "women_killed", "men_killed"),
    *("children_injured", "women_injured", "militants_killed"),
)
"""The figures of the set; all but the last are of civilians, and of people whom nobody calls fighters."""
HARMED = {"killed", "injured"}
ARMED = ("armed forces", "security forces", "armed group")


RULES = "recorder"
"""The rule set for figures (codes/numbers.toml): a minimum and a maximum to enter."""


def ear_of(scene: Scene, world: World) -> Ear:
    """By which the reports of a scene are heard: the program's weights, and the figures that recorders enter."""
    return Ear(scene, Weights.of(world.codes("recording")), rules_from(world.codes("numbers"))[RULES])


def drafts(read: Read, ear: Ear, *, method: str = "heaviest", searched: bool = False) -> list[Draft]:
    """The program's drafts, with the roots that linking gives; see `drafted`."""
    return drafted(read, roots_of(read), ear, method=method, searched=searched)


def ranges(found: Sequence[Draft]) -> dict[str, list[int]]:
    """The figures of the set, [lowest, highest] that was said; one that nothing carries is left out."""
    told = {f"{GROUPS[one.group]}{one.harm}": [*one.said] for one in found}
    return {kind: told[kind] for kind in KINDS if kind in told}


def named(read: Read, ear: Ear, least: float = 0.1) -> list[str]:
    """Whom claims of this place and day name among the harmed, in full, each person once; no members of a force.

    A claim of another place or day may be a misreading, so little is asked of it (`least`); but nobody is named whose
    claim is of another country.

    The set lists every name in Latin letters and three of four in Arabic ones too: where each part of a name has a
    usual spelling, that is given.
    """
    found = [
        name
        for _, claims in read
        for claim in claims
        if HARMED & {*claim.harm.codes} and claim.group.status not in ARMED
        if claim.place is None or ear.scene.is_home(claim.place)
        if weight(claim, ear.scene, ear.by) >= least
        for name in claim.group.names
        if in_full(name)
    ]
    return [next((latin for one in names if (latin := latin_name(one))), names[0]) for names in persons(found)]


def roots_of(read: Read) -> Mapping[str, Root]:
    """The root of each claim, as linking sees it."""
    claims = [claim for _, found in read for claim in found]
    return {key: one.root for key, one in rooted(claims, {report.id: report for report, _ in read}, [])[0].items()}
