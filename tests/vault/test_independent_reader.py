"""A reader of sealed items written from docs/formats/vault.md alone: no line of Holdfast is used to read.

It imports `cryptography` and the standard library. It reads what the vault wrote, anywhere, and answers each vector.
"""

import ast
import hashlib
import json
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FULL = 1_048_576
VECTORS = Path(__file__).parent / "vectors"


class Defect(Exception):
    """Its argument is the defect's name."""


def unsealed(key, sealed, beside, defect):
    """Nonce, sealed bytes and tag, opened."""
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], beside)
    except (InvalidTag, ValueError) as fault:
        raise Defect(defect) from fault


class Reader:
    """One item, from a file that can be read from any place."""

    def __init__(self, file, length, case, item, case_key):
        self.file = file
        header = self.at(0, 104)
        if len(header) < 8 or header[:7] != b"hfvault":
            raise Defect("not-an-item")
        if header[7] != 1:
            raise Defect("another-format")
        if len(header) < 104:
            raise Defect("cut-short")
        if int.from_bytes(header[40:44], "big") != FULL:
            raise Defect("another-format")
        if header[8:24] != case.bytes or header[24:40] != item.bytes:
            raise Defect("another-item")
        self.bound = header[:44]
        wrapping = HKDF(SHA256(), 32, salt=None, info=b"holdfast vault 1").derive(case_key)
        self.key = unsealed(wrapping, header[44:], self.bound, "wrong-key")
        body = length - 104 - 68
        n, rest = divmod(body, FULL + 28)
        if body < 0 or 1 <= rest <= 28:
            raise Defect("cut-short")
        n += rest > 28
        end = unsealed(self.key, self.at(length - 68, 68), self.beside(n, 1), "cut-short")
        self.size, self.sha256 = int.from_bytes(end[:8], "big"), end[8:]
        if 104 + self.size + 28 * -(-self.size // FULL) + 68 != length:
            raise Defect("length-differs")

    def at(self, place, count):
        self.file.seek(place)
        return self.file.read(count)

    def beside(self, number, what):
        return self.bound + number.to_bytes(8, "big") + bytes([what])

    def chunk(self, i):
        length = 12 + min(FULL, self.size - i * FULL) + 16
        return unsealed(self.key, self.at(104 + (FULL + 28) * i, length), self.beside(i, 0), "altered")

    def read(self, start, until):
        until, found = min(until, self.size), b""
        while start < until:
            piece = self.chunk(start // FULL)[start % FULL :][: until - start]
            found, start = found + piece, start + len(piece)
        return found

    def whole(self):
        content = self.read(0, self.size)
        if hashlib.sha256(content).digest() != self.sha256:
            raise Defect("hash-differs")
        return content


# What follows tries it. Holdfast itself is asked for only to write the items that are read.


@pytest.mark.parametrize("size", [0, 1, 5000, FULL - 1, FULL, FULL + 1, 3 * FULL + 77])
def test_it_reads_what_the_vault_took_in(vault, size):
    from tests.vault.sealing import some

    content = some(size)
    taken = vault.take(content)
    path = vault.path(taken.item)
    with path.open("rb") as file:
        reader = Reader(file, path.stat().st_size, vault.case, taken.item, vault.key)
        assert (reader.size, reader.sha256) == (size, taken.sha256)
        assert reader.whole() == content
        for start in (0, size // 2, max(0, size - 10), max(0, FULL - 3)):
            assert reader.read(start, start + 700) == content[start : start + 700]


def test_it_reads_what_came_in_parts(vault):
    from uuid import uuid4

    from tests.vault.sealing import some

    item, content = uuid4(), some(2 * FULL + 9)
    for start in range(0, len(content), 700_001):
        with vault.intake(item) as intake:
            intake.add(start, content[start : start + 700_001])
    with vault.intake(item) as intake:
        intake.finish()
    with vault.path(item).open("rb") as file:
        assert Reader(file, vault.path(item).stat().st_size, vault.case, item, vault.key).whole() == content


@pytest.mark.parametrize("file", sorted(VECTORS.glob("*.json")), ids=lambda file: file.stem)
def test_it_answers_every_vector(file, tmp_path):
    vector = json.loads(file.read_text(encoding="ascii"))
    path = tmp_path / "sealed"
    with path.open("wb") as out:
        for piece in vector["sealed"]:
            named = (VECTORS / piece["file"]).read_bytes()[piece["from"] : piece["to"]] if "file" in piece else b""
            out.write(bytes.fromhex(piece.get("hex", "")) + named)
    found = None
    with path.open("rb") as opened:
        try:
            reader = Reader(
                opened, path.stat().st_size, UUID(vector["case"]), UUID(vector["item"]), bytes.fromhex(vector["key"])
            )
            content = reader.whole()
            found = {"defect": None, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        except Defect as defect:
            found = {"defect": defect.args[0]}
    assert found == vector["expected"]


def test_it_uses_nothing_of_holdfast():
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    for node in tree.body:  # what is imported inside a test only writes
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.split(".")[0] in ("holdfast", "tests")]
