"""Takes over a call from a NENA EIDO file, as `POST /api/calls` does: a case is opened, or every fault is listed."""

import argparse
import json
import sys
from pathlib import Path

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data

NOT_TAKEN = "the call was not taken over, and nothing was recorded:"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where the case belongs."""
    parser.add_argument("file", help="the EIDO document; - reads standard input")
    parser.add_argument("--pack", help="the pack whose law runs the case")
    parser.add_argument("--force", default="", help="the police force, as the pack names it")
    parser.add_argument("--area", default="", help="the area of the force, as the pack names it")
    parser.add_argument("--from", dest="sender", default="by-file", help="which control room it is from")


def run(asked: argparse.Namespace) -> int:
    """Takes the call, and prints the case's code."""
    from holdfast.doors.api.document import MOST_BYTES
    from holdfast.doors.api.document import DocumentRefused
    from holdfast.doors.api.document import Fault

    try:
        body = sys.stdin.buffer.read(MOST_BYTES + 1) if asked.file == "-" else _bytes(Path(asked.file), MOST_BYTES + 1)
    except OSError as fault:
        raise NotDone([Fault("", f"the file cannot be read: {fault.strerror}")], NOT_TAKEN) from fault
    start_on_data()
    operator_may("hand_over_call")
    from datetime import UTC
    from datetime import datetime

    from django.conf import settings

    from holdfast.access.naming import after_writing
    from holdfast.casefile.refused import Refused
    from holdfast.doors.api.handover import Sender
    from holdfast.doors.api.handover import take_call
    from holdfast.law.fault import PackRefused

    try:
        sender = Sender(asked.sender, asked.pack or settings.HOLDFAST_PLACE, asked.force, asked.area)
        taken = take_call(body, sender, datetime.now(UTC))
        after_writing(taken.case_id, ("CaseOpened",), datetime.now(UTC))
    except DocumentRefused as refused:
        raise NotDone(refused.faults, NOT_TAKEN) from refused
    except (Refused, PackRefused) as refused:
        raise NotDone([str(refused)], NOT_TAKEN) from refused
    if asked.json:
        told = {"case": taken.code, "case_id": str(taken.case_id), "entries": taken.length, "opened": taken.new}
        print(json.dumps({**told, "repeated": taken.repeated}))
    elif taken.repeated:
        print(f"This document was taken before: it is case {taken.code}. Nothing was written.")
    else:
        print(
            f"{'Opened' if taken.new else 'Added to'} case {taken.code}: {counted(taken.length, 'entry', 'entries')}."
        )
    return 0


def _bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)
