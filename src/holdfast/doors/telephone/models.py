"""Which recordings are coming in, so that one which a stopped process left behind is finished. No word of a call."""

from django.db import models


class Recording(models.Model):
    """The sound of one call. A row outlives a process that was stopped, and is taken away when the record has it."""

    intake = models.UUIDField(primary_key=True)  # under which number it comes in, without its beginning
    item = models.UUIDField(unique=True)  # under which number the vault keeps it
    case = models.UUIDField()
    law = models.CharField(max_length=8)  # how sound is written: ulaw or alaw
    began = models.FloatField()  # seconds since 1970
    missing = models.FloatField(default=0.0)  # seconds of the caller's sound that never arrived; written now and then
    process = models.CharField(max_length=40)  # which run of the answering point takes it in
    why = models.CharField(max_length=30, blank=True, default="")  # why it ended, once it has
    ended = models.FloatField(null=True)

    class Meta:
        db_table = "telephone_recording"

    def __str__(self) -> str:
        return str(self.item)
