"""How fast and how safely many files come into a case: beside plain copying, and when the program is killed on the way.

.venv/bin/python -m bench.intake [--files N[,N...]] [--kills N] [--folder DIR] [--json]
"""
