"""Whether a webhook comes from the telephone provider that it says it comes from.

- Twilio: HMAC-SHA-1 over the address and the sorted parameters, or the hash of a JSON body in the address.
- Telnyx: Ed25519 over the time and the body.

Each compares in constant time, and what is missing or malformed is no signature.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from collections.abc import Iterator
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from urllib.parse import urlunsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_PORTS = {"https": 443, "http": 80}


def twilio_signed(
    token: str, address: str, parameters: Iterable[tuple[str, str]], given: str, body: bytes | None = None
) -> bool:
    """Whether `given` is Twilio's signature. `body` is that of a JSON message, whose hash stands in the address."""
    if not token or not given:
        return False
    try:
        hashes = parse_qs(urlsplit(address).query).get("bodySHA256", [])
        addresses = list(_addresses(address))
    except ValueError:
        return False
    if body is not None:
        if len(hashes) != 1 or not hmac.compare_digest(
            hashlib.sha256(body).hexdigest().encode(), hashes[0].lower().encode()
        ):
            return False
        parameters = ()
    said = "".join(name + value for name, value in sorted(set(parameters)))
    fits = False
    for each in addresses:  # both are always compared: the time tells nothing about which of them fits
        meant = base64.b64encode(hmac.digest(token.encode(), (each + said).encode(), "sha1"))
        fits |= hmac.compare_digest(meant, given.encode("utf-8", "surrogateescape"))
    return fits


def telnyx_signed(public_key: str, stamp: str, body: bytes, given: str) -> bool:
    """Whether `given` is Telnyx's signature over the time and the body."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(given, validate=True), stamp.encode("ascii") + b"|" + body)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _addresses(address: str) -> Iterator[str]:
    """The address with and without its port: providers and proxies differ in which of the two is signed."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    yield urlunsplit(parts._replace(netloc=host))
    port = parts.port or _PORTS.get(parts.scheme, 0)
    yield urlunsplit(parts._replace(netloc=f"{host}:{port}"))
