"""The parts of a NENA EIDO document (NENA-STA-021.1) that this record has a field for, and whether they hold together.

- Written from the standard's own names. A part that is not in `PARTS` is no fault: it is kept as it came and named.
- What is read has its type, every `$ref` leads to a part of the right kind, and no time lies in the future.
- Nothing is guessed: a part that may mean two things is kept, and read by a person.
"""

import re
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import pointer

VERSIONS = ("1.0", "1.1")
CLOCKS_DIFFER = timedelta(minutes=2)
MOST_PARTS = 500  # of one kind
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)

# Each part that is read: its name, and the fields of it that are, each with what it holds.
PARTS: dict[str, dict[str, str]] = {
    "callComponent": {
        "$id": "id", "lastUpdateTimeStamp": "time", "callStartTimestamp": "time", "answerDate": "time?",
        "direction": "text?", "standardPrimaryCallType": "text?", "callStateRegistryText": "text?",
        "callBackReference": "callbackComponent?", "locationReference": "locationComponent*?",
        "personReference": "personComponent*?", "additionalDataReference": "additionalDataComponent*?",
        "agentReference": "agentComponent*?", "notesReference": "notesComponent*?",
    },
    "callbackComponent": {"$id": "id", "callBackInformationUri": "text*?", "deviceContactHeader": "text?"},
    "locationComponent": {
        "$id": "id", "lastUpdateTimeStamp": "time", "locationTypeDescriptionRegistryText": "text?",
        "locationByValue": "text?", "locationByReferenceUrl": "text?", "locationDescriptionText": "text?",
    },
    "additionalDataComponent": {"$id": "id", "additionalDataByValue": "text?", "additionalDataByReferenceUrl": "text?"},
    "notesComponent": {"$id": "id", "notesActionComments": "text?"},
    "personComponent": {
        "$id": "id", "personIncidentRoleRegistryText": "text*?", "callBackReference": "callbackComponent?",
        "locationReference": "locationComponent*?",
    },
    "agencyComponent": {"$id": "id"},
    "agentComponent": {"$id": "id", "agencyReference": "agencyComponent?"},
}  # fmt: skip


class Eido(NamedTuple):
    """A document that holds together. `parts` are as they came, with `lists` where the standard allows one or many."""

    id: str
    stamp: datetime
    issuer: str
    parts: dict[str, list[dict[str, Any]]]
    document: dict[str, Any]


def read_eido(document: dict[str, Any], now: datetime) -> Eido:
    """The document as an EIDO, or DocumentRefused with every fault in it."""
    faults: list[Fault] = []
    for name in ("$id", "issuingElementIdentification", "eidoVersion"):
        if not isinstance(document.get(name), str) or not document[name].strip():
            faults.append(Fault(pointer(name), "is missing, or is not words"))
    if isinstance(document.get("eidoVersion"), str) and document["eidoVersion"] not in VERSIONS:
        faults.append(Fault("/eidoVersion", f"is not a version that is read here, which are {' and '.join(VERSIONS)}"))
    stamp = _time(document.get("lastUpdateTimeStamp"), "/lastUpdateTimeStamp", now, faults)
    parts = {name: _parts(document.get(name), name, faults) for name in PARTS}
    ids = _ids(parts, faults)
    for name, found in parts.items():
        for number, part in enumerate(found):
            _judge_part(name, part, pointer(name, number), ids, now, faults)
    if not faults and not parts["callComponent"]:
        faults.append(Fault("/callComponent", "is missing: there is no call to take over"))
    for number, call in enumerate(parts["callComponent"]):
        _judge_order(call, pointer("callComponent", number), faults)
    if faults or stamp is None:
        raise DocumentRefused(422, faults)
    return Eido(document["$id"], stamp, document["issuingElementIdentification"], parts, document)


def time_of(text: str) -> datetime:
    """A time that was judged, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _parts(given: Any, name: str, faults: list[Fault]) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        faults.append(Fault(pointer(name), f"has to be a list of at most {MOST_PARTS}"))
        return []
    found = []
    for number, part in enumerate(given):
        if isinstance(part, dict):
            found.append(part)
        else:
            faults.append(Fault(pointer(name, number), "has to be an object"))
    return found if len(found) == len(given) else []


def _ids(parts: dict[str, list[dict[str, Any]]], faults: list[Fault]) -> dict[str, str]:
    """Which part each `$id` names."""
    ids: dict[str, str] = {}
    for name, found in parts.items():
        for number, part in enumerate(found):
            given = part.get("$id")
            if isinstance(given, str) and given in ids:
                faults.append(Fault(pointer(name, number, "$id"), "names two parts of the document"))
            elif isinstance(given, str):
                ids[given] = name
    return ids


def _judge_part(
    name: str, part: dict[str, Any], at: str, ids: dict[str, str], now: datetime, faults: list[Fault]
) -> None:
    for field, holds in PARTS[name].items():
        given = part.get(field)
        kind, many, optional = holds.rstrip("*?"), "*" in holds, holds.endswith("?")
        if given is None:
            if not optional or field in part:
                faults.append(Fault(at + pointer(field), "is missing"))
            continue
        if many and not isinstance(given, list):
            faults.append(Fault(at + pointer(field), "has to be a list"))
            continue
        for number, value in enumerate(given) if many else [(None, given)]:
            where = at + pointer(field) + (pointer(number) if number is not None else "")
            if kind in PARTS:
                _judge_reference(value, kind, where, ids, faults)
            else:
                _HOLDS[kind](value, where, now, faults)


def _judge_reference(value: Any, wanted: str, at: str, ids: dict[str, str], faults: list[Fault]) -> None:
    target = value.get("$ref") if isinstance(value, dict) else None
    if not isinstance(target, str):
        faults.append(Fault(at, "has to be an object with a $ref"))
    elif target not in ids:
        faults.append(Fault(at + "/$ref", "leads to nothing in this document"))
    elif ids[target] != wanted:
        faults.append(Fault(at + "/$ref", f"leads to something that is not in {wanted}"))


def _judge_order(call: dict[str, Any], at: str, faults: list[Fault]) -> None:
    started, answered = call.get("callStartTimestamp"), call.get("answerDate")
    if not (isinstance(started, str) and isinstance(answered, str)):
        return
    if not (_TIME.fullmatch(started) and _TIME.fullmatch(answered)):
        return
    try:
        backwards = time_of(answered) < time_of(started)
    except (ValueError, OverflowError):
        return  # a time that cannot be read was named as a fault where its part was judged
    if backwards:
        faults.append(Fault(at + "/answerDate", "lies before the start of the call"))


def _text(value: Any, at: str, now: datetime, faults: list[Fault]) -> None:
    if not isinstance(value, str):
        faults.append(Fault(at, "has to be words"))


def _id(value: Any, at: str, now: datetime, faults: list[Fault]) -> None:
    if not isinstance(value, str) or not value.strip():
        faults.append(Fault(at, "has to be words"))


def _time(value: Any, at: str, now: datetime, faults: list[Fault]) -> datetime | None:
    try:
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            raise ValueError
        found = time_of(value)
    except (ValueError, OverflowError):
        faults.append(Fault(at, "is missing, or is not a time with its offset, as in 2026-11-20T22:30:00Z"))
        return None
    if found > now + CLOCKS_DIFFER:
        faults.append(Fault(at, "lies in the future"))
    elif found < _EARLIEST:
        faults.append(Fault(at, "lies before the year 1900"))
    return found


_HOLDS: dict[str, Callable[[Any, str, datetime, list[Fault]], Any]] = {"text": _text, "id": _id, "time": _time}
