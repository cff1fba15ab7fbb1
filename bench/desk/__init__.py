"""A large case for the load run of the review desk: a real folder, made up from end to end.

    .venv/bin/python -m bench.desk make FOLDER --reports 100000 --claims 1000000 [--seed N] [--share-decided 0.01]

Places are those of the gazetteer; who speaks, who is named and what is said to have happened is nobody's and nowhere's.
Captures go through archive and journal, decisions through the checks of the case, linking and reconciling are its own.
Only the reading is not: each text is told with its claims, which are kept under the key of the real reader, so that
`Case(folder)` opens it and a build reads nothing again.
"""
