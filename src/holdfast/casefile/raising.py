"""A silent or abandoned call from a number with a high-risk history is graded immediate, without waiting for anybody.

Whether the number has such a history is for whoever asks to know: this knows no number. Only a supervisor decides
otherwise, afterwards and in writing (SilentCallNotRaised).
"""

import sqlite3
from datetime import UTC
from datetime import datetime
from uuid import UUID

from holdfast.casefile.append import write_entries
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.group import Kept
from holdfast.casefile.judging_alarms import RUNG_BY
from holdfast.casefile.packs import pack_called
from holdfast.casefile.state import state_of
from holdfast.casefile.store import open_ahead
from holdfast.casefile.store import write
from holdfast.duties.raising import grade_of
from holdfast.duties.raising import silent_or_abandoned
from holdfast.record.facts import effective

WHY = "A silent or abandoned call, and the number it came from has a history of high risk."


def raise_silent_call(case_id: UUID, at: datetime) -> int | None:
    """Grades a call immediate whose number is known to have a high-risk history, where it is silent or broke off.

    The number of the entry; None where nothing had to be written.
    """
    open_ahead(case_id)

    def work(connection: sqlite3.Connection, kept: Kept) -> int | None:
        state = state_of(connection, case_id, kept)
        entries = sorted(effective(list(state.entries)), key=lambda each: (each.happened_at, each.number))
        grade, about = grade_of(entries)
        if grade == "immediate" or not silent_or_abandoned(entries):
            return None
        if any(entry.kind in ("SilentCallNotRaised", "CallClosed") for entry in entries):
            return None
        pack = pack_called(state.pack)
        force = next((each for each in pack.forces if each.id == state.force), None)
        fields: dict[str, object] = {"grade": "immediate", "reason": WHY}
        if force is not None and "immediate" in force.grades:
            fields["attend_within"] = force.grades["immediate"]
        draft = Draft("CallGraded", fields, at)
        if about:
            happened = max(at, state.entries[about - 1].happened_at)
            draft = Draft("CallRegraded", {**fields, "direction": "up"}, happened, (about,))
        ready = make_ready(draft, RUNG_BY, max(at, datetime.now(UTC)))
        return write_entries(connection, kept, state, [ready]).number

    found: int | None = write(work)
    return found
