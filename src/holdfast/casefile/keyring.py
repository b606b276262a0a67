"""The key ring: one file in the data folder that holds every secret a running Holdfast needs.

- It is made once, by `holdfast init` or `holdfast demo`, readable by its owner only, and is never in the repository.
- Each case has a random key of its own, kept in the database wrapped by the ring's newest key. Whoever has only the
  database reads no word; whoever destroys a case's wrapped key has erased its words.
- A copy belongs in a safe place apart from the database's copies: without the ring no case can ever be opened again.
- It is one of two keepers (keys/port.py). The secrets that are no key-encryption keys stay in it whoever keeps those.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
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

    @property
    def newest(self) -> str:
        """The name of the key that wraps new cases."""
        return list(self.keys)[-1]

    def wrap(self, case_id: UUID, key: bytes) -> tuple[str, bytes]:
        """A case's key, wrapped for that case alone."""
        name = self.newest
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
        except (InvalidTag, ValueError) as fault:  # altered, or cut off
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
    with _mine_alone(folder):
        if (folder / FILE).exists():
            raise FileExistsError(FILE)  # two that start at once must not each make a ring, and none is written over
        _write(folder, written)
    ring = ring_in(folder)
    assert ring is not None  # noqa: S101 it was written above
    return ring


def change_ring(folder: Path, change: Callable[[dict[str, Any]], None]) -> KeyRing:
    """Changes what the file says, whole or not at all, and waits for the disk. One at a time."""
    with _mine_alone(folder):
        if ring_in(folder) is None:
            raise CannotKeep("There is no key ring in the data folder, so none was changed.")
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        change(said)
        _write(folder, said)
    ring = ring_in(folder)
    assert ring is not None  # noqa: S101 it was written above
    return ring


def new_key(said: dict[str, Any]) -> str:
    """Puts one more key-encryption key last, where new cases are wrapped by it; its name."""
    name = f"ring-{secrets.token_hex(4)}"
    said["keys"][name] = _text(secrets.token_bytes(32))
    return name


@contextmanager
def _mine_alone(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(folder: Path, said: dict[str, Any]) -> None:
    """To a file beside, then in its place: a crash leaves the ring that was or the ring that is, never half of one."""
    being_written = folder / (FILE + ".part")
    being_written.unlink(missing_ok=True)
    handle = os.open(being_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    being_written.replace(folder / FILE)
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def open_to_others(folder: Path) -> bool:
    """Whether anybody but the owner may read the key ring."""
    try:
        return bool((folder / FILE).stat().st_mode & 0o077)
    except FileNotFoundError:
        return False


def owned_by_another(folder: Path) -> bool:
    """Whether the key ring belongs to another account: whoever owns a file may read and exchange it."""
    try:
        return (folder / FILE).stat().st_uid != os.geteuid()
    except FileNotFoundError:
        return False


def exchangeable_by_others(folder: Path) -> bool:
    """Whether others may write in the folder where the ring lies: they could put another ring in its place."""
    places = {folder, (folder / FILE).resolve().parent}
    return any(place.is_dir() and place.stat().st_mode & 0o022 for place in places)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _bytes(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != 32:
        raise ValueError
    return secret
