"""Many writers at once: each is answered, none is lost, and one that fails harms no other."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile.group import Group
from holdfast.casefile.models import StoredEntry
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.verifying import verify_all

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def group(tmp_path: Path):
    made = Group(tmp_path / "group.sqlite3", lambda kept: None)
    made.write(lambda connection, kept: connection.execute("CREATE TABLE said (word TEXT UNIQUE)"))
    yield made
    made.close()


def say(word: str):
    return lambda connection, kept: connection.execute("INSERT INTO said VALUES (?)", (word,)).rowcount


def said(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM said ORDER BY 1")]


def together(*works) -> list:
    """Runs each in a thread of its own; what each answered or raised."""
    answers: list = [None] * len(works)

    def run(place: int, work) -> None:
        try:
            answers[place] = work()
        except Exception as fault:  # noqa: BLE001 it is what is looked at
            answers[place] = fault

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_what_was_answered_is_on_the_disk(group, tmp_path):
    group.write(say("heard"))
    assert said(tmp_path / "group.sqlite3") == ["heard"]


def test_writers_who_come_meanwhile_share_one_commit(group, tmp_path):
    commits = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection, kept):
        begun.set()
        go_on.wait(10)
        connection.set_trace_callback(lambda asked: commits.append(asked) if asked == "COMMIT" else None)

    first = threading.Thread(target=group.write, args=(slow,))
    first.start()
    begun.wait(10)
    others = [threading.Thread(target=group.write, args=(say(str(number)),)) for number in range(12)]
    for other in others:
        other.start()
    while len(group._line) < 12:
        time.sleep(0.001)
    go_on.set()
    for thread in (first, *others):
        thread.join()
    assert len(said(tmp_path / "group.sqlite3")) == 12
    assert len(commits) == 2  # the slow one's, and one for the twelve who waited


def test_one_that_is_refused_is_undone_alone(group, tmp_path):
    def half_written(connection, kept):
        connection.execute("INSERT INTO said VALUES ('half')")
        raise EntryRefused("A word", ())

    answers = together(*([lambda: group.write(say(os.urandom(4).hex()))] * 6), lambda: group.write(half_written))
    assert isinstance(answers[-1], EntryRefused)
    assert answers[:-1] == [1] * 6
    assert "half" not in said(tmp_path / "group.sqlite3")


def test_what_a_refused_write_remembered_is_forgotten(tmp_path):
    remembered: dict = {}
    group = Group(tmp_path / "group.sqlite3", remembered.update)

    def refused(connection, kept):
        kept["case"] = "never written"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 it has no words
        group.write(refused)
    assert remembered == {}
    group.close()


def test_a_database_that_cannot_be_written_is_said_to_every_writer(tmp_path):
    folder = tmp_path / "no-database"
    folder.mkdir()
    group = Group(folder, lambda kept: None)
    answers = together(*[lambda: group.write(say("lost"))] * 3)
    assert all(isinstance(answer, CannotKeep) for answer in answers)


def test_eight_writers_in_eight_cases_lose_nothing(database, small_pack):
    cases = [new_case() for _ in range(8)]
    answers = together(*[lambda case=case: [ask(case) for _ in range(12)] for case in cases])
    assert answers == [list(range(2, 14))] * 8
    assert verify_all(words=True).findings == ()


def test_eight_writers_in_one_case_each_get_a_number_of_their_own(database, small_pack):
    case = new_case()
    answers = together(*[lambda: [ask(case) for _ in range(8)] for _ in range(8)])
    assert sorted(number for told in answers for number in told) == list(range(2, 66))
    assert read_case(case).length == 65


def test_a_refused_entry_among_many_leaves_no_gap(database, small_pack):
    from holdfast.casefile.append import append

    case = new_case()

    def bad():
        append(case, "CallReceived", {"route": "pigeon"}, by=TAKER, happened_at=ago(hours=1))

    def late():
        append(case, "CallBackMade", {"reached": "yes"}, by=TAKER, happened_at=ago(hours=1), about=[900])

    answers = together(*[lambda: ask(case), bad, late] * 6)
    assert sum(isinstance(answer, EntryRefused) for answer in answers) == 12
    assert read_case(case).length == 7
    assert StoredEntry.objects.count() == 7


# What another process does: the same write, with nothing in common but the files.
ELSEWHERE = """
import django
django.setup()
import sys
from uuid import UUID
from tests.casefile.writing import ask
for _ in range(10):
    ask(UUID(sys.argv[1]))
"""


@pytest.mark.slow
def test_several_processes_write_one_chain(database, small_pack, settings):
    case = new_case()
    around = {"HOLDFAST_DATA": str(database.parent), "HOLDFAST_PACKS": str(settings.HOLDFAST_PACKS)}
    around |= {"DJANGO_SETTINGS_MODULE": "holdfast.site.settings", "PYTHONPATH": str(HOUSE)}
    asked = [sys.executable, "-c", ELSEWHERE, str(case)]
    processes = [subprocess.Popen(asked, env={**os.environ, **around}) for _ in range(3)]
    here = [ask(case) for _ in range(10)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert len(here) == 10
    assert read_case(case).length == 41
    assert verify_all(words=True).findings == ()


def test_who_is_written_for_alone_sees_only_what_is_committed(group, tmp_path):
    """A checkpoint is a file of its own: what it says of a chain must not be lost again with a commit that fails."""
    seen, leads = [], threading.Event()

    def first(connection, kept) -> None:
        leads.set()
        until = time.monotonic() + 20
        while len(group._line) < 4 and time.monotonic() < until:
            time.sleep(0.001)

    def look(connection, kept) -> None:
        with sqlite3.connect(tmp_path / "group.sqlite3") as other:
            asked = "SELECT COUNT(*) FROM said"
            seen.append((connection.execute(asked).fetchone()[0], other.execute(asked).fetchone()[0]))
        other.close()

    def later(*works):
        leads.wait(20)
        return [group.write(work, alone=alone) for work, alone in works]

    together(
        lambda: group.write(first),
        lambda: later((say("one"), False)), lambda: later((say("two"), False)),
        lambda: later((look, True)), lambda: later((look, True)),
    )  # fmt: skip
    assert said(tmp_path / "group.sqlite3") == ["one", "two"]
    assert len(seen) == 2
    assert all(inside == committed for inside, committed in seen), seen
