"""How linking and reconciling grow with the number of claims, on made-up claims of one shape.

    .venv/bin/python -m bench.scale [--claims 10000,100000,1000000] [--seed N] [--json]
    .venv/bin/python -m bench.scale --case [--claims 100000] [--json]

Each size is linked and reconciled in a process of its own. Beside it DuckDB, if it is installed (pip install duckdb; no
part of cenotaph needs it), sorts the same claims, as a measure of the machine. With --case a case of that size gets one
more report: what is worked out again, in which time, and whether the result equals, row for row, a build from nothing.
"""
