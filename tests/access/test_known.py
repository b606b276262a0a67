"""What is read from a case's entries: referrals and consents, in any order, openings, walls, the separate unit."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.connections import ConnectionQuestion
from holdfast.access.connections import StaffConnection
from holdfast.access.connections import add_connections
from holdfast.access.emergency import OPEN_FOR
from holdfast.access.emergency import openings_in
from holdfast.access.emergency import reason_is_given
from holdfast.access.emergency import recorded_openly
from holdfast.access.known import case_known
from holdfast.access.known import consents_in
from holdfast.access.known import referrals_in
from holdfast.access.known import seen_by
from holdfast.access.may import CaseKnown
from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.access.naming import look_for_connections
from holdfast.access.partners import shared_with
from holdfast.access.reach import CaseApart
from holdfast.access.reach import CaseShared
from holdfast.access.reach import reach_of
from holdfast.access.staff import add_staff_member
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

LONDON = ZoneInfo("Europe/London")
DAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OFFICER = By("officer", "PC1")


def entry(number, kind, about=(), *, by=OFFICER, minutes=None, **fields):
    at = DAY + timedelta(minutes=number if minutes is None else minutes)
    return Entry(number, kind, at, at, by, read_fields(KINDS[kind], fields), None, tuple(about))


def shared(entries, at, agency="support_service", organisation=""):
    known = CaseKnown("X", referrals=tuple(referrals_in(entries)), consents=tuple(consents_in(entries, LONDON)))
    return shared_with(Person("adviser", "A1", agency=agency, organisation=organisation), known, at)


class TestSharing:
    REFERRED = entry(1, "SupportReferred", service="independent_adviser", consent="yes", named="Harbour Women's Aid")

    def test_a_consent_ends_with_its_day_in_the_cases_own_zone(self):
        june = datetime(2026, 6, 1, 9, tzinfo=UTC)
        said = [
            self.REFERRED._replace(
                happened_at=june, fields=read_fields(KINDS["SupportReferred"], {"service": "refuge"})
            ),
            entry(2, "ConsentGiven", with_whom="adviser", until="2026-06-10")._replace(happened_at=june),
        ]
        assert shared(said, datetime(2026, 6, 10, 22, 59, tzinfo=UTC)) == "referral-and-consent"
        assert shared(said, datetime(2026, 6, 10, 23, 0, tzinfo=UTC)) == ""

    @pytest.mark.parametrize(
        ("kind", "about", "fields"),
        [
            ("ConsentWithdrawn", (1,), {}),
            ("ConsentRefused", (), {"with_whom": "adviser"}),
            ("SupportDeclined", (), {"service": "independent_adviser"}),
            ("SupportDeclined", (), {}),
            ("ReferralEnded", (1,), {}),
            ("SupportAnswered", (1,), {"answer": "not_accepted"}),
            ("SupportReferred", (), {"service": "outreach", "consent": "no"}),
        ],
    )
    def test_each_way_of_ending_it_ends_it(self, kind, about, fields):
        ended = [self.REFERRED, entry(2, kind, about, **fields)]
        before, after = DAY + timedelta(minutes=1, seconds=30), DAY + timedelta(minutes=2)
        assert shared(ended, before, organisation="Harbour Womens Aid")
        assert not shared(ended, after, organisation="Harbour Womens Aid")

    def test_a_legal_ground_opens_for_its_days_only_and_never_when_it_is_not_stated(self):
        referred = entry(1, "SupportReferred", service="independent_adviser", consent="no")
        ground = entry(2, "InformationShared", with_whom="adviser", consent="no", ground="vital_interests")
        for later, opens in ((1, True), (27, True), (29, False)):
            assert bool(shared([referred, ground], DAY + timedelta(days=later))) is opens
        for unstated in ("consent", "other", "not_known", "not_asked"):
            weak = entry(2, "InformationShared", with_whom="adviser", consent="yes", ground=unstated)
            assert not shared([referred, weak], DAY + timedelta(days=1))

    @given(st.lists(st.sampled_from(["yes", "no", "withdrawn", "refused", "ended", "declined"]), max_size=8))
    def test_in_whatever_order_it_was_said_only_what_was_said_last_counts(self, said):
        """After a 'no' of any sort nothing is shared until somebody refers again with a clear yes."""
        entries, opens = [], False
        for number, what in enumerate(said, 1):
            made = {
                "yes": ("SupportReferred", (), {"service": "refuge", "consent": "yes"}),
                "no": ("SupportReferred", (), {"service": "refuge", "consent": "no"}),
                "withdrawn": ("ConsentWithdrawn", tuple(range(1, number)) or (99,), {}),
                "refused": ("ConsentRefused", (), {"with_whom": "adviser"}),
                "ended": ("ReferralEnded", tuple(range(1, number)) or (99,), {}),
                "declined": ("SupportDeclined", (), {}),
            }[what]
            entries.append(entry(number, made[0], made[1], **made[2]))
            opens = what == "yes"
        assert bool(shared(entries, DAY + timedelta(hours=1))) is opens

    def test_a_partner_is_shown_its_own_work_and_what_corrects_it(self):
        adviser = Person("adviser", "A1", agency="support_service")
        entries = [
            entry(1, "RiskRaised", grade="high", reason="x"),
            entry(2, "StatementTaken", form="written"),
            entry(3, "EntryCorrected", (1,), corrected={"reason": "y"}, struck="no", reason="z"),
            entry(4, "EntryCorrected", (2,), corrected={}, struck="yes", reason="z"),
        ]
        assert [each.number for each in seen_by(adviser, entries)] == [1, 3]
        health = adviser._replace(agency="health")
        named = [entry(1, "PersonNamed", party="suspect", name="A B"), entry(2, "PersonNamed", party="survivor")]
        assert [each.number for each in seen_by(health, named)] == [2]


class TestAnOpeningInAnEmergency:
    def test_lasts_as_long_as_it_lasts_whatever_the_entry_says(self):
        opening = entry(1, "FileOpenedInEmergency", reason="x", until="2027-01-01T00:00:00Z")
        assert openings_in([opening]) == {"PC1": opening.recorded_at + OPEN_FOR}

    def test_ends_at_once_when_it_was_found_not_to_be_right(self):
        opening = entry(1, "FileOpenedInEmergency", reason="x")
        right = entry(2, "EmergencyOpeningReviewed", (1,), justified="yes")
        wrong = entry(2, "EmergencyOpeningReviewed", (1,), justified="no")
        assert openings_in([opening, right])["PC1"] == opening.recorded_at + OPEN_FOR
        assert openings_in([opening, wrong])["PC1"] == wrong.recorded_at

    def test_gives_no_lasting_right_by_what_is_recorded_during_it(self):
        opening = entry(1, "FileOpenedInEmergency", reason="x")
        during = entry(2, "UnitArrived")
        after = entry(3, "UnitArrived", minutes=600)
        assert recorded_openly([opening, during]) == frozenset()
        assert recorded_openly([opening, during, after]) == {"PC1"}
        assert recorded_openly([entry(1, "UnitArrived", by=By("feed", "holdfast"))]) == frozenset()

    @pytest.mark.parametrize(
        "reason", ["", "x" * 40, "need it", " " * 50, "....................", "aaaa bbbb aaaa bbbb aaaa"]
    )
    def test_needs_a_reason_that_says_something(self, reason):
        assert not reason_is_given(reason)
        assert reason_is_given("Neighbour reports screams, need to know about weapons")


def a_case(*drafts):
    opened = open_case("england-and-wales", by=OFFICER, happened_at=DAY, drafts=drafts)
    return read_case(opened.case_id)


def known_of(file):
    return case_known(read_case(file.id), LONDON)


@pytest.mark.usefixtures("database")
class TestNaming:
    def test_nothing_that_is_somebodys_own_is_kept_as_it_was_given(self):
        add_connections(
            "PC7", "PC7", names=["Ruth Okafor"], addresses=["7 Mill Lane, Wells BA5 2PN"], numbers=["07700 900123"]
        )
        kept = " ".join(f"{row.what} {row.key}" for row in StaffConnection.objects.all()).casefold()
        for word in ("ruth", "okafor", "mill", "wells", "07700900123"):
            assert word not in kept

    @pytest.mark.parametrize(
        ("mine", "party", "how"),
        [
            ({"names": ["Ruth Ókafor"]}, {"name": "OKAFOR, Ruth"}, "same_name"),
            ({"numbers": ["+44 7700 900123"]}, {"number": "07700 900 123"}, "same_number"),
            ({"addresses": ["7 Mill Lane, Wells, BA5 2PN"]}, {"address": "7, Mill Ln, Wells ba52pn"}, "same_address"),
            ({"addresses": ["Flat 3, 9 Quay St"]}, {"address": "flat 3 9 quay st."}, "same_address"),
        ],
    )
    def test_a_match_shuts_out_at_once_and_the_record_says_so(self, mine, party, how):
        add_connections("PC7", "PC7", **mine)
        file = a_case(Draft("PersonNamed", {"party": "suspect", **party}, DAY))
        assert "PC7" in known_of(file).walled_off  # before anything was written about it
        look_for_connections(file, DAY)
        found = read_case(file.id).entries[-1]
        assert (found.kind, found.fields.staff, found.fields.how) == ("StaffConnectionFound", "PC7", how)
        assert (found.by.role, found.by.staff) == ("feed", "holdfast")
        assert file.code in reach_of(Person("officer", "PC7"), DAY).without
        before = read_case(file.id).length
        look_for_connections(read_case(file.id), DAY)
        assert read_case(file.id).length == before

    def test_a_town_alone_and_a_first_name_alone_match_nobody(self):
        add_connections("PC7", "PC7", names=["Ruth"], addresses=["Wells"], numbers=["999"])
        file = a_case(
            Draft("PersonNamed", {"party": "suspect", "name": "Ruth", "address": "Wells", "number": "999"}, DAY)
        )
        assert known_of(file).walled_off == frozenset()

    @pytest.mark.parametrize("surname", ["Okafor", "Okaffor", "Okafer"])
    def test_a_surname_like_theirs_is_a_question_and_no_wall(self, surname):
        add_connections("PC7", "PC7", names=["Ruth Okafor"])
        file = a_case(Draft("PersonNamed", {"party": "suspect", "name": f"Ben {surname}"}, DAY))
        look_for_connections(file, DAY)
        assert ConnectionQuestion.objects.get().staff == "PC7"
        assert known_of(file).walled_off == frozenset()

    def test_a_cleared_match_lets_them_in_and_stays_cleared(self):
        add_connections("PC7", "PC7", names=["Ruth Okafor"])
        file = a_case(Draft("PersonNamed", {"party": "suspect", "name": "Ruth Okafor"}, DAY))
        look_for_connections(file, DAY)
        said = {"reason": "Another person", "second_person": "S2"}
        found = read_case(file.id).length
        append(file.id, "StaffConnectionCleared", said, by=By("supervisor", "S1"), happened_at=DAY, about=(found,))
        look_for_connections(read_case(file.id), DAY)
        assert known_of(file).walled_off == frozenset()
        assert read_case(file.id).length == found + 1

    @pytest.mark.parametrize(("by", "second"), [("PC7", "S2"), ("S1", "S1"), ("S1", "PC7"), ("S1", "pc7")])
    def test_nobody_lets_themselves_in_nor_agrees_with_themselves(self, by, second):
        from holdfast.casefile.refused import EntryRefused

        file = a_case(Draft("StaffConnectionFound", {"staff": "PC7", "how": "said_so"}, DAY))
        said = {"reason": "Not so", "second_person": second}
        with pytest.raises(EntryRefused):
            append(file.id, "StaffConnectionCleared", said, by=By("supervisor", by), happened_at=DAY, about=(2,))

    def test_nobody_reviews_their_own_opening(self):
        from holdfast.casefile.refused import EntryRefused

        file = a_case()
        opened = By("supervisor", "S1")
        append(file.id, "FileOpenedInEmergency", {"reason": "x"}, by=opened, happened_at=DAY)
        said = {"justified": "yes"}
        with pytest.raises(EntryRefused):
            append(file.id, "EmergencyOpeningReviewed", said, by=opened, happened_at=DAY, about=(2,))
        append(file.id, "EmergencyOpeningReviewed", said, by=By("supervisor", "S2"), happened_at=DAY, about=(2,))


@pytest.mark.usefixtures("database")
class TestACaseAboutAMemberOfStaff:
    POLICE = Draft("FactEstablished", {"fact": "suspect_is_police", "is_so": "yes"}, DAY)

    def test_goes_to_the_unit_by_itself_and_out_of_every_list(self):
        add_staff_member("psd", None, role="investigator", staff="PSD1", unit="professional-standards")
        file = a_case(self.POLICE)
        look_for_connections(file, DAY)
        last = read_case(file.id).entries[-1]
        assert (last.kind, last.by.staff) == ("CaseGivenToSeparateUnit", "holdfast")
        assert CaseApart.objects.get(case=file.code).unit == "professional-standards"
        assert file.code in reach_of(Person("supervisor", "S1"), DAY).without
        assert file.code not in reach_of(Person("investigator", "PSD1", unit="professional-standards"), DAY).without

    def test_stays_with_whoever_answered_the_call_while_it_is_new_and_with_nobody_else(self):
        add_staff_member("psd", None, role="investigator", staff="PSD1", unit="professional-standards")
        file = a_case(self.POLICE)
        look_for_connections(file, DAY)
        known, now = known_of(file), datetime.now(UTC)
        assert may(Person("officer", "PC1"), "record", known, at=now).rule == "responding"
        assert not may(Person("officer", "PC2"), "read_case", known, at=now)
        assert not may(Person("supervisor", "S1"), "read_case", known, at=now)
        assert not may(Person("officer", "PC1"), "record", known, at=now + timedelta(days=4))

    def test_without_staff_in_the_unit_the_supervisors_answer(self):
        file = a_case(self.POLICE)
        look_for_connections(file, DAY)
        assert may(Person("supervisor", "S1"), "read_case", known_of(file), at=datetime.now(UTC))
        assert not CaseApart.objects.exists()

    @pytest.mark.parametrize("so", ["no", "not_known", "not_asked", "declined"])
    def test_goes_nowhere_for_a_doubt(self, so):
        file = a_case(Draft("FactEstablished", {"fact": "suspect_is_police", "is_so": so}, DAY))
        assert known_of(file).unit == ""

    def test_is_known_by_a_suspect_with_a_name_and_a_number_of_the_staff_list(self):
        add_connections("PC7", "PC7", names=["Ruth Okafor"], numbers=["07700 900123"])
        other = a_case(Draft("PersonNamed", {"party": "suspect", "name": "Ruth Okafor"}, DAY))
        assert known_of(other).unit == ""
        named = {"party": "suspect", "name": "Ruth Okafor", "number": "07700 900123"}
        assert known_of(a_case(Draft("PersonNamed", named, DAY))).unit == "professional-standards"


@pytest.mark.usefixtures("database")
def test_the_copy_for_lists_follows_the_record_and_names_no_organisation():
    said = {"service": "refuge", "consent": "yes", "named": "Harbour Women's Aid"}
    file = a_case(Draft("SupportReferred", said, DAY))
    adviser = Person("adviser", "A1", agency="support_service", organisation="Harbour Womens Aid")
    look_for_connections(file, DAY)
    assert reach_of(adviser, DAY).only == (file.code,)
    assert reach_of(adviser._replace(organisation="Other"), DAY).only == ()
    assert "harbour" not in str(list(CaseShared.objects.values())).casefold()
    append(file.id, "ConsentWithdrawn", {}, by=OFFICER, happened_at=DAY, about=(2,))
    look_for_connections(read_case(file.id), DAY)
    assert reach_of(adviser, DAY).only == ()
