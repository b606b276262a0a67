"""What the survivor asks, refuses or disputes is written into the case, and the page says by when it is answered."""

import re

import pytest

from holdfast.doors.survivor.views.asking import ASKED_FOR
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS


def said(survivor):
    """What the next page says of what was just done."""
    found = re.search(r'<div class="note" role="status"><p>(.*?)</p>', survivor.reads())
    return found[1] if found else ""


def last(survivor):
    return survivor.entries()[-1]


def test_a_request_is_written_and_its_answer_is_promised_by_a_day(survivor):
    survivor.enters()
    survivor.browser.post("/my/ask", {"about": "ask", "a-asked_for": "photographs", "a-words": "They show now."})
    written = last(survivor)
    assert written.kind == "RequestMade"
    assert written.by.role == "survivor"
    assert (written.fields.asked_for, written.fields.words) == ("photographs", "They show now.")
    assert re.search(r"^It is written down\. When you ask for something.*By the end of \w+day", said(survivor))


def test_what_was_said_about_it_is_shown_once(survivor):
    survivor.enters()
    survivor.browser.post("/my/ask", {"about": "question", "q-question": "When?"})
    assert "It is written down." in survivor.reads()
    assert "It is written down." not in survivor.reads()


def test_a_question_is_written(survivor):
    survivor.enters()
    survivor.browser.post("/my/ask", {"about": "question", "q-question": "When is the bail date?"})
    assert (last(survivor).kind, last(survivor).fields.question) == ("QuestionAsked", "When is the bail date?")


def test_a_no_is_passed_on_to_a_person_and_stops_nothing_by_itself(survivor):
    survivor.enters()
    survivor.browser.post("/my/choices", {"no_to": "sharing", "words": "Not with the school."})
    written = last(survivor)
    assert written.kind == "MessageReceived"
    assert written.fields.asks_for_answer == "yes"
    assert "shared" in written.fields.words
    assert "Not with the school." in written.fields.words
    assert re.search(r"^It is written down\. .*By the end of \w+day", said(survivor))


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("ask", {"about": "ask"}),
        ("ask", {"about": "ask", "a-asked_for": "not_asked"}),
        ("ask", {"about": "question", "q-question": "   "}),
        ("ask", {"about": "question", "q-question": "x" * 5001}),
        ("choices", {"no_to": "", "words": "no"}),
    ],
    ids=["nothing chosen", "not on the list", "an empty question", "far too long", "no to nothing"],
)
def test_what_cannot_be_written_says_why_and_writes_nothing(survivor, page, sent):
    survivor.enters()
    before = len(survivor.entries())
    answer = survivor.browser.post(f"/my/{page}", sent)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert len(survivor.entries()) == before


@pytest.mark.parametrize(
    ("page", "sent", "field", "kept"),
    [
        ("ask", {"about": "question", "q-question": "x\x00\x1by\x7f"}, "question", "xy"),
        ("ask", {"about": "question", "q-question": "first\x0bsecond"}, "question", "first\nsecond"),
        ("ask", {"about": "ask", "a-asked_for": "other", "a-words": "\x07bell"}, "words", "bell"),
        ("choices", {"no_to": "other", "words": "\x08no\x1f"}, "words", "Something else.\nno"),
    ],
    ids=["a question", "a line break of another kind", "a request", "a no"],
)
def test_a_character_that_no_page_can_show_never_loses_the_words(survivor, page, sent, field, kept):
    survivor.enters()
    assert survivor.browser.post(f"/my/{page}", sent).status_code == 302
    assert getattr(last(survivor).fields, field) == kept


def test_nothing_but_what_cannot_be_shown_is_an_empty_question(survivor):
    survivor.enters()
    answer = survivor.browser.post("/my/ask", {"about": "question", "q-question": "\x07\x0b"})
    assert answer.status_code == 422
    assert "Write your question" in answer.content.decode()


def test_everything_that_can_be_asked_for_in_the_record_can_be_asked_for_here():
    [field] = [each for each in fields_of(KINDS["RequestMade"]) if each.name == "asked_for"]
    assert {value for value, _ in ASKED_FOR} == set(field.choices) - set(UNKNOWN)


@pytest.fixture
def told_of_bail(survivor):
    """The record says that the survivor was told of the bail."""
    survivor.record("NeedsAssessed", enhanced="yes", days=8)
    bail = survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat(), days=7)
    survivor.told = survivor.record("SurvivorTold", (bail,), what=["bail"], channel="telephone", days=6.9)
    survivor.enters()
    return survivor


def key_of(page, says="You will be told that they are on bail"):
    after = page.split(says)[1]
    return re.search(r'name="key" value="([0-9a-f]+)"', after)[1]


def test_this_did_not_happen_is_asked_first_and_then_written_about_the_entry(told_of_bail):
    survivor = told_of_bail
    key = key_of(survivor.reads("list"))
    before = len(survivor.entries())
    asked = survivor.browser.post("/my/note", {"key": key}).content.decode()
    assert "You will be told that they are on bail" in asked
    assert len(survivor.entries()) == before
    survivor.browser.post("/my/note", {"key": key, "sure": "1", "words": "Nobody rang."})
    written = last(survivor)
    assert (written.kind, written.about) == ("PromiseDisputed", (survivor.told,))
    assert (written.fields.duty, written.fields.words) == ("tell-bail", "Nobody rang.")
    assert written.by.role == "survivor"


def test_a_dispute_makes_a_supervisor_answer_by_a_day(told_of_bail):
    survivor = told_of_bail
    survivor.browser.post("/my/note", {"key": key_of(survivor.reads("list")), "sure": "1"})
    assert re.search(r"^It is written down\. .*a supervisor looks into it.*By the end of \w+day", said(survivor))


@pytest.mark.parametrize("key", ["", "0" * 16, "1", "../../etc"])
def test_a_key_that_the_page_did_not_give_writes_nothing(told_of_bail, key):
    before = len(told_of_bail.entries())
    answer = told_of_bail.browser.post("/my/note", {"key": key, "sure": "1"})
    assert answer["Location"] == "/my/list"
    assert len(told_of_bail.entries()) == before


def test_only_what_is_called_done_can_be_disputed(survivor):
    survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat(), days=7)
    survivor.enters()
    after = survivor.reads("list").split("You will be told that they are on bail")[1].split("</li>")[0]
    assert "did not happen" not in after


def test_a_dispute_with_a_character_that_cannot_be_shown_is_written(told_of_bail):
    key = key_of(told_of_bail.reads("list"))
    answer = told_of_bail.browser.post("/my/note", {"key": key, "sure": "1", "words": "Nobody\x7f rang.\x07"})
    assert answer.status_code == 302
    assert last(told_of_bail).fields.words == "Nobody rang."


def test_what_the_record_refuses_is_said_and_the_words_stay_on_the_page(survivor):
    """A clock that is ahead told of the bail more than a minute from now: what lies before it cannot be about it."""
    survivor.record("NeedsAssessed", enhanced="yes", days=8)
    bail = survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat(), days=7)
    survivor.record("SurvivorTold", (bail,), what=["bail"], channel="telephone", days=-1.5 / 1440)
    survivor.enters()
    key = key_of(survivor.reads("list"))
    before = len(survivor.entries())
    answer = survivor.browser.post("/my/note", {"key": key, "sure": "1", "words": "Nobody rang me."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "Nobody rang me.</textarea>" in page
    assert len(survivor.entries()) == before
