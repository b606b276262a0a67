"""What the survivor reads: only checked promises, late said as late, nothing the record does not hold."""

import msgspec
from tests.support.told import entry
from tests.support.told import local

from holdfast.duties.steps import limit_in_words
from holdfast.duties.steps import steps
from holdfast.law.pack import Pack

BAILED = entry(1, "BailGranted", "2026-03-06 21:00", ends_at="2026-06-05T22:59:59Z")
MADE = entry(2, "OrderMade", "2026-03-07 12:00", order="dvpo")


def test_late_stands_first_then_the_soonest_then_what_is_done(testland: Pack) -> None:
    told = entry(3, "SurvivorTold", "2026-03-09 10:00", (1,), what=["bail"], channel="telephone")
    found = steps([BAILED, MADE, told], testland, local("2026-03-10 12:00"))
    assert [(promise.owed.id, promise.standing) for promise in found.promises] == [
        ("serve-order", "late"),
        ("tell-served", "no date"),
        ("tell-bail", "kept"),
    ]
    assert found.next is not None
    assert found.next.owed.id == "serve-order"
    assert found.promises[2].kept_at == local("2026-03-09 10:00")


def test_what_is_not_for_the_survivor_or_not_checked_is_left_out(testland: Pack) -> None:
    ids = {promise.owed.id for promise in steps([BAILED, MADE], testland, local("2026-03-08 12:00")).promises}
    assert "serve-order.chase" not in ids

    def spoiled(duty: object) -> object:
        return msgspec.structs.replace(duty, source=msgspec.structs.replace(duty.source, confidence="unverified"))  # type: ignore[attr-defined,type-var]

    unchecked = msgspec.structs.replace(testland, duties=tuple(spoiled(duty) for duty in testland.duties), days=None)  # type: ignore[misc]
    from holdfast.law.loading import ready

    assert steps([BAILED, MADE], ready(unchecked), local("2026-03-08 12:00")).promises == ()


def test_not_safe_to_do_is_said_and_no_date_is_claimed(testland: Pack) -> None:
    unsafe = entry(3, "DutyUnsafe", "2026-03-07 13:00", (1,), duty="tell-bail", reason="r", second_person="S2")
    found = steps([BAILED, MADE, unsafe], testland, local("2026-03-08 12:00"))
    [promise] = [promise for promise in found.promises if promise.owed.id == "tell-bail"]
    assert (promise.standing, promise.by) == ("not safe", None)


def test_the_stage_is_the_furthest_that_the_record_has_reached(testland: Pack) -> None:
    assert steps([], testland, local("2026-03-08 12:00")).stage == "call"
    assert steps([BAILED], testland, local("2026-03-08 12:00")).stage == "suspect"
    assert steps([BAILED], testland, local("2026-03-06 20:00")).last is None


def test_a_limit_reads_as_words(testland: Pack) -> None:
    duties = {duty.id: duty for duty in testland.duties}
    assert limit_in_words(duties["attend"]) == "within the time they gave you"
    assert limit_in_words(duties["ask-safe"]) == "before the officers leave"
    assert limit_in_words(duties["tell-served"]) == "within 24 hours"
