from django.db import migrations
from django.db import models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SurvivorWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.UUIDField()),
                ("lookup", models.CharField(max_length=64)),
                ("words", models.CharField(max_length=200)),
                ("issued_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_survivor_words",
                "indexes": [models.Index(fields=["lookup"], name="survivor_words_lookup")],
            },
        ),
        migrations.CreateModel(
            name="WrongTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
            ],
            options={"db_table": "access_wrong_tries"},
        ),
    ]
