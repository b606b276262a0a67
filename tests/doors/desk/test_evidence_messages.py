"""An export of messages at the desk: for what is asked first, the thread after that, and nothing where it is held."""

import json

import pytest
from tests.doors.desk.conftest import a_case
from tests.doors.desk.kept import SURVIVOR
from tests.doors.desk.kept import keep
from tests.doors.desk.test_evidence import FOR
from tests.doors.desk.test_evidence import at
from tests.doors.desk.test_evidence import of_kind
from tests.vault import samples

EXPORT = (
    "3/4/2026, 21:03 - Ben: <script>alert(1)</script> I know where you are\n"
    "3/4/2026, 21:04 - Ann: IMG-20260403-WA0001.jpg (file attached)\n"
)


@pytest.fixture
def code(desk):
    return a_case()


def reads(desk, code, item):
    desk.sends(at(code, item, "messages"), FOR)
    return desk.follows()


def test_nothing_is_shown_before_it_is_said_for_what(desk, code):
    item = keep(code, EXPORT.encode(), what="messages")
    page = desk.opens(at(code, item, "messages"))
    assert "For what?" in page
    assert "I know where you are" not in page
    assert of_kind(code, "ItemLookedAt") == []
    desk.sends(at(code, item, "messages"), {"purpose": ""})
    assert "Say for what you read them" in desk.follows()
    assert of_kind(code, "ItemLookedAt") == []


def test_the_thread_is_words_with_what_is_not_sure_said_first(desk, code):
    item = keep(code, EXPORT.encode(), what="messages")
    page = reads(desk, code, item)
    assert "WhatsApp: 2 messages" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; I know where you are" in page
    assert "Friday 3 April 2026" in page
    assert page.index("either way round") < page.index("I know where you are")
    assert "does not say in which time zone" in page
    assert "IMG-20260403-WA0001.jpg" in page
    (looked,) = of_kind(code, "ItemLookedAt")
    assert looked.fields.purpose == "To investigate this case (read as messages)"


def test_a_zip_is_read_though_it_is_held_as_an_archive_and_for_nothing_else(desk, code):
    content = samples.zipped({"_chat.txt": EXPORT, "IMG-20260403-WA0001.jpg": b"x"})
    item = keep(code, content, "application/zip", what="messages", held="archive")
    assert "Read it as messages" in desk.opens(at(code, item))
    assert "came with the export" in reads(desk, code, item)
    other = keep(code, content, "application/zip", what="messages", held="disguised")
    assert "Read it as messages" not in desk.opens(at(code, other))
    desk.sends(at(code, other, "messages"), FOR)
    assert "no export of messages" in desk.follows()


def test_what_the_survivor_only_offers_is_not_read(desk, code):
    item = keep(code, EXPORT.encode(), what="messages", by=SURVIVOR, police_may_have="now")
    desk.sends(at(code, item, "messages"), FOR)
    assert "Take it over first" in desk.follows()
    assert of_kind(code, "ItemLookedAt") == []


def test_what_is_no_export_says_so_and_loses_nothing(desk, code):
    item = keep(code, b"a letter", what="messages")
    assert "do not begin with a time" in reads(desk, code, item)


def test_many_messages_stand_on_pages_and_many_threads_are_chosen_from(desk, code):
    line = "13/4/2026, 21:03 - Ben: number {}\n"
    long = keep(code, "".join(line.format(number) for number in range(450)).encode(), what="messages")
    page = reads(desk, code, long)
    assert "Page 1 of 3" in page
    assert "number 199" in page
    assert "number 200" not in page
    assert "number 449" in desk.opens(at(code, long, "messages"), page="3")
    assert "Page 3 of 3" in desk.opens(at(code, long, "messages"), page="99", thread="x")
    said = [
        {"participants": [{"name": who}], "messages": [{"sender_name": who, "timestamp_ms": 1, "content": f"by {who}"}]}
        for who in ("Ann", "Ben")
    ]
    both = samples.zipped({f"inbox/{number}/message_1.json": json.dumps(one) for number, one in enumerate(said)})
    item = keep(code, both, "application/zip", what="messages", held="archive")
    assert "2 conversations" in reads(desk, code, item)
    assert "by Ben" in desk.opens(at(code, item, "messages"), thread="2")


def test_the_item_says_whether_malware_was_looked_for(desk, code):
    from datetime import UTC
    from datetime import datetime

    from tests.doors.desk.kept import HOLDFAST

    from holdfast.casefile.append import append
    from holdfast.casefile.reading import case_by_code

    item = keep(code, b"words")
    read = {"item": str(item), "media": "text/plain", "scanned": "no_scanner", "told": "It moves."}
    append(case_by_code(code), "ItemMetadataRead", read, by=HOLDFAST, happened_at=datetime.now(UTC))
    page = desk.opens(at(code, item))
    assert "Looked for malware" in page
    assert "No scanner" in page
