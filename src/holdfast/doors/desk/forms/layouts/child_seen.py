"""A child seen and spoken to, or not, with the reason."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="ChildSeen",
        lead="One entry a child. See each child, asleep or not, and speak to them apart from both adults.",
        parts=(
            Part("Seen and spoken to", ("seen", "spoken_to", "reason")),
            Part("How they were", ("words",)),
            Part("The child", ("name", "age", "school", "home_educated")),
        ),
        hints={"words": "What the child said, in their own words, and how they looked and behaved."},
        reminders=("Tell the school.", "Tell children's social care."),
    ),
)
