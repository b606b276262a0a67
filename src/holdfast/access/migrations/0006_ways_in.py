from django.db import migrations
from django.db import models


class Migration(migrations.Migration):
    """One table for every way in. Words issued before are ended with the tables that held them: issue new ones."""

    dependencies = [("access", "0005_need_to_know")]

    operations = [
        migrations.DeleteModel(name="SurvivorWords"),
        migrations.DeleteModel(name="WrongTries"),
        migrations.CreateModel(
            name="WayIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.UUIDField()),
                ("kind", models.CharField(max_length=12)),
                ("lookup", models.CharField(max_length=64)),
                ("tag", models.CharField(blank=True, default="", max_length=64)),
                ("credential", models.CharField(blank=True, default="", max_length=64)),
                ("key", models.BinaryField(null=True)),
                ("handle", models.BinaryField(null=True)),
                ("entry", models.PositiveIntegerField(null=True)),
                ("issued_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_way_in",
                "indexes": [
                    models.Index(fields=["lookup"], name="way_in_by_code"),
                    models.Index(fields=["credential"], name="way_in_by_credential"),
                    models.Index(fields=["case", "kind"], name="way_in_by_case"),
                ],
            },
        ),
    ]
