"""Custody at the desk: every act in order, what proves an item and what does not, and what may be taken out."""

import json
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.kept import SURVIVOR
from tests.doors.desk.kept import keep
from tests.doors.desk.leaves import confirmed

from holdfast.access.looks import looks_at
from holdfast.casefile.append import append
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.reading import case_by_code
from holdfast.doors.evidence import stamps
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import looked_at
from holdfast.doors.evidence.stamps import stamp_waiting
from holdfast.record.entry import By
from holdfast.vault.authority import OWN

TYPED = "the blue gate in Rowan Close"
DETECTIVE = By("investigator", "DC7")


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    settings.HOLDFAST_STAMPS, settings.HOLDFAST_STAMPS_ROOTS = OWN, ""
    monkeypatch.setattr(stamps, "WAITING", stamps.Waiting())


@pytest.fixture
def code(desk):
    return a_case()


def of_case(code):
    return f"/desk/case/{code}/evidence/custody"


def of_item(code, item):
    return f"/desk/case/{code}/evidence/{item}/custody"


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_every_act_stands_in_order_with_role_staff_both_times_and_purpose(desk, code):
    item, case_id = keep(code, named="secret.jpg", words=TYPED, exhibit="AB/1"), case_by_code(code)
    before = datetime.now(UTC) - timedelta(hours=2)
    looked_at(case_id, item, "To charge", DETECTIVE, before)
    copied(case_id, item, "For the file", DETECTIVE, datetime.now(UTC), to="Prosecutor")
    page = words(desk.opens(of_item(code, item)))
    order = [page.index(each) for each in ("Item taken", "Item metadata read", "Item looked at", "Item copied")]
    assert order == sorted(order)
    for told in ("Attending officer PC1", "Investigating officer DC7", "To charge", "Prosecutor", "AB/1"):
        assert told in page
    local = before.astimezone(desk_zone())
    assert f"{local:%H:%M:%S}" in page
    for hidden in ("secret.jpg", TYPED):
        assert hidden not in page


def desk_zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/London")


def test_hash_stamp_and_checkpoint_are_shown_as_they_verify_now(desk, code, settings):
    item = keep(code)
    page = words(desk.opens(of_item(code, item)))
    assert "Not stamped. It waits to be stamped" in page
    assert "None has seen it yet" in page
    assert "No signed checkpoint has seen it yet" in page
    stamp_waiting()
    checkpoint()
    page = words(desk.opens(of_item(code, item)))
    assert entries(code)[1].fields.sha256 in page
    assert "verifies now" in page
    assert "The time stamps are the demonstration’s own. They prove nothing." in page
    assert "The record still fits it." in page
    settings.HOLDFAST_STAMPS = ""
    page = words(desk.opens(of_item(code, item)))
    assert "not verified" in page
    assert "Whoever runs the system sets HOLDFAST_STAMPS" in page


def test_where_the_authority_is_out_the_page_tells_why_as_it_is_now(desk, code):
    item = keep(code)
    stamps.WAITING.failed(datetime.now(UTC), "The authority did not answer.")
    told = words(desk.opens(of_item(code, item)))
    assert "Not stamped. The authority did not answer. It is tried again by itself" in told
    stamps.WAITING.went_well()
    assert "Not stamped. It waits to be stamped" in words(desk.opens(of_item(code, item)))


def test_a_stamp_for_other_bytes_is_told_not_verified(desk, code):
    first, second = keep(code, b"one"), keep(code, b"two")
    stamp_waiting()
    token = next(each.fields.token for each in entries(code) if each.kind == "ItemTimeStamped")
    third = keep(code, b"three")
    said = {"item": str(third), "authority": "Forged", "at": datetime.now(UTC).isoformat(), "token": token}
    append(case_by_code(code), "ItemTimeStamped", said, by=DETECTIVE, happened_at=datetime.now(UTC))
    page = words(desk.opens(of_item(code, third)))
    assert "not verified" in page
    assert "it stamps other bytes" in page
    assert "verifies now" in words(desk.opens(of_item(code, first)))
    assert "verifies now" in words(desk.opens(of_item(code, second)))


def test_the_whole_case_has_each_item_and_all_acts_page_by_page(desk, code):
    for number in range(30):
        keep(code, f"{number}".encode(), exhibit=f"E/{number}")
    page = desk.opens(of_case(code))
    assert "Items: 30" in page
    assert "Page 1 of 2" in page
    assert page.count('class="item"') == 25
    assert desk.opens(of_case(code) + "/paper").count('class="item"') == 30


def test_an_item_that_is_not_there_has_no_page(desk, code):
    desk.opens(of_item(code, uuid4()))
    assert desk.page.status_code == 404


def test_what_the_survivor_keeps_is_on_no_page_and_in_no_file(desk, code):
    kept = keep(code, b"mine", by=SURVIVOR, police_may_have="no")
    desk.opens(of_item(code, kept))
    assert desk.page.status_code == 404
    page = desk.opens(of_case(code))
    assert str(kept) not in page
    page = desk.sends(of_case(code) + "/take-out", {"purpose": "disclosure", "form": "json"})
    assert str(kept) not in page
    assert str(kept) not in confirmed(desk, of_case(code) + "/take-out", page).content.decode()


@pytest.mark.parametrize("form", ["case", "json"])
def test_a_file_is_taken_out_for_a_purpose_and_stands_in_the_log(desk, code, form):
    item = keep(code, named=TYPED, words=TYPED, source_name=TYPED, exhibit="AB/1")
    looked_at(case_by_code(code), item, f"To advise on or decide about a charge: {TYPED}", DETECTIVE, datetime.now(UTC))
    stamp_waiting()
    desk.sends(of_case(code) + "/take-out", {"form": form})
    assert "Nothing was taken out" in unescape(desk.follows())
    page = desk.sends(of_case(code) + "/take-out", {"purpose": "disclosure", "form": form})
    assert "Who will see this" in page
    assert "Content-Disposition" not in desk.page.headers
    text = confirmed(desk, of_case(code) + "/take-out", page).content.decode()
    assert desk.page.headers["Content-Disposition"] in (
        'attachment; filename="custody.jsonld"', 'attachment; filename="custody.json"',
    )  # fmt: skip
    found = json.loads(text)
    assert found
    for telling in (TYPED, "Rowan", code):
        assert telling not in text
    assert "To advise on or decide about a charge" in text
    reasons = [line.reason for line in looks_at(code)]
    assert any("custody as a file" in reason and "disclosed" in reason for reason in reasons)


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_who_may_only_read_it_takes_no_file_and_no_paper_out(desk, code, role):
    keep(code, by=By("officer", "officer-1"))
    other = Desk(role).signs_in()
    page = other.opens(of_case(code))
    if other.page.status_code == 200:
        assert "Take it out" not in page
        assert "/paper" not in page
    other.opens(of_case(code) + "/paper")
    assert other.page.status_code in (403, 404)
    other.sends(of_case(code) + "/take-out", {"purpose": "disclosure", "form": "json"})
    assert other.page.status_code in (403, 404)
