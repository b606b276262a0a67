"""The people at the desk, and what they do there, as they would say it. No test of a journey knows a selector."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import TypeVar
from zoneinfo import ZoneInfo

from playwright.sync_api import Page
from tests.journeys.filling import fill
from tests.journeys.filling import unfold
from tests.support.browser import follow
from tests.support.browser import watch
from tests.support.served import Served

LONDON = ZoneInfo("Europe/London")
AnyStaff = TypeVar("AnyStaff", bound="Staff")


def from_now(**later: float) -> str:
    """A moment from now, as it is typed on the clock of the place."""
    return (datetime.now(UTC) + timedelta(**later)).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


class Staff:
    """Somebody who is signed in at the desk."""

    name = ""

    def __init__(self, page: Page, served: Served):
        self.page = page
        self.served = served
        self.complaints = watch(page)
        self._signs_in()
        page.goto(f"{served.at}/desk/")
        assert page.url.endswith("/desk/"), "the desk did not open"

    def _signs_in(self) -> None:
        """By what the form sends. The form itself is filled in by whoever tests signing in."""
        ask = self.page.context.request
        address = f"{self.served.at}/desk/sign-in"
        hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', ask.get(address).text())
        assert hidden, "the page of signing in has no form"
        form = {"csrfmiddlewaretoken": hidden[1], "name": self.name, "password": self.served.password, "next": ""}
        ask.post(address, form=form, headers={"Referer": address}, max_redirects=0)

    def opens(self, code: str) -> None:
        """Opens a case."""
        self.page.goto(f"{self.served.at}/desk/case/{code}")

    def says_why_they_need(self, code: str, words: str) -> None:
        """Asks for a case that nothing ties them to yet, for what their role may say that it needs it."""
        self.opens(code)
        self.page.fill("#words", words)
        follow(self.page.locator("button:has-text('Ask for the case')"))
        assert self.page.url.endswith(f"/desk/case/{code}"), "the case did not open"

    def does(self, code: str, duty: str, **fields: Any) -> None:
        """'Do this now': the button of a duty on the case's page, its form, and what the form asked."""
        button = self.page.locator(f".duties a.button[href*='/case/{code}/'][href*='owed={duty}%40']").first
        if not button.count():  # it may stand on the page that the last entry led to
            self.opens(code)
        assert button.count(), f"the case offers no 'do this now' for {duty}"
        unfold(button)  # what is due later is folded away
        follow(button)
        self._sends(fields, ends=True)

    def does_from_queue(self, code: str, duty: str, **fields: Any) -> None:
        """'Do this now' from the person's own queue, turning its pages until the duty is found."""
        self.page.goto(f"{self.served.at}/desk/")
        button = self.page.locator(f".duties a.button[href*='/case/{code}/'][href*='owed={duty}%40']").first
        while not button.count():
            further = self.page.locator("main a[href*='after=']")
            assert further.count(), f"the queue offers no 'do this now' for {duty}"
            follow(further.first)
        follow(button)
        self._sends(fields, ends=True)

    def records(self, code: str, kind: str, **fields: Any) -> None:
        """A new entry of a kind that is chosen by its name."""
        self.page.goto(f"{self.served.at}/desk/case/{code}/record/{kind}")
        self._sends(fields, ends=False)

    def _sends(self, fields: dict[str, Any], *, ends: bool) -> None:
        fill(self.page, fields)
        follow(self.page.locator("form.form .buttons button:has-text('Record')"))
        found = self.page.locator(".govuk-error-summary")
        assert not found.count(), found.inner_text()
        said = self.page.locator("main .note").first.inner_text()
        assert said.startswith("Recorded"), said
        assert not ends or "That is done" in said, said

    def owed(self, code: str) -> dict[str, tuple[str, str]]:
        """What the case's page says is owed: the duty's key -> when it is due, and its state."""
        self.opens(code)
        rows = self.page.locator(".duties > li").evaluate_all(
            """rows => rows.map(row => [
                row.querySelector('a.button[data-do]')?.getAttribute('href') || '',
                row.querySelector('time')?.getAttribute('datetime') || '',
                [...row.classList].find(name => name.startsWith('duty--')).slice(6)])"""
        )
        return {
            key.group(1).replace("%40", "@"): (due, state)
            for href, due, state in rows
            if (key := re.search(r"owed=([^&]+)", href))
        }

    def gives_words(self, code: str) -> str:
        """Makes the survivor's words and gives them: the words, as the card shows them."""
        self.page.goto(f"{self.served.at}/desk/case/{code}/words")
        fill(self.page, {"how": "read_aloud", "safe": "yes", "known": "met_in_person"})
        follow(self.page.locator("button:has-text('Make new words')"))
        return self.page.locator(".card-to-keep .four").inner_text()


class CallTaker(Staff):
    """Answers at the control room."""

    name = "call.taker"

    def takes_a_silent_call(self) -> str:
        """Types a silent call, answered by 55, and keeps it: the new case's code."""
        self.page.goto(f"{self.served.at}/desk/call")
        fill(
            self.page,
            {
                "call-safe_now": "no", "call-can_talk": "no", "call-route": "silent", "call-caller": "survivor",
                "call-number": "07700 900142", "call-silent": "yes", "where-place": "9 Example Rise",
                "where-how": "device",
                "silent-prompt_played": "yes", "silent-answered_by": "pressed_55", "silent-passed_to": "police",
                "asked-hurt": "yes", "asked-ambulance_needed": "no", "asked-suspect_there": "yes",
                "asked-strangled": "yes", "asked-children_there": "yes", "asked-children": "1",
                "asked-order_in_force": "no", "grade-grade": "immediate", "grade-attend_within": "15",
                "grade-reason": "Silent, 55, hurt, he is there, a child.",
            },
        )  # fmt: skip
        self.page.locator(".sticky #keep").click()
        self.page.wait_for_url("**/desk/call/*")
        self.page.locator(".kept--so:has-text('on the record')").wait_for()
        found = re.search(r"/desk/call/([^/?#]+)", self.page.url)
        assert found, self.page.locator("main").inner_text()[:500]
        return found.group(1)


class Dispatcher(Staff):
    """Sends units."""

    name = "dispatcher"


class Officer(Staff):
    """Goes to the house."""

    name = "officer"


class Supervisor(Staff):
    """Answers for the shift."""

    name = "supervisor"


class Investigator(Staff):
    """Has the case."""

    name = "investigator"


class CustodyOfficer(Staff):
    """Keeps the cells."""

    name = "custody.officer"


class RecordsOfficer(Staff):
    """Records crimes."""

    name = "records.officer"


class SafeguardingOfficer(Staff):
    """The specialist."""

    name = "safeguarding.officer"


class WitnessCare(Staff):
    """Hears from the court, and tells the survivor."""

    name = "witness.care"
