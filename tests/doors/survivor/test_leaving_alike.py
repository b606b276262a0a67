"""Leaving, and what stands around a page, are alike whatever the words opened: whoever watches learns nothing by it."""

import re
from typing import Any

import pytest
from django.test import Client

from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in.second import agree_second
from holdfast.casefile.append import open_case
from holdfast.record.entry import By


def browser_in(survivor: Any, words: str) -> Client:
    browser = Client()
    answer = browser.post("/my/in", {"code": survivor.code, "words": words})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")
    return browser


def left_to(browser: Client) -> tuple[Any, ...]:
    answer = browser.get("/my/leave")
    return answer.status_code, sorted(answer.headers.items()), sorted(answer.cookies)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("place", ["england-and-wales", "new-zealand"])
def test_leaving_ends_at_the_same_place(survivor, place):
    """The survivor's page and the harmless one, also where the case is of another place than the server's own."""
    opened = open_case(place, by=By("call_taker", "CT1"), happened_at=survivor.ago(days=9))
    survivor.case, survivor.code = opened.case_id, opened.code
    words = issue_words(opened.case_id, opened.code, survivor.now)
    second = agree_second(opened.case_id, opened.code, survivor.now)
    real, harmless = browser_in(survivor, words), browser_in(survivor, second)
    around = []
    for browser in (real, harmless):
        page = browser.get("/my/").content.decode()
        around.append(re.findall(r'data-[a-z-]*="https?://[^"]+"', page))
    assert around[0] == around[1] != []
    assert left_to(real) == left_to(harmless)


def test_leaving_reads_no_case_whatever_is_open(survivor, monkeypatch):
    """Reading one takes time, and a harmless page reads none."""
    real = browser_in(survivor, survivor.words)
    nobody = left_to(Client())[1]
    monkeypatch.setattr("holdfast.doors.survivor.signed_in.read_case", lambda case: pytest.fail("a case was read"))
    assert ("Location", dict(nobody)["Location"]) in left_to(real)[1]
