"""The types of fields, and the three ways of not knowing."""

from typing import Annotated

from msgspec import Meta

from holdfast.record.field import UNKNOWN
from holdfast.record.field import Line
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.field import choices


def test_every_choice_ends_with_the_three_ways_of_not_knowing() -> None:
    assert choices(choice("red", "green")) == ("red", "green", *UNKNOWN)


def test_a_choice_is_found_beneath_its_question() -> None:
    assert choices(Annotated[YesNo, ask("Is it?")]) == ("yes", "no", *UNKNOWN)


def test_what_is_no_choice_has_no_choices() -> None:
    assert choices(Line) == choices(int) == ()


def test_a_question_carries_its_group_and_its_hint() -> None:
    assert ask("Who?", group="People", hint="All.") == Meta(title="Who?", extra={"group": "People", "hint": "All."})
