"""Markup that swells, nests without end, or hides what it is: pages, feeds, pictures in markup."""

from __future__ import annotations

from tests.hostile.packed import DOCTYPES

WORDS = "Three people were killed at the well on Friday, a doctor in the town said, and four were wounded."
ARTICLE = f"<html><head><title>Well</title></head><body><article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"


def page_nested(tag: str, depth: int, closed: bool = True) -> bytes:
    return f"<html><body>{f'<{tag}>' * depth}{WORDS}{f'</{tag}>' * depth if closed else ''}</body></html>".encode()


def page_with(what: str, times: int = 1) -> bytes:
    """The article with something before its words, many times."""
    return ARTICLE.replace("<article>", "<article>" + what * times).encode("utf-8", "surrogatepass")


def page_head(what: str, times: int = 1) -> bytes:
    return ARTICLE.replace("<title>", what * times + "<title>").encode("utf-8", "surrogatepass")


def page_attribute(megabytes: int) -> bytes:
    return page_with(f'<img src="data:image/png;base64,{"A" * megabytes * 1_000_000}">')


def page_attributes(number: int) -> bytes:
    return page_with("<p " + " ".join(f"a{n}=1" for n in range(number)) + ">")


def page_in(
    encoding: str, says: str = "", words: str = "قتل ثلاثة أشخاص قرب البئر يوم الجمعة، بحسب طبيب في البلدة. "
) -> bytes:
    head = f'<meta charset="{says}">' if says else ""
    return f"<html><head>{head}</head><body><article><p>{words * 3}</p></article></body></html>".encode(encoding)


def page_after(start: str) -> bytes:
    """A polyglot: what begins as something else."""
    return start.encode("latin-1") + ARTICLE.encode()


def page_broken(byte: int) -> bytes:
    return page_in("utf-8", "utf-8").replace("البئر".encode(), bytes([byte]) * 3)


def svg(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>{body}</text></svg>'.encode()


def feed_doctype(which: str, encoding: str = "utf-8") -> bytes:
    head, reference = DOCTYPES[which]
    return (head.replace("DOCTYPE x", "DOCTYPE rss") + feed_text(reference)).encode(encoding)


def feed_text(words: str) -> str:
    return (
        f'<rss version="2.0"><channel><title>W</title><item><description>{words}</description></item></channel></rss>'
    )


def feed(words: str, times: int = 1) -> bytes:
    return feed_text(words * times).encode("utf-8", "surrogatepass")


def feed_nested(depth: int) -> bytes:
    return ("<rss version='2.0'><channel>" + "<item>" * depth).encode()


def feed_of_items(number: int) -> bytes:
    item = "<item><description>killed</description></item>"
    return f"<rss version='2.0'><channel>{item * number}</channel></rss>".encode()


def feed_large(megabytes: int) -> bytes:
    return feed("killed " * 150_000, megabytes)


def feed_included() -> bytes:
    return feed('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
