"""The article of a web page: its words and its own dates, and nothing that a hostile page would like."""

from __future__ import annotations

import base64
import datetime as dt
import random
from typing import Any

import pytest

from cenotaph.archive import pages
from cenotaph.archive.pages import LARGEST, MOST_TAGS
from cenotaph.intake import Extracted, Unreadable
from tests.archive.captures import ARABIC, ENGLISH, extracted


def paragraphs(count: int, first: int = 0) -> str:
    says = "people were killed in the town on Friday, the agency said; more were hurt in quarter"
    return "".join(f"<p>{number + 3} {says} {number}.</p>" for number in range(first, first + count))


def page(body: str, head: str = "", attributes: str = 'lang="en"', **known: Any) -> Extracted:
    return extracted(
        f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>", "html", **known
    )


def article(head: str = "", attributes: str = 'lang="en"') -> Extracted:
    return page(f"<article>{paragraphs(4)}</article>", head, attributes)


# --- words --------------------------------------------------------------------------------------------------------


def test_an_article_is_read_with_what_the_page_says_of_it() -> None:
    head = """<title>Twelve killed &amp; nine hurt</title><meta property="og:site_name" content="Example  Wire">
      <meta property="article:published_time" content="2025-03-08T23:30:00+03:00">
      <meta property="article:modified_time" content="2025-03-10T08:00:00+03:00">
      <link rel="canonical" href="https://example.org/a">"""
    made = article(head)
    assert (made.title, made.outlet, made.url) == ("Twelve killed & nine hurt", "Example Wire", "https://example.org/a")
    assert (made.published, made.updated) == (dt.date(2025, 3, 8), dt.date(2025, 3, 10))
    assert made.tool == "trafilatura" and made.version and made.text.count("killed") == 4


@pytest.mark.parametrize("count", [1, 2, 30, 300])
def test_no_paragraph_of_an_article_is_lost(count: int) -> None:
    text = page(f"<nav><a href=/>Home</a></nav><article>{paragraphs(count)}</article>").text
    assert [f"quarter {number}." in text for number in range(count)] == [True] * count


def test_figures_in_tables_and_lists_are_kept() -> None:
    table = "<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Coast</td><td>745</td></tr></table>"
    text = page(f"<article>{paragraphs(3)}{table}<ul><li>Valley: 125 killed</li></ul></article>").text
    assert "745" in text and "125 killed" in text


def test_what_stands_after_a_large_picture_is_not_lost() -> None:
    picture = base64.b64encode(random.Random(7).randbytes(6_000_000)).decode()
    text = page(
        f"<article>{paragraphs(4)}<img src='data:image/png;base64,{picture}'>{paragraphs(1, 99)}</article>"
    ).text
    assert "quarter 99." in text


def test_a_script_is_neither_run_nor_read() -> None:
    script = "<script>document.write('<p>900 people were killed</p>')</script><noscript></noscript>"
    text = page(f"{script}<article>{paragraphs(3)}{script}</article>").text
    assert "900" not in text and "document" not in text


# --- dates and names ----------------------------------------------------------------------------------------------


def test_a_day_in_the_words_is_not_taken_for_the_day_of_publication() -> None:
    words = "<p>It recalled the shelling of 12 April 2019.</p><footer>Copyright 2021</footer>"
    assert page(f"<article>{paragraphs(3)}{words}</article>").published is None


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    made = article('<meta property="article:modified_time" content="2025-03-10T08:00:00Z">')
    assert (made.published, made.updated) == (None, dt.date(2025, 3, 10))


@pytest.mark.parametrize("stamp", ["", "soon", "2025-13-45", "0", "99999999999999"])
def test_a_stamp_that_is_no_day_says_nothing(stamp: str) -> None:
    made = article(
        f'<meta property="article:published_time" content="{stamp}">'
        f'<meta property="article:modified_time" content="{stamp}">'
    )
    assert (made.published, made.updated) == (None, None)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "/relative", "file:///etc/hosts"])
def test_an_address_that_is_none_of_the_web_is_not_taken_from_a_page(address: str) -> None:
    assert article(f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">').url == ""


@pytest.mark.parametrize(
    "attributes, language", [('lang="fr"', "en"), ('lang="en-GB"', "en"), ('lang="klingon"', "en"), ("", "en")]
)
def test_a_page_of_english_words_is_english_whatever_its_template_says(attributes: str, language: str) -> None:
    assert article(attributes=attributes).language == language


def test_a_page_of_arabic_letters_is_arabic_whatever_its_template_says() -> None:
    assert page(f"<article><p>{ARABIC}</p><p>{ARABIC[::-1]}</p></article>", attributes='lang="en"').language == "ar"


# --- encodings ----------------------------------------------------------------------------------------------------


def markup(words: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><p>{words}</p></article></body></html>"


@pytest.mark.parametrize(
    "head",
    ["<meta charset=windows-1256>", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', ""],
)
def test_an_old_arabic_page_is_read_by_what_it_says_or_by_its_letters(head: str) -> None:
    assert ARABIC in extracted(markup(ARABIC, head).encode("cp1256"), "html").text


def test_what_the_server_said_of_the_encoding_counts() -> None:
    content = markup("Dwanaście osób zginęło w Łodzi. At least 12 people were killed.").encode("iso8859_2")
    assert "zginęło w Łodzi" in extracted(content, "html", encoding="ISO-8859-2").text


def test_a_page_in_utf_8_is_utf_8_whatever_it_says() -> None:
    assert ARABIC in extracted(markup(ARABIC, "<meta charset=windows-1256>"), "html").text


@pytest.mark.parametrize(
    "said", ["hex", "zlib", "unicode_escape", "idna", "undefined", "no-such", "iso-8859-99", "utf-7"]
)
def test_an_encoding_that_is_no_text_is_not_believed(said: str) -> None:
    assert ARABIC in extracted(markup(ARABIC).encode("cp1256"), "html", encoding=said).text


def test_a_broken_letter_outside_the_article_does_no_harm() -> None:
    cut = "مدينة".encode()[:-1]  # as templates cut a description in the middle of a letter
    content = markup(ARABIC, '<meta name="description" content="CUT">').encode().replace(b"CUT", cut)
    assert ARABIC in extracted(content, "html").text


def test_a_broken_letter_in_the_article_is_refused() -> None:
    content = markup(ARABIC + " CUT").encode().replace(b"CUT", "مدينة".encode()[:-1])
    with pytest.raises(Unreadable, match="broken letters in the article"):
        extracted(content, "html")


# --- hostile pages ------------------------------------------------------------------------------------------------


def test_a_bomb_of_entities_does_not_swell() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    content = f'<!DOCTYPE html [<!ENTITY e0 "killed">{entities}]>{markup("x")}'.replace("x", paragraphs(3) + "&e9;")
    assert len(extracted(content, "html").text) < 2_000


def test_an_entity_does_not_read_a_file_of_this_machine(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("the secret word")
    entity = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    assert "secret" not in extracted(entity + markup(ENGLISH + " &x;"), "html").text


@pytest.mark.parametrize(
    "body",
    ["<div>" * 20_000 + ENGLISH + "</div>" * 20_000, "", "<nav></nav>", "<script>killed()</script>"],
    ids=["20,000 divs in each other", "nothing", "no words", "only a script"],
)
def test_a_page_without_an_article_is_refused_with_what_to_do(body: str) -> None:
    with pytest.raises(Unreadable, match="no article was found in this page; paste its text instead"):
        page(body)


@pytest.mark.parametrize(
    "body", ["<a href=x>y</a>" * (MOST_TAGS // 2), f"<p title='{'x' * LARGEST}'>y</p>"], ids=["tags", "bytes"]
)
def test_a_page_that_would_take_minutes_or_lose_its_end_is_refused(body: str) -> None:
    with pytest.raises(Unreadable, match=r"at most 9,900,000 and 60,000 are read: save its article as text"):
        page(body)


@pytest.mark.parametrize(
    "content", ["<", "<html", "<!DOCTYPE html>", "<![CDATA[", "<?xml version='1.0'?>", "&#0;&#xD800;"]
)
def test_the_beginning_of_a_page_is_no_page(content: str) -> None:
    with pytest.raises(Unreadable):
        extracted(content, "html")


@pytest.mark.parametrize(
    "character",
    ["&#xD800;", "&#0;", "&#1;", "&#12;", "&#xFFFE;", "&#99999999;", "&#x110000;", "\x01", "\ufffe"],
    ids=ascii,
)
def test_a_character_that_no_text_may_hold_does_not_lose_the_page(character: str) -> None:
    text = page(f"<article>{paragraphs(3)}<p>Nine {character} died.</p></article>").text
    assert text.endswith("\nNine died.")


def test_a_broken_letter_that_the_outlet_itself_published_is_evidence() -> None:
    assert "Nine\ufffd died." in page(f"<article>{paragraphs(3)}<p>Nine\ufffd died.</p></article>").text


def test_a_tag_of_more_attributes_than_any_has_is_refused() -> None:
    with pytest.raises(Unreadable, match="attributes"):
        page("<p " + " ".join(f"a{number}=1" for number in range(3_000)) + f">{paragraphs(3)}</p>")


def test_a_long_drawing_in_one_attribute_is_no_tag_of_many() -> None:
    found = page(f'<svg><path d="{"M 0 0 L 9 9 " * 2_000}"/></svg>{paragraphs(5)}')
    assert found.text


def test_parts_within_each_other_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "DEEPEST", 100)
    with pytest.raises(Unreadable, match="within each other"):
        page("<div>" * 150 + paragraphs(5) + "</div>" * 150)
    assert page("<div>" * 50 + paragraphs(5) + "</div>" * 50).text


def test_a_library_that_breaks_on_a_page_gives_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise AssertionError("parent is not None")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    with pytest.raises(Unreadable, match=r"broke on it \(AssertionError parent is not None\)"):
        page(paragraphs(5))
