"""What is kept: cases, their keys, their entries as sealed bytes, and the duties last derived from them.

- An entry is never changed or removed: the database itself refuses (triggers, in the first migration).
- No column holds a name, number, place or word of a party. Those are in `StoredEntry.sealed` only.
- `DutyRow` is a copy of what `duties.owed` says, kept so that a queue need not open every case. It can be thrown
  away and derived again at any time; the entries are the record.
"""

import uuid

from django.db import models
from django.db.models import F
from django.db.models import Q


class Case(models.Model):
    """One case: where its chain ends, and when its duties have to be derived again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)  # what a person reads out or types: 8 letters and digits
    pack = models.CharField(max_length=80)
    force = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()  # when the case was recorded as opened
    length = models.PositiveIntegerField()
    head = models.BinaryField()  # the hash of the last entry
    revision = models.PositiveIntegerField(default=0)  # how often its duty rows were written
    look_again_at = models.DateTimeField(null=True)  # when time alone will change what is owed
    ring_at = models.DateTimeField(null=True)  # when somebody is to be rung next, unless what is late is done before
    invented = models.BooleanField(default=False)
    witnessed = models.PositiveIntegerField(default=0)  # how many entries the checkpoints have seen
    mark = models.BinaryField(null=True)  # a keyed hash over this row (mark.py): changed by hand, it no longer fits

    class Meta:
        db_table = "case"
        indexes = [
            models.Index(fields=["look_again_at"], condition=Q(look_again_at__isnull=False), name="case_look_again"),
            models.Index(fields=["ring_at"], condition=Q(ring_at__isnull=False), name="case_ring"),
            models.Index(fields=["id"], condition=Q(length__gt=F("witnessed")), name="case_not_witnessed"),
        ]

    def __str__(self) -> str:
        return self.code


class CaseKey(models.Model):
    """A case's own key, wrapped by its keeper's. Destroying this row erases the case's words, and only those."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="key")
    ring_key = models.CharField(max_length=200, db_index=True)  # which key of which keeper wraps it
    wrapped = models.BinaryField()

    class Meta:
        db_table = "case_key"

    def __str__(self) -> str:
        return f"key of {self.case_id}"


class KeyCheck(models.Model):
    """A known value wrapped by each key-encryption key: a key ring of another database shows before it does harm."""

    name = models.CharField(max_length=200, primary_key=True)
    wrapped = models.BinaryField()

    class Meta:
        db_table = "key_check"

    def __str__(self) -> str:
        return f"check of {self.name}"


class StoredEntry(models.Model):
    """One entry as it is stored. The plain columns repeat the header so that it can be looked up; the header counts."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stored", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    role = models.CharField(max_length=40)
    staff = models.CharField(max_length=60, blank=True)
    header = models.BinaryField()
    sealed = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "entry"
        indexes = [
            # Which calls came and were closed, without looking at every entry: for the board and the counts by hour.
            models.Index(
                fields=["happened_at", "kind", "case"],
                condition=Q(
                    kind__in=("CallReceived", "CallTransferredIn", "SecondCallMade", "CallClosed", "EntryCorrected")
                ),
                name="entry_calls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.kind}"


class DutyRow(models.Model):
    """One duty in one case, as last derived."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties", db_index=False)
    duty = models.CharField(max_length=90)  # the duty's id in the pack; a chase's ends in .chase
    started_by = models.PositiveIntegerField()  # number of the entry
    instance = models.PositiveIntegerField()
    owed_by = models.CharField(max_length=40)
    staff = models.CharField(max_length=60, blank=True)  # who it was allocated to, if anybody
    state = models.CharField(max_length=12)
    live = models.BooleanField()  # somebody still has to do it
    owed_to = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_by = models.DateTimeField(null=True)  # where the law gives no figure, when staff are rung
    in_words = models.BooleanField()  # the law gives no figure
    missed = models.BooleanField()  # its time had passed before it was done, waived or lapsed
    sort_at = models.DateTimeField()  # due_by, else started_at: the order of a queue
    ended_by = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    pack = models.CharField(max_length=80)
    force = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "duty_row"
        constraints = [
            models.UniqueConstraint(fields=["case", "duty", "started_by", "instance"], name="duty_row_once"),
        ]
        indexes = [
            # A queue reads two short runs of this index: what is mine, and what is nobody's yet. What stands after the
            # order lets a list be cut to what somebody may see, and counted, without fetching each row for it.
            models.Index(
                fields=["owed_by", "staff", "sort_at", "id", "force", "case", "due_by", "state"],
                condition=Q(live=True),
                name="duty_row_queue",
            ),
            models.Index(
                fields=["owed_by", "sort_at", "id", "force", "case", "staff", "due_by", "state"],
                condition=Q(live=True),
                name="duty_row_role",
            ),
            models.Index(fields=["sort_at", "id"], condition=Q(live=True), name="duty_row_soonest"),
            models.Index(fields=["pack", "force", "duty", "state"], name="duty_row_figures"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.duty}/{self.started_by}.{self.instance}"


class AskedOfSecond(models.Model):
    """Something that one person asked for and that waits for a second: codes and staff identifiers, never a word."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asked")
    act = models.CharField(max_length=40)  # 'erase_case' or 'give_copy'
    said = models.CharField(max_length=300)  # by which reason and rule, or for whom
    role = models.CharField(max_length=40)
    staff = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    length = models.PositiveIntegerField()  # how long the case was when it was asked

    class Meta:
        db_table = "asked_of_second"

    def __str__(self) -> str:
        return f"{self.act} of {self.case_id}"


class Handover(models.Model):
    """A document that another agency handed over, so that the same one sent twice opens one case."""

    id = models.BigAutoField(primary_key=True)
    agency = models.CharField(max_length=60)
    document = models.CharField(max_length=64)  # a hash of the document's own identifier: it may name a person
    stamp = models.DateTimeField()  # when the sender last changed it
    digest = models.CharField(max_length=64)  # a hash of the whole: one stamp cannot stand for two documents
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveIntegerField()  # the entry that records it

    class Meta:
        db_table = "handover"
        constraints = [models.UniqueConstraint(fields=["agency", "document", "stamp"], name="handover_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.stamp:%Y-%m-%d %H:%M}"
