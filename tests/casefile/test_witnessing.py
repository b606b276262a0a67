"""Which checkpoint saw an entry first, and whether the record still fits it. One that was changed is no witness."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import last_checkpoint
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.reading import read_case
from holdfast.casefile.witnessing import first_witnesses
from holdfast.record.chain import Witnessed
from holdfast.record.checkpoint import write_checkpoint
from holdfast.record.entry import By

OFFICER = By("investigator", "DC7")


def ago(**how_long: float) -> datetime:
    return datetime.now(UTC) - timedelta(**how_long)


@pytest.fixture
def case(database, small_pack):
    return open_case(small_pack, by=OFFICER, happened_at=ago(hours=5), fields={"force": "north"}).case_id


def call(case):
    append(case, "CallReceived", {"route": "voice"}, by=OFFICER, happened_at=ago(hours=4))


def seen(case):
    return first_witnesses(case, read_case(case).entries)


def test_the_first_that_saw_it_counts_and_the_newest_entry_may_wait(case):
    assert seen(case) == {1: None}
    checkpoint()
    call(case)
    checkpoint()
    call(case)
    found = seen(case)
    assert [found[1].checkpoint, found[1].length, found[2].checkpoint, found[2].length] == [1, 1, 2, 2]
    assert found[3] is None
    assert found[1].fits
    assert found[2].fits


def test_checkpoints_of_other_cases_are_passed_over(case, small_pack):
    for _ in range(6):
        open_case(small_pack, by=OFFICER, happened_at=ago(hours=5))
        checkpoint()
    call(case)
    checkpoint()
    assert seen(case)[2].checkpoint == 7


def test_one_that_was_changed_is_no_witness(case):
    checkpoint()
    (file,) = files_in(folder())
    file.write_bytes(file.read_bytes().replace(b" 1 ", b" 2 "))
    assert seen(case) == {1: None}


def test_a_record_that_is_another_than_was_seen_no_longer_fits(case):
    checkpoint()
    call(case)
    keys = ring()
    forged = write_checkpoint(
        last_checkpoint(), {str(case): Witnessed(2, bytes(32))}, origin=keys.checkpoint_name, at=datetime.now(UTC),
        private=keys.checkpoint_seed,
    )  # fmt: skip
    (folder() / "00000002.txt").write_bytes(forged)
    found = seen(case)
    assert found[1].fits
    assert not found[2].fits
