"""Which keeper wraps the keys of new cases, and which one opens an older case.

HOLDFAST_KEYS says it: `file` (or nothing) for the key ring, `kms:KEY` for a key of AWS KMS. What is wrapped already is
opened by whoever wrapped it, so that cases move from one to the other while the server runs.

The ring is read again when its file was exchanged: a key added a moment ago wraps the next case. One that cannot be
read any more leaves a running server with the keys it has, said in the log; it is refused at the next start.
"""

import logging
import os
import threading
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from holdfast.casefile.keyring import FILE
from holdfast.casefile.keyring import KeyRing
from holdfast.casefile.keyring import ring_in
from holdfast.casefile.keys.aws_kms import PREFIX
from holdfast.casefile.keys.aws_kms import kms
from holdfast.casefile.keys.port import KeyKeeper
from holdfast.casefile.refused import CannotKeep

_log = logging.getLogger("holdfast.keys")
_rings: dict[Path, tuple[tuple[int, ...], KeyRing]] = {}
_lock = threading.Lock()


class Chosen(NamedTuple):
    """Both keepers, as one: new keys go to the one that was chosen."""

    ring: KeyRing
    kms_key: str  # '' where the ring wraps new keys

    @property
    def elsewhere(self) -> bool:
        """Whether wrapping asks another machine, so that nobody should wait for it while others wait to write."""
        return bool(self.kms_key)

    def wrap(self, case_id: UUID, key: bytes) -> tuple[str, bytes]:
        """By the keeper of new cases."""
        new: KeyKeeper = kms(self.kms_key) if self.kms_key else self.ring
        return new.wrap(case_id, key)

    def unwrap(self, case_id: UUID, name: str, wrapped: bytes) -> bytes:
        """By whoever wrapped it."""
        if not name.startswith(PREFIX):
            return self.ring.unwrap(case_id, name, wrapped)
        # The client for the key that new cases use serves for older ones too: the name is passed with each question.
        return kms(self.kms_key or name.removeprefix(PREFIX)).unwrap(case_id, name, wrapped)


def keeper() -> Chosen:
    """Whoever keeps this installation's keys, as things stand now; CannotKeep where HOLDFAST_KEYS is not understood."""
    return Chosen(ring(), chosen_kms_key(settings.HOLDFAST_KEYS))


def chosen_kms_key(said: str) -> str:
    """The KMS key that HOLDFAST_KEYS names, '' for the ring."""
    if said in ("", "file"):
        return ""
    if said.startswith(PREFIX) and len(said) > len(PREFIX):
        return said.removeprefix(PREFIX)
    raise CannotKeep("HOLDFAST_KEYS is not understood: it says `file`, or `kms:` and the key's id, alias or ARN.")


def ring() -> KeyRing:
    """This installation's key ring as its file says now, or CannotKeep."""
    folder = Path(settings.HOLDFAST_DATA)
    seen = _state_of(folder / FILE)
    known = _rings.get(folder)
    if known is not None and known[0] == seen:
        return known[1]
    with _lock:
        try:
            found = ring_in(folder)
        except CannotKeep:
            found = None
            if known is None:
                raise
        if found is None:
            if known is None:
                raise CannotKeep(
                    "There is no key ring in the data folder. `holdfast init` makes one for a new installation."
                )
            _log.error("the key ring was taken away or damaged while Holdfast runs; put back your copy")
            found = known[1]
        _rings[folder] = seen, found
    return found


def _state_of(file: Path) -> tuple[int, ...]:
    try:
        found = os.stat(file)  # noqa: PTH116 asked for each case that is opened: half the time of the other way
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
