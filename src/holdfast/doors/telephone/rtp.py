"""Packets of sound and of keys (RFC 3550, RFC 4733). Pure; what is no such packet is None, never an error."""

import struct
from typing import NamedTuple

MOST_SOUND = 4_000  # bytes in one packet: half a second
_HEAD = struct.Struct(">BBHII")
_EVENT = struct.Struct(">BBH")
KEYS = "0123456789*#ABCD"


class Packet(NamedTuple):
    """One packet. `stamp` counts samples, from a number of chance."""

    payload: int
    number: int
    stamp: int
    source: int
    content: bytes


class Event(NamedTuple):
    """A key that is held: `held` in samples since it was pressed."""

    key: str
    over: bool
    held: int


def read_packet(data: bytes) -> Packet | None:
    """A packet of RTP version 2, without its padding; None for anything else."""
    if len(data) < _HEAD.size or data[0] >> 6 != 2 or 192 <= data[1] <= 223:  # the last are RTCP's (RFC 5761)
        return None
    first, second, number, stamp, source = _HEAD.unpack_from(data)
    at = _HEAD.size + 4 * (first & 15)
    if first & 16:
        if len(data) < at + 4:
            return None
        at += 4 + 4 * int.from_bytes(data[at + 2 : at + 4], "big")
    until = len(data)
    if first & 32:
        until -= data[-1]
    if at > until or until - at > MOST_SOUND:
        return None
    return Packet(second & 127, number, stamp, source, data[at:until])


def read_event(content: bytes) -> Event | None:
    """What a packet of RFC 4733 says, None where it is no key."""
    if len(content) < _EVENT.size:
        return None
    code, rest, held = _EVENT.unpack_from(content)
    return Event(KEYS[code], bool(rest & 128), held) if code < len(KEYS) else None


def write_packet(payload: int, number: int, stamp: int, source: int, content: bytes, *, first: bool = False) -> bytes:
    """A packet; `first` marks the first of a talk."""
    mark = 128 if first else 0
    return _HEAD.pack(128, mark | payload, number & 0xFFFF, stamp & 0xFFFFFFFF, source) + content
