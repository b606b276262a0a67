"""What is unusual in the log becomes an entry in a case: once, in any order and however often it is looked for."""

import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.access.connections import add_connections
from holdfast.access.log import finding
from holdfast.access.log.finding import look_through
from holdfast.access.log.finding import look_when_due
from holdfast.access.log.tables import LogChain
from holdfast.access.log.tables import UnusualSeen
from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.casefile import clock
from holdfast.casefile.append import append
from holdfast.casefile.log import write_log_line
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.store import close
from holdfast.casefile.store import write
from holdfast.record.entry import By

NOW = datetime.now(UTC)
OFFICER = Person("officer", "PC1")


@pytest.fixture
def codes(database, small_pack, settings) -> list[str]:
    settings.HOLDFAST_PLACE = "smallplace"
    finding._last.clear()
    finding._role_middle.cache_clear()
    return [read_case(new_case()).code for _ in range(4)]


def found() -> list[tuple[str, str, str]]:
    """Every entry that tells of something unusual: its case, whose, and which pattern."""
    cases = [(code, read_case(case_by_code(code))) for code in _codes()]
    return sorted(
        (code, entry.fields.staff, entry.fields.pattern)
        for code, case in cases
        for entry in case.entries
        if entry.kind == "UnusualOpeningFound"
    )


def _codes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute('SELECT code FROM "case"')
        return [row[0] for row in cursor.fetchall()]


def looked(case: str, at: datetime, staff: str = "PC1", tie: str = "has_recorded") -> None:
    said = {
        "role": "officer", "staff": staff, "agency": "police", "organisation": "", "team": "", "act": "read_case",
        "route": "", "case": case, "allowed": True, "tie": tie, "rule": "",
    }  # fmt: skip
    write(lambda raw, kept: write_log_line(raw, at, said))


def test_looks_without_a_task_become_one_entry_in_the_case_last_opened(codes):
    for code in codes[:3]:
        log_look(OFFICER, code, "read_case", "no task in this case")
    assert look_through() == 1
    assert found() == [(codes[2], "PC1", "no_assignment")]
    entry = read_case(case_by_code(codes[2])).entries[-1]
    assert (entry.by.role, entry.by.staff, entry.fields.openings) == ("feed", "holdfast", 3)


def test_it_is_told_once_in_its_window(codes):
    for _ in range(3):
        for code in codes:
            log_look(OFFICER, code, "read_case", "no task in this case")
        look_through()
    assert len(found()) == 1
    assert UnusualSeen.objects.count() == 1


def test_it_is_told_though_nothing_remembered_how_far_it_was_looked_through(codes):
    """Stopped after the entry and before the mark of how far it came: what was told is not told again."""
    for code in codes:
        log_look(OFFICER, code, "read_case", "no task in this case")
    look_through()
    LogChain.objects.update(judged=0)
    assert look_through() == 0
    assert len(found()) == 1


def test_the_same_number_as_somebody_in_the_case_is_told(codes):
    add_connections("PC1", "SGT1", numbers=["07700 900123"])
    case = case_by_code(codes[1])
    append(case, "CallReceived", {"route": "voice", "number": "+44 7700 900123"}, by=By("call_taker", "CT1"),
           happened_at=ago(hours=2))  # fmt: skip
    log_look(OFFICER, codes[0], "read_case", "has recorded in this case")
    log_look(OFFICER, codes[1], "read_case", "wall", allowed=False)
    look_through()
    assert found() == [(codes[1], "PC1", "same_address_or_number")]


def test_an_erased_case_cannot_hold_it_and_the_one_before_does(codes, database):
    for code in codes:
        log_look(OFFICER, code, "read_case", "no task in this case")
    close()
    with sqlite3.connect(database) as raw:
        raw.execute("DELETE FROM case_key WHERE case_id = ?", (case_by_code(codes[3]).hex,))
    look_through()
    assert UnusualSeen.objects.get().case_id == case_by_code(codes[2])


def test_survivors_and_supporters_are_not_judged(codes):
    for code in codes:
        log_look(Person("survivor", ""), code, "own_page", "no task in this case")
    assert look_through() == 0


def test_the_clock_looks_once_a_minute_and_at_once_after_an_emergency_opening(codes):
    assert look_when_due in clock.ALSO_DUE
    log_look(OFFICER, codes[0], "read_case", "no task in this case")
    clock.tick(NOW)
    for code in codes[1:]:
        log_look(OFFICER, code, "read_case", "no task in this case")
    clock.tick(NOW + timedelta(seconds=59))
    assert found() == []
    log_look(OFFICER, codes[0], "open_in_emergency", "life at risk")
    clock.tick(NOW + timedelta(seconds=59))
    assert len(found()) == 1


def test_the_minute_is_enough_by_itself(codes):
    log_look(OFFICER, codes[0], "read_case", "no task in this case")
    clock.tick(NOW)
    for code in codes[1:]:
        log_look(OFFICER, code, "read_case", "no task in this case")
    clock.tick(NOW + timedelta(seconds=60))
    assert len(found()) == 1


def test_figures_that_cannot_be_used_do_not_stop_the_looking(codes, database):
    (database.parent / "unusual.toml").write_text("[many_cases]\ncases = 'none'\n")
    for code in codes:
        log_look(OFFICER, code, "read_case", "no task in this case")
    assert look_through() == 1


_steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["PC1", "PC2"]), st.integers(0, 3), st.sampled_from(["no_task", "has_recorded"])),
        st.just("look"),
        st.just("forget"),
    ),
    max_size=25,
)
_weeks = count(1)


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps)
def test_however_often_and_wherever_between_it_is_looked_for_each_is_told_once(codes, steps):
    """Looking after every line, or only at the end, or again from the start: the same patterns, each once."""
    week = next(_weeks)
    base = datetime(2020, 1, 6, 12, tzinfo=UTC)
    people = {"PC1": f"A{week}", "PC2": f"B{week}"}
    loose: dict[str, set[int]] = {name: set() for name in people.values()}
    for step in steps:
        if step == "look":
            look_through()
        elif step == "forget":
            LogChain.objects.update(judged=0)
        else:
            staff, case, tie = step
            looked(codes[case], base, people[staff], tie)
            if tie == "no_task":
                loose[people[staff]].add(case)
    look_through()
    told = UnusualSeen.objects.filter(staff__in=people.values(), pattern="no_assignment")
    assert sorted(told.values_list("staff", flat=True)) == sorted(
        who for who, cases in loose.items() if len(cases) >= 3
    )
    entries = [staff for _, staff, pattern in found() if staff in people.values() and pattern == "no_assignment"]
    assert sorted(entries) == sorted(told.values_list("staff", flat=True))
