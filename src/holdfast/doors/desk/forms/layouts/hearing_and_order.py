"""An order made, and a hearing listed: what comes from a court."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="OrderMade",
        lead="From this entry the order counts as in force: the next call must see it.",
        parts=(
            Part("The order", ("order", "interim", "court", "reference")),
            Part("How long", ("ends_at", "until_further_order")),
            Part("What it forbids or requires", ("conditions",), "One term a row, as the court worded it."),
            Part("Breach", ("power_of_arrest",)),
        ),
        reminders=("Record its service.", "Tell the survivor.", "Place a marker."),
    ),
    Layout(
        kind="HearingListed",
        lead="The survivor's clock starts when witness care receives this.",
        parts=(Part("The hearing", ("type", "at", "week_only", "court")), Part("Receipt", ("received_at",))),
        hints={"week_only": "If yes, give the Monday as the day."},
        reminders=("Tell the survivor.",),
    ),
)
