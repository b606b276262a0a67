"""Passkeys and codes in a real browser, with Chromium's own virtual device; every page is held to the strict policy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import keeps_passkeys
from tests.support.browser import watch
from tests.support.served import Served
from tests.support.signing_in import shown_code

pytestmark = pytest.mark.browser
PASSWORD = "four plain words of mine"


class Person:
    """Somebody with a browser, and a device that keeps passkeys and knows its owner."""

    def __init__(self, page: Page, served: Served):
        self.page = page
        self.at = served.at.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
        self.complaints = watch(page)
        self.line, self.device = keeps_passkeys(page)

    def types(self, name: str) -> None:
        self.page.goto(f"{self.at}/desk/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        follow(self.page.locator("form:has(#password) button"))

    def presses(self, says: str) -> None:
        follow(self.page.locator(f"main button:visible:has-text('{says}')"))

    def is_in(self) -> bool:
        return self.page.goto(f"{self.at}/desk/account").url.endswith("/desk/account")


@pytest.fixture
def name(served: Served, request) -> str:
    """A new account of its own, with a password and nothing else."""
    new = re.sub(r"\W", "", request.node.name)[-24:]
    served.command(
        "staff", "add", new, "--role", "officer", "--staff", new, "--organisation", "example", given=PASSWORD.encode()
    )
    return new


@pytest.fixture
def person(chromium: Browser, served: Served) -> Iterator[Person]:
    opened = context(chromium)
    yield Person(opened.new_page(), served)
    opened.close()


def test_the_first_sign_in_sets_a_passkey_up_and_from_then_on_it_opens_the_desk_alone(person, name):
    person.types(name)
    assert person.page.url.endswith("/desk/sign-in/set-up")
    assert not person.is_in()
    person.types(name)
    person.page.fill("#label", "Work telephone")
    person.presses("Make a passkey")
    assert person.page.url.endswith("/desk/")
    assert "set up" in person.page.locator(".said-just-now").inner_text()
    person.page.context.clear_cookies()
    person.page.goto(f"{person.at}/desk/sign-in?next=/desk/find")
    person.presses("Sign in with a passkey")
    assert person.page.url.endswith("/desk/find")
    person.page.goto(f"{person.at}/desk/account")
    assert "Work telephone" in person.page.locator("main").inner_text()
    assert "by passkey" in person.page.locator("main").inner_text()
    assert not person.complaints


def test_a_password_is_no_longer_enough_and_the_passkey_is_the_second_step(person, name):
    person.types(name)
    person.presses("Make a passkey")
    person.page.context.clear_cookies()
    person.types(name)
    assert person.page.url.endswith("/desk/sign-in/code")
    assert not person.page.locator("#code").count()
    person.presses("Use a passkey")
    assert person.page.url.endswith("/desk/")
    assert not person.complaints


def test_a_device_that_does_not_know_its_owner_opens_nothing(person, name):
    person.types(name)
    person.presses("Make a passkey")
    person.page.context.clear_cookies()
    person.line.send("WebAuthn.setUserVerified", {"authenticatorId": person.device, "isUserVerified": False})
    person.page.goto(f"{person.at}/desk/sign-in")
    person.page.locator("button:has-text('Sign in with a passkey')").click()
    person.page.locator("text=No passkey was used").wait_for()
    assert not person.is_in()


def test_somebody_elses_passkey_is_no_second_step(person, name, served, chromium):
    served.command("staff", "add", name + "b", "--role", "officer", "--staff", name + "b", given=PASSWORD.encode())
    person.types(name)
    person.presses("Make a passkey")
    other = context(chromium)
    stranger = Person(other.new_page(), served)
    stranger.types(name + "b")
    stranger.presses("Make a passkey")
    stranger.page.context.clear_cookies()
    stranger.types(name)  # with the first one's password
    shown = stranger.page.locator("[data-passkey]").get_attribute("data-passkey")
    stranger.page.goto(f"{stranger.at}/desk/sign-in")  # a challenge that any passkey may answer
    assert name not in (shown or "")
    stranger.types(name)
    stranger.page.locator("button:has-text('Use a passkey')").click()
    stranger.page.locator("text=No passkey was used").wait_for()
    assert not stranger.is_in()
    other.close()


def test_an_app_that_shows_codes_is_set_up_by_typing_its_letters_and_asked_for_from_then_on(person, name):
    person.types(name)
    secret = person.page.locator("p.code").inner_text().replace(" ", "")
    person.page.fill("#code", shown_code(secret))
    follow(person.page.locator("button:has-text('Keep this app')"))
    assert person.page.url.endswith("/desk/")
    person.page.context.clear_cookies()
    person.types(name)
    assert person.page.url.endswith("/desk/sign-in/code")
    person.page.fill("#code", "000000")
    follow(person.page.locator("form:has(#code) button"))
    assert "not the code" in person.page.locator(".govuk-error-summary").inner_text()
    assert not person.is_in()
    assert not person.complaints


def test_without_script_the_page_offers_the_password_alone(chromium, served, name):
    opened = context(chromium, script=False)
    page = opened.new_page()
    page.goto(f"{served.at}/desk/sign-in")
    assert not page.locator("button:has-text('passkey'):visible").count()
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    follow(page.locator("form:has(#password) button"))
    secret = page.locator("p.code").inner_text().replace(" ", "")
    page.fill("#code", shown_code(secret))
    follow(page.locator("button:has-text('Keep this app')"))
    assert page.url.endswith("/desk/")
    opened.close()


def test_opened_by_a_number_the_page_says_that_passkeys_need_a_name(chromium, served, name):
    opened = context(chromium)
    page = opened.new_page()
    page.goto(f"{served.at}/desk/sign-in")
    assert page.locator("[data-by-number]").is_visible()
    assert not page.locator("button:has-text('passkey'):visible").count()
    opened.close()
