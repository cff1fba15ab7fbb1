"""What the roots of private persons are called, for somebody who asked to see protected people named.

Neither a toll nor a table has their names: there each is "a private person", with where it spoke. A claim's own root
has it, and from there it is drawn at the moment it is shown; nothing here is kept, or leaves the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import Desk, tables
from cenotaph.publish.veil import PERSON
from cenotaph.vocabulary import Rooted, Toll

__all__ = ["is_private", "of_claims", "of_roots", "with_names"]

AT_ONCE = 500
MOST = 50
"""Claims of one root that are looked through: of one outlet and day."""


def is_private(root: str) -> bool:
    """Whether a table's name for a root stands for a private person.

    >>> is_private("a private person (Example Wire, 2025-03-09)"), is_private("a private persons' union")
    (True, False)
    """
    return root == PERSON or root.startswith(f"{PERSON} (")


def of_claims(desk: Desk, claims: Iterable[str]) -> Mapping[str, str]:
    """By claim, the name of the private person whose figure it is, with where they spoke; nothing for other claims.

    The name is that by which the claim's report knows them.
    """
    wanted, found = list(dict.fromkeys(claims)), dict[str, str]()
    for start in range(0, len(wanted), AT_ONCE):
        query = sa.select(built.rooted.c.id, built.rooted.c.data)
        for row in desk.rows(query.where(built.rooted.c.id.in_(wanted[start : start + AT_ONCE]))):
            root = cache.unpacked(Rooted, row["data"]).root
            if root.private:
                found[str(row["id"])] = str(replace(root, private=False))
    return found


def of_roots(desk: Desk, roots: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By the name that tables have for a root, those whom it stands for: several where one outlet let several private
    persons speak on one day. Nothing for other roots.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for root in filter(is_private, dict.fromkeys(roots)):
        claims = tables.claims.c
        some = sa.select(claims.claim).where(claims.root == root).order_by(claims.published, claims.claim).limit(MOST)
        for name in of_claims(desk, desk.rows(some, scalars=True)).values():
            found[root][name] = None
    return {root: list(names) for root, names in found.items()}


def with_names(desk: Desk, tolls: Sequence[Toll]) -> list[Toll]:
    """Tolls whose private roots have their names; a toll is of one root alone."""
    mine = [one for one in tolls if is_private(one.root) and one.claims]
    known = of_claims(desk, [one.claims[0] for one in mine])
    named = {one.id: known[one.claims[0]] for one in mine if one.claims[0] in known}
    return [replace(one, root=named[one.id]) if one.id in named else one for one in tolls]
