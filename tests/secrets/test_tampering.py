"""Five hundred tamperings with what is stored, by chance that can be had again, each named by verifying.

HOLDFAST_TAMPERINGS names another number of them, HOLDFAST_TAMPER_SEED another beginning.
"""

import os
import shutil
import sqlite3
from collections import Counter
from random import Random

import pytest
from django.db import connections
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import ask
from tests.casefile.writing import new_case
from tests.secrets.tamper import WAYS

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.casefile.append import append
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.erasures import erasures_against
from holdfast.casefile.keys.belonging import keep_check
from holdfast.casefile.reading import read_case
from holdfast.casefile.store import close
from holdfast.casefile.verifying import Finding
from holdfast.casefile.verifying import verify_all

MANY = int(os.environ.get("HOLDFAST_TAMPERINGS", "500"))
PARTS = 5
SEED = int(os.environ.get("HOLDFAST_TAMPER_SEED", "20261121"))


def findings() -> tuple[Finding, ...]:
    """What `holdfast verify` finds."""
    report = verify_all(words=True)
    return (*report.findings, *erasures_against(report.without_key)[1])


def let_go() -> None:
    """Nothing of the database is held open or remembered."""
    close()
    connections["default"].close()


def grow(case) -> None:
    """A case with duties that are open, done, overdue and waiting for their time."""
    append(case, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(hours=4))
    append(case, "CallGraded", {"grade": "immediate", "attend_within": 15}, by=TAKER, happened_at=ago(hours=3))
    append(case, "CallQuestionsAnswered", {"hurt": "no"}, by=TAKER, happened_at=ago(hours=3))
    append(case, "CrimeRecorded", {"reference": "42/1"}, by=DETECTIVE, happened_at=ago(hours=2))
    ends = {"ends_at": ago(days=-20).isoformat()}
    append(case, "BailGranted", ends, by=DETECTIVE, happened_at=ago(hours=2))
    decided = {"duty": "refer-child", "reason": "Done already", "second_person": "DC8", "survivor_asked": "yes",
               "try_again_on": ago(days=-9).date().isoformat()}  # fmt: skip
    seen = append(case, "ChildSeen", {"seen": "yes", "spoken_to": "yes"}, by=DETECTIVE, happened_at=ago(hours=2))
    append(case, "DutyWaived", decided, by=DETECTIVE, happened_at=ago(hours=1), about=(seen.number,))


@pytest.fixture
def stored(database, small_pack, tmp_path):
    """A folder with four cases, a log and three checkpoints, and an older copy of its database beside it."""
    keep_check()
    cases = [new_case() for _ in range(4)]
    for case in cases[:2]:
        grow(case)
    for number in range(6):
        log_look(Person("investigator", f"DC{number}"), read_case(cases[number % 4]).code, "see_case", "a look")
    checkpoint()
    let_go()
    older = tmp_path.parent / "older.sqlite3"
    shutil.copy(database, older)
    for case in cases[2:]:
        grow(case)
    for case in cases:
        ask(case)
        ask(case)
    checkpoint()
    ask(cases[0])
    checkpoint()
    let_go()
    with sqlite3.connect(database) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode=DELETE")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
    raw.close()
    whole = tmp_path.parent / "whole"
    shutil.copytree(tmp_path, whole)
    yield database, whole
    shutil.rmtree(whole)
    older.unlink()


def put_back(folder, whole) -> None:
    let_go()
    for name in ("holdfast.sqlite3-wal", "holdfast.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(whole / "holdfast.sqlite3", folder / "holdfast.sqlite3")
    for each in ("checkpoints", "checkpoint-copy"):
        shutil.rmtree(folder / each)
        shutil.copytree(whole / each, folder / each)


@pytest.mark.parametrize("part", range(PARTS))
def test_each_of_five_hundred_tamperings_is_named(stored, part):
    database, whole = stored
    folder, chance = database.parent, Random(f"{SEED}/{part}")
    assert findings() == (), "what nobody touched is sound"
    unnamed, tried = [], Counter()
    while tried.total() < MANY // PARTS:
        put_back(folder, whole)
        way = chance.choices(list(WAYS), list(WAYS.values()))[0]
        raw = sqlite3.connect(database)
        did = way(chance, folder, raw)
        raw.commit()
        raw.close()
        if not did:
            continue
        tried[way.__name__] += 1
        try:
            named = findings()
        except Exception as fault:  # noqa: BLE001 verifying that breaks down has named nothing
            unnamed.append(f"{did}: {fault!r}")
            continue
        if not named:
            unnamed.append(did)
    assert not unnamed, "\n".join(unnamed)
    assert len(tried) > len(WAYS) // 2, "many ways were tried"


def test_what_is_newer_than_the_last_checkpoint_is_out_of_reach_and_said_to_be(stored):
    database, whole = stored
    put_back(database.parent, whole)
    with sqlite3.connect(database) as raw:
        case = raw.execute('SELECT id FROM "case" ORDER BY opened_at LIMIT 1').fetchone()[0]
    from uuid import UUID

    ask(UUID(case))
    ask(UUID(case))
    assert (findings(), verify_all().not_yet_witnessed) == ((), 2)
    put_back(database.parent, whole)  # the disk of a moment before
    assert (findings(), verify_all().not_yet_witnessed) == ((), 0)
