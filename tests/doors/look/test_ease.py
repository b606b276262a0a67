"""How somebody wants to read is kept by one short cookie without a date, and leaving takes it away."""

import pytest
from django.test import Client

from holdfast.doors.look.ease import Ease

PAGE = "/guide/england-and-wales/bail"


def press(browser: Client, *buttons: str, back: str = PAGE, at: str = "/look", **more: str):
    for button in buttons:
        answer = browser.post(at, {"do": button, "back": back}, headers=more)
    return answer


def root(browser: Client, address: str = PAGE) -> str:
    return browser.get(address).content.decode().split("<head>")[0]


def test_larger_letters_last_from_page_to_page_and_the_size_is_said(database: object) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = press(browser, "larger", "larger")
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    for address in (PAGE, "/", "/my/in"):
        assert 'class="t3"' in root(browser, address)
        assert "Text size 150\u00a0%" in browser.get(address).content.decode()


def test_high_contrast_and_room_are_pressed_and_let_go() -> None:
    browser = Client()
    press(browser, "contrast", "room")
    assert 'class="contrast room"' in root(browser)
    press(browser, "contrast")
    assert 'class="room"' in root(browser)


def test_as_usual_takes_the_cookie_away() -> None:
    browser = Client()
    press(browser, "larger", "contrast", "normal")
    assert "class=" not in root(browser)
    assert browser.cookies["__Host-look"].value == ""


def test_sizes_end_at_the_largest_and_the_smallest() -> None:
    browser = Client()
    press(browser, *["larger"] * 9)
    page = browser.get(PAGE).content.decode()
    assert "Text size 200\u00a0%" in page
    assert 'value="larger" disabled' in page
    press(browser, *["smaller"] * 9)
    assert "Text size 85\u00a0%" in browser.get(PAGE).content.decode()


def test_the_cookie_has_no_date_and_is_sent_to_nobody_else() -> None:
    cookie = press(Client(), "larger").cookies["__Host-look"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Strict", True, "/")
    assert len(cookie.value) == 3


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/leave/england-and-wales", "/leave", "/my/leave"])
def test_leaving_takes_it_away(method: str, address: str) -> None:
    browser = Client()
    press(browser, "larger")
    answer = getattr(browser, method)(address)
    assert answer.cookies["__Host-look"]["max-age"] == 0
    assert answer.cookies["__Host-look"]["path"] == "/"
    assert "class=" not in root(browser, f"{PAGE}?on=2026-11-01")


@pytest.mark.parametrize(
    "back",
    ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "/no/such/page", "", "javascript:x",
     "/guide/../../x", "http:///elsewhere.example"],
)  # fmt: skip
def test_the_way_back_leads_only_to_a_page_of_ours(back: str) -> None:
    assert press(Client(), "larger", back=back)["Location"] == "/"
    assert press(Client(), "larger", back=back, at="/my/look")["Location"] == "/my/"


def test_the_day_that_was_looked_at_stays_in_the_way_back() -> None:
    assert press(Client(), "larger", back=f"{PAGE}?on=2026-03-31")["Location"] == f"{PAGE}?on=2026-03-31"
    assert f'name="back" value="{PAGE}?on=2026-03-31"' in Client().get(f"{PAGE}?on=2026-03-31").content.decode()


def test_at_the_survivors_door_it_works_without_being_in(database: object) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert press(browser, "larger", back="/my/in", at="/my/look")["Location"] == "/my/in"
    page = browser.get("/my/in").content.decode()
    assert 'action="/my/look"' in page
    assert 'class="t2"' in page


def test_another_sites_form_changes_nothing() -> None:
    answer = press(Client(), "larger", **{"sec-fetch-site": "cross-site"})
    assert not answer.cookies


@pytest.mark.parametrize("written", ["9", "500", "12", "1000", "1a1", "<x>", "\u0661\u0661\u0661"])
def test_a_cookie_that_says_nothing_is_nothing(written: str) -> None:
    assert Ease.read(written) == Ease()


def test_what_is_written_is_read_again() -> None:
    every = [Ease(size, contrast, room) for size in range(5) for contrast in (False, True) for room in (False, True)]
    assert [Ease.read(str(each)) for each in every] == every
    assert len({each.classes for each in every}) == len(every)
