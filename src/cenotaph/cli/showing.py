"""The verbs that lead to words: why a figure, and what is unclear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import case_argument, format_option, many, open_case, shown, unmasked_option
from cenotaph.cli.terminal import safe, talk, to_stdout

if TYPE_CHECKING:
    from cenotaph.case import State
    from cenotaph.cli.tracing import Holdings


@click.command()
@case_argument
@click.argument("selector", default="")
@unmasked_option
def why(folder: Path, selector: str, unmasked: bool) -> None:
    """Follow a figure back to the words it rests on.

    SELECTOR is a figure (745), the id of a claim, toll or report, or ROOT/harm/status (SOHR/killed/civilian), any part
    of which may be left out. Without it every toll is told in a sentence. Where a protected person is named in the
    words, [protected] stands; --unmasked shows the words whole.
    """
    from cenotaph.cli.tracing import selected, sentence, tree

    held = holdings(shown(open_case(folder), unmasked))
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


def holdings(state: State) -> Holdings:
    from cenotaph.cli.tracing import Holdings

    return Holdings(state.tolls, state.claims, state.reports, state.figures, state.decisions)


@click.command()
@case_argument
@format_option("table", "json", "jsonl")
@unmasked_option
def problems(folder: Path, form: str, unmasked: bool) -> None:
    """Show what is unclear, and what would settle it.

    First those on which most people's numbers hang. A problem that proposes a decision counts for nothing until
    somebody agrees or refuses. What does not fit in our own assessments and totals is among them.
    """
    from cenotaph.cli import tables
    from cenotaph.cli.writing import as_json, as_lines
    from cenotaph.plain import dump

    state = shown(open_case(folder), unmasked)
    found = state.weighed()
    if form == "json":
        as_json({"problems": [{"id": key, **dump(one)} for key, one in found]})
    elif form == "jsonl":
        as_lines([{"id": key, **dump(one)} for key, one in found])
    elif not found:
        talk().print("nothing is open")
    else:
        tables.show(to_stdout(), tables.open_ones(found, state))
        proposed = sum(one.proposes is not None for _, one in found)
        talk().print(
            f"{many(len(found), 'open problem')}, those first on which most hangs; {many(proposed, 'proposal')}"
            f" to agree to or refuse: cenotaph decide {folder} agree ID --why REASON",
            soft_wrap=True,
        )
