"""Why somebody looked, as a line of the log keeps it.

- What the record itself says (they recorded in the case, their role owes something) is one word of a closed list, in
  clear: auditors search by it, and unusual looking is judged by it.
- Anything else may have been typed, and typed words may be of the case: they are sealed with the case's own key, so
  that erasing the case erases them. Words that belong to no case are sealed with the log's own key.
- Where a case's key cannot be had, because the case is damaged or erased, the words are not kept, and the line says so.
"""

import secrets
import sqlite3
from functools import lru_cache
from uuid import UUID

from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.record.log_line import LogLine
from holdfast.record.log_line import open_words

NO_TASK, NEW_WORK, PURPOSE = "no_task", "new_work", "purpose"
NOT_KEPT = "words_not_kept"
TIES = {
    "has_recorded": "has recorded in this case",
    "role_owes": "their role owes something in this case",
    "assigned": "the case is theirs",
    "oversight": "oversight",
    "emergency": "opened in an emergency",
    NEW_WORK: "new work, which whoever is on duty may open",
    PURPOSE: "said for what they need it",
    "damaged": "the case is damaged",
    NO_TASK: "no task in this case",
    NOT_KEPT: "words were given, and could not be sealed",
}
_BY_WORDS = {words: tie for tie, words in TIES.items()}
_ERASED = "the words were erased with the case"
LOG_KEY = UUID("6c6f672d-6b65-7900-8000-000000000001")  # to what the log's own key is bound when it is wrapped
_OWN_KEY = "SELECT ring_key, wrapped FROM log_key WHERE id = 1"


# By which rule of `may` somebody was let in, or kept out, who has no task in the case.
_BY_RULE = {"live": NEW_WORK, "purpose": PURPOSE}
_UNTIED = ("no-tie", "not-shared", "purpose-missing", "unit")


def tie_of(words: str, rule: str = "", *, allowed: bool = True) -> str:
    """The word for a reason of the closed list, or '' for one that somebody typed. A try without a tie is one too."""
    found = _BY_WORDS.get(words, "")
    if found == NO_TASK:
        return _BY_RULE.get(rule, NO_TASK)
    return NO_TASK if not found and not allowed and rule in _UNTIED else found


def is_known(words: str) -> bool:
    """Whether this is a reason of the closed list, which needs no seal."""
    return words in _BY_WORDS


def key_for(code: str) -> tuple[str, bytes]:
    """What seals words typed about this case (or about none), and which it is; ('', b'') where it cannot be had.

    Asked for before a write begins: a keeper elsewhere may take its time, and nobody should wait for it meanwhile.
    """
    with reading() as connection:
        row = connection.execute('SELECT id FROM "case" WHERE code = ?', (code,)).fetchone() if code else None
        if row is None:
            return "log", own_key(connection)
        try:
            return "case", state_of(connection, UUID(row[0])).key
        except (CannotKeep, NoSuchCase):
            return "", b""


def own_key(connection: sqlite3.Connection) -> bytes:
    """The log's own key, b'' where it is not made yet."""
    row = connection.execute(_OWN_KEY).fetchone()
    return _unwrapped(row[0], bytes(row[1])) if row else b""


def make_own_key(connection: sqlite3.Connection) -> bytes:
    """The log's own key, made when it is first needed, by whoever is writing."""
    found = own_key(connection)
    if found:
        return found
    key = secrets.token_bytes(32)
    connection.execute("INSERT INTO log_key (id, ring_key, wrapped) VALUES (1, ?, ?)", keeper().wrap(LOG_KEY, key))
    return key


@lru_cache(maxsize=4)
def _unwrapped(name: str, wrapped: bytes) -> bytes:
    return keeper().unwrap(LOG_KEY, name, wrapped)


def reason_of(line: LogLine, stored: bytes, sealed: bytes) -> str:
    """Why, in words, for those who check the log; opened with the key that seals it."""
    known = TIES.get(line.tie, "")
    if not line.key:
        return known
    kind, key = key_for(line.case if line.key == "case" else "")
    if kind != line.key or not key:
        return _ERASED
    opened = open_words(line, stored, sealed, key)
    return _ERASED if opened is None else opened
