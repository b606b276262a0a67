"""What the way in for evidence does with the vault and the record. Every function runs in a thread of its own.

The words in here are read by whoever gives something, perhaps in haste: what happened, and what to do. None holds a
name, a file's name or a word of a case.
"""

import logging
from collections.abc import Callable
from errno import EDQUOT
from errno import ENOSPC
from hashlib import sha256
from typing import Any
from typing import NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import close_old_connections
from django.utils import timezone
from python_multipart.exceptions import FormParserError

from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.doors.evidence.allowing import allowed
from holdfast.doors.evidence.allowing import by
from holdfast.doors.evidence.coming import NoRoom
from holdfast.doors.evidence.coming import is_noted
from holdfast.doors.evidence.coming import note
from holdfast.doors.evidence.coming import room_left
from holdfast.doors.evidence.permit import Permit
from holdfast.doors.evidence.permit import TooMuchSaid
from holdfast.doors.evidence.permit import make_permit
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.said import name_kept
from holdfast.doors.evidence.said import said_with
from holdfast.site.answers_in import NotNow
from holdfast.site.form_in import FormIn
from holdfast.site.form_in import TooMuch
from holdfast.site.intakes import TooMany
from holdfast.site.intakes import keep_free
from holdfast.vault.intake import BeginsElsewhere
from holdfast.vault.intake import Busy
from holdfast.vault.intake import Intake
from holdfast.vault.intake import NotAsAnnounced
from holdfast.vault.intake import how_far
from holdfast.vault.items import KnownItem
from holdfast.vault.items import item_among
from holdfast.vault.items import items_of
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.store import StoreFault

OVER = (
    "This way in has ended, or never was one. What arrived is kept. Open the page again and choose the same file: it "
    "goes on."
)
HAS_IT = "This is taken already."
ELSEWHERE = "This goes on from another place."
FULL = (
    "There is no more room on the server at this moment. What arrived before is kept. Tell whoever runs it, and try "
    "again later: it goes on from there."
)
LATER = (
    "This could not be kept at this moment. What arrived before is kept. Try again in a few minutes: it goes on from "
    "there."
)
_log = logging.getLogger("holdfast.in")
new_item = uuid4


class Told(NamedTuple):
    """What the giver says of the whole: None where they do not say."""

    size: int | None
    sha256: bytes | None


def with_database(work: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """Does it, and lets go of the database after."""
    try:
        return work(*given)
    finally:
        close_old_connections()


def begun(permit: Permit, size: int) -> int:
    """How many bytes the item may have, once it is clear that it may come in at all: NotNow, NoRoom, OSError."""
    items = items_of(_case(permit).entries)
    there = item_among(items, permit.item)
    if there is not None:
        raise NotNow(409, HAS_IT, offset=there.size, complete=True)
    most = room_left(permit, items)
    if size > most:
        raise NotNow(413, too_large(most))
    keep_free(max(0, size - _far(permit)))
    return most


def how_far_is(permit: Permit) -> int:
    """How many bytes are acknowledged; NotNow with all of them where the record has it."""
    there = item_among(items_of(_case(permit).entries), permit.item)
    if there is not None:
        raise NotNow(200, HAS_IT, offset=there.size, complete=True)
    return _far(permit)


def _far(permit: Permit) -> int:
    return how_far(intake_folder(), permit.item, permit.case, key_of(permit.case))


def same_file(intake: Intake, before: bytes, most: int) -> None:
    """NotNow where the giver goes on with another file than they began with."""
    if before and intake.acknowledged:
        begins = intake.read(0, min(most, intake.acknowledged))
        if sha256(begins).hexdigest().encode() != before.lower():
            raise NotNow(409, "This is another file than the one that was begun. Choose the same one, or begin anew.")


def noted(permit: Permit, size: int) -> None:
    """Writes down, once, what begins to come in."""
    if not is_noted(permit.item):
        note(permit, size, timezone.now())


def add(intake: Intake, at: int, part: bytes) -> int:
    """Adds a part, where the disk has room for it."""
    keep_free(len(part))
    return intake.add(at, part)


def one_more(permit: Permit, told: dict[str, Any]) -> dict[str, Any]:
    """A permit for one more file under the same right, with what was said of it."""
    file = _case(permit)
    size = told.get("size")
    another = permit._replace(item=new_item())
    most = room_left(another, items_of(file.entries))
    if isinstance(size, int) and size > most:
        raise NotNow(413, too_large(most))
    fields = told.get("fields")
    given = {str(name): str(value) for name, value in fields.items()} if isinstance(fields, dict) else {}
    said = _said(permit, given, str(told.get("named", "")), file)
    return {
        "permit": make_permit(
            door=permit.door, case=permit.case, role=permit.role, staff=permit.staff, said=said, at=timezone.now(),
            item=another.item, way=permit.way, purpose=permit.purpose, back=permit.back,
        )
    }  # fmt: skip


def recorded(permit: Permit) -> dict[str, Any] | None:
    """What is answered for an item that the record has already, or None."""
    there = item_among(items_of(_case(permit).entries), permit.item)
    return _told(there) if there else None


def end_told(told: dict[str, Any]) -> Told:
    """What the giver says of the whole, checked."""
    size, digest = told.get("size"), told.get("sha256")
    if size is not None and (isinstance(size, bool) or not isinstance(size, int) or size < 0):
        raise NotNow(400, "The size has to be a number of bytes.")
    if digest is None or digest == "":
        return Told(size, None)
    try:
        found = bytes.fromhex(str(digest))
    except ValueError:
        found = b""
    if len(found) != sha256().digest_size:
        raise NotNow(400, "The hash has to be SHA-256, in hex.")
    return Told(size, found)


def end(permit: Permit, intake: Intake, told: Told) -> dict[str, Any]:
    """Ends an item and records it. The right to give it was looked at just before."""
    if intake.taken is None and not intake.acknowledged:
        raise NotNow(422, "The file is empty, so nothing was taken.", offset=0)
    try:
        taken = intake.finish(size=told.size, sha256=told.sha256)
    except NotAsAnnounced as fault:
        if told.size is not None and told.size != intake.acknowledged:
            raise NotNow(409, "It is not whole yet.", offset=intake.acknowledged) from fault
        raise NotNow(
            422, "What arrived is not what was announced. Nothing of it counts as taken: begin again with this file."
        ) from fault
    return _told(took(permit.case, taken, permit.said, by=by(permit), at=timezone.now()))


def form_taken(permit: Permit, form: FormIn) -> int:
    """Records every file of a form that came whole; how many those are."""
    if not form.files:
        return 0
    try:
        file = _case(permit)
    except NotNow:
        for whole in form.files:
            whole.intake.done()
        raise
    done = 0
    for whole in form.files:
        said = _said(permit, form.fields, whole.named, file)
        took(permit.case, whole.intake.finish(), said, by=by(permit), at=timezone.now())
        whole.intake.done()
        done += 1
    return done


def form_said(form: FormIn, taken: int) -> str:
    """What is told of a form that did not bring what it was to bring."""
    if not form.ended:
        return f"The line broke before everything was here. {_counted(taken)} Send the rest again."
    if form.empty:
        return f"{_counted(taken)} {form.empty} had nothing in it: choose it again, or another."
    return "No file was chosen, so nothing was sent. Choose one, and send it."


def too_large(most: int) -> str:
    """The limit, in words."""
    large = f"{most / 1_000_000_000:,.1f} GB" if most >= 1_000_000_000 else f"{most / 1_000_000:,.1f} MB"
    return f"This is larger than can be taken in here: at most {large}. Ask the officer how to hand it over."


def refusal(fault: BaseException, taken: int = 0) -> NotNow:
    """Any fault as it is told. What is none of ours is logged by its kind alone."""
    if isinstance(fault, NotNow):
        return fault
    if isinstance(fault, BeginsElsewhere):
        return NotNow(409, ELSEWHERE, offset=fault.acknowledged)
    if isinstance(fault, NoRoom):
        status, why, wait = 413, too_large(fault.most) if fault.most else _MANY, 0
    elif isinstance(fault, (TooMuch, TooMuchSaid)):
        status, why, wait = (413 if isinstance(fault, TooMuch) else 422), str(fault), 0
    elif _is_full(fault):
        status, why, wait = 507, FULL, 60
    else:
        status, why, wait = next((told for kind, told in _TOLD.items() if isinstance(fault, kind)), _LATER)
        if (status, why, wait) == _LATER:
            _log.error("taking in failed (%s)", type(fault).__name__, exc_info=fault)
    return NotNow(status, f"{_counted(taken)} {why}" if taken else why, wait=wait)


_MANY = "Too many files are still coming in. Finish or forget some of them first."
_LATER = (503, LATER, 30)
_TOLD: dict[type[BaseException], tuple[int, str, int]] = {
    Busy: (423, "This is coming in by another line at this moment. Wait a little.", 3),
    TooMany: (503, "Many are sending at this moment. Wait a little: it goes on by itself.", 5),
    FormParserError: (400, "What was sent could not be read as a form. Go back and send it again.", 0),
}


def _case(permit: Permit) -> CaseFile:
    file = allowed(permit, timezone.now())
    if file is None:
        raise NotNow(404, OVER)
    return file


def _said(permit: Permit, given: dict[str, str], named: str, file: CaseFile) -> dict[str, Any]:
    said = said_with(permit.said, given, permit.says, ZoneInfo(pack_called(file.pack).timezone))
    return {**said, "named": name_kept(named)} if named else said


def _told(known: KnownItem) -> dict[str, Any]:
    return {"item": str(known.item), "size": known.size, "sha256": known.sha256, "receipt": known.receipt}


def _is_full(fault: BaseException) -> bool:
    cause = fault.__cause__ if isinstance(fault, StoreFault) else fault
    return isinstance(cause, OSError) and cause.errno in (ENOSPC, EDQUOT)


def _counted(taken: int) -> str:
    return "Nothing was taken." if not taken else "One file was taken." if taken == 1 else f"{taken} files were taken."
