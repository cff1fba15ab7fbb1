"""A feed of any of the forms in use gives its entries as reports; a hostile one gives a line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cenotaph.archive import extract, report_from
from cenotaph.intake import Captured
from cenotaph.sources import feed
from cenotaph.vocabulary import Problem, Report
from tests.sources.given import captures, given, problem

WORDS = "Twelve people were killed in the shelling of the town."


def kept(tmp_path: Path, content: str | bytes, name: str = "feed.xml") -> Path:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path / name


def report(item: Captured) -> Report:
    return report_from(item, extract(item), "")


def rss(items: str, head: str = "", channel: str = "<title>Example Wire</title>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}{items}</channel></rss>'


ITEM = (
    "<item><title>Shelling of the town</title><link>https://example.org/a</link>"
    "<pubDate>Sat, 08 Mar 2025 12:00:00 GMT</pubDate><description>{}</description></item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title><entry><title>Shelling of the town</title>'
    '<link rel="alternate" href="https://example.org/a"/><published>2025-03-08T12:00:00Z</published>'
    "<updated>2025-03-09T12:00:00Z</updated>{}</entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Example Wire</title></channel>'
    '<item rdf:about="https://example.org/a"><title>Shelling of the town</title><link>https://example.org/a</link>'
    f"<dc:date>2025-03-08T12:00:00Z</dc:date><description>{WORDS}</description></item></rdf:RDF>"
)

FORMS = {
    "RSS with words": rss(ITEM.format(WORDS)),
    "RSS with escaped markup": rss(ITEM.format(f"&lt;p&gt;{WORDS}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;")),
    "RSS with a marked section": rss(ITEM.format(f"<![CDATA[<p>{WORDS}</p><img src=x onerror=x()>]]>")),
    "RSS with the whole article": rss(
        ITEM.format("short").replace("</item>", f"<content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item>")
    ),
    "RSS without a declaration": rss(ITEM.format(WORDS)).partition("?>")[2],
    "RSS after a mark of its encoding": "\ufeff" + rss(ITEM.format(WORDS)),
    "RSS after empty lines": "\n\n" + rss(ITEM.format(WORDS)).partition("?>")[2],
    "Atom with a summary": ATOM.format(f"<summary>{WORDS}</summary>"),
    "Atom with content": ATOM.format(f'<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content>'),
    "Atom with markup inside": ATOM.format(
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content>'
    ),
    "RSS 1.0": RDF,
}


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_is_a_report_with_its_address_day_and_outlet(tmp_path: Path, form: str) -> None:
    (item,) = captures(kept(tmp_path, FORMS[form]))
    found = report(item)
    assert WORDS in found.text and "x()" not in found.text
    assert (found.url, found.published) == ("https://example.org/a", dt.date(2025, 3, 8))
    assert (found.outlet, found.title, item.how) == ("Example Wire", "Shelling of the town", "feed")


def test_an_atom_entry_says_when_it_was_changed(tmp_path: Path) -> None:
    (item,) = captures(kept(tmp_path, ATOM.format(f"<summary>{WORDS}</summary>")))
    assert report(item).updated == dt.date(2025, 3, 9)


def test_an_arabic_feed_in_an_old_encoding(tmp_path: Path) -> None:
    text = rss(ITEM.format("قتل 12 شخصا في القصف")).replace("UTF-8", "windows-1256")
    (item,) = captures(kept(tmp_path, text.encode("cp1256")))
    assert "قتل 12 شخصا في القصف" in report(item).text


def test_an_entry_without_words_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    empty = "<item><link>https://example.org/b</link></item>"
    found = given(kept(tmp_path, rss(empty + ITEM.format(WORDS))))
    assert isinstance(found[0], Captured) and isinstance(found[1], Problem)


def test_an_address_that_is_a_script_is_none(tmp_path: Path) -> None:
    (item,) = captures(kept(tmp_path, rss(ITEM.format(WORDS).replace("https://example.org/a", "javascript:x()"))))
    assert report(item).url == ""


SWELLING = '<!DOCTYPE x [<!ENTITY a "killed"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

HOSTILE = {
    "entities that swell": rss(ITEM.format("&b;"), SWELLING),
    "an entity of a file": rss(ITEM.format("&a;"), OUTSIDE),
    "no entry": rss(""),
    "cut off in its head": '<?xml version="1.0"?><rss version="2.0"><chan',
    "another document": "<?xml version='1.0'?><note>killed</note>",
    "words alone": "Twelve people were killed.",
    "nothing": " ",
}


@pytest.mark.parametrize("why", HOSTILE)
def test_what_is_no_feed_or_a_hostile_one_is_one_line(tmp_path: Path, why: str) -> None:
    found = problem(kept(tmp_path, HOSTILE[why]))
    assert found.settle and "root:" not in found.what


def test_a_document_of_another_address_is_not_fetched(tmp_path: Path) -> None:
    head = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'
    (item,) = captures(kept(tmp_path, rss(ITEM.format(WORDS), head)))
    assert WORDS in report(item).text


def test_a_feed_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LARGEST", 1_000)
    assert "bytes" in problem(kept(tmp_path, rss(ITEM.format(WORDS * 100)))).what
