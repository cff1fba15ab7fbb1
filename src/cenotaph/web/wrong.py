"""Why something can't be as it was typed, in the language of the interface."""

from __future__ import annotations

from cenotaph.web import said
from cenotaph.web.texts import Texts

__all__ = ["in_words"]


def in_words(line: str, words: Texts, n: int = 0) -> tuple[str, str]:
    """The line in that language, and the language that it is in. It is the key of a text, or a sentence of a stage.

    >>> from cenotaph.web.texts import texts
    >>> in_words("degrees run from -90 to 90", texts("ar"))
    ('الدرجات من -90 إلى 90', 'ar')
    >>> in_words("nobody translated this", texts("ar"))
    ('nobody translated this', 'en')
    """
    if words.has(line):
        return words(line, n=n), words.language
    found = said.in_words(words, line)
    return (line, "en") if found is None else (found, words.language)
