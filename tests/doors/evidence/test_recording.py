"""What is written down of an item, and that nothing which fails after it was taken undoes that."""

import io
import threading
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.evidence import recording
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import keep_content
from holdfast.doors.evidence.recording import known_item
from holdfast.doors.evidence.recording import looked_at
from holdfast.doors.evidence.recording import moved
from holdfast.doors.evidence.recording import took
from holdfast.record.entry import By
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.store import NoSuchItem
from holdfast.vault.taking import take

OFFICER = By("investigator", "DC7")
SURVIVOR = By("survivor")
NOW = datetime.now(UTC)
SAID = {"what": "photograph", "named": "one.jpg", "words": "A door"}


@pytest.fixture
def case(database, small_pack):
    return open_case(small_pack, by=OFFICER, happened_at=NOW - timedelta(days=1)).case_id


def taken_in(case, content=b"what was given"):
    return take(
        io.BytesIO(content), store(), intake_folder(), case=case, item=uuid4(), case_key=key_of(case), durable=False
    )


def kinds(case):
    return [entry.kind for entry in read_case(case).entries]


@pytest.mark.parametrize("by", [OFFICER, SURVIVOR])
def test_an_item_is_taken_once_however_often_it_is_asked(case, by):
    taken = taken_in(case)
    first = took(case, taken, SAID, by=by, at=NOW)
    again = took(case, taken, SAID, by=by, at=NOW)
    assert (first.item, first.sha256, first.taken_by) == (taken.item, taken.sha256.hex(), by)
    assert kinds(case).count("ItemTaken") == 1
    assert again.number == first.number


def test_what_cannot_be_examined_is_taken_and_held(case, monkeypatch):
    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(recording, "_found", fails)
    item = took(case, taken_in(case), SAID, by=SURVIVOR, at=NOW)
    assert item.held == ("not_scanned",)


def test_words_that_cannot_be_kept_are_refused_before_anything_is_written(case):
    with pytest.raises(EntryRefused):
        took(case, taken_in(case), {"what": "no such thing"}, by=OFFICER, at=NOW)
    assert kinds(case) == ["CaseOpened"]


def test_looking_twice_within_minutes_is_one_look(case):
    item = took(case, taken_in(case), SAID, by=OFFICER, at=NOW).item
    now = datetime.now(UTC)
    looked_at(case, item, "To charge", OFFICER, now)
    looked_at(case, item, "To charge", OFFICER, now)
    looked_at(case, item, "To review", OFFICER, now)
    looked_at(case, item, "To charge", By("supervisor", "PS1"), now)
    assert kinds(case).count("ItemLookedAt") == 3


def test_copies_and_moves_are_entries_and_another_case_has_no_such_item(case):
    item = took(case, taken_in(case), SAID, by=OFFICER, at=NOW).item
    copied(case, item, "For the lawyer", OFFICER, NOW, to="Prosecutor")
    moved(case, item, "Kept", OFFICER, NOW, to_where="Store 4", bag="B12")
    assert known_item(case, item).bag == "B12"
    with pytest.raises(NoSuchItem):
        looked_at(case, uuid4(), "x", OFFICER, NOW)


def test_what_was_made_in_memory_is_sealed_like_anything_else(case):
    made = keep_content(case, b"a preview")
    assert item_of(case, made.item).read() == b"a preview"


def test_nothing_that_was_done_with_an_item_is_struck_or_corrected(case):
    item = took(case, taken_in(case), SAID, by=OFFICER, at=NOW)
    for number, entry in enumerate(read_case(case).entries[1:], 2):
        said = {"struck": "yes", "reason": "x"}
        with pytest.raises(EntryRefused) as refused:
            append(case, "EntryCorrected", said, by=OFFICER, happened_at=datetime.now(UTC), about=[number])
        assert "stays as it is" in str(refused.value.faults)
        assert entry.kind != "EntryCorrected"
    assert known_item(case, item.item)


def test_what_holdfast_does_has_its_own_time_and_not_that_of_the_giving(case):
    took(case, taken_in(case), SAID, by=OFFICER, at=NOW - timedelta(hours=5))
    first, *rest = read_case(case).entries[1:]
    assert first.happened_at == NOW - timedelta(hours=5)
    assert rest
    assert all(entry.happened_at >= NOW for entry in rest)


def test_two_who_ask_at_once_take_it_once(case):
    taken = taken_in(case)
    asked = [threading.Thread(target=_took_in_a_thread, args=(case, taken)) for _ in range(4)]
    for each in asked:
        each.start()
    for each in asked:
        each.join()
    assert kinds(case).count("ItemTaken") == 1


def _took_in_a_thread(case, taken):
    try:
        took(case, taken, SAID, by=OFFICER, at=NOW)
    finally:
        connection.close()
