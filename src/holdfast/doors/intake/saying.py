"""What a message says, in the one form in which the record keeps it, so that the same thing said again is known."""

import json
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from typing import Any

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import CaseFile
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import Kind
from holdfast.record.kind import read_fields
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS

EARLIEST = datetime(1900, 1, 2, tzinfo=UTC)


def new_in(case: CaseFile, drafts: tuple[Draft, ...], *, same_call: bool) -> list[Draft]:
    """What the case does not hold yet: the same kind, saying the same, of the same moment, is the same thing.

    Two messages of one call (`same_call`) both tell that it came in, each by its own clock; it came in once.
    """
    known = {key_of_entry(entry.kind, entry.fields, entry.happened_at) for entry in case.entries}
    begun = {_call_of(entry.kind, entry.fields) for entry in case.entries if entry.kind in _BEGINS}
    new: list[Draft] = []
    for draft in drafts:
        if same_call and draft.kind in _BEGINS and _call_of(draft.kind, draft.fields) in begun:
            continue
        key = key_of_entry(draft.kind, draft.fields, draft.happened_at)
        if key not in known:
            known.add(key)
            new.append(draft)
    return new


_BEGINS = frozenset({"CallReceived", "TextSessionOpened"})


def _call_of(kind: str, fields: Any) -> str:
    """Which call an entry that begins one is of: by its reference where it has one, else by all that it says."""
    plain = told(kind, fields)
    return json.dumps([kind, plain.get("reference") or plain], sort_keys=True, default=str)


def key_of_entry(kind: str, fields: Any, at: datetime) -> str:
    return json.dumps([kind, told(kind, fields), at.astimezone(UTC).isoformat()], sort_keys=True, default=str)


def told(kind: str, fields: Any) -> dict[str, Any]:
    """What an entry says, in the one form in which the record keeps it; what was never asked says nothing."""
    if isinstance(fields, Kind):
        plain = write_fields(fields)
    else:
        try:
            plain = write_fields(read_fields(KINDS[kind], fields))
        except (FieldsRefused, KeyError):
            return dict(fields)  # it will be refused where it is written
    return {name: value for name, value in plain.items() if value not in ("", None, "not_asked", [])}


def number_in(drafts: Iterable[Draft]) -> str:
    """The number that a call came from, '' where none of them says."""
    for draft in drafts:
        if draft.kind == "CallReceived" and (number := told(draft.kind, draft.fields).get("number")):
            return str(number)
    return ""


def in_time(drafts: Iterable[Draft], now: datetime) -> tuple[Draft, ...]:
    return tuple(draft._replace(happened_at=sound(draft.happened_at, now)) for draft in drafts)


def sound(at: datetime, now: datetime) -> datetime:
    return at if EARLIEST <= at <= now else now
