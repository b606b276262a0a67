"""Texts and relayed calls: a session is one case, beside a call from the same number where there is one."""

from datetime import UTC
from datetime import datetime

import pytest
from tests.doors.api.sending import NUMBER
from tests.doors.api.sending import Machines
from tests.doors.api.sending import text

from holdfast.casefile.append import Draft
from holdfast.casefile.models import Case
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.taking import take_in
from holdfast.doors.intake.unread import open_ones


def test_the_messages_of_a_session_are_one_case(machines: Machines) -> None:
    began = "2026-11-21T10:00:00Z"
    first = machines.keyed("texts", text(began=began, at="2026-11-21T10:00:05Z"))
    second = machines.keyed("texts", text(message="m-2", words="he has a knife", at="2026-11-21T10:00:20Z"))
    again = machines.keyed("texts", text(began=began, at="2026-11-21T10:00:05Z"))
    ended = machines.keyed("texts", text(message="m-3", words="", ended=True))
    assert [answer[0] for answer in (first, second, again, ended)] == [201, 200, 200, 200]
    assert again[1]["repeated"]
    case = read_case(case_by_code(first[1]["case"]))
    assert [entry.kind for entry in case.entries] == [
        "CaseOpened", "CallReceived", "TextSessionOpened", "TextMessageReceived", "TextMessageReceived", "CallCutOff"
    ]  # fmt: skip
    assert (case.entries[1].fields.route, case.entries[4].fields.words) == ("text", "he has a knife")
    assert case.entries[1].happened_at.hour == 10


def test_other_words_under_the_number_of_a_message_are_not_lost(machines: Machines) -> None:
    machines.keyed("texts", text())
    status, told = machines.keyed("texts", text(words="he has a gun"))
    assert (status, told["repeated"]) == (200, False)
    assert {entry.fields.words for entry in read_case(case_by_code(told["case"])).entries[3:]} == {
        "he is outside", "he has a gun"
    }  # fmt: skip


def test_texts_beside_a_call_that_stands_are_in_its_case(machines: Machines, small_pack: str) -> None:
    now = datetime.now(UTC)
    voice = (Draft("CallReceived", {"route": "voice", "number": "07700 900123"}, now),)
    taken = take_in(Coming("voice", "sip", "call-1", now, small_pack, drafts=voice), now)
    first = machines.keyed("texts", text(number=NUMBER))
    second = machines.keyed("texts", text(message="m-2", words="again"))
    assert (first[0], first[1]["case"], second[1]["case"]) == (200, taken.code, taken.code)
    assert machines.keyed("texts", text(session="s-2", number="+447700900999"))[0] == 201
    assert Case.objects.count() == 2


@pytest.mark.parametrize("way", ["relay", "sign_language_relay"])
def test_a_relayed_call_says_who_wrote(machines: Machines, way: str) -> None:
    _, told = machines.keyed("texts", text(way=way, sent_by="interpreter"))
    entries = read_case(case_by_code(told["case"])).entries
    assert (entries[1].fields.route, entries[3].fields.sent_by) == (way, "interpreter")


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"session": ""}, "/session"), ({"message": 7}, "/message"), ({"words": ""}, "/words"),
        ({"way": "pigeon"}, "/way"),
        ({"at": "yesterday"}, "/at"), ({"ended": "yes"}, "/ended"), ({"her_name": "x"}, "/her_name"),
        ({"number": "0" * 100}, "/number"), ({"words": "x" * 20_001}, "/words"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_kept_for_a_person(machines: Machines, changes: dict[str, object], at: str) -> None:
    status, told = machines.keyed("texts", text(**changes))
    assert (status, told["kept"], [fault["at"] for fault in told["faults"]]) == (422, True, [at])
    assert Case.objects.count() == 0
    assert len(open_ones()) == 1
