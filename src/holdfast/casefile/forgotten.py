"""What is taken away with a case's key, table by table. A table that names a case and is not listed here fails a test.

The entries, the case's row and the log stay: their words were sealed with the key that is gone, and the chain has to
verify. Everything by which somebody could still come in, or look the case up by a word of it, goes.
"""

import sqlite3
from typing import NamedTuple
from uuid import UUID


class Place(NamedTuple):
    """A table that names cases. `column` holds the case, by `named`: 'hex' (its identifier) or 'code'."""

    column: str
    named: str
    goes: bool
    why: str


PLACES: dict[str, Place] = {
    "entry": Place("case_id", "hex", False, "sealed with the key that is gone; the chain must verify"),
    "duty_row": Place("case_id", "hex", False, "ids, states and times only: the counts of what was kept stay true"),
    "log_line": Place("case", "code", False, "who opened it and when; what was typed was sealed with the case's key"),
    "log_unusual": Place("case_id", "hex", False, "which pattern, in which window: no word of the case"),
    "case_key": Place("case_id", "hex", True, "the key itself"),
    "handover": Place("case_id", "hex", True, "hashes of another agency's document: it could be recognised by them"),
    "intake_taken": Place("case", "hex", True, "hashes of what a sender calls it: it could be recognised by them"),
    "intake_call_from": Place("case", "hex", True, "a keyed hash of the number that rang"),
    "intake_unread": Place("case", "hex", True, "what came and could not be read, under another key than the case's"),
    "telephone_recording": Place("case", "hex", True, "a recording that had not ended"),
    "call_draft": Place("case", "hex", True, "what was being typed"),
    "asked_of_second": Place("case_id", "hex", True, "what waits for a second person is over"),
    "access_way_in": Place("case", "hex", True, "nobody comes in any more"),
    "access_survivor_words": Place("case", "hex", True, "nobody comes in any more"),
    "access_wall": Place("case", "code", True, "who knew somebody in it"),
    "access_connection_question": Place("case", "code", True, "who may have known somebody in it"),
    "live_link": Place("case", "hex", False, "keyed hashes and times: no word of it, and it leads nowhere any more"),
    "access_case_shared": Place("case", "code", True, "with whom it was shared"),
    "access_case_apart": Place("case", "code", False, "it stays apart: no word of it, and nobody else is to find it"),
}


def forget(connection: sqlite3.Connection, case_id: UUID, code: str) -> None:
    """Takes away a case's rows where they go, its key last. Overwrites what was there: see `secure_delete`."""
    connection.execute("PRAGMA secure_delete=ON").fetchall()
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    names = sorted((name for name, place in PLACES.items() if place.goes and name in there), key="case_key".__eq__)
    for name in names:
        place = PLACES[name]
        value = case_id.hex if place.named == "hex" else code
        connection.execute(f'DELETE FROM "{name}" WHERE "{place.column}" = ?', (value,))  # noqa: S608 our own names
    connection.execute("UPDATE duty_row SET live = 0 WHERE case_id = ? AND live", (case_id.hex,))
    # The revision moves, so that no process takes what it remembers of the case for the case as it is now.
    asked = 'UPDATE "case" SET revision = revision + 1, look_again_at = NULL, ring_at = NULL WHERE id = ?'
    connection.execute(asked, (case_id.hex,))
