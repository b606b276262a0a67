"""`holdfast check [PACK]`: every fault in one list, worked cases run; exit 1 when anything has to be mended.

`holdfast check --deploy`: what would be wrong with serving real people with these settings, on this machine.
"""

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
    parser.add_argument("--deploy", action="store_true", help="look at the settings and this machine, not at packs")
    parser.add_argument("--warnings", action="store_true", help="list what should be looked at too")


def run(options: argparse.Namespace) -> int:
    """Prints the faults; 1 when there are any that have to be mended, 2 when there is no such pack."""
    return _deployment(as_json=options.json) if options.deploy else _packs(options)


def _packs(options: argparse.Namespace) -> int:
    if options.pack:
        folders = [Path(options.pack) if os.sep in options.pack else packs_folder() / options.pack]
        if not folders[0].is_dir():
            raise NotDone([no_such_pack(options.pack) + " The path of a folder does too."])
    else:
        folders = sorted(file.parent for file in packs_folder().glob("[!_]*/pack.yaml"))
    faults: list[Fault] = []
    counts = []
    not_run = []
    for folder in folders:
        pack, found = check_pack(folder, on=datetime.now(UTC).date())
        cases, unread = read_worked(folder)
        sound = all(fault.id.startswith("law.W") for fault in found)
        if pack is not None and sound:  # else one mistake would be told many times
            unread += check_worked(pack, cases)
        else:
            not_run.append(folder.name)
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
        _say(errors, warnings if options.warnings else [], counts, not_run)
        print(f"{counted(len(errors), 'fault')}, {counted(len(warnings), 'warning')}")
    return 1 if errors else 0


def _deployment(*, as_json: bool) -> int:
    """Prints what speaks against serving real people; 1 when anything does."""
    from holdfast.site.start import start

    start()
    from holdfast.site.deploying import faults_of_deployment

    faults = faults_of_deployment()
    print(json.dumps({"faults": faults}) if as_json else "\n".join([*faults, counted(len(faults), "fault")]))
    return 1 if faults else 0


def _say(errors: list[Fault], warnings: list[Fault], counts: list[tuple[str, int, int]], not_run: list[str]) -> None:
    """Each fault, what each pack holds (id, duties, worked cases), and whose worked cases had to wait."""
    for fault in errors + warnings:
        print(f"{fault.id} {fault.file}\n    {fault.what} {fault.hint}")
    for name, duties, worked in counts:
        print(f"{name}: {duties} {'duty' if duties == 1 else 'duties'}, {counted(worked, 'worked case')}")
    if not_run:
        print(f"The worked cases of {', '.join(not_run)} were not run: mend these first.")
