"""How well the reader reads, measured on sets that others made; in the repository, not in the wheel.

    .venv/bin/python -m bench                         every set that has an adapter and data: one table
    .venv/bin/python -m bench SET [--data DIR] [--json] [--errors] [--only REGEX] [--jobs N]

    .venv/bin/python -m bench.pages [SET ...]         the same into the table of docs/reading.md
    .venv/bin/python -m bench.roads [--speed]         the reader beside a dependency parse, and its speed beside spaCy
    .venv/bin/python -m bench.laws                    the laws of the scope calculus, on made-up scopes
    .venv/bin/python -m bench.intake                  many files into a case, killed on the way; beside plain copying
    .venv/bin/python -m bench.scale [--case]          how linking and reconciling grow with the number of claims

A set's data and its scorer lie outside the repository, in ../shared/data/SET; the scorer is run as its own process, so
that a figure is the set's and not ours. Each set is one module of bench/sets/: it hands the rows to `cenotaph.read`,
without what would give the answer away, and turns the claims into the set's own form.
"""
