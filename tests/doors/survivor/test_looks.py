"""Who opened the file: behind the words each time, by role and kind of agency, never who; and asking why."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from holdfast.access.log.told import grouped
from holdfast.access.looks import Look
from holdfast.access.looks import LookSeen
from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.casefile.append import append
from holdfast.doors.survivor.views import looks as page_of_looks
from holdfast.record.entry import By

LONDON = ZoneInfo("Europe/London")
ADVISER = Person("adviser", "ADV7", agency="support_service", team="Rose House", organisation="Rose House refuge")
OFFICER = Person("officer", "PC4711", team="North")


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def reads_again(survivor, **more: str) -> str:
    answer = survivor.browser.post("/my/looks", {"words": survivor.words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def asks_why(survivor, **more: str):
    page = reads_again(survivor)
    given = {"mark": field(page, "mark"), "ref": field(page, "ref"), **more}
    return survivor.browser.post("/my/why", given)


def test_role_and_kind_of_agency_day_and_part_of_it_and_never_who(survivor):
    log_look(ADVISER, survivor.code, "read_case", "has recorded in this case")
    log_look(OFFICER, survivor.code, "print_report", "oversight")
    survivor.enters()
    page = words(reads_again(survivor))
    assert "Independent adviser , Support service" in page
    assert "Report printed" in page
    for hidden in ("ADV7", "PC4711", "North", "Rose House", "oversight", "refuge"):
        assert hidden not in page
    assert re.search(r"\d{1,2}:\d\d", page) is None  # a minute and a role would be a name


def test_commands_other_control_rooms_emergencies_and_copies_stand_there_too(survivor):
    log_look(Person("operator", "root"), survivor.code, "give_copy")
    log_look(Person("feed", "county-room", agency=""), survivor.code, "hand_over_call")
    log_look(OFFICER, survivor.code, "open_in_emergency", "life at risk")
    log_look(Person("supporter", "SUP1", agency=""), survivor.code, "own_page")
    survivor.enters()
    page = words(reads_again(survivor))
    for said in ("The system", "Copy given out", "Another control room", "Call handed over", "Opened in an emergency",
                 "Somebody you let in", "You, on this page"):  # fmt: skip
        assert said in page
    assert "life at risk" not in page
    assert "county-room" not in page


def test_a_small_agency_is_shown_by_its_kind_alone(survivor):
    log_look(Person("outreach_worker", "S1", agency="school", organisation="Hill School"), survivor.code, "read_case")
    survivor.enters()
    page = words(reads_again(survivor))
    assert "A member of staff , School" in page
    assert "Outreach" not in page


def test_what_was_refused_and_searches_of_the_log_are_not_listed_and_the_page_says_so(survivor):
    log_look(OFFICER, survivor.code, "read_case", "no tie", allowed=False)
    log_look(Person("auditor", "AUD1", agency="inspection"), survivor.code, "search_log")
    survivor.enters()
    page = words(reads_again(survivor))
    assert "Attending officer" not in page
    assert "Auditor" not in page
    assert "was refused, because nothing was shown to them" in page


def test_alike_openings_of_one_part_of_a_day_are_one_row():
    at = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    looks = [LookSeen(at + timedelta(minutes=by), "officer", "police", "read_case", by) for by in range(5)]
    looks.append(LookSeen(at - timedelta(hours=3), "officer", "police", "read_case", 9))
    rows = grouped("CASE", looks, LONDON)
    assert [(row.part, row.times) for row in rows] == [("evening", 5), ("afternoon", 1)]
    assert len({row.ref for row in rows}) == 2


def test_the_order_of_rows_tells_nothing_of_who_came_first():
    at = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    one = LookSeen(at, "officer", "police", "read_case", 1)
    other = LookSeen(at + timedelta(minutes=1), "supervisor", "police", "read_case", 2)
    assert grouped("CASE", [one, other], LONDON) == grouped("CASE", [other, one], LONDON)


def test_the_words_are_asked_for_each_time(survivor):
    log_look(OFFICER, survivor.code, "read_case")
    survivor.enters()
    assert "Attending officer" in reads_again(survivor)
    assert "Attending officer" not in survivor.reads("looks")
    wrong = survivor.browser.post("/my/looks", {"words": "other words that fit not"}).content.decode()
    assert "Attending officer" not in wrong


def test_reading_it_is_a_line_of_the_log_too_and_wrong_words_are(survivor):
    survivor.enters()
    survivor.browser.post("/my/looks", {"words": "other words that fit not"})
    reads_again(survivor)
    lines = Look.objects.filter(case=survivor.code, act="read_own_log").order_by("number")
    assert [(line.role, line.staff, line.allowed) for line in lines] == [
        ("survivor", "", False),
        ("survivor", "", True),
    ]


def test_signing_in_is_a_line_and_so_is_a_wrong_try_without_the_address(survivor):
    survivor.browser.post(
        "/my/in", {"code": survivor.code, "words": "wrong words are these"}, REMOTE_ADDR="203.0.113.9"
    )
    survivor.browser.post("/my/in", {"code": "22222222", "words": "wrong words are these"}, REMOTE_ADDR="203.0.113.9")
    survivor.enters()
    lines = Look.objects.filter(act="own_page").order_by("number")
    assert [(line.case, line.allowed, line.said.rule) for line in lines] == [
        (survivor.code, False, "wrong-words"), ("22222222", False, "wrong-words"), (survivor.code, True, "words")
    ]  # fmt: skip
    assert not any(b"203.0.113" in bytes(line.line) for line in lines)


def test_asking_why_becomes_a_duty_and_the_answer_stands_on_the_page(survivor):
    log_look(OFFICER, survivor.code, "read_case")
    survivor.enters()
    shown = asks_why(survivor)
    assert "Ask why" in shown.content.decode()
    assert not [entry for entry in survivor.entries() if entry.kind == "OpeningQuestioned"]
    sent = asks_why(survivor, sure="1", words="I never met anybody at night.")
    assert sent.status_code == 302
    entry = survivor.entries()[-1]
    assert (entry.kind, entry.by.role) == ("OpeningQuestioned", "survivor")
    assert entry.fields.in_role.startswith("Attending officer, Police: opened, ")
    assert entry.fields.opened_on == datetime.now(LONDON).date()
    assert "It is written down." in survivor.reads()
    assert "Not answered yet" in words(reads_again(survivor))
    said = {"outcome": "should_not_have_been_opened", "answer": "We are sorry."}
    append(survivor.case, "OpeningExplained", said, by=By("supervisor", "SGT1"), happened_at=datetime.now(UTC),
           about=(entry.number,))  # fmt: skip
    page = words(reads_again(survivor))
    assert "Your file should not have been opened. We are sorry." in page
    assert "SGT1" not in page
    assert "Not answered yet" not in page


@pytest.mark.parametrize("given", [{"mark": ""}, {"mark": "x:y:z"}, {"ref": "nothing"}, {"ref": ""}])
def test_a_mark_or_row_that_is_none_asks_for_the_words_again(survivor, given):
    log_look(OFFICER, survivor.code, "read_case")
    survivor.enters()
    answer = asks_why(survivor, sure="1", **given)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/looks")
    assert [entry.kind for entry in survivor.entries()] == ["CaseOpened"]


def test_a_mark_of_another_case_or_an_old_one_opens_nothing(survivor, monkeypatch):
    log_look(OFFICER, survivor.code, "read_case")
    other = type(survivor)()
    log_look(OFFICER, other.code, "read_case")
    survivor.enters()
    browser = Client()
    other.enters(browser)
    other.browser = browser
    page = reads_again(other)
    theirs = {"mark": field(page, "mark"), "ref": field(page, "ref"), "sure": "1"}
    assert survivor.browser.post("/my/why", theirs).headers["Location"] == "/my/looks"
    assert len(survivor.entries()) == 1
    monkeypatch.setattr(page_of_looks, "LASTS", -1)
    assert asks_why(survivor, sure="1").headers["Location"] == "/my/looks"


def test_a_plain_visit_to_asking_why_meets_the_words(survivor):
    survivor.enters()
    assert survivor.browser.get("/my/why").headers["Location"] == "/my/looks"


def test_the_survivor_s_own_visits_cannot_be_asked_about(survivor):
    survivor.enters()
    page = reads_again(survivor)
    assert "You, on this page" in page
    assert 'name="ref"' not in page
