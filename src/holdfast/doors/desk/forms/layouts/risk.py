"""The risk questions: one instrument's topics, who could hear, the count, and the grade with its reason."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="RiskAssessed",
        lead="Ask where nobody can hear. The questions find factors; they predict nothing; a low count is no safety.",
        parts=(
            Part("How it was asked", ("instrument", "how", "where", "could_hear"),
                 "An answer given within hearing of the other person cannot be relied on: say so here and ask again."),
            Part("Every question, and its answer", ("answers",)),
            Part("The grade", ("events_in_12_months", "why_now", "grade", "reason"),
                 "Your judgement and theirs. It may be higher than the count; a count never lowers it."),
        ),
        hints={"reason": "What the grade rests on, and what they themselves fear."},
        reminders=("Send the form in.", "Consider the conference referral.", "Make a safety plan."),
    ),
)  # fmt: skip
