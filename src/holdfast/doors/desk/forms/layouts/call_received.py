"""A call received, and where it came from: the questions that come before all others."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="LocationFound",
        lead="Where help has to go. A place that nobody confirmed is better than none: say how it was found.",
        parts=(
            Part("Where are you?", ("place", "how", "confirmed")),
            Part("Position", ("latitude", "longitude", "uncertainty", "link"), folded=True),
        ),
        hints={"place": "Address, or what they can see: a shop, a bridge, a bus stop."},
        reminders=("Pass it to the officers.",),
    ),
    Layout(
        kind="CallReceived",
        parts=(
            Part("First of all", ("safe_now", "can_talk", "wants_to_talk_alone")),
            Part("The call", ("route", "caller", "number")),
            Part("More about the call", ("silent", "second_call", "line", "reference"), folded=True),
        ),
        hints={"number": "Not a safe number until somebody has asked."},
        reminders=("Ask the control-room questions.", "Find the place.", "Grade the call."),
    ),
)
