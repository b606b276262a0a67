"""A case as a JSON document, read strictly, and the answer to `holdfast owed` written as JSON.

- `{"entries": [{"kind", "happened_at", "recorded_at"?, "by": {"role"}, "occurrence"?, "about"?, "fields": {}}]}`,
  numbered in order from 1.
- Every fault is reported with its JSON pointer, and none repeats what the document says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Annotated
from typing import Any

import msgspec

from holdfast.duties.owed import Owed
from holdfast.duties.owed import working
from holdfast.law.pack import Pack
from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import Kind
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS
from holdfast.record.value import FIRST_YEAR
from holdfast.record.value import LAST_YEAR

_KEYS = {"kind", "happened_at", "recorded_at", "by", "occurrence", "about", "fields"}
_MOST_ENTRIES = 10_000


class CaseRefused(ValueError):
    """The document is not a case. Whoever wrote it can put every fault right."""

    def __init__(self, faults: Sequence[str]):
        self.faults = tuple(faults)
        super().__init__("The case cannot be read:\n" + "\n".join(f"  {fault}" for fault in faults[:50]))


def read_case_json(data: bytes) -> list[Entry]:
    """The entries of a case document, or CaseRefused with every fault in it."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise CaseRefused(["/: it begins with a byte order mark; save it as UTF-8 without one"])
    try:
        given = json.loads(data, object_pairs_hook=_each_once)
    except json.JSONDecodeError as fault:
        raise CaseRefused([f"/: it is not JSON at line {fault.lineno}, column {fault.colno}"]) from fault
    except (_Twice, UnicodeDecodeError, RecursionError) as fault:
        raise CaseRefused([f"/: it is not JSON that can be read once and for all ({type(fault).__doc__})"]) from fault
    if not isinstance(given, dict) or set(given) != {"entries"} or not isinstance(given.get("entries"), list):
        raise CaseRefused(["/: it has to be one object with the key 'entries', a list"])
    if len(given["entries"]) > _MOST_ENTRIES:
        raise CaseRefused([f"/entries: there are more than {_MOST_ENTRIES} entries"])
    faults: list[str] = []
    entries = [_entry(number, item, faults) for number, item in enumerate(given["entries"], 1)]
    if faults:
        raise CaseRefused(faults)
    return [entry for entry in entries if entry is not None]


class _Twice(ValueError):
    """a key stands twice in one object"""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys each stand once: of two values, neither may be taken silently."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _entry(number: int, given: Any, faults: list[str]) -> Entry | None:
    at = f"/entries/{number - 1}"
    before = len(faults)
    if not isinstance(given, dict):
        faults.append(f"{at}: it has to be an object")
        return None
    # A key may itself be a name: it is told by its place, never repeated.
    faults += [
        f"{at}: key {place} is not one of {', '.join(sorted(_KEYS))}"
        for place, key in enumerate(given, 1)
        if key not in _KEYS
    ]
    name = given.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        faults.append(f"{at}/kind: it is missing, or is not a kind (see `holdfast kinds`)")
    happened = _time(given.get("happened_at"), f"{at}/happened_at", faults)
    recorded = _time(given["recorded_at"], f"{at}/recorded_at", faults) if "recorded_at" in given else happened
    if happened and recorded and recorded < happened:
        faults.append(f"{at}/recorded_at: it was recorded before it happened")
    role = _role(given.get("by"), f"{at}/by", faults)
    about = _about(given.get("about", []), number, f"{at}/about", faults)
    if kind is not None and kind.needs_about and not about:
        faults.append(f"{at}/about: this kind has to name the entry it is about")
    occurrence = given.get("occurrence")
    if occurrence is not None and (type(occurrence) is not int or not 1 <= occurrence <= 10_000):
        faults.append(f"{at}/occurrence: it has to be a whole number from 1")
    fields = given.get("fields", {})
    read: Kind | None = None
    if not isinstance(fields, dict):
        faults.append(f"{at}/fields: it has to be an object")
    elif kind is not None:
        try:
            read = read_fields(kind, fields)
        except FieldsRefused as refused:
            faults += [f"{at}/fields/{fault.field}: {fault.why}" for fault in refused.faults]
    if len(faults) > before or kind is None or happened is None or recorded is None or role is None or read is None:
        return None
    return Entry(number, kind.__name__, happened, recorded, role, read, occurrence, about)


def _time(given: Any, at: str, faults: list[str]) -> datetime | None:
    try:
        found = msgspec.convert(given, _When).astimezone(UTC)
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
        faults.append(f"{at}: it lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    except (msgspec.ValidationError, OverflowError, ValueError):
        faults.append(f"{at}: it is missing, or is not a time with its offset, such as 2026-03-06T21:00:00Z")
    return None


def _role(given: Any, at: str, faults: list[str]) -> By | None:
    if not isinstance(given, dict) or given.get("role") not in ROLES or set(given) - {"role", "staff"}:
        faults.append(f"{at}: it has to be an object with a 'role' from the list (see `holdfast kinds --roles`)")
        return None
    staff = given.get("staff", "")
    if not isinstance(staff, str) or len(staff) > 60:
        faults.append(f"{at}/staff: it has to be a staff identifier")
        return None
    return By(given["role"], staff)


def _about(given: Any, number: int, at: str, faults: list[str]) -> tuple[int, ...]:
    listed = given if isinstance(given, list) else [given]
    if any(type(item) is not int for item in listed):
        faults.append(f"{at}: it has to be the number of an earlier entry, or a list of such numbers")
        return ()
    if any(not 1 <= item < number for item in listed):
        faults.append(f"{at}: it names an entry that does not come before this one")
        return ()
    return tuple(sorted(set(listed)))


_When = Annotated[datetime, msgspec.Meta(tz=True)]


def answer(item: Owed, pack: Pack) -> dict[str, Any]:
    """One owed duty as `holdfast owed --json` prints it. Times are local to the pack, with their offset."""
    source = item.duty.source
    return {
        "id": item.id,
        "instance": item.instance,
        "state": item.state,
        "owed_by": item.owed_by,
        "owed_to": item.owed_to,
        "started_by": item.started_by,
        "due_by": local_text(item.due_by, pack),
        "in_words": item.in_words or None,
        "ended_by": item.ended_by,
        "missed": item.missed,
        "reason": item.reason or None,
        "says": item.duty.says,
        "staff": item.duty.staff,
        "authority": item.duty.authority,
        "source": {
            "title": source.title,
            "article": source.article,
            "link": source.link,
            "last_checked_on": source.last_checked_on,
            "confidence": source.confidence,
        },
        "working": list(working(item, pack)),
    }


def local_text(when: datetime | None, pack: Pack) -> str | None:
    """A moment on the place's clock, as ISO 8601 with its offset."""
    if when is None:
        return None
    return (pack.days.local(when) if pack.days else when).isoformat()
