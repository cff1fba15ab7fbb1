"""Many reports of one incident -> what a casualty recorder would write down: how many, when, where, by whom, who.

Reports carry other news beside their own (menus, round-ups, tolls of a year). A recorder keeps what is told of this
place and day, hears each report once, and writes the figures that carry most weight as a range. So does this, by plain
weights; they are a set's conversion and no rule of the house: a toll of ours is made in reconcile and by people.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench import casualties
from cenotaph.vocabulary import Claim, Place, Report

Read = Sequence[tuple[Report, Sequence[Claim]]]
PARTS = ("children", "women", "men")
KINDS = (
    *("killed", "injured", "children_killed", "women_killed", "men_killed"),
    *("children_injured", "women_injured", "militants_killed"),
)
"""The figures of the set; all but the last are of civilians, and of people whom nobody calls fighters."""
ARMED = ("armed forces", "security forces", "armed group")
MEMBERS = ("عنصر", "عناصر", "member", "combatant", "mercenar")
"""Words for members of a force where no status is read; recorders do not count them among civilians."""
SILENT = ("denies", "expects")
NEAR_KM, BESIDE_KM = 3, 12
EXACT = 3
"""UCDP's where_prec up to which a place is a point rather than an area."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a claim counts. Chosen on the development part of airwars_syria; 1 is a plain claim of the event."""

    plural: float = 0.4  # "civilians were killed", which gives no figure
    running: float = 0.4  # a total that runs on
    another_day: float = 0.8
    another_place: float = 0.2
    same_place: float = 2
    long: float = 0.1  # of a month, a year
    abroad: float = 0.05  # and background
    lead: float = 2  # in the first characters of a report
    alpha: float = 0.5  # a figure with this share of the best one's weight is an end of the range
    killed: tuple[float, float] = (1.2, 0.1)  # what the best must reach: at least, and per report
    injured: tuple[float, float] = (0.2, 0.0)


WEIGHTS = Weights()
LEAD = 250
LONG_DAYS = 5
MOST = 3.0
"""One report may give a figure no more weight than this."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the reports together say of when and where; None where they do not."""

    day: dt.date | None
    place: Place | None


def scene_of(read: Read, until: dt.date, written: Iterable[Sequence[dt.date]] = ()) -> Scene:
    """When and where the reports say that it was; see `likeliest_day` and `likeliest_place`."""
    return Scene(likeliest_day(read, until, written), likeliest_place(read))


def likeliest_day(read: Read, until: dt.date, written: Iterable[Sequence[dt.date]] = ()) -> dt.date | None:
    """The day that most reports came out on or give to their claims; of two neighbours the earlier counts for both.
    Days that a text only writes somewhere (`written`, a list for each) hardly count beside these.
    """
    votes: Counter[dt.date] = Counter()
    for report, claims in read:
        votes.update([report.published] if report.published else [])
        told = {one.period.start for one in claims if one.period and one.period.start and one.period.precision == 1}
        for day in told:
            votes[day] += 1 / len(told)  # type: ignore[assignment]
    for days in written:
        for day in set(days):
            votes[day] += 0.1 / len(set(days))  # type: ignore[assignment]
    known = {day: weight for day, weight in votes.items() if day < until}
    return max(
        known,
        key=lambda day: (known[day] + 0.6 * known.get(day + dt.timedelta(1), 0), -day.toordinal()),
        default=None,
    )


def likeliest_place(read: Read) -> Place | None:
    """The place that most reports give to their claims, exact ones and those told first before others."""
    votes: defaultdict[str, float] = defaultdict(float)
    places: dict[str, Place] = {}
    for _, claims in read:
        own: dict[str, float] = {}
        for claim in claims:
            place = claim.place
            if place is not None and place.lat is not None and claim.reach != "background" and _is_home(place):
                exact = {1: 1.0, 2: 1.0, 3: 0.9}.get(place.precision, 0.3)
                own[place.id] = max(own.get(place.id, 0), exact * (1.3 if claim.start < 2 * LEAD else 0.7))
                places[place.id] = place
        for name, weight in own.items():
            votes[name] += weight / math.sqrt(len(own))

    def support(name: str) -> float:
        return votes[name] + sum(
            0.5 * votes[other] for other in votes if other != name and apart(places[name], places[other]) < BESIDE_KM
        )

    best = max(votes, key=lambda name: (support(name), name), default=None)
    return places[best] if best is not None else None


def _is_home(place: Place) -> bool:
    return place.path[:1] == ("Syria",)


def apart(one: Place, other: Place) -> float:
    """Kilometres between two places that have coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        raise ValueError(f"both places must have coordinates; found {one.name!r} and {other.name!r}")
    rad = math.pi / 180
    half = math.sin((other.lat - one.lat) * rad / 2) ** 2
    half += math.cos(one.lat * rad) * math.cos(other.lat * rad) * math.sin((other.lon - one.lon) * rad / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


# --- how much a claim counts --------------------------------------------------------------------------------------


def weight(claim: Claim, scene: Scene, by: Weights = WEIGHTS) -> float:
    """How much a claim counts towards this incident's figures; see Weights."""
    told = by.plural if claim.quantity.base in (None, 0) else 1.0
    if claim.reach == "background":
        told *= by.abroad
    if claim.reach == "running total":
        told *= by.running
    told *= _in_time(claim, scene.day, by) * _in_place(claim.place, scene.place, by)
    return told * (by.lead if claim.start < LEAD else 1)


def _in_time(claim: Claim, day: dt.date | None, by: Weights) -> float:
    period = claim.period
    if period is None or period.start is None or day is None:
        return 1
    if period.end is None or (period.end - period.start).days > LONG_DAYS:
        return by.long
    gap = min(abs((period.start - day).days), abs((period.end - day).days))
    return by.another_day if gap > 2 else 1


def _in_place(mine: Place | None, here: Place | None, by: Weights) -> float:
    if mine is None:
        return 1
    if mine.path and not _is_home(mine):
        return by.abroad
    if here is None or mine.lat is None:
        return 1
    if mine.precision <= EXACT:
        far = apart(mine, here)
        return by.same_place if far < NEAR_KM else 1.1 if far < BESIDE_KM else by.another_place
    same = len(mine.path) < 2 or len(here.path) < 2 or mine.path[1] == here.path[1]
    return 1 if same else by.another_place


# --- figures ------------------------------------------------------------------------------------------------------


def part_of(claim: Claim) -> str:
    """Children, women, men, militants or people, by the words of the group."""
    group = claim.group
    if group.status in ARMED or any(word in group.words for word in MEMBERS):
        return "militants"
    if group.age == "child":
        return "children"
    return {"female": "women", "male": "men"}.get(group.sex, "people")


def ranges(read: Read, scene: Scene, by: Weights = WEIGHTS) -> dict[str, list[int]]:
    """Killed and injured, and their parts, as a recorder's ranges; a figure that nothing carries is left out."""
    out = {}
    for harm in ("killed", "injured"):
        least, each = by.killed if harm == "killed" else by.injured
        found = ranged(tally(read, harm, scene, by), least + each * len(read), by.alpha)
        out.update({harm: found} if found else {})
        for part in (*(PARTS if found else ()), "militants"):
            own = ranged(tally(read, harm, scene, by, part), least, by.alpha)
            out.update({f"{part}_{harm}": own} if own and f"{part}_{harm}" in KINDS else {})
    return out


def tally(read: Read, harm: str, scene: Scene, by: Weights, part: str = "") -> Mapping[int, float]:
    """Each figure told for a harm with the weight it has: the best of each report, added up over reports."""
    votes: defaultdict[int, float] = defaultdict(float)
    for _, claims in read:
        own: defaultdict[int, float] = defaultdict(float)
        for figure, told in _told(_counted(claims, harm, part), scene, by):
            own[figure] += told
        best = max(own.values(), default=0)
        for figure in (figure for figure, told in own.items() if told == best):
            votes[figure] += min(best, MOST)
    return votes


def _told(claims: Iterable[Claim], scene: Scene, by: Weights) -> Iterable[tuple[int, float]]:
    """Sentence by sentence: the figures of one added up, and the most that one of them counts."""
    sentences: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        sentences[claim.start].append(claim)
    return ((casualties.together(told), max(weight(claim, scene, by) for claim in told)) for told in sentences.values())


def _counted(claims: Iterable[Claim], harm: str, part: str) -> list[Claim]:
    """Of all civilians those told as a whole; of a part also those told as of others ("among them two women")."""
    fit = [one for one in claims if one.harm.codes == (harm,) and one.stance not in SILENT]
    if part:
        return [one for one in fit if part_of(one) == part]
    of_others = ("part", "overlay")
    whole = [one for one in fit if one.relation is None or one.relation.kind not in of_others]
    return [one for one in whole if part_of(one) != "militants"]


def ranged(votes: Mapping[int, float], least: float, alpha: float) -> list[int] | None:
    """From the lowest to the highest of the figures that weigh at least a share of the heaviest.

    >>> ranged({2: 3.0, 4: 2.0, 60: 0.5}, least=1, alpha=0.5), ranged({2: 0.5}, least=1, alpha=0.5)
    ([2, 4], None)
    """
    best = max(votes.values(), default=0)
    kept = [figure for figure, told in votes.items() if told >= alpha * best]
    return [min(kept), max(kept)] if kept and best >= least else None


# --- who ----------------------------------------------------------------------------------------------------------


def named(read: Read, scene: Scene, least: float = 0.3) -> list[str]:
    """Whom claims of this place and day name among the harmed, in full; each spelling once."""
    found = {
        name: None
        for _, claims in read
        for claim in claims
        if {"killed", "injured"} & {*claim.harm.codes} and weight(claim, scene) >= least
        for name in claim.group.names
        if len(name.split()) > 1
    }
    return list(found)
