"""Somebody whom the survivor named opens what they were given, until its day or until they are ended, no more."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in.added import end_added
from holdfast.access.ways_in.scope import SHARED
from holdfast.access.ways_in.supporters import supporters
from holdfast.casefile.reading import read_case
from holdfast.doors.survivor.urls import urlpatterns
from holdfast.record.entry import By

ANYWHERE = {"", "in", "in/key", "close", "leave", "look"}  # what everybody meets, in or not
OPENS = {  # what each permission opens, beside the first page
    "see_next_steps": {"list", "until"},
    "see_what_happened": set(),
    "see_contact": {"reach"},
    "ask_questions": {"ask"},
    "say_what_was_not_done": {"list", "note"},
}
PLACES = {reverse(f"survivor:{each.name}").removeprefix("/my/") for each in urlpatterns} - ANYWHERE


@pytest.fixture
def case(survivor: Any) -> Any:
    """A case with a promise to come, one that was kept, something that happened, and a contact agreement."""
    survivor.record("CallReceived", route="silent", days=6)
    survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat())
    survivor.record("ContactAgreed", channel="telephone", number="07700 900123", times="mornings")
    survivor.enters()
    return survivor


def days_from_now(days: int) -> str:
    return f"{datetime.now(UTC).date() + timedelta(days=days):%Y-%m-%d}"


def names(survivor: Any, *may: str, until: int = 7, name: str = "Sam", words: str | None = None) -> Any:
    return survivor.browser.post(
        "/my/share",
        {"name": name, "who": "friend", "may": list(may), "until": days_from_now(until),
         "words": survivor.words if words is None else words},
    )  # fmt: skip


def words_in(page: Any) -> str:
    found = re.search(r"<dt>Words</dt><dd class=\"tell\">([^<]+)<", page.content.decode())
    assert found, page.content.decode()
    return found[1].strip()


def supporter(survivor: Any, *may: str, **more: Any) -> Client:
    browser = Client()
    words = words_in(names(survivor, *may, **more))
    assert browser.post("/my/in", {"code": survivor.code, "words": words}).status_code == 302
    return browser


@pytest.mark.parametrize("may", SHARED)
def test_what_was_given_opens_and_nothing_else_does(case, may):
    browser = supporter(case, may)
    before = len(case.entries())
    for place in sorted(PLACES):
        answer = browser.post(f"/my/{place}", {}) if place in ("note", "key/made") else browser.get(f"/my/{place}")
        assert answer.status_code == ((302 if place == "note" else 200) if place in OPENS[may] else 403), place
    assert len(case.entries()) == before


@pytest.mark.parametrize("may", SHARED)
def test_the_first_page_shows_only_what_was_given(case, may):
    page = supporter(case, may).get("/my/").content.decode()
    assert ("Next</h2>" in page) == (may == "see_next_steps")
    assert ("has happened</h2>" in page) == (may == "see_what_happened")
    assert "How this page is opened" not in page
    assert "looked at my case" not in page
    assert case.code not in page


def test_they_read_whose_permission_it_is_and_until_when_in_words_that_say_nothing(case):
    page = supporter(case, "see_contact", until=0).get("/my/").content.decode()
    note = page[page.index("permission") - 60 : page.index("permission") + 160]
    assert "the person whose page it is" in note
    assert str(datetime.now(UTC).year) in note or "until the end of" in note
    assert "Sam" not in page


def test_a_number_is_not_shown_to_them_even_in_part(case):
    assert "ends in 23" in case.reads("reach")
    page = supporter(case, "see_contact").get("/my/reach").content.decode()
    assert "mornings" in page
    assert "23" not in re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])


def test_what_they_ask_is_written_down_as_theirs(case):
    browser = supporter(case, "ask_questions")
    assert browser.post("/my/ask", {"about": "question", "q-question": "When is court?"}).status_code == 302
    said = case.entries()[-1]
    named = next(entry for entry in case.entries() if entry.kind == "SupporterNamed")
    assert (said.kind, said.by) == ("QuestionAsked", By("supporter", f"supporter-{named.number}"))


def test_they_ask_for_nothing_in_the_survivors_place(case):
    browser = supporter(case, *SHARED)
    before = len(case.entries())
    browser.post("/my/ask", {"about": "ask", "a-asked_for": "shelter"})
    browser.post("/my/choices", {"no_to": "support"})
    assert len(case.entries()) == before


def test_nobody_is_named_without_the_words_again(case):
    assert names(case, "see_contact", words="four other wrong words").status_code == 422
    assert names(case, "see_contact", words="").status_code == 422
    assert supporters(read_case(case.case), case.now) == []


@pytest.mark.parametrize(
    "wrong", [{"may": []}, {"may": ["own_page"]}, {"until": "2000-01-01"}, {"until": "2999-01-01"}, {"until": "soon"},
              {"name": ""}, {"name": "\x00"}, {"who": "nobody"}]
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_half_written(case, wrong):
    right = {"name": "Sam", "who": "friend", "may": ["see_contact"], "until": days_from_now(3), "words": case.words}
    before = len(case.entries())
    assert case.browser.post("/my/share", right | wrong).status_code == 422
    assert len(case.entries()) == before


def test_ending_puts_them_out_at_once(case):
    browser = supporter(case, "see_next_steps")
    assert browser.get("/my/list").status_code == 200
    [named] = supporters(read_case(case.case), datetime.now(UTC))
    case.browser.post("/my/ways", {"end": f"person-{named.entry.number}"})
    assert browser.get("/my/list")["Location"] == "/my/in"
    assert case.entries()[-1].kind == "SupporterEnded"
    assert "Sam" not in case.reads("ways")


def test_their_last_day_ends_them(case, monkeypatch):
    browser = supporter(case, "see_next_steps", until=1)
    later = datetime.now(UTC) + timedelta(days=2, hours=2)
    for where in ("doors.survivor.signed_in", "access.ways_in.opening"):
        monkeypatch.setattr(f"holdfast.{where}.timezone.now", lambda: later)
    assert browser.get("/my/list")["Location"] == "/my/in"


def test_new_words_end_them_unless_the_survivor_keeps_them(case):
    browser = supporter(case, "see_next_steps")
    issue_words(case.case, case.code, case.now)
    assert browser.get("/my/list").status_code == 200
    end_added(read_case(case.case), by=By("officer", "PC1"), at=datetime.now(UTC))
    assert browser.get("/my/list").status_code == 302
    assert case.entries()[-1].fields.reason == "not_safe"


def test_their_words_open_nothing_of_the_survivors_and_name_nobody(case):
    words = words_in(names(case, *SHARED))
    assert case.browser.post("/my/share", {"name": "Eve", "who": "friend", "may": ["see_contact"],
                                           "until": days_from_now(2), "words": words}).status_code == 422  # fmt: skip
    assert len(supporters(read_case(case.case), datetime.now(UTC))) == 1


def test_no_more_are_named_than_one_try_compares(case):
    for number in range(6):
        assert names(case, "see_contact", name=f"N{number}").status_code == 200
    assert names(case, "see_contact", name="One more").status_code == 422
    assert len(supporters(read_case(case.case), datetime.now(UTC))) == 6
