"""Backs everything up into one sealed file, while the server goes on: database, checkpoints, erasures, directory.

The key ring is NOT in it. Without a copy of keyring.json, kept apart, no backup can ever be opened.
"""

import argparse
import json
from pathlib import Path

from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.progress import Progress
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("to", type=Path, help="a file that is not there yet, or a folder; best on another machine")


def run(asked: argparse.Namespace) -> int:
    """Writes it, and says what is in it and what is not."""
    start_on_data()
    operator_may("back_up")
    from holdfast.casefile.backup.making import back_up

    with Progress("backing up") as told:
        made = back_up(asked.to, told)
    if asked.json:
        said = {"file": str(made.file), "at": made.at.isoformat(), "cases": made.cases, "entries": made.entries}
        print(json.dumps({**said, "bytes": made.size, "holds_key_ring": False}))
        return 0
    print(
        f"{made.file}: {counted(made.cases, 'case')}, {counted(made.entries, 'entry', 'entries')}, {made.size:,} bytes."
    )
    print("The key ring is not in it. Keep a copy of keyring.json apart from it: without that no backup opens.")
    print("The vault is not in it either: its sealed files are copied as they are. docs/how-to/back-up.md says how.")
    print(
        "A case that is erased later can still be read in this file by whoever has both. Destroy old backups in time."
    )
    return 0
