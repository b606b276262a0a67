"""A call that another control room hands over: an EIDO document becomes the first entries of a case.

- What the record has a field for is in that field; all else is kept, sealed, in `CallTransferredIn.kept`, and
  named.
- The same document sent twice is one case. A newer version adds to that case what is new; an older one is refused.
- A place that only routed the call says so: it is not where the caller is.
"""

import hashlib
import json
import sqlite3
from copy import deepcopy
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Appended
from holdfast.casefile.append import Draft
from holdfast.casefile.append import Handed
from holdfast.casefile.append import append_all
from holdfast.casefile.append import open_case
from holdfast.casefile.models import Handover
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.api.additional import comments_in
from holdfast.doors.api.additional import line_in
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import pointer
from holdfast.doors.api.document import read_document
from holdfast.doors.api.eido import Eido
from holdfast.doors.api.eido import read_eido
from holdfast.doors.api.eido import time_of
from holdfast.doors.api.pidf import LocationRefused
from holdfast.doors.api.pidf import read_locations
from holdfast.record.entry import By
from holdfast.record.kind import write_fields

MOST_REFERENCE = 120
MOST_LINE = 300
MOST_WORDS = 20_000


class Sender(NamedTuple):
    """Who hands over, and under which pack its calls run."""

    name: str
    pack: str
    force: str = ""
    area: str = ""


class Taken(NamedTuple):
    """What became of a document."""

    case_id: UUID
    code: str
    length: int
    new: bool  # a case was opened
    repeated: bool  # the same document had been taken before, and nothing was written
    read: tuple[str, ...] = ()  # the `$id` of each part that stands in a field of the record; all else is only kept


def take_call(body: bytes, sender: Sender, now: datetime) -> Taken:
    """Takes a document over, or DocumentRefused with every fault, and nothing half-written."""
    eido = read_eido(read_document(body), now)
    digest = hashlib.sha256(body).hexdigest()
    handed = Handed(sender.name, hashlib.sha256(eido.id.encode()).hexdigest(), eido.stamp, digest)
    earlier = _earlier(handed)
    read = _read(eido)
    if earlier is not None and earlier.stamp == eido.stamp:
        return _again(earlier, digest)._replace(read=read)
    if earlier is not None and earlier.stamp > eido.stamp:
        raise DocumentRefused(409, [Fault("/lastUpdateTimeStamp", "is older than the version that was taken before")])
    try:
        written = _write(eido, sender, handed, earlier, now)
    except EntryRefused as refused:
        # Its own limits are the record's: too long a name, too long a comment.
        raise DocumentRefused(
            422,
            [Fault("", f"could not be recorded: {refused.kind} {fault.field} {fault.why}") for fault in refused.faults],
        ) from None
    except sqlite3.IntegrityError:
        # The same document came twice at once, and the other was first.
        earlier = _earlier(handed)
        if earlier is None:
            raise
        return _again(earlier, digest)._replace(read=read)
    return Taken(written.case_id, written.code, written.length, earlier is None, False, read)


def _read(eido: Eido) -> tuple[str, ...]:
    """The parts that become a field, for the sender to hold against what they sent."""
    calls = eido.parts["callComponent"]
    found = [part["$id"] for part in calls]
    found += [part["callBackReference"]["$ref"] for part in calls if "callBackReference" in part]
    said = [part for part in eido.parts["notesComponent"] if part.get("notesActionComments")]
    if _comments(eido, deepcopy(eido.document)):
        found += [part["$id"] for part in said]
    for part in eido.parts["locationComponent"]:
        try:
            located = read_locations(part["locationByValue"]) if part.get("locationByValue") else []
        except LocationRefused:
            continue
        link = part.get("locationByReferenceUrl", "")
        if (link and len(link) <= MOST_LINE) or any(one.civic or one.latitude is not None for one in located):
            found.append(part["$id"])
    return tuple(found)


def _write(eido: Eido, sender: Sender, handed: Handed, earlier: Handover | None, now: datetime) -> Appended:
    by = By("feed", sender.name)
    if earlier is None:
        fields = {"force": sender.force, "area": sender.area, "reference": _short(eido.id)}
        return open_case(sender.pack, by=by, happened_at=now, fields=fields, drafts=_drafts(eido, None), handed=handed)
    case = read_case(earlier.case_id)
    return append_all(case.id, _drafts(eido, case), by=by, handed=handed)


def _earlier(handed: Handed) -> Handover | None:
    """The newest version of this document that this agency handed over before."""
    found = Handover.objects.filter(agency=handed.agency, document=handed.document).select_related("case")
    return found.order_by("-stamp").first()


def _again(earlier: Handover, digest: str) -> Taken:
    if earlier.digest != digest:
        why = "is that of a version that was taken before, and says something else; a new version needs a new time"
        raise DocumentRefused(409, [Fault("/lastUpdateTimeStamp", why)])
    return Taken(earlier.case_id, earlier.case.code, earlier.case.length, False, True)


def _drafts(eido: Eido, case: CaseFile | None) -> list[Draft]:
    """The entries that the document makes. In a case that is there already, only what it does not hold yet."""
    rest = deepcopy(eido.document)
    faults: list[Fault] = []
    drafts = [*_calls(eido, rest), *_locations(eido, rest, faults)]
    if faults:
        raise DocumentRefused(422, faults)
    comments = _comments(eido, rest)
    if len(eido.id) <= MOST_REFERENCE:
        rest.pop("$id")
    if len(eido.issuer) <= MOST_LINE:
        rest.pop("issuingElementIdentification")
    first = Draft(
        "CallTransferredIn",
        {
            "from_whom": eido.issuer[:MOST_LINE],
            "document": _short(eido.id),
            "comments": comments,
            "kept": json.dumps(rest, ensure_ascii=False, separators=(",", ":")),
            "unread": _names(rest),
        },
        eido.stamp,
    )
    if case is not None:
        known = [(entry.kind, _told(entry.fields)) for entry in case.entries]
        drafts = [draft for draft in drafts if (draft.kind, _told(draft.fields)) not in known]
    return [first, *drafts]


def _told(fields: Any) -> Any:
    """What an entry says, so that the same thing said again is known."""
    plain = fields if isinstance(fields, dict) else write_fields(fields)
    return {name: value for name, value in plain.items() if value not in ("", None)}


def _calls(eido: Eido, rest: dict[str, Any]) -> list[Draft]:
    drafts = []
    callbacks = {part["$id"]: number for number, part in enumerate(eido.parts["callbackComponent"])}
    line = next(filter(None, map(line_in, _by_value(eido))), "")
    for number, call in enumerate(eido.parts["callComponent"]):
        fields = {"route": "another_control_room", "reference": _short(call["$id"])}
        if line:
            fields["line"] = line
        if "callBackReference" in call:
            place = callbacks[call["callBackReference"]["$ref"]]
            used = _number_to_ring(eido.parts["callbackComponent"][place].get("callBackInformationUri", []))
            fields["number"] = used
        rest["callComponent"][number].pop("callStartTimestamp")
        drafts.append(Draft("CallReceived", fields, time_of(call["callStartTimestamp"])))
    return drafts


def _number_to_ring(uris: list[str]) -> str:
    """A telephone number where there is one. The document's other addresses stay in what is kept."""
    for uri in uris:
        if uri.lower().startswith("tel:") and len(uri) <= 60:
            return uri[4:]
    return next((uri for uri in uris if len(uri) <= 60), "")


def _locations(eido: Eido, rest: dict[str, Any], faults: list[Fault]) -> list[Draft]:
    drafts = []
    for number, part in enumerate(eido.parts["locationComponent"]):
        at = pointer("locationComponent", number)
        what = part.get("locationTypeDescriptionRegistryText", "").strip()
        happened_at = time_of(part["lastUpdateTimeStamp"])
        given = rest["locationComponent"][number]
        try:
            located = read_locations(part["locationByValue"]) if part.get("locationByValue") else []
        except LocationRefused as refused:
            faults.append(Fault(at + "/locationByValue", str(refused)))
            continue
        for one in located:
            if not one.civic and one.latitude is None:
                continue  # a shape that is not read here: it stays in what is kept
            fields: dict[str, Any] = {"how": "another_control_room", "place": _place(one.civic, what)}
            fields |= {"latitude": one.latitude, "longitude": one.longitude, "uncertainty": one.uncertainty}
            drafts.append(Draft("LocationFound", fields, happened_at))
        link = part.get("locationByReferenceUrl", "")
        if link and len(link) <= MOST_LINE:
            fields = {"how": "another_control_room", "place": _place("", what), "link": link}
            drafts.append(Draft("LocationFound", fields, happened_at))
            given.pop("locationByReferenceUrl")
    return drafts


def _place(civic: str, what: str) -> str:
    """The address, and what the sender calls this location where that matters to whoever drives there."""
    if what == "RoutingLocation":
        return f"{civic} (used to route the call; the caller may be elsewhere)".strip()
    return civic


def _comments(eido: Eido, rest: dict[str, Any]) -> str:
    """The comments and notes, one after the other. Where they are too long for one field they stay where they are."""
    said: list[str] = []
    read: list[tuple[dict[str, Any], str]] = []
    for number, part in enumerate(eido.parts["additionalDataComponent"]):
        if found := comments_in(part.get("additionalDataByValue", "")):
            said += found
            read.append((rest["additionalDataComponent"][number], "additionalDataByValue"))
    for number, part in enumerate(eido.parts["notesComponent"]):
        if part.get("notesActionComments"):
            said.append(part["notesActionComments"])
            read.append((rest["notesComponent"][number], "notesActionComments"))
    comments = "\n\n".join(said)
    if len(comments) > MOST_WORDS:
        return ""
    for part, field in read:
        part.pop(field)
    return comments


def _by_value(eido: Eido) -> list[str]:
    return [part.get("additionalDataByValue", "") for part in eido.parts["additionalDataComponent"]]


def _names(rest: dict[str, Any]) -> list[str]:
    """The names of what was not read, as the standard writes them; a name that is no plain word is not repeated."""
    names = set()
    for name, value in rest.items():
        inner = value if isinstance(value, list) else [value]
        fields = {key for part in inner if isinstance(part, dict) for key in part if key not in _BOOKKEEPING}
        names |= {f"{pointer(name)[1:]}.{pointer(field)[1:]}" for field in fields}
        if not fields and name not in _BOOKKEEPING:
            names.add(pointer(name)[1:])
    return sorted(names)[:400]


_BOOKKEEPING = frozenset(
    {
        "$id",
        "$ref",
        "@vocab",
        "lastUpdateTimeStamp",
        "updatedByAgencyReference",
        "updatedByAgentReference",
        "eidoVersion",
    }
)


def _short(reference: str) -> str:
    """A reference that fits its field; a longer one stands whole in what is kept."""
    return reference if len(reference) <= MOST_REFERENCE else ""
