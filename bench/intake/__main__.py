"""`python -m bench.intake`: figures on stdout, talk on stderr; 0 as it should be, 1 a bar is missed, 2 misuse."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.adapter import BenchError
from bench.intake.comparing import differences
from bench.intake.made import made
from bench.intake.running import interrupted, run, started
from bench.sizes import rising

GROWTH = 1.1
"""Times the memory of the smallest size that a larger one may need and still be called independent of the number."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size. Seconds are by the clock; `copied` of plain hashing and copying, `synced` of the same with each file on
    the disk before the next, as an archive needs it. `resumed` and `kills` are 0 where nothing was killed.
    """

    files: int
    size: int
    added: float
    processor: float
    memory: int
    again: float
    copied: float
    synced: float
    kills: int = 0
    resumed: float = 0
    differing: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        return self.files / self.added


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description="many files into a case")
    parser.add_argument(
        "--files", type=rising(100, "files"), default=[10_000], metavar="N[,N...]", help="sizes (10000)"
    )
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="times that the second run is killed (20)")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where it is done (a temporary folder)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    asked = parser.parse_args(arguments)
    try:
        done = [_apart(files, asked.kills, asked.folder) for files in asked.files]
    except BenchError as failed:
        print(failed, file=sys.stderr)
        return 1
    if asked.json:
        print(json.dumps([asdict(one) | {"rate": one.rate} for one in done], indent=1))
    else:
        for one in done:
            print(_lines(one))
    return _judged(done)


def _apart(files: int, kills: int, where: Path | None) -> Measured:
    with tempfile.TemporaryDirectory(dir=where) as here:
        return measured(Path(here), files, kills)


def measured(here: Path, files: int, kills: int, seed: int = 1) -> Measured:
    """One size, in an empty folder: added in one run, added again, copied, and added by a program that is killed."""
    size = made(here / "given", files, seed)
    copied, synced = (_copied(here / "given", here / name, sync) for name, sync in (("copy", False), ("synced", True)))
    started(here / "whole")
    first, again = run(here / "whole", here / "given"), run(here / "whole", here / "given")
    resumed, differing = 0.0, []
    if kills:
        started(here / "killed")
        resumed = sum(one.seconds for one in interrupted(here / "killed", here / "given", files, kills, seed))
        differing = differences(here / "whole", here / "killed")
    return Measured(
        files, size, first.seconds, first.processor, first.memory, again.seconds, copied, synced, kills, resumed,
        tuple(differing[:10]),
    )  # fmt: skip


def _copied(given: Path, to: Path, sync: bool) -> float:
    """Seconds of hashing and copying, file by file, into folders as an archive has them; the copy is taken away."""
    begun = time.monotonic()
    for path in sorted(given.rglob("*.txt")):
        content = path.read_bytes()
        hashed = hashlib.sha256(content).hexdigest()
        (to / hashed[:2]).mkdir(parents=True, exist_ok=True)
        with open(to / hashed[:2] / hashed, "wb") as copy:
            copy.write(content)
            if sync:
                copy.flush()
                os.fsync(copy.fileno())
    took = time.monotonic() - begun
    shutil.rmtree(to)
    return took


def _lines(one: Measured) -> str:
    killed = f"killed {one.kills} times and resumed: {one.resumed:.0f} s in all" if one.kills else "never killed"
    return "\n".join((
        f"{one.files:,} files, {one.size / 1e6:.0f} MB: added in {one.added:.1f} s, {one.rate:.0f} a second"
        f" ({one.processor:.1f} s of the processor); again in {one.again:.1f} s",
        f"  {one.added / one.copied:.1f} times plain hashing and copying ({one.copied:.1f} s),"
        f" {one.added / one.synced:.2f} times that with each file on the disk ({one.synced:.1f} s)",
        f"  most memory {one.memory / 1e6:.0f} MB; {killed}",
    ))  # fmt: skip


def _judged(done: Sequence[Measured]) -> int:
    faults = [f"{one.files} files: {line}" for one in done for line in one.differing]
    if done[-1].memory > GROWTH * done[0].memory:
        found = f"{done[0].memory / 1e6:.0f} MB for {done[0].files:,}, {done[-1].memory / 1e6:.0f} for"
        faults.append(f"memory grows with the number of files: {found} {done[-1].files:,}")
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
