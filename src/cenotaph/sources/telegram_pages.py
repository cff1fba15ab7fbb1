"""The pages messages.html of Telegram's export, cut into their messages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml import html as markup

__all__ = ["parted"]

_MESSAGES = "//div[contains(concat(' ', @class, ' '), ' message ') and contains(concat(' ', @class, ' '), ' default ')]"
_TEXT = ".//div[contains(concat(' ', @class, ' '), ' text ')]"
_TITLE = "//div[contains(concat(' ', @class, ' '), ' page_header ')]//div[contains(@class, 'text')]"


def parted(content: bytes) -> tuple[str, Iterator[tuple[str, bytes]]]:
    """The name that stands at the head of the page, and each message that has words: its number and its own markup.

    A page does not say whether it is of a channel or of a group; its name is taken for an outlet's only where no
    message names a writer of its own, as in a channel.
    """
    tree = markup.fromstring(content, parser=markup.HTMLParser(encoding="utf-8", huge_tree=False))
    title = " ".join(" ".join(tree.xpath(f"{_TITLE}//text()")).split())
    writers = {
        " ".join(" ".join(one.itertext()).split()) for one in tree.xpath(f"{_MESSAGES}//div[@class='from_name']")
    }
    return title if writers <= {title} else "", _messages(tree)


def _messages(tree: markup.HtmlElement) -> Iterator[tuple[str, bytes]]:
    for one in tree.xpath(_MESSAGES):
        if any("".join(text.itertext()).strip() for text in one.xpath(_TEXT)):
            yield one.get("id", "").removeprefix("message"), etree.tostring(one, encoding="utf-8", method="html")
