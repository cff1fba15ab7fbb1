"""The pictures of docs/intake.md: what the programs show here, made again by one command.

.venv/bin/python tools/pictures.py [NAME ...]

Needs wget, Chromium, LibreOffice Calc, poppler-utils, rsvg-convert and the fonts of DejaVu. Every text in them is made
up; so are its places and people. Readings of the clock are replaced by one of that morning, so that a picture changes
only with what is shown.
"""

from __future__ import annotations

import fcntl
import io
import json
import mailbox
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LARGEST = 120_000
"""Bytes of one picture."""
WIDTH = 100
"""Letters in a line of a terminal."""
FONT, ASPECT = "DejaVu Sans Mono", 0.602
"""A font with Arabic letters as wide as Latin ones, and how wide a letter is in it."""
FRAME = f"""<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {{width}} {{terminal_height}}">
<style>.{{unique_id}}-matrix {{{{ font-family: {FONT}; font-size: {{char_height}}px }}}} {{styles}}</style>
<defs>{{lines}}</defs>
<rect x="1" y="1" width="{{width}}" height="{{height}}" fill="#eeeeee"/>
<g transform="translate({{terminal_x}}, 9)"><g class="{{unique_id}}-matrix">{{matrix}}</g></g></svg>"""
"""A terminal without a window around it; nothing is fetched from elsewhere."""
CLOCK = re.compile(r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b")
MORNING = "2025-03-09 08:00:00"
SLOWEST = 120
"""Seconds that one command may take."""

POST = (
    "At least 12 people were killed on Friday 7 March when shells hit the market of Examplestead, Example Monitor said."
    " Four of them were children.\n\nThe streets around the market were closed until the evening."
)
LATER = "Example Monitor says that 15 people are known by name to have died at the market of Examplestead on 7 March."
TALK = "Two people were hurt at the old mill this morning."
ARABIC = "قال مرصد المثال إن 12 شخصاً قتلوا يوم الجمعة 7 آذار في قصف على السوق، بينهم أربعة أطفال."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shells on the market</title><style>
@page {{ size: 150mm 84mm; margin: 9mm 11mm }} body {{ font: 11pt/1.45 "DejaVu Serif", serif }}
h1 {{ font-size: 16pt; margin: 0 0 2mm }} .ar {{ font-family: "DejaVu Sans"; }} small {{ color: #555 }}</style></head>
<body><article><h1>Shells on the market</h1><small>Example Monitor, 8 March 2025</small>
{"".join(f"<p>{part}</p>" for part in POST.split(chr(10) * 2))}<p lang="ar" dir="rtl" class="ar">{ARABIC}</p>
</article></body></html>"""
LIST = (
    ("Date", "Place", "المكان", "Killed", "Children", "Injured", "Source"),
    ("2025-03-07", "Examplestead, market", "سوق المثال", 12, 4, 20, "Example Monitor"),
    ("2025-03-08", "Old mill", "الطاحونة القديمة", 0, 0, 2, "a resident"),
    ("2025-03-09", "Samplebridge", "جسر العينة", "3 or 4", 1, 6, "Example Wire"),
    ("2025-03-11", "Samplebridge, school", "مدرسة العينة", 2, 2, 9, "Example Monitor"),
)


def main(asked: Sequence[str]) -> int:
    """Makes the pictures that are named, or all. Ends with 1 where one can't be made as it should be."""
    unknown = set(asked) - set(MAKERS)
    if unknown:
        raise SystemExit(f"no picture is called {', '.join(sorted(unknown))}; there are: {', '.join(MAKERS)}")
    PICTURES.mkdir(exist_ok=True)
    for name in asked or MAKERS:
        with tempfile.TemporaryDirectory() as here:
            picture = MAKERS[name](Path(here))
        if len(picture) > LARGEST:
            raise SystemExit(f"{name}: {len(picture):,} bytes; a picture has at most {LARGEST:,}")
        (PICTURES / f"{name}.png").write_bytes(picture)
        print(f"{name}.png\t{len(picture):,} bytes")
    return 0


# --- what is shown ----------------------------------------------------------------------------------------------------


def adding(here: Path) -> bytes:
    """A morning's folder taken into a case."""
    _case(here)
    morning = here / "morning"
    morning.mkdir()
    _telegram(morning / "ChatExport_2025-03-09")
    _whatsapp(morning / "WhatsApp Chat - Neighbours.zip")
    _mails(morning / "Inbox.mbox")
    (morning / "market.pdf").write_bytes(_printed(here, PAGE))
    (morning / "empty.txt").write_text("\n", "utf-8")
    _list(here, morning / "incidents.xlsx")
    return _terminal(here, "ls morning", "cenotaph add case morning")


def watching(here: Path) -> bytes:
    """A folder looked at twice: what arrived is taken in once."""
    _case(here)
    (here / "inbox").mkdir()
    for name, words in (("inbox/market.txt", POST), ("inbox/سوق.txt", ARABIC), ("mill.txt", TALK)):
        _settled(here / name, words)
    look = "cenotaph watch case inbox --once"
    return _terminal(here, look, "cp --preserve mill.txt inbox", look)


def capturing(here: Path) -> bytes:
    """A page captured by wget as WARC, and taken in."""
    _case(here)
    with _served(PAGE) as proxy:
        return _terminal(
            here,
            "wget --no-verbose --warc-file=market http://monitor.example/market.html",
            "cenotaph add case market.warc.gz",
            known={"http_proxy": proxy},
        )


def importing(here: Path) -> bytes:
    """What the columns of a monitor's list are taken for."""
    _case(here)
    _list(here, here / "incidents.xlsx")
    return _terminal(here, "cenotaph import case incidents.xlsx")


def recognising(here: Path) -> bytes:
    """A scanned page read by tesseract, and what is asked about it."""
    _case(here)
    (here / "page.pdf").write_bytes(_printed(here, PAGE.replace(ARABIC, "")))
    _run("pdftoppm", "-r", "200", "-png", "-singlefile", "page.pdf", "scan", cwd=here)
    return _terminal(here, "cenotaph add case scan.png", "cenotaph build case", "cenotaph problems case")


def printed_page(here: Path) -> bytes:
    """A page as Chromium prints it to PDF."""
    (here / "page.pdf").write_bytes(_printed(here, PAGE))
    return _drawn(here, "page.pdf", 110)


def listed(here: Path) -> bytes:
    """A monitor's list, saved as xlsx by LibreOffice Calc and drawn by it."""
    _list(here, here / "incidents.xlsx")
    _office(here, "incidents.xlsx", _ONE_PAGE)
    return _drawn(here, "incidents.pdf", 110)


def exported(here: Path) -> bytes:
    """The sheet of claims of an export, drawn by LibreOffice Calc: the columns from the outlet to the figure."""
    _case(here)
    _telegram(here / "export")
    for outlet, site, words in (("Example Wire", "wire", LATER), ("صحيفة المثال", "news", ARABIC)):
        head = f"---\noutlet: {outlet}\npublished: 2025-03-09\nurl: https://{site}.example/1\n---\n"
        (here / f"{site}.md").write_text(head + words, "utf-8")
        _typed(f"cenotaph add case {site}.md", here)
    for command in ("cenotaph add case export", "cenotaph build case", "cenotaph export case --format xlsx > all.xlsx"):
        _typed(command, here)
    _office(here, "all.xlsx", _ONE_PAGE)
    return _drawn(here, "all.pdf", 110, "-x", "401", "-y", "0", "-W", "1570", "-H", "200")


MAKERS: dict[str, Callable[[Path], bytes]] = {
    "add": adding, "watch": watching, "wget": capturing, "import": importing, "scan": recognising,
    "page": printed_page, "list": listed, "export": exported,
}  # fmt: skip


# --- what is given ----------------------------------------------------------------------------------------------------


def _case(here: Path) -> None:
    _typed("cenotaph init case", here)


def _telegram(folder: Path) -> None:
    """A channel's posts as Telegram Desktop exports them."""
    posts = [
        {
            "id": number, "type": "message", "date": f"2025-03-0{day}T12:00:00",
            "date_unixtime": str(1741348800 + 86400 * (day - 7)), "from": "Example Monitor", "from_id": "channel1",
            "text": words,
        }
        for number, day, words in ((11, 7, POST), (12, 8, LATER))
    ]  # fmt: skip
    folder.mkdir()
    told = {"name": "Example Monitor", "type": "public_channel", "id": 1, "messages": posts}
    (folder / "result.json").write_text(json.dumps(told), "utf-8")


def _whatsapp(path: Path) -> None:
    """A chat as a phone packs it."""
    chat = (
        f"[13/03/2025, 08:05:00] A: {TALK} \u200e<attached: 00000001-PHOTO.jpg>\n[13/03/2025, 08:09:31] B: {ARABIC}\n"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("_chat.txt", chat)
        packed.writestr("00000001-PHOTO.jpg", b"\xff\xd8\xff a picture of nothing")


def _mails(path: Path) -> None:
    box = mailbox.mbox(path)
    for subject, words in (("Shells on the market", POST), ("بيان", ARABIC)):
        mail = EmailMessage()
        mail["Date"], mail["Subject"] = "Sat, 08 Mar 2025 18:00:00 +0000", subject
        mail["List-Id"] = "Example Digest <digest.wire.example>"
        mail.set_content(words)
        box.add(mail)
    box.flush()


def _list(here: Path, path: Path) -> None:
    """A list of incidents, saved as xlsx by LibreOffice Calc as a person would."""
    (here / "made").mkdir()
    with xlsxwriter.Workbook(here / "made" / path.name) as book:
        sheet = book.add_worksheet("Incidents")
        lines = {"border": 1, "border_color": "#AAAAAA"}
        plain, bold = book.add_format(lines), book.add_format({**lines, "bold": True, "bg_color": "#DDE6EE"})
        for row, cells in enumerate(LIST):
            sheet.write_row(row, 0, cells, plain if row else bold)
        for column, width in enumerate((12, 24, 18, 10, 10, 10, 18)):
            sheet.set_column(column, column, width)
    _office(here / "made", path.name, "xlsx", str(path.parent))


def _settled(path: Path, words: str) -> None:
    """A file that nobody has changed for a minute."""
    path.write_text(words, "utf-8")
    then = time.time() - 60
    os.utime(path, (then, then))


@contextmanager
def _served(page: str) -> Iterator[str]:
    """A proxy that knows one page, under whatever address it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.endswith(".html")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode() if found else b"")

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


# --- a terminal -------------------------------------------------------------------------------------------------------


def _terminal(here: Path, *commands: str, known: dict[str, str] | None = None) -> bytes:
    """What a terminal shows of these commands, given one after the other."""
    shown = Text()
    for command in commands:
        shown.append("\n$ " if shown else "$ ", "green").append(command, "bold").append("\n")
        said = CLOCK.sub(MORNING, _typed(command, here, known))
        shown.append("".join(line for line in said.splitlines(keepends=True) if line.strip()))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(shown)
    svg = console.export_svg(code_format=FRAME, theme=DEFAULT_TERMINAL_THEME, font_aspect_ratio=ASPECT)
    (here / "shown.svg").write_text(svg, "utf-8")
    _run("rsvg-convert", "--format", "pdf", "--output", "shown.pdf", "shown.svg", cwd=here)
    _run("pdftoppm", "-r", "108", "-gray", "-singlefile", "shown.pdf", "shown", cwd=here)
    return _small((here / "shown.pgm").read_bytes())


def _small(pgm: bytes) -> bytes:
    """A grey picture (PGM) as PNG of sixteen greys: words need no more, and it is a third of the size."""
    _, width, height, _ = (int(one) if one.isdigit() else 0 for one in pgm.split(maxsplit=4)[:4])
    dots = pgm[-width * height :]
    lines = (dots[at : at + width] + b"\xff" * (width % 2) for at in range(0, len(dots), width))
    packed = b"".join(
        b"\0" + bytes(a & 0xF0 | b >> 4 for a, b in zip(one[::2], one[1::2], strict=True)) for one in lines
    )
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)), (b"IDAT", zlib.compress(packed, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        for kind, held in (*parts, (b"IEND", b""))
    )


def _typed(command: str, folder: Path, known: dict[str, str] | None = None) -> str:
    """What a command writes to a terminal of this width that knows no colours and no way back."""
    shell = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb", "LANG": "C.UTF-8",
        "TZ": "UTC", "HOME": str(folder), "COLUMNS": str(WIDTH), **(known or {}),
    }  # fmt: skip
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, WIDTH, 0, 0))
    with subprocess.Popen(["bash", "-c", command], cwd=folder, env=shell, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        stop = threading.Timer(SLOWEST, program.kill)
        stop.start()
        said = b"".join(iter(lambda: _read(ours), b""))
        stop.cancel()
    os.close(ours)
    if program.returncode not in (0, 1):
        raise SystemExit(f"{command}: exit {program.returncode}: {said.decode()}")
    return said.decode().replace("\r\n", "\n")


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65_536)
    except OSError:  # on Linux a terminal whose program has ended says so by an error
        return b""


# --- other programs ---------------------------------------------------------------------------------------------------

_ONE_PAGE = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=SLOWEST)
    if done.returncode:
        raise SystemExit(f"{command[0]}: exit {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")


def _printed(here: Path, page: str) -> bytes:
    """A page printed to PDF by Chromium."""
    (here / "printed.html").write_text(page, "utf-8")
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    _run(
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={here / '.profile'}", f"--print-to-pdf={here / 'printed.pdf'}",
        (here / "printed.html").as_uri(), cwd=here,
    )  # fmt: skip
    return (here / "printed.pdf").read_bytes()


def _office(folder: Path, name: str, form: str, out: str = ".") -> None:
    """A file in another form, by LibreOffice."""
    settings = (folder / ".office").as_uri()
    _run("soffice", f"-env:UserInstallation={settings}", "--headless", "--convert-to", form, "--outdir", out, name,
         cwd=folder)  # fmt: skip


def _drawn(here: Path, name: str, dots: int, *more: str) -> bytes:
    """The first page of a PDF, so many dots an inch."""
    _run("pdftoppm", "-r", str(dots), "-f", "1", "-singlefile", "-png", *more, name, "drawn", cwd=here)
    return (here / "drawn.png").read_bytes()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
