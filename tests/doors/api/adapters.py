"""Every way in of the machines' door: what it is sent when all is well, and how to send it anything else, signed."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from typing import NamedTuple
from urllib.parse import parse_qsl
from urllib.parse import urlencode

from tests.doors.api.handed import CIRCLE
from tests.doors.api.handed import body as eido
from tests.doors.api.sending import NUMBER
from tests.doors.api.sending import TOKEN
from tests.doors.api.sending import Machines
from tests.doors.api.sending import aml_form
from tests.doors.api.sending import telnyx_event
from tests.doors.api.sending import text

Answer = tuple[int, dict[str, Any]]


class Adapter(NamedTuple):
    """One way in."""

    name: str
    good: Callable[[], bytes]
    send: Callable[[Machines, bytes], Answer]  # as whoever may send: signed, or with a key
    stranger: Callable[[Machines, bytes], Answer]  # as somebody who may not


def _keyed(where: str) -> Callable[[Machines, bytes], Answer]:
    return lambda machines, body: machines.keyed(where, body)


def _unkeyed(where: str) -> Callable[[Machines, bytes], Answer]:
    return lambda machines, body: machines.post(where, body, "application/json", Authorization="Bearer wrong")


def _twilio(token: str) -> Callable[[Machines, bytes], Answer]:
    def send(machines: Machines, body: bytes) -> Answer:
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
        except ValueError:
            pairs = []
        said = "http://testserver/api/telephone/twilio" + "".join(a + b for a, b in sorted(set(pairs)))
        signature = base64.b64encode(hmac.digest(token.encode(), said.encode(), "sha1")).decode()
        kind = "application/x-www-form-urlencoded"
        return machines.post("telephone/twilio", body, kind, X_Twilio_Signature=signature)

    return send


def _stale(machines: Machines, body: bytes) -> Answer:
    signature = base64.b64encode(bytes(64)).decode()
    headers = {"Telnyx_Timestamp": str(int(time.time())), "Telnyx_Signature_Ed25519": signature}
    return machines.post("telephone/telnyx", body, "application/json", **headers)


CALL = {"CallSid": "CA1234567890ABCDE", "From": NUMBER, "CallStatus": "in-progress", "Digits": "55",
        "SpeechResult": "he is here", "Confidence": "0.5"}  # fmt: skip
TEXT = {"number": NUMBER, "text": 'A"ML=1;lt=51.5;lg=-0.12;rd=35;top=20261105210000;lc=68;pm=W'}
ADAPTERS = (
    Adapter("eido", eido, _keyed("calls"), _unkeyed("calls")),
    Adapter("aml by a network", lambda: json.dumps(TEXT).encode(), _keyed("aml"), _unkeyed("aml")),
    Adapter("aml by a telephone", aml_form, lambda m, b: m.aml_bytes(b), lambda m, b: m.aml_bytes(b, key="wrong")),
    Adapter("pidf-lo", lambda: json.dumps({"number": NUMBER, "document": CIRCLE}).encode(), _keyed("locations"),
            _unkeyed("locations")),
    Adapter("texts", lambda: json.dumps(text()).encode(), _keyed("texts"), _unkeyed("texts")),
    Adapter("twilio", lambda: urlencode(CALL).encode(), _twilio(TOKEN), _twilio("wrong")),
    Adapter("telnyx",
            lambda: telnyx_event("call.gather.ended", "e-1", "2026-11-21T10:00:00Z", digits="55", status="valid"),
            lambda m, b: m.telnyx(b), _stale),
)  # fmt: skip
