"""The control-room questions, in the order in which a life depends on them."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="CallQuestionsAnswered",
        lead="Ask what can be answered safely. What could not be asked stays 'Not asked': that is an answer too.",
        parts=(
            Part("What is happening", ("what_happened", "how_safe")),
            Part("Injuries", ("hurt", "injuries", "ambulance_needed", "strangled"),
                 "Strangling leaves little to see and can kill hours later: ask, and send an ambulance."),
            Part("The other person", ("suspect_there", "suspect_whereabouts")),
            Part("Danger", ("threat_to_kill", "weapons_used", "weapons_in_home", "weapons", "drink_or_drugs")),
            Part("Who else is there", ("children_there", "children", "others_need_help", "others", "witnesses")),
            Part("Before today", ("happened_before", "before", "order_in_force", "orders")),
            Part("Talking", ("interpreter_needed", "language", "communication_needs")),
        ),
        hints={
            "what_happened": "In the caller's own words.",
            "how_safe": "As the caller says it, not as it sounds.",
            "children": "Leave empty when nobody knows.",
            "orders": "What the caller says it forbids, and from which court.",
        },
        reminders=(
            "Grade the call.",
            "Look for earlier reports, warnings, orders and firearms.",
            "Tell the officers before they arrive.",
        ),
    ),
)  # fmt: skip
