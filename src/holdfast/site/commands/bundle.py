"""Evidence to hand out: chosen, read as it will leave, made, written to a file; and any bag or bundle checked.

`choose` writes down what goes. `read` lists what could lead to somebody, each with an id. `make` needs every id decided
(`--leave` or `--stay`) and somebody who says that they read all of it; where the suspect may come to read it, that is
somebody else than whoever chose. `out` records that it was handed out and writes it to a file. `check` reads a folder,
a ZIP or a TAR strictly and tells all that is wrong with it; it needs no data folder. The answer is 1 while something
is not decided, and where a bag is not to be relied on.
"""

import argparse
import json
import os
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.start import start_on_data

SIDES = ("prosecution", "defence", "court", "survivor", "partner", "other")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is done, with which bundle, by whom."""
    doing = parser.add_subparsers(dest="do", required=True, metavar="WHAT")
    check = doing.add_parser("check", help="reads a bag strictly: a folder, a ZIP or a TAR")
    check.add_argument("path", type=Path)
    choose = doing.add_parser("choose", help="writes down what goes, how, and to whom")
    choose.add_argument("--side", choices=SIDES, required=True, help="whose side gets it")
    choose.add_argument("--for", dest="to", required=True, help="for whom: it stands in the bundle")
    choose.add_argument("--purpose", required=True, help="for what: it stands in the bundle")
    choose.add_argument(
        "--item", action="append", default=[], metavar="NUMBER[=HOW]",
        help="an item: without_metadata (so by itself), as_it_is, or held:GROUND",
    )  # fmt: skip
    choose.add_argument("--form", choices=("zip", "tar"), default="zip")
    choose.add_argument("--seal-to", type=Path, help="a file of keys, one a line: age1... or SSH public keys")
    read = doing.add_parser("read", help="what could lead to somebody, and what was not looked through")
    made = doing.add_parser("make", help="makes it, once all is decided and somebody has read it")
    made.add_argument("--leave", action="append", default=[], metavar="ID", help="leave this out")
    made.add_argument("--stay", action="append", default=[], metavar="ID", help="this may stay")
    made.add_argument("--read-it", action="store_true", help="I have read all of it as it will leave")
    out = doing.add_parser("out", help="records that it is handed out, and writes it to a file")
    out.add_argument("--to", type=Path, required=True, help="the file: it must not be there yet")
    out.add_argument("--for", dest="to_whom", default="", help="to whom, where that is somebody else")
    for each in (choose, read, made, out):
        each.add_argument("case", help="the case's code")
        each.add_argument("--staff", required=True, help="the staff identifier of whoever does it")
    for each in (read, made, out):
        each.add_argument("bundle", help="the bundle's number")
    for each in (check, choose, read, made, out):
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer as JSON")


def run(asked: argparse.Namespace) -> int:
    """Does it."""
    if asked.do == "check":
        return _check(asked)
    start_on_data()
    from holdfast.casefile.refused import Refused
    from holdfast.doors.evidence.bundle_preview import NotDisclosed
    from holdfast.vault.bundle_sealing import NotARecipient
    from holdfast.vault.sealed import NotAnItem
    from holdfast.vault.store import StoreFault

    try:
        return {"choose": _choose, "read": _read, "make": _make, "out": _out}[asked.do](asked)
    except NotDisclosed as fault:
        raise NotDone([f"{item}: {why}" for item, why in fault.items.items()] or [str(fault)]) from fault
    except (Refused, NotARecipient, NotAnItem, StoreFault) as fault:
        raise NotDone([str(fault)]) from fault


def _check(asked: argparse.Namespace) -> int:
    from holdfast.vault.bag.reading import read_bag
    from holdfast.vault.bag.trees import NotABag
    from holdfast.vault.bag.trees import open_tree

    try:
        with open_tree(asked.path) as tree:
            read = read_bag(tree)
    except NotABag as fault:
        raise NotDone([str(fault)]) from fault
    if asked.json:
        found = [{"what": one.what, "grade": one.grade, "where": one.where} for one in read.found]
        said = {"valid": read.valid, "accepted": read.accepted, "files": read.files, "bytes": read.size, "found": found}
        print(json.dumps(said))
    else:
        for one in read.found:
            print(f"{one.grade}: {one.what}: {one.words}" + (f" ({one.where!r})" if one.where else ""))
        verdict = "Whole" if read.accepted else "Valid, and not to be relied on" if read.valid else "Not valid"
        print(f"{verdict}: {counted(read.files, 'file', 'files')}, {read.size:,} bytes.")
    return 0 if read.accepted else 1


def _choose(asked: argparse.Namespace) -> int:
    from holdfast.doors.evidence.disclosing import draft

    file, member, at = _who(asked)
    keys = asked.seal_to.read_text(encoding="utf-8") if asked.seal_to else ""
    bundle = draft(
        file, _chosen(asked.item), to=asked.to, side=asked.side, purpose=asked.purpose, form=asked.form,
        sealed_to=keys, by=member.by, at=at,
    )  # fmt: skip
    print(json.dumps({"bundle": str(bundle)}) if asked.json else f"Chosen: bundle {bundle}. Nothing has left. Read it.")
    return 0


def _chosen(items: list[str]) -> tuple[Any, ...]:
    from uuid import UUID

    from holdfast.vault.bundle_chosen import GROUNDS
    from holdfast.vault.bundle_chosen import HOW
    from holdfast.vault.bundle_chosen import Chosen

    found = []
    for said in items:
        number, _, how = said.partition("=")
        how, _, ground = (how or "without_metadata").partition(":")
        how = "held_back" if how == "held" else how
        try:
            item = UUID(number)
        except ValueError as fault:
            raise NotDone(["An item is named by its number in the vault."]) from fault
        if how not in HOW or (how == "held_back") != (ground in GROUNDS):
            raise NotDone([f"An item goes {', '.join(HOW)[:-11]}or held:GROUND, one of {', '.join(GROUNDS)}."])
        found.append(Chosen(item, how, ground))  # type: ignore[arg-type]
    return tuple(found)


def _read(asked: argparse.Namespace) -> int:
    from holdfast.doors.evidence.bundle_preview import NOTHING_FOUND
    from holdfast.doors.evidence.bundle_preview import preview
    from holdfast.vault.bundle_chosen import SIDES as WORDS

    file, _, at = _who(asked)
    ready = preview(file, _number(asked.bundle), at=at)
    found = [{"id": one.id, "where": one.where, "what": one.what, "known": one.known} for one in ready.found]
    if asked.json:
        print(json.dumps({"to_decide": found, "not_read": ready.sheet.not_read, "files": len(ready.chapters)}))
        return 1 if found else 0
    print(f"{WORDS[ready.bundle.side][0]}: {WORDS[ready.bundle.side][1]}")
    for one in found:  # what and where, never the words: a terminal keeps what it showed
        print(
            f"{one['id']}: {one['where']}: {one['what']} ({'known to the case' if one['known'] else 'looks like one'})"
        )
    print("\n".join(ready.sheet.not_read))
    print("Read the words at the desk, and say of each --leave ID or --stay ID." if found else NOTHING_FOUND)
    return 1 if found else 0


def _make(asked: argparse.Namespace) -> int:
    from holdfast.access.looks import log_look
    from holdfast.access.two_people import two_who_may
    from holdfast.doors.evidence.bundle_preview import open_draft
    from holdfast.doors.evidence.disclosing import make_bundle
    from holdfast.vault.bundle_chosen import NEEDS_TWO

    file, member, at = _who(asked)
    known = open_draft(file, _number(asked.bundle))
    if known.side in NEEDS_TWO:
        people = two_who_may("make_bundle", file, known.by.staff, asked.staff, at=at)
        if people.why:
            log_look(member.person, file.code, "make_bundle", people.why, allowed=False)
            raise NotDone([people.why])
    if not asked.read_it:
        raise NotDone(["Read all of it at the desk, as it will leave, and say so: --read-it."])
    decisions = {**dict.fromkeys(asked.leave, "leave"), **dict.fromkeys(asked.stay, "stay")}
    try:
        made = make_bundle(file, known.bundle, decisions, by=member.by, confirmed_by=asked.staff, at=at)
    except (OSError, ValueError) as fault:
        raise NotDone(
            [f"The bundle was not made ({type(fault).__name__}): the vault could not be read or written."]
        ) from fault
    said = {"bundle": str(known.bundle), "sha256": made.taken.sha256.hex(), "bytes": made.taken.size,
            "manifest_sha256": made.written.manifest_sha256.hex()}  # fmt: skip
    print(json.dumps(said) if asked.json else f"Made: {made.taken.size:,} bytes, SHA-256 {said['sha256']}.")
    return 0


def _out(asked: argparse.Namespace) -> int:
    from holdfast.doors.evidence.disclosing import hand_out

    file, member, at = _who(asked)
    if asked.to.exists() or not asked.to.parent.is_dir():
        raise NotDone(["Name a file that is not there yet, in a folder that is: none is written over."])
    item = hand_out(file, _number(asked.bundle), to=asked.to_whom, purpose="", by=member.by, at=at)
    handle = os.open(asked.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as opened:
        for piece in item.whole():
            opened.write(piece)
    if asked.json:
        print(json.dumps({"file": str(asked.to), "bytes": item.size, "sha256": item.sha256.hex()}))
    else:
        print(f"{asked.to}: {item.size:,} bytes, SHA-256 {item.sha256.hex()}. Delete it here once it is handed over.")
    return 0


def _who(asked: argparse.Namespace) -> tuple[Any, Any, datetime]:
    """The case, and whoever does it: asked whether they may, and logged."""
    from zoneinfo import ZoneInfo

    from holdfast.access.known import case_known
    from holdfast.access.looks import log_look
    from holdfast.access.may import may
    from holdfast.access.staff import StaffMember
    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.reading import read_case

    file, at = read_case(case_by_code(asked.case)), datetime.now(UTC)
    member = StaffMember.objects.filter(staff=asked.staff, user__is_active=True).first()
    if member is None:
        raise NotDone(["Nobody signs in with this staff identifier, so nobody does it. Look at it again."])
    answer = may(member.person, "make_bundle", case_known(file, ZoneInfo(pack_called(file.pack).timezone)), at=at)
    log_look(
        member.person, file.code, "make_bundle", asked.do if answer.allowed else answer.why, allowed=answer.allowed
    )
    if not answer.allowed:
        raise NotDone([answer.why])
    return file, member, at


def _number(said: str) -> Any:
    from uuid import UUID

    try:
        return UUID(said)
    except ValueError as fault:
        raise NotDone(["A bundle is named by its number, as `choose` said it."]) from fault
