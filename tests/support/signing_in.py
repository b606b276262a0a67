"""Somebody signed in at the desk without its pages, for tests of something else; and what their code app would show."""

import base64
import hmac
import struct
import time
from typing import Any

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from holdfast.access.sign_in.proof import BACKEND
from holdfast.access.staff import StaffMember
from holdfast.site.doors import door_at
from holdfast.site.passwords import Argon2

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Quick(Argon2):
    """The passwords of tests, which make some thousand members of staff: kept as all are, for a hundredth of the work.

    The demo that a browser test signs in to keeps its own at the full cost, and so does the test of that cost.
    """

    time_cost = 1
    memory_cost = 8


def signs_in(client: Client, member: StaffMember) -> None:
    """Gives this browser a session of the desk, as signing in would."""
    request = HttpRequest()
    request.META |= {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
    request.session = SessionStore()
    login(request, member.user, backend=BACKEND)
    request.session.save()
    client.cookies[door_at("/desk/").cookie_name] = request.session.session_key


def shown_code(secret: str, at: float | None = None) -> str:
    """What a code app shows (RFC 6238, SHA-1, six digits, thirty seconds), worked out apart from what checks it."""
    step = int(time.time() if at is None else at) // 30
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def has_codes(member: StaffMember, secret: str = SECRET) -> str:
    """Gives somebody a code app, none of whose codes was used yet; the code that it shows now."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import encrypt

    data: dict[str, Any] = {"secret": encrypt(secret), "last_step": 0, "wrong": 0}
    Authenticator.objects.update_or_create(user=member.user, type=Authenticator.Type.TOTP, defaults={"data": data})
    return shown_code(secret)
