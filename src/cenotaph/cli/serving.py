"""The verb that opens the review desk: a server on this machine alone, and a link that lets one browser in."""

from __future__ import annotations

import errno
import os
import shlex
import socket
import stat
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.collecting import work_out
from cenotaph.cli.opening import many, name_of, open_case, progress, who_option
from cenotaph.cli.terminal import talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.desk import Desk

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Every address of this machine, and the one by which its own browser reaches it."""
TAKEN = (errno.EADDRINUSE, errno.EACCES)
"""What is wrong with a port, where an address can't be listened on."""


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one unless given.")
@click.option("--host", default="127.0.0.1", help="The address to listen on; this machine alone unless given.")
@click.option("--name", "names", multiple=True, help="A name under which others reach the server; may be given again.")
@click.option("--no-browser", is_flag=True, help="Print the link, and open no browser: others who have an account on"
              " this machine may see the link that a browser is started with.")  # fmt: skip
@who_option
def serve(folder: Path | None, port: int, host: str, names: tuple[str, ...], no_browser: bool, who: str | None) -> None:
    """Open the review desk in the browser.

    Without a FOLDER the shipped example is shown, in a case of its own that is made in a temporary folder. The link
    works once, and the desk closes with Ctrl-C; what was decided is in the journal of the case.
    """
    import uvicorn

    from cenotaph.desk import Desk
    from cenotaph.web.app import LOCAL, make_app

    if not host.strip():
        fail("--host is empty; leave it out to listen on this machine alone")
    if host not in LOOPBACK:
        talk().print(_warning(host, names), soft_wrap=True, style="bold")
    listening = _listening(host, port)
    person = name_of(who)
    case = open_case(folder) if folder else _example()
    if _is_open_to_others(case.folder):
        talk().print(_open_to_others(case.folder), soft_wrap=True, style="bold")
    desk = Desk(case)
    _make_pages(desk)
    _read_what_is_new(desk)
    port = listening.getsockname()[1]
    hosts = [*LOCAL, *map(_as_asked, (host, *names))]
    app = make_app(desk, who=person, hosts=hosts, cookie=f"cenotaph-{port}")
    address = f"http://{_as_asked(EVERYWHERE.get(host, host))}:{port}"
    link = f"{address}/enter?key={app.state.keys.link}"
    click.echo(link)
    talk().print(
        f"the desk of {case.folder} is open at {address} until Ctrl-C; the link above works once", soft_wrap=True
    )
    talk().print(f"programs bring this key: Authorization: Bearer {app.state.keys.program}", soft_wrap=True)
    if not no_browser:
        webbrowser.open(link)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[listening])


def _as_asked(host: str) -> str:
    """A name as browsers ask for it.

    >>> _as_asked("Desk.Example"), _as_asked("fd00::1")
    ('desk.example', '[fd00::1]')
    """
    return f"[{host.lower()}]" if ":" in host else host.lower()


def _warning(host: str, names: tuple[str, ...]) -> str:
    known = [*(() if host in EVERYWHERE else (host,)), *names]
    under = f"under {' and '.join(known)} alone" if known else "under no name yet"
    return (
        f"Warning: {host} can be reached from other machines, and what is sent is not encrypted. Whoever has the link"
        f" sees the case. Put a server with TLS before it, or leave --host out. Others reach it {under}; --name gives"
        " one more."
    )


def _read_what_is_new(desk: Desk) -> None:
    """Reads reports that were added and never read: their pages would say that nothing stands in them."""
    import sqlalchemy as sa

    from cenotaph.case.tables import readings
    from cenotaph.desk.tables import reports

    read = sa.select(readings.c.report)
    fresh = desk.rows(sa.select(reports.c.report).where(reports.c.newest == 1, reports.c.report.not_in(read)))
    if fresh:
        talk().print(f"{many(len(fresh), 'report')} to read first; stop it when you like, what was read is kept")
        work_out(desk.case)
        _make_pages(desk)


def _make_pages(desk: Desk) -> None:
    """Brings the pages level with the case; of a large one in a process of its own, so that the server stays small."""
    if desk.small:
        with progress("making the pages") as step:
            desk.fill(lambda what, done, of: step(done, of, what))
        return
    made = subprocess.run([sys.executable, "-m", "cenotaph.desk", str(desk.case.folder), "--pages"], check=False)
    if made.returncode:
        fail(f"the pages of {desk.case.folder} could not be made; what went wrong stands above")


def _is_open_to_others(folder: Path) -> bool:
    """Whether those who are neither its owner nor of its group can read what lies there."""
    read = stat.S_IROTH | stat.S_IXOTH
    return os.name == "posix" and folder.stat().st_mode & read == read and _ways_are_open(folder)


def _open_to_others(folder: Path) -> str:
    return (
        f"Warning: everybody who has an account on this machine can read {folder}, and with it who is protected."
        f" Shut them out: chmod -R o= {shlex.quote(str(folder))}"
    )


def _ways_are_open(folder: Path) -> bool:
    return all(one.stat().st_mode & stat.S_IXOTH for one in folder.resolve().parents)


def _listening(host: str, port: int) -> socket.socket:
    """The open port, so that the link can be told before the server runs."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: asyncio then sends without waiting
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        mend = "leave --port out and a free one is taken"
        if error.errno not in TAKEN:
            mend = "give --host an address of this machine, or leave it out"
        fail(f"{host}:{port} can't be listened on: {error.strerror}; {mend}")
    return found


def _example() -> Case:
    """The shipped example in a case of its own."""
    from cenotaph.case import Case
    from cenotaph.case.settings import read_settings
    from cenotaph.case.shipped import decisions_of
    from cenotaph.cli.collecting import take_in
    from cenotaph.cli.demo import example
    from cenotaph.cli.incoming import Given, incoming

    given = example()
    place = Path(tempfile.mkdtemp(prefix="cenotaph-")) / "coast-2025"
    case = Case.create(place, settings=read_settings(given))
    talk().print(f"no case was named: the example is made in {place}", soft_wrap=True)
    take_in(case, incoming(str(given / "reports"), Given()), "cenotaph demo", quietly=True)
    work_out(case)
    case.decide_all(
        list(decisions_of(given / "decisions.toml", case.claims(), case.reports(), case.linked().incidents))
    )
    work_out(case)
    return case
