"""What time alone changes, and what a changed pack changes."""

import shutil
import sqlite3
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import ago
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile import clock
from holdfast.casefile.append import append
from holdfast.casefile.clock import Clock
from holdfast.casefile.clock import forget_ended_sessions
from holdfast.casefile.clock import rederive_due
from holdfast.casefile.models import Case
from holdfast.casefile.models import DutyRow
from holdfast.casefile.packs import pack_called
from holdfast.casefile.rederiving import every_case
from holdfast.casefile.rederiving import notice_changed_packs
from holdfast.casefile.rederiving import would_change
from holdfast.casefile.rows import read_rows
from holdfast.casefile.store import close
from holdfast.casefile.store import fold_log
from holdfast.casefile.store import reading


def waive(case):
    """A bail of which the survivor need not be told until the day after tomorrow."""
    bail = append(
        case, "BailGranted", {"ends_at": ago(days=-40).isoformat()}, by=DETECTIVE, happened_at=ago(hours=4)
    ).number
    said = {
        "duty": "tell-bail",
        "reason": "They ask for it.",
        "second_person": "DS1",
        "try_again_on": str(ago(days=-2).date()),
    }
    append(case, "DutyWaived", said, by=DETECTIVE, happened_at=ago(hours=3), about=[bail])
    return case


def test_a_decision_is_looked_at_again_on_its_day(database, small_pack):
    case = waive(new_case())
    row = DutyRow.objects.get(duty="tell-bail")
    assert row.state == "waived"
    assert rederive_due(datetime.now(UTC)) == 0
    assert rederive_due(datetime.now(UTC) + timedelta(days=3)) == 1
    row.refresh_from_db()
    assert row.live
    assert Case.objects.get(id=case).length == 3


def test_a_damaged_case_does_not_stop_the_clocks_of_others(database, small_pack):
    damaged, sound = waive(new_case()), waive(new_case())
    close()
    with sqlite3.connect(database) as raw:
        raw.execute("DROP TRIGGER entry_never_changed")
        raw.execute("UPDATE entry SET sealed = x'00' WHERE case_id = ?", (damaged.hex,))
    later = datetime.now(UTC) + timedelta(days=3)
    rederive_due(later)
    assert DutyRow.objects.get(case_id=sound).live
    assert not DutyRow.objects.get(case_id=damaged).live
    assert rederive_due(later) == 0  # it is not asked for again at once


def test_a_pack_that_was_broken_does_not_stop_the_clocks_of_other_places(database, own_pack):
    other = Path(shutil.copytree(own_pack, own_pack.parent / "otherplace"))
    head = other / "pack.yaml"
    head.write_text(head.read_text().replace("smallplace", "otherplace"))
    broken, sound = waive(new_case(pack="otherplace")), waive(new_case())
    head.write_text("id: otherplace\n")
    pack_called.cache_clear()
    later = datetime.now(UTC) + timedelta(days=3)
    rederive_due(later)
    assert DutyRow.objects.get(case_id=sound).live
    assert not DutyRow.objects.get(case_id=broken).live
    assert rederive_due(later) == 0  # it is not asked for again at once


def test_what_fails_of_the_clock_stops_nothing_else_of_it(database, small_pack, monkeypatch):
    done = []

    def fails(at):
        raise OSError("a disk went")

    monkeypatch.setattr(clock, "ALSO_DUE", [fails, done.append])
    case, now = waive(new_case()), datetime.now(UTC) + timedelta(days=3)
    with pytest.raises(ExceptionGroup) as failed:
        clock.tick(now)
    assert [type(each) for each in failed.value.exceptions] == [OSError]
    assert DutyRow.objects.get(case_id=case).live
    assert done == [now]


def test_the_clock_goes_on_when_a_part_of_it_fails_and_says_so_once(database, small_pack, monkeypatch, caplog):
    turns = []

    def fails(at):
        turns.append(at)
        raise OSError("a disk went")

    monkeypatch.setattr(clock, "ALSO_DUE", [fails])
    with Clock(every_seconds=0.01):
        until = time.monotonic() + 10
        while len(turns) < 3 and time.monotonic() < until:
            time.sleep(0.02)
    assert len(turns) > 2
    assert len([each for each in caplog.records if each.name == "holdfast.clock"]) == 1


def test_what_the_rows_say_is_what_deriving_anew_says(database, small_pack):
    case = waive(new_case())
    assert not would_change(case, datetime.now(UTC))
    assert would_change(case, datetime.now(UTC) + timedelta(days=3))
    with reading() as connection:
        before = read_rows(connection, case.hex)
    DutyRow.objects.all().delete()
    close()
    ask(case)
    with reading() as connection:
        assert read_rows(connection, case.hex) == before


def test_cases_are_shared_out_whole(database, small_pack):
    cases = {new_case() for _ in range(9)}
    parts = [set(every_case(part, 3)) for part in range(3)]
    assert set().union(*parts) == cases
    assert sum(map(len, parts)) == 9


@pytest.fixture
def own_pack(small_pack, settings, tmp_path: Path) -> Path:
    settings.HOLDFAST_PACKS = Path(shutil.copytree(settings.HOLDFAST_PACKS, tmp_path / "packs-of-this-test"))
    pack_called.cache_clear()
    return settings.HOLDFAST_PACKS / "smallplace"


def test_a_changed_pack_reaches_the_cases_that_are_there(database, own_pack):
    case = new_case()
    append(case, "BailGranted", {"ends_at": ago(days=-40).isoformat()}, by=DETECTIVE, happened_at=ago(hours=4))
    assert notice_changed_packs(datetime.now(UTC)) == []
    file = own_pack / "duties" / "tell-bail.yaml"
    file.write_text(file.read_text().replace("within: 1 working day", "within: 3 hours"))
    pack_called.cache_clear()
    assert notice_changed_packs(datetime.now(UTC)) == ["smallplace"]
    assert rederive_due(datetime.now(UTC)) == 1
    row = DutyRow.objects.get(duty="tell-bail")
    assert row.due_by - row.started_at == timedelta(hours=3)
    assert notice_changed_packs(datetime.now(UTC)) == []


def test_the_clock_runs_beside_the_pages_and_stops(database, small_pack):
    case = waive(new_case())
    Case.objects.filter(id=case).update(look_again_at=ago(minutes=1))
    with Clock(every_seconds=0.05):
        until = time.monotonic() + 10
        while Case.objects.get(id=case).witnessed == 0 and time.monotonic() < until:
            time.sleep(0.02)
    found = Case.objects.get(id=case)
    assert found.witnessed == found.length
    assert found.look_again_at > datetime.now(UTC)


def test_sessions_that_have_ended_leave_no_trace(database, small_pack):
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for minutes in (-1, 20):
        session = SessionStore()
        session["who"] = "somebody"
        session.set_expiry(minutes * 60)
        session.save()
    forget_ended_sessions()
    assert Session.objects.count() == 1


def test_a_long_log_is_folded_into_the_database(database, small_pack):
    case = new_case()
    for _ in range(30):
        ask(case, "Once more: " + "what happens now? " * 500)
    before = database.stat().st_size
    fold_log(more_than=10_000_000)
    assert database.stat().st_size == before
    fold_log(more_than=1_000)
    assert database.stat().st_size > before
