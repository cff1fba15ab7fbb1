"""How many roots stand behind figures, and how far they are known to be independent: the one grade that is computed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from cenotaph.vocabulary import Independence, Tether, Toll

__all__ = ["Known", "known", "records", "support"]

CAREFUL: tuple[Independence, ...] = ("dependent", "unknown", "assumed", "shown")
Known = Mapping[tuple[str, str], Independence]
"""What is known of each pair of roots, their names sorted."""


def support(tolls: Toll | Sequence[Toll], tethers: Iterable[Tether], *, unnamed: Collection[str] = ()) -> str:
    """How many roots, and how far their independence is known; of several pairs the least known is told.

    `unnamed` are the roots (as tolls show them) whose names nobody gave: each may be one of the others, so they are
    told beside the roots and never counted as one more.

    >>> from cenotaph.vocabulary import Harm, Interval, Scope
    >>> tolls = [Toll(f"toll:{name}", name, Scope(Harm(("killed",))), Interval(9, 9, 9, "plain")) for name in "ABC"]
    >>> support(tolls[0], []), support(tolls[:2], [])
    ('one root', 'two roots, independence unknown')
    >>> support(tolls, [Tether("A", "B", "dependent", "one relays the other")])
    'three roots, two of them dependent, independence otherwise unknown'
    """
    names = sorted({one.root for one in ((tolls,) if isinstance(tolls, Toll) else tolls)})
    nameless = [name for name in names if name in unnamed]
    roots = [name for name in names if name not in unnamed]
    said = _roots(roots, known(roots, tethers))
    if not nameless:
        return said
    return f"{said}; beside it {_number(len(nameless))} unnamed {'voice' if len(nameless) == 1 else 'voices'}"


def known(roots: Sequence[str], tethers: Iterable[Tether]) -> dict[tuple[str, str], Independence]:
    """For each pair what is known: what people decided before what words show; of two, the more careful."""
    found: dict[tuple[str, str], list[Tether]] = {}
    for one in tethers:
        found.setdefault((min(one.one, one.other), max(one.one, one.other)), []).append(one)
    return {pair: _of_one(found.get(pair, ())) for pair in combinations(roots, 2)}


def _of_one(tethers: Sequence[Tether]) -> Independence:
    decided = [one for one in tethers if one.decision] or tethers
    return min((one.independence for one in decided), key=CAREFUL.index, default="unknown")


def _roots(roots: Sequence[str], pairs: Known) -> str:
    if len(roots) < 2:
        return "one root" if roots else "no named root"
    said = f"{_number(len(roots))} roots"
    each = records(roots, pairs)
    if len(each) == 1:
        return f"{said}, {'all ' * (len(roots) > 2)}dependent"
    rest = min((found for found in pairs.values() if found != "dependent"), key=CAREFUL.index)
    tied = " and ".join(_number(len(one)) for one in sorted(each, key=len, reverse=True) if len(one) > 1)
    return (
        f"{said}, {tied} of them dependent, independence otherwise {rest}" if tied else f"{said}, independence {rest}"
    )


def records(roots: Iterable[str], pairs: Known) -> list[set[str]]:
    """Roots that hang together, directly or through another one, are one record."""
    found = [{name} for name in roots]
    for pair, how in pairs.items():
        if how == "dependent":
            joined = [one for one in found if one & set(pair)]
            found = [one for one in found if not one & set(pair)] + [set().union(*joined)]
    return found


def _number(count: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return names[count] if count < len(names) else str(count)
