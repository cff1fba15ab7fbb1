"""Bytes become text in one way only; what might lose a letter or a digit on the way is refused in one line."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pytest

from cenotaph.archive import Archive, extract, report_from
from cenotaph.archive.documents import LONGEST
from cenotaph.intake import Unreadable
from tests.archive.captures import ARABIC, ENGLISH, captured, extracted

KINDS = ("txt", "md", "html", "json")


def refusal(content: bytes | str, kind: str = "txt", **known: Any) -> str:
    with pytest.raises(Unreadable) as found:
        extracted(content, kind, **known)
    line = str(found.value)
    assert line.startswith("the-report: ") and "\n" not in line and len(line) < 400
    return line


# --- encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1256", "iso8859_6", "cp720"])
def test_arabic_is_read_in_every_encoding_that_is_still_about(encoding: str) -> None:
    made = extracted(ARABIC.encode(encoding))
    assert (made.text, made.language) == (ARABIC, "ar")


@pytest.mark.parametrize("mark, encoding", [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_mark_tells_the_order_of_bytes(mark: bytes, encoding: str) -> None:
    assert extracted(mark + ARABIC.encode(encoding)).text == ARABIC


def test_a_mark_never_becomes_a_letter() -> None:
    assert extracted("\ufeff" + ENGLISH).text == ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in the town’s market, the “agency” said – it’s so.",
        "Trois personnes ont été tuées à l'est de la ville, a déclaré l'agence.",
    ],
)
def test_western_text_keeps_its_quotes_and_accents(text: str) -> None:
    assert extracted(text.encode("cp1252")).text == text


def test_a_few_arabic_names_in_an_old_english_file_stay_arabic() -> None:
    text = "Three people were killed in the market of دوما on Friday, the agency said, and two in عدرا near by."
    assert extracted(text.encode("cp1256")).text == text


def test_line_ends_of_every_machine_become_one() -> None:
    assert extracted("One.\r\nTwo.\rThree.\n").text == "One.\nTwo.\nThree."


def test_text_is_otherwise_left_as_it_is() -> None:
    text = "  \u200fقُتِل ١٢ شخصاً\u00a0— بينهم «طفلان»،\tوجُرح آخرون.  e\u0301 …"
    assert extracted(text).text == text


def test_broken_utf_8_is_refused_and_the_byte_named() -> None:
    content = ARABIC.encode()  # a letter of two bytes begins at byte 19
    assert "broken UTF-8 at byte 19" in refusal(content[:20] + b"\xff" + content[21:])
    assert "broken UTF-8" in refusal(ARABIC.encode().rstrip(b".")[:-1])


def test_a_file_that_says_it_is_utf_16_and_breaks_off_is_refused() -> None:
    assert "it says it is utf-16 and is not" in refusal(ARABIC.encode("utf-16")[:-1])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_characters_without_a_mark_are_refused(encoding: str) -> None:
    assert "zero bytes" in refusal(ARABIC.encode(encoding))


def test_letters_that_fit_no_known_encoding_are_refused() -> None:
    assert "save it as UTF-8" in refusal(ARABIC.encode("mac_arabic"))


# --- what is no text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe"], ids=repr)
def test_an_empty_file_is_refused_whatever_its_kind(content: bytes, kind: str) -> None:
    refusal(content, kind)


@pytest.mark.parametrize("text", ["...", "\u200b\u200f\u200b", "-- * --", "\n\n\ufeff\n"])
def test_marks_without_a_letter_are_no_report(text: str) -> None:
    assert "no text" in refusal(text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "start",
    [
        b"\x7fELF\x02\x01\x01\x00",
        b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n\x00",
        b"PK\x03\x04\x14\x00",
        b"\x1f\x8b\x08",
    ],
    ids=["program", "PDF", "picture", "zip", "gzip"],
)
def test_what_is_no_text_is_refused_whatever_its_name_says(start: bytes, kind: str) -> None:
    refusal(start + random.Random(7).randbytes(3_000), kind)


def test_a_zero_byte_is_found_however_late_it_comes() -> None:
    assert "zero bytes" in refusal(ENGLISH.encode() * 1_000 + b"\x00")


def test_control_characters_all_through_are_no_text() -> None:
    assert "control characters" in refusal(b"\x01\x02\x03killed\x04\x05" * 50)


def test_text_of_more_than_five_million_characters_is_refused() -> None:
    assert f"{LONGEST + 1:,} characters" in refusal("x" * (LONGEST + 1))
    assert len(extracted("x" * LONGEST).text) == LONGEST


@pytest.mark.parametrize("kind", KINDS)
def test_fifty_megabytes_of_one_line_are_refused_unread(kind: str) -> None:
    assert "50,000,000 bytes" in refusal(b"word " * 10_000_000, kind)


def test_a_kind_that_nobody_reads_is_named_with_those_that_are() -> None:
    line = refusal(ENGLISH, "xlsx")
    assert "'xlsx'" in line and all(kind in line for kind in ("txt", "html", "eml", "pdf", "docx"))


# --- JSON ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["text", "body"])
def test_an_object_is_a_report(key: str) -> None:
    row = {
        key: ENGLISH,
        "title": "Twelve killed",
        "outlet": "Example Wire",
        "published": "2025-03-08",
        "language": "en",
    }
    made = extracted(json.dumps(row), "json")
    assert (made.text, made.title, made.outlet, made.published) == (
        ENGLISH, "Twelve killed", "Example Wire", dt.date(2025, 3, 8),
    )  # fmt: skip


@pytest.mark.parametrize(
    "content, words",
    [
        ("[]", "list"),
        ('["killed"]', "list"),
        ("12", "int"),
        ('"killed"', "str"),
        ("null", "NoneType"),
        ("{}", "no fields"),
        ('{"title": "Twelve killed"}', "found title"),
        ('{"text": 12}', "no text"),
        ('{"text": ["killed"]}', "no text"),
        ('{"text": null, "body": "Twelve were killed."}', "no text"),
        ('{"text": ""}', "no text"),
        ('{"text": "Twelve were killed.", "published": 20251308}', "published"),
        ('{"text": "Twelve were killed.", "published": "8 March"}', "'8 March'"),
        ('{"text": "Twelve were killed.", "outlet": {"name": "Example Wire"}}', "outlet"),
        ('{"text": "Twelve were killed.", "publishd": "2025-03-08"}', "did you mean 'published'"),
        ('{"text": "half a pair \\ud83d"}', "broken character"),
        ('{"text": "a zero byte \\u0000"}', "broken character"),
        ('{"text": "Twelve were killed."', "not valid JSON"),
        ("{'text': 'Twelve were killed.'}", "not valid JSON"),
        ('{"text": ' + "9" * 5_000 + "}", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("Twelve were killed.", "not valid JSON"),
    ],
    ids=lambda words: str(words)[:40],
)
def test_json_of_another_shape_is_refused(content: str, words: str) -> None:
    assert words in refusal(content, "json")


# --- language -----------------------------------------------------------------------------------------------------


def test_what_is_declared_wins_over_letters_and_letters_over_nothing() -> None:
    assert extracted("---\nlanguage: fa\n---\n" + ARABIC, "md").language == "fa"
    assert extracted(ARABIC, "md").language == "ar"
    assert extracted(ENGLISH + " (قتل)").language == "en"


# --- the report ---------------------------------------------------------------------------------------------------


def test_what_a_person_said_of_a_report_wins_over_what_it_says_of_itself() -> None:
    note = (
        "---\nid: coast-1\noutlet: Example Wire\npublished: 2025-03-08\nupdated: 2025-03-10\nlanguage: fa\n---\n"
        + ENGLISH
    )
    item = captured(
        note, "md", outlet="Another", published=dt.date(2025, 3, 9), url="https://example.org/a", language="en-GB"
    )
    report = report_from(item, extract(item), Archive.hash(item.content), version_of="report:1")
    assert (report.outlet, report.published, report.language) == ("Another", dt.date(2025, 3, 9), "en")
    assert (report.name, report.updated, report.url) == ("coast-1", dt.date(2025, 3, 10), "https://example.org/a")
    assert (report.text, report.version_of, report.captured) == (ENGLISH, "report:1", item.captured)
    assert (report.bytes_hash, report.extractor) == (Archive.hash(item.content), "cenotaph-text 1")


def test_what_nobody_said_comes_from_the_document_or_stays_open() -> None:
    item = captured("---\noutlet: Example Wire\n---\n" + ARABIC, "md")
    report = report_from(item, extract(item), "")
    assert (report.outlet, report.language, report.name) == ("Example Wire", "ar", "the-report")
    assert report.published is None and report.updated is None


def test_the_same_bytes_make_the_same_report_on_every_machine() -> None:
    one, two = captured(ENGLISH), captured(ENGLISH)
    assert report_from(one, extract(one), "") == report_from(two, extract(two), "")


def test_extraction_lives_through_whatever_bytes_come() -> None:
    """Noise, and real files with a few bytes turned over: text or a refusal, and nothing else."""
    rolls = random.Random(20250308)
    seeds = [ENGLISH.encode(), ARABIC.encode("cp1256"), f"---\ntitle: {ENGLISH}\n---\n{ARABIC}".encode()]
    seeds += [json.dumps({"text": ARABIC}).encode(), f"<html><body><p>{ENGLISH}</p></body></html>".encode()]
    for kind in KINDS:
        for seed in [*seeds * 10, *(rolls.randbytes(200) for _ in range(20))]:
            content = bytearray(seed)
            for _ in range(rolls.randint(1, 6)):
                content[rolls.randrange(len(content))] = rolls.randrange(256)
            try:
                text = extracted(bytes(content), kind).text
            except Unreadable:
                continue
            assert text.encode("utf-8") and "\x00" not in text
