"""A line of the log is written, sealed, chained, kept from being changed, and seen by the checkpoints."""

import sqlite3
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from django.db import transaction
from tests.casefile.writing import new_case

from holdfast.access.log.reasons import NOT_KEPT
from holdfast.access.looks import NOT_WRITTEN
from holdfast.access.looks import Look
from holdfast.access.looks import log_look
from holdfast.access.looks import looks_at
from holdfast.access.may import Person
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.checkpoints import checkpoint_when_due
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import close
from holdfast.casefile.verifying import verify_all

OFFICER = Person("officer", "PC1", team="North")
CANARY = "Marigold Lane 12"


def findings() -> list[tuple[str, str, int | None]]:
    return [(one.where, str(one.outcome), one.at_number) for one in verify_all().findings]


def raw(database: Path, *asked: str) -> None:
    """What somebody does who has the file and knows SQLite: takes the triggers away first."""
    close()
    with sqlite3.connect(database) as direct:
        for (name,) in direct.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            direct.execute(f"DROP TRIGGER {name}")
        for one in asked:
            direct.execute(one)


@pytest.fixture
def code(database, small_pack) -> str:
    return read_case(new_case()).code


def test_a_line_says_who_when_what_and_whether_it_was_allowed(code):
    log_look(OFFICER, code, "read_case", "oversight", rule="role", route="desk:case")
    log_look(OFFICER, code, "print_report", "Your role is not among them.", allowed=False, rule="role")
    refused, look = looks_at(code)
    line = look.said
    assert (line.role, line.staff, line.team, line.act, line.case) == ("officer", "PC1", "North", "read_case", code)
    assert (line.tie, line.rule, line.route, line.allowed) == ("oversight", "role", "desk:case", True)
    assert look.reason == "oversight"
    assert (refused.allowed, refused.reason) == (False, "Your role is not among them.")


def test_a_survivor_and_a_supporter_leave_no_name(code):
    log_look(Person("supporter", "SUP-7", agency=""), code, "enter")
    assert looks_at(code)[0].staff == ""


def test_typed_words_are_sealed_with_the_case_and_erased_with_it(code, database):
    log_look(OFFICER, code, "open_in_emergency", f"They are at {CANARY}")
    log_look(OFFICER, "", "search_log", f"asked about {CANARY}")
    assert [look.reason for look in Look.objects.order_by("number")] == [
        f"They are at {CANARY}", f"asked about {CANARY}"
    ]  # fmt: skip
    close()
    kept = b"".join(path.read_bytes() for path in database.parent.rglob("*") if path.is_file())
    assert CANARY.encode() not in kept
    assert b"PC1" in kept  # the test would see what is in clear
    checkpoint()
    raw(database, "DELETE FROM case_key")
    connection.close()
    assert [look.reason for look in Look.objects.order_by("number")] == [
        "the words were erased with the case", f"asked about {CANARY}"
    ]  # fmt: skip
    assert findings() == []
    log_look(OFFICER, code, "read_case", CANARY, allowed=False)
    assert looks_at(code)[0].tie == NOT_KEPT


@pytest.mark.parametrize("case", [CANARY, "ABCDEFGH", "x" * 200, "", '"}{'])
def test_what_is_no_code_of_a_case_is_not_kept_as_one(database, case):
    log_look(OFFICER, case, "search", allowed=False)
    assert Look.objects.get().case == ""


def test_an_odd_person_or_act_is_written_all_the_same(database):
    """A strange value must not be a way to look without being seen."""
    log_look(Person("", 'PC"\n1 Ümlaut', agency="Police!", team='a"\\\nb'), "", "Réad / it" * 20, "", rule="\x00é")
    assert Look.objects.get().staff == "PC__1__mlaut"
    assert findings() == []


@pytest.mark.parametrize(
    "asked",
    ["UPDATE log_line SET staff = 'PC9'", "DELETE FROM log_line",
     "INSERT OR REPLACE INTO log_line SELECT * FROM log_line", "UPDATE log_chain SET length = 0",
     "DELETE FROM log_chain"],
)  # fmt: skip
def test_the_database_refuses_to_change_or_remove_a_line(code, asked):
    log_look(OFFICER, code, "read_case")
    with connection.cursor() as cursor, pytest.raises(Exception, match="never changed or removed"):
        cursor.execute(asked)


@pytest.mark.parametrize(
    ("asked", "outcome", "number"),
    [
        (["UPDATE log_line SET line = replace(line, 'PC1', 'PC9') WHERE number = 2"], "altered_entry", 2),
        (["UPDATE log_line SET sealed = x'00' WHERE number = 3"], "altered_entry", 3),
        (["UPDATE log_line SET staff = 'PC9' WHERE number = 2"], "columns_differ", 2),
        (["UPDATE log_line SET allowed = 1 - allowed WHERE number = 3"], "columns_differ", 3),
        (["UPDATE log_line SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 1"], "columns_differ", 1),
        (["DELETE FROM log_line WHERE number = 2"], "missing_entry", 2),
        (["DELETE FROM log_line WHERE number > 3"], "shorter_than_checkpoint", 4),
        (["DELETE FROM log_line WHERE number = 5"], "missing_entry", 5),
        (["DELETE FROM log_line", "DELETE FROM log_chain"], "shorter_than_checkpoint", 1),
        (["DROP TABLE log_line"], "shorter_than_checkpoint", 1),
        (["UPDATE log_chain SET length = 9"], "missing_entry", 6),
    ],
)
def test_verify_names_what_was_done_to_the_log(code, database, asked, outcome, number):
    for _ in range(4):
        log_look(OFFICER, code, "read_case", "typed", allowed=False)
    checkpoint()
    log_look(OFFICER, code, "read_case")
    assert findings() == []
    raw(database, *asked)
    connection.close()
    assert ("log", outcome, number) in findings()
    assert next(one for one in verify_all().findings if one.where == "log").says.endswith(".")


def test_a_log_rolled_back_and_written_anew_shows_against_the_checkpoint(code, database):
    log_look(OFFICER, code, "read_case")
    older = database.with_name("older.sqlite3")
    with sqlite3.connect(database) as direct:
        direct.execute("VACUUM INTO ?", (str(older),))
    log_look(OFFICER, code, "print_report")
    checkpoint()
    close()
    connection.close()
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    older.replace(database)
    log_look(OFFICER, code, "read_case")
    assert ("log", "differs_from_checkpoint", 2) in findings()


def test_what_no_checkpoint_saw_is_counted(code):
    log_look(OFFICER, code, "read_case")
    assert (verify_all().log_lines, verify_all().log_not_yet_witnessed) == (1, 1)
    checkpoint()
    assert verify_all().log_not_yet_witnessed == 0


def test_looks_alone_are_witnessed_too(code):
    from datetime import UTC
    from datetime import datetime
    from datetime import timedelta

    checkpoint()
    now = datetime.now(UTC)
    assert not checkpoint_when_due(now + timedelta(minutes=6))
    log_look(OFFICER, code, "read_case")
    assert not checkpoint_when_due(now)
    assert checkpoint_when_due(now + timedelta(minutes=6))


def test_lines_written_by_many_at_once_make_one_chain(code):
    def looks() -> None:
        for _ in range(20):
            log_look(OFFICER, code, "read_case")
        connection.close()  # each thread has its own

    threads = [Thread(target=looks) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Look.objects.count() == 80
    assert findings() == []


def test_a_line_written_in_a_transaction_that_is_undone_leaves_the_chain_sound(code):
    with transaction.atomic():
        log_look(OFFICER, code, "read_case")
        transaction.set_rollback(True)
    log_look(OFFICER, code, "read_case")
    assert Look.objects.count() == 1
    assert findings() == []


def test_a_look_that_cannot_be_written_is_said_and_nothing_else_happens(code, database):
    with sqlite3.connect(database) as direct:
        direct.execute("CREATE TRIGGER full BEFORE INSERT ON log_line BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with pytest.raises(CannotKeep, match="not shown"):
        log_look(OFFICER, code, "read_case")
    assert NOT_WRITTEN.count(".") > 2
    with sqlite3.connect(database) as direct:
        direct.execute("DROP TRIGGER full")
    log_look(OFFICER, code, "read_case")
    assert findings() == []


def test_looks_leave_the_cases_own_chains_as_they_were(code):
    head = read_case(case_by_code(code)).head
    log_look(OFFICER, code, "read_case", "typed words")
    checkpoint()
    assert read_case(case_by_code(code)).head == head
    assert verify_all(words=True).findings == ()
