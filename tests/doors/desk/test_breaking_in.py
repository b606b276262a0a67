"""Whoever breaks into a case must not make a right of it, nor take away what says that they did."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries

from holdfast.access.emergency import OPEN_FOR
from holdfast.access.emergency import recorded_openly
from holdfast.access.known import case_known
from holdfast.access.may import may
from holdfast.access.staff import StaffMember
from holdfast.casefile.append import append
from holdfast.casefile.models import DutyRow
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

LIFE = "Neighbour reports screams: does he have a weapon there?"
CUSTODY = By("custody_officer", "custody_officer-1")


def breaks_in(code: str) -> Desk:
    desk = Desk("custody_officer").signs_in()
    desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
    assert desk.page.status_code == 302
    return desk


def ties(code: str, staff: str = "custody_officer-1") -> list[str]:
    """By what rule somebody reads a case that came in long ago, hour by hour once every emergency opening has ended."""
    file, person = read_case(case_by_code(code)), StaffMember.objects.get(staff=staff).person
    long_ago = file.entries[0]._replace(recorded_at=file.entries[0].recorded_at - timedelta(days=30))
    known = case_known(file._replace(entries=(long_ago, *file.entries[1:])), ZoneInfo("Europe/London"))
    ended = datetime.now(UTC) + OPEN_FOR + timedelta(minutes=1)
    answers = [may(person, "read_case", known, at=ended + timedelta(hours=hours)) for hours in (0, 30, 90)]
    return [answer.rule if answer.allowed else "" for answer in answers]


@pytest.mark.usefixtures("database")
class TestNoRightComesOfIt:
    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("CaseAllocated", {"role": "custody_officer", "staff": "custody_officer-1"}),
            ("CaseAllocated", {"role": "investigator", "staff": "mate-1"}),
            ("OwnerNamed", {"owner": "custody_officer-1"}),
            ("SpecialistNamed", {"officer": "custody_officer-1"}),
            ("SuspectArrested", {"for_what": "offence"}),
            ("SecondCallMade", {"new_place": "Not known"}),
            ("UnitSent", {"unit": "custody_officer-1"}),
            ("UnitSent", {"unit": "night"}),
        ],
    )
    @pytest.mark.parametrize("role", ["custody_officer", "officer", "dispatcher"])
    def test_what_they_write_while_it_is_open_ties_them_no_more_than_before(self, kind, fields, role):
        code, by = a_case(), By(role, "custody_officer-1")
        Desk("investigator", "mate-1").signs_in()
        breaks_in(code)
        StaffMember.objects.filter(staff__in=("custody_officer-1", "mate-1")).update(team="night")
        StaffMember.objects.filter(staff="custody_officer-1").update(role=role)
        before = ties(code)
        append(case_by_code(code), kind, fields, by=by, happened_at=datetime.now(UTC))
        assert ties(code) == before

    def test_others_are_tied_by_it(self):
        code = a_case()
        Desk("investigator", "mate-1").signs_in()
        breaks_in(code)
        said = {"role": "investigator", "staff": "mate-1"}
        append(case_by_code(code), "CaseAllocated", said, by=CUSTODY, happened_at=datetime.now(UTC))
        assert ties(code, "mate-1") == ["assigned"] * 3

    def test_breaking_in_again_makes_no_right_of_it_either(self):
        day = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

        def made(number: int, kind: str, hours: float, **fields: object) -> Entry:
            at = day + timedelta(hours=hours)
            return Entry(number, kind, at, at, CUSTODY, read_fields(KINDS[kind], fields), None, ())

        twice = [
            made(1, "FileOpenedInEmergency", 0, reason=LIFE),
            made(2, "FileOpenedInEmergency", 9, reason=LIFE),
            made(3, "UnitArrived", 10, unit="R7"),
        ]
        assert recorded_openly(twice) == frozenset()
        assert recorded_openly([*twice, made(4, "UnitArrived", 14, unit="R7")]) == {"custody_officer-1"}

    def test_keeping_oneself_out_makes_no_right_for_later(self):
        code, desk = a_case(), Desk("custody_officer").signs_in()
        desk.sends(f"/desk/case/{code}/wall", {})
        assert recorded_openly(entries(code)) == {"PC1"}


@pytest.mark.usefixtures("database")
class TestFoundWrong:
    def test_whoever_opened_it_without_need_is_out_and_does_not_open_it_again(self):
        code = a_case()
        desk = breaks_in(code)
        append(
            case_by_code(code), "FileOpenedInEmergency", {"reason": LIFE}, by=CUSTODY, happened_at=datetime.now(UTC)
        )  # another, before anybody looked at the first
        append(
            case_by_code(code), "EmergencyOpeningReviewed", {"justified": "no"}, by=By("supervisor", "S1"),
            happened_at=datetime.now(UTC), about=(2,),
        )  # fmt: skip
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 404
        nowhere = desk.sends("/desk/case/22222222/emergency", {"reason": LIFE}).replace("22222222", code)
        here = desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        assert desk.page.status_code == 404
        assert len(here) == len(nowhere.replace("2222 2222", f"{code[:4]} {code[4:]}"))
        assert entries(code)[-1].kind == "EmergencyOpeningReviewed"
        other = Desk("custody_officer", "custody_officer-2").signs_in()
        other.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        assert other.page.status_code == 302


@pytest.mark.usefixtures("database")
class TestNobodyTakesItBack:
    @pytest.mark.parametrize("address", ["record/EntryCorrected", "correct/2"])
    def test_the_entry_that_says_so_is_not_struck(self, address):
        code = a_case()
        desk = breaks_in(code)
        sent = {
            "entry-about": "2", "struck": "yes", "reason": "A slip of the hand", "second_person": "S9",
            "why-struck": "on", "why-reason": "A slip of the hand", "why-second": "S9",
        }  # fmt: skip
        desk.sends(f"/desk/case/{code}/{address}", sent)
        assert desk.page.status_code in (403, 422)
        assert [entry.kind for entry in entries(code)] == ["CaseOpened", "FileOpenedInEmergency"]
        assert DutyRow.objects.filter(case_id=case_by_code(code), duty="review-emergency-opening", live=True).exists()

    @pytest.mark.parametrize("struck", ["yes", "no"])
    def test_not_by_any_other_way_in_either(self, struck):
        code = a_case()
        breaks_in(code)
        said = {"struck": struck, "reason": "A slip", "second_person": "S9"}
        said |= {} if struck == "yes" else {"corrected": {"reason": "Asked to"}}
        for role in ("custody_officer", "supervisor"):
            with pytest.raises(EntryRefused) as no:
                append(
                    case_by_code(code), "EntryCorrected", said, by=By(role, f"{role}-1"),
                    happened_at=datetime.now(UTC), about=(2,),
                )  # fmt: skip
            assert no.value.faults[0].field == "about"

    def test_what_somebody_may_not_record_they_do_not_strike_by_the_plain_form(self):
        code, officer = a_case(), Desk("officer", "PC1").signs_in()
        append(
            case_by_code(code), "KeepingHeld", {"for_what": "court"}, by=By("supervisor", "S1"),
            happened_at=datetime.now(UTC),
        )  # fmt: skip
        sent = {"entry-about": "2", "struck": "yes", "reason": "Not needed", "second_person": "S9"}
        officer.sends(f"/desk/case/{code}/record/EntryCorrected", sent)
        assert officer.page.status_code == 403
        assert entries(code)[-1].kind == "KeepingHeld"
