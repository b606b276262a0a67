"""The control rooms that may hand calls over, each with its own key."""

import hashlib
import re
import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone

NAME = re.compile(r"[A-Za-z0-9._-]{1,60}")


class SendingAgency(models.Model):
    """A control room. Its key is shown once, when it is made; what is kept is a hash of it."""

    name = models.CharField(max_length=60, primary_key=True)
    key_hash = models.CharField(max_length=64, unique=True)  # the key is 256 random bits: a plain hash is enough
    pack = models.CharField(max_length=80)
    force = models.CharField(max_length=80, blank=True, default="")
    area = models.CharField(max_length=80, blank=True, default="")
    added_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_sending_agency"

    def __str__(self) -> str:
        return self.name


def add_agency(name: str, *, pack: str, force: str = "", area: str = "") -> str:
    """A new key for a control room, the old one ending at once; the key itself, to be shown once."""
    if not NAME.fullmatch(name):
        raise ValueError("An agency's name is made of letters, digits and . _ - only.")
    key = secrets.token_urlsafe(32)
    SendingAgency.objects.update_or_create(
        name=name,
        defaults={
            "key_hash": _hash(key), "pack": pack, "force": force, "area": area, "added_at": timezone.now(),
            "stopped_at": None,
        },
    )  # fmt: skip
    return key


def stop_agency(name: str, at: datetime) -> bool:
    """Takes an agency's key away; whether there was one."""
    return SendingAgency.objects.filter(name=name, stopped_at=None).update(stopped_at=at) > 0


def agency_with(key: str) -> SendingAgency | None:
    """Whose key this is. Found by its hash, so that the time it takes tells nothing about a key."""
    return SendingAgency.objects.filter(key_hash=_hash(key), stopped_at=None).first()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
