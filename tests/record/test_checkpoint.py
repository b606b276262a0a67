"""Checkpoints: what they saw, what they cannot see, and what shows when one of them is harmed."""

import random
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.record.written import AT
from tests.record.written import CASE
from tests.record.written import ORIGIN
from tests.record.written import OTHER_CASE
from tests.record.written import PRIVATE
from tests.record.written import PUBLIC
from tests.record.written import chain
from tests.record.written import checkpoints
from tests.record.written import head

from holdfast.record.chain import Witnessed
from holdfast.record.checkpoint import MOST_CHAINS
from holdfast.record.checkpoint import compare
from holdfast.record.checkpoint import compare_places
from holdfast.record.checkpoint import read_checkpoint
from holdfast.record.checkpoint import replay
from holdfast.record.checkpoint import write_checkpoint
from holdfast.record.outcome import Outcome

OURS = chain(6)
THEIRS = chain(4, OTHER_CASE)
NOTES = checkpoints(
    {CASE: head(OURS[:2])}, {}, {CASE: head(OURS[:3]), OTHER_CASE: head(THEIRS)}, {CASE: head(OURS[:5])}
)


def test_a_checkpoint_is_text_that_a_person_can_read() -> None:
    lines = NOTES[2].decode().splitlines()
    assert lines[:3] == [ORIGIN, "holdfast-checkpoint-1", "number 3"]
    assert lines[3].startswith("before ")
    assert lines[4] == "at 2026-11-20T22:40:00.000000Z"
    assert [line.split()[:2] for line in lines[5:7]] == [[CASE, "3"], [OTHER_CASE, "4"]]
    assert lines[7] == ""
    assert lines[8].startswith(f"\u2014 {ORIGIN} ")


def test_a_checkpoint_is_read_as_it_was_written() -> None:
    first = read_checkpoint(NOTES[0], ORIGIN, PUBLIC)
    assert (first.number, first.at, first.chains) == (1, AT, {CASE: head(OURS[:2])})
    third = read_checkpoint(NOTES[2], ORIGIN, PUBLIC)
    assert (third.number, third.at) == (3, AT + timedelta(minutes=10))


def test_replaying_all_gives_what_was_seen_last_of_each_case() -> None:
    found = replay(NOTES, ORIGIN, PUBLIC)
    assert found.outcome is Outcome.SOUND
    assert found.witnessed == {CASE: head(OURS[:5]), OTHER_CASE: head(THEIRS)}
    assert found.last
    assert found.last.number == 4


def test_no_checkpoint_at_all_has_witnessed_nothing() -> None:
    assert replay([], ORIGIN, PUBLIC) == (Outcome.SOUND, None, {}, None)


def test_a_harmed_checkpoint_leaves_what_was_witnessed_before_it() -> None:
    found = replay([*NOTES[:3], b"harmed"], ORIGIN, PUBLIC)
    assert (found.outcome, found.at_number) == (Outcome.UNREADABLE_CHECKPOINT, 4)
    assert found.witnessed == {CASE: head(OURS[:3]), OTHER_CASE: head(THEIRS)}


def test_entries_newer_than_the_last_checkpoint_are_counted_as_not_yet_witnessed() -> None:
    witnessed = replay(NOTES, ORIGIN, PUBLIC).witnessed
    found = compare([(CASE, OURS), (OTHER_CASE, THEIRS)], witnessed)
    assert found == (2, 10, (), 1)
    assert compare([(CASE, OURS), (OTHER_CASE, THEIRS)], {}).not_yet_witnessed == 10


def test_a_removed_end_a_rewritten_case_and_a_removed_case_are_told_apart() -> None:
    third = "2e2f6c1a-0000-4000-8000-000000000000"
    witnessed = {CASE: head(OURS), OTHER_CASE: Witnessed(2, bytes(32)), third: head(chain(1, third))}
    found = compare([(CASE, OURS[:4]), (OTHER_CASE, THEIRS)], witnessed)
    assert [(case, fault.outcome, fault.at_number) for case, fault in found.faults] == [
        (CASE, Outcome.SHORTER_THAN_CHECKPOINT, 5),
        (OTHER_CASE, Outcome.DIFFERS_FROM_CHECKPOINT, 2),
        (third, Outcome.CASE_MISSING, 1),
    ]


def test_an_end_that_no_checkpoint_saw_may_be_cut_unseen() -> None:
    """What is beyond reach, and is said so: only a checkpoint can show a removed end."""
    witnessed = replay(NOTES, ORIGIN, PUBLIC).witnessed
    assert compare([(CASE, OURS[:5]), (OTHER_CASE, THEIRS)], witnessed).faults == ()


def test_removed_last_checkpoints_show_in_the_second_place() -> None:
    assert replay(NOTES[:2], ORIGIN, PUBLIC).outcome is Outcome.SOUND
    assert compare_places(NOTES[:2], NOTES) == (Outcome.CHECKPOINT_MISSING, 3)
    assert compare_places(NOTES, [*NOTES[:3], NOTES[0]]) == (Outcome.CHECKPOINT_ALTERED, 4)
    assert compare_places(NOTES, iter(NOTES)) == (Outcome.SOUND, None)


@pytest.mark.parametrize(
    "chains",
    [
        {"Meadow Lane 12": head(OURS)},
        {CASE: Witnessed(0, bytes(32))},
        {CASE: Witnessed(1, bytes(31))},
        {f"case-{number}": head(OURS) for number in range(MOST_CHAINS + 1)},
    ],
    ids=["no case", "no length", "no hash", "too many"],
)
def test_what_could_not_be_read_again_is_not_written(chains: dict[str, Witnessed]) -> None:
    with pytest.raises(ValueError, match="not written") as caught:
        write_checkpoint(None, chains, origin=ORIGIN, at=AT, private=PRIVATE)
    assert "Meadow" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_checkpoints_that_were_dropped_swapped_repeated_or_flipped_are_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(NOTES) - 2))
    act = data.draw(st.sampled_from(["drop", "swap", "twice", "flip"]))
    notes = list(NOTES)
    if act == "drop":
        del notes[at]
    elif act == "swap":
        notes[at], notes[at + 1] = notes[at + 1], notes[at]
    elif act == "twice":
        notes.insert(at, notes[at])
    else:
        place = data.draw(st.integers(0, len(notes[at]) - 1))
        notes[at] = (
            notes[at][:place] + bytes([notes[at][place] ^ data.draw(st.integers(1, 255))]) + notes[at][place + 1 :]
        )
    found = replay(notes, ORIGIN, PUBLIC)
    assert found.outcome is not Outcome.SOUND
    assert found.at_number in (at + 1, at + 2)


def test_ten_times_as_many_cases_cost_about_ten_times_as_much() -> None:
    def notes(count: int) -> list[bytes]:
        made = random.Random(1)  # noqa: S311 the same heads in every run
        written: list[bytes] = []
        previous = None
        for number in range(count):
            chains = {f"case-{number}-{place}": Witnessed(9, made.randbytes(32)) for place in range(500)}
            written.append(write_checkpoint(previous, chains, origin=ORIGIN, at=AT, private=PRIVATE))
            previous = read_checkpoint(written[-1], ORIGIN, PUBLIC)
        return written

    def seconds(written: list[bytes]) -> float:
        """Of this process only, at its best: others may be busy on the same machine."""
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            assert len(replay(written, ORIGIN, PUBLIC).witnessed) == len(written) * 500
            best = min(best, time.process_time() - started)
        return best

    few, many = notes(6), notes(60)
    assert seconds(many) < 40 * seconds(few), "a cost that grows with the square would be a hundred times as much"
