"""How old the picture of a scene is when the control room sees it: from a camera with a burnt-in clock to the screen.

Beside it, in the same run and by turns, the same camera recorded and played in one page, without line, disk or server:
what a browser takes by itself. Then the same on a line of 40 kB/s, and what is lost when the telephone is smashed (its
browser crashes). Needs Debian's Chromium. `--seconds` says how long each is looked at.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from _measure import HOUSE
from _measure import figure
from _measure import heading
from _measure import ratio
from _measure import target
from _server import demo
from playwright.sync_api import Browser
from playwright.sync_api import Error
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
LOST = 2.0  # seconds
SLOW_LINE = 40_000  # bytes a second: half of what the picture takes on a good line
# Until when a case's newest stream is kept, as its entry says: beside the server, on the same data folder.
ENDED = """
import sys, time
from holdfast.site.start import start
start(demo=True)
from holdfast.casefile.reading import case_by_code, read_case
while not (found := [each for each in read_case(case_by_code(sys.argv[1])).entries
                     if each.kind == "LiveEnded" and each.happened_at.timestamp() > float(sys.argv[2])]):
    time.sleep(0.2)
print(found[-1].fields.ended.timestamp())
"""


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
        slow = _through(browser, running.told, seconds, line=SLOW_LINE)
        smashed = playwright.chromium.launch(executable_path=CHROMIUM, args=FAKE)
        environment = {**os.environ, "HOLDFAST_DATA": folder}
        lost = lost_when_smashed(browser, smashed, running.told, environment)
        browser.close()
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        one, other = slowest_of(seen, share), slowest_of(alone, share)
        figure(f"{name}, {len(seen)} pictures", f"{one:.2f} s", ratio(one, other, f"one page alone ({other:.2f} s)"))
    target("p99 within 3 seconds of capture", met=slowest_of(seen, 0.99) < WITHIN)
    figure(f"p50 on a line of {SLOW_LINE // 1000} kB/s", f"{slowest_of(slow, 0.5):.2f} s")
    figure("lost with a smashed telephone: the last", f"{lost:.2f} s")
    target("at most the last 2 seconds", met=lost <= LOST)


def _alone(browser: Browser, guide: str, seconds: int) -> list[float]:
    page = browser.new_context(permissions=["camera", "microphone"]).new_page()
    plays_alone(page, guide)
    found = _ages(page, seconds)
    page.context.close()
    return found


def _through(browser: Browser, told: dict[str, Any], seconds: int, line: int = 0) -> list[float]:
    desk, telephone, _ = _shows(browser, browser, told, line)
    desk.wait_for_timeout(20_000 if line else 3000)  # a slow line is found out, and less recorded, in the first seconds
    found = _ages(desk, seconds)
    telephone.click("#stop")
    telephone.wait_for_url("**/s/over")
    desk.context.close()
    telephone.context.close()
    return found


def lost_when_smashed(
    browser: Browser, smashed: Browser, told: dict[str, Any], environment: Mapping[str, str]
) -> float:
    """Seconds between the crash of the telephone's browser and the last moment that the record has."""
    desk, telephone, code = _shows(browser, smashed, told)
    telephone.wait_for_timeout(4000)
    line, at = smashed.new_browser_cdp_session(), time.time()
    with suppress(Error):
        line.send("Browser.crash")
    desk.locator("#state[data-state=lost]").wait_for()
    desk.get_by_role("button", name="End it").click()
    asked = [sys.executable, "-c", ENDED, code, str(at)]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True, timeout=120)
    desk.context.close()
    return at - float(done.stdout)


def _shows(watching: Browser, showing: Browser, told: dict[str, Any], line: int = 0) -> tuple[Page, Page, str]:
    """The control room's page, a telephone that shows it the burnt clock on a line (bytes a second), and the case."""
    desk = watching.new_context(viewport={"width": 1280, "height": 800}).new_page()
    telephone = showing.new_context(permissions=["camera", "microphone"]).new_page()
    telephone.add_init_script(BURNS)
    desk.goto(f"{told['desk']}sign-in")
    desk.fill("#name", "call.taker")
    desk.fill("#password", told["password"])
    desk.click("form:has(#password) button")
    desk.wait_for_url(told["desk"])
    [code] = [case["code"] for case in told["cases"] if case["title"] == CASE]
    desk.goto(f"{told['desk']}case/{code}/live")
    desk.check("input[name=safe][value=yes]")
    desk.get_by_role("button", name="Go on").click()
    signs = "".join(desk.locator(".signs span").all_inner_texts())
    telephone.goto(f"{told['guide']}s/{signs}")
    if line:
        slowed = telephone.context.new_cdp_session(telephone)
        slowed.send("Network.enable")
        limits = {"offline": False, "latency": 200, "uploadThroughput": line, "downloadThroughput": 4 * line}
        slowed.send("Network.emulateNetworkConditions", limits)
    telephone.click("#go")
    desk.locator("#nothing").wait_for(state="hidden")
    return desk, telephone, code


def _ages(page: Page, seconds: int) -> list[float]:
    page.evaluate(AGES)
    page.wait_for_timeout(seconds * 1000)
    found: list[float] = page.evaluate("ages")
    assert found, "no picture could be read"
    return found


if __name__ == "__main__":
    main()
