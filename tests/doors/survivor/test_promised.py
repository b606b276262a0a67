"""A promise is told with its date and whether it was kept, and why a thing is dangerous is never told."""

from datetime import UTC
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.support.packs import pack_of
from tests.support.told import entry
from tests.support.told import local

from holdfast.doors.survivor.promised import disputes
from holdfast.doors.survivor.promised import grouped
from holdfast.doors.survivor.promised import line
from holdfast.duties.steps import steps

LONDON = ZoneInfo("Europe/London")
ENDS = "2026-06-05T22:59:59Z"


@pytest.fixture(scope="module")
def pack():
    return pack_of("england-and-wales")


def case(*more):
    opened = entry(1, "CaseOpened", "2026-03-06 20:00", pack="england-and-wales")
    enhanced = entry(2, "NeedsAssessed", "2026-03-06 20:30", enhanced="yes")
    bail = entry(3, "BailGranted", "2026-03-06 21:00", ends_at=ENDS)
    return [opened, enhanced, bail, *more]


def told(pack, at, *more, duty="tell-bail"):
    now = local(at)
    said = disputes(case(*more))
    found = [line(each, LONDON, now, said) for each in steps(case(*more), pack, now).promises if each.owed.id == duty]
    assert len(found) == 1
    return found[0]


def test_to_come_says_by_when(pack):
    found = told(pack, "2026-03-07 09:00")
    assert (found.state, found.when, found.group) == ("Not done yet", "By the end of Monday 9 March.", "coming")
    assert not found.can_dispute


def test_late_says_that_it_is_not_recorded_rather_than_not_done(pack):
    found = told(pack, "2026-03-10 09:00")
    assert found.state == "Late"
    assert found.when == "It should have been done by the end of Monday 9 March. It is not recorded as done."


def test_kept_says_on_which_day_and_can_be_disputed(pack):
    said = entry(4, "SurvivorTold", "2026-03-09 10:00", about=(3,), what=["bail"], channel="telephone")
    found = told(pack, "2026-03-12 09:00", said)
    assert (found.state, found.when) == ("Done", "Monday 9 March.")
    assert found.can_dispute
    assert found.ended_by == 4


def test_kept_late_says_both_days(pack):
    said = entry(4, "SurvivorTold", "2026-03-11 10:00", about=(3,), what=["bail"], channel="telephone")
    found = told(pack, "2026-03-12 09:00", said)
    assert found.state == "Done, but late"
    assert found.when == "Wednesday 11 March. It should have been done by the end of Monday 9 March."


def test_not_safe_is_said_but_not_why(pack):
    unsafe = entry(4, "DutyUnsafe", "2026-03-07 10:00", about=(3,), duty="tell-bail", reason="He reads her telephone.",
                   second_person="SGT1")  # fmt: skip
    found = told(pack, "2026-03-08 09:00", unsafe)
    assert found.state == "Not safe to do"
    assert "telephone" not in found.when
    assert "Ask why" in found.when
    assert not found.can_dispute


def test_a_limit_in_words_is_told_in_the_laws_own_words(pack):
    now = local("2026-03-06 20:01")
    calls = [entry(1, "CallReceived", "2026-03-06 20:00", route="voice", role="call_taker")]
    promises = [each for each in steps(calls, pack, now).promises if each.owed.in_words]
    assert promises
    for each in promises:
        shown = line(each, LONDON, now)
        assert shown.when.rstrip(".").lower() == each.limit.lower()


def test_the_same_promise_is_shown_once_with_its_other_times_under_it(pack):
    said = [
        entry(4, "SurvivorTold", "2026-03-09 10:00", about=(3,), what=["bail"], channel="telephone"),
        entry(5, "BailGranted", "2026-04-06 21:00", ends_at=ENDS),
        entry(6, "SurvivorTold", "2026-04-07 10:00", about=(5,), what=["bail"], channel="telephone"),
    ]
    now = local("2026-05-01 09:00")
    lines = [line(each, LONDON, now) for each in steps(case(*said), pack, now).promises if each.owed.id == "tell-bail"]
    done = next(group for group in grouped(lines) if group.name == "done")
    assert done.many == 2
    [(title, (only,))] = done.parts
    assert title == "The other person"
    assert only.when == "Tuesday 7 April."
    assert [each.when for each in only.again] == ["Monday 9 March."]


def test_two_promises_never_share_a_key(pack):
    now = datetime(2026, 4, 1, tzinfo=UTC)
    lines = [line(each, LONDON, now) for each in steps(case(), pack, now).promises]
    assert len({each.key for each in lines}) == len(lines) > 1


TOLD = entry(4, "SurvivorTold", "2026-03-09 10:00", about=(3,), what=["bail"], channel="telephone")


def test_a_disputed_promise_waits_for_a_supervisor_and_is_not_called_done(pack):
    said = entry(5, "PromiseDisputed", "2026-03-10 10:00", about=(4,), duty="tell-bail")
    found = told(pack, "2026-03-12 09:00", TOLD, said)
    assert found.state == "It was said that this did not happen. A supervisor has to answer."
    assert (found.look, found.group, found.can_dispute) == ("wait", "disputed", False)
    assert found.when == "The record said: Monday 9 March."
    assert [group.name for group in grouped([found])] == ["disputed"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("it_did_not_happen", "Found not to have been done"),
        ("it_happened", "Done"),
        ("cannot_be_known", "It cannot be known whether this was done"),
    ],
)
def test_an_answered_dispute_says_what_was_found(pack, outcome, state):
    said = entry(5, "PromiseDisputed", "2026-03-10 10:00", about=(4,))
    answered = entry(6, "DisputeAnswered", "2026-03-11 10:00", about=(5,), outcome=outcome, role="supervisor")
    found = told(pack, "2026-03-12 09:00", TOLD, said, answered)
    assert (found.state, found.group == "done") == (state, outcome == "it_happened")


def test_a_dispute_of_another_promise_leaves_this_one_done(pack):
    said = entry(5, "PromiseDisputed", "2026-03-10 10:00", about=(4,), duty="another-duty")
    assert told(pack, "2026-03-12 09:00", TOLD, said).state == "Done"
