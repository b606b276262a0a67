"""The index of this installation: in its data folder, under a key of its own that the keeper of keys has wrapped.

The wrapped key lies in the index's own file. Where it opens no more, because the key that wrapped it was retired or the
key ring is another one, the index is begun anew with another key and filled from the record: nothing is lost by that.
"""

import logging
import secrets
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from uuid import UUID

from django.conf import settings

from holdfast.casefile.keys.aws_kms import KeyServiceOut
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.refused import CannotKeep
from holdfast.people.index import FILE
from holdfast.people.index import PeopleIndex

KEY_ID = UUID("70656f70-6c65-8563-8b00-000000000001")  # what the key is bound to, where a case's key has its case
_TABLE = "CREATE TABLE IF NOT EXISTS key (name TEXT NOT NULL, wrapped BLOB NOT NULL)"
_log = logging.getLogger("holdfast.people")
_open: dict[Path, PeopleIndex] = {}
_lock = threading.Lock()


def index() -> PeopleIndex:
    """This installation's index, made where there is none; CannotKeep without keys, or where a key service is out."""
    place = Path(settings.HOLDFAST_DATA) / FILE
    with _lock:
        found = _open.get(place)
        if found is not None and place.exists():
            return found
        if found is not None:
            found.close()
        found = _open[place] = PeopleIndex(place, _secret(place).hex())
        return found


def close() -> None:
    """Lets go of every index: for tests and for the end of a command."""
    with _lock:
        for each in _open.values():
            each.close()
        _open.clear()


def _secret(place: Path) -> bytes:
    """The index's own key, unwrapped; a new one where there is none that opens."""
    with closing(sqlite3.connect(place, isolation_level=None, timeout=20)) as raw:
        place.chmod(0o600)
        raw.execute("BEGIN IMMEDIATE")  # two processes that start at once agree on one
        raw.execute(_TABLE)
        row = raw.execute("SELECT name, wrapped FROM key").fetchone()
        if row is not None:
            try:
                return keeper().unwrap(KEY_ID, str(row[0]), bytes(row[1]))
            except KeyServiceOut:
                raise
            except CannotKeep:
                _log.error("the key of the index of people opens no more: the index is made anew from the record")
        made = secrets.token_bytes(32)
        raw.execute("DELETE FROM key")
        raw.execute("INSERT INTO key VALUES (?, ?)", keeper().wrap(KEY_ID, made))
        raw.execute("COMMIT")
        return made
