"""A link that is read out on the telephone: made once, opened once, dead within minutes if nobody opens it.

- Nine signs in three groups, of the alphabet of case codes: no vowels, nothing that sounds or looks like another: 39
  bits. Guessing is slowed (site/limits.py, and further here), and a right guess shows nothing: it could only send.
- Holdfast sends it to nobody. It is shown to the call taker once, and what is kept is a keyed hash.
- Who opens it first has it: a secret goes into a cookie of that browser, and the link opens nothing any more.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from django.conf import settings

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.codes import ALPHABET
from holdfast.doors.live.models import LiveLink
from holdfast.doors.look.cookies import one_doors
from holdfast.record.entry import By

LENGTH = 9
LIVES = timedelta(minutes=10)
_COOKIE = "page"  # sent to this door alone, and called as at the survivor's: it says nothing

_SPOKEN = {
    "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "C": "Charlie", "F": "Foxtrot", "G": "Golf", "H": "Hotel", "J": "Juliett", "M": "Mike", "P": "Papa",
    "Q": "Quebec", "R": "Romeo", "V": "Victor", "W": "Whiskey", "X": "X-ray",
}  # fmt: skip


class Made(NamedTuple):
    """A link as it is read out, once."""

    stream: UUID
    signs: str
    until: datetime


def cookie_name() -> str:
    """What the browser's secret is called on the line."""
    return one_doors(_COOKIE)


def grouped(signs: str) -> str:
    """The signs as people read them.

    >>> grouped("234CFGHJM")
    '234-CFG-HJM'
    """
    return "-".join(signs[at : at + 3] for at in range(0, len(signs), 3))


def spoken(signs: str) -> str:
    """Signs as they are said: figures by name, letters by the words of the radio (ICAO Annex 10, volume II, 5.2.1.3).

    >>> spoken("9GX")
    'nine Golf X-ray'
    """
    return " ".join(_SPOKEN[sign] for sign in signs)


def plain(typed: str) -> str:
    """The signs in what somebody typed, however they spaced it; '' where it cannot be a link.

    >>> plain("234 cfg-hjm")
    '234CFGHJM'
    >>> plain("234 cfg-hj")
    ''
    """
    signs = "".join(sign for sign in typed[:60].upper() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def make_link(case: UUID, by: By, at: datetime) -> Made:
    """A fresh link for a case, with its entries. Doors have asked `access`, and the caller whether it is safe."""
    made = Made(uuid4(), "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)), at + LIVES)
    said = {"stream": str(made.stream), "safe": "yes", "until": made.until.isoformat()}
    append_all(
        case,
        [Draft("LiveLinkOffered", {"answer": "accepted"}, at), Draft("LiveLinkMade", said, at)],
        by=by,
    )
    LiveLink.objects.create(
        stream=made.stream, case=case, signs=_hash("signs", made.signs), made_at=at, until=made.until
    )
    return made


def waits(typed: str, at: datetime) -> bool:
    """Whether this link could be opened now."""
    return bool(_waiting(typed, at).exists())


def open_link(typed: str, at: datetime) -> str:
    """The secret for the one browser that opens it; '' where it is no link, was opened, or has died."""
    secret = secrets.token_urlsafe(32)
    opened = _waiting(typed, at).update(opened_at=at, browser=_hash("browser", secret))
    return secret if opened else ""


def link_of(secret: str) -> LiveLink | None:
    """The link that this browser opened; None where it opened none."""
    return LiveLink.objects.filter(browser=_hash("browser", secret)).first() if secret else None


def _waiting(typed: str, at: datetime):  # type: ignore[no-untyped-def]
    signs = plain(typed)
    found = LiveLink.objects.filter(signs=_hash("signs", signs), opened_at=None, ended_at=None, until__gt=at)
    return found if signs else found.none()


def _hash(use: str, given: str) -> str:
    key = hashlib.sha256(f"holdfast/live/{use}/1:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, given.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()
