"""`holdfast coverage [PACK]`: what each pack holds, on what it rests, what was not read, and its worked cases."""

from __future__ import annotations

import argparse
import json
from datetime import UTC
from datetime import datetime
from pathlib import Path

from holdfast.duties.worked import read_worked
from holdfast.law.coverage import Coverage
from holdfast.law.coverage import coverage
from holdfast.law.loading import opens_cases
from holdfast.site.commands.packs import load
from holdfast.site.commands.packs import packs_folder
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("pack", nargs="?", help="a pack's id; every pack when left out")


def run(options: argparse.Namespace) -> int:
    """Prints the counts; 2 when there is no such pack."""
    folders = sorted(file.parent for file in packs_folder().glob("*/pack.yaml"))
    if options.pack:
        folders = [folder for folder in folders if folder.name == options.pack]
    if not folders:
        raise NotDone(["There is no such pack. `holdfast check` lists them."])
    today = datetime.now(UTC).date()
    found = {folder.name: (coverage(load(folder.name), today), _worked(folder)) for folder in folders}
    if options.json:
        print(json.dumps({name: {**_plain(covered), "worked": worked} for name, (covered, worked) in found.items()}))
        return 0
    for folder in folders:
        _say(folder, *found[folder.name])
    return 0


def _worked(folder: Path) -> int:
    return len(read_worked(folder)[0])


def _say(folder: Path, covered: Coverage, worked: int) -> None:
    abstract = "" if opens_cases(folder) else " (only inherited from)"
    print(f"{folder.name}{abstract}: {counted(worked, 'worked case')}")
    for sort, number in covered.counts.items():
        if number.total:
            print(f"  {sort:13} {number.total:4}  {number.own} own, {number.inherited} inherited")
    for what, counts in (
        ("duties by authority", covered.by_authority),
        ("sources", covered.by_confidence),
        ("dated law", covered.by_status),
    ):
        print(f"  {what}: {', '.join(f'{name} {number}' for name, number in sorted(counts.items()))}")
    for what, names in (
        ("read over a year ago", covered.read_long_ago),
        ("never read", covered.never_read),
        ("no easy-read edition", covered.without_easy),
    ):
        if names:
            print(f"  {what}: {', '.join(names)}")


def _plain(covered: Coverage) -> dict[str, object]:
    counts = {sort: {"own": number.own, "inherited": number.inherited} for sort, number in covered.counts.items()}
    return {**covered._asdict(), "counts": counts}
