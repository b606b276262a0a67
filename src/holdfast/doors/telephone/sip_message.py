"""SIP messages as bytes (RFC 3261): read strictly, answered with the caller's own headers. Knows no call and no line.

What cannot be read is `BadMessage`, with the status to answer; `answerable` says whether enough was read to answer.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_BYTES = 32_768
MOST_HEADERS = 120
MOST_LINE = 8_192
_COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "c": "content-type",
            "l": "content-length", "k": "supported", "s": "subject", "e": "content-encoding"}  # fmt: skip
_NEEDED = ("via", "from", "to", "call-id", "cseq")
_ONCE = ("from", "to", "call-id", "cseq", "content-length", "content-type", "max-forwards")
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,40}")
_CSEQ = re.compile(r"(\d{1,10})[ \t]+([A-Za-z0-9.!%*_+`'~-]{1,40})")
_STATUS = re.compile(r"SIP/2\.0 ([1-6]\d\d)(?: .*)?", re.IGNORECASE)
_NO_TEXT = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
REASONS = {
    100: "Trying", 200: "OK", 400: "Bad Request", 403: "Forbidden", 405: "Method Not Allowed",
    415: "Unsupported Media Type", 416: "Unsupported URI Scheme", 420: "Bad Extension",
    408: "Request Timeout",
    482: "Loop Detected",
    481: "Call/Transaction Does Not Exist", 488: "Not Acceptable Here", 489: "Bad Event", 491: "Request Pending",
    500: "Server Internal Error", 503: "Service Unavailable", 505: "Version Not Supported", 513: "Message Too Large",
}  # fmt: skip
Headers = tuple[tuple[str, str], ...]


class Message(NamedTuple):
    """A request (`method` and `uri`) or a response (`status`). Names of headers are small, their order as it came."""

    method: str
    uri: str
    status: int
    headers: Headers
    body: bytes

    def get(self, name: str) -> str:
        """The first header of a name, '' where there is none."""
        return next((value for each, value in self.headers if each == name), "")

    def all(self, name: str) -> list[str]:
        """Every header of a name."""
        return [value for each, value in self.headers if each == name]

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method; (0, '') where it says neither."""
        found = _CSEQ.fullmatch(self.get("cseq"))
        return (int(found[1]), found[2].upper()) if found else (0, "")


class BadMessage(Exception):
    """What came is no message that can be acted on. `message` holds what was read, for the answer; None: no answer."""

    def __init__(self, status: int, message: Message | None = None):
        self.status, self.message = status, message
        super().__init__(REASONS[status])


def read_message(data: bytes) -> Message | None:
    """A request or response; None for the empty lines that keep a way open. BadMessage."""
    if not data.strip(b"\r\n\0 \t"):
        return None
    head, whole, body = _parted(data)
    lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    headers, sound = _headers(lines[1:])
    method, uri, status, version = _first(lines[0])
    message = Message(method, uri, status, headers, body)
    known = message if method and answerable(message) else None
    if len(data) > MOST_BYTES:
        raise BadMessage(513, known)
    if version != "SIP/2.0":
        raise BadMessage(505 if version.startswith("SIP/") else 400, known if version.startswith("SIP/") else None)
    if not whole or not sound or not answerable(message) or _repeated(message):
        raise BadMessage(400, known)
    number, of = message.cseq
    if not of or number >= 1 << 31 or (method and of != method):
        raise BadMessage(400, known)
    return message._replace(body=_body(message, known))


def answerable(message: Message) -> bool:
    """Whether it holds what an answer needs."""
    return all(message.get(name) for name in _NEEDED)


def write_response(
    request: Message, status: int, *, to_tag: str = "", more: Iterable[tuple[str, str]] = (), body: bytes = b""
) -> bytes:
    """The answer to a request: its own Via, From, To, Call-ID and CSeq, then what is added."""
    to = request.get("to")
    if to_tag and not tag_of(to):
        to += f";tag={to_tag}"
    lines = [f"SIP/2.0 {status} {REASONS[status]}"]
    lines += [f"Via: {via}" for via in request.all("via")]
    lines += [f"From: {request.get('from')}", f"To: {to}", f"Call-ID: {request.get('call-id')}"]
    lines += [f"CSeq: {request.get('cseq')}", *(f"{name}: {value}" for name, value in more)]
    lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def write_request(method: str, uri: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """A request of our own."""
    lines = [f"{method} {uri} SIP/2.0", *(f"{name}: {value}" for name, value in headers)]
    lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def tag_of(value: str) -> str:
    """The tag of a From or To, '' where there is none. What stands inside <> or quotes is no parameter."""
    return parameter(re.sub(r"\"(?:\\.|[^\"\\])*\"|<[^>]*>", "", value), "tag")


def parameter(value: str, name: str) -> str:
    """A parameter of a header's value."""
    found = re.search(rf";[ \t]*{name}[ \t]*=[ \t]*(\"[^\"]*\"|[^;, \t]*)", value, re.IGNORECASE)
    return found[1].strip('"') if found else ""


def address_in(value: str) -> str:
    """The address of a From, To, Contact or Route: what stands inside <>, else the value without its parameters."""
    bare = re.sub(r"\"(?:\\.|[^\"\\])*\"", "", value)
    found = re.search(r"<([^<>]{1,1000})>", bare)
    return found[1].strip() if found else bare.partition(";")[0].strip()


def _parted(data: bytes) -> tuple[bytes, bool, bytes]:
    """What stands before the empty line, whether there is one, and what stands after it."""
    found = re.search(rb"\r?\n\r?\n", data[:MOST_BYTES])
    if found is None:
        return data[:MOST_BYTES], False, b""
    return data[: found.start()], True, data[found.end() :]


def _first(line: str) -> tuple[str, str, int, str]:
    status = _STATUS.fullmatch(line)
    if status:
        return "", "", int(status[1]), "SIP/2.0"
    parts = line.split(" ")
    if len(parts) != 3 or not _TOKEN.fullmatch(parts[0]) or not parts[1] or _NO_TEXT.search(parts[1]):
        return "", "", 0, ""
    return parts[0].upper(), parts[1], 0, parts[2].upper()


def _headers(lines: list[str]) -> tuple[Headers, bool]:
    """The headers, and whether each of them was one."""
    folded: list[str] = []
    for line in lines[: MOST_HEADERS * 2]:
        if line[:1] in (" ", "\t") and folded:
            folded[-1] += " " + line.strip()
        elif line:
            folded.append(line)
    found: list[tuple[str, str]] = []
    sound = len(lines) <= MOST_HEADERS
    for line in folded[:MOST_HEADERS]:
        name, colon, value = line.partition(":")
        name = name.strip(" \t").lower()
        if not colon or not _TOKEN.fullmatch(name) or len(line) > MOST_LINE or _NO_TEXT.search(value):
            sound = False
            continue
        found.append((_COMPACT.get(name, name), value.strip(" \t")))
    return tuple(found), sound


def _repeated(message: Message) -> bool:
    return any(len(message.all(name)) > 1 for name in _ONCE)


def _body(message: Message, known: Message | None) -> bytes:
    said = message.get("content-length")
    if not said:
        return message.body
    if not (said.isascii() and said.isdigit() and len(said) < 9) or int(said) > len(message.body):
        raise BadMessage(400, known)
    return message.body[: int(said)]
