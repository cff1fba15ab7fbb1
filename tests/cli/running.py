"""The command line as a person types it, run in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from cenotaph.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def ended(*words: str | Path, code: int = 0) -> Result:
    """The same, which must end with that code."""
    found = run(*words)
    assert found.exit_code == code, found.output
    return found


def shown(*words: str | Path) -> str:
    """What is on stdout, in one line: a table breaks where the terminal ends."""
    found = run(*words)
    assert found.exit_code == 0, found.output
    return " ".join(found.stdout.replace("│", " ").split())
