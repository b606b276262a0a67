"""The survivor at their own page, and anybody who reads the public guide."""

from typing import NamedTuple

from playwright.sync_api import Page
from tests.journeys.filling import fill
from tests.support.browser import follow
from tests.support.browser import watch
from tests.support.served import Served


class Line(NamedTuple):
    """One promise as the page has it."""

    says: str
    state: str
    when: str


class Survivor:
    """Somebody with a code and four words."""

    def __init__(self, page: Page, served: Served):
        self.page = page
        self.served = served
        self.complaints = watch(page)

    def opens_their_page(self, code: str, words: str) -> None:
        """Enters with the code and the words."""
        self.page.goto(f"{self.served.at}/my/")
        fill(self.page, {"code": code, "words": words})
        follow(self.page.get_by_role("button", name="Open", exact=True))

    @property
    def is_in(self) -> bool:
        """Whether the page is open."""
        return self.page.locator("h1").inner_text() == "What happens now"

    def reads_what_happens_now(self) -> str:
        """The first page, as words."""
        self.page.goto(f"{self.served.at}/my/")
        return self.page.locator("main").inner_text()

    def reads_every_promise(self) -> list[Line]:
        """Every promise on the list, those folded away too."""
        self.page.goto(f"{self.served.at}/my/list")
        rows = self.page.locator(".promises > li").evaluate_all(
            """rows => rows.flatMap(row => {
                const says = row.querySelector('p').textContent
                const by = row.querySelector('.by').textContent
                const first = [says, row.querySelector('.tag').textContent, by]
                const again = [...row.querySelectorAll('li')].map(other => {
                    const said = other.firstChild.textContent
                    return [says, said.split('.')[0], said]
                })
                return [first, ...again]
            })"""
        )
        return [Line(says, state.strip(), when.strip()) for says, state, when in rows]

    def reads_what_they_can_do(self) -> list[Line]:
        """What the survivor can do, and until when."""
        self.page.goto(f"{self.served.at}/my/until")
        rows = self.page.locator(".promises > li").evaluate_all(
            """rows => rows.map(row => [row.querySelector('p'), row.querySelector('.tag'), row.querySelector('.by')]
                .map(part => part.textContent))"""
        )
        return [Line(*row) for row in rows]

    def says_that_it_did_not_happen(self, says: str, words: str) -> None:
        """'This did not happen', on the promise that says so."""
        self.page.goto(f"{self.served.at}/my/list")
        promise = self.page.locator(".promises > li", has_text=says).first
        if not promise.is_visible():  # what is done stands by part of the story, folded away
            self.page.locator("main details", has=promise).first.locator("summary").first.click()
        follow(promise.locator("button").first)
        fill(self.page, {"words": words})
        follow(self.page.locator("main button:has-text('It did not happen')"))

    def asks(self, question: str) -> None:
        """Asks a question."""
        self.page.goto(f"{self.served.at}/my/ask")
        fill(self.page, {"q-question": question})
        follow(self.page.locator("main button:has-text('Send the question')"))

    def leaves(self) -> None:
        """Presses the control."""
        self.page.click("#leave")

    def leaves_by_shift(self) -> None:
        """Shift, three times."""
        for _ in range(3):
            self.page.keyboard.press("Shift")


class Reader:
    """Anybody who reads the guide."""

    def __init__(self, page: Page, served: Served):
        self.page = page
        self.served = served
        self.complaints = watch(page)

    def pages(self) -> list[str]:
        """The address of every page of the guide for England and Wales."""
        self.page.goto(f"{self.served.at}/guide/england-and-wales/")
        links = self.page.locator("main a[href^='/guide/']").evaluate_all("links => links.map(link => link.href)")
        return list(dict.fromkeys(links))

    def reads_every_promise(self) -> set[str]:
        """Each sentence that some page of the guide gives as a promise."""
        found: set[str] = set()
        for address in self.pages():
            self.page.goto(address)
            found |= set(self.page.locator(".promises > li > p:first-child").all_text_contents())
        return found
