"""Three hundred things as they come on one morning, made of the thirty bulletins of the example; 220 are repeats."""

from __future__ import annotations

import csv
import html
import json
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

BULLETINS = Path(__file__).resolve().parents[2] / "examples" / "coast-2025" / "reports"
POSTS, MAILS, PAGES, COPIES, OBJECTS = 40, 50, 60, 30, 40
"""How many repeats there are of each form: 220."""
NOTES, SHEETS, EMPTY = 40, 5, 5
"""And what is none: notes of our own, sheets, files with nothing in them."""


@dataclass(frozen=True)
class Bulletin:
    """One of the thirty: its name, its text without the head, and the head."""

    name: str
    head: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


def bulletins() -> list[Bulletin]:
    found = []
    for path in sorted(BULLETINS.glob("r*.md")):
        _, head, text = path.read_text("utf-8").split("---\n", 2)
        found.append(Bulletin(path.stem, head, text.strip()))
    return found


def three_hundred(folder: Path) -> None:
    """Writes them all below a folder, in forms that everyday programs write."""
    known = bulletins()
    assert len(known) == 30
    for one in known:
        _write(folder / "own" / f"{one.name}.md", f"---\n{one.head}---\n{one.text}\n")
    _posts(folder / "posts.json", [known[at % 30] for at in range(POSTS)])
    for at in range(MAILS):
        _mail(folder / "mail" / f"{at}.eml", known[at % 30], at)
    for at in range(PAGES):
        _page(folder / "pages" / f"{at}.html", known[at % 30], at)
    for at in range(COPIES):
        _write(folder / "copies" / f"{at}.txt", known[at].text.replace("  ", " "))
    objects = [{"text": known[at % 30].text, "outlet": f"Relay {at // 30}"} for at in range(OBJECTS)]
    _write(folder / "objects.json", json.dumps(objects, ensure_ascii=False))
    for at in range(NOTES):
        _write(folder / "notes" / f"{at}.txt", f"A note of the desk. {at + 2} people were killed on street {at} today.")
    for at in range(SHEETS):
        _sheet(folder / "sheets" / f"{at}.csv", at)
    for at in range(EMPTY):
        _write(folder / "empty" / f"{at}.txt", "  \n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _posts(path: Path, shown: list[Bulletin]) -> None:
    """A channel's posts: all of a bulletin but its last paragraph, as Telegram's desktop program exports them."""
    messages = [
        {
            "id": at, "type": "message", "date": f"2025-03-{8 + at // 30:02}T12:{at % 60:02}:00",
            "date_unixtime": str(1741435200 + 60 * at), "from": "Example Channel", "from_id": "channel1",
            "text": "\n\n".join(one.paragraphs[:-1] if at % 2 and len(one.paragraphs) > 3 else one.paragraphs),
        }
        for at, one in enumerate(shown)
    ]  # fmt: skip
    _write(path, json.dumps({"name": "Example Channel", "type": "public_channel", "id": 1, "messages": messages}))


def _mail(path: Path, one: Bulletin, at: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "desk@wire.example", "list@readers.example"
    mail["Subject"], mail["Date"] = one.paragraphs[0], f"Sat, 08 Mar 2025 {at % 24:02}:00:00 +0000"
    mail["List-Id"] = "Example Digest <digest.wire.example>"
    mail.set_content(f"{one.text}\n\n--\nSent to you by the digest\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mail.as_bytes())


def _page(path: Path, one: Bulletin, at: int) -> None:
    title, *paragraphs = map(html.escape, one.paragraphs)
    body = "".join(f"<p>{line}</p>" for paragraph in paragraphs for line in paragraph.split("\n"))
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    _write(
        path,
        f"<html lang='en'><head><title>{title}</title></head><body>{menu}<article><h1>{title}</h1>{body}</article>"
        f"<footer>Page {at} of Example Mirror</footer></body></html>",
    )


def _sheet(path: Path, at: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([["Date", "Place", "Killed"], [f"2025-03-{at + 1:02}", "Baniyas", at + 2]])
