"""The intake: one message is one case however often it comes; numbers are found by keyed hashes; nothing is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.models import Case
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.store import write
from holdfast.doors.intake.calls import open_call_of
from holdfast.doors.intake.calls import remember
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.joining import join_for
from holdfast.doors.intake.joining import join_when_due
from holdfast.doors.intake.positions import place_call
from holdfast.doors.intake.taking import add_to
from holdfast.doors.intake.taking import take_in
from holdfast.doors.intake.unread import keep_unread
from holdfast.doors.intake.unread import open_ones
from holdfast.doors.intake.unread import open_unread
from holdfast.doors.intake.unread import settle
from holdfast.doors.intake.waiting import JoinedMeanwhile
from holdfast.doors.intake.waiting import drop
from holdfast.doors.intake.waiting import waiting_for
from holdfast.record.entry import By

NUMBER = "+44 7700 900123"


def _now() -> datetime:
    return datetime.now(UTC)


def _coming(pack: str, **changes: object) -> Coming:
    at = _now()
    drafts = (Draft("CallReceived", {"route": "silent", "number": NUMBER, "line": "mobile"}, at),)
    return Coming("silent", "sip", "call-1@pbx", at, pack, drafts=drafts)._replace(**changes)  # type: ignore[arg-type]


def _place(at: datetime, latitude: float = 51.5) -> Draft:
    fields = {"how": "device", "latitude": latitude, "longitude": -0.1, "uncertainty": 35.0}
    return Draft("LocationFound", fields, at)


@pytest.fixture(autouse=True)
def _there(database: Path) -> Iterator[None]:
    yield
    connections.close_all()


def test_a_call_opens_a_case_and_is_found_by_its_number(database: Path, small_pack: str) -> None:
    taken = take_in(_coming(small_pack, force="north"), _now())
    case = read_case(taken.case_id)
    assert [entry.kind for entry in case.entries] == ["CaseOpened", "CallReceived"]
    assert (taken.new, taken.repeated, case.force, case.entries[0].by) == (True, False, "north", By("feed", "sip"))
    for said in (NUMBER, "07700900123", "tel:+447700900123", "sip:+447700900123@10.0.0.1:5060;transport=udp"):
        assert open_call_of(said, _now()) == taken.case_id
    assert open_call_of("+44 7700 900124", _now()) is None
    assert open_call_of("anonymous", _now()) is None
    assert open_call_of(NUMBER, _now() + timedelta(hours=3)) is None
    with sqlite3.connect(database) as raw:
        assert b"900123" not in b"".join(str(row).encode() for row in raw.execute("SELECT * FROM intake_call_from"))
    append(taken.case_id, "CallClosed", {"reason": "officers_attended"}, by=By("supervisor", "S1"), happened_at=_now())
    assert open_call_of(NUMBER, _now()) is None


def test_the_same_message_again_writes_nothing_and_more_of_the_call_is_added(small_pack: str) -> None:
    coming = _coming(small_pack)
    first, again = take_in(coming, _now()), take_in(coming, _now())
    assert (again.case_id, again.new, again.repeated, again.length) == (first.case_id, False, True, first.length)
    key = Draft("SilentCallHandled", {"answered_by": "pressed_55"}, coming.at)
    more = take_in(coming._replace(drafts=(*coming.drafts, key)), _now())
    assert (more.case_id, more.length, more.repeated) == (first.case_id, first.length + 1, False)
    assert take_in(coming._replace(drafts=(key,)), _now()).repeated
    assert add_to(first.case_id, (key,), coming._replace(document=""), _now()).repeated
    assert take_in(coming._replace(sender="webhook:twilio"), _now()).new  # another sender's own name for another call
    assert take_in(coming._replace(document="", sender="online"), _now()).new


def test_the_same_message_many_times_at_once_is_one_case(small_pack: str) -> None:
    coming, now = _coming(small_pack), _now()
    taken = []

    def send() -> None:
        taken.append(take_in(coming, now))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.case_id for each in taken}) == 1
    assert [each.new for each in taken].count(True) == 1
    assert Case.objects.count() == 1
    assert read_case(taken[0].case_id).length == 2


def test_a_clock_that_runs_ahead_does_not_lose_a_call(small_pack: str) -> None:
    ahead = _now() + timedelta(days=400)
    drafts = (Draft("CallReceived", {"route": "voice"}, ahead),)
    case = read_case(take_in(_coming(small_pack, at=ahead, drafts=drafts), _now()).case_id)
    assert all(entry.happened_at <= _now() for entry in case.entries)


def test_a_force_that_the_pack_does_not_know_does_not_lose_a_call(small_pack: str) -> None:
    case = read_case(take_in(_coming(small_pack, force="nowhere"), _now()).case_id)
    assert (case.force, case.length) == ("", 2)


def test_what_cannot_be_recorded_opens_no_case_and_is_kept_for_a_person(small_pack: str) -> None:
    bad = Draft("CallReceived", {"route": "pigeon", "number": "0" * 200}, _now())
    with pytest.raises(EntryRefused):
        take_in(_coming(small_pack, drafts=(bad,), raw=b"she is at 7 Nowhere Lane"), _now())
    assert Case.objects.count() == 0
    (kept,) = open_ones()
    assert "CallReceived" in kept.why
    found = open_unread(kept.pk)
    assert found is not None
    assert (found.raw, found.whole, found.proved) == (b"she is at 7 Nowhere Lane", True, True)


def test_what_is_kept_is_sealed_counted_and_settled_once(database: Path, small_pack: str) -> None:
    numbers = {keep_unread("aml", b"seven Nowhere Lane", "is not AML", _now()) for _ in range(3)}
    assert len(numbers) == 1
    number = numbers.pop()
    assert open_ones()[0].times == 3
    assert b"Nowhere" not in database.read_bytes() + Path(f"{database}-wal").read_bytes()
    case = take_in(_coming(small_pack), _now()).case_id
    assert settle(number, "C1", _now(), case=case)
    assert not settle(number, "C2", _now(), reason="nothing")
    assert (open_ones(), open_unread(number)) == ([], None)


def test_what_strangers_send_cannot_fill_the_disk() -> None:
    numbers = {keep_unread("webhook:twilio", b"%d" % each * 9_000, "bad", _now(), proved=False) for each in range(130)}
    assert len(numbers) == 100
    found = open_unread(max(numbers))
    assert found is not None
    assert (len(found.raw), found.whole) == (16_000, False)


def test_a_position_joins_its_call_whichever_comes_first(small_pack: str) -> None:
    position = Coming("text", "aml", "", _now(), small_pack, raw=b'A"ML=1')
    assert place_call(NUMBER, [_place(_now())], position, _now()) is None
    assert place_call("07700 900999", [_place(_now(), 40)], position, _now()) is None  # no such call: it waits, unseen
    taken = take_in(_coming(small_pack), _now())
    assert [entry.kind for entry in read_case(taken.case_id).entries][1:] == ["CallReceived", "LocationFound"]
    after = place_call("07700900123", [_place(_now(), 51.6)], position, _now())
    assert after is not None
    assert (after.case_id, after.length) == (taken.case_id, taken.length + 1)
    again = take_in(_coming(small_pack, document="another"), _now())
    assert again.length == 2  # what was joined is joined once
    assert place_call("withheld", [_place(_now())], position, _now()) is None
    assert [each.sender for each in open_ones()] == ["aml"]


def test_the_clock_joins_a_position_to_a_call_that_a_person_typed_later(small_pack: str) -> None:
    position = Coming("text", "aml", "m", _now(), small_pack, raw=b"A", message="once")
    assert place_call(NUMBER, [_place(_now())], position, _now()) is None
    assert join_when_due(_now()) == 0
    case = open_case(small_pack, by=By("call_taker", "C1"), happened_at=_now()).case_id
    append(case, "CallReceived", {"route": "voice", "number": NUMBER}, by=By("call_taker", "C1"), happened_at=_now())
    write(lambda connection, _: remember(connection, NUMBER, case, _now()))
    assert [join_when_due(_now()), join_when_due(_now()), join_for(case, NUMBER, _now())] == [1, 0, 0]
    assert [entry.kind for entry in read_case(case).entries][-1] == "LocationFound"
    assert place_call(NUMBER, [_place(_now())], position, _now()) is not None  # the same message, late: known
    assert read_case(case).length == 3


def test_a_position_that_another_process_joined_a_moment_before_is_joined_once(small_pack: str) -> None:
    position = Coming("text", "aml", "m", _now(), small_pack, raw=b"A", message="once")
    place_call(NUMBER, [_place(_now())], position, _now())
    (waited,) = waiting_for(NUMBER, _now())
    write(lambda connection, _: drop(connection, [waited]))
    with pytest.raises(JoinedMeanwhile):
        write(lambda connection, _: drop(connection, [waited]))
    assert read_case(take_in(_coming(small_pack), _now()).case_id).length == 2
