"""The survivor told something: the act that most duties wait for."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="SurvivorTold",
        lead="Record this only when they have it: a message left or a letter sent is not yet told.",
        parts=(
            Part("How", ("channel", "confirmed"), "Only by the way that they agreed to as safe."),
            Part("What they were told", ("what", "words")),
            Part("With it", ("reasons_given", "review_explained")),
        ),
        hints={"words": "What was said, so that the next person says the same."},
        reminders=("If you could not reach them, record that instead: another safe way is then owed.",),
    ),
)
