"""A hash of each document that was handed over."""

from django.db import migrations
from django.db import models


class Migration(migrations.Migration):
    dependencies = [("casefile", "0003_witnessed")]
    operations = [
        migrations.AddField(
            model_name="handover",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
