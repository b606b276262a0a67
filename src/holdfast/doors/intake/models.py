"""What the intake keeps beside the record. No column holds a number, a name, a place or a word in clear.

- `Taken`: which document of which sender became which case, so that the same one sent twice is one case.
- `CallFrom`: which case the calls of the last hours from a number are in, by a keyed hash of the number.
- `Unread`: what came and could not be read, sealed, until a person has looked at it.
- `Waiting`: a telephone's position that came before its call, sealed, until the call comes.
"""

from django.db import models
from django.db.models import Q


class Taken(models.Model):
    """One message that was taken in. `document` and `digest` are keyed hashes."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=60)
    document = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    case = models.UUIDField()
    opened = models.BooleanField()  # by this message the document became this case's; later ones follow it
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_taken"
        constraints = [
            models.UniqueConstraint(fields=["sender", "document", "digest"], name="intake_taken_once"),
            models.UniqueConstraint(fields=["sender", "document"], condition=Q(opened=True), name="intake_opened_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.pk}"


class CallFrom(models.Model):
    """A call from a number, kept for some hours."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64)  # a keyed hash
    case = models.UUIDField()
    at = models.DateTimeField()  # when it was taken in, by our clock

    class Meta:
        db_table = "intake_call_from"
        indexes = [
            models.Index(fields=["number", "at"], name="intake_call_from_number"),
            models.Index(fields=["at"], name="intake_call_from_at"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class Unread(models.Model):
    """Something that came and could not be read. The same bytes again are counted, not kept again."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)  # a keyed hash of what came
    why = models.CharField(max_length=300)  # never with a value out of what came
    size = models.PositiveIntegerField()  # bytes that came
    sealed = models.BinaryField()
    times = models.PositiveIntegerField(default=1)
    proved = models.BooleanField(default=True)  # the sender showed who they are
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")
    case = models.UUIDField(null=True)  # the case it was put into; none where it was nothing for us
    reason = models.BinaryField(default=b"")  # why it is nothing for us, sealed

    class Meta:
        db_table = "intake_unread"
        constraints = [models.UniqueConstraint(fields=["sender", "digest"], name="intake_unread_once")]
        indexes = [
            models.Index(fields=["last_at"], condition=Q(settled_at__isnull=True), name="intake_unread_open"),
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.pk}"


class Waiting(models.Model):
    """A position whose call has not come yet."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64)  # a keyed hash
    digest = models.CharField(max_length=64)  # a keyed hash of what came
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "intake_waiting"
        constraints = [models.UniqueConstraint(fields=["number", "digest"], name="intake_waiting_once")]
        indexes = [models.Index(fields=["at"], name="intake_waiting_at")]

    def __str__(self) -> str:
        return f"waiting {self.pk}"
