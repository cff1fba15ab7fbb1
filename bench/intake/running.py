"""`cenotaph add` as a program of its own: run to its end, or killed on the way and begun again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.adapter import BenchError
from bench.scale.measured import TO_BYTES

__all__ = ["Ran", "interrupted", "run", "started"]

_LOOKS = 100  # lines between two looks at its memory
_COMMAND = (sys.executable, "-c", "from cenotaph.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: how many lines it gave of each kind, its seconds by the clock and of the processor, its most bytes.

    The bytes are looked up while it runs, on Linux: what the system gives at the end counts this bench as well, which
    the program is a copy of until it begins. Elsewhere they are that, and an upper bound. One that was to be killed may
    be done before that.
    """

    lines: int
    new: int
    seconds: float
    processor: float
    memory: int
    killed: bool = False


def started(case: Path) -> None:
    """A new case. Raises BenchError with what the program said."""
    done = subprocess.run([*_COMMAND, "init", str(case)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(done.stderr.strip())


def run(case: Path, given: Path, *, kill_at: int = 0, pause: float = 0) -> Ran:
    """Adds a folder. With `kill_at` the program is killed (SIGKILL) so many seconds after so many lines.

    Raises BenchError where it ends otherwise than it should.
    """
    begun = time.monotonic()
    lines = new = most = 0
    with tempfile.TemporaryFile("w+") as said:
        command = [*_COMMAND, "add", str(case), str(given), "--who", "bench"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True) as program:
            assert program.stdout is not None
            for line in program.stdout:
                lines += 1
                new += "\tnew\t" in line
                if lines % _LOOKS == 1:
                    most = max(most, _held_at_most(program.pid))
                if kill_at and lines >= kill_at:
                    time.sleep(pause)
                    os.kill(program.pid, signal.SIGKILL)
                    break
            program.stdout.read()
            _, code, used = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(code)
        said.seek(0)
        killed = bool(kill_at) and program.returncode == -signal.SIGKILL
        if program.returncode and not killed:
            raise BenchError(f"cenotaph add ended with {program.returncode}: {said.read()[-300:]}")
    took, memory = time.monotonic() - begun, most or used.ru_maxrss * TO_BYTES
    return Ran(lines, new, took, used.ru_utime + used.ru_stime, memory, killed)


def _held_at_most(pid: int) -> int:
    """The most bytes that a running program has held so far; 0 where the system does not say."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM:")), 0)


def interrupted(
    case: Path, given: Path, files: int, kills: int, seed: int = 1, *, longest: float = 0.5
) -> Sequence[Ran]:
    """Killed so many times, each time further on and at a moment that nobody chose; then run to its end.

    A kill comes up to `longest` seconds after a line; of few files the program may be done by then.
    """
    chance = random.Random(seed)
    moments = sorted(chance.randint(1, files - 1) for _ in range(kills))
    killed = [run(case, given, kill_at=lines, pause=longest * chance.random()) for lines in moments]
    return [*killed, run(case, given)]
