"""Backing up while others write, and putting it back: nothing is lost, and what is missing is said."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from tests.casefile.test_erasing import BY_RULE
from tests.casefile.test_erasing import WORD
from tests.casefile.test_keeping import closed_case
from tests.casefile.test_keeping import say
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile.append import open_case
from holdfast.casefile.backup.making import back_up
from holdfast.casefile.backup.restoring import restore
from holdfast.casefile.backup.sealed import BackupRefused
from holdfast.casefile.backup.settling import settle
from holdfast.casefile.backup.tables import rows_of
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.erasing import erase
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import close
from holdfast.casefile.verifying import verify_all


@pytest.fixture
def elsewhere(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def put_back(file: Path, into: Path) -> Path:
    keys = keeper()
    restore(file, into, keys, keys.ring.checkpoint_name)
    return into


class at_folder:  # noqa: N801 used as a verb
    """Points this process at a restored folder."""

    def __init__(self, folder: Path, settings):
        self.folder, self.settings = folder, settings

    def __enter__(self):
        from tests.conftest import _database_at

        shutil.copy(Path(self.settings.HOLDFAST_DATA) / "keyring.json", self.folder / "keyring.json")
        self.before = self.settings.HOLDFAST_DATA, self.settings.HOLDFAST_CHECKPOINT_COPY
        self.settings.HOLDFAST_DATA = self.folder
        self.settings.HOLDFAST_CHECKPOINT_COPY = self.folder / "checkpoint-copy"
        self.database = _database_at(self.folder / "holdfast.sqlite3")
        self.database.__enter__()

    def __exit__(self, *told):
        self.database.__exit__(*told)
        self.settings.HOLDFAST_DATA, self.settings.HOLDFAST_CHECKPOINT_COPY = self.before


def contents(path: Path) -> list:
    """Every row of every table, and what is made over them."""
    close()
    return [part for part in rows_of(path) if part[0] != "kept-as"]


def test_everything_comes_back_as_it_was_and_verifies(database, small_pack, elsewhere, settings):
    cases = [new_case() for _ in range(3)]
    for case in cases * 4:
        ask(case, WORD)
    checkpoint()
    ask(cases[0])
    before = contents(database)
    made = back_up(elsewhere)
    assert (made.cases, made.entries) == (3, 16)
    assert WORD.encode() not in made.file.read_bytes()
    assert b"CaseOpened" not in made.file.read_bytes()
    assert made.file.stat().st_mode & 0o077 == 0
    assert [each.name for each in elsewhere.iterdir()] == [made.file.name]
    folder = put_back(made.file, elsewhere / "restored")
    assert contents(folder / "holdfast.sqlite3") == before
    with at_folder(folder, settings):
        settled = settle(folder / "checkpoint-copy")
        assert settled.missing == ()
        report = verify_all(words=True)
        assert (report.findings, report.cases, report.entries, report.not_yet_witnessed) == ((), 3, 16, 1)
        ask(cases[0])
        assert checkpoint() == 2
        assert verify_all().findings == ()


def test_the_key_ring_is_never_in_it(database, small_pack, elsewhere, settings):
    new_case()
    folder = put_back(back_up(elsewhere).file, elsewhere / "restored")
    assert list(folder.rglob("keyring*")) == []


def test_the_database_still_refuses_to_change_an_entry_after_a_restore(database, small_pack, elsewhere):
    ask(new_case())
    folder = put_back(back_up(elsewhere).file, elsewhere / "restored")
    with sqlite3.connect(folder / "holdfast.sqlite3") as raw:
        for asked in ("UPDATE entry SET number = 9", "DELETE FROM entry", 'DELETE FROM "case"'):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(asked)


def test_a_backup_is_of_one_moment_while_others_write(database, small_pack, elsewhere, settings):
    case = new_case()
    stop = threading.Event()
    written = []

    def write_on():
        while not stop.is_set():
            written.append(ask(case, "x" * 2_000))

    writing = threading.Thread(target=write_on)
    writing.start()
    try:
        files = [back_up(elsewhere / f"{number}.backup").file for number in range(4)]
    finally:
        stop.set()
        writing.join()
    assert len(written) > 3
    for number, file in enumerate(files):
        with at_folder(put_back(file, elsewhere / f"restored-{number}"), settings):
            assert verify_all(words=True).findings == ()
            assert read_case(case).length >= 1


def test_text_that_is_no_text_comes_back_as_it_was(database, small_pack, elsewhere):
    new_case()
    close()
    with sqlite3.connect(database) as raw:
        raw.execute("UPDATE \"case\" SET area = CAST(x'ff00fe' AS TEXT)")
    folder = put_back(back_up(elsewhere).file, elsewhere / "restored")
    with sqlite3.connect(folder / "holdfast.sqlite3") as raw:
        found = raw.execute('SELECT typeof(area), CAST(area AS BLOB) FROM "case"').fetchone()
    assert found == ("text", b"\xff\x00\xfe")


def test_nobody_is_signed_in_after_a_restore(database, small_pack, elsewhere):
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["case"] = "x"
    session.save()
    folder = put_back(back_up(elsewhere).file, elsewhere / "restored")
    with sqlite3.connect(folder / "holdfast.sqlite3") as raw:
        assert raw.execute("SELECT COUNT(*) FROM django_session").fetchone() == (0,)


def test_the_directory_of_services_comes_along(database, small_pack, elsewhere):
    new_case()
    with sqlite3.connect(database.parent / "directory.sqlite3") as raw:
        raw.executescript("PRAGMA user_version=1; CREATE TABLE listing (n INTEGER PRIMARY KEY, words TEXT); "
                          "INSERT INTO listing VALUES (4, 'a line');")  # fmt: skip
    folder = put_back(back_up(elsewhere).file, elsewhere / "restored")
    with sqlite3.connect(folder / "directory.sqlite3") as raw:
        assert raw.execute("SELECT * FROM listing").fetchall() == [(4, "a line")]
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)


def test_what_was_recorded_after_the_backup_is_named_by_the_second_place(database, small_pack, elsewhere, settings):
    kept, longer = new_case(), new_case()
    checkpoint()
    made = back_up(elsewhere)
    ask(longer)
    gone = new_case()
    checkpoint()
    known = elsewhere / "known"
    shutil.copytree(settings.HOLDFAST_CHECKPOINT_COPY, known)
    with at_folder(put_back(made.file, elsewhere / "restored"), settings):
        settled = settle(known)
        assert {(one.chain, one.here, one.seen) for one in settled.missing} >= {
            (str(longer), 1, 2), (str(gone), 0, 1),
        }  # fmt: skip
        assert str(kept) not in {one.chain for one in settled.missing}
        assert verify_all(words=True).findings == ()


def test_a_case_that_was_erased_after_the_backup_is_erased_again(database, small_pack, elsewhere, settings):
    case, other = closed_case(), closed_case()
    say(case, "KeepingReleased", {"reason": WORD}, about=(1,))
    made = back_up(elsewhere)
    erase(case, **BY_RULE)
    known = elsewhere / "known"
    shutil.copytree(settings.HOLDFAST_CHECKPOINT_COPY, known)
    folder = put_back(made.file, elsewhere / "restored")
    with at_folder(folder, settings):
        assert read_case(case).entries
        assert settle(known).erased_again == 1
        with pytest.raises(CannotKeep, match="erased"):
            read_case(case)
        assert read_case(other).entries
        with sqlite3.connect(folder / "holdfast.sqlite3") as raw:
            assert raw.execute("SELECT COUNT(*) FROM case_key WHERE case_id = ?", (case.hex,)).fetchone() == (0,)


def test_a_list_of_erasures_that_was_changed_is_said_and_not_followed(database, small_pack, elsewhere, settings):
    case = closed_case()
    made = back_up(elsewhere)
    erase(case, **BY_RULE)
    known = elsewhere / "known"
    shutil.copytree(settings.HOLDFAST_CHECKPOINT_COPY, known)
    file = known / "erasures" / "00000001.txt"
    file.write_bytes(file.read_bytes().replace(b"SUP2", b"SUP9"))
    with at_folder(put_back(made.file, elsewhere / "restored"), settings), pytest.raises(CannotKeep, match="served"):
        settle(known)


def test_a_folder_that_is_not_empty_is_refused_and_nothing_in_it_touched(database, small_pack, elsewhere):
    new_case()
    file = back_up(elsewhere / "one.backup").file
    into = elsewhere / "full"
    into.mkdir()
    (into / "notes.txt").write_text("mine")
    with pytest.raises(BackupRefused, match="not empty"):
        put_back(file, into)
    assert [each.name for each in into.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_damaged_backup_writes_nothing(database, small_pack, elsewhere, cut):
    ask(new_case())
    file = back_up(elsewhere / "one.backup").file
    data = bytearray(file.read_bytes())
    data[int(len(data) * cut)] ^= 1
    file.write_bytes(data)
    with pytest.raises(BackupRefused):
        put_back(file, elsewhere / "restored")
    assert not (elsewhere / "restored").exists()


def test_no_backup_is_written_over_and_a_failed_one_leaves_nothing(database, small_pack, elsewhere, monkeypatch):
    from holdfast.casefile.backup import making

    new_case()
    file = back_up(elsewhere / "one.backup").file
    before = file.read_bytes()
    with pytest.raises(CannotKeep, match="already"):
        back_up(elsewhere / "one.backup")
    assert file.read_bytes() == before
    monkeypatch.setattr(making, "written", lambda part: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CannotKeep, match="No space"):
        back_up(elsewhere / "two.backup")
    assert [each.name for each in elsewhere.iterdir()] == ["one.backup"]


def test_a_backup_from_before_a_case_was_opened_does_not_know_it(database, small_pack, elsewhere, settings):
    made = back_up(elsewhere)
    case = open_case("smallplace", by=TAKER, happened_at=ago(hours=1)).case_id
    checkpoint()
    known = elsewhere / "known"
    shutil.copytree(settings.HOLDFAST_CHECKPOINT_COPY, known)
    with at_folder(put_back(made.file, elsewhere / "restored"), settings):
        assert [one.chain for one in settle(known).missing] == [str(case)]
