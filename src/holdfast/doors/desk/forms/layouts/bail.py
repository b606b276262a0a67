"""Bail before charge: until when, and each condition in a row of its own."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="BailGranted",
        lead="The survivor is owed this at once: that there is bail, what it forbids, and until when.",
        parts=(
            Part("How long", ("started_at", "ends_at", "authorised_by")),
            Part("What it forbids or requires", ("conditions",),
                 "One condition a row. Never the address of a refuge, nor a place to be kept from the suspect: these "
                 "words are read out to them."),
        ),
        reminders=("Tell the survivor.", "Look at the safety plan again."),
    ),
)  # fmt: skip
