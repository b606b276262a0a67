"""Chains and checkpoints to test with, the same in every run. All invented."""

from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.chain import entry_hash
from holdfast.record.chain import seal_entry
from holdfast.record.checkpoint import Checkpoint
from holdfast.record.checkpoint import read_checkpoint
from holdfast.record.checkpoint import write_checkpoint
from holdfast.record.entry import By
from holdfast.record.header import Header
from holdfast.record.kind import Kind
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

CASE = "0b6f6a52-3d8e-4c0f-9a57-1d2f3c4b5a69"
OTHER_CASE = "f3a1c9d4-7b20-4e68-8c15-92d0e7b6a431"
KEY = bytes(range(32))
KEY_ID = "key-1"
ORIGIN = "records.holdfast.example"
PRIVATE = bytes(range(100, 132))
PUBLIC = Ed25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
AT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)

SAID = (
    ("CaseOpened", {"pack": "england-and-wales"}),
    ("SafetyAsked", {"safe_when_we_go": "no", "reason": "They have a key."}),
    ("SuspectArrested", {"for_what": "offence"}),
    ("BailGranted", {"ends_at": "2026-12-18T12:00:00Z", "conditions": [{"type": "no_direct_contact"}]}),
    ("StatementReadOver", {}),
)


def nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def fields(kind: str, given: dict[str, object]) -> Kind:
    return read_fields(KINDS[kind], given)


def seal(number: int, previous: bytes | None, case: str = CASE, reason: str = "", **more: object) -> Stored:
    """One entry of the chain that `chain` makes; `reason` gives it other words."""
    kind, given = SAID[(number - 1) % len(SAID)] if not reason else ("SafetyAsked", {"safe_when_we_go": "no"})
    said = {**given, "reason": reason} if reason else given
    given_to_seal = {
        "happened_at": AT + timedelta(minutes=number),
        "recorded_at": AT + timedelta(minutes=number + 1),
        "by": By("officer", "PC1234"),
        "key": KEY,
        "key_id": KEY_ID,
        "nonce": nonce(number),
        "occurrence": 1,
        "about": (number - 1,) if number % 5 == 0 else (),
        **more,
    }
    return seal_entry(case, previous, number, kind, fields(kind, said), **given_to_seal)  # type: ignore[arg-type]


def chain(length: int, case: str = CASE) -> list[Stored]:
    made: list[Stored] = []
    for number in range(1, length + 1):
        made.append(seal(number, made[-1].hash if made else None, case))
    return made


def rehash(header: bytes, sealed: bytes) -> Stored:
    """An entry with a true hash, whatever is in it: what somebody could write who can write to the store."""
    return Stored(header, sealed, entry_hash(header, sealed))


def with_header(entry: Stored, **changes: object) -> Stored:
    """The entry with a changed header, its hash true again; its words no longer open."""
    header = msgspec.structs.asdict(msgspec.json.decode(entry.header, type=Header))
    return rehash(msgspec.json.encode({**header, **changes}), entry.sealed)


def head(stored: list[Stored]) -> Witnessed:
    return Witnessed(len(stored), stored[-1].hash)


def checkpoints(*seen: dict[str, Witnessed], private: bytes = PRIVATE, origin: str = ORIGIN) -> list[bytes]:
    """Checkpoints that follow one another, each naming these chains."""
    notes: list[bytes] = []
    for chains in seen:
        at = AT + timedelta(minutes=5 * len(notes))
        notes.append(write_checkpoint(last(notes), chains, origin=origin, at=at, private=private))
    return notes


def last(notes: Iterable[bytes]) -> Checkpoint | None:
    read = [read_checkpoint(note, ORIGIN, PUBLIC) for note in notes]
    return read[-1] if read else None
