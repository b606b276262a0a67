"""The mark on a case's own row: a keyed hash over what the row says, made with the case's key at every write.

The chain holds the entries; the row beside it holds the code that people read out, whose law runs the case, and where
the chain ends. Whoever changes one of these without the case's key leaves a mark that no longer fits, and
`holdfast verify` names it. Left out are when the clock looks again and when it rings, which are held against the record
itself, and what was witnessed, which others write.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from holdfast.casefile.rows import stored_time

COLUMNS = "id, code, pack, force, area, opened_at || '', invented + 0, length, CAST(head AS BLOB), revision"
_LABEL = b"holdfast/case-row/1\n"


def mark_of(key: bytes, values: tuple[Any, ...]) -> bytes:
    """The mark for a row's values, in the order of COLUMNS as SQLite gives them."""
    plain = [value.hex() if isinstance(value, bytes) else value for value in values]
    return hmac.digest(key, _LABEL + json.dumps(plain, separators=(",", ":")).encode(), hashlib.sha256)


def values_of(state: Any) -> tuple[Any, ...]:
    """A state's values in the same order."""
    opened: datetime = state.opened_at
    return (
        state.id.hex, state.code, state.pack, state.force, state.area, stored_time(opened), int(state.invented),
        state.length, state.head, state.revision,
    )  # fmt: skip
