"""What holds on every page that the public or a survivor may meet, read by a real client with no script."""

import gzip
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from holdfast.access.survivor_words import issue_words
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.record.entry import By

GUIDE = "/guide/england-and-wales/"
PUBLIC = ("/", GUIDE, "/traces", "/my/in", "/s/", "/s/over", *(f"{GUIDE}{page.stem}" for page in sorted(
    (Path(__file__).parents[3] / "packs" / "england-and-wales" / "guide").glob("*.md"))))  # fmt: skip
OWN = (
    "/my/",
    "/my/list",
    "/my/people",
    "/my/until",
    "/my/reach",
    "/my/plan",
    "/my/looks",
    "/my/ask",
    "/my/choices",
    "/my/give",
    "/my/picture",
    "/my/talk",
    "/my/sound",
    "/my/diary",
    "/my/given",
)
ERRORS = ("/no-such-page", f"{GUIDE}no-such-page", "/guide/nowhere/")
STATIC = Path(__file__).parents[3] / "src" / "holdfast" / "doors" / "look" / "static" / "look"

# Words that must not stand in a title, a tab or a history, whoever picks the telephone up.
TELLING = re.compile(r"polic|abus|victim|surviv|domestic|violen|case|report|holdfast|crime|court|bail", re.IGNORECASE)


@pytest.fixture
def browser(database):
    """Somebody who entered the page of a case in which much happened."""
    now = datetime.now(UTC)
    opened = open_case("england-and-wales", by=By("call_taker", "CT1"), happened_at=now - timedelta(days=9))
    for kind, fields, days in (
        ("CallReceived", {"route": "voice"}, 9),
        ("UnitArrived", {}, 9),
        ("OwnerNamed", {"owner": "PC1", "number": "01632 960123"}, 8),
        ("SuspectArrested", {"for_what": "offence"}, 8),
        ("BailGranted", {"ends_at": (now + timedelta(days=60)).isoformat()}, 7),
        ("ContactAgreed", {"channel": "telephone", "number": "07700 900123"}, 7),
    ):
        append(opened.case_id, kind, fields, by=By("investigator", "DC1"), happened_at=now - timedelta(days=days))
    entered = Client()
    words = issue_words(opened.case_id, opened.code, now)
    assert entered.post("/my/in", {"code": opened.code, "words": words}).status_code == 302
    return entered


@pytest.fixture
def pages(browser):
    """Every page, by its address."""
    found = {address: browser.get(address) for address in OWN} | {address: Client().get(address) for address in PUBLIC}
    assert {address for address, answer in found.items() if answer.status_code != 200} == set()
    return found


@pytest.fixture
def all_pages(browser, pages):
    """Every page, those of errors too."""
    found = {address: browser.get(address) for address in ERRORS}
    assert {answer.status_code for answer in found.values()} == {404}
    return pages | found


def but_for(pages, holds):
    """The addresses of the pages for which something does not hold."""
    return [address for address, answer in pages.items() if not holds(answer)]


def html(answer):
    return answer.content.decode()


def test_the_way_out_stands_on_each(all_pages):
    link = re.compile(r'<a class="leave"[^>]*href="(/my|/s)?/leave[^"]*"[^>]*>Leave this page now')
    assert but_for(all_pages, lambda page: link.search(html(page)) and "/static/look/leave.js" in html(page)) == []


def test_no_title_says_anything(all_pages):
    def is_neutral(page):
        title = re.search(r"<title>(.*?)</title>", html(page), re.DOTALL)[1]
        return title.startswith("Information") and not TELLING.search(title)

    assert but_for(all_pages, is_neutral) == []


def test_no_page_is_kept(pages):
    assert but_for(pages, lambda page: page["Cache-Control"] == "no-store") == []


def test_no_script_and_no_style_stands_inside_a_page(all_pages):
    inside = re.compile(r"<style|<script(?![^>]*\bsrc=)|<[^>]+\s(?:style|on\w+)=|javascript:")
    assert but_for(all_pages, lambda page: not inside.search(html(page))) == []


def test_nothing_is_loaded_from_another_site(all_pages):
    loads = re.compile(r'<(?:link|script|img|iframe|source|video|form)[^>]*?(?:src|href|action)="([^"]+)"')

    def is_own(page):
        found = loads.findall(html(page))
        return found and all(address.startswith("/") and not address.startswith("//") for address in found)

    assert but_for(all_pages, is_own) == []


def test_the_policy_of_each_allows_only_what_is_its_own(pages):
    def is_strict(page):
        policy = page["Content-Security-Policy"]
        return "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy

    assert but_for(pages, is_strict) == []


def test_each_is_light_enough_for_a_slow_line(pages):
    sheet = len(gzip.compress((STATIC / "page.css").read_bytes(), 9))
    rest = sheet + sum(len((STATIC / name).read_bytes()) for name in ("leave.js", "icon.svg"))
    assert sheet <= 14_000

    def is_light(page):
        words = len(gzip.compress(page.content, 9))
        return words <= 14_000 and words + rest <= 40_000

    assert but_for(pages, is_light) == []


def test_a_page_is_sent_compressed_where_the_browser_takes_it(browser):
    for address in (f"{GUIDE}help", "/my/list"):
        answer = browser.get(address, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) <= 14_000


def test_each_says_what_a_page_cannot_erase(all_pages):
    assert but_for(all_pages, lambda page: 'href="/traces"' in html(page)) == []


def test_in_danger_the_number_and_the_silent_way_stand_at_the_top_of_each(pages):
    def says(page):
        top = html(page).split("<main")[0]
        return 'href="tel:999"' in top and "press 55" in top

    assert but_for(pages, says) == ["/", "/traces"]  # of no place: a number there could be that of another country
    assert 'href="tel:999"' in html(pages["/"]).split("/start/england-and-wales")[1].split("/start/")[0]


def test_each_has_one_first_heading_and_says_its_language(all_pages):
    language = re.compile(r'<html lang="en[^"]*" dir="ltr">')
    assert but_for(all_pages, lambda page: html(page).count("<h1") == 1 and language.search(html(page))) == []


def test_an_error_page_repeats_nothing_of_the_address(browser):
    assert "secret-street" not in html(browser.get("/guide/nowhere/secret-street"))
