"""The survivor's pages without script, as on an old telephone: enter, read, ask, dispute, close."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from tests.journeys.staff import Supervisor
from tests.journeys.survivor import Survivor
from tests.support.browser import follow
from tests.support.served import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def without_script(served: Served, opens: Callable[..., BrowserContext]) -> Survivor:
    return Survivor(opens(width=375, script=False).new_page(), served)


def test_a_survivor_enters_reads_asks_disputes_and_closes_without_script(
    without_script: Survivor, supervisor: Supervisor, served: Served, words_for: Callable[[str], tuple[str, str]]
) -> None:
    # Given somebody with a code and words
    survivor = without_script
    code, words = words_for("Nothing late")
    survivor.opens_their_page(code, words)
    assert survivor.is_in

    # When they ask, and say that something did not happen
    survivor.asks("When may I ask for the decision to be looked at again?")
    assert "It is written down." in survivor.page.locator("main").inner_text()
    done = next(line for line in survivor.reads_every_promise() if line.state == "Done")
    survivor.says_that_it_did_not_happen(done.says, "Nobody rang me.")
    said = survivor.page.locator("main").inner_text()
    assert "It is written down." in said
    assert "supervisor" in said.lower()

    # Then a supervisor owes an answer, with a clock, and what the record said before is still in it
    assert any(key.startswith("answer-dispute@") for key in supervisor.owed(code))
    kinds = [entry.kind for entry in served.entries(code)]
    assert kinds[-2:] == ["QuestionAsked", "PromiseDisputed"]

    # And the page closes
    follow(survivor.page.locator("text=Close my page"))
    survivor.page.goto(f"{served.at}/my/list")
    assert survivor.page.locator("#words").count() == 1


def test_wrong_words_open_nothing_and_lock_nobody_out(
    without_script: Survivor, words_for: Callable[[str], tuple[str, str]]
) -> None:
    survivor = without_script
    code, words = words_for("Nothing late")
    survivor.opens_their_page(code, "these are no words")
    assert "not locked" in survivor.page.locator("main").inner_text()
    assert survivor.page.locator("#code").input_value() == code
    assert survivor.page.locator("#words").input_value() == ""
    survivor.opens_their_page(code, words)
    assert survivor.is_in
