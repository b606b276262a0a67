"""What one press on 'Send and chase' records: the kind, its fields, and what it is about.

- Each press is one entry; an officer of a gender asked for is a request beside the appointment.
- What is dangerous to record by mistake is shown once more before it is written (alarms/once_more.py).
- Nothing is sent to anybody: a press says what a person did.
"""

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.http import QueryDict

from holdfast.casefile.drafts import Draft
from holdfast.doors.desk.alarms.situation import Situation
from holdfast.doors.desk.local_time import TimeUnreadable
from holdfast.doors.desk.local_time import read_local
from holdfast.duties.raising import GRADES
from holdfast.law.pack import Pack


class Unclear(ValueError):
    """What was pressed does not say enough. `anchor` is where it is put right."""

    def __init__(self, anchor: str, why: str):
        self.anchor = anchor
        super().__init__(why)


class Asked(NamedTuple):
    """What a press is read with."""

    sent: QueryDict
    now: datetime
    zone: ZoneInfo
    pack: Pack
    force: str
    standing: Situation

    def word(self, name: str, most: int = 2000) -> str:
        """What was typed in one field."""
        return str(self.sent.get(name, "")).strip()[:most]

    def number(self, name: str = "about") -> int:
        """An entry's number; 0 where there is none."""
        found = self.word(name, 12)
        return int(found) if found.isdecimal() else 0

    def minutes(self, name: str) -> int | None:
        """Minutes that were typed, up to a day."""
        found = self.word(name, 6)
        return int(found) if found.isdecimal() and 0 < int(found) <= 1440 else None


# What came of a call back: whether they were reached, and whether they said that they are safe.
_CAME = {
    "safe": ("yes", "yes"),
    "not_safe": ("yes", "no"),
    "not_asked": ("yes", "not_asked"),
    "nobody": ("no", "not_asked"),
}


def beside(draft: Draft) -> tuple[Draft, ...]:
    """What is recorded with it: whoever asks for an officer of a gender is owed one, at this meeting and the next."""
    gender = draft.fields.get("officer_gender") if isinstance(draft.fields, dict) else None
    if draft.kind != "AppointmentMade" or gender not in ("woman", "man"):
        return ()
    return (Draft("RequestMade", {"asked_for": "officer_of_a_gender"}, draft.happened_at),)


def draft_of(do: str, asked: Asked) -> Draft:
    """The entry that a press means, or Unclear."""
    made = _DRAFTS.get(do)
    if made is None:
        raise Unclear("doing", "Nothing was recorded: choose what was done.")
    return made(asked)


def attend_within(asked: Asked, grade: str) -> int | None:
    """The minutes typed, else the force's own figure for the grade."""
    typed = asked.minutes("attend_within")
    if typed is not None or asked.word("attend_within"):
        if typed is None:
            raise Unclear("grade", "Give the minutes as a number, or leave them out.")
        return typed
    force = next((each for each in asked.pack.forces if each.id == asked.force), None)
    return force.grades.get(grade) if force else None


def _sent(asked: Asked) -> Draft:
    unit = asked.word("unit", 60)
    if not unit:
        raise Unclear("unit", "Say which unit was sent: its call sign.")
    second = "yes" if asked.word("to_second_place") == "yes" else "not_asked"
    return Draft("UnitSent", {"unit": unit, "to_second_place": second}, asked.now)


def _arrived(asked: Asked) -> Draft:
    return Draft("UnitArrived", {"unit": asked.word("unit", 60)}, asked.now)


def _diverted(asked: Asked) -> Draft:
    number = asked.number()
    if number not in [unit.number for unit in asked.standing.on_the_way]:
        raise Unclear("coming", "Choose a unit that is on the way.")
    reason = asked.word("reason")
    if not reason:
        raise Unclear("coming", "Say why the unit was sent elsewhere.")
    replaced = asked.word("replaced") if asked.word("replaced") in ("yes", "no") else "not_known"
    return Draft("UnitDiverted", {"reason": reason, "replaced": replaced}, asked.now, (number,))


def _told(asked: Asked) -> Draft:
    how = asked.word("how")
    if how not in ("by_voice", "by_text", "in_person", "not_safe_to_tell"):
        raise Unclear("delay", "Say how the caller was told, or that it was not safe to tell them.")
    about = (asked.standing.graded_by, *asked.standing.diverted)
    named = tuple(number for number in about if number)
    if not named:
        raise Unclear("delay", "There is no grade yet, so there is no time that could be late. Grade the call first.")
    fields: dict[str, object] = {"how": how}
    minutes = asked.minutes("minutes")
    if minutes is not None:
        fields["new_time"] = (asked.now + timedelta(minutes=minutes)).isoformat()
    return Draft("CallerToldOfDelay", fields, asked.now, named)


def _promised(asked: Asked) -> Draft:
    minutes = asked.minutes("minutes")
    if minutes is None:
        raise Unclear("back", "Say within how many minutes they will be rung back.")
    safe = asked.word("number_is_safe")
    fields = {
        "by_when": (asked.now + timedelta(minutes=minutes)).isoformat(),
        "number_is_safe": safe if safe in ("yes", "no") else "not_asked",
        "reason": asked.word("reason"),
    }
    return Draft("CallBackPromised", fields, asked.now)


def _called_back(asked: Asked) -> Draft:
    number, came = asked.number(), asked.word("came")
    if number not in [entry.number for entry in asked.standing.promised]:
        raise Unclear("back", "Choose a call back that was promised and not made yet.")
    if came not in _CAME:
        raise Unclear("back", "Say whether they were reached, and whether they said that they are safe.")
    reached, safe = _CAME[came]
    return Draft("CallBackMade", {"reached": reached, "safe": safe}, asked.now, (number,))


def _appointment(asked: Asked) -> Draft:
    try:
        at = read_local(asked.word("at", 40), asked.zone)
    except TimeUnreadable as fault:
        raise Unclear("meeting", str(fault)) from None
    if at <= asked.now:
        raise Unclear("meeting", "The time of the appointment has to lie ahead.")
    gender = asked.word("officer_gender")
    fields = {
        "at": at.isoformat(),
        "where": asked.word("where", 500),
        "officer_gender": gender if gender in ("woman", "man", "no_preference") else "not_asked",
    }
    return Draft("AppointmentMade", fields, asked.now)


def _meeting(asked: Asked) -> int:
    number = asked.number()
    if number not in [entry.number for entry in asked.standing.meetings]:
        raise Unclear("meeting", "Choose an appointment that is still to be answered for.")
    return number


def _kept(asked: Asked) -> Draft:
    return Draft("AppointmentKept", {}, asked.now, (_meeting(asked),))


def _missed(asked: Asked) -> Draft:
    whom = asked.word("by_whom")
    if whom not in ("police", "survivor", "both"):
        raise Unclear("meeting", "Say who was not there.")
    return Draft("AppointmentMissed", {"by_whom": whom, "reason": asked.word("reason")}, asked.now, (_meeting(asked),))


def _accepted(asked: Asked) -> Draft:
    number = asked.number()
    if number not in [entry.number for entry in asked.standing.passed_on]:
        raise Unclear("passed", "Choose a call that was passed on and not accepted yet.")
    return Draft("TransferAccepted", {"accepted_by": asked.word("accepted_by", 300)}, asked.now, (number,))


def _graded(asked: Asked) -> Draft:
    grade = asked.word("grade")
    standing = asked.standing
    if grade not in GRADES:
        raise Unclear("grade", "Choose a grade.")
    fields: dict[str, object] = {"grade": grade, "reason": asked.word("reason")}
    minutes = attend_within(asked, grade)
    if minutes is not None:
        fields["attend_within"] = minutes
    if not standing.grade:
        return Draft("CallGraded", fields, asked.now)
    went = GRADES.index(grade) - GRADES.index(standing.grade)
    if went < 0:
        raise Unclear("lower", "That is lower than the grade that stands: lowering has its own part of the page.")
    fields |= {"direction": "up" if went else "same", "reason": fields["reason"] or "Looked at again."}
    return Draft("CallRegraded", fields, asked.now, (standing.graded_by,))


def _lower(asked: Asked) -> Draft:
    grade, standing = asked.word("grade"), asked.standing
    if not standing.grade or grade not in GRADES or GRADES.index(grade) >= GRADES.index(standing.grade):
        raise Unclear("lower", "Choose a grade below the one that stands.")
    reason, second = asked.word("reason"), asked.word("second_person", 60)
    if not reason or not second:
        raise Unclear("lower", "Lowering needs a reason, and a second person who agrees.")
    fields: dict[str, object] = {"grade": grade, "direction": "down", "reason": reason, "second_person": second}
    minutes = attend_within(asked, grade)
    if minutes is not None:
        fields["attend_within"] = minutes
    return Draft("CallRegraded", fields, asked.now, (standing.graded_by,))


def _not_raised(asked: Asked) -> Draft:
    if not asked.standing.quiet:
        raise Unclear("quiet", "There is no silent or broken-off call to decide about.")
    looked = "yes" if asked.word("history_looked_at") == "yes" else "no"
    fields = {"history_looked_at": looked, "reason": asked.word("reason")}
    return Draft("SilentCallNotRaised", fields, asked.now, (asked.standing.quiet,))


def _answered(asked: Asked) -> Draft:
    number = asked.number()
    if number not in [ring.number for ring in asked.standing.rings]:
        raise Unclear("rings", "This alarm has stopped or climbed: look at what rings now.")
    if not asked.word("doing"):
        raise Unclear("rings", "Say what you are doing about it.")
    return Draft("AlarmAnswered", {"doing": asked.word("doing"), "words": asked.word("words")}, asked.now, (number,))


_DRAFTS: dict[str, Callable[[Asked], Draft]] = {
    "sent": _sent,
    "arrived": _arrived,
    "diverted": _diverted,
    "told": _told,
    "promised": _promised,
    "called_back": _called_back,
    "appointment": _appointment,
    "kept": _kept,
    "missed": _missed,
    "accepted": _accepted,
    "grade": _graded,
    "lower": _lower,
    "not_raised": _not_raised,
    "answer": _answered,
}
