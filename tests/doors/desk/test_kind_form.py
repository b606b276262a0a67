"""Every kind's form: what is typed is what is recorded; faults stand beside their field; nothing typed is lost."""

from datetime import UTC
from datetime import datetime

import pytest
from django.http import QueryDict
from tests.doors.desk.sensible import LONDON
from tests.doors.desk.sensible import sensible
from tests.doors.desk.sensible import typed

from holdfast.access.may import NOT_BY_FORM
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS

PLACE = FormPlace(LONDON)
BY_FORM = [name for name in KINDS if name not in NOT_BY_FORM]


def sent(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize("name", BY_FORM)
def test_what_is_typed_into_a_kinds_form_is_what_the_entry_holds(name):
    kind = KINDS[name]
    plain = sensible(kind)
    if name == "RiskAssessed":
        plain["answers"] = {}
    form = KindForm(kind, PLACE, sent(typed(kind, plain)))
    assert form.is_valid(), form.errors
    assert form.fields_read == read_fields(kind, plain)


@pytest.mark.parametrize("name", BY_FORM)
def test_every_field_of_a_kind_is_on_its_page_exactly_once(name):
    form = KindForm(KINDS[name], PLACE)
    shown = [field.name for section in sections(form) for asked in section.questions for field in asked.bound]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(form.fields)
    assert {each.split(".")[0] for each in shown} == {field.name for field in fields_of(KINDS[name])}


@pytest.mark.parametrize("name", BY_FORM)
def test_a_form_sent_as_it_was_shown_says_what_is_missing_and_no_more(name):
    kind = KINDS[name]
    form = KindForm(kind, PLACE, sent({}))
    needed = {field.name for field in fields_of(kind) if field.required}
    assert form.is_valid() is not bool(needed)
    assert {field.split(".")[0] for field in form.errors} == needed


@pytest.mark.parametrize("name", BY_FORM)
def test_an_entry_shown_again_in_its_form_is_the_same_entry(name):
    kind = KINDS[name]
    plain = sensible(kind)
    if name == "RiskAssessed":
        plain["answers"] = {}
    shown = KindForm(kind, PLACE, given=write_fields(read_fields(kind, plain)))
    again = {}
    for field in shown.fields:
        value = shown[field].value()
        if value is not None:
            again[field] = [str(item) for item in value] if isinstance(value, list | tuple) else str(value)
    for field in shown.declared:
        if field.holds == "parts":
            again[f"{field.name}.rows"] = str(shown.rows[field.name])
        if field.holds == "lines" and isinstance(again.get(field.name), list):
            again[field.name] = "\n".join(again[field.name])
    form = KindForm(kind, PLACE, sent(again))
    assert form.is_valid(), form.errors
    assert form.fields_read == read_fields(kind, plain)


def test_words_are_kept_with_their_spaces_and_line_breaks():
    form = KindForm(KINDS["WordsHeard"], PLACE, sent({"words": "  get\r\n\r\nout  ", "speaker": "suspect"}))
    assert form.is_valid()
    assert form.fields_read.words == "  get\n\nout  "


def test_a_question_that_nobody_asked_stays_not_asked_and_never_becomes_no():
    form = KindForm(KINDS["CallQuestionsAnswered"], PLACE, sent({"hurt": "yes"}))
    assert form.is_valid()
    assert form.fields_read.weapons_used == "not_asked"


def test_every_fault_is_told_at_once_and_nothing_typed_is_lost():
    pairs = {"ends_at": "2026-13-40T21:00", "conditions.rows": "2", "conditions.0.words": "Not within reach"}
    form = KindForm(KINDS["BailGranted"], PLACE, sent(pairs))
    assert not form.is_valid()
    assert set(form.errors) == {"ends_at", "conditions.0.type"}
    assert form["conditions.0.words"].value() == "Not within reach"
    assert [fault.anchor for fault in faults(form)] == ["id_ends_at", "id_conditions.0.type"]


def test_no_fault_repeats_what_was_typed():
    form = KindForm(KINDS["CallGraded"], PLACE, sent({"grade": "SECRETWORD", "attend_within": "SECRETWORD"}))
    assert not form.is_valid()
    assert "SECRETWORD" not in str([str(fault) for fault in faults(form)])


def test_a_value_that_is_not_on_the_list_is_refused():
    form = KindForm(KINDS["CallGraded"], PLACE, sent({"grade": "urgentish"}))
    assert not form.is_valid()
    assert "grade" in form.errors


def test_another_row_can_be_had_without_script_and_finds_no_fault_yet():
    data = sent({"conditions.rows": "2", "conditions.0.words": "Keep away", "more": "conditions"})
    form = KindForm(KINDS["BailGranted"], PLACE, data).unjudged()
    assert form.rows["conditions"] == 4
    assert not form.errors
    assert form["conditions.0.words"].value() == "Keep away"


def test_rows_are_never_so_many_that_a_page_cannot_be_sent():
    form = KindForm(KINDS["BailGranted"], PLACE, sent({"conditions.rows": "999999"}))
    assert form.rows["conditions"] <= 40


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        ("2026-06-05", "23:59", datetime(2026, 6, 5, 22, 59, tzinfo=UTC)),
        ("2026-12-05", "23:59", datetime(2026, 12, 5, 23, 59, tzinfo=UTC)),
        (
            "2026-10-25",
            "01:30",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),  # comes twice: the first, so the earlier limit
    ],
)
def test_a_time_is_read_by_the_clock_on_the_wall(day, time, utc):
    form = KindForm(KINDS["BailGranted"], PLACE, sent({"ends_at": f"{day}T{time}"}))
    assert form.is_valid(), form.errors
    assert form.fields_read.ends_at == utc


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-03-29", "01:30"), ("2026-02-30", "10:00"), ("2026-06-05", ""), ("", "10:00"), ("soon", "ish")],
)
def test_a_time_that_cannot_be_is_refused(day, time):
    form = KindForm(KINDS["BailGranted"], PLACE, sent({"ends_at": f"{day}T{time}"}))
    assert not form.is_valid()
    assert "ends_at" in form.errors


@pytest.mark.parametrize(("typed_number", "says"), [("two", "whole number"), ("-1", "0"), ("1.5", "whole number")])
def test_a_number_that_cannot_be_is_refused(typed_number, says):
    form = KindForm(KINDS["CallGraded"], PLACE, sent({"grade": "immediate", "attend_within": typed_number}))
    assert not form.is_valid()
    assert says in str(form.errors["attend_within"])
