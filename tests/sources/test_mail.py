"""A mail is a report with the day of its sender's clock, and so is each document in it; who sent it is told nowhere."""

from __future__ import annotations

import datetime as dt
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from cenotaph.archive import extract, report_from
from cenotaph.intake import Captured, Unreadable
from cenotaph.sources import mail
from cenotaph.vocabulary import Problem, Report
from tests.sources.given import ENGLISH, captures, given, problem

WORDS = ENGLISH.decode()
ARABIC = "قُتل 12 شخصاً في قصف على البلدة يوم الجمعة."


def letter(words: str = WORDS, **headers: str) -> EmailMessage:
    found = EmailMessage()
    told = {"Date": "Sat, 08 Mar 2025 23:30:00 -0500", "Subject": "Update", "From": "Somebody <someone@example.org>"}
    for name, value in {**told, **headers}.items():
        found[name.replace("_", "-")] = value
    found.set_content(words)
    return found


def report(item: Captured) -> Report:
    return report_from(item, extract(item), "")


def kept(path: Path, content: bytes | EmailMessage) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else bytes(content))
    return path


def test_a_mail_is_a_report_with_its_subject_and_the_day_on_its_senders_clock(tmp_path: Path) -> None:
    found = report(captures(kept(tmp_path / "a.eml", letter(Subject="مقتل 12 شخصاً")))[0])
    assert (found.text, found.title, found.published) == (WORDS, "مقتل 12 شخصاً", dt.date(2025, 3, 8))


def test_who_sent_a_mail_is_in_no_field_of_the_report(tmp_path: Path) -> None:
    found = report(captures(kept(tmp_path / "a.eml", letter()))[0])
    assert "Somebody" not in repr(found) and "someone" not in repr(found)


def test_a_list_that_names_itself_is_the_outlet(tmp_path: Path) -> None:
    named = letter(List_Id='"Example Monitor" <updates.example.org>')
    assert report(captures(kept(tmp_path / "a.eml", named))[0]).outlet == "Example Monitor"
    nameless = letter(List_Id="<updates.example.org>")
    assert report(captures(kept(tmp_path / "b.eml", nameless))[0]).outlet == ""


def test_of_two_forms_the_plain_one_is_read_and_of_markup_alone_its_words(tmp_path: Path) -> None:
    both = letter()
    both.add_alternative("<p>other words</p>", subtype="html")
    assert report(captures(kept(tmp_path / "a.eml", both))[0]).text == WORDS
    only = letter()
    only.set_content(f"<style>p{{}}</style><p>{ARABIC}</p><script>alert(1)</script>", subtype="html")
    assert report(captures(kept(tmp_path / "b.eml", only))[0]).text == ARABIC


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_arabic_is_read_in_the_encoding_that_the_mail_names(tmp_path: Path, charset: str) -> None:
    words = ARABIC.replace("\u064f", "").replace("\u064b", "")  # the last of the three has no vowel signs
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    found = captures(kept(tmp_path / "a.eml", head.encode() + words.encode(charset)))
    assert report(found[0]).text == words


def test_documents_in_a_mail_are_reports_of_their_own_and_pictures_are_kept_beside_it(tmp_path: Path) -> None:
    found = letter()
    found.add_attachment(ARABIC.encode(), maintype="text", subtype="plain", filename="../../بيان.txt")
    found.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="picture.png")
    items = captures(kept(tmp_path / "a.eml", found))
    assert [report(one).text for one in items] == [WORDS, ARABIC]
    assert [one.attachments for one in items] == [(b"\x89PNG",), ()]
    assert ".." not in items[1].name


PICTURE, SOUND = b"\xff\xd8 a picture", b"OggS a voice"


def with_media() -> EmailMessage:
    found = letter()
    found.add_attachment(PICTURE, maintype="image", subtype="jpeg", filename="street.jpg")
    found.add_attachment(SOUND, maintype="audio", subtype="ogg", filename="talk.ogg")
    return found


def within(inner: EmailMessage) -> EmailMessage:
    found = letter("Forwarded.")
    found.add_attachment(inner)
    return found


def in_its_markup() -> EmailMessage:
    found = letter()
    found.add_alternative(f'<p>{WORDS}</p><img src="cid:a">', subtype="html")
    markup = found.get_payload()[1]  # type: ignore[index]
    markup.add_related(PICTURE, maintype="image", subtype="png", cid="<a>")  # type: ignore[union-attr]
    return found


def named_only(name: str, kind: str = "octet-stream") -> EmailMessage:
    found = letter()
    found.add_attachment(PICTURE, maintype="application", subtype=kind, filename=name)
    return found


@pytest.mark.parametrize(
    "mail, media",
    [
        (with_media(), (PICTURE, SOUND)),
        (within(with_media()), (PICTURE, SOUND)),
        (in_its_markup(), (PICTURE,)),
        (named_only("IMG_0001.JPG"), (PICTURE,)),
        (named_only("clip.mp4"), (PICTURE,)),
    ],
)
def test_pictures_films_and_sounds_of_a_mail_come_with_it(
    tmp_path: Path, mail: EmailMessage, media: tuple[bytes, ...]
) -> None:
    assert [one.attachments for one in captures(kept(tmp_path / "a.eml", mail))] == [media]


def test_and_each_with_its_own_mail_of_a_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "folder.mbox")
    for one in (letter(), with_media()):
        box.add(one)
    box.flush()
    assert [one.attachments for one in captures(tmp_path / "folder.mbox")] == [(), (PICTURE, SOUND)]


@pytest.mark.parametrize(
    "mail",
    [
        letter(),
        named_only("names.bin"),
        named_only("program.exe"),
        named_only("street.jpg", "x-msdownload"),
        named_only(".jpg"),
        letter("begin 644 street.jpg\nabc\nend"),
        letter("Content-Type: image/png\n\nwords of mine"),
    ],
)
def test_what_is_no_picture_film_or_sound_stays_in_the_mail(tmp_path: Path, mail: EmailMessage) -> None:
    assert [one.attachments for one in captures(kept(tmp_path / "a.eml", mail))] == [()]


def test_an_empty_picture_brings_nothing(tmp_path: Path) -> None:
    found = letter()
    found.add_attachment(b" \n", maintype="image", subtype="png", filename="none.png")
    assert [one.attachments for one in captures(kept(tmp_path / "a.eml", found))] == [()]


def test_a_mailbox_gives_each_of_its_mails_as_python_writes_them(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "folder.mbox")
    for words in (WORDS, "From Homs came word of two dead.\n\nFrom Hama came none.", ARABIC):
        box.add(letter(words))
    box.flush()
    texts = [report(one).text for one in captures(tmp_path / "folder.mbox")]
    assert texts[0] == WORDS and texts[2] == ARABIC and "Hama came none" in texts[1]


def test_one_broken_mail_does_not_stop_the_others(tmp_path: Path) -> None:
    box = b"From a\n" + bytes(letter()) + b"\nFrom b\n\xff\xfe\x00garbage\n\nFrom c\n" + bytes(letter(ARABIC))
    found = captures(kept(tmp_path / "a.mbox", box))
    assert len(found) == 3
    with pytest.raises(Unreadable, match="not a mail"):
        extract(found[1])
    assert report(found[2]).text == ARABIC


@pytest.mark.parametrize("content", [b"", b"no mail at all", b"Fromage\nis no beginning", "From".encode("utf-16")])
def test_a_mailbox_without_a_mail_says_how_one_begins(tmp_path: Path, content: bytes) -> None:
    found = problem(kept(tmp_path / "a.mbox", content))
    assert found.kind == "empty" and "From" in found.what and found.settle


def test_a_mail_above_the_limit_is_named_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST", 2_000)
    box = b"From a\n" + bytes(letter("word " * 1_000)) + b"\nFrom b\n" + bytes(letter())
    large, small = given(kept(tmp_path / "a.mbox", box))
    assert isinstance(large, Problem) and large.kind == "too large" and isinstance(small, Captured)


def test_one_address_is_not_given_to_a_mailbox(tmp_path: Path) -> None:
    path = kept(tmp_path / "a.mbox", b"From a\n" + bytes(letter()))
    assert problem(path, url="https://example.org/a").kind == "one address for many"


NESTED = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"

BROKEN = {
    "no head": b"\n\nTwelve were killed.",
    "words alone": ENGLISH,
    "zero bytes": b"\x00" * 1_000,
    "no words": b"Subject: nothing\n\n",
    "parts in parts": b"Subject: x\n" + b"".join(NESTED % (n, n) for n in range(3_000)) + b"\n\nkilled",
    "no end of parts": b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 50_000,
    "broken base64": b"Subject: x\nContent-Transfer-Encoding: base64\n\n=!!=\x80",
    "only a picture": b"Subject: x\nContent-Type: image/png\n\n\x89PNG",
    "an address that never ends": b"From: " + b"(" * 100_000 + b"\n\n",
    "a day that is none": b"Date: Tue, 99 Foo 99999 99:99:99 +9999\n\n",
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_mail_that_is_broken_is_refused_in_one_line(tmp_path: Path, why: str) -> None:
    (item,) = captures(kept(tmp_path / "a.eml", BROKEN[why] or b" "))
    with pytest.raises(Unreadable) as found:
        extract(item)
    assert "\n" not in str(found.value) and len(str(found.value)) < 400
