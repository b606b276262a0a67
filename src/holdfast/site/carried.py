"""The session of somebody who is not in yet: its own cookie holds it, sealed, and no row is written for it.

A flood of visits to the survivor's way in would otherwise write to the disk with each, and staff would wait behind it.

- It holds what the page that was shown needs again: the form's token, what a passkey was asked, and a random number
  that a device is counted by. Never a case: what is in a case's page is a row of the database, which can be ended.
- It is sealed under a name of its own, so that no row of the database, were it copied, could be sent as a cookie.
- The server cannot end it before its time. What may be used once only is remembered elsewhere (ways_in/passkeys.py).
"""

import base64
import binascii
import time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from holdfast.site.doors import Door
from holdfast.site.sealed_sessions import Sealed

SURVIVORS = "holdfast.doors.survivor"
SEEN = "_seen"  # when the session was last written, in seconds
_MARK = "-"  # no key of a session in the database begins with it
_LONGEST = 3_000  # letters; what a browser keeps of one cookie is some more


class Visit(Sealed):
    """The seal of such a cookie."""

    bound = b"holdfast/visit/1"


def begun(value: str | None, door: Door) -> SessionStore:
    """The session that a cookie names, or holds."""
    if value is None or not value.startswith(_MARK):
        return SessionStore(value)
    session = SessionStore()
    setattr(session, "_session_cache", held_in(value, door.minutes))  # noqa: B010 where Django keeps what it has read
    return session


def held_in(value: str, minutes: int) -> dict[str, Any]:
    """What a cookie holds; nothing where it is older than that, or none of ours."""
    try:
        held = Visit().loads(base64.urlsafe_b64decode(value[len(_MARK) : _LONGEST] + "=="))
    except (ValueError, binascii.Error):
        return {}
    fresh = time.time() - held.get(SEEN, 0) < minutes * 60
    return held if fresh and "case" not in held else {}


def is_carried(session: Any, door: Door) -> bool:
    """Whether this session is still nobody's, and so its cookie's own."""
    return door.app == SURVIVORS and "case" not in session


def carried(session: Any) -> str:
    """The cookie that holds a session. A row that it had before is taken away."""
    if session.session_key:
        session.delete()
    return sealed(dict(session.items()))


def sealed(held: dict[str, Any]) -> str:
    """The cookie that holds this. It says when it was made."""
    return _MARK + base64.urlsafe_b64encode(Visit().dumps(held)).decode().rstrip("=")
