"""A bundle of many items: it is looked through beside the page, which says how far it is and asks again by itself."""

import threading
import time

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.disclosure import AT
from tests.doors.desk.disclosure import INVESTIGATOR
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import as_they_are
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives

from holdfast.doors.evidence import disclosing
from holdfast.doors.evidence import looking_beside


@pytest.fixture
def many(database, monkeypatch):
    monkeypatch.setattr(looking_beside, "AT_ONCE", 2)
    code = a_protected_case()
    items = [gives(code, f"Note {number}: Rosewood House".encode(), what="messages") for number in range(6)]
    said = {"to": "A firm", "side": "survivor", "purpose": "Disclosure"}
    return code, disclosing.draft(file_of(code), as_they_are(*items), by=INVESTIGATOR, at=AT, **said)


def held_up(monkeypatch) -> threading.Event:
    """The look-through stops at its third item until the event comes."""
    go_on, read, count = threading.Event(), looking_beside.read_ahead, [0]

    def slowly(*given):
        count[0] += 1
        if count[0] == 3:
            assert go_on.wait(60)
        read(*given)

    monkeypatch.setattr(looking_beside, "read_ahead", slowly)
    return go_on


def until(page) -> str:
    for _ in range(600):
        found = page()
        if "being looked through" not in found:
            return found
        time.sleep(0.1)
    raise AssertionError("the look-through did not end")


def test_the_page_says_how_far_it_is_and_then_shows_all(many, monkeypatch):
    (code, bundle), go_on = many, held_up(monkeypatch)
    desk, address = Desk().signs_in(), f"/desk/case/{code}/bundle/{bundle}"
    first = desk.opens(address)
    for _ in range(600):
        if "2 of 6" in first:
            break
        time.sleep(0.1)
        first = desk.opens(address)
    assert "<strong>2 of 6 items</strong>" in first
    assert desk.page.headers["Refresh"] == f"3; url={address}"
    assert "Make the bundle" not in first
    sent = desk.sends(address, {"do": "make", "read_it": "yes"})
    assert "What you sent was not used" in sent
    go_on.set()
    done = until(lambda: desk.opens(address))
    assert "Refresh" not in desk.page.headers
    assert done.count('<fieldset class="found">') == 6
    assert "Make the bundle" in done


def test_a_draft_can_be_taken_back_while_it_is_read(many, monkeypatch):
    (code, bundle), go_on = many, held_up(monkeypatch)
    desk, address = Desk().signs_in(), f"/desk/case/{code}/bundle/{bundle}"
    desk.opens(address)
    desk.sends(address, {"do": "drop"})
    assert "Taken back" in desk.follows()
    go_on.set()


def test_what_breaks_beside_is_read_by_the_page(many, monkeypatch):
    code, bundle = many

    def broken(*given):
        raise OSError("the disk")

    monkeypatch.setattr(looking_beside, "read_ahead", broken)
    desk, address = Desk().signs_in(), f"/desk/case/{code}/bundle/{bundle}"
    done = until(lambda: desk.opens(address))
    assert done.count('<fieldset class="found">') == 6


def test_a_small_one_is_shown_at_once(many, monkeypatch):
    code, bundle = many
    monkeypatch.setattr(looking_beside, "AT_ONCE", 24)
    monkeypatch.setattr(looking_beside, "_runs", {})
    desk = Desk().signs_in()
    assert "Make the bundle" in desk.opens(f"/desk/case/{code}/bundle/{bundle}")
