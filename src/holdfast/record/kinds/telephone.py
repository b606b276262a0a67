"""The answering point: what was heard on a line on which nobody spoke, its recording, and who was put through to it.

`SilentCallHandled` and `CallCutOff` (call.py) say what came of the call and stay as they are. Keys say neither where
somebody is nor that anybody will come.
"""

from typing import Annotated

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Item
from holdfast.record.field import Line
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

HeardAs = choice("telephone_event", "tone_in_the_sound", "message_beside_the_call", "several_ways")


class KeysPressed(Kind):
    """Keys were pressed on the telephone of a caller."""

    keys: Annotated[Line, ask("Which keys, in their order?")]
    heard_as: Annotated[HeardAs, ask("How were they heard?")] = "not_known"
    means: Annotated[
        choice("asks_for_police", "asks_for_fire_service", "asks_for_ambulance", "asks_for_help", "nothing_agreed"),
        ask("What do they mean in this place?", hint="Never a place, and never that somebody will come."),
    ] = "not_known"


class QuestionPlayed(Kind):
    """A question was played to a caller who could not speak, and this was heard after it."""

    question: Annotated[Code, ask("Which question?")]
    asked: Annotated[Words, ask("In which words?")] = ""
    answer: Annotated[YesNo, ask("What did the caller answer?", hint="Nothing heard is not known, never no.")] = (
        "not_known"
    )
    heard: Annotated[choice("keys", "tap_or_cough", "nothing"), ask("What was heard?")] = "not_known"
    keys: Annotated[Line, ask("Which keys?")] = ""


class CallRecorded(Kind):
    """The sound of a call was kept in the vault, sealed while it came in."""

    item: Annotated[Item, ask("Number in the vault")]
    began: Annotated[When, ask("When does it begin?")]
    ended: Annotated[When, ask("When does it end?")]
    missing: Annotated[Count | None, ask("Seconds of the caller's sound that never arrived")] = None
    why: Annotated[choice("caller_hung_up", "line_failed", "answering_point_stopped"), ask("Why does it end?")] = (
        "not_known"
    )


class CallTakerConnected(Kind):
    """A call taker's telephone was answered and connected with the caller."""

    rung: Annotated[Count | None, ask("How often was the control room rung for this?")] = None
    waited: Annotated[Count | None, ask("Seconds from the first ring until it was answered")] = None


class CallTakerDisconnected(Kind):
    """A call taker's telephone was connected with the caller no longer; the caller's line was not ended by it."""

    why: Annotated[
        choice("call_taker_hung_up", "caller_hung_up", "line_failed", "answering_point_stopped"), ask("Why?")
    ] = "not_known"
