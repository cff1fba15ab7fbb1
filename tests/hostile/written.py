"""Texts, notes, JSON and chats whose letters, nesting or days are broken on purpose."""

from __future__ import annotations

import json
from typing import Any

ARABIC = "قتل ثلاثة أشخاص قرب البئر يوم الجمعة. " * 5


def text(words: str, times: int = 1, encoding: str = "utf-8") -> bytes:
    return (words * times).encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def arabic(encoding: str, cut: int = 0, mark: str = "") -> bytes:
    content = bytes.fromhex(mark) + ARABIC.encode(encoding)
    return content[: len(content) - cut]


def mixed(one: str, other: str) -> bytes:
    return ARABIC.encode(one) + b"\n" + ARABIC.encode(other)


def hexed(digits: str, times: int = 1, before: str = "", after: str = "") -> bytes:
    return before.encode() + bytes.fromhex(digits) * times + after.encode()


# --- JSON ---------------------------------------------------------------------------------------------------------


def nested(start: str, end: str, depth: int, inside: str = "", before: str = "", after: str = "") -> bytes:
    return (before + start * depth + inside + end * depth + after).encode()


def objects(row: str, times: int) -> bytes:
    return f"[{','.join([row] * times)}]".encode()


def one_object(**fields: Any) -> bytes:
    return json.dumps({"text": "Three people were killed at the well."} | fields).encode()


# --- notes --------------------------------------------------------------------------------------------------------


def note(head: str, times: int = 1, fence: str = "---", close: bool = True) -> bytes:
    end = f"{fence}\n" if close else ""
    return f"{fence}\n{head * times}\n{end}Three people were killed at the well.\n".encode()


def note_laughs() -> bytes:
    lines = ["a0: &a0 [killed]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return note("\n".join(lines))


# --- chats --------------------------------------------------------------------------------------------------------


def telegram(chat: bool = True, **message: Any) -> bytes:
    found = {"id": 1, "type": "message", "date": "2025-03-08T12:00:00", "text": "Three people were killed."} | message
    return json.dumps({"name": "Channel", "type": "public_channel", "id": 7, "messages": [found]}).encode()


def telegram_raw(messages: str, name: str = '"Channel"') -> bytes:
    return f'{{"name": {name}, "type": "public_channel", "id": 7, "messages": {messages}}}'.encode()


def telegram_deep(depth: int) -> bytes:
    return telegram_raw('[{"id": 1, "type": "message", "text": ' + "[" * depth + "]" * depth + "}]")


def telegram_page(depth: int) -> bytes:
    head = '<html><body><div class="page_wrap"><div class="page_header"><div class="text">C</div></div>'
    one = '<div class="message default" id="message1"><div class="text">Three people were killed.</div></div>'
    return (head + "<div>" * depth + one).encode()


def whatsapp(*lines: str, times: int = 1) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass") * times
