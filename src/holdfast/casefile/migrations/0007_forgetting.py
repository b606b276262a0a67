"""What waits for a second person, before a case is erased or a copy of it is given."""

import django.db.models.deletion
from django.db import migrations
from django.db import models


class Migration(migrations.Migration):

    dependencies = [
        ("casefile", "0006_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedOfSecond",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asked", to="casefile.case"
                    ),
                ),
                ("act", models.CharField(max_length=40)),
                ("said", models.CharField(max_length=300)),
                ("role", models.CharField(max_length=40)),
                ("staff", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("length", models.PositiveIntegerField()),
            ],
            options={"db_table": "asked_of_second"},
        ),
    ]
