"""What an answering point that was stopped in the middle left behind: its recordings are finished, its calls told of.

A call whose point was stopped is cut off as far as anybody can know: that is an entry, so that a person looks at it.
"""

import logging

from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.recording import HOLDFAST
from holdfast.doors.telephone.models import Recording
from holdfast.doors.telephone.recording import finish
from holdfast.doors.telephone.recording import moment
from holdfast.doors.telephone.recording import opened
from holdfast.vault.intake import Busy

_log = logging.getLogger("holdfast.telephone")


def finish_left(process: str) -> int:
    """Finishes what other runs left, and what this one could not; how many recordings that were.

    One that another process is taking in now is left to it.
    """
    done = 0
    for row in Recording.objects.order_by("began"):
        if row.process == process and row.ended is None:
            continue  # it is coming in here
        try:
            if row.ended is None:
                opened(row).close()  # Busy where somebody takes it in
                _tell_cut_off(row)
            done += finish(row)
        except Busy:
            continue
        except Exception as fault:  # noqa: BLE001 whatever it is, it stops no other recording
            _log.error("a recording was not finished and will be tried again: %s", type(fault).__name__)
    return done


def finish_left_here(process: str) -> None:
    """The same, from a thread of a process that goes on whatever happens."""
    try:
        finish_left(process)
    except Exception as fault:  # noqa: BLE001 the calls that are there go on
        _log.error("what was left behind could not be looked for (%s)", type(fault).__name__)


def _tell_cut_off(row: Recording) -> None:
    """CallCutOff of the call, where nobody had the time to write it."""
    began = moment(row.began)
    entries = read_case(row.case).entries
    if any(entry.kind in ("CallCutOff", "CallClosed") and entry.happened_at >= began for entry in entries):
        return
    last = max(entry.happened_at for entry in entries)
    append(row.case, "CallCutOff", {"how": "line_failed"}, by=HOLDFAST, happened_at=max(began, last))
