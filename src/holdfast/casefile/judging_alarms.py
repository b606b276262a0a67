"""Who may say what about an alarm.

- Only the clock rings: an entry of that kind made by hand would keep somebody from being rung.
- A person answers, once for each ring and with what they do; what climbed is answered by a supervisor.
- That a silent or abandoned call with a history is no emergency is a supervisor's to say, with the reason.
"""

from collections.abc import Callable
from collections.abc import Sequence

from holdfast.casefile.drafts import Ready
from holdfast.law.pack import Pack
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldFault
from holdfast.record.kinds.alarm import LEVELS

RUNG_BY = By("feed", "holdfast")  # what the system itself records


def _rung(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """Only the clock rings, and only about the entry that started what is owed: an entry of this kind made by hand
    would keep somebody from being rung."""
    if ready.by != RUNG_BY:
        return [FieldFault("role", "only the clock rings: nobody records this by hand")]
    if ready.fields.level not in LEVELS or ready.fields.started_by not in ready.about:
        return [FieldFault("about", "has to name the entry that started what is owed, and who is rung")]
    return []


def _alarm_answered(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """A person answers, says what they do, and answers for themselves: what climbed is answered by who was rung."""
    about = [entries[number - 1] for number in ready.about]
    if len(about) != 1 or about[0].kind != "AlarmRung":
        return [FieldFault("about", "has to name the alarm that is answered, one at a time")]
    if ready.by.role not in STAFF_ROLES:
        return [FieldFault("role", "an alarm is answered by a person")]
    if ready.fields.doing in UNKNOWN:
        return [FieldFault("doing", "has to be said: an alarm is answered with what you do about it")]
    rung = about[0].fields
    later = [
        entry
        for entry in entries
        if entry.kind == "AlarmRung"
        and entry.number > about[0].number
        and (entry.fields.duty, entry.fields.started_by, entry.fields.instance)
        == (rung.duty, rung.started_by, rung.instance)
    ]
    if later:
        return [FieldFault("about", "has climbed since: answer the alarm that rings now")]
    if rung.level != "dispatcher" and ready.by.role != "supervisor":
        return [FieldFault("role", "it has climbed to a supervisor, who answers it; or do what is owed, and record it")]
    return []


def _not_raised(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """Why a silent or abandoned call with a history is not an emergency is a supervisor's to say."""
    if any(entries[number - 1].kind not in ("CallReceived", "CallCutOff") for number in ready.about):
        return [FieldFault("about", "has to name the call that came in, or that was cut off")]
    if ready.by.role != "supervisor":
        return [FieldFault("role", "only a supervisor decides this")]
    if ready.fields.history_looked_at != "yes":
        return [FieldFault("history_looked_at", "has to be done first: look at the earlier reports, then decide")]
    if not ready.fields.reason.strip():
        return [FieldFault("reason", "has to be given")]
    return []


ALARM_RULES: dict[str, Callable[[Ready, Sequence[Entry], Pack | None], list[FieldFault]]] = {
    "AlarmRung": _rung,
    "AlarmAnswered": _alarm_answered,
    "SilentCallNotRaised": _not_raised,
}
