"""The words of the interface, one file a language; numbers and days as that language writes them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

__all__ = ["LANGUAGES", "Texts", "texts"]

LANGUAGES = ("en", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Texts:
    """`texts("inbox.title")` is the text of that name; slots in braces are filled, and `n` chooses the plural."""

    language: str
    known: Mapping[str, Any]

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @cached_property
    def locale(self) -> Locale:
        return Locale(self.language)

    def __call__(self, key: str, /, **slots: Any) -> str:
        """Raises LookupError for a text that the language lacks: a test compares the files.

        >>> texts("en")("count.claims", n=1), texts("en")("count.claims", n=1200)
        ('1 claim', '1,200 claims')
        """
        found = self._text(key, slots)
        return found.format_map({name: self._told(one) for name, one in slots.items()}) if slots else found

    def html(self, key: str, /, **slots: Any) -> Markup:
        """The text with slots that are HTML already, or are escaped."""
        return Markup(self._text(key, slots).format_map({name: escape(self._told(one)) for name, one in slots.items()}))

    def _text(self, key: str, slots: Mapping[str, Any]) -> str:
        found = self._found(key)
        if type(found) is not str:
            found = found.get(_plural(self.language, slots.get("n", 0)), found["other"])
        return str(found)

    def has(self, key: str) -> bool:
        try:
            self._found(key)
        except LookupError:
            return False
        return True

    def code(self, kind: str, code: str) -> str:
        """The word for a code of the house ("killed", "civilian"); a code that has none stands for itself."""
        found = self._codes.get((kind, code))
        if found is None:
            key = f"{kind}.{code.replace(' ', '_')}"
            if not self.has(key):  # it may be words of a report, which are not kept
                return code
            found = self._codes[kind, code] = self(key)
        return found

    @cached_property
    def _codes(self) -> dict[tuple[str, str], str]:
        return {}

    def _found(self, key: str) -> Any:
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = self._looked_up(key)
        return found

    @cached_property
    def _by_key(self) -> dict[str, Any]:
        """Texts that were asked for: a page asks for the same few a thousand times."""
        return {}

    def _looked_up(self, key: str) -> Any:
        found: Any = self.known
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise LookupError(f"no text {key!r} in language {self.language!r}; add it to languages/*.toml")
            found = found[part]
        if isinstance(found, Mapping) and "other" not in found:
            raise LookupError(f"{key!r} in language {self.language!r} is a group of texts, not one")
        return found

    def _told(self, value: Any) -> Any:
        if isinstance(value, (str, bool)) or not isinstance(value, (int, float)):
            return value
        return self.number(value)

    def plural(self, count: float) -> str:
        """Which of the plurals of this language a number takes, as CLDR names it."""
        return _plural(self.language, count)

    def number(self, count: float) -> str:
        return _number(self.language, count)

    def percent(self, share: float) -> str:
        return _percent(self.language, share)

    def day(self, when: dt.date | str | None) -> str:
        """
        >>> texts("en").day("2025-03-08")
        '8 March 2025'
        """
        if not when:
            return ""
        return _day(self.language, when[:10] if isinstance(when, str) else when.isoformat()[:10])

    def moment(self, when: dt.datetime | str | None) -> str:
        if not when:
            return ""
        found = dt.datetime.fromisoformat(when) if isinstance(when, str) else when
        comma = "،" if self.direction == "rtl" else ","
        return (
            format_datetime(found, f"d MMMM y{comma} HH:mm", tzinfo=dt.UTC, locale=self.locale)
            + f" {self('moment.utc')}"
        )


@lru_cache(maxsize=20_000)
def _plural(language: str, count: float) -> str:
    return str(Locale(language).plural_form(count))


@lru_cache(maxsize=20_000)  # a page tells the same few numbers and days again and again
def _number(language: str, count: float) -> str:
    return str(format_decimal(count, locale=Locale(language)))


@lru_cache(maxsize=20_000)
def _percent(language: str, share: float) -> str:
    return str(format_percent(share, locale=Locale(language)))


@lru_cache(maxsize=20_000)
def _day(language: str, day: str) -> str:
    return format_date(dt.date.fromisoformat(day), "d MMMM y", locale=Locale(language))


@cache
def texts(language: str) -> Texts:
    """Raises LookupError for a language that has no file."""
    if language not in LANGUAGES:
        raise LookupError(f"no texts in language {language!r}; there are: {', '.join(LANGUAGES)}")
    file = resources.files("cenotaph.web") / "languages" / f"{language}.toml"
    return Texts(language, tomllib.loads(file.read_text(encoding="utf-8")))
