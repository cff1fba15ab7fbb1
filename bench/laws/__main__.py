"""`python -m bench.laws`: the laws of the calculus on a million made-up cases; 0 all hold, 1 one is broken, 2 misuse.

Of each kind of case so many are made that there are as many scopes, figures, statements and true statements as asked
for, and a hundredth of that of systems of parts and wholes, whose every solution is tried out by hand.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.laws import figures, judgements, made, sets, systems

Law = Callable[[Any], bool | None]


@dataclass(frozen=True)
class Kind:
    """One kind of case: how one is made, how many things of its name are in it, and the laws that hold for it."""

    name: str
    make: Callable[[Random], Any]
    laws: Sequence[Law]
    each: int = 1
    share: int = 1

    def cases(self, examples: int) -> int:
        """How many cases hold so many things, at least one."""
        return max(1, -(-examples // (self.each * self.share)))


KINDS = (
    Kind("scopes", made.Three.made, sets.LAWS, each=3),
    Kind("quantities", figures.Figures.made, figures.LAWS),
    Kind("statements", judgements.Two.made, judgements.LAWS, each=2),
    Kind("true statements", judgements.Told.made, judgements.TRUE_LAWS, each=2),
    Kind("systems", systems.Parts.made, systems.LAWS, share=100),
)


@dataclass(frozen=True)
class Tried:
    """How often a law held and how often it had nothing to say, and the first case that broke it."""

    kind: Kind
    law: Law
    answers: Counter[bool | None]
    broken_by: Any = None

    def __str__(self) -> str:
        held, broken = self.answers[True], self.answers[False]
        words = self.law.__name__.replace("_", " ")
        return f"  {held:>9,} held  {broken:>3,} broken  {self.answers[None]:>9,} not asked  {words}"


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    broken: list[Tried] = []
    for kind in KINDS:
        began = time.monotonic()
        cases = kind.cases(asked.examples)
        print(f"{kind.name}: {cases * kind.each:,} in {cases:,} cases, seed {asked.seed}")
        for tried in tried_out(kind, cases, asked.seed):
            print(tried)
            broken += [tried] if tried.answers[False] else []
        print(f"{kind.name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    for tried in broken:
        print(f"broken: {tried.law.__name__}\n  {tried.broken_by}")
    print(f"{len(broken)} of {sum(len(kind.laws) for kind in KINDS)} laws broken")
    return 1 if broken else 0


def tried_out(kind: Kind, cases: int, seed: int) -> Iterator[Tried]:
    """Each law of a kind on the same cases, which are the same for the same seed."""
    random = Random(f"{kind.name} {seed}")
    answers: list[Counter[bool | None]] = [Counter() for _ in kind.laws]
    broken_by: dict[int, Any] = {}
    for _ in range(cases):
        case = kind.make(random)
        for at, law in enumerate(kind.laws):
            answer = law(case)
            answers[at][answer] += 1
            if answer is False:
                broken_by.setdefault(at, case)
    for at, law in enumerate(kind.laws):
        yield Tried(kind, law, answers[at], broken_by.get(at))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.laws", description="try the laws of the calculus")
    parser.add_argument("--examples", type=_positive, default=1_000_000, metavar="N", help="of each kind (1,000,000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes other cases (1)")
    return parser


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is no number of examples; give 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
