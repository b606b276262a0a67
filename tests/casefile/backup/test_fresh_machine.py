"""A machine that has nothing but the copy of the key ring gets everything back: the commands, each its own process."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.casefile.test_erasing import BY_RULE
from tests.casefile.test_keeping import closed_case
from tests.casefile.writing import ask
from tests.casefile.writing import new_case
from tests.site.running import holdfast
from tests.site.running import told

from holdfast.access.staff import StaffMember
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.erasing import erase
from holdfast.casefile.reading import read_case
from holdfast.casefile.store import close


@pytest.fixture
def supervisors(database):
    from django.contrib.auth.models import User

    for staff in ("SUP1", "SUP2"):
        user = User.objects.create(username=staff.lower())
        StaffMember.objects.create(user=user, role="supervisor", staff=staff, agency="police")


@pytest.fixture
def fresh(tmp_path_factory, data_folder) -> Path:
    """An empty data folder on another machine, and the copy of the key ring."""
    folder = tmp_path_factory.mktemp("fresh")
    shutil.copy(data_folder / "keyring.json", folder / "keyring.json")
    return folder


def test_backup_and_restore_lose_nothing_and_verify(database, small_pack, fresh, tmp_path_factory):
    cases = [new_case(), new_case()]
    for case in cases:
        ask(case, "the green door")
    checkpoint()
    close()
    away = tmp_path_factory.mktemp("away")
    made = told(holdfast("backup", str(away), "--json", data=database.parent))
    assert (made["cases"], made["entries"], made["holds_key_ring"]) == (2, 4, False)
    answer = holdfast("restore", made["file"], "--into", str(fresh), data=Path("/nowhere"))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "Every chain verifies" in answer.stdout
    verified = told(holdfast("verify", "--json", data=fresh))
    assert (verified["sound"], verified["cases"], verified["entries"]) == (True, 2, 4)
    with sqlite3.connect(fresh / "holdfast.sqlite3") as raw, sqlite3.connect(database) as before:
        asked = "SELECT case_id, number, header, sealed, hash FROM entry ORDER BY case_id, number"
        assert raw.execute(asked).fetchall() == before.execute(asked).fetchall()
    assert (fresh / "holdfast.sqlite3").stat().st_mode & 0o077 == 0


def test_the_tail_the_case_and_the_erasure_that_came_after_the_backup_are_shown(
    database, small_pack, fresh, settings, tmp_path_factory
):
    longer, erased = new_case(), closed_case()
    checkpoint()
    close()
    away = tmp_path_factory.mktemp("away")
    made = told(holdfast("backup", str(away / "one.backup"), "--json", data=database.parent))
    ask(longer)
    gone = new_case()
    erase(erased, **BY_RULE)
    checkpoint()
    close()
    known = ("--checkpoints", str(settings.HOLDFAST_CHECKPOINT_COPY))
    answer = holdfast("restore", made["file"], "--into", str(fresh), *known, "--json", data=Path("/nowhere"))
    said = told(answer)
    assert answer.returncode == 1
    missing = {one["chain"]: (one["here"], one["seen"]) for one in said["missing"]}
    assert missing[str(longer)] == (1, 2)
    assert missing[str(gone)] == (0, 1)
    assert said["erased_again"] == 1
    with sqlite3.connect(fresh / "holdfast.sqlite3") as raw:
        assert raw.execute("SELECT COUNT(*) FROM case_key WHERE case_id = ?", (erased.hex,)).fetchone() == (0,)


def test_without_the_ring_or_with_another_nothing_is_restored(database, small_pack, tmp_path_factory):
    from holdfast.casefile.keyring import make_ring

    new_case()
    close()
    away = tmp_path_factory.mktemp("away")
    made = told(holdfast("backup", str(away / "one.backup"), "--json", data=database.parent))
    empty, other = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("other")
    make_ring(other)
    for folder, says in ((empty, "no keyring.json"), (other, "another installation")):
        answer = holdfast("restore", made["file"], "--into", str(folder), data=Path("/nowhere"))
        assert answer.returncode == 2
        assert says in answer.stderr
        assert not (folder / "holdfast.sqlite3").exists()


def test_a_full_folder_is_refused(database, small_pack, tmp_path_factory):
    close()
    answer = holdfast("restore", "x.backup", "--into", str(database.parent), data=Path("/nowhere"))
    assert (answer.returncode, "not empty" in answer.stderr) == (2, True)


def test_erase_keeping_and_the_certificate_by_command(database, small_pack, supervisors, tmp_path_factory):
    case, held = closed_case(), closed_case(days=1)
    code, other = read_case(case).code, read_case(held).code
    close()
    data = database.parent
    assert [one["case"] for one in told(holdfast("keeping", "due", "--json", data=data))] == [code]
    people = ("--staff", "SUP1", "--second", "SUP2")
    rule = ("--reason", "retention_ended", "--rule", "keep-nfa")
    for words, says in (
        (("erase", other, *rule, *people), "not erased"),
        (("erase", code, *rule, "--staff", "SUP1", "--second", "SUP1"), "somebody else"),
        (("erase", code, *rule, "--staff", "SUP1", "--second", "SUP7"), "Nobody signs in"),
    ):
        answer = holdfast(*words, data=data)
        assert (answer.returncode, says in answer.stderr) == (2, True), answer.stderr
    done = told(holdfast("erase", code, *rule, *people, "--json", data=data))
    assert done["gone"] is True
    alone = tmp_path_factory.mktemp("alone")
    for name in (done["certificate"], str(data / "checkpoints" / "public-key.txt")):
        shutil.copy(name, alone)
    asked = ("verify", "--certificate", str(alone / "00000001.txt"), "--public-key", str(alone / "public-key.txt"))
    answer = holdfast(*asked, data=alone / "nothing")
    assert answer.returncode == 0, answer.stderr
    assert str(case) in answer.stdout
    assert code not in answer.stdout
    file = alone / "00000001.txt"
    file.write_bytes(file.read_bytes().replace(b"retention_ended", b"survivor_asked "))
    assert holdfast(*asked, data=alone / "nothing").returncode == 1
    verified = holdfast("verify", "--json", data=data)
    assert told(verified)["sound"], verified.stdout
    assert told(holdfast("keeping", "due", "--json", data=data)) == []


def test_verify_names_a_list_of_erasures_that_was_changed_and_a_key_that_came_back(database, small_pack):
    case = closed_case()
    close()
    with sqlite3.connect(database) as raw:
        key = raw.execute("SELECT * FROM case_key WHERE case_id = ?", (case.hex,)).fetchone()
    erase(case, **BY_RULE)
    close()
    with sqlite3.connect(database) as raw:
        raw.execute("INSERT INTO case_key VALUES (?, ?, ?)", key)
    found = told(holdfast("verify", "--json", data=database.parent))["findings"]
    assert "erased_has_key" in [one["outcome"] for one in found]
    certificate = database.parent / "checkpoints" / "erasures" / "00000001.txt"
    certificate.write_bytes(certificate.read_bytes().replace(b"SUP2", b"SUP3"))
    found = told(holdfast("verify", "--json", data=database.parent))["findings"]
    assert "erasures_damaged" in [one["outcome"] for one in found]
