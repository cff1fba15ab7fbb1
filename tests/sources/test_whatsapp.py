"""A chat that WhatsApp exported, built here after its form: each message is a report; who wrote it is told nowhere."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from cenotaph.archive import extract, report_from
from cenotaph.intake import Captured
from cenotaph.sources import whatsapp
from cenotaph.vocabulary import Problem, Report
from tests.sources.given import captures, given, problem


def kept(tmp_path: Path, chat: str, name: str = "WhatsApp Chat.txt") -> Path:
    (tmp_path / name).write_bytes(chat.encode())
    return tmp_path / name


def report(item: Captured) -> Report:
    return report_from(item, extract(item), "")


IPHONE = (
    "[13/03/2025, 14:05:11] Example Group: \u200eMessages and calls are end-to-end encrypted.\n"
    "[13/03/2025, 14:06:00] Somebody: Twelve people were killed.\nTwo of them: children.\n"
    "\u200e[14/03/2025, 09:00:00] Somebody Else: \u200eimage omitted\n"
)
ANDROID = "13/03/2025, 14:05 - Somebody created the group\n13/03/2025, 14:06 - Somebody: Twelve people were killed.\n"
AMERICAN = (
    "3/8/25, 2:05\u202fPM - Somebody: Twelve people were killed.\n3/14/25, 2:05\u202fAM - Somebody: Two more died.\n"
)
ARABIC = (
    "\u200f١٣\u200f/٣\u200f/٢٠٢٥، ٢:٠٥ م - شخص: قُتل ١٢ شخصاً في القصف.\n"
    "\u200f١٤\u200f/٣\u200f/٢٠٢٥، ٩:٠٠ ص - شخص: وأصيب آخرون.\n"
)
PERSIAN_YEAR_FIRST = "2025/03/13, 14:05 - Somebody: Twelve people were killed.\n"
DOTS = "[13.03.25, 14:05:11] Somebody: Twelve people were killed.\n"


@pytest.mark.parametrize(
    "chat, words, day",
    [
        (IPHONE, "Twelve people were killed.\nTwo of them: children.", dt.date(2025, 3, 13)),
        (ANDROID, "Twelve people were killed.", dt.date(2025, 3, 13)),
        (AMERICAN, "Twelve people were killed.", dt.date(2025, 3, 8)),
        (ARABIC, "قُتل ١٢ شخصاً في القصف.", dt.date(2025, 3, 13)),
        (PERSIAN_YEAR_FIRST, "Twelve people were killed.", dt.date(2025, 3, 13)),
        (DOTS, "Twelve people were killed.", dt.date(2025, 3, 13)),
    ],
)
def test_a_message_is_read_as_the_phone_wrote_it(tmp_path: Path, chat: str, words: str, day: dt.date) -> None:
    found = [report(one) for one in captures(kept(tmp_path, chat))]
    assert (words, day) in [(one.text, one.published) for one in found]


def test_who_wrote_a_message_is_in_no_field_of_the_report(tmp_path: Path) -> None:
    found = [report(one) for one in captures(kept(tmp_path, AMERICAN))]
    assert len(found) == 2 and "Somebody" not in repr(found)


def test_a_notice_of_the_program_has_no_writer_and_is_no_report(tmp_path: Path) -> None:
    assert [report(one).text for one in captures(kept(tmp_path, ANDROID))] == ["Twelve people were killed."]


def test_a_message_is_kept_as_the_export_has_it(tmp_path: Path) -> None:
    assert captures(kept(tmp_path, ANDROID))[0].content == ANDROID.splitlines(keepends=True)[1].encode()


def test_days_that_can_be_read_in_two_ways_are_left_out_and_said(tmp_path: Path) -> None:
    found = given(kept(tmp_path, "3/8/25, 2:05 PM - Somebody: Twelve people were killed.\n"))
    assert isinstance(found[0], Problem) and found[0].kind == "unclear days" and found[0].settle
    assert isinstance(found[1], Captured) and report(found[1]).published is None


def test_a_day_that_a_person_says_leaves_nothing_unclear(tmp_path: Path) -> None:
    path = kept(tmp_path, "3/8/25, 2:05 PM - Somebody: Twelve people were killed.\n")
    (item,) = captures(path, published=dt.date(2025, 3, 8))
    assert report(item).published == dt.date(2025, 3, 8)


def test_messages_stand_in_the_order_of_their_days_which_tells_how_days_are_written(tmp_path: Path) -> None:
    chat = "2/3/25, 2:05 PM - A: Two were killed.\n3/3/25, 2:05 PM - A: Three.\n1/4/25, 2:05 PM - A: Four.\n"
    assert [report(one).published for one in captures(kept(tmp_path, chat))] == [
        dt.date(2025, 3, 2), dt.date(2025, 3, 3), dt.date(2025, 4, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "chat",
    [
        "13/14/25, 2:05 PM - A: Two were killed.\n",
        "31/02/2025, 14:05 - A: Two were killed.\n",
        "13/3/1925, 14:05 - A: Two.\n",
    ],
)
def test_a_day_that_is_none_is_left_out_and_said(tmp_path: Path, chat: str) -> None:
    found = given(kept(tmp_path, chat))
    assert isinstance(found[0], Problem) and found[0].kind == "unclear days"


def test_an_export_in_another_encoding_was_changed_since(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(ANDROID.encode() + "13/03/2025, 14:07 - Somebody: قتل\n".encode("cp1256"))
    assert problem(path).kind == "not readable"


@pytest.mark.parametrize(
    "text",
    [
        "On 13/03/2025, 14:05 people were killed.", "13/03/2025 - Twelve people were killed.",
        "Twelve people were killed: a report.", "[13] Twelve people were killed.", "14:05 - Twelve were killed.",
    ],
)  # fmt: skip
def test_an_article_is_no_chat(tmp_path: Path, text: str) -> None:
    assert not whatsapp.fits(text.encode())
    (item,) = captures(kept(tmp_path, text, "a.txt"))
    assert report(item).text == text


# --- pictures ---------------------------------------------------------------------------------------------------------

PICTURE = b"\xff\xd8 a picture"
SHOWN = [
    "[13/03/2025, 14:06:00] Somebody: Twelve people were killed. \u200e<attached: 0001-PHOTO.jpg>\n",
    "\u200e[13/03/2025, 14:06:00] Somebody: \u200e<attached: 0001-PHOTO.jpg>\n",
    "13/03/2025, 14:06 - Somebody: \u200e0001-PHOTO.jpg (file attached)\nTwelve people were killed.\n",
    "13/03/2025, 14:06 - شخص: \u200f0001-PHOTO.jpg (الملف مرفق)\nقتل 12 شخصا.\n",
    "[13/03/2025, 14:06:00] شخص: قتل 12 شخصا. \u200f<المرفق: 0001-PHOTO.jpg>\n",
]


@pytest.mark.parametrize("chat", SHOWN)
def test_a_picture_that_the_phone_wrote_beside_the_chat_comes_with_its_message(tmp_path: Path, chat: str) -> None:
    (tmp_path / "0001-PHOTO.jpg").write_bytes(PICTURE)
    assert [one.attachments for one in captures(kept(tmp_path, chat))] == [(PICTURE,)]


def test_in_a_packed_export_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chat.zip", "w") as packed:
        packed.writestr("_chat.txt", SHOWN[0])
        packed.writestr("0001-PHOTO.jpg", PICTURE)
    assert [one.attachments for one in captures(tmp_path / "chat.zip")] == [(PICTURE,)]


@pytest.mark.parametrize(
    "chat",
    [
        *(one.replace("0001-PHOTO.jpg", "none.jpg") for one in SHOWN),
        *(one.replace("0001-PHOTO.jpg", "../outside.jpg") for one in SHOWN),
        SHOWN[0].replace("0001-PHOTO.jpg", "led.jpg"),
        "13/03/2025, 14:06 - Somebody: we sent 0001-PHOTO.jpg (yesterday) to all\n",
        "13/03/2025, 14:06 - Somebody: <b>0001-PHOTO.jpg</b>\n",
        "13/03/2025, 14:06 - Somebody: <Media omitted>\n",
    ],
)
def test_a_file_that_is_not_there_or_not_named_so_brings_nothing(tmp_path: Path, chat: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (tmp_path / "outside.jpg").write_bytes(b"not of this export")
    (folder / "0001-PHOTO.jpg").write_bytes(PICTURE)
    (folder / "led.jpg").symlink_to(tmp_path / "outside.jpg")
    assert [one.attachments for one in captures(kept(folder, chat))] == [()]
