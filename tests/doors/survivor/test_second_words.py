"""Second words open a harmless page: like any words from outside, no fact of the case inside, and staff are told."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.access.log.tables import LoggedLine
from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in import opening
from holdfast.access.ways_in import stretched
from holdfast.access.ways_in.second import agree_second
from holdfast.access.ways_in.second import end_second
from holdfast.access.ways_in.supporters import name_supporter
from holdfast.casefile.reading import read_case
from holdfast.doors.look.cookies import one_doors
from holdfast.doors.survivor.urls import urlpatterns
from holdfast.record.entry import By

PLACES = sorted({reverse(f"survivor:{each.name}") for each in urlpatterns})
CASE_WORDS = ("promise", "police", "case", "officer", "report", "record", "court", "crime", "arrest", "words", "abuse")


@pytest.fixture
def second(survivor: Any) -> Any:
    """A case with something in it, whose survivor also has second words."""
    survivor.record("CallReceived", route="silent")
    survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat())
    survivor.second = agree_second(survivor.case, survivor.code, survivor.now)
    return survivor


def enters(second: Any, words: str) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post("/my/in", {"code": second.code, "words": words})


def kinds(second: Any) -> list[str]:
    return [entry.kind for entry in second.entries()]


def main_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])


def test_the_answer_to_second_words_has_the_shape_of_the_answer_to_the_right_ones(second):
    _, right = enters(second, second.words)
    _, harmless = enters(second, second.second)

    def shape(answer: Any) -> Any:
        cookie = answer.cookies[one_doors("page")]
        return answer.status_code, sorted(answer.headers.items()), answer.content, dict(cookie), len(cookie.value)

    assert shape(right) == shape(harmless)


def test_the_page_that_opens_says_nothing_of_any_case(second):
    browser, _ = enters(second, second.second)
    page = browser.get("/my/").content.decode()
    assert "There is nothing new" in page
    assert not [word for word in CASE_WORDS if word in main_of(page).lower()]
    assert second.code not in page
    assert not re.search(r"/my/(list|people|ask|ways|share|key|looks)", page)


def test_the_page_is_the_same_for_every_case(second):
    browser, _ = enters(second, second.second)
    here = browser.get("/my/").content
    second.record("CallReceived", route="voice")
    other = issue_words(second.case, second.code, second.now)
    assert browser.get("/my/").content == here
    assert enters(second, other)[0].get("/my/").content != here


@pytest.mark.parametrize("place", PLACES)
def test_no_address_opens_anything_for_whoever_came_by_second_words(second, place):
    browser, _ = enters(second, second.second)
    before = kinds(second)
    for answer in (browser.get(place), browser.post(place, {"about": "question", "q-question": "?", "sure": "1"})):
        said = answer.content.decode().lower()
        assert answer.status_code in (204, 302, 303, 405, 422, 200), place
        assert "promise" not in said
        assert "what happens now" not in said
        assert second.code not in said
    assert kinds(second) == before


def test_staff_are_told_in_silence_and_nobody_else_is(second):
    enters(second, second.second)
    told = second.entries()[-1]
    assert told.kind == "SecondWordsUsed"
    assert (told.by.role, told.by.staff) == ("feed", "holdfast")
    second.enters()
    for page in ("", "list", "people", "until", "ways", "ask"):
        assert "second" not in main_of(second.reads(page)).lower().replace("a second person", "")


def test_coming_in_by_second_words_is_no_look_at_the_case(second):
    before = LoggedLine.objects.count()
    browser, _ = enters(second, second.second)
    browser.get("/my/")
    assert LoggedLine.objects.count() == before


def test_that_it_could_not_be_recorded_never_shows(second, monkeypatch, caplog):
    def fails(*args: Any, **named: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr("holdfast.access.ways_in.second.append", fails)
    browser, answer = enters(second, second.second)
    assert answer.status_code == 302
    assert "There is nothing new" in browser.get("/my/").content.decode()
    assert any(each.levelname == "CRITICAL" for each in caplog.records)
    assert second.code not in caplog.text


def test_second_words_confirm_nothing_and_are_told_where_they_are_given_again(second):
    second.enters()
    page = second.browser.post("/my/key", {"alone": "yes", "words": second.second})
    assert page.status_code == 422
    assert kinds(second)[-1] == "SecondWordsUsed"


def test_new_words_leave_second_words_as_they_are_and_ended_ones_open_nothing(second):
    issue_words(second.case, second.code, second.now, keep_others=False)
    assert enters(second, second.second)[1].status_code == 302
    end_second(second.case, second.now)
    assert enters(second, second.second)[1].status_code == 422


def test_leaving_and_closing_end_the_harmless_page_as_any_other(second):
    for way in ("/my/leave", "/my/close"):
        browser, _ = enters(second, second.second)
        browser.post(way)
        assert browser.get("/my/")["Location"] == "/my/in"


def test_whatever_is_typed_takes_one_slow_hash_and_as_many_comparisons(second, monkeypatch):
    """Five outcomes, one amount of work: neither the number of hashes nor of comparisons tells them apart."""
    words = name_supporter(
        read_case(second.case),
        {"name": "A friend", "who": "friend", "may": ["see_contact"], "until": "2099-01-01"},
        ZoneInfo("Europe/London"),
        by=By("survivor"),
        at=second.now,
    )
    done: list[str] = []
    slow, compared = stretched.hash_secret_raw, opening.compare_digest
    monkeypatch.setattr(stretched, "hash_secret_raw", lambda *a, **n: (done.append("hash"), slow(*a, **n))[1])
    monkeypatch.setattr(opening, "compare_digest", lambda a, b: (done.append("compare"), compared(a, b))[1])
    work = {}
    for name, (code, typed) in {
        "unknown code": ("234CFGHJ", second.words),
        "no code": ("", ""),
        "wrong words": (second.code, "four other wrong words"),
        "right words": (second.code, second.words),
        "second words": (second.code, second.second),
        "supporter's words": (second.code, words),
    }.items():
        done.clear()
        found = opening.opened_by(code, typed)
        assert (found is None) == (name in ("unknown code", "no code", "wrong words"))
        work[name] = (done.count("hash"), done.count("compare"))
    assert set(work.values()) == {(1, opening.COMPARED)}


def test_the_first_page_is_held_to_a_round_time_too_and_the_next_ones_are_not(second, monkeypatch):
    held: list[float] = []
    monkeypatch.setattr("holdfast.doors.survivor.held.STEP", 60.0)
    monkeypatch.setattr("holdfast.doors.survivor.held.time.sleep", held.append)
    for words in (second.words, second.second):
        browser, _ = enters(second, words)
        held.clear()
        browser.get("/my/")
        assert len(held) == 1
        browser.get("/my/")
        assert len(held) == 1
