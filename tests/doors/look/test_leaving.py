"""Leaving ends what was open, goes to a harmless page, and makes the way back meet nothing."""

import pytest
from django.test import Client

PAGE = "/guide/england-and-wales/bail"


def test_the_link_goes_to_the_page_that_the_pack_names():
    answer = Client().get("/leave/england-and-wales")
    assert answer.status_code == 303
    assert answer["Location"] == "https://www.bbc.co.uk/weather"
    assert answer["Cache-Control"] == "no-store"
    assert "Clear-Site-Data" in answer


@pytest.mark.parametrize("address", ["/leave", "/leave/no-such-place", "/my/leave"])
def test_leaving_never_fails_for_want_of_a_place(address):
    answer = Client().get(address)
    assert answer.status_code == 303
    assert answer["Location"].startswith("https://")


@pytest.mark.parametrize("sent", ["?to=https://elsewhere.example", "?next=//elsewhere.example"])
def test_nobody_can_choose_where_leaving_goes(sent):
    assert "elsewhere.example" not in Client().get(f"/leave{sent}")["Location"]


@pytest.mark.parametrize("address", ["/leave/england-and-wales", "/my/leave"])
def test_the_message_in_passing_needs_no_token_and_has_no_answer(address):
    answer = Client(enforce_csrf_checks=True).post(address)
    assert answer.status_code == 204
    assert "cache" in answer["Clear-Site-Data"]


def test_after_leaving_without_script_the_way_back_meets_a_neutral_page():
    browser = Client()
    browser.get("/leave/england-and-wales")
    back = browser.get(PAGE).content.decode()
    assert "This page has been closed" in back
    assert "bail" not in back.replace(PAGE, "").lower()
    assert "police" not in back.lower()


def test_whoever_chooses_to_go_on_after_leaving_reads_the_page_again():
    browser = Client()
    browser.get("/leave/england-and-wales")
    browser.get(f"{PAGE}?on")
    assert "This page has been closed" not in browser.get(PAGE).content.decode()


def test_the_message_in_passing_leaves_no_cookie_behind():
    answer = Client().post("/leave/england-and-wales")
    assert not answer.cookies
