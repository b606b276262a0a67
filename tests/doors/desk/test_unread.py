"""What no machine could read, at the desk: seen by whoever takes calls, and settled by a person or not at all."""

from datetime import UTC
from datetime import datetime

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries

from holdfast.casefile.models import Case
from holdfast.casefile.reading import read_case
from holdfast.doors.intake.models import Unread
from holdfast.doors.intake.unread import keep_unread

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number() -> int:
    return keep_unread(
        "aml", b"<b>help</b> at 7 Nowhere Lane", "/: the message does not begin as AML does", datetime.now(UTC)
    )


@pytest.fixture
def desk() -> Desk:
    return Desk("supervisor").signs_in()


def test_it_is_listed_without_a_word_of_it_and_opened_by_who_takes_calls(desk: Desk, number: int) -> None:
    page = desk.opens("/desk/unread")
    assert "<bdi>the message does not begin as AML does</bdi>" in page
    assert "Nowhere" not in page
    assert "&lt;b&gt;help&lt;/b&gt; at 7 Nowhere Lane" in desk.opens(f"/desk/unread/{number}")
    auditor = Desk("auditor").signs_in()
    auditor.opens(f"/desk/unread/{number}")
    assert auditor.page.status_code == 403


def test_it_is_put_to_a_case_and_leaves_the_list(desk: Desk, number: int) -> None:
    code = a_case()
    assert "no case of this code" in desk.sends(f"/desk/unread/{number}", {"do": "case", "code": "234CFGHJ"})
    desk.sends(f"/desk/unread/{number}", {"do": "case", "code": code, "words": "Her telephone."})
    desk.follows()
    kept = entries(code)[-1].fields
    assert (kept.kept, kept.words, kept.sender) == ("<b>help</b> at 7 Nowhere Lane", "Her telephone.", "aml")
    assert bytes(Unread.objects.get().sealed) == b""
    desk.opens(f"/desk/unread/{number}")
    assert desk.page.status_code == 404
    assert "Everything that came in was read" in desk.opens("/desk/unread")


def test_it_opens_a_case_of_its_own(desk: Desk, number: int) -> None:
    assert "Say how it came" in desk.sends(f"/desk/unread/{number}", {"do": "new"})
    desk.sends(f"/desk/unread/{number}", {"do": "new", "route": "text"})
    case = read_case(Case.objects.get().id)
    assert [entry.kind for entry in case.entries] == ["CaseOpened", "CallReceived", "UnreadMessageKept"]


def test_it_is_nothing_for_us_only_with_a_reason(desk: Desk, number: int) -> None:
    assert "Say why it is nothing" in desk.sends(f"/desk/unread/{number}", {"do": "nothing", "reason": " "})
    assert "Say what it is" in desk.sends(f"/desk/unread/{number}", {})
    desk.sends(f"/desk/unread/{number}", {"do": "nothing", "reason": "A test by the network."})
    row = Unread.objects.get()
    assert (row.settled_by, row.case) == ("supervisor-1", None)
    assert b"network" not in bytes(row.reason)


def test_bytes_that_are_no_text_are_shown_and_kept_whole(desk: Desk) -> None:
    number = keep_unread("webhook:telnyx", b"\x00\xff\xfe" * 10, "is not a form that can be read", datetime.now(UTC))
    assert "It is no text" in desk.opens(f"/desk/unread/{number}")
    code = a_case()
    desk.sends(f"/desk/unread/{number}", {"do": "case", "code": code})
    assert entries(code)[-1].fields.kept == "AP/+" * 10
