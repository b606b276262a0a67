"""What a call taker typed, sealed with the case's own key until it is an entry, and for the page to be shown again.

Two pages of one call do no harm: a page sends what it had shown beside what it holds now, and only what was changed in
it is taken over. Whatever the other page wrote meanwhile stays.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from holdfast.access.staff import StaffMember
from holdfast.casefile.state import key_of
from holdfast.casefile.store import reading
from holdfast.doors.desk.calls.pieces import Typed
from holdfast.doors.desk.models import CallDraft
from holdfast.record.entry import By

BLOCK = 1024  # padded to this, so that the length tells little
MOST = 200_000  # letters of one page
MOST_PRESSES = 200
_BOUND = b"holdfast/call-draft/1"


class Held(NamedTuple):
    """The call screen of one case, opened."""

    typed: Typed
    recorded: Typed  # what of it is on the record, by the same names
    pressed: tuple[str, ...] = ()  # which presses of a button were done already


def read(case_id: UUID) -> Held | None:
    """What is held of this case's call; None where nothing is, or it no longer opens."""
    row = CallDraft.objects.filter(case=case_id).first()
    return opened(row) if row is not None else None


def opened(row: CallDraft) -> Held | None:
    """A row, opened; None where the case was erased or the bytes were changed. CannotKeep as from the case itself."""
    sealed = bytes(row.sealed)
    try:
        plain = json.loads(AESGCM(_key(row.case)).decrypt(sealed[:12], sealed[12:], row.case.bytes))
    except (InvalidTag, ValueError):
        return None
    return Held(plain["typed"], plain["recorded"], tuple(plain["pressed"]))


def write(case_id: UUID, held: Held, by: By, at: datetime, *, waiting: bool, ended: bool | None = None) -> None:
    """Keeps it. Called inside the transaction that wrote the entries which `recorded` speaks of."""
    kept: dict[str, Any] = {
        "sealed": sealed(case_id, _key(case_id), held), "waiting": waiting, "touched_at": at, "role": by.role,
        "staff": by.staff,
    }  # fmt: skip
    if ended is not None:
        kept["ended"] = ended
    CallDraft.objects.update_or_create(case=case_id, defaults=kept)


def sealed(case_id: UUID, key: bytes, held: Held) -> bytes:
    """The bytes of a row."""
    plain = json.dumps(held._replace(pressed=held.pressed[-MOST_PRESSES:])._asdict(), separators=(",", ":")).encode()
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(-(-len(plain) // BLOCK) * BLOCK), case_id.bytes)


def merged(typed: Mapping[str, list[str]], sent: Mapping[str, list[str]], shown: Mapping[str, list[str]]) -> Typed:
    """What is held after a page was sent: the names that differ from what that page had shown, over all the others."""
    changed = {name: values for name, values in sent.items() if name in typed and values != shown.get(name)}
    if sum(len(value) for values in changed.values() for value in values) > MOST:
        changed = {}
    return {**typed, **changed}


def shown_by(sent: Mapping[str, Any]) -> Typed:
    """What the page says that it had shown; nothing, where it does not say or it cannot be read."""
    try:
        found = json.loads(str(sent.get("shown") or "{}"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): [str(each) for each in values] for name, values in found.items() if isinstance(values, list)}


def page_hash(token: str) -> str:
    """What is kept of the token of a page."""
    key = hashlib.sha256(b"holdfast/call-page/1:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, token.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def begun_by(member: StaffMember, since: datetime) -> list[UUID]:
    """The calls that this person began and is not done with, the newest first."""
    rows = CallDraft.objects.filter(staff=member.staff, ended=False, touched_at__gte=since)
    return list(rows.order_by("-touched_at").values_list("case", flat=True)[:20])


def _key(case_id: UUID) -> bytes:
    with reading() as connection:
        return derived(key_of(connection, case_id))


def derived(case_key: bytes) -> bytes:
    """The key of a case's call screen, from the case's own."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_BOUND).derive(case_key)
