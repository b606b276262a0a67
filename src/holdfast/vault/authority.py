"""Who stamps: the authority that HOLDFAST_STAMPS names, asked over HTTP; or the demonstration's own.

An authority that is out, or answers with what proves nothing, is no fault of whoever gave something: the item stays
without a stamp, the clock asks again, and the custody page says so.
"""

import secrets
import time
import urllib.error
import urllib.request
from base64 import b64decode
from base64 import b64encode
from datetime import datetime
from email.message import Message
from functools import lru_cache
from pathlib import Path
from typing import IO
from typing import Any
from typing import NamedTuple
from typing import Protocol
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings

from holdfast.vault.own_authority import OwnAuthority
from holdfast.vault.own_authority import own_authority
from holdfast.vault.stamping import MOST
from holdfast.vault.stamping import StampRefused
from holdfast.vault.stamping import Verified
from holdfast.vault.stamping import request_for
from holdfast.vault.stamping import verify

OWN = "own"  # HOLDFAST_STAMPS: the demonstration's
WITHIN = 10.0  # seconds for each step of the exchange
_ASKS, _ANSWERS = "application/timestamp-query", "application/timestamp-reply"


class AuthorityOut(Exception):
    """It did not answer, or not as an authority does. It says what is to be done."""


class Answers(Protocol):
    """What answers a question: an authority elsewhere, or our own."""

    def answer(self, request: bytes) -> bytes:
        """The answer, DER; AuthorityOut."""


class Elsewhere(NamedTuple):
    """An authority that is asked over HTTP (RFC 3161, 3.4)."""

    address: str

    def answer(self, request: bytes) -> bytes:
        """One POST. It never goes on to another address, and reads no more than an answer may hold."""
        asked = urllib.request.Request(  # noqa: S310 the address is http or https: chosen() looked
            self.address, request, {"Content-Type": _ASKS, "Accept": _ANSWERS, "User-Agent": "holdfast"}
        )
        try:
            with _opener().open(asked, timeout=WITHIN) as answer:
                kind, found = answer.headers.get_content_type(), _bounded(answer)
        except (OSError, ValueError) as fault:
            if isinstance(fault, urllib.error.HTTPError):
                fault.close()
            raise AuthorityOut("The time-stamping authority did not answer. It is asked again.") from fault
        if kind != _ANSWERS or len(found) > MOST:
            raise AuthorityOut("What answered is no time-stamping authority. Look at HOLDFAST_STAMPS.")
        return found


def _bounded(answer: Any) -> bytes:
    """The body, no longer than an answer may be, and not dripped for longer than anybody waits."""
    found, until = b"", time.monotonic() + WITHIN
    while len(found) <= MOST and (more := answer.read1(8_192)):
        found += more
        if time.monotonic() > until:
            raise OSError
    return found


class Authority(NamedTuple):
    """One authority, and what it takes to believe it."""

    name: str  # as the record and the page call it
    known: tuple[x509.Certificate, ...]
    policy: str  # an object identifier; '' where any will do
    asked: Answers
    own: bool  # the demonstration's: it proves nothing, and every page says so

    def stamp(self, digest: bytes, at: datetime) -> tuple[str, Verified]:
        """An answer that verifies, as base64, and what it says; AuthorityOut or StampRefused."""
        nonce = secrets.randbits(63) | 1 << 62
        answer = self.asked.answer(request_for(digest, nonce, self.policy))
        verified = verify(answer, digest, self.known, policy=self.policy, nonce=nonce, at=at)
        return b64encode(answer).decode("ascii"), verified

    def verify(self, token: str, digest: bytes) -> Verified:
        """What the record holds, held against the certificates of today; StampRefused."""
        try:
            answer = b64decode(token, validate=True)
        except ValueError as fault:
            raise StampRefused("unreadable") from fault
        return verify(answer, digest, self.known, policy=self.policy)


class NoAuthority(Exception):
    """Nobody stamps here. It says why, and what whoever runs the system has to do."""


def authority() -> Authority:
    """The one that is set, or NoAuthority."""
    said = settings.HOLDFAST_STAMPS
    if not said:
        raise NoAuthority(
            "No time-stamping authority is set, so nothing is stamped. Whoever runs the system sets HOLDFAST_STAMPS "
            "and HOLDFAST_STAMPS_ROOTS: what is here already is stamped then."
        )
    if said == OWN:
        return _own(Path(settings.HOLDFAST_DATA))
    roots = settings.HOLDFAST_STAMPS_ROOTS
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname or not roots:
        raise NoAuthority(
            "The time-stamping authority is not rightly set, so nothing is stamped. Whoever runs the system gives "
            "HOLDFAST_STAMPS an http or https address, and HOLDFAST_STAMPS_ROOTS a file of certificates."
        )
    return _elsewhere(said, Path(roots), settings.HOLDFAST_STAMPS_POLICY)


@lru_cache(maxsize=4)
def _own(folder: Path) -> Authority:
    made: OwnAuthority = own_authority(folder)
    return Authority("the demonstration's own", (made.root, made.signer), "", made, own=True)


@lru_cache(maxsize=4)
def _elsewhere(address: str, roots: Path, policy: str) -> Authority:
    try:
        known = tuple(x509.load_pem_x509_certificates(roots.read_bytes()))
    except (OSError, ValueError) as fault:
        raise NoAuthority(
            "The certificates of the time-stamping authority cannot be read, so nothing is stamped. Whoever runs the "
            "system names a readable PEM file in HOLDFAST_STAMPS_ROOTS."
        ) from fault
    return Authority(str(urlsplit(address).hostname), known, policy, Elsewhere(address), own=False)


class _NoFurther(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """What sends us on is not the authority that was set."""
        raise urllib.error.HTTPError(req.full_url, code, "sent on", headers or Message(), fp)


@lru_cache(maxsize=1)
def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoFurther)
