"""Text that a store and a page can hold: files may have what is no text in UTF-8, and evidence keeps it as it is."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

__all__ = ["Text", "sayable"]


def sayable(text: str) -> str:
    """The text with a sign for each half of a pair of UTF-16 that stands alone.

    >>> sayable("48 dead"), sayable("48\\ud800 dead") == "48\\ufffd dead"
    ('48 dead', True)
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class Text(TypeDecorator[str]):
    """A column of words of others: what neither SQLite nor PostgreSQL can hold goes in as a sign that says so."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return sayable(value).replace("\0", "\ufffd") if isinstance(value, str) else value
