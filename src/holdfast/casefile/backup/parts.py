"""What flows inside the seal: a row of parts, each a length and a MessagePack array, so small that memory holds it.

| part | holds |
|---|---|
| `["file", name, bytes]` | a small file of the data folder, whole |
| `["database", name]` | what follows is of this database |
| `["kept-as", user version, application id, journal]` | how SQLite keeps it |
| `["made", kind, name, sql]` | one table, index, trigger or view of it |
| `["rows", table, columns, rows]` | rows of a table; text that is no UTF-8 is an extension of type 1 |
| `["counts", {table: rows}]` | the end of a database: how many rows of each table there were |
| `["end"]` | the last part |
"""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

import msgspec

from holdfast.casefile.backup.sealed import BackupRefused

MOST = 64 << 20  # bytes of one part: far more than the largest row
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Any])


def written(part: list[Any]) -> bytes:
    """One part as it stands in the stream."""
    body = _encoder.encode(part)
    return len(body).to_bytes(4, "big") + body


def read_parts(pieces: Iterable[bytes]) -> Iterator[list[Any]]:
    """The parts of a stream; BackupRefused where it does not end in whole parts, or not with the last one."""
    waiting = bytearray()
    ended = False
    for piece in pieces:
        waiting += piece
        at = 0
        while len(waiting) - at >= 4:
            length = int.from_bytes(waiting[at : at + 4], "big")
            if length > MOST or ended:
                raise _not_parts()
            if len(waiting) - at - 4 < length:
                break
            part = _read(bytes(waiting[at + 4 : at + 4 + length]))
            ended = part[0] == "end"
            yield part
            at += 4 + length
        del waiting[:at]
    if waiting or not ended:
        raise _not_parts()


def _read(body: bytes) -> list[Any]:
    try:
        part = _decoder.decode(body)
    except msgspec.MsgspecError as fault:
        raise _not_parts() from fault
    if not part or not isinstance(part[0], str):
        raise _not_parts()
    return part


def _not_parts() -> BackupRefused:
    return BackupRefused(
        "This backup opened and does not hold what a backup holds. Restore it with the version that made it."
    )
