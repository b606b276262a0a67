"""A statement, from the offer to the signature, as an officer takes it at a kitchen table: on a tablet, a telephone, a
desk; drawn or typed; in Urdu with an interpreter; with script and without.

Where HOLDFAST_PICTURES names a folder, each page is kept there as a picture, to be looked at.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator
from playwright.sync_api import Page
from tests.journeys.conftest import Opens
from tests.journeys.filling import fill
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Officer
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import follow
from tests.support.served import Served

from holdfast.record.entry import Entry

pytestmark = pytest.mark.browser

SAID = ("He came home at nine. I was in the kitchen.", "He broke the green lamp and stood in the door.")
URDU = ("وہ نو بجے گھر آیا۔ میں باورچی خانے میں تھی۔", "اس نے سبز چراغ توڑا اور دروازے میں کھڑا ہو گیا۔")


def picture(page: Page, name: str) -> None:
    """Keeps the page as a picture, where somebody asked for it."""
    if folder := os.environ.get("HOLDFAST_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{width_of(page)}.png", full_page=True)


def judged(page: Page, name: str) -> None:
    """Nothing for axe to find, nothing wider than the page, and a picture of it."""
    for width in at_each_width(page, 390, 1280):
        picture(page, name)
        assert found_by_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def box_of(found: Locator) -> dict[str, float]:
    """Where something stands on the screen."""
    box = found.bounding_box()
    assert box, "it is not on the page"
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def width_of(page: Page) -> int:
    size = page.viewport_size
    assert size
    return size["width"]


def of_kind(served: Served, code: str, kind: str) -> list[Entry]:
    return [entry for entry in served.entries(code) if entry.kind == kind]


def press(page: Page, words: str) -> None:
    follow(page.locator(f"main button:has-text('{words}'):visible").first)


def begins(page: Page, served: Served, code: str, **said: str) -> None:
    page.goto(f"{served.at}/desk/case/{code}/statement")
    follow(page.locator("a.button:has-text('Write it down'), a.button:has-text('Write a later')").first)
    fill(page, {"name": "Ada Invented", "language": "en", "written_by": "officer", "reads": "yes", **said})
    press(page, "Begin")


def reads_over(page: Page, by: str = "officer") -> None:
    fill(page, {"read_by": by})
    page.locator("label:has-text('They say that every paragraph')").click()
    press(page, "It was read over and is right")


@pytest.fixture
def code(call_taker: CallTaker) -> str:
    return call_taker.takes_a_silent_call()


def test_a_statement_is_written_read_over_corrected_drawn_and_typed(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens(width=1280).new_page(), served)
    page = officer.page

    # Given that it is offered in this place's words
    page.goto(f"{served.at}/desk/case/{code}/statement")
    assert "it is your choice" in page.locator(".read-aloud").first.inner_text()
    judged(page, "overview")
    fill(page, {"offer-told_may_refuse": "yes", "offer-video_offered": "no"})
    press(page, "Record that it was offered")

    # When it is written down in two savings
    begins(page, served, code)
    page.locator("[name=words]").nth(0).fill(SAID[0])
    press(page, "Save")
    page.locator("[name=words]").nth(1).fill(SAID[1])
    judged(page, "draft")
    press(page, "Save, and read it over")

    # And read over, with one correction
    page.locator("summary:has-text('Correct paragraph 1')").click()
    judged(page, "read")
    page.locator("#words-1").fill("He came home at ten. I was in the kitchen.")
    page.locator("details[open] label:has-text('The person who makes it')").click()
    follow(page.locator("button:has-text('for paragraph 1')"))
    judged(page, "read-corrected")
    reads_over(page)

    # And signed, drawn with a mouse and typed
    judged(page, "sign")
    press(page, "I sign this")
    assert "It is not signed yet" in page.locator("main").inner_text()
    box = page.locator("canvas")
    box.scroll_into_view_if_needed()
    place = box_of(box)
    page.mouse.move(place["x"] + 30, place["y"] + place["height"] / 2)
    page.mouse.down()
    for step in range(12):
        across = place["x"] + 30 + step * place["width"] / 16
        page.mouse.move(across, place["y"] + place["height"] / 2 + (20 if step % 2 else -20))
    page.mouse.up()
    page.fill("#typed", "Ada Invented")
    picture(page, "sign-drawn")
    press(page, "I sign this")

    # Then it is signed, once, as it was read
    judged(page, "signed")
    assert "Signed" in page.locator("main").inner_text()
    signed = of_kind(served, code, "StatementSignatureTaken")
    assert [entry.fields.how for entry in signed] == ["drawn_and_typed"]
    assert len(of_kind(served, code, "StatementTaken")) == 1
    assert signed[0].fields.text_sha256 == of_kind(served, code, "StatementTextReadOver")[-1].fields.text_sha256
    assert sorted(entry.fields.what for entry in of_kind(served, code, "ItemTaken")) == ["signature", "statement"]
    follow(page.locator("a:has-text('To print')"))
    judged(page, "paper")
    assert officer.complaints == []


def test_it_is_signed_with_a_finger_and_the_box_can_be_cleared(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens(width=390, has_touch=True).new_page(), served)
    page = officer.page
    begins(page, served, code)
    page.locator("[name=words]").nth(0).fill(SAID[0])
    press(page, "Save, and read it over")
    reads_over(page)
    box = page.locator("canvas")
    line = page.context.new_cdp_session(page)

    def draws() -> None:
        box.scroll_into_view_if_needed()
        place = box_of(box)
        for kind, step in [("touchStart", 0), *[("touchMove", step) for step in range(1, 9)], ("touchEnd", 9)]:
            points = (
                [] if kind == "touchEnd" else [{"x": place["x"] + 20 + step * 25, "y": place["y"] + 30 + step % 3 * 12}]
            )
            line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    draws()
    assert page.locator("[data-signature] [role=status]").inner_text() == "Drawn."
    page.locator("[data-clear]").click()
    press(page, "I sign this")
    assert "It is not signed yet" in page.locator("main").inner_text()
    draws()
    picture(page, "sign-finger")
    press(page, "I sign this")
    assert of_kind(served, code, "StatementSignatureTaken")[0].fields.how == "drawn"
    assert officer.complaints == []


def test_without_script_the_name_is_typed_and_the_box_is_not_there(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens(width=390, script=False).new_page(), served)
    page = officer.page
    begins(page, served, code)
    page.locator("[name=words]").nth(0).fill("\n\n".join(SAID))
    press(page, "Save, and read it over")
    assert page.locator("ol.said-text > li:not(.added)").count() == len(SAID)
    reads_over(page)
    assert not page.locator("canvas").is_visible()
    picture(page, "sign-without-script")
    page.fill("#typed", "Ada Invented")
    press(page, "I sign this")
    assert of_kind(served, code, "StatementSignatureTaken")[0].fields.how == "typed"


def test_by_keyboard_alone_it_is_signed_by_typing(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens().new_page(), served)
    page = officer.page
    begins(page, served, code)
    page.locator("[name=words]").nth(0).fill(SAID[0])
    press(page, "Save, and read it over")
    reads_over(page)
    page.focus("#typed")
    page.keyboard.type("Ada Invented")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert of_kind(served, code, "StatementSigned")


def test_in_urdu_both_texts_stand_side_by_side_and_the_interpreter_certifies(
    opens: Opens, served: Served, code: str
) -> None:
    officer = Officer(opens(width=390).new_page(), served)
    page = officer.page
    begins(page, served, code, language="ur")
    for place, (words, english) in enumerate(zip(URDU, SAID, strict=True)):
        page.locator("[name=words]").nth(place).fill(words)
        page.locator("[name=translation]").nth(place).fill(english)
    judged(page, "urdu-draft")
    for width in at_each_width(page, 390, 1280):
        first, second = box_of(page.locator("#words-1")), box_of(page.locator("#translation-1"))
        assert (first["y"] == pytest.approx(second["y"], abs=6)) == (width > 900)
    assert page.locator("#words-1").evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert page.locator("#translation-1").evaluate("each => getComputedStyle(each).direction") == "ltr"
    press(page, "Save, and read it over")
    judged(page, "urdu-read")
    reads_over(page, "interpreter")
    fill(page, {"name": "Ines Translator", "independent": "yes", "interpreted_truly": "yes", "how": "in_person"})
    judged(page, "urdu-certificate")
    press(page, "Record the certificate")
    judged(page, "urdu-sign")
    assert page.locator("ol.said-text").evaluate("each => getComputedStyle(each).direction") == "rtl"
    page.fill("#typed", "عائشہ")
    press(page, "I sign this")
    judged(page, "urdu-signed")
    assert of_kind(served, code, "InterpreterCertified")[0].fields.independent == "yes"
    assert of_kind(served, code, "StatementSignatureTaken")[0].fields.typed == "عائشہ"
    follow(page.locator("a:has-text('To print')"))
    judged(page, "urdu-paper")
    assert officer.complaints == []


def test_a_withdrawal_an_impact_statement_and_a_film(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens(width=390).new_page(), served)
    page = officer.page
    page.goto(f"{served.at}/desk/case/{code}/statement/film")
    judged(page, "film")
    fill(page, {"reference": "BWV/77"})
    press(page, "Record the filmed statement")
    page.goto(f"{served.at}/desk/case/{code}/statement/withdraw")
    assert "Charges are not yours to drop" in page.locator(".read-aloud").inner_text()
    judged(page, "withdraw")
    fill(page, {"alone": "yes", "not_theirs_to_drop": "yes", "first_stays": "yes", "support_offered": "yes",
                "told_may_go_on": "yes", "pressed": "yes", "reason": "His mother came to my door."})  # fmt: skip
    press(page, "Record it, and write their statement")
    fill(page, {"name": "Ada Invented"})
    press(page, "Begin")
    assert page.locator("#words-1").input_value() == "His mother came to my door."
    page.goto(f"{served.at}/desk/case/{code}/statement/begin?sort=impact")
    judged(page, "begin")
    fill(page, {"name": "Ada Invented"})
    press(page, "Begin")
    page.locator("[name=words]").nth(0).fill("I do not sleep.")
    press(page, "Save, and read it over")
    reads_over(page)
    page.locator("label:has-text('Yes, I want to read it aloud')").first.click()
    page.fill("#typed", "Ada Invented")
    judged(page, "impact-sign")
    press(page, "I sign this")
    judged(page, "impact-signed")
    kinds = [entry.kind for entry in served.entries(code)]
    for kind in ("StatementFilmed", "StatementWithdrawn", "WithdrawalExplained", "ImpactStatementMade"):
        assert kinds.count(kind) == 1, kind
    assert officer.complaints == []


def test_a_film_is_put_into_the_vault_and_recorded_from_there(opens: Opens, served: Served, code: str) -> None:
    page = Officer(opens(script=False).new_page(), served).page
    page.goto(f"{served.at}/desk/case/{code}/statement/film")
    follow(page.locator("a:has-text('Put one there')"))
    press(page, "")
    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"\x00\x00\x00\x18ftypmp42" + bytes(20_000)}
    page.set_input_files("#files", files=[film])  # type: ignore[list-item]
    press(page, "Take it in")
    page.goto(f"{served.at}/desk/case/{code}/statement/film")
    page.locator("label:has-text('In the vault since')").click()
    picture(page, "film-in-the-vault")
    press(page, "Record the filmed statement")
    item = next(entry.fields.item for entry in of_kind(served, code, "ItemTaken"))
    assert of_kind(served, code, "StatementFilmed")[0].fields.item == item
    assert of_kind(served, code, "StatementTaken")[0].fields.form == "video"


def test_signed_out_while_writing_nothing_typed_is_lost(opens: Opens, served: Served, code: str) -> None:
    officer = Officer(opens().new_page(), served)
    page = officer.page
    begins(page, served, code)
    page.locator("[name=words]").nth(0).fill(SAID[0])
    page.locator("[name=words]").nth(1).fill(SAID[1])
    page.context.clear_cookies()
    press(page, "Save")
    page.fill("#name", "officer")
    page.fill("#password", served.password)
    press(page, "Sign in and go on")
    assert page.locator("[name=words]").nth(1).input_value() == SAID[1]
    assert not of_kind(served, code, "StatementDrafted")
    press(page, "Save")
    assert [each.words for each in of_kind(served, code, "StatementDrafted")[0].fields.paragraphs] == list(SAID)
