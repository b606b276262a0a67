"""Who is rung: levels never skip, nothing rings after its end, every lapse rings, in whatever order things are told."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import cache
from itertools import count
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.support.packs import pack_of

from holdfast.duties.owed import owed
from holdfast.duties.raising import proposed_grade
from holdfast.duties.ringing import due_rings
from holdfast.duties.ringing import next_rings
from holdfast.duties.ringing import standing_rings
from holdfast.law.pack import Pack
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS
from holdfast.record.kinds.alarm import LEVELS

NIGHT = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
HOLDFAST, ROOM = By("feed", "holdfast"), By("supervisor", "S1")


@cache
def pack() -> Pack:
    return pack_of("england-and-wales")


def at(minutes: float) -> datetime:
    return NIGHT + timedelta(minutes=minutes)


class Case:
    """Entries written one after another, and a clock that rings."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.wrote("CaseOpened", 0, pack="england-and-wales")

    def wrote(self, kind: str, happened: float, recorded: float | None = None, about=(), by=ROOM, **fields) -> int:
        told = at(happened if recorded is None else recorded)
        last = self.entries[-1].recorded_at if self.entries else told
        number = len(self.entries) + 1
        said = read_fields(KINDS[kind], fields)
        self.entries.append(Entry(number, kind, at(happened), max(told, last), by, said, None, tuple(about)))
        return number

    def ticks(self, minute: float) -> list[str]:
        """What rings at this minute, as `casefile/ringing.py` writes it."""
        now = max(at(minute), self.entries[-1].recorded_at)
        found = due_rings(self.entries, owed(self.entries, pack(), now), pack(), at(minute))
        for ring in found:
            said = {"duty": ring.duty, "started_by": ring.started_by, "instance": ring.instance, "level": ring.level}
            self.wrote("AlarmRung", minute, about=(ring.started_by,), by=HOLDFAST, why=ring.why, **said)
        return [f"{ring.duty}/{ring.level}" for ring in found]

    def rung(self) -> dict[tuple, list[Entry]]:
        found: dict[tuple, list[Entry]] = {}
        for entry in self.entries:
            if entry.kind == "AlarmRung":
                said = entry.fields
                found.setdefault((said.duty, said.started_by, said.instance), []).append(entry)
        return found


def graded(minutes: int | None = 15) -> Case:
    case = Case()
    fields = {"grade": "immediate"} | ({} if minutes is None else {"attend_within": minutes})
    case.wrote("CallGraded", 0, **fields)
    case.wrote("UnitSent", 1, unit="U1")
    return case


def test_it_climbs_one_by_one_unless_somebody_answers() -> None:
    case = graded()
    assert case.ticks(15) == []  # the very last moment is not late
    assert case.ticks(15.1) == ["attend-in-time/dispatcher"]
    assert case.ticks(15.2) == []
    assert case.ticks(20.2) == ["attend-in-time/supervisor"]
    assert case.ticks(25.3) == ["attend-in-time/duty_officer"]
    assert case.ticks(500) == []  # it rings there until somebody answers


def test_an_answer_stops_it_for_a_while_and_what_is_not_done_then_climbs() -> None:
    case = graded()
    case.ticks(16)
    case.wrote("AlarmAnswered", 17, about=[len(case.entries)], doing="sending_unit")
    assert case.ticks(26.9) == []
    assert case.ticks(27.1) == ["attend-in-time/supervisor"]
    assert case.entries[-1].fields.why == "still_not_done"


def test_a_clock_that_stood_still_leaves_everybody_their_minutes() -> None:
    case = graded()
    assert case.ticks(300) == ["attend-in-time/dispatcher"]
    assert case.ticks(301) == []
    assert case.ticks(305.1) == ["attend-in-time/supervisor"]


def test_what_is_done_rings_no_more_and_what_was_struck_rings_on() -> None:
    case = graded()
    case.ticks(16)
    arrived = case.wrote("UnitArrived", 18, unit="U1")
    assert case.ticks(90) == []
    assert standing_rings(case.entries, owed(case.entries, pack(), at(90)), pack(), at(90)) == []
    case.wrote("EntryCorrected", 91, about=[arrived], struck="yes", reason="Another house.", second_person="S2")
    assert case.ticks(92) == ["attend-in-time/supervisor"]


def test_told_late_that_it_was_done_it_stops() -> None:
    case = graded()
    case.ticks(16)
    case.wrote("UnitArrived", 14, recorded=19, unit="U1")
    assert case.ticks(60) == []


def test_a_grade_without_minutes_rings_all_the_same() -> None:
    case = graded(None)
    assert case.ticks(59) == []
    assert case.ticks(61) == ["attend-in-time/dispatcher"]
    assert case.entries[-1].fields.why == "no_clock"


def test_each_way_of_being_forgotten_rings() -> None:
    case = Case()
    case.wrote("CallReceived", 0, route="silent")
    case.wrote("SilentCallHandled", 0, answered_by="nothing")
    case.wrote("CallCutOff", 1)
    case.wrote("CallBackPromised", 1, by_when=at(4).isoformat())
    case.wrote("AppointmentMade", 1, at=at(2).isoformat())
    out = case.wrote("CallTransferredOut", 1, to_whom="The next force")
    sent = case.wrote("UnitSent", 1, unit="U1")
    case.wrote("UnitDiverted", 2, about=[sent], reason="A collision.", replaced="no")
    case.wrote("AppointmentMissed", 3, about=[case.wrote("AppointmentMade", 2, at=at(3).isoformat())], by_whom="both")
    rang = {ring.partition("/")[0] for ring in case.ticks(125)}
    assert rang >= {
        "grade-call", "look-at-unanswered-silent-call", "send-to-silent-call-with-history", "look-again-at-lost-call",
        "send-to-abandoned-call-with-history", "call-back", "keep-appointment", "see-transfer-accepted",
        "replace-diverted-unit", "act-on-missed-appointment",
    }  # fmt: skip
    case.wrote("TransferAccepted", 126, about=[out])
    assert all(ring.duty != "see-transfer-accepted" for ring in next_rings(
        case.entries, owed(case.entries, pack(), at(126)), pack()))  # fmt: skip


# What may happen in a call, as (kind, fields, the kind that it is about).
THINGS = [
    ("CallGraded", {"grade": "immediate", "attend_within": 7}, ""),
    ("CallRegraded", {"grade": "immediate", "direction": "same", "attend_within": 9, "reason": "x"}, "CallGraded"),
    ("UnitSent", {"unit": "U1"}, ""), ("UnitDiverted", {"reason": "x", "replaced": "no"}, "UnitSent"),
    ("UnitArrived", {}, ""), ("CallCutOff", {}, ""), ("CallReceived", {"route": "voice"}, ""),
    ("CallBackPromised", {"by_when": at(20).isoformat()}, ""), ("CallBackMade", {"reached": "no"}, "CallBackPromised"),
    ("AlarmAnswered", {"doing": "other"}, "AlarmRung"), ("CallClosed", {"reason": "silent_call_resolved"}, ""),
]  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(range(len(THINGS))), st.integers(0, 9), st.integers(0, 30), st.booleans()), max_size=25
)


@settings(max_examples=120, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_whatever_happens_in_whatever_order_levels_never_skip_and_nothing_rings_after_its_end(
    steps: list[tuple[int, int, int, bool]], chance: Random
) -> None:
    case, minute = Case(), 0.0
    for which, later, back, twice in steps:
        minute += later
        kind, fields, of = THINGS[which]
        about = [entry.number for entry in case.entries if entry.kind == of]
        if of and not about:
            continue
        about = [chance.choice(about)] if of else []
        happened = max(
            [minute - back, 0, *((case.entries[n - 1].happened_at - NIGHT).total_seconds() / 60 for n in about)]
        )
        for _ in range(1 + twice):  # told twice
            case.wrote(kind, happened, recorded=max(minute, happened), about=about, **fields)
        ticked(case, max(minute, happened), times=1 + twice)
    for later in count(1):  # nobody does anything more: all that is late climbs to the top, and then it is quiet
        minute += 5
        ticked(case, minute)
        items = owed(case.entries, pack(), at(minute))
        if not next_rings(case.entries, items, pack()):
            break
        assert later < 200
    for rings in case.rung().values():
        places = [LEVELS.index(ring.fields.level) for ring in rings]
        assert places[0] == 0
        assert all(0 <= after - before <= 1 for before, after in pairwise(places))
        answers = {number for entry in case.entries if entry.kind == "AlarmAnswered" for number in entry.about}
        for before, after in pairwise(rings):
            if before.fields.level == after.fields.level:
                assert before.number in answers
                assert before.fields.level == "duty_officer"
    ringing = {duty for rule in pack().alarms for duty in rule.duties}
    late = [item for item in owed(case.entries, pack(), at(minute)) if item.state == "overdue" and item.id in ringing]
    assert {(item.id, item.started_by, item.instance) for item in late} <= set(case.rung())


def ticked(case: Case, minute: float, times: int = 1) -> None:
    """One tick, or several clocks at the same moment: only what is owed then rings, and the second adds nothing."""
    for again in range(times + 1):
        before = len(case.entries)
        now = max(at(minute), case.entries[-1].recorded_at)
        live = {
            (item.id, item.started_by) for item in owed(case.entries, pack(), now)
            if item.state in ("open", "overdue", "undated")
        }  # fmt: skip
        case.ticks(minute)
        rung = case.entries[before:]
        assert {(entry.fields.duty, entry.fields.started_by) for entry in rung} <= live
        assert not (again and rung)


def test_a_second_call_tonight_speaks_for_more_and_a_third_for_at_once() -> None:
    case = Case()
    case.wrote("CallReceived", 0, route="voice")
    case.wrote("CallGraded", 1, grade="by_telephone")
    assert proposed_grade(case.entries, at(2)) is None
    case.wrote("CallReceived", 30, route="voice", second_call="yes")
    case.wrote("SecondCallMade", 31, why="nobody_came")  # the same call
    found = proposed_grade(case.entries, at(32))
    assert found is not None
    assert (found.grade, found.why, found.about) == ("priority", "calls_again", 3)
    case.wrote("CallReceived", 60, route="voice")
    assert [proposed_grade(case.entries, at(61)).grade] == ["immediate"]  # type: ignore[union-attr]
    case.wrote("CallRegraded", 62, about=[3], grade="immediate", direction="up", reason="Third call.")
    assert proposed_grade(case.entries, at(63)) is None


def test_calls_of_another_night_do_not_count() -> None:
    case = Case()
    case.wrote("CallReceived", 0, route="voice")
    case.wrote("CallGraded", 1, grade="scheduled")
    case.wrote("CallReceived", 13 * 60, route="voice")
    assert proposed_grade(case.entries, at(13 * 60 + 1)) is None
