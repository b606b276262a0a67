"""Sends to the machines' door as each kind of sender does, through every layer of the doors but the server itself."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from django.test import Client

NUMBER = "+447700900123"
TOKEN, AML_KEY = "12345", "AML"
TELNYX = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TELNYX_PUBLIC = base64.b64encode(TELNYX.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


class Machines:
    """Every sender that this installation knows."""

    def __init__(self, key: str):
        self.key = key
        self.client = Client()  # raises what would be a 500

    def post(self, where: str, body: bytes, kind: str, **headers: str) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(f"/api/{where}", body, content_type=kind, headers=headers)
        return answer.status_code, json.loads(answer.content)

    def keyed(self, where: str, body: Any, kind: str = "application/json") -> tuple[int, dict[str, Any]]:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.post(where, sent, kind, Authorization=f"Bearer {self.key}")

    def aml_form(self, **changes: str | None) -> tuple[int, dict[str, Any]]:
        return self.aml_bytes(aml_form(**changes))

    def aml_bytes(self, body: bytes, key: str = AML_KEY) -> tuple[int, dict[str, Any]]:
        signed = body + b"&hmac=" + hmac.new(key.encode(), body, hashlib.sha1).hexdigest().encode()
        return self.post("aml", signed, "application/x-www-form-urlencoded")

    def twilio(self, pairs: Any, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
        pairs = list(pairs.items()) if isinstance(pairs, dict) else pairs
        said = "http://testserver/api/telephone/twilio" + "".join(name + value for name, value in sorted(set(pairs)))
        signature = base64.b64encode(hmac.digest(token.encode(), said.encode(), "sha1")).decode()
        kind = "application/x-www-form-urlencoded"
        return self.post("telephone/twilio", urlencode(pairs).encode(), kind, X_Twilio_Signature=signature)

    def telnyx(
        self, body: bytes, stamp: int | None = None, kind: str = "application/json"
    ) -> tuple[int, dict[str, Any]]:
        when = str(int(time.time()) if stamp is None else stamp)
        signature = base64.b64encode(TELNYX.sign(when.encode() + b"|" + body)).decode()
        return self.post(
            "telephone/telnyx", body, kind, Telnyx_Timestamp=when, Telnyx_Signature_Ed25519=signature
        )  # fmt: skip


def aml_form(**changes: str | None) -> bytes:
    """An AML form without its signature."""
    said: dict[str, str | None] = {
        "v": "1", "device_number": NUMBER, "location_latitude": "51.50001", "location_longitude": "-0.12001",
        "location_time": str(int(time.time() * 1000)), "location_accuracy": "20.4", "location_source": "wifi",
        "location_certainty": "83",
    }  # fmt: skip
    return urlencode({name: value for name, value in (said | changes).items() if value is not None}).encode()


def text(**changes: Any) -> dict[str, Any]:
    """A message of a session of texts."""
    return {
        "session": "s-1",
        "message": "m-1",
        "number": NUMBER,
        "words": "he is outside",
        "sent_by": "caller",
    } | changes


def telnyx_event(kind: str, number: str, at: str, **payload: Any) -> bytes:
    """A Telnyx event."""
    said = {"call_session_id": "session-1", "from": NUMBER, "to": "+441632960999"} | payload
    return json.dumps({"data": {"event_type": kind, "id": number, "occurred_at": at, "payload": said}}).encode()
