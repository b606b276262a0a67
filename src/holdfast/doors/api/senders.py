"""Who sends to the machines' door, how they show it, and under which pack and force what they send is recorded.

A control room, a network or a text relay has a key of its own (models.py). A telephone provider, and telephones
themselves by way of AML, sign what they send; their secrets are settings:

HOLDFAST_TWILIO the account's auth token; HOLDFAST_TELNYX the account's public key (base64); HOLDFAST_AML the key of AML
forms. One that is not set lets nobody in.
"""

import re
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from holdfast.doors.api.models import SendingAgency
from holdfast.doors.api.models import agency_with

READS_UP_TO = 1_000_000  # bytes: what DATA_UPLOAD_MAX_MEMORY_SIZE lets in


class Sender(NamedTuple):
    """A machine that showed who it is."""

    name: str
    pack: str
    force: str = ""
    area: str = ""


def by_key(request: HttpRequest) -> Sender | None:
    """The sender whose key stands in the Authorization header."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    agency: SendingAgency | None = agency_with(key.strip()) if kind.lower() == "bearer" and key.strip() else None
    return Sender(agency.name, agency.pack, agency.force, agency.area) if agency else None


def by_signature(name: str) -> Sender:
    """A provider whose signature was checked: its calls are this installation's own place's."""
    return Sender(name, settings.HOLDFAST_PLACE, settings.HOLDFAST_FORCE)


def secret_of(setting: str) -> str:
    """A provider's secret, '' where this installation has none."""
    return re.sub(r"\s", "", str(getattr(settings, setting, "")))
