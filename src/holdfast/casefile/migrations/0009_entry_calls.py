from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0008_queue_cut"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storedentry",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ("CallReceived", "CallTransferredIn", "SecondCallMade", "CallClosed", "EntryCorrected"))
                ),
                fields=["happened_at", "kind", "case"],
                name="entry_calls",
            ),
        ),
    ]
