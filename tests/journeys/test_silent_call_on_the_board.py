"""From a caller who cannot speak to the board: sipp rings a real answering point, an AML message says where it is, 55
is pressed, and the call stands in a real browser, located, recorded and sealed. How long that took is told, not judged:
bench/telephone.py measures it.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC
from datetime import datetime
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect
from tests.doors.telephone.programs import free_port
from tests.doors.telephone.programs import needs_sipp
from tests.doors.telephone.programs import scenario
from tests.doors.telephone.programs import sipp
from tests.journeys.staff import Dispatcher
from tests.support.served import Served

pytestmark = [pytest.mark.browser, needs_sipp]

PATIENT = 30_000  # milliseconds: other work may be going on on the same machine
NUMBER = "+447700900417"
# When the row first says 55 and when it first shows the place, by the clock of this machine, in milliseconds.
WATCH = """() => {
  window.seen = {};
  const look = () => {
    const rows = [...document.querySelectorAll('[data-row]')].filter(row => !window.before.includes(row.dataset.code));
    for (const row of rows) {
      if (/\\b55\\b/.test(row.innerText)) window.seen.pressed ??= Date.now();
      if (row.innerText.includes('51.50')) window.seen.placed ??= Date.now();
      window.seen.code ??= row.dataset.code;
    }
  };
  window.before = [...document.querySelectorAll('[data-row]')].map(row => row.dataset.code);
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@pytest.fixture
def answering(served: Served, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """`holdfast answer` beside the server, on the same data folder."""
    port, log = free_port(), tmp_path / "answer.log"
    asked = [sys.executable, "-m", "holdfast.site.command", "answer", "--sip", f"127.0.0.1:{port}"]
    with log.open("w") as said:
        process = subprocess.Popen(
            [*asked, "--pack", "england-and-wales", "--demo"], env=served.environment, stderr=said
        )  # fmt: skip
        until = time.monotonic() + 60
        while "Answering at" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield "127.0.0.1", port
        process.terminate()
        time.sleep(0.2)
        process.terminate()
        process.wait(40)


@pytest.fixture
def calling() -> Iterator[Callable[[Popen[bytes]], Popen[bytes]]]:
    """Takes a caller's program, and waits for it at the end whatever became of the test: it ends by itself."""
    with ExitStack() as callers:
        yield callers.enter_context


def position(served: Served, key: str) -> None:
    """Where the telephone is, as its network hands it over."""
    at = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    said = {"number": NUMBER, "text": f'A"ML=1;lt=51.50123;lg=-0.12345;rd=35;top={at};lc=68;pm=W'}
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{served.at}/api/aml", json.dumps(said).encode(), headers)  # noqa: S310 our own
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
        assert answer.status in (200, 201)


def _wait(page: Page, what: str) -> dict[str, Any]:
    """What the page has seen, as soon as this is among it."""
    until = time.monotonic() + PATIENT / 1000
    while what not in (seen := page.evaluate("window.seen")):
        assert time.monotonic() < until, seen
        page.wait_for_timeout(100)
    return dict(seen)


def test_a_caller_presses_55_and_stands_on_the_board(
    dispatcher: Dispatcher,
    served: Served,
    answering: tuple[str, int],
    calling: Callable[[Popen[bytes]], Popen[bytes]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    key = json.loads(served.command("agency", "add", "network", "--json"))["key"]
    page: Page = dispatcher.page
    page.goto(f"{served.at}/desk/board")
    expect(page.locator("#state")).to_have_attribute("data-state", "live", timeout=PATIENT)
    page.evaluate(WATCH)
    # A board that is slow, on a machine with much to do, still shows the call before the key.
    pause = '<pause milliseconds="12000"/>'
    press = f'{pause}<nop><action><exec play_dtmf="55"/></action></nop><pause milliseconds="2500"/>'
    caller = calling(sipp(tmp_path, answering, scenario(NUMBER, press)))
    _wait(page, "code")  # a call is on the board before a key is pressed
    assert "pressed" not in page.evaluate("window.seen")
    position(served, key)
    _wait(page, "placed")
    seen = _wait(page, "pressed")
    row = page.locator(f"[data-row][data-code='{seen['code']}']")
    expect(row).to_contain_text("55")
    expect(row).to_contain_text("no place, and sends nobody by itself")  # 55 is neither
    expect(row).to_contain_text("35 m")
    if folder := os.environ.get("HOLDFAST_PICTURES"):
        page.screenshot(path=Path(folder) / "silent-call-on-the-board.png")
    entries = served.entries(seen["code"])
    pressed = next(entry for entry in entries if entry.kind == "KeysPressed")
    after = seen["pressed"] / 1000 - pressed.happened_at.timestamp()
    record_property("seconds from the first key to the board", round(after, 3))
    print(f"from the first key to the board: {after:.2f} s")  # noqa: T201 told with -s
    assert caller.wait(60) == 0
    until = time.monotonic() + 60
    while not (kept := [each for each in served.entries(seen["code"]) if each.kind == "CallRecorded"]):
        assert time.monotonic() < until
        time.sleep(0.3)
    assert kept[0].fields.item
    told = [entry.kind for entry in served.entries(seen["code"])]
    assert "CallCutOff" in told  # who was called hangs up nothing: the caller went
    assert "CallClosed" not in told
    expect(row).to_have_count(1)  # and the call stays until somebody closes it with a reason
