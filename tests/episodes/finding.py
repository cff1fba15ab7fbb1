"""Where the figures of answers.toml stand in a state: their claims, tolls, vintages and incidents."""

from __future__ import annotations

from cenotaph.case import State
from cenotaph.vocabulary import Check, Claim, Incident, Toll
from tests.episodes.hand import HERE, NUMBERS, Table, read

NAMES = read(HERE / "names.toml")


def known_as(name: str) -> list[str]:
    return [one.casefold() for one in NAMES.get(name, [name])]


def has_root(state: State, claim: Claim, name: str) -> bool:
    return state.linked.roots[claim.id].root.name.casefold() in known_as(name)


def report(state: State, claim: Claim) -> str:
    return state.reports[claim.report].name.removesuffix(".md")


def numbered(state: State, name: str, figure: Table) -> list[Claim]:
    """The claims of a report that give this number, in whatever words."""
    key = next(one for one in NUMBERS if one in figure)
    numbers = figure[key] if isinstance(figure[key], list) else [figure[key], None]
    said = (one for one in state.claims.values() if report(state, one) == name)
    return [one for one in said if [one.quantity.base, one.quantity.upper] == numbers]


def figured(state: State, figure: Table, table: Table | None = None) -> Claim:
    """The claim of that figure: its number in the words of the bulletin, of that root and harm where they are given."""
    asked = {**{key: one for key, one in (table or {}).items() if key in ("root", "harm", "status")}, **figure}
    comparator = next(one for one in NUMBERS if one in figure).replace("_", " ")
    found = [
        one for one in numbered(state, figure["in"], figure)
        if one.quantity.comparator == comparator
        and not (one.relation and one.relation.kind == "restates")
        and str(one.harm) == asked.get("harm", str(one.harm))
        and has_root(state, one, asked.get("root", state.linked.roots[one.id].root.name))
        and one.group.status == asked.get("status", one.group.status)
    ]  # fmt: skip
    assert len(found) == 1, f"{dict(figure)} of {asked.get('root', 'anybody')}: found {len(found)} such claims"
    return found[0]


def toll_of(state: State, claim: Claim) -> Toll:
    found = [one for one in state.tolls.values() if claim.id in one.claims]
    assert len(found) == 1, f"{claim.quantity.words} stands in {len(found)} tolls"
    return found[0]


def step(toll: Toll, claim: Claim) -> int:
    """Which of a toll's vintages the claim stands in."""
    found = [at for at, one in enumerate(toll.series) if claim.id in one.claims]
    assert found, f"{claim.quantity.words} is not in the series {[one.words for one in toll.series]}"
    return found[0]


def host(state: State, claim: Claim) -> Incident:
    found = [one for one in state.linked.incidents if claim.id in one.claims]
    assert len(found) == 1, f"{claim.quantity.words} stands in {len(found)} incidents"
    return found[0]


def checks(state: State) -> set[Check]:
    return {check for toll in state.tolls.values() for check in toll.checks}
