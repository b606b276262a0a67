"""From a duty to 'do this now': the kinds of entry that would end it, with what a form can be filled with beforehand.

- What the duty's ending asks of a field is filled in; the person may change it, and is then told what is still owed.
- Entries that only a court or a prosecutor makes stay in the list: whoever hears of them records them.
- The address of a form says which duty it is for by the duty's own id; it never holds a word of the case.

>>> owed_key("tell-bail", 7, 1)
'tell-bail@7.1'
"""

import re
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple

from holdfast.duties.owed import Owed
from holdfast.law.pack import Duty
from holdfast.law.pack import Trigger
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS

_KEY = re.compile(r"^([a-z0-9._-]{1,90})@(\d{1,6})\.(\d{1,4})$")


class Way(NamedTuple):
    """One kind of entry that would end a duty."""

    kind: str
    name: str
    fields: dict[str, Any]
    about: tuple[int, ...]


def owed_key(duty: str, started_by: int, instance: int) -> str:
    """What names one owed duty within its case."""
    return f"{duty}@{started_by}.{instance}"


def find_owed(items: Iterable[Owed], key: str) -> Owed | None:
    """The duty that a key names."""
    match = _KEY.match(key)
    if not match:
        return None
    wanted = (match[1], int(match[2]), int(match[3]))
    return next((item for item in items if (item.duty.id, item.started_by, item.instance) == wanted), None)


def ways_to_end(item: Owed) -> tuple[Way, ...]:
    """Every way to end an owed duty, the one that the pack names first at the front."""
    return ways_of(item.duty, item.started_by)


def ways_of(duty: Duty, started_by: int) -> tuple[Way, ...]:
    """Every way to end a duty that an entry started."""
    found: dict[str, Way] = {}
    for trigger in duty.ends:
        if trigger.kind in KINDS and trigger.kind not in found:
            about = (started_by,) if trigger.about == "started" or KINDS[trigger.kind].needs_about else ()
            found[trigger.kind] = Way(trigger.kind, label(KINDS[trigger.kind]), asked_of(trigger), about)
    return tuple(found.values())


def asked_of(trigger: Trigger) -> dict[str, Any]:
    """The plain field values that an ending asks for, as far as a single value says it."""
    if trigger.kind not in KINDS:
        return {}
    declared = {field.name: field for field in fields_of(KINDS[trigger.kind])}
    found: dict[str, Any] = {}
    for name, wanted in trigger.fields.items():
        field = declared.get(name.removeprefix("entry."))
        value = wanted[0] if isinstance(wanted, list | tuple) and wanted else wanted
        if field is None or isinstance(value, dict | bool):
            continue
        if field.holds == "choices":
            found[field.name] = [value]
        elif field.holds in ("choice", "code") and isinstance(value, str):
            found[field.name] = value
    return found
