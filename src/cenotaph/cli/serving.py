"""The verb that opens the review desk: a server on this machine alone, and a link that lets one browser in."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenotaph.cli import fail
from cenotaph.cli.opening import name_of, open_case, progress, who_option
from cenotaph.cli.terminal import talk

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.desk import Desk

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one unless given.")
@click.option("--host", default="127.0.0.1", help="The address to listen on; this machine alone unless given.")
@click.option("--name", "names", multiple=True, help="A name under which others reach the server; may be given again.")
@click.option("--no-browser", is_flag=True, help="Print the link, and open no browser.")
@who_option
def serve(folder: Path | None, port: int, host: str, names: tuple[str, ...], no_browser: bool, who: str | None) -> None:
    """Open the review desk in the browser.

    Without a FOLDER the shipped example is shown, in a case of its own that is made in a temporary folder. The link
    works once, and the desk closes with Ctrl-C; what was decided is in the journal of the case.
    """
    import uvicorn

    from cenotaph.desk import Desk
    from cenotaph.web.app import LOCAL, make_app

    if host not in LOOPBACK:
        talk().print(
            f"Warning: {host} can be reached from other machines, and what is sent is not encrypted. Whoever has the"
            " link sees the case. Put a server with TLS before it, or leave --host out.",
            soft_wrap=True, style="bold",
        )  # fmt: skip
    case = open_case(folder) if folder else _example()
    person = name_of(who)
    desk = Desk(case)
    _make_pages(desk)
    app = make_app(desk, who=person, hosts=[*LOCAL, host, *names])
    listening = _listening(host, port)
    address = f"http://{'[::1]' if host == '::1' else host}:{listening.getsockname()[1]}"
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


def _make_pages(desk: Desk) -> None:
    """Brings the pages level with the case; of a large one in a process of its own, so that the server stays small."""
    if desk.small:
        with progress("making the pages") as step:
            desk.fill(lambda what, done, of: step(done, of, what))
        return
    made = subprocess.run([sys.executable, "-m", "cenotaph.desk", str(desk.case.folder), "--pages"], check=False)
    if made.returncode:
        fail(f"the pages of {desk.case.folder} could not be made; what went wrong stands above")


def _listening(host: str, port: int) -> socket.socket:
    """The open port, so that the link can be told before the server runs."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: asyncio then sends without waiting
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        fail(f"{host}:{port} can't be listened on: {error.strerror}; leave --port out and a free one is taken")
    return found


def _example() -> Case:
    """The shipped example in a case of its own."""
    from cenotaph.case import Case
    from cenotaph.case.settings import read_settings
    from cenotaph.case.shipped import decisions_of
    from cenotaph.cli.collecting import take_in, work_out
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
