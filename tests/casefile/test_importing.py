"""Invented cases are loaded with their own times; nothing else is."""

from datetime import UTC
from datetime import datetime

import pytest

from holdfast.casefile.importing import import_case
from holdfast.casefile.models import Case
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.examples import examples
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS


def test_every_example_is_loaded_as_it_stands(database):
    for example in examples(datetime.now(UTC)):
        loaded = read_case(import_case(example.entries).case_id)
        assert loaded.entries == example.entries
        assert loaded.invented


def example():
    return next(one for one in examples(datetime.now(UTC)) if one.name == "nothing-late").entries


def test_a_case_that_does_not_say_it_is_invented_is_refused(database):
    entries = list(example())
    fields = read_fields(KINDS["CaseOpened"], {"pack": "england-and-wales"})
    with pytest.raises(EntryRefused, match="invented"):
        import_case([entries[0]._replace(fields=fields), *entries[1:]])
    with pytest.raises(EntryRefused, match="invented"):
        import_case([])
    assert not Case.objects.exists()


def test_one_bad_entry_leaves_no_case_behind(database):
    entries = list(example())
    with pytest.raises(EntryRefused):
        import_case([*entries[:-1], entries[-1]._replace(about=(900,))])
    assert not Case.objects.exists()


def test_times_of_recording_only_go_forward(database):
    entries = list(example())
    with pytest.raises(EntryRefused, match="recorded_at"):
        import_case([entries[0], entries[2], entries[1]])
