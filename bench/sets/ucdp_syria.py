"""ucdp_syria: the deaths that one headline speaks of, as a coder put them on record (Syria, 2016 to 2019)."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind
from cenotaph.vocabulary import Claim, Report

COUNTRIES = ("Syria",)
_HIDDEN = re.compile(r"\b(?:snipers?(?! of)|assassinations?)\b", re.IGNORECASE)
_BOASTS = re.compile(r"\bclaim(?:s|ed|ing)?\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;:…]| and | after | while ")
_EARLIER = re.compile(r"\b(?:after|following|hours of|days of)\b[^,.;:…]*$", re.IGNORECASE)


def run(data: Path, how: Run) -> Outcome:
    file = data / "headlines.jsonl"
    kept = rows.rows(file, keep=("id", "office", "source_date", "headline"), only=how.only)
    reports = [_report(row) for row in kept]
    read = how.reader(reports, COUNTRIES, how.jobs)
    found = {int(report.name): prediction(int(report.name), claims) for report, claims, _ in read}
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", found.values())
        write_part(file, Path(folder), how.only)
        printed = rows.scored("ucdp_syria", folder, "headlines", Path(folder) / "pred.jsonl")
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found))) if how.errors else ())


def write_part(file: Path, folder: Path, only: str) -> None:
    """The scorer takes a folder and looks for the file by its name."""
    rows.write(folder / file.name, rows.gold(file, only=only))


def _report(row: Mapping[str, Any]) -> Report:
    outlet, published = row["office"] or "", day(row["source_date"])
    return Report.of_text(
        row["headline"], name=str(row["id"]), url=str(row["id"]), outlet=outlet, published=published, language="en"
    )


# --- claims -> one event ------------------------------------------------------------------------------------------


def prediction(name: int, claims: Sequence[Claim]) -> dict[str, Any]:
    """The deaths of the headline's own event; none where it gives only a running total or no figure."""
    told = casualties.counted(claims, "killed") or casualties.counted(claims, "body recovered")
    counted = _of_main_clause([claim for claim in told if _of_event(claim)])
    if not counted:
        return {"id": name, "none": True}
    known = [claim for claim in counted if not _by_nobody_known(claim)]
    line: dict[str, Any] = {"id": name, "deaths": _deaths(known)}
    civilian = [claim for claim in known if claim.group.status == "civilian"]
    if civilian:
        line["deaths_civilians"] = casualties.together(civilian)
    place = casualties.likeliest_place(claims)
    if place is not None and place.lat is not None:
        line["place"] = {"lat": place.lat, "lon": place.lon}
    return line


def _deaths(claims: Sequence[Claim]) -> int:
    """Added up; of "casualties" without a number, dead or wounded, one death is the fewest it can mean."""
    vague = [claim for claim in claims if claim.quantity.comparator == "plural" and claim.quantity.base is None]
    either = [claim for claim in vague if claim.harm.codes != ("killed",) and len(claim.harm.codes) > 1]
    return min(1, len(claims)) if len(either) == len(claims) else casualties.together(claims)


def _of_main_clause(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Without what came before: told in a clause of time ("after killing two, ..."), or counted on from another day;
    all, where nothing else is told.
    """
    now = [claim for claim in claims if not _EARLIER.search(_before(claim))] or claims
    return [claim for claim in now if claim.reach != "running total"] or now


def _before(claim: Claim) -> str:
    """The words of a claim's sentence up to its harm word."""
    return claim.quote[: max(0, claim.trigger.start - claim.start)]


def _by_nobody_known(claim: Claim) -> bool:
    """Whether no word tells whose act it was: of a mine, a sniper, an assassin, bodies found; or whether a party only
    claims it.

    UCDP counts deaths by an organised actor (GED codebook, definition of an event); where it is unclear that one did it
    its best estimate is 0, and the dead stand in the high one.
    """
    if claim.stance == "alleges" and _BOASTS.search(_before(claim)):
        return True
    mine = claim.means is not None and claim.means.code == "landmine"
    found = claim.harm.codes == ("body recovered",) and claim.means is None
    hidden = mine or found or _HIDDEN.search(_around(claim)) is not None
    return hidden and not any(party.canonical or mine for party in claim.parties)


def _around(claim: Claim) -> str:
    """The words of a claim's clause: up to the signs and the "and" around its harm word."""
    at, end = claim.trigger.start - claim.start, claim.trigger.end - claim.start
    return re.split(_CLAUSE, claim.quote[:at])[-1] + claim.quote[at:end] + re.split(_CLAUSE, claim.quote[end:])[0]


def _of_event(claim: Claim) -> bool:
    """A running total counts only without a period: "8 have been killed", not "50 since January"."""
    return claim.reach in ("event", "increment") or (claim.reach == "running total" and claim.period is None)


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        mine, true = found[row["id"]].get("deaths"), row["gold"]["best"]
        wrong = kind(mine, true, row["gold_number_in_headline"], row["cumulative_words"])
        if wrong:
            yield wrong, f"{row['id']}  read {mine}, was {true} | {row['headline']}"


def kind(mine: int | None, true: int, stated: bool, cumulative: bool) -> str:
    """What sort of miss a headline is; "" where it is none."""
    if not stated:
        return "" if mine is None else "answered, the figure is of something else"
    if cumulative or mine == true:
        return ""
    return "no figure read" if mine is None else "too few" if mine < true else "too many"


ADAPTER = Adapter(
    name="ucdp_syria",
    data=SHARED / "ucdp_syria",
    needs=("headlines.jsonl",),
    figures=(
        Figure("clean: best exact", ("clean", "exact_best"), floor=67.5, goal=84),
        Figure("clean: within low and high", ("clean", "in_low_high"), floor=77.7),
        Figure("clean: civilians exact, of answered", ("clean", "civilians_exact_of_answered")),
        Figure("place within 25 km", ("place_prec<=3", "acc@25km")),
    ),
    run=run,
)
"""`not_this_event` (answered though the figure is of something else) is a count in the scorer's JSON: see --json."""
