"""Which presses on 'Send and chase' are shown once more before anything is recorded, and why."""

from holdfast.doors.desk.alarms.recorded import Asked

# Pressed by mistake, each of these leaves somebody without help or takes an alarm away.
CONFIRMED = {
    "diverted": "This unit will no longer be shown as coming. If no other was sent, the control room is rung.",
    "lower": "The grade goes down. A supervisor is asked to look at it, and the caller has to be told.",
    "not_raised": "This call will not be treated as an emergency although nobody spoke or the line broke off.",
}

_TOO_EARLY = "The time agreed has not come yet. Once this is recorded, nobody is reminded of this appointment any more."


def why_asked_again(do: str, asked: Asked) -> str:
    """Why a press is shown once more before it is recorded; '' where it is recorded at once."""
    if do in ("kept", "missed"):
        meeting = next((entry for entry in asked.standing.meetings if entry.number == asked.number()), None)
        return _TOO_EARLY if meeting is not None and meeting.fields.at > asked.now else ""
    return CONFIRMED.get(do, "")
