"""Writes tests/vault/vectors/: one file a defect of a sealed item, named by the defect that reading it has to end in.

Run `python -m tests.vault.make_vectors` after a change of the format, which needs a new number of the format and a
decision record. The same bytes come out in every run: the keys and nonces here are no chance, and for nothing else.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from holdfast.vault.sealed import AROUND
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import END
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import MAGIC
from holdfast.vault.sealed import NAMED
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import Sealed
from holdfast.vault.sealed import sealed_length

FOLDER = Path(__file__).parent / "vectors"
LONG = "two-chunks-and-five-bytes.hfv"
CASE, ITEM = UUID("0b6f6a52-3d8e-4c0f-9a57-1d2f3c4b5a69"), UUID("7c1d1a34-52a6-4a8e-8a3b-9f0e5d6c7b8a")
OTHER = UUID("11111111-2222-4333-8444-555555555555")
KEY = bytes(range(32))
NOTE = b"He said it on the telephone, at ten to nine.\n"
SIZE = 2 * CHUNK + 5
LENGTH = sealed_length(SIZE)

Piece = tuple[int, int] | bytes  # of the long item, from one byte to another; or other bytes


def nonce(number: int) -> bytes:
    """One for each thing that is sealed here."""
    return number.to_bytes(12, "big")


def sealed(content: bytes, *, case: UUID = CASE, item: UUID = ITEM, key: int = 7, says: bytes | None = None) -> bytes:
    """An item; `says` is a hash for its end that is not its content's."""
    one = Sealed.new(case, item, KEY, key=bytes([key]) * 32, nonce=nonce(key))
    out = one.header
    for number, at in enumerate(range(0, len(content), CHUNK)):
        part = memoryview(content)[at : at + CHUNK]
        room = bytearray(len(part) + AROUND)
        one.seal_into(number, part, memoryview(room), nonce(1000 + number))
        out += room
    return out + one.seal_end(len(content), says or hashlib.sha256(content).digest(), nonce(999))


def long_content() -> bytes:
    """What the long item holds: each four bytes say where they are."""
    return b"".join(at.to_bytes(4, "big") for at in range(0, SIZE, 4))[:SIZE]


def all_vectors() -> dict[str, dict[str, Any]]:
    """Each by the name of its file, without `.json`."""
    return {name: _told(name, *made) for name, *made in (*_short(), *_long())}


def _short() -> Iterator[tuple[Any, ...]]:
    note = sealed(NOTE)
    yield "sound", [note], NOTE
    yield "sound.empty", [sealed(b"")], b""
    yield "not-an-item.empty", [b""]
    yield "not-an-item.another_file", [b"%PDF-1.7\n" + bytes(200)]
    yield "not-an-item.cut_in_the_name", [note[: len(NAMED) - 1]]
    yield "another-format.number", [NAMED + b"\x02" + note[len(MAGIC) :]]
    yield "another-format.chunk", [note[:40] + (CHUNK * 2).to_bytes(4, "big") + note[44:]]
    yield "another-item.item", [sealed(NOTE, item=OTHER)]
    yield "another-item.case", [sealed(NOTE, case=OTHER)]
    yield "wrong-key.key", [note], None, bytes(32)
    yield "wrong-key.wrapped", [_flipped(note, 70)]
    yield "wrong-key.nonce", [_flipped(note, 44)]
    yield "cut-short.in_the_header", [note[:60]]
    yield "cut-short.after_the_header", [note[:HEADER]]
    yield "cut-short.no_end", [note[:-END]]
    yield "cut-short.last_byte", [note[:-1]]
    yield "cut-short.longer", [note + b"\0"]
    yield "cut-short.end_altered", [_flipped(note, len(note) - 1)]
    yield "cut-short.end_of_another", [note[:-END] + sealed(NOTE, item=OTHER)[-END:]]
    yield "altered.content", [_flipped(note, HEADER + 20)]
    yield "altered.nonce", [_flipped(note, HEADER)]
    yield "altered.tag", [_flipped(note, len(note) - END - 1)]
    yield "length-differs.shorter", [note[: -END - 3] + note[-END:]]
    yield "hash-differs", [sealed(NOTE, says=bytes(32))]


def _long() -> Iterator[tuple[Any, ...]]:
    first, second = HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK
    yield "sound.three_chunks", [(0, LENGTH)], long_content()
    yield "altered.reordered", [(0, HEADER), (first, second), (HEADER, first), (second, LENGTH)]
    yield "altered.repeated", [(0, HEADER), (HEADER, first), (HEADER, first), (second, LENGTH)]
    yield "cut-short.chunk_left_out", [(0, first), (second, LENGTH)]
    yield "cut-short.chunk_twice", [(0, second), (first, LENGTH)]
    yield "cut-short.at_a_chunk", [(0, first)]
    yield "cut-short.before_the_end", [(0, LENGTH - END)]


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _told(name: str, pieces: list[Piece], content: bytes | None = None, key: bytes = KEY) -> dict[str, Any]:
    defect = name.partition(".")[0]
    expected: dict[str, Any] = {"defect": defect}
    if content is not None:
        expected = {"defect": None, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return {
        "case": str(CASE),
        "expected": expected,
        "item": str(ITEM),
        "key": key.hex(),
        "sealed": [
            {"hex": piece.hex()} if isinstance(piece, bytes) else {"file": LONG, "from": piece[0], "to": piece[1]}
            for piece in pieces
        ],
    }


def as_text(vector: dict[str, Any]) -> str:
    """A vector as it is written."""
    return json.dumps(vector, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Writes them all, and takes away what is made no more."""
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*"):
        file.unlink()
    (FOLDER / LONG).write_bytes(sealed(long_content()))
    for name, vector in all_vectors().items():
        (FOLDER / f"{name}.json").write_text(as_text(vector), encoding="ascii")


if __name__ == "__main__":
    main()
