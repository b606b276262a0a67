"""A signed note (C2SP): plain text that a person can read, a blank line, and Ed25519 signatures over the text.

Checkpoints are notes, and receipts may be. Signatures by other keys, a witness's for one, may stand beside ours.
"""

import re
from base64 import b64decode
from base64 import b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from holdfast.record.outcome import Outcome

MOST_BYTES = 4_194_304
MOST_SIGNATURES = 100
NAME = r"[!-*,-~]{1,200}"  # printable ASCII without a space or '+'
_ED25519 = b"\x01"
_NAME = re.compile(NAME)
_TEXT = re.compile(r"(?:[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+\n)+")  # no blank line, no control character
_SIGNATURE = re.compile("\u2014 (" + NAME + r") ([A-Za-z0-9+/]+={0,2})")


class NoteRefused(ValueError):
    """The note is not to be believed. `outcome` says why."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__(f"a signed note was refused ({outcome}); compare it with the copy in the second place")


def sign_note(text: str, name: str, private: bytes) -> bytes:
    """The text with its signature. `private` is the 32 bytes of an Ed25519 key, `name` what its owner calls it."""
    if not _TEXT.fullmatch(text) or not _NAME.fullmatch(name):
        raise ValueError("a note was not signed: it needs whole lines without control characters, and a key's name")
    key = Ed25519PrivateKey.from_private_bytes(private)
    signature = key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
    return f"{text}\n\u2014 {name} {b64encode(signature).decode('ascii')}\n".encode()


def read_note(note: bytes, name: str, public: bytes) -> str:
    """The text, once a signature with this key is found and true; otherwise NoteRefused."""
    if len(note) > MOST_BYTES:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    try:
        text, _, signatures = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as fault:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT) from fault
    text += "\n"
    lines = signatures.split("\n")
    if not _TEXT.fullmatch(text) or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    ours = [made for by, made in map(_read_signature, lines) if by == name and made[:4] == key_id(name, public)]
    if not ours:
        raise NoteRefused(Outcome.NOT_SIGNED)
    try:
        for made in ours:
            Ed25519PublicKey.from_public_bytes(public).verify(made[4:], text.encode())
    except InvalidSignature as fault:
        raise NoteRefused(Outcome.BAD_SIGNATURE) from fault
    return text


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that say which key signed: they find a key, they prove nothing."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def public_line(name: str, public: bytes) -> str:
    """The public key in the one line in which it is handed to a witness or an auditor."""
    return f"{name}+{key_id(name, public).hex()}+{b64encode(_ED25519 + public).decode('ascii')}"


def _read_signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    try:
        made = b64decode(found[2], validate=True) if found else b""
    except ValueError:
        made = b""
    if found is None or len(made) < 5 or b64encode(made).decode("ascii") != found[2]:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    return found[1], made
