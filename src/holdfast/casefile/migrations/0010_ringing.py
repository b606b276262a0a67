"""When somebody is to be rung next about a case, so that the clock opens no case in which nobody is.

Empty in cases that are there already: a changed pack has each of them derived again (casefile/rederiving.py), and that
fills it.
"""

from typing import ClassVar

from django.db import migrations
from django.db import models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("casefile", "0009_entry_calls")]
    operations: ClassVar = [
        migrations.AddField("case", "ring_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case", models.Index(fields=["ring_at"], condition=Q(ring_at__isnull=False), name="case_ring")
        ),
    ]
