"""What follows a statement: a later one, a withdrawal, an impact statement, a film; and each clock starts once."""

from datetime import UTC
from datetime import datetime

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.stating import NAMED
from tests.doors.desk.stating import SECRET
from tests.doors.desk.stating import at
from tests.doors.desk.stating import begins
from tests.doors.desk.stating import kinds
from tests.doors.desk.stating import last
from tests.doors.desk.stating import reads_over
from tests.doors.desk.stating import saves
from tests.doors.desk.stating import signed_one
from tests.doors.desk.stating import signs
from tests.doors.desk.stating import text

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import case_by_code
from holdfast.duties.owed import owed
from holdfast.record.entry import By


@pytest.fixture
def officer(database) -> Desk:
    return Desk("officer", "PC1").signs_in()


@pytest.fixture
def code(officer) -> str:
    return a_case(NAMED)


class TestWhatFollows:
    def test_a_later_statement_is_about_the_first_and_starts_no_clock_again(self, officer, code):
        first = signed_one(officer, code)
        number = begins(officer, code, sort="later", about=str(first))
        saves(officer, code, number, "I remember more", do="read")
        reads_over(officer, code, number)
        signs(officer, code, number)
        assert kinds(code).count("StatementTaken") == 1
        assert last(code, "LaterStatementTaken").about == (number,)
        assert last(code, "StatementStarted").about == (first,)

    def test_a_second_first_statement_is_refused(self, officer, code):
        signed_one(officer, code)
        officer.sends(at(code, "/begin"), {"sort": "witness", "name": "Ada", "language": "en"})
        assert officer.page.status_code == 422
        assert "a later one" in text(officer)

    def test_one_recorded_as_taken_before_is_written_down_without_being_taken_twice(self, officer):
        taken = Draft("StatementTaken", {"of": "survivor", "form": "notebook"}, datetime(2026, 3, 2, 9, 5, tzinfo=UTC))
        code = a_case(NAMED, taken)
        assert "Write that one down here" in officer.opens(at(code))
        number = begins(officer, code, about="3")
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        signs(officer, code, number)
        assert kinds(code).count("StatementTaken") == 1
        assert "LaterStatementTaken" not in kinds(code)
        assert last(code, "StatementSigned").about == (3, number)

    def test_a_withdrawal_records_why_whether_pressed_and_what_they_were_told(self, officer, code):
        signed_one(officer, code)
        officer.opens(at(code, "/withdraw"))
        assert "Charges are not yours to drop" in text(officer)
        assert "the Crown Prosecution Service" in text(officer)
        assert "may go on without you" in text(officer)
        said = {"alone": "yes", "not_theirs_to_drop": "yes", "first_stays": "yes", "support_offered": "yes",
                "told_may_go_on": "yes", "pressed": "yes", "reason": "His mother came to the door"}  # fmt: skip
        officer.sends(at(code, "/withdraw"), {**said, "pressed": ""})
        assert officer.page.status_code == 422
        assert "His mother came to the door" in officer.page.content.decode()
        officer.sends(at(code, "/withdraw"), said)
        assert "sort=withdrawal" in officer.page.headers["Location"]
        withdrawn, told = last(code, "StatementWithdrawn"), last(code, "WithdrawalExplained")
        assert (withdrawn.fields.pressed, withdrawn.fields.told_may_go_on) == ("yes", "yes")
        assert told.about == (withdrawn.number,)
        assert told.fields.support_offered == "yes"
        page = officer.opens(at(code, "/begin"), sort="withdrawal", about=str(withdrawn.number))
        assert f'name="about" value="{withdrawn.number}"' in page
        assert "My queue" in page
        number = begins(officer, code, sort="withdrawal", about=str(withdrawn.number))
        assert "His mother came to the door" in officer.opens(at(code, f"/{number}/draft"))
        saves(officer, code, number, "I want to stop. His mother came.", do="read")
        reads_over(officer, code, number)
        signs(officer, code, number)
        assert kinds(code).count("StatementWithdrawn") == 1
        assert kinds(code).count("StatementTaken") == 1

    def test_an_impact_statement_is_changed_until_the_court_had_it(self, officer, code):
        officer.sends(at(code), {"do": "decline-impact"})
        assert officer.page.status_code == 422
        officer.sends(at(code), {"do": "offer-impact", "offer-impact-told_may_update": "yes"})
        first = begins(officer, code, sort="impact")
        saves(officer, code, first, "I do not sleep", do="read")
        reads_over(officer, code, first)
        signs(officer, code, first)
        assert officer.page.status_code == 422  # nobody asked whether they want to read it aloud
        signs(officer, code, first, wants_to_read="yes")
        second = begins(officer, code, sort="impact", about=str(first))
        assert "I do not sleep" in officer.opens(at(code, f"/{second}/draft"))
        saves(officer, code, second, "I sleep again", do="read")
        reads_over(officer, code, second)
        signs(officer, code, second, wants_to_read="no")
        made = [entry.fields.wants_to_read for entry in entries(code) if entry.kind == "ImpactStatementMade"]
        assert made == ["yes", "no"]
        officer.sends(at(code, f"/{second}"), {"do": "court", "how": "aloud_by_somebody_else"})
        assert last(code, "ImpactStatementRead").fields.how == "aloud_by_somebody_else"
        officer.sends(at(code, "/begin"), {"sort": "impact", "name": "Ada", "language": "en"})
        assert officer.page.status_code == 422
        assert "Change it" not in officer.opens(at(code, f"/{second}"))

    @pytest.mark.parametrize(("sort", "kind"), [("witness", "StatementTaken"), ("impact", "ImpactStatementMade")])
    def test_a_film_is_taken_by_its_reference_or_from_the_vault(self, officer, code, sort, kind):
        officer.sends(at(code, "/film"), {"sort": sort, "item": "", "reference": "", "language": "en"})
        assert officer.page.status_code == 422
        officer.sends(at(code, "/film"), {"sort": sort, "item": "0" * 36, "reference": "X", "language": "en"})
        assert officer.page.status_code == 422
        officer.sends(at(code, "/film"), {"sort": sort, "item": "", "reference": "BWV/7", "language": "en"})
        assert officer.page.status_code == 302
        assert last(code, "StatementFilmed").about == (last(code, kind).number,)

    def test_a_film_in_the_vault_is_offered_once(self, officer, code):
        item = "11111111-1111-4111-8111-111111111111"
        said = {"item": item, "what": "statement_video", "size": 5, "sha256": "0" * 64}
        append(case_by_code(code), "ItemTaken", said, by=By("officer", "PC1"), happened_at=datetime.now(UTC))
        assert item in officer.opens(at(code, "/film"))
        officer.sends(at(code, "/film"), {"sort": "witness", "item": item, "language": "en"})
        assert last(code, "StatementFilmed").fields.item == item
        assert last(code, "StatementTaken").fields.form == "video"
        assert item not in officer.opens(at(code, "/film"))


class TestClocks:
    def owed(self, code):
        from holdfast.casefile.reading import read_case

        file = read_case(case_by_code(code))
        pack = pack_called(file.pack)
        return [(each.duty.id, each.state) for each in owed(file.entries, pack, datetime.now(UTC))]

    def test_in_england_and_wales_the_assault_clock_starts_once_and_reading_over_is_kept(self, officer, code):
        number = signed_one(officer, code)
        later = begins(officer, code, sort="later", about=str(number))
        saves(officer, code, later, "More", do="read")
        reads_over(officer, code, later)
        signs(officer, code, later)
        found = self.owed(code)
        assert found.count(("start-assault-case-after-statement", "open")) == 1
        assert [state for duty, state in found if duty == "read-over-statement"] == ["kept"]
        assert [state for duty, state in found if duty == "offer-impact-statement"] == ["open"]

    def test_in_ontario_reading_over_is_kept(self, officer):
        code = a_case(NAMED, pack="ontario")
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        assert ("read-over-statement", "open") in self.owed(code)
        reads_over(officer, code, number)
        assert [state for duty, state in self.owed(code) if duty == "read-over-statement"] == ["kept"]

    def test_a_withdrawal_starts_the_look_at_safety_once(self, officer, code):
        signed_one(officer, code)
        officer.sends(
            at(code, "/withdraw"),
            {"alone": "yes", "not_theirs_to_drop": "yes", "told_may_go_on": "yes", "pressed": "no", "reason": "Tired"},
        )
        number = begins(officer, code, sort="withdrawal", about=str(last(code, "StatementWithdrawn").number))
        saves(officer, code, number, "Tired", do="read")
        reads_over(officer, code, number)
        signs(officer, code, number)
        found = self.owed(code)
        assert found.count(("check-safety-after-withdrawal", "open")) == 1
        assert found.count(("start-assault-case-after-statement", "open")) == 1

    def test_an_impact_statement_starts_telling_who_will_see_it(self, officer, code):
        number = begins(officer, code, sort="impact")
        saves(officer, code, number, "I do not sleep", do="read")
        reads_over(officer, code, number)
        signs(officer, code, number, wants_to_read="not_known")
        assert self.owed(code).count(("tell-impact-use", "open")) == 1

    def test_in_new_zealand_a_film_ends_the_time_for_a_film(self, officer):
        from holdfast.casefile.reading import read_case
        from holdfast.duties.limits import limits

        now = datetime.now(UTC)
        said = {"reference": "R1", "offence": "Assault", "offence_on": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
        code = a_case(NAMED, Draft("CrimeRecorded", said, now), pack="new-zealand")

        def states():
            file = read_case(case_by_code(code))
            found = limits(file.entries, pack_called(file.pack), datetime.now(UTC))
            return [each.state for each in found if each.limit.id == "give-video-statement"]

        assert states() == ["open"]
        officer.sends(at(code, "/film"), {"sort": "witness", "item": "", "reference": "V1", "language": "en"})
        assert states() != ["open"]
