"""The links that were made, and the recordings that came by them. Nothing here says a word of a case.

Neither the link nor the browser's secret is kept, only a keyed hash of each. A row outlives the stream, so that an old
link is known for an old one.
"""

from django.db import models


class LiveLink(models.Model):
    """A link for one telephone, once."""

    stream = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    signs = models.CharField(max_length=64, unique=True)  # a keyed hash of what is read out
    # A keyed hash of the browser's secret; nothing, and not an empty word, until one opened it: each is there once.
    browser = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    made_at = models.DateTimeField()
    until = models.DateTimeField()  # when it dies if nobody opens it
    opened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)  # the first bytes
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "live_link"

    def __str__(self) -> str:
        return str(self.stream)


class LiveRun(models.Model):
    """One recording of a stream: one file, one item of the vault."""

    stream = models.ForeignKey(LiveLink, models.CASCADE, related_name="runs")
    run = models.PositiveIntegerField()
    item = models.UUIDField(unique=True)
    media = models.CharField(max_length=100)
    began = models.FloatField()  # seconds since 1970, by our clock
    captured = models.FloatField()  # the last picture or sound in it; written now and then, and at its end
    kept = models.BooleanField(default=False)  # the record has the item, or there was nothing in it

    class Meta:
        db_table = "live_run"
        constraints = [models.UniqueConstraint(fields=["stream", "run"], name="live_run_once")]

    def __str__(self) -> str:
        return str(self.item)
