"""Keeps the directory of services: imports Open Referral files, checks them, exports and lists what there is.

`holdfast directory import FILE --place P --source NAME` takes a file in place of all that came from the same source.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from zoneinfo import ZoneInfoNotFoundError

from holdfast.directory.checked import checked
from holdfast.directory.exporting import as_json
from holdfast.directory.exporting import service_of
from holdfast.directory.fault import DirectoryUnread
from holdfast.directory.fault import FileRefused
from holdfast.directory.finding import open_directory
from holdfast.directory.flattening import as_zip
from holdfast.directory.importing import Progress
from holdfast.directory.importing import Taken
from holdfast.directory.importing import import_into
from holdfast.directory.importing import read_listings
from holdfast.directory.importing import writes
from holdfast.directory.store import replace
from holdfast.directory.taking import Into
from holdfast.site.commands.packs import data_folder
from holdfast.site.commands.packs import load
from holdfast.site.commands.packs import no_such_pack
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted

FILE = "directory.sqlite3"
NOTHING_WRITTEN = "Nothing was written; what came from this source before is still there."
_WIDTH = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file."""
    what = parser.add_subparsers(dest="do", required=True, metavar="import|check|export|list|drop")
    taking = what.add_parser("import", help="take a file into the directory")
    taking.add_argument("--place", required=True, help="the place it is for: the name of a pack")
    taking.add_argument("--source", required=True, help="what to call where it comes from; names what it replaces")
    taking.add_argument("--strict", action="store_true", help="take nothing when one row is bad")
    looking = what.add_parser("check", help="say what is wrong with a file, and write nothing")
    for one in (taking, looking):
        one.add_argument("file", help="HSDS JSON, or a folder or zip of its CSV tables")
        one.add_argument("--zone", default="", help="the time zone of its hours; the pack's when left out")
    giving = what.add_parser("export", help="write HSDS 3: .json, or .zip for tables")
    giving.add_argument("file", help="where to; its ending says the form")
    listing = what.add_parser("list", help="say what there is, and how much of it is out of date")
    for one in (giving, listing):
        one.add_argument("--place", default="", help="only this place")
    giving.add_argument("--source", default="", help="only this source")
    dropping = what.add_parser("drop", help="take a source away")
    dropping.add_argument("--place", required=True, help="its place")
    dropping.add_argument("--source", required=True, help="its name")
    for one in (taking, looking, giving, listing, dropping):
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer as one JSON document")


def run(asked: argparse.Namespace) -> int:
    """Does it. 1 when rows were left out."""
    does = {"import": _import, "check": _check, "export": _export, "list": _list, "drop": _drop}
    try:
        return does[asked.do](asked)
    except (FileRefused, DirectoryUnread) as refused:
        raise NotDone([str(refused)]) from refused


def _import(asked: argparse.Namespace) -> int:
    if not data_folder().is_dir():
        raise NotDone(["There is no data folder yet. `holdfast init` makes it; HOLDFAST_DATA names another."])
    into = Into(asked.place, _named(asked.source), _zone(asked.zone, asked.place), datetime.now(UTC).date())
    taken = import_into(data_folder() / FILE, _there(asked.file), into, strict=asked.strict, progress=_bar())
    written = writes(taken, strict=asked.strict)
    last = f"{counted(len(taken.listings), 'service')} taken." if written else NOTHING_WRITTEN
    _say(asked, taken, written=written, last=last)
    return 1 if taken.refused or not written else 0


def _check(asked: argparse.Namespace) -> int:
    into = Into("", "check", _zone(asked.zone or "UTC", ""), datetime.now(UTC).date())
    taken = read_listings(_there(asked.file), into, _bar())
    _say(asked, taken, written=False, last=f"{counted(len(taken.listings), 'service')} can be taken.")
    return 1 if taken.refused or not taken.listings else 0


def _say(asked: argparse.Namespace, taken: Taken, *, written: bool, last: str) -> None:
    held_back = sum(one.standing != "open" for one in taken.listings)
    if asked.json:
        told = {
            "services": len(taken.listings), "written": written, "not_active": taken.ended, "refused": taken.refused,
            "without_address": held_back, "faults": [fault._asdict() for fault in taken.faults],
        }  # fmt: skip
        print(json.dumps(told))
        return
    for fault in taken.faults:
        print(f"  {'refused' if fault.refused else 'noticed'}: {fault}", file=sys.stderr)
    ended = f" {counted(taken.ended, 'service')} not active any more." if taken.ended else ""
    kept = f" {held_back} without an address: nobody says that it is public." if held_back else ""
    print(f"{last} {counted(taken.refused, 'row')} refused.{ended}{kept}")


def _export(asked: argparse.Namespace) -> int:
    listings = open_directory(data_folder() / FILE).all(asked.place, asked.source)
    if not listings:
        raise NotDone(["There is no such service in the directory. `holdfast directory list` says what there is."])
    path = Path(asked.file)
    if path.suffix not in (".json", ".zip"):
        raise NotDone(["The file has to end in .json, or in .zip for tables."])
    body = as_json(listings) if path.suffix == ".json" else as_zip([service_of(one) for one in listings])
    path.write_bytes(body)
    done = {"services": len(listings), "bytes": len(body)}
    print(json.dumps(done) if asked.json else f"{counted(len(listings), 'service')} written.")
    return 0


def _list(asked: argparse.Namespace) -> int:
    directory, today = open_directory(data_folder() / FILE), datetime.now(UTC).date()
    told = []
    for one in directory.held():
        if asked.place in ("", one.place):
            states = [checked(each, today) for each in directory.all(one.place, one.source)]
            told.append({**one._asdict(), "stale": states.count("stale"), "never_checked": states.count("never")})
    if asked.json:
        print(json.dumps(told))
    for row in told if not asked.json else ():
        print(
            f"{row['place']}: {row['source']}, {counted(int(row['services']), 'service')}, "
            f"imported {row['imported_on']}; "
            f"{row['stale']} not checked for over a year, {row['never_checked']} never"
        )
    if not told and not asked.json:
        print("There is nothing in the directory. `holdfast directory import` takes a file.")
    return 0


def _drop(asked: argparse.Namespace) -> int:
    path = data_folder() / FILE
    held = [one for one in open_directory(path).held() if (one.place, one.source) == (asked.place, asked.source)]
    if not held:
        raise NotDone(["There is no such source. `holdfast directory list` says what there is."])
    replace(path, asked.place, asked.source, held[0].timezone, (), datetime.now(UTC).date())
    gone = held[0].services
    print(json.dumps({"dropped": gone}) if asked.json else f"{counted(gone, 'service')} taken away.")
    return 0


def _there(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise NotDone(["There is no such file or folder."])
    return path


def _named(source: str) -> str:
    if not source.strip() or len(source) > 100 or not source.isprintable():
        raise NotDone(["--source has to be a name of at most 100 characters."])
    return source.strip()


def _zone(zone: str, place: str) -> str:
    """The zone that was said, else the pack's. Without one no hours could be read."""
    if not zone:
        if not (packs_folder() / place / "pack.yaml").is_file():
            why = "Without a pack the time zone is not known: for another place name it with --zone."
            raise NotDone([f"{no_such_pack(place)} {why}"])
        return load(place).timezone
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise NotDone(["--zone is no time zone that is known here; write it like America/Toronto."]) from fault


def _bar() -> Progress | None:
    """A bar on standard error, where somebody watches."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def show(done: int, total: int) -> None:
        filled = _WIDTH * done // total
        left = (time.monotonic() - begun) / done * (total - done)
        line = f"\r  [{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {total:,} rows, {left:,.0f} s left "
        print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)

    return show
