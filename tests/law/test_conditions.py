"""Conditions answer true, false or unknown; unknown is never 'no'."""

from types import SimpleNamespace

import pytest

from holdfast.law.conditions import ConditionFault
from holdfast.law.conditions import in_words
from holdfast.law.conditions import needs
from holdfast.law.conditions import read_condition


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ({"risk.grade": "high"}, {"risk.grade": "high"}, True),
        ({"risk.grade": "high"}, {"risk.grade": "medium"}, False),
        ({"risk.grade": ["high", "medium"]}, {"risk.grade": "medium"}, True),
        ({"risk.grade": "high"}, {}, None),
        ({"suspect.charged": True}, {"suspect.charged": "yes"}, True),
        ({"suspect.charged": False}, {"suspect.charged": "yes"}, False),
        ({"suspect.charged": True}, {"suspect.charged": "not_known"}, None),
        ({"not": {"suspect.charged": True}}, {}, None),
        ({"not": {"suspect.charged": True}}, {"suspect.charged": "no"}, True),
        # false beats unknown in 'all'; true beats unknown in 'any'
        ({"suspect.charged": True, "risk.grade": "high"}, {"suspect.charged": "no"}, False),
        ({"suspect.charged": True, "risk.grade": "high"}, {"suspect.charged": "yes"}, None),
        ({"any": [{"suspect.charged": True}, {"risk.grade": "high"}]}, {"risk.grade": "high"}, True),
        ({"any": [{"suspect.charged": True}, {"risk.grade": "high"}]}, {"risk.grade": "standard"}, None),
        (
            {"any": [{"suspect.charged": True}, {"risk.grade": "high"}]},
            {"risk.grade": "medium", "suspect.charged": "no"},
            False,
        ),
    ],
)
def test_facts(condition: dict[str, object], facts: dict[str, str], answer: bool | None) -> None:
    test = read_condition(condition)
    assert test is not None
    assert test(facts, {}, None) is answer


@pytest.mark.parametrize(
    ("condition", "fields", "answer"),
    [
        ({"entry.grade": "high"}, {"grade": "high"}, True),
        ({"entry.grade": "high"}, {"grade": "not_asked"}, None),
        ({"entry.grade": "high"}, {"grade": ""}, None),
        ({"entry.what": "bail"}, {"what": ("arrest", "bail")}, True),
        ({"entry.what": "bail"}, {"what": ("arrest",)}, False),
        ({"entry.what": "bail"}, {"what": ()}, None),
        ({"entry.months": {"at_least": 12}}, {"months": 12}, True),
        ({"entry.months": {"at_least": 12}}, {"months": 11}, False),
        ({"entry.months": {"at_least": 12}}, {"months": None}, None),
        ({"entry.months": {"at_least": 12, "at_most": 20}}, {"months": 21}, False),
        ({"entry.decided_by": "declined"}, {"decided_by": "declined"}, True),
    ],
)
def test_fields_of_the_starting_entry(
    condition: dict[str, object], fields: dict[str, object], answer: bool | None
) -> None:
    test = read_condition(condition)
    assert test is not None
    assert test({}, {}, SimpleNamespace(**fields)) is answer


def test_no_condition_is_no_test() -> None:
    assert read_condition({}) is None


@pytest.mark.parametrize(
    "condition", [{"suspect.mood": True}, {"entry.months": {"more_than": 3}}, {"entry.months": {}}]
)
def test_what_is_outside_the_language_is_refused(condition: dict[str, object]) -> None:
    with pytest.raises(ConditionFault):
        read_condition(condition)


def test_a_condition_reads_as_words_and_names_what_it_needs() -> None:
    condition = {
        "any": [{"risk.grade": ["high", "medium"]}, {"not": {"suspect.charged": True}}],
        "entry.months": {"at_least": 12},
    }
    assert needs(condition) == ["risk.grade", "suspect.charged", "entry.months"]
    assert in_words(condition) == (
        "(risk grade: high or medium or not (suspect charged: yes)) and entry months: at least 12"
    )
