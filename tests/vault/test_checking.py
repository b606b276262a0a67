"""The vault held against the record; what nobody finished, what no record names, what belongs to an erased case."""

import os
import shutil
import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.casefile.test_keeping import CLOSED
from tests.casefile.test_keeping import LEAD
from tests.casefile.test_keeping import closed_case
from tests.vault.sealing import Vault
from tests.vault.sealing import some

from holdfast.casefile.append import append
from holdfast.casefile.erasing import erase
from holdfast.record.entry import By
from holdfast.vault import sweeping
from holdfast.vault.checking import check_items
from holdfast.vault.checking import every_item_named
from holdfast.vault.erasing import erase_with_items
from holdfast.vault.intake import Intake
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.store import FolderStore
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import StoreFault
from holdfast.vault.sweeping import sweep_intakes
from holdfast.vault.sweeping import sweep_items

OFFICER = By("officer", "PC1")
BY_COURT = {"by": By("supervisor", "SUP1"), "second": "SUP2", "reason": "court_ordered"}


@pytest.fixture
def here(database, small_pack, settings):
    """The vault of an installation, with a closed case."""
    settings.HOLDFAST_VAULT = settings.HOLDFAST_VAULT_LOCK = ""
    settings.HOLDFAST_INTAKE_DAYS = "30"
    intake_folder()
    case = closed_case()
    return Vault(database.parent / "vault", store(), case, key_of(case))


def taken(vault, content=b"a photograph", **said):
    """Taken in, and the record says so."""
    got = vault.take(content)
    fields = {"item": str(got.item), "what": "photograph", "size": got.size, "sha256": got.sha256.hex(), **said}
    append(vault.case, "ItemTaken", fields, by=OFFICER, happened_at=datetime.now(UTC))
    return got.item


def closes(vault):
    """What was taken after it was closed had opened it again."""
    append(vault.case, "CaseClosed", CLOSED, by=LEAD, happened_at=datetime.now(UTC))


def outcomes(**how):
    return [each.outcome for each in check_items(store(), **how).findings]


def test_what_is_as_the_record_says_is_sound(here):
    told = []
    taken(here, b"one")
    taken(here, some(CHUNK + 5))
    found = check_items(store(), whole=True, told=lambda done, total: told.append((done, total)))
    assert (found.items, found.size, found.findings) == (2, CHUNK + 8, ())
    assert told == [(3, CHUNK + 8), (CHUNK + 8, CHUNK + 8)]


def test_an_item_that_is_not_there(here):
    item = taken(here)
    here.path(item).unlink()
    (found,) = check_items(store()).findings
    assert (found.outcome, found.where) == ("item_missing", f"case {here.case}, item {item}")
    assert found.at_number > 1
    assert "copy" in found.says


@pytest.mark.parametrize(
    ("at", "outcome"),
    [(3, "item_not-an-item"), (30, "item_another-item"), (60, "item_wrong-key"), (-1, "item_cut-short")],
)
def test_an_item_that_was_altered(here, at, outcome):
    path = here.path(taken(here))
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert outcomes() == [outcome]


def test_a_byte_altered_in_the_middle_is_seen_when_every_byte_is_read(here):
    path = here.path(taken(here, some(3 * CHUNK)))
    with path.open("r+b") as file:
        file.seek(HEADER + CHUNK + 5000)
        file.write(b"x")
    assert outcomes() == []
    assert outcomes(whole=True) == ["item_altered"]


def test_another_whole_item_in_its_place(here):
    """Whoever has the key may seal other bytes: the record still says which they were."""
    item = taken(here, b"what was taken")
    here.path(item).unlink()
    here.take(b"what was not", item)
    assert outcomes(whole=True) == ["item_differs"]


def test_a_vault_that_does_not_answer_is_said_once(here, tmp_path):
    for _ in range(3):
        taken(here)
    found = check_items(FolderStore(tmp_path / "not-mounted", made=False))
    assert [(each.outcome, each.where) for each in found.findings] == [("vault_not_reached", "vault")]


def test_one_case_alone(here):
    other = here._replace(case=(case := closed_case()), key=key_of(case))
    here.path(taken(here)).unlink()
    taken(other)
    assert outcomes(only=other.case) == []
    assert outcomes(only=here.case) == ["item_missing"]


def test_a_case_whose_key_is_gone_is_counted(here):
    taken(here)
    closes(here)
    erase(here.case, **BY_COURT)
    found = check_items(store())
    assert (found.items, found.erased, found.findings) == (0, 1, ())


def test_erasing_takes_the_items_and_what_was_coming_in(here):
    other = here._replace(case=(case := closed_case()), key=key_of(case))
    theirs = taken(other)
    items = [taken(here), taken(here, words=f"as in {theirs}")]
    with here.intake(coming := uuid4()) as intake:
        intake.add(0, b"not whole yet")
    closes(here)
    done = erase_with_items(here.case, **BY_COURT)
    assert (done.removed, done.left) == (2, 0)
    for item in items:
        with pytest.raises(NoSuchItem):
            store().length(item)
    assert not (intake_folder() / str(coming)).exists()
    assert store().length(theirs) > 0, "a word that names another case's item takes nothing of it"
    assert outcomes() == []


def test_erasing_goes_on_where_the_store_lets_nothing_go(here, monkeypatch):
    def locked(self, item):
        raise StoreFault("A lock holds it.")

    taken(here)
    monkeypatch.setattr(FolderStore, "remove", locked)
    closes(here)
    done = erase_with_items(here.case, **BY_COURT)
    assert (done.removed, done.left, done.case.gone) == (0, 1, True)


def test_what_a_kill_left_of_an_erased_case_goes_at_the_next_sweep(here):
    item = taken(here)
    closes(here)
    erase(here.case, **BY_COURT)
    assert sweep_items(datetime.now(UTC), remove=False).removed == ()
    assert sweep_items(datetime.now(UTC), remove=True).removed == (item,)
    with pytest.raises(NoSuchItem):
        store().length(item)


def test_what_no_record_names_is_told_and_goes_only_when_old_and_asked(here):
    named, unnamed = taken(here), here.take(b"of no record").item
    now = datetime.now(UTC)
    assert sweep_items(now, remove=True).unnamed == (unnamed,)
    late = now + timedelta(days=31)
    assert sweep_items(late, remove=False).removed == ()
    assert store().length(unnamed)
    assert sweep_items(late, remove=True).removed == (unnamed,)
    assert [*store().items()] == [named]


def test_what_belongs_to_no_case_here_is_left_alone(here):
    foreign = here._replace(case=uuid4()).take(b"of another installation").item
    (here.path(other := uuid4())).parent.mkdir(parents=True, exist_ok=True)
    here.path(other).write_bytes(b"no item at all")
    found = sweep_items(datetime.now(UTC) + timedelta(days=400), remove=True)
    assert set(found.elsewhere) == {foreign, other}
    assert found.removed == ()


def test_nothing_goes_as_unnamed_while_some_record_cannot_be_read(here, database):
    unnamed = here.take(b"of no record").item
    case = closed_case()
    taken(here._replace(case=case, key=key_of(case)))
    with sqlite3.connect(database) as raw:
        raw.execute("UPDATE case_key SET wrapped = zeroblob(60) WHERE case_id = ?", (case.hex,))
    raw.close()
    from holdfast.casefile.state import REMEMBERED

    REMEMBERED.forget(case)
    assert every_item_named() is None
    found = sweep_items(datetime.now(UTC) + timedelta(days=400), remove=True)
    assert (found.not_read, found.removed) == (True, ())
    assert store().length(unnamed)


def coming(vault, content=b"some of it"):
    with vault.intake(item := uuid4()) as intake:
        intake.add(0, content)
    return item


def test_an_intake_that_nobody_finished_goes_when_its_days_are_over(here):
    item, now = coming(here), datetime.now(UTC)
    assert sweep_intakes(now + timedelta(days=29)) == 0
    assert sweep_intakes(now + timedelta(days=31)) == 1
    with here.intake(item) as intake:
        assert intake.acknowledged == 0


def test_an_intake_that_somebody_holds_open_stays(here):
    with here.intake(uuid4()) as intake:
        intake.add(0, b"some")
        assert sweep_intakes(datetime.now(UTC) + timedelta(days=400)) == 0
        intake.add(4, b" more")
    assert sweep_intakes(datetime.now(UTC) + timedelta(days=400)) == 1


def test_what_a_kill_left_of_a_taking_goes_at_once_and_one_that_runs_stays(here):
    left = intake_folder() / f"{uuid4()}.taking"
    left.write_bytes(b"sealed")
    now = datetime.now(UTC)
    assert sweep_intakes(now) == 0, "it may just have been made"
    os.utime(left, (now.timestamp() - 3600,) * 2)

    import io

    class Looking(io.RawIOBase):
        """A source that has the sweep run while it is read."""

        asked = 0

        def readinto(self, buffer):
            self.asked += 1
            if self.asked > 1:
                return 0
            Looking.gone = sweep_intakes(now + timedelta(days=400))
            buffer[:5] = b"hello"
            return 5

    from holdfast.vault.taking import take

    got = take(Looking(), here.store, intake_folder(), case=here.case, item=uuid4(), case_key=here.key)
    assert Looking.gone == 1
    assert not left.exists()
    assert here.item(got.item).read() == b"hello"


def test_the_clock_sweeps_once_an_hour_and_outlives_a_fault(here, monkeypatch):
    from holdfast.casefile import clock

    assert sweeping.sweep_when_due in clock.ALSO_DUE
    asked = []
    monkeypatch.setattr(sweeping, "_swept_at", None)
    monkeypatch.setattr(sweeping, "sweep_intakes", asked.append)
    start = datetime(2026, 11, 21, tzinfo=UTC)
    for minutes in range(0, 130, 10):
        sweeping.sweep_when_due(start + timedelta(minutes=minutes))
    assert len(asked) == 3

    def broken(at):
        raise OSError(5, "the disk")

    monkeypatch.setattr(sweeping, "sweep_intakes", broken)
    sweeping.sweep_when_due(start + timedelta(days=1))


def test_the_intake_folder_of_an_installation_is_its_own(here):
    assert Intake(intake_folder(), here.store, case=here.case, item=uuid4(), case_key=here.key).acknowledged == 0
    shutil.rmtree(intake_folder())
    assert intake_folder().stat().st_mode & 0o077 == 0
