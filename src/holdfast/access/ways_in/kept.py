"""The table of ways in. A row is never changed but to end it; it holds no word, no name, no code and no case detail.

- `tag` is what words are compared with; `credential` and `key` are a passkey's. A row has the one or the other.
- `entry` is the number of the entry that made it, where there is one: what a supporter may do stands there, sealed.
"""

from datetime import datetime
from uuid import UUID

from django.db import models

from holdfast.access.ways_in.stretched import keyed
from holdfast.casefile.codes import plain

WORDS = "words"  # the survivor's own
SECOND = "second"  # those that open a harmless page
SUPPORTER = "supporter"
PASSKEY = "passkey"


class WayIn(models.Model):
    """One way into one survivor's page."""

    case = models.UUIDField()
    kind = models.CharField(max_length=12)
    lookup = models.CharField(max_length=64)  # the code, by a keyed hash
    tag = models.CharField(max_length=64, blank=True, default="")
    credential = models.CharField(max_length=64, blank=True, default="")  # a passkey's id, by a keyed hash
    key = models.BinaryField(null=True)
    handle = models.BinaryField(null=True)  # what the passkey calls its user: random, and means nothing
    entry = models.PositiveIntegerField(null=True)
    issued_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_way_in"
        indexes = [
            models.Index(fields=["lookup"], name="way_in_by_code"),
            models.Index(fields=["credential"], name="way_in_by_credential"),
            models.Index(fields=["case", "kind"], name="way_in_by_case"),
        ]

    def __str__(self) -> str:
        return f"way in {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether it opens anything now."""
        return self.ended_at is None and (self.until is None or at < self.until)


def looked_up(code: str) -> str:
    """What a code is found by."""
    return keyed("code", plain(code))


def ways_of(case: UUID, kind: str, at: datetime) -> list[WayIn]:
    """The case's ways in of one kind that are open, the oldest first."""
    found = WayIn.objects.filter(case=case, kind=kind, ended_at=None).order_by("pk")
    return [way for way in found if way.is_open(at)]


def end(case: UUID, *kinds: str, at: datetime) -> int:
    """Ends the case's ways in of these kinds. How many were ended."""
    return WayIn.objects.filter(case=case, kind__in=kinds, ended_at=None).update(ended_at=at)


def still_open(case: UUID, way: object, at: datetime) -> WayIn | None:
    """The way in by which somebody entered, as long as it opens the case: what ends it ends every visit by it."""
    if not isinstance(way, int):
        return None
    found = WayIn.objects.filter(pk=way, case=case).first()
    return found if found and found.is_open(at) else None
