"""What each entry of answers.toml asks of a state: one function a table, which raises AssertionError where it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from cenotaph.case import State
from cenotaph.link import independence
from cenotaph.vocabulary import Claim
from tests.episodes.finding import checks, figured, host, known_as, numbered, report, step, toll_of
from tests.episodes.hand import NUMBERS, Table

SUMS = ("holds", "sum", "arithmetic problem")


class Entry(NamedTuple):
    """An entry with the episode's answers, of which it is one. `kind` is the name of its table."""

    kind: str
    table: Table
    answers: Table

    @property
    def id(self) -> str:
        """The kind and the words that tell the entry from others of its kind.

        >>> Entry("kept_out", {"figure": {"in": "b03", "exact": 2251}, "why": "another war"}, {}).id
        'kept_out-b03-2251'
        """
        words = [
            self.kind,
            *(str(word) for key, one in self.table.items() if key != "why" for word in _words(key, one)),
        ]
        return "-".join(re.sub(r"[^\w]+", "-", word).strip("-") for word in words)[:110].strip("-")

    def holds(self, state: State) -> None:
        ASKED[self.kind](state, self)


def entries(answers: Table) -> list[Entry]:
    return [Entry(kind, one, answers) for kind, some in answers.items() if kind in ASKED for one in some]


def _words(key: str, one: object) -> Iterator[object]:
    if isinstance(one, dict):
        yield one["in"]
        yield next("-".join(map(str, v)) if isinstance(v, list) else v for k, v in one.items() if k in NUMBERS)
    elif key in ("from", "to", "root", "harm", "place", "about", "with", "one", "other", "kind", "party"):
        yield one
    elif key in ("parts", "whole") and isinstance(one, list):
        yield from (word for part in one for word in _words("", part))


# --- the tables -------------------------------------------------------------------------------------------------------


def series(state: State, entry: Entry) -> None:
    """One toll of one root holds these figures in this order and no others, and the newest stands.

    A figure that leaves somebody out is of another scope: it stands in a toll of its own, of the same root.
    """
    table = entry.table
    newest = figured(state, table["newest"], table)
    toll = toll_of(state, newest)
    assert toll.root.casefold() in known_as(table["root"])
    pairs = [(one, figured(state, one, table)) for one in table["figures"]]
    whole = [(figure, claim) for figure, claim in pairs if claim.exclusions == newest.exclusions]
    steps = [step(toll, claim) for _, claim in whole]
    assert steps == sorted(steps) and set(steps) == set(range(len(toll.series))), [one.words for one in toll.series]
    assert newest.id in toll.series[-1].claims
    assert toll.figure == state.figures[toll.series[-1].claims[0]]
    for figure, claim in whole:
        day = toll.series[step(toll, claim)].day
        assert day == figure.get("as_of", day), f"{claim.quantity.words} is as of {figure['as_of']}; found {day}"
    for _, claim in (one for one in pairs if one not in whole):
        beside = toll_of(state, claim)
        assert beside.id != toll.id and beside.root == toll.root and beside.scope.exclusions == claim.exclusions
    if "status" in table:
        assert toll.scope.group.status == table["status"]
    carried = {report(state, state.claims[claim]) for claim in toll.series[-1].claims}
    assert set(table.get("also", ())) <= carried, f"carried by {sorted(carried)}"


def revision(state: State, entry: Entry) -> None:
    """A check calls it a revision, over the two figures; a report that retells it adds no third."""
    table = entry.table
    old, new = (figured(state, table[key], table) for key in ("from", "to"))
    toll = toll_of(state, new)
    steps = (step(toll, old), step(toll, new))
    revised = [one for one in toll.checks if one.verdict == "revision"]
    told = [tuple(step(toll, state.claims[claim]) for claim in one.claims) for one in revised]
    assert steps in told, f"found {[one.verdict for one in toll.checks]}"
    assert not [one for one in toll.checks if one.verdict in ("contradiction", "unexplained drop")]
    if "again" in table:
        again = [claim for key in ("from", "to") for claim in numbered(state, table["again"], table[key])]
        assert [step(toll, claim) for claim in again] == list(steps)


def stale(state: State, entry: Entry) -> None:
    """A problem names the old figure as a stale relay behind the newer one, and the old one is not the newest."""
    table = entry.table
    late, newer = (figured(state, table[key], table) for key in ("figure", "behind"))
    toll = toll_of(state, newer)
    assert newer.id in toll.series[-1].claims and late.id not in toll.series[-1].claims
    told = [one for one in state.problems if one.kind == "stale relay" and late.id in one.claims]
    assert len(told) == 1 and set(told[0].claims) & set(toll.series[-1].claims)


def kept_out(state: State, entry: Entry) -> None:
    figure = entry.table["figure"]
    counted = {claim for toll in state.tolls.values() for claim in toll.claims}
    assert not [one for one in numbered(state, figure["in"], figure) if one.id in counted]


def apart(state: State, entry: Entry) -> None:
    """Two tolls, and no check adds the two or makes the one a part or a later figure of the other."""
    one, other = (figured(state, entry.table[key]) for key in ("one", "other"))
    assert one.id != other.id and toll_of(state, one).id != toll_of(state, other).id
    assert not [check for check in checks(state) if {one.id, other.id} <= set(check.claims)]


def incident(state: State, entry: Entry) -> None:
    """These figures stand in one incident of that day, or one episode since then; others of their harms elsewhere."""
    table = entry.table
    known = {"root": table["root"]} if "root" in table else {}
    claims = [figured(state, one, known) for one in table["figures"]]
    homes = {host(state, one).id for one in claims}
    assert len(homes) == 1, [host(state, one).title for one in claims]
    home = host(state, claims[0])
    first = home.scope.period.start if home.scope.period else None
    assert first == table.get("day", table.get("since")), f"{home.title}"
    if "day" in table:
        assert home.kind == "incident", home.title
    strangers = [one for one in _others(state, entry) if one.id in home.claims]
    assert not strangers, f"in {home.title} also {[one.quote for one in strangers]}"


def _others(state: State, entry: Entry) -> Iterator[Claim]:
    """The killed that other entries name in a series or an incident, of another root or another figure."""
    mine = [(one["in"], _number(one)) for one in entry.table["figures"]]
    for other in (*entry.answers.get("series", ()), *entry.answers.get("incident", ())):
        named = other.get("harm", "killed") == "killed"
        for figure in other["figures"] if named and other is not entry.table else ():
            if (figure["in"], _number(figure)) not in mine and figure.get("harm", "killed") == "killed":
                yield from (one for one in numbered(state, figure["in"], figure) if str(one.harm) == "killed")


def _number(figure: Table) -> object:
    return next(str(figure[key]) for key in NUMBERS if key in figure)


def dependent(state: State, entry: Entry) -> None:
    """The words tell it: a tether that rests on a claim of the report named; or it is proposed."""
    one, other, told = (entry.table[key] for key in ("one", "other", "told"))
    tied = [
        tether for tether in state.linked.tethers
        if _pair(tether.one, tether.other, one, other) and tether.independence == "dependent"
        and told in {report(state, state.claims[claim]) for claim in tether.claims}
    ]  # fmt: skip
    assert tied or _proposals(state, "relate", one, other)


def _pair(a: str, b: str, one: str, other: str) -> bool:
    names = known_as(one), known_as(other)
    a, b = a.casefold(), b.casefold()
    return (a in names[0] and b in names[1]) or (b in names[0] and a in names[1])


def _proposals(state: State, verb: str, one: str, other: str) -> list[str]:
    offers = [found.proposes for found in state.problems if found.proposes and found.proposes.verb == verb]
    return [offer.about for offer in offers if _pair(offer.about, str(offer.details.get("with", "")), one, other)]


def differs(state: State, entry: Entry) -> None:
    """All stand in one account; each pair of named roots differs; no figure is a range of two, no level is mixed."""
    table = entry.table
    claims = [figured(state, one, table) for one in table["figures"]]
    tolls = [toll_of(state, one) for one in claims]
    found = [one for one in state.accounts() if {toll.id for toll in tolls} <= set(one.tolls)]
    assert len(found) == 1, [(toll.root, toll.incident, [one.words for one in toll.series]) for toll in tolls]
    told = [set(check.claims) for check in found[0].differences if check.verdict == "differs"]
    for one, other in combinations(tolls, 2):
        ours = [set(toll.series[-1].claims) for toll in (one, other)]
        named = not {one.root, other.root} & state.unnamed
        assert not named or any(all(mine & both for mine in ours) for both in told), (one.root, other.root)
    for figure, toll, claim in zip(table["figures"], tolls, claims, strict=True):
        assert claim.id in toll.series[-1].claims and toll.figure == state.figures[toll.series[-1].claims[0]]
        levels = {state.claims[one].level == "estimated" for one in toll.claims}
        assert levels == {figure.get("level") == "estimated"}, (toll.root, levels)


def adding_up(state: State, entry: Entry) -> None:
    """A check adds these parts up and says that they hold; or it is a problem, and no bound comes of them."""
    table = entry.table
    harm = {"harm": table["harm"]} if "harm" in table else {}
    parts = [figured(state, one, harm) for one in table["parts"]]
    whole = figured(state, table["whole"], {"root": table["root"], **harm})
    members = {whole.id, *(one.id for one in parts)}
    verdicts = {one.verdict for one in checks(state) if set(one.claims) == members}
    assert verdicts == {"holds" if table["holds"] else "arithmetic problem"}
    if not table["holds"]:
        assert [one for one in state.problems if one.kind == "arithmetic" and set(one.claims) == members]
        for one in (whole, *parts):
            toll = toll_of(state, one)
            assert toll.bounds in (None, toll.figure.count), (toll.figure, toll.bounds)


def overlay(state: State, entry: Entry) -> None:
    """No check adds them, and what they leave of the whole is nobody's figure."""
    whole = figured(state, entry.table["whole"])
    parts = [one for figure in entry.table["parts"] for one in numbered(state, figure["in"], figure)]
    assert len(parts) == len(entry.table["parts"])
    ids = {one.id for one in parts}
    assert not [one for one in checks(state) if one.verdict in SUMS and ids & set(one.claims)]
    left = (whole.quantity.base or 0) - sum(one.quantity.base or 0 for one in parts)
    assert not [toll for toll in state.tolls.values() if left in (toll.figure.low, toll.figure.high)]
    for one in parts:
        assert one.relation and (one.relation.kind, one.relation.to) == ("overlay", whole.id)


def answer(state: State, entry: Entry) -> None:
    """It is held as an answer; each figure of its report stands in a toll, none has moved, no grade is decided."""
    table = entry.table
    for name in table["in"]:
        said = [one for one in state.answers if state.reports[one.report].name == name and one.kind == table["kind"]]
        assert [one for one in said if (one.party.canonical or one.party.words).casefold() in known_as(table["party"])]
        figures = [one for one in state.claims.values() if report(state, one) == name and one.quantity.base]
        counted = [one for one in figures if not (one.relation and one.relation.kind == "restates")]
        assert counted and all(toll_of(state, claim).incident for claim in counted)
    assert not [grade for grade in state.grades() if grade.decision]
    assert _hosts(state, entry) == 1


def _hosts(state: State, entry: Entry) -> int:
    """In how many incidents the killed stand whom the first series of the episode counts."""
    first: Sequence[Table] = entry.answers["series"][0]["figures"]
    return len({host(state, figured(state, one, entry.answers["series"][0])).id for one in first})


def proposal(state: State, entry: Entry) -> None:
    """It is proposed; or, where the machine has no ground in words, nothing is decided."""
    one, other = entry.table["about"], entry.table["with"]
    named = {rooted.root.name for rooted in state.linked.roots.values()}
    pairs = [(a, b) for a in named for b in named if a.casefold() in known_as(one) and b.casefold() in known_as(other)]
    assert pairs, f"no figures of {one} and of {other}"
    undecided = all(independence(a, b, state.linked.tethers).independence == "unknown" for a, b in pairs)
    assert _proposals(state, entry.table["verb"], one, other) or undecided


ASKED: dict[str, Callable[[State, Entry], None]] = {
    "series": series,
    "revision": revision,
    "stale": stale,
    "kept_out": kept_out,
    "apart": apart,
    "incident": incident,
    "dependent": dependent,
    "differs": differs,
    "sum": adding_up,
    "overlay": overlay,
    "answer": answer,
    "proposal": proposal,
}


def failing(state: State, some: Iterable[Entry]) -> dict[str, str]:
    """The entries that do not hold, by id, each with what was found."""
    found: dict[str, str] = {}
    for entry in some:
        try:
            entry.holds(state)
        except AssertionError as error:
            found[entry.id] = str(error)
    return found
