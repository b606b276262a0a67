"""What an entry's fields say, in words a person reads: the same on the timeline, the report and the forms.

- A choice's value is its own words: 'no_direct_contact' reads 'No direct contact'. The few that need help have a line
  below.
- A field that nobody filled is left out, except where leaving it out could be read as 'no': see `fields_in_words`.

>>> value_in_words("no_direct_contact")
'No direct contact'
"""

from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from holdfast.doors.desk.evidence.body import named as area_named
from holdfast.doors.desk.local_time import day_in_words
from holdfast.doors.desk.local_time import in_words
from holdfast.law.pack import Pack
from holdfast.record.entry import ROLES
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of

_OWN_WORDS = {
    "pressed_55": "Pressed 55",
    "do_not_hang_up_after_55": "Do not hang up after pressing 55",
    "do_not_wash_or_tidy_evidence": "Do not wash, or tidy evidence away",
    "tap_or_cough": "Tapped or coughed",
    "recalled_no_answer": "Rung back, no answer",
    "declined_by_survivor": "The survivor declined",
    "declined_by_caller": "The caller declined",
    "declined": "Declined to say",
    "not_asked": "Not asked",
    "not_known": "Not known",
    "email": "E-mail",
    "by_email": "By e-mail",
    "at_home": "At home",
}


class Said(NamedTuple):
    """One field in words."""

    question: str
    answer: str
    holds: str
    rows: tuple[tuple["Said", ...], ...] = ()  # for parts and answers: one group of pairs each

    @property
    def ask(self) -> str:
        """The question as it stands before its answer in one line."""
        return self.question if self.question.endswith("?") else f"{self.question}:"


def value_in_words(value: str) -> str:
    """A choice's value or a code as words."""
    if value in _OWN_WORDS:
        return _OWN_WORDS[value]
    words = value.replace("_", " ").replace(".", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def fields_in_words(fields: msgspec.Struct, zone: ZoneInfo, pack: Pack | None = None) -> tuple[Said, ...]:
    """Every field that says something. A choice that was asked and not answered is said; one never asked is not."""
    said = []
    for field in fields_of(type(fields)):
        value = getattr(fields, field.name)
        if value in (None, "", (), {}, "not_asked"):
            continue
        said.append(_say(field, value, zone, pack))
    return tuple(said)


def unasked(fields: msgspec.Struct) -> tuple[str, ...]:
    """The questions that were not asked: unknown is never 'no', so the reader is told that they are open."""
    return tuple(field.question for field in fields_of(type(fields)) if getattr(fields, field.name) == "not_asked")


def name_of(code: str, field_name: str, pack: Pack | None) -> str:
    """What the pack calls a code, or the code as words where it does not say."""
    if field_name in ("role", "owed_by"):
        return ROLES.get(code, value_in_words(code))
    if pack is None:
        return value_in_words(code)
    if field_name == "duty":
        return next(
            (duty.staff for duty in pack.duties if duty.id == code.split("@", maxsplit=1)[0]), value_in_words(code)
        )
    if field_name == "pack":
        return pack.name if code == pack.id else code
    if field_name == "force":
        return next((force.name for force in pack.forces if force.id == code), code)
    if field_name == "area":
        return next((force.areas[code] for force in pack.forces if code in force.areas), code)
    if field_name in ("order", "notice"):
        return next((order.name for order in pack.orders if order.id == code), value_in_words(code))
    if field_name == "power":
        return next((power.staff for power in pack.powers if power.id == code), value_in_words(code))
    if field_name == "instrument":
        return next((found.name for found in pack.instruments if found.id == code), value_in_words(code))
    return code


def _say(field: FieldOf, value: Any, zone: ZoneInfo, pack: Pack | None) -> Said:
    if field.holds == "parts":
        rows = tuple(fields_in_words(part, zone, pack) for part in value)
        return Said(field.question, "", "parts", rows)
    if field.holds == "answers":
        return _say_answers(field, value, zone, pack)
    return Said(field.question, _one(field, value, zone, pack), field.holds)


def _one(field: FieldOf, value: Any, zone: ZoneInfo, pack: Pack | None) -> str:
    if isinstance(value, datetime):
        return in_words(value, zone)
    if isinstance(value, date):
        return day_in_words(value)
    if field.holds == "choice":
        return value_in_words(value)
    if field.holds == "choices":
        return ", ".join(value_in_words(item) for item in value)
    if field.holds == "lines":
        return "; ".join(area_named(one) for one in value) if field.name == "body" else "; ".join(value)
    if field.holds == "code":
        return name_of(value, field.name, pack)
    if field.holds == "metres":
        return f"{value:g} metres"
    if field.holds in ("minutes", "months"):
        return f"{value} {field.holds if value != 1 else field.holds[:-1]}"
    return str(value)


def _say_answers(field: FieldOf, value: dict[str, Any], zone: ZoneInfo, pack: Pack | None) -> Said:
    topics = {topic.id: topic.topic for found in (pack.instruments if pack else ()) for topic in found.topics}
    rows = []
    for code, answer in value.items():
        words = value_in_words(answer) if isinstance(answer, str) and answer in (*UNKNOWN, "yes", "no") else str(answer)
        rows.append((Said(topics.get(code, value_in_words(code)), words, "choice"),))
    yes = sum(1 for answer in value.values() if answer == "yes")
    count = f"{yes} yes of {len(value)}" if field.choices else ""
    return Said(field.question, count, "answers", tuple(rows))
