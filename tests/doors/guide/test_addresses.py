"""Place, language and form are chosen by links; each page stands in each language of its place, and none is lost."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from tests.doors.guide.made_up import DRAFT
from tests.doors.guide.made_up import REVIEWED

from holdfast.doors.guide.places import places
from holdfast.doors.guide.urls import RESERVED
from holdfast.doors.look.say import spoken
from holdfast.law.language import Row
from holdfast.law.language import Tongue
from holdfast.law.languages_known import KNOWN

HERE = "/guide/england-and-wales/"
STATIC = Path(__file__).parents[3] / "src/holdfast/doors/look/static/look"
LINK = re.compile(r'href="(/(?:guide|start)/[^"#?]*|/|/traces)"')


def get(address: str, **more: str) -> str:
    answer = Client(headers=more).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def links(page: str) -> list[str]:
    return LINK.findall(page)


def test_the_first_page_leads_by_links_to_a_place_a_language_and_a_form(with_drafts: None) -> None:
    first = get("/")
    assert "/start/england-and-wales" in links(first)
    second = get("/start/england-and-wales")
    assert {"/start/england-and-wales/en", f"/start/england-and-wales/{DRAFT}"} <= set(links(second))
    assert KNOWN[DRAFT].name in second
    assert second.count("Not checked yet") == 1  # of two languages, one
    third = get(f"/start/england-and-wales/{REVIEWED}")
    assert {f"{HERE}{REVIEWED}/", f"{HERE}{REVIEWED}/easy/", f"{HERE}{REVIEWED}/formats"} <= set(links(third))
    assert all("<script" not in page.split("<main")[1] and "<form" not in page.split("<main")[1] for page in
               (first, second, third))  # fmt: skip


def test_each_language_that_can_be_read_is_a_link_in_one_table(with_drafts: None) -> None:
    page = get(f"{HERE}languages").split("<main")[1].split("<footer")[0]
    rows = page.split("</table>")[0].split("<tr id=")[1:]
    tags = [row.split('"')[1] for row in rows]
    assert sorted(tags) == sorted((DRAFT, REVIEWED))
    assert [f'href="{HERE}{tag}/"' in row for tag, row in zip(tags, rows, strict=True)] == [True, True]
    assert page.count("<details>") == 2
    other_day = get(f"{HERE}languages?on=2026-03-31").split("<main")[1]
    assert f'href="{HERE}{DRAFT}/?on=2026-03-31"' in other_day


def test_a_language_that_cannot_be_read_yet_is_named_without_a_link(checked_only: None) -> None:
    page = get(f"{HERE}languages").split("<main")[1].split("<footer")[0]
    assert f'<tr id="{DRAFT}">' in page
    assert f'href="{HERE}{DRAFT}/"' not in page
    assert f'href="{HERE}{REVIEWED}/"' in page


def test_where_drafts_are_not_allowed_only_checked_languages_are_offered(checked_only: None) -> None:
    second = get("/start/england-and-wales")
    assert KNOWN[REVIEWED].name in second
    assert KNOWN[DRAFT].name not in second
    for address in (f"/start/england-and-wales/{DRAFT}", f"{HERE}{DRAFT}/", f"{HERE}{DRAFT}/bail"):
        assert Client().get(address).status_code == 404


def test_english_keeps_the_short_addresses() -> None:
    assert '<html lang="en-GB" dir="ltr">' in get(f"{HERE}bail")
    assert Client().get(f"{HERE}en/bail").status_code == 404


@pytest.mark.parametrize(("tag", "direction"), [(DRAFT, "rtl"), (REVIEWED, "ltr")])
def test_a_page_in_a_language_says_so_and_names_itself_in_the_others(
    with_drafts: None, tag: str, direction: str
) -> None:
    page = get(f"{HERE}{tag}/bail")
    assert f'<html lang="{tag}" dir="{direction}">' in page
    for other, address in (("en", f"{HERE}bail"), (DRAFT, f"{HERE}{DRAFT}/bail"), (REVIEWED, f"{HERE}{REVIEWED}/bail")):
        assert f'<link rel="alternate" hreflang="{other}" href="{address}">' in page
    inside = links(page.split("<main")[1].split("<footer")[0])
    assert inside
    assert {each for each in inside if not each.startswith(f"{HERE}{tag}/")} <= {f"{HERE}bail"}  # beside a draft


def test_what_nobody_checked_says_so_and_has_the_english_beside_it(with_drafts: None) -> None:
    page = get(f"{HERE}{DRAFT}/bail")
    beside = page.split('<section lang="en" dir="ltr"')[1]
    assert "On police bail." in beside
    assert '<p lang="en" dir="ltr">Nobody has checked this translation yet.' in page
    checked = get(f"{HERE}{REVIEWED}/bail")
    assert "Nobody has checked" not in checked
    assert "On police bail." not in checked


def test_every_page_in_a_language_that_nobody_checked_says_so_and_leads_to_the_english_one(with_drafts: None) -> None:
    for name in ("", "bail", "easy/", "easy/bail", "way/now/1", "card", "bail/formats", *RESERVED):
        page = get(f"{HERE}{DRAFT}/{name}")
        assert "Nobody has checked this translation yet." in page, name
        assert f'<a href="{HERE}{name}" lang="en" dir="ltr">Read this page in English</a>' in page
        assert "Nobody has checked" not in get(f"{HERE}{REVIEWED}/{name}"), name
    assert '<span class="small answer" lang="en" dir="ltr">What happens if you call the police?</span>' in get(
        f"{HERE}{DRAFT}/"
    )


def test_an_emergency_line_never_comes_from_a_draft(with_drafts: None) -> None:
    top = get(f"{HERE}{DRAFT}/bail").split("<main")[0]
    assert (
        '<span lang="en" dir="ltr">In danger now? Call <a class="tell" href="tel:999" dir="ltr">999</a>.</span>' in top
    )
    assert "press 55" in top
    assert "press 55" not in get(f"{HERE}{REVIEWED}/bail").split("<main")[0]


def test_another_day_goes_along_with_every_link() -> None:
    page = get(f"{HERE}bail?on=2026-03-31")
    assert "31 March 2026" in page
    within = re.findall(r'href="(/guide/[^"]*)"', page)
    assert within
    assert all(address.endswith("?on=2026-03-31") for address in within)
    for name in (*RESERVED, "", "easy/"):
        assert "31 March 2026" in get(f"{HERE}{name}?on=2026-03-31"), name


@pytest.mark.parametrize("asked", ["tomorrow", "2026-13-01", "0"])
def test_a_day_that_is_none_is_refused(asked: str) -> None:
    assert Client().get(f"{HERE}bail?on={asked}").status_code == 404


def test_no_page_of_a_place_is_called_like_an_address_of_the_guide() -> None:
    taken = {*RESERVED, *KNOWN, "easy", "way", "file"}
    for pack in places().values():
        assert not taken & {page.id for page in pack.guide}, pack.id


@pytest.mark.slow
def test_every_link_of_every_place_leads_to_a_page_that_is_light_enough(with_drafts: None) -> None:
    """In each language, without a browser: HTML of 14 kB compressed, and 40 kB with what it loads, fonts left out."""
    browser = Client()
    rest = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in ("page.css", "leave.js", "icon.svg"))
    rest += len(gzip.compress((STATIC / "fonts.css").read_bytes(), 9))
    left, seen, wrong = ["/"], set[str](), {}
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address)
        weight = len(gzip.compress(answer.content, 9))
        if answer.status_code != 200 or weight > 14_000 or weight + rest > 40_000:
            wrong[address] = (answer.status_code, weight)
        left += [each for each in links(answer.content.decode()) if each not in seen]
    assert wrong == {}
    assert {f"{HERE}{tag}bail" for tag in ("", f"{DRAFT}/", f"{REVIEWED}/")} <= seen
    assert {f"/start/{place}" for place in places()} <= seen


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "1899-12-31", "2100-01-01"])
@pytest.mark.parametrize("page", ["", "bail", "changed", "services", "card"])
def test_a_day_that_no_law_here_reaches_is_no_page_and_no_error(page: str, on: str) -> None:
    assert Client().get(f"/guide/england-and-wales/{page}?on={on}").status_code == 404


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"{HERE}bail?on=tomorrow", "This day cannot be read"),
        (f"{HERE}bail?on=2026-02-30", "This day cannot be read"),
        (f"{HERE}no-such-page", "There is no such page"),
    ],
)
def test_what_is_not_there_says_what_is_wrong_below_the_emergency_line_of_its_place(address: str, says: str) -> None:
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f"<h1>{says}</h1>" in page
    assert 'href="tel:999"' in page.split("<main")[0]
    assert 'content="noindex"' in page
    assert "on=tomorrow" not in page
    assert "no-such-page" not in page


def test_a_sentence_that_stays_english_has_an_english_date() -> None:
    arabic = Tongue("ar")
    said = spoken(arabic, "frame", "Law as on %(day)s.", day=date(2026, 11, 21))
    assert said == '<span lang="en" dir="ltr">Law as on 21 November 2026.</span>'
    row = {("frame", "Law as on %(day)s."): Row(("القانون في %(day)s.",), "reviewed")}
    assert arabic.day(date(2026, 11, 21)).text in spoken(
        Tongue("ar", row), "frame", "Law as on %(day)s.", day=date(2026, 11, 21)
    )


def test_a_place_of_no_country_stands_under_no_other_country() -> None:
    before, _, after = get("/").split("<main")[1].partition("<h3>")
    for pack in places().values():
        alone = any(each.id == pack.country for each in places().values())
        assert (f">{pack.name}<" in before, f">{pack.name}<" in after) == (alone, not alone), pack.id


def test_the_first_page_says_each_countrys_emergency_line_once_and_names_the_languages(with_drafts: None) -> None:
    main = get("/").split("<main")[1].split("</main>")[0]
    countries = {pack.country for pack in places().values()}
    assert main.count("In danger now?") == len(countries) < len(places())
    assert f'<span lang="{DRAFT}" dir="rtl">' in main
