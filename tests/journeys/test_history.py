"""Earlier history in a real browser: a misspelt name brings up the earlier report, a link is answered by a person, and
who is there is checked on a telephone before officers leave."""

import re
from collections.abc import Callable
from datetime import UTC
from datetime import datetime

import pytest
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Officer
from tests.journeys.staff import Staff
from tests.journeys.staff import Supervisor
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import watch
from tests.support.served import Served

pytestmark = pytest.mark.browser


def names(staff: Staff, code: str, party: str, name: str, born: str) -> None:
    staff.records(code, "PersonNamed", party=party, name=name, born_on=born)


def earlier_and_now(call_taker: CallTaker) -> tuple[str, str]:
    """Two calls, weeks apart as far as anybody knows, of a survivor who spells her name in two ways."""
    earlier, now = call_taker.takes_a_silent_call(), call_taker.takes_a_silent_call()
    names(call_taker, earlier, "survivor", "Wilhelmina Zwanziger", "1984-03-09")
    names(call_taker, earlier, "suspect", "Bartholomew Quist", "1980-01-02")
    names(call_taker, now, "suspect", "Bart Quist", "1980-01-02")
    return earlier, now


def test_a_misspelt_name_brings_up_the_earlier_report_and_a_link_is_answered_by_a_person(
    call_taker: CallTaker, supervisor: Supervisor, signs_in: Callable[[type[Staff]], Staff], served: Served
) -> None:
    earlier, now = earlier_and_now(call_taker)
    supervisor.records(earlier, "BailGranted", ends_at="2099-01-01T12:00")

    # As the name is typed, misspelt, the earlier report comes up without a key pressed
    page = call_taker.page
    page.goto(f"{served.at}/desk/history/look")
    page.fill("#why", "the call on line two")
    page.locator("#name").press_sequentially("Vilhelmina Zvanziger", delay=5)
    found = page.locator(f"#history a[href='/desk/case/{earlier}']")
    found.wait_for()
    beside = page.locator("#history .candidate", has=page.locator(f"a[href='/desk/case/{earlier}']")).inner_text()
    assert "Wilhelmina Zwanziger" in beside
    assert "Bail before charge" in beside
    assert "zwanziger" not in page.url.lower()

    # From the case in hand it is proposed, and nothing is linked by that
    page.goto(f"{served.at}/desk/case/{now}/history")
    follow(page.locator("button:has-text('Look for earlier reports')"))
    card = page.locator(".candidate", has=page.locator(f"a[href='/desk/case/{earlier}']"))
    follow(card.locator("button:has-text('Propose a link')"))
    assert "It is no link until somebody has answered it" in page.locator("main").inner_text()
    assert not [entry for entry in served.entries(now) if entry.kind == "ReportLinked"]

    # A supervisor reads why, and accepts: it stands in both
    desk = supervisor.page
    desk.goto(f"{served.at}/desk/case/{now}/history")
    answer = desk.locator(f"#answer-{earlier}")
    assert "number same" in answer.inner_text()
    answer.locator("summary:has-text('Accept')").click()
    follow(answer.locator("button:has-text('Accept the link')"))
    for one, other in ((now, earlier), (earlier, now)):
        linked = [entry.fields.to_case for entry in served.entries(one) if entry.kind == "ReportLinked"]
        assert linked == [other.lower()]
    assert call_taker.complaints == supervisor.complaints == []


def test_before_officers_leave_a_telephone_shows_who_is_on_bail(
    call_taker: CallTaker, supervisor: Supervisor, chromium: object, served: Served
) -> None:
    earlier, now = earlier_and_now(call_taker)
    supervisor.records(earlier, "BailGranted", ends_at="2099-01-01T12:00")
    officer = Officer(context(chromium, width=390).new_page(), served)  # type: ignore[arg-type]
    page = officer.page
    page.goto(f"{served.at}/desk/case/{now}/who-is-there")
    page.locator("label.chip:has-text('Bart Quist')").click()
    follow(page.locator("button:has-text('Check them')"))
    told = page.locator("#found").inner_text()
    assert "Bail before charge" in told
    assert "certain" in told
    assert "The firearms register" in told
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # 'No' needs somebody who looked
    page.locator("#bail .chip:has-text('No')").first.click()
    page.locator("#firearms_certificate .chip:has-text('No')").first.click()
    follow(page.locator("button:has-text('Record the check')"))
    assert "can only be said by whoever looked" in page.locator(".govuk-error-summary").inner_text()
    for place in ("national police computer", "firearms register"):
        page.locator(f"label.chip:has-text('{place}')").click()
    follow(page.locator("button:has-text('Record the check')"))
    assert page.url.endswith(f"/desk/case/{now}")
    (said,) = [entry.fields for entry in served.entries(now) if entry.kind == "SceneChecked"]
    assert (said.bail, said.firearms_certificate) == ("yes", "no")
    assert officer.complaints == []


def test_without_script_the_button_does_the_same(call_taker: CallTaker, chromium: object, served: Served) -> None:
    earlier, _now = earlier_and_now(call_taker)
    page = context(chromium, script=False).new_page()  # type: ignore[arg-type]
    complaints = watch(page)
    page.goto(f"{served.at}/desk/sign-in")
    page.fill("#name", "call.taker")
    page.fill("#password", served.password)
    follow(page.locator("form:has(#password) button"))
    page.goto(f"{served.at}/desk/history/look")
    page.fill("#name", "Zwantziger Wilhelmina")
    page.fill("#born", "1984")
    page.fill("#why", f"call of {datetime.now(UTC):%H:%M}")
    follow(page.locator("button:has-text('Look')"))
    assert re.search("Wilhelmina Zwanziger", page.locator("#history").inner_text())
    assert page.locator(f"#history a[href='/desk/case/{earlier}']").count()
    assert complaints == []
