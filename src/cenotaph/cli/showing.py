"""The verbs that lead to words: why a figure, and what is unclear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, format_option, many, open_case
from cenotaph.cli.terminal import safe, talk, to_stdout

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.cli.tracing import Holdings


@click.command()
@case_argument
@click.argument("selector", default="")
def why(folder: Path, selector: str) -> None:
    """Follow a figure back to the words it rests on.

    SELECTOR is a figure (745), the id of a claim, toll or report, or ROOT/harm/status (SOHR/killed/civilian), any part
    of which may be left out. Without it every toll is told in a sentence.
    """
    from cenotaph.cli.tracing import selected, sentence, tree

    held = holdings(open_case(folder))
    found = selected(held, selector)
    if not found and not selector:
        talk().print("no toll yet: no claim has been read. Next: cenotaph add, then cenotaph build")
        return
    if not found:
        fail(
            f"nothing here matches '{safe(selector)}': neither a figure, nor the id of a claim, toll or report, nor"
            f" ROOT/harm/status. 'cenotaph toll {folder}' shows what there is"
        )
    out = to_stdout()
    for one in found:
        out.print(sentence(held, one, selector), soft_wrap=True)
        if selector:
            out.print()
            out.print(tree(held, one))
            out.print()


def holdings(case: Case) -> Holdings:
    from cenotaph.cli.tracing import Holdings
    from cenotaph.plain import intervals

    claims = {claim.id: claim for claim in case.claims()}
    return Holdings(
        tolls={toll.id: toll for toll in case.tolls()},
        claims=claims,
        reports={report.id: report for report in case.reports()},
        known=intervals(claims.values(), case.rules),
    )


@click.command()
@case_argument
@format_option("table", "json", "jsonl")
def problems(folder: Path, form: str) -> None:
    """Show what is unclear, and what would settle it.

    First those on which most people's numbers hang. A problem that proposes a decision counts for nothing until
    somebody agrees or refuses. Names of protected people are masked in the words quoted; cenotaph why has them whole.
    """
    from dataclasses import replace

    from cenotaph.cli import tables
    from cenotaph.cli.writing import as_json, as_lines
    from cenotaph.plain import dump
    from cenotaph.publish.masking import of_all

    state = open_case(folder).state()
    mask = of_all(state.claims.values())
    found = [replace(one, quote=mask(one.quote)) for one in state.by_weight()]
    if form == "json":
        as_json({"problems": [{"id": one.id, **dump(one)} for one in found]})
    elif form == "jsonl":
        as_lines([{"id": one.id, **dump(one)} for one in found])
    elif not found:
        talk().print("nothing is open")
    else:
        stakes = {one.id: state.at_stake(one) for one in found}
        tables.show(to_stdout(), tables.problems(found, state.reports, stakes))
        proposed = sum(one.proposes is not None for one in found)
        talk().print(
            f"{many(len(found), 'open problem')}, those first on which most hangs; {many(proposed, 'proposal')}"
            f" to agree to or refuse: cenotaph decide {folder} agree ID --why REASON",
            soft_wrap=True,
        )
