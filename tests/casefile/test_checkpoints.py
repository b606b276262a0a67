"""Checkpoints: when they are written, where they lie, and what they bring to light."""

import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.checkpoints import checkpoint_when_due
from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import close
from holdfast.casefile.verifying import verify_all

NOW = datetime.now(UTC)


@pytest.fixture
def two_cases(database, small_pack):
    cases = [new_case(), new_case()]
    for case in cases:
        ask(case)
    checkpoint()
    return cases


def outcomes(*, words: bool = False) -> set[tuple[str, str]]:
    return {(finding.where.split()[0], str(finding.outcome)) for finding in verify_all(words=words).findings}


def tamper(database, case, *asked: str) -> None:
    """What somebody does who has the database file and knows SQLite."""
    close()
    with sqlite3.connect(database) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for one in asked:
            raw.execute(one, (case.hex,))


def test_one_is_written_at_once_then_every_five_minutes_or_hundred_entries(database, small_pack):
    assert not checkpoint_when_due(NOW)
    case = new_case()
    assert checkpoint_when_due(NOW)
    ask(case)
    assert not checkpoint_when_due(NOW + timedelta(minutes=4))
    assert checkpoint_when_due(NOW + timedelta(minutes=5))
    for _ in range(100):
        ask(case)
    assert checkpoint_when_due(NOW + timedelta(minutes=6))
    assert not checkpoint_when_due(NOW + timedelta(days=1))
    assert len(files_in(folder())) == 3


def test_each_is_copied_to_the_second_place_with_the_public_key(two_cases):
    assert [file.name for file in files_in(folder())] == ["00000001.txt"]
    assert (second_folder() / "00000001.txt").read_bytes() == (folder() / "00000001.txt").read_bytes()
    assert "PRIVATE" not in (second_folder() / "public-key.txt").read_text()
    assert (folder() / "00000001.txt").read_text().count("\n") > 5


def test_what_is_sound_is_said_to_be_sound(two_cases):
    report = verify_all(words=True)
    assert report.findings == ()
    assert (report.cases, report.entries, report.checkpoints, report.not_yet_witnessed) == (2, 4, 1, 0)
    ask(two_cases[0])
    assert verify_all().not_yet_witnessed == 1


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (["DELETE FROM entry WHERE case_id = ? AND number = 2"], "shorter_than_checkpoint"),
        (["DELETE FROM entry WHERE case_id = ? AND number = 2", 'UPDATE "case" SET length = 1 WHERE id = ?'],
         "shorter_than_checkpoint"),
        (["DELETE FROM entry WHERE case_id = ? AND number = 1"], "missing_entry"),
        (["DELETE FROM entry WHERE case_id = ?", "DELETE FROM duty_row WHERE case_id = ?",
          "DELETE FROM case_key WHERE case_id = ?", 'DELETE FROM "case" WHERE id = ?'], "case_missing"),
        (["UPDATE entry SET sealed = x'00' WHERE case_id = ? AND number = 2"], "altered_entry"),
        (["UPDATE entry SET header = replace(header, 'CT1', 'CT2') WHERE case_id = ? AND number = 1"], "altered_entry"),
        (['UPDATE "case" SET length = 3 WHERE id = ?'], "missing_entry"),
    ],
    ids=["last entry", "last entry and its count", "first entry", "whole case", "words", "who", "count"],
)  # fmt: skip
def test_what_was_taken_out_or_changed_shows(two_cases, database, asked, outcome):
    tamper(database, two_cases[0], *asked)
    assert outcomes() == {("case", outcome)}


@pytest.mark.parametrize(
    "changed",
    ["kind = 'CallReceived'", "happened_at = '2020-01-01 00:00:00'", "recorded_at = '2020-01-01 00:00:00'",
     "role = 'dispatcher'", "staff = 'CT2'", "number = 3"],
)  # fmt: skip
def test_a_column_that_says_something_else_than_the_header_shows(two_cases, database, changed):
    tamper(database, two_cases[0], f"UPDATE entry SET {changed} WHERE case_id = ? AND number = 2")  # noqa: S608
    assert ("case", "columns_differ") in outcomes()
    found = next(one for one in verify_all().findings if one.outcome == "columns_differ")
    assert (found.at_number, found.says[-1]) == (2, ".")


@pytest.mark.parametrize("column", ["pack", "force", "area"])
def test_a_case_whose_row_says_another_place_than_its_opening_shows_where_words_are_opened(two_cases, database, column):
    tamper(database, two_cases[0], f"UPDATE \"case\" SET {column} = 'elsewhere' WHERE id = ?")  # noqa: S608
    assert outcomes(words=True) == {("case", "case_differs")}


def test_an_end_that_no_checkpoint_saw_still_shows_against_the_cases_own_row(two_cases, database):
    ask(two_cases[0])
    tamper(database, two_cases[0], "DELETE FROM entry WHERE case_id = ? AND number = 3")
    assert outcomes() == {("case", "missing_entry")}


def test_a_checkpoint_that_was_taken_away_or_changed_shows(two_cases):
    ask(two_cases[0])
    checkpoint()
    first = folder() / "00000001.txt"
    before = first.read_bytes()
    first.unlink()
    assert ("checkpoints", "checkpoint_missing") in outcomes()
    first.write_bytes(before.replace(b" 2 ", b" 1 "))
    assert ("checkpoints", "bad_signature") in outcomes()


def test_an_end_of_the_checkpoints_that_was_taken_away_shows_against_the_second_place(two_cases):
    ask(two_cases[0])
    checkpoint()
    (folder() / "00000002.txt").unlink()
    assert outcomes() == {("second", "checkpoint_missing"), ("case", "witnessed_differs")}
    ask(two_cases[0])
    with pytest.raises(CannotKeep, match="took it away"):
        checkpoint()
    assert [file.name for file in files_in(folder())] == ["00000001.txt"]


def test_an_erased_case_is_sound_and_counted(two_cases, database):
    tamper(database, two_cases[0], "DELETE FROM case_key WHERE case_id = ?")
    report = verify_all(words=True)
    assert (report.findings, report.erased) == ((), 1)
    assert verify_all().erased == 1
    assert verify_all().without_key == (str(two_cases[0]),)
    with pytest.raises(CannotKeep, match="erased"):
        ask(two_cases[0])


def test_a_crash_between_file_and_database_loses_nothing(two_cases, database):
    """The file was written, the database did not hear of it: the next one says the same again."""
    with sqlite3.connect(database) as raw:
        raw.execute('UPDATE "case" SET witnessed = 0')
    assert checkpoint() == 2
    assert outcomes() == set()


@pytest.mark.parametrize("checkpoints", [1, 2])
def test_a_crash_between_the_two_places_leaves_no_gap_in_the_second(two_cases, checkpoints):
    """Written here, and killed before it was copied: it is copied by the clock, and before another one follows."""
    for _ in range(checkpoints - 1):
        ask(two_cases[0])
        checkpoint()
    newest = files_in(second_folder())[-1]
    newest.unlink()
    assert not checkpoint_when_due(NOW)
    assert newest.exists()
    newest.unlink()
    ask(two_cases[0])
    assert checkpoint() == checkpoints + 1
    assert outcomes() == set()


def test_what_was_taken_from_the_middle_of_the_second_place_is_not_put_back_in_silence(two_cases):
    for _ in range(2):
        ask(two_cases[0])
        checkpoint()
    files_in(second_folder())[1].unlink()
    checkpoint_when_due(NOW + timedelta(hours=1))
    ask(two_cases[0])
    checkpoint()
    assert ("second", "checkpoint_altered") in outcomes()
