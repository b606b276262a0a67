"""A code and words let the survivor in; nothing else does, nobody is told why, and nobody can shut them out."""

import re

import pytest
from django.test import Client

from holdfast.access.survivor_words import issue_words

PAGES = ("", "list", "people", "until", "reach", "plan", "looks", "ask", "choices", "give", "picture", "diary", "given")


def test_the_right_words_open_the_page(survivor):
    answer = survivor.enters()
    assert answer.status_code == 302
    assert answer["Location"] == "/my/"
    assert "What happens now" in survivor.reads()


@pytest.mark.parametrize("page", PAGES)
def test_without_words_every_page_leads_to_the_first_one(survivor, page):
    answer = Client().get(f"/my/{page}")
    assert (answer.status_code, answer["Location"]) == (302, "/my/in")


def test_wrong_words_and_an_unknown_code_are_answered_alike(survivor):
    def answer(code, words):
        found = Client(REMOTE_ADDR="203.0.113.99").post("/my/in", {"code": code, "words": words})
        body = re.sub(r'(csrfmiddlewaretoken" value|name="code" value|data-asked)="[^"]*"', "", found.content.decode())
        return found.status_code, body

    wrong = answer(survivor.code, "four other wrong words")
    assert wrong[0] == 422
    assert answer("234CFGHJ", survivor.words) == wrong
    assert answer("no code at all", "") == wrong


def test_the_words_that_were_typed_are_never_sent_back(survivor):
    body = Client().post("/my/in", {"code": survivor.code, "words": "purple monkey"}).content.decode()
    assert "purple" not in body


def test_after_many_wrong_tries_from_the_same_place_the_right_words_still_enter(survivor, waits):
    browser = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(12):
        assert browser.post("/my/in", {"code": survivor.code, "words": "wrong"}).status_code == 422
    assert waits[-1] == 8
    assert survivor.enters(browser).status_code == 302


def test_however_many_were_wrong_elsewhere_the_right_words_wait_for_nobody(survivor, waits):
    for number in range(60):
        Client(REMOTE_ADDR=f"203.0.113.{number % 5}").post("/my/in", {"code": survivor.code, "words": "wrong"})
    waits.clear()
    assert survivor.enters(Client(REMOTE_ADDR="198.51.100.1")).status_code == 302
    assert waits == [0]


def test_a_device_that_changes_its_address_is_slowed_all_the_same(survivor, waits):
    browser = Client()
    browser.get("/my/in")
    for number in range(8):
        browser.post("/my/in", {"code": survivor.code, "words": "wrong"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert waits[-1] == 8


def test_when_too_many_wait_the_page_says_to_try_again_and_that_nothing_is_locked(survivor, waits, monkeypatch):
    monkeypatch.setattr("holdfast.access.ways_in.trying.PLACES", 0)
    browser = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(3):
        browser.post("/my/in", {"code": survivor.code, "words": "wrong"})
    answer = browser.post("/my/in", {"code": survivor.code, "words": survivor.words})
    assert answer.status_code == 503
    assert "not locked" in answer.content.decode()
    assert survivor.enters(Client(REMOTE_ADDR="203.0.113.8")).status_code == 302


def test_the_session_is_new_after_entering_so_that_nobody_can_plant_one(survivor):
    survivor.browser.get("/my/in")
    planted = survivor.browser.cookies["__Secure-page"].value
    survivor.enters()
    assert survivor.browser.cookies["__Secure-page"].value != planted


def test_the_cookie_says_nothing_and_goes_to_this_door_only(survivor):
    cookie = survivor.enters().cookies["__Secure-page"]
    assert cookie["path"] == "/my/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
    assert survivor.code not in cookie.value


def test_a_session_ends_after_a_quarter_of_an_hour(survivor):
    survivor.enters()
    survivor.reads()
    from django.contrib.sessions.models import Session

    [session] = Session.objects.all()
    left = (session.expire_date - survivor.now).total_seconds()
    assert 14 * 60 < left < 16 * 60


def test_leaving_ends_the_session(survivor):
    survivor.enters()
    survivor.browser.post("/my/leave")
    assert survivor.browser.get("/my/list").status_code == 302


def test_new_words_put_out_whoever_entered_with_the_old_ones(survivor):
    survivor.enters()
    survivor.reads("list")
    survivor.words = issue_words(survivor.case, survivor.code, survivor.now)
    assert survivor.browser.get("/my/list").status_code == 302
    assert survivor.enters(Client()).status_code == 302


def test_closing_ends_the_session_and_says_so(survivor):
    survivor.enters()
    assert "This page is closed" in survivor.browser.get("/my/close").content.decode()
    assert survivor.browser.get("/my/").status_code == 302


def test_a_form_without_its_token_is_refused_with_a_calm_page(survivor):
    answer = Client(enforce_csrf_checks=True).post("/my/in", {"code": survivor.code, "words": survivor.words})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


def test_the_desk_s_sign_in_opens_nothing_here(survivor):
    browser = Client()
    browser.cookies["desk"] = "whatever"
    assert browser.get("/my/list").status_code == 302


def test_no_address_names_a_case(survivor):
    survivor.enters()
    for page in PAGES:
        found = re.findall(r'(?:href|action)="(/my/[^"]*)"', survivor.reads(page))
        assert found
        assert not any(survivor.code in address or re.search(r"\d", address) for address in found)
