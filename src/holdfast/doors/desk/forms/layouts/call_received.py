"""A call received: the three questions that come before all others."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="CallReceived",
        parts=(
            Part("First of all", ("safe_now", "can_talk", "wants_to_talk_alone")),
            Part("The call", ("route", "silent", "caller", "second_call", "number", "line", "reference")),
        ),
        hints={"number": "Not a safe number until somebody has asked."},
        reminders=("Ask the control-room questions.", "Find the place.", "Grade the call."),
    ),
)
