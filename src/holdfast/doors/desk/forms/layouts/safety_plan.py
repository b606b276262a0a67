"""A safety plan made with the survivor."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="SafetyPlanMade",
        lead="Made with them, not for them: they know best what raises the danger.",
        parts=(Part("The plan", ("plan",)), Part("What it covers", ("covers",)), Part("Next look", ("review_on",))),
        hints={
            "plan": "Who does what. Leave out the address of a refuge.",
            "review_on": "A plan is looked at again on release, on an order, on a breach, and when they move.",
        },
        reminders=("Agree how and when they may safely be reached.",),
    ),
)
