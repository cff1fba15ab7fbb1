"""Two roads to "who was harmed, and how many", and their mix, measured on the same sets with the same words.

    .venv/bin/python -m bench.roads                     cascade, parse and mix: one table of figures, speed, memory
    .venv/bin/python -m bench.roads --speed             the whole reader against a plain spaCy pipeline, same news
    .venv/bin/python -m bench.roads --first-pass        the first pass loses no claim: every text of every set
    .venv/bin/python -m bench.roads --edits 1000        random edits of real reports: nothing raises, quotes stay true

The roads differ in one step only: which people a harm word takes. The cascade finds them by patterns over recognised
groups (cenotaph.read), the parse by the dependency tree of the sentence. Harm words, numbers, people, voices, places
and days are one and the same for both, and so is every later step.
"""
