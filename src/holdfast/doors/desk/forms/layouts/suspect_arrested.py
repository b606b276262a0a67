"""The arrest: for what, why it was necessary, where to."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="SuspectArrested",
        lead="The arrest is the officers' decision. Do not ask the survivor whether they want it.",
        parts=(Part("The arrest", ("for_what", "offence", "station")), Part("Why it was necessary", ("necessity",))),
        reminders=("Tell the survivor.", "Ask them which bail conditions would keep them safe, before any release."),
    ),
)
