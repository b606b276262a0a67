"""Send and chase: each press records one thing, what is dangerous is shown once more, and alarms are answered."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import escape
from html import unescape

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.doors.desk.conftest import local

from holdfast.access.staff import add_staff_member
from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.ringing import ring_due
from holdfast.record.entry import By

TAKER = By("call_taker", "CT1")


def ago(**how_long: float) -> datetime:
    return datetime.now(UTC) - timedelta(**how_long)


def a_call(*drafts: Draft, route: str = "voice") -> str:
    said = {"route": route, "number": "07700900123", "silent": "no", "second_call": "no"}
    call = Draft("CallReceived", said, ago(minutes=30))
    return open_case("england-and-wales", by=TAKER, happened_at=ago(minutes=30), drafts=(call, *drafts)).code


GRADED = {"grade": "priority", "attend_within": 10}


@pytest.fixture
def room(database) -> Desk:
    return Desk("dispatcher").signs_in()


def presses(desk: Desk, code: str, do: str, **typed: str) -> str:
    page = desk.opens(f"/desk/case/{code}/chase")
    assert desk.page.status_code == 200
    sign = re.search(r'name="sign" value="([^"]+)"', page)
    assert sign
    return desk.sends(f"/desk/case/{code}/chase", {"sign": sign[1], "do": do, **typed})


def kinds(code: str) -> list[str]:
    return [entry.kind for entry in entries(code)]


def text(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_a_unit_is_sent_diverted_replaced_and_arrives(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=5)))
    presses(room, code, "sent", unit="SU1")
    sent = entries(code)[-1]
    assert (sent.kind, sent.fields.unit) == ("UnitSent", "SU1")
    page = presses(room, code, "diverted", about=str(sent.number), reason="A collision.", replaced="no")
    assert "Nothing is recorded yet" in page
    assert entries(code)[-1] == sent
    presses(room, code, "diverted", about=str(sent.number), reason="A collision.", replaced="no", sure="yes")
    diverted = entries(code)[-1]
    assert (diverted.kind, diverted.about, diverted.fields.replaced) == ("UnitDiverted", (sent.number,), "no")
    assert "Nobody is on the way." in text(room.opens(f"/desk/case/{code}/chase"))
    presses(room, code, "told", how="not_safe_to_tell")
    assert entries(code)[-1].about == (3, diverted.number)
    presses(room, code, "sent", unit="SU2")
    presses(room, code, "arrived", unit="SU2")
    assert kinds(code)[-3:] == ["CallerToldOfDelay", "UnitSent", "UnitArrived"]


def test_sent_twice_by_a_trembling_hand_it_is_recorded_once(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=5)))
    page = room.opens(f"/desk/case/{code}/chase")
    sign = re.search(r'name="sign" value="([^"]+)"', page)
    assert sign
    for _ in range(2):
        room.sends(f"/desk/case/{code}/chase", {"sign": sign[1], "do": "sent", "unit": "SU1"})
        assert room.page.status_code == 302
    assert kinds(code).count("UnitSent") == 1


def test_a_call_back_and_an_appointment_are_promised_and_answered_for(room):
    code = a_call()
    presses(room, code, "promised", minutes="15", number_is_safe="yes")
    promised = entries(code)[-1]
    assert timedelta(minutes=14) < promised.fields.by_when - datetime.now(UTC) <= timedelta(minutes=15)
    presses(room, code, "called_back", about=str(promised.number), came="nobody")
    assert entries(code)[-1].fields.reached == "no"
    presses(room, code, "appointment", at=local(ago(minutes=-60)), where="The library", officer_gender="woman")
    made, request = entries(code)[-2:]
    assert (made.kind, made.fields.officer_gender) == ("AppointmentMade", "woman")
    assert (request.kind, request.fields.asked_for) == ("RequestMade", "officer_of_a_gender")
    page = presses(room, code, "missed", about=str(made.number), by_whom="survivor", reason="")
    assert "The time agreed has not come yet" in page
    assert "Nothing is recorded yet" in presses(room, code, "kept", about=str(made.number))
    assert entries(code)[-1] == request
    presses(room, code, "missed", about=str(made.number), by_whom="survivor", reason="", sure="yes")
    assert entries(code)[-1].kind == "AppointmentMissed"
    page = presses(room, code, "kept", about=str(made.number))
    assert "still to be answered for" in text(page)
    page = presses(
        room, code, "appointment", at=local(ago(days=1)), where="The library", officer_gender="no_preference"
    )
    assert "has to lie ahead" in text(page)
    presses(room, code, "appointment", at=local(ago(days=-1)), where="The library", officer_gender="no_preference")
    assert entries(code)[-1].kind == "AppointmentMade"  # and no request: either will do


def test_a_grade_goes_up_with_one_press_and_down_only_with_somebody_who_exists(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=5)))
    presses(room, code, "grade", grade="immediate", attend_within="15")
    raised = entries(code)[-1]
    assert (raised.kind, raised.fields.direction, raised.fields.attend_within) == ("CallRegraded", "up", 15)
    lower = {"grade": "scheduled", "reason": "She asks for tomorrow.", "second_person": "nobody-there", "sure": "yes"}
    for wrong in ("nobody-there", "dispatcher-1", ""):
        presses(room, code, "lower", **lower | {"second_person": wrong})
        assert room.page.status_code == 422
    add_staff_member("adv", "a long and plain password", role="adviser", staff="adviser-9")
    presses(room, code, "lower", **lower | {"second_person": "adviser-9"})
    assert room.page.status_code == 422
    assert entries(code)[-1] == raised
    add_staff_member("sup", "a long and plain password", role="supervisor", staff="supervisor-9")
    page = presses(room, code, "lower", **{**lower, "second_person": "supervisor-9", "sure": ""})
    assert "Nothing is recorded yet" in page
    presses(room, code, "lower", **lower | {"second_person": "supervisor-9"})
    assert entries(code)[-1].fields.direction == "down"


def test_a_second_call_in_one_night_proposes_a_higher_grade(room):
    code = a_call(
        Draft("CallGraded", GRADED, ago(minutes=20)),
        Draft("SecondCallMade", {"why": "it_got_worse"}, ago(minutes=2), (2,)),
    )
    page = room.opens(f"/desk/case/{code}/chase")
    assert "Raise the grade to immediate" in text(page)
    assert "CallRegraded" not in kinds(code)


def test_only_a_supervisor_decides_that_a_silent_call_is_not_immediate(room):
    code = a_call(route="silent")
    assert "Only a supervisor decides" in text(room.opens(f"/desk/case/{code}/chase"))
    said = {"history_looked_at": "yes", "reason": "A fault of the line.", "sure": "yes"}
    presses(room, code, "not_raised", **said)
    assert room.page.status_code == 422
    lead = Desk("supervisor").signs_in()
    presses(lead, code, "not_raised", **said | {"history_looked_at": ""})
    assert lead.page.status_code == 422
    presses(lead, code, "not_raised", **said)
    assert entries(code)[-1].kind == "SilentCallNotRaised"


def test_an_alarm_is_answered_by_whoever_is_rung(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=15)))
    now = datetime.now(UTC)
    assert ring_due(now) == 2  # nobody sent, nobody there
    page = room.opens(f"/desk/case/{code}/chase")
    assert "Rings for: Dispatcher" in text(page)
    numbers = [entry.number for entry in entries(code) if entry.kind == "AlarmRung"]
    presses(room, code, "answer", about=str(numbers[0]), doing="sending_unit")
    answered = entries(code)[-1]
    assert (answered.kind, answered.about, answered.by.staff) == ("AlarmAnswered", (numbers[0],), "dispatcher-1")
    page = text(room.opens(f"/desk/case/{code}/chase"))
    assert "Answered, not done yet" in page
    assert ring_due(now + timedelta(minutes=7)) >= 1  # the other climbs
    climbed = entries(code)[-1]
    assert climbed.fields.level == "supervisor"
    presses(room, code, "answer", about=str(numbers[1]), doing="other")
    assert room.page.status_code == 422
    presses(room, code, "answer", about=str(climbed.number), doing="looking_into_it")
    assert room.page.status_code == 422
    assert "climbed" in text(room.page.content.decode())


def test_the_number_they_called_from_is_not_shown_as_a_way_to_reach_them(room):
    code = a_call()
    page = room.opens(f"/desk/case/{code}/chase")
    assert "07700900123" not in page
    assert "not safe until they were asked" in text(page)


UNCLEAR: list[dict[str, str]] = [
    {"do": "x" * 5000}, {"do": "sent", "unit": "\u202e x"}, {"do": "diverted", "about": "9" * 40}, {"do": "answer"},
    {"do": "told", "how": "by_post"}, {"do": "promised", "minutes": "-1"}, {"do": "appointment", "at": "soon"},
    {"do": "lower", "grade": "immediate"}, {"do": "grade", "grade": "x", "attend_within": "1e9"},
    {"do": "called_back", "about": "1"}, {"do": "missed", "by_whom": "me"}, {"do": "accepted", "about": "\u00b2"},
    {"do": "grade", "grade": "priority", "attend_within": "9" * 400}, {"do": "promised", "minutes": "99999"},
]  # fmt: skip


def test_what_is_unclear_records_nothing_and_says_so(room):
    code = a_call()
    before = len(entries(code))
    for sent in UNCLEAR:
        presses(room, code, **sent)
        assert room.page.status_code == 422, sent
        assert "error" in room.page.content.decode()
    assert len(entries(code)) == before


def test_somebody_without_a_tie_is_told_nothing(database):
    code = a_call()
    assert case_by_code(code)
    adviser = Desk("adviser").signs_in()
    adviser.opens(f"/desk/case/{code}/chase")
    assert adviser.page.status_code == 404


def test_an_alarm_that_rings_while_somebody_types_does_not_cost_them_their_entry(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=15)))
    page = room.opens(f"/desk/case/{code}/record/UnitArrived")
    assert ring_due(datetime.now(UTC)) == 2
    room.sends(
        f"/desk/case/{code}/record/UnitArrived", {**hidden(page), "unit": "SU1", "happened_at": local(ago(minutes=1))}
    )
    assert room.page.status_code == 302, text(room.page.content.decode())
    assert entries(code)[-1].kind == "UnitArrived"


def test_a_press_that_is_refused_keeps_what_was_typed(room):
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=5)))
    presses(room, code, "sent", unit="SU1")
    sent = str(entries(code)[-1].number)
    presses(room, code, "appointment", at=local(ago(minutes=-60)), where="The library")
    made = str(entries(code)[-1].number)
    typed: list[dict[str, str]] = [
        {"do": "lower", "grade": "scheduled", "reason": "She asks for <tomorrow>.", "second_person": "nobody-there"},
        {"do": "diverted", "about": sent, "reason": "A collision, far away.", "replaced": "no", "back": "yes"},
        {"do": "appointment", "at": "soon", "where": "The chemist's", "officer_gender": "woman"},
        {"do": "missed", "about": made, "by_whom": "nobody", "reason": "Their bus did not come."},
        {"do": "told", "minutes": "25"}, {"do": "promised", "minutes": "9999", "number_is_safe": "yes"},
        {"do": "grade", "grade": "?", "attend_within": "1e3", "reason": "He is back."},
        {"do": "sent", "unit": "\u202e x", "to_second_place": "yes"},
    ]  # fmt: skip
    for each in typed:
        presses(room, code, **each)
        assert room.page.status_code == (200 if "back" in each else 422), each
        form = _form_of(room.page.content.decode(), each)
        for name, value in each.items():
            if name in ("officer_gender", "number_is_safe", "to_second_place"):
                assert re.search(rf'name="{name}" value="{value}" checked', form), (name, form)
            elif name in ("at", "where", "reason", "second_person", "minutes", "attend_within", "unit"):
                assert f'value="{escape(value)}"' in form, (name, form)
    others = room.page.content.decode().replace(form, "")
    assert "\u202e" not in others


def test_going_back_from_being_asked_once_more_keeps_what_was_typed(room):
    add_staff_member("sup", "a long and plain password", role="supervisor", staff="supervisor-9")
    code = a_call(Draft("CallGraded", GRADED, ago(minutes=5)))
    typed = {"grade": "scheduled", "reason": "She asks for tomorrow.", "second_person": "supervisor-9"}
    before = len(entries(code))
    assert "Nothing is recorded yet" in presses(room, code, "lower", **typed)
    form = _form_of(presses(room, code, "lower", **typed, back="yes"), {"do": "lower"})
    assert "Nothing is recorded yet" not in room.page.content.decode()
    assert 'value="She asks for tomorrow."' in form
    assert 'value="supervisor-9"' in form
    assert len(entries(code)) == before


def _form_of(page: str, sent: dict[str, str]) -> str:
    """The form that a press came from. What it is folded in has to be open."""
    about = f'name="about" value="{sent["about"]}"' if "about" in sent else ""
    for found in re.finditer(r"<form.*?</form>", page, re.DOTALL):
        if f'name="do" value="{sent["do"]}"' in found[0] and about in found[0]:
            before = page[: found.start()]
            fold = (
                before.rpartition("<details")[2] if before.count("<details") > before.count("</details>") else " open>"
            )
            assert " open>" in fold, fold
            return found[0]
    raise AssertionError(sent)
