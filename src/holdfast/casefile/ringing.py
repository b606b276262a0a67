"""Ringing the control room about what is late: one entry for each who is rung, however many clocks run.

- Which cases are due is read from an index; no other case is opened. With nothing due it is one look at an empty index.
- Who is rung is worked out again inside the write, from the entries as they stand there. A second clock, or one that
  was killed and began anew, finds the ring already in the record and adds none.
- A case that cannot be read, or whose ring is refused, is told in the log of whoever runs the system and tried again a
  minute later; it stops no other.
"""

import logging
import sqlite3
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import UUID

from holdfast.casefile.append import derive
from holdfast.casefile.append import write_entries
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import Ready
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.group import Kept
from holdfast.casefile.judging_alarms import RUNG_BY
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.rows import stored_time
from holdfast.casefile.state import State
from holdfast.casefile.state import state_of
from holdfast.casefile.store import open_ahead
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.duties.owed import owed
from holdfast.duties.ringing import Ring
from holdfast.duties.ringing import due_rings
from holdfast.record.facts import effective

MOST_AT_ONCE = 200  # a clock that stood still for long still lets others write in between
TRY_AGAIN = timedelta(minutes=1)
_DUE = 'SELECT id FROM "case" WHERE ring_at < ? ORDER BY ring_at DESC LIMIT ?'
_IS_DUE = 'SELECT 1 FROM "case" WHERE id = ? AND ring_at < ?'
_LATER = 'UPDATE "case" SET ring_at = ? WHERE id = ? AND ring_at < ?'
_log = logging.getLogger("holdfast.clock")


def ring_due(at: datetime) -> int:
    """Rings whatever is due at a moment that has come; how many entries that made. What lapsed last comes first: there
    somebody may still be reached."""
    with reading() as connection:
        due = [UUID(row[0]) for row in connection.execute(_DUE, (stored_time(at), MOST_AT_ONCE))]
    rung = 0
    for case_id in due:
        try:
            rung += ring_case(case_id, at)
        except sqlite3.Error:
            raise  # the store's, not this case's: it is tried again at the next turn
        except Exception as fault:  # noqa: BLE001 damaged, of a broken pack, or a fault of ours: it stops no other
            if not isinstance(fault, CaseErased):
                _log.error("an alarm could not be rung: %s; run `holdfast verify`", type(fault).__name__)
            _try_later(case_id, at)
    return rung


def ring_case(case_id: UUID, at: datetime) -> int:
    """Rings what is due in one case; how many entries that made."""
    open_ahead(case_id)

    def work(connection: sqlite3.Connection, kept: Kept) -> int:
        if connection.execute(_IS_DUE, (case_id.hex, stored_time(at))).fetchone() is None:
            return 0  # another clock was here first, or what was late is done
        state = state_of(connection, case_id, kept)
        pack = pack_called(state.pack)
        entries = effective(list(state.entries))
        # Not earlier than what the case knows: another machine's clock may be ahead of this one's.
        now = max(at, state.entries[-1].recorded_at)
        ready = list(_ready(due_rings(entries, owed(state.entries, pack, now), pack, at), state, at))
        if not ready:  # the moment was not that of this record: it is worked out anew
            kept[case_id] = derive(connection, state, pack, now)
            return 0
        return len(write_entries(connection, kept, state, ready).entries)

    rung: int = write(work)
    return rung


def _ready(rings: Iterable[Ring], state: State, at: datetime) -> Iterable[Ready]:
    now = max(at, datetime.now(UTC))
    for ring in rings:
        said = {
            "duty": ring.duty,
            "started_by": ring.started_by,
            "instance": ring.instance,
            "level": ring.level,
            "why": ring.why,
            "caller_waits": "yes" if ring.rule.caller_waits else "no",
        }
        # What started it may have been written down by a clock a little ahead of this one.
        happened_at = max(at, state.entries[ring.started_by - 1].happened_at)
        yield make_ready(Draft("AlarmRung", said, happened_at, (ring.started_by,)), RUNG_BY, now)


def _try_later(case_id: UUID, at: datetime) -> None:
    values = stored_time(at + TRY_AGAIN), case_id.hex, stored_time(at)
    write(lambda connection, kept: connection.execute(_LATER, values).rowcount)
