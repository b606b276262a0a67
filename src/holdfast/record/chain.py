"""The chain that seals a case's entries: what is stored, how it is opened, and whether it is still what was recorded.

- Stored is a plain header, a sealed body, and a hash over both; the header holds the hash of the entry before.
- The chain verifies without opening anything, so it stays sound when a case's key, and with it its words, is destroyed.
- Keys, nonces and times are given. The format, and what each outcome means, is docs/formats/chain.md.
"""

import re
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from binascii import hexlify
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.record.body import NotOpened
from holdfast.record.body import NotSealed
from holdfast.record.body import held
from holdfast.record.body import open_body
from holdfast.record.body import seal_body
from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.header import CASE
from holdfast.record.header import FORMAT
from holdfast.record.header import OWN
from holdfast.record.header import SHARED
from holdfast.record.header import WHOLE
from holdfast.record.header import Header
from holdfast.record.header import HeaderRefused
from holdfast.record.header import about_is_sound
from holdfast.record.header import read_header
from holdfast.record.header import read_time
from holdfast.record.header import write_header
from holdfast.record.header import write_time
from holdfast.record.kind import Kind
from holdfast.record.kinds import KINDS
from holdfast.record.outcome import Outcome

_ENTRY = b"holdfast/entry/1\n"
_START = b"holdfast/start/1\n"
_FROM_URLSAFE = bytes.maketrans(b"-_", b"+/")


class Stored(NamedTuple):
    """One entry as it is stored, and as `seal_entry` gives it."""

    header: bytes
    sealed: bytes
    hash: bytes


class Witnessed(NamedTuple):
    """What the newest checkpoint that names a case saw of it: how long it was, and the hash of its last entry."""

    length: int
    head: bytes


class Verdict(NamedTuple):
    """How verifying one chain ended. `length` and `head` are of the part that is sound, up to `at_number`."""

    outcome: Outcome
    at_number: int | None  # the number of the first entry that is not as it should be; None where all are
    length: int
    head: bytes


def chain_start(case: str) -> bytes:
    """What stands for the hash before entry 1: no case can begin with another one's first entry."""
    if re.fullmatch(CASE, case) is None:
        raise ValueError("no chain begins here: this is no identifier of a case")
    return sha256(_START + case.encode("ascii")).digest()


def entry_hash(header: bytes, sealed: bytes) -> bytes:
    """The hash of one entry. The lengths are hashed too: no byte can wander from the header into the body."""
    framed = (_ENTRY, len(header).to_bytes(8, "big"), header, len(sealed).to_bytes(8, "big"), sealed)
    return sha256(b"".join(framed)).digest()


def seal_entry(
    case: str,
    previous_hash: bytes | None,
    number: int,
    kind: str,
    fields: Kind,
    *,
    happened_at: datetime,
    recorded_at: datetime,
    by: By,
    key: bytes,
    key_id: str,
    nonce: bytes,
    occurrence: int | None = None,
    about: Iterable[int] = (),
) -> Stored:
    """The entry as it is stored, or NotSealed where it could not be read again. `previous_hash` is None for entry 1."""
    if KINDS.get(kind) is not type(fields):
        raise NotSealed("its fields are not those of its kind")
    if by.role not in ROLES:
        raise NotSealed("its role is not on the list of roles")
    if (previous_hash is None) != (number == 1):
        raise NotSealed("each entry but the first follows from the hash of the one before")
    try:
        header = write_header(
            Header(
                format=FORMAT,
                case=case,
                number=number,
                before=(chain_start(case) if previous_hash is None else previous_hash).hex(),
                kind=kind,
                happened_at=write_time(happened_at),
                recorded_at=write_time(recorded_at),
                role=by.role,
                staff=by.staff,
                occurrence=occurrence,
                about=tuple(sorted(set(about))),
                key=key_id,
                nonce=urlsafe_b64encode(nonce).decode("ascii"),
            )
        )
    except (ValueError, TypeError, OverflowError) as fault:
        raise NotSealed("its case, number, times, staff, report, about, key id or nonce are not as written") from fault
    sealed = seal_body(fields, key, nonce, header)
    return Stored(header, sealed, entry_hash(header, sealed))


def open_entry(header: bytes, sealed: bytes, key: bytes | None) -> Entry:
    """One entry, opened with the case's key (None: it was destroyed); NotOpened or HeaderRefused where not.

    It says nothing about the entry's place: whoever reads one entry alone checks its case and number.
    """
    return _opened(header, sealed, AESGCM(held(key)) if key is not None else None)


def open_entries(stored: Iterable[Stored], key: bytes) -> list[Entry]:
    """Every entry of one case, as `open_entry` opens each; the key is made ready once."""
    ready = AESGCM(held(key))
    return [_opened(header, sealed, ready) for header, sealed, _ in stored]


def _opened(header: bytes, sealed: bytes, ready: AESGCM | None) -> Entry:
    found = WHOLE.fullmatch(header)
    if found is None:
        read_header(header)  # says why it is none
        raise HeaderRefused(Outcome.UNREADABLE_HEADER)
    _, number, _, about, happened_at, recorded_at, nonce, *shared, _ = found.groups()
    kind, by, occurrence = _shared(*shared)
    return Entry(
        int(number),
        kind,
        read_time(happened_at.decode("ascii")),
        read_time(recorded_at.decode("ascii")),
        by,
        open_body(kind, sealed, ready, a2b_base64(nonce.translate(_FROM_URLSAFE)), header),
        occurrence,
        tuple(map(int, about.split(b","))) if about else (),
    )


@lru_cache(maxsize=2_000)
def _shared(kind: bytes, role: bytes, staff: bytes, occurrence: bytes) -> tuple[str, By, int | None]:
    """What many entries say alike: read once."""
    by = By(role.decode("ascii"), staff.decode("ascii"))
    return kind.decode("ascii"), by, None if occurrence == b"null" else int(occurrence)


class _Lengths(dict[int, bytes]):
    """Lengths as the hash takes them. Bodies are padded, so a case has few: each is written out once."""

    def __missing__(self, length: int) -> bytes:
        self[length] = written = length.to_bytes(8, "big")
        return written


def verify_chain(case: str, stored: Iterable[Stored], witnessed: Witnessed | None = None) -> Verdict:
    """Whether these are this case's entries as they were recorded, and the first one that is not.

    The hash comes first: what has other bytes than were recorded is altered, whatever else is wrong with it. With
    `witnessed`, also whether the end was taken off or the case written anew; without, neither can be seen.
    """
    seen_length, seen_head = witnessed or Witnessed(0, b"")
    length, head = 0, chain_start(case)
    start = b'{"format":"%b","case":"%b","number":' % (FORMAT.encode("ascii"), case.encode("ascii"))
    lengths = _Lengths()
    match, join = OWN.match, b"".join
    nonces: set[bytes] = set()
    known: set[bytes] = set()  # the ends of headers that were checked: most entries of a case share theirs
    entries = iter(stored)
    for header, sealed, hash_ in entries:
        number = length + 1
        # entry_hash, in line: this loop is held to three times the bare hashing
        digest = sha256(join((_ENTRY, lengths[len(header)], header, lengths[len(sealed)], sealed))).digest()
        if digest != hash_:
            return Verdict(Outcome.ALTERED_ENTRY, number, length, head)
        place = join((start, b"%d" % number, b',"before":"', hexlify(head), b'",'))
        own = match(header, len(place)) if header.startswith(place) else None
        if own is None:
            return Verdict(_misplaced(case, number, header, entries), number, length, head)
        about, nonce = own.group(1, 4)
        if about and not (
            int(about) < number  # nearly always it is one entry, or none
            if b"," not in about
            else about_is_sound(tuple(map(int, about.split(b","))), number)
        ):
            return Verdict(Outcome.UNREADABLE_HEADER, number, length, head)
        shared = header[own.end() :]
        if shared not in known:
            outcome = _unknown(header, shared)
            if outcome:
                return Verdict(outcome, number, length, head)
            known.add(shared)
        nonces.add(nonce)
        if len(nonces) != number:
            return Verdict(Outcome.REPEATED_NONCE, number, length, head)
        if number == seen_length and digest != seen_head:
            return Verdict(Outcome.DIFFERS_FROM_CHECKPOINT, number, length, head)
        length, head = number, digest
    if length and length >= seen_length:
        return Verdict(Outcome.SOUND, None, length, head)
    return Verdict(Outcome.SHORTER_THAN_CHECKPOINT if seen_length else Outcome.MISSING_ENTRY, length + 1, length, head)


def verify_words(stored: Iterable[Stored], keys: Mapping[str, bytes]) -> Verdict:
    """Whether every entry of a sound chain opens with these keys, by their ids. One that is not there was destroyed."""
    length, head = 0, b""
    for header, sealed, hash_ in stored:
        try:
            open_entry(header, sealed, keys.get(read_header(header).key))
        except (NotOpened, HeaderRefused) as refused:
            return Verdict(refused.outcome, length + 1, length, head)
        length, head = length + 1, hash_
    return Verdict(Outcome.SOUND, None, length, head)


def _misplaced(case: str, number: int, header: bytes, later: Iterator[Stored]) -> Outcome:
    """Why an entry whose bytes are as they were hashed does not stand in this place."""
    try:
        read = read_header(header)
    except HeaderRefused as refused:
        return refused.outcome
    if read.case != case:
        return Outcome.WRONG_CASE
    if read.number < number:
        return Outcome.REPEATED_ENTRY
    if read.number > number:
        return Outcome.OUT_OF_ORDER if number in _numbers(later) else Outcome.MISSING_ENTRY
    return Outcome.BROKEN_LINK


def _unknown(header: bytes, shared: bytes) -> Outcome | None:
    """What this version cannot know of a header whose first two parts are sound; None where it knows it all."""
    found = SHARED.fullmatch(shared)
    if found is None:
        try:
            read_header(header)  # says why it is none
        except HeaderRefused as refused:
            return refused.outcome
        return Outcome.UNREADABLE_HEADER
    kind, role = found.group(1, 2)
    if str(kind, "ascii") not in KINDS:
        return Outcome.UNKNOWN_KIND
    return None if str(role, "ascii") in ROLES else Outcome.UNKNOWN_ROLE


def _numbers(stored: Iterable[Stored]) -> Iterator[int]:
    for header, _, _ in stored:
        found = WHOLE.fullmatch(header)
        if found:
            yield int(found["number"])
