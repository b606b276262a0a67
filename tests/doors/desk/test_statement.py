"""Statements at the desk: offered, written down, read over with each correction kept, in two languages."""

from datetime import UTC
from datetime import datetime
from html import unescape

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.doors.desk.stating import NAMED
from tests.doors.desk.stating import SECRET
from tests.doors.desk.stating import URDU
from tests.doors.desk.stating import at
from tests.doors.desk.stating import begins
from tests.doors.desk.stating import certifies
from tests.doors.desk.stating import content
from tests.doors.desk.stating import corrects
from tests.doors.desk.stating import drawn
from tests.doors.desk.stating import kinds
from tests.doors.desk.stating import last
from tests.doors.desk.stating import reads_over
from tests.doors.desk.stating import saves
from tests.doors.desk.stating import sent_as
from tests.doors.desk.stating import signs
from tests.doors.desk.stating import text

from holdfast.casefile.append import append
from holdfast.casefile.reading import case_by_code
from holdfast.record.entry import By


@pytest.fixture
def officer(database) -> Desk:
    return Desk("officer", "PC1").signs_in()


@pytest.fixture
def code(officer) -> str:
    return a_case(NAMED)


class TestTheOffer:
    def test_it_is_read_aloud_in_the_packs_own_words_and_recorded(self, officer, code):
        page = officer.opens(at(code))
        assert "it is your choice" in text(officer)
        assert "The Crown Prosecution Service decides what happens then." in text(officer)
        assert "{{" not in page
        officer.sends(at(code), {"do": "offer", "offer-told_may_refuse": "yes", "offer-video_offered": "no"})
        assert "was offered" in officer.follows()
        assert last(code, "StatementOffered").fields.told_may_refuse == "yes"

    def test_declining_is_recorded_with_the_reason_and_asks_nobody_to_drop_anything(self, officer, code):
        officer.sends(at(code), {"do": "decline", "decline-reason": "Afraid of him", "decline-other_evidence": "Video"})
        assert officer.page.status_code == 302
        assert last(code, "StatementDeclined").fields.reason == "Afraid of him"

    def test_what_must_never_be_done_stands_there_where_the_place_says_so(self, officer):
        code = a_case(NAMED, pack="ontario")
        assert "It is no factor." in officer.opens(at(code))


class TestTheDraft:
    def test_every_save_is_an_entry_and_the_earlier_ones_stay(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "First words")
        saves(officer, code, number, "Second words", "And more")
        saved = [entry for entry in entries(code) if entry.kind == "StatementDrafted"]
        assert [[each.words for each in entry.fields.paragraphs] for entry in saved] == [
            ["First words"], ["Second words", "And more"],
        ]  # fmt: skip

    def test_a_blank_line_begins_a_paragraph_and_an_emptied_one_is_left_out(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "One\r\n\r\nTwo\r\nstill two", "", "   ", "Three")
        words = [each.words for each in last(code, "StatementDrafted").fields.paragraphs]
        assert words == ["One", "Two\nstill two", "Three"]

    def test_saving_the_same_again_writes_nothing(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "One")
        before = len(entries(code))
        saves(officer, code, number, "One")
        assert "Nothing had changed" in officer.follows()
        assert len(entries(code)) == before

    def test_two_officers_at_once_lose_no_paragraph(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "Both saw this")
        version = hidden(officer.opens(at(code, f"/{number}/draft")))["version"]
        append(case_by_code(code), "CaseAllocated", {"role": "officer", "staff": "PC2"}, by=By("officer", "PC1"),
               happened_at=datetime.now(UTC))  # fmt: skip
        other = Desk("officer", "PC2").signs_in()
        saves(other, code, number, "Both saw this", "The other wrote this")
        page = officer.sends(
            at(code, f"/{number}/draft"), {"version": version, "words": ["Both saw this", "I wrote this"]}
        )
        assert officer.page.status_code == 409
        assert "The other wrote this" in page
        assert "I wrote this" in page
        assert [each.words for each in last(code, "StatementDrafted").fields.paragraphs][1] == "The other wrote this"
        both = ["Both saw this", "The other wrote this", "I wrote this"]
        officer.sends(at(code, f"/{number}/draft"), {"version": hidden(page)["version"], "words": both})
        assert [each.words for each in last(code, "StatementDrafted").fields.paragraphs] == both

    def test_an_entry_elsewhere_in_the_case_stands_in_nobodys_way(self, officer, code):
        number = begins(officer, code)
        version = hidden(officer.opens(at(code, f"/{number}/draft")))["version"]
        append(case_by_code(code), "OfficerStatementMade", {}, by=By("officer", "PC9"), happened_at=datetime.now(UTC))
        officer.sends(at(code, f"/{number}/draft"), {"version": version, "words": ["Mine"]})
        assert officer.page.status_code == 302

    def test_two_hundred_paragraphs_are_kept_in_order(self, officer, code):
        number = begins(officer, code)
        many = [f"Paragraph {place} of many" for place in range(1, 201)]
        saves(officer, code, number, *many, do="read")
        assert [each.words for each in last(code, "StatementDrafted").fields.paragraphs] == many
        assert "Paragraph 200 of many" in officer.follows()

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (["Sound", "a\x07b"], "Paragraph 2 holds a sign that cannot be shown"),
            (["x" * 20_001], "Paragraph 1 is too long"),
            ([f"p{place}" for place in range(301)], "at most 300 paragraphs"),
            (["y" * 15_000] * 7, "at most 100,000 letters"),
            (["", "  "], "Nothing was written down yet"),
        ],
    )
    def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(self, officer, code, words, why):
        number = begins(officer, code)
        page = saves(officer, code, number, *words)
        assert officer.page.status_code == 422
        assert why in text(officer)
        assert all(each.strip() in unescape(page) for each in words if "\x07" not in each)
        assert "StatementDrafted" not in kinds(code)

    def test_nothing_typed_lies_on_the_disk_in_clear(self, officer, code, database):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        signs(officer, code, number, picture=sent_as(drawn()))
        there = [path for path in database.parent.rglob("*") if path.is_file()]
        assert there
        for path in there:
            assert SECRET.encode() not in path.read_bytes(), path.name
            assert b"Ada Invented" not in path.read_bytes(), path.name

    def test_its_words_do_not_stand_on_the_cases_page(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, SECRET)
        assert SECRET not in officer.opens(f"/desk/case/{code}?all=1")


class TestReadingOver:
    def test_each_correction_keeps_what_stood_there_and_who_asked(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", "He left", do="read")
        corrects(officer, code, number, 1, "He came at ten")
        said = last(code, "StatementParagraphCorrected").fields
        assert (said.paragraph, said.before, said.after, said.asked_by) == (
            1, "He came at nine", "He came at ten", "maker",
        )  # fmt: skip
        corrects(officer, code, number, 3, "And came back")
        page = officer.opens(at(code, f"/{number}/read"))
        assert "He came at ten" in page
        assert "And came back" in page
        assert "<del>He came at nine</del>" in page

    def test_who_asked_has_to_be_said_and_what_was_typed_stays(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", do="read")
        corrects(officer, code, number, 1, "He came at eleven", asked_by="")
        assert officer.page.status_code == 422
        assert "He came at eleven" in officer.page.content.decode()
        assert "StatementParagraphCorrected" not in kinds(code)

    def test_after_the_reading_a_correction_needs_another_reading(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", do="read")
        reads_over(officer, code, number)
        corrects(officer, code, number, 1, "He came at ten")
        officer.opens(at(code, f"/{number}/sign"))
        assert officer.page.status_code == 302
        reads_over(officer, code, number)
        assert kinds(code).count("StatementTextReadOver") == 2
        assert last(code, "StatementReadOver").fields.corrections == "yes"

    def test_it_is_not_read_over_before_they_say_that_it_is_right(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", do="read")
        reads_over(officer, code, number, agreed="")
        assert officer.page.status_code == 422
        assert "StatementReadOver" not in kinds(code)

    def test_another_text_than_the_page_showed_is_not_agreed(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", do="read")
        reads_over(officer, code, number, text="0" * 64)
        assert officer.page.status_code == 409
        assert "StatementReadOver" not in kinds(code)

    def test_once_it_is_read_a_whole_new_draft_is_refused(self, officer, code):
        number = begins(officer, code)
        version = hidden(officer.opens(at(code, f"/{number}/draft")))["version"]
        saves(officer, code, number, "He came at nine", do="read")
        officer.sends(at(code, f"/{number}/draft"), {"version": version, "words": ["Something else"]})
        assert officer.page.headers["Location"].endswith("/read")
        assert "Something else" not in str(entries(code))


class TestTwoLanguages:
    def test_both_texts_stand_side_by_side_marked_as_what_they_are(self, officer, code):
        number = begins(officer, code, language="ur")
        page = saves(officer, code, number, URDU, translation=[SECRET])
        page = officer.opens(at(code, f"/{number}/draft"))
        assert 'lang="ur" dir="rtl"' in page
        assert 'lang="en-GB" dir="ltr"' in page
        page = officer.opens(at(code, f"/{number}/read"))
        assert f'<p class="words" lang="ur" dir="rtl">{URDU}</p>' in page
        assert f'<p class="words translation" lang="en-GB" dir="ltr">{SECRET}</p>' in page

    @pytest.mark.parametrize(
        ("typed", "kept", "into"),
        [("English", "en", ""), ("english ", "en", ""), ("Urdu", "ur", "en-GB"), ("Mirpuri", "Mirpuri", "en-GB")],
    )
    def test_a_language_may_be_typed_by_its_name(self, officer, code, typed, kept, into):
        number = begins(officer, code, language=typed)
        said = last(code, "StatementStarted").fields
        assert (said.language, said.translated_into) == (kept, into)
        page = officer.opens(at(code, f"/{number}/draft"))
        assert ('dir="auto"' in page) == (typed == "Mirpuri")

    def test_it_is_signed_only_with_the_interpreters_certificate(self, officer, code):
        number = begins(officer, code, language="ur")
        saves(officer, code, number, URDU, translation=[SECRET], do="read")
        reads_over(officer, code, number, read_by="interpreter")
        assert officer.page.headers["Location"].endswith("/certificate")
        officer.opens(at(code, f"/{number}/sign"))
        assert officer.page.status_code == 302
        certifies(officer, code, number, interpreted_truly="no")
        assert officer.page.status_code == 422
        certifies(officer, code, number)
        signs(officer, code, number, typed="عائشہ")
        assert officer.page.status_code == 302, text(officer)
        document = content(code, last(code, "StatementSignatureTaken").fields.item).decode()
        for there in (URDU, SECRET, "Ines Translator", "Independent of everybody in the case: yes", "Language: Urdu"):
            assert there in document

    def test_a_correction_undoes_the_certificate(self, officer, code):
        number = begins(officer, code, language="ur")
        saves(officer, code, number, URDU, translation=[SECRET], do="read")
        reads_over(officer, code, number, read_by="interpreter")
        certifies(officer, code, number)
        corrects(officer, code, number, 1, URDU, translation="He broke the lamp")
        reads_over(officer, code, number, read_by="interpreter")
        officer.opens(at(code, f"/{number}/sign"))
        assert officer.page.headers["Location"].endswith("/certificate")

    def test_it_is_not_read_over_while_a_translation_is_missing(self, officer, code):
        number = begins(officer, code, language="ar")
        saves(officer, code, number, URDU, "ثم", translation=[SECRET, ""], do="read")
        assert officer.page.status_code == 422
        assert "missing in paragraph 2" in text(officer)
        assert "StatementTaken" not in kinds(code)
        assert len(last(code, "StatementDrafted").fields.paragraphs) == 2

    def test_marks_that_turn_letters_about_are_written_out(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He said \u202eteg\u202c it 😀", do="read")
        page = officer.opens(at(code, f"/{number}/read"))
        shown = page.split('class="words"')[1].split("</p>")[0]
        assert "‹U+202E›teg‹U+202C› it 😀" in shown
        assert "\u202e" not in shown
        reads_over(officer, code, number)
        signs(officer, code, number)
        document = content(code, last(code, "StatementSignatureTaken").fields.item).decode()
        assert "‹U+202E›teg‹U+202C› it 😀" in document
        assert "\u202e" not in document

    def test_no_words_can_pass_for_a_number_or_a_line_of_ours(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "One\n2. Forged\n-----END TEXT-----\nSigned:", do="read")
        reads_over(officer, code, number)
        signs(officer, code, number)
        document = content(code, last(code, "StatementSignatureTaken").fields.item).decode()
        assert document.count("\n-----END TEXT-----\n") == 1
        assert "\n2. " not in document


class TestWhoMay:
    def test_a_call_taker_an_auditor_and_a_partner_do_not(self, database, code):
        for role in ("call_taker", "auditor", "adviser", "records_officer"):
            desk = Desk(role).signs_in()
            desk.opens(at(code))
            assert desk.page.status_code in (403, 404), role

    def test_no_statement_of_another_case_opens_here(self, officer, code):
        number = begins(officer, code)
        other = a_case(NAMED)
        officer.opens(at(other, f"/{number + 7}"))
        assert officer.page.status_code == 404
