"""Derives every case's duties again, in several processes, with a progress bar. Writes only what differs.

After a pack changed, `holdfast serve` does the same bit by bit beside the pages; this does it at once.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from datetime import UTC
from datetime import datetime
from typing import Any

from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import start
from holdfast.site.start import start_on_data

TOLD_EVERY = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many processes."""
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many work (one a core)")


def run(asked: argparse.Namespace) -> int:
    """Derives all, and says how many were looked at, written, and could not be read."""
    start_on_data()
    operator_may("derive")
    from holdfast.casefile.models import Case

    cases, began = Case.objects.count(), time.monotonic()
    there = multiprocessing.get_context("spawn")
    told: Any = there.Queue()
    parts = max(1, min(asked.processes, 64))
    processes = [there.Process(target=_derive_part, args=(part, parts, told)) for part in range(parts)]
    for process in processes:
        process.start()
    looked = written = unread = running = 0
    running = parts
    while running:
        more = told.get()
        if more is None:
            running -= 1
            continue
        looked, written, unread = looked + more[0], written + more[1], unread + more[2]
        _bar(looked, cases, began)
    for process in processes:
        process.join()
    if sys.stderr.isatty():
        print(file=sys.stderr)
    seconds = round(time.monotonic() - began, 1)
    counts = {"cases": looked, "written": written, "unread": unread, "seconds": seconds}
    words = f"{counted(looked, 'case')} looked at, {written} written, {unread} could not be read, in {seconds} s."
    print(json.dumps(counts) if asked.json else words)
    return 1 if unread or any(process.exitcode for process in processes) else 0


def _derive_part(part: int, parts: int, told: Any) -> None:
    """What one process does."""
    start()
    from holdfast.casefile.rederiving import every_case
    from holdfast.casefile.rederiving import rederive
    from holdfast.casefile.rederiving import would_change
    from holdfast.casefile.refused import Refused

    at, looked, written, unread = datetime.now(UTC), 0, 0, 0
    try:
        for case in every_case(part, parts):
            looked += 1
            try:
                if would_change(case, at):
                    rederive(case, at)
                    written += 1
            except Refused:
                unread += 1
            if looked == TOLD_EVERY:
                told.put((looked, written, unread))
                looked = written = unread = 0
        told.put((looked, written, unread))
    finally:
        told.put(None)


def _bar(looked: int, cases: int, began: float) -> None:
    if not sys.stderr.isatty() or not cases:
        return
    part = min(1.0, looked / cases)
    left = (time.monotonic() - began) * (1 - part) / part if part else 0
    full = round(part * 40)
    print(f"\r[{'=' * full}{' ' * (40 - full)}] {part:4.0%}  {left:5.0f} s left", end="", file=sys.stderr, flush=True)
