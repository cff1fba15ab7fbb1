"""Bytes to characters: by what they prove or say of themselves; refused where a letter or a digit might be lost."""

from __future__ import annotations

import re

from cenotaph.intake import Captured, Unreadable

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# What a guess may find. Central European pages are missing on purpose: they win over cp1252 on French and English text.
_GUESSES = ["cp1256", "iso8859_6", "cp720", "cp1252", "cp1254", "cp1251", "koi8_r", "iso8859_5", "cp1255"]

# Encodings that a page may say; Python knows more, among them some that are no text (hex, zlib, unicode_escape).
_SAYABLE = re.compile(
    r"(windows-|cp)125[0-8]|iso-8859-([1-9]|1[013-6])|koi8-[ru]|gbk|gb2312|gb18030|big5|euc-(jp|kr)|shift_jis"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # but for tab, line ends and escape
_SAMPLE = 20_000
_FEW = 0.1
_MOST_CONTROLS = 0.02  # of a sample; text has none, or one left over from a print file


def decoded(captured: Captured, *, said: str = "", lenient: bool = False) -> str:
    r"""Characters of bytes: by the mark at their start, as UTF-8, as `said`, else by what the letters look like.

    Lenient reading puts U+FFFD where UTF-8 is broken, as browsers do. Line ends become \n. Raises Unreadable.
    """
    text = _characters(captured, said, lenient)
    if "\x00" in text:
        raise Unreadable(f"{captured.name}: this is no text (it holds zero bytes); export it as text, HTML or JSON")
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise Unreadable(f"{captured.name}: this is no text (control characters all through); export it as text")
    return even_lines(text)


def even_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _characters(captured: Captured, said: str, lenient: bool) -> str:
    content = captured.content
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _by(captured, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in content:
            return "\x00"
        if lenient and (said.lower() in ("utf-8", "utf8") or _mostly_utf8(content)):
            return content.decode("utf-8", "replace")
        if _SAYABLE.fullmatch(said.lower()):
            return _by(captured, _as_browsers_do(said.lower()))
        if _mostly_utf8(content):
            raise Unreadable(f"{captured.name}: broken UTF-8 at byte {error.start}; save it as UTF-8 again") from error
        return _guessed(captured)


def _as_browsers_do(name: str) -> str:
    return "cp1252" if name == "iso-8859-1" else name


def _mostly_utf8(content: bytes) -> bool:
    """Whether more letters are whole in UTF-8 than broken: no other encoding looks so by chance."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - broken - sum(byte < 0x80 for byte in content)
    return whole > broken


def _by(captured: Captured, encoding: str) -> str:
    try:
        return captured.content.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"it says it is {encoding.removesuffix('-sig')} and is not ({error.reason} at byte {error.start})"
        raise Unreadable(f"{captured.name}: {found}; save it as UTF-8") from error


def _guessed(captured: Captured) -> str:
    from charset_normalizer import from_bytes  # only for files that are not UTF-8

    sample = captured.content[:200_000]
    few = sum(byte > 0x7F for byte in sample) < _FEW * len(sample)  # a text in Latin letters: quotes, dashes, accents
    best = (from_bytes(sample, cp_isolation=["cp1252", "cp1256"]).best() if few else None) or from_bytes(
        sample, cp_isolation=_GUESSES
    ).best()
    if best is None:
        raise Unreadable(f"{captured.name}: no encoding that is known here fits its bytes; save it as UTF-8")
    return _by(captured, best.encoding)
