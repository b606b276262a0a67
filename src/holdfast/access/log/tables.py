"""The log's tables. Lines are written by casefile/log.py alone; the database refuses to change or remove one.

The format of a line is docs/formats/log.md.
"""

from datetime import datetime

from django.db import models

from holdfast.access.log.reasons import reason_of
from holdfast.record.header import read_time
from holdfast.record.log_line import LogLine
from holdfast.record.log_line import read_line


class LoggedLine(models.Model):
    """One line of the log as it is stored, with what it is looked up by."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.CharField(max_length=27)  # as the line writes it: UTC, so that the order of letters is that of time
    role = models.CharField(max_length=40)
    staff = models.CharField(max_length=60, blank=True)
    team = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=60)
    case = models.CharField(max_length=20, blank=True)
    allowed = models.BooleanField()
    tie = models.CharField(max_length=40, blank=True)
    line = models.BinaryField()
    sealed = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "log_line"
        indexes = [
            models.Index(fields=["case", "number"], name="log_by_case"),
            models.Index(fields=["staff", "number"], name="log_by_staff"),
            models.Index(fields=["team", "number"], name="log_by_team"),
            models.Index(fields=["at"], name="log_by_time"),
            models.Index(fields=["number"], condition=models.Q(allowed=False), name="log_refused"),
        ]

    def __str__(self) -> str:
        return f"log {self.number}"

    @property
    def when(self) -> datetime:
        """When it was written."""
        return read_time(self.at)

    @property
    def said(self) -> LogLine:
        """The line itself, which counts where the columns beside it say something else."""
        return read_line(bytes(self.line))

    @property
    def agency(self) -> str:
        """The kind of agency of whoever it is about."""
        return self.said.agency

    @property
    def reason(self) -> str:
        """Why, in words: of the record, of the rule that refused, or as somebody typed it."""
        return reason_of(self.said, bytes(self.line), bytes(self.sealed))


class LogChain(models.Model):
    """Where the chain of a log ends, how much of it the checkpoints have seen, and how far it was looked through."""

    name = models.CharField(max_length=80, primary_key=True)
    length = models.PositiveIntegerField()
    head = models.BinaryField()
    witnessed = models.PositiveIntegerField(default=0)
    last_at = models.CharField(max_length=27, blank=True)
    judged = models.PositiveIntegerField(default=0)  # up to which line unusual looking was looked for

    class Meta:
        db_table = "log_chain"

    def __str__(self) -> str:
        return self.name


class LogKey(models.Model):
    """The log's own key, wrapped by a key of the ring: it seals words that belong to no case."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    ring_key = models.CharField(max_length=200)
    wrapped = models.BinaryField()

    class Meta:
        db_table = "log_key"

    def __str__(self) -> str:
        return "key of the log"


class UnusualSeen(models.Model):
    """One unusual pattern of one person in one window that was found, so that it is told once."""

    pattern = models.CharField(max_length=40)
    staff = models.CharField(max_length=60)
    window = models.CharField(max_length=20)  # the day or week, in local time: 2026-11-20, 2026-W47
    about = models.CharField(max_length=20, blank=True)  # for a pattern of one case alone: its code
    case_id = models.UUIDField()  # the case in which the entry stands
    number = models.PositiveIntegerField()  # the entry's number there

    class Meta:
        db_table = "log_unusual"
        constraints = [
            models.UniqueConstraint(fields=["pattern", "staff", "window", "about"], name="log_unusual_once"),
        ]
        indexes = [models.Index(fields=["staff"], name="log_unusual_of")]

    def __str__(self) -> str:
        return f"{self.pattern} {self.window}"
