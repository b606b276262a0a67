"""How much of each case the checkpoints have seen. SQLite writes the table anew for it, so its triggers are made again."""

from importlib import import_module

from django.db import migrations
from django.db import models

before = import_module("holdfast.casefile.migrations.0002_never_changed")


class Migration(migrations.Migration):
    dependencies = [("casefile", "0002_never_changed")]
    operations = [
        migrations.AddField(model_name="case", name="witnessed", field=models.PositiveIntegerField(default=0)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("length__gt", models.F("witnessed"))), fields=["id"], name="case_not_witnessed"
            ),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER IF NOT EXISTS \"{name}\" {when} {where} BEGIN SELECT RAISE(ABORT, '{before.WHY}'); END",
                migrations.RunSQL.noop,
            )
            for name, (when, where) in before.REFUSALS.items()
        ),
    ]
