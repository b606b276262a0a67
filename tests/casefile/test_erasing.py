"""Erasing a case: two people, a certificate, a chain that still verifies, and not one byte of the key left."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.casefile.test_keeping import LEAD
from tests.casefile.test_keeping import closed_case
from tests.casefile.test_keeping import say

from holdfast.casefile import erasing
from holdfast.casefile.append import append
from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.erasing import MustBeKept
from holdfast.casefile.erasing import erase
from holdfast.casefile.erasing import finish_erasures
from holdfast.casefile.erasing import forget_erased
from holdfast.casefile.erasures import erasures_known
from holdfast.casefile.erasures import places
from holdfast.casefile.forgotten import PLACES
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.store import close
from holdfast.casefile.verifying import verify_all
from holdfast.record.erasure import read_erasure
from holdfast.record.note import NoteRefused

WORD = "the green door behind the mill"
BY_RULE = {"by": LEAD, "second": "SUP2", "reason": "retention_ended", "rule": "keep-nfa"}


@pytest.fixture
def case(database, small_pack):
    found = closed_case()
    say(found, "KeepingReleased", {"reason": WORD}, about=(1,))
    return found


def wrapped_key(database: Path, case) -> bytes:
    with sqlite3.connect(database) as raw:
        return raw.execute("SELECT wrapped FROM case_key WHERE case_id = ?", (case.hex,)).fetchone()[0]


def bytes_on_disk(database: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(database.parent.glob(database.name + "*")))


def test_the_key_is_gone_from_every_byte_and_the_chain_still_verifies(database, case):
    others = [closed_case() for _ in range(40)]
    key = wrapped_key(database, case)
    assert key in bytes_on_disk(database)
    done = erase(case, **BY_RULE)
    assert done.gone
    assert key not in bytes_on_disk(database)
    report = verify_all(words=True)
    assert (report.findings, report.erased, report.not_yet_witnessed) == ((), 1, 0)
    with pytest.raises(CannotKeep, match="erased"):
        read_case(case)
    with pytest.raises(CannotKeep, match="erased"):
        say(case, "KeepingHeld", {"for_what": "court"})
    assert read_case(others[0]).length == 2


def test_the_search_for_the_bytes_finds_a_key_that_is_there(database, case):
    assert erasing._still_there(wrapped_key(database, case))


def test_the_last_entry_says_why_by_which_rule_and_who_agreed(database, case):
    before = read_case(case).length
    erase(case, **BY_RULE)
    with sqlite3.connect(database) as raw:
        last = raw.execute(
            "SELECT number, kind, role, staff FROM entry WHERE case_id = ? ORDER BY number DESC", (case.hex,)
        ).fetchone()
    assert last == (before + 1, "FileErased", "supervisor", "SUP1")
    said = erasures_known()[0].said
    assert (said.case, said.length, said.reason, said.rule) == (str(case), before + 1, "retention_ended", "keep-nfa")
    assert (said.by, said.second) == ("supervisor SUP1", "SUP2")


def test_the_certificate_is_signed_names_no_code_and_no_word_and_stands_in_both_places(database, case):
    code = read_case(case).code
    done = erase(case, **BY_RULE)
    note = done.certificate.read_bytes()
    assert read_erasure(note, *origin_and_key()).said.case == str(case)
    assert code.encode() not in note
    assert WORD.encode() not in note
    here, there = places()
    assert [file.read_bytes() for file in files_in(here)] == [file.read_bytes() for file in files_in(there)] == [note]
    with pytest.raises(NoteRefused):
        read_erasure(note.replace(b"SUP2", b"SUP3"), *origin_and_key())


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"second": "SUP1"}, EntryRefused),
        ({"second": "sup1"}, EntryRefused),
        ({"second": ""}, EntryRefused),
        ({"rule": "keep-cautioned"}, MustBeKept),
        ({"rule": ""}, MustBeKept),
        ({"reason": "not_known"}, EntryRefused),
        ({"seen": 1}, CaseMovedOn),
    ],
)
def test_what_is_not_in_order_erases_nothing(database, case, changed, refused):
    before = read_case(case).length
    with pytest.raises(refused):
        erase(case, **BY_RULE | changed)
    assert read_case(case).length == before
    assert erasures_known() == ()
    assert wrapped_key(database, case)


@pytest.mark.parametrize("reason", ["retention_ended", "survivor_asked", "court_ordered"])
def test_a_hold_stops_every_erasure(database, case, reason):
    say(case, "KeepingHeld", {"for_what": "inquiry"})
    with pytest.raises(MustBeKept, match="held"):
        erase(case, **BY_RULE | {"reason": reason})
    assert read_case(case).entries


def test_a_file_whose_time_has_not_passed_is_erased_only_for_another_reason(database, small_pack):
    case = closed_case(days=1)
    with pytest.raises(MustBeKept):
        erase(case, **BY_RULE)
    assert erase(case, by=LEAD, second="SUP2", reason="survivor_asked").gone


def test_the_entry_that_says_erased_is_written_in_no_other_way(database, case):
    with pytest.raises(EntryRefused, match="no other way"):
        say(case, "FileErased", {"reason": "survivor_asked", "second_person": "SUP2"})


@pytest.mark.parametrize("step", ["checkpoint", "list_erasure", "destroy"])
def test_a_crash_at_any_step_is_made_good(database, case, step, monkeypatch):
    key = wrapped_key(database, case)
    with monkeypatch.context() as broken:
        broken.setattr(erasing, step, lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erase(case, **BY_RULE)
    assert wrapped_key(database, case) == key
    close()
    assert finish_erasures() == 1
    assert key not in bytes_on_disk(database)
    assert len(erasures_known()) == 1
    assert (verify_all(words=True).findings, finish_erasures()) == ((), 0)


def test_a_list_that_was_shortened_in_one_place_is_made_whole_and_one_that_was_changed_stops_it(database, case):
    other, third = closed_case(), closed_case()
    erase(case, **BY_RULE)
    here, there = places()
    (here / "00000001.txt").unlink()
    erase(other, **BY_RULE)
    assert [file.name for file in files_in(here)] == ["00000001.txt", "00000002.txt"]
    for place in (here, there):
        (place / "00000001.txt").write_bytes((place / "00000001.txt").read_bytes().replace(b"keep-nfa", b"keep-xyz"))
    with pytest.raises(CannotKeep, match="not to be believed"):
        erase(third, **BY_RULE)
    assert read_case(third).entries[-1].kind != "FileErased"


ELSEWHERE = """
import os, sys
from uuid import UUID
from holdfast.site.start import start
start()
from holdfast.casefile.erasing import erase
from holdfast.record.entry import By
erase(UUID(sys.argv[1]), by=By("supervisor", "SUP1"), second="SUP2", reason="survivor_asked")
"""


def test_a_server_that_had_the_case_in_memory_forgets_it_when_another_process_erases_it(database, case, settings):
    read_case(case)
    assert case in REMEMBERED.held()
    told = os.environ | {"HOLDFAST_DATA": str(database.parent), "HOLDFAST_PACKS": str(settings.HOLDFAST_PACKS)}
    told.pop("HOLDFAST_CHECKPOINT_COPY", None)
    subprocess.run([sys.executable, "-c", ELSEWHERE, str(case)], env=told, check=True)
    with pytest.raises(CannotKeep, match="erased"):
        read_case(case)
    assert forget_erased() == 1
    assert case not in REMEMBERED.held()


def test_every_table_that_names_a_case_says_whether_it_goes(database):
    with sqlite3.connect(database) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        naming = {
            name
            for name in tables
            for column in raw.execute(f"PRAGMA table_info('{name}')")
            if column[1] in ("case", "case_id", "case_code", "code") and name != "case"
        }
    assert naming - PLACES.keys() == set()


def test_ways_in_walls_and_sessions_go_with_the_key(database, case):
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from holdfast.access.walls import wall_off
    from holdfast.access.walls import walled_off

    code = read_case(case).code
    wall_off(code, "PC9", "PC9")
    with sqlite3.connect(database) as raw:
        raw.execute(
            'INSERT INTO access_way_in ("case", kind, lookup, tag, credential, issued_at) '
            "VALUES (?, 'words', 'x', 'y', '', ?)",
            (case.hex, str(timezone.now())),
        )
    theirs, other = SessionStore(), SessionStore()
    theirs["case"], other["case"] = str(case), "another"
    theirs.save()
    other.save()
    erase(case, **BY_RULE)
    with sqlite3.connect(database) as raw:
        assert raw.execute("SELECT COUNT(*) FROM access_way_in").fetchone() == (0,)
    assert walled_off(code) == frozenset()
    assert (SessionStore().exists(theirs.session_key), SessionStore().exists(other.session_key)) == (False, True)


def test_duties_that_are_told_of_an_erased_case_are_nobodys_to_do(database, case):
    erase(case, **BY_RULE)
    with sqlite3.connect(database) as raw:
        assert raw.execute("SELECT COUNT(*) FROM duty_row WHERE case_id = ? AND live", (case.hex,)).fetchone() == (0,)


def test_append_is_still_the_way_for_all_others(database, case):
    assert append(case, "KeepingHeld", {"for_what": "court"}, by=LEAD, happened_at=read_case(case).opened_at).number


def test_a_changed_pack_never_asks_the_clock_for_an_erased_case(database, case, small_pack):
    from holdfast.casefile.rederiving import _mark
    from holdfast.casefile.rederiving import every_case

    other = closed_case()
    erase(case, **BY_RULE)
    _mark("smallplace", read_case(other).opened_at)
    with sqlite3.connect(database) as raw:
        marked = raw.execute('SELECT id FROM "case" WHERE look_again_at IS NOT NULL').fetchall()
    assert marked == [(other.hex,)]
    assert list(every_case()) == [other]
