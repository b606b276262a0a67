"""What `holdfast vault` does: each asks first whether it may, and says what it did."""

import argparse
import json
import os
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from uuid import uuid4

from holdfast.casefile.rederiving import every_case
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.rescanning import rescan_every
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.operator import staff_may
from holdfast.site.progress import Progress
from holdfast.vault.checking import check_items
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.place import why_not
from holdfast.vault.scanning import BadScanner
from holdfast.vault.scanning import configured
from holdfast.vault.sweeping import sweep_intakes
from holdfast.vault.sweeping import sweep_items
from holdfast.vault.taking import take

if TYPE_CHECKING:
    from holdfast.access.staff import StaffMember
    from holdfast.casefile.reading import CaseFile

_MOST_NAME = 200


def take_file(asked: argparse.Namespace) -> int:
    """Takes a file in: one pass; then the record says so. The file itself stays where it is."""
    path = Path(asked.given)
    member, file = _as_staff(asked, "take_evidence")
    if not path.is_file():
        raise NotDone(["Name a file that is there: `holdfast vault take FILE`."])
    if why := why_not():
        raise NotDone([why])
    said = {
        "what": asked.what, "source": asked.source, "words": asked.words, "exhibit": asked.exhibit,
        "purpose": asked.purpose, "named": (path.name if asked.named is None else asked.named)[:_MOST_NAME],
    }  # fmt: skip
    _understood(said)
    size, begun = path.stat().st_size, time.perf_counter()
    with path.open("rb", buffering=0) as source, Progress("taking in") as progress:
        taken = take(
            source, store(), intake_folder(), case=file.id, item=uuid4(), case_key=key_of(file.id),
            durable=not asked.not_synced, told=lambda done: progress(done, size),
        )  # fmt: skip
    seconds = time.perf_counter() - begun
    known = took(file.id, taken, said, by=member.by, at=datetime.now(UTC))
    if asked.json:
        print(json.dumps({**_as_json(known), "seconds": round(seconds, 4)}))
        return 0
    print(f"Taken: {known.item}, {known.size:,} bytes, SHA-256 {known.sha256}.")
    if known.held:
        print(f"It is kept, and held: {', '.join(known.held).replace('_', ' ')}. Look at it at the desk.")
    print("The file it came from is unchanged. It is in clear: what becomes of it is for you to decide.")
    return 0


def list_items(asked: argparse.Namespace) -> int:
    """Lists what police may see of a case's items; no words of them."""
    _, file = _as_staff(asked, "see_evidence")
    known = [each for each in items_of(file.entries) if each.police_may_look]
    if asked.json:
        print(json.dumps([_as_json(each) for each in known]))
        return 0
    for each in known:
        held = f"  held: {', '.join(each.held)}" if each.held else ""
        print(f"{each.item}  {each.taken_at:%Y-%m-%d %H:%M} UTC  {each.size:>15,}  {each.how or each.what}{held}")
    if not known:
        print("Nothing was taken into the vault for this case.")
    return 0


def read_item(asked: argparse.Namespace) -> int:
    """Writes an item, or a part of it, into a file, in clear. The record says so first."""
    member, file = _as_staff(asked, "see_evidence")
    try:
        number = UUID(asked.given)
    except ValueError as fault:
        raise NotDone(["Name an item by its number, as `holdfast vault list` shows it."]) from fault
    known = next((each for each in items_of(file.entries) if each.item == number and each.police_may_look), None)
    if known is None:
        raise NotDone(["This case has no such item."])
    if not asked.purpose.strip() or asked.to is None:
        raise NotDone(["Say for what it is read (--purpose), and into which file it is written (--to)."])
    if (known.held or not known.looked_into) and not asked.although_held:
        raise NotDone(["It is held: opening it may be dangerous. The desk says why; --although-held reads it anyway."])
    if asked.at < 0:
        raise NotDone(["An item begins at byte 0."])
    item, at = item_of(file.id, number), datetime.now(UTC)
    until = item.size if asked.count < 0 else min(item.size, asked.at + asked.count)
    handle = os.open(asked.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as out, Progress("reading") as progress:
        copied(file.id, number, asked.purpose, member.by, at, to="a file")
        for piece in item.whole() if (asked.at, until) == (0, item.size) else item.pieces(asked.at, until):
            out.write(piece)
            progress(out.tell(), until - asked.at)
    written = max(0, until - asked.at)
    print(json.dumps({"bytes": written}) if asked.json else f"{written:,} bytes, in clear: delete them when done.")
    return 0


def check(asked: argparse.Namespace) -> int:
    """Looks at every item that a record names."""
    operator_may("verify", log=False)
    only = _case_called(asked.case) if asked.case else None
    with Progress("checking") as progress:
        found = check_items(store(), whole=asked.whole, only=only, told=progress)
    if asked.json:
        listed = [
            {"where": one.where, "outcome": one.outcome, "at_number": one.at_number, "says": one.says}
            for one in found.findings
        ]
        print(json.dumps({**found._asdict(), "findings": listed, "sound": not found.findings}))
        return 1 if found.findings else 0
    for one in found.findings:
        print(f"{one.outcome}: {one.where}. {one.says}")
    print(f"{counted(found.items, 'item')}, {found.size:,} bytes: {'not sound' if found.findings else 'sound'}.")
    if not asked.whole and found.items:
        print(
            "Beginnings and ends were opened. A byte altered in the middle is seen by `--whole`, and when it is read."
        )
    if found.erased:
        print(f"{counted(found.erased, 'case')} with items had no key: what is left of them cannot be looked at.")
    if found.not_read:
        print(f"{counted(found.not_read, 'case')} could not be opened, nor their items: run `holdfast verify`.")
    return 1 if found.findings else 0


def sweep(asked: argparse.Namespace) -> int:
    """Takes away what nobody will finish; tells, and where asked takes away, what no record names."""
    operator_may("sweep_vault", reason="remove" if asked.remove else "look")
    at = datetime.now(UTC)
    intakes = sweep_intakes(at)
    found = sweep_items(at, remove=asked.remove)
    if asked.json:
        listed = {
            name: [str(each) for each in value] if isinstance(value, tuple) else value
            for name, value in found._asdict().items()
        }
        print(json.dumps({"intakes": intakes, **listed}))
        return 0
    print(f"{counted(intakes, 'intake')} that nobody finished went.")
    for item in found.unnamed:
        print(f"{item}: no record names it.{' Taken away.' if item in found.removed else ''}")
    if found.elsewhere:
        print(f"{counted(len(found.elsewhere), 'thing')} in the vault belong to no case that is here: left alone.")
    if found.not_read:
        print("Some record cannot be read, so nobody can say what is named: nothing was taken away as unnamed.")
    if found.kept:
        print(f"{counted(len(found.kept), 'item')} could not be taken away: a lock holds them, or the store is away.")
    return 0


def rescan(asked: argparse.Namespace) -> int:
    """Scans what came in before a scanner was named; 1 where something could not be scanned."""
    operator_may("sweep_vault", reason="rescan")
    try:
        scanner = configured()
    except BadScanner as fault:
        raise NotDone([str(fault)]) from fault
    if scanner is None:
        raise NotDone(["No scanner is named, so nothing was scanned. Set HOLDFAST_SCANNER."])
    cases = [_case_called(asked.case)] if asked.case else list(every_case())
    done, not_read = rescan_every(cases, scanner, also_scanned=asked.whole)
    if asked.json:
        print(json.dumps({**done._asdict(), "cases_not_read": not_read}))
        return 1 if done.not_scanned or not_read else 0
    print(f"{counted(done.scanned, 'item was', 'items were')} scanned; {done.held} of them are held now.")
    if done.not_scanned:
        print(f"{counted(done.not_scanned, 'item')} could not be scanned: run it again once the scanner answers.")
    if not_read:
        print(f"{counted(not_read, 'case')} could not be read: run `holdfast verify`.")
    print("That a scanner found nothing does not say that there is nothing.")
    return 1 if done.not_scanned or not_read else 0


def _as_staff(asked: argparse.Namespace, act: str) -> "tuple[StaffMember, CaseFile]":
    if not asked.case or not asked.staff:
        operator_may(act)  # no command acts as nobody
        raise NotDone(["Say in which case (--case) and who does it (--staff)."])
    return staff_may(asked.staff, act, asked.case)


def _case_called(code: str) -> UUID:
    from holdfast.casefile.reading import case_by_code

    return case_by_code(code)


def _understood(said: dict[str, str]) -> None:
    """NotDone before anything is taken in, where the record would not keep what is said of it."""
    from holdfast.record.kind import FieldsRefused
    from holdfast.record.kind import read_fields
    from holdfast.record.kinds import KINDS

    without = {"item": str(UUID(int=0)), "size": 0, "sha256": "0" * 64}
    try:
        read_fields(KINDS["ItemTaken"], {**said, **without})
    except FieldsRefused as refused:
        raise NotDone([(fault.field, fault.why) for fault in refused.faults]) from refused


def _as_json(known: KnownItem) -> dict[str, object]:
    return {
        "item": str(known.item), "what": known.how or known.what, "size": known.size, "sha256": known.sha256,
        "media": known.media, "taken_at": known.taken_at.isoformat(), "held": list(known.held),
        "of": str(known.of) if known.of else "",
    }  # fmt: skip
