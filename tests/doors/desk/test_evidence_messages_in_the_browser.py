"""A thread of messages in a real browser: it fits a telephone, whatever the words, and axe finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.desk.test_in_the_browser import RUNNING
from tests.doors.desk.test_in_the_browser import signed_in
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import watch

pytestmark = pytest.mark.browser

EXPORT = """20/11/2026, 21:01 - Messages and calls are end-to-end encrypted.
20/11/2026, 21:03 - Ben: I know where you are.
Answer me
20/11/2026, 21:04 - Ann: IMG-20261120-WA0001.jpg (file attached)
20/11/2026, 21:05 - דן: שלום (Ben)
20/11/2026, 21:06 - Ben: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
21/11/2026, 99:99 - Ben: odd
21/11/2026, 07:30 - Ben: 😡😡😡
"""
GIVE = """
import io, sys
from datetime import UTC, datetime
from uuid import uuid4
from holdfast.site.start import start
start(demo=True)
from holdfast.casefile.reading import case_by_code
from holdfast.doors.evidence.recording import took
from holdfast.record.entry import By
from holdfast.vault.place import intake_folder, key_of, store
from holdfast.vault.taking import take
case, now = case_by_code(sys.argv[1]), datetime.now(UTC)
content = sys.stdin.buffer.read()
taken = take(io.BytesIO(content), store(), intake_folder(), case=case, item=uuid4(), case_key=key_of(case))
said = {"what": "messages", "exhibit": "DC7/9", "named": "chat.txt"}
print(took(case, taken, said, by=By("investigator", "DC7"), at=now).item)
"""


@pytest.fixture(scope="module")
def at(served):
    code = served.cases[RUNNING]["code"]
    run = [sys.executable, "-c", GIVE, code]
    done = subprocess.run(run, env=served.environment, input=EXPORT.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return f"{served.at}/desk/case/{code}/evidence/{done.stdout.decode().split()[-1]}"


def test_the_thread_is_read_after_saying_for_what_and_fits(chromium, served, at):
    page = signed_in(chromium, served)
    complaints = watch(page)
    page.goto(at)
    page.get_by_role("link", name="Read it as messages").click()
    for width in at_each_width(page, 1280, 390):
        seen(page, f"asked-{width}")
    page.get_by_label("To investigate this case").check()
    page.get_by_role("button", name="Read them").click()
    told = page.locator("main").inner_text()
    for words in ("WhatsApp: 6 messages", "I know where you are", "Friday 20 November 2026", "Not understood: 1"):
        assert words in told
    for width in at_each_width(page, 1280, 390):
        seen(page, f"thread-{width}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert found_by_axe(page) == []
    assert complaints == []


def seen(page, name):
    if folder := os.environ.get("HOLDFAST_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"messages-{name}.png"), full_page=True)
