"""Every page of every door, as it is drawn: axe finds nothing at telephone and desktop width, nothing complains in the
console or is refused by the content security policy, and without script each page offers the same.
"""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.journeys.held_to import faults_here
from tests.journeys.held_to import faults_of
from tests.journeys.held_to import shape
from tests.journeys.staff import Supervisor
from tests.journeys.survivor import Reader
from tests.journeys.survivor import Survivor
from tests.support.browser import follow
from tests.support.browser import watch
from tests.support.served import Served

from holdfast.access.may import NOT_BY_FORM
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS

pytestmark = pytest.mark.browser

Opens = Callable[..., BrowserContext]
Own = tuple[str, str]  # a survivor's code and words
LONG, RUNNING = "One case from a silent call to sentence", "Running now"
SURVIVOR = ("", "list", "people", "until", "reach", "plan", "looks", "ask", "choices")
LOOKS = "looks"  # grows with every look, and so differs from one look to the next
WIDTHS = (375, 1280)


@pytest.fixture
def own(words_for: Callable[[str], Own]) -> Own:
    return words_for(LONG)


def guide_pages(page: Page, served: Served, own: Own) -> list[str]:
    return [
        f"{served.at}/",
        f"{served.at}/guide/england-and-wales/",
        f"{served.at}/traces",
        *Reader(page, served).pages(),
    ]


def survivor_pages(page: Page, served: Served, own: Own) -> list[str]:
    Survivor(page, served).opens_their_page(*own)
    return [f"{served.at}/my/{path}" for path in SURVIVOR]


def desk_pages(page: Page, served: Served, own: Own) -> list[str]:
    Supervisor(page, served)
    long, running = (f"{served.at}/desk/case/{served.cases[name]['code']}" for name in (LONG, RUNNING))
    desk = [f"{served.at}/desk/{path}" for path in ("", "?whose=team", "keys", "find", "call", "overview", "figures")]
    return [
        *desk,
        long,
        running,
        *(f"{running}/{path}" for path in ("record", "correct/2", "report", "words", "looks")),
    ]


DOORS = {"guide": guide_pages, "survivor": survivor_pages, "desk": desk_pages}


@pytest.mark.parametrize(("door", "widths"), [("guide", WIDTHS[:1]), ("survivor", WIDTHS)])
def test_no_page_has_a_fault(door: str, widths: tuple[int, ...], opens: Opens, served: Served, own: Own) -> None:
    """The guide's templates at desktop width, and the desk, have theirs in tests/doors/."""
    page = opens(width=375).new_page()
    assert faults_of(page, DOORS[door](page, served, own), *widths) == {}


@pytest.mark.parametrize("door", DOORS)
def test_every_page_offers_the_same_without_script(door: str, opens: Opens, served: Served, own: Own) -> None:
    with_script, without = opens().new_page(), opens(script=False).new_page()
    addresses = DOORS[door](with_script, served, own)
    DOORS[door](without, served, own)
    differ = {}
    for address in addresses:
        if address.endswith(f"/{LOOKS}") and door == "desk":
            continue
        with_script.goto(address)
        without.goto(address)
        if shape(with_script) != shape(without):
            differ[address] = (shape(with_script), shape(without))
    assert differ == {}


def kinds_that_show_every_field() -> list[str]:
    """As few kinds as have between them every sort of field that a form can draw, those with most sorts first."""
    sorts = {
        name: {
            (field.holds, field.required, len(field.choices) > 8, bool(field.group), bool(field.hint), bool(field.part))
            for field in fields_of(kind)
        }
        for name, kind in KINDS.items()
        if name not in NOT_BY_FORM | {"CaseOpened"}
    }
    wanted, chosen = set().union(*sorts.values()), []
    while wanted:
        best = max(sorts, key=lambda name: (len(sorts[name] & wanted), name))
        chosen.append(best)
        wanted -= sorts[best]
    return chosen


def test_no_form_of_a_kind_has_a_fault(opens: Opens, served: Served) -> None:
    """They are drawn from the same few fields: each sort at each width. HOLDFAST_EVERY_FORM=1 opens all of them."""
    chosen = kinds_that_show_every_field()
    assert len(chosen) > 5
    every = sorted(set(KINDS) - NOT_BY_FORM - {"CaseOpened"})
    page = opens(width=1280).new_page()
    Supervisor(page, served)
    case = f"{served.at}/desk/case/{served.cases['Nothing late']['code']}/record"
    names = every if os.environ.get("HOLDFAST_EVERY_FORM") else chosen
    assert faults_of(page, [f"{case}/{name}" for name in names], *WIDTHS) == {}


def test_pages_that_say_no_have_no_fault_either(opens: Opens, served: Served) -> None:
    page = opens(width=375).new_page()
    complaints = watch(page)
    for address in (
        "/desk/sign-in",
        "/my/in",
        "/guide/nowhere/",
        "/no-such-page",
        "/guide/england-and-wales/no-such-page",
    ):
        page.goto(served.at + address)
        assert faults_here(page, *WIDTHS) == [], address
    page.goto(f"{served.at}/desk/sign-in")
    page.fill("#name", "nobody")
    page.fill("#password", "nothing")
    follow(page.locator("form:has(#password) button"))
    assert faults_here(page, *WIDTHS) == []
    Supervisor(page, served)
    page.goto(f"{served.at}/desk/case/{served.cases[RUNNING]['code']}/record/BailGranted")
    follow(page.locator("form.form .buttons button:has-text('Record')"))
    assert page.locator(".govuk-error-summary").count() == 1
    assert faults_here(page, *WIDTHS) == []
    page.goto(f"{served.at}/desk/case/ZZZZZZZZ")
    assert faults_here(page, *WIDTHS) == []
    assert complaints == []


def test_what_can_be_larger_stays_readable(opens: Opens, served: Served, own: Own) -> None:
    """Somebody who sets their letters to twice the size still reads without scrolling sideways."""
    page = opens(width=640).new_page()
    addresses = survivor_pages(page, served, own) + guide_pages(opens().new_page(), served, own)[:6]
    sideways = []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            sideways.append(address)
    assert sideways == []


def test_a_page_with_faults_is_found_out(opens: Opens, served: Served) -> None:
    """The checks of this file can fail."""
    page = opens(width=375).new_page()
    complaints = watch(page)
    page.goto(f"{served.at}/")
    page.evaluate(
        """() => {
            document.querySelector('main').innerHTML = '<img src="https://elsewhere.example/x.png">'
            const code = document.createElement('script')
            code.textContent = '1'
            document.body.append(code)
        }"""
    )
    page.wait_for_timeout(200)
    faults = " ".join(faults_here(page))
    assert "image-alt" in faults
    assert "one h1" in faults
    assert any("Content Security Policy" in one for one in complaints)
