"""The plain header of a stored entry: where it stands, of what kind, when, and by whom; no word of a party.

Canonical JSON: ASCII, these keys in this order, no spaces. There is one way to write a header, so that there is one
hash for it; any other way is refused. The format is docs/formats/chain.md.
"""

import re
from datetime import UTC
from datetime import datetime
from itertools import pairwise

import msgspec

from holdfast.record.outcome import Outcome

FORMAT = "holdfast-entry-1"

_DATE = (  # every day of 1900 to 2199, and no 30th of February
    r"(?:20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"  # most days there are, first because quickest
    r"|(?:19|20|21)[0-9]{2}-"
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
TIME = _DATE + r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
CASE = r"[a-z0-9][a-z0-9._-]{0,79}"
_PLACE = (
    r'\{"format":"holdfast-entry-1","case":"(?P<case>' + CASE + r')","number":(?P<number>[1-9][0-9]{0,8}),'
    r'"before":"(?P<before>[0-9a-f]{64})",'
)
_OWN = (
    r'"about":\[(?P<about>(?:[1-9][0-9]{0,8}(?:,[1-9][0-9]{0,8}){0,999})?)\],"happened_at":"(?P<happened_at>'
    + TIME
    + r')",'
    r'"recorded_at":"(?P<recorded_at>' + TIME + r')","nonce":"(?P<nonce>[A-Za-z0-9_-]{16})",'
)
_SHARED = (
    r'"kind":"(?P<kind>[A-Z][A-Za-z]{0,59})","role":"(?P<role>[a-z_]{1,40})","staff":"(?P<staff>[A-Za-z0-9._/-]{0,60})",'
    r'"occurrence":(?P<occurrence>null|[1-9][0-9]{0,8}),"key":"(?P<key>[a-z0-9][a-z0-9._-]{0,79})"\}'
)
# What these expressions match is canonical: they have no room for a space, an escape or another order. A header has
# three parts: its place in the chain, which a verifier knows beforehand; what is its own; and what many entries share.
WHOLE = re.compile((_PLACE + _OWN + _SHARED).encode("ascii"))
OWN = re.compile(_OWN.encode("ascii"))
SHARED = re.compile(_SHARED.encode("ascii"))


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A header as it is written: the order of these fields is the order of its keys."""

    format: str
    case: str
    number: int
    before: str  # hex of the hash of the entry before; of the case's start for entry 1
    about: tuple[int, ...]
    happened_at: str
    recorded_at: str
    nonce: str  # base64url of 12 bytes, never used twice in a case
    kind: str
    role: str
    staff: str
    occurrence: int | None
    key: str  # which of the case's keys seals the body


class HeaderRefused(ValueError):
    """The bytes are no header. `outcome` says how."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__(f"the header of a stored entry was refused ({outcome}); verify the case before you rely on it")


_read_format = msgspec.json.Decoder(dict[str, msgspec.Raw])
_read = msgspec.json.Decoder(Header)
_write = msgspec.json.Encoder()


def read_header(stored: bytes) -> Header:
    """The header, or HeaderRefused: unreadable, of an unknown format, or not written canonically."""
    try:
        named = _read_format.decode(stored).get("format")
        if named is not None and msgspec.json.decode(named, type=str) != FORMAT:
            raise HeaderRefused(Outcome.UNKNOWN_FORMAT)
        header = _read.decode(stored)
        canonical = _write.encode(header)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError) as fault:
        if isinstance(fault, HeaderRefused):
            raise
        raise HeaderRefused(Outcome.UNREADABLE_HEADER) from fault
    if canonical != stored:
        raise HeaderRefused(Outcome.NON_CANONICAL_HEADER)
    if not (WHOLE.fullmatch(stored) and about_is_sound(header.about, header.number)):
        raise HeaderRefused(Outcome.UNREADABLE_HEADER)
    return header


def write_header(header: Header) -> bytes:
    """The header's bytes, or HeaderRefused where reading them again would refuse them."""
    written = _write.encode(header)
    read_header(written)
    return written


def about_is_sound(about: tuple[int, ...], number: int) -> bool:
    """Sorted, no number twice, and earlier entries only."""
    return all(one < other for one, other in pairwise((*about, number)))


def write_time(at: datetime) -> str:
    """UTC to the microsecond, always in 27 characters.

    >>> write_time(datetime(2026, 11, 20, 22, 30, tzinfo=UTC))
    '2026-11-20T22:30:00.000000Z'
    """
    if at.tzinfo is None:
        raise ValueError("a time without its zone was given; give it with its offset from UTC")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read_time(written: str) -> datetime:
    """A time that a header or a checkpoint holds."""
    return datetime.fromisoformat(written)
