"""Who answers for the case, and how the survivor said that they may be reached: the last that the record holds.

- A number of the survivor's own is shown only by its last two figures, and a code word never: whoever reads this page
  over a shoulder must not learn how to reach them, or what they say when they are not free to speak.
"""

from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN


class Person(NamedTuple):
    """Somebody to ask."""

    what: str
    who: str
    number: str


class Agreed(NamedTuple):
    """The contact agreement as it stands. Each row is what and how; None of it is a number in full."""

    rows: tuple[tuple[str, str], ...]


_CHANNELS = {
    "telephone": "by telephone",
    "in_person": "in person",
    "text": "by text message",
    "email": "by e-mail",
    "letter": "by letter",
    "portal": "on this page",
    "through_adviser": "through your adviser",
    "through_other": "through somebody you named",
}
_YES_NO = {"yes": "Yes", "no": "No"}


def people(entries: Sequence[Entry]) -> list[Person]:
    """The officer, the specialist and the services that the record names, each once."""
    found: list[Person] = []
    owner = _last(entries, "OwnerNamed", "OwnerChanged")
    if owner:
        found.append(Person("Answers for your case", f"Officer {owner.owner}", owner.number))
    specialist = _last(entries, "SpecialistNamed")
    if specialist:
        found.append(Person("Domestic abuse specialist", f"Officer {specialist.officer}", specialist.number))
    return found


def report_number(entries: Sequence[Entry]) -> str:
    """The report's number as it was given to the survivor, or ''."""
    given = _last(entries, "ReportNumberGiven")
    return given.reference if given else ""


def agreed(entries: Sequence[Entry], *, numbers: bool = True) -> Agreed | None:
    """The contact agreement, or None: then nothing may be sent. Without `numbers`, not even the end of one."""
    found = _last(entries, "ContactAgreed", "ContactChanged")
    if not found:
        return None
    rows = [("Safest way", _channel(found.channel, "not known: ask"))]
    if found.number and numbers:
        rows.append(("Number or address", f"ends in {found.number.strip()[-2:]}"))
    rows.append(("Safe times", found.times or "Not said"))
    never = [_channel(each, "") for each in found.never]
    rows.append(("Never", ", ".join(filter(None, never)) or "Not said"))
    if hasattr(found, "say_who"):
        rows.append(("May we say who is calling?", _YES_NO.get(found.say_who, "Not known, so no")))
        rows.append(("May a message be left?", _YES_NO.get(found.leave_message, "Not known, so no")))
    return Agreed(tuple(rows))


def _channel(value: str, unknown: str) -> str:
    return unknown if value in UNKNOWN else _CHANNELS.get(value, unknown)


def _last(entries: Sequence[Entry], *kinds: str) -> Any:
    """The fields of the last of these kinds, by when it happened."""
    found = [entry for entry in entries if entry.kind in kinds]
    return max(found, key=lambda entry: (entry.happened_at, entry.number)).fields if found else None
