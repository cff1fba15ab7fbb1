"""A piece of markup made into text: paragraphs, lines and list items each on lines of their own; no script is run."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["words_of"]

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math"))
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def words_of(content: bytes | str) -> str:
    """The words of a piece of markup as a person would see them, without tags; "" where there are none.

    >>> words_of("<p>Ten people<br>were <b>killed</b>.</p><script>alert(1)</script><ul><li>Homs: 4<li>Hama: 6</ul>")
    'Ten people\\nwere killed.\\nHoms: 4\\nHama: 6'
    """
    from lxml import etree
    from lxml import html as markup

    parser = markup.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        given = content.encode("utf-8", "replace") if isinstance(content, str) else content
        tree = markup.fromstring(given, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but blanks or a comment: no words
        return ""
    pieces: list[str] = []
    _gather(tree, pieces)
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


def _gather(tree: Any, pieces: list[str]) -> None:
    """Without recursion: markup nests as deep as its writer likes. A zero byte, which no text has, ends a line."""
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        node, leaving = waiting.pop()
        ends = "\0" if node.tag in _BLOCKS else " " if node.tag in _CELLS else ""
        if leaving:
            pieces.append(ends)
            if node is not tree:
                pieces.append(node.tail or "")
            continue
        silent = node.tag in _SILENT
        pieces += [ends, "" if silent else node.text or ""]
        waiting.append((node, True))
        if not silent:
            waiting += [(child, False) for child in reversed(node)]
