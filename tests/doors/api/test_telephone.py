"""What telephone providers tell of a call: signed, in any order, more than once; keys are only keys."""

import json
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from tests.doors.api.sending import NUMBER
from tests.doors.api.sending import Machines
from tests.doors.api.sending import telnyx_event

from holdfast.casefile.models import Case
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.doors.api.signatures import telnyx_signed
from holdfast.doors.api.signatures import twilio_signed
from holdfast.doors.intake.calls import open_call_of
from holdfast.doors.intake.unread import open_ones

SAMPLES = Path(__file__).parents[4] / "shared/samples/phone-webhooks"
CALL = {"CallSid": "CA1234567890ABCDE", "From": NUMBER, "To": "+441632960999", "CallStatus": "in-progress"}
there = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the repository")


@there
def test_the_published_signatures_fit_and_the_changed_one_does_not() -> None:
    sample = json.loads((SAMPLES / "twilio_signature_vectors.json").read_text())
    for one in sample["vectors"]:
        body = one["body"].encode() if "body" in one else None
        pairs = [tuple(pair) for pair in one.get("params", [])]
        signed = twilio_signed(sample["auth_token"], one["url"], pairs, one["X-Twilio-Signature"], body)
        assert signed == one["valid"], one["name"]
        assert not twilio_signed("", one["url"], pairs, one["X-Twilio-Signature"], body)
        assert not twilio_signed("another", one["url"], pairs, one["X-Twilio-Signature"], body)
        if body is not None:
            assert not twilio_signed(sample["auth_token"], one["url"], [], one["X-Twilio-Signature"], body + b" ")


@pytest.mark.parametrize("key", ["", "not base64", "AAAA"])
def test_a_key_that_is_none_lets_nobody_in(key: str) -> None:
    assert not telnyx_signed(key, "1", b"", "")


def test_keys_words_and_the_end_of_a_call_are_one_case(machines: Machines) -> None:
    status, told = machines.twilio({**CALL, "Digits": "55"})
    assert status == 201
    assert machines.twilio({**CALL, "SpeechResult": "he is here", "Confidence": "0.61"})[0] == 200
    assert machines.twilio({**CALL, "CallStatus": "completed"})[0] == 200
    assert machines.twilio({**CALL, "Digits": "55"})[1]["repeated"]
    case = read_case(case_by_code(told["case"]))
    assert [entry.kind for entry in case.entries] == [
        "CaseOpened", "CallReceived", "KeysPressed", "SilentCallHandled", "WordsHeard", "CallCutOff"
    ]  # fmt: skip
    _, call, keys, silent, words, over = (entry.fields for entry in case.entries)
    assert (call.number, call.route, case.force) == (NUMBER, "voice", "north")
    assert (keys.keys, silent.answered_by, words.words, over.how) == ("55", "pressed_55", "he is here", "not_known")
    assert "61% sure" in words.noises
    assert open_call_of("07700 900123", datetime.now(UTC)) == case.id


def test_no_key_is_not_a_no(machines: Machines) -> None:
    _, told = machines.twilio({**CALL, "Digits": ""})
    case = read_case(case_by_code(told["case"]))
    assert [entry.kind for entry in case.entries[1:]] == ["CallReceived", "SilentCallHandled"]
    assert case.entries[2].fields.answered_by == "nothing"


def test_events_of_telnyx_in_any_order_are_one_case(machines: Machines) -> None:
    ended = telnyx_event("call.hangup", "e-3", "2026-11-21T10:02:00Z", hangup_cause="normal_clearing",
                         hangup_source="caller")  # fmt: skip
    keys = telnyx_event("call.gather.ended", "e-2", "2026-11-21T10:01:00Z", digits="1", status="valid")
    began = telnyx_event("call.initiated", "e-1", "2026-11-21T10:00:00Z", direction="incoming")
    answers = [machines.telnyx(body) for body in (ended, keys, began, ended, keys)]
    assert [status for status, _ in answers] == [201, 200, 200, 200, 200]
    assert [told["repeated"] for _, told in answers] == [False, False, True, True, True]
    assert Case.objects.count() == 1
    case = read_case(case_by_code(answers[0][1]["case"]))
    assert sorted(entry.kind for entry in case.entries) == [
        "CallCutOff", "CallReceived", "CaseOpened", "KeysPressed", "SilentCallHandled"
    ]  # fmt: skip


@there
def test_the_sample_of_telnyx_is_read(machines: Machines) -> None:
    status, told = machines.telnyx((SAMPLES / "telnyx_texml_gather.json").read_bytes())
    assert status == 201
    kinds = [entry.kind for entry in read_case(case_by_code(told["case"])).entries]
    assert kinds[1:] == ["CallReceived", "KeysPressed", "SilentCallHandled", "WordsHeard"]


@there
@pytest.mark.parametrize("name", ["twilio_gather_dtmf.form", "twilio_gather_speech.form"])
def test_the_samples_of_twilio_are_read(machines: Machines, name: str) -> None:
    pairs = parse_qsl((SAMPLES / name).read_text().strip(), keep_blank_values=True)
    assert machines.twilio(pairs)[0] == 201


def test_a_message_that_was_signed_long_ago_opens_nothing_and_a_person_sees_it(machines: Machines) -> None:
    body = telnyx_event("call.gather.ended", "e-2", "2026-11-21T10:01:00Z", digits="55")
    status, told = machines.telnyx(body, stamp=int(time.time()) - 3600)
    assert (status, told["kept"], Case.objects.count()) == (409, True, 0)
    assert [each.sender for each in open_ones()] == ["webhook:telnyx"]
    assert machines.telnyx(body)[0] == 201
    assert machines.telnyx(body, stamp=int(time.time()) - 3600)[1]["repeated"]  # the very same again: as before


def test_a_secret_that_was_exchanged_on_one_side_only_is_seen_by_a_person(machines: Machines) -> None:
    assert machines.twilio({**CALL, "Digits": "55"}, token="the new one")[0] == 401
    assert [(each.sender, each.proved) for each in open_ones()] == [("webhook:twilio", False)]
    assert Case.objects.count() == 0


def test_without_a_secret_nobody_is_let_in_and_nothing_is_kept(machines: Machines, settings: object) -> None:
    settings.HOLDFAST_TWILIO = ""  # type: ignore[attr-defined]
    assert machines.twilio({**CALL, "Digits": "55"}, token="")[0] == 401
    assert open_ones() == []


def test_a_clock_of_theirs_that_is_wrong_does_not_lose_the_call(machines: Machines) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    status, told = machines.telnyx(telnyx_event("call.initiated", "e-1", ahead))
    assert status == 201
    assert read_case(case_by_code(told["case"])).entries[1].happened_at <= datetime.now(UTC)
