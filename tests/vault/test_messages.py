"""Exports of messages read into threads: every form, what is guessed and said to be, and what is not understood."""

import contextlib
import json
import random
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.vault import samples
from tests.vault.whole_items import item_with

from holdfast.vault.messages.inside import threads_in
from holdfast.vault.messages.meta import read_meta
from holdfast.vault.messages.opening import Exported
from holdfast.vault.messages.opening import threads_of
from holdfast.vault.messages.sms_backup import OWNER
from holdfast.vault.messages.sms_backup import read_sms_backup
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.messages.whatsapp import read_whatsapp

NINE = datetime(2026, 11, 20, 21, 3)  # noqa: DTZ001 the export names no zone

# Each form of a line's beginning, by the telephone and place that writes it.
HEADS = [
    "20/11/2026, 21:03 - ",
    "20/11/26, 21:03 - ",
    "11/20/26, 9:03 PM - ",
    "11/20/26, 9:03\u202fPM - ",
    "20/11/2026, 9:03 pm - ",
    "20/11/26, 9:03 p. m. - ",
    "20.11.26, 21:03 - ",
    "20.11.2026, 21.03 - ",
    "2026-11-20 21:03 - ",
    "20-11-2026 21:03 - ",
    "20/11/2026 à 21:03 - ",
    "2026/11/20 21:03 - ",
    "[20/11/2026, 21:03:00] ",
    "\u200e[20.11.26, 21:03:00] ",
    "[11/20/26, 9:03:00 PM] ",
    "[2026-11-20, 9:03:00 PM] ",
    "2026. 11. 20. 오후 9:03 - ",
    "[2026/11/20 下午9:03:00] ",
    "٢٠/١١/٢٠٢٦, ٢١:٠٣ - ",
]


@pytest.mark.parametrize("head", HEADS)
def test_each_way_of_writing_a_time_is_read(head: str) -> None:
    thread = read_whatsapp(f"{head}Ann: first\nmore: of it\n\nend\n{head}Ben: second\n")
    assert [(each.at, each.from_whom, each.words) for each in thread.messages] == [
        (NINE, "Ann", "first\nmore: of it\n\nend"),
        (NINE, "Ben", "second"),
    ]
    assert thread.people == ("Ann", "Ben")
    assert (thread.zone, thread.order, thread.not_read_count) == ("not_said", "said", 0)


def test_day_and_month_are_worked_out_where_only_one_order_keeps_messages_in_order() -> None:
    first = read_whatsapp("1/12/26, 08:00 - Ann: a\n2/1/26, 08:00 - Ann: b\n")  # 12 January, 1 February
    assert first.order == "worked_out"
    assert [each.at and each.at.month for each in first.messages] == [1, 2]
    second = read_whatsapp("30/1/26, 08:00 - Ann: a\n2/2/26, 08:00 - Ann: b\n")
    assert (second.order, [each.at and each.at.day for each in second.messages]) == ("said", [30, 2])


def test_a_date_that_can_be_read_in_two_ways_is_said_to_be_guessed() -> None:
    thread = read_whatsapp("3/4/26, 08:00 - Ann: a\n")
    assert thread.order == "guessed"
    assert thread.messages[0].at == datetime(2026, 4, 3, 8)  # noqa: DTZ001 the export names no zone
    assert thread.messages[0].said_at == "3/4/26, 08:00"


def test_lines_of_the_app_name_nobody_and_what_was_attached_is_named() -> None:
    head = "20/11/2026, 21:03 - "
    thread = read_whatsapp(
        f"{head}Messages and calls are end-to-end encrypted.\n"
        f"{head}Ann: IMG-20261120-WA0003.jpg (file attached)\nlook\n"
        f"{head}Ann: \u200e<attached: 00000012-PHOTO-2026-11-20-21-03-00.jpg>\n"
        f"{head}Ben: IMG-20261120-WA0004.jpg (Datei angehängt)\n"
        f"{head}Ben: <Media omitted>\n"
        f"{head}Ben: \u200eimage omitted\n"
        f"{head}Ben: I saw (all of it)\n"
    )
    assert [(each.from_whom, each.attached, each.told) for each in thread.messages] == [
        ("", (), "by the app"),
        ("Ann", ("IMG-20261120-WA0003.jpg",), ""),
        ("Ann", ("00000012-PHOTO-2026-11-20-21-03-00.jpg",), ""),
        ("Ben", ("IMG-20261120-WA0004.jpg",), ""),
        ("Ben", ("",), ""),
        ("Ben", ("",), ""),
        ("Ben", (), ""),
    ]


def test_what_is_not_understood_is_kept_and_counted() -> None:
    head = "20/11/2026, 21:03 - "
    thread = read_whatsapp(
        f"a title\n{head}Ann: hi\n20/11/2026, 99:03 - Ann: odd\n40/13/2026, 10:00 - Ann: no such day\n"
    )
    assert thread.not_read_count == 3
    assert [line for line, _ in thread.not_read] == [1, 3, 4]
    assert thread.messages[0].words == "hi\n20/11/2026, 99:03 - Ann: odd"
    assert (thread.messages[1].at, thread.messages[1].words) == (None, "no such day")


def test_signs_that_turn_words_around_are_taken_out_of_what_is_shown() -> None:
    thread = read_whatsapp("20/11/2026, 21:03 - \u202bAnn\u202c: one \u202etwo\u202c\n")
    assert (thread.people, thread.messages[0].words) == (("Ann",), "one two")


@pytest.mark.parametrize("text", ["", "a letter\nto you", "20/11/2026, 21:03 - nobody", "a: b\n" * 50])
def test_other_texts_are_no_export(text: str) -> None:
    with pytest.raises(NotAnExport):
        read_whatsapp(text)


SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<?xml-stylesheet type="text/xsl" href="sms.xsl"?>
<smses count="4">
  <sms protocol="0" address="+441632960001" date="1795208580000" type="1" body="I know where you are &#55357;&#56832;"
    readable_date="20 Nov 2026 21:03:00" contact_name="Ben" />
  <sms address="+441632960001" date="1795208640000" type="2" body="Stop&#10;it" contact_name="Ben" />
  <sms address="+441632960002" date="wrong" type="5" body="x&#0;" contact_name="(Unknown)" />
  <mms date="1795208700000" msg_box="1" address="+441632960001" contact_name="Ben"><parts>
    <part seq="0" ct="application/smil" text="smil" /><part ct="text/plain" text="look" />
    <part ct="image/jpeg" cl="a.jpg" data="AAAA" /></parts>
    <addrs><addr address="+441632960001" type="137" /></addrs></mms>
</smses>"""


def test_a_backup_of_messages_is_a_thread_for_each_number() -> None:
    first, second = read_sms_backup(SMS.encode())
    assert first.people == ("Ben (+441632960001)", OWNER)
    assert [(each.from_whom, each.words, each.attached, each.told) for each in first.messages] == [
        ("Ben (+441632960001)", "I know where you are 😀", (), "received"),
        (OWNER, "Stop\nit", (), "sent"),
        ("Ben (+441632960001)", "look", ("a.jpg",), "received"),
    ]
    assert first.messages[0].at == datetime(2026, 11, 20, 21, 3, tzinfo=UTC)
    assert first.zone == "said"
    assert [(each.at, each.words, each.told) for each in second.messages] == [(None, "x�", "not sent")]
    assert second.not_read_count == 1


def test_a_backup_of_calls_says_which_were_missed() -> None:
    content = b'<calls><call number="1" date="1795208580000" duration="0" type="3" /></calls>'
    (thread,) = read_sms_backup(content)
    assert (thread.form, thread.messages[0].told, thread.messages[0].words) == (
        "calls_backup",
        "missed",
        "Call of 0 seconds",
    )


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE smses [<!ENTITY a "b">]><smses><sms body="&a;"/></smses>',
        b'<!DOCTYPE smses SYSTEM "http://example.org/a.dtd"><smses/>',
        b"<smses><sms></smses>",
        b"<other/>",
        b"<a>" * 5000,
    ],
)
def test_xml_that_is_no_plain_backup_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnExport):
        read_sms_backup(content)


META = {
    "participants": [{"name": "Zo\u00c3\u00ab"}, {"name": "Ben"}],
    "messages": [
        {"sender_name": "Ben", "timestamp_ms": 1795208640000, "photos": [{"uri": "a/b/photo.jpg"}], "is_unsent": True},
        {
            "sender_name": "Zo\u00c3\u00ab",
            "timestamp_ms": 1795208580000,
            "content": "caf\u00c3\u00a9 \u00f0\u009f\u0098\u0080",
        },
        "odd",
        {"sender_name": "Ben", "content": "no time"},
    ],
}


def test_metas_letters_are_put_right_and_the_oldest_comes_first() -> None:
    thread = read_meta(json.dumps(META).encode())
    assert thread.people == ("Zoë", "Ben")
    assert [(each.from_whom, each.words, each.attached, each.told) for each in thread.messages] == [
        ("Ben", "no time", (), ""),
        ("Zoë", "café 😀", (), ""),
        ("Ben", "", ("photo.jpg",), "taken back"),
    ]
    assert thread.messages[1].at == datetime(2026, 11, 20, 21, 3, tzinfo=UTC)
    assert thread.not_read_count == 2


def test_metas_form_for_encrypted_threads_is_read_too() -> None:
    message = {"senderName": "Ann", "text": "é", "timestamp": 1795208580000, "media": [{"uri": "./media/a.jpg"}]}
    said = {"participants": ["Ann", "Ben"], "threadName": "x", "messages": [message]}
    thread = read_meta(json.dumps(said).encode())
    assert [(each.from_whom, each.words, each.attached) for each in thread.messages] == [("Ann", "é", ("a.jpg",))]


WHATSAPP = "20/11/2026, 21:03 - Ann: IMG-20261120-WA0003.jpg (file attached)\n20/11/2026, 21:04 - Ben: yes\n"


def test_an_export_is_found_in_an_item_and_in_a_zip_with_its_files(tmp_path: Path) -> None:
    plain = threads_of(item_with(tmp_path, WHATSAPP.encode()))
    zipped = threads_of(
        item_with(
            tmp_path,
            samples.zipped(
                {"WhatsApp Chat with Ben.txt": WHATSAPP, "IMG-20261120-WA0003.jpg": samples.jpeg(), "x.txt": "other"}
            ),
        )
    )
    assert isinstance(plain, Exported)
    assert isinstance(zipped, Exported)
    assert plain.threads == zipped.threads == (read_whatsapp(WHATSAPP),)
    assert zipped.files == {"IMG-20261120-WA0003.jpg"}


def test_a_zip_larger_than_what_is_opened_is_read_at_its_places(tmp_path: Path) -> None:
    import io
    import os
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(3):
            archive.writestr(f"VID-{number}.mp4", os.urandom(50 << 20))
        archive.writestr("_chat.txt", WHATSAPP)
    found = threads_of(item_with(tmp_path, out.getvalue()))
    assert isinstance(found, Exported)
    assert len(found.threads[0].messages) == 2


def test_metas_zip_gives_its_threads_the_longest_first(tmp_path: Path) -> None:
    longer = {**META, "messages": META["messages"] * 3}  # type: ignore[operator]
    content = samples.zipped(
        {
            "messages/inbox/a/message_1.json": json.dumps(META),
            "messages/inbox/b/message_1.json": json.dumps(longer),
            "c.json": "{}",
        }
    )
    found = threads_of(item_with(tmp_path, content))
    assert isinstance(found, Exported)
    assert [len(thread.messages) for thread in found.threads] == [9, 3]


@pytest.mark.parametrize(
    "content",
    [
        samples.jpeg(),
        b"a letter",
        b"{}",
        b'{"messages": 1}',
        b"[" * 100_000,
        samples.zipped({"a.txt": "words"}),
        samples.zipped({"_chat.txt": b" " * (70 << 20)}),
        samples.zipped({"_chat.txt": WHATSAPP})[:-10],
        b"",
    ],
    ids=["picture", "letter", "empty", "number", "deep", "zip", "bomb", "cut", "nothing"],
)
def test_what_is_no_export_says_so(tmp_path: Path, content: bytes) -> None:
    assert isinstance(threads_of(item_with(tmp_path, content)), NotAnExport)


def test_no_changed_byte_is_an_error() -> None:
    for number, content in enumerate((WHATSAPP.encode(), SMS.encode(), json.dumps(META).encode())):
        chance = random.Random(number)  # noqa: S311 chance that can be had again
        for _ in range(1500):
            broken = bytearray(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.3 else content)
            for _ in range(chance.choice((1, 2, 8))):
                if broken:
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
            with contextlib.suppress(NotAnExport):
                list(threads_in(bytes(broken)))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789/:.,-[] APMpm\n\u202f\u200eñ오후<>()"), max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    with contextlib.suppress(NotAnExport):
        read_whatsapp("20/11/2026, 21:03 - Ann: x\n" + text)


def test_a_hundred_thousand_messages_take_seconds_of_one_processor() -> None:
    import time

    text = "20/11/2026, 21:03 - Ann: some words of a message that is not long\n" * 100_000
    started = time.process_time()
    assert len(read_whatsapp(text).messages) == 100_000
    assert time.process_time() - started < 10
