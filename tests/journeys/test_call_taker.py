"""A call, taken in a real browser by the keyboard alone: the connection drops, the page is lost, nothing typed is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.journeys.held_to import faults_here
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Dispatcher
from tests.support.browser import follow
from tests.support.browser import watch
from tests.support.served import Served

pytestmark = pytest.mark.browser
Opens = Callable[..., BrowserContext]
KEPT = ".kept--so"


def tab_to(page: Page, name: str, value: str = "") -> None:
    """Presses Tab until the field or button of that name has the focus, as somebody without a mouse does."""
    wanted = f"[name='{name}']" + (f"[value='{value}']" if value else "")
    for _ in range(250):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def is_kept(page: Page) -> None:
    page.locator(KEPT).wait_for()


def test_a_call_is_taken_by_the_keyboard_and_nothing_is_lost_when_the_line_drops(opens: Opens, served: Served) -> None:
    taker = CallTaker(opens().new_page(), served)
    page = taker.page
    page.keyboard.press("c")
    page.wait_for_url("**/desk/call")
    assert page.evaluate("document.activeElement.name") == "call-safe_now"
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/desk/call/*")
    code = page.url.rsplit("/", 1)[1]
    assert [entry.kind for entry in served.entries(code)] == ["CaseOpened", "CallReceived"]
    page.keyboard.press("1")
    page.locator("[data-said='safe-now']:has-text('recorded')").wait_for()
    tab_to(page, "where-place")
    page.keyboard.type("14 Example Terrace")
    tab_to(page, "survivor-name")
    page.keyboard.type("Invented Caller")
    is_kept(page)

    page.context.set_offline(True)
    tab_to(page, "asked-injuries")
    page.keyboard.type("A cut on the arm")
    page.locator(".kept--not:has-text('NOT KEPT')").wait_for()
    page.context.set_offline(False)
    is_kept(page)

    tab_to(page, "asked-what_happened")
    with page.expect_response(lambda answer: "a+kni" in (answer.request.post_data or "")) as kept:
        page.keyboard.type("He has a kni")
    assert kept.value.ok
    page.close()  # the browser is gone in the middle of a word

    other = opens().new_page()
    page = CallTaker(other, served).page
    page.goto(f"{served.at}/desk/call")
    follow(page.locator(f"a[href='/desk/call/{code}']"))
    assert page.input_value("#id_where-place") == "14 Example Terrace"
    assert page.input_value("#id_asked-what_happened") == "He has a kni"
    assert page.input_value("#id_asked-injuries") == "A cut on the arm"
    assert page.is_checked("[name='call-safe_now'][value='no']")
    complaints = watch(page)
    assert faults_here(page) == []
    tab_to(page, "do", "officer")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "An officer now: recorded" in page.locator("main").inner_text()
    kinds = [entry.kind for entry in served.entries(code)]
    assert kinds.count("CallReceived") == 1
    assert {"CallAdviceGiven", "LocationFound", "PersonNamed", "CallQuestionsAnswered", "CallGraded"} <= set(kinds)
    said = [entry.fields for entry in served.entries(code) if entry.kind == "CallQuestionsAnswered"]
    assert "A cut on the arm" in {each.injuries for each in said}
    assert "He has a kni" in {each.what_happened for each in said}
    assert complaints == []
    dispatcher = Dispatcher(opens().new_page(), served)
    assert f"/desk/case/{code}/record/UnitSent" in dispatcher.page.content()


def test_without_script_the_button_keeps_all_of_it(opens: Opens, served: Served) -> None:
    page = CallTaker(opens(script=False, width=390).new_page(), served).page
    page.goto(f"{served.at}/desk/call?way=counter&who=survivor")
    page.check("[name='call-safe_now'][value='yes']")
    page.fill("#id_asked-what_happened", "Told at the counter.")
    follow(page.locator("#keep"))
    code = page.url.rsplit("/", 1)[1]
    found = {entry.kind: entry.fields for entry in served.entries(code)}
    assert (found["CallReceived"].route, found["CallQuestionsAnswered"].what_happened) == (
        "counter", "Told at the counter.",
    )  # fmt: skip
    assert page.input_value("#id_asked-what_happened") == "Told at the counter."
    page.goto(f"{served.at}/desk/call/{code}/again")
    page.check("[name='again-why'][value='moved_to_a_safer_place']")
    page.fill("#id_again-new_place", "14 Example Close")
    follow(page.locator("form.form .buttons button"))
    assert "one to the first address" in page.locator("main").inner_text()
