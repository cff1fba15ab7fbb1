"""How one set lies to another, and the verdict on two scopes with all it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.vocabulary import Assumed

__all__ = ["Comparison", "Relation"]


class Relation(StrEnum):
    """How one set lies to another.

    *within*, *contains* and *equal* are known of every member, *disjoint* of all; *overlaps* says only that neither is
    known to hold the other, *unknown* says nothing.

    >>> str(Relation.WITHIN.turned)
    'contains'
    """

    EQUAL = "equal"
    WITHIN = "within"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"

    @property
    def turned(self) -> Relation:
        """The same seen from the other set."""
        return {Relation.WITHIN: Relation.CONTAINS, Relation.CONTAINS: Relation.WITHIN}.get(self, self)

    @classmethod
    def combined(cls, relations: Iterable[Relation]) -> Relation:
        """Of the dimensions of one scope: sets that miss each other in one dimension miss each other.

        >>> str(Relation.combined([Relation.EQUAL, Relation.WITHIN]))
        'within'
        >>> str(Relation.combined([Relation.WITHIN, Relation.CONTAINS]))
        'overlaps'
        """
        found = set(relations)
        for verdict in (cls.DISJOINT, cls.UNKNOWN, cls.OVERLAPS):
            if verdict in found:
                return verdict
        found.discard(cls.EQUAL)
        return cls.EQUAL if not found else found.pop() if len(found) == 1 else cls.OVERLAPS


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two scopes: combined, for each dimension, and the rule that filled what no words state.

    `assumed` holds (dimension, rule) for both scopes; a dimension can stand twice, filled by two rules.

    >>> found = Comparison(Relation.WITHIN, (("place", Relation.WITHIN), ("period", Relation.EQUAL)),
    ...     (("period", "days of the sentence before"), ("place", "from the report")))
    >>> found.opener, str(found.of("place")), found.rules("place")
    ('if both mean the same place and period: ', 'within', ('from the report',))
    """

    relation: Relation
    dimensions: tuple[tuple[str, Relation], ...]
    assumed: Assumed = ()

    def of(self, dimension: str) -> Relation:
        """How the two lie in one dimension. Raises KeyError for a word that is no dimension of a scope."""
        return dict(self.dimensions)[dimension]

    def rules(self, dimension: str) -> tuple[str, ...]:
        """The rules that filled this dimension of either scope; none where words state it or nothing does."""
        return tuple(rule for name, rule in self.assumed if name == dimension)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """What the verdict needs to be true as assumed: of sets apart nothing, if words alone set them apart."""
        names = [name for name, _ in self.dimensions]
        filled = {name for name, _ in self.assumed}
        if self.relation is Relation.DISJOINT:
            names = [name for name, found in self.dimensions if found is Relation.DISJOINT]
            return tuple(names) if filled.issuperset(names) else ()
        return (*(name for name in names if name in filled), *sorted(filled - set(names)))

    @property
    def opener(self) -> str:
        """How a sentence begins that tells this verdict: "" where words carry all of it."""
        *most, last = self.rests_on or ("",)
        if not last:
            return ""
        return f"if both mean the same {', '.join(most)}{' and ' if most else ''}{last}: "
