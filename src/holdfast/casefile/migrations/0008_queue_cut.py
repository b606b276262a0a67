"""A list can be cut to what somebody may see without fetching each row for it."""

from typing import ClassVar

from django.db import migrations
from django.db import models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("casefile", "0007_forgetting")]
    operations: ClassVar = [
        migrations.RemoveIndex("dutyrow", "duty_row_queue"),
        migrations.AddIndex(
            "dutyrow",
            models.Index(
                fields=["owed_by", "staff", "sort_at", "id", "force", "case", "due_by", "state"],
                condition=Q(live=True),
                name="duty_row_queue",
            ),
        ),
        migrations.RemoveIndex("dutyrow", "duty_row_role"),
        migrations.AddIndex(
            "dutyrow",
            models.Index(
                fields=["owed_by", "sort_at", "id", "force", "case", "staff", "due_by", "state"],
                condition=Q(live=True),
                name="duty_row_role",
            ),
        ),
    ]
