"""One Chromium for every browser test of a worker, and what each page of it is held to.

Playwright allows one of itself in a process, so every browser test asks for `chromium`, and none starts its own.
`watch` collects what a page complains of: errors, console errors, refusals of the content security policy, and
anything that it tried to load from somewhere else.
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import CDPSession
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import Request
from playwright.sync_api import sync_playwright
from tests.support.elsewhere import elsewhere

# The engine without the windows around it: the same pages for a quarter of the work.
CHROMIUM = "/usr/bin/chromium-headless-shell"
# Where the browser around a page is what is tested: its profile folder, its history, its Back.
WHOLE = "/usr/bin/chromium"
# A page that is refused on purpose (wrong words, a fault in a form) says so with its status; Chromium logs that.
STATUS_SAID = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def started_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What every browser is started with: nothing outside this machine can be reached from it."""
    with elsewhere(tmp_path_factory.mktemp("elsewhere")) as port:
        here = f"--host-resolver-rules=MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        yield ["--no-sandbox", "--ignore-certificate-errors", here]


@pytest.fixture(scope="session")
def chromium(started_with: list[str]) -> Iterator[Browser]:
    """Debian's own Chromium. Its loop runs in this thread, which Django would take for a server's: it is not one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*started_with, "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def whole(chromium: Browser, started_with: list[str]) -> Iterator[Browser]:
    """The browser with its windows: without script, the one without does not go on to a page that is not there."""
    browser = chromium.browser_type.launch(executable_path=WHOLE, args=started_with)
    yield browser
    browser.close()


def context(chromium: Browser, *, width: int = 1280, script: bool = True, **more: Any) -> BrowserContext:
    """A browser that knows nothing yet."""
    opened = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, **more)
    opened.set_default_timeout(30_000)
    return opened


def is_here(address: str) -> bool:
    """Whether an address is this machine's."""
    return urlsplit(address).hostname in ("127.0.0.1", "localhost", None)


def follow(found: Locator) -> None:
    """Presses what leads to another page and waits until that has loaded: a count made sooner is of half a page."""
    with found.page.expect_navigation():
        found.click()


def at_each_width(page: Page, *widths: int) -> Iterator[int]:
    """The page that is open, as wide as each of these in turn, and then as it was: loaded once for all of them."""
    was = page.viewport_size
    assert was
    for width in widths:
        page.set_viewport_size({"width": width, "height": was["height"]})
        yield width
    page.set_viewport_size(was)


def keeps_passkeys(page: Page) -> tuple[CDPSession, str]:
    """Gives a page a device that keeps passkeys and knows its owner: the line to it, and its name on that line."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return line, line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def watch(page: Page) -> list[str]:
    """Everything that this page complains of from now on. A test asserts that it stays empty."""
    found: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATUS_SAID):
            found.append(f"console: {message.text}")

    def request(asked: Request) -> None:
        if not is_here(asked.url) and not asked.is_navigation_request():
            found.append(f"loaded from elsewhere: {urlsplit(asked.url).hostname}")

    page.on("console", console)
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("request", request)
    return found
