"""Tolls of an incident -> the ranges of civilians that a recorder gives: killed and injured, children, women, men."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cenotaph.vocabulary import Group, Toll

Range = tuple[int, int]
ARMED = ("armed forces", "security forces", "armed group")
PARTS = ("children", "women", "men")
KINDS = (
    *("killed", "injured", "children_killed", "women_killed", "men_killed"),
    *("children_injured", "women_injured", "militants_killed"),
)
"""The figures of the set; all but the last are of civilians, and of people whom nobody calls fighters."""


def part_of(group: Group) -> str:
    """The part of the people that a group is by its own words: children, women, men, militants or people.

    >>> part_of(Group("two girls", sex="female", age="child")), part_of(Group("fighters", "armed group"))
    ('children', 'militants')
    """
    if group.status in ARMED:
        return "militants"
    if group.age == "child":
        return "children"
    return {"female": "women", "male": "men"}.get(group.sex, "people")


def ranges(tolls: Sequence[Toll]) -> dict[str, list[int]]:
    """Each figure from the lowest to the highest of `agreed`; one that no root gives is left out."""
    found: dict[str, list[Range]] = defaultdict(list)
    for own in _by_root(tolls).values():
        for harm in ("killed", "injured"):
            for key, figure in _figures(own, harm).items():
                found[key].append(figure)
    kept = {key: agreed(figures) for key, figures in found.items() if key in KINDS}
    return {key: [min(low for low, _ in figures), max(high for _, high in figures)] for key, figures in kept.items()}


def agreed(figures: Sequence[Range]) -> list[Range]:
    """The figures that most roots give; all of them, where each has its own.

    >>> agreed([(2, 2), (2, 2), (11, 11)]), agreed([(2, 2), (4, 4)])
    ([(2, 2)], [(2, 2), (4, 4)])
    """
    often = Counter(figures)
    return [figure for figure, times in often.items() if times == max(often.values())]


def _by_root(tolls: Iterable[Toll]) -> Mapping[str, list[Toll]]:
    found: dict[str, list[Toll]] = defaultdict(list)
    for toll in tolls:
        found[toll.root].append(toll)
    return found


def _figures(tolls: Sequence[Toll], harm: str) -> dict[str, Range]:
    """One root's figures for a harm: the largest of each part; of all people the whole, or the parts together where
    they come to more ("a man, his wife and a child").
    """
    alone = [toll for toll in tolls if toll.scope.harm.codes == (harm,)]
    widest: dict[str, Range] = {}
    for toll in alone or [toll for toll in tolls if harm in toll.scope.harm.codes]:
        part, figure = part_of(toll.scope.group), _range(toll)
        widest[part] = max(widest.get(part, (0, 0)), figure, key=lambda one: one[1])
    found = {f"{part}_{harm}": figure for part, figure in widest.items() if part != "people"}
    parts = [widest[part] for part in PARTS if part in widest]
    together = (sum(low for low, _ in parts), sum(high for _, high in parts))
    whole = max(widest.get("people", (0, 0)), together, key=lambda one: one[1])
    return found | ({harm: whole} if whole[1] else {})


def _range(toll: Toll) -> Range:
    """Low to high; an open end is closed by the best figure, which is what the words say."""
    figure = toll.figure
    best = figure.low if figure.best is None else figure.best
    return min(figure.low, best), best if figure.high is None else figure.high
