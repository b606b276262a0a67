"""The events of any call, in any order and with duplicates, end in the same state: record, facts and the board's row.

Each example is a call of its own: its own numbers and its own names at the provider, so that none meets another.
"""

import itertools
import json
import os
import re
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.doors.api.sending import Machines
from tests.doors.api.sending import aml_form
from tests.doors.api.sending import telnyx_event
from tests.doors.api.sending import text

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import read_case
from holdfast.doors.board.folding import Standing
from holdfast.doors.board.folding import fold
from holdfast.doors.intake.calls import open_call_of
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.models import Waiting
from holdfast.doors.intake.taking import add_to
from holdfast.doors.intake.taking import take_in
from holdfast.record.entry import By
from holdfast.record.facts import facts_of
from holdfast.record.kind import write_fields

Event = Callable[[Machines], Any]
_calls = itertools.count(10_000_000)
MANY = int(os.environ.get("HOLDFAST_ORDERS", "6"))
quick = settings(
    max_examples=MANY,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example is slow, and small already
)


def _at(seconds: int) -> datetime:
    return (datetime.now(UTC) - timedelta(minutes=4)).replace(second=0, microsecond=0) + timedelta(seconds=seconds)


def _number(call: int) -> str:
    return f"+4477{call:08}"


def telnyx_call(call: int, at: datetime) -> list[Event]:
    """A silent call by Telnyx, located by its telephone and by its network, and cut off."""
    number, session = _number(call), {"call_session_id": f"session-{call}", "from": _number(call)}

    def event(kind: str, name: str, seconds: int, **payload: Any) -> Event:
        when = (at + timedelta(seconds=seconds)).isoformat()
        body = telnyx_event(kind, f"{name}-{call}", when, **session, **payload)
        return lambda machines: machines.telnyx(body)

    def aml(seconds: int, latitude: str) -> Event:
        when = str(int((at + timedelta(seconds=seconds)).timestamp() * 1000))
        body = aml_form(device_number=number, location_time=when, location_latitude=latitude)
        return lambda machines: machines.aml_bytes(body)

    sms = {"number": number, "text": f'A"ML=1;lt=51.6;lg=-0.1;rd=900;top={at:%Y%m%d%H%M}30;lc=67;pm=C'}
    return [
        event("call.initiated", "began", 0, direction="incoming"),
        event("call.gather.ended", "keys", 20, digits="55", status="valid"),
        event("call.transcription", "words", 40, transcription_data={"transcript": "help", "confidence": 0.4}),
        event("call.hangup", "end", 60, hangup_cause="normal_clearing", hangup_source="caller"),
        aml(10, "51.5"),
        aml(25, "51.50001"),
        lambda machines: machines.keyed("aml", sms),
    ]


def twilio_call(call: int, at: datetime) -> list[Event]:
    """A call by Twilio, whose forms say no time: of keys pressed twice the later to come is the later."""
    base = {"CallSid": f"CA{call:08}", "From": _number(call)}
    forms = [
        {**base, "CallStatus": "in-progress", "Digits": "55"},
        {**base, "CallStatus": "in-progress", "SpeechResult": "no", "Confidence": "0.9"},
        {**base, "CallStatus": "completed", "CallDuration": "40"},
    ]
    return [lambda machines, form=form: machines.twilio(form) for form in forms]  # type: ignore[misc]


def text_call(call: int, at: datetime) -> list[Event]:
    """A session of texts."""
    base = {"session": f"s-{call}", "number": _number(call), "began": at.isoformat()}
    sent = [
        text(**base, message=f"m-{name}", words=name, at=(at + timedelta(seconds=place + 1)).isoformat())
        for place, name in enumerate(("he is outside", "he has a knife", "I am in the loft"))
    ]
    sent.append(text(**base, message="m-end", words="", ended=True, at=(at + timedelta(seconds=90)).isoformat()))
    return [lambda machines, body=body: machines.keyed("texts", body) for body in sent]  # type: ignore[misc]


def _state(call: int, *, timed: bool) -> Any:
    """What the call's case comes to; without times where the messages say none.

    When the call began is left out: the first message that comes says it, and no later one moves the clock of a grade.
    """
    case_id = open_call_of(_number(call), datetime.now(UTC))
    assert case_id is not None
    case = read_case(case_id)
    said = sorted(
        json.dumps(
            [
                entry.kind,
                {**write_fields(entry.fields)},
                str(entry.happened_at) if timed and entry.kind != "CallReceived" else "",
            ],
            sort_keys=True,
        )
        for entry in case.entries
        if entry.kind != "CaseOpened"
    )
    row = fold(case.entries, Standing("code", case.pack))
    assert row is not None
    rung = tuple((alarm.level, alarm.duty) for alarm in row.alarms)  # since when is when the call began
    seen = (
        repr(row._replace(since=case.opened_at.min, alarms=()))
        if timed
        else repr((row.marks, row.silent, row.spots, row.calls))
    )
    said = [re.sub("hmac=[0-9a-f]{40}", "", each.replace(str(call), "N")) for each in said]
    return sorted(said), facts_of(case.entries), (rung, seen)


@pytest.mark.parametrize(("scenario", "timed"), [(telnyx_call, True), (twilio_call, False), (text_call, True)])
@quick
@given(data=st.data())
def test_the_events_of_a_call_in_any_order_end_alike(
    machines: Machines, scenario: Callable[[int, datetime], list[Event]], timed: bool, data: st.DataObject
) -> None:
    at, meant, other = _at(0), next(_calls), next(_calls)
    for event in scenario(meant, at):
        assert event(machines)[0] < 300
    events = scenario(other, at)
    order = data.draw(st.permutations(range(len(events))))
    again = data.draw(st.lists(st.sampled_from(range(len(events))), max_size=6))
    for place in [*order, *again]:
        assert events[place](machines)[0] < 300
    for found, wanted in zip(_state(other, timed=timed), _state(meant, timed=timed), strict=True):
        assert found == wanted
    assert not Waiting.objects.exists()


DRAFTS = (
    ("SilentCallHandled", {"answered_by": "pressed_55"}),
    ("LocationFound", {"how": "device", "latitude": 51.5, "longitude": -0.1, "uncertainty": 900.0}),
    ("LocationFound", {"how": "device", "latitude": 51.5, "longitude": -0.1, "uncertainty": 20.0}),
    ("CallGraded", {"grade": "immediate", "attend_within": 15}),
    ("WordsHeard", {"words": "get out", "threat_to_kill": "yes"}),
    ("UnitSent", {"unit": "U1"}),
    ("CallQuestionsAnswered", {"weapons_used": "yes", "children_there": "yes"}),
    ("UnitArrived", {"unit": "U1", "suspect_there": "yes"}),
    ("CallCutOff", {"how": "hung_up"}),
)


@quick
@given(
    order=st.permutations(range(len(DRAFTS))), again=st.lists(st.sampled_from(range(len(DRAFTS))), max_size=6),
)  # fmt: skip
def test_entries_recorded_late_and_twice_add_up_to_the_same(
    machines: Machines, small_pack: str, order: list[int], again: list[int]
) -> None:
    at = _at(0)
    drafts = [Draft(kind, fields, at + timedelta(seconds=place + 1)) for place, (kind, fields) in enumerate(DRAFTS)]
    call = Draft("CallReceived", {"route": "silent"}, at)
    rows = []
    for wanted in (range(len(drafts)), [*order, *again]):
        coming = Coming("silent", "sip", "", at, small_pack, drafts=(call,), by=By("call_taker", "C1"))
        case = take_in(coming, datetime.now(UTC)).case_id
        for place in wanted:
            add_to(case, (drafts[place],), coming, datetime.now(UTC))
        entries = read_case(case).entries
        assert len(entries) == len(DRAFTS) + 2
        rows.append((facts_of(entries), repr(fold(entries, Standing("code", small_pack)))))
    assert rows[0] == rows[1]
