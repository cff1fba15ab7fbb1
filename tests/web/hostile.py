"""A case in which everything that others may write is hostile, and how a page is looked at for what came of it."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import html

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk
from cenotaph.vocabulary import Decision
from tests.web.small import captured

__all__ = ["FIRST", "PAYLOADS", "make_hostile", "spoken", "traces"]

FIRST = (
    "At least 12 civilians were killed by shelling in Baniyas on Friday, the Syrian Observatory for Human Rights said."
)
BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
LONGEST_FIELD = 2_000
"""Letters of a payload in a field; a text has all of it."""
PROTECTED_OF, LONGEST_NAME = 6, 60


def _written(told: Any) -> str:
    if isinstance(told, str):
        return told
    if "json" in told:
        return str(json.loads(told["json"]))
    return str(told["text"] + told["more"] * told["repeat"])


def _payloads() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text(encoding="utf-8"))
    return {f"{kind}.{name}": _written(told) for kind, some in table.items() for name, told in some.items()}


PAYLOADS: Mapping[str, str] = _payloads()


def make_hostile(folder: Path) -> Path:
    """Each payload as the text, title, outlet, address and file name of a report, as a person's name, as a reason, and
    as the name of whoever decides.
    """
    case = Case.create(folder, settings=Settings(title=PAYLOADS["breakout.close"], countries=("SY",)))
    given = []
    for number, words in enumerate(PAYLOADS.values()):
        short = words[:LONGEST_FIELD]
        text = (
            f"{FIRST}\n{words}\nSalim {short}, a resident, said {number + 2} people were killed in Jableh on Friday.\n"
        )
        given.append(captured(text, short, "2025-03-08", short, title=short, url=short))
    list(case.add(given, who="A Reader"))
    case.build()
    case.decide_all([one for at, words in enumerate(PAYLOADS.values()) for one in _decisions(case, at, spoken(words))])
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


def spoken(words: str) -> str:
    """A payload as a form can send it: half of a pair of UTF-16 is no text there."""
    return words[:LONGEST_FIELD].encode("utf-8", "replace").decode()


def _decisions(case: Case, at: int, words: str) -> Iterator[Decision]:
    when = dt.datetime(2025, 3, 11, tzinfo=dt.UTC)
    claims = _claims(case)
    about = claims[at % len(claims)]
    yield Decision(words, when, "accept", about, why=words)
    yield Decision("A Reader", when, "grade", f"Voice {words}", why=words, details={"word": "fair"})
    if at % PROTECTED_OF == 0:  # each hides words everywhere, so that few of the others would be seen as they are
        name = words[:LONGEST_NAME]
        yield Decision("A Reader", when, "protect", f"Name {name}", why=words, details={"also": [f"Other {name}"]})


_ids: dict[Path, list[str]] = {}


def _claims(case: Case) -> list[str]:
    if case.folder not in _ids:
        _ids[case.folder] = [one.id for one in case.claims()]
    return _ids[case.folder]


# --- what came of it --------------------------------------------------------------------------------------------------

NEVER = {
    "iframe", "object", "embed", "base", "style", "applet", "frame", "frameset", "marquee", "math", "foreignobject",
    "xmp", "plaintext", "noembed", "portal", "audio", "source", "mglyph", "animate", "set",
}  # fmt: skip
"""Elements that no page of ours has."""
FORBIDDEN = re.compile(
    r"^(?:on.*|style|srcdoc|formaction|background|hx-on.*|hx:on.*|v-.*|[@:].*|ping|autofocus|accesskey)$"
)
"""Attributes that no page of ours has."""
NAMED = {"id", "class", "name", "for", "form", "target", "rel", "type", "method", "http-equiv", "lang", "dir", "slot"}
"""Attributes that no word of others may reach."""
LEADS = {"href", "src", "action", "data", "poster", "xlink:href", "hx-get", "hx-post", "hx-target", "hx-select"}
TEMPLATES = re.compile(r"\b49\b")
"""What `7*7` comes to in a template that was made of a payload."""


def traces(page: bytes) -> list[str]:
    """What of a payload became part of the structure of a page; [] where all of it stayed text."""
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    found = []
    for one in tree.iter():
        if not isinstance(one.tag, str):  # a comment of a template never has words of others
            found += ["a comment or an instruction"] if "pwned" in str(one.text or "") else []
            continue
        tag = one.tag.lower()
        found += [f"<{tag}>"] if tag in NEVER or "pwned" in tag else []
        found += ["a script with words in it"] if tag == "script" and (one.text or "").strip() else []
        for name, value in one.attrib.items():
            found += [f"<{tag} {trace}>" for trace in _of_attribute(tag, name.lower(), value)]
        found += [f"<{tag}>: letters that turn the line" for _ in _turned(one)]
    return found


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    hostile = "pwned" in value.lower()
    if FORBIDDEN.match(name) or "pwned" in name or (hostile and name.startswith(("hx-", "data-hx-"))):
        yield name
    if hostile and (name in NAMED or (tag == "meta" and name == "content")):
        yield f"{name}={value[:40]!r}"
    if name in LEADS and not re.match(r"(?:/(?![/\\])|[#?]|https?://|$)", value):
        yield f"{name}={value[:40]!r}"
    if tag not in ("a", "area") and name in LEADS and re.match(r"(?:https?:)?//", value):
        yield f"{name}={value[:40]!r} of a <{tag}>"


def _turned(one: html.HtmlElement) -> Iterator[str]:
    """Text with letters that turn what follows them, in an element that does not keep them to itself."""
    if one.tag in ("title", "textarea", "option", "script") or not BIDI.search(one.text or ""):
        return
    kept = one.tag == "bdi" or any(part.tag == "bdi" or "dir" in part.attrib for part in _around(one))
    if not kept:
        yield one.tag


def _around(one: html.HtmlElement) -> Iterator[html.HtmlElement]:
    while one is not None and one.tag not in ("html", "body", "main"):
        yield one
        one = one.getparent()
