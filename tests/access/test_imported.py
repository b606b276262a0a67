"""A loaded case stands in the lists of those with whom it was shared, as one that was written at the desk."""

from datetime import UTC
from datetime import datetime

from holdfast.access.may import Person
from holdfast.access.reach import reach_of
from holdfast.casefile.importing import import_case
from holdfast.casefile.queue import queue
from holdfast.examples import examples
from holdfast.site.demo import ORGANISATIONS

NOW = datetime.now(UTC)


def of(organisation: str) -> Person:
    return Person("adviser", "A1", agency="support_service", organisation=organisation)


def test_a_loaded_case_is_in_the_list_of_the_service_to_which_it_referred_and_of_no_other(database):
    loaded = {import_case(example.entries).code: example for example in examples(NOW)}
    for organisation in (*ORGANISATIONS.values(), "Another service", ""):
        shown = {loaded[code].name for code in reach_of(of(organisation), NOW).only or ()}
        referred = {
            example.name
            for example in loaded.values()
            for entry in example.entries
            if entry.kind == "SupportReferred" and entry.fields.named == organisation
        }
        assert shown == referred, organisation


def test_each_partner_of_the_demo_has_something_to_do(database):
    for example in examples(NOW):
        import_case(example.entries)
    for role, organisation in ORGANISATIONS.items():
        person = Person(role, "A1", agency="support_service", organisation=organisation)
        assert queue(role, at=NOW, staff="A1", within=reach_of(person, NOW)).rows, role
