"""The key ring: one file in the data folder that holds every secret a running Holdfast needs.

- It is made once, by `holdfast init` or `holdfast demo`, readable by its owner only, and is never in the repository.
- Each case has a random key of its own, kept in the database wrapped by the ring's newest key. Whoever has only the
  database reads no word; whoever destroys a case's wrapped key has erased its words.
- A copy belongs in a safe place apart from the database's copies: without the ring no case can ever be opened again.
"""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.casefile.refused import CannotKeep

FILE = "keyring.json"
FORMAT = "holdfast-keyring/1"


class KeyRing(NamedTuple):
    """The secrets of one installation."""

    session_secret: str
    keys: dict[str, bytes]  # key-encryption keys by name; the last is used for new cases
    checkpoint_name: str  # the name that stands in every checkpoint
    checkpoint_seed: bytes  # the Ed25519 private key that signs them
    demo: bool

    def wrap(self, case_id: UUID, key: bytes) -> tuple[str, bytes]:
        """A case's key, wrapped for that case alone."""
        name = list(self.keys)[-1]
        nonce = secrets.token_bytes(12)
        return name, nonce + AESGCM(self.keys[name]).encrypt(nonce, key, case_id.bytes)

    def unwrap(self, case_id: UUID, name: str, wrapped: bytes) -> bytes:
        """The key of a case, or CannotKeep."""
        if name not in self.keys:
            raise CannotKeep(
                f"The key ring has no key called {name[:40]!r}, which wraps this case's key. "
                "Put back the key ring that belongs to this database."
            )
        try:
            return AESGCM(self.keys[name]).decrypt(wrapped[:12], wrapped[12:], case_id.bytes)
        except InvalidTag as fault:
            raise CannotKeep(
                "A case's key does not open under the key ring: one of the two was changed or belongs elsewhere. "
                "Put back the key ring that belongs to this database."
            ) from fault


def ring_in(folder: Path) -> KeyRing | None:
    """The key ring of a data folder, None where there is none, CannotKeep where it cannot be read."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except NotADirectoryError as fault:
        raise CannotKeep(
            "The data folder is not a folder, so nothing can be kept there. Name another by HOLDFAST_DATA."
        ) from fault
    except OSError as fault:
        raise CannotKeep(f"The key ring {FILE} cannot be read. Let the account that runs Holdfast read it.") from fault
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise ValueError
        return KeyRing(
            session_secret=found["session_secret"],
            keys={name: _bytes(key) for name, key in found["keys"].items()},
            checkpoint_name=found["checkpoint"]["name"],
            checkpoint_seed=_bytes(found["checkpoint"]["seed"]),
            demo=bool(found.get("demo", False)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CannotKeep(f"The key ring {FILE} is damaged. Put back your copy of it; never make a new one.") from fault


def make_ring(folder: Path, *, demo: bool = False) -> KeyRing:
    """A new key ring in a folder that has none. It never replaces one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # it may have been there: nobody else has business in it
    except OSError as fault:
        raise CannotKeep(
            f"The data folder cannot be made here ({fault.strerror}), so nothing was made. "
            "Name another by HOLDFAST_DATA, or let the account that runs Holdfast write here."
        ) from fault
    written = {
        "format": FORMAT,
        "demo": demo,
        "session_secret": secrets.token_urlsafe(48),
        "keys": {f"ring-{secrets.token_hex(4)}": _text(secrets.token_bytes(32))},
        "checkpoint": {"name": f"holdfast-{secrets.token_hex(4)}", "seed": _text(secrets.token_bytes(32))},
    }
    # O_EXCL: two that start at once must not each make a ring, and a ring is never written over.
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(written, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    ring = ring_in(folder)
    assert ring is not None  # noqa: S101 it was written above
    return ring


def open_to_others(folder: Path) -> bool:
    """Whether anybody but the owner may read the key ring."""
    try:
        return bool((folder / FILE).stat().st_mode & 0o077)
    except FileNotFoundError:
        return False


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _bytes(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != 32:
        raise ValueError
    return secret
