"""`holdfast check [PACK]`: every fault in one list, worked cases run; exit 1 when anything has to be mended."""

from __future__ import annotations

import argparse
import json
import os
from datetime import UTC
from datetime import datetime
from pathlib import Path

from holdfast.duties.worked import check_worked
from holdfast.duties.worked import read_worked
from holdfast.law.check import check_pack
from holdfast.law.fault import Fault
from holdfast.site.commands.packs import no_such_pack
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("pack", nargs="?", help="a pack's id or folder; every pack when left out")
    parser.add_argument("--warnings", action="store_true", help="list what should be looked at too")


def run(options: argparse.Namespace) -> int:
    """Prints the faults; 1 when there are any that have to be mended, 2 when there is no such pack."""
    if options.pack:
        folders = [Path(options.pack) if os.sep in options.pack else packs_folder() / options.pack]
        if not folders[0].is_dir():
            raise NotDone([no_such_pack(options.pack) + " The path of a folder does too."])
    else:
        folders = sorted(file.parent for file in packs_folder().glob("[!_]*/pack.yaml"))
    faults: list[Fault] = []
    counts = []
    for folder in folders:
        pack, found = check_pack(folder, on=datetime.now(UTC).date())
        cases, unread = read_worked(folder)
        sound = all(fault.id.startswith("law.W") for fault in found)
        if pack is not None and sound:  # else one mistake would be told many times
            unread += check_worked(pack, cases)
        if pack is not None:
            counts.append((pack.id, len([duty for duty in pack.duties if not duty.chases]), len(cases)))
        faults += [*found, *unread]
    errors = [fault for fault in faults if not fault.id.startswith("law.W")]
    warnings = [fault for fault in faults if fault.id.startswith("law.W")]
    if options.json:
        print(
            json.dumps({"faults": [fault._asdict() for fault in errors], "warnings": [w._asdict() for w in warnings]})
        )
    else:
        for fault in errors + (warnings if options.warnings else []):
            print(f"{fault.id} {fault.file}\n    {fault.what} {fault.hint}")
        for name, duties, worked in counts:
            print(f"{name}: {duties} {'duty' if duties == 1 else 'duties'}, {counted(worked, 'worked case')}")
        if any(fault.id < "law.E05" for fault in errors):
            print("Worked cases were not run: mend these first.")
        print(f"{counted(len(errors), 'fault')}, {counted(len(warnings), 'warning')}")
    return 1 if errors else 0
