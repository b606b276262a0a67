"""What the desk keeps beside the record: what a call taker has typed, sealed with the case's own key.

It is there so that nothing is lost between a key and its entry. Destroying the case's key erases it too.
"""

from django.db import models


class CallDraft(models.Model):
    """The call screen of one case. No column holds a name, a number, a place or a word."""

    case = models.UUIDField(primary_key=True)
    # A keyed hash of the page that opened it, so that the page sent twice opens one case; nothing for other calls.
    page = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 each is there once
    sealed = models.BinaryField()
    waiting = models.BooleanField(default=False)  # something typed is not an entry yet
    ended = models.BooleanField(default=False)  # the call taker is done with it
    touched_at = models.DateTimeField()
    role = models.CharField(max_length=40)
    staff = models.CharField(max_length=60, db_index=True)

    class Meta:
        db_table = "call_draft"
        indexes = [
            models.Index(fields=["touched_at"], condition=models.Q(waiting=True), name="call_draft_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.case)
