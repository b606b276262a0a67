"""Words at the desk: given by somebody who knows the survivor, on paper or aloud; second words; supporters."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.support.entering import calm  # noqa: F401 a fixture

from holdfast.access.survivor_words import case_for
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.opening import opened_by
from holdfast.access.words import word_list
from holdfast.casefile.append import Draft
from holdfast.casefile.reading import case_by_code

GIVEN = {"how": "read_aloud", "safe": "yes", "known": "met_in_person"}
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asks(desk, code, address="words", **sent):
    page = desk.opens(f"/desk/case/{code}/{address}")
    return desk.sends(f"/desk/case/{code}/{address}", {**hidden(page), **sent})


def words_on(page):
    return re.search(r'class="four">([^<]+)<', page)[1]


def test_the_paper_has_a_neutral_title_and_no_word_of_ours(desk):
    page = asks(desk, a_case(), **{**GIVEN, "how": "on_paper"})
    assert "<title>Information</title>" in page
    paper = re.sub(r"<[^>]+>", " ", page[page.index("card-to-keep") : page.index("</main")]).lower()
    said = set(re.findall(r"\w+", paper))  # whole words: 'suitcase' may be one of the four
    assert len(said) > 20
    assert not said & {"police", "abuse", "holdfast", "victim", "survivor", "case", "crime", "officer", "safe"}
    assert desk.page.headers["Cache-Control"] == "no-store"


def test_read_aloud_each_word_stands_letter_by_letter(desk):
    page = asks(desk, a_case(), **GIVEN)
    for word in words_on(page).split():
        assert " ".join(word.replace("-", "")).upper() in page


@pytest.mark.parametrize("known", ["not_asked", "not_known", "declined", "answered_from_the_record"])
def test_whoever_is_not_known_is_given_nothing(desk, known):
    code = a_case()
    asks(desk, code, **{**GIVEN, "known": known})
    assert desk.page.status_code == 422
    assert len(entries(code)) == 1


def test_how_they_were_known_is_written_down(desk):
    code = a_case()
    asks(desk, code, **GIVEN)
    assert entries(code)[-1].fields.known == "met_in_person"


def test_no_paper_is_made_where_it_is_not_safe_to_keep_one(desk):
    code = a_case()
    asks(desk, code, **{**GIVEN, "how": "on_paper", "safe": "no"})
    assert desk.page.status_code == 422
    assert len(entries(code)) == 1


def test_words_are_in_the_survivors_language_where_it_has_a_list_and_the_page_says_which(desk):
    code = a_case(Draft("PersonNamed", {"party": "survivor", "language": "fr"}, MARCH))
    assert re.search(r'value="fr"\s+selected', desk.opens(f"/desk/case/{code}/words"))
    page = asks(desk, code, language="fr", **GIVEN)
    assert set(words_on(page).split()) <= set(word_list("fr"))
    assert "The words are French" in page


def test_second_words_are_agreed_with_the_survivor_there_and_never_on_paper(desk):
    code = a_case()
    asks(desk, code, "second-words")
    assert desk.page.status_code == 422
    assert len(entries(code)) == 1
    page = asks(desk, code, "second-words", with_me="yes", language="en")
    assert opened_by(code, words_on(page)).kind == SECOND
    assert (entries(code)[-1].kind, entries(code)[-1].fields.with_whom) == ("SecondWordsAgreed", desk.staff)
    assert "to be learnt, not kept" in page
    asks(desk, code, "second-words", end="1")
    assert opened_by(code, words_on(page)) is None


def test_somebody_is_let_in_with_staff_and_ended_by_new_words_unless_they_are_kept(desk):
    code = a_case()
    until = f"{datetime.now(UTC).date() + timedelta(days=5):%Y-%m-%d}"
    page = asks(desk, code, "supporters", name="Sam", who="friend", may=["see_contact"], until=until)
    words = words_on(page)
    assert opened_by(code, words).kind == SUPPORTER
    asks(desk, code, keep="on", **GIVEN)
    assert opened_by(code, words)
    new = words_on(asks(desk, code, **GIVEN))
    assert opened_by(code, words) is None
    assert [each.kind for each in entries(code)][-2:] == ["SurvivorWordsIssued", "SupporterEnded"]
    assert case_for(code, new) == case_by_code(code)


@pytest.mark.parametrize("wrong", [{"may": []}, {"until": "2000-01-01"}, {"until": "2999-01-01"}, {"name": ""}])
def test_whoever_cannot_be_let_in_so_is_not(desk, wrong):
    code = a_case()
    until = f"{datetime.now(UTC).date() + timedelta(days=5):%Y-%m-%d}"
    right = {"name": "Sam", "who": "friend", "may": ["see_contact"], "until": until}
    asks(desk, code, "supporters", **{**right, **wrong})
    assert desk.page.status_code == 422
    assert len(entries(code)) == 1
