"""Alarms: what the clock rang in the control room, who answered it, and with what.

Rung by Holdfast alone, for a duty that the pack says rings. Whether one still rings is worked out from these entries and
the duty itself (duties/ringing.py); nothing is kept beside them.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

LEVELS = ("dispatcher", "supervisor", "duty_officer")  # from the first who is rung to the last


class AlarmRung(Kind):
    """The clock rang the control room: something owed was not done in time."""

    needs_about: ClassVar[bool] = True
    duty: Annotated[Code, ask("Which duty?")]
    started_by: Annotated[Count, ask("Number of the entry that started it")]
    instance: Annotated[Count, ask("Which time, where it repeats")] = 1
    level: Annotated[choice(*LEVELS), ask("Who was rung?")]
    why: Annotated[choice("lapsed", "not_answered", "still_not_done", "no_clock"), ask("Why?")]
    caller_waits: Annotated[YesNo, ask("Does the caller wait for somebody?")] = "not_known"


class AlarmAnswered(Kind):
    """Somebody answered an alarm, and said what they do about it."""

    needs_about: ClassVar[bool] = True
    doing: Annotated[
        choice("sending_unit", "ringing_caller", "asking_other_force", "grading_again", "making_appointment",
               "looking_into_it", "done_but_not_recorded", "other"),
        ask("What are you doing about it?"),
    ]  # fmt: skip
    words: Annotated[Words, ask("More about it")] = ""


class SilentCallNotRaised(Kind):
    """A supervisor decided that a silent or abandoned call with a history is not graded immediate."""

    needs_about: ClassVar[bool] = True
    history_looked_at: Annotated[YesNo, ask("Was the earlier history looked at?")]
    reason: Annotated[Words, ask("Why not immediate?")]
