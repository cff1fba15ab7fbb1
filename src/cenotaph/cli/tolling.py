"""The verb that shows tolls: each root's figures side by side, how they grew, and what they would be if ..."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, format_option, many, open_case, unmasked_option, veil_for, warn_unmasked
from cenotaph.cli.terminal import Cell, safe, talk, to_stdout, written

if TYPE_CHECKING:
    from cenotaph.case import Case, State
    from cenotaph.vocabulary import Account, Check, Incident, Ledger, Toll

SHOWN = 4
"""Differences of one account that a first look shows; the rest is counted, and --format json has them all."""


@click.command()
@case_argument
@click.option("--scope", default="", help="Only these: an incident's code, id or title, a figure, or ROOT/harm/status.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="What could be known on that day.")
@click.option("--without", multiple=True, metavar="VOICE", help="As if that voice or outlet had not been heard.")
@click.option("--rules", default="", help="Another rule set for words such as 'about' and 'dozens'.")
@click.option("--chart", metavar="FILE", is_flag=False, flag_value="-",
              help="Draw each root's series as steps: an .svg file, or the terminal if no file is named.")  # fmt: skip
@format_option("table", "json", "csv")
@unmasked_option
def toll(
    folder: Path, scope: str, as_of: dt.datetime | None, without: tuple[str, ...], rules: str, chart: str | None,
    form: str, unmasked: bool,
) -> None:  # fmt: skip
    """Show what each root has counted, and how that grew.

    Figures of different roots stand side by side and are never added: each is what that root had counted, a floor. With
    --as-of, --without or --rules everything is worked out anew and nothing is stored.
    """
    case = open_case(folder)
    state = looked_at(case, as_of.date() if as_of else None, without, rules, unmasked)
    tolls = within(state, scope)
    if scope and not tolls:
        fail(f"no toll is meant by '{safe(scope)}'; cenotaph toll {folder} shows what there is")
    for note in state.notes:
        talk().print(safe(note))
    if chart:
        draw(case, state, tolls, chart, scope)
    else:
        _write(state, tolls, form)


def looked_at(case: Case, day: dt.date | None, without: Sequence[str], rules: str, unmasked: bool) -> State:
    """The case as it is, or as it would be; nobody who is protected is named in it unless that is asked for."""
    from cenotaph.case.state import as_known_on, supposed, without_voice
    from cenotaph.case.veiled import veil_of, veiled
    from cenotaph.cli.tracing import canonical

    state = case.state()
    veil = veil_of(state)
    if rules:
        from cenotaph.world import load

        known = load(countries=case.settings.countries, rules=rules).rules
        state = supposed(state, state.claims.values(), f"figures by the rules '{rules}'", rules=known)
    if day:
        state = as_known_on(state, day)
    for voice in without:
        state = without_voice(state, canonical(voice) or voice)
    if unmasked:
        warn_unmasked(case)
        return state
    return veiled(state, veil)


def within(state: State, scope: str) -> list[Toll]:
    """The tolls that are meant, those of an incident or episode among them."""
    from cenotaph.cli.tracing import Holdings, selected
    from cenotaph.vocabulary import Toll

    if not scope:
        return list(state.tolls.values())
    meant = {one.id for one in state.linked.incidents if is_called(one, scope)}
    meant |= {one.id for one in state.linked.incidents if one.parent in meant}
    if meant:
        return [one for one in state.tolls.values() if one.incident in meant]
    held = Holdings(state.tolls, state.claims, state.reports, state.figures)
    return [one for one in selected(held, scope) if isinstance(one, Toll)]


def is_called(incident: Incident, name: str) -> bool:
    digits = name.rpartition(":")[2].casefold()
    if name in (incident.id, incident.code, *incident.once):
        return True
    return (len(digits) >= 6 and incident.id.partition(":")[2].startswith(digits)) or (
        len(name) > 3 and name.casefold() in incident.title.casefold()
    )


def _write(state: State, tolls: Sequence[Toll], form: str) -> None:
    from cenotaph.cli.writing import as_csv, as_json
    from cenotaph.plain import dump
    from cenotaph.vocabulary import Toll

    shown = {one.id for one in tolls}
    if form == "csv":
        as_csv(Toll, dump(tolls))
        return
    accounts = [one for one in state.accounts() if shown & set(one.tolls)]
    if form == "json":
        blamed = [{"incident": top, **dump(check)} for top, check in state.accused().items()]
        as_json({"tolls": dump(tolls), "accounts": dump(accounts), "accused": blamed, "ledgers": dump(state.ledgers())})
        return
    show_tolls(tolls, state.incidents)
    for account in accounts:
        _side_by_side(account, state)
    tops = {account.incident for account in accounts}
    for top, check in state.accused().items():
        if top in tops:
            to_stdout().print(Cell(f"who is accused: {written(check.what)}", label="  "))
    for ledger in state.ledgers():
        _ledger(ledger)
    _to_look_at(state)


def show_tolls(tolls: Sequence[Toll], incidents: Mapping[str, Incident]) -> None:
    """By episode, the largest first, each before its incidents; what is in none last."""
    from cenotaph.cli import tables

    if not tolls:
        talk().print("no toll yet: no claim has been read. Next: cenotaph add, then cenotaph build")
        return
    out, count = to_stdout(), 1
    groups: dict[str, list[Toll]] = {}
    for one in tolls:
        groups.setdefault(one.incident if one.incident in incidents else "", []).append(one)
    for top, ours in sorted(groups.items(), key=lambda item: _place_in(incidents, *item)):
        out.print(Cell(_heading(incidents, top), "bold"))
        tables.show(out, tables.tolls(ours), first=count)
        count += len(ours)
    talk().print(
        "Machine readings unless it says otherwise. Each figure is what its root had counted; roots are never added."
    )


def _place_in(incidents: Mapping[str, Incident], key: str, ours: Sequence[Toll]) -> tuple[object, ...]:
    one = incidents.get(key)
    if one is None:
        return (True, "", False, 0, "")
    whole = incidents.get(one.parent, one)
    return (False, -len(whole.claims), whole.id, one.id != whole.id, -len(ours), key)


def _heading(incidents: Mapping[str, Incident], key: str) -> str:
    if not key:
        return "in no incident"
    one = incidents[key]
    whole = f", in: {written(incidents[one.parent].title)}" if one.parent in incidents else ""
    return f"{one.code} {written(one.title)}{whole}".strip()


def _side_by_side(account: Account, state: State) -> None:
    """What keeps the figures of two roots apart; a first look gets a few, those of named roots first."""
    if len(account.tolls) < 2:
        return
    out = to_stdout()
    title = state.incidents[account.incident].title if account.incident in state.incidents else ""
    out.print(Cell(f"{account.harm}, {written(title)}: {account.support}", "bold"))
    ordered = sorted(account.differences, key=lambda check: _weight(check, state), reverse=True)
    for check in ordered[:SHOWN]:
        said = "contradiction: " if check.verdict == "contradiction" else ""
        out.print(Cell(f"{said}{written(check.what)}", label="  "))
    if len(ordered) > SHOWN:
        out.print(f"  and {len(ordered) - SHOWN:,} more pairs of figures side by side (--format json)")


def _weight(check: Check, state: State) -> tuple[bool, bool, int]:
    """Contradictions first, then named roots, then the larger of the smaller figures."""
    roots = {str(state.linked.roots[one].root) for one in check.claims if one in state.linked.roots}
    lows: dict[str, int] = {}
    for one in check.claims:
        root = str(state.linked.roots[one].root)
        lows[root] = max(lows.get(root, 0), state.figures[one].low)
    return check.verdict == "contradiction", not roots & state.unnamed, min(lows.values(), default=0)


def _ledger(ledger: Ledger) -> None:
    from cenotaph.cli.phrases import span_of
    from cenotaph.vocabulary import Interval

    out = to_stdout()
    total = Interval(ledger.total.low, None, ledger.total.high, "")
    out.print(Cell(f"what we hold: {ledger.harm}, {ledger.level}: {span_of(total)}", "bold"))
    for line in ledger.lines:
        adds = span_of(Interval(line.adds.low, None, line.adds.high, ""))
        out.print(Cell(f"{adds}  {written(line.title)} · {line.reading} · {line.assessment}", label="  "))
    for problem in ledger.problems:
        out.print(Cell(written(problem), label="  ! "))


def _to_look_at(state: State) -> None:
    """What a person must look at in our own assessments: a second reader who is none, claims that came since."""
    for problem in state.assessments()[1]:
        to_stdout().print(Cell(written(problem.what), label="  ! "))


def draw(case: Case, state: State, tolls: Sequence[Toll], target: str, scope: str) -> None:
    """A picture of the series: steps over time, growth of a record and never deaths of a day. A file names nobody."""
    relayed = {key: day for key, one in state.claims.items() if (day := state.reports[one.report].published)}
    grown = [one for one in tolls if one.series]
    if target == "-":
        from cenotaph.cli.charting import steps_text

        out = to_stdout()
        out.print(steps_text(grown, out.width, relayed=relayed))
        return
    from cenotaph.publish.chart import steps_svg

    title = case.settings.title or str(case.folder)
    units = {state.claims[one.claims[0]].quantity.unit for one in grown if one.claims}
    counted = "" if units <= {"people"} else " and ".join(sorted(units))
    heading, mask = f"{title}: {scope}" if scope else title, veil_for(case).hidden.mask
    picture = steps_svg(grown, title=heading, relayed=relayed, counted=counted, mask=mask)
    Path(target).write_text(picture, encoding="utf-8")
    talk().print(f"{many(len(grown), 'series', 'series')} drawn into {target}", soft_wrap=True)
