"""One line of the log: who opened, searched, took out or was refused what, when and why; and the chain of all lines.

- As with entries, a plain header is chained by hash, and words that somebody typed are sealed beside it.
- In the plain part: staff identifiers, roles, acts, codes of cases. No name, number, place or word of a party.
- Verified without any key, against the same signed checkpoints as the cases: there it is a chain named `log`.

The format, and what each outcome means for a log, is docs/formats/log.md.
"""

import re
from base64 import urlsafe_b64decode
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from collections.abc import Iterator
from hashlib import sha256
from hmac import digest

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.record.body import KEY_BYTES
from holdfast.record.body import NONCE_BYTES
from holdfast.record.chain import Stored
from holdfast.record.chain import Verdict
from holdfast.record.chain import Witnessed
from holdfast.record.header import TIME
from holdfast.record.header import HeaderRefused
from holdfast.record.outcome import Outcome

FORMAT = "holdfast-line-1"
LOG = "log"  # what the chain is called in a checkpoint; a case is called by its UUID, so the two cannot meet
MOST_WORDS = 2_000  # bytes
BLOCK = 128

_LINE = b"holdfast/line/1\n"
_START = b"holdfast/log-start/1\n"
_WORDS = b"holdfast/log-words/1\n"
_SAID = re.compile(
    r'\{"format":"holdfast-line-1","log":"[a-z0-9][a-z0-9._-]{0,79}","number":[1-9][0-9]{0,8},"before":"[0-9a-f]{64}",'
    r'"at":"' + TIME + r'","role":"[a-z_]{1,40}","staff":"[A-Za-z0-9._/-]{0,60}","agency":"[a-z_]{0,40}",'
    r'"organisation":"[^"\\\x00-\x1f]{0,120}","team":"[^"\\\x00-\x1f]{0,120}","act":"[a-z0-9_]{1,60}",'
    r'"route":"[A-Za-z0-9 :._/-]{0,80}","case":"[A-Z0-9]{0,20}","allowed":(?:true|false),"tie":"[a-z0-9_]{0,40}",'
    r'"rule":"[A-Za-z0-9 :._/-]{0,80}","key":"(?:|case|log)","nonce":"(?:[A-Za-z0-9_-]{16})?"\}'
)

LOG_MEANINGS: dict[Outcome, str] = {
    Outcome.ALTERED_ENTRY: "The stored bytes of a line of the log are not those that were written.",
    Outcome.UNREADABLE_HEADER: "A line of the log cannot be read.",
    Outcome.UNKNOWN_FORMAT: "A line of the log is in a format that this version does not know.",
    Outcome.NON_CANONICAL_HEADER: "A line of the log is written in a way that Holdfast never writes.",
    Outcome.WRONG_CASE: "A line belongs to another log.",
    Outcome.MISSING_ENTRY: "A line of the log was taken out.",
    Outcome.REPEATED_ENTRY: "A line's number stands twice in the log.",
    Outcome.OUT_OF_ORDER: "The lines of the log are all there, but not in their order.",
    Outcome.BROKEN_LINK: "A line of the log does not follow from the line before it: one of the two was replaced.",
    Outcome.SHORTER_THAN_CHECKPOINT: "A signed checkpoint saw more lines in the log: its end was taken off.",
    Outcome.DIFFERS_FROM_CHECKPOINT: "A signed checkpoint saw another line in this place: the log was written anew.",
}


class LogLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line's plain part: the order of these fields is the order of its keys."""

    format: str
    log: str
    number: int
    before: str  # hex of the hash of the line before; of the log's start for line 1
    at: str  # UTC, as a header writes a time
    role: str  # of a member of staff, or survivor, supporter, operator, feed
    staff: str  # a staff identifier; empty for a survivor or a supporter
    agency: str
    organisation: str
    team: str
    act: str  # what was done or tried, in the words of `may`
    route: str  # by which page, address or command
    case: str  # the case's code, or empty
    allowed: bool
    tie: str  # what the record itself says of why this person looks; empty where nobody asked
    rule: str  # by which rule it was allowed or refused
    key: str  # what seals the words: the case's key, the log's own, or nothing where there are none
    nonce: str


_decode = msgspec.json.Decoder(LogLine)
_named = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder()


def log_start(log: str) -> bytes:
    """What stands for the hash before line 1."""
    return sha256(_START + log.encode("ascii")).digest()


def line_hash(line: bytes, sealed: bytes) -> bytes:
    """The hash of one line, its sealed words included. Lengths are hashed, as for an entry."""
    return sha256(
        b"".join((_LINE, len(line).to_bytes(8, "big"), line, len(sealed).to_bytes(8, "big"), sealed))
    ).digest()


def write_line(line: LogLine) -> bytes:
    """The line's bytes, or HeaderRefused where it holds what a line cannot hold."""
    written = _encode.encode(line)
    read_line(written)
    return written


def read_line(stored: bytes) -> LogLine:
    """The line, or HeaderRefused: unreadable, of an unknown format, or not written canonically."""
    try:
        if _SAID.fullmatch(stored.decode("utf-8")) is None:
            raise HeaderRefused(_why_not(stored))
        line = _decode.decode(stored)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        if isinstance(fault, HeaderRefused):
            raise
        raise HeaderRefused(Outcome.UNREADABLE_HEADER) from fault
    if bool(line.key) != bool(line.nonce):
        raise HeaderRefused(Outcome.UNREADABLE_HEADER)
    return line


def seal_words(words: str, key: bytes, nonce: bytes, line: bytes) -> bytes:
    """Typed words, sealed to their line. Longer ones are cut: a reason is no place for an account of what happened."""
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise ValueError("a line of the log was not written: its key or nonce is not of the length that it has to be")
    plain = words.encode("utf-8")[:MOST_WORDS].decode("utf-8", "ignore").rstrip().encode("utf-8")
    padded = plain.ljust(-(-max(1, len(plain)) // BLOCK) * BLOCK)
    return AESGCM(digest(key, _WORDS, "sha256")).encrypt(nonce, padded, line)


def open_words(line: LogLine, stored: bytes, sealed: bytes, key: bytes) -> str | None:
    """What was typed; '' where nothing was, None where the key does not open it."""
    if not line.key:
        return ""
    try:
        opened = AESGCM(digest(key, _WORDS, "sha256")).decrypt(urlsafe_b64decode(line.nonce), sealed, stored)
    except InvalidTag:
        return None
    return opened.decode("utf-8").rstrip()


def nonce_text(nonce: bytes) -> str:
    """A nonce as a line holds it."""
    return urlsafe_b64encode(nonce).decode("ascii")


def verify_log(log: str, stored: Iterable[Stored], witnessed: Witnessed | None = None) -> Verdict:
    """Whether these are the log's lines as they were written, and the first one that is not. No line at all is sound
    where none was witnessed: a log may be new."""
    seen_length, seen_head = witnessed or Witnessed(0, b"")
    length, head = 0, log_start(log)
    lines = iter(stored)
    for plain, sealed, hash_ in lines:
        number = length + 1
        found = line_hash(plain, sealed)
        if found != hash_:
            return Verdict(Outcome.ALTERED_ENTRY, number, length, head)
        try:
            line = read_line(plain)
        except HeaderRefused as refused:
            return Verdict(refused.outcome, number, length, head)
        outcome = _misplaced(log, number, head, line, lines)
        if outcome is None and bool(line.key) != bool(sealed):
            outcome = Outcome.UNREADABLE_HEADER  # words without a seal, or a seal without words
        if outcome is None and number == seen_length and found != seen_head:
            outcome = Outcome.DIFFERS_FROM_CHECKPOINT
        if outcome is not None:
            return Verdict(outcome, number, length, head)
        length, head = number, found
    if length >= seen_length:
        return Verdict(Outcome.SOUND, None, length, head)
    return Verdict(Outcome.SHORTER_THAN_CHECKPOINT, length + 1, length, head)


def _misplaced(log: str, number: int, head: bytes, line: LogLine, later: Iterator[Stored]) -> Outcome | None:
    """Why a line whose bytes are as they were hashed does not stand in this place; None where it does."""
    if line.log != log:
        return Outcome.WRONG_CASE
    if line.number < number:
        return Outcome.REPEATED_ENTRY
    if line.number > number:
        return Outcome.OUT_OF_ORDER if number in _numbers(later) else Outcome.MISSING_ENTRY
    return None if line.before == head.hex() else Outcome.BROKEN_LINK


def _numbers(stored: Iterable[Stored]) -> Iterator[int]:
    for plain, _, _ in stored:
        try:
            yield read_line(plain).number
        except HeaderRefused:
            continue


def _why_not(stored: bytes) -> Outcome:
    """What is wrong with bytes that are no line as Holdfast writes it."""
    try:
        named = _named.decode(stored).get("format")
        if named is not None and msgspec.json.decode(named, type=str) != FORMAT:
            return Outcome.UNKNOWN_FORMAT
        again = _encode.encode(_decode.decode(stored))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Outcome.UNREADABLE_HEADER
    return Outcome.NON_CANONICAL_HEADER if again != stored else Outcome.UNREADABLE_HEADER
