"""An index for the queue of a whole role."""

from django.db import migrations
from django.db import models


class Migration(migrations.Migration):
    dependencies = [("casefile", "0004_handover_digest")]
    operations = [
        migrations.AddIndex(
            model_name="dutyrow",
            index=models.Index(
                condition=models.Q(("live", True)), fields=["owed_by", "sort_at", "id"], name="duty_row_role"
            ),
        ),
    ]
