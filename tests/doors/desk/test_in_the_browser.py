"""The desk in a real browser: axe finds nothing, nothing is wider than a phone, keys work and can be turned off."""

import pytest
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import watch

pytestmark = pytest.mark.browser

RUNNING = "Running now"
PAGES = {
    "sign-in": "/desk/sign-in",
    "recover": "/desk/sign-in/recover",
    "account": "/desk/account",
    "account-add": "/desk/account/add",
    "colleagues": "/desk/colleagues",
    "queue": "/desk/",
    "another role's queue": "/desk/?role=investigator&whose=overdue",
    "find": "/desk/find",
    "keys": "/desk/keys",
    "call": "/desk/call",
    "history": "/desk/history/look",
    "links": "/desk/case/{code}/history",
    "who is there": "/desk/case/{code}/who-is-there",
    "overview": "/desk/overview",
    "figures": "/desk/figures",
    "case": "/desk/case/{code}",
    "choose": "/desk/case/{code}/record",
    "risk": "/desk/case/{code}/record/RiskAssessed?instrument=dash",
    "bail": "/desk/case/{code}/record/BailGranted",
    "told": "/desk/case/{code}/record/SurvivorTold",
    "waive": "/desk/case/{code}/record/DutyWaived",
    "correct": "/desk/case/{code}/correct/3",
    "report": "/desk/case/{code}/report",
    "evidence": "/desk/case/{code}/evidence?taken=injury_photograph",
    "statements": "/desk/case/{code}/statement",
    "a statement to begin": "/desk/case/{code}/statement/begin?sort=impact",
    "a withdrawal": "/desk/case/{code}/statement/withdraw",
    "a filmed statement": "/desk/case/{code}/statement/film",
    "what to take in": "/desk/case/{code}/evidence/take",
    "an injury to take in": "/desk/case/{code}/evidence/take?what=injury_photograph",
    "an exhibit": "/desk/case/{code}/evidence/exhibit",
    "words": "/desk/case/{code}/words",
    "looks": "/desk/case/{code}/looks",
    "refused": "/desk/case/22222222",
}


def signed_in(chromium, served, name="supervisor", **more):
    page = context(chromium, locale="en-GB", **more).new_page()
    page.goto(f"{served.at}/desk/sign-in")
    page.fill("#name", name)
    page.fill("#password", served.password)
    follow(page.locator("form:has(#password) button"))
    page.wait_for_url(f"{served.at}/desk/")
    return page


@pytest.fixture(scope="module")
def code(served):
    return served.cases[RUNNING]["code"]


@pytest.fixture(scope="module")
def at_the_desk(chromium, served):
    page = signed_in(chromium, served)
    yield page
    page.context.close()


def is_well(page):
    """Whether axe finds nothing, and nothing is wider than the page, at a desk and on a telephone."""
    for width in at_each_width(page, 1280, 390):
        assert found_by_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    return True


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(at_the_desk, served, code, name):
    page = at_the_desk
    complaints = watch(page)
    page.goto(served.at + PAGES[name].format(code=code))
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert is_well(page)
    assert complaints == []


def test_axe_finds_nothing_on_a_form_with_faults(at_the_desk, served, code):
    page = at_the_desk
    page.goto(f"{served.at}/desk/case/{code}/record/BailGranted")
    page.fill('[name="conditions.0.words"]', "Not within the street")
    follow(page.locator(".form .buttons button"))
    assert page.locator(".govuk-error-summary").is_visible()
    assert is_well(page)
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "ends_at"


class TestKeys:
    def test_j_and_k_walk_the_rows_and_d_opens_the_form(self, chromium, served):
        page = signed_in(chromium, served)
        page.keyboard.press("j")
        page.keyboard.press("j")
        rows = page.locator("[data-row]")
        assert rows.nth(1).evaluate("row => row === document.activeElement")
        page.keyboard.press("k")
        assert rows.nth(0).evaluate("row => row === document.activeElement")
        page.keyboard.press("d")
        page.wait_for_url("**/record/**")
        page.context.close()

    def test_each_key_that_a_page_names_leads_where_its_link_does(self, chromium, served):
        page = signed_in(chromium, served)
        links = page.locator("nav a[data-key]").evaluate_all("all => all.map(each => [each.dataset.key, each.href])")
        assert len(links) > 2
        for key, where in links:
            page.goto(f"{served.at}/desk/keys")
            page.keyboard.press(key)
            page.wait_for_url(where, timeout=5_000)
        page.context.close()

    def test_a_key_does_nothing_while_somebody_types(self, chromium, served):
        page = signed_in(chromium, served)
        page.goto(f"{served.at}/desk/find")
        page.fill("#code", "")
        page.keyboard.type("c?jq")
        assert page.url.endswith("/desk/find")
        assert page.input_value("#code") == "c?jq"
        page.context.close()

    def test_keys_can_be_turned_off_and_on_again(self, chromium, served, code):
        page = signed_in(chromium, served)
        page.keyboard.press("?")
        page.wait_for_url("**/desk/keys")
        follow(page.locator("text=Turn single keys off"))
        page.goto(f"{served.at}/desk/case/{code}")
        page.keyboard.press("n")
        assert page.url.endswith(f"/desk/case/{code}")
        page.goto(f"{served.at}/desk/keys")
        follow(page.locator("text=Turn single keys on"))
        page.goto(f"{served.at}/desk/case/{code}")
        page.keyboard.press("n")
        page.wait_for_url("**/record")
        page.context.close()

    def test_the_count_of_a_risk_form_follows_the_answers(self, chromium, served, code):
        page = signed_in(chromium, served)
        page.goto(f"{served.at}/desk/case/{code}/record/RiskAssessed?instrument=dash")
        for chip in page.locator('.topics input[value="yes"]').all()[:3]:
            chip.check()
        assert page.locator("[data-tally]").inner_text() == "3"
        page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_call_is_taken_by_the_keyboard_alone(chromium, served, script):
    page = signed_in(chromium, served, name="call.taker", script=script)
    complaints = watch(page)
    page.goto(f"{served.at}/desk/call")
    page.locator("#id_call-safe_now_1").focus()
    page.keyboard.press("Space")
    page.locator("#id_where-place").focus()
    page.keyboard.type("The bus stop by the mill")
    page.locator("#id_grade-grade").select_option("immediate")
    page.locator("#id_grade-reason").focus()
    page.keyboard.type("Not safe now.")
    page.locator("#keep").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/call/*")
    if script:
        page.locator(".kept--so:has-text('on the record')").wait_for()
    kinds = [entry.kind for entry in served.entries(page.url.rsplit("/", 1)[1])]
    assert kinds[:4] == ["CaseOpened", "CallReceived", "LocationFound", "CallGraded"]
    assert complaints == []
    page.context.close()


def test_a_row_of_conditions_is_added_and_recorded_without_script(chromium, served, code):
    page = signed_in(chromium, served, name="custody.officer", script=False)
    page.goto(f"{served.at}/desk/case/{code}/record/BailGranted")
    page.fill("#id_ends_at", "2099-01-01T12:00")
    for number in range(3):
        if page.locator(f'[name="conditions.{number}.type"]').count() == 0:
            follow(page.locator("text=Add another row"))
        page.select_option(f'[name="conditions.{number}.type"]', "keep_distance")
        page.fill(f'[name="conditions.{number}.words"]', f"Number {number}")
    follow(page.locator(".form .buttons button"))
    page.wait_for_url(f"**/desk/case/{code}")
    last = served.said(code)[-1]
    assert last.kind == "BailGranted"
    assert [part.words for part in last.fields.conditions] == ["Number 0", "Number 1", "Number 2"]
    page.context.close()
