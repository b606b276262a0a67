"""Taking a call: the first answer is on the record, each part becomes its entry, and nothing that was typed is lost."""

import json
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import unescape

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.doors.desk.conftest import local

from holdfast.casefile.drafts import Draft
from holdfast.casefile.models import Case
from holdfast.doors.desk.calls import keeping
from holdfast.doors.desk.calls.held import read
from holdfast.doors.desk.calls.keeping import keep_left_lying
from holdfast.doors.desk.models import CallDraft
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.positions import place_call
from holdfast.record.facts import effective

SILENT = {
    "call-route": "silent",
    "call-safe_now": "no",
    "call-can_talk": "no",
    "where-how": "said",
    "where-place": "12 Example Street",
    "asked-hurt": "yes",
    "safe-number": "07700 900123",
    "grade-grade": "immediate",
    "grade-attend_within": "15",
    "grade-reason": "A voice was heard shouting.",
}


@pytest.fixture
def taker(database) -> Desk:
    return Desk("call_taker").signs_in()


def code_of(desk: Desk) -> str:
    return desk.page.headers["Location"].rsplit("/", 1)[1]


def quietly(desk: Desk, address: str, page: str, do: str = "keep", **typed: str) -> dict:
    """What the page's own script sends: only what was changed. Returns the answer."""
    sent = {name: value for name, value in hidden(page).items() if name in ("token", "opened_at")}
    sent |= {"do": do, "partial": "1", "press": typed.pop("press", "")} | typed
    desk.page = desk.client.post(address, sent, headers={"Accept": "application/json"})
    assert desk.page.headers["Content-Type"] == "application/json", desk.page.content[:300]
    return json.loads(desk.page.content)


def begun(taker: Desk, **typed: str) -> tuple[str, str, str]:
    """A call with its first answers: its code, its address and its page."""
    page = taker.opens("/desk/call")
    answer = quietly(taker, "/desk/call", page, **(typed or {"call-safe_now": "no"}))
    return answer["at"].rsplit("/", 1)[1], answer["at"], taker.opens(answer["at"])


def test_a_call_becomes_its_entries_in_order(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), **SILENT})
    found = entries(code_of(taker))
    assert [entry.kind for entry in found] == [
        "CaseOpened", "CallReceived", "LocationFound", "CallQuestionsAnswered", "SafeNumberGiven", "CallGraded",
    ]  # fmt: skip
    call = found[1].fields
    assert (call.safe_now, call.can_talk, call.wants_to_talk_alone) == ("no", "no", "not_asked")
    assert found[5].fields.attend_within == 15


def test_a_call_of_which_nothing_is_known_yet_is_kept_as_it_is(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-route": "voice", "where-how": "said"})
    assert [entry.kind for entry in entries(code_of(taker))] == ["CaseOpened", "CallReceived"]


def test_how_a_silent_caller_answered_is_kept(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-route": "silent", "silent-answered_by": "pressed_55"})
    assert entries(code_of(taker))[2].fields.answered_by == "pressed_55"


def test_the_first_answer_alone_opens_the_case_and_later_ones_complete_it(taker):
    code, at, page = begun(taker)
    assert [entry.kind for entry in entries(code)] == ["CaseOpened", "CallReceived"]
    answer = quietly(taker, at, page, **{"call-number": "07700 900142", "call-caller": "neighbour"})
    assert answer["lacking"] == []
    call = next(entry for entry in effective(list(entries(code))) if entry.kind == "CallReceived")
    assert (call.fields.safe_now, call.fields.number, call.fields.caller) == ("no", "07700 900142", "neighbour")
    assert call.fields.route == "voice"


def test_a_number_that_is_typed_later_brings_the_telephones_place_too(taker):
    found = Draft("LocationFound", {"latitude": 51.5, "longitude": -0.1, "how": "device"}, datetime.now(UTC))
    position = Coming("text", "aml", "", datetime.now(UTC), "england-and-wales", raw=b"A")
    assert place_call("07700900142", [found], position, datetime.now(UTC)) is None, "it waits for its call"
    code, at, page = begun(taker)
    quietly(taker, at, page, **{"call-number": "07700 900142"})
    assert [entry.kind for entry in entries(code)][2:] == ["EntryCorrected", "LocationFound"]
    later = found._replace(fields={**found.fields, "latitude": 51.6})
    assert place_call("+447700900142", [later], position, datetime.now(UTC)) is not None, "and what comes after it"
    assert entries(code)[-1].fields.latitude == 51.6


def test_what_is_still_being_typed_is_sealed_at_once_and_is_no_entry(taker):
    code, at, page = begun(taker)
    answer = quietly(taker, at, page, "draft", **{"asked-what_happened": "he has a kni"})
    assert answer["waiting"] is True
    assert len(entries(code)) == 2
    row = CallDraft.objects.get()
    assert b"kni" not in bytes(row.sealed)
    assert read(row.case).typed["asked-what_happened"] == ["he has a kni"]
    page = taker.opens(at)
    assert "he has a kni" in page
    assert "not on the record yet" in page


def test_each_answer_is_recorded_once_whatever_is_sent_again(taker):
    code, at, page = begun(taker)
    for _ in range(3):
        quietly(taker, at, page, **{"asked-hurt": "yes", "where-place": "12 Example Street"})
    quietly(taker, at, page, **{"asked-weapons_used": "yes"})
    kinds = [entry.kind for entry in entries(code)]
    assert kinds[2:] == ["LocationFound", "CallQuestionsAnswered", "CallQuestionsAnswered"]
    assert (entries(code)[4].fields.hurt, entries(code)[4].fields.weapons_used) == ("not_asked", "yes")


def test_the_machine_falls_over_and_the_clock_records_what_was_typed(taker):
    code, at, page = begun(taker)
    quietly(taker, at, page, "draft", **{"asked-threat_to_kill": "yes", "where-place": "12 Example Street"})
    now = datetime.now(UTC)
    assert keep_left_lying(now) == 0
    assert keep_left_lying(now + timedelta(seconds=61)) == 1
    found = {entry.kind: entry for entry in entries(code)}
    assert found["CallQuestionsAnswered"].fields.threat_to_kill == "yes"
    assert found["CallQuestionsAnswered"].by.staff == taker.staff
    assert keep_left_lying(now + timedelta(seconds=200)) == 0


def test_a_call_whose_words_cannot_be_recorded_stops_no_other(taker, monkeypatch):
    for _ in range(2):
        code, at, page = begun(taker)
        quietly(taker, at, page, "draft", **{"asked-threat_to_kill": "yes"})
    first, really = CallDraft.objects.order_by("touched_at")[0].case, keeping.take

    def takes(case, *more, **most):
        if case == first:
            raise RuntimeError("a fault of ours")
        return really(case, *more, **most)

    monkeypatch.setattr(keeping, "take", takes)
    assert keep_left_lying(datetime.now(UTC) + timedelta(seconds=61)) == 1
    assert "CallQuestionsAnswered" in {entry.kind for entry in entries(code)}


def test_a_fault_in_one_field_loses_nothing_else_and_the_page_says_which(taker):
    page = taker.opens("/desk/call")
    sent = {**hidden(page), **SILENT, "asked-children": "two", "asked-witnesses": "the man next door"}
    taker.sends("/desk/call", sent)
    code = code_of(taker)
    page = taker.follows()
    asked = next(entry for entry in entries(code) if entry.kind == "CallQuestionsAnswered")
    assert (asked.fields.hurt, asked.fields.witnesses, asked.fields.children) == ("yes", "the man next door", None)
    assert 'href="#id_asked-children"' in page
    assert 'value="two"' in page
    taker.sends(f"/desk/call/{code}", {**hidden(page), "asked-children": "2"})
    assert entries(code)[-1].fields.children == 2
    assert "not on the record yet" not in taker.opens(f"/desk/call/{code}")


def test_two_pages_of_one_call_do_no_harm(taker):
    code, at, page = begun(taker, **{"call-safe_now": "no", "asked-hurt": "no"})
    one, other = page, taker.opens(at)
    taker.sends(at, {**hidden(one), "asked-hurt": "yes", "asked-weapons_used": "not_asked"})
    taker.sends(at, {**hidden(other), "asked-hurt": "no", "asked-weapons_used": "yes"})
    held = read(CallDraft.objects.get().case)
    assert (held.typed["asked-hurt"], held.typed["asked-weapons_used"]) == (["yes"], ["yes"])
    said = [entry.fields for entry in entries(code) if entry.kind == "CallQuestionsAnswered"]
    assert [(each.hurt, each.weapons_used) for each in said] == [
        ("no", "not_asked"), ("yes", "not_asked"), ("not_asked", "yes"),
    ]  # fmt: skip


def test_a_call_sent_twice_opens_one_case(taker):
    page = taker.opens("/desk/call")
    sent = {**hidden(page), **SILENT}
    taker.sends("/desk/call", sent)
    first = code_of(taker)
    taker.sends("/desk/call", sent)
    assert code_of(taker) == first
    assert Case.objects.count() == 1
    assert len(entries(first)) == 6


def test_a_force_that_is_none_loses_no_call(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), **SILENT, "case-area": "nowhere"})
    assert entries(code_of(taker))[1].fields.safe_now == "no"


def test_are_you_safe_now_is_the_first_question_and_the_place_the_second(taker):
    page = taker.opens("/desk/call")
    asked = unescape(page)
    assert re.findall(r"<legend>([^<]+)</legend>", asked)[0] == "Are you safe now?"
    assert asked.index('id="id_where-place"') < asked.index("Can you talk?") < asked.index("id_asked-what_happened")
    assert "Do not hang up after 55." in asked


def test_somebody_who_calls_about_another_is_asked_otherwise(taker):
    page = unescape(taker.opens("/desk/call", way="voice", who="neighbour"))
    assert "Are they safe now, and are you?" in page
    taker.sends("/desk/call", {**hidden(page), "call-caller": "neighbour", "call-route": "voice"})
    assert entries(code_of(taker))[1].fields.caller == "neighbour"
    assert "Are they safe now, and are you?" in unescape(taker.follows())


def test_at_the_counter_is_one_press(taker):
    page = taker.opens("/desk/call", way="counter", who="survivor")
    assert re.search(r'name="call-route"[^>]*>.*?value="counter" selected', page, re.DOTALL) or re.search(
        r'value="counter" checked', page
    )


def test_every_field_of_the_entries_is_on_the_page_once(taker):
    page = taker.opens("/desk/call")
    for name in ("where-latitude", "call-line", "asked-witnesses", "case-force", "suspect-address", "silent-passed_to"):
        assert len(re.findall(rf'id="id_{name}"', page)) == 1, name


def test_advice_is_one_press_and_is_recorded_with_its_words(taker):
    code, at, page = begun(taker)
    quietly(taker, at, page, "say:suspect-there", press="p1")
    quietly(taker, at, page, "say:suspect-there", press="p1")
    given = [entry.fields for entry in entries(code) if entry.kind == "CallAdviceGiven"]
    assert [each.advice for each in given] == [("get_out_if_safe",)]
    assert given[0].words.startswith("If you can get out safely")
    assert re.search(r'data-said="suspect-there">recorded \d\d:\d\d', taker.opens(at))


def test_an_officer_now_is_one_press_and_is_seen_by_the_dispatcher(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-safe_now": "no", "do": "officer"})
    graded = entries(code_of(taker))[-1].fields
    assert (graded.grade, graded.attend_within) == ("immediate", None)
    page = taker.follows()
    assert "An officer now: recorded" in page
    assert f"/desk/case/{code_of_page(page)}/record/UnitSent" in Desk("dispatcher").signs_in().opens("/desk/")


def test_the_clock_of_an_officer_now_is_the_forces_own_figure(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-safe_now": "no", "case-force": "suffolk", "do": "officer"})
    found = entries(code_of(taker))
    assert (found[0].fields.force, found[-1].fields.attend_within) == ("suffolk", 15)


def code_of_page(page: str) -> str:
    return re.search(r'action="/desk/call/([^"]+)"', page).group(1)


def test_an_appointment_says_when_where_and_which_officer_and_what_follows_is_owed(taker):
    code, at, page = begun(taker)
    when = datetime.now(UTC) + timedelta(hours=20)
    typed = {"appointment-at": local(when), "appointment-where": "The library", "appointment-officer_gender": "woman"}
    taker.sends(at, {**hidden(page), **typed, "do": "appointment"})
    found = {entry.kind: entry.fields for entry in entries(code)}
    assert found["AppointmentMade"].officer_gender == "woman"
    assert found["RequestMade"].asked_for == "officer_of_a_gender"
    assert found["CallGraded"].grade == "scheduled"
    assert 1190 <= found["CallGraded"].attend_within <= 1201
    assert f"/desk/case/{code}/record/AppointmentKept" in Desk("officer").signs_in().opens(f"/desk/case/{code}")


@pytest.mark.parametrize(
    ("do", "typed", "asks"),
    [
        ("appointment", {"appointment-at": "2026-01-05T10:00"}, "has to lie ahead"),
        ("appointment", {}, "nothing was recorded"),
        ("telephone", {"telephone-by_when": "2036-01-05T10:00"}, "ask which number is safe"),
        ("partner", {"partner-service": "outreach"}, "has to be a yes"),
        ("close", {}, "no call is closed without one"),
        ("close", {"close-reason": "not_asked"}, "no call is closed without one"),
    ],
)
def test_a_way_on_that_lacks_something_records_nothing_and_loses_nothing(taker, do, typed, asks):
    code, at, page = begun(taker)
    taker.sends(at, {**hidden(page), **typed, "do": do})
    assert len(entries(code)) == 2
    page = taker.follows()
    assert asks in page
    for value in typed.values():
        assert value in page


def test_no_way_on_lowers_a_grade_and_closing_needs_its_reason(taker):
    code, at, page = begun(taker, **{"call-safe_now": "no", "grade-grade": "priority"})
    typed = {"partner-service": "outreach", "partner-consent": "yes", "do": "partner"}
    taker.sends(at, {**hidden(page), **typed})
    assert [entry.kind for entry in entries(code)][-2:] == ["CallGraded", "SupportReferred"]
    answer = quietly(taker, at, page, **{"grade-grade": "referred"})
    assert "second person" in answer["lacking"][0]["why"]
    quietly(taker, at, page, **{"grade-grade": "priority"})
    taker.sends(at, {**hidden(page), "do": "officer", "press": "p2"})
    assert (entries(code)[-1].kind, entries(code)[-1].fields.direction) == ("CallRegraded", "up")
    taker.sends(at, {**hidden(page), "close-reason": "officers_attended", "do": "close", "press": "p3"})
    assert entries(code)[-1].fields.reason == "officers_attended"
    assert "This call is closed" in taker.follows()


def test_what_follows_a_press_is_shown_before_it(taker):
    page = unescape(taker.opens("/desk/call"))
    officer = page[page.index('id="way-officer"') : page.index('id="way-appointment"')]
    assert "Send a unit now" in officer
    assert "Be at the appointment at the time agreed." in page[page.index('id="way-appointment"') :]


def test_a_second_call_moves_the_unit_and_still_checks_the_first_address(taker):
    code, at, page = begun(taker)
    page = taker.opens(f"{at}/again")
    sent = {"call-safe_now": "yes", "again-why": "moved_to_a_safer_place", "again-new_place": "14 Example Close"}
    taker.sends(f"{at}/again", {**hidden(page), **sent})
    taker.sends(f"{at}/again", {**hidden(page), **sent})
    assert [entry.kind for entry in entries(code)][-2:] == ["CallReceived", "SecondCallMade"]
    assert entries(code)[-2].fields.second_call == "yes"
    assert len(entries(code)) == 4
    queue = Desk("dispatcher").signs_in().opens("/desk/")
    assert f"/desk/case/{code}/record/UnitSent" in queue
    assert f"/desk/case/{code}/record/FirstAddressChecked" in queue


def test_a_move_without_a_place_is_asked_for(taker):
    code, at, page = begun(taker)
    page = taker.opens(f"{at}/again")
    page = taker.sends(f"{at}/again", {**hidden(page), "again-why": "moved_to_a_safer_place"})
    assert taker.page.status_code == 422
    assert "Ask where they are now" in page
    assert len(entries(code)) == 2


def test_a_custody_officer_takes_no_calls(database):
    desk = Desk("custody_officer").signs_in()
    desk.opens("/desk/call")
    assert desk.page.status_code == 403


def test_what_is_no_answer_is_no_entry_and_no_error(taker):
    code, at, page = begun(taker)
    for shown in ("", "[]", "{", '{"asked-hurt": 3}', "[" * 5000):
        sent = {**hidden(page), "shown": shown, "asked-hurt": "perhaps", "grade-grade": "\x00", "do": "nonsense:x"}
        taker.sends(at, sent)
        assert taker.page.status_code == 302
    taker.sends(at, {**hidden(page), "asked-what_happened": "x" * 300_000})
    assert taker.page.status_code == 302
    assert [entry.kind for entry in entries(code)] == ["CaseOpened", "CallReceived"]


def test_the_case_that_a_call_opened_is_in_the_queue_of_whoever_owes_something(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), **SILENT})
    code = code_of(taker)
    assert f"/desk/case/{code}/record/" in taker.opens("/desk/")
    assert f"/desk/case/{code}/record/UnitSent" in Desk("dispatcher").signs_in().opens("/desk/")


def test_a_begun_call_is_found_again_from_the_empty_screen(taker):
    code, _, _ = begun(taker)
    assert f"/desk/call/{code}" in taker.opens("/desk/call")
    assert f"/desk/call/{code}" not in Desk("call_taker", "another").signs_in().opens("/desk/call")
