"""How old the picture of a scene is when the control room sees it: from a camera with a burnt-in clock to the screen.

Beside it, in the same run and by turns, the same camera recorded and played in one page, without line, disk or server:
what a browser takes by itself. Needs Debian's Chromium. `--seconds` says how long each is looked at.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from _measure import HOUSE
from _measure import figure
from _measure import heading
from _measure import ratio
from _measure import target
from _server import demo
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(HOUSE))

from tests.support.browser import CHROMIUM
from tests.support.burnt_clock import AGES
from tests.support.burnt_clock import BURNS
from tests.support.burnt_clock import plays_alone
from tests.support.burnt_clock import slowest_of

FAKE = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
CASE = "Running now"
WITHIN = 3.0  # seconds


def main() -> None:
    """Prints both, and the one as so many times the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="how long each is looked at (20)")
    seconds = parser.parse_args().seconds
    heading("live: from the camera to the control room's screen")
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FAKE)
        alone = _alone(browser, running.told["guide"], seconds)
        seen = _through(browser, running.told, seconds)
        browser.close()
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        one, other = slowest_of(seen, share), slowest_of(alone, share)
        figure(f"{name}, {len(seen)} pictures", f"{one:.2f} s", ratio(one, other, f"one page alone ({other:.2f} s)"))
    target("p99 within 3 seconds of capture", met=slowest_of(seen, 0.99) < WITHIN)


def _alone(browser: Browser, guide: str, seconds: int) -> list[float]:
    page = browser.new_context(permissions=["camera", "microphone"]).new_page()
    plays_alone(page, guide)
    found = _ages(page, seconds)
    page.context.close()
    return found


def _through(browser: Browser, told: dict[str, str], seconds: int) -> list[float]:
    desk = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    telephone = browser.new_context(permissions=["camera", "microphone"]).new_page()
    telephone.add_init_script(BURNS)
    desk.goto(f"{told['desk']}sign-in")
    desk.fill("#name", "call.taker")
    desk.fill("#password", told["password"])
    desk.click("form:has(#password) button")
    desk.wait_for_url(told["desk"])
    [code] = [case["code"] for case in told["cases"] if case["title"] == CASE]  # type: ignore[index]
    desk.goto(f"{told['desk']}case/{code}/live")
    desk.check("input[name=safe][value=yes]")
    desk.get_by_role("button", name="Go on").click()
    signs = "".join(desk.locator(".signs span").all_inner_texts())
    telephone.goto(f"{told['guide']}s/{signs}")
    telephone.click("#go")
    desk.locator("#nothing").wait_for(state="hidden")
    desk.wait_for_timeout(3000)
    found = _ages(desk, seconds)
    telephone.click("#stop")
    telephone.wait_for_url("**/s/over")
    return found


def _ages(page: Page, seconds: int) -> list[float]:
    page.evaluate(AGES)
    page.wait_for_timeout(seconds * 1000)
    found: list[float] = page.evaluate("ages")
    assert found, "no picture could be read"
    return found


if __name__ == "__main__":
    main()
