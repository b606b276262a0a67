"""A passkey in a real browser, with Chromium's own virtual device: added behind the words, used, and ended."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import keeps_passkeys
from tests.support.browser import watch
from tests.support.served import Served

pytestmark = pytest.mark.browser
CASE = "Running now"


class Survivor:
    """Somebody with a telephone that keeps passkeys."""

    def __init__(self, page: Page, served: Served, code: str, words: str):
        self.page, self.code, self.words = page, code, words
        self.at = served.at.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
        self.complaints = watch(page)
        self.line, self.device = keeps_passkeys(page)

    def enters(self) -> None:
        self.page.goto(f"{self.at}/my/")
        self.page.fill("#code", self.code)
        self.page.fill("#words", self.words)
        follow(self.page.locator("form.words button"))

    def adds(self, *, alone: str = "yes") -> None:
        self.page.goto(f"{self.at}/my/key")
        self.page.check(f"[name=alone][value={alone}]")
        self.page.fill("[name=words]", self.words)
        self.page.locator("main button:has-text('Go on')").click()

    @property
    def keys(self) -> list[dict[str, str]]:
        return self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.device})["credentials"]

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture
def survivor(chromium: Browser, served: Served) -> Iterator[Survivor]:
    opened = context(chromium, width=390)
    code = served.cases[CASE]["code"]
    told = served.command("words", code, "--staff", "demo.officer", "--known", "met_in_person", "--json")
    yield Survivor(opened.new_page(), served, code, json.loads(told)["words"])
    opened.close()


def test_a_key_is_added_behind_the_words_opens_the_page_alone_and_is_ended(survivor, served):
    survivor.enters()
    survivor.adds()
    survivor.page.locator("#key button").wait_for()
    follow(survivor.page.locator("#key button"))
    assert "opens your page without words" in survivor.page.locator("main").inner_text()
    [entry] = [each for each in served.entries(survivor.code) if each.kind == "PasskeyAdded"]
    assert (entry.by.role, entry.fields.account_theirs_alone) == ("survivor", "yes")

    [key] = survivor.keys
    assert key["isResidentCredential"]
    assert key["rpId"] == "localhost"
    assert {key.get("userName"), key.get("userDisplayName")} <= {"Information", None}
    assert survivor.code not in str(key)

    survivor.page.goto(f"{survivor.at}/my/close")
    survivor.page.goto(f"{survivor.at}/my/")
    follow(survivor.page.locator("#key button"))
    assert survivor.heading == "What happens now"

    survivor.page.goto(f"{survivor.at}/my/ways")
    follow(survivor.page.locator("main button:has-text('End now')").first)
    assert survivor.page.url.endswith("/my/in"), "the visit that the key opened has ended with it"
    survivor.page.locator("#key button").click()
    survivor.page.get_by_text("did not open a page").wait_for()
    assert served.entries(survivor.code)[-1].kind == "PasskeyEnded"
    assert survivor.complaints == []


def test_where_the_account_is_not_theirs_alone_none_is_made(survivor, served):
    survivor.enters()
    survivor.page.goto(f"{survivor.at}/my/key")
    assert survivor.page.locator("[name=alone]:checked").get_attribute("value") == "no"
    survivor.adds(alone="no")
    survivor.page.get_by_text("Nothing was added").wait_for()
    assert not survivor.page.locator("#key").count()
    assert survivor.keys == []


def test_without_the_words_again_none_is_made(survivor):
    survivor.enters()
    survivor.words = "four other wrong words"
    survivor.adds()
    survivor.page.get_by_text("not the words").first.wait_for()
    assert survivor.keys == []


def test_a_device_that_refuses_leaves_the_words_as_the_way_in(survivor):
    survivor.line.send("WebAuthn.setUserVerified", {"authenticatorId": survivor.device, "isUserVerified": False})
    survivor.page.goto(f"{survivor.at}/my/")
    survivor.page.locator("#key button").click()
    survivor.page.locator("#key-failed").wait_for()
    survivor.enters()
    assert survivor.heading == "What happens now"


def test_without_script_no_key_is_offered_and_the_page_says_so(chromium, served, survivor):
    opened = context(chromium, script=False)
    page = opened.new_page()
    page.goto(f"{survivor.at}/my/")
    assert not page.locator("#key").is_visible()
    opened.close()
