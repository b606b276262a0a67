"""Fields are read whole or refused whole, with every fault."""

from typing import Annotated
from typing import Any

import pytest

from holdfast.record.field import Line
from holdfast.record.field import When
from holdfast.record.field import ask
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import Kind
from holdfast.record.kind import Part
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kind import meaning
from holdfast.record.kind import read_fields
from holdfast.record.kind import stage
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS

BAIL = KINDS["BailGranted"]


def refused(kind: type[Kind], given: Any) -> dict[str, list[str]]:
    with pytest.raises(FieldsRefused) as caught:
        read_fields(kind, given)
    faults: dict[str, list[str]] = {}
    for fault in caught.value.faults:
        faults.setdefault(fault.field, []).append(fault.why)
    return faults


def test_fields_are_read_from_plain_values_and_written_as_plain_values() -> None:
    given = {"ends_at": "2026-12-18T12:00:00Z", "conditions": [{"type": "curfew", "words": "nights"}]}
    assert write_fields(read_fields(BAIL, given)) == given


def test_all_faults_are_told_at_once() -> None:
    faults = refused(
        BAIL, {"authorised_by": "me", "conditions": [{"type": "curfew"}, {}, 7, {"type": "tag", "no": 1}], "when": 1}
    )
    assert faults["ends_at"] == ["is missing and has to be given"]
    assert faults["authorised_by"][0].startswith("has to be one of: custody_officer")
    assert faults["conditions"] == [
        "item 2 (type) is missing and has to be given",
        "item 3 has to be a group of fields",
        "item 4 has a field that is not declared",
    ]
    assert faults["field 3"] == ["is not a field of this kind"]


def test_a_field_that_is_not_declared_is_refused_and_the_one_meant_is_named() -> None:
    assert refused(BAIL, {"ends_att": "2026-12-18T12:00:00Z"})["ends_att"] == [
        "is not a field of this kind; perhaps 'ends_at' is meant"
    ]


def test_the_name_of_an_unknown_field_is_not_repeated_where_it_could_be_anything() -> None:
    with pytest.raises(FieldsRefused) as caught:
        read_fields(BAIL, {"Meadow Lane 12": 1, 5: 2, "ends_at": "2026-12-18T12:00:00Z"})  # type: ignore[dict-item]
    assert "Meadow" not in str(caught.value)
    assert [fault.field for fault in caught.value.faults] == ["field 1", "field 2"]


def test_what_is_no_mapping_is_refused() -> None:
    assert refused(BAIL, ["ends_at"]) == {"fields": ["have to be names, each with its value"]}


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(
        FieldsRefused, match=r"BailGranted was not recorded: .* Correct these fields and record it again"
    ):
        read_fields(BAIL, {})


def test_fields_are_described_for_a_form() -> None:
    class Gone(Part):
        what: Annotated[Line, ask("What?")]

    class ThingLost(Kind):
        """A thing was lost."""

        first: Annotated[When | None, ask("When?", group="Time", hint="Roughly.")] = None
        things: Annotated[tuple[Gone, ...], ask("Things")]

    first, things = fields_of(ThingLost)
    assert (first.question, first.group, first.hint, first.holds) == ("When?", "Time", "Roughly.", "when")
    assert (first.required, first.default) == (False, None)
    assert (things.holds, things.part, things.required) == ("parts", Gone, True)


def test_a_kind_says_its_name_its_meaning_and_its_stage() -> None:
    assert label(KINDS["BodyWornVideoRecorded"]) == "Body worn video recorded"
    assert meaning(BAIL) == "The suspect was released on bail before charge."
    assert stage(BAIL) == "suspect"
