"""Who keeps the keys: the ring as its file says now, how keys are exchanged, and what belongs to which database."""

import json
import sqlite3
import stat
import threading
from uuid import uuid4

import pytest
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile.keyring import change_ring
from holdfast.casefile.keyring import make_ring
from holdfast.casefile.keyring import new_key
from holdfast.casefile.keyring import ring_in
from holdfast.casefile.keys.belonging import OF_ANOTHER
from holdfast.casefile.keys.belonging import fault_of_keys
from holdfast.casefile.keys.belonging import keep_check
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.keys.rotating import add_key
from holdfast.casefile.keys.rotating import listed
from holdfast.casefile.keys.rotating import retire
from holdfast.casefile.keys.rotating import rewrap
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.state import Remembered
from holdfast.casefile.verifying import verify_all


def names_used(database) -> set[str]:
    with sqlite3.connect(database) as raw:
        return {name for (name,) in raw.execute("SELECT ring_key FROM case_key")}


def wraps() -> dict[str, int]:
    return {one.name: one.wraps for one in listed()}


def test_an_added_key_wraps_the_next_case_and_old_ones_still_open(database, small_pack):
    before, old = ring().newest, new_case()
    added = add_key()
    new = new_case()
    REMEMBERED.forget()
    assert wraps() == {before: 1, added: 1}
    assert [one.for_new for one in listed()] == [False, True]
    assert len(read_case(old).entries) == len(read_case(new).entries) == 1


def test_a_key_that_another_process_added_is_used_at_once(database, tmp_path, small_pack):
    new_case()
    names = []
    change_ring(tmp_path, lambda said: names.append(new_key(said)))  # what `holdfast keys add` does beside the server
    new_case()
    assert names_used(database) == set(ring().keys)
    assert names[0] in names_used(database)


def test_wrapped_anew_every_case_opens_and_the_old_key_may_go(database, small_pack):
    cases, old = [new_case() for _ in range(70)], ring().newest
    with pytest.raises(CannotKeep, match="wraps new cases"):
        retire(old)
    added = add_key()
    with pytest.raises(CannotKeep, match="still wraps 70 keys"):
        retire(old)
    told: list[int] = []
    ended = rewrap(told.append)
    assert (ended.by, ended.done, ended.failed) == (added, 70, 0)
    assert told == [32, 64, 70]
    retire(old)
    assert list(ring().keys) == [added]
    REMEMBERED.forget()
    assert all(read_case(case).entries for case in cases)
    assert verify_all(words=True).findings == ()
    with pytest.raises(CannotKeep, match="no key of this name"):
        retire(old)


def test_wrapping_anew_goes_on_where_it_stopped(database, small_pack):
    for _ in range(70):
        new_case()
    added = add_key()

    def stop_after_the_first(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rewrap(stop_after_the_first)
    assert wraps()[added] == 32
    assert rewrap().done == 38
    assert names_used(database) == {added}


def test_wrapping_anew_while_others_record_and_begin_cases_loses_nothing(database, small_pack):
    cases = [new_case() for _ in range(40)]
    faults: list[BaseException] = []

    def record() -> None:
        try:
            for case in cases[:10]:
                ask(case)
                cases.append(new_case())
        except BaseException as fault:  # noqa: BLE001 told below
            faults.append(fault)

    writers = [threading.Thread(target=record) for _ in range(3)]
    added = add_key()
    for writer in writers:
        writer.start()
    rewrap()
    for writer in writers:
        writer.join()
    REMEMBERED.forget()
    assert faults == []
    assert names_used(database) == {added}
    assert all(len(read_case(case).entries) == 4 for case in cases[:10])
    assert verify_all(words=True).findings == ()


def test_a_case_that_is_erased_meanwhile_stays_erased(database, small_pack):
    cases = [new_case() for _ in range(40)]
    add_key()

    def erase_all(done: int) -> None:
        with sqlite3.connect(database) as raw:
            raw.execute("DELETE FROM case_key")

    rewrap(erase_all)
    assert wraps() == dict.fromkeys(ring().keys, 0)
    assert len(cases) == 40


def test_a_key_that_does_not_open_is_counted_and_left(database, small_pack):
    keep_check()
    case = new_case()
    new_case()
    with sqlite3.connect(database) as raw:
        raw.execute("UPDATE case_key SET wrapped = x'00112233445566778899aabbccddeeff' WHERE case_id = ?", (case.hex,))
    add_key()
    ended = rewrap()
    assert (ended.done, ended.failed) == (1, 1)


def test_a_ring_that_is_damaged_while_it_runs_leaves_the_keys_there_are(database, tmp_path, small_pack, caplog):
    case = new_case()
    (tmp_path / "keyring.json").write_text("{")
    REMEMBERED.forget()
    assert read_case(case).entries
    assert new_case()
    assert "put back your copy" in caplog.text


def test_the_ring_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    made = make_ring(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        change_ring(tmp_path, lambda said: said["keys"].clear())
    monkeypatch.undo()
    assert ring_in(tmp_path) == made
    change_ring(tmp_path, new_key)
    assert stat.S_IMODE((tmp_path / "keyring.json").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["keyring.json"]


def test_two_who_add_a_key_at_once_both_add_one(tmp_path):
    make_ring(tmp_path)
    writers = [threading.Thread(target=change_ring, args=(tmp_path, new_key)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(json.loads((tmp_path / "keyring.json").read_text())["keys"]) == 9


class TestBelonging:
    """A case begun under another database's ring is lost to whoever has the right one."""

    def test_what_belongs_is_said_to(self, database, small_pack):
        assert keep_check() is True
        assert keep_check() is False
        new_case()
        assert fault_of_keys() == ""

    @pytest.mark.parametrize(("checked", "cases"), [(True, 0), (True, 1), (False, 1)])
    def test_a_ring_of_another_installation_is_refused(self, database, tmp_path, small_pack, checked, cases):
        if checked:
            keep_check()
        for _ in range(cases):
            new_case()
        (tmp_path / "keyring.json").unlink()
        make_ring(tmp_path)
        assert fault_of_keys() == OF_ANOTHER
        with pytest.raises(CannotKeep, match="does not belong"):
            keep_check()

    @pytest.mark.parametrize("checked", [True, False])
    def test_another_key_under_the_same_name_is_refused(self, database, tmp_path, small_pack, checked):
        if checked:
            keep_check()
        new_case()
        other = make_ring(tmp_path / "other").keys

        def put(said: dict) -> None:
            text = json.loads((tmp_path / "other" / "keyring.json").read_text())["keys"]
            said["keys"] = {name: text[next(iter(other))] for name in said["keys"]}

        change_ring(tmp_path, put)
        assert fault_of_keys() == OF_ANOTHER

    def test_a_ring_put_together_from_two_is_refused(self, database, tmp_path):
        keep_check()
        make_ring(tmp_path / "other")
        other = json.loads((tmp_path / "other" / "keyring.json").read_text())["checkpoint"]
        change_ring(tmp_path, lambda said: said.update(checkpoint=other))
        assert fault_of_keys() == OF_ANOTHER


def test_a_state_is_held_no_longer_for_being_used(database, small_pack, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("holdfast.casefile.state.time.monotonic", lambda: now[0])
    case = new_case()
    state = REMEMBERED.get(case, *_head(database, case))
    assert state is not None
    held = Remembered(seconds=60)
    held.put({case: state})
    now[0] += 50
    assert held.get(case, state.head, state.revision) is state
    held.put({case: state})
    now[0] += 11
    assert held.get(case, state.head, state.revision) is None
    held.let_go()
    assert held._states == {}


def _head(database, case) -> tuple[bytes, int]:
    with sqlite3.connect(database) as raw:
        return raw.execute('SELECT head, revision FROM "case" WHERE id = ?', (case.hex,)).fetchone()


@pytest.mark.parametrize("said", ["kms:", "vault", "FILE", "kms"])
def test_a_keeper_that_is_not_understood_is_refused(database, settings, said):
    settings.HOLDFAST_KEYS = said
    with pytest.raises(CannotKeep, match="HOLDFAST_KEYS is not understood"):
        keeper()


@pytest.mark.parametrize("said", ["", "file"])
def test_the_ring_keeps_where_nothing_else_is_said(database, settings, said):
    settings.HOLDFAST_KEYS = said
    case, key = uuid4(), b"k" * 32
    assert keeper().unwrap(case, *keeper().wrap(case, key)) == key
    assert not keeper().elsewhere
