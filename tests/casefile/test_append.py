"""The only write: what it keeps, what it refuses, and that a refusal leaves nothing behind."""

import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.append import open_case
from holdfast.casefile.models import DutyRow
from holdfast.casefile.models import StoredEntry
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.store import close
from holdfast.record.entry import By

TAKER = By("call_taker", "CT1")
OFFICER = By("investigator", "DC7")
NOW = datetime.now(UTC)


def ago(**how_long: float) -> datetime:
    return NOW - timedelta(**how_long)


@pytest.fixture
def case(database: Path, small_pack: str):
    return open_case(small_pack, by=TAKER, happened_at=ago(hours=5), fields={"force": "north"}).case_id


def refused(*args, **kwargs) -> dict[str, str]:
    with pytest.raises(EntryRefused) as caught:
        append(*args, **kwargs)
    return {fault.field: fault.why for fault in caught.value.faults}


def test_what_was_written_is_read_again(case):
    said = {"route": "voice", "safe_now": "no", "number": "020 7946 0000"}
    written = append(case, "CallReceived", said, by=TAKER, happened_at=ago(hours=5), occurrence=1)
    close()  # nothing remembered: it has to come from the disk
    entries = read_case(case).entries
    assert [entry.kind for entry in entries] == ["CaseOpened", "CallReceived"]
    assert entries[1].fields.number == "020 7946 0000"
    assert (written.number, entries[1].by, entries[1].occurrence) == (2, TAKER, 1)


def test_no_word_of_a_party_is_stored_plainly(case, database):
    said = {"party": "survivor", "name": "Zephyrine Quillfeather", "number": "020 7946 0999"}
    append(case, "PersonNamed", said, by=TAKER, happened_at=ago(hours=4))
    close()
    stored = b"".join(file.read_bytes() for file in database.parent.iterdir() if file.is_file())
    assert b"PersonNamed" in stored
    assert b"Quillfeather" not in stored
    for number in (b"7946 0999", b"79460999"):  # four figures alone stand in any key by chance
        assert number not in stored


def test_the_duties_of_the_case_are_derived_with_the_entry(case):
    ends = ago(days=-20).isoformat()
    bail = append(case, "BailGranted", {"ends_at": ends}, by=OFFICER, happened_at=ago(hours=3))
    row = DutyRow.objects.get(duty="tell-bail")
    assert (row.started_by, row.state, row.owed_by, row.live, row.force) == (2, "open", "investigator", True, "north")
    told = {"what": ["bail"], "channel": "telephone"}
    append(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=2), about=[bail.number])
    row.refresh_from_db()
    assert (row.state, row.ended_by, row.live) == ("kept", 3, False)


def test_work_that_was_allocated_is_in_that_persons_name(case):
    append(case, "BailGranted", {"ends_at": ago(days=-20).isoformat()}, by=OFFICER, happened_at=ago(hours=3))
    append(case, "OwnerNamed", {"owner": "DC9"}, by=OFFICER, happened_at=ago(hours=2))
    assert DutyRow.objects.get(duty="tell-bail").staff == "DC9"


def test_a_repeating_duty_says_when_to_look_again_and_numbers_its_instances(case):
    append(case, "CrimeRecorded", {"reference": "42/1"}, by=OFFICER, happened_at=ago(hours=3))
    told = {"what": ["investigation_progress"], "channel": "telephone"}
    append(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=2))
    rows = DutyRow.objects.filter(duty="keep-updated").order_by("instance")
    assert [(row.instance, row.state) for row in rows] == [(1, "kept"), (2, "open")]


def test_every_fault_is_told_at_once_and_none_repeats_a_value(case):
    faults = refused(
        case,
        "CallReceived",
        {"route": "pigeon", "secret": "Rosalind"},
        by=By("auditor", "A1"),
        happened_at=ago(days=-2),
    )
    assert {"happened_at", "role", "route"} < set(faults)
    assert len(faults) == 4
    assert "Rosalind" not in str(faults)
    assert "pigeon" not in str(faults)
    assert read_case(case).length == 1


@pytest.mark.parametrize(
    ("happened_at", "why"),
    [
        (ago(hours=-1), "future"),
        (datetime(1899, 12, 31, tzinfo=UTC), "1900"),
        (datetime(2026, 1, 1), "zone"),  # noqa: DTZ001 a time without its zone is what is tested
    ],
)
def test_a_time_that_cannot_be_is_refused(case, happened_at, why):
    assert why in refused(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=happened_at)["happened_at"]


def test_a_clock_that_is_a_minute_ahead_is_let_pass(case):
    append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=datetime.now(UTC) + timedelta(seconds=60))


def test_it_is_about_an_entry_that_is_there_and_came_before(case):
    told = {"what": ["bail"], "channel": "telephone"}
    assert "about" in refused(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=1), about=[2])
    assert "about" in refused(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=1), about=[1, 1])
    assert "about" in refused(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=1), about=[0])
    assert "happened_at" in refused(case, "SurvivorTold", told, by=OFFICER, happened_at=ago(hours=9), about=[1])
    assert "about" in refused(case, "CallBackMade", {"reached": "yes"}, by=TAKER, happened_at=ago(hours=1))


def test_a_kind_that_does_not_exist_is_refused(case):
    assert "kind" in refused(case, "TeaMade", {}, by=TAKER, happened_at=ago(hours=1))


def test_a_case_is_opened_once(case, small_pack):
    assert "kind" in refused(case, "CaseOpened", {"pack": small_pack}, by=TAKER, happened_at=ago(hours=1))


def test_a_pack_that_is_not_there_opens_no_case(database, small_pack):
    with pytest.raises(CannotKeep, match="no pack"):
        open_case("atlantis", by=TAKER, happened_at=ago(hours=1))
    assert not StoredEntry.objects.exists()


def test_the_survivor_says_what_is_theirs_to_say_and_nothing_else(case):
    survivor = By("survivor")
    append(case, "QuestionAsked", {"question": "What now?"}, by=survivor, happened_at=ago(hours=1))
    assert "role" in refused(case, "UnitArrived", {}, by=survivor, happened_at=ago(hours=1))


def test_staff_say_who_they_are(case):
    assert "staff" in refused(case, "CallReceived", {"route": "voice"}, by=By("call_taker"), happened_at=ago(hours=1))


class TestTwoPeople:
    """What lowers somebody's protection takes two."""

    def test_risk_is_lowered_by_two(self, case):
        answer = {"instrument": "dash", "how": "in_person", "grade": "high"}
        risk = append(case, "RiskAssessed", answer, by=OFFICER, happened_at=ago(hours=3)).number
        lower = {"grade": "medium", "reason": "He was remanded."}
        how = {"by": OFFICER, "happened_at": ago(hours=2), "about": [risk]}
        assert "second_person" in refused(case, "RiskLowered", lower, **how)
        assert "second_person" in refused(case, "RiskLowered", {**lower, "second_person": "dc7"}, **how)
        assert "grade" in refused(case, "RiskLowered", {**lower, "grade": "high", "second_person": "DS2"}, **how)
        assert "grade" in refused(case, "RiskReviewed", {"grade": "standard"}, by=OFFICER, happened_at=ago(hours=2))
        append(case, "RiskLowered", {**lower, "second_person": "DS2"}, **how)

    def test_a_call_is_regraded_down_by_two_and_says_so(self, case):
        graded = append(case, "CallGraded", {"grade": "immediate"}, by=TAKER, happened_at=ago(hours=3)).number
        how = {"by": TAKER, "happened_at": ago(hours=2), "about": [graded]}
        down = {"grade": "scheduled", "direction": "down", "reason": "They left."}
        assert "second_person" in refused(case, "CallRegraded", down, **how)
        assert "direction" in refused(case, "CallRegraded", {**down, "direction": "up"}, **how)
        append(case, "CallRegraded", {**down, "second_person": "SUP1"}, **how)

    def test_statute_is_not_waived_by_staff_alone(self, case):
        seen = append(
            case, "ChildSeen", {"seen": "yes", "spoken_to": "yes"}, by=By("officer", "PC1"), happened_at=ago(hours=3)
        ).number
        waive = {
            "duty": "refer-child",
            "reason": "Busy.",
            "second_person": "DS2",
            "try_again_on": str((NOW + timedelta(days=30)).date()),
        }
        how = {"by": OFFICER, "happened_at": ago(hours=2), "about": [seen]}
        assert "statute" in refused(case, "DutyWaived", waive, **how)["duty"]
        assert "about" in refused(case, "DutyWaived", {**waive, "duty": "tell-bail"}, **how)
        assert "duty" in refused(case, "DutyUnsafe", {**waive, "duty": "no-such-duty"}, **how)
        assert "try_again_on" in refused(
            case, "DutyUnsafe", {k: v for k, v in waive.items() if k != "try_again_on"}, **how
        )
        append(case, "DutyWaived", {**waive, "survivor_asked": "yes"}, **how)
        assert DutyRow.objects.get(duty="refer-child").state == "waived"


class TestCorrecting:
    """Nothing is overwritten, and what a correction leaves can still be read."""

    def test_a_correction_must_leave_something_readable(self, case):
        call = append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=3)).number
        how = {"by": TAKER, "happened_at": ago(hours=2), "about": [call]}
        wrong = {"corrected": {"route": "pigeon"}, "reason": "Typed wrongly."}
        assert "corrected.route" in refused(case, "EntryCorrected", wrong, **how)
        assert "corrected" in refused(case, "EntryCorrected", {"reason": "Typed wrongly."}, **how)
        append(case, "EntryCorrected", {**wrong, "corrected": {"route": "silent"}}, **how)
        assert read_case(case).entries[call - 1].fields.route == "voice"

    def test_the_opening_stays_and_what_is_struck_stays_struck(self, case):
        strike = {"struck": "yes", "reason": "Another case."}
        assert "struck" in refused(case, "EntryCorrected", strike, by=TAKER, happened_at=ago(hours=1), about=[1])
        call = append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=3)).number
        assert "second_person" in refused(
            case, "EntryCorrected", strike, by=TAKER, happened_at=ago(hours=2), about=[call]
        )
        strike["second_person"] = "S2"
        struck = append(case, "EntryCorrected", strike, by=TAKER, happened_at=ago(hours=2), about=[call]).number
        fix = {"corrected": {"route": "text"}, "reason": "Again."}
        assert "about" in refused(case, "EntryCorrected", fix, by=TAKER, happened_at=ago(hours=1), about=[call])
        assert "about" in refused(case, "EntryCorrected", fix, by=TAKER, happened_at=ago(hours=1), about=[struck])

    def test_one_person_lowers_no_grade_by_correcting_it_or_by_assessing_again(self, case):
        said = {"instrument": "dash", "how": "in_person", "grade": "high"}
        first = append(case, "RiskAssessed", said, by=OFFICER, happened_at=ago(hours=4)).number
        fix = {"corrected": {"grade": "standard"}, "reason": "Typed wrongly."}
        how = {"by": OFFICER, "happened_at": ago(hours=2)}
        assert "second_person" in refused(case, "EntryCorrected", fix, about=[first], **how)
        assert "grade" in refused(case, "RiskAssessed", {**said, "grade": "standard"}, **how)
        assert "grade" in refused(case, "RiskRefused", {"grade": "medium"}, **how)
        append(case, "EntryCorrected", {**fix, "second_person": "S2"}, about=[first], **how)

    def test_the_grade_of_one_call_is_lowered_only_by_a_regrading_and_another_call_has_its_own(self, case):
        append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=4))
        append(case, "CallGraded", {"grade": "immediate"}, by=TAKER, happened_at=ago(hours=4))
        assert "grade" in refused(case, "CallGraded", {"grade": "no_attendance"}, by=TAKER, happened_at=ago(hours=3))
        append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=2))
        append(case, "CallGraded", {"grade": "scheduled"}, by=TAKER, happened_at=ago(hours=2))

    def test_nobody_else_corrects_or_strikes_what_the_survivor_said(self, case):
        said = {"about_whom": "police", "words": "Nobody came."}
        number = append(case, "ComplaintMade", said, by=By("survivor"), happened_at=ago(hours=3)).number
        strike = {"struck": "yes", "reason": "x", "second_person": "S2"}
        assert "about" in refused(case, "EntryCorrected", strike, by=OFFICER, happened_at=ago(hours=1), about=[number])

    def test_a_decision_is_not_put_off_for_good_and_not_re_aimed(self, case):
        call = append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=3)).number
        duty = DutyRow.objects.filter(started_by=call).first().duty
        later = {"duty": duty, "reason": "x", "second_person": "S2"}
        how = {"by": OFFICER, "happened_at": ago(hours=2), "about": [call]}
        assert "try_again_on" in refused(case, "DutyUnsafe", {**later, "try_again_on": "2199-12-31"}, **how)
        soon = str((NOW + timedelta(days=7)).date())
        decided = append(case, "DutyUnsafe", {**later, "try_again_on": soon}, **how).number
        aimed = {"corrected": {"duty": "another"}, "reason": "x", "second_person": "S2"}
        assert "corrected" in refused(
            case, "EntryCorrected", aimed, by=OFFICER, happened_at=ago(hours=1), about=[decided]
        )


class TestTogether:
    """Several entries given together, and several writers at once."""

    def test_entries_given_together_are_kept_together_or_not_at_all(self, case):
        good = Draft("CallReceived", {"route": "voice"}, ago(hours=2))
        bad = Draft("SurvivorTold", {"what": ["bail"], "channel": "text"}, ago(hours=2), about=(40,))
        with pytest.raises(EntryRefused):
            append_all(case, [good, bad], by=TAKER)
        assert read_case(case).length == 1
        assert append_all(case, [good, good], by=TAKER).length == 3

    def test_whoever_looked_at_an_older_case_is_told_that_it_moved_on(self, case):
        append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=2))
        with pytest.raises(CaseMovedOn) as caught:
            append(case, "UnitArrived", {}, by=TAKER, happened_at=ago(hours=1), expected_length=1)
        assert (caught.value.expected, caught.value.actual) == (1, 2)
        assert read_case(case).length == 2

    def test_a_case_that_is_not_there(self, database, small_pack):
        with pytest.raises(NoSuchCase):
            append(uuid4(), "UnitArrived", {}, by=TAKER, happened_at=ago(hours=1))

    def test_an_entry_in_a_transaction_that_is_undone_is_undone_with_it(self, case):
        def undone() -> None:
            with transaction.atomic():
                append(case, "UnitArrived", {}, by=TAKER, happened_at=ago(hours=1))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            undone()
        assert read_case(case).length == 1
        append(case, "UnitArrived", {}, by=TAKER, happened_at=ago(hours=1))
        assert read_case(case).length == 2


class TestTheDatabaseRefuses:
    """Whoever goes round the program meets the database."""

    @pytest.mark.parametrize(
        "asked",
        [
            "UPDATE entry SET kind = 'CaseClosed'",
            "DELETE FROM entry",
            "INSERT OR REPLACE INTO entry SELECT * FROM entry",
            'DELETE FROM "case"',
            'UPDATE "case" SET length = 0',
        ],
    )
    def test_an_entry_is_never_changed_removed_or_replaced(self, case, database, asked):
        with sqlite3.connect(database) as raw, pytest.raises(sqlite3.IntegrityError, match="never changed or removed"):
            raw.execute(asked)

    def test_a_case_that_was_changed_underneath_is_neither_read_nor_written(self, case, database):
        close()
        with sqlite3.connect(database) as raw:
            raw.execute("DROP TRIGGER entry_never_changed")
            raw.execute("UPDATE entry SET header = replace(header, 'call_taker', 'dispatcher')")
        with pytest.raises(CannotKeep, match="entry 1"):
            read_case(case)
        with pytest.raises(CannotKeep, match="entry 1"):
            append(case, "UnitArrived", {}, by=TAKER, happened_at=ago(hours=1))


def test_a_corrected_force_moves_the_cases_duties_there(case):
    append(case, "BailGranted", {"ends_at": ago(days=-20).isoformat()}, by=OFFICER, happened_at=ago(hours=3))
    fix = {"corrected": {"force": "south"}, "reason": "It was the other force."}
    append(case, "EntryCorrected", fix, by=TAKER, happened_at=ago(hours=2), about=[1])
    assert DutyRow.objects.get(duty="tell-bail").force == "south"
    assert read_case(case).force == "south"
    close()
    assert read_case(case).force == "south"


@pytest.mark.parametrize(
    ("place", "field", "known"),
    [
        ({"force": "nowhere"}, "force", "north, south"),
        ({"force": "north", "area": "nowhere"}, "area", "harbour"),
        ({"force": "south", "area": "harbour"}, "area", "none"),
        ({"area": "nowhere"}, "area", "harbour"),
    ],
)
def test_a_case_is_opened_or_moved_only_where_the_pack_knows_of(case, small_pack, place, field, known):
    with pytest.raises(EntryRefused) as caught:
        open_case(small_pack, by=TAKER, happened_at=ago(hours=5), fields=place)
    assert [(fault.field, known in fault.why) for fault in caught.value.faults] == [(field, True)]
    fix = {"corrected": {"force": "", **place}, "reason": "It was the other."}
    found = refused(case, "EntryCorrected", fix, by=TAKER, happened_at=ago(hours=2), about=[1])
    assert known in found[f"corrected.{field}"]
    assert read_case(case).length == 1


@pytest.mark.parametrize("place", [{}, {"area": "harbour"}, {"force": "north", "area": "harbour"}])
def test_a_place_that_is_known_or_not_said_opens_a_case(database, small_pack, place):
    assert open_case(small_pack, by=TAKER, happened_at=ago(hours=5), fields=place).length == 1


def test_an_entry_just_written_is_never_looked_at_again_at_once(case):
    from holdfast.casefile.models import Case

    for kind, said in (("CrimeRecorded", {"reference": "42/1"}), ("CallReceived", {"route": "voice"})):
        append(case, kind, said, by=OFFICER, happened_at=ago(hours=4))
    again = Case.objects.get(id=case).look_again_at
    assert again is None or again > datetime.now(UTC) + timedelta(seconds=30)
