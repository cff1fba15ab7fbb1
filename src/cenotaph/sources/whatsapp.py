"""A chat that WhatsApp exported as text: "[08/03/2025, 14:05:11] Name: words", one message a line or more.

One message is one report, kept as the export has it. Who wrote it is not taken over: a name in a chat may be that of
somebody who must not be found. Phones write the day as their owner is used to, and nothing in the file says how: the
days are told only where the file leaves one way to read them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from cenotaph.intake import Captured
from cenotaph.plain.chat import chat_files, chat_line, chat_words
from cenotaph.sources.known import Beside, Known
from cenotaph.vocabulary import Problem

__all__ = ["fits", "messages"]


class Message(NamedTuple):
    """The lines of a message as the file has them, and the three numbers of its day in the order of the file."""

    lines: list[str]
    numbers: tuple[int, int, int]


ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Where year, month and day stand among the three numbers."""


def fits(content: bytes) -> bool:
    """Whether the first line that says anything begins as the messages of an export do.

    >>> fits("[08/03/2025, 14:05:11] Somebody: Ten people were killed.".encode())
    True
    >>> fits(b"8 March: ten people were killed.")
    False
    """
    start = content[:2000].decode("utf-8-sig", "replace").lstrip("\r\n \u200e\u200f")
    return chat_line(start.splitlines()[0] if start else "") is not None


def messages(
    content: bytes, known: Known, *, name: str, original: str, beside: Beside = lambda _: None
) -> Iterator[Captured | Problem]:
    """Each message with words, in the order of the chat, with the picture or file that the phone wrote beside the chat.

    Days that can be read in two ways are left out, and said.
    """
    try:
        found = _parted(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        what = f"{name}: WhatsApp writes UTF-8, and this is none (byte {error.start})"
        yield Problem("not readable", what, name, settle="export the chat again, without opening it in between")
        return
    order = _order([message.numbers for message in found])
    if order is None and known.published is None:
        what = f"{name}: its days can be read in two ways (day first or month first); they are left out"
        yield Problem("unclear days", what, name, settle="add the messages of one day with --published")
    for number, (lines, numbers) in enumerate(found, 1):
        raw = "".join(lines)
        if chat_words(raw):
            files = tuple(file for file in map(beside, chat_files(raw)) if file)
            one = known.captured(
                raw.encode(), "whatsapp", f"{name}-{number}", how="whatsapp", original=original, attachments=files
            )
            yield one if one.published or order is None else replace(one, published=_day(numbers, order))


def _parted(text: str) -> list[Message]:
    """A line that begins with a day and a time opens a message; what follows belongs to it."""
    found: list[Message] = []
    for line in text.splitlines(keepends=True):
        head = chat_line(line)
        if head is not None:
            found.append(Message([line], head.numbers))
        elif found:
            found[-1].lines.append(line)
    return found


def _order(days: Sequence[tuple[int, int, int]]) -> str | None:
    """The one order under which every day is a day and none comes before the one above it; None where two are."""
    fit = [order for order in ORDERS if _rises(days, order)]
    return fit[0] if len(fit) == 1 else None


def _rises(days: Sequence[tuple[int, int, int]], order: str) -> bool:
    found = [_day(numbers, order) for numbers in days]
    return all(a is not None and b is not None and a <= b for a, b in pairwise([found[0], *found]))


def _day(numbers: tuple[int, int, int], order: str) -> dt.date | None:
    year, month, day = (numbers[at] for at in ORDERS[order])
    if order != "year first" and year < 100:
        year += 2000  # WhatsApp is younger than that
    try:
        return dt.date(year, month, day) if 2009 <= year <= 2100 else None
    except ValueError:
        return None
