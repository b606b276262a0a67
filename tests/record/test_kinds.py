"""What every entry kind has to be. The rules are the design's: 'Entries and the chain'."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial
from typing import Any
from typing import get_args
from typing import get_origin

import msgspec
import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.record.filled import given_for
from tests.record.written import AT
from tests.record.written import CASE
from tests.record.written import KEY
from tests.record.written import By
from tests.record.written import seal_entry
from tests.support.shaped import shaped
from tests.support.together import all_of

from holdfast.record.chain import open_entry
from holdfast.record.field import UNKNOWN
from holdfast.record.field import choices
from holdfast.record.kind import Kind
from holdfast.record.kind import Part
from holdfast.record.kind import fields_of
from holdfast.record.kind import meaning
from holdfast.record.kind import read_fields
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS
from holdfast.record.kinds import STAGES
from holdfast.record.value import bare

# What an officer says that does not end in -ed, and is past all the same.
PAST = re.compile(
    "Made|Given|Taken|Told|Held|Left|Sent|Found|Met|Shown|Seen|Sought|Kept|Came|Spoken|Read|Heard|Withdrawn|Done|Paid"
    "|Cut|Rung|Stood|Dealt|Chosen|Died|Unsafe|Full|Outstanding"
)
FREE = {"words", "note", "notes", "remark", "remarks", "comment", "comments", "details", "text"}


def of_every_kind(test: Callable[[type[Kind]], None]) -> Callable[[], None]:
    """The same test of every kind there is."""

    def of_all() -> None:
        all_of((name, partial(test, kind)) for name, kind in KINDS.items())

    of_all.__name__, of_all.__doc__ = test.__name__, test.__doc__
    return of_all


def every_annotation(kind: type[msgspec.Struct]) -> Iterator[Any]:
    """The types of all fields, those inside lists, answers and parts included."""
    waiting = [field.type for field in msgspec.structs.fields(kind)]
    while waiting:
        inner = bare(waiting.pop())
        yield inner
        if get_origin(inner) in (tuple, dict):
            waiting += [arg for arg in get_args(inner) if arg is not ...]
        if isinstance(inner, type) and issubclass(inner, Part):
            waiting += [field.type for field in msgspec.structs.fields(inner)]


def sealed(fields: Kind) -> Kind:
    kind = type(fields).__name__
    stored = seal_entry(
        CASE,
        None,
        1,
        kind,
        fields,
        happened_at=AT,
        recorded_at=AT,
        by=By("officer"),
        key=KEY,
        key_id="k",
        nonce=bytes(12),
    )
    return open_entry(stored.header, stored.sealed, KEY).fields


def test_no_two_stages_declare_the_same_name() -> None:
    declared = [
        name
        for module in STAGES
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, Kind) and found.__module__ == module.__name__
    ]
    assert sorted(declared) == sorted(KINDS)


@of_every_kind
def test_its_docstring_begins_with_its_meaning_in_one_sentence(kind: type[Kind]) -> None:
    assert re.fullmatch(r"[A-Z].{8,180}\.", meaning(kind))


@of_every_kind
def test_its_name_is_past_tense(kind: type[Kind]) -> None:
    words = re.findall("[A-Z][a-z]*", kind.__name__)
    assert any(word.endswith("ed") or PAST.fullmatch(word) for word in words)
    assert "".join(words) == kind.__name__, "letters only, each word with its capital"


@of_every_kind
def test_every_choice_has_not_asked_not_known_and_declined(kind: type[Kind]) -> None:
    for annotation in every_annotation(kind):
        values = choices(annotation)
        assert not values or (values[-3:] == UNKNOWN and len(set(values)) == len(values) > 3)


@of_every_kind
def test_it_is_not_a_single_note(kind: type[Kind]) -> None:
    names = [field.name for field in fields_of(kind)]
    assert not (names and set(names) <= FREE)


@of_every_kind
def test_every_field_asks_a_question(kind: type[Kind]) -> None:
    assert all(field.question and field.question != field.name.replace("_", " ") for field in fields_of(kind))


@of_every_kind
def test_every_default_is_a_value_that_the_field_may_have(kind: type[Kind]) -> None:
    defaults = {field.name: field.default for field in fields_of(kind) if not field.required}
    required = {name: value for name, value in a_filling(kind).items() if name not in defaults}
    assert read_fields(kind, {**required, **defaults}) == read_fields(kind, required)


@of_every_kind
def test_it_is_frozen(kind: type[Kind]) -> None:
    fields = read_fields(kind, a_filling(kind))
    for field in fields_of(kind):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(fields, field.name, getattr(fields, field.name))


@of_every_kind
def test_it_opens_as_it_was_sealed_with_its_defaults(kind: type[Kind]) -> None:
    fields = read_fields(kind, a_filling(kind))
    assert sealed(fields) == fields


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_it_opens_as_it_was_sealed_however_it_was_filled(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    fields = read_fields(kind, data.draw(given_for(kind)))
    assert sealed(fields) == fields
    assert read_fields(kind, write_fields(fields)) == fields


def a_filling(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The required fields of a kind, each with the first value that comes to hand."""
    hand = {
        "choice": lambda field: field.choices[0],
        "choices": lambda field: [field.choices[0]],
        "parts": lambda field: [a_filling(field.part)],
        "lines": lambda _: ["X1"],
        "when": lambda _: "2026-11-20T22:30:00Z",
        "day": lambda _: "2026-11-20",
        "count": lambda _: 1,
        "minutes": lambda _: 1,
        "months": lambda _: 1,
    }
    return {
        field.name: shaped(field.annotation) or hand.get(field.holds, lambda _: "x")(field)  # type: ignore[no-untyped-call]
        for field in fields_of(kind)  # type: ignore[arg-type]
        if field.required
    }
