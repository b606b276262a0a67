"""Whoever is named in an unusual opening sees nothing of it until it was looked into."""

from typing import NamedTuple
from uuid import UUID

import pytest
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.access.log.finding import FOUND_BY
from holdfast.access.log.hidden import hidden_numbers
from holdfast.access.log.hidden import rows_shown_to
from holdfast.access.log.hidden import shown_to
from holdfast.access.log.tables import UnusualSeen
from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.record.entry import By

SERGEANT = By("supervisor", "SGT1")


class Row(NamedTuple):
    case_id: UUID
    started_by: int


@pytest.fixture
def case(database, small_pack) -> UUID:
    case = new_case()
    said = {"pattern": "many_cases", "staff": "PC1"}
    number = append(case, "UnusualOpeningFound", said, by=FOUND_BY, happened_at=ago(hours=1)).number
    UnusualSeen.objects.create(pattern="many_cases", staff="PC1", window="2026-11-20", case_id=case, number=number)
    return case


def look_into(case: UUID, found: str) -> None:
    append(case, "UnusualOpeningLookedInto", {"found": found}, by=SERGEANT, happened_at=ago(minutes=1), about=(2,))


def test_the_person_named_is_shown_neither_the_entry_nor_the_duty_and_others_are(case):
    entries = read_case(case).entries
    rows = [Row(case, 1), Row(case, 2)]
    assert [entry.number for entry in shown_to(entries, "PC1")] == [1]
    assert rows_shown_to(rows, "PC1") == [Row(case, 1)]
    for other in ("SGT1", "PC2", ""):
        assert shown_to(entries, other) == entries
        assert rows_shown_to(rows, other) == rows


@pytest.mark.parametrize(("found", "hidden"), [("part_of_the_work", set()), ("mistake", set()), ("misuse", {2, 3}),
                                               ("not_known", {2, 3})])  # fmt: skip
def test_once_looked_into_it_may_be_read_unless_misuse_was_found(case, found, hidden):
    look_into(case, found)
    assert hidden_numbers(read_case(case).entries, "PC1") == hidden
    assert [row.started_by for row in rows_shown_to([Row(case, 1), Row(case, 2)], "PC1")] == ([1] if hidden else [1, 2])


@pytest.mark.parametrize(
    ("kind", "said"),
    [("UnusualOpeningLookedInto", {"found": "part_of_the_work"}), ("EntryCorrected", {"struck": "yes", "reason": "x",
      "second_person": "SGT1"})],
)  # fmt: skip
def test_the_person_named_can_neither_answer_it_nor_strike_it_nor_learn_of_it_so(case, kind, said):
    themselves = By("supervisor", "PC1")
    with pytest.raises(EntryRefused) as there:
        append(case, kind, said, by=themselves, happened_at=ago(minutes=1), about=(2,))
    with pytest.raises(EntryRefused) as nowhere:
        append(case, kind, said, by=themselves, happened_at=ago(minutes=1), about=(99,))
    assert str(there.value) == str(nowhere.value)
    if kind == "UnusualOpeningLookedInto":  # struck it is by nobody
        append(case, kind, said, by=By("supervisor", "SGT9"), happened_at=ago(minutes=1), about=(2,))
