"""A statement offered, taken, or declined."""

from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layout import Part

LAYOUTS = (
    Layout(
        kind="StatementOffered",
        lead="A statement is theirs to give. Say so, and offer video.",
        parts=(Part("The offer", ("told_may_refuse", "video_offered")),),
        reminders=("Record whether it was taken or declined.",),
    ),
    Layout(
        kind="StatementTaken",
        lead="In their words and their language. Read it over and have it signed: each is an entry of its own.",
        parts=(
            Part("The statement", ("of", "form", "language", "reference")),
            Part("If it was given before", ("first_given",), "When they first said it."),
        ),
        reminders=("Read it over.", "Have it signed.", "Ask about special measures."),
    ),
    Layout(
        kind="StatementDeclined",
        lead="Declining is not withdrawing, and changes nothing about their safety. Their reason is their own.",
        parts=(Part("What they said", ("reason",)), Part("What there is without it", ("other_evidence",))),
        hints={
            "reason": "Only if they gave one. Do not ask twice.",
            "other_evidence": "Video, recordings, injuries, witnesses, messages.",
        },
        reminders=("Make the safety plan all the same.",),
    ),
)  # fmt: skip
