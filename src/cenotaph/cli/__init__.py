"""The command line: one verb a task, data on stdout, talk on stderr.

A verb's module, and with it every engine, is imported when the verb is called, so that `cenotaph --help` is quick.
Exit codes: 0 fine; 1 something is open or broken that the verb was asked to find; 2 misuse, or input that can't be
read; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any, NoReturn

import click

from cenotaph import __version__

VERBS = {
    "demo": ("demo", "Make a case of the shipped example and show what comes out."),
    "serve": ("serving", "Open the review desk in the browser."),
    "read": ("reading", "Read one report without a case: who says that what was done to how many."),
    "init": ("collecting", "Make a folder for a case."),
    "add": ("collecting", "Take reports into a case, byte for byte."),
    "watch": ("watching", "Take in what arrives in a folder, in feeds, at addresses."),
    "build": ("collecting", "Read what is new and work out the tolls."),
    "toll": ("tolling", "Show what each root has counted, and how that grew."),
    "why": ("showing", "Follow a figure back to the words it rests on."),
    "problems": ("showing", "Show what is unclear, and what would settle it."),
    "versions": ("versions", "Show what changed where an address was captured again."),
    "incidents": ("gathering", "Show what claims are about: incidents, and the episodes that hold them."),
    "roots": ("gathering", "Show who repeats whom, and which roots are known to be independent."),
    "victims": ("victims", "Show the persons whom lists and reports name, and what became of them."),
    "decide": ("deciding", "Decide on a claim, a voice, an incident or a problem."),
    "check": ("checking", "Check a draft of your own: each figure in it beside what the case holds."),
    "export": ("exporting", "Write the claims for others, protected people left out."),
    "import": ("importing", "Take a sheet in: a changed export, or one that others keep."),
    "verify": ("keeping", "Check every byte and every chain of a case."),
    "forget": ("keeping", "Destroy a report's words, or a request's, for good; a tombstone stays."),
    "backup": ("copies", "Write a case into one file, every byte checked."),
    "restore": ("copies", "Make a case of a back-up, in a new folder."),
    "merge": ("copies", "Take what another copy of a case received and decided."),
}
"""Each verb: its module in this package, and what it does, in the same sentence that begins the verb's own help."""


class Verbs(click.Group):
    """A group that knows its verbs by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        module = import_module(f"cenotaph.cli.{VERBS[name][0]}")
        verb: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        return verb

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            raise click.UsageError(f"There is no verb '{args[0]}'. {_nearest(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, about) for name, (_, about) in VERBS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Whoever reads our output may stop early (`| head`): that is no error."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it closes
            return 0
        return code

    def main(  # type: ignore[override]  # click types this by overloads that say no more
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **extra)
        _speak_utf8()
        sys.exit(_exit_code(lambda: super(Verbs, self).main(args, prog_name, standalone_mode=False, **extra)))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cenotaph")
def main() -> None:
    """Every figure with the words it rests on.

    Reports go in; out come claims (who says that what was done to how many, by whom, where and when), the toll of each
    root, and what stays open. Nothing here is a fact because a machine read it.

    Begin with:  cenotaph demo
    """


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, VERBS, n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(VERBS)}."


def _speak_utf8() -> None:
    """Arabic must come out whatever the terminal's old code page; half characters come out escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _exit_code(run: Callable[[], Any]) -> int:
    try:
        code = run()
        return code if isinstance(code, int) else 0
    except click.ClickException as misuse:
        misuse.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        _say("stopped; what was done is kept, and the same command goes on from there")
        return 130
    except Exception as wrong:
        line = _expected(wrong)
        if line is None:
            raise
        _say(f"Error: {line}")
        return 2


def _expected(wrong: Exception) -> str | None:
    """One clear line for what may well go wrong outside; None for a defect of ours, which must show its traceback."""
    from cenotaph.case import CaseError
    from cenotaph.intake import Unreadable

    if isinstance(wrong, (CaseError, Unreadable)) or type(wrong) is LookupError:
        return " ".join(str(wrong).split())
    if isinstance(wrong, OSError):
        return f"{wrong.strerror or wrong}: {wrong.filename}" if wrong.filename else str(wrong)
    return None


def _say(line: str) -> None:
    click.echo(line, err=True)


def fail(line: str) -> NoReturn:
    """Misuse: one clear line, exit 2."""
    raise click.ClickException(line)
