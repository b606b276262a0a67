"""Derives again what time alone has changed, and writes the checkpoints that are due.

`holdfast serve` does the same beside the pages; this is for an installation that serves from several processes.
"""

import argparse
import json
from datetime import UTC
from datetime import datetime

from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import faults_at_start
from holdfast.site.start import refuse_any
from holdfast.site.start import start


def arguments(parser: argparse.ArgumentParser) -> None:
    """Once, or for good."""
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")


def run(asked: argparse.Namespace) -> int:
    """Ticks."""
    start()
    refuse_any(faults_at_start())
    operator_may("derive", log=False)  # a line every minute would bury what the log is for
    from holdfast.casefile.clock import Clock
    from holdfast.casefile.clock import rederive_due
    from holdfast.casefile.clock import tick
    from holdfast.casefile.rederiving import notice_changed_packs

    notice_changed_packs(datetime.now(UTC))
    if asked.once:
        at, derived = datetime.now(UTC), 0
        while found := rederive_due(at):
            derived += found
        tick(at)
        print(
            json.dumps({"derived_again": derived})
            if asked.json
            else f"{counted(derived, 'case was', 'cases were')} derived again."
        )
        return 0
    Clock().run()  # what fails is in the log and tried again: a clock that ends rings for nobody
    return 0
