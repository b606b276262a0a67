"""Passkeys: on a telephone whose account is the survivor's alone, they open the page without a word.

- The device is asked to find the key by itself, so nothing has to be typed; what it calls its user is random bytes, and
  the name that it shows says nothing.
- It holds for one name of this server. Whoever has the device and unlocks it is in: it is added only after the survivor
  said that nobody else can.
- A passkey is checked with the `fido2` library. Nothing here decides what a signature is worth.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData
from fido2.webauthn import AuthenticationResponse
from fido2.webauthn import PublicKeyCredentialRpEntity
from fido2.webauthn import PublicKeyCredentialUserEntity
from fido2.webauthn import ResidentKeyRequirement
from fido2.webauthn import UserVerificationRequirement

from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.kept import ways_of
from holdfast.access.ways_in.stretched import keyed
from holdfast.casefile.append import append
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import By

NAME = "Information"  # what the device shows: the same as the page's own title
MOST = 4  # at one time
_THIS_SERVER = secrets.token_hex(8)  # what was asked before a restart is asked again: which answers came is forgotten
_ANSWERED: OrderedDict[str, None] = OrderedDict()
_lock = Lock()


class NotAPasskey(Exception):
    """What the browser sent is not a passkey that opens a page here."""


def begin_adding(request: HttpRequest, file: CaseFile, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to make, and what has to be remembered until it answers."""
    known = [_credential(way) for way in ways_of(file.id, PASSKEY, at)]
    if len(known) >= MOST:
        raise NotAPasskey
    handle = secrets.token_bytes(32)
    asked, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=NAME, display_name=NAME),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(asked), {**state, "handle": handle.hex()}


def add_passkey(
    request: HttpRequest, file: CaseFile, state: Mapping[str, Any], sent: Mapping[str, Any], *, by: By, at: datetime
) -> WayIn:
    """Keeps the passkey that the browser made, and records that it was added. NotAPasskey where it is none."""
    try:
        made = _server(request).register_complete(dict(state), sent).credential_data
        handle = bytes.fromhex(state["handle"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotAPasskey from fault
    if made is None or len(ways_of(file.id, PASSKEY, at)) >= MOST:
        raise NotAPasskey
    with transaction.atomic():
        number = append(file.id, "PasskeyAdded", {"account_theirs_alone": "yes"}, by=by, happened_at=at).number
        return WayIn.objects.create(
            case=file.id,
            kind=PASSKEY,
            lookup=looked_up(file.code),
            credential=_named(made.credential_id),
            key=bytes(made),
            handle=handle,
            entry=number,
            issued_at=at,
        )


def question(challenge: bytes | None = None) -> dict[str, Any]:
    """A new question to whatever browser asks, and all that has to be remembered of it until it is answered."""
    said = websafe_encode(challenge or secrets.token_bytes(32))
    return {"challenge": said, "user_verification": "required", "server": _THIS_SERVER}


def asked_of_browser(request: HttpRequest, state: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser is asked by that question, whoever holds it: to show a key that it has for this place."""
    asked, _ = _server(request).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED, challenge=websafe_decode(state["challenge"])
    )
    return dict(asked)


def opened_by_passkey(
    request: HttpRequest, state: Mapping[str, Any], sent: Mapping[str, Any], at: datetime
) -> WayIn | None:
    """The way in that this passkey is, or None for whatever does not open a page. A question is answered once."""
    try:
        said = AuthenticationResponse.from_dict(sent)
        way = WayIn.objects.filter(credential=_named(said.raw_id), ended_at=None).first()
        if (
            way is None
            or not way.is_open(at)
            or not compare_digest(said.response.user_handle or b"", way.handle or b"")
        ):
            return None
        if state["server"] != _THIS_SERVER:
            return None
        _server(request).authenticate_complete(dict(state), [_credential(way)], sent)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return way if _first_answer(state["challenge"]) else None


def _first_answer(challenge: str) -> bool:
    """Whether this question was not answered before: it lies in the visitor's own cookie, and could be sent again."""
    with _lock:
        if challenge in _ANSWERED:
            return False
        _ANSWERED[challenge] = None
        while len(_ANSWERED) > 20_000:  # only right answers get here, and a question holds for minutes
            _ANSWERED.popitem(last=False)
    return True


def end_passkey(file: CaseFile, way: int, *, by: By, at: datetime, reason: str = "survivor_asked") -> bool:
    """Ends one passkey at once, and every visit by it. False where the case has none such."""
    with transaction.atomic():
        ended = WayIn.objects.filter(pk=way, case=file.id, kind=PASSKEY, ended_at=None).update(ended_at=at)
        if ended:
            append(file.id, "PasskeyEnded", {"reason": reason}, by=by, happened_at=at)
    return bool(ended)


def _server(request: HttpRequest) -> Fido2Server:
    """For this server under the name by which it was asked, and no other: a neighbouring name is not this place."""
    origin = f"{request.scheme}://{request.get_host()}"
    host = urlsplit(origin).hostname or ""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=NAME), verify_origin=lambda said: said == origin)


def _credential(way: WayIn) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(way.key or b""))


def _named(credential: bytes) -> str:
    return keyed("credential", credential.hex())
