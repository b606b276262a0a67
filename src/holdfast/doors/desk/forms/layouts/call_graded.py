"""The grade of response and its clock."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="CallGraded",
        lead="The grade starts the clock by which officers must be there. If nobody knows how safe they are, grade up.",
        parts=(Part("The grade", ("grade", "attend_within", "reason")),),
        hints={
            "attend_within": "The force's own figure, in minutes.",
            "reason": "What was said or heard that the grade rests on.",
        },
        reminders=("Send a unit.", "Tell the caller what will happen and when, if that is safe."),
    ),
)
