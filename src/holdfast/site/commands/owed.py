"""`holdfast owed CASE.json --pack P --at TIME`: what is owed in a case document. Pure: no database is opened."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from holdfast.duties.case_json import CaseRefused
from holdfast.duties.case_json import answer
from holdfast.duties.case_json import read_case_json
from holdfast.duties.owed import owed
from holdfast.site.commands.packs import load
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.commands.when import moment

_MOST_BYTES = 20_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("case", help="a case document (JSON), or - for standard input")
    parser.add_argument("--pack", required=True, help="the pack whose law is used")
    parser.add_argument("--at", required=True, metavar="TIME", help="the moment that is asked about, ISO 8601")


def run(options: argparse.Namespace) -> int:
    """Prints each duty; 2 when the document, the pack or the time cannot be read."""
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if options.case == "-" else _bytes(Path(options.case))
        if len(data) > _MOST_BYTES:
            raise CaseRefused(["/: the document is larger than 20 MB"])
        entries = read_case_json(data)
        pack = load(options.pack)
        at = moment(options.at, pack)
    except OSError as fault:
        raise NotDone([f"The case document cannot be opened: {fault.strerror}."]) from fault
    except CaseRefused:
        raise  # every fault of the document, one by one
    except ValueError as fault:
        raise NotDone([str(fault)]) from fault
    rows = [answer(item, pack) for item in owed(entries, pack, at)]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        due = row["due_by"] or row["in_words"] or "no date"
        print(f"{row['state']:10} {due:27} {row['owed_by']:22} {row['id']} (from entry {row['started_by']})")
        print(f"           {row['staff']}")
        for line in row["working"]:
            print(f"             {line}")
    print(counted(len(rows), "duty", "duties"))
    return 0


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_MOST_BYTES + 1)
